/** A meeting of the committee before it is held: who may call it, what may stand on its agenda, when it may take place (M12, A13). Pure; what happens in the room stands in minutes/rules.ts. */

import { isMatter, type Matter } from "../../assembly/rules.ts";
import { addDays, type Day, dayOf, type Instant, lastDayOfPeriod, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Fraction, leastReaching, reaches } from "../../kernel/weight.ts";
import { type Authorisation, type DelegationRefusal, mayResolve } from "../delegation/rules.ts";
import type { Practice } from "../practice/rules.ts";
import { type CaretakerMatter, mayDecideNow, type TermPhase } from "../standing/rules.ts";

/**
 * `draft`: being written, by the secretary or the chair. `requested`: members ask for it and others join. `noticed`: public,
 * with its day. `recorded`: held, or not for want of members; the minutes are being signed. `published` and `withdrawn` are ends.
 */
export const SESSION_STATES = ["draft", "requested", "noticed", "recorded", "published", "withdrawn"] as const;
export type SessionState = (typeof SESSION_STATES)[number];
/** Who called it: chair or deputy, or a third of the members (GR 37). */
export const CALLERS = ["chair", "members"] as const;
export type Caller = (typeof CALLERS)[number];

/** A third of the members may ask (三分之一以上: reaching it is enough; CC 1259). */
export const REQUEST: Fraction = { numerator: 1n, denominator: 3n, strict: false };
/** The meeting they ask for is held within so many days (GR 37). */
export const REQUEST_DAYS = 7;

/** Whether enough members ask: a third of those who sit. A vacant seat asks for nothing and hinders nobody. */
export const requestReached = (asking: number, sitting: number): boolean =>
  sitting > 0 && reaches(BigInt(asking), BigInt(sitting), REQUEST);
export const askersLeast = (sitting: number): number => Number(leastReaching(BigInt(sitting), REQUEST));

/** The last day to hold a meeting a third asked for; the day it was reached is not counted. */
export const holdBy = (reachedAt: Instant): Day => lastDayOfPeriod(dayOf(reachedAt), REQUEST_DAYS);

/** One item of the agenda: plain data, frozen and public with the notice. */
export interface SessionItem {
  /** 1, 2, 3 … */
  readonly itemNo: number;
  readonly title: string;
  readonly text: string;
  /** Which of the nine matters of art. 278 it carries; 0 where none (D1, A13). */
  readonly matter: 0 | Matter;
  /** The owners' authorisation it rests on; "" where it carries none of the nine. */
  readonly authorisationId: string;
  /** What a committee in its last months may not decide (M15); "" where it is none of that. */
  readonly caretakerMatter: "" | CaretakerMatter;
  /** The resolution it corrects: a correction is a resolution of its own. */
  readonly corrects: string;
}

export const MOST_ITEMS = 20;
export const LONGEST_TITLE = 120;
export const LONGEST_TEXT = 4_000;
export const LONGEST_PLACE = 120;
export const LONGEST_WHY = 500;

export interface Draft {
  readonly title: string;
  readonly place: string;
  readonly holdsAt: Instant | null;
  readonly items: readonly SessionItem[];
}

export type ItemFault =
  | { readonly reason: "item_title_missing"; readonly itemNo: number }
  | { readonly reason: "item_title_too_long"; readonly itemNo: number; readonly most: number }
  | { readonly reason: "item_text_missing"; readonly itemNo: number }
  | { readonly reason: "item_text_too_long"; readonly itemNo: number; readonly most: number }
  | { readonly reason: "unknown_matter"; readonly itemNo: number };

