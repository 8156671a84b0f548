/** A year of the maintenance fund as everybody reads it. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { viewBook } from "../books/actions.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { closingFen } from "../books/rules.ts";
import { listMovements } from "../books/store.ts";
import { monthWords } from "../books/words.ts";
import { fundYearHref } from "./addresses.ts";
import { fundCrumbs } from "./shown.tsx";

/** Mounted at /c/:slug. */
export const fundYearRoutes = new Hono<AppEnv>();

fundYearRoutes.get("/accounts/fund/years/:year{20[0-9][0-9]}", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const year = c.req.param("year");
  const state = await viewBook(scene, "fund");
  if (!state || `${year}-12` < state.from || `${year}-01` > dayOf(scene.now)) return c.notFound();
  const from = `${year}-01` > state.from ? `${year}-01` : state.from;
  const [moved] = await scene.db.read(listMovements(scene, "fund", from, `${year}-12`));
  const accounts = new Map(state.accounts.map((account) => [account.code, account]));
  const flows = moved.flatMap((one) => {
    const account = accounts.get(one.account);
    if (account?.kind !== "income" && account?.kind !== "cost" && account?.kind !== "net") return [];
    const fen = account.kind === "cost" ? one.debitFen - one.creditFen : one.creditFen - one.debitFen;
    return fen === 0 ? [] : [{ name: account.name[lang], fen, isOut: account.kind === "cost" }];
  });
  const own = moved.filter(({ account }) => ["asset", "liability"].includes(accounts.get(account)?.kind ?? ""));
  const openingFen = own.reduce((sum, one) => sum + one.openingFen, 0);
  const endFen = own.reduce((sum, one) => sum + closingFen(one), 0);
  const isWhole = state.closedThrough !== null && state.closedThrough >= `${year}-12`;
  const title = t(`${year}年专项维修资金收支`, `Maintenance fund, ${year}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={fundCrumbs(c)}
      switchHref={`${fundYearHref(slug, year)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p>
        {isWhole ? (
          <StatusWord tone="good">{t("全年已经结账", "The year is closed")}</StatusWord>
        ) : (
          <StatusWord tone="waiting">
            {t(
              `还没有全年结账，目前${state.closedThrough === null ? "一个月都没有结" : `结到${monthWords(state.closedThrough).zh}`}`,
              `Not closed yet; ${state.closedThrough === null ? "no month is" : `closed through ${monthWords(state.closedThrough).en}`}`,
            )}
          </StatusWord>
        )}
      </p>
      <DataTable
        caption={t("收支（元）", "In and out, in yuan")}
        rows={[
          { name: t("年初结余", "At the beginning"), in: openingFen, out: null },
          ...flows.map((one) => ({ name: one.name, in: one.isOut ? null : one.fen, out: one.isOut ? one.fen : null })),
        ]}
        columns={[
          { label: t("项目", "What"), head: true, cell: ({ name }) => name },
          { label: t("收入", "In"), number: true, cell: (one) => (one.in === null ? null : formatYuan(one.in)) },
          { label: t("支出", "Out"), number: true, cell: ({ out }) => (out === null ? null : formatYuan(out)) },
        ]}
        foot={[t("年末结余", "At the end"), formatYuan(endFen), ""]}
      />
      <p class="hint">
        {t(
          `依据《住宅专项维修资金管理办法》第三十条，每年至少公布一次。数字来自${BOOK_WORDS.fund.zh}账簿；有疑问可以要求复核。`,
          "Published at least once a year (Measures on the Maintenance Fund, art. 30). The figures are the book's; any owner may ask for a check.",
        )}
      </p>
    </Page>,
  );
});
