/** Distributions at the desk: what there is to use, one distribution with its shares and payments, and the fund's part. Planning is plan-desk.tsx. */
import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan, plainYuan } from "../../kernel/money.ts";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one, several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, FileField } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { monthWords, VOUCHER_STATE_WORDS } from "../books/words.ts";
import { fileProblem, putPapers } from "../fund/papers.ts";
import { type Found, payShares, readAvailable, readDistribution, readDistributions, readShares } from "./actions.ts";
import { deskDistributionHref, deskDistributionsHref } from "./addresses.ts";
import { distributionProblem } from "./problems.ts";
import { leastTopUp, SHARING_SETTINGS } from "./rules.ts";
import { Figures, standingOf } from "./shown.tsx";
import type { DistributionRow, FundVoucher } from "./store.ts";
import { moveTopUp, topUpAgain } from "./top-up.ts";

/** Mounted at /c/:slug. */
export const deskDistributionRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");
const MOST_LISTED = 50;
const UNITS_A_PAGE = 100;

deskDistributionRoutes.route(
  "/",
  settingsRoutes({
    kit: SHARING_SETTINGS,
    path: "/desk/ledger/sharing-settings",
    title: { zh: "收益分配的规则", en: "Rules of sharing" },
    intro: {
      zh: "净收益先补充多少专项维修资金，各地和各小区规定不同，在这里按规定设定。",
      en: "How much of the net revenue goes to the maintenance fund first differs by place and is set here.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);

deskDistributionRoutes.get("/desk/ledger/distributions", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const [rows, available] = [await readDistributions(scene, MOST_LISTED), await readAvailable(scene)];
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("收益分配", "Distributions")} breadcrumb={deskCrumbs(c)}>
      <h1>{t("收益分配", "Distributions")}</h1>
      {available ? (
        <Callout
          tone="info"
          title={t(
            `可用的净收益：${formatYuan(available.netFen)}元`,
            `Net revenue to use: ${formatYuan(available.netFen)} yuan`,
          )}
        >
          <p>
            {t(
              `截至${available.through}结账，不含应收未收的钱和押金。至少补充维修资金${formatYuan(leastTopUp(available.netFen, available.settings, available.fund))}元。`,
              `Closed through ${available.through}, without what is still owed and without deposits. At least ${formatYuan(leastTopUp(available.netFen, available.settings, available.fund))} yuan go to the fund.`,
            )}
          </p>
          {actor.permissions.has("ledger.draft") && available.netFen > 0 ? (
            <ButtonLink href={`${deskDistributionsHref(slug)}/new`}>
              {t("拟定分配方案", "Plan a distribution")}
            </ButtonLink>
          ) : null}
        </Callout>
      ) : (
        <EmptyState title={t("还没有结账的月份", "No month is closed yet")}>
          {t("结账以后才知道有多少净收益可以分配。", "The net revenue is known once a month is closed.")}
        </EmptyState>
      )}
      <LinkList
        items={rows.map((row) => ({
          href: `${deskDistributionsHref(slug)}/${row.number}`,
          title: t(
            `第${row.number}次：${formatYuan(row.netFen)}元`,
            `No. ${row.number}: ${formatYuan(row.netFen)} yuan`,
          ),
          note: t(`截至${monthWords(row.throughPeriod).zh}`, `through ${monthWords(row.throughPeriod).en}`),
          status: (
            <StatusWord
              tone={
                row.state === "posted"
                  ? "good"
                  : row.state === "waiting" || row.state === "reviewed"
                    ? "waiting"
                    : "off"
              }
            >
              {VOUCHER_STATE_WORDS[row.state][lang]}
            </StatusWord>
          ),
        }))}
      />
    </Page>,
  );
});

deskDistributionRoutes.get("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}", reads, async (c) => {
  const found = await foundBy(c);
  return found ? onePage(c, found) : c.notFound();
});

const foundBy = (c: AppContext): Promise<Found | null> =>
  readDistribution(c.var.scene, readCount(c.req.param("number")) ?? 0);

async function onePage(c: AppContext, { row, fundSide }: Found, problem?: Problem) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const here = `${deskDistributionsHref(slug)}/${row.number}`;
  const page = readCount(c.req.query("page") ?? "1") || 1;
  const all = await readShares(scene, row.distributionId);
  const shown = all.slice((page - 1) * UNITS_A_PAGE, page * UNITS_A_PAGE);
  const mayPay = row.state === "posted" && actor.permissions.has("ledger.draft");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`第${row.number}次分配`, `Distribution no. ${row.number}`)}
      breadcrumb={[...deskCrumbs(c), { href: deskDistributionsHref(slug), label: t("收益分配", "Distributions") }]}
    >
      <h1>{t(`第${row.number}次分配`, `Distribution no. ${row.number}`)}</h1>
      <p>
        <StatusWord tone={row.state === "posted" ? "good" : "waiting"}>
          {VOUCHER_STATE_WORDS[row.state][lang]}
        </StatusWord>{" "}
        <a href={deskVoucherHref(slug, row.voucherId)}>{t("它的凭证", "its voucher")}</a>
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <Figures c={c} row={row} fundSide={fundSide} />
      {mayPay && row.toFundFen > 0 ? <TopUpForms c={c} row={row} fundSide={fundSide} /> : null}
      {all.length === 0 ? null : (
        <Form action={`${here}/pay`} token={formToken} once={newOnce()} files={true}>
          <h2>{t("各户份额", "Shares")}</h2>
          <p>
            <a href={`${here}/list.csv`}>{t("下载发放名单（CSV）", "Payment list (CSV)")}</a>
          </p>
          <DataTable
            caption={t("份额和发放", "Shares and payments")}
            quietCaption={true}
            rows={shown}
            columns={[
              {
                label: t("房屋", "Unit"),
                head: true,
                cell: ({ building, entrance, room }) => `${building}${entrance}${room}`,
              },
              { label: t("面积（㎡）", "m²"), number: true, cell: ({ areaDm2 }) => formatArea(areaDm2) },
              { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
              {
                label: t("发放", "Paid"),
                cell: ({ paidAt, unitId, building, entrance, room }) =>
                  paidAt !== null ? (
                    t(`${sayInstant(paidAt, lang)}登记`, `recorded ${sayInstant(paidAt, lang)}`)
                  ) : mayPay ? (
                    <label>
                      <input type="checkbox" name="unit" value={unitId} aria-label={`${building}${entrance}${room}`} />{" "}
                      {t("已付", "paid")}
                    </label>
                  ) : (
                    t("待领取", "to be claimed")
                  ),
              },
            ]}
          />
          {all.length > UNITS_A_PAGE ? (
            <p>
              {page > 1 ? <a href={`${here}?page=${page - 1}`}>{t("上一页", "Before")}</a> : null}{" "}
              {page * UNITS_A_PAGE < all.length ? <a href={`${here}?page=${page + 1}`}>{t("下一页", "Next")}</a> : null}
            </p>
          ) : null}
          {mayPay ? (
            <>
              <FileField
                name="files"
                label={t("附件：银行回单或签领表", "Files: the bank's slip or the signed list")}
                multiple={true}
              />
              <Actions>
                <Button>{t("登记勾选的房屋已发放", "Record the ticked units as paid")}</Button>
              </Actions>
            </>
          ) : null}
        </Form>
      )}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

deskDistributionRoutes.post("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/pay", drafts, async (c) => {
  const found = await foundBy(c);
  if (!found) return c.notFound();
  const { row } = found;
  const body = await c.req.parseBody({ all: true });
  const papers = await putPapers(staffScene(c), files(body, "files"));
  if (papers.wrong) return onePage(c, found, fileProblem(papers.wrong));
  const once = one(body, "_once") || newOnce();
  const paid = await payShares(
    staffScene(c),
    row.distributionId,
    several(body, "unit"),
    papers.attachments,
    once,
    papers.statements,
  );
  if (!paid.ok) return onePage(c, found, distributionProblem(paid.error));
  return c.redirect(`${deskDistributionsHref(c.var.scene.community.slug)}/${row.number}?done=1`, 303);
});

// ——— The fund's part ———

const TopUpForms = ({
  c,
  row,
  fundSide,
}: {
  c: AppContext;
  row: DistributionRow;
  fundSide: readonly FundVoucher[];
}) => {
  const { t, scene, now, formToken } = c.var;
  const here = deskDistributionHref(scene.community.slug, row.number);
  if (!standingOf(fundSide, "top_up"))
    return (
      <Form action={`${here}/top-up`} token={formToken} once={newOnce()}>
        <h2>{t("记入各户维修资金", "Credit the units")}</h2>
        <p class="hint">
          {t(
            "维修资金一边的凭证还没有，或者被退回了。生成后由别人复核，过账时按面积记入每户。",
            "The fund's voucher is missing or was sent back. Once drafted and reviewed, each unit is credited by area.",
          )}
        </p>
        <Actions>
          <Button>{t("生成维修资金的凭证", "Draft the fund's voucher")}</Button>
        </Actions>
      </Form>
    );
  if (standingOf(fundSide, "paid_in") || standingOf(fundSide, "paid_out")) return null;
  return (
    <Form action={`${here}/transfer`} token={formToken} once={newOnce()} files={true}>
      <h2>{t("登记划转", "Record the transfer")}</h2>
      <p class="hint">
        {t(
          `把${formatYuan(row.toFundFen)}元从公共收益专户转到维修资金专户后登记，两本账各生成一张凭证。`,
          `Once ${formatYuan(row.toFundFen)} yuan went from the common account to the fund's, each book gets its voucher.`,
        )}
      </p>
      <Field name="onDay" label={t("划转日期", "Day")} value={dayOf(now)} width={11} />
      <FileField name="files" label={t("附件：银行回单", "File: the bank's slip")} multiple={true} />
      <Actions>
        <Button>{t("登记，交复核", "Record and hand in for review")}</Button>
      </Actions>
    </Form>
  );
};

deskDistributionRoutes.post("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/top-up", drafts, async (c) => {
  const found = await foundBy(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const again = await topUpAgain(staffScene(c), found.row.number, one(body, "_once") || newOnce());
  if (!again.ok) return onePage(c, found, distributionProblem(again.error));
  return c.redirect(`${deskDistributionHref(c.var.scene.community.slug, found.row.number)}?done=1`, 303);
});

deskDistributionRoutes.post("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/transfer", drafts, async (c) => {
  const found = await foundBy(c);
  if (!found) return c.notFound();
  const { number } = found.row;
  const body = await c.req.parseBody({ all: true });
  const papers = await putPapers(staffScene(c), files(body, "files"));
  if (papers.wrong) return onePage(c, found, fileProblem(papers.wrong));
  const moved = await moveTopUp(
    staffScene(c),
    { number, onDay: one(body, "onDay") },
    papers.attachments,
    one(body, "_once") || newOnce(),
    papers.statements,
  );
  if (!moved.ok) return onePage(c, found, distributionProblem(moved.error));
  return c.redirect(`${deskDistributionHref(c.var.scene.community.slug, number)}?done=1`, 303);
});

deskDistributionRoutes.get("/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/list.csv", reads, async (c) => {
  const found = await foundBy(c);
  if (!found) return c.notFound();
  const { row } = found;
  const shares = await readShares(c.var.scene, row.distributionId);
  const bytes = writeCsv([
    ["楼栋", "单元", "房号", "专有部分面积(㎡)", "应得(元)", "应得(分)", "发放日期"],
    ...shares.map(({ building, entrance, room, areaDm2, fen, paidAt }) => [
      building,
      entrance,
      room,
      formatArea(areaDm2),
      plainYuan(fen),
      String(fen),
      paidAt === null ? "" : dayOf(paidAt),
    ]),
  ]);
  c.header("content-type", "text/csv; charset=utf-8");
  c.header(
    "content-disposition",
    `attachment; filename*=UTF-8''${encodeURIComponent(`第${row.number}次分配发放名单.csv`)}`,
  );
  return c.body(bytes);
});
