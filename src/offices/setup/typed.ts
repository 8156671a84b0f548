/** What the wizard's form says, and the set-up it asks for. No checks of its own: those are rules.ts and actions.ts. */
import type { AppContext } from "../../platform/context.ts";
import { textOf } from "../forms.tsx";
import type { PostKind } from "../rules.ts";
import { ACTS_INTO, isTakeKind } from "../terms/rules.ts";
import type { NewCommunity } from "./actions.ts";

export const COMMUNITY_FIELDS = ["name", "slug", "street", "district", "address"] as const;
export const SLOTS = ["head", "secretary", "teller", "supervisor", "street"] as const;
/** A first person the wizard asks for. */
export type Slot = (typeof SLOTS)[number];
export const OPTIONAL: readonly Slot[] = ["supervisor", "street"];
export const SLOT_FIELDS = ["name", "phone", "act", "document", "from"] as const;
export type SlotField = `${Slot}_${(typeof SLOT_FIELDS)[number]}`;

export const PEOPLE_FIELDS = SLOTS.flatMap((slot) => SLOT_FIELDS.map((field): SlotField => `${slot}_${field}`));

/** Everything the wizard has been told, field by field. */
export type Typed = Record<(typeof COMMUNITY_FIELDS)[number] | SlotField | "body" | "_once", string>;

export const typedIn = (c: AppContext): Promise<Typed & { step: string }> =>
  textOf(c, ...COMMUNITY_FIELDS, ...PEOPLE_FIELDS, "body", "step");

export const postOf = (slot: Slot, body: string): PostKind =>
  ({
    head: body === "preparatory" ? ("preparatory_chair" as const) : ("committee_chair" as const),
    secretary: "secretary" as const,
    teller: "teller" as const,
    supervisor: "supervisor" as const,
    street: "street_officer" as const,
  })[slot];

/** The slots that were filled in; the needed ones always. */
export const slotsOf = (typed: Typed): Slot[] =>
  SLOTS.filter(
    (slot) => !OPTIONAL.includes(slot) || typed[`${slot}_name`].trim() !== "" || typed[`${slot}_phone`].trim() !== "",
  );

export function askedFrom(typed: Typed): NewCommunity {
  const { name, slug, street, district, address, _once } = typed;
  const officers = slotsOf(typed).map((slot) => {
    const post = postOf(slot, typed.body);
    const act = typed[`${slot}_act`];
    return {
      post,
      name: typed[`${slot}_name`],
      phone: typed[`${slot}_phone`],
      act: isTakeKind(act) ? act : ACTS_INTO[post][0]!,
      document: typed[`${slot}_document`],
      fromOn: typed[`${slot}_from`],
    };
  });
  return { key: `wizard:${_once}`, name, slug, street, district, address, officers };
}

/** What earlier steps were told, carried along as hidden fields. */
export const hiddenOf = (typed: Typed, fields: readonly (keyof Typed)[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, typed[field]]));

export const empty = (once: string): Typed =>
  Object.fromEntries(
    [...COMMUNITY_FIELDS, ...PEOPLE_FIELDS, "body", "_once"].map((name) => [name, name === "_once" ? once : ""]),
  ) as Typed;
