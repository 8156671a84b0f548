/** Entering amounts of the fund unit by unit, and sharing what came in for all, at the desk. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { parseYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { RowMessages } from "../assets/import-desk.tsx";
import { deskVoucherHref } from "../books/addresses.ts";
import { enterAmounts, type FundRefusal, shareIn } from "./actions.ts";
import { deskEnterHref, deskShareHref } from "./addresses.ts";
import { deskFundCrumbs } from "./desk.tsx";
import { fileProblem, putPapers } from "./papers.ts";
import { fundProblem } from "./problems.ts";
import { ENTERED_KINDS, isEntered, isShared, SHARED_KINDS } from "./rules.ts";
import { FUND_TEMPLATE } from "./sheet.ts";
import { MOVEMENT_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const enteringRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");

enteringRoutes.get("/desk/ledger/fund/template.csv", drafts, (c) => {
  c.header("content-type", "text/csv; charset=utf-8");
  c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent("维修资金分户模板.csv")}`);
  return c.body(writeCsv(FUND_TEMPLATE));
});
enteringRoutes.get("/desk/ledger/fund/enter", drafts, (c) =>
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
          options={ENTERED_KINDS.map((kind) => ({
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

enteringRoutes.post("/desk/ledger/fund/enter", drafts, async (c) => {
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
enteringRoutes.get("/desk/ledger/fund/share", drafts, (c) =>
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

enteringRoutes.post("/desk/ledger/fund/share", drafts, async (c) => {
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
