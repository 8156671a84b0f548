/** What the desk's pages about an election share: the election an address names, and the page around the content. Not the content. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import type { FieldError } from "../../platform/ui/forms.tsx";
import { deskElectionHref, deskElectionsHref, readElectionNumber } from "../addresses.ts";
import { byElectionNumber, type ElectionKey, type ElectionRow, findElection } from "../store.ts";

/** The election of `:number` in the address, to be read with the rest of a page; null for anything that is no number. */
export function electionKeyOf(c: AppContext): ElectionKey | null {
  const number = readElectionNumber(c.req.param("number"));
  return number === null ? null : byElectionNumber(c.var.scene, number);
}

/** The election itself; null where there is none of that number. */
export async function electionOf(c: AppContext): Promise<ElectionRow | null> {
  const key = electionKeyOf(c);
  if (key === null) return null;
  const [rows] = await c.var.scene.db.read(findElection(c.var.scene, key));
  return rows[0] ?? null;
}

export const electionBaseOf = (c: AppContext, row: Pick<ElectionRow, "number">): string =>
  deskElectionHref(c.var.scene.community.slug, row.number);

/** The messages of a problem by field: the pointer "/untilOn" is the field "untilOn". */
export const problemErrors = (c: AppContext, problem: Problem | undefined): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[c.var.lang] }));

/** A page of the desk about one election. `path` is its own address below the election's; `done` is said once after an act went through. */
export const ElectionDesk = (props: {
  c: AppContext;
  /** Null on pages that are about no election yet. */
  row: Pick<ElectionRow, "number" | "title"> | null;
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
  const base = row ? electionBaseOf(c, row) : deskElectionsHref(slug);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${base}${path}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: `/c/${slug}/desk`, label: t("工作台", "Desk") },
        ...(row === null && path === "" ? [] : [{ href: deskElectionsHref(slug), label: t("选举", "Elections") }]),
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
