/** Counting: shut the door, add up, decide, keep. Two batches, and a repeat or cron heals what a crash leaves between them. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { NOTHING, type Weight } from "../../kernel/weight.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import type { Item } from "../agenda/rules.ts";
import { PROVING_KINDS } from "../delivery/rules.ts";
import { type Author, authorOf, CLOCK, recordEvent } from "../meeting/acting.ts";
import { type FrozenItem, factsOf, readItem } from "../meeting/reading.ts";
import { type MoveRefusal, mayCount } from "../meeting/rules.ts";
import {
  findMeeting,
  listItems,
  listTurnout,
  type MeetingRow,
  type TurnoutRow,
  updateMeeting,
} from "../meeting/store.ts";
import type { MeetingRules } from "../settings/rules.ts";
import { countItem, deemedCount } from "./rules.ts";
import {
  type ChannelCount,
  type CountResultRow,
  countByChannel,
  countWaitingPapers,
  type ItemPart,
  insertResults,
  insertRun,
  listRuns,
  shutDoor,
  sumChoices,
  sumParts,
  sumReachedAndSilent,
} from "./store.ts";
import { type RunSummary, type StoredDeemed, storedCount, storedDeemed } from "./stored.ts";

export type CountRefusal =
  | MoveRefusal
  | { readonly reason: "unknown_meeting" }
  | { readonly reason: "meeting_stale" }
  /** A recount asks why, and follows a published count. */
  | { readonly reason: "nothing_to_recount" };

export interface Counted {
  readonly runNo: number;
}

/**
 * Counts a closed meeting (D2–D6). First it *writes* `counted_at`: from then on a trigger refuses every ballot, however late it
 * commits, so the sums, taken in the same batch, cannot change under the reader. Then it decides and keeps the result. Asked
 * again, by anyone, it answers with run 1.
 *
 * The door is shut without looking first: all that `mayCount` asks is asserted in the batch (`shutDoor`), so nothing could be learnt
 * by a look that the batch does not know better. What does not go through is read, and the rule says why.
 */
export async function countMeeting(scene: StaffScene, meetingId: MeetingId): Promise<Result<Counted, CountRefusal>> {
  const { db, actor } = scene;
  const event = recordEvent(scene, meetingId, "counting_began", {}, authorOf(scene));
  const sums = sumQueries(scene, meetingId);
  const shut = await db.write([...shutDoor(scene, meetingId, actor.personId), ...event.statements, ...sums]);
  if (shut.ok) {
    // A batch answers its statements in order, and the sums stand last.
    const answers = shut.value.slice(-sums.length) as unknown as Answers<typeof sums>;
    return keepCount(scene, await sumsFrom(scene, answers), authorOf(scene));
  }
  const [rows, waiting] = await db.read(findMeeting(scene, meetingId), countWaitingPapers(scene, meetingId));
  const row = rows[0];
  if (!row || row.edition === 0) return err({ reason: "unknown_meeting" });
  // Shut by another request, which may not have got as far as the result.
  if (row.countedAt !== null) return finishCount(scene, meetingId, authorOf(scene));
  const may = mayCount(factsOf(row), waiting[0]?.waiting ?? 0, scene.now);
  return may.ok ? err({ reason: "meeting_stale" }) : may;
}

/** Adds up and keeps run 1 of a meeting whose door is shut; what is kept already is the answer. */
export async function finishCount(
  scene: Scene,
  meetingId: MeetingId,
  by: Author = CLOCK,
): Promise<Result<Counted, CountRefusal>> {
  return keepCount(scene, await addUp(scene, meetingId), by);
}

