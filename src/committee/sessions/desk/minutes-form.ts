/** Minutes between their two forms and what the rules read: who was there, then what each said. What is wrong with them is told by minutes/rules.ts. */
import { type Instant, parseLocal } from "../../../kernel/day.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import type { Recorded } from "../minutes/actions.ts";
import { isChoice, type Minutes, type Presence, type Vote } from "../minutes/rules.ts";

export const presentField = (personId: string): string => `present.${personId}`;
export const voteField = (itemNo: number, personId: string): string => `vote.${itemNo}.${personId}`;
export const whyField = (itemNo: number, personId: string): string => `why.${itemNo}.${personId}`;

/** As typed: what a refused form is shown again with. */
export type MinutesForm = Readonly<Record<string, string>>;

const EVERY = /^(present|vote|why)\./;

export const formIn = (body: FormBody): MinutesForm =>
  Object.fromEntries(
    Object.keys(body)
      .filter((name) => EVERY.test(name) || ["heldAt", "text", "version", "_once"].includes(name))
      .map((name) => [name, one(body, name)]),
  );

/** The roll call of a form. Who is not spoken of is not in it, and the rules ask for them. */
export const presencesIn = (form: MinutesForm): Presence[] =>
  Object.entries(form).flatMap(([name, value]): Presence[] =>
    name.startsWith("present.") && (value === "yes" || value === "no")
      ? [{ personId: name.slice("present.".length), present: value === "yes" }]
      : [],
  );

const votesIn = (form: MinutesForm): Vote[] =>
  Object.entries(form).flatMap(([name, choice]): Vote[] => {
    const match = /^vote\.(\d{1,3})\.(.+)$/.exec(name);
    if (!match || !isChoice(choice)) return [];
    const [itemNo, personId] = [Number(match[1]), match[2]!];
    return [{ itemNo, personId, choice, why: (form[whyField(itemNo, personId)] ?? "").slice(0, 200) }];
  });

/** The minutes of a form; null where its time is none. */
export function minutesIn(form: MinutesForm): Minutes | null {
  const heldAt: Instant | null = parseLocal(form.heldAt ?? "");
  return heldAt === null
    ? null
    : { heldAt, presences: presencesIn(form), votes: votesIn(form), text: (form.text ?? "").replace(/\r\n/g, "\n") };
}

/** The form a version of the minutes came from, for drafting it anew. */
export const formOf = ({ presences, votes, minutes }: Recorded, heldAt: string): MinutesForm => ({
  heldAt,
  text: minutes.text,
  ...Object.fromEntries(
    presences.map(({ personId, present }) => [presentField(personId), present === 1 ? "yes" : "no"]),
  ),
  ...Object.fromEntries(
    votes.flatMap(({ itemNo, personId, choice, why }) => [
      [voteField(itemNo, personId), choice],
      [whyField(itemNo, personId), why],
    ]),
  ),
});
