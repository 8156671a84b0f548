/** An item between its form and its plain form: what was typed, kept as typed, and the item it makes. What is wrong with it is told by rules.ts. */
import { type FormBody, one, several } from "../../platform/form-body.ts";
import { isMatter, type Matter } from "../rules.ts";
import { type Attachment, type Item, type ItemScope, QUESTION_KINDS, type QuestionKind, questionOf } from "./rules.ts";

/** As typed. A refused form is shown again with exactly this. */
export interface ItemForm {
  readonly title: string;
  readonly text: string;
  readonly matter: string;
  readonly kind: string;
  readonly scope: string;
  readonly buildings: readonly string[];
  /** One unit a line, as people write it. */
  readonly units: string;
  /** One proposal or candidate a line. */
  readonly proposals: string;
  readonly atMost: string;
  /** Papers that stay attached. */
  readonly keep: readonly string[];
}

export const NO_ITEM: ItemForm = {
  title: "",
  text: "",
  matter: "",
  kind: "yes_no_abstain",
  scope: "estate",
  buildings: [],
  units: "",
  proposals: "",
  atMost: "1",
  keep: [],
};

export const itemFormOf = (body: FormBody): ItemForm => ({
  title: one(body, "title"),
  text: one(body, "text"),
  matter: one(body, "matter"),
  kind: one(body, "kind"),
  scope: one(body, "scope"),
  buildings: several(body, "buildings"),
  units: one(body, "units"),
  proposals: one(body, "proposals"),
  atMost: one(body, "atMost"),
  keep: several(body, "keep"),
});

/** What an amendment may change of an item, as typed. Which of the nine matters it is and who decides it stay as they were announced. */
export type AmendedItem = Pick<ItemForm, "title" | "text" | "kind" | "proposals" | "atMost" | "keep">;

export const prefixOf = (itemNo: number): string => `item-${itemNo}-`;

/** The fields of one item out of a form that has several; what the form did not ask stays as it stands. */
export const amendedItemOf = (body: FormBody, itemNo: number, standing: AmendedItem): AmendedItem => {
  const prefix = prefixOf(itemNo);
  const text = (name: keyof AmendedItem & ("title" | "text" | "kind" | "proposals" | "atMost")): string =>
    body[prefix + name] === undefined ? standing[name] : one(body, prefix + name);
  return {
    title: text("title"),
    text: text("text"),
    kind: text("kind"),
    proposals: text("proposals"),
    atMost: text("atMost"),
    keep: body[`${prefix}keep`] === undefined ? standing.keep : several(body, `${prefix}keep`),
  };
};

/** The item that stands with what was typed of it. A question that was not touched stays as it was made, whatever made it. */
export function amendItem(item: Item, form: AmendedItem, attachments: readonly Attachment[]): Item {
  const before = formFromItem(item, []);
  const typed = itemFromForm({ ...before, ...form }, item.itemNo, [], attachments);
  const isAsked = (["kind", "proposals", "atMost"] as const).every((name) => sameLines(form[name], before[name]));
  return {
    ...item,
    title: typed.title,
    text: typed.text,
    question: isAsked ? item.question : typed.question,
    attachments: typed.attachments,
  };
}

const sameLines = (a: string, b: string): boolean => lines(a).join("\n") === lines(b).join("\n");

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const unitLines = (form: ItemForm): string[] => lines(form.units);

/**
 * The item a form makes. `unitIds` are the units its lines were found to mean. An unknown kind falls back to yes/no and
 * an unknown matter stays out of range, where the lint finds it: nothing typed is silently made right.
 */
export function itemFromForm(
  form: ItemForm,
  itemNo: number,
  unitIds: readonly string[],
  attachments: readonly Attachment[],
): Item {
  const kind: QuestionKind = QUESTION_KINDS.find((known) => known === form.kind) ?? "yes_no_abstain";
  const number = Number(form.matter);
  const scope: ItemScope =
    form.scope === "buildings"
      ? { kind: "buildings", buildings: [...form.buildings] }
      : form.scope === "units"
        ? { kind: "units", unitIds: [...unitIds] }
        : { kind: "estate" };
  const atMost = /^\d{1,3}$/.test(form.atMost) ? Number(form.atMost) : 0;
  return {
    itemNo,
    matter: (isMatter(number) ? number : 0) as Matter,
    title: form.title.trim(),
    text: form.text.replace(/\r\n/g, "\n").trim(),
    scope,
    question: questionOf(kind, lines(form.proposals), atMost),
    attachments: [...attachments],
  };
}

/** The form an item came from; `unitNames` are the lines its units are written as. */
export const formFromItem = (item: Item, unitNames: readonly string[]): ItemForm => ({
  title: item.title,
  text: item.text,
  matter: String(item.matter),
  kind: item.question.kind,
  scope: item.scope.kind,
  buildings: item.scope.kind === "buildings" ? item.scope.buildings : [],
  units: unitNames.join("\n"),
  proposals: item.question.options
    .filter(({ role }) => role === "choice")
    .map(({ label }) => label)
    .join("\n"),
  atMost: String(item.question.atMost),
  keep: item.attachments.map(({ fileId }) => fileId),
});
