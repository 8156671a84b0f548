/** What is put to the owners: items with their matter, scope, question and papers, and what a ballot paper may not lack. Pure; not the meeting around them. */
import type { Weight } from "../../kernel/weight.ts";
import { isMatter, type Matter } from "../rules.ts";

/** Whose decision it is (C9): the whole estate, some buildings, or listed units (the 列支范围 of a repair). */
export type ItemScope =
  | { readonly kind: "estate" }
  | { readonly kind: "buildings"; readonly buildings: readonly string[] }
  | { readonly kind: "units"; readonly unitIds: readonly string[] };
export const ESTATE: ItemScope = { kind: "estate" };

export const QUESTION_KINDS = ["yes_no_abstain", "choose_one", "approve_up_to"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
/** What a mark beside an option means. `choice` is a proposal or a candidate; `against` is 反对 or, where there are several, 以上都不同意. */
export type OptionRole = "for" | "choice" | "against" | "abstain";

export interface Option {
  /** 1, 2, 3 … in the order of the paper. */
  readonly optionNo: number;
  readonly role: OptionRole;
  readonly label: string;
}
export interface Question {
  readonly kind: QuestionKind;
  readonly options: readonly Option[];
  /** How many choices one ballot may mark: 1 except for `approve_up_to`. */
  readonly atMost: number;
}
export interface Attachment {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}
/**
 * What made an item that nobody writes by hand: an election's round, a recall. `facts` are public and hashed with the notice,
 * so that paper and origin cannot part: the method of an election, the seed of its draw.
 */
export interface ItemOrigin {
  readonly kind: string;
  readonly id: string;
  readonly facts: Readonly<Record<string, string | number>>;
}
export const isOfOrigin = (item: Pick<Item, "origin">, kind: string, id: string): boolean =>
  item.origin?.kind === kind && item.origin.id === id;

/** One item as it is frozen at notice: plain data, hashed with the meeting. */
export interface Item {
  /** 1, 2, 3 … in the order of the paper. */
  readonly itemNo: number;
  readonly matter: Matter;
  readonly title: string;
  readonly text: string;
  readonly scope: ItemScope;
  readonly question: Question;
  readonly attachments: readonly Attachment[];
  /** Absent for an item written by hand. */
  readonly origin?: ItemOrigin;
}

/** 同意 / 反对 / 弃权. */
export const yesNoAbstain = (): Question => ({
  kind: "yes_no_abstain",
  atMost: 1,
  options: [
    { optionNo: 1, role: "for", label: "同意" },
    { optionNo: 2, role: "against", label: "反对" },
    { optionNo: 3, role: "abstain", label: "弃权" },
  ],
});

const withClosing = (kind: QuestionKind, atMost: number, labels: readonly string[]): Question => ({
  kind,
  atMost,
  options: [
    ...labels.map((label, at): Option => ({ optionNo: at + 1, role: "choice", label })),
    { optionNo: labels.length + 1, role: "against", label: "以上都不同意" },
    { optionNo: labels.length + 2, role: "abstain", label: "弃权" },
  ],
});
/** One of several, with 以上都不同意 and 弃权 at the end. */
export const chooseOne = (labels: readonly string[]): Question => withClosing("choose_one", 1, labels);
/** Up to `atMost` of several, each approved or not by itself (M7), with 以上都不同意 and 弃权 at the end. */
export const approveUpTo = (atMost: number, labels: readonly string[]): Question =>
  withClosing("approve_up_to", atMost, labels);

/** The question a form makes: its kind, its proposals one a line, and how many may be marked. */
export const questionOf = (kind: QuestionKind, labels: readonly string[], atMost: number): Question =>
  kind === "yes_no_abstain" ? yesNoAbstain() : kind === "choose_one" ? chooseOne(labels) : approveUpTo(atMost, labels);

/** Where a unit lies, as far as a scope asks. */
export interface PlacedUnit {
  readonly unitId: string;
  readonly building: string;
}

export const isInScope = (scope: ItemScope, unit: PlacedUnit): boolean => {
  switch (scope.kind) {
    case "estate":
      return true;
    case "buildings":
      return scope.buildings.includes(unit.building);
    case "units":
      return scope.unitIds.includes(unit.unitId);
  }
};

/** A unit with its area; `counted` is false for a space that is listed but adds nothing (C6). */
export interface HeldUnit extends PlacedUnit {
  readonly areaDm2: number;
  readonly counted: boolean;
}

/** One voter's weight in a scope: their counted area inside it and, if there is any, one head (C2, C9; MF 22). */
export function weightInScope(scope: ItemScope, units: readonly HeldUnit[]): Weight {
  let areaDm2 = 0;
  for (const unit of units) if (unit.counted && isInScope(scope, unit)) areaDm2 += unit.areaDm2;
  return { owners: areaDm2 > 0 ? 1 : 0, areaDm2 };
}

/** Limits, so that a paper stays one a person can read and a row one the database can hold. */
export const MOST_ITEMS = 30;
export const MOST_OPTIONS = 60;
export const LONGEST_TITLE = 120;
export const LONGEST_LABEL = 200;
export const LONGEST_TEXT = 20_000;

/** What stands in the way of a lawful ballot paper. `error` refuses the notice, `warning` is shown to the convener. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** Null when it concerns the paper as a whole. */
  readonly itemNo: number | null;
  readonly reason: FindingReason;
  /** The words, numbers or labels it is about. */
  readonly about: readonly string[];
}
export type FindingReason =
  | "no_items"
  | "too_many_items"
  | "items_misnumbered"
  | "unknown_matter"
  | "title_missing"
  | "title_too_long"
  | "text_missing"
  | "text_too_long"
  | "no_in_favour"
  | "no_against"
  | "no_abstain"
  | "too_few_choices"
  | "too_many_options"
  | "options_misnumbered"
  | "option_unlabelled"
  | "option_label_too_long"
  | "option_duplicated"
  | "role_out_of_place"
  | "role_repeated"
  | "at_most_out_of_range"
  | "scope_empty"
  | "scope_repeats"
  | "scope_not_in_roll"
  | "scope_without_voters"
  | "attachment_missing"
  | "attachment_repeated"
  | "leading_title"
  | "follow_the_majority_option"
  | "election_as_yes_no"
  | "founding_items_missing"
  | "origin_objects";

