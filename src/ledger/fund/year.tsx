/** A year of the maintenance fund as everybody reads it: the edition that was published, or the book as it stands until then. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { viewBook } from "../books/actions.ts";
import { readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { listBooks, listMovements } from "../books/store.ts";
import { monthWords } from "../books/words.ts";
import { fundYearHref } from "./addresses.ts";
import { FUND_SETTINGS } from "./settings.ts";
import { fundCrumbs } from "./shown.tsx";
import { flowsOf } from "./yearly/actions.ts";
import { clocksFrom, YearClockWord, YearFlows, YearRest } from "./yearly/shown.tsx";
import { listEditions, listPublishedYears, type YearRow, yearFrom } from "./yearly/store.ts";

/** Mounted at /c/:slug. */
export const fundYearRoutes = new Hono<AppEnv>();

fundYearRoutes.get("/accounts/fund/years/:year{20[0-9][0-9]}", async (c) => {
  const { t, scene } = c.var;
  const year = c.req.param("year");
  const asked = readCount(c.req.query("edition") ?? "");
  const [stored] = await scene.db.read(listEditions(scene, Number(year)));
  const editions = stored.map(yearFrom);
  const edition = asked ? editions.find((one) => one.edition === asked) : editions[0];
  if (edition) return editionPage(c, edition, editions);
  return asked ? c.notFound() : runningPage(c, year, t(`${year}年专项维修资金收支`, `Maintenance fund, ${year}`));
});

const Law = ({ c }: { c: AppContext }) => (
  <p class="hint">
    {c.var.t(
      `依据《住宅专项维修资金管理办法》第三十条，每年至少公布一次。数字来自${BOOK_WORDS.fund.zh}账簿；有疑问可以要求复核。`,
      "Published at least once a year (Measures on the Maintenance Fund, art. 30). The figures are the book's; any owner may ask for a check.",
    )}
  </p>
);

function editionPage(c: AppContext, row: YearRow, editions: readonly YearRow[]) {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const here = fundYearHref(slug, String(row.year));
  const title = t(`${row.year}年专项维修资金收支`, `Maintenance fund, ${row.year}`);
  const newest = editions[0]!;
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${here}?edition=${row.edition}&lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        <StatusWord tone={row === newest ? "good" : "off"}>
          {row === newest
            ? t(
                `第${row.edition}版，${sayInstant(row.publishedAt, lang)}定稿公布`,
                `Edition ${row.edition}, frozen and published ${sayInstant(row.publishedAt, lang)}`,
              )
            : t(
                `第${row.edition}版，已被第${newest.edition}版更正`,
                `Edition ${row.edition}, corrected by ${newest.edition}`,
              )}
        </StatusWord>
      </p>
      {row.why === "" ? null : (
        <Callout title={t("为什么更正", "Why it was corrected")}>
          <p>{row.why}</p>
        </Callout>
      )}
      <YearFlows c={c} content={row.content} />
      <YearRest c={c} content={row.content} />
      <p>
        <a href={`/c/${slug}/record/${row.leafHash}`}>
          {t("公开记录里的条目和证明", "Its entry and proof in the record")}
        </a>
      </p>
      <p>
        <a href={`/c/${slug}/my`}>
          {t("登录业主专页，看自己这一户的每一笔", "Sign in to see every entry of your own unit")}
        </a>
      </p>
      {editions.length > 1 ? (
        <>
          <h2>{t("各版", "Editions")}</h2>
          <LinkList
            items={editions.map(({ edition, publishedAt, why }) => ({
              href: `${here}?edition=${edition}`,
              title: t(`第${edition}版`, `Edition ${edition}`),
              note: `${sayInstant(publishedAt, lang)}${why === "" ? "" : t(`，更正：${why}`, `, corrected: ${why}`)}`,
            }))}
          />
        </>
      ) : null}
      <Law c={c} />
    </Page>,
  );
}

/** Until it is published: the book as it stands, and by when it is due. */
async function runningPage(c: AppContext, year: string, title: string) {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const state = await viewBook(scene, "fund");
  if (!state || `${year}-12` < state.from || `${year}-01` > dayOf(now)) return c.notFound();
  const from = `${year}-01` > state.from ? `${year}-01` : state.from;
  const [moved, books, years, stored] = await scene.db.read(
    listMovements(scene, "fund", from, `${year}-12`),
    listBooks(scene),
    listPublishedYears(scene),
    listSettings(scene, FUND_SETTINGS),
  );
  const clock = clocksFrom(books, years, valuesFromRows(FUND_SETTINGS, stored), dayOf(now)).find(
    (one) => String(one.year) === year,
  );
  const isWhole = state.closedThrough !== null && state.closedThrough >= `${year}-12`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${fundYearHref(slug, year)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        {isWhole ? (
          <StatusWord tone="good">{t("全年已经结账", "The year is closed")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">
            {t(
              `还没有全年结账，目前${state.closedThrough === null ? "一个月都没有结" : `结到${monthWords(state.closedThrough).zh}`}`,
              `Not closed yet; ${state.closedThrough === null ? "no month is" : `closed through ${monthWords(state.closedThrough).en}`}`,
            )}
          </StatusWord>
        )}{" "}
        {clock ? <YearClockWord c={c} clock={clock} /> : null}
      </p>
      <p>
        {t(
          "还没有定稿公布：下面是账簿现在的数字，与银行核对以后定稿，以后不再变。",
          "Not published yet: these are the book's figures of now. Once the bank agrees they are frozen.",
        )}
      </p>
      <YearFlows c={c} content={flowsOf(state, moved)} />
      <Law c={c} />
    </Page>,
  );
}
