/** A page of the desk about one matter that has a number and a course, such as an election or a tender: the page around the content, and what can be done now. Markup only. */
import type { Child } from "hono/jsx";
import type { Permission } from "./access.ts";
import type { AppContext } from "./context.ts";
import { frameOf } from "./frame.ts";
import { type Bilingual, pick } from "./i18n.ts";
import { Page } from "./layout.tsx";
import type { Problem } from "./problem.tsx";
import { Done, Refused } from "./refused.tsx";
import { Actions, ButtonLink } from "./ui/buttons.tsx";

/** Where matters of one kind are at the desk, and how their list is called. */
export interface MatterList {
  readonly href: string;
  readonly label: string;
}

/** `path` is the page's own address below the matter's; `done` is said once after an act went through. */
export const MatterDesk = (props: {
  c: AppContext;
  list: MatterList;
  /** Null on pages that are about no one matter. */
  matter: { readonly title: string; readonly href: string } | null;
  path: string;
  title: string;
  done?: string | undefined;
  /** What was refused; its messages beside fields are not repeated here. */
  problem?: Problem | undefined;
  children?: Child;
}) => {
  const { c, list, matter, path, title } = props;
  const { t, scene } = c.var;
  return (
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${matter?.href ?? list.href}${path}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: `/c/${scene.community.slug}/desk`, label: t("工作台", "Desk") },
        ...(matter === null && path === "" ? [] : [list]),
        ...(matter && path !== "" ? [{ href: matter.href, label: matter.title }] : []),
      ]}
    >
      <h1>{title}</h1>
      {props.done ? <Done c={c} words={props.done} /> : null}
      <Refused c={c} problem={props.problem?.errors ? undefined : props.problem} />
      {props.children}
    </Page>
  );
};

/** An act that can be done with a matter now. */
export interface MatterAct {
  readonly label: Bilingual;
  /** Below the matter's address at the desk, such as "/notice". */
  readonly path: string;
  /** Any of these may do it. */
  readonly permissions: readonly Permission[];
  /** What moves the matter on, as against what changes or ends it. */
  readonly isStep: boolean;
  /** Why it cannot be done yet; null when it can. */
  readonly notYet: Bilingual | null;
}

/** What whoever is signed in can do: the next step first, and for the rest why not yet. Nothing for whom there is nothing to do. */
export const MatterActs = ({ c, acts, base }: { c: AppContext; acts: readonly MatterAct[]; base: string }) => {
  const { t, lang, actor } = c.var;
  const own = acts.filter(({ permissions }) => permissions.some((permission) => actor.permissions.has(permission)));
  if (own.length === 0) return null;
  const ready = own.filter(({ notYet }) => notYet === null);
  const first = ready.find(({ isStep }) => isStep);
  return (
    <>
      <h2>{t("您可以办理", "What you can do")}</h2>
      <Actions>
        {first ? <ButtonLink href={`${base}${first.path}`}>{pick(first.label, lang)}</ButtonLink> : null}
        {ready
          .filter((act) => act !== first)
          .map(({ path, label }) => (
            <ButtonLink look="quiet" href={`${base}${path}`}>
              {pick(label, lang)}
            </ButtonLink>
          ))}
      </Actions>
      {own.map(({ label, notYet }) =>
        notYet === null ? null : (
          <p class="hint">
            {pick(label, lang)}
            {t("：", ": ")}
            {pick(notYet, lang)}
          </p>
        ),
      )}
    </>
  );
};
