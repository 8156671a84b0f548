/** What a posted form of this capability says, and how a problem's pointers become messages beside its fields. */
import type { AppContext } from "../platform/context.ts";
import type { Lang } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import type { FieldError } from "../platform/ui/forms.tsx";

/** The messages of a problem by field: the pointer "/phone" is the field "phone". */
export const fieldErrors = (problem: Problem | undefined, lang: Lang): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[lang] }));

/** The text fields of a posted form; a missing one, or a file in its place, is empty. */
export async function textOf<const N extends string>(
  c: AppContext,
  ...names: readonly N[]
): Promise<Record<N | "_once", string>> {
  const body = await c.req.parseBody();
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === "string" ? value : "";
  };
  return Object.fromEntries([...names, "_once"].map((name) => [name, text(name)])) as Record<N | "_once", string>;
}
