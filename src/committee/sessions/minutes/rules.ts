/** What happened in a committee's meeting: who was there, what each said to each item, and what that decides (M12). Pure; with exact bounds, measured against the whole the practice names. */
import { type Day, dayOf, type Instant, lastDayOfPeriod } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { type Fraction, leastReaching, MORE_THAN_HALF, reaches, TWO_THIRDS } from "../../../kernel/weight.ts";
import type { Practice } from "../../practice/rules.ts";
import type { Seated } from "../../seated/rules.ts";
import { type SessionMoveRefusal, type SessionState, sessionIn } from "../rules.ts";

/** 同意, 反对, 弃权, and 回避: a member whom the matter concerns declares it and takes no part. */
export const CHOICES = ["for", "against", "abstain", "recused"] as const;
export type Choice = (typeof CHOICES)[number];
export const isChoice = (text: string): text is Choice => (CHOICES as readonly string[]).includes(text);

const HALF_OR_MORE: Fraction = { numerator: 1n, denominator: 2n, strict: false };

/** The fraction of the whole that must be present (GR 38; WF 37). */
export const quorumLine = (practice: Practice): Fraction =>
  practice.quorum.value === "two_thirds" ? TWO_THIRDS : MORE_THAN_HALF;
/** The fraction of the whole that must be in favour (BJ 45, SH 26, HZ 29; GR 38). */
export const majorityLine = (practice: Practice): Fraction =>
  practice.majority.value === "half_or_more" ? HALF_OR_MORE : MORE_THAN_HALF;

/** What presence and votes are measured against (Ambiguity 7): the seats of the mandate, or those who sit. */
export const wholeOf = (practice: Practice, seats: number, sitting: number): number =>
  practice.measuredBy.value === "sitting" ? sitting : Math.max(seats, sitting);

/** A number against its line: how many there are, of how many, how many it takes. */
export interface Measure {
  readonly part: number;
  readonly whole: number;
  readonly least: number;
  readonly holds: boolean;
}
const measure = (part: number, whole: number, line: Fraction): Measure => ({
  part,
  whole,
  least: Number(leastReaching(BigInt(whole), line)),
  // Of nobody everybody is present; a committee without seats decides nothing all the same.
  holds: whole > 0 && reaches(BigInt(part), BigInt(whole), line),
});

/** Whether there is a meeting at all: members present, alternates not counted. */
export const quorumOf = (present: number, whole: number, practice: Practice): Measure =>
  measure(present, whole, quorumLine(practice));

export interface Counts {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly recused: number;
}

export interface ItemDecision extends Counts {
  readonly itemNo: number;
  readonly outcome: "carried" | "lost";
  /** Those in favour against the whole, absent, recused and vacant seats included. */
  readonly measure: Measure;
}

/**
 * What an item comes to (M12): enough in favour of the WHOLE, not of those present. An absence, an abstention, a recusal and a
 * vacant seat all count against it.
 */
export function decideItem(
  itemNo: number,
  choices: readonly Choice[],
  whole: number,
  practice: Practice,
): ItemDecision {
  const count = (wanted: Choice): number => choices.filter((choice) => choice === wanted).length;
  const inFavour = measure(count("for"), whole, majorityLine(practice));
  return {
    itemNo,
    for: count("for"),
    against: count("against"),
    abstain: count("abstain"),
    recused: count("recused"),
    outcome: inFavour.holds ? "carried" : "lost",
    measure: inFavour,
  };
}

export interface Presence {
  readonly personId: string;
  readonly present: boolean;
}
export interface Vote {
  readonly itemNo: number;
  readonly personId: string;
  readonly choice: Choice;
  /** Why the member takes no part; public. Empty for the other choices. */
  readonly why: string;
}

/** Minutes as they are handed in. */
export interface Minutes {
  readonly heldAt: Instant;
  readonly presences: readonly Presence[];
  readonly votes: readonly Vote[];
  /** What was said, in public words. */
  readonly text: string;
}

export const LONGEST_MINUTES = 8_000;
export const LONGEST_RECUSAL = 200;

