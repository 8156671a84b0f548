/** A budget as everybody reads it: its lines, how each stands against the books, and what a version changed. Markup only. */
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { bookHref } from "../books/addresses.ts";
import { type Account, type Period, periodOf } from "../books/rules.ts";
import { nameOf } from "../books/shown.tsx";
import { MoneyBars } from "../leases/bars.tsx";
import {
  type Budget,
  type BudgetDifference,
  type Compared,
  monthsOfYear,
  PLANNED_KINDS,
  type Standing,
} from "./rules.ts";
import { leftWords, PLANNED_WORDS } from "./words.ts";

/** What was planned, kind by kind, for a version that is not in force. */
export const PlannedTable = ({
  c,
  budget,
  accounts,
}: {
  c: AppContext;
  budget: Budget;
  accounts: readonly Account[];
}) => {
  const { t, lang } = c.var;
  const kindOf = (code: string) => accounts.find((one) => one.book === budget.book && one.code === code)?.kind;
  return (
    <DataTable
      caption={t("预算（元）", "Planned, in yuan")}
      keep={true}
      rows={PLANNED_KINDS.flatMap((kind) => budget.lines.filter(({ account }) => kindOf(account) === kind))}
      columns={[
        {
          label: t("科目", "Account"),
          head: true,
          cell: ({ account }) => {
            const kind = PLANNED_KINDS.find((one) => one === kindOf(account));
            const name = nameOf(accounts, budget.book, account, lang);
            return kind ? `${PLANNED_WORDS[kind][lang]}${t("：", ": ")}${name}` : name;
          },
        },
        { label: t("金额", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
      ]}
    />
  );
};

interface Shown {
  readonly c: AppContext;
  readonly budget: Pick<Budget, "book" | "year">;
  readonly compared: Compared;
  /** The last month that is counted; the whole year where it is absent. */
  readonly through?: Period;
}

/** A bar an account, full at its own plan: a small account shows as well as a large one, and what goes beyond has the line within it. */
export const StandingBars = ({ c, compared }: Pick<Shown, "c" | "compared">) => {
  const { t, lang } = c.var;
  return (
    <MoneyBars
      t={t}
      each={true}
      bars={compared.rows.map(({ name, kind, plannedFen, actualFen, leftFen }) => ({
        label: `${PLANNED_WORDS[kind][lang]}${t("：", ": ")}${name[lang]}`,
        fen: actualFen,
        ...(plannedFen === 0 ? {} : { markFen: plannedFen }),
        note:
          plannedFen === 0
            ? t("没有列入预算", "not planned")
            : t(
                `预算${formatYuan(plannedFen)}元，${leftWords(kind, leftFen).zh}`,
                `planned ${formatYuan(plannedFen)}, ${leftWords(kind, leftFen).en}`,
              ),
      }))}
    />
  );
};

/** The same as a table; each figure of what was done opens to its vouchers, and an overspending says why. */
export const StandingTable = ({ c, budget, compared, through }: Shown) => {
  const { t, lang, scene } = c.var;
  const { from, to } = monthsOfYear(budget.year);
  // A book that began within the year has no page of the months before.
  const opens = ({ account, fromOn }: Standing): string => {
    const first = periodOf(fromOn) > from ? periodOf(fromOn) : from;
    return `${bookHref(scene.community.slug, budget.book, first)}/of/${account}?to=${through ?? to}`;
  };
  const total = (zh: string, en: string, sums: { readonly planned: number; readonly actual: number }) =>
    t(
      `${zh}：预算${formatYuan(sums.planned)}元，实际${formatYuan(sums.actual)}元`,
      `${en}: planned ${formatYuan(sums.planned)}, actual ${formatYuan(sums.actual)} yuan`,
    );
  return (
    <>
      <DataTable
        caption={t("预算与实际（元）", "Planned and actual, in yuan")}
        rows={compared.rows}
        columns={[
          {
            label: t("科目", "Account"),
            head: true,
            cell: ({ kind, name }) => `${PLANNED_WORDS[kind][lang]}${t("：", ": ")}${name[lang]}`,
          },
          { label: t("预算", "Planned"), number: true, cell: ({ plannedFen }) => formatYuan(plannedFen) },
          {
            label: t("实际", "Actual"),
            number: true,
            cell: (row) => <a href={opens(row)}>{formatYuan(row.actualFen)}</a>,
          },
          { label: t("相差", "Left"), number: true, cell: ({ leftFen }) => formatYuan(leftFen) },
          { label: t("情况", "How it stands"), cell: (row) => <StandingWords c={c} row={row} /> },
        ]}
      />
      <p class="hint">
        {total("收入", "Income", compared.incomeFen)}
        {t("；", "; ")}
        {total("成本", "Cost", compared.costFen)}
        {t("；", "; ")}
        {total("结余使用", "Uses", compared.useFen)}
      </p>
    </>
  );
};

const StandingWords = ({ c, row }: { c: AppContext; row: Standing }) => {
  const { t, lang } = c.var;
  if (row.standing === "within") return <>{leftWords(row.kind, row.leftFen)[lang]}</>;
  return (
    <>
      <StatusWord tone="bad">{leftWords(row.kind, row.leftFen)[lang]}</StatusWord>
      <br />
      {row.reason ?? t("还没有说明原因", "no reason given yet")}
    </>
  );
};

/** Everything in which a version differs from the one before. */
export const BudgetDifferences = ({
  c,
  budget,
  accounts,
  rows,
}: {
  c: AppContext;
  budget: Pick<Budget, "book">;
  accounts: readonly Account[];
  rows: readonly BudgetDifference[];
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("和前一版的不同（元）", "What differs from the version before, in yuan")}
      rows={rows}
      empty={<p class="quiet">{t("金额没有变化，只改了说明。", "No amount differs; the note does.")}</p>}
      columns={[
        {
          label: t("科目", "Account"),
          head: true,
          cell: ({ account }) => nameOf(accounts, budget.book, account, lang),
        },
        { label: t("前一版", "Before"), number: true, cell: ({ beforeFen }) => formatYuan(beforeFen) },
        { label: t("这一版", "Now"), number: true, cell: ({ afterFen }) => formatYuan(afterFen) },
        {
          label: t("增减", "By"),
          number: true,
          cell: ({ beforeFen, afterFen }) => formatYuan(afterFen - beforeFen),
        },
      ]}
    />
  );
};
