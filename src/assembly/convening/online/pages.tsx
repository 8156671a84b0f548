/** Petitions in public: what owners ask for, how far it is counted both ways, and an owner's own signature. Nobody's name. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { dayOf, daysBetween } from "../../../kernel/day.ts";
import { registerMyCard } from "../../../owners/cards.ts";
import { actProblem } from "../../../owners/problems.ts";
import { requiresOwner } from "../../../owners/session.ts";
import type { OwnerActor } from "../../../platform/access.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { meetingHref } from "../../meeting/addresses.ts";
import { registerHomeSection } from "../../public/announcing.ts";
import { ownHeadIn, type PetitionView, signOwn, takeBackOwn, viewPetition } from "../actions.ts";
import { BothCounts } from "../petition-view.tsx";
import { petitionProblem } from "../problems.ts";
import { listOpenPetitions, type OpenPetition } from "./store.ts";

/** Mounted under /c/:slug. */
export const petitionPublicPages = new Hono<AppEnv>();

const MOST_LISTED = 50;
const petitionsHref = (slug: string): string => `/c/${slug}/petitions`;
const hrefOf = (slug: string, petitionId: string): string => `${petitionsHref(slug)}/${petitionId}`;

const linesOf = (c: AppContext, petitions: readonly OpenPetition[]) =>
  petitions.map(({ petitionId, subject, openedAt, signed, own }) => ({
    href: hrefOf(c.var.scene.community.slug, petitionId),
    title: subject,
    note: c.var.t(
      `${sayDay(dayOf(openedAt), c.var.lang)}开始征集，已有${signed}人签名`,
      `since ${sayDay(dayOf(openedAt), c.var.lang)}, ${signed} owners have signed`,
    ),
    ...(own === 1 ? { status: <StatusWord tone="good">{c.var.t("您已签名", "signed by you")}</StatusWord> } : {}),
  }));

registerHomeSection("petitions", {
  where: "now",
  place: 40,
  queries: (scene) => [listOpenPetitions(scene, 5)] as const,
  render: (c, [petitions]) =>
    petitions.length === 0 ? null : (
      <section id="petitions">
        <h2>{c.var.t("业主正在提议", "Owners are asking for")}</h2>
        <LinkList items={linesOf(c, petitions)} />
      </section>
    ),
});

registerMyCard("petitions", {
  place: 40,
  queries: ({ scene, headKeys }) => [listOpenPetitions(scene, 5, headKeys)] as const,
  render: (c, _, [petitions]) =>
    petitions.length === 0 ? null : (
      <section>
        <h3>{c.var.t("正在征集签名的提议", "Petitions open for signing")}</h3>
        <LinkList items={linesOf(c, petitions)} />
      </section>
    ),
});

petitionPublicPages.get("/petitions", async (c) => {
  const { t, scene } = c.var;
  const [petitions] = await scene.db.read(listOpenPetitions(scene, MOST_LISTED));
  return c.html(
    <Page {...frameOf(c)} title={t("业主提议", "Petitions")}>
      <h1>{t("业主提议", "Petitions")}</h1>
      <p>
        {t(
          "20%以上的业主提议，业主委员会就应当召集业主大会会议（《物业管理条例》第十三条）。",
          "When a fifth of the owners ask for it, the committee has to call a meeting (Property Management Regulations art. 13).",
        )}
      </p>
      <LinkList
        items={linesOf(c, petitions)}
        empty={
          <EmptyState title={t("现在没有正在征集签名的提议", "No petition is open for signing")}>
            <p>
              {t(
                "想提议召开会议的业主，请把要决定的事告诉业委会秘书登记；登记以后可以在这里签名，也可以在纸上签。",
                "To ask for a meeting, tell the committee's secretary what it should decide; it can then be signed here or on paper.",
              )}
            </p>
          </EmptyState>
        }
      />
    </Page>,
  );
});

petitionPublicPages.get("/petitions/:petitionId", async (c) => {
  const [view, owner] = await Promise.all([viewPetition(c.var.scene, c.req.param("petitionId")), c.var.findOwner()]);
  return view ? petitionPage(c, view, owner) : c.notFound();
});

for (const [path, act] of [
  ["sign", signOwn],
  ["take-back", takeBackOwn],
] as const)
  petitionPublicPages.post(`/petitions/:petitionId/${path}`, requiresOwner, async (c) => {
    const { scene, owner } = c.var;
    const petitionId = c.req.param("petitionId");
    const done = await act(scene, owner, petitionId, one(await c.req.parseBody({ all: true }), "_once") || newOnce());
    if (done.ok) return c.redirect(`${hrefOf(scene.community.slug, petitionId)}?done=${path}`, 303);
    const view = await viewPetition(scene, petitionId);
    return view ? petitionPage(c, view, owner, petitionProblem(done.error)) : c.notFound();
  });

