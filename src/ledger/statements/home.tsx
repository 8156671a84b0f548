/** The accounts' home: the last statement in one screen a neighbour understands, what is told next and when, and the way to every month and voucher. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { accountsHref, bookHref } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { type BookState, type Period, periodOf } from "../books/rules.ts";
import { accountsFrom, listAccounts, listBooks, listMovements } from "../books/store.ts";
import { monthWords } from "../books/words.ts";
import { distributionsHref } from "../distribution/addresses.ts";
import { fundHref } from "../fund/addresses.ts";
import { regularHref } from "../regular/addresses.ts";
import { clockQueries, clocksFrom } from "./actions.ts";
import { statementHref, statementsHref } from "./addresses.ts";
import { IncomeOverTime, WhereItWent } from "./charts.tsx";
import { Clocks } from "./clocks.tsx";
import { DRAWN, statementItem } from "./public.tsx";
import { type Statement, statementOf } from "./rules.ts";
import { monthsFrom } from "./spans/rules.ts";
import { listStatements, listTold, type StatementRow, statementFrom } from "./store.ts";
import { bankWords, spanWords, statementTitle } from "./words.ts";

/** Mounted at /c/:slug. */
export const accountsHomeRoutes = new Hono<AppEnv>();
const LISTED = 4;
const MONTHS_LISTED = 12;

