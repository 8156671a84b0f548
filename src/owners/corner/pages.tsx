/** The owner's corner: what is open for them now, their entry in the roll of today and why it counts as it does. Shows; changes nothing. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { sayWhoVotes } from "../../community/browse/actions.ts";
import { explainDesignation, unitLabel } from "../../community/explained.ts";
import type { RollUnit, Voter } from "../../community/rules.ts";
import { VoterEntry } from "../../community/views.tsx";
import { formatArea } from "../../kernel/area.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type OwnView, readOwnRoll } from "../actions.ts";
import { type CardFacts, myCards } from "../cards.ts";
import { requiresOwner } from "../session.ts";
import { myHref } from "../signin/pages.tsx";

/** Mounted under /c/:slug. */
export const cornerPages = new Hono<AppEnv>();

/** Every card with what it shows: one round trip for all of them. */
async function renderCards(c: AppContext, facts: CardFacts): Promise<Child[]> {
  const cards = myCards();
  const queries = cards.map((card) => card.queries(facts));
  const rows = await facts.scene.db.readMany(queries.flat());
  let from = 0;
  return cards.flatMap((card, at) => {
    const own = rows.slice(from, from + queries[at]!.length);
    from += own.length;
    const shown = card.render(c, facts, own);
    return shown === null ? [] : [shown];
  });
}

cornerPages.get("/my", requiresOwner, async (c) => {
  const { t, scene, owner, formToken } = c.var;
  const { slug, name } = scene.community;
  const view = await readOwnRoll(scene, owner);
  const cards = await renderCards(c, { scene, owner, headKeys: view.heads.map(({ key }) => key) });
  const ownsNothing = view.units.every(({ state }) => state === "retired");
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("业主专页", "My corner")}
      actor={{
        name: owner.masked,
        post: owner.guardianId ? t("监护人代办", "through a guardian") : t("业主", "owner"),
      }}
      signOut={{ action: `${myHref(slug)}/sign-out`, token: formToken }}
    >
      <h1>{t("业主专页", "My corner")}</h1>
      {ownsNothing ? (
        <EmptyState title={t("名册上您名下已经没有专有部分", "On the roll of today you own nothing here")}>
          <p>
            {t(
              `您已经登录，但是今天的名册里没有属于您的房屋，所以这里没有要办的事。如果您已经把房屋转让，谢谢您曾经参与${name}的事务；如果名册有误，请带不动产权证书到业委会更正。`,
              `You are signed in, but the roll of today has no home of yours, so there is nothing to do here. If you have sold, thank you for having taken part in ${name}; if the roll is wrong, bring your certificate of title to the committee.`,
            )}
          </p>
        </EmptyState>
      ) : (
        <>
          <h2>{t("现在可以办的事", "What you can do now")}</h2>
          {cards.length > 0 ? (
            cards
          ) : (
            <p class="quiet">
              {t(
                "现在没有等您办的事。有了提议、报名或者表决，这里会列出来。",
                "Nothing waits for you now. Petitions, nominations and votes will stand here.",
              )}
            </p>
          )}
          <h2>{t("您在名册上的登记", "Your entry in the roll")}</h2>
          {view.heads.map((head) => (
            <Head c={c} head={head} view={view} />
          ))}
          <Uncounted c={c} view={view} />
          <Details summary={t("登记有误，或者要换由谁投票？", "Something wrong, or another co-owner should vote?")}>
            <p>
              {t(
                "请带不动产权证书、购房合同，或者共有人的书面推选，到业委会办理。改动会写进公开记录，以前的登记保留可查。",
                "Bring the certificate of title, the contract, or the co-owners' written choice to the committee. The change goes into the public record; what stood before is kept.",
              )}
            </p>
          </Details>
        </>
      )}
      <h2>{t("公开的资料", "Open to all")}</h2>
      <LinkList
        items={[
          { href: `/c/${slug}/meetings`, title: t("会议与决定", "Meetings and decisions") },
          { href: `/c/${slug}/offices`, title: t("谁在任职", "Who holds office") },
          { href: `/c/${slug}/record`, title: t("公开记录", "The public record") },
        ]}
      />
      <Actions>
        {owner.isOneOfSeveral ? (
          <ButtonLink look="quiet" href={`${myHref(slug)}/choose`}>
            {t("换一位业主", "Another owner")}
          </ButtonLink>
        ) : null}
        <PostButton action={`${myHref(slug)}/sign-out`} token={formToken} hidden={{ everywhere: "yes" }} look="quiet">
          {t("在所有设备上退出", "Sign out everywhere")}
        </PostButton>
      </Actions>
    </Page>,
  );
});

const Head = ({ c, head, view }: { c: AppContext; head: Voter; view: OwnView }) => {
  const { t, lang, owner } = c.var;
  const { designation } = head;
  const isOwn = designation.state === "votes" && designation.partyId === (owner.guardianId ?? owner.partyId);
  const names = head.owners.map((partyId) => view.names.get(partyId) ?? "*").join("、");
  return (
    <section>
      <VoterEntry
        t={t}
        lang={lang}
        settings={view.settings}
        head={{
          reason: head.reason,
          maskedName: names,
          ownersCount: head.owners.length,
          areaDm2: head.areaDm2,
          units: head.units,
          overlaps: head.overlaps.length > 0,
        }}
      />
      {designation.state === "votes" ? (
        <p>
          {isOwn && head.owners.length === 1
            ? t("由您投票。", "You cast the vote.")
            : pick(sayWhoVotes(head, view), lang)}
        </p>
      ) : (
        <Callout tone="warn" title={t("还没有人能投这一票", "Nobody can cast this vote yet")}>
          <p>{pick(explainDesignation(designation, ""), lang)}</p>
        </Callout>
      )}
    </section>
  );
};

/** What they own that makes no head: a space the rules of procedure leave out, a home not handed over yet. */
const Uncounted = ({ c, view }: { c: AppContext; view: OwnView }) => {
  const { t } = c.var;
  const inHeads = new Set(view.heads.flatMap(({ units }) => units.map(({ unitId }) => unitId)));
  const rest = view.units.filter(({ unitId, state }) => state !== "retired" && !inHeads.has(unitId));
  if (rest.length === 0) return null;
  const why = ({ state }: RollUnit): string =>
    state === "unsold" || state === "undelivered"
      ? t("尚未交付，暂按建设单位计入", "not handed over: counts as the developer's")
      : t("车位、储藏间：议事规则没有约定计入", "parking or storage: the rules of procedure do not count it");
  return (
    <DataTable
      caption={t("名下不计入您的", "Yours, but not counted as yours")}
      rows={rest}
      columns={[
        { label: t("房号", "Unit"), head: true, cell: (unit) => unitLabel(unit) },
        { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ areaDm2 }) => formatArea(areaDm2) },
        { label: t("为什么", "Why"), cell: why },
      ]}
    />
  );
};