async function keepCount(scene: Scene, made: Sums | null, by: Author): Promise<Result<Counted, CountRefusal>> {
  if (!made) return err({ reason: "unknown_meeting" });
  const { row, runs } = made;
  const meetingId = row.meetingId as MeetingId;
  if (runs.length > 0) return ok({ runNo: 1 });
  const counter: Author = { id: row.countedBy ?? by.id, words: by.words };
  const moved = updateMeeting(
    scene,
    meetingId,
    row.version,
    sql`state = 'counted'`,
    sql`state = 'closed' AND counted_at IS NOT NULL`,
  );
  const written = await scene.db.write([...moved, ...statementsOf(scene, made, 1, "", counter)]);
  if (written.ok) return ok({ runNo: 1 });
  const [again] = await scene.db.read(listRuns(scene, meetingId));
  return again.length > 0 ? ok({ runNo: 1 }) : err({ reason: "meeting_stale" });
}

/** Counts a published meeting again, for a reason; `afterRun` is the run the asker saw, so that asking twice is once. */
export async function recount(
  scene: StaffScene,
  meetingId: MeetingId,
  asked: { readonly afterRun: number; readonly why: string },
): Promise<Result<Counted, CountRefusal>> {
  const made = await addUp(scene, meetingId);
  if (!made || made.row.edition === 0) return err({ reason: "unknown_meeting" });
  const { row, runs } = made;
  const runNo = asked.afterRun + 1;
  if (runs.some((run) => run.runNo === runNo)) return ok({ runNo });
  if (row.state !== "published" || runs.at(-1)?.runNo !== asked.afterRun) return err({ reason: "nothing_to_recount" });
  if (asked.why.trim() === "") return err({ reason: "reason_missing" });
  const moved = updateMeeting(
    scene,
    meetingId,
    row.version,
    sql`counted_by = ${scene.actor.personId}`,
    sql`state = 'published'`,
  );
  const statements = statementsOf(scene, made, runNo, asked.why.trim(), authorOf(scene));
  const written = await scene.db.write([...moved, ...statements]);
  if (written.ok) return ok({ runNo });
  const [again] = await scene.db.read(listRuns(scene, meetingId));
  return again.some((run) => run.runNo === runNo) ? ok({ runNo }) : err({ reason: "meeting_stale" });
}

interface Sums {
  readonly row: MeetingRow;
  readonly runs: readonly { readonly runNo: number }[];
  readonly items: readonly FrozenItem[];
  readonly summary: Omit<RunSummary, "salt">;
  readonly results: readonly {
    readonly itemNo: number;
    readonly basis: "strict" | "deemed";
    readonly result: string;
  }[];
}

const sumQueries = (scene: Scene, meetingId: MeetingId) =>
  [
    findMeeting(scene, meetingId),
    listItems(scene, meetingId),
    listRuns(scene, meetingId),
    sumChoices(scene, meetingId),
    sumParts(scene, meetingId),
    countByChannel(scene, meetingId),
    listTurnout(scene, meetingId),
  ] as const;

type Answers<Q> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

const addUp = async (scene: Scene, meetingId: MeetingId): Promise<Sums | null> =>
  sumsFrom(scene, await scene.db.read(...sumQueries(scene, meetingId)));

async function sumsFrom(
  scene: Scene,
  [rows, itemRows, runs, choices, parts, channels, turnout]: Answers<ReturnType<typeof sumQueries>>,
): Promise<Sums | null> {
  const row = rows[0];
  if (!row) return null;
  const items = itemRows.map(readItem);
  const partOf = (itemNo: number): Weight => weightOf(parts.find((part) => part.itemNo === itemNo));
  checkAgainstTurnout(items, parts, turnout);
  const rules = factsOf(row).rules!;
  const silent = await reachedAndSilent(scene, row, items, rules);
  const results = items.flatMap(({ item, eligible }) => {
    const { itemNo } = item;
    const strict = countItem(item, eligible, partOf(itemNo), choices);
    const kept = [{ itemNo, basis: "strict" as const, result: JSON.stringify(storedCount(strict)) }];
    if (rules.unreturned.value === "strict") return kept;
    const deemed = deemedCount(item, strict, weightOf(silent.find((one) => one.itemNo === itemNo)), {
      policy: rules.unreturned.value,
      clause: rules.unreturned.clause,
      neverDeemed: rules.neverDeemed.value,
    });
    const beside: StoredDeemed = deemed.ok ? storedDeemed(deemed.value) : { kind: "none", why: deemed.error };
    return [...kept, { itemNo, basis: "deemed" as const, result: JSON.stringify(beside) }];
  });
  return { row, runs, items, summary: summaryOf(channels, turnout), results };
}

