/** The maintenance fund at the desk: where units stand, entering and sharing amounts, who manages it. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan, parseYuan } from "../../kernel/money.ts";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { RowMessages } from "../assets/import-desk.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { VOUCHER_STATE_WORDS } from "../books/words.ts";
import { enterAmounts, type FundRefusal, readTie, shareIn } from "./actions.ts";
import {
  deskEnterHref,
  deskFundHref,
  deskModeHref,
  deskProjectsHref,
  deskRefundHref,
  deskShareHref,
  fundHref,
} from "./addresses.ts";
import { fileProblem, putPapers } from "./papers.ts";
import { fundProblem } from "./problems.ts";
import { isEntered, isLow, isShared, missingTo30, SHARED_KINDS } from "./rules.ts";
import { FUND_SETTINGS } from "./settings.ts";
import { FUND_TEMPLATE } from "./sheet.ts";
import { listFundBuildings, listFundUnits, listMovementsOfFund, type UnitRow } from "./store.ts";
import { MOVEMENT_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskFundRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");
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
        <ButtonLink look="quiet" href={deskProjectsHref(slug)}>
          {t("维修工程", "Works")}
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
          { label: t("日期", "Day"), head: true, cell: (row) => row.onDay },
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

// ——— Entering ———

deskFundRoutes.get("/desk/ledger/fund/template.csv", drafts, (c) => {
  c.header("content-type", "text/csv; charset=utf-8");
  c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent("维修资金分户模板.csv")}`);
  return c.body(writeCsv(FUND_TEMPLATE));
});
deskFundRoutes.get("/desk/ledger/fund/enter", drafts, (c) =>
  enterPage(c, { kind: "opening", onDay: dayOf(c.var.now), words: "" }, newOnce()),
);

interface EnterTyped {
  readonly kind: string;
  readonly onDay: string;
  readonly words: string;
}

function enterPage(c: AppContext, typed: EnterTyped, once: string, problem?: Problem, refusal?: FundRefusal) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("录入各户金额", "Enter amounts by unit")} breadcrumb={deskFundCrumbs(c)}>
      <h1>{t("录入各户金额", "Enter amounts by unit")}</h1>
      <p class="lead">
        {t(
          "一行一户。有一行不对，整份都不写入。凭证复核过账后，各户余额才变。",
          "One row a unit. One bad row, and nothing is written. Balances change once the voucher is reviewed and posted.",
        )}
      </p>
      <p>
        <a href={`/c/${slug}/desk/ledger/fund/template.csv`}>{t("下载模板", "Download the template")}</a>
      </p>
      <Refused c={c} problem={problem} />
      {refusal?.reason === "rows_faulty" ? <RowMessages c={c} messages={refusal.messages} /> : null}
      <Form action={deskEnterHref(slug)} token={formToken} once={once} files={true}>
        <Select
          name="kind"
          label={t("这是什么钱", "What it is")}
          value={typed.kind}
          options={(["opening", "deposit"] as const).map((kind) => ({
            value: kind,
            label: MOVEMENT_WORDS[kind][lang],
          }))}
        />
        <Field name="onDay" label={t("入账日期", "Day")} value={typed.onDay} width={11} />
        <Field
          name="words"
          label={t("摘要", "What for")}
          hint={t("例如“区维修资金中心2026年9月对账单余额”", "Such as the authority's statement of September 2026")}
          value={typed.words}
          maxlength={200}
        />
        <FileField name="table" label={t("表格", "Table")} accept=".csv,.xlsx" />
        <FileField
          name="files"
          label={t("附件：主管部门或银行的对账单", "Files: the authority's or the bank's statement")}
          hint={t("转入余额必须附。", "Needed for a balance brought in.")}
          multiple={true}
        />
        <Actions>
          <Button>{t("入账，交复核", "Enter and hand in for review")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskFundRoutes.post("/desk/ledger/fund/enter", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const typed = { kind: one(body, "kind"), onDay: one(body, "onDay"), words: one(body, "words") };
  const once = one(body, "_once") || newOnce();
  if (!isEntered(typed.kind)) return c.notFound();
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return enterPage(c, typed, once, fileProblem(papers.wrong));
  const [table] = files(body, "table");
  const bytes = table ? new Uint8Array(await table.arrayBuffer()) : new Uint8Array();
  const entered = await enterAmounts(
    scene,
    { ...typed, kind: typed.kind },
    bytes,
    papers.attachments,
    once,
    papers.statements,
  );
  if (!entered.ok) return enterPage(c, typed, once, fundProblem(entered.error), entered.error);
  return c.redirect(`${deskVoucherHref(scene.community.slug, entered.value.voucherId)}?done=1`, 303);
});

// ——— Sharing ———

interface ShareTyped extends EnterTyped {
  readonly amount: string;
}
deskFundRoutes.get("/desk/ledger/fund/share", drafts, (c) =>
  sharePage(c, { kind: "interest", onDay: dayOf(c.var.now), words: "", amount: "" }, newOnce()),
);

function sharePage(c: AppContext, typed: ShareTyped, once: string, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("分摊到各户", "Share over units")} breadcrumb={deskFundCrumbs(c)}>
      <h1>{t("分摊到各户", "Share over units")}</h1>
      <p class="lead">
        {t(
          "利息、国债收益、公共收益补充和共用设施残值按专有部分面积分到每一户，算到分，合计一分不差（《住宅专项维修资金管理办法》第二十七条）。",
          "Interest, bonds, what the common revenue adds and what scrapped facilities bring are shared over all units by area, to the fen; the sum is exact (Measures, art. 27).",
        )}
      </p>
      <Refused c={c} problem={problem} />
      <Form action={deskShareHref(scene.community.slug)} token={formToken} once={once} files={true}>
        <Select
          name="kind"
          label={t("这是什么钱", "What it is")}
          value={typed.kind}
          options={SHARED_KINDS.map((kind) => ({
            value: kind,
            label: MOVEMENT_WORDS[kind][lang],
          }))}
        />
        <Field name="amount" label={t("金额（元）", "Yuan")} value={typed.amount} inputmode="decimal" width={11} />
        <Field name="onDay" label={t("入账日期", "Day")} value={typed.onDay} width={11} />
        <Field name="words" label={t("摘要", "What for")} value={typed.words} maxlength={200} />
        <FileField name="files" label={t("附件：银行回单", "Files: the bank's slip")} multiple={true} />
        <Actions>
          <Button>{t("分摊，交复核", "Share and hand in for review")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskFundRoutes.post("/desk/ledger/fund/share", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const typed = {
    kind: one(body, "kind"),
    onDay: one(body, "onDay"),
    words: one(body, "words"),
    amount: one(body, "amount"),
  };
  const once = one(body, "_once") || newOnce();
  if (!isShared(typed.kind)) return c.notFound();
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return sharePage(c, typed, once, fileProblem(papers.wrong));
  const amount = parseYuan(typed.amount);
  const shared = await shareIn(
    scene,
    { kind: typed.kind, onDay: typed.onDay, words: typed.words, amountFen: amount.ok ? amount.value : 0 },
    papers.attachments,
    once,
    papers.statements,
  );
  if (!shared.ok) return sharePage(c, typed, once, fundProblem(shared.error));
  return c.redirect(`${deskVoucherHref(scene.community.slug, shared.value.voucherId)}?done=1`, 303);
});
