/** The books as everybody reads them: what each account did in a month, its vouchers one by one, each with its proof. Nothing that is not posted. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { askHref, Questions } from "../questions/shown.tsx";
import { listQuestionsAbout } from "../questions/store.ts";
import { accountsHref, bookHref, readBook, readCount, readPeriod, voucherHref } from "./addresses.ts";
import { BOOK_WORDS, KIND_WORDS } from "./chart.ts";
import {
  type Account,
  type Book,
  closingFen,
  growsOn,
  type Movement,
  nextPeriod,
  openFrom,
  type Period,
  periodOf,
} from "./rules.ts";
import { LinesTable, nameOf, VoucherFacts } from "./shown.tsx";
import {
  accountsFrom,
  byVoucherNumber,
  findVoucher,
  listAccounts,
  listBooks,
  listMovements,
  listPosted,
  listPostingsOf,
  voucherFrom,
} from "./store.ts";
import { monthWords, voucherWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicBookRoutes = new Hono<AppEnv>();
const A_PAGE = 50;

const crumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
];

/** An account's figure in the sign in which it grows: income, debts and what is owned all read as more than nothing. */
const grown = (account: Account | undefined, fen: number): number =>
  account && growsOn(account.kind) === "credit" ? (fen === 0 ? 0 : -fen) : fen;

