/** What a posted form of this capability says, and how a problem is shown: each message beside its field, the rest above the form. */
import type { AppContext } from "../platform/context.ts";
import type { Bilingual, Lang } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import type { FieldError } from "../platform/ui/forms.tsx";
import { Refusal } from "../platform/ui/notices.tsx";

/** The messages of a problem by field: the pointer "/phone" is the field "phone". */
export const fieldErrors = (problem: Problem | undefined, lang: Lang): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[lang] }));

/** A field that was left empty, or a choice that was not made. */
export const missing = (field: string, detail: Bilingual): Problem => ({
  code: "field-missing",
  status: 422,
  title: { zh: "有内容需要改", en: "Some of it needs correcting" },
  detail,
  errors: [{ pointer: `/${field}`, detail }],
});

/** Several problems of one form as one: what belongs to no field goes first and alone, else every field has its message. */
export function together(problems: readonly [Problem, ...Problem[]]): Problem {
  const whole = problems.find(({ errors }) => errors === undefined);
  const article = problems.find((problem) => problem.article !== undefined);
  const first = whole ?? article ?? problems[0];
  return whole ?? { ...first, errors: problems.flatMap(({ errors }) => errors ?? []) };
}

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

/** What was chosen of a field that may be posted several times, such as a group of checkboxes. */
export async function allOf(c: AppContext, name: string): Promise<string[]> {
  const body = await c.req.parseBody({ all: true });
  return [body[name] ?? []].flat().filter((value): value is string => typeof value === "string");
}

/** A refusal that belongs to no field, or rests on a law, stands above the form. */
export const WholeRefusal = ({ c, problem }: { c: AppContext; problem: Problem | undefined }) => {
  const { t, lang } = c.var;
  if (!problem || (problem.errors && !problem.article)) return null;
  return (
    <Refusal
      t={t}
      what={problem.title[lang]}
      why={problem.detail[lang]}
      {...(problem.article ? { article: problem.article } : {})}
      {...(problem.next ? { next: problem.next[lang] } : {})}
    />
  );
};
