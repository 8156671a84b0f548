/** What the pages of the roll share: where they lie, the way to them, posted fields, and how a refusal stands above a form. */
import { dayOf } from "../kernel/day.ts";
import { newId } from "../kernel/id.ts";
import type { AppContext } from "../platform/context.ts";
import { frameOf } from "../platform/frame.ts";
import type { Lang } from "../platform/i18n.ts";
import type { Crumb, PageProps } from "../platform/layout.tsx";
import type { Problem } from "../platform/problem.tsx";
import { systemRandom } from "../platform/scene.ts";
import type { FieldError } from "../platform/ui/forms.tsx";
import { Refusal } from "../platform/ui/notices.tsx";
import { type RollRefusal, rollProblem } from "./problems.ts";

export const rollBase = (c: AppContext): string => `/c/${c.var.scene.community.slug}/desk/roll`;
export const today = (c: AppContext): string => dayOf(c.var.now);

/** The frame of a page of the roll, with the way to it; `deeper` lists the pages between the roll and this one. */
export function rollFrame(
  c: AppContext,
  deeper: readonly Crumb[] | null,
): ReturnType<typeof frameOf> & Pick<PageProps, "breadcrumb" | "switchHref" | "wide"> {
  const { t } = c.var;
  const desk = { href: `/c/${c.var.scene.community.slug}/desk`, label: t("工作台", "Desk") };
  const roll = { href: rollBase(c), label: t("名册", "Roll") };
  // The language link keeps what was asked for; a page shown after a POST leads to its own address.
  const url = new URL(c.req.url);
  if (c.req.method !== "GET") url.search = "";
  url.searchParams.set("lang", c.var.lang === "en" ? "zh" : "en");
  return {
    ...frameOf(c, "staff"),
    wide: true,
    breadcrumb: deeper === null ? [desk] : [desk, roll, ...deeper],
    switchHref: `${url.pathname}${url.search}`,
  };
}

/** The text fields of a posted form; a missing one, or a file in its place, is empty. */
export async function textOf<const N extends string>(
  c: AppContext,
  ...names: readonly N[]
): Promise<Record<N, string>> {
  const body = await c.req.parseBody({ all: true });
  const text = (name: string): string => {
    const value = body[name];
    const one = Array.isArray(value) ? value[0] : value;
    return typeof one === "string" ? one.trim() : "";
  };
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Record<N, string>;
}

/** Every value posted under a name, such as ticked boxes. */
export async function valuesOf(c: AppContext, name: string): Promise<string[]> {
  const value = (await c.req.parseBody({ all: true }))[name];
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((one) => typeof one === "string");
}

/** The form's own id, by which a repeat is the same act; one that is not ours is replaced. */
export async function onceOf(c: AppContext): Promise<string> {
  const { _once: given } = await textOf(c, "_once");
  return /^[0-9a-z]{16}$/.test(given) ? given : newId<string>(systemRandom);
}

/** What a form shows again after a refusal: its values, the messages beside its fields, the problem above. */
export interface FormState<N extends string = string> {
  readonly values: Readonly<Record<N, string>>;
  readonly problem?: Problem | undefined;
}

export const refused = (refusal: RollRefusal): Problem => rollProblem(refusal);

export const errorsOf = (problem: Problem | undefined, lang: Lang): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[lang] }));

/** A refusal that belongs to no field, or rests on a law, stands above the form. */
export const FormRefusal = ({ c, problem }: { c: AppContext; problem: Problem | undefined }) => {
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

/** A positive page number from the address; 1 for anything else. */
export const pageOf = (c: AppContext): number => {
  const page = Number(c.req.query("page"));
  return Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1;
};
