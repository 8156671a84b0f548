/** How a committee stands during its term: its seats, who moves up, when it is too few, and what its last months ask for. Pure. */
import { addMonths, type Day, dayOf, daysBetween, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { kit, spec, type Values } from "../../offices/settings/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

/** What the last months of a committee may not decide (SH 28; M15). */
export const CARETAKER_MATTERS = {
  provider: say("选聘、解聘物业服务企业", "engaging or dismissing the property company"),
  price: say("调整物业费或其他收费标准", "changing the property fee or other charges"),
  works: say("大型维修、改建工程", "major repair or rebuilding works"),
  lease: say("新签一年以上的公共部位租赁合同", "new leases of common parts for more than a year"),
} as const;
export type CaretakerMatter = keyof typeof CARETAKER_MATTERS;

/** The settings of a committee's term; each differs by place. */
export const TERM_SETTINGS = kit({
  prefix: "term.",
  specs: {
    leadMonths: spec({
      shape: { kind: "whole", least: 1, most: 12 },
      value: 3,
      title: say("届满前几个月启动换届", "Months before the end of term in which re-election begins"),
      explanation: say(
        "到了这一天还没有发起换届选举，本页和工作台会一直提醒。",
        "From that day on, as long as no election is called, this is said on the committee's page and on the desk.",
      ),
      source: say(
        "《业主大会和业主委员会指导规则》第四十七条：届满三个月前。上海为五个月，北京为六个月。",
        "Guiding Rules art. 47: three months before the end. Shanghai: five, Beijing: six.",
      ),
      rule: "M15",
      needsClause: (value) => value < 3,
      whenNeeded: say("少于三个月", "fewer than three months"),
    }),
    caretakerBars: spec({
      shape: { kind: "several", choices: CARETAKER_MATTERS, mayBeEmpty: true },
      value: ["provider", "price", "works"],
      title: say("换届期间不得决定的事项", "What may not be decided during re-election"),
      explanation: say(
        "从进入换届期到新一届就任，委员会会议不能对这些事项作出决定。",
        "From the beginning of re-election until the next committee sits, the committee's meetings may not decide these.",
      ),
      source: say(
        "上海市住宅物业管理规定第二十八条；其他地方没有统一规定。",
        "Shanghai Residential Property Management art. 28; not uniform elsewhere.",
      ),
      rule: "M15",
    }),
    handoverDays: spec({
      shape: { kind: "whole", least: 1, most: 30 },
      value: 10,
      title: say("届满后几天内移交", "Days to hand over after the term"),
      explanation: say(
        "从任期结束的第二天算起，档案、印章、资金和合同要在这些天内移交完毕。",
        "Counted from the day after the term ends: records, seals, money and contracts are handed over within these days.",
      ),
      source: say("《业主大会和业主委员会指导规则》第四十八条：十日。", "Guiding Rules art. 48: ten days."),
      rule: "M16",
      needsClause: (value) => value > 10,
      whenNeeded: say("超过十天", "more than ten days"),
    }),
    memberHandoverDays: spec({
      shape: { kind: "whole", least: 1, most: 30 },
      value: 3,
      title: say("个别委员离任后几天内移交", "Days to hand over when one member leaves"),
      explanation: say(
        "从离任的第二天算起，把手里的资料、印章和财物交回。",
        "Counted from the day after leaving: papers, seals and goods in hand are given back.",
      ),
      source: say(
        "《业主大会和业主委员会指导规则》第四十五条：三日。杭州七日，上海十日。",
        "Guiding Rules art. 45: three days. Hangzhou: seven, Shanghai: ten.",
      ),
      rule: "M16",
      needsClause: (value) => value > 3,
      whenNeeded: say("超过三天", "more than three days"),
    }),
    recallDefenceDays: spec({
      shape: { kind: "whole", least: 3, most: 30 },
      value: 7,
      title: say("被提议罢免的人有几天写申辩", "Days for the defence of a member whose recall is proposed"),
      explanation: say(
        "从告知的第二天算起。申辩和罢免理由一起印在议题里，交全体业主表决。",
        "Counted from the day after being told. The defence is printed with the reasons in the item the owners vote on.",
      ),
      source: say(
        "杭州市物业管理条例第三十一条保障申辩权，没有规定天数；这里默认七天。",
        "Hangzhou art. 31 gives a right to be heard and no number of days; seven is this product's default.",
      ),
      rule: "M14",
    }),
  },
});
export type TermSettings = Values<typeof TERM_SETTINGS.specs>;

// ——— Seats ———

export interface Seats {
  readonly seats: number;
  readonly legalLeast: number;
  /** Members who sit today; the chair and deputies are members. */
  readonly sitting: number;
  /** Alternates who could still move up. */
  readonly alternates: number;
}

export type SeatsState = "full" | "alternates_due" | "vacant" | "too_few";
/**
 * How the seats stand (M8, M9). Alternates come first: while one can move up, that is what is due. Without any, fewer than
 * half of the seats, or fewer than the law's least, ask for a by-election; half exactly does not.
 */
export function seatsState({ seats, legalLeast, sitting, alternates }: Seats): SeatsState {
  if (sitting >= seats) return "full";
  if (alternates > 0) return "alternates_due";
  return sitting * 2 < seats || sitting < legalLeast ? "too_few" : "vacant";
}

/** An alternate with the rank the election gave them: 1 moves up first. */
export interface RankedAlternate {
  readonly tenureId: string;
  readonly rank: number;
}
export type MoveUpRefusal =
  | { readonly reason: "no_vacant_seat"; readonly seats: number }
  | { readonly reason: "not_an_alternate" }
  /** M8: by the order of votes; the one before must have moved up or declined. */
  | { readonly reason: "not_next"; readonly rank: number; readonly nextRank: number };

/** Whether this alternate is the next to move up into a vacant seat (HZ 28, ZS 19; M8). */
export function mayMoveUp(
  { seats, sitting }: Pick<Seats, "seats" | "sitting">,
  alternates: readonly RankedAlternate[],
  tenureId: string,
): Result<true, MoveUpRefusal> {
  if (sitting >= seats) return err({ reason: "no_vacant_seat", seats });
  const wanted = alternates.find((one) => one.tenureId === tenureId);
  if (!wanted) return err({ reason: "not_an_alternate" });
  const nextRank = Math.min(...alternates.map(({ rank }) => rank));
  return wanted.rank === nextRank ? ok(true) : err({ reason: "not_next", rank: wanted.rank, nextRank });
}

// ——— The term ———

export interface TermSpan {
  readonly fromAt: Instant;
  /** The first instant without the mandate. */
  readonly untilAt: Instant;
}

export type TermPhase = "running" | "renewal_due" | "renewing" | "over";
/**
 * Where a term stands today (M15): from `leadMonths` before its last day a re-election is due; once one is under way the
 * committee is a caretaker; after the last day it is over, with or without a successor.
 */
export function termPhase(span: TermSpan, today: Day, leadMonths: number, electionUnderWay: boolean): TermPhase {
  if (today > lastDayOf(span)) return "over";
  if (today < renewalFrom(span, leadMonths)) return "running";
  return electionUnderWay ? "renewing" : "renewal_due";
}

/** The last day of a term. */
export const lastDayOf = ({ untilAt }: TermSpan): Day => dayOf(untilAt - 1);
/** The first day on which a re-election is due. */
export const renewalFrom = (span: TermSpan, leadMonths: number): Day => addMonths(lastDayOf(span), -leadMonths);
/** Days left, the last one included; negative when the term is over. */
export const daysLeft = (span: TermSpan, today: Day): number => daysBetween(today, lastDayOf(span));

/** Whether a committee may decide a matter in this phase (M15). A committee whose term is over decides nothing of the kind either. */
export const mayDecideNow = (
  phase: TermPhase,
  matter: CaretakerMatter,
  bars: readonly CaretakerMatter[],
): Result<true, { readonly reason: "caretaker"; readonly matter: CaretakerMatter; readonly phase: TermPhase }> =>
  phase === "running" || !bars.includes(matter) ? ok(true) : err({ reason: "caretaker", matter, phase });

/** The last day of a handover: the day the term or the tenure ended is not counted, a day off moves it on (CC 201, 203; M16, D20). */
export const handoverDue = (endedOn: Day, days: number): Day => lastDayOfPeriod(endedOn, days);