/** What is wrong with one item by itself. */
export function itemFaults(item: SessionItem): ItemFault[] {
  const { itemNo } = item;
  const faults: ItemFault[] = [];
  if (item.title.trim() === "") faults.push({ reason: "item_title_missing", itemNo });
  if (item.title.length > LONGEST_TITLE) faults.push({ reason: "item_title_too_long", itemNo, most: LONGEST_TITLE });
  if (item.text.trim() === "") faults.push({ reason: "item_text_missing", itemNo });
  if (item.text.length > LONGEST_TEXT) faults.push({ reason: "item_text_too_long", itemNo, most: LONGEST_TEXT });
  if (item.matter !== 0 && !isMatter(item.matter)) faults.push({ reason: "unknown_matter", itemNo });
  return faults;
}

/** Words that usually mean a matter of art. 278: where the writer chose none, they are asked to look again. Never a refusal. */
const TELLTALES: readonly (readonly [Matter, RegExp])[] = [
  [1, /议事规则/],
  [2, /管理规约/],
  [3, /罢免|更换(业委会|业主委员会)?委员|选举(业委会|业主委员会)/],
  [4, /(选聘|续聘|解聘|更换)(物业|服务企业)|物业服务合同/],
  [5, /使用.{0,6}维修资金|维修资金.{0,4}(使用|支出)/],
  [6, /(筹集|补交|续筹).{0,4}维修资金/],
  [7, /改建|重建|加装电梯/],
  [8, /(出租|经营|广告|停车位?).{0,8}(公共|共有|共用)|(公共|共有|共用).{0,8}(出租|经营|广告|停车)/],
];
/** The matters an item that claims none looks like. */
export const suspectedMatters = ({ matter, title, text }: Pick<SessionItem, "matter" | "title" | "text">): Matter[] =>
  matter !== 0 ? [] : TELLTALES.filter(([, words]) => words.test(`${title}\n${text}`)).map(([each]) => each);

// ——— The notice ———

/** The first instant a meeting may begin: 00:00 of the day so many days after its agenda became public. */
export const earliestHolding = (agendaOn: Day, agendaDays: number): Instant => startOf(addDays(agendaOn, agendaDays));

export interface NoticeFacts {
  readonly calledBy: Caller;
  /** When a third had asked; null for a meeting of the chair's. */
  readonly reachedAt: Instant | null;
  readonly practice: Practice;
  /** On the day the meeting would be held. */
  readonly authorisations: readonly Authorisation[];
  readonly phase: TermPhase;
  readonly bars: readonly CaretakerMatter[];
}

export type NoticeFault =
  | { readonly reason: "session_title_missing" }
  | { readonly reason: "session_title_too_long"; readonly most: number }
  | { readonly reason: "place_missing" }
  | { readonly reason: "place_too_long"; readonly most: number }
  | { readonly reason: "time_missing" }
  | { readonly reason: "no_items" }
  | { readonly reason: "too_many_items"; readonly most: number }
  | { readonly reason: "too_soon"; readonly earliest: Day; readonly days: number }
  | { readonly reason: "not_after_notice" }
  | ItemFault
  | ({ readonly itemNo: number } & DelegationRefusal)
  | { readonly reason: "caretaker"; readonly itemNo: number; readonly matter: CaretakerMatter };

/**
 * Everything that keeps a meeting from being announced at `now` (GR 39; M12): what is missing, a day too near, and items the
 * committee may not decide (A13, M15). The agenda of a meeting a third asked for has been public since they were enough; its
 * days run from then, so that seven days' agenda and the seven days to hold it can both be kept.
 */
