/** The maintenance fund as everybody reads it: totals, by building, works. A year is year.tsx, an owner's unit own.tsx. No person is named. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { viewBook } from "../books/actions.ts";
import { readCount, voucherHref } from "../books/addresses.ts";
import { listBooks } from "../books/store.ts";
import { readTie } from "./actions.ts";
import { fundHref, fundProjectHref, fundYearHref } from "./addresses.ts";
import { readClocks, readProjects } from "./projects/actions.ts";
import { findProject, type ProjectRow, projectFrom } from "./projects/store.ts";
import { LOW_PERCENT, transferClock } from "./rules.ts";
import { clockSettings, FUND_SETTINGS } from "./settings.ts";
import {
  accountCrumbs,
  fundCrumbs,
  ProjectClocks,
  ProjectFactsList,
  ProjectState,
  StepList,
  TransferState,
} from "./shown.tsx";
import { listFundBuildings, listModes, listTransfers } from "./store.ts";
import { MODE_WORDS, PATH_WORDS } from "./words.ts";
import { clocksFrom, YearClockWord } from "./yearly/shown.tsx";
import { listPublishedYears } from "./yearly/store.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const publicFundRoutes = new Hono<AppEnv>();
const PROJECTS_SHOWN = 20;
const MOST_MODES = 50;
const ALL = 99_999_999;

publicFundRoutes.get("/accounts/fund", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const [[buildings, modes, notices, stored, books, published], tie, projects, book] = await Promise.all([
    scene.db.read(
      listFundBuildings(scene),
      listModes(scene, MOST_MODES),
      listTransfers(scene, 1),
      listSettings(scene, FUND_SETTINGS),
      listBooks(scene),
      listPublishedYears(scene),
    ),
    readTie(scene),
    readProjects(scene, { limit: PROJECTS_SHOWN, before }),
    viewBook(scene, "fund"),
  ]);
  const mode = modes[0];
  const today = dayOf(now);
  const settings = valuesFromRows(FUND_SETTINGS, stored);
  const transfer = transferClock(notices[0] ?? null, modes, settings.transferDays.value, today);
  const clocksFor = (row: ProjectRow) => readClocks(row, modes, clockSettings(settings), today);
  const overdue = projects.filter((row) => clocksFor(row).some(({ isOverdue }) => isOverdue));
  const balanceFen = buildings.reduce((sum, one) => sum + one.balanceFen, 0);
  const firstFen = buildings.reduce((sum, one) => sum + one.firstFen, 0);
  const low = buildings.reduce((sum, one) => sum + one.lowUnits, 0);
  const year = today.slice(0, 4);
  const years = clocksFrom(books, published, settings, today);
  const lateYears = years.filter(({ isOverdue }) => isOverdue);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("专项维修资金", "Maintenance fund")}
      breadcrumb={accountCrumbs(c)}
      switchHref={`${fundHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("专项维修资金", "Maintenance fund")}</h1>
      <p class="lead">
        {t(
          "这是业主共有的钱，只能用于保修期满后共有部分的维修、更新。每套房屋一本账，卖房时随房屋过户。",
          "It belongs to the owners and is only for repair and renewal of the common parts. Every unit has its account, which goes with the unit when it is sold.",
        )}
      </p>
      {overdue.length === 0 ? null : (
        <Callout
          tone="bad"
          title={t(
            `有${overdue.length}项工程的报告或备案已经逾期`,
            `A report or filing of ${overdue.length} works is overdue`,
          )}
        >
          <ul>
            {overdue.map((row) => (
              <li>
                <a href={fundProjectHref(slug, row.number)}>{row.title}</a>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {lateYears.length === 0 ? null : (
        <Callout
          tone="bad"
          title={t(
            `${lateYears.map((one) => `${one.year}年`).join("、")}的账目逾期没有公布`,
            `The accounts of ${lateYears.map((one) => one.year).join(", ")} are overdue`,
          )}
        >
          <p>
            {t(
              "每年至少公布一次（《住宅专项维修资金管理办法》第三十条）。可以向业主委员会或街道办事处反映。",
              "They are published at least once a year (Measures, art. 30). Tell the committee or the street.",
            )}
          </p>
        </Callout>
      )}
      {transfer && transfer.doneOn === null ? <TransferState c={c} clock={transfer} /> : null}
      {buildings.length === 0 ? (
        <EmptyState title={t("还没有入账", "Nothing entered yet")}>
          {t(
            "各户余额录入并过账后，这里会列出全小区和每栋楼的余额。",
            "Once the units' balances are entered and posted, the whole estate and every building stand here.",
          )}
        </EmptyState>
      ) : (
        <>
          <FactList>
            <Fact label={t("现在的余额", "Balance now")}>
              <b>{formatYuan(balanceFen)}</b> {t("元", "yuan")}
            </Fact>
            <Fact label={t("谁在管", "Who holds it")}>
              {MODE_WORDS[mode?.mode ?? "authority"][lang]}
              {mode
                ? t(
                    `，自${mode.onDay}起，依据第${mode.meeting}次会议议题${mode.item}`,
                    `, from ${mode.onDay}, by meeting ${mode.meeting}, item ${mode.item}`,
                  )
                : null}
            </Fact>
            <Fact label={t("与账簿是否一致", "Against the book")}>
              {tie === null ? (
                t("账簿还没有设立", "No book yet")
              ) : tie.differenceFen === 0 ? (
                <StatusWord tone="good">
                  {t("各户合计与账簿一分不差", "All units together agree to the fen")}
                </StatusWord>
              ) : (
                <StatusWord tone="bad">
                  {t(
                    `账簿${formatYuan(tie.bookFen)}元，相差${formatYuan(tie.differenceFen)}元`,
                    `The book says ${formatYuan(tie.bookFen)}: ${formatYuan(tie.differenceFen)} yuan apart`,
                  )}
                </StatusWord>
              )}
            </Fact>
          </FactList>
          {low > 0 ? (
            <Callout
              tone="warn"
              title={t(
                `${low}户余额不足首期的${LOW_PERCENT}%`,
                `${low} units are below ${LOW_PERCENT} % of the first deposit`,
              )}
            >
              <p>
                {t(
                  "按《住宅专项维修资金管理办法》第十七条应当续交；差多少，业主登录后在自己的专页能看到。",
                  "They are to top up (Measures on the Maintenance Fund, art. 17); owners see how much in their own corner.",
                )}
              </p>
            </Callout>
          ) : null}
          <h2>{t("按楼栋", "By building")}</h2>
          {firstFen > 0 ? (
            <CoverageBars
              unit={t("元", " yuan")}
              say={formatYuan}
              lines={buildings
                .filter((one) => one.firstFen > 0)
                .map((one) => ({
                  label: one.building,
                  part: one.balanceFen,
                  whole: one.firstFen,
                }))}
            />
          ) : null}
          <DataTable
            caption={t("各楼栋余额（元）", "Balance by building, in yuan")}
            rows={buildings}
            columns={[
              { label: t("楼栋", "Building"), head: true, cell: ({ building }) => building },
              { label: t("户数", "Units"), number: true, cell: ({ units }) => units },
              { label: t("首期应交", "First deposit"), number: true, cell: (one) => formatYuan(one.firstFen) },
              { label: t("余额", "Balance"), number: true, cell: (one) => formatYuan(one.balanceFen) },
              { label: t("需续交户数", "To top up"), number: true, cell: ({ lowUnits }) => lowUnits },
            ]}
            foot={[
              t("合计", "Together"),
              buildings.reduce((sum, { units }) => sum + units, 0),
              formatYuan(firstFen),
              formatYuan(balanceFen),
              low,
            ]}
          />
          <p>
            <a href={`/c/${slug}/my`}>{t("登录业主专页，看自己这一户", "Sign in to see your own unit")}</a>
          </p>
        </>
      )}
      <h2>{t("维修工程", "Works")}</h2>
      <LinkList
        items={projects.map((row) => ({
          href: fundProjectHref(slug, row.number),
          title: `${row.number}. ${row.title}`,
          note: `${PATH_WORDS[row.path][lang]}，${t(`预算${formatYuan(row.estimateFen)}元`, `estimate ${formatYuan(row.estimateFen)} yuan`)}`,
          status: (
            <>
              <ProjectState c={c} row={row} />
              {clocksFor(row).some(({ isOverdue }) => isOverdue) ? (
                <StatusWord tone="bad">{t("逾期", "overdue")}</StatusWord>
              ) : null}
            </>
          ),
        }))}
        empty={
          <EmptyState title={t("还没有工程", "No works yet")}>
            {t(
              "用维修资金的工程，从方案、表决到验收、分摊，都会列在这里。",
              "Works paid from the fund stand here from plan and vote to acceptance and shares.",
            )}
          </EmptyState>
        }
      />
      {projects.length === PROJECTS_SHOWN ? (
        <p>
          <a href={`${fundHref(slug)}?before=${projects.at(-1)!.number}`}>{t("更早的工程", "Earlier works")}</a>
        </p>
      ) : null}
      {book === null ? null : (
        <>
          <h2>{t("按年公布", "Year by year")}</h2>
          <LinkList
            items={[
              {
                href: fundYearHref(slug, year),
                title: t(`${year}年收支`, `Accounts of ${year}`),
                status: <StatusWord tone="waiting">{t("还没有满一年", "still running")}</StatusWord>,
              },
              ...years.map((clock) => ({
                href: fundYearHref(slug, String(clock.year)),
                title: t(`${clock.year}年收支`, `Accounts of ${clock.year}`),
                status: <YearClockWord c={c} clock={clock} />,
              })),
            ]}
          />
        </>
      )}
    </Page>,
  );
});

publicFundRoutes.get("/accounts/fund/projects/:number", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const [rows, modes, stored] = await scene.db.read(
    findProject(scene, number),
    listModes(scene, MOST_MODES),
    listSettings(scene, FUND_SETTINGS),
  );
  if (!rows[0]) return c.notFound();
  const row = projectFrom(rows[0]);
  const settings = clockSettings(valuesFromRows(FUND_SETTINGS, stored));
  const clocks = readClocks(row, modes, settings, dayOf(scene.now));
  return c.html(
    <Page
      {...frameOf(c)}
      title={row.title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${fundProjectHref(slug, row.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{row.title}</h1>
      <p>
        <ProjectState c={c} row={row} />
      </p>
      <ProjectClocks c={c} clocks={clocks} />
      <ProjectFactsList c={c} row={row} />
      <StepList c={c} row={row} />
      {row.settlement?.state === "posted" && row.settlement.voucherNumber !== null ? (
        <p>
          <a
            href={voucherHref(slug, {
              book: "fund",
              period: row.settlement.period,
              number: row.settlement.voucherNumber,
            })}
          >
            {t("结算的凭证", "The voucher of the settlement")}
          </a>
        </p>
      ) : null}
      <p>
        <a href={`/c/${slug}/record/${row.leafHash}`}>{t("公开记录", "Public record")}</a>
      </p>
    </Page>,
  );
});
