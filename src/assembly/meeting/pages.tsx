/** Every page of meetings behind sign-in, for app.ts to mount; and the list of them at the desk. What anyone may read is mounted by public/routes.ts. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { agendaPages } from "../agenda/pages.tsx";
import { petitionPages } from "../convening/pages.tsx";
import { deskPages } from "../desk/pages.tsx";
import { resultPages } from "../results/pages.tsx";
import { settingsPages } from "../settings/pages.tsx";
import { deskHref, deskMeetingHref, readNumber } from "./addresses.ts";
import { amendPages } from "./amend-page.tsx";
import { changePages } from "./change-pages.tsx";
import { STATE_TONE, stateWord } from "./events.ts";
import { framePages } from "./frame-page.tsx";
import { overviewPages } from "./overview.tsx";
import { previewPages } from "./preview.tsx";
import { MEETING_STATES } from "./schema.ts";
import { countMeetings, listMeetings, type MeetingRow } from "./store.ts";

const listPages = new Hono<AppEnv>();
const PAGE = 20;

listPages.get("/desk/meetings", requires("meeting.read"), async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const page = readNumber(c.req.query("page")) ?? 1;
  const [meetings, totals] = await scene.db.read(
    listMeetings(scene, MEETING_STATES, { limit: PAGE, offset: (page - 1) * PAGE }),
    countMeetings(scene, MEETING_STATES),
  );
  const pages = Math.max(1, Math.ceil((totals[0]?.total ?? 0) / PAGE));
  if (page > pages) return c.notFound();
  const drafts = actor.permissions.has("meeting.draft");
  const begin = <ButtonLink href={`/c/${slug}/desk/meetings/new`}>{t("起草会议", "Draft a meeting")}</ButtonLink>;
  const when = (row: MeetingRow): string =>
    row.opensAt === null || row.closesAt === null
      ? t(`起草于${sayInstant(row.draftedAt, lang)}`, `drafted ${sayInstant(row.draftedAt, lang)}`)
      : t(
          `表决：${sayInstant(row.opensAt, lang)}至${sayDeadline(row.closesAt, lang)}`,
          `voting ${sayInstant(row.opensAt, lang)} to ${sayDeadline(row.closesAt, lang)}`,
        );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("会议", "Meetings")}
      breadcrumb={[{ href: deskHref(slug), label: t("工作台", "Desk") }]}
    >
      <h1>{t("会议", "Meetings")}</h1>
      <LinkList
        items={meetings.map((row) => ({
          href: deskMeetingHref(slug, row.number),
          title: row.title,
          note: when(row),
          status: <StatusWord tone={STATE_TONE[row.state]}>{stateWord(row.state, t)}</StatusWord>,
        }))}
        empty={
          <EmptyState title={t("还没有会议", "No meetings yet")} action={drafts ? begin : undefined}>
            {t(
              "起草一次会议，写好议题，由另一位有权的人批准后发出公告。",
              "Draft one, write its items, and have another person approve the notice.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {drafts && meetings.length > 0 ? <Actions>{begin}</Actions> : null}
      <p>
        <a href={`/c/${slug}/desk/petitions`}>{t("业主提议召开会议", "Owners asking for a meeting")}</a>
      </p>
    </Page>,
  );
});

/** Mounted at /c/:slug, behind the app's scene and whoever is signed in. */
export const meetingRoutes = new Hono<AppEnv>();
for (const part of [
  deskPages,
  listPages,
  // Before the overview: /desk/meetings/new is not the meeting of that number.
  framePages,
  overviewPages,
  agendaPages,
  previewPages,
  amendPages,
  changePages,
  resultPages,
  petitionPages,
  settingsPages,
])
  meetingRoutes.route("/", part);
