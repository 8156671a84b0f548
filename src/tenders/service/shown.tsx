/** Parts that show how the service is done: the score over time, inspection sheets, requests, the formula. Markup only. */
import type { Child } from "hono/jsx";
import { addMonths, type Day } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { monthWords } from "../../ledger/books/words.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { DrawnBar } from "../../platform/ui/charts.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { BAR_UNITS } from "../../platform/ui/shares.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { ownRequestsHref, reportHref, requestsHref } from "../contracts/addresses.ts";
import type { ContractKey, ContractRow } from "../contracts/store.ts";
import { Requests } from "./requests/shown.tsx";
import { listRequests } from "./requests/store.ts";
import { partScore, SCORE_PARTS, type ScorePart, type ServicePeriod } from "./rules.ts";
import {
  type InspectionRow,
  inspectionFrom,
  listInspections,
  listReports,
  type ReportFigures,
  reportFrom,
} from "./store.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
export const PART_WORDS: Readonly<Record<ScorePart, Bilingual>> = {
  inspections: say("巡查", "Inspections"),
  ratings: say("业主评分", "Owners' ratings"),
  requests: say("按时答复", "Answers in time"),
};
export const RESULT_WORDS = {
  met: say("做到", "met"),
  partly: say("部分做到", "partly met"),
  failed: say("没做到", "not met"),
} as const;

/** `8300` is `83.00`; where nothing was measured, a dash. */
export const sayScore = (score: number | null): string => (score === null ? "—" : formatYuan(score));
/** `2026Q4` in words. */
export function sayPeriod(period: ServicePeriod, lang: "zh" | "en"): string {
  const year = period.slice(0, 4);
  if (period.includes("Q")) return lang === "zh" ? `${year}年第${period.slice(5)}季度` : `Q${period.slice(5)} ${year}`;
  if (period.includes("H"))
    return lang === "zh" ? `${year}年${period.endsWith("1") ? "上" : "下"}半年` : `H${period.slice(5)} ${year}`;
  return lang === "zh" ? `${year}年${Number(period.slice(5))}月` : period;
}

const LONGEST = 10_000;
/** Scores as bars of a hundred points, each with its number beside it. */
export const ScoreBars = ({
  bars,
}: {
  bars: readonly { readonly label: Child; readonly score: number | null; readonly note?: Child }[];
}) => (
  <div class="turnouts">
    {bars.map(({ label, score, note }) => (
      <div class="turnout">
        <p class="turnout-head">
          <span>{label}</span>
          <span class="num">
            <b>{sayScore(score)}</b>
          </span>
        </p>
        <DrawnBar bar={Math.floor(((score ?? 0) * BAR_UNITS) / LONGEST)} />
        {note ? <p class="hint">{note}</p> : null}
      </div>
    ))}
  </div>
);

const A_YEAR = 12;
const SHEETS_SHOWN = 24;
const REQUESTS_SHOWN = 10;
/** What the contract's page reads of the service: the reports, the sheets of a year, the newest requests. */
export const serviceQueries = (scene: Pick<Scene, "db" | "community">, key: ContractKey, today: Day) =>
  [
    listReports(scene, key),
    listInspections(scene, key, { from: addMonths(today, -A_YEAR).slice(0, 7), to: today.slice(0, 7) }),
    listRequests(scene, key, { limit: REQUESTS_SHOWN, before: 99_999_999 }),
  ] as const;
type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

export const ServiceSection = (props: {
  c: AppContext;
  row: ContractRow;
  rows: RowsOf<ReturnType<typeof serviceQueries>>;
}) => {
  const { c, row } = props;
  const { t, lang, scene } = c.var;
  const [stored, inspected, requests] = props.rows;
  const reports = stored.map(reportFrom);
  return (
    <section id="service">
      <h2>{t("服务做得怎样", "How well it is done")}</h2>
      {reports.length === 0 ? (
        <p>
          {t(
            "还没有公布过服务评价报告。一个周期结束、评分截止以后公布。",
            "No report yet; one is published when a period is over and ratings have closed.",
          )}
        </p>
      ) : (
        <ScoreBars
          bars={reports.map(({ period, score, deductFen }) => ({
            label: <a href={reportHref(scene.community.slug, row.number, period)}>{sayPeriod(period, lang)}</a>,
            score,
            note:
              deductFen > 0
                ? t(`按合同应扣${formatYuan(deductFen)}元`, `${formatYuan(deductFen)} yuan kept back by the contract`)
                : undefined,
          }))}
        />
      )}
      <Sheets c={c} rows={inspected.map(inspectionFrom).slice(0, SHEETS_SHOWN)} />
      <Requests c={c} rows={requests} />
      <p>
        {requests.length === REQUESTS_SHOWN ? (
          <>
            <a href={requestsHref(scene.community.slug, row.number)}>{t("全部报事", "All reports")}</a>{" "}
          </>
        ) : null}
        <a href={`${ownRequestsHref(scene.community.slug)}/new`}>
          {t("业主报修、投诉", "Owners report repairs and complaints")}
        </a>
      </p>
    </section>
  );
};

