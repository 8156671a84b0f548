/** The members' choice at the desk: their ballot for chair and deputies, each in their own session, and what it came to. For members alone. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { firstMeetingBy, firstMeetingEnds } from "../rounds/rules.ts";
import {
  amongOf,
  type Choosing,
  chosenOf,
  countMembersBallot,
  hasVoted,
  markBallot,
  openBallotOf,
  openMembersBallot,
  sits,
  viewChoosing,
  votesOf,
} from "./actions.ts";
import { choosingProblem, POST_WORDS } from "./problems.ts";
import { CHOSEN_POSTS, type ChosenPost, votesNeeded } from "./rules.ts";
import type { MembersBallotRow } from "./store.ts";

/** Mounted under /c/:slug. */
export const choosingPages = new Hono<AppEnv>();

const PATH = "/desk/members-choice";
const NOBODY = "-";

interface Own {
  readonly choosing: Choosing;
  /** Whether the reader has voted in the ballot that is open. */
  readonly voted: boolean;
}

/** The committee, for those who sit in it; null for everyone else, whatever other office they hold. */
async function own(c: AppContext): Promise<Own | null> {
  const { scene, actor } = c.var;
  const choosing = await viewChoosing(scene);
  if (!choosing || !sits(choosing, actor.personId)) return null;
  const open = openBallotOf(choosing);
  return { choosing, voted: open ? await hasVoted(scene, open, actor.personId) : false };
}

choosingPages.get(PATH, requiresOffice, async (c) => {
  const found = await own(c);
  return found ? choicePage(c, found) : c.notFound();
});

