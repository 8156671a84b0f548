/** The maintenance fund at the desk: where units stand and what moved them. Entering and sharing amounts is entering-desk.tsx. Markup only. */
import { Hono } from "hono";
import { formatYuan } from "../../kernel/money.ts";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { VOUCHER_STATE_WORDS } from "../books/words.ts";
import { readTie } from "./actions.ts";
import {
  deskEnterHref,
  deskFundHref,
  deskLowHref,
  deskModeHref,
  deskProjectsHref,
  deskRefundHref,
  deskShareHref,
  deskYearsHref,
  fundHref,
} from "./addresses.ts";
import { isLow, missingTo30 } from "./rules.ts";
import { FUND_SETTINGS } from "./settings.ts";
import { listFundBuildings, listFundUnits, listMovementsOfFund, type UnitRow } from "./store.ts";
import { MOVEMENT_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskFundRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const UNITS_A_PAGE = 100;
const MOVEMENTS_SHOWN = 20;
const ALL = 99_999_999;

export const deskFundCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskFundHref(c.var.scene.community.slug), label: c.var.t("维修资金分户账", "Fund by unit") },
];
deskFundRoutes.route(
  "/",
  settingsRoutes({
    kit: FUND_SETTINGS,
    path: "/desk/ledger/fund/settings",
    title: { zh: "维修资金的规则", en: "Rules of the maintenance fund" },
    intro: {
      zh: "结算超预算多少要说明、多大金额要审计、应急使用几天内报告，各地和各小区不同，在这里设定。",
      en: "When a settlement says why, when it is audited and how soon an emergency is reported differ by place and are set here.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);

deskFundRoutes.get("/desk/ledger/fund/units", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const building = c.req.query("building") ?? "";
  const lowOnly = c.req.query("low") === "1";
  const page = readCount(c.req.query("page") ?? "1") || 1;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const tie = await readTie(scene);
  const [buildings, units, movements] = await scene.db.read(
    listFundBuildings(scene),
    listFundUnits(scene, building, { limit: UNITS_A_PAGE + 1, offset: (page - 1) * UNITS_A_PAGE, lowOnly }),
    listMovementsOfFund(scene, { limit: MOVEMENTS_SHOWN, before }),
  );
  const here = (more: string): string =>
    `${deskFundHref(slug)}?building=${encodeURIComponent(building)}${lowOnly ? "&low=1" : ""}${more}`;
  const mayDraft = actor.permissions.has("ledger.draft");
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("维修资金分户账", "Maintenance fund by unit")} breadcrumb={deskCrumbs(c)}>
      <h1>{t("维修资金分户账", "Maintenance fund by unit")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      {tie === null ? (
        <EmptyState
          title={t("还没有维修资金账簿", "There is no book of the fund yet")}
          action={
            actor.permissions.has("ledger.manage") ? (
              <ButtonLink href={`/c/${slug}/desk/ledger/books/new`}>{t("设立账簿", "Open the book")}</ButtonLink>
            ) : undefined
          }
        >
          {t(
            "先设立“专项维修资金”账簿，再录入各户余额。",
            "Open the book “Maintenance fund” first, then enter the units' balances.",
          )}
        </EmptyState>
      ) : (
        <p>
          <StatusWord tone={tie.differenceFen === 0 ? "good" : "bad"}>
            {tie.differenceFen === 0
              ? t("各户合计与账簿一分不差", "All units together agree with the book to the fen")
              : t(
                  `各户合计${formatYuan(tie.unitsFen)}元，账簿${formatYuan(tie.bookFen)}元，相差${formatYuan(tie.differenceFen)}元：有凭证没有分到户`,
                  `Units ${formatYuan(tie.unitsFen)}, book ${formatYuan(tie.bookFen)}, ${formatYuan(tie.differenceFen)} yuan apart: some voucher is shared to no unit`,
                )}
          </StatusWord>
        </p>
      )}
      <Actions>
        {mayDraft ? (
          <ButtonLink href={deskEnterHref(slug)}>{t("录入各户金额", "Enter amounts by unit")}</ButtonLink>
        ) : null}
        {mayDraft ? (
          <ButtonLink look="quiet" href={deskShareHref(slug)}>
            {t("分摊利息、国债收益、补充、残值", "Share what came in for all")}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={deskLowHref(slug)}>
          {t("需要续交的房屋", "Units to top up")}
        </ButtonLink>
        <ButtonLink look="quiet" href={deskProjectsHref(slug)}>
          {t("维修工程", "Works")}
        </ButtonLink>
        <ButtonLink look="quiet" href={deskYearsHref(slug)}>
          {t("年度公布", "Year by year")}
        </ButtonLink>
        <ButtonLink look="quiet" href={deskModeHref(slug)}>
          {t("管理方式", "Who manages it")}
        </ButtonLink>
        <ButtonLink look="quiet" href={fundHref(slug)}>
          {t("公开页", "Public page")}
        </ButtonLink>
      </Actions>
      <h2>{t("按楼栋", "By building")}</h2>
      <DataTable
        caption={t("楼栋余额（元）", "Balance by building, in yuan")}
        quietCaption={true}
        rows={buildings}
        empty={<p>{t("还没有入账。", "Nothing entered yet.")}</p>}
        columns={[
          {
            label: t("楼栋", "Building"),
            head: true,
            cell: (row) => (
              <a href={`${deskFundHref(slug)}?building=${encodeURIComponent(row.building)}`}>{row.building}</a>
            ),
          },
          { label: t("户数", "Units"), number: true, cell: (row) => row.units },
          { label: t("余额", "Balance"), number: true, cell: (row) => formatYuan(row.balanceFen) },
          {
            label: t("不足首期30%", "Below 30 %"),
            number: true,
            cell: (row) =>
              row.lowUnits === 0 ? (
                "0"
              ) : (
                <a href={`${deskFundHref(slug)}?building=${encodeURIComponent(row.building)}&low=1`}>{row.lowUnits}</a>
              ),
          },
        ]}
      />
      {building === "" ? null : (
        <>
          <h2>{building}</h2>
          <DataTable
            caption={t("各户余额（元）", "Balance by unit, in yuan")}
            rows={units.slice(0, UNITS_A_PAGE)}
            columns={[
              { label: t("房屋", "Unit"), head: true, cell: (row) => `${row.building}${row.entrance}${row.room}` },
              { label: t("首期应交", "First deposit"), number: true, cell: (row) => formatYuan(row.firstFen) },
              { label: t("余额", "Balance"), number: true, cell: (row) => formatYuan(row.balanceFen) },
              {
                label: t("需续交", "To top up"),
                number: true,
                cell: (row) => (isLow(row) ? formatYuan(missingTo30(row)) : null),
              },
              ...(mayDraft
                ? [
                    {
                      label: t("办理", "To do"),
                      cell: (row: UnitRow) =>
                        row.balanceFen > 0 ? (
                          <a href={deskRefundHref(slug, row.unitId)}>{t("灭失返还", "Destroyed: give back")}</a>
                        ) : null,
                    },
                  ]
                : []),
            ]}
          />
          <p>
            {page > 1 ? <a href={here(`&page=${page - 1}`)}>{t("上一页", "Before")}</a> : null}{" "}
            {units.length > UNITS_A_PAGE ? <a href={here(`&page=${page + 1}`)}>{t("下一页", "Next")}</a> : null}
          </p>
        </>
      )}
      <h2>{t("每一笔", "Movements")}</h2>
      <DataTable
        caption={t("进出", "In and out")}
        quietCaption={true}
        rows={movements}
        empty={<p>{t("还没有。", "None yet.")}</p>}
        columns={[
          { label: t("日期", "Day"), head: true, cell: (row) => sayDay(row.onDay, lang) },
          {
            label: t("事由", "What"),
            cell: (row) => (
              <a href={deskVoucherHref(slug, row.voucherId)}>{`${MOVEMENT_WORDS[row.kind][lang]}，${row.words}`}</a>
            ),
          },
          { label: t("户数", "Units"), number: true, cell: (row) => row.units },
          { label: t("金额（元）", "Yuan"), number: true, cell: (row) => formatYuan(row.amountFen) },
          {
            label: t("状态", "State"),
            cell: (row) => (row.reversedBy === null ? VOUCHER_STATE_WORDS[row.state][lang] : t("已冲销", "taken back")),
          },
        ]}
      />
      {movements.length === MOVEMENTS_SHOWN ? (
        <p>
          <a href={here(`&before=${movements.at(-1)!.number}`)}>{t("更早的", "Earlier")}</a>
        </p>
      ) : null}
    </Page>,
  );
});
