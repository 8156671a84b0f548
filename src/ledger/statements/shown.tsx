/** A statement as everybody reads it: the accustomed table, what is held apart, where it stands, and book against bank. Markup only. */
import type { Child } from "hono/jsx";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { ASSET_KINDS } from "../assets/rules.ts";
import { OccupancyBars } from "../assets/shown.tsx";
import { ASSET_KIND_WORDS } from "../assets/words.ts";
import { voucherHref } from "../books/addresses.ts";
import { voucherWords } from "../books/words.ts";
import { leaseHref } from "../leases/addresses.ts";
import { postingsHref } from "./addresses.ts";
import { type Figure, type OpenItem, type Standing, type Statement, sourcesOfIncome, type Use } from "./rules.ts";
import { lastDayOf } from "./spans/rules.ts";
import type { Difference } from "./versions/rules.ts";
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

/** Income lease by lease under its source, each leading to the vouchers of its charges, and what came otherwise. */
export const LeaseIncome = ({ c, statement, links }: Shown) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const sources = sourcesOfIncome(statement);
  if (sources.length === 0) return <p>{t("本期没有租约收入。", "No lease brought anything.")}</p>;
  const rows = sources.flatMap(({ account, name, leases, restFen }) => [
    ...leases.map((one) => ({ account, source: name[lang], lease: one, fen: one.fen })),
    ...(restFen === 0 ? [] : [{ account, source: name[lang], lease: null, fen: restFen }]),
  ]);
  return (
    <DataTable
      caption={t("按租约的收入（元）", "Income by lease, in yuan")}
      rows={rows}
      columns={[
        {
          label: t("租约", "Lease"),
          head: true,
          cell: ({ account, lease }) => {
            const words = lease
              ? t(`第${lease.lease}号 ${lease.purpose}`, `No. ${lease.lease} ${lease.purpose}`)
              : t("租约以外的收入", "Otherwise than by lease");
            const href = lease ? leaseHref(slug, lease.lease) : postingsHref(slug, statement.book, statement, account);
            return links ? <a href={href}>{words}</a> : words;
          },
        },
        { label: t("出租的是", "What is let"), cell: ({ lease }) => lease?.assets.join("、") || "—" },
        { label: t("来源", "Source"), cell: ({ source }) => source },
        { label: t("金额", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
      ]}
    />
  );
};

/** How much of the common parts was let on the last day. */
export const LetOnLastDay = ({ c, statement }: Pick<Shown, "c" | "statement">) => {
  const { t, lang } = c.var;
  const rows = statement.occupancy ?? [];
  if (rows.length === 0)
    return <p>{t("登记册里还没有可以出租的共有部分。", "Nothing that may be let is registered.")}</p>;
  return (
    <>
      <p class="hint">{t(`${sayDay(lastDayOf(statement), "zh")}当天`, `On ${sayDay(lastDayOf(statement), lang)}`)}</p>
      <OccupancyBars c={c} rows={rows} />
    </>
  );
};

/** Each item that one side has alone. */
const OpenItems = ({ c, statement, links, open }: Shown & { open: readonly OpenItem[] }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const what = ({ side, fen }: OpenItem): string =>
    side === "bank"
      ? fen > 0
        ? t("银行已收、账未收", "in at the bank only")
        : t("银行已付、账未付", "out at the bank only")
      : fen > 0
        ? t("账已收、银行未收", "in in the book only")
        : t("账已付、银行未付", "out in the book only");
  return (
    <DataTable
      caption={t("未达账项，逐笔（元）", "Each item that stands between, in yuan")}
      rows={open}
      columns={[
        { label: t("日期", "Day"), head: true, cell: ({ onDay }) => sayDay(onDay, lang) },
        { label: t("情况", "What it is"), cell: what },
        {
          label: t("凭证", "Voucher"),
          cell: ({ voucher }) => {
            if (!voucher) return "—";
            const words = voucherWords(voucher)[lang];
            return links ? <a href={voucherHref(slug, { book: statement.book, ...voucher })}>{words}</a> : words;
          },
        },
        { label: t("金额", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
      ]}
    />
  );
};

/** Book against bank on the last day, account by account, and every item that stands between. */
export const BankTable = (props: Shown) => {
  const { c, statement } = props;
  const { t, lang } = c.var;
  if (statement.banks.length === 0) return <p>{t("没有银行账户。", "No bank account.")}</p>;
  const on = sayDay(lastDayOf(statement), lang);
  return (
    <>
      {statement.banks.map((bank) => (
        <>
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
          {bank.open && bank.open.length > 0 ? <OpenItems {...props} open={bank.open} /> : null}
        </>
      ))}
    </>
  );
};

/** What a difference is of, where it is no account's. */
function differenceName(c: AppContext, what: Difference["what"], account: string): string | null {
  const { t, lang } = c.var;
  const [first] = account.split("/");
  if (what === "lease") return t(`第${first}号`, `no. ${first}`);
  const kind = what === "let" ? ASSET_KINDS.find((one) => one === first) : undefined;
  return kind ? ASSET_KIND_WORDS[kind][lang] : null;
}

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
    typeof value === "string"
      ? value || "—"
      : what === "explained" || what === "let"
        ? String(value)
        : formatYuan(value);
  return (
    <DataTable
      caption={t("和前一版的不同", "What differs from the version before")}
      rows={rows}
      columns={[
        {
          label: t("项目", "Item"),
          head: true,
          cell: ({ what, account }) => {
            const name =
              differenceName(c, what, account) ?? named.find((one) => one.account === account)?.name[lang] ?? account;
            return `${DIFFERENCE_WORDS[what][lang]}${name === "" ? "" : t(`：${name}`, `: ${name}`)}`;
          },
        },
        { label: t("前一版", "Before"), number: true, cell: (one) => figure(one, one.before) },
        { label: t("这一版", "Now"), number: true, cell: (one) => figure(one, one.after) },
      ]}
    />
  );
};
