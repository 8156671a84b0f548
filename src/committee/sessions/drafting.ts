/** Writing the draft of a meeting: its title, place and time, and its items. Asking for one stands in asking.ts, announcing it in actions.ts. No HTTP. */
import type { Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { isInOffice } from "../seated/actions.ts";
import {
  committeeNow,
  itemsOf,
  type Loaded,
  loadSession,
  mayAnnounce,
  onceOf,
  type SessionRefusal,
  written,
} from "./actions.ts";
import { hasResolution } from "./resolutions/store.ts";
import { itemFaults, MOST_ITEMS, type SessionItem, sessionIn } from "./rules.ts";
import { insertSession, type SessionKey, updateSession } from "./store.ts";

export interface FrameAsked {
  readonly title: string;
  readonly place: string;
  readonly holdsAt: Instant | null;
}

/** Begins the draft of a meeting that the chair will call. */
export async function draftSession(
  scene: StaffScene,
  asked: FrameAsked,
  once: string,
): Promise<Result<{ readonly sessionId: string }, SessionRefusal>> {
  const { mandate } = await committeeNow(scene);
  if (!isInOffice(mandate, scene.now)) return err({ reason: "no_mandate" });
  if (asked.title.trim() === "") return err({ reason: "session_title_missing" });
  const sessionId = newId<string>(scene.random);
  const insert = insertSession(scene, {
    sessionId,
    mandateId: mandate.mandateId,
    calledBy: "chair",
    state: "draft",
    title: asked.title.trim(),
    place: asked.place.trim(),
    holdsAt: asked.holdsAt,
    items: "[]",
    draftedBy: scene.actor.personId,
  });
  return written(writeOnce(scene, onceOf(once, "draft", asked), [insert], { sessionId }), "a draft");
}

/** Whether somebody may change a draft: of the chair's meeting whoever drafts or calls; of a request the member who asked first, alone. */
export function mayEdit({ row, requests }: Loaded, { actor }: StaffScene): Result<true, SessionRefusal> {
  const open = sessionIn(row.state, "draft", "requested");
  if (!open.ok) return open;
  const drafts = actor.permissions.has("committee.call") || actor.permissions.has("committee.record");
  if (row.calledBy === "chair") return drafts ? ok(true) : err({ reason: "not_your_draft" });
  // When a third has asked, the agenda is public; place and time are the chair's to set, and come with the notice.
  if (row.draftedBy !== actor.personId) return err({ reason: "not_your_draft" });
  return requests.length > 1 || row.reachedAt !== null ? err({ reason: "agenda_joined" }) : ok(true);
}

/** Title, place and time of a draft. Of a request that enough have made, place and time alone, by whoever may call it. */
export async function saveFrame(
  scene: StaffScene,
  key: SessionKey,
  version: number,
  asked: FrameAsked,
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row } = loaded;
  if (row.version !== version) return err({ reason: "session_stale" });
  if (row.calledBy === "members" && row.reachedAt !== null) {
    const may = mayAnnounce(loaded, scene);
    if (!may.ok) return may;
  } else {
    const may = mayEdit(loaded, scene);
    if (!may.ok) return may;
    if (asked.title.trim() === "") return err({ reason: "session_title_missing" });
  }
  const title = row.reachedAt === null ? asked.title.trim() : row.title;
  const change = { title, place: asked.place.trim(), holdsAt: asked.holdsAt };
  const done = await written(scene.db.write(updateSession(scene, row, change)), "a draft");
  return done.ok ? ok(true) : done;
}

/** Adds an item (`itemNo` one more than there are) or puts another in its place. */
export async function saveItem(
  scene: StaffScene,
  key: SessionKey,
  version: number,
  item: SessionItem,
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const may = mayEdit(loaded, scene);
  if (!may.ok) return may;
  const { row } = loaded;
  if (row.version !== version) return err({ reason: "session_stale" });
  const items = itemsOf(row);
  if (item.itemNo < 1 || item.itemNo > items.length + 1) return err({ reason: "unknown_item", itemNo: item.itemNo });
  if (item.itemNo > MOST_ITEMS) return err({ reason: "too_many_items", most: MOST_ITEMS });
  const [fault] = itemFaults(item);
  if (fault) return err(fault);
  if (item.corrects !== "") {
    const [known] = await scene.db.read(hasResolution(scene, item.corrects));
    if (known.length === 0) return err({ reason: "unknown_resolution" });
  }
  const next = items.toSpliced(item.itemNo - 1, 1, item);
  const change = { items: JSON.stringify(next) };
  const done = await written(scene.db.write(updateSession(scene, row, change)), "an item");
  return done.ok ? ok(true) : done;
}

/** Takes an item off a draft; those after it move up. */
export async function removeItem(
  scene: StaffScene,
  key: SessionKey,
  version: number,
  itemNo: number,
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const may = mayEdit(loaded, scene);
  if (!may.ok) return may;
  const { row } = loaded;
  if (row.version !== version) return err({ reason: "session_stale" });
  const items = itemsOf(row);
  if (!items.some((item) => item.itemNo === itemNo)) return err({ reason: "unknown_item", itemNo });
  const next = items.toSpliced(itemNo - 1, 1).map((item, at) => ({ ...item, itemNo: at + 1 }));
  const change = { items: JSON.stringify(next) };
  const done = await written(scene.db.write(updateSession(scene, row, change)), "an item");
  return done.ok ? ok(true) : done;
}
