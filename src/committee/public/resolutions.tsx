/** Resolutions of the committee for everyone: the list, and one with its votes and its meeting. Shows; changes nothing. */
import { Hono } from "hono";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { pageAsked, publicFrame } from "../../assembly/public/frame.tsx";
import { isMatter, matterText } from "../../assembly/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { committeeHref, readNumber, resolutionHref, resolutionsHref, sessionHref } from "../addresses.ts";
import { AuthorisationTable } from "../delegation/pages.tsx";
import { findAuthorisation, listAuthorisations } from "../delegation/store.ts";
import { resolutionNumber } from "../sessions/minutes/rules.ts";
import {
  authorisationOfResolution,
  countResolutions,
  findResolution,
  listResolutions,
  type ResolutionRow,
} from "../sessions/resolutions/store.ts";
import { sayCounts } from "../sessions/shown.tsx";

export const resolutionPages = new Hono<AppEnv>();
const A_PAGE = 20;
const MOST_AUTHORISATIONS = 100;

const crumbs = (c: AppContext, more: boolean) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: `/c/${slug}`, label: t("首页", "Home") },
    { href: committeeHref(slug), label: t("业主委员会", "Committee") },
    ...(more ? [{ href: resolutionsHref(slug), label: t("决议", "Resolutions") }] : []),
  ];
};

const counts = (row: ResolutionRow) => ({
  for: row.inFavour,
  against: row.against,
  abstain: row.abstaining,
  recused: row.recused,
});

resolutionPages.get("/committee/resolutions", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [openNow, rows, count] = await scene.db.read(
    listOpenNow(scene),
    listResolutions(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countResolutions(scene),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page {...publicFrame(c, openNow)} title={t("业委会决议", "Resolutions")} breadcrumb={crumbs(c, false)}>
      <h1>{t("业委会决议", "Resolutions of the committee")}</h1>
      <LinkList
        items={rows.map((row) => ({
          href: resolutionHref(slug, row.year, row.number),
          title: `${resolutionNumber(row.year, row.number)} ${row.title}`,
          note: t(
            `${sayDay(row.adoptedOn, lang)}通过，${sayCounts(counts(row), t)}`,
            `adopted ${sayDay(row.adoptedOn, lang)}; ${sayCounts(counts(row), t)}`,
          ),
          ...(row.correctedByNumber === null
            ? {}
            : { status: <StatusWord tone="note">{t("已更正", "Corrected")}</StatusWord> }),
        }))}
        empty={
          <EmptyState title={t("还没有决议", "No resolutions yet")}>
            {t(
              "业委会会议通过的决议公布以后，每一项都有编号，列在这里，只增加，不修改。",
              "Each resolution gets a number and stands here once published. The list only grows.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
    </Page>,
  );
});

resolutionPages.get("/committee/resolutions/:year/:number", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [year, number] = [readNumber(c.req.param("year")), readNumber(c.req.param("number"))];
  if (year === null || number === null) return c.notFound();
  const [openNow, rows, authorisations] = await scene.db.read(
    listOpenNow(scene),
    findResolution(scene, year, number),
    findAuthorisation(scene, authorisationOfResolution(scene, year, number)),
  );
  const row = rows[0];
  if (!row) return c.notFound();
  const code = resolutionNumber(row.year, row.number);
  const matter = isMatter(row.matter) ? matterText(row.matter) : null;
  const link = (y: number | null, n: number | null) =>
    y === null || n === null ? null : <a href={resolutionHref(slug, y, n)}>{resolutionNumber(y, n)}</a>;
  return c.html(
    <Page {...publicFrame(c, openNow)} title={`${code} ${row.title}`} breadcrumb={crumbs(c, true)}>
      <h1>{row.title}</h1>
      <p class="quiet">{code}</p>
      {row.correctedByNumber === null ? null : (
        <Callout tone="warn" title={t("这项决议已被更正", "This resolution was corrected")}>
          <p>
            {t("以", "See ")}
            {link(row.correctedByYear, row.correctedByNumber)}
            {t("为准。这里保留原文。", ". The text here is kept as it was.")}
          </p>
        </Callout>
      )}
      {row.text.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
      <FactList>
        <Fact label={t("表决", "Votes")}>
          {sayCounts(counts(row), t)}
          {t(`（全体${row.whole}人）`, ` (of ${row.whole})`)}
        </Fact>
        <Fact label={t("会议", "Meeting")}>
          <a href={sessionHref(slug, row.sessionNumber)}>
            {t(
              `${sayDay(row.adoptedOn, lang)}的会议，第${row.itemNo}项`,
              `${sayDay(row.adoptedOn, lang)}, item ${row.itemNo}`,
            )}
          </a>
        </Fact>
        <Fact label={t("公布", "Published")}>{sayDay(dayOf(row.publishedAt), lang)}</Fact>
        {row.correctsNumber === null ? null : (
          <Fact label={t("更正", "Corrects")}>{link(row.correctsYear, row.correctsNumber)}</Fact>
        )}
        {matter ? (
          <Fact label={t("依据授权", "Authorised")}>
            {pick(matter, lang)}（{pick(matter.article, lang)}）
          </Fact>
        ) : null}
        <Fact label={t("公开记录", "Record")}>
          <a href={`/c/${slug}/record/${row.leafHash}`}>
            <code>{shortCode(row.leafHash)}</code>
          </a>
        </Fact>
      </FactList>
      {matter ? <AuthorisationTable c={c} rows={authorisations} /> : null}
      <Actions>
        <ButtonLink look="quiet" href={`${resolutionHref(slug, row.year, row.number)}/notice`}>
          {t("打印决议公告", "Notice to print")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

resolutionPages.get("/committee/authorisations", async (c) => {
  const { t, scene } = c.var;
  const [openNow, rows] = await scene.db.read(
    listOpenNow(scene),
    listAuthorisations(scene, { limit: MOST_AUTHORISATIONS, offset: 0 }),
  );
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("业主大会的授权", "Authorisations by the owners")}
      breadcrumb={crumbs(c, false)}
    >
      <h1>{t("业主大会给业委会的授权", "What the owners authorised the committee to decide")}</h1>
      <p class="lead">
        {t(
          "《民法典》第二百七十八条列出的事项由业主表决。业委会只能在这里列出的范围和期限内决定其中的事；选举和更换委员任何时候都不能授权。",
          "The matters of Civil Code art. 278 are the owners' to decide. The committee decides one only within a scope and time listed here; electing its members is never delegated.",
        )}
      </p>
      <AuthorisationTable c={c} rows={rows} />
    </Page>,
  );
});