export type MinutesRefusal =
  | { readonly reason: "held_before_announced"; readonly holdsAt: Instant }
  | { readonly reason: "held_in_future" }
  | { readonly reason: "minutes_text_missing" }
  | { readonly reason: "minutes_text_too_long"; readonly most: number }
  | { readonly reason: "presence_missing"; readonly personId: string }
  | { readonly reason: "presence_twice"; readonly personId: string }
  | { readonly reason: "not_of_the_committee"; readonly personId: string }
  /** M8: an alternate attends and does not vote. */
  | { readonly reason: "alternate_has_no_vote"; readonly personId: string; readonly itemNo: number }
  /** No proxies: whoever is not there has no vote (M12). */
  | { readonly reason: "absent_has_no_vote"; readonly personId: string; readonly itemNo: number }
  | { readonly reason: "vote_missing"; readonly personId: string; readonly itemNo: number }
  | { readonly reason: "vote_twice"; readonly personId: string; readonly itemNo: number }
  | { readonly reason: "unknown_item"; readonly itemNo: number }
  | { readonly reason: "recusal_unexplained"; readonly personId: string; readonly itemNo: number }
  | { readonly reason: "quorum_missed"; readonly present: number; readonly least: number };

/** What minutes amount to: whether there was a meeting, and what each item came to. */
export interface Reckoning {
  readonly seats: number;
  readonly sitting: number;
  readonly quorum: Measure;
  /** In the order of the agenda; empty where there was no meeting. */
  readonly decisions: readonly ItemDecision[];
}

export interface Room {
  /** Those who sat when the meeting was held. */
  readonly seated: readonly Seated[];
  readonly seats: number;
  readonly itemNos: readonly number[];
  readonly holdsAt: Instant;
  readonly practice: Practice;
}

/**
 * Reads minutes (M12): everyone of the committee is present or not, every member present says one thing to every item, and
 * nobody else says anything. With too few present there is no meeting: any vote is refused, and minutes without votes say so.
 */
export function readMinutes(room: Room, minutes: Minutes, now: Instant): Result<Reckoning, MinutesRefusal> {
  const { seated, practice, itemNos } = room;
  if (minutes.heldAt < room.holdsAt) return err({ reason: "held_before_announced", holdsAt: room.holdsAt });
  if (minutes.heldAt > now) return err({ reason: "held_in_future" });
  if (minutes.text.trim() === "") return err({ reason: "minutes_text_missing" });
  if (minutes.text.length > LONGEST_MINUTES) return err({ reason: "minutes_text_too_long", most: LONGEST_MINUTES });
  const standing = new Map(seated.map((one) => [one.personId, one.standing]));
  const present = new Map<string, boolean>();
  for (const { personId, present: isPresent } of minutes.presences) {
    if (!standing.has(personId)) return err({ reason: "not_of_the_committee", personId });
    if (present.has(personId)) return err({ reason: "presence_twice", personId });
    present.set(personId, isPresent);
  }
  const unsaid = seated.find(({ personId }) => !present.has(personId));
  if (unsaid) return err({ reason: "presence_missing", personId: unsaid.personId });

  const members = seated.filter((one) => one.standing === "member");
  const there = members.filter(({ personId }) => present.get(personId) === true);
  const whole = wholeOf(practice, room.seats, members.length);
  const quorum = quorumOf(there.length, whole, practice);
  const cast = new Map<string, Vote>();
  for (const vote of minutes.votes) {
    const { personId, itemNo } = vote;
    if (!itemNos.includes(itemNo)) return err({ reason: "unknown_item", itemNo });
    const as = standing.get(personId);
    if (as === undefined) return err({ reason: "not_of_the_committee", personId });
    if (as === "alternate") return err({ reason: "alternate_has_no_vote", personId, itemNo });
    if (present.get(personId) !== true) return err({ reason: "absent_has_no_vote", personId, itemNo });
    const key = `${itemNo} ${personId}`;
    if (cast.has(key)) return err({ reason: "vote_twice", personId, itemNo });
    if (vote.choice === "recused" && vote.why.trim() === "")
      return err({ reason: "recusal_unexplained", personId, itemNo });
    cast.set(key, vote);
  }
  if (!quorum.holds)
    return cast.size > 0
      ? err({ reason: "quorum_missed", present: there.length, least: quorum.least })
      : ok({ seats: room.seats, sitting: members.length, quorum, decisions: [] });
  const decisions: ItemDecision[] = [];
  for (const itemNo of itemNos) {
    const choices: Choice[] = [];
    for (const { personId } of there) {
      const vote = cast.get(`${itemNo} ${personId}`);
      if (!vote) return err({ reason: "vote_missing", personId, itemNo });
      choices.push(vote.choice);
    }
    decisions.push(decideItem(itemNo, choices, whole, practice));
  }
  return ok({ seats: room.seats, sitting: members.length, quorum, decisions });
}