export function noticeFaults(draft: Draft, facts: NoticeFacts, now: Instant): NoticeFault[] {
  const faults: NoticeFault[] = [];
  const { title, place, holdsAt, items } = draft;
  if (title.trim() === "") faults.push({ reason: "session_title_missing" });
  if (title.length > LONGEST_TITLE) faults.push({ reason: "session_title_too_long", most: LONGEST_TITLE });
  if (place.trim() === "") faults.push({ reason: "place_missing" });
  if (place.length > LONGEST_PLACE) faults.push({ reason: "place_too_long", most: LONGEST_PLACE });
  if (items.length === 0) faults.push({ reason: "no_items" });
  if (items.length > MOST_ITEMS) faults.push({ reason: "too_many_items", most: MOST_ITEMS });
  const { value: days } = facts.practice.agendaDays;
  const agendaOn = dayOf(facts.calledBy === "members" && facts.reachedAt !== null ? facts.reachedAt : now);
  const earliest = earliestHolding(agendaOn, days);
  if (holdsAt === null) faults.push({ reason: "time_missing" });
  else if (holdsAt < earliest) faults.push({ reason: "too_soon", earliest: dayOf(earliest), days });
  // Members must be able to read it the day before, however long the agenda has been public.
  else if (dayOf(holdsAt) <= dayOf(now)) faults.push({ reason: "not_after_notice" });
  const on = dayOf(holdsAt ?? now);
  for (const item of items) {
    faults.push(...itemFaults(item));
    const may = mayResolve(item, facts.authorisations, on, facts.practice.delegationBanned.value);
    if (!may.ok) faults.push({ ...may.error, itemNo: item.itemNo });
    if (item.caretakerMatter !== "") {
      const now = mayDecideNow(facts.phase, item.caretakerMatter, facts.bars);
      if (!now.ok) faults.push({ reason: "caretaker", itemNo: item.itemNo, matter: item.caretakerMatter });
    }
  }
  return faults;
}

export type CallRefusal =
  | { readonly reason: "request_not_reached"; readonly asking: number; readonly least: number }
  /** Until the days are over the chair calls it; then those who asked may. */
  | { readonly reason: "chair_first"; readonly until: Day };

/**
 * Who may announce a meeting (GR 37; M12): chair or deputy; and, where a third asked and the chair let the seven days pass,
 * one of those who asked. The law sets the chair a day and no consequence: without this the third could ask for ever.
 */
export function mayCall(
  facts: {
    readonly calledBy: Caller;
    readonly reachedAt: Instant | null;
    readonly asking: number;
    readonly sitting: number;
  },
  caller: { readonly presides: boolean; readonly asked: boolean },
  today: Day,
): Result<true, CallRefusal | { readonly reason: "not_yours_to_call" }> {
  if (facts.calledBy === "members" && facts.reachedAt === null)
    return err({ reason: "request_not_reached", asking: facts.asking, least: askersLeast(facts.sitting) });
  if (caller.presides) return ok(true);
  if (facts.calledBy !== "members" || !caller.asked || facts.reachedAt === null)
    return err({ reason: "not_yours_to_call" });
  const until = holdBy(facts.reachedAt);
  return today > until ? ok(true) : err({ reason: "chair_first", until });
}

export type PostponeRefusal =
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number }
  | { readonly reason: "time_missing" }
  | { readonly reason: "not_later" };

/** Whether an announced meeting may be put off: to a later time, with a reason the public reads. Sooner would cut the agenda's days. */
export function mayPostpone(
  from: Instant,
  to: Instant | null,
  why: string,
  now: Instant,
): Result<Instant, PostponeRefusal> {
  if (to === null) return err({ reason: "time_missing" });
  if (to <= from || to <= now) return err({ reason: "not_later" });
  const said = mayWithdraw(why);
  return said.ok ? ok(to) : said;
}

/** Whether a reason for withdrawing, or putting off, says anything. */
export const mayWithdraw = (
  why: string,
): Result<true, Extract<PostponeRefusal, { reason: "why_missing" | "why_too_long" }>> =>
  why.trim() === ""
    ? err({ reason: "why_missing" })
    : why.length > LONGEST_WHY
      ? err({ reason: "why_too_long", most: LONGEST_WHY })
      : ok(true);

export type SessionMoveRefusal = {
  readonly reason: "wrong_session_state";
  readonly state: SessionState;
  readonly needed: readonly SessionState[];
};
/** Whether a meeting is in one of the states an act needs. */
export const sessionIn = (state: SessionState, ...needed: readonly SessionState[]): Result<true, SessionMoveRefusal> =>
  needed.includes(state) ? ok(true) : err({ reason: "wrong_session_state", state, needed });
