/** Planning what becomes of the net revenue: the form, and what is wrong beside its field. Markup and forms only. */
import { Hono } from "hono";
import { type Fen, formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, FileField } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { deskVoucherHref } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { putPapers } from "../fund/papers.ts";
import { planDistribution, readAvailable } from "./actions.ts";
import { deskDistributionsHref } from "./addresses.ts";
import { distributionProblem, planFaultWords } from "./problems.ts";
import { leastTopUp } from "./rules.ts";

/** Mounted at /c/:slug, before the pages of one distribution. */
export const planDistributionRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const USES = 3;

interface Typed {
  readonly toFund: string;
  readonly toOwners: string;
  readonly ownersDecision: string;
  readonly uses: readonly { readonly what: string; readonly amount: string; readonly decision: string }[];
}
const EMPTY: Typed = {
  toFund: "",
  toOwners: "",
  ownersDecision: "",
  uses: Array.from({ length: USES }, () => ({ what: "", amount: "", decision: "" })),
};

planDistributionRoutes.get("/desk/ledger/distributions/new", drafts, (c) => newPage(c, EMPTY));

async function newPage(
  c: AppContext,
  typed: Typed,
  errors: readonly FieldError[] = [],
  problem?: Problem,
  once = newOnce(),
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const available = await readAvailable(scene);
  const least = available ? leastTopUp(available.netFen, available.settings, available.fund) : 0;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("拟定分配方案", "Plan a distribution")}
      breadcrumb={[...deskCrumbs(c), { href: deskDistributionsHref(slug), label: t("收益分配", "Distributions") }]}
    >
      <h1>{t("拟定分配方案", "Plan a distribution")}</h1>
      <p class="lead">
        {available
          ? t(
              `可用${formatYuan(available.netFen)}元（截至${available.through}）。保存后生成一张凭证，由别人复核、主任审批后生效；每户份额同时算好。`,
              `${formatYuan(available.netFen)} yuan to use (through ${available.through}). Saving drafts a voucher that others review and approve; each unit's share is made with it.`,
            )
          : t("还没有结账的月份。", "No month is closed yet.")}
      </p>
      <Refused c={c} problem={problem} />
      <Form action={`${deskDistributionsHref(slug)}/new`} token={formToken} once={once} files={true}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="toFund"
          label={t("补充专项维修资金（元）", "To the maintenance fund, in yuan")}
          hint={t(`至少${formatYuan(least)}元`, `at least ${formatYuan(least)}`)}
          value={typed.toFund || plainYuan(least)}
          error={errorFor(errors, "toFund")}
          inputmode="decimal"
          width={11}
        />
        {typed.uses.map((use, at) => (
          <Fieldset legend={t(`其他使用${at + 1}（没有就空着）`, `Other use ${at + 1} (may stay empty)`)}>
            <Field
              name={`uses[${at}].what`}
              label={t("用在什么地方", "What for")}
              value={use.what}
              error={errorFor(errors, `uses[${at}].what`)}
            />
            <Field
              name={`uses[${at}].amount`}
              label={t("金额（元）", "Yuan")}
              value={use.amount}
              error={errorFor(errors, `uses[${at}].amount`)}
              inputmode="decimal"
              width={11}
            />
            <Field
              name={`uses[${at}].decision`}
              label={t("业主大会决定", "Owners' decision")}
              value={use.decision}
              error={errorFor(errors, `uses[${at}].decision`)}
            />
          </Fieldset>
        ))}
        <Field
          name="toOwners"
          label={t("向业主分配（元）", "To the owners, in yuan")}
          value={typed.toOwners}
          error={errorFor(errors, "toOwners")}
          inputmode="decimal"
          width={11}
          optional={t("可不填", "may stay empty")}
        />
        <Field
          name="ownersDecision"
          label={t("分配依据的业主大会决定", "The owners' decision it rests on")}
          hint={t("例如“第3次会议 议题2”", "Such as “meeting 3, item 2”")}
          value={typed.ownersDecision}
          error={errorFor(errors, "ownersDecision")}
        />
        <FileField
          name="files"
          label={t("附件：业主大会决定或分配方案", "Files: the decision or the scheme")}
          hint={t("照片或 PDF，必须有。", "Photograph or PDF; needed.")}
          multiple={true}
          error={errorFor(errors, "files")}
        />
        <Actions>
          <Button>{t("保存方案，交复核", "Save and hand in for review")}</Button>
        </Actions>
      </Form>
    </Page>,
    errors.length > 0 || problem ? ((problem?.status ?? 422) as 422) : 200,
  );
}

planDistributionRoutes.post("/desk/ledger/distributions/new", drafts, async (c) => {
  const { t, lang, scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const typed: Typed = {
    toFund: one(body, "toFund"),
    toOwners: one(body, "toOwners"),
    ownersDecision: one(body, "ownersDecision"),
    uses: Array.from({ length: USES }, (_, at) => ({
      what: one(body, `uses[${at}].what`),
      amount: one(body, `uses[${at}].amount`),
      decision: one(body, `uses[${at}].decision`),
    })),
  };
  const once = one(body, "_once") || newOnce();
  const errors: FieldError[] = [];
  const fen = (field: string, text: string): Fen => {
    if (text.trim() === "") return 0;
    const read = parseYuan(text);
    if (read.ok && read.value >= 0) return read.value;
    errors.push({
      field,
      message: t("金额写成 1234.50 这样，不能小于0。", "Write the amount as 1234.50, not below nought."),
    });
    return 0;
  };
  const filled = typed.uses.flatMap((use, at) =>
    `${use.what}${use.amount}${use.decision}`.trim() === "" ? [] : [{ ...use, at }],
  );
  const plan = {
    toFundFen: fen("toFund", typed.toFund),
    toOwnersFen: fen("toOwners", typed.toOwners),
    ownersDecision: typed.ownersDecision.trim(),
    uses: filled.map(({ what, amount, decision, at }) => ({
      what: what.trim(),
      amountFen: fen(`uses[${at}].amount`, amount),
      decision: decision.trim(),
    })),
  };
  if (errors.length > 0) return newPage(c, typed, errors, undefined, once);
  const papers = await putPapers(staffScene(c), files(body, "files"));
  if (papers.wrong) return newPage(c, typed, [{ field: "files", message: papers.wrong[lang] }], undefined, once);
  if (papers.attachments.length === 0)
    return newPage(
      c,
      typed,
      [{ field: "files", message: t("请附上业主大会的决定或方案。", "Attach the decision or the scheme.") }],
      undefined,
      once,
    );
  const planned = await planDistribution(staffScene(c), plan, papers.attachments, once, papers.statements);
  if (planned.ok) return c.redirect(`${deskVoucherHref(scene.community.slug, planned.value.voucherId)}?done=1`, 303);
  if (planned.error.reason !== "plan_faulty") return newPage(c, typed, [], distributionProblem(planned.error), once);
  return newPage(
    c,
    typed,
    planned.error.faults.map((fault) => {
      const { field, words } = planFaultWords(fault);
      const at = "use" in fault ? (filled[fault.use - 1]?.at ?? 0) : 0;
      const shown = field === "useWhat" ? `uses[${at}].what` : field === "useDecision" ? `uses[${at}].decision` : field;
      return { field: shown, message: words[lang] };
    }),
    undefined,
    once,
  );
});
