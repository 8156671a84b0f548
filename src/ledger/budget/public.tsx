/** Budgets for everybody: which years are planned, and a year's plan against what the books say. One round trip each. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { accountsHref, readBook, readCount } from "../books/addresses.ts";
import type { Account } from "../books/rules.ts";
import { standingFrom, yearQueries } from "./actions.ts";
import { budgetHref, budgetsHref, readYearNumber } from "./addresses.ts";
import { differencesOf } from "./rules.ts";
import { BudgetDifferences, PlannedTable, StandingBars, StandingTable } from "./shown.tsx";
import { type BudgetRow, listPublished, type PublishedLine } from "./store.ts";
import { budgetTitle } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicBudgetRoutes = new Hono<AppEnv>();
const MOST_LISTED = 60;

export const budgetItem = (c: AppContext, row: PublishedLine) => {
  const { t, lang, scene } = c.var;
  const on = sayDay(dayOf(row.publishedAt), lang);
  return {
    href: budgetHref(scene.community.slug, row.book, row.year),
    title: budgetTitle(row, lang),
    note: t(
      `${on}公布${row.version === 1 ? "" : `，第${row.version}版，调整：${row.why}`}`,
      `published ${on}${row.version === 1 ? "" : `, version ${row.version}: ${row.why}`}`,
    ),
  };
};

publicBudgetRoutes.get("/accounts/budget", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(listPublished(scene, MOST_LISTED));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("年度预算", "Budgets")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${budgetsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("年度预算", "Budgets")}</h1>
      <p class="lead">
        {t(
          "每一年打算收多少、花多少，谁批准的；到现在实际收了多少、花了多少，超出的写明原因。",
          "What a year is meant to bring in and to spend, and by whose decision; what came and was spent so far, and why more where it was more.",
        )}
      </p>
      <LinkList
        items={rows.map((row) => budgetItem(c, row))}
        empty={
          <EmptyState title={t("还没有公布过预算", "None published yet")}>
            {t(
              "预算编好、经另一人复核并批准后，就公布在这里。",
              "Once a year was planned, reviewed by another and approved, it stands here.",
            )}
          </EmptyState>
        }
      />
    </Page>,
  );
});

publicBudgetRoutes.get("/accounts/budget/:book{common|fund|working}/:year", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const book = readBook(c.req.param("book"));
  const year = readYearNumber(c.req.param("year"));
  const asked = c.req.query("version");
  const wanted = asked === undefined ? undefined : readCount(asked);
  if (!book || !year || wanted === null) return c.notFound();
  const { versions, accounts, compared } = standingFrom(await scene.db.read(...yearQueries(scene, book, year)));
  const [newest] = versions;
  const row = wanted === undefined ? newest : versions.find(({ version }) => version === wanted);
  if (!newest || !row || !compared) return c.notFound();
  const before = versions.find(({ version }) => version === row.version! - 1);
  const title = budgetTitle(row, lang);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: accountsHref(slug), label: t("公开账目", "Public accounts") },
        { href: budgetsHref(slug), label: t("年度预算", "Budgets") },
      ]}
      switchHref={`${budgetHref(slug, book, year)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        <StatusWord tone="good">
          {t(
            `第${row.version}版，${sayInstant(row.endedAt!, lang)}公布`,
            `Version ${row.version}, published ${sayInstant(row.endedAt!, lang)}`,
          )}
        </StatusWord>
      </p>
      {row === newest ? null : (
        <Callout tone="warn" title={t("这不是最新的一版", "This is not the newest version")}>
          <p>
            <a href={budgetHref(slug, book, year)}>{t(`看第${newest.version}版`, `Read version ${newest.version}`)}</a>
          </p>
        </Callout>
      )}
      {row.note === "" ? null : <p>{row.note}</p>}
      {before ? <Revised c={c} row={row} before={before} accounts={accounts} /> : null}
      {row === newest ? (
        <>
          <p>
            {compared.unexplained === 0 ? (
              <StatusWord tone="good">{t("没有未说明的超支", "No overspending is unexplained")}</StatusWord>
            ) : (
              <StatusWord tone="bad">
                {t(
                  `${compared.unexplained}个科目超出预算，还没有说明原因`,
                  `${compared.unexplained} accounts are over their plan without a reason`,
                )}
              </StatusWord>
            )}
          </p>
          <h2>{t("预算与实际", "Planned and actual")}</h2>
          <p class="hint">
            {t(
              "每条横条以本科目的全年预算为满格，涂色的是到现在的实际金额（含还没有结账的月份）；竖线是预算，涂色超过竖线，就是比预算多。点开实际金额，可以看到每一笔凭证。",
              "Each bar is full at its own account's plan of the year; coloured is what was done so far, open months included, and past the line is more than planned. Each actual figure opens to its vouchers.",
            )}
          </p>
          <StandingBars c={c} compared={compared} />
          <StandingTable c={c} budget={row} compared={compared} />
        </>
      ) : (
        <PlannedTable c={c} budget={row} accounts={accounts} />
      )}
      <Ground c={c} row={row} />
      {versions.length < 2 ? null : (
        <>
          <h2>{t("各版", "Versions")}</h2>
          <LinkList
            items={versions.map((one) => ({
              href: budgetHref(slug, book, year, one.version!),
              title: t(`第${one.version}版`, `Version ${one.version}`),
              note: `${sayInstant(one.endedAt!, lang)}${one.why === "" ? "" : t(`，${one.why}`, `, ${one.why}`)}`,
            }))}
          />
        </>
      )}
    </Page>,
  );
});

/** Why a version followed another, and all it changed. */
export const Revised = (props: { c: AppContext; row: BudgetRow; before: BudgetRow; accounts: readonly Account[] }) => {
  const { c, row, before, accounts } = props;
  const { t } = c.var;
  return (
    <Callout tone="warn" title={t("调整了前一版", "It revises the version before")}>
      <p>{t(`原因：${row.why}`, `Why: ${row.why}`)}</p>
      <BudgetDifferences c={c} budget={row} accounts={accounts} rows={differencesOf(before.lines, row.lines)} />
    </Callout>
  );
};

/** On whose word it is in force, and where that is recorded. */
const Ground = ({ c, row }: { c: AppContext; row: BudgetRow }) => {
  const { t, lang, scene } = c.var;
  return (
    <FactList>
      <Fact label={t("依据", "Ground")}>
        {row.decision === ""
          ? t("按小区规则由业主委员会批准", "Approved by the committee, as the rules say")
          : t(`业主大会决定：${row.decision}`, `The owners' decision: ${row.decision}`)}
      </Fact>
      <Fact label={t("经手", "Hands")}>
        {t(
          `编制 ${sayInstant(row.draftedAt, lang)}；复核 ${sayInstant(row.reviewedAt!, lang)}；批准 ${sayInstant(row.approvedAt!, lang)}，三个人`,
          `drafted ${sayInstant(row.draftedAt, lang)}; reviewed ${sayInstant(row.reviewedAt!, lang)}; approved ${sayInstant(row.approvedAt!, lang)}, by three persons`,
        )}
      </Fact>
      <Fact label={t("公开记录", "Public record")}>
        <a href={`/c/${scene.community.slug}/record/${row.leafHash}`}>{t("它的条目和证明", "Its entry and proof")}</a>
      </Fact>
    </FactList>
  );
};
