/** What a candidate must be here, how each condition was found, and what may be decided on it (M3, M4). Pure. It is never told anyone's political affiliation or office (Q6). */
import { type Day, dayOf, endOf, type Instant, lastDayOfPeriod } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import { ALWAYS_DECLARED, INTEREST_WORDS, type Interest, SENSITIVE_INTERESTS } from "../../nominations/person/rules.ts";
import type { Outcome } from "../rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** National conditions first; the local ones are asked only where a clause says so (M4). */
export const CONDITIONS = [
  "owner_on_roll",
  "full_capacity",
  "duties_kept",
  "able_and_willing",
  "provider_self",
  "provider_kin",
  "arrears",
  "defaulter",
  "illegal_building",
  "sentence",
] as const;
export type Condition = (typeof CONDITIONS)[number];
export const isCondition = (text: string): text is Condition => (CONDITIONS as readonly string[]).includes(text);
const LOCAL: readonly Condition[] = [
  "provider_self",
  "provider_kin",
  "arrears",
  "defaulter",
  "illegal_building",
  "sentence",
];
export const isLocal = (condition: Condition): boolean => LOCAL.includes(condition);

export const CONDITION_WORDS: Readonly<Record<Condition, { readonly words: Bilingual; readonly article: string }>> = {
  owner_on_roll: {
    words: say("是本小区的业主，今天仍在名册上", "is an owner of this estate, on the roll today"),
    article: "《业主大会和业主委员会指导规则》第三十一条",
  },
  full_capacity: {
    words: say("具有完全民事行为能力", "has full legal capacity"),
    article: "《业主大会和业主委员会指导规则》第三十一条，《民法典》第十七、十八条",
  },
  duties_kept: {
    words: say(
      "遵守法律、管理规约和议事规则，履行业主义务",
      "keeps the law, the covenant and the rules, and an owner's duties",
    ),
    article: "《业主大会和业主委员会指导规则》第三十一条",
  },
  able_and_willing: {
    words: say(
      "热心公益、责任心强，有必要的工作时间和组织能力",
      "public-spirited and responsible, with the time and ability",
    ),
    article: "《物业管理条例》第十六条",
  },
  provider_self: {
    words: say("本人不在为本小区服务的物业服务企业任职", "does not work for the company that serves the estate"),
    article: INTEREST_WORDS.provider_self.article,
  },
  provider_kin: {
    words: say("配偶、直系亲属不在该企业任职", "no spouse or close kin works for that company"),
    article: INTEREST_WORDS.provider_kin.article,
  },
  arrears: {
    words: say("没有欠交物业费、维修资金", "owes no service fees or fund payments"),
    article: INTEREST_WORDS.arrears.article,
  },
  defaulter: { words: say("不是失信被执行人", "is not a listed defaulter"), article: INTEREST_WORDS.defaulter.article },
  illegal_building: {
    words: say("没有尚未改正的违法搭建", "has no unremedied illegal building"),
    article: INTEREST_WORDS.illegal_building.article,
  },
  sentence: {
    words: say("没有执行完毕未满五年的刑事处罚", "no criminal sentence within five years"),
    article: INTEREST_WORDS.sentence.article,
  },
};

/** Found by the software on the roll of the day, and again when the list is published; nobody types it. */
export const AUTOMATIC: Condition = "owner_on_roll";
/** Named in public only as "a condition of law or covenant". */
export const isSensitive = (item: string): boolean =>
  item === "full_capacity" || (SENSITIVE_INTERESTS as readonly string[]).includes(item);

/** A condition of this estate's own, from its covenant or rules of procedure. */
export interface OwnCondition {
  readonly words: string;
  readonly clause: string;
}

/** Plain data, published when it is set. */
export interface Criteria {
  /** The clause each local condition rests on; one without a clause is not asked. */
  readonly local: Readonly<Partial<Record<Condition, string>>>;
  readonly own: readonly OwnCondition[];
  /** Days to appeal against "ineligible", the day of the decision not counted. */
  readonly appealDays: number;
}

export const DEFAULT_CRITERIA: Criteria = { local: {}, own: [], appealDays: 5 };
export const MOST_OWN_CONDITIONS = 5;
export const LONGEST_CONDITION = 100;
export const LONGEST_CLAUSE = 100;
export const LEAST_APPEAL_DAYS = 3;
export const MOST_APPEAL_DAYS = 30;

