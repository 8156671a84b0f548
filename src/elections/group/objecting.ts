/** Objections to the published group: from an owner who is signed in, or entered from paper; and their answers. No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import { unitLabel } from "../../community/explained.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { headOf } from "../../owners/actions.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { assertFrom, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { authorOf, type ElectionAuthor, ownerAuthor, recordElectionEvent } from "../acting.ts";
import { readMethod } from "../method/rules.ts";
import { type ElectionKey, type ElectionRow, findElection } from "../store.ts";
import { mayObjectToGroup, type ObjectRefusal as ObjectFinding, placeOf } from "./rules.ts";
import { answerGroupObjection, type GroupObjectionRow, insertGroupObjection, listGroupObjections } from "./store.ts";

export const LONGEST_OBJECTION = 2_000;
export const LONGEST_ANSWER = 4_000;

export type ObjectRefusal =
  | ObjectFinding
  | KeyReused
  | { readonly reason: "unknown_election" }
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "owner_without_head" }
  /** No home of this name on the roll of today, or more than one. */
  | { readonly reason: "home_unknown" };

const sealOf = (communityId: string, electionId: string): string => `election-objection:${communityId}:${electionId}`;
const contextOf = ({ community }: Pick<Scene, "community">, electionId: string): string =>
  sealOf(community.id, electionId);

registerSealed({
  table: "election_group_objection",
  column: "text_sealed",
  key: ["election_id", "objection_no"],
  contextOf: (communityId, { election_id }) => sealOf(communityId, String(election_id)),
});

/** What an owner wrote, opened: for whoever answers it and for the owner. */
export async function openGroupObjection(
  scene: Scene,
  row: Pick<GroupObjectionRow, "electionId" | "textSealed">,
): Promise<string> {
  const { text } = JSON.parse(await scene.keys.open(row.textSealed, contextOf(scene, row.electionId))) as {
    text: string;
  };
  return text;
}

/** An owner objects for themselves; any owner may, chosen to vote or not. */
export async function objectAsOwner(
  scene: Scene,
  owner: OwnerActor,
  key: ElectionKey,
  asked: { readonly text: string; readonly once: string },
): Promise<Result<{ readonly leafHash: string }, ObjectRefusal>> {
  const head = await headOf(scene, owner);
  if (!head) return err({ reason: "owner_without_head" });
  return object(scene, key, { ...asked, headKey: head.headKey, channel: "web" }, ownerAuthor(owner.partyId));
}

/** Somebody enters what an owner handed in on paper; the owner is named by their home. */
export async function objectOnPaper(
  scene: StaffScene,
  key: ElectionKey,
  asked: { readonly text: string; readonly home: string; readonly once: string },
): Promise<Result<{ readonly leafHash: string }, ObjectRefusal>> {
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const place = placeOf(asked.home);
  const found = heads.filter(({ units }) => units.some((unit) => placeOf(unitLabel(unit)) === place));
  const [head] = found;
  if (place === "" || !head || found.length > 1) return err({ reason: "home_unknown" });
  return object(scene, key, { ...asked, headKey: head.key, channel: "paper" }, authorOf(scene));
}

/** The words are sealed, and the leaf commits to them with a salt that is sealed beside them: who holds the key can show what was written. */
async function object(
  scene: Scene,
  key: ElectionKey,
  asked: {
    readonly text: string;
    readonly headKey: string;
    readonly channel: "web" | "paper";
    readonly once: string;
  },
  by: ElectionAuthor,
): Promise<Result<{ readonly leafHash: string }, ObjectRefusal>> {
  const { db, community, now } = scene;
  const text = asked.text.trim();
  if (text === "") return err({ reason: "text_missing" });
  if (text.length > LONGEST_OBJECTION) return err({ reason: "text_too_long", most: LONGEST_OBJECTION });
  const [rows] = await db.read(findElection(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const may = mayObjectToGroup(factsOf(row), now);
  if (!may.ok) return may;
  const salt = scene.random(SALT_BYTES);
  const sealed = JSON.stringify({ text, salt: bytesToHex(salt) });
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "group_objected",
    { edition: row.groupEdition, channel: asked.channel },
    by,
    { commitment: commit(salt, { head: asked.headKey, text }) },
  );
  const stillTaken = assertFrom(
    db,
    "objections_over",
    sql`SELECT state = 'preparing' AND group_edition = CAST(${row.groupEdition} AS INTEGER) FROM election
        WHERE community_id = ${community.id} AND election_id = ${row.electionId}`,
  );
  const insert = insertGroupObjection(scene, {
    electionId: row.electionId,
    edition: row.groupEdition,
    headKey: asked.headKey,
    textSealed: await scene.keys.seal(sealed, contextOf(scene, row.electionId)),
    channel: asked.channel,
    madeAt: now,
    madeBy: by.id,
    leafHash: event.leafHash,
  });
  const written = await writeOnce(
    scene,
    { key: asked.once, body: scene.keys.index(JSON.stringify([row.electionId, asked.headKey, text]), "once:object") },
    [stillTaken, insert, ...event.statements],
    { leafHash: event.leafHash },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  if (written.error.code === "objections_over") return err({ reason: "objections_over", until: now });
  throw new Error(`an objection was refused by ${written.error.code}`);
}

export const factsOf = (
  row: Pick<ElectionRow, "state" | "groupPublishedAt" | "method">,
): { readonly isPreparing: boolean; readonly publishedAt: Instant | null; readonly days: number } => ({
  isPreparing: row.state === "preparing",
  publishedAt: row.groupPublishedAt,
  days: readMethod(row.method).groupPublicationDays.value,
});

export type AnswerRefusal =
  | { readonly reason: "unknown_election" }
  | { readonly reason: "unknown_objection" }
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "answered_already" };

/** Answers an objection, in public and once. The same answer sent twice is one. */
export async function answerObjection(
  scene: StaffScene,
  key: ElectionKey,
  objectionNo: number,
  answer: string,
): Promise<Result<true, AnswerRefusal>> {
  const text = answer.replace(/\r\n/g, "\n").trim();
  const [rows, objections] = await scene.db.read(findElection(scene, key), listGroupObjections(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const found = objections.find((one) => one.objectionNo === objectionNo);
  if (!found) return err({ reason: "unknown_objection" });
  if (text === "") return err({ reason: "text_missing" });
  if (text.length > LONGEST_ANSWER) return err({ reason: "text_too_long", most: LONGEST_ANSWER });
  if (found.answer !== null) return found.answer === text ? ok(true) : err({ reason: "answered_already" });
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "group_objection_answered",
    { no: objectionNo },
    authorOf(scene),
    { objection: found.leafHash, answerHash: sha256Hex(text) },
  );
  const written = await scene.db.write([
    ...answerGroupObjection(scene, found, {
      text,
      at: scene.now,
      by: scene.actor.personId,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  return written.ok ? ok(true) : err({ reason: "answered_already" });
}
