/** Which posts nobody holds together or straight after one another, as settings with their source, and who may waive it. Pure. */
import { addDays, addMonths, type Day, dayOf, type Instant, startOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import { BODY_OF_POST, type BodyKind, isPostKind, PERMISSIONS, type PostKind } from "../../rules.ts";
import type { Span } from "../../terms/rules.ts";
import { LONGEST_SOURCE } from "../rules.ts";

/** exclusive: never both at one time. cooling_off: so many months after leaving a post on the left before one on the right is taken. */
export const RULE_KINDS = ["exclusive", "cooling_off"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
/** refuse: the act is refused. waiver: it takes a waiver by a post the rule names. off: the rule asks nothing. */
export const RULE_ANSWERS = ["refuse", "waiver", "off"] as const;
export type RuleAnswer = (typeof RULE_ANSWERS)[number];

/** Two groups of posts and what holds between them. Kinds of posts are words: one that this version does not know never meets anybody. */
export interface PairRule {
  readonly key: string;
  readonly kind: RuleKind;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly answer: RuleAnswer;
  /** Whole months of cooling off; 0 for posts that exclude each other. */
  readonly months: number;
  /** Who may waive it, by post. */
  readonly waivedBy: readonly string[];
  /** The clause or document it rests on, and how sure that is. */
  readonly source: Bilingual;
}

const SEATS = ["committee_chair", "committee_deputy", "committee_member"] as const;
const PROVIDER = ["provider_manager", "provider_staff"] as const;
const MONEY = ["treasurer", "accountant"] as const;
const DESK = ["secretary", "teller", ...MONEY] as const;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const OURS = say("本系统的默认值，国家没有统一规定", "Our default; there is no national rule");

/**
 * What holds where a community has set nothing (M4, S3). Only the provider's people in the committee rest on statutes, and those are
 * local. The cooling-off before the committee is off: it would keep an elected owner out without a law.
 */
export const DEFAULT_PAIRS: readonly PairRule[] = [
  {
    key: "supervision-committee",
    kind: "exclusive",
    left: ["supervisor"],
    right: SEATS,
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: OURS,
  },
  {
    key: "supervision-desk",
    kind: "exclusive",
    left: ["supervisor"],
    right: DESK,
    answer: "waiver",
    months: 0,
    waivedBy: ["street_officer"],
    source: OURS,
  },
  {
    key: "provider-committee",
    kind: "exclusive",
    left: PROVIDER,
    right: [...SEATS, "committee_alternate"],
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: say(
      "地方规定：《上海市住宅物业管理规定》第二十条、《北京市物业管理条例》第三十九条、《杭州市物业管理条例》第二十五条；本地规定须自行核实",
      "Local law: Shanghai art. 20, Beijing art. 39, Hangzhou art. 25; your own place's law is to be checked",
    ),
  },
  {
    key: "provider-supervision",
    kind: "exclusive",
    left: PROVIDER,
    right: ["supervisor"],
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: OURS,
  },
  {
    key: "provider-desk",
    kind: "exclusive",
    left: PROVIDER,
    right: DESK,
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: say(
      "本系统的默认值；参照《舟山市物业管理条例》第十七条（物业人员不得代理投票）",
      "Our default; after Zhoushan art. 17 (provider staff may not be agents)",
    ),
  },
  {
    key: "provider-branch-secretary",
    kind: "exclusive",
    left: PROVIDER,
    right: ["branch_secretary"],
    answer: "waiver",
    months: 0,
    waivedBy: ["community_party_secretary", "street_officer"],
    source: OURS,
  },
  {
    key: "audit",
    kind: "exclusive",
    left: ["auditor"],
    right: [...SEATS, ...DESK, ...PROVIDER],
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: OURS,
  },
  {
    key: "money",
    kind: "exclusive",
    left: ["treasurer"],
    right: ["accountant"],
    answer: "refuse",
    months: 0,
    waivedBy: [],
    source: say(
      "参照《会计法》：出纳人员不得兼任稽核和账目登记（条号以现行文本为准）；业主的账目适用与否未经核实",
      "After the Accounting Law: a cashier neither reviews nor keeps the books (see the text in force for its number); whether it binds owners' accounts is unverified",
    ),
  },
  {
    key: "committee-then-audit",
    kind: "cooling_off",
    left: [...SEATS, "secretary", ...MONEY],
    right: ["auditor"],
    answer: "waiver",
    months: 12,
    waivedBy: ["street_officer"],
    source: OURS,
  },
  {
    key: "provider-then-committee",
    kind: "cooling_off",
    left: PROVIDER,
    right: SEATS,
    answer: "off",
    months: 6,
    waivedBy: [],
    source: say(
      "没有全国性规定，默认不启用：它会使已当选的业主不能就任，只能按管理规约或议事规则的条款启用",
      "No national rule, off by default: it would keep an elected owner out, and is switched on only on a clause of the covenant or the rules of procedure",
    ),
  },
];

// ——— Whether a rule may be set so ———

const PARTY: readonly BodyKind[] = [
  "upper_body",
  "street_party",
  "community_party",
  "branch",
  "party_group",
  "party_household",
];
const bodyOf = (kind: string): BodyKind | null => (isPostKind(kind) ? BODY_OF_POST[kind] : null);
const isParty = (kind: string): boolean => PARTY.includes(bodyOf(kind)!);
const isCommittee = (kind: string): boolean => bodyOf(kind) === "committee";

/** Whether the rule can keep anyone out of the committee. */
export const touchesCommittee = ({ left, right }: Pick<PairRule, "left" | "right">): boolean =>
  [...left, ...right].some(isCommittee);

/** Who may waive anything at all. A party post waives nothing that concerns the committee (Q6). */
export const WAIVERS: readonly PostKind[] = PERMISSIONS["overlap.waive"];

export const MOST_MONTHS = 60;

export type RuleFault =
  | { readonly reason: "rule_side_empty"; readonly field: "left" | "right" }
  | { readonly reason: "rule_sides_meet" }
  | { readonly reason: "rule_against_party" }
  | { readonly reason: "rule_months_out_of_range"; readonly most: number }
  | { readonly reason: "rule_waivers_missing" }
  | { readonly reason: "rule_waiver_is_party_to_it" }
  | { readonly reason: "rule_waiver_of_the_party" }
  | { readonly reason: "rule_source_missing" }
  | { readonly reason: "rule_source_too_long"; readonly most: number };

/** A rule as it may be kept, or everything that is wrong with it. `months` as typed. */
export function checkRule(asked: {
  readonly key: string;
  readonly kind: RuleKind;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly answer: RuleAnswer;
  readonly months: string;
  readonly waivedBy: readonly string[];
  readonly source: string;
}): Result<PairRule, readonly [RuleFault, ...RuleFault[]]> {
  const { key, kind, left, right, answer, waivedBy } = asked;
  const source = asked.source.trim();
  const months = kind === "exclusive" ? 0 : /^\d{1,2}$/.test(asked.months.trim()) ? Number(asked.months) : -1;
  const faults: RuleFault[] = [];
  if (left.length === 0) faults.push({ reason: "rule_side_empty", field: "left" });
  if (right.length === 0) faults.push({ reason: "rule_side_empty", field: "right" });
  if (left.some((one) => right.includes(one))) faults.push({ reason: "rule_sides_meet" });
  // Whoever holds a party post stands for the committee like anyone else, and the other way round (Q6).
  const meets = (one: readonly string[], other: readonly string[]) => one.some(isParty) && other.some(isCommittee);
  if (meets(left, right) || meets(right, left)) faults.push({ reason: "rule_against_party" });
  if (kind === "cooling_off" && (months < 1 || months > MOST_MONTHS))
    faults.push({ reason: "rule_months_out_of_range", most: MOST_MONTHS });
  if (answer === "waiver") {
    if (waivedBy.length === 0) faults.push({ reason: "rule_waivers_missing" });
    if (waivedBy.some((one) => left.includes(one) || right.includes(one)))
      faults.push({ reason: "rule_waiver_is_party_to_it" });
    if (touchesCommittee(asked) && waivedBy.some(isParty)) faults.push({ reason: "rule_waiver_of_the_party" });
  }
  if (source === "") faults.push({ reason: "rule_source_missing" });
  if (source.length > LONGEST_SOURCE) faults.push({ reason: "rule_source_too_long", most: LONGEST_SOURCE });
  const [first, ...others] = faults;
  if (first) return err([first, ...others]);
  return ok({
    key,
    kind,
    left,
    right,
    answer,
    months,
    waivedBy: answer === "waiver" ? waivedBy : [],
    source: { zh: source, en: source },
  });
}

/**
 * Whether someone with these posts may set a rule. One that can keep people out of the committee is set by the street's officer alone: a
 * party post decides nothing about who sits there (Q6).
 */
export const maySetRule = (posts: readonly string[], rule: Pick<PairRule, "left" | "right">): boolean =>
  (touchesCommittee(rule) ? (["street_officer"] as const) : PERMISSIONS["overlap.manage"]).some((one) =>
    posts.includes(one),
  );

// ——— Whether posts stand in each other's way ———

/** A post someone holds, held or will hold. */
export interface HeldPost {
  readonly tenureId: string;
  readonly postKind: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  /** It ended as a record made by mistake: nothing cools off after what never was. */
  readonly corrected: boolean;
}

/** A post someone is to take. */
export interface WantedPost {
  readonly postKind: string;
  readonly span: Span;
}

/** A rule that stands between a wanted post and one that is, was or will be held. */
export interface Conflict {
  readonly rule: PairRule;
  readonly held: HeldPost;
  /** The first day on which nothing of this would stand in the way any more; null while the held post has no end. */
  readonly freeOn: Day | null;
}

/** The first day on which a post may be taken after one left on `leftOn`, the first day without it. Month ends stay inside the month. */
export const cooledOn = (leftOn: Day, months: number): Day => addMonths(leftOn, months);

/**
 * The first day of leaving that is too late for taking a post on `takenOn`: whoever left before it has cooled off. The database
 * compares with this, so that both sides know the same calendar.
 */
export function tooLateFrom(takenOn: Day, months: number): Day {
  let day = addMonths(takenOn, -months);
  while (cooledOn(addDays(day, -1), months) > takenOn) day = addDays(day, -1);
  while (cooledOn(day, months) <= takenOn) day = addDays(day, 1);
  return day;
}

const overlaps = (one: Span, other: Span): boolean =>
  (other.untilAt === null || one.fromAt < other.untilAt) && (one.untilAt === null || other.fromAt < one.untilAt);

function stands(rule: PairRule, held: HeldPost, { postKind, span }: WantedPost): boolean {
  const { left, right, months } = rule;
  const holdsLeft = left.includes(held.postKind) && right.includes(postKind);
  const holdsRight = right.includes(held.postKind) && left.includes(postKind);
  if (rule.kind === "exclusive") return (holdsLeft || holdsRight) && overlaps(held, span);
  if (held.corrected) return false;
  const follows = (first: Span, then: Span): boolean =>
    first.fromAt <= then.fromAt &&
    (first.untilAt === null || then.fromAt < startOf(cooledOn(dayOf(first.untilAt), months)));
  return (holdsLeft && follows(held, span)) || (holdsRight && follows(span, held));
}

/**
 * What stands between a wanted post and the posts of one person: every rule that is not off, with every post it meets (S3). The wish
 * for overlap is no part of it, and no rule sets a party post against a seat in the committee (Q6).
 */
export const conflictsOf = (held: readonly HeldPost[], wanted: WantedPost, rules: readonly PairRule[]): Conflict[] =>
  rules
    .filter(({ answer }) => answer !== "off")
    .flatMap((rule) =>
      held
        .filter((one) => (one.untilAt === null || one.untilAt > one.fromAt) && stands(rule, one, wanted))
        .map((one) => ({ rule, held: one, freeOn: freeOn(rule, one) })),
    );

const freeOn = ({ months }: PairRule, { untilAt }: HeldPost): Day | null =>
  untilAt === null ? null : cooledOn(dayOf(untilAt), months);

// ——— Waivers ———

/** Leave given for one person to take one post although a rule stands against it; for days of taking office within its span. */
export interface Waiver {
  readonly waiverId: string;
  readonly ruleKey: string;
  readonly personId: string;
  /** The post that may be taken. */
  readonly postKind: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  readonly grantedBy: string;
  /** The post it was granted from. */
  readonly grantedAs: string;
  readonly withdrawnAt: Instant | null;
}

/**
 * Whether a waiver lifts a conflict: of the same rule, person and post, in force for the day of taking office, from a post the rule
 * still names, and granted neither by the person concerned nor by whoever records the appointment.
 */
export const lifts = (
  waiver: Waiver,
  { rule }: Conflict,
  wanted: WantedPost & { readonly personId: string },
  recordedBy: string,
): boolean =>
  rule.answer === "waiver" &&
  waiver.ruleKey === rule.key &&
  waiver.personId === wanted.personId &&
  waiver.postKind === wanted.postKind &&
  waiver.withdrawnAt === null &&
  waiver.fromAt <= wanted.span.fromAt &&
  (waiver.untilAt === null || wanted.span.fromAt < waiver.untilAt) &&
  rule.waivedBy.includes(waiver.grantedAs) &&
  waiver.grantedBy !== waiver.personId &&
  waiver.grantedBy !== recordedBy;

/** A conflict and the waiver that lifts it. */
export interface Waived {
  readonly conflict: Conflict;
  readonly waiver: Waiver;
}

/** The conflicts that stand, and those a waiver lifts. */
export function sift(
  conflicts: readonly Conflict[],
  waivers: readonly Waiver[],
  wanted: WantedPost & { readonly personId: string },
  recordedBy: string,
): { readonly standing: readonly Conflict[]; readonly waived: readonly Waived[] } {
  const standing: Conflict[] = [];
  const waived: Waived[] = [];
  for (const conflict of conflicts) {
    const waiver = waivers.find((one) => lifts(one, conflict, wanted, recordedBy));
    if (waiver) waived.push({ conflict, waiver });
    else standing.push(conflict);
  }
  return { standing, waived };
}

export type GrantFault =
  | { readonly reason: "waiver_not_possible"; readonly answer: RuleAnswer }
  | { readonly reason: "waiver_not_yours"; readonly waivedBy: readonly string[] }
  | { readonly reason: "waiver_for_oneself" }
  | { readonly reason: "waiver_post_not_in_rule" }
  | { readonly reason: "waiver_of_nothing" };

/** Whether someone may waive a rule for a person; answers with the post they grant it from. `held`: what that person holds, held or will hold. */
export function mayWaive(
  rule: PairRule,
  granter: { readonly personId: string; readonly posts: readonly string[] },
  asked: { readonly personId: string; readonly postKind: string },
  held: readonly HeldPost[],
): Result<string, GrantFault> {
  if (rule.answer !== "waiver") return err({ reason: "waiver_not_possible", answer: rule.answer });
  const as = rule.waivedBy.find((one) => granter.posts.includes(one));
  if (as === undefined) return err({ reason: "waiver_not_yours", waivedBy: rule.waivedBy });
  if (granter.personId === asked.personId) return err({ reason: "waiver_for_oneself" });
  const other = rule.right.includes(asked.postKind)
    ? rule.left
    : rule.left.includes(asked.postKind)
      ? rule.right
      : null;
  if (other === null) return err({ reason: "waiver_post_not_in_rule" });
  return held.some(({ postKind }) => other.includes(postKind)) ? ok(as) : err({ reason: "waiver_of_nothing" });
}
