/** A statement as everybody reads it: the accustomed table, what is held apart, where it stands, and book against bank. Markup only. */
import type { Child } from "hono/jsx";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { postingsHref } from "./addresses.ts";
import { type Difference, type Figure, lastDayOf, type Standing, type Statement, type Use } from "./rules.ts";
import { DIFFERENCE_WORDS } from "./words.ts";

interface Shown {
  readonly c: AppContext;
  readonly statement: Statement;
  /** Whether figures lead to their postings: not on paper. */
  readonly links: boolean;
}

interface Row {
  readonly label: Child;
  readonly fen: number;
  readonly sum?: boolean;
}

/** 公示表: opening, income by source, reasonable cost, net, to the fund, other uses with their decision, closing. */
export const StatementTable = ({ c, statement, links }: Shown) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const name = ({ account, name: words }: Figure): Child =>
    links ? <a href={postingsHref(slug, statement.book, statement, account)}>{words[lang]}</a> : words[lang];
  const line = (figure: Figure): Row => ({ label: name(figure), fen: figure.fen });
  const use = (figure: Use): Row => ({
    label: (
      <>
        {name(figure)}
        {figure.decisions.length === 0 ? null : (
          <small class="hint"> {t(`依据：${figure.decisions.join("、")}`, `by ${figure.decisions.join(", ")}`)}</small>
        )}
      </>
    ),
    fen: figure.fen,
  });
  const sum = (zh: string, en: string, fen: number): Row => ({ label: t(zh, en), fen, sum: true });
  const rows: Row[] = [
    sum("一、上期结余", "Opening", statement.openingFen),
    ...(statement.broughtInFen === 0
      ? []
      : [sum("　　接收的期初余额", "Brought into the books", statement.broughtInFen)]),
    ...statement.income.map(line),
    sum("二、收入合计", "Income", statement.incomeFen),
    ...statement.costs.map(line),
    sum("三、合理成本合计", "Reasonable cost", statement.costFen),
    sum("四、净收益（二－三）", "Net (income less cost)", statement.netFen),
    ...statement.toFund.map(use),
    sum("五、补充维修资金", "To the maintenance fund", statement.toFundFen),
    ...statement.uses.map(use),
    sum("六、业主决定的其他使用", "Other uses, by owners' decision", statement.usesFen),
    sum("七、本期结余", "Closing", statement.closingFen),
  ];
  return (
    <DataTable
      caption={t("收支表（元）", "Income and cost, in yuan")}
      quietCaption={true}
      keep={true}
      rows={rows}
      columns={[
        {
          label: t("项目", "Item"),
          cell: ({ label, sum: strong }) => (strong ? <strong>{label}</strong> : label),
        },
        {
          label: t("金额（元）", "Yuan"),
          number: true,
          cell: ({ fen, sum: strong }) => (strong ? <strong>{formatYuan(fen)}</strong> : formatYuan(fen)),
        },
      ]}
    />
  );
};

/** What accounts held before and after, with what came and went. */
const Standings = ({ c, statement, links, rows, caption }: Shown & { rows: readonly Standing[]; caption: string }) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={caption}
      rows={rows}
      columns={[
        {
          label: t("项目", "Item"),
          head: true,
          cell: ({ account, name }) =>
            links ? (
              <a href={postingsHref(scene.community.slug, statement.book, statement, account)}>{name[lang]}</a>
            ) : (
              name[lang]
            ),
        },
        { label: t("期初", "Before"), number: true, cell: ({ openingFen }) => formatYuan(openingFen) },
        { label: t("增加", "Came"), number: true, cell: ({ inFen }) => formatYuan(inFen) },
        { label: t("减少", "Went"), number: true, cell: ({ outFen }) => formatYuan(outFen) },
        { label: t("期末", "After"), number: true, cell: ({ closingFen }) => formatYuan(closingFen) },
      ]}
    />
  );
};

/** Deposits: kept apart, for they are owed back. */
export const Deposits = (props: Shown) => {
  const { t } = props.c.var;
  return props.statement.deposits.length === 0 ? (
    <p>{t("本期没有押金收退，也没有押金余额。", "No deposits were held, taken or given back.")}</p>
  ) : (
    <Standings {...props} rows={props.statement.deposits} caption={t("押金（元）", "Deposits, in yuan")} />
  );
};

