/** What of a count may be shown: exact sums, but never so small a group that a sum gives away who it was. Pure. */
import { NOTHING, plus, type Weight } from "../../kernel/weight.ts";
import type { OptionRole } from "../agenda/rules.ts";
import { type ItemCount, maySplitByChoice } from "./rules.ts";

export interface ShownOption {
  /** Null for the two that are shown as one. */
  readonly optionNo: number | null;
  readonly role: OptionRole | "not_in_favour";
  readonly label: string;
  readonly votes: Weight;
}

/**
 * The options with their sums. Under twenty who took part, 反对 and 弃权 become one line (record §3): what is in favour
 * decides and has to be shown, who said no and who said nothing does not.
 */
export function shownOptions(count: ItemCount): ShownOption[] {
  const rows = count.options.map(
    ({ option, owners, areaDm2 }): ShownOption => ({
      optionNo: option.optionNo,
      role: option.role,
      label: option.label,
      votes: { owners, areaDm2 },
    }),
  );
  if (maySplitByChoice(count.participated)) return rows;
  const kept = rows.filter(({ role }) => role !== "against" && role !== "abstain");
  const merged = rows.filter(({ role }) => role === "against" || role === "abstain");
  const votes = merged.reduce((sum, row) => plus(sum, row.votes), NOTHING);
  return [
    ...kept,
    { optionNo: null, role: "not_in_favour", label: merged.map(({ label }) => label).join("、"), votes },
  ];
}

/** Whether two counts say the same of every option: a recount that differs must be told apart at a glance. */
export const isSameCount = (a: ItemCount, b: ItemCount): boolean =>
  a.outcome === b.outcome &&
  a.participated.owners === b.participated.owners &&
  a.participated.areaDm2 === b.participated.areaDm2 &&
  a.options.every((one, at) => one.owners === b.options[at]?.owners && one.areaDm2 === b.options[at]?.areaDm2);