const weightOf = (part: ItemPart | undefined): Weight =>
  part ? { owners: part.owners, areaDm2: part.areaDm2 } : NOTHING;

/** The counters kept up while voting was open must say what the ballots say. Where they differ, somebody wrote behind the record's back. */
function checkAgainstTurnout(
  items: readonly FrozenItem[],
  parts: readonly ItemPart[],
  turnout: readonly TurnoutRow[],
): void {
  for (const { item } of items) {
    const counter = turnout.find(({ key }) => key === `item:${item.itemNo}`);
    const sum = weightOf(parts.find(({ itemNo }) => itemNo === item.itemNo));
    if (counter && (counter.owners !== sum.owners || counter.areaDm2 !== sum.areaDm2))
      throw new Error(`turnout of item ${item.itemNo} does not agree with its ballots`);
  }
}

/** Only asked where the frozen rules hold silence against anyone (V3). */
async function reachedAndSilent(
  scene: Scene,
  row: MeetingRow,
  items: readonly FrozenItem[],
  rules: MeetingRules,
): Promise<readonly ItemPart[]> {
  const policy = rules.unreturned.value;
  if (policy === "strict" || policy === "returned_abstain_follows_majority") return [];
  const [silent] = await scene.db.read(
    sumReachedAndSilent(
      scene,
      row.meetingId as MeetingId,
      row.snapshotId!,
      PROVING_KINDS,
      items.map(({ item }) => scopeForSql(item)),
    ),
  );
  return silent;
}

const scopeForSql = ({ itemNo, scope }: Item) => ({
  itemNo,
  all: scope.kind === "estate",
  buildings: scope.kind === "buildings" ? scope.buildings : [],
  unitIds: scope.kind === "units" ? scope.unitIds : [],
});

const BUILDING = "building:";

const summaryOf = (channels: readonly ChannelCount[], turnout: readonly TurnoutRow[]): Omit<RunSummary, "salt"> => ({
  ballots: channels.reduce((sum, { ballots }) => sum + ballots, 0),
  channels,
  buildings: turnout
    .filter(({ key }) => key.startsWith(BUILDING))
    .map(({ key, owners, areaDm2, eligibleOwners, eligibleAreaDm2 }) => ({
      name: key.slice(BUILDING.length),
      voted: { owners, areaDm2 },
      total: { owners: eligibleOwners, areaDm2: eligibleAreaDm2 },
    })),
});

/**
 * The rows of a run, and its entry. The entry holds a commitment to every sum: the record is public from now on, the
 * result only when it is published, and a count published otherwise would show.
 */
function statementsOf(scene: Scene, { row, summary, results }: Sums, runNo: number, why: string, by: Author): Query[] {
  const meetingId = row.meetingId as MeetingId;
  const salt = scene.random(SALT_BYTES);
  const event = recordEvent(scene, meetingId, "counted", { run: runNo, why }, by, {
    ballots: summary.ballots,
    manifest: row.manifestHash,
    results: commit(salt, resultsOf(results)),
  });
  return [
    insertRun(scene, {
      meetingId,
      runNo,
      why,
      summary: JSON.stringify({ ...summary, salt: bytesToHex(salt) } satisfies RunSummary),
      countedBy: by.id,
      countedAt: scene.now,
      leafHash: event.leafHash,
    }),
    insertResults(scene, meetingId, runNo, results),
    ...event.statements,
  ];
}

/** The sums of a run as the record commits to them. */
export const resultsOf = (results: readonly Pick<CountResultRow, "itemNo" | "basis" | "result">[]): Json =>
  results.map(({ itemNo, basis, result }) => ({ item: itemNo, basis, result: JSON.parse(result) as Json }));
