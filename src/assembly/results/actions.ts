/** After the count: publication, objections and their answers. Each is one batch with its entry, and a repeat finds it done. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { type Day, dayOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { type MeetingId, newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Weight } from "../../kernel/weight.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { type Item, type ItemOrigin, isOfOrigin } from "../agenda/rules.ts";
import { type ItemCount, maySplitByChoice } from "../counting/rules.ts";
import { isSameCount, shownOptions } from "../counting/shown.ts";
import { listPublishedResults, listPublishedRuns, listResults, listRuns, publishRun } from "../counting/store.ts";
import { type ItemResult, type Run, readRuns } from "../counting/stored.ts";
import { authorOf, recordEvent, VOTER } from "../meeting/acting.ts";
import { factsOf, readItem } from "../meeting/reading.ts";
import { type MeetingFacts, type MoveRefusal, mayObjectToResult, mayPublish } from "../meeting/rules.ts";
import { findMeeting, listItems, type MeetingKey, updateMeeting } from "../meeting/store.ts";
import { answerTicket, insertTicket, listTickets, type ObjectionRow } from "./store.ts";

export type PublishRefusal =
  | MoveRefusal
  | { readonly reason: "unknown_meeting" }
  | { readonly reason: "unknown_run" }
  | { readonly reason: "meeting_stale" };

/** What the record says of an item when its result is published: with this anyone redoes the four inequalities. */
const publishedItem = ({ item, strict, deemed }: ItemResult): Json => ({
  item: item.itemNo,
  matter: item.matter,
  eligible: { ...strict.eligible },
  participated: { ...strict.participated },
  options: shownOptions(strict).map(({ optionNo, role, votes }) => ({ option: optionNo, role, ...votes })),
  outcome: strict.outcome,
  carried: [...strict.carried],
  ...(deemed?.kind === "counted"
    ? {
        deemed: {
          policy: deemed.policy,
          clause: deemed.clause,
          // Moved abstentions of a small group are the very sum that its options above do not tell.
          ...(deemed.policy === "returned_abstain_follows_majority" && !maySplitByChoice(strict.participated)
            ? {}
            : { added: { ...deemed.added } }),
          toOption: deemed.toOption,
          outcome: deemed.count.outcome,
          carried: [...deemed.count.carried],
        },
      }
    : {}),
});

/**
 * Publishes a run: the count, or a recount. By another person than counted it, unless the frozen rules allow otherwise. A
 * recount that differs begins the period of objection anew, because owners have not had a chance to object to it.
 */
export async function publishResult(
  scene: StaffScene,
  meetingId: MeetingId,
  runNo: number,
): Promise<Result<{ readonly run: number }, PublishRefusal>> {
  const { db, actor, now } = scene;
  const [rows, itemRows, runRows, results] = await db.read(
    findMeeting(scene, meetingId),
    listItems(scene, meetingId),
    listRuns(scene, meetingId),
    listResults(scene, meetingId),
  );
  const row = rows[0];
  if (!row || row.edition === 0) return err({ reason: "unknown_meeting" });
  const items = itemRows.map((one) => readItem(one).item);
  const runs = readRuns(items, runRows, results);
  const run = runs.find((one) => one.runNo === runNo);
  if (!run) return err({ reason: "unknown_run" });
  if (run.publishedAt !== null) return ok({ run: runNo });
  const facts = factsOf(row);
  const isRecount = runNo > 1;
  // A recount is published while the meeting already is; the same rule speaks of who may.
  const may = mayPublish(asCounted(facts, run, isRecount), actor.personId);
  if (!may.ok) return may;
  const standing = runs.findLast((one) => one.publishedAt !== null);
  const restarts = standing === undefined || !isSameRun(standing, run);
  const event = recordEvent(scene, meetingId, "published", { run: runNo }, authorOf(scene), {
    manifest: row.manifestHash,
    ballots: run.summary.ballots,
    counted: run.leafHash,
    items: run.items.map(publishedItem),
  });
  const written = await db.write([
    ...updateMeeting(
      scene,
      meetingId,
      row.version,
      sql`state = 'published', published_by = ${actor.personId}, published_at = ${restarts ? now : row.publishedAt}`,
      isRecount ? sql`state = 'published'` : sql`state = 'counted'`,
    ),
    ...publishRun(scene, meetingId, runNo, actor.personId, now),
    ...event.statements,
  ]);
  if (written.ok) return ok({ run: runNo });
  const [again] = await db.read(listRuns(scene, meetingId));
  const done = again.some((one) => one.runNo === runNo && one.publishedAt !== null);
  return done ? ok({ run: runNo }) : err({ reason: "meeting_stale" });
}

