/** Preparing a meeting: every save is a new version of the draft, guarded against another person's save. Nothing here is public yet. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { addDays, dayOf, startOf } from "../../kernel/day.ts";
import { type MeetingId, newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Aborted, assertThat, type Query, sql } from "../../platform/db.ts";
import { type KeyReused, type Once, writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Item, type ItemOrigin, isOfOrigin, MOST_ITEMS } from "../agenda/rules.ts";
import type { MeetingRules } from "../settings/rules.ts";
import { listSettings, rulesFromRows } from "../settings/store.ts";
import { type KeptDraft, readDraft } from "./reading.ts";
import { type Convener, type Draft, earliestOpening, type MeetingState } from "./rules.ts";
import { findMeeting, insertMeeting, type MeetingRow, updateMeeting } from "./store.ts";

export type DraftRefusal =
  | KeyReused
  | { readonly reason: "unknown_meeting" }
  | { readonly reason: "not_a_draft"; readonly state: MeetingState }
  /** Somebody saved the draft after this form was opened. */
  | { readonly reason: "draft_stale"; readonly version: number }
  | { readonly reason: "too_many_items"; readonly most: number }
  | { readonly reason: "unknown_item"; readonly itemNo: number }
  /** The item was made by an election or a recall; it is changed or taken back there. */
  | { readonly reason: "item_has_origin"; readonly itemNo: number; readonly kind: string };

/** Which draft, as of which version, and the key that makes a repeated form the same save. */
export interface DraftSave {
  readonly meetingId: MeetingId;
  readonly version: number;
  readonly once: string;
}

export interface Saved {
  readonly meetingId: MeetingId;
  readonly version: number;
}

const HOUR_MS = 3_600_000;
const DEFAULT_WINDOW_DAYS = 14;

/** Times that keep every rule if the notice is given within two days: from 9:00 of one day to 18:00 two weeks later. */
function proposedTimes(now: number, rules: MeetingRules): Pick<Draft, "opensAt" | "closesAt"> {
  const first = addDays(earliestOpening(dayOf(now), rules.noticeDays.value), 2);
  const days = Math.min(Math.max(DEFAULT_WINDOW_DAYS, rules.windowMinDays.value), rules.windowMaxDays.value - 1);
  return { opensAt: startOf(first) + 9 * HOUR_MS, closesAt: startOf(addDays(first, days)) + 18 * HOUR_MS };
}

const commitment = ({ draft, salt }: KeptDraft): string => commit(hexToBytes(salt), draft as unknown as Json);

/** Begins a draft with the community's rules of today. */
export async function createDraft(
  scene: StaffScene,
  asked: { readonly title: string; readonly convener: Convener },
  once: string,
): Promise<Result<Saved, KeyReused>> {
  const { db, actor, now } = scene;
  const [rows] = await db.read(listSettings(scene));
  const rules = rulesFromRows(rows);
  const meetingId = newId<MeetingId>(scene.random);
  const draft: Draft = { ...asked, title: asked.title.trim(), items: [], rules, ...proposedTimes(now, rules) };
  const kept: KeptDraft = { draft, editors: [actor.personId], salt: bytesToHex(scene.random(SALT_BYTES)) };
  const leaf = appendLeaf(
    scene,
    "meeting.drafted",
    { meeting: meetingId, version: 1, by: actor.personId, commitment: commitment(kept) },
    meetingId,
  );
  const insert = insertMeeting(scene, {
    meetingId,
    title: draft.title,
    convener: draft.convener.kind,
    draft: JSON.stringify(kept),
    by: actor.personId,
    at: now,
  });
  const key = { key: once, body: JSON.stringify(asked) };
  const written = await writeOnce<Saved>(scene, key, [insert, leaf.statement], { meetingId, version: 1 });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  throw new Error(`a draft was refused by ${written.error.code}`);
}

/**
 * Saves a change of a draft as its next version. The version is compared in the write itself: of two people who opened
 * version 4, one saves version 5 and the other is told (`draft_stale`) with nothing lost, because the form keeps what was
 * typed. `also` joins the batch (a file's row). The same form sent twice is one save.
 */
