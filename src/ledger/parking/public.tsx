/** Parking as everybody reads it: what it costs since when and on whose decision, how many permits run, what it took month by month. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { assetsHref } from "../assets/addresses.ts";
import { countOccupancy } from "../assets/store.ts";
import { accountsHref } from "../books/addresses.ts";
import { nextPeriod, periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { MoneyBars } from "../leases/bars.tsx";
import { parkingHref } from "./addresses.ts";
import { sumAhead } from "./earning/store.ts";
import { TARIFF_USES, tariffOn } from "./rules.ts";
import { countRunningPermits, listTakenByMonth, listTariffs, type MonthTaken, type TariffRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const publicParkingRoutes = new Hono<AppEnv>();

export const USE_WORDS = {
  monthly: { zh: "月租", en: "Monthly" },
  temporary: { zh: "临时停车", en: "Temporary" },
} as const;

/** Tariffs with their days; the one in force says so. */
export const TariffTable = ({ c, rows }: { c: AppContext; rows: readonly TariffRow[] }) => {
  const { t, lang, scene, now } = c.var;
  const today = dayOf(now);
  const inForce = new Set(TARIFF_USES.map((use) => tariffOn(rows, use, today)?.tariffId));
  return (
    <DataTable
      caption={t("价目", "Tariffs")}
      rows={rows}
      empty={
        <EmptyState title={t("还没有价目", "No tariff yet")}>
          {t("价目经业主大会决定后登记在这里。", "Tariffs the owners decided on stand here.")}
        </EmptyState>
      }
      columns={[
        { label: t("种类", "Kind"), head: true, cell: ({ use }) => USE_WORDS[use][lang] },
        { label: t("怎么收", "How"), cell: ({ words }) => words },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        {
          label: t("自", "From"),
          cell: ({ fromOn, tariffId }) => (
            <>
              {sayDay(fromOn, lang)}{" "}
              {inForce.has(tariffId) ? <StatusWord tone="good">{t("现行", "in force")}</StatusWord> : null}
            </>
          ),
        },
        {
          label: t("依据", "Basis"),
          cell: ({ basis, leafHash }) => <a href={`/c/${scene.community.slug}/record/${leafHash}`}>{basis}</a>,
        },
      ]}
    />
  );
};

/** Month by month: permits and visitors, and whether it is booked. */
export const TakenTable = (props: { c: AppContext; rows: readonly MonthTaken[] }) => {
  const { c, rows } = props;
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("每月收了多少", "What it took, month by month")}
      rows={rows}
      empty={
        <EmptyState title={t("还没有停车收入", "Nothing yet")}>
          {t(
            "办月租证、导入道闸的收费记录后，这里按月合计。",
            "Permits and the gate's files are added up here by month.",
          )}
        </EmptyState>
      }
      columns={[
        { label: t("月份", "Month"), head: true, cell: ({ period }) => monthWords(period)[lang] },
        {
          label: t("来源", "From"),
          cell: ({ source }) => USE_WORDS[source === "permit" ? "monthly" : "temporary"][lang],
        },
        { label: t("笔数", "Payments"), number: true, cell: ({ entries }) => entries },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        {
          label: t("记账", "Booked"),
          cell: ({ unbookedFen }) =>
            unbookedFen === 0
              ? t("已生成凭证", "has its voucher")
              : t(`还有${formatYuan(unbookedFen)}元没有记账`, `${formatYuan(unbookedFen)} yuan not yet`),
        },
      ]}
    />
  );
};

/** What is held for months to come: owed until they come, and no income before. */
export const AheadWords = ({ c, fen }: { c: AppContext; fen: number }) => {
  const { t } = c.var;
  return fen === 0 ? null : (
    <p>
      {t(
        `其中${formatYuan(fen)}元是车主为以后月份预交的，记作预收款，到了那个月才转入收入；提前退租的，没开始的月份从这里退。`,
        `${formatYuan(fen)} yuan of it are paid for months to come: received in advance, and income only once their month comes. Of a permit that ends early the months not begun go back.`,
      )}
    </p>
  );
};

publicParkingRoutes.get("/accounts/parking", async (c) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const today = dayOf(now);
  const [tariffs, running, taken, occupancy, ahead] = await scene.db.read(
    listTariffs(scene),
    countRunningPermits(scene, today),
    listTakenByMonth(scene, `${addMonths(today, -11).slice(0, 7)}-01`, today),
    countOccupancy(scene, today),
    sumAhead(scene, nextPeriod(periodOf(today))),
  );
  const common = occupancy.find(({ kind, ground }) => kind === "parking" && ground === "common");
  const permits = running[0]?.running ?? 0;
  const title = t("停车收费", "Parking");
  const months = [...new Set(taken.map(({ period }) => period))].slice(0, 12);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${parkingHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "占用业主共有道路、场地的停车位，收入归全体业主（《民法典》第二百七十五条、第二百八十二条）。",
          "What parking on common roads and places brings in is all owners' (Civil Code arts. 275, 282).",
        )}
      </p>
      <TariffTable c={c} rows={tariffs} />
      {common ? (
        <>
          <h2>{t("车位", "Spaces")}</h2>
          <CoverageBars
            unit={t("个", "")}
            lines={[
              {
                label: t("固定租出的共有车位", "Common spaces let"),
                part: common.let,
                whole: common.total,
                note: t(`今天有效的月租证共${permits}个`, `${permits} permits run today`),
              },
            ]}
          />
          <p>
            <a href={`${assetsHref(slug)}?kind=parking`}>{t("逐个车位", "Space by space")}</a>
          </p>
        </>
      ) : null}
      {months.length > 0 ? (
        <>
          <h2>{t("最近十二个月", "The last twelve months")}</h2>
          <MoneyBars
            t={t}
            bars={months.map((period) => ({
              label: period,
              fen: taken.reduce((sum, row) => (row.period === period ? sum + row.amountFen : sum), 0),
            }))}
          />
        </>
      ) : null}
      <TakenTable c={c} rows={taken} />
      <AheadWords c={c} fen={ahead[0]?.fen ?? 0} />
    </Page>,
  );
});
