/** One meeting's public page at /c/:slug/meetings/:meetingId, by the state it is in. Never a choice before the count is published. */
import { Hono } from "hono";
import type { Instant } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick, type T } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { signedBy } from "../convening/words.ts";
import { meetingHref, meetingsHref } from "../meeting/addresses.ts";
import { Course } from "../meeting/course.tsx";
import { STATE_TONE, stateWord } from "../meeting/events.ts";
import { type MeetingState, objectionsUntil } from "../meeting/rules.ts";
import { LEGAL_EFFECT_WORDS, settingText } from "../settings/explained.ts";
import { Amendments, ConvenerFacts, FrozenRules, HowToVote, ItemBody, itemTitle, RollFacts } from "./agenda.tsx";
import { calendarHref, publicFrame } from "./frame.tsx";
import { History, Objections } from "./history.tsx";
import { type PublicMeeting, readMeeting, standingRun } from "./reading.ts";
import { Outcomes, ResultSection } from "./result.tsx";
import { TurnoutSection } from "./turnout.tsx";
import { standingWords } from "./words.ts";

/** Mounted under /c/:slug. */
export const meetingPublicPages = new Hono<AppEnv>();

meetingPublicPages.get("/meetings/:meetingId", async (c) => {
  const meeting = await readMeeting(c.var.scene, c.req.param("meetingId"));
  return meeting ? meetingPage(c, meeting) : c.notFound();
});

/** The next instant that matters to an owner; nothing where none is set. */
const NextClock = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang, now } = c.var;
  const { row, rules } = meeting;
  const clock = (label: string, at: Instant | null) =>
    at === null || at <= now ? null : <Clock t={t} lang={lang} label={label} at={at} now={now} />;
  switch (row.state) {
    case "notice":
      return clock(t("表决开始", "Voting opens"), row.opensAt);
    case "open":
      return clock(t("表决截止", "Voting closes"), row.closesAt);
    case "published":
      return clock(t("异议截止", "Objections until"), row.publishedAt && objectionsUntil(row.publishedAt, rules));
    default:
      return null;
  }
};

/** What the result is good for, where it is not simply the decision (V5). */
const EffectNote = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, lang } = c.var;
  const { legalEffect } = meeting.rules;
  if (legalEffect.value === "binding") return null;
  return (
    <Callout
      tone="warn"
      title={t(
        `表决的效力：${LEGAL_EFFECT_WORDS[legalEffect.value].zh}`,
        `Effect: ${LEGAL_EFFECT_WORDS[legalEffect.value].en}`,
      )}
    >
      <p>{pick(settingText("legalEffect").explanation, lang)}</p>
      {legalEffect.clause === "" ? null : <p>{legalEffect.clause}</p>}
    </Callout>
  );
};

/** Why a meeting ended before its course was run: above everything else on its page. */
const EndedNote = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t } = c.var;
  const { row } = meeting;
  if (row.state !== "withdrawn" && row.state !== "annulled") return null;
  const ended = meeting.events.findLast(({ kind }) => kind === row.state);
  return (
    <Callout
      tone={row.state === "annulled" ? "bad" : "warn"}
      title={row.state === "annulled" ? t("已被依法撤销", "Annulled by authority") : t("会议已撤回", "Withdrawn")}
    >
      {ended?.kind === "annulled" ? (
        <p>
          {t(
            `${ended.facts.authority}，${ended.facts.document}（《物业管理条例》第十九条）`,
            `${ended.facts.authority}, ${ended.facts.document} (Property Management Regulations art. 19)`,
          )}
        </p>
      ) : null}
      <p>
        {t("原因：", "Why: ")}
        {row.endedWhy}
      </p>
    </Callout>
  );
};

const Agenda = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t } = c.var;
  return (
    <section id="agenda">
      <h2>{t("表决的议题", "What is decided")}</h2>
      {meeting.items.map((frozen) => (
        <section id={`item-${frozen.item.itemNo}`}>
          <h3>{itemTitle(frozen.item, c)}</h3>
          <ItemBody c={c} frozen={frozen} />
        </section>
      ))}
    </section>
  );
};

