/** The public page of a round: turnout until it is counted, then who is elected and why, with everything that proves it. Shows; changes nothing. */
import { Hono } from "hono";
import { meetingHref } from "../../assembly/meeting/addresses.ts";
import { STATE_TONE as MEETING_TONE, stateWord } from "../../assembly/meeting/events.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Turnout } from "../../platform/ui/charts.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { sayAmount } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { deskElectionHref, electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import { byElectionNumber } from "../store.ts";
import { CandidateBars, CandidateLink, CandidateTable, Ranking, Sums } from "./figures.tsx";
import type { StoredOutcome } from "./reading.ts";
import { Proofs, Seats, Stands } from "./seats.tsx";
import { type RoundView, viewRound } from "./view.ts";
import { roundWords, sumWords, VERDICT_TONE, VERDICT_WORDS } from "./words.ts";

/** Mounted under /c/:slug. */
export const roundPages = new Hono<AppEnv>();

/** The round an address names; null for anything that is none. */
export async function roundOfAddress(c: AppContext): Promise<RoundView | null> {
  const { scene } = c.var;
  const number = readElectionNumber(c.req.param("number"));
  const roundNo = readElectionNumber(c.req.param("round"));
  return number === null || roundNo === null ? null : viewRound(scene, byElectionNumber(scene, number), roundNo);
}

roundPages.get("/elections/:number/rounds/:round", async (c) => {
  const view = await roundOfAddress(c);
  if (!view) return c.notFound();
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { election, round, meeting, outcome } = view;
  const title = `${election.title}${t("：", ": ")}${roundWords(round, t)}`;
  const actor = await c.var.findActor();
  return c.html(
    <Page
      {...publicFrame(c, view.openNow, meeting?.number)}
      title={title}
      breadcrumb={[
        { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
        { href: electionHref(slug, election.number), label: election.title },
      ]}
    >
      <h1>{title}</h1>
      <Standing c={c} view={view} />
      {outcome && view.decided && round.verdict ? (
        <Settled c={c} view={view} outcome={outcome} />
      ) : (
        <Coming c={c} view={view} />
      )}
      <Proofs c={c} view={view} />
      {actor ? (
        <p class="screen">
          <a href={`${deskElectionHref(slug, election.number)}/rounds`}>{t("到工作台办理", "Go on at the desk")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

/** In a word and a sentence: where the round stands. */
const Standing = ({ c, view }: { c: AppContext; view: RoundView }) => {
  const { t, lang } = c.var;
  const { round, meeting, outcome } = view;
  if (round.voidCause !== null)
    return (
      <Callout tone="warn" title={t("这一轮作废", "This round was given up")}>
        <p>
          {round.voidCause === "taken_back"
            ? t("会议公告以前，这一轮撤了回来。", "It was taken back before notice was given.")
            : round.voidWhy}
          {round.voidCause === "taken_back" && round.voidWhy
            ? t(`原因：${round.voidWhy}`, ` Why: ${round.voidWhy}`)
            : null}
        </p>
      </Callout>
    );
  if (round.verdict !== null && outcome)
    return (
      <>
        <p class="lead">
          <StatusWord tone={VERDICT_TONE[round.verdict]}>{pick(VERDICT_WORDS[round.verdict], lang)}</StatusWord>
        </p>
        {round.undoneCause !== null ? (
          <Callout tone="bad" title={t("这个结果已经撤销", "This result was undone")}>
            <p>
              {round.undoneWhy}
              {t("。", ". ")}
              {sayInstant(round.undoneAt ?? 0, lang)}
              {t(
                "起，由它产生的任职终止；此前的履职行为仍有据可查。",
                ": the offices it gave end here; what was done in them stands.",
              )}
            </p>
          </Callout>
        ) : null}
        <p>
          {sumWords(
            { elected: outcome.elected.length, alternates: outcome.alternates.length, vacant: outcome.vacant },
            t,
          )}
          {view.kept.length > 0
            ? t(`前几轮已当选${view.kept.length}名。`, ` ${view.kept.length} were elected in earlier rounds.`)
            : null}
        </p>
      </>
    );
  return (
    <p class="lead">
      {meeting ? (
        <StatusWord tone={MEETING_TONE[meeting.state as keyof typeof MEETING_TONE]}>
          {stateWord(meeting.state as Parameters<typeof stateWord>[0], t)}
        </StatusWord>
      ) : (
        <StatusWord tone="waiting">
          {t("已排入业主大会会议，还没有公告", "Placed in a meeting; notice not given yet")}
        </StatusWord>
      )}
    </p>
  );
};

/** Before the count: who stands, how much each may mark, who has taken part. Never a choice. */
const Coming = ({ c, view }: { c: AppContext; view: RoundView }) => {
  const { t, lang, now, scene } = c.var;
  const { round, meeting, turnout, paper, kept, election } = view;
  const { slug } = scene.community;
  return (
    <>
      {round.voidCause === null &&
      meeting?.closesAt != null &&
      (meeting.state === "notice" || meeting.state === "open") ? (
        <Clock t={t} lang={lang} label={t("表决截止", "Voting closes")} at={meeting.closesAt} now={now} />
      ) : null}
      {turnout && round.voidCause === null ? (
        <section id="turnout">
          <h2>{t("参与情况", "Turnout")}</h2>
          <Turnout t={t} voted={turnout.voted} total={turnout.total} />
          <p class="hint">
            {t(
              "结果公布以前，谁得了多少票没有人看得到，这里只有参与的人数和面积。",
              "Until the result is published nobody sees the votes; here is only how many have taken part.",
            )}
          </p>
        </section>
      ) : null}
      <section id="paper">
        <h2>{t("票上的候选人", "On the ballot")}</h2>
        <p>
          {t(
            `选${round.seatsOpen}名，每票最多选${round.atMost}名。次序由公开抽签产生。`,
            `${round.seatsOpen} seat(s); a ballot marks at most ${round.atMost}. The order was drawn in public.`,
          )}
        </p>
        <ol>
          {paper.map(({ candidateId }) => (
            <li>
              <CandidateLink c={c} view={view} candidateId={candidateId} />
            </li>
          ))}
        </ol>
        {kept.length > 0 ? (
          <p>
            {t("前几轮已当选：", "Elected in earlier rounds: ")}
            {kept.map((id, at) => (
              <>
                {at > 0 ? t("、", ", ") : null}
                <CandidateLink c={c} view={view} candidateId={id} />
              </>
            ))}
          </p>
        ) : null}
      </section>
      <section id="when">
        <h2>{t("什么时候表决", "When the owners vote")}</h2>
        {meeting ? (
          <FactList>
            <Fact label={t("会议", "Meeting")}>
              <a href={meetingHref(slug, meeting.number)}>{meeting.title}</a>
            </Fact>
            <Fact label={t("表决时间", "Voting")}>
              {meeting.opensAt === null || meeting.closesAt === null
                ? "—"
                : t(
                    `${sayInstant(meeting.opensAt, lang)}至${sayDeadline(meeting.closesAt, lang)}`,
                    `${sayInstant(meeting.opensAt, lang)} to ${sayDeadline(meeting.closesAt, lang)}`,
                  )}
            </Fact>
          </FactList>
        ) : (
          <p>
            {t(
              `会议公告后公布时间。候选人公示满规定天数以前不会开始：最早${sayInstant(round.notBefore, lang)}。`,
              `The times are published with the notice. Not before the candidates have been public for their days: ${sayInstant(round.notBefore, lang)} at the earliest.`,
            )}
          </p>
        )}
        <p>
          <a href={`${electionHref(slug, election.number)}#method`}>
            {t("选举办法：怎样才算当选", "The method: what it takes to be elected")}
          </a>
        </p>
      </section>
    </>
  );
};

/** After the result: who sits, by which figures, and why it is a committee or not. */
const Settled = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t, scene } = c.var;
  const { election, round } = view;
  const { participated } = view.decided!.count;
  return (
    <>
      <Seats c={c} view={view} outcome={outcome} />
      <Actions>
        <ButtonLink
          look="quiet"
          href={`${electionHref(scene.community.slug, election.number)}/rounds/${round.roundNo}/notice`}
        >
          {t("打印选举结果公告", "The result as a notice in print")}
        </ButtonLink>
      </Actions>
      <section id="figures">
        <h2>{t("各候选人得票", "Votes of each candidate")}</h2>
        <p>
          {t("参与表决：", "Took part: ")}
          {sayAmount(participated.owners, "owners", t)}
          {t("、", ", ")}
          {sayAmount(participated.areaDm2, "area", t)}
          {t("。竖线是一半，人数和面积都要超过它。", ". The line is the half; owners and area must both pass it.")}
        </p>
        <CandidateBars c={c} view={view} outcome={outcome} />
        <Details summary={t("同样的数字，列成表", "The same figures as a table")}>
          <CandidateTable c={c} view={view} outcome={outcome} />
        </Details>
        <Details summary={t("逐项验算：每道算式", "Check it: every sum")}>
          <Sums c={c} view={view} outcome={outcome} />
        </Details>
      </section>
      <Ranking c={c} view={view} outcome={outcome} />
      <Stands c={c} view={view} outcome={outcome} />
    </>
  );
};
