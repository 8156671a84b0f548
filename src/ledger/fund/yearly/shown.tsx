/** Years of the fund as pages show them: whether each was published in time, and what an edition says. Markup only. */
import { type Day, dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import type { AppContext } from "../../../platform/context.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import type { BookRow } from "../../books/store.ts";
import { type YearClock, type YearContent, yearClocks } from "./rules.ts";
import type { PublishedYear } from "./store.ts";

/** The clocks of the fund's years; none while it has no book. */
export function clocksFrom(
  books: readonly BookRow[],
  years: readonly PublishedYear[],
  values: { readonly yearDays: { readonly value: number } },
  today: Day,
): YearClock[] {
  const book = books.find((one) => one.book === "fund");
  const published = years.map(({ year, firstAt }) => ({ year, onDay: dayOf(firstAt) }));
  return book ? yearClocks(book.fromPeriod, published, values.yearDays.value, today) : [];
}

export const YearClockWord = ({ c, clock }: { c: AppContext; clock: YearClock }) => {
  const { t, lang } = c.var;
  const { dueOn, doneOn, isOverdue } = clock;
  if (doneOn !== null)
    return (
      <StatusWord tone={doneOn > dueOn ? "note" : "good"}>
        {doneOn > dueOn
          ? t(
              `${sayDay(doneOn, lang)}公布，晚于期限${sayDay(dueOn, lang)}`,
              `published ${sayDay(doneOn, lang)}, after ${sayDay(dueOn, lang)}`,
            )
          : t(`${sayDay(doneOn, lang)}公布`, `published ${sayDay(doneOn, lang)}`)}
      </StatusWord>
    );
  return isOverdue ? (
    <StatusWord tone="bad">
      {t(`逾期没有公布，应在${sayDay(dueOn, lang)}以前`, `overdue since ${sayDay(dueOn, lang)}`)}
    </StatusWord>
  ) : (
    <StatusWord tone="waiting">{t(`${sayDay(dueOn, lang)}以前公布`, `due by ${sayDay(dueOn, lang)}`)}</StatusWord>
  );
};

/** In, out and what stood at both ends. */
export const YearFlows = ({
  c,
  content,
}: {
  c: AppContext;
  content: Pick<YearContent, "openingFen" | "flows" | "closingFen">;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("收支（元）", "In and out, in yuan")}
      rows={[
        { name: t("年初结余", "At the beginning"), in: content.openingFen, out: null },
        ...content.flows.map((one) => ({
          name: one[lang],
          in: one.isOut ? null : one.fen,
          out: one.isOut ? one.fen : null,
        })),
      ]}
      columns={[
        { label: t("项目", "What"), head: true, cell: ({ name }) => name },
        { label: t("收入", "In"), number: true, cell: (one) => (one.in === null ? null : formatYuan(one.in)) },
        { label: t("支出", "Out"), number: true, cell: ({ out }) => (out === null ? null : formatYuan(out)) },
      ]}
      foot={[t("年末结余", "At the end"), formatYuan(content.closingFen), ""]}
    />
  );
};

/** What an edition says besides: the bank, the buildings, the works, and what binds every unit's own account. */
export const YearRest = ({ c, content }: { c: AppContext; content: YearContent }) => {
  const { t } = c.var;
  return (
    <>
      <h2>{t("与银行核对", "Against the bank")}</h2>
      {content.banks.length === 0 ? (
        <p>
          {t(
            `资金由主管部门代管，与“${content.comparedWith}”核对一致。`,
            `The authority holds the money; compared with “${content.comparedWith}”.`,
          )}
        </p>
      ) : (
        <DataTable
          caption={t("12月31日余额（元）", "Balance on the 31st of December, in yuan")}
          rows={content.banks}
          columns={[
            { label: t("账户", "Account"), head: true, cell: ({ bank, numberMasked }) => `${bank} ${numberMasked}` },
            { label: t("账簿", "Book"), number: true, cell: ({ bookFen }) => formatYuan(bookFen) },
            { label: t("银行", "Bank"), number: true, cell: ({ bankFen }) => formatYuan(bankFen) },
            { label: t("未达账项（笔）", "On one side alone"), number: true, cell: ({ openItems }) => openItems },
          ]}
        />
      )}
      <h2>{t("各楼栋年末余额", "Buildings at the end of the year")}</h2>
      <DataTable
        caption={t("按楼栋（元）", "By building, in yuan")}
        quietCaption={true}
        rows={content.buildings}
        columns={[
          { label: t("楼栋", "Building"), head: true, cell: ({ building }) => building },
          { label: t("户数", "Units"), number: true, cell: ({ units }) => units },
          { label: t("余额", "Balance"), number: true, cell: ({ balanceFen }) => formatYuan(balanceFen) },
        ]}
      />
      {content.works.length === 0 ? null : (
        <>
          <h2>{t("这一年结算的工程", "Works settled in the year")}</h2>
          <DataTable
            caption={t("工程（元）", "Works, in yuan")}
            quietCaption={true}
            rows={content.works}
            columns={[
              { label: t("工程", "Works"), head: true, cell: ({ number, title }) => `${number}. ${title}` },
              { label: t("列支", "Paid"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
            ]}
          />
        </>
      )}
    </>
  );
};
