/** What a panel member's pages share: who the link speaks for, what is scored, and the page around the content. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { findPanelMember, type PanelSession } from "../panel/session.ts";
import type { MemberRow } from "../panel/store.ts";
import { findScored } from "./actions.ts";
import type { Scored } from "./desk.tsx";

export const panelHref = (slug: string): string => `/c/${slug}/panel`;

export interface Entered {
  readonly session: PanelSession;
  readonly row: MemberRow;
  readonly found: Scored;
}

/** The member whose link this browser opened; null for everybody else. */
export async function enter(c: AppContext): Promise<Entered | null> {
  const member = await findPanelMember(c);
  if (!member) return null;
  const found = await findScored(c.var.scene, member.session.tenderId);
  return found ? { ...member, found } : null;
}

export const MemberPage = (props: {
  c: AppContext;
  entered: Entered;
  title: string;
  path?: string;
  problem?: Problem | undefined;
  children?: Child;
}) => {
  const { c, title, problem } = props;
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return (
    <Page
      {...frameOf(c)}
      title={title}
      isPrivate={true}
      switchHref={`${panelHref(slug)}${props.path ?? ""}?lang=${t("en", "zh")}`}
      breadcrumb={props.path ? [{ href: panelHref(slug), label: t("评审", "Scoring") }] : []}
    >
      <h1>{title}</h1>
      <Refused c={c} problem={problem?.errors ? undefined : problem} />
      {props.children}
    </Page>
  );
};
