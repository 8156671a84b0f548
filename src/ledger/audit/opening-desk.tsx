/** Opening an audit at the desk: who asked for it, which books and days, who audits. Markup and forms only. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { BOOK_WORDS } from "../books/chart.ts";
import { listBooks } from "../books/store.ts";
import { openAudit, readAuditors, viewAudit } from "./actions.ts";
import { deskAuditHref, deskAuditsHref } from "./addresses.ts";
import { deskAuditCrumbs } from "./desk.tsx";
import { auditProblem } from "./problems.ts";
import { COMMISSIONS, type EngagementAsked } from "./rules.ts";
import { COMMISSION_WORDS, engagementFaultWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const openingAuditRoutes = new Hono<AppEnv>();
const engages = requires("audit.engage");

const lastYear = (today: string) => Number(today.slice(0, 4)) - 1;
const fresh = (today: string): EngagementAsked => ({
  commission: "",
  basis: "",
  meeting: "",
  item: "",
  books: ["common"],
  fromOn: `${lastYear(today)}-01-01`,
  toOn: `${lastYear(today)}-12-31`,
  firm: "",
  creditCode: "",
  auditorPersonId: "",
  scope: "",
  dueOn: addMonths(today, 2),
});

openingAuditRoutes.get("/desk/ledger/audits/new", engages, (c) => newPage(c, fresh(dayOf(c.var.now)), newOnce()));

async function newPage(
  c: AppContext,
  typed: EngagementAsked,
  once: string,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const [auditors, [books]] = await Promise.all([readAuditors(scene), scene.db.read(listBooks(scene))]);
  const day = (name: "fromOn" | "toOn" | "dueOn", label: string, hint?: string) => (
    <DateTimeField
      name={name}
      kind="date"
      label={label}
      hint={hint}
      value={typed[name]}
      error={errorFor(errors, name)}
    />
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("立一项审计", "Open an audit")}
      breadcrumb={deskAuditCrumbs(c)}
      switchHref={`${deskAuditsHref(slug)}/new?lang=${t("en", "zh")}`}
    >
      <h1>{t("立一项审计", "Open an audit")}</h1>
      <p class="lead">
        {t(
          "立项后，只有登记的审计人员能抽样、核对和发表意见。经手过这些账目的人，哪怕只有一天，也不能审计。",
          "From here on the engaged auditor alone samples, ticks and gives the opinion. Whoever had a hand in these books, be it for a day, cannot.",
        )}
      </p>
      <ErrorSummary t={t} errors={errors} />
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form action={`${deskAuditsHref(slug)}/new`} token={formToken} once={once}>
        <Select
          name="commission"
          label={t("由谁要求", "Asked for by")}
          value={typed.commission}
          prompt={t("请选择", "Choose")}
          options={COMMISSIONS.map((value) => ({ value, label: COMMISSION_WORDS[value][lang] }))}
          error={errorFor(errors, "commission")}
        />
        <Field
          name="basis"
          label={t("依据的决议或文件", "The resolution or letter it rests on")}
          hint={t(
            "例如：业委会〔2026〕第8号决议。下面写了会议和议题的，可以不填。",
            "Such as: resolution 〔2026〕8. May be empty where a meeting and item are named below.",
          )}
          value={typed.basis}
          error={errorFor(errors, "basis")}
          maxlength={200}
        />
        <Field
          name="meeting"
          label={t("业主大会第几次会议", "Owners' meeting no.")}
          hint={t(
            "业主大会要求的必填。只认已经公布、通过的第九项事项。",
            "Needed where the assembly asks. It is published, of matter 9, and carried.",
          )}
          value={typed.meeting}
          error={errorFor(errors, "meeting")}
          inputmode="numeric"
          width={4}
          optional={t("其他情况选填", "optional otherwise")}
        />
        <Field
          name="item"
          label={t("第几项议题", "Item no.")}
          value={typed.item}
          error={errorFor(errors, "item")}
          inputmode="numeric"
          width={4}
          optional={t("其他情况选填", "optional otherwise")}
        />
        <CheckboxGroup
          name="books"
          legend={t("审计哪几本账", "Which books")}
          options={books.map(({ book }) => ({ value: book, label: BOOK_WORDS[book][lang] }))}
          values={typed.books}
          error={errorFor(errors, "books")}
        />
        {day("fromOn", t("审计的第一天", "First day audited"))}
        {day(
          "toOn",
          t("审计的最后一天", "Last day audited"),
          t(
            "可以先立项；到抽样时，这些月份都要已经结账。",
            "It may be opened before; by the sampling these months are closed.",
          ),
        )}
        <Field
          name="firm"
          label={t("审计机构", "Firm or body")}
          value={typed.firm}
          error={errorFor(errors, "firm")}
          maxlength={60}
        />
        <Field
          name="creditCode"
          label={t("统一社会信用代码", "Credit code")}
          hint={t(
            "18位；核对不上的会提醒，不会拦住。",
            "18 characters; a doubtful one is pointed out and not refused.",
          )}
          value={typed.creditCode}
          error={errorFor(errors, "creditCode")}
          width={20}
        />
        <Select
          name="auditor"
          label={t("主办的审计人员", "Led by")}
          hint={t(
            "列出的是登记了限时查阅的审计人员。公开页只显示姓。",
            "Those with dated access. The public page shows the surname alone.",
          )}
          value={typed.auditorPersonId}
          prompt={t("请选择", "Choose")}
          options={auditors.map(({ personId, name, lastOn }) => ({
            value: personId,
            label: lastOn === null ? name : t(`${name}（查阅到${lastOn}）`, `${name} (until ${lastOn})`),
          }))}
          error={errorFor(errors, "auditor")}
        />
        <TextArea
          name="scope"
          label={t("审计范围", "Scope")}
          value={typed.scope}
          error={errorFor(errors, "scope")}
          maxlength={1000}
        />
        {day("dueOn", t("最迟哪天公布意见", "Opinion due by"))}
        <Actions>
          <Button>{t("立项", "Open the audit")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

openingAuditRoutes.post("/desk/ledger/audits/new", engages, async (c) => {
  const scene = staffScene(c);
  const body = await c.req.parseBody({ all: true });
  const typed: EngagementAsked = {
    commission: one(body, "commission"),
    basis: one(body, "basis"),
    meeting: one(body, "meeting"),
    item: one(body, "item"),
    books: several(body, "books"),
    fromOn: one(body, "fromOn"),
    toOn: one(body, "toOn"),
    firm: one(body, "firm"),
    creditCode: one(body, "creditCode"),
    auditorPersonId: one(body, "auditor"),
    scope: one(body, "scope"),
    dueOn: one(body, "dueOn"),
  };
  const once = one(body, "_once") || newOnce();
  const opened = await openAudit(scene, typed, once);
  if (!opened.ok) {
    const errors =
      opened.error.reason === "engagement_faulty"
        ? opened.error.faults.map((fault) => {
            const { field, words } = engagementFaultWords(fault);
            return { field, message: words[c.var.lang] };
          })
        : [];
    return newPage(c, typed, once, errors, auditProblem(opened.error));
  }
  const view = await viewAudit(scene, opened.value.engagementId);
  return c.redirect(`${deskAuditHref(scene.community.slug, view!.row.number)}?done=1`, 303);
});