export type CriteriaFault =
  | { readonly reason: "clause_needed"; readonly condition: Condition }
  | { readonly reason: "not_a_setting"; readonly condition: string }
  | { readonly reason: "own_incomplete"; readonly at: number }
  | { readonly reason: "own_too_long"; readonly at: number; readonly most: number }
  | { readonly reason: "too_many_own"; readonly most: number }
  | { readonly reason: "appeal_days_out_of_range"; readonly least: number; readonly most: number };

/** Everything wrong with criteria: what is local needs its clause, the national conditions cannot be left out, an appeal needs its days. */
export function criteriaFaults(criteria: Criteria): CriteriaFault[] {
  const faults: CriteriaFault[] = [];
  for (const [condition, clause] of Object.entries(criteria.local)) {
    if (!isCondition(condition) || !isLocal(condition)) faults.push({ reason: "not_a_setting", condition });
    else if (clause.trim() === "" || clause.length > LONGEST_CLAUSE)
      faults.push({ reason: "clause_needed", condition });
  }
  if (criteria.own.length > MOST_OWN_CONDITIONS) faults.push({ reason: "too_many_own", most: MOST_OWN_CONDITIONS });
  for (const [at, { words, clause }] of criteria.own.entries()) {
    if (words.trim() === "" || clause.trim() === "") faults.push({ reason: "own_incomplete", at });
    else if (words.length > LONGEST_CONDITION || clause.length > LONGEST_CLAUSE)
      faults.push({ reason: "own_too_long", at, most: LONGEST_CONDITION });
  }
  const { appealDays } = criteria;
  if (!Number.isInteger(appealDays) || appealDays < LEAST_APPEAL_DAYS || appealDays > MOST_APPEAL_DAYS)
    faults.push({ reason: "appeal_days_out_of_range", least: LEAST_APPEAL_DAYS, most: MOST_APPEAL_DAYS });
  return faults;
}

/** One line of the checklist. */
export interface Item {
  /** A condition, or `own_1`, `own_2` … */
  readonly item: string;
  readonly words: Bilingual;
  /** The law, or the clause that makes it a condition here. */
  readonly source: string;
  readonly automatic: boolean;
  /** The question of the declaration that speaks of it. */
  readonly declared: Interest | null;
}

/** The checklist: the national conditions, the local ones that have their clause, and the estate's own. */
export function checklistOf(criteria: Criteria): Item[] {
  const asked = CONDITIONS.filter((condition) => !isLocal(condition) || criteria.local[condition] !== undefined);
  return [
    ...asked.map((condition): Item => {
      const { words, article } = CONDITION_WORDS[condition];
      const clause = criteria.local[condition];
      return {
        item: condition,
        words,
        source: clause ?? article,
        automatic: condition === AUTOMATIC,
        declared: isLocal(condition) ? (condition as Interest) : null,
      };
    }),
    ...criteria.own.map(
      ({ words, clause }, at): Item => ({
        item: `own_${at + 1}`,
        words: say(words, words),
        source: clause,
        automatic: false,
        declared: null,
      }),
    ),
  ];
}

/** What the declaration asks here: interests that always matter, and what is a condition in this place. */
export const interestsAsked = (criteria: Criteria): Interest[] => {
  const local = checklistOf(criteria).flatMap(({ declared }) => (declared ? [declared] : []));
  return [...new Set([...ALWAYS_DECLARED, ...local])];
};

export const FINDINGS = ["met", "not_met", "unclear"] as const;
export type Finding = (typeof FINDINGS)[number];
export const isFinding = (text: string): text is Finding => (FINDINGS as readonly string[]).includes(text);
export const LONGEST_EVIDENCE = 500;

/** How one condition was found, and by what. */
export interface Found {
  readonly item: string;
  readonly finding: Finding;
  readonly evidence: string;
}

export type SheetFault =
  | { readonly reason: "item_unanswered"; readonly item: string }
  | { readonly reason: "evidence_missing"; readonly item: string }
  | { readonly reason: "evidence_too_long"; readonly item: string; readonly most: number };

