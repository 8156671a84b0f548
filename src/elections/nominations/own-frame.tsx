/** What an owner's own pages about nominations share: the page around the content, and the ways to bring in a name. Markup only. */
import type { Child } from "hono/jsx";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import type { AppContext } from "../../platform/context.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { electionHref } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import type { ElectionRow } from "../store.ts";
import { mayNominate } from "./rules.ts";
import { nominateHref } from "./words.ts";

interface OwnFrame {
  readonly c: AppContext;
  readonly election: ElectionRow;
  readonly path: string;
  readonly title: string;
  readonly problem?: Problem | undefined;
  readonly crumb?: { readonly href: string; readonly label: string } | undefined;
}

export const Own = async (props: OwnFrame & { children?: Child }) => {
  const { c, election, path, title, problem } = props;
  const { t, scene } = c.var;
  const base = electionHref(scene.community.slug, election.number);
  const [openNow] = await scene.db.read(listOpenNow(scene));
  return (
    <Page
      {...publicFrame(c, openNow)}
      title={title}
      isPrivate={true}
      switchHref={`${base}${path}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: base, label: election.title }, ...(props.crumb ? [props.crumb] : [])]}
    >
      <h1>{title}</h1>
      <Refused c={c} problem={problem?.errors ? undefined : problem} />
      {props.children}
    </Page>
  );
};

/** The ways in which an owner may bring in a name now. */
export const Ways = ({ c, election }: { c: AppContext; election: ElectionRow }) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const facts = { ...election, channels: readMethod(election.method).channels.value };
  const isOpen = (channel: "self" | "joint"): boolean => mayNominate(facts, channel, now).ok;
  if (!isOpen("self") && !isOpen("joint")) return null;
  return (
    <Actions>
      {isOpen("self") ? (
        <ButtonLink href={nominateHref(slug, election.number, "myself")}>{t("我要自荐", "Stand myself")}</ButtonLink>
      ) : null}
      {isOpen("joint") ? (
        <ButtonLink look="quiet" href={nominateHref(slug, election.number, "neighbour")}>
          {t("联名推荐邻居", "Name a neighbour together")}
        </ButtonLink>
      ) : null}
    </Actions>
  );
};
