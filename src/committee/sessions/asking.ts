/** Members asking for a meeting of the committee, and what it sets running when a third have (GR 37; M12). No HTTP. */
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { isInOffice } from "../seated/actions.ts";
import { membersOf } from "../seated/rules.ts";
import {
  agendaHash,
  committeeNow,
  isMember,
  itemsOf,
  loadSession,
  onceOf,
  type SessionRefusal,
  sessionLeaf,
  written,
} from "./actions.ts";
import { itemFaults, requestReached, type SessionItem, sessionIn } from "./rules.ts";
import { insertRequest, insertSession, type SessionKey, type SessionRow, updateSession } from "./store.ts";

/** What a request writes when enough have asked: the agenda is public from then on, and the seven days run. */
function reachedStatements(
  scene: StaffScene,
  row: Pick<SessionRow, "sessionId" | "version" | "state">,
  items: readonly SessionItem[],
  asking: number,
  sitting: number,
): Query[] {
  const leaf = sessionLeaf(scene, row.sessionId, "request_reached", {
    asking,
    sitting,
    agenda: agendaHash(items),
    items: items.map(({ itemNo, title, matter }) => ({ no: itemNo, title, matter })),
  });
  return [...updateSession(scene, row, { reachedAt: scene.now }), leaf.statement];
}

/** A member asks for a meeting, with what it shall decide; they are the first to ask. */
export async function requestSession(
  scene: StaffScene,
  asked: { readonly title: string; readonly items: readonly SessionItem[] },
  once: string,
): Promise<Result<{ readonly sessionId: string }, SessionRefusal>> {
  const committee = await committeeNow(scene);
  const { mandate } = committee;
  if (!isInOffice(mandate, scene.now)) return err({ reason: "no_mandate" });
  if (!isMember(committee, scene.actor.personId)) return err({ reason: "not_a_member" });
  const [fault] = asked.items.flatMap(itemFaults);
  if (fault) return err(fault);
  if (asked.title.trim() === "") return err({ reason: "session_title_missing" });
  const sitting = membersOf(committee.sitters).length;
  const sessionId = newId<string>(scene.random);
  const insert = insertSession(scene, {
    sessionId,
    mandateId: mandate.mandateId,
    calledBy: "members",
    state: "requested",
    title: asked.title.trim(),
    place: "",
    holdsAt: null,
    items: JSON.stringify(asked.items),
    draftedBy: scene.actor.personId,
  });
  const leaf = sessionLeaf(scene, sessionId, "asked", { asking: 1 });
  const statements = [
    insert,
    insertRequest(scene, { sessionId, personId: scene.actor.personId, at: scene.now, leafHash: leaf.leafHash }),
    leaf.statement,
    // Of two or three who sit, one is a third.
    ...(requestReached(1, sitting)
      ? reachedStatements(scene, { sessionId, version: 1, state: "requested" }, asked.items, 1, sitting)
      : []),
  ];
  return written(writeOnce(scene, onceOf(once, "request", asked), statements, { sessionId }), "a request");
}

/** A further member asks for the same meeting. The one who makes a third sets the seven days running. */
export async function joinRequest(
  scene: StaffScene,
  key: SessionKey,
): Promise<Result<{ readonly reached: boolean }, SessionRefusal>> {
  // Of two who join at once the second finds the first's step done, and is counted anew.
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadSession(scene, key);
    if (!loaded) return err({ reason: "unknown_session" });
    const { row, requests, committee } = loaded;
    const { personId } = scene.actor;
    if (!isMember(committee, personId)) return err({ reason: "not_a_member" });
    if (requests.some((one) => one.personId === personId)) return err({ reason: "asked_already" });
    const open = sessionIn(row.state, "requested");
    if (!open.ok) return open;
    const members = membersOf(committee.sitters);
    // Who has left the committee meanwhile asks for nothing any more.
    const asking = 1 + requests.filter((one) => members.some((member) => member.personId === one.personId)).length;
    const reached = row.reachedAt !== null || requestReached(asking, members.length);
    const leaf = sessionLeaf(scene, row.sessionId, "asked", { asking });
    const moves =
      reached && row.reachedAt === null
        ? reachedStatements(scene, row, itemsOf(row), asking, members.length)
        : updateSession(scene, row, {});
    const done = await written(
      scene.db.write([
        insertRequest(scene, { sessionId: row.sessionId, personId, at: scene.now, leafHash: leaf.leafHash }),
        leaf.statement,
        ...moves,
      ]),
      "a request",
    );
    if (done.ok) return ok({ reached });
    if (done.error.reason !== "session_stale" || attempt === 3) return done;
  }
}