/** Everything wrong with a filled-in checklist: each line that is not automatic has its finding and its evidence. */
export function sheetFaults(found: readonly Found[], criteria: Criteria): SheetFault[] {
  return checklistOf(criteria).flatMap((line): SheetFault[] => {
    if (line.automatic) return [];
    const one = found.find(({ item }) => item === line.item);
    if (!one) return [{ reason: "item_unanswered", item: line.item }];
    if (one.evidence.trim() === "") return [{ reason: "evidence_missing", item: line.item }];
    return one.evidence.length > LONGEST_EVIDENCE
      ? [{ reason: "evidence_too_long", item: line.item, most: LONGEST_EVIDENCE }]
      : [];
  });
}

/** What is known when it is decided. */
export interface EligibilityFacts {
  readonly criteria: Criteria;
  /** Null before the checklist was filled in. */
  readonly found: readonly Found[] | null;
  readonly isOwnerToday: boolean;
  readonly accepted: boolean;
  readonly declared: boolean;
  readonly described: boolean;
  /** Named by a channel, a joint one with enough supporters. */
  readonly nominated: boolean;
}

/** The lines that are not met, in the order of the checklist. */
export function unmetOf({ criteria, found, isOwnerToday }: EligibilityFacts): string[] {
  return checklistOf(criteria)
    .filter(({ item, automatic }) =>
      automatic ? !isOwnerToday : found?.find((one) => one.item === item)?.finding === "not_met",
    )
    .map(({ item }) => item);
}

export type Lacking = "acceptance" | "nomination" | "profile" | "declaration" | "checklist";
export type DecideRefusal =
  | { readonly reason: "not_ready"; readonly lacking: readonly Lacking[] }
  | { readonly reason: "items_unclear"; readonly items: readonly string[] }
  | { readonly reason: "items_not_met"; readonly items: readonly string[] }
  | { readonly reason: "nothing_against" };

/**
 * Whether a person may be found eligible or not. The decision follows from the checklist: with a line unmet nobody is let
 * through, with none unmet nobody is kept out, and what is unclear is cleared up first. That the owner sold needs no checklist.
 */
export function mayDecide(
  facts: EligibilityFacts,
  outcome: Outcome,
): Result<{ readonly unmet: string[] }, DecideRefusal> {
  const unmet = unmetOf(facts);
  if (outcome === "ineligible" && !facts.isOwnerToday) return ok({ unmet });
  const lacking: Lacking[] = [
    ...(facts.accepted ? [] : ["acceptance" as const]),
    ...(facts.nominated ? [] : ["nomination" as const]),
    ...(facts.described ? [] : ["profile" as const]),
    ...(facts.declared ? [] : ["declaration" as const]),
    ...(facts.found === null ? ["checklist" as const] : []),
  ];
  if (lacking.length > 0) return err({ reason: "not_ready", lacking });
  if (outcome === "ineligible") return unmet.length > 0 ? ok({ unmet }) : err({ reason: "nothing_against" });
  if (unmet.length > 0) return err({ reason: "items_not_met", items: unmet });
  const unclear = checklistOf(facts.criteria)
    .filter(({ item, automatic }) => !automatic && facts.found?.find((one) => one.item === item)?.finding !== "met")
    .map(({ item }) => item);
  return unclear.length > 0 ? err({ reason: "items_unclear", items: unclear }) : ok({ unmet: [] });
}

/** The last day to appeal; the day of the decision is not counted and a day off moves on (CC 201, 203). */
export const lastDayToAppeal = (decidedAt: Instant, appealDays: number): Day =>
  lastDayOfPeriod(dayOf(decidedAt), appealDays);
/** The instant it ends: 24:00 of that day. */
export const appealUntil = (decidedAt: Instant, appealDays: number): Instant =>
  endOf(lastDayToAppeal(decidedAt, appealDays));

export interface DecidedFacts {
  readonly outcome: Outcome;
  readonly appealUntil: Instant;
  readonly appealedAt: Instant | null;
  readonly ruling: Outcome | null;
}

/** What holds after an appeal. */
export const standingOutcome = ({ outcome, ruling }: Pick<DecidedFacts, "outcome" | "ruling">): Outcome =>
  ruling ?? outcome;
/** An appeal was made and waits for the street. */
export const isAppealOpen = ({ appealedAt, ruling }: Pick<DecidedFacts, "appealedAt" | "ruling">): boolean =>
  appealedAt !== null && ruling === null;
/** The person may still appeal. */
export const mayStillAppeal = (decided: DecidedFacts, now: Instant): boolean =>
  decided.outcome === "ineligible" && decided.appealedAt === null && now < decided.appealUntil;
