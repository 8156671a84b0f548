/** Meetings of the committee for everyone: the list, one with its agenda, votes and minutes, and the notice to post. Shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { pageAsked, publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf, endOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { type LinkItem, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { committeeHref, readNumber, resolutionHref, sessionHref, sessionsHref } from "../addresses.ts";
import { PRACTICE, type Practice } from "../practice/rules.ts";
import { publishBy } from "../sessions/minutes/rules.ts";
import { isPublic, readSession, type SessionView } from "../sessions/reading.ts";
import { holdBy } from "../sessions/rules.ts";
import { AgendaShown, AttendanceShown, MinutesText, SessionFacts } from "../sessions/shown.tsx";
import { bySessionNumber, countSessions, listSessions, type SessionRow } from "../sessions/store.ts";
import { SESSION_TONE, SESSION_WORDS } from "../words.ts";

export const sessionPublicPages = new Hono<AppEnv>();
const A_PAGE = 20;

/** The day by which a meeting's next step is due in public, and whether it has passed; null where none is. */
export function publicDue(
  row: SessionRow,
  practice: Practice,
  today: string,
): { readonly on: string; readonly what: "hold" | "publish"; readonly overdue: boolean } | null {
  if (row.state === "requested" && row.reachedAt !== null) {
    const on = holdBy(row.reachedAt);
    return { on, what: "hold", overdue: today > on };
  }
  // Until minutes exist the day of the meeting is the announced one.
  if ((row.state === "recorded" || row.state === "noticed") && row.holdsAt !== null && dayOf(row.holdsAt) <= today) {
    const on = publishBy(row.holdsAt, practice.publishDays.value);
    return { on, what: "publish", overdue: today > on };
  }
  return null;
}

export function sessionItem(c: AppContext, row: SessionRow, practice: Practice): LinkItem {
  const { t, lang, now, scene } = c.var;
  const due = publicDue(row, practice, dayOf(now));
  const when = row.holdsAt === null ? "" : sayInstant(row.holdsAt, lang);
  const dueWords =
    due === null
      ? ""
      : due.what === "hold"
        ? t(`应在${sayDay(due.on, lang)}前开会`, `to be held by ${sayDay(due.on, lang)}`)
        : t(`会议记录应在${sayDay(due.on, lang)}前公布`, `minutes due by ${sayDay(due.on, lang)}`);
  return {
    href: sessionHref(scene.community.slug, row.number),
    title: row.title,
    note: [when, dueWords].filter((words) => words !== "").join(t("；", "; ")),
    status: due?.overdue ? (
      <StatusWord tone="bad">{t("已逾期", "Overdue")}</StatusWord>
    ) : (
      <StatusWord tone={SESSION_TONE[row.state]}>{pick(SESSION_WORDS[row.state], lang)}</StatusWord>
    ),
  };
}

const crumbs = (c: AppContext, more: boolean) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: `/c/${slug}`, label: t("首页", "Home") },
    { href: committeeHref(slug), label: t("业主委员会", "Committee") },
    ...(more ? [{ href: sessionsHref(slug), label: t("会议", "Meetings") }] : []),
  ];
};