accountsHomeRoutes.get("/accounts", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const month = periodOf(dayOf(now));
  const [books, told, statements, toldThrough, settings, accounts, moved] = await scene.db.read(
    listBooks(scene),
    listTold(scene, "common", DRAWN),
    listStatements(scene, { limit: LISTED, before: 99_999_999 }),
    ...clockQueries(scene),
    listAccounts(scene, "common"),
    // At most a year of months that no statement tells of yet; older ones are late, and the clock says so.
    listMovements(scene, "common", monthsFrom(month, -11), month),
  );
  const clocks = clocksFrom(scene, [toldThrough, settings]);
  const last = told[0] ? statementFrom(told[0]) : null;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("公开账目", "Public accounts")}
      switchHref={`${accountsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("公开账目", "Public accounts")}</h1>
      <p class="lead">
        {t(
          "公共收益归全体业主。每一个数字都能点开，一直看到凭证和它在公开记录里的证明。",
          "What the common parts earn belongs to all owners. Every figure opens to its vouchers, and each voucher to its proof.",
        )}
      </p>
      <Clocks c={c} clocks={clocks} />
      {books.length === 0 ? (
        <EmptyState title={t("还没有账目", "No accounts yet")}>
          {t(
            "账簿设立并开始记账后，这里可以看到每一期收了多少、花了多少、还剩多少。",
            "Once books are kept, what came in, what was spent and what is left stands here.",
          )}
        </EmptyState>
      ) : null}
      {last ? <Last c={c} row={last} /> : null}
      {last ? (
        <>
          <h2>{t("各期收入", "Income over time")}</h2>
          <IncomeOverTime t={t} lang={lang} told={told.map((one) => statementFrom(one).content).reverse()} />
        </>
      ) : null}
      {books.some(({ book }) => book === "common") ? (
        <SoFar c={c} figures={soFar(accountsFrom(accounts), moved, month)} months={monthsFrom(month, -11)} />
      ) : null}
      {statements.length > 0 ? (
        <>
          <h2>{t("公布过的公示", "Published statements")}</h2>
          <LinkList items={statements.map((row) => statementItem(c, row))} />
          <p>
            <a href={statementsHref(slug)}>{t("全部收支公示", "All statements")}</a>
          </p>
        </>
      ) : null}
      <h2>{t("自己查、自己算", "Look and reckon yourself")}</h2>
      <LinkList
        items={[
          {
            href: `${accountsHref(slug)}/assets`,
            title: t("哪些共有部分在挣钱", "What of the common parts earns"),
            note: t("公有用房、车位、广告位的登记册", "The register of rooms, parking and advertising places"),
          },
          {
            href: `${accountsHref(slug)}/expected`,
            title: t("应收与实收", "Expected and received"),
            note: t("每个月应该收多少，账上和银行各收到多少", "What a month should bring in, and what came"),
          },
          {
            href: distributionsHref(slug),
            title: t("公共收益怎么用、怎么分", "How the common revenue is used and shared"),
            note: t("补充维修资金多少，分给业主多少", "What went to the maintenance fund, and what to the owners"),
          },
          {
            href: fundHref(slug),
            title: t("维修资金", "The maintenance fund"),
            note: t("每栋还有多少，修过什么，花了多少", "What is left by building, what was repaired and at what cost"),
          },
          {
            href: regularHref(slug),
            title: t("定期公开的八项", "What owners are told regularly"),
            note: t("服务事项、负责人员、收费标准、履行情况等", "Services, persons in charge, rates, how it was done"),
          },
          {
            href: `${accountsHref(slug)}/budget`,
            title: t("年度预算", "Budgets"),
            note: t("打算收多少、花多少，实际又是多少", "What was planned, and what was done"),
          },
          {
            href: `${accountsHref(slug)}/audits`,
            title: t("账目审计", "Audits of the books"),
            note: t("谁审计、怎样抽的凭证、什么意见", "Who audits, how vouchers were drawn, and the opinion"),
          },
          {
            href: `${accountsHref(slug)}/questions`,
            title: t("业主的提问和答复", "Owners' questions and the answers"),
            note: t("没有答复的也看得到", "Those that wait are shown too"),
          },
          {
            href: `${accountsHref(slug)}/export`,
            title: t("把账目带走，自己算一遍", "Take the accounts away and add them up"),
            note: t("CSV、Excel、hledger、beancount", "CSV, Excel, hledger, beancount"),
          },
          {
            href: "/calculator/accounts",
            title: t("核对任何一份收支公示", "Check any published statement"),
            note: t("把印出的数字填进去，看合计算不算得出", "Put in its printed figures and see whether they follow"),
          },
        ]}
      />
      {books.map((row) => (
        <Details summary={t(`${BOOK_WORDS[row.book].zh}：按月看账`, `${BOOK_WORDS[row.book].en}, month by month`)}>
          <LinkList
            items={lastMonths(row.fromPeriod, month).map((period) => ({
              href: bookHref(slug, row.book, period),
              title: monthWords(period)[lang],
              status:
                row.closedThrough !== null && period <= row.closedThrough ? (
                  <StatusWord tone="good">{t("已结账", "closed")}</StatusWord>
                ) : (
                  <StatusWord tone="waiting">{t("未结账", "open")}</StatusWord>
                ),
            }))}
          />
        </Details>
      ))}
    </Page>,
  );
});

/** The last statement: the four figures everybody asks for, whether the bank agrees, and what became of each yuan. */
const Last = ({ c, row }: { c: AppContext; row: StatementRow }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const statement = row.content;
  const yuan = (fen: number) => <b class="num">{t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`)}</b>;
  const spent = statement.costFen + statement.toFundFen + statement.usesFen;
  return (
    <>
      <h2>{statementTitle(row, lang)}</h2>
      <FactList>
        <Fact label={t("上期结余", "Brought over")}>{yuan(statement.openingFen)}</Fact>
        <Fact label={t("收到", "Came in")}>{yuan(statement.incomeFen)}</Fact>
        <Fact label={t("用去", "Went out")}>{yuan(spent)}</Fact>
        <Fact label={t("期末结余", "Left")}>{yuan(statement.closingFen)}</Fact>
        <Fact label={t("和银行核对", "Against the bank")}>
          {statement.banks.length > 0 ? (
            <StatusWord tone="good">{bankWords(statement.banks)[lang]}</StatusWord>
          ) : (
            bankWords(statement.banks)[lang]
          )}
        </Fact>
        <Fact label={t("公布", "Published")}>{sayDay(dayOf(row.endedAt!), lang)}</Fact>
      </FactList>
      <Actions>
        <ButtonLink href={statementHref(slug, row.number!)}>
          {t(`看${spanWords(row).zh}的全部账目`, `Read all of ${spanWords(row).en}`)}
        </ButtonLink>
      </Actions>
      <h2>{t("每一元用到了哪里", "Where each yuan went")}</h2>
      <WhereItWent t={t} lang={lang} statement={statement} />
    </>
  );
};

/** What the last twelve months did, closed or not: figures of the running books, said to be so. */
const soFar = (
  accounts: BookState["accounts"],
  movements: Parameters<typeof statementOf>[0]["movements"],
  month: Period,
): Statement =>
  statementOf({
    book: "common",
    span: { from: monthsFrom(month, -11), to: month },
    accounts,
    movements,
    decisions: [],
    banks: [],
    leases: [],
    occupancy: [],
    note: "",
  });

const SoFar = ({ c, figures, months }: { c: AppContext; figures: Statement; months: Period }) => {
  const { t } = c.var;
  return (
    <p>
      {t(
        `最近十二个月（${monthWords(months).zh}起，含还没有结账的月份）：收入${formatYuan(figures.incomeFen)}元，成本${formatYuan(figures.costFen)}元。`,
        `The last twelve months (since ${monthWords(months).en}, open months included): income ${formatYuan(figures.incomeFen)}, cost ${formatYuan(figures.costFen)} yuan.`,
      )}
    </p>
  );
};

/** The last months of a book, the newest first. */
function lastMonths(from: Period, today: Period): Period[] {
  const months: Period[] = [];
  for (let at = today; at >= from && months.length < MONTHS_LISTED; at = monthsFrom(at, -1)) months.push(at);
  return months;
}
