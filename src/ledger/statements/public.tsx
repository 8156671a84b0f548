/** Published statements as everybody reads them: the list with its clock, one statement with its versions, and its A4 notice. One round trip each. */
import { Hono } from "hono";
import { addDays, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { shortCode } from "../../record/rules.ts";
import { accountsHref, readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { standingFrom, type YearStanding, yearQueries } from "../budget/actions.ts";
import { budgetHref } from "../budget/addresses.ts";
import { StandingBars, StandingTable } from "../budget/shown.tsx";
import { askHref, Questions } from "../questions/shown.tsx";
import { listQuestionsAbout } from "../questions/store.ts";
import { clockQueries, clocksFrom } from "./actions.ts";
import { statementHref, statementsHref } from "./addresses.ts";
import { IncomeOverTime, WhereItWent } from "./charts.tsx";
import { Clocks } from "./clocks.tsx";
import {
  BankTable,
  Deposits,
  Differences,
  LeaseIncome,
  LetOnLastDay,
  StatementTable,
  WhereItStands,
} from "./shown.tsx";
import { lastDayOf } from "./spans/rules.ts";
import {
  bookOf,
  findStatement,
  lastMonthOf,
  listStatements,
  listTold,
  listVersions,
  type StatementRow,
  statementFrom,
  type ToldLine,
  yearOf,
} from "./store.ts";
import { differences } from "./versions/rules.ts";
import { bankWords, spanWords, statementTitle } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicStatementRoutes = new Hono<AppEnv>();
const A_PAGE = 20;
const QUESTIONS_SHOWN = 10;
/** Statements drawn over time. */
export const DRAWN = 6;

const crumbs = (c: AppContext) => [
  { href: accountsHref(c.var.scene.community.slug), label: c.var.t("公开账目", "Public accounts") },
  { href: statementsHref(c.var.scene.community.slug), label: c.var.t("收支公示", "Statements") },
];

export const statementItem = (c: AppContext, row: ToldLine) => {
  const { t, lang, scene } = c.var;
  return {
    href: statementHref(scene.community.slug, row.number),
    title: statementTitle(row, lang),
    note: t(
      `${sayDay(dayOf(row.endedAt), lang)}公布${row.version === 1 ? "" : `，第${row.version}版，更正：${row.why}`}`,
      `published ${sayDay(dayOf(row.endedAt), lang)}${row.version === 1 ? "" : `, version ${row.version}: ${row.why}`}`,
    ),
  };
};

publicStatementRoutes.get("/accounts/statements", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? "99999999");
  if (before === null) return c.notFound();
  const [books, settings, rows] = await scene.db.read(
    ...clockQueries(scene),
    listStatements(scene, { limit: A_PAGE + 1, before }),
  );
  const shown = rows.slice(0, A_PAGE);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("收支公示", "Statements")}
      breadcrumb={crumbs(c).slice(0, 1)}
      switchHref={`${statementsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("收支公示", "Statements")}</h1>
      <Clocks c={c} clocks={clocksFrom(scene, [books, settings])} />
      <LinkList
        items={shown.map((row) => statementItem(c, row))}
        empty={
          <EmptyState title={t("还没有公布过", "None published yet")}>
            {t(
              "每一期的账结清、和银行核对一致后，会计起草、主任公布，就列在这里。",
              "Once the months are closed and agree with the bank, the accountant drafts a statement, the chair publishes it, and it stands here.",
            )}
          </EmptyState>
        }
      />
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${statementsHref(slug)}?before=${shown.at(-1)!.number}`}>{t("更早的公示", "Earlier ones")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

// ——— One statement ———

publicStatementRoutes.get("/accounts/statements/:number", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const asked = c.req.query("version");
  const wanted = asked === undefined ? undefined : readCount(asked);
  if (!number || wanted === null) return c.notFound();
  const [versions, told, questions, ...yearRows] = await scene.db.read(
    listVersions(scene, number),
    listTold(scene, bookOf(scene, number), DRAWN, lastMonthOf(scene, number)),
    listQuestionsAbout(scene, "statement", String(number), QUESTIONS_SHOWN),
    ...yearQueries(scene, bookOf(scene, number), yearOf(scene, number), lastMonthOf(scene, number)),
  );
  const all = versions.map(statementFrom);
  const row = wanted === undefined ? all[0] : all.find(({ version }) => version === wanted);
  if (!row) return c.notFound();
  const newest = all[0]!;
  const before = all.find(({ version }) => version === row.version! - 1);
  const statement = row.content;
  const title = statementTitle(row, lang);
  const shown = { c, statement, links: true };
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={crumbs(c)}
      switchHref={`${statementHref(slug, number)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        <StatusWord tone="good">
          {t(`${sayInstant(row.endedAt!, lang)}公布`, `Published ${sayInstant(row.endedAt!, lang)}`)}
        </StatusWord>
      </p>
      {row === newest ? null : (
        <Callout tone="warn" title={t("这不是最新的一版", "This is not the newest version")}>
          <p>
            <a href={statementHref(slug, number)}>{t(`看第${newest.version}版`, `Read version ${newest.version}`)}</a>
          </p>
        </Callout>
      )}
      <p class="lead">{inAWord(c, row)}</p>
      {statement.note === "" ? null : <p>{statement.note}</p>}
      {before ? (
        <Callout
          tone="warn"
          title={t(`第${row.version}版，更正了前一版`, `Version ${row.version} corrects the one before`)}
        >
          <p>{t(`原因：${row.why}`, `Why: ${row.why}`)}</p>
          <Differences c={c} statement={statement} rows={differences(before.content, statement)} />
        </Callout>
      ) : null}
      <h2>{t("收支表", "Income and cost")}</h2>
      <p class="hint">{t("点开任何一项，可以看到每一笔凭证。", "Each figure opens to its vouchers.")}</p>
      <StatementTable {...shown} />
      {statement.leases ? (
        <>
          <h2>{t("每份租约收了多少", "What each lease brought")}</h2>
          <LeaseIncome {...shown} />
        </>
      ) : null}
      {statement.occupancy && statement.book === "common" ? (
        <>
          <h2>{t("出租情况", "What was let")}</h2>
          <LetOnLastDay c={c} statement={statement} />
        </>
      ) : null}
      <h2>{t("每一元用到了哪里", "Where each yuan went")}</h2>
      <WhereItWent t={t} lang={lang} statement={statement} />
      <AgainstBudget c={c} row={row} year={standingFrom(yearRows)} />
      <h2>{t("押金另列，不算收入", "Deposits stand apart: they are no income")}</h2>
      <Deposits {...shown} />
      <h2>{t("结余在哪里", "Where it stands")}</h2>
      <WhereItStands {...shown} />
      <h2>{t("和银行核对", "Against the bank")}</h2>
      <BankTable {...shown} />
      <h2>{t("各期收入", "Income over time")}</h2>
      <IncomeOverTime t={t} lang={lang} told={told.map((one) => statementFrom(one).content).reverse()} />
      <h2>{t("业主的提问", "Owners' questions")}</h2>
      {questions.length === 0 ? (
        <p>{t("还没有人就这份公示提问。", "Nobody has asked about it yet.")}</p>
      ) : (
        <Questions c={c} rows={questions} />
      )}
      <Actions>
        <ButtonLink look="quiet" href={askHref(slug, "statement", String(number))}>
          {t("就这份公示提问", "Ask about this statement")}
        </ButtonLink>
      </Actions>
      <h2>{t("核实这份公示", "Check this statement")}</h2>
      <LinkList
        items={[
          {
            href: `/c/${slug}/record/${row.leafHash}`,
            title: t("它在公开记录里的条目和证明", "Its entry in the public record, with proof"),
            note: t(`核对码 ${shortCode(row.leafHash!)}`, `Code ${shortCode(row.leafHash!)}`),
          },
          {
            href: `${statementsHref(slug)}/${number}/notice`,
            title: t("打印张贴的公示（A4）", "The notice to print and post (A4)"),
          },
          ...all
            .filter((one) => one !== row)
            .map((one) => ({
              href: statementHref(slug, number, one.version!),
              title: t(`第${one.version}版`, `Version ${one.version}`),
              note: sayInstant(one.endedAt!, lang),
            })),
        ]}
      />
    </Page>,
  );
});

/** The year's budget against what was done up to the statement's last month; nothing where none is published. */
const AgainstBudget = ({ c, row, year }: { c: AppContext; row: StatementRow; year: YearStanding }) => {
  const { t, scene } = c.var;
  const [budget] = year.versions;
  if (!budget || !year.compared) return null;
  const { compared } = year;
  const done = spanWords({ from: `${budget.year}-01`, to: row.to });
  return (
    <>
      <h2>{t("与年度预算相比", "Against the year's budget")}</h2>
      <p class="hint">
        {t(
          `${done.zh}的实际，对照全年预算（第${budget.version}版）。`,
          `What was done in ${done.en}, against the plan of the whole year (version ${budget.version}).`,
        )}{" "}
        <a href={budgetHref(scene.community.slug, budget.book, budget.year)}>{t("看预算", "The budget")}</a>
      </p>
      <StandingBars c={c} compared={compared} />
      <StandingTable c={c} budget={budget} compared={compared} through={row.to} />
    </>
  );
};

/** The whole of it in a sentence or two. */
export function inAWord(c: AppContext, { content }: Pick<StatementRow, "content">): string {
  const { t } = c.var;
  const { incomeFen, costFen, toFundFen, usesFen, closingFen, openingFen, banks } = content;
  const bank = bankWords(banks);
  return t(
    `期初${formatYuan(openingFen)}元，收入${formatYuan(incomeFen)}元，成本${formatYuan(costFen)}元，补充维修资金${formatYuan(toFundFen)}元，其他使用${formatYuan(usesFen)}元，期末结余${formatYuan(closingFen)}元。${bank.zh}。`,
    `Opening ${formatYuan(openingFen)}, income ${formatYuan(incomeFen)}, cost ${formatYuan(costFen)}, to the maintenance fund ${formatYuan(toFundFen)}, other uses ${formatYuan(usesFen)}, closing ${formatYuan(closingFen)} yuan. ${bank.en}.`,
  );
}

// ——— Paper ———

/** How long a notice hangs (HZ: at least fifteen days). */
const POSTED_DAYS = 15;

publicStatementRoutes.get("/accounts/statements/:number/notice", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug, name } = scene.community;
  const number = readCount(c.req.param("number"));
  if (!number) return c.notFound();
  const [rows] = await scene.db.read(findStatement(scene, number));
  if (!rows[0]) return c.notFound();
  const row = statementFrom(rows[0]);
  const statement = row.content;
  const shown = { c, statement, links: false };
  const posted = dayOf(row.endedAt!);
  const href = statementHref(slug, number);
  return c.html(
    <Page
      {...frameOf(c)}
      title={statementTitle(row, lang)}
      breadcrumb={[...crumbs(c), { href, label: spanWords(row)[lang] }]}
    >
      <NoticeSheet
        t={t}
        title={`${name}${t("", ": ")}${statementTitle(row, lang)}`}
        number={
          row.version === 1
            ? undefined
            : t(`第${row.version}版，更正原因：${row.why}`, `Version ${row.version}: ${row.why}`)
        }
        to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
        lead={
          <>
            <p>
              {t(
                `根据《民法典》第二百八十二条、第九百四十三条，现将${spanWords(row).zh}${BOOK_WORDS[row.book].zh}的收支情况公示如下。`,
                `Under arts. 282 and 943 of the Civil Code the accounts of ${spanWords(row).en} are published as follows.`,
              )}
            </p>
            {statement.note === "" ? null : <p>{statement.note}</p>}
          </>
        }
        sections={[
          { heading: t("收支情况", "Income and cost"), body: <StatementTable {...shown} /> },
          ...(statement.leases && statement.leases.length > 0
            ? [{ heading: t("每份租约收了多少", "What each lease brought"), body: <LeaseIncome {...shown} /> }]
            : []),
          { heading: t("押金（不计入收入）", "Deposits (no income)"), body: <Deposits {...shown} /> },
          { heading: t("结余的去向", "Where it stands"), body: <WhereItStands {...shown} /> },
          { heading: t("与银行核对", "Against the bank"), body: <BankTable {...shown} /> },
          {
            heading: t("查阅和提问", "To read and to ask"),
            body: (
              <p>
                {t(
                  `公示期：${sayDay(posted, "zh")}至${sayDay(addDays(posted, POSTED_DAYS), "zh")}。每一笔凭证都可以扫码查看；对任何一项有疑问，可以扫码提问，也可以向业主委员会书面提出。`,
                  `Posted from ${sayDay(posted, "en")} to ${sayDay(addDays(posted, POSTED_DAYS), "en")}. Scan to read every voucher and to ask about any line; or ask the committee in writing.`,
                )}
              </p>
            ),
          },
        ]}
        signedBy={[
          t("制表：会计　　　　复核：　　　　", "Drawn up by the accountant.  Reviewed:          "),
          t(`${name}业主委员会（盖章）`, `Owners' committee of ${name}`),
        ]}
        date={sayDay(posted, lang)}
        qr={{ text: `${scene.origin}${href}`, label: t("扫码看每一笔", "Scan for every voucher") }}
      />
      <p class="quiet">{t(`账目截至${sayDay(lastDayOf(row), "zh")}`, `As of ${sayDay(lastDayOf(row), "en")}`)}</p>
    </Page>,
  );
});
