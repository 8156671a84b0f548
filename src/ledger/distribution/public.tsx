/** Distributions as everybody reads them, and each owner their own share. Only what is posted. */
import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { formatYuan } from "../../kernel/money.ts";
import { registerMyCard } from "../../owners/cards.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { accountsHref, readCount } from "../books/addresses.ts";
import { monthWords } from "../books/words.ts";
import { readDistribution, readDistributions } from "./actions.ts";
import { distributionsHref } from "./addresses.ts";
import { Figures } from "./shown.tsx";
import { type DistributionRow, listSharesOfHeads } from "./store.ts";

/** Mounted at /c/:slug. */
export const publicDistributionRoutes = new Hono<AppEnv>();
const MOST_LISTED = 50;

/** Only what stands: a plan that is not posted is nobody's claim yet. */
const standing = (rows: readonly DistributionRow[]): DistributionRow[] =>
  rows.filter(({ state }) => state === "posted");

publicDistributionRoutes.get("/accounts/distributions", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const rows = standing(await readDistributions(scene, MOST_LISTED));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("公共收益的分配", "What became of the revenue")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${distributionsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("公共收益的分配", "What became of the revenue")}</h1>
      <p class="lead">
        {t(
          "净收益先按规则补充专项维修资金，其余怎么用由业主大会决定；分给业主的，按专有部分面积计算到分。",
          "Of the net, the maintenance fund comes first by the rule in force; the owners decide on the rest. What goes to them is shared by area, to the fen.",
        )}
      </p>
      <LinkList
        items={rows.map((row) => ({
          href: `${distributionsHref(slug)}/${row.number}`,
          title: t(
            `第${row.number}次分配：${formatYuan(row.toFundFen + row.usesFen + row.toOwnersFen)}元`,
            `No. ${row.number}: ${formatYuan(row.toFundFen + row.usesFen + row.toOwnersFen)} yuan`,
          ),
          note: t(
            `截至${monthWords(row.throughPeriod).zh}，${sayInstant(row.plannedAt, lang)}`,
            `through ${monthWords(row.throughPeriod).en}, ${sayInstant(row.plannedAt, lang)}`,
          ),
        }))}
        empty={
          <EmptyState title={t("还没有分配过", "None yet")}>
            {t(
              "业主大会决定并入账以后，每一次分配都会列在这里。",
              "Each stands here once it was decided and entered in the books.",
            )}
          </EmptyState>
        }
      />
    </Page>,
  );
});

publicDistributionRoutes.get("/accounts/distributions/:number", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const found = number ? await readDistribution(scene, number) : null;
  if (found?.row.state !== "posted") return c.notFound();
  const { row, fundSide } = found;
  const title = t(`第${row.number}次公共收益分配`, `Distribution no. ${row.number}`);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: accountsHref(slug), label: t("公开账目", "Public accounts") },
        { href: distributionsHref(slug), label: t("分配", "Distributions") },
      ]}
      switchHref={`${distributionsHref(slug)}/${row.number}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Figures c={c} row={row} fundSide={fundSide} />
      {row.toOwnersFen > 0 ? (
        <p>
          <a href={`/c/${slug}/my`}>
            {t("登录业主专页，看自己的份额和算法", "Sign in to see your own share and how it was made")}
          </a>
        </p>
      ) : null}
    </Page>,
  );
});

// ——— The owner's own ———

registerMyCard("shares", {
  place: 60,
  queries: ({ scene, headKeys }) => [listSharesOfHeads(scene, headKeys, 20)] as const,
  render: (c, _, [rows]) => {
    const { t } = c.var;
    const { slug } = c.var.scene.community;
    if (rows.length === 0) return null;
    return (
      <>
        <h2>{t("我的公共收益份额", "Your share of the revenue")}</h2>
        <DataTable
          caption={t("份额", "Shares")}
          quietCaption={true}
          rows={rows}
          columns={[
            {
              label: t("分配", "Distribution"),
              head: true,
              cell: ({ number }) => (
                <a href={`${distributionsHref(slug)}/${number}`}>{t(`第${number}次`, `No. ${number}`)}</a>
              ),
            },
            { label: t("房屋", "Unit"), cell: ({ building, entrance, room }) => `${building}${entrance}${room}` },
            {
              label: t("怎么算的", "How"),
              cell: ({ areaDm2, totalDm2, toOwnersFen, roundedUp }) =>
                `${formatYuan(toOwnersFen)} × ${formatArea(areaDm2)} ÷ ${formatArea(totalDm2)}${roundedUp ? t("（进一分）", " (one fen up)") : ""}`,
            },
            { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
            {
              label: t("发放", "Paid"),
              cell: ({ paidAt }) =>
                paidAt === null ? (
                  <StatusWord tone="waiting">{t("待领取", "to be claimed")}</StatusWord>
                ) : (
                  <StatusWord tone="good">{t("已发放", "paid")}</StatusWord>
                ),
            },
          ]}
        />
      </>
    );
  },
});
