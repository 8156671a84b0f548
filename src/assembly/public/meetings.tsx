/** Every meeting the public may know of, newest first, a page at a time: /c/:slug/meetings. Not one meeting's page. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { Page } from "../../platform/layout.tsx";
import { type LinkItem, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import type { Question } from "../agenda/rules.ts";
import type { StoredCount } from "../counting/stored.ts";
import { meetingHref, meetingsHref } from "../meeting/addresses.ts";
import { STATE_TONE, stateWord } from "../meeting/events.ts";
import { countPublicMeetings, listOpenNow } from "../meeting/store.ts";
import { pageAsked, publicFrame } from "./frame.tsx";
import { type ItemLine, listItemLines, listLines, type MeetingLine } from "./store.ts";
import { OUTCOME_TONE, outcomeOf } from "./words.ts";

/** Mounted under /c/:slug. */
export const meetingListPages = new Hono<AppEnv>();

const MEETINGS_A_PAGE = 20;

/** The items of one meeting of a list, each with what it came to once that is published. */
export const itemsOf = (lines: readonly ItemLine[], { meetingId }: Pick<MeetingLine, "meetingId">): ItemLine[] =>
  lines.filter((line) => line.meetingId === meetingId);

/** An item of a list in a line: its title, and what it came to once that is published. */
const ItemOfLine = ({ c, line }: { c: AppContext; line: ItemLine }) => {
  if (line.result === null) return <>{line.title}</>;
  const count = JSON.parse(line.result) as StoredCount;
  const outcome = outcomeOf({ question: JSON.parse(line.question) as Question }, count, c.var.t);
  return (
    <>
      {line.title}
      {c.var.t("　", " ")}
      <StatusWord tone={OUTCOME_TONE[count.outcome]}>{outcome}</StatusWord>
    </>
  );
};

/** When it was, or will be, voted on. */
export function whenWords({ opensAt, closesAt }: MeetingLine, c: AppContext): string {
  const { t, lang } = c.var;
  if (opensAt === null || closesAt === null) return "";
  const [from, to] = [sayDay(dayOf(opensAt), lang), sayDay(dayOf(closesAt - 1), lang)];
  return t(`${from}至${to}表决`, `voted on from ${from} to ${to}`);
}

/** A meeting as a row that leads to its page. */
export const rowOf = (line: MeetingLine, items: readonly ItemLine[], c: AppContext): LinkItem => ({
  href: meetingHref(c.var.scene.community.slug, line.number),
  title: line.title,
  note: (
    <>
      {whenWords(line, c)}
      {items.map((item) => (
        <>
          <br />
          <ItemOfLine c={c} line={item} />
        </>
      ))}
    </>
  ),
  status: <StatusWord tone={STATE_TONE[line.state]}>{stateWord(line.state, c.var.t)}</StatusWord>,
});

meetingListPages.get("/meetings", async (c) => {
  const { t, scene } = c.var;
  const page = pageAsked(c);
  const slice = { limit: MEETINGS_A_PAGE, offset: (page - 1) * MEETINGS_A_PAGE };
  const [count, lines, items, openNow] = await scene.db.read(
    countPublicMeetings(scene),
    listLines(scene, "public", slice),
    listItemLines(scene, "public", slice),
    listOpenNow(scene),
  );
  const { slug } = scene.community;
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / MEETINGS_A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("会议与决定", "Meetings")}
      breadcrumb={[{ href: `/c/${slug}`, label: t("首页", "Home") }]}
    >
      <h1>{t("会议与决定", "Meetings and decisions")}</h1>
      <LinkList
        items={lines.map((line) => rowOf(line, itemsOf(items, line), c))}
        empty={
          <EmptyState title={t("还没有开过业主大会", "No meetings yet")}>
            <p>
              {t(
                "发出第一份会议公告以后，每次会议的公告、参与情况和结果都会列在这里。",
                "Once the first notice is given, every meeting's notice, turnout and result will stand here.",
              )}
            </p>
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${meetingsHref(slug)}?page=${n}`} />
    </Page>,
  );
});
