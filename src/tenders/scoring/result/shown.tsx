/** What the scoring came to, as figures: totals as bars, every part in a table, the judgements behind them. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { DrawnBar } from "../../../platform/ui/charts.tsx";
import { Details } from "../../../platform/ui/notices.tsx";
import { BAR_UNITS } from "../../../platform/ui/shares.ts";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { sayTotal } from "../../opening/opened.ts";
import { formatPoints } from "../sheets/rules.ts";
import type { Report } from "./report.ts";
import type { LotResult, Ranked, Tie } from "./rules.ts";

export type ReportLot = Report["lots"][number];

export const nameOf = (lot: ReportLot | undefined, bidderNo: number): string =>
  lot?.bids.find((one) => one.bidderNo === bidderNo)?.name ?? String(bidderNo);

/** Totals beside one another, each held against the full marks: lengths are cut off, the points beside them exact. */
export const TotalBars = ({ c, lot, result }: { c: AppContext; lot: ReportLot; result: LotResult }) => {
  const { t } = c.var;
  const width = (points: number): number => Math.floor((points * BAR_UNITS) / Math.max(1, result.full));
  return (
    <div class="turnouts">
      {result.ranked.map(({ bidderNo, total, rank }) => (
        <div class="turnout">
          <p class="turnout-head">
            <span>
              {t(`第${rank}名　`, `${rank}. `)}
              {nameOf(lot, bidderNo)}
            </span>
            <span class="num">
              <b>{formatPoints(total)}</b>
              {t("分", " points")}
            </span>
          </p>
          <DrawnBar bar={width(total)} />
        </div>
      ))}
    </div>
  );
};

const TIE_WORDS = {
  lower_price: { zh: "报价低的在前", en: "the lower price first" },
  higher_judged: { zh: "评审打分高的在前", en: "the higher judgement first" },
  draw: { zh: "用事先封存的种子抽签", en: "drawn from the seed committed to before" },
};

export const sayTie = (c: AppContext, lot: ReportLot | undefined, tie: Tie): string => {
  const { t } = c.var;
  const names = tie.between.map((one) => nameOf(lot, one)).join(t("、", ", "));
  return t(
    `${names}总分同为${formatPoints(tie.total)}：${TIE_WORDS[tie.settledBy].zh}。`,
    `${names} have ${formatPoints(tie.total)} each: ${TIE_WORDS[tie.settledBy].en}.`,
  );
};

/** One lot in figures: bars, then the table in which every row adds up. */
export const LotFigures = ({
  c,
  report,
  lot,
  result,
}: {
  c: AppContext;
  report: Report;
  lot: ReportLot;
  result: LotResult;
}) => {
  const { t } = c.var;
  const partOf = (row: Ranked, key: string): string =>
    formatPoints(row.parts.find(({ criterion }) => criterion === key)?.points ?? 0);
  return (
    <>
      <TotalBars c={c} lot={lot} result={result} />
      <DataTable
        caption={t(`得分（满分${formatPoints(result.full)}）`, `Points (full marks ${formatPoints(result.full)})`)}
        rows={result.ranked}
        columns={[
          { label: t("名次", "Rank"), cell: ({ rank }) => String(rank) },
          { label: t("投标人", "Bidder"), head: true, cell: ({ bidderNo }) => nameOf(lot, bidderNo) },
          {
            label: t("服务期报价（元）", "Over the term (yuan)"),
            number: true,
            cell: ({ bidderNo }) => sayTotal(lot.bids.find((one) => one.bidderNo === bidderNo)?.totalHundredths ?? 0),
          },
          ...report.criteria.map(({ key, title, weight }) => ({
            label: t(`${title}（${weight}）`, `${key} (${weight})`),
            number: true,
            cell: (row: Ranked) => partOf(row, key),
          })),
          { label: t("总分", "Total"), number: true, cell: ({ total }) => <b>{formatPoints(total)}</b> },
        ]}
      />
      {result.ties.map((tie) => (
        <p>{sayTie(c, lot, tie)}</p>
      ))}
      {lot.void.length > 0 ? (
        <p>
          {t("不参加评审的：", "Not compared: ")}
          {lot.void.map(({ name, why }) => t(`${name}（${why}）`, `${name} (${why})`)).join(t("；", "; "))}
        </p>
      ) : null}
    </>
  );
};

/** What was asked about prices of a lot, answered and decided; nothing where nothing was. */
export const LotPriceQueries = ({ c, report, lot }: { c: AppContext; report: Report; lot: ReportLot }) => {
  const { t } = c.var;
  const rows = (report.priceQueries ?? []).filter(({ lotNo }) => lotNo === lot.lotNo);
  const calledOf = (no: number): string =>
    [...lot.bids, ...lot.void].find(({ bidderNo }) => bidderNo === no)?.name ?? String(no);
  return rows.length === 0 ? null : (
    <DataTable
      caption={t("对报价的询问和决定", "Questions about prices, and what was decided")}
      rows={rows}
      columns={[
        { label: t("投标人", "Bidder"), head: true, cell: ({ bidderNo }) => calledOf(bidderNo) },
        { label: t("要说明的", "Asked"), cell: ({ question }) => question },
        { label: t("说明", "Answered"), cell: ({ answer }) => answer ?? t("没有在期限内说明", "not in time") },
        {
          label: t("决定和理由", "Decided, and why"),
          cell: ({ outcome, reason }) =>
            outcome === "kept" ? t(`有效：${reason}`, `valid: ${reason}`) : t(`无效：${reason}`, `void: ${reason}`),
        },
      ]}
    />
  );
};

/** Every judgement with its reason, and every fact with its evidence: open, because what is folded is not printed. */
export const LotReasons = ({ c, report, lot }: { c: AppContext; report: Report; lot: ReportLot }) => {
  const { t } = c.var;
  const titleOf = (key: string): string => report.criteria.find((one) => one.key === key)?.title ?? key;
  const rows = [
    ...report.facts.map((one) => ({ ...one, by: t("客观分", "fact") })),
    ...report.sheets.flatMap(({ memberNo, given }) =>
      given.map((one) => ({ ...one, by: t(`${memberNo}号成员`, `member ${memberNo}`) })),
    ),
  ].filter(({ lotNo }) => lotNo === lot.lotNo);
  return (
    <Details open summary={t("每一项打分和理由", "Every judgement, with its reason")}>
      <DataTable
        caption={t("打分和理由", "Judgements")}
        rows={rows.toSorted((a, b) => a.bidderNo - b.bidderNo)}
        columns={[
          { label: t("投标人", "Bidder"), head: true, cell: ({ bidderNo }) => nameOf(lot, bidderNo) },
          { label: t("评分项", "Criterion"), cell: ({ criterion }) => titleOf(criterion) },
          { label: t("谁打的", "By"), cell: ({ by }) => by },
          { label: t("得分", "Points"), number: true, cell: ({ points }) => formatPoints(points) },
          { label: t("理由或依据", "Reason or evidence"), cell: ({ reason }) => reason },
        ]}
      />
    </Details>
  );
};