function choicePage(c: AppContext, { choosing, voted }: Own, problem?: Problem) {
  const { t, lang, now, scene } = c.var;
  const { slug } = scene.community;
  const { mandate, members, holders, decision } = choosing;
  const open = openBallotOf(choosing);
  const names = (post: ChosenPost): string =>
    holders[post].map(({ name }) => name).join(t("、", ", ")) || t("还没有", "none yet");
  const errors: FieldError[] = (problem?.errors ?? []).map(({ pointer, detail }) => ({
    field: pointer.slice(1),
    message: detail[lang],
  }));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("委员推选主任、副主任", "The members choose chair and deputies")}
      switchHref={`/c/${slug}${PATH}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: `/c/${slug}/desk`, label: t("工作台", "Desk") }]}
    >
      <h1>{t("委员推选主任、副主任", "The members choose chair and deputies")}</h1>
      <Done c={c} words={t("已记录", "Recorded")} />
      <Refused c={c} problem={problem?.errors ? undefined : problem} />
      <ErrorSummary t={t} errors={errors} title={t("还要改一下，没有提交", "To be corrected; nothing was handed in")} />
      {holders.committee_chair.length === 0 ? (
        <Clock
          t={t}
          lang={lang}
          label={t("首次会议最迟", "First meeting by")}
          at={firstMeetingEnds(mandate.fromAt)}
          now={now}
        />
      ) : null}
      <FactList>
        <Fact label={t("主任", "Chair")}>{names("committee_chair")}</Fact>
        <Fact label={t("副主任", "Deputies")}>{names("committee_deputy")}</Fact>
        <Fact label={t("委员", "Members")}>
          {members.map(({ name }) => name).join(t("、", ", "))}
          {t(`（${members.length}人，共${mandate.seats}席）`, ` (${members.length} of ${mandate.seats} seats)`)}
        </Fact>
        <Fact label={t("需要几票", "Votes needed")}>
          {t(
            `${votesNeeded({ seats: mandate.seats, decision })}票（按全部席位计算，空缺的也算）`,
            `${votesNeeded({ seats: mandate.seats, decision })} (of all seats, vacant ones included)`,
          )}
        </Fact>
      </FactList>
      <p class="hint">
        {t(
          `依据：《业主大会和业主委员会指导规则》第三十二条：委员自就任之日起7日内召开首次会议，推选主任、副主任。最后一天是${sayDay(firstMeetingBy(mandate.fromAt), "zh")}。`,
          `Ground: Guiding Rules art. 32: within 7 days of taking office the members meet and choose their chair and deputies. The last day is ${sayDay(firstMeetingBy(mandate.fromAt), "en")}.`,
        )}
      </p>
      {open ? (
        <OpenBallot c={c} choosing={choosing} ballot={open} voted={voted} errors={errors} />
      ) : (
        <NewBallot c={c} choosing={choosing} errors={errors} />
      )}
      <Counted c={c} choosing={choosing} />
    </Page>,
    (problem?.status ?? 200) as 409,
  );
}

const nameOf = ({ members }: Choosing, personId: string, away: string): string =>
  members.find((member) => member.personId === personId)?.name ?? away;

const OpenBallot = ({
  c,
  choosing,
  ballot,
  voted,
  errors,
}: {
  c: AppContext;
  choosing: Choosing;
  ballot: MembersBallotRow;
  voted: boolean;
  errors: readonly FieldError[];
}) => {
  const { t, lang, scene, formToken } = c.var;
  const base = `/c/${scene.community.slug}${PATH}/${ballot.ballotNo}`;
  const options = amongOf(ballot)
    .filter((personId) => choosing.members.some((member) => member.personId === personId))
    .map((personId) => ({ value: personId, label: nameOf(choosing, personId, "") }));
  const nobody = { value: NOBODY, label: t("谁也不选（弃权）", "Nobody (abstain)") };
  return (
    <section id="ballot">
      <h2>
        {t(
          `第${ballot.ballotNo}次投票：推选${POST_WORDS[ballot.post].zh}${ballot.places}名`,
          `Ballot ${ballot.ballotNo}: ${ballot.places} ${POST_WORDS[ballot.post].en}`,
        )}
      </h2>
      <p>
        {t(
          `${sayInstant(ballot.openedAt, lang)}开始，已有${ballot.voted}人投票，共${choosing.members.length}名委员。`,
          `Opened ${sayInstant(ballot.openedAt, lang)}; ${ballot.voted} of ${choosing.members.length} members have voted.`,
        )}
      </p>
      {voted ? (
        <Callout tone="good" title={t("您已投票", "You have voted")}>
          <p>{t("计票以后，这里会显示各人得票。", "When it is counted, the votes of each stand here.")}</p>
        </Callout>
      ) : (
        <Form action={`${base}/mark`} token={formToken} once={newOnce()}>
          {ballot.places === 1 ? (
            <RadioGroup
              name="chosen"
              legend={t("您选谁？", "Whom do you choose?")}
              hint={t("可以选自己。交了就不能改。", "You may choose yourself. What is handed in stands.")}
              options={[...options, nobody]}
              error={errorFor(errors, "chosen")}
            />
          ) : (
            <CheckboxGroup
              name="chosen"
              legend={t(`您选谁？最多${ballot.places}人`, `Whom do you choose? At most ${ballot.places}`)}
              hint={t(
                "可以选自己，可以少选；一个都不选就是弃权。交了就不能改。",
                "You may choose yourself, and fewer; none is abstaining. What is handed in stands.",
              )}
              options={options}
              error={errorFor(errors, "chosen")}
            />
          )}
          <Actions>
            <Button>{t("交票", "Hand in my vote")}</Button>
          </Actions>
        </Form>
      )}
      {ballot.voted * 2 > ballot.seats || ballot.voted >= choosing.members.length ? (
        <Actions>
          <PostButton action={`${base}/count`} token={formToken} once={newOnce()} look="quiet">
            {t("计票", "Count the votes")}
          </PostButton>
        </Actions>
      ) : (
        <p class="hint">
          {t(
            "超过半数席位的委员投票以后，可以计票。",
            "It can be counted once more than half of all seats have voted.",
          )}
        </p>
      )}
    </section>
  );
};

const NewBallot = ({ c, choosing, errors }: { c: AppContext; choosing: Choosing; errors: readonly FieldError[] }) => {
  const { t, scene, formToken } = c.var;
  const { free, holders } = choosing;
  const posts = CHOSEN_POSTS.filter((post) => free[post] > 0);
  if (posts.length === 0)
    return (
      <EmptyState title={t("主任、副主任都已选出", "Chair and deputies are chosen")}>
        {t("有人离任以后，可以在这里再推选。", "When one of them leaves, another is chosen here.")}
      </EmptyState>
    );
  const deputiesMost = Math.min(free.committee_deputy, Math.max(1, choosing.members.length - 1));
  const counts = Array.from({ length: Math.max(1, deputiesMost) }, (_, at) => String(at + 1));
  return (
    <section id="new">
      <h2>{t("开始一次投票", "Open a ballot")}</h2>
      <Form action={`/c/${scene.community.slug}${PATH}/open`} token={formToken} once={newOnce()}>
        <RadioGroup
          name="post"
          legend={t("推选什么职务", "For which post")}
          value={holders.committee_chair.length === 0 ? "committee_chair" : "committee_deputy"}
          options={posts.map((post) => ({
            value: post,
            label: t(POST_WORDS[post].zh, POST_WORDS[post].en),
          }))}
        />
        <Select
          name="places"
          label={t("选几名（主任只选1名）", "How many (the chair is one)")}
          value="1"
          error={errorFor(errors, "places")}
          options={counts.map((count) => ({ value: count, label: count }))}
        />
        <Actions>
          <Button>{t("开始投票", "Open the ballot")}</Button>
        </Actions>
      </Form>
    </section>
  );
};

const Counted = ({ c, choosing }: { c: AppContext; choosing: Choosing }) => {
  const { t, lang, scene } = c.var;
  const counted = choosing.ballots.filter(({ countedAt }) => countedAt !== null).toReversed();
  if (counted.length === 0) return null;
  return (
    <section id="counted">
      <h2>{t("已经计票的", "Counted")}</h2>
      {counted.map((ballot) => (
        <>
          <h3>
            {t(
              `第${ballot.ballotNo}次：${POST_WORDS[ballot.post].zh}${ballot.places}名`,
              `No. ${ballot.ballotNo}: ${ballot.places} ${POST_WORDS[ballot.post].en}`,
            )}
          </h3>
          <p>
            {chosenOf(ballot).length === 0 ? (
              <StatusWord tone="note">{t("没有选出，须再投一次", "Nobody chosen; another ballot follows")}</StatusWord>
            ) : (
              <StatusWord tone="good">
                {chosenOf(ballot)
                  .map((personId) => nameOf(choosing, personId, t("已离任的委员", "a member who has left")))
                  .join(t("、", ", "))}
              </StatusWord>
            )}{" "}
            <a href={`/c/${scene.community.slug}/record/${ballot.resultLeaf}`}>
              {sayDay(dayOf(ballot.countedAt ?? 0), lang)}
            </a>
          </p>
          <DataTable
            caption={t("各人得票", "Votes of each")}
            keep
            rows={votesOf(ballot)}
            columns={[
              {
                label: t("委员", "Member"),
                head: true,
                cell: ({ personId }) => nameOf(choosing, personId, t("已离任的委员", "a member who has left")),
              },
              { label: t("票数", "Votes"), number: true, cell: ({ votes }) => votes },
            ]}
          />
        </>
      ))}
    </section>
  );
};

choosingPages.post(`${PATH}/open`, requiresOffice, async (c) => {
  const found = await own(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const post = CHOSEN_POSTS.find((known) => known === one(body, "post")) ?? "committee_chair";
  const places = post === "committee_chair" ? 1 : Number(one(body, "places")) || 0;
  const done = await openMembersBallot(staffScene(c), { post, places });
  if (!done.ok) return choicePage(c, found, choosingProblem(done.error));
  return c.redirect(`/c/${c.var.scene.community.slug}${PATH}?done=1`, 303);
});

const ballotNoOf = (c: AppContext): number => Number(c.req.param("ballot") ?? 0) || 0;

choosingPages.post(`${PATH}/:ballot/mark`, requiresOffice, async (c) => {
  const found = await own(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const marks = several(body, "chosen").filter((one) => one !== NOBODY);
  const ballot = found.choosing.ballots.find(({ ballotNo }) => ballotNo === ballotNoOf(c));
  // With one place nothing chosen is a form not filled in; abstaining is a choice of its own there.
  if (ballot?.places === 1 && several(body, "chosen").length === 0) {
    const detail = { zh: "请选一人，或选“谁也不选”。", en: "Choose somebody, or nobody." };
    return choicePage(c, found, {
      code: "members-nothing-chosen",
      status: 422,
      title: { zh: "还没有选", en: "Nothing chosen" },
      detail,
      errors: [{ pointer: "/chosen", detail }],
    });
  }
  const done = await markBallot(staffScene(c), ballotNoOf(c), marks);
  if (!done.ok) return choicePage(c, found, choosingProblem(done.error));
  return c.redirect(`/c/${c.var.scene.community.slug}${PATH}?done=1`, 303);
});

choosingPages.post(`${PATH}/:ballot/count`, requiresOffice, async (c) => {
  const found = await own(c);
  if (!found) return c.notFound();
  const done = await countMembersBallot(staffScene(c), ballotNoOf(c));
  if (!done.ok) return choicePage(c, found, choosingProblem(done.error));
  return c.redirect(`/c/${c.var.scene.community.slug}${PATH}?done=1`, 303);
});