const asCounted = (facts: MeetingFacts, run: Run, isRecount: boolean): MeetingFacts => ({
  ...facts,
  countedBy: run.countedBy,
  state: isRecount && facts.state === "published" ? "counted" : facts.state,
});

export const isSameRun = (a: Run, b: Run): boolean =>
  a.items.every((one, at) => {
    const other = b.items[at];
    if (!other || !isSameCount(one.strict, other.strict)) return false;
    const [left, right] = [one.deemed, other.deemed];
    if (left?.kind !== "counted" || right?.kind !== "counted") return left?.kind === right?.kind;
    return isSameCount(left.count, right.count);
  });

// ——— What a published meeting decided, for the room an item came from ———

/** For one read together with others; `decidedOn` reads their rows. */
export const publishedQueries = (scene: Pick<Scene, "db" | "community">, key: MeetingKey) =>
  [
    findMeeting(scene, key),
    listItems(scene, key),
    listPublishedRuns(scene, key),
    listPublishedResults(scene, key),
  ] as const;

type RowsOf<Q> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

export interface DecidedItem {
  readonly item: Item;
  readonly eligible: Weight;
  /** The newest count that was published: a recount takes the place of what it checked. */
  readonly runNo: number;
  readonly publishedAt: Instant;
  readonly leafHash: string;
  /** Strict: what is deemed stands beside it and never decides an election. */
  readonly count: ItemCount;
}

/** What the newest published count says of the item of an origin; null before one is published, or where there is none. */
export function decidedOn(
  [, itemRows, runRows, results]: RowsOf<ReturnType<typeof publishedQueries>>,
  origin: Pick<ItemOrigin, "kind" | "id">,
): DecidedItem | null {
  const items = itemRows.map(readItem);
  const frozen = items.find(({ item }) => isOfOrigin(item, origin.kind, origin.id));
  const newest = runRows.at(-1);
  if (!frozen || !newest) return null;
  const [run] = readRuns(
    [frozen.item],
    [newest],
    results.filter(({ itemNo }) => itemNo === frozen.item.itemNo),
  );
  return {
    ...frozen,
    runNo: newest.runNo,
    publishedAt: newest.publishedAt ?? 0,
    leafHash: newest.leafHash,
    count: run!.items[0]!.strict,
  };
}

export const LONGEST_OBJECTION = 2_000;
export const LONGEST_ANSWER = 4_000;
/** Days in which an objection is answered, the day it came in not counted; a last day off moves on. */
export const ANSWER_WITHIN_DAYS = 7;

export type ObjectRefusal =
  | MoveRefusal
  | KeyReused
  | { readonly reason: "unknown_meeting" }
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "meeting_stale" };

export interface NewObjection {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
  readonly about: "notice" | "result";
  readonly text: string;
  readonly wantsRecount: boolean;
  /** The form's `_once`: sent twice, it is one ticket. */
  readonly once: string;
}

export interface Ticket {
  readonly objectionId: string;
  /** Its number within the meeting, as the public page names it. */
  readonly no: number;
  readonly dueOn: Day;
  readonly leafHash: string;
}

const context = (communityId: string, meetingId: string): string => `objection:${communityId}:${meetingId}`;
registerSealed({
  table: "objection",
  column: "text_sealed",
  key: ["meeting_id", "objection_id"],
  contextOf: (communityId, { meeting_id }) => context(communityId, String(meeting_id)),
});

const TRIES = 5; // two tickets in the same instant want the same number; the later one takes the next

/**
 * Takes an owner's objection as a ticket that must be answered before the result is final (V8). The text is sealed; the
 * record gets its number and a commitment to it. Refused outside the period, with the day it ended.
 */