publicBookRoutes.get("/accounts/:book{common|fund|working}/:period", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const [book, period] = [readBook(c.req.param("book")), readPeriod(c.req.param("period"))];
  const after = readCount(c.req.query("after") ?? "0");
  if (!book || !period || after === null) return c.notFound();
  const [books, accountRows, movements, stored] = await scene.db.read(
    listBooks(scene),
    listAccounts(scene, book),
    listMovements(scene, book, period, period),
    listPosted(scene, book, period, { limit: A_PAGE + 1, after }),
  );
  const row = books.find((one) => one.book === book);
  if (!row || period < row.fromPeriod || period > periodOf(dayOf(now))) return c.notFound();
  const accounts = accountsFrom(accountRows);
  const shown = stored.slice(0, A_PAGE).map(voucherFrom);
  const closed = row.closedThrough !== null && period <= row.closedThrough;
  const title = t(
    `${BOOK_WORDS[book].zh}账 ${monthWords(period).zh}`,
    `${BOOK_WORDS[book].en}, ${monthWords(period).en}`,
  );
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={crumbs(c)}
      switchHref={`${bookHref(slug, book, period)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        {closed ? (
          <StatusWord tone="good">{t("已结账，不会再变", "Closed: it changes no more")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">
            {t("还没有结账，可能还有凭证记入", "Not closed yet: more may be entered")}
          </StatusWord>
        )}
      </p>
      <Balances
        c={c}
        accounts={accounts}
        movements={movements}
        carried={
          period === row.fromPeriod ||
          closed ||
          period === openFrom({ from: row.fromPeriod, closedThrough: row.closedThrough })
        }
        book={book}
        period={period}
      />
      <h2>{t("凭证", "Vouchers")}</h2>
      <DataTable
        caption={t("本月凭证", "Vouchers of the month")}
        quietCaption={true}
        rows={shown}
        empty={<p>{t("本月没有凭证。", "No voucher this month.")}</p>}
        columns={[
          {
            label: t("号", "No."),
            cell: (one) => <a href={voucherHref(slug, { book, period, number: one.number! })}>{one.number}</a>,
          },
          { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
          {
            label: t("摘要", "What for"),
            head: true,
            cell: ({ text, reversedBy }) => (reversedBy ? `${text}${t("（已冲销）", " (taken back)")}` : text),
          },
          {
            label: t("科目", "Accounts"),
            cell: ({ lines }) => lines.map(({ account }) => nameOf(accounts, book, account, lang)).join(t("、", ", ")),
          },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        ]}
      />
      {stored.length > A_PAGE ? (
        <p>
          <a href={`${bookHref(slug, book, period)}?after=${shown.at(-1)?.number ?? 0}`}>
            {t("后面的凭证", "Further vouchers")}
          </a>
        </p>
      ) : null}
      <LinkList
        items={[
          ...(period > row.fromPeriod
            ? [{ href: bookHref(slug, book, previous(period)), title: t("上一个月", "The month before") }]
            : []),
          ...(nextPeriod(period) <= periodOf(dayOf(now))
            ? [{ href: bookHref(slug, book, nextPeriod(period)), title: t("下一个月", "The month after") }]
            : []),
        ]}
      />
    </Page>,
  );
});

const previous = (period: Period): Period => {
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5))];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
};

const Balances = (props: {
  c: AppContext;
  accounts: readonly Account[];
  movements: readonly Movement[];
  /** Whether what was carried in is known: only once the month before is closed. */
  carried: boolean;
  book: Book;
  period: Period;
}) => {
  const { c, accounts, movements, book, period } = props;
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const byCode = new Map(accounts.map((one) => [one.code, one]));
  const busy = movements.filter(
    ({ openingFen, debitFen, creditFen }) => openingFen !== 0 || debitFen !== 0 || creditFen !== 0,
  );
  const figure = (fen: number, account: Account | undefined) => formatYuan(grown(account, fen));
  return (
    <DataTable
      caption={t("各科目的发生额和余额（元）", "What each account did, in yuan")}
      rows={busy}
      empty={
        <EmptyState title={t("本月还没有记账", "Nothing was entered this month")}>
          {t("凭证过账后，各科目的数字会列在这里。", "Figures stand here once vouchers are posted.")}
        </EmptyState>
      }
      columns={[
        {
          label: t("科目", "Account"),
          head: true,
          cell: ({ account }) => (
            <a href={`${bookHref(slug, book, period)}/of/${account}`}>
              {account} {nameOf(accounts, book, account, lang)}
            </a>
          ),
        },
        { label: t("类别", "Kind"), cell: ({ account }) => KIND_WORDS[byCode.get(account)?.kind ?? "asset"][lang] },
        {
          label: t("期初", "Brought in"),
          number: true,
          cell: ({ account, openingFen }) => (props.carried ? figure(openingFen, byCode.get(account)) : "—"),
        },
        { label: t("借方", "Debit"), number: true, cell: ({ debitFen }) => formatYuan(debitFen) },
        { label: t("贷方", "Credit"), number: true, cell: ({ creditFen }) => formatYuan(creditFen) },
        {
          label: t("期末", "Carried out"),
          number: true,
          cell: (one) => (props.carried ? figure(closingFen(one), byCode.get(one.account)) : "—"),
        },
      ]}
    />
  );
};

publicBookRoutes.get("/accounts/:book{common|fund|working}/:period/of/:account", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [book, period] = [readBook(c.req.param("book")), readPeriod(c.req.param("period"))];
  const code = c.req.param("account");
  const page = readCount(c.req.query("page") ?? "1");
  // A figure of a statement opens to several months.
  const to = readPeriod(c.req.query("to") ?? period ?? undefined);
  if (!book || !period || !page || !to || to < period) return c.notFound();
  const span = { from: period, to };
  const [first, last] = [monthWords(period), monthWords(to)];
  const months = to === period ? first[lang] : t(`${first.zh}至${last.zh}`, `${first.en} to ${last.en}`);
  const among = to === period ? "" : `to=${to}&`;
  const [accountRows, rows] = await scene.db.read(
    listAccounts(scene, book),
    listPostingsOf(scene, book, code, span, { limit: A_PAGE + 1, offset: (page - 1) * A_PAGE }),
  );
  const account = accountsFrom(accountRows).find((one) => one.code === code);
  if (!account) return c.notFound();
  const title = `${code} ${account.name[lang]}`;
  const here = `${bookHref(slug, book, period)}/of/${code}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={`${title} ${months}`}
      breadcrumb={[
        ...crumbs(c),
        { href: bookHref(slug, book, period), label: `${BOOK_WORDS[book][lang]} ${monthWords(period)[lang]}` },
      ]}
      switchHref={`${here}?${among}lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">{t(`${months}记入这个科目的每一笔`, `Everything entered in ${months}`)}</p>
      <DataTable
        caption={t("明细", "Postings")}
        quietCaption={true}
        rows={rows.slice(0, A_PAGE)}
        empty={<p>{t("没有记入这个科目的凭证。", "Nothing was entered.")}</p>}
        columns={[
          {
            label: t("凭证号", "Voucher"),
            cell: (row) => (
              <a href={voucherHref(slug, { book, period: row.period, number: row.number })}>
                {to === period ? t(`第${row.number}号`, `no. ${row.number}`) : voucherWords(row)[lang]}
              </a>
            ),
          },
          { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
          { label: t("摘要", "What for"), head: true, cell: ({ text }) => text },
          {
            label: t("借方（元）", "Debit"),
            number: true,
            cell: ({ debitFen }) => (debitFen === 0 ? "" : formatYuan(debitFen)),
          },
          {
            label: t("贷方（元）", "Credit"),
            number: true,
            cell: ({ creditFen }) => (creditFen === 0 ? "" : formatYuan(creditFen)),
          },
        ]}
      />
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${here}?${among}page=${page + 1}`}>{t("后面的", "Further ones")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

publicBookRoutes.get("/accounts/:book{common|fund|working}/:period/:number", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [book, period] = [readBook(c.req.param("book")), readPeriod(c.req.param("period"))];
  const number = readCount(c.req.param("number"));
  if (!book || !period || !number) return c.notFound();
  const [stored, accountRows] = await scene.db.read(
    findVoucher(scene, byVoucherNumber(scene, book, period, number)),
    listAccounts(scene, book),
  );
  if (!stored[0]) return c.notFound();
  const row = voucherFrom(stored[0]);
  const [reverses, reversedBy, questions] = await scene.db.read(
    findVoucher(scene, row.reversesId ?? ""),
    findVoucher(scene, row.reversedBy ?? ""),
    listQuestionsAbout(scene, "voucher", row.voucherId, 10),
  );
  const related = {
    reverses: reverses[0] ? voucherFrom(reverses[0]) : null,
    reversedBy: reversedBy[0] ? voucherFrom(reversedBy[0]) : null,
  };
  const accounts = accountsFrom(accountRows);
  const title = t(`凭证 ${monthWords(period).zh}第${number}号`, `Voucher ${monthWords(period).en} no. ${number}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        ...crumbs(c),
        { href: bookHref(slug, book, period), label: `${BOOK_WORDS[book][lang]} ${monthWords(period)[lang]}` },
      ]}
      switchHref={`${voucherHref(slug, { book, period, number })}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <VoucherFacts c={c} row={row} related={related} counterparty={row.counterpartyShown} withFiles={false} />
      <LinesTable c={c} row={row} accounts={accounts} />
      <p class="hint">
        {t(
          "过账的凭证不能修改。记错的，用一张冲销凭证抵消，再重新填制，两张互相指明。",
          "A posted voucher is never changed. A wrong one is taken back by another and drafted anew; each names the other.",
        )}
      </p>
      {questions.length === 0 ? null : <h2>{t("业主的提问", "Owners' questions")}</h2>}
      <Questions c={c} rows={questions} />
      <p>
        <a href={askHref(slug, "voucher", row.voucherId)}>{t("就这张凭证提问", "Ask about this voucher")}</a>
      </p>
    </Page>,
  );
});