/** The decision adopts a paper, so that without it nobody knows what was adopted (A4 drafts; MF 22–23 使用方案). */
const NEEDS_PAPER: readonly Matter[] = [1, 2, 5];
/** A scheme or contract is customary. */
const EXPECTS_PAPER: readonly Matter[] = [4, 6, 7, 8];
const LEADING = /请(大家|各位)?(投|选)?(同意|赞成)|务必|坚决|强烈|必须通过|应当通过|大力支持|一致(同意|通过)|迫切/;
const FOLLOWS = /从众|随多数|跟随多数|服从多数/;

/** Buildings and units there are, so that a scope cannot name one that is not in the roll. */
export interface KnownPlaces {
  readonly buildings: ReadonlySet<string>;
  readonly unitIds: ReadonlySet<string>;
}

/**
 * Everything wrong or doubtful with a ballot paper. A paper without 反对 or 弃权 is refused: one was sued over, and an
 * owner who cannot say no has not been asked (D4, D6). Only `error` findings stop a notice.
 */
export function lint(items: readonly Item[], known?: KnownPlaces, isFirstMeeting = false): readonly Finding[] {
  const found: Finding[] = [];
  const whole = (severity: Finding["severity"], reason: FindingReason, ...about: string[]) =>
    found.push({ severity, itemNo: null, reason, about });
  if (items.length === 0) whole("error", "no_items");
  if (items.length > MOST_ITEMS) whole("error", "too_many_items", String(MOST_ITEMS));
  if (items.some(({ itemNo }, at) => itemNo !== at + 1)) whole("error", "items_misnumbered");
  if (isFirstMeeting) {
    // A6: the assembly comes into being only with rules of procedure, covenant and committee together.
    const missing = ([1, 2, 3] as const).filter((matter) => !items.some((item) => item.matter === matter));
    if (missing.length > 0) whole("warning", "founding_items_missing", ...missing.map(String));
  }
  for (const item of items) {
    const add: Add = (severity, reason, ...about) => found.push({ severity, itemNo: item.itemNo, reason, about });
    lintText(item, add);
    lintQuestion(item.question, add);
    lintScope(item.scope, known, add);
    // M7: each person needs the approval for themselves, which a yes-or-no over a list cannot show.
    if (item.matter === 3 && item.question.kind === "yes_no_abstain") add("warning", "election_as_yes_no");
  }
  return found;
}

type Add = (severity: Finding["severity"], reason: FindingReason, ...about: string[]) => void;

function lintText(item: Item, add: Add): void {
  if (!isMatter(item.matter)) add("error", "unknown_matter", String(item.matter));
  if (item.title.trim() === "") add("error", "title_missing");
  if (item.title.length > LONGEST_TITLE) add("error", "title_too_long", String(LONGEST_TITLE));
  if (item.text.trim() === "") add("error", "text_missing");
  if (item.text.length > LONGEST_TEXT) add("error", "text_too_long", String(LONGEST_TEXT));
  const leading = LEADING.exec(item.title);
  if (leading) add("warning", "leading_title", leading[0]);
  if (item.attachments.length === 0) {
    if (NEEDS_PAPER.includes(item.matter)) add("error", "attachment_missing");
    else if (EXPECTS_PAPER.includes(item.matter)) add("warning", "attachment_missing");
  }
  const twice = repeated(item.attachments.map(({ sha256 }) => sha256));
  if (twice.length > 0)
    add(
      "warning",
      "attachment_repeated",
      ...item.attachments.filter(({ sha256 }) => twice.includes(sha256)).map(({ name }) => name),
    );
}