/** Where what is held stands: money, what others owe, other things, less what is owed. */
export const WhereItStands = (props: Shown) => {
  const { t } = props.c.var;
  const { money, receivables, otherAssets, debts } = props.statement;
  const parts: readonly (readonly [readonly Standing[], string])[] = [
    [money, t("银行存款和现金（元）", "Bank and cash, in yuan")],
    [receivables, t("别人还没有付的（元）", "Owed to the owners, in yuan")],
    [otherAssets, t("其他资产（元）", "Other assets, in yuan")],
    [debts, t("还没有付给别人的（元）", "Owed to others, in yuan")],
  ];
  return (
    <>
      {parts.map(([rows, caption]) =>
        rows.length === 0 ? null : <Standings {...props} rows={rows} caption={caption} />,
      )}
    </>
  );
};

/** Book against bank on the last day, account by account. */
export const BankTable = ({ c, statement }: Pick<Shown, "c" | "statement">) => {
  const { t, lang } = c.var;
  if (statement.banks.length === 0) return <p>{t("没有银行账户。", "No bank account.")}</p>;
  const on = sayDay(lastDayOf(statement), lang);
  return (
    <>
      {statement.banks.map((bank) => (
        <FactList>
          <Fact label={t("账户", "Account")}>{`${bank.holder} · ${bank.bank} ${bank.numberMasked}`}</Fact>
          <Fact label={t(`银行余额（${on}）`, `At the bank on ${on}`)}>{formatYuan(bank.bankFen)}</Fact>
          {bank.bookInFen === 0 ? null : (
            <Fact label={t("加：账已收、银行未收", "Plus: in the book, not yet at the bank")}>
              {formatYuan(bank.bookInFen)}
            </Fact>
          )}
          {bank.bookOutFen === 0 ? null : (
            <Fact label={t("减：账已付、银行未付", "Less: paid in the book, not yet by the bank")}>
              {formatYuan(bank.bookOutFen)}
            </Fact>
          )}
          {bank.bankInFen === 0 ? null : (
            <Fact label={t("减：银行已收、账未收", "Less: at the bank, not yet in the book")}>
              {formatYuan(bank.bankInFen)}
            </Fact>
          )}
          {bank.bankOutFen === 0 ? null : (
            <Fact label={t("加：银行已付、账未付", "Plus: paid by the bank, not yet in the book")}>
              {formatYuan(bank.bankOutFen)}
            </Fact>
          )}
          <Fact label={t("账面余额", "In the book")}>{formatYuan(bank.bookFen)}</Fact>
          <Fact label={t("核对结果", "Result")}>
            {bank.unexplainedFen === 0 ? (
              <StatusWord tone="good">
                {bank.items === 0
                  ? t("账和银行一致", "Book and bank agree")
                  : t(`${bank.items}笔未达账项说明了全部差额`, `${bank.items} items explain all of it`)}
              </StatusWord>
            ) : (
              <StatusWord tone="bad">
                {t(`还差${formatYuan(bank.unexplainedFen)}元`, `${formatYuan(bank.unexplainedFen)} yuan apart`)}
              </StatusWord>
            )}
          </Fact>
        </FactList>
      ))}
    </>
  );
};

/** Everything in which a version differs from the one before. */
export const Differences = ({
  c,
  statement,
  rows,
}: Pick<Shown, "c" | "statement"> & { rows: readonly Difference[] }) => {
  const { t, lang } = c.var;
  const named = [
    ...statement.income,
    ...statement.costs,
    ...statement.toFund,
    ...statement.uses,
    ...statement.deposits,
    ...statement.money,
    ...statement.receivables,
    ...statement.otherAssets,
    ...statement.debts,
  ];
  const figure = ({ what }: Difference, value: number | string): string =>
    typeof value === "string" ? value || "—" : what === "explained" ? String(value) : formatYuan(value);
  return (
    <DataTable
      caption={t("和前一版的不同", "What differs from the version before")}
      rows={rows}
      columns={[
        {
          label: t("项目", "Item"),
          head: true,
          cell: ({ what, account }) => {
            const name = named.find((one) => one.account === account)?.name[lang] ?? account;
            return `${DIFFERENCE_WORDS[what][lang]}${name === "" ? "" : t(`：${name}`, `: ${name}`)}`;
          },
        },
        { label: t("前一版", "Before"), number: true, cell: (one) => figure(one, one.before) },
        { label: t("这一版", "Now"), number: true, cell: (one) => figure(one, one.after) },
      ]}
    />
  );
};
