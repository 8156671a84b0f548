/** What anyone may read of tenders: the list, and one tender with its course, its parts and its history. Shows; changes nothing. */
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
import { readTenderNumber, tenderHref, tendersHref } from "../addresses.ts";
import { phaseOf } from "../rules.ts";
import { schemeOf } from "../scheme/actions.ts";
import {
  byTenderNumber,
  countPublicTenders,
  findScheme,
  findTender,
  listPublicTenders,
  listTenderEvents,
  type TenderRow,
} from "../store.ts";
import { PHASE_TONE, PHASE_WORDS } from "../words.ts";
import { TenderCourse, TenderNext } from "./course.tsx";
import { TenderHistory } from "./events.tsx";
import { tenderSections } from "./sections.ts";

/** Mounted under /c/:slug. */
export const tenderPublicPages = new Hono<AppEnv>();
const A_PAGE = 20;

/** Where a tender stands, as a word. */
export const TenderStatus = ({ c, row }: { c: AppContext; row: TenderRow }) => {
  const phase = phaseOf(row, c.var.now);
  return <StatusWord tone={PHASE_TONE[phase]}>{pick(PHASE_WORDS[phase], c.var.lang)}</StatusWord>;
};

/** A tender as a row that leads to its page. */
export const tenderItem = (row: TenderRow, c: AppContext) => {
  const { t, lang, scene } = c.var;
  const on = (at: number): string => sayDay(dayOf(at), lang);
  const note =
    row.noticedAt === null
      ? t(`${on(row.draftedAt)}起草`, `drafted on ${on(row.draftedAt)}`)
      : t(`${on(row.noticedAt)}公告`, `announced on ${on(row.noticedAt)}`);
  return {
    href: tenderHref(scene.community.slug, row.number),
    title: row.title,
    note,
    status: <TenderStatus c={c} row={row} />,
  };
};

tenderPublicPages.get("/tenders", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows, openNow] = await scene.db.read(
    countPublicTenders(scene),
    listPublicTenders(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    listOpenNow(scene),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("选聘物业服务", "Choosing who serves the estate")}
      breadcrumb={[{ href: `/c/${slug}`, label: t("首页", "Home") }]}
    >
      <h1>{t("选聘物业服务", "Choosing who serves the estate")}</h1>
      <LinkList
        items={rows.map((row) => tenderItem(row, c))}
        empty={
          <EmptyState
            title={t("还没有公开的选聘", "No tender yet")}
            action={
              <ButtonLink look="quiet" href={`/c/${slug}/meetings`}>
                {t("看业主大会会议", "See the owners' meetings")}
              </ButtonLink>
            }
          >
            <p>
              {t(
                "选聘方案确定以后，方案、公告、提问和答复、开标、评分、业主表决、合同和服务评价都会列在这里。",
                "Once a scheme is decided, it stands here with its notice, questions and answers, opening, scores, the owners' decision, the contract and how the service is rated.",
              )}
            </p>
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${tendersHref(slug)}?page=${n}`} />
    </Page>,
  );
});

tenderPublicPages.get("/tenders/:number", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readTenderNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byTenderNumber(scene, number);
  const parts = joined(tenderSections(), ({ queries }) => queries(scene, key));
  const [rows, schemes, events, openNow, ...added] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    listTenderEvents(scene, key),
    listOpenNow(scene),
    ...parts.queries,
  );
  const [row, written] = [rows[0], schemes[0]];
  // A draft is read at the desk only.
  if (!row || !written || row.decidedAt === null) return c.notFound();
  const scheme = schemeOf(written);
  const sections = await Promise.all(parts.withRows(added).map(([{ render }, own]) => render(c, row, scheme, own)));
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={row.title}
      breadcrumb={[{ href: tendersHref(slug), label: t("选聘物业服务", "Tenders") }]}
    >
      <h1>{row.title}</h1>
      <p>
        <TenderStatus c={c} row={row} />
      </p>
      <TenderNext c={c} row={row} />
      <section id="course">
        <h2>{t("选聘进程", "Course of the tender")}</h2>
        <TenderCourse c={c} row={row} />
        {row.noticedAt === null ? null : (
          <p>
            <a href={`${tenderHref(slug, row.number)}/notice`}>{t("打印选聘公告", "The notice in print")}</a>
          </p>
        )}
      </section>
      {sections}
      <TenderHistory c={c} tenderId={row.tenderId} events={events} />
    </Page>,
  );
});