function lintQuestion({ kind, options, atMost }: Question, add: Add): void {
  const having = (role: OptionRole) => options.filter((option) => option.role === role);
  const choices = having("choice");
  if (options.length > MOST_OPTIONS) add("error", "too_many_options", String(MOST_OPTIONS));
  if (options.some(({ optionNo }, at) => optionNo !== at + 1)) add("error", "options_misnumbered");
  const blank = options.filter(({ label }) => label.trim() === "");
  if (blank.length > 0) add("error", "option_unlabelled", ...blank.map(({ optionNo }) => String(optionNo)));
  if (options.some(({ label }) => label.length > LONGEST_LABEL))
    add("error", "option_label_too_long", String(LONGEST_LABEL));
  const twice = repeated(options.map(({ label }) => sameText(label)).filter((label) => label !== ""));
  if (twice.length > 0) add("error", "option_duplicated", ...twice);
  if (having("against").length === 0) add("error", "no_against");
  if (having("abstain").length === 0) add("error", "no_abstain");
  // Two boxes that both mean 反对 would split the noes.
  for (const role of ["for", "against", "abstain"] as const)
    if (having(role).length > 1) add("error", "role_repeated", role);
  if (kind === "yes_no_abstain") {
    if (having("for").length === 0) add("error", "no_in_favour");
    if (choices.length > 0) add("error", "role_out_of_place", "choice");
  } else {
    if (having("for").length > 0) add("error", "role_out_of_place", "for");
    // One candidate for one seat is a lawful election; one offer alone is no choice but a yes-or-no question.
    const least = kind === "choose_one" ? 2 : 1;
    if (choices.length < least) add("error", "too_few_choices", String(least));
  }
  const most = kind === "approve_up_to" ? Math.max(1, choices.length) : 1;
  if (!Number.isInteger(atMost) || atMost < 1 || atMost > most)
    add("error", "at_most_out_of_range", String(atMost), String(most));
  const follows = options.filter(({ label }) => FOLLOWS.test(label));
  if (follows.length > 0) add("error", "follow_the_majority_option", ...follows.map(({ label }) => label));
}

function lintScope(scope: ItemScope, known: KnownPlaces | undefined, add: Add): void {
  if (scope.kind === "estate") return;
  const named = scope.kind === "buildings" ? scope.buildings : scope.unitIds;
  if (named.length === 0) add("error", "scope_empty");
  const twice = repeated(named);
  if (twice.length > 0) add("error", "scope_repeats", ...twice);
  const places = scope.kind === "buildings" ? known?.buildings : known?.unitIds;
  const unknown = places ? named.filter((name) => !places.has(name)) : [];
  if (unknown.length > 0) add("error", "scope_not_in_roll", ...unknown);
}

/**
 * Items that nobody may vote on, because no unit of their scope counts (C6, C9): nothing could ever be decided, and a
 * notice would promise that it can. `eligible` are the electorates on the frozen roll, in the order of the items.
 */
export const lintElectorates = (
  items: readonly Pick<Item, "itemNo">[],
  eligible: readonly Weight[],
): readonly Finding[] =>
  items.flatMap(({ itemNo }, at): Finding[] =>
    (eligible[at]?.owners ?? 0) > 0 ? [] : [{ severity: "error", itemNo, reason: "scope_without_voters", about: [] }],
  );

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === "error");

// "方案 A" and "方案Ａ" look the same on paper.
const sameText = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "");
const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

/** What differs between two lists of items: after notice nothing may be added or altered without a new notice (A9). */
export interface ItemChanges {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly changed: readonly number[];
}
export function changesOf(before: readonly Item[], after: readonly Item[]): ItemChanges {
  const old = new Map(before.map((item) => [item.itemNo, JSON.stringify(inOrder(item))]));
  const fresh = new Map(after.map((item) => [item.itemNo, JSON.stringify(inOrder(item))]));
  return {
    added: [...fresh.keys()].filter((itemNo) => !old.has(itemNo)),
    removed: [...old.keys()].filter((itemNo) => !fresh.has(itemNo)),
    changed: [...fresh].filter(([no, text]) => old.has(no) && old.get(no) !== text).map(([no]) => no),
  };
}

/** Keys sorted at every level, so that two equal items compare equal whatever order they were built in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}