async function changeDraft(
  scene: StaffScene,
  save: DraftSave,
  body: Json,
  change: (draft: Draft) => Result<Draft, DraftRefusal>,
  also: readonly Query[] = [],
): Promise<Result<Saved, DraftRefusal>> {
  const saved = await changeJoined(scene, save, body, change, also);
  if (saved.ok) return saved;
  if (saved.error.reason === "aborted") throw new Error(`a draft was refused by ${saved.error.code}`);
  return err(saved.error);
}

/** The same where `also` has guards of its own: what they say comes back as `aborted`. */
async function changeJoined(
  scene: StaffScene,
  save: DraftSave,
  body: Json,
  change: (draft: Draft) => Result<Draft, DraftRefusal>,
  also: readonly Query[],
): Promise<Result<Saved, DraftRefusal | Aborted>> {
  const { db, actor } = scene;
  const [rows] = await db.read(findMeeting(scene, save.meetingId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_meeting" });
  const prepared = prepare(row, save.version, change);
  const statements = prepared.ok
    ? statementsOf(scene, row, prepared.value, actor.personId, also)
    : [assertThat(db, "stale", sql`0`)];
  const once: Once = { key: save.once, body: canonicalJson([save.meetingId, save.version, body]) };
  // Asked even when the change cannot be made any more: a repeat of a save that went through is answered with it.
  const answer: Saved = { meetingId: save.meetingId, version: save.version + 1 };
  const written = await writeOnce(scene, once, statements, answer);
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err(written.error);
  if (written.error.code !== "stale" && written.error.code !== "meeting_frozen") return err(written.error);
  return prepared.ok ? err({ reason: "draft_stale", version: row.version }) : prepared;
}

function prepare(
  row: MeetingRow,
  version: number,
  change: (draft: Draft) => Result<Draft, DraftRefusal>,
): Result<Draft, DraftRefusal> {
  if (row.state !== "draft") return err({ reason: "not_a_draft", state: row.state });
  if (row.version !== version) return err({ reason: "draft_stale", version: row.version });
  return change(readDraft(row).draft);
}

function statementsOf(scene: StaffScene, row: MeetingRow, draft: Draft, by: string, also: readonly Query[]): Query[] {
  const before = readDraft(row);
  const kept: KeptDraft = {
    draft,
    // Whoever wrote a word of it has drafted it, and cannot approve it.
    editors: before.editors.includes(by) ? before.editors : [...before.editors, by],
    salt: bytesToHex(scene.random(SALT_BYTES)),
  };
  const meetingId = row.meetingId as MeetingId;
  const leaf = appendLeaf(
    scene,
    "meeting.drafted",
    { meeting: meetingId, version: row.version + 1, by, commitment: commitment(kept) },
    meetingId,
  );
  const set = sql`title = ${draft.title}, convener = ${draft.convener.kind}, draft = ${JSON.stringify(kept)}`;
  return [...updateMeeting(scene, meetingId, row.version, set, sql`state = 'draft'`), leaf.statement, ...also];
}

export type Frame = Pick<Draft, "title" | "convener" | "opensAt" | "closesAt">;

/** Title, convener and times. */
export const saveFrame = (scene: StaffScene, save: DraftSave, frame: Frame): Promise<Result<Saved, DraftRefusal>> =>
  changeDraft(scene, save, frame as unknown as Json, (draft) => ok({ ...draft, ...frame, title: frame.title.trim() }));

/** The rules of this meeting, where it departs from the community's settings. */
export const saveRules = (
  scene: StaffScene,
  save: DraftSave,
  rules: MeetingRules,
): Promise<Result<Saved, DraftRefusal>> =>
  changeDraft(scene, save, rules as unknown as Json, (draft) => ok({ ...draft, rules }));

const renumbered = (items: readonly Item[]): Item[] => items.map((item, at) => ({ ...item, itemNo: at + 1 }));

/** Writes the item at its number, or adds it behind the last one. Faulty items are kept too: the lint says what is missing. */
export const saveItem = (
  scene: StaffScene,
  save: DraftSave,
  item: Item,
  files: readonly Query[] = [],
): Promise<Result<Saved, DraftRefusal>> => {
  // A repeated upload has another file id and the same content: the content is what tells a repeat.
  const body = { ...item, attachments: item.attachments.map(({ name, sha256 }) => ({ name, sha256 })) };
  return changeDraft(
    scene,
    save,
    body as unknown as Json,
    (draft) => {
      if (item.itemNo < 1 || item.itemNo > draft.items.length + 1)
        return err({ reason: "unknown_item", itemNo: item.itemNo });
      if (item.itemNo > MOST_ITEMS) return err({ reason: "too_many_items", most: MOST_ITEMS });
      const { origin } = draft.items[item.itemNo - 1] ?? {};
      if (origin && !isOfOrigin(item, origin.kind, origin.id))
        return err({ reason: "item_has_origin", itemNo: item.itemNo, kind: origin.kind });
      const items = [...draft.items];
      items[item.itemNo - 1] = item;
      return ok({ ...draft, items });
    },
    files,
  );
};

/** Takes an item out. One with an origin is taken out by its origin: `by` names it. */
export const removeItem = (
  scene: StaffScene,
  save: DraftSave,
  itemNo: number,
  by?: { readonly kind: string; readonly id: string },
): Promise<Result<Saved, DraftRefusal>> =>
  changeDraft(scene, save, { remove: itemNo }, (draft) => {
    const item = draft.items[itemNo - 1];
    if (!item) return err({ reason: "unknown_item", itemNo });
    if (item.origin && !(by && isOfOrigin(item, by.kind, by.id)))
      return err({ reason: "item_has_origin", itemNo, kind: item.origin.kind });
    return ok({ ...draft, items: renumbered(draft.items.filter((one) => one.itemNo !== itemNo)) });
  });

/**
 * Puts an item of an origin behind the last one, with the origin's own rows in the same batch: neither is there without the
 * other. What a guard of `also` says comes back as `aborted`.
 */
export const placeItem = (
  scene: StaffScene,
  save: DraftSave,
  item: Omit<Item, "itemNo"> & { readonly origin: ItemOrigin },
  also: readonly Query[],
): Promise<Result<Saved, DraftRefusal | Aborted>> =>
  changeJoined(
    scene,
    save,
    { place: [item.origin.kind, item.origin.id] },
    (draft) =>
      draft.items.length >= MOST_ITEMS
        ? err({ reason: "too_many_items", most: MOST_ITEMS })
        : ok({ ...draft, items: [...draft.items, { ...item, itemNo: draft.items.length + 1 }] }),
    also,
  );

/** Takes an item of an origin off the draft again, with the origin's own rows in the same batch. */
export const takeItemBack = (
  scene: StaffScene,
  save: DraftSave,
  origin: Pick<ItemOrigin, "kind" | "id">,
  also: readonly Query[],
): Promise<Result<Saved, DraftRefusal | Aborted>> =>
  changeJoined(
    scene,
    save,
    { takeBack: [origin.kind, origin.id] },
    (draft) => {
      const items = draft.items.filter((item) => !isOfOrigin(item, origin.kind, origin.id));
      return items.length === draft.items.length
        ? err({ reason: "unknown_item", itemNo: 0 })
        : ok({ ...draft, items: renumbered(items) });
    },
    also,
  );

/** Moves an item one place up. */
export const raiseItem = (scene: StaffScene, save: DraftSave, itemNo: number): Promise<Result<Saved, DraftRefusal>> =>
  changeDraft(scene, save, { raise: itemNo }, (draft) => {
    const item = draft.items[itemNo - 1];
    const above = draft.items[itemNo - 2];
    if (!item || !above) return err({ reason: "unknown_item", itemNo });
    const items = [...draft.items];
    items[itemNo - 2] = item;
    items[itemNo - 1] = above;
    return ok({ ...draft, items: renumbered(items) });
  });
