/** What the desk's pages about a tender share: the tender an address names, and the page around the content. Not the content. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import type { FieldError } from "../../platform/ui/forms.tsx";
import { deskTenderHref, deskTendersHref, readTenderNumber } from "../addresses.ts";
import { type Drafted, readTender } from "../scheme/actions.ts";
import { byTenderNumber, type TenderKey, type TenderRow } from "../store.ts";

/** The tender of `:number` in the address, to be read with the rest of a page; null for anything that is no number. */
export function tenderKeyOf(c: AppContext): TenderKey | null {
  const number = readTenderNumber(c.req.param("number"));
  return number === null ? null : byTenderNumber(c.var.scene, number);
}

/** The tender and its scheme in force; null where there is none of that number. */
export async function tenderOf(c: AppContext): Promise<Drafted | null> {
  const key = tenderKeyOf(c);
  return key === null ? null : readTender(c.var.scene, key);
}

export const tenderBaseOf = (c: AppContext, row: Pick<TenderRow, "number">): string =>
  deskTenderHref(c.var.scene.community.slug, row.number);

/** The messages of a problem by field: the pointer "/closesAt" is the field "closesAt". */
export const problemErrors = (c: AppContext, problem: Problem | undefined): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[c.var.lang] }));

/** A page of the desk about one tender. `path` is its own address below the tender's; `done` is said once after an act went through. */
export const TenderDesk = (props: {
  c: AppContext;
  /** Null on pages that are about no tender yet. */
  row: Pick<TenderRow, "number" | "title"> | null;
  path: string;
  title: string;
  done?: string | undefined;
  /** What was refused; its messages beside fields are not repeated here. */
  problem?: Problem | undefined;
  children?: Child;
}) => {
  const { c, row, path, title } = props;
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const base = row ? tenderBaseOf(c, row) : deskTendersHref(slug);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${base}${path}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
        ...(row === null && path === "" ? [] : [{ href: deskTendersHref(slug), label: t("选聘", "Tenders") }]),
        ...(row && path !== "" ? [{ href: base, label: row.title }] : []),
      ]}
    >
      <h1>{title}</h1>
      {props.done ? <Done c={c} words={props.done} /> : null}
      <Refused c={c} problem={props.problem?.errors ? undefined : props.problem} />
      {props.children}
    </Page>
  );
};