sessionPublicPages.get("/committee/meetings", async (c) => {
  const { t, scene } = c.var;
  const page = pageAsked(c);
  const [openNow, rows, count, settings] = await scene.db.read(
    listOpenNow(scene),
    listSessions(scene, "public", { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countSessions(scene, "public"),
    listSettings(scene, PRACTICE),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const practice = valuesFromRows(PRACTICE, settings);
  return c.html(
    <Page {...publicFrame(c, openNow)} title={t("业委会会议", "Committee meetings")} breadcrumb={crumbs(c, false)}>
      <h1>{t("业委会会议", "Meetings of the committee")}</h1>
      <p class="lead">
        {t(
          `会议内容提前${practice.agendaDays.value}天公告，会议记录在开会后${practice.publishDays.value}天内公布。没有按时公布的，这里写明。`,
          `The agenda is public ${practice.agendaDays.value} days before, the minutes within ${practice.publishDays.value} days after. What is late is said here.`,
        )}
      </p>
      <LinkList
        items={rows.map((row) => sessionItem(c, row, practice))}
        empty={
          <EmptyState title={t("还没有公告过会议", "No meeting was announced yet")}>
            {t(
              "业委会公告会议以后，议题和会议记录都在这里。",
              "Agendas and minutes will stand here once one is announced.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
    </Page>,
  );
});

/** A meeting the public may see, by the number in the address; one round trip. */
async function seenOf(c: AppContext): Promise<SessionView | null> {
  const number = readNumber(c.req.param("number"));
  const view = number === null ? null : await readSession(c.var.scene, bySessionNumber(c.var.scene, number));
  return view && isPublic(view.row) ? view : null;
}

/** What the public sees of a meeting that is not published: who came and how they voted is not theirs to read yet. */
const asPublic = (view: SessionView): SessionView =>
  view.row.state === "published" ? view : { ...view, recorded: null, attendants: [], resolutions: [] };

sessionPublicPages.get("/committee/meetings/:number", async (c) => {
  const { t, lang, now, scene } = c.var;
  const found = await seenOf(c);
  if (!found) return c.notFound();
  const { slug } = scene.community;
  const view = asPublic(found);
  const { row, practice } = view;
  const due = publicDue(row, practice, dayOf(now));
  const held = found.recorded !== null;
  return c.html(
    <Page {...publicFrame(c, [])} title={row.title} breadcrumb={crumbs(c, true)}>
      <h1>{row.title}</h1>
      <p>
        <StatusWord tone={SESSION_TONE[row.state]}>{pick(SESSION_WORDS[row.state], lang)}</StatusWord>
      </p>
      {row.state === "withdrawn" ? (
        <Callout tone="info" title={t("这次会议已撤回", "This meeting was withdrawn")}>
          <p>{row.endedWhy}</p>
        </Callout>
      ) : null}
      {due === null ? null : due.overdue ? (
        <Callout
          tone="bad"
          title={
            due.what === "hold"
              ? t("应当开会，已逾期", "The meeting is overdue")
              : t("会议记录应当公布，已逾期", "The minutes are overdue")
          }
        >
          <p>
            {due.what === "hold"
              ? t(
                  `三分之一以上委员提议的会议，应当在${sayDay(due.on, lang)}前召开（《业主大会和业主委员会指导规则》第三十七条）。`,
                  `A third of the members asked for it; it was to be held by ${sayDay(due.on, lang)} (Guiding Rules art. 37).`,
                )
              : t(
                  `应当在${sayDay(due.on, lang)}前公布。${held ? "会议记录已经起草，还没有公布。" : "会议记录还没有起草。"}`,
                  `They were due by ${sayDay(due.on, lang)}. ${held ? "They are drafted and not published." : "They are not drafted."}`,
                )}
          </p>
        </Callout>
      ) : (
        <Clock
          t={t}
          lang={lang}
          label={
            due.what === "hold"
              ? t("应在此前开会", "To be held by")
              : t("会议记录应在此前公布", "Minutes to be published by")
          }
          at={endOf(due.on)}
          now={now}
        />
      )}
      <SessionFacts t={t} lang={lang} view={view} />
      <h2>{t("议题", "Agenda")}</h2>
      <AgendaShown
        t={t}
        lang={lang}
        view={view}
        byName={practice.votesByName.value}
        resolutionHref={(year, number) => resolutionHref(slug, year, number)}
        authorisationHref={(meeting) => `/c/${slug}/meetings/${meeting}/result`}
      />
      {view.recorded ? (
        <>
          <h2>{t("到会和签字", "Presence and signatures")}</h2>
          <AttendanceShown t={t} lang={lang} view={view} />
          <h2 id="minutes">{t("会议记录", "Minutes")}</h2>
          <MinutesText view={view} />
        </>
      ) : null}
      <Actions>
        {row.noticedAt === null ? null : (
          <ButtonLink look="quiet" href={`${sessionHref(slug, row.number)}/notice`}>
            {t("打印会议公告", "Notice to print")}
          </ButtonLink>
        )}
        <ButtonLink look="quiet" href={`/c/${slug}/record/about/${row.sessionId}`}>
          {t("公开记录里的全部条目", "Its entries in the record")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});