// ——— Signing ———

export const STANCES = ["signed", "objected"] as const;
/** A member signs, or says what the minutes have wrong; either is their own act and is kept. */
export type Stance = (typeof STANCES)[number];
export const LONGEST_REMARK = 500;

export type SignRefusal =
  | SessionMoveRefusal
  | { readonly reason: "not_present" }
  | { readonly reason: "already_signed" }
  /** The minutes were drafted anew since the page was opened; every signature is given to one version. */
  | { readonly reason: "minutes_changed" }
  | { readonly reason: "remark_missing" }
  | { readonly reason: "remark_too_long"; readonly most: number };

/** Whether somebody may sign, or object to, the minutes as they stand. */
export function maySign(
  facts: {
    readonly state: SessionState;
    readonly version: number;
    /** Members who were there. */
    readonly present: readonly string[];
    /** Those who signed or objected to this version. */
    readonly answered: readonly string[];
  },
  asked: { readonly personId: string; readonly version: number; readonly stance: Stance; readonly remark: string },
): Result<true, SignRefusal> {
  const open = sessionIn(facts.state, "recorded");
  if (!open.ok) return open;
  if (asked.version !== facts.version) return err({ reason: "minutes_changed" });
  if (!facts.present.includes(asked.personId)) return err({ reason: "not_present" });
  if (facts.answered.includes(asked.personId)) return err({ reason: "already_signed" });
  if (asked.stance === "objected" && asked.remark.trim() === "") return err({ reason: "remark_missing" });
  if (asked.remark.length > LONGEST_REMARK) return err({ reason: "remark_too_long", most: LONGEST_REMARK });
  return ok(true);
}

// ——— Publishing ———

/** The last day to publish what was decided; the day of the meeting is not counted (M12). */
export const publishBy = (heldAt: Instant, days: number): Day => lastDayOfPeriod(dayOf(heldAt), days);

export type PublishRefusal =
  | SessionMoveRefusal
  /** Who wrote it does not publish it. */
  | { readonly reason: "own_minutes" }
  | { readonly reason: "minutes_changed" }
  | { readonly reason: "signatures_missing"; readonly missing: number; readonly until: Day }
  | { readonly reason: "too_few_signed"; readonly signed: number; readonly least: number };

/**
 * Whether minutes may be published (M12): by another than who drafted them, once everyone who was there has signed or objected.
 * On the last day to publish, signatures of more than half of those present are enough, and who gave none is named: one member
 * must not be able to keep the owners from reading what was decided.
 */
export function mayPublish(
  facts: {
    readonly state: SessionState;
    readonly version: number;
    readonly draftedBy: string;
    readonly present: number;
    readonly signed: number;
    readonly objected: number;
    readonly publishBy: Day;
  },
  asked: { readonly personId: string; readonly version: number },
  today: Day,
): Result<true, PublishRefusal> {
  const open = sessionIn(facts.state, "recorded");
  if (!open.ok) return open;
  if (asked.version !== facts.version) return err({ reason: "minutes_changed" });
  if (asked.personId === facts.draftedBy) return err({ reason: "own_minutes" });
  const { present, signed, objected } = facts;
  const missing = present - signed - objected;
  const least = Number(leastReaching(BigInt(present), MORE_THAN_HALF));
  // Nobody came: there is nobody to sign that nobody came.
  if (present > 0 && missing > 0 && today < facts.publishBy)
    return err({ reason: "signatures_missing", missing, until: facts.publishBy });
  if (present > 0 && signed < least) return err({ reason: "too_few_signed", signed, least });
  return ok(true);
}

/** Minutes may be drafted anew, as a further version, until they are published; signatures to the version before do not carry over. */
export const mayRecord = (state: SessionState): Result<true, SessionMoveRefusal> =>
  sessionIn(state, "noticed", "recorded");

/** 〔2026〕第3号. */
export const resolutionNumber = (year: number, number: number): string => `〔${year}〕第${number}号`;
