/** A ballot on paper, read by two people who do not see each other's reading, and by a third where they differ (GR 22; V2, V10). Pure. */
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Item } from "../agenda/rules.ts";
import { type Answer, type BallotRefusal, readAnswers, sameAnswers } from "../ballots/rules.ts";

/** What a person read off the paper. An item with an empty list is void: no mark, two marks, or an unreadable one. */
export interface Reading {
  /** 表决意见应由业主本人签名: unsigned is not participating (V2). */
  readonly signed: boolean;
  readonly answers: readonly Answer[];
  /** Signed by an agent under a recorded authorisation (V4), not by the owner. */
  readonly byAgent?: boolean;
}

export interface PaperEntry {
  readonly entryNo: number;
  readonly by: string;
  readonly reading: Reading;
}

export type PaperRefusal =
  | { readonly reason: "same_person_twice" }
  | { readonly reason: "already_settled" }
  | { readonly reason: "received_before_opening"; readonly opensAt: Instant }
  | { readonly reason: "received_after_close"; readonly closesAt: Instant }
  | { readonly reason: "received_in_future" }
  | BallotRefusal;

/** Where a paper stands after its readings. */
export type PaperState =
  | { readonly state: "waiting"; readonly for: "second" | "third" }
  | { readonly state: "ballot"; readonly reading: Reading }
  /** Read as unsigned by two: kept, logged, not participating. */
  | { readonly state: "unsigned" }
  /** Three different readings: the paper goes back to the voter or is decided by those who supervise the count. */
  | { readonly state: "disputed" };

const sameReading = (a: Reading, b: Reading): boolean =>
  a.signed === b.signed &&
  (!a.signed || ((a.byAgent ?? false) === (b.byAgent ?? false) && sameAnswers(a.answers, b.answers)));

/** What two or three readings come to: the reading two people share. */
export function compareEntries(entries: readonly PaperEntry[]): PaperState {
  const [first, second, third] = entries;
  if (!first || !second) return { state: "waiting", for: "second" };
  const agreed = sameReading(first.reading, second.reading)
    ? first.reading
    : third && (sameReading(third.reading, first.reading) || sameReading(third.reading, second.reading))
      ? third.reading
      : null;
  if (agreed) return agreed.signed ? { state: "ballot", reading: agreed } : { state: "unsigned" };
  return third ? { state: "disputed" } : { state: "waiting", for: "third" };
}

/** The reading as it will stand: unknown options are a typing error, over-voted and unmarked items are void (V10). */
export function readPaper(
  items: readonly Item[],
  itemNos: readonly number[],
  typed: Reading,
): Result<Reading, PaperRefusal> {
  if (!typed.signed) return ok({ signed: false, answers: [] });
  const voided = typed.answers.map((answer): Answer => {
    const item = items.find(({ itemNo }) => itemNo === answer.itemNo);
    return item && isOvervoted(item, answer.options) ? { ...answer, options: [] } : answer;
  });
  const read = readAnswers(items, itemNos, voided, "paper");
  return read.ok ? ok({ ...typed, answers: read.value }) : read;
}

/** An agent's marks on items the authorisation does not name are void; none named = all of this meeting (CC 165). */
export const withinAuthority = (reading: Reading, itemNos: readonly number[]): Reading =>
  itemNos.length === 0
    ? reading
    : {
        ...reading,
        answers: reading.answers.map((answer) =>
          itemNos.includes(answer.itemNo) ? answer : { ...answer, options: [] },
        ),
      };

/** More marks than allowed, or marks that contradict each other. */
export function isOvervoted(item: Item, options: readonly number[]): boolean {
  const chosen = [...new Set(options)];
  const roles = chosen.map((no) => item.question.options.find(({ optionNo }) => optionNo === no)?.role);
  const proposals = roles.filter((role) => role === "choice").length;
  return (
    proposals > item.question.atMost ||
    (chosen.length > 1 && roles.some((role) => role !== undefined && role !== "choice"))
  );
}

/**
 * Whether a paper handed in at this instant is a ballot of this meeting. It may be typed in until the count, but it must
 * have been in the box before the closing instant: otherwise paper would be the way to vote late (V6, V7).
 */
export function mayReceive(
  receivedAt: Instant,
  meeting: { readonly opensAt: Instant; readonly closesAt: Instant },
  now: Instant,
): Result<true, PaperRefusal> {
  if (receivedAt > now) return err({ reason: "received_in_future" });
  if (receivedAt < meeting.opensAt) return err({ reason: "received_before_opening", opensAt: meeting.opensAt });
  if (receivedAt >= meeting.closesAt) return err({ reason: "received_after_close", closesAt: meeting.closesAt });
  return ok(true);
}

/** Whether this person may add a reading: once each, until the paper is settled. */
export function mayEnter(entries: readonly PaperEntry[], by: string): Result<number, PaperRefusal> {
  if (entries.some((entry) => entry.by === by)) return err({ reason: "same_person_twice" });
  if (entries.length > 0 && compareEntries(entries).state !== "waiting") return err({ reason: "already_settled" });
  return ok(entries.length + 1);
}