export async function fileObjection(scene: Scene, asked: NewObjection): Promise<Result<Ticket, ObjectRefusal>> {
  const { db, community, now } = scene;
  const { meetingId, voterNo, about } = asked;
  const text = asked.text.trim();
  if (text === "") return err({ reason: "text_missing" });
  if (text.length > LONGEST_OBJECTION) return err({ reason: "text_too_long", most: LONGEST_OBJECTION });
  const objectionId = newId<string>(scene.random);
  const salt = scene.random(SALT_BYTES);
  const sealed = await scene.keys.seal(
    JSON.stringify({ text, salt: bytesToHex(salt) }),
    context(community.id, meetingId),
  );
  const dueOn = lastDayOfPeriod(dayOf(now), ANSWER_WITHIN_DAYS);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const [rows, tickets] = await db.read(findMeeting(scene, meetingId), listTickets(scene, meetingId));
    const row = rows[0];
    if (!row || row.edition === 0) return err({ reason: "unknown_meeting" });
    const may = mayObject(factsOf(row), about, now);
    if (!may.ok) return may;
    const no = tickets.length + 1;
    const event = recordEvent(scene, meetingId, "objection_made", { no, about }, VOTER, {
      commitment: commit(salt, text),
      wantsRecount: asked.wantsRecount,
    });
    const ticket: Ticket = { objectionId, no, dueOn, leafHash: event.leafHash };
    const written = await writeOnce(
      scene,
      { key: asked.once, body: JSON.stringify([meetingId, voterNo, about, text, asked.wantsRecount]) },
      [
        assertFrom(
          db,
          "numbers_moved",
          sql`SELECT count(*) = CAST(${tickets.length} AS INTEGER) FROM objection
              WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
        ),
        assertFrom(
          db,
          "meeting_moved",
          sql`SELECT state = ${row.state} FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
        ),
        insertTicket(scene, {
          meetingId,
          objectionId,
          about,
          voterNo,
          textSealed: sealed,
          wantsRecount: asked.wantsRecount ? 1 : 0,
          madeAt: now,
          dueOn,
          leafHash: event.leafHash,
        }),
        ...event.statements,
      ],
      ticket,
    );
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err(written.error);
    if (written.error.code !== "numbers_moved" && written.error.code !== "meeting_moved")
      throw new Error(`an objection was refused by ${written.error.code}`);
  }
  return err({ reason: "meeting_stale" });
}

/** A notice may be objected to until the close, a result within its period. */
function mayObject(facts: MeetingFacts, about: "notice" | "result", now: number): Result<true, MoveRefusal> {
  if (about === "result") return mayObjectToResult(facts, now);
  if (facts.state !== "notice" && facts.state !== "open")
    return err({ reason: "wrong_state", state: facts.state, needed: ["notice", "open"] });
  return facts.closesAt !== null && now >= facts.closesAt
    ? err({ reason: "already_closed", closedAt: facts.closesAt })
    : ok(true);
}

/** The words of a ticket, for those who answer it and for the owner who made it. */
export async function openObjection(
  { keys, community }: Pick<Scene, "keys" | "community">,
  row: Pick<ObjectionRow, "meetingId" | "textSealed">,
): Promise<string> {
  const opened = JSON.parse(await keys.open(row.textSealed, context(community.id, row.meetingId))) as { text: string };
  return opened.text;
}

export type AnswerRefusal =
  | { readonly reason: "unknown_objection" }
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "already_answered"; readonly answeredAt: number };

/**
 * Answers a ticket, in public words, once. The record commits to the answer; the salt is the first half of the ticket's
 * leaf hash, so that whoever reads both on the page can check them.
 */
export async function answerObjection(
  scene: StaffScene,
  meetingId: MeetingId,
  objectionId: string,
  answer: string,
): Promise<Result<{ readonly no: number }, AnswerRefusal>> {
  const { db, actor, now } = scene;
  const text = answer.trim();
  if (text === "") return err({ reason: "text_missing" });
  if (text.length > LONGEST_ANSWER) return err({ reason: "text_too_long", most: LONGEST_ANSWER });
  const [tickets] = await db.read(listTickets(scene, meetingId));
  const at = tickets.findIndex((ticket) => ticket.objectionId === objectionId);
  const ticket = tickets[at];
  if (!ticket) return err({ reason: "unknown_objection" });
  const no = at + 1;
  const isMine = (row: ObjectionRow): boolean => row.answeredBy === actor.personId && row.answer === text;
  if (ticket.answeredAt !== null)
    return isMine(ticket) ? ok({ no }) : err({ reason: "already_answered", answeredAt: ticket.answeredAt });
  const salt = hexToBytes(ticket.leafHash).subarray(0, SALT_BYTES);
  const event = recordEvent(scene, meetingId, "objection_answered", { no }, authorOf(scene), {
    objection: ticket.leafHash,
    commitment: commit(salt, text),
  });
  const written = await db.write([
    ...answerTicket(scene, meetingId, objectionId, { text, by: actor.personId, at: now }),
    ...event.statements,
  ]);
  if (written.ok) return ok({ no });
  const [again] = await db.read(listTickets(scene, meetingId));
  const winner = again[at]!;
  return isMine(winner) ? ok({ no }) : err({ reason: "already_answered", answeredAt: winner.answeredAt ?? now });
}
