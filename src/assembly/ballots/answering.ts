/** What a posted ballot form says: the answers, and every item that needs another look. Not whether it may be cast. */
import type { T } from "../../platform/i18n.ts";
import type { FieldError } from "../../platform/ui/forms.tsx";
import type { Item } from "../agenda/rules.ts";
import { fieldOf, itemError } from "./problems.ts";
import { type Answer, readAnswers } from "./rules.ts";
import type { VotingCase } from "./store.ts";

export type Posted = Readonly<Record<string, string | File | (string | File)[] | undefined>>;

/** Values of a field as they came, for showing the form again. */
export function valuesOf(body: Posted, name: string): string[] {
  const value = body[name];
  const all = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string").slice(0, 100);
}

/** The items a voter decides, in order. */
export const itemsOf = ({ meeting, weights }: Pick<VotingCase, "meeting" | "weights">): Item[] =>
  meeting.items.filter(({ itemNo }) => weights.some((weight) => weight.itemNo === itemNo));

const FIELD = /^item-(\d{1,4})$/;
const NO_SUCH_OPTION = 0;

/** Every answer in the form, also to items the voter was not asked: those are refused, not dropped. */
export const answersIn = (body: Posted): Answer[] =>
  Object.keys(body).flatMap((name) => {
    const found = FIELD.exec(name);
    if (!found) return [];
    const options = valuesOf(body, name).map((text) => (/^\d{1,4}$/.test(text) ? Number(text) : NO_SUCH_OPTION));
    return [{ itemNo: Number(found[1]), options }];
  });

/** What is wrong with each item's answer, all of it at once; empty when the ballot can be reviewed. */
export function faultsIn(found: VotingCase, answers: readonly Answer[], t: T): FieldError[] {
  const { meeting, weights } = found;
  const itemNos = weights.map(({ itemNo }) => itemNo);
  const whole = readAnswers(meeting.items, itemNos, answers, "web");
  if (whole.ok) return [];
  const single = itemsOf(found).flatMap((item) => {
    const own = answers.filter(({ itemNo }) => itemNo === item.itemNo);
    const read = readAnswers([item], [item.itemNo], own, "web");
    return read.ok ? [] : (itemError(read.error, t) ?? []);
  });
  // An answer to something the ballot does not ask stands beside no item.
  return single.length > 0 ? single : [itemError(whole.error, t) ?? { field: "errors", message: "" }];
}

/** The hidden fields that carry answers from one page to the next. */
export const hiddenAnswers = (answers: readonly Answer[]): { name: string; value: string }[] =>
  answers.flatMap(({ itemNo, options }) => options.map((option) => ({ name: fieldOf(itemNo), value: String(option) })));