/** The notice in print, the result in print, and both for programs. */
const Elsewhere = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const base = meetingHref(slug, meeting.row.number);
  const api = `/api/communities/${slug}/meetings/${meeting.row.number}`;
  const hasResult = meeting.runs.length > 0;
  return (
    <Actions>
      {hasResult ? (
        <ButtonLink look="quiet" href={`${base}/result`}>
          {t("打印结果公告", "Print the result")}
        </ButtonLink>
      ) : null}
      <ButtonLink look="quiet" href={`${base}/notice`}>
        {t("打印会议公告", "Print the notice")}
      </ButtonLink>
      {meeting.row.state === "notice" || meeting.row.state === "open" ? (
        <ButtonLink look="quiet" href={calendarHref(slug)}>
          {t("加入日历", "Add to calendar")}
        </ButtonLink>
      ) : null}
      <ButtonLink look="quiet" href={hasResult ? `${api}/result` : api}>
        {t("数据（JSON）", "As data (JSON)")}
      </ButtonLink>
    </Actions>
  );
};

const voting = (t: T, state: MeetingState): string =>
  state === "notice" ? t("到时怎样投票", "How to vote when it opens") : t("怎样投票", "How to vote");

function meetingPage(c: AppContext, meeting: PublicMeeting) {
  const { t, lang, now, scene } = c.var;
  const { name, slug } = scene.community;
  const { row, rules } = meeting;
  const { state } = row;
  const convener = signedBy(meeting.manifest.convener.kind, name, meeting.street);
  const run = standingRun(meeting);
  const hasResult = run !== undefined;
  const isComing = state === "notice" || state === "open";
  const showsTurnout = state === "open" || state === "closed" || state === "counted";
  return c.html(
    <Page
      {...publicFrame(c, meeting.openNow, row.number)}
      title={row.title}
      breadcrumb={[{ href: meetingsHref(slug), label: t("会议与决定", "Meetings") }]}
    >
      <h1>{row.title}</h1>
      <p>
        <StatusWord tone={STATE_TONE[state]}>{stateWord(state, t)}</StatusWord>
      </p>
      <EndedNote c={c} meeting={meeting} />
      <p class="lead">{standingWords(meeting, convener, now, t, lang)}</p>
      {run ? <Outcomes c={c} run={run} /> : null}
      <NextClock c={c} meeting={meeting} />
      <EffectNote c={c} meeting={meeting} />
      {hasResult ? null : <Course t={t} lang={lang} row={row} />}
      {hasResult ? <ResultSection c={c} meeting={meeting} /> : null}
      {showsTurnout ? <TurnoutSection c={c} meeting={meeting} /> : null}
      {isComing ? (
        <section id="how">
          <h2>{voting(t, state)}</h2>
          <HowToVote c={c} rules={rules} />
        </section>
      ) : null}
      {hasResult ? null : <Agenda c={c} meeting={meeting} />}
      <Amendments c={c} meeting={meeting} />
      <section id="notice">
        <h2>{t("召集和规则", "Convening and rules")}</h2>
        <ConvenerFacts c={c} meeting={meeting} />
        <h3>{t("按哪份名册计算", "The roll it is counted on")}</h3>
        <RollFacts c={c} meeting={meeting} />
        <Details summary={t("本次会议的表决规则", "The rules of this meeting")}>
          <FrozenRules c={c} rules={rules} />
        </Details>
      </section>
      {hasResult || meeting.tickets.length > 0 ? <Objections c={c} meeting={meeting} /> : null}
      <History c={c} meeting={meeting}>
        {hasResult ? <Course t={t} lang={lang} row={row} /> : null}
      </History>
      <Elsewhere c={c} meeting={meeting} />
    </Page>,
  );
}