/** Inspection sheets; a corrected one stays, struck by the one that names it. `links` leads to the sheet at the desk. */
export const Sheets = (props: {
  c: AppContext;
  rows: readonly InspectionRow[];
  caption?: string;
  links?: (row: InspectionRow) => string;
}) => {
  const { c, rows, links } = props;
  const { t, lang } = c.var;
  const sheetOf = (row: InspectionRow) => `${monthWords(row.month)[lang]} ${row.building}`;
  return (
    <DataTable
      caption={props.caption ?? t("巡查表（近一年）", "Inspection sheets of a year")}
      rows={rows}
      empty={<p>{t("还没有巡查表。", "No inspection sheet yet.")}</p>}
      columns={[
        {
          label: t("月份和楼栋", "Month and building"),
          head: true,
          cell: (row) => (links ? <a href={links(row)}>{sheetOf(row)}</a> : sheetOf(row)),
        },
        { label: t("得分", "Points"), number: true, cell: ({ points, ofPoints }) => `${points}/${ofPoints}` },
        {
          label: t("没有做到的", "What was amiss"),
          cell: ({ items }) =>
            items
              .filter(({ result }) => result !== "met")
              .map(({ clause, result, note }) => `${clause}：${RESULT_WORDS[result][lang]}，${note}`)
              .join("；") || "—",
        },
        { label: t("谁查的", "By"), cell: ({ byWords, inspectedOn }) => `${byWords} ${sayDay(inspectedOn, lang)}` },
        {
          label: t("状态", "State"),
          cell: ({ correctedBy, corrects, why, photos }) => (
            <>
              {correctedBy === null
                ? corrects === null
                  ? t("有效", "stands")
                  : t(`更正：${why}`, `correction: ${why}`)
                : t("已更正", "corrected")}
              {photos.length > 0 ? <small> {t(`照片${photos.length}张`, `${photos.length} photographs`)}</small> : null}
            </>
          ),
        },
      ]}
    />
  );
};

/** The figures of a report and the formula that made its score of them: everybody can add it up again. */
export const ReportWords = ({
  c,
  figures,
  score,
  deductFen,
  terms,
}: {
  c: AppContext;
  figures: ReportFigures;
  score: number | null;
  deductFen: number;
  terms: ContractRow["terms"];
}) => {
  const { t, lang } = c.var;
  const { measured, weights } = figures;
  const parts = SCORE_PARTS.filter((part) => measured[part].of > 0);
  const basis: Record<ScorePart, string> = {
    inspections: t(
      `${figures.sheets}张巡查表，${measured.inspections.got}/${measured.inspections.of}分`,
      `${figures.sheets} sheets, ${measured.inspections.got} of ${measured.inspections.of} points`,
    ),
    ratings:
      figures.households >= figures.leastRatings
        ? t(
            `${figures.households}户评分，${measured.ratings.got}/${measured.ratings.of}`,
            `${figures.households} households, ${measured.ratings.got} of ${measured.ratings.of}`,
          )
        : t(
            `不足${figures.leastRatings}户评分，不公布也不计入`,
            `fewer than ${figures.leastRatings} households: neither shown nor counted`,
          ),
    requests: t(
      `应答复${measured.requests.of}件，按时${measured.requests.got}件`,
      `${measured.requests.of} due, ${measured.requests.got} in time`,
    ),
  };
  return (
    <>
      <p>
        <b class="num">{sayScore(score)}</b> {t("分（满分100）", "of 100 points")}
      </p>
      <DataTable
        caption={t("怎样得出", "How it comes out")}
        rows={[...SCORE_PARTS]}
        columns={[
          { label: t("项目", "Part"), head: true, cell: (part) => PART_WORDS[part][lang] },
          { label: t("数字", "Figures"), cell: (part) => basis[part] },
          { label: t("得分", "Points"), number: true, cell: (part) => sayScore(partScore(measured[part])) },
          { label: t("权重", "Weight"), number: true, cell: (part) => String(weights[part]) },
        ]}
      />
      <p class="hint">
        {t(
          `公式：各项得分×权重，除以有数据的各项权重之和（${parts.reduce((sum, part) => sum + weights[part], 0)}），最后舍到0.01。评分1至5分折成0至100分。`,
          `Formula: each part times its weight, divided by the weights of the parts that have figures (${parts.reduce((sum, part) => sum + weights[part], 0)}), cut off at 0.01 once. Ratings of 1 to 5 stand for 0 to 100.`,
        )}
      </p>
      {figures.clauses.length > 0 ? (
        <ScoreBars
          bars={figures.clauses.map(({ clause, total, count }) => ({
            label: clause,
            score: Math.floor(((total - count) * LONGEST) / (4 * count)),
            note: t(
              `平均${formatYuan(Math.floor((total * 100) / count))}分（1至5）`,
              `${formatYuan(Math.floor((total * 100) / count))} of 5 on average`,
            ),
          }))}
        />
      ) : null}
      <p>
        {terms.deduction === null
          ? t("合同没有约定考核扣款。", "The contract agrees on no deduction.")
          : t(
              `合同约定：低于${terms.deduction.belowPoints}分，每少1分扣当期应付款的${sayScore(terms.deduction.perPointBasisPoints)}%，最多${sayScore(terms.deduction.mostBasisPoints)}%。当期应付${formatYuan(figures.baseFen)}元，应扣${formatYuan(deductFen)}元。`,
              `By the contract each full point below ${terms.deduction.belowPoints} costs ${sayScore(terms.deduction.perPointBasisPoints)} % of what was due, ${sayScore(terms.deduction.mostBasisPoints)} % at most. ${formatYuan(figures.baseFen)} yuan was due; ${formatYuan(deductFen)} is kept back.`,
            )}
      </p>
    </>
  );
};

export const ReportLinks = ({
  c,
  number,
  periods,
}: {
  c: AppContext;
  number: number;
  periods: readonly ServicePeriod[];
}) => (
  <LinkList
    items={periods.map((period) => ({
      href: reportHref(c.var.scene.community.slug, number, period),
      title: sayPeriod(period, c.var.lang),
    }))}
  />
);
