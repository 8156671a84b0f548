/** A refusal on the page it happened on: above the form that keeps what was typed. Markup only. */
import type { AppContext } from "./context.ts";
import type { Problem } from "./problem.tsx";
import type { FieldError } from "./ui/forms.tsx";
import { Callout, Refusal } from "./ui/notices.tsx";

/** The messages of a problem by field: the pointer "/untilOn" is the field "untilOn". */
export const problemErrors = (c: AppContext, problem: Problem | undefined): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[c.var.lang] }));

export const Refused = ({ c, problem }: { c: AppContext; problem: Problem | undefined }) => {
  const { t, lang } = c.var;
  if (!problem) return null;
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

/** That the last act went through; shown once after the redirect. */
export const Done = ({ c, words }: { c: AppContext; words: string }) =>
  c.req.query("done") === undefined ? null : <Callout tone="good" title={words} />;
