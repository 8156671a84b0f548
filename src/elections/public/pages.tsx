/** What anyone may read of elections: the list, and one election with its course, its parts and its history. Shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { joined } from "../../assembly/public/announcing.ts";
import { pageAsked, publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { electionHref, electionsHref, readElectionNumber } from "../addresses.ts";
import {
  byElectionNumber,
  countElections,
  type ElectionRow,
  findElectionStanding,
  listElectionEvents,
  listElections,
} from "../store.ts";
import { KIND_WORDS, STATE_TONE, STATE_WORDS } from "../words.ts";
import { Course, Next } from "./course.tsx";
import { History } from "./events.tsx";
import { electionSections } from "./sections.ts";

/** Mounted under /c/:slug. */
export const electionPublicPages = new Hono<AppEnv>();
const A_PAGE = 20;

/** An election as a row that leads to its page. */
export const electionItem = (row: ElectionRow, c: AppContext) => {
  const { t, lang, scene } = c.var;
  const over =
    row.state === "seated" && row.seatedAt !== null
      ? t(`，${sayDay(dayOf(row.seatedAt), lang)}就任`, `, seated on ${sayDay(dayOf(row.seatedAt), lang)}`)
      : row.state === "ended" && row.endedAt !== null
        ? t(`，${sayDay(dayOf(row.endedAt), lang)}终止`, `, ended on ${sayDay(dayOf(row.endedAt), lang)}`)
        : "";
  return {
    href: electionHref(scene.community.slug, row.number),
    title: row.title,
    note: `${pick(KIND_WORDS[row.kind].name, lang)}${t(`，${sayDay(dayOf(row.calledAt), lang)}发起`, `, called on ${sayDay(dayOf(row.calledAt), lang)}`)}${over}`,
    status: <StatusWord tone={STATE_TONE[row.state]}>{pick(STATE_WORDS[row.state], lang)}</StatusWord>,
  };
};

electionPublicPages.get("/elections", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows, openNow] = await scene.db.read(
    countElections(scene),
    listElections(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    listOpenNow(scene),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("业主委员会选举", "Elections of the committee")}
      breadcrumb={[{ href: `/c/${slug}`, label: t("首页", "Home") }]}
    >
      <h1>{t("业主委员会选举", "Elections of the owners' committee")}</h1>
      <LinkList
        items={rows.map((row) => electionItem(row, c))}
        empty={
          <EmptyState
            title={t("还没有举行过选举", "No election yet")}
            action={
              <ButtonLink look="quiet" href={`/c/${slug}/offices`}>
                {t("看谁在任职", "See who holds office")}
              </ButtonLink>
            }
          >
            <p>
              {t(
                "发起选举以后，从小组名单、提名、候选人到表决和就任，每一步、谁负责、什么时候，都会列在这里。",
                "Once one is called, every step from the group's list to nominations, candidates, the vote and taking office will stand here, with who is responsible and when.",
              )}
            </p>
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${electionsHref(slug)}?page=${n}`} />
    </Page>,
  );
});

electionPublicPages.get("/elections/:number", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readElectionNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byElectionNumber(scene, number);
  const parts = joined(electionSections(), ({ queries }) => queries(scene, key));
  const [rows, events, openNow, ...added] = await scene.db.read(
    findElectionStanding(scene, key),
    listElectionEvents(scene, key),
    listOpenNow(scene),
    ...parts.queries,
  );
  const row = rows[0];
  if (!row) return c.notFound();
  const sections = await Promise.all(parts.withRows(added).map(([{ render }, own]) => render(c, row, own)));
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={row.title}
      breadcrumb={[{ href: electionsHref(slug), label: t("业主委员会选举", "Elections") }]}
    >
      <h1>{row.title}</h1>
      <p>
        <StatusWord tone={STATE_TONE[row.state]}>{pick(STATE_WORDS[row.state], lang)}</StatusWord>
      </p>
      <p class="lead">
        {pick(KIND_WORDS[row.kind].name, lang)}
        {t("：", ": ")}
        {row.cause}
      </p>
      <Next c={c} row={row} />
      <section id="course">
        <h2>{t("选举进程", "Course of the election")}</h2>
        <Course c={c} row={row} />
      </section>
      {sections}
      <History c={c} electionId={row.electionId} events={events} />
    </Page>,
  );
});