function petitionPage(c: AppContext, view: PetitionView, owner: OwnerActor | null, problem?: Problem) {
  const { t, lang, now, scene } = c.var;
  const { slug } = scene.community;
  const { row } = view;
  const here = hrefOf(slug, row.petitionId);
  const opened = dayOf(row.openedAt);
  const days = daysBetween(opened, dayOf(now)) + 1;
  return c.html(
    <Page
      {...frameOf(c)}
      title={row.subject}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: petitionsHref(slug), label: t("业主提议", "Petitions") }]}
    >
      <h1>{row.subject}</h1>
      <Refused c={c} problem={problem} />
      <p>
        {view.meeting
          ? t(`${sayDay(opened, lang)}开始征集。`, `Open since ${sayDay(opened, lang)}.`)
          : t(
              `${sayDay(opened, lang)}开始征集，今天是第${days}天。没有截止日期：达到20%，业委会就应当召集会议。`,
              `Open since ${sayDay(opened, lang)}; today is day ${days}. There is no last day: at 20 % the committee has to call the meeting.`,
            )}
      </p>
      <WhereItStands c={c} view={view} />
      <BothCounts c={c} view={view} />
      <Own c={c} view={view} owner={owner} here={here} hasProblem={problem !== undefined} />
      <h2>{t("怎么核对", "How to check")}</h2>
      <p>
        {t(
          "每签一个名、每撤回一个，公开记录里都有一条，只有密封值，看不出是谁。",
          "Each signature, and each taken back, is an entry of the public record, sealed so that nobody is named.",
        )}{" "}
        <a href={`/c/${slug}/record/about/${row.petitionId}`}>{t("看这份提议的记录", "Entries about this petition")}</a>
      </p>
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

const WhereItStands = ({ c, view }: { c: AppContext; view: PetitionView }) => {
  const { t, scene } = c.var;
  const { meeting, reached } = view;
  if (meeting && meeting.edition > 0)
    return (
      <Callout tone="good" title={t("已据此召集会议", "It led to a meeting")}>
        <p>
          <a href={meetingHref(scene.community.slug, meeting.number)}>{meeting.title}</a>
        </p>
      </Callout>
    );
  if (meeting)
    return (
      <Callout
        tone="good"
        title={t("已经提交，业委会正在起草会议", "Handed in: the committee is drafting the meeting")}
      >
        <p>
          {t(
            "发出公告时，会按冻结的名册再核对一次签名。",
            "The signatures are counted once more on the roll frozen with the notice.",
          )}
        </p>
      </Callout>
    );
  return reached ? (
    <Callout
      tone="warn"
      title={t("已经达到，业主委员会应当召集会议", "Reached: the committee has to call the meeting")}
    />
  ) : null;
};

/** The asker's own signature: the way to sign in, the button, or why not. */
const Own = (props: {
  c: AppContext;
  view: PetitionView;
  owner: OwnerActor | null;
  here: string;
  hasProblem: boolean;
}) => {
  const { c, view, owner, here } = props;
  const { t, lang, scene, formToken } = c.var;
  const isOver = (view.meeting?.edition ?? 0) > 0;
  const section = (content: Child) => (
    <section id="own">
      <h2>{t("您的签名", "Your signature")}</h2>
      {content}
      {owner ? (
        <p>
          <a href={`/c/${scene.community.slug}/my`}>{t("回到业主专页", "Back to my corner")}</a>
        </p>
      ) : null}
    </section>
  );
  if (!owner)
    return isOver
      ? null
      : section(
          <>
            <p>
              {t(
                "业主可以在网上签名；在纸上签、交给业委会登记也一样有效，只算一次。",
                "Owners can sign online; on paper, handed to the committee, is as good and counts once.",
              )}
            </p>
            <ButtonLink href={`/c/${scene.community.slug}/my/sign-in?next=${encodeURIComponent(here)}`}>
              {t("登录后签名", "Sign in to sign")}
            </ButtonLink>
          </>,
        );
  const head = ownHeadIn(view, owner);
  if (!head.ok) {
    const title = { zh: "您不能在网上签这份提议", en: "You cannot sign this one online" };
    return section(props.hasProblem ? null : <Refused c={c} problem={actProblem(head.error, title)} />);
  }
  const signature = view.signatures.find(({ headKey }) => headKey === head.value.headKey);
  const done = c.req.query("done");
  if (!signature)
    return section(
      <>
        {done === "take-back" ? (
          <Callout tone="good" title={t("已撤回，并写入公开记录", "Taken back, and in the public record")} />
        ) : null}
        {isOver ? (
          <p>{t("会议的公告已经发出，不再登记签名。", "Notice of the meeting was given; it is signed no more.")}</p>
        ) : (
          <>
            <p>
              {t(
                `您（${owner.masked}）签名，算1人和您名下计入的全部面积。会议召集以前可以撤回。`,
                `Your signature (${owner.masked}) counts as one owner with all of your counted area. You can take it back until the meeting is called.`,
              )}
            </p>
            <PostButton action={`${here}/sign`} token={formToken} once={newOnce()}>
              {t("签名，同意提议召开会议", "Sign: I ask for this meeting")}
            </PostButton>
          </>
        )}
      </>,
    );
  return section(
    <>
      <Callout tone="good" title={t("您已签名", "You have signed")}>
        <p>
          {t(`${sayInstant(signature.recordedAt, lang)}登记。`, `Recorded ${sayInstant(signature.recordedAt, lang)}.`)}
        </p>
      </Callout>
      {view.meeting ? (
        <p class="quiet">
          {t("提议已经提交，签名不能再撤回。", "The petition is handed in; signatures can no longer be taken back.")}
        </p>
      ) : (
        <PostButton action={`${here}/take-back`} token={formToken} once={newOnce()} look="quiet">
          {t("撤回我的签名", "Take my signature back")}
        </PostButton>
      )}
    </>,
  );
};
