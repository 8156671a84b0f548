/** Two drawings of a statement, made on the server: income by source over time, and what became of each yuan. Each with its figures as text. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual, Lang, T } from "../../platform/i18n.ts";
import { DrawnBar } from "../../platform/ui/charts.tsx";
import { barGeometry, percentCut } from "../../platform/ui/shares.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type Part, type Statement, whereItWent } from "./rules.ts";
import { spanWords } from "./words.ts";

const MOST_SHADES = 5;
const [COLUMN, GAP, HEIGHT, LABEL] = [72, 28, 200, 34];

/** Income of the last statements, the oldest first: a column each, its sources in shades from the largest up. */
export const IncomeOverTime = ({ t, lang, told }: { t: T; lang: Lang; told: readonly Statement[] }) => {
  const sources = sourcesOf(told);
  if (told.length === 0 || sources.length === 0) return null;
  const most = Math.max(1, ...told.map(({ income }) => income.reduce((sum, { fen }) => sum + Math.max(0, fen), 0)));
  const width = told.length * (COLUMN + GAP) + GAP;
  const shade = (at: number): number => Math.max(20, 100 - Math.min(at, MOST_SHADES - 1) * 20);
  return (
    <>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + LABEL}`}
        width="100%"
        height={String(HEIGHT + LABEL)}
        role="img"
        aria-label={t(
          "各期收入，按来源分层，数字见下表",
          "Income of each statement by source; the figures stand in the table below",
        )}
      >
        {told.map((statement, at) => {
          const x = GAP + at * (COLUMN + GAP);
          let from = HEIGHT;
          return (
            <g>
              {sources.map(({ account }, order) => {
                const fen = Math.max(0, statement.income.find((one) => one.account === account)?.fen ?? 0);
                const high = Math.round((fen * (HEIGHT - 8)) / most);
                from -= high;
                return high === 0 ? null : (
                  <rect class="bar-good" x={x} y={from} width={COLUMN} height={high} opacity={`${shade(order)}%`} />
                );
              })}
              <text x={x + COLUMN / 2} y={HEIGHT + 22} text-anchor="middle" font-size="15" fill="currentColor">
                {`${statement.from.slice(2)}`}
              </text>
            </g>
          );
        })}
        <path class="bar-line" d={`M0 ${HEIGHT}h${width}`} />
      </svg>
      <p class="hint">
        {t(
          "柱子从下往上、由深到浅，依次是下表从左到右的各项来源。",
          "From the bottom up, dark to light: the sources of the table below, from left to right.",
        )}
      </p>
      <DataTable
        caption={t("各期收入（元）", "Income of each statement, in yuan")}
        rows={[...told].reverse()}
        columns={[
          { label: t("期间", "Months"), head: true, cell: (one) => spanWords(one)[lang] },
          ...sources.map(({ account, name }) => ({
            label: name[lang],
            number: true as const,
            cell: (one: Statement) => formatYuan(one.income.find((line) => line.account === account)?.fen ?? 0),
          })),
          { label: t("合计", "Total"), number: true, cell: ({ incomeFen }) => formatYuan(incomeFen) },
        ]}
      />
    </>
  );
};

/** Every source that earned in any of them, the one that earned most first. */
function sourcesOf(told: readonly Statement[]): { readonly account: string; readonly name: Bilingual }[] {
  const sums = new Map<string, { account: string; name: Bilingual; fen: number }>();
  for (const { income } of told)
    for (const { account, name, fen } of income)
      sums.set(account, { account, name, fen: (sums.get(account)?.fen ?? 0) + fen });
  return [...sums.values()]
    .filter(({ fen }) => fen !== 0)
    .toSorted((a, b) => b.fen - a.fen || (a.account < b.account ? -1 : 1));
}

const partName = ({ what, name }: Part, t: T, lang: Lang): string =>
  name?.[lang] ?? (what === "kept" ? t("留在账上", "Kept") : what);

/** What became of the income, a bar a line. Where more was spent than came in it is said, and no bar drawn for what was not kept. */
export const WhereItWent = ({ t, lang, statement }: { t: T; lang: Lang; statement: Statement }) => {
  if (statement.incomeFen <= 0) return null;
  return (
    <div>
      {whereItWent(statement).map((part) => {
        const { bar } = barGeometry(Math.max(0, Math.min(part.fen, statement.incomeFen)), statement.incomeFen);
        return (
          <div class="turnout">
            <p class="turnout-head">
              <span>{partName(part, t, lang)}</span>
              <span class="num">
                <b>{t(`${formatYuan(part.fen)}元`, `${formatYuan(part.fen)} yuan`)}</b>{" "}
                <small>
                  {part.fen < 0
                    ? t("动用以前的结余", "out of what was kept before")
                    : percentCut(part.fen, statement.incomeFen)}
                </small>
              </span>
            </p>
            <DrawnBar bar={bar} tone={part.what === "kept" ? "bar-good" : "bar-part"} />
          </div>
        );
      })}
    </div>
  );
};
