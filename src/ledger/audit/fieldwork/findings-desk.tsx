/** Findings at the desk: recording them, the committee's answers, and conclusions. Markup and forms only. */
import { Hono } from "hono";
import { dayOf, endOf } from "../../../kernel/day.ts";
import { parseYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Field, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../../platform/ui/forms.tsx";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { Clock } from "../../../platform/ui/steps.tsx";
import type { AuditView } from "../actions.ts";
import { deskAuditHref, findingsHref } from "../addresses.ts";
import { auditOfPath, deskAuditCrumbs, readsAudits, worksOnAudits } from "../desk.tsx";
import { auditProblem, findingFaultWords } from "../problems.ts";
import { auditTitle, Finding } from "../shown.tsx";
import { OUTCOME_WORDS, SEVERITY_WORDS } from "../words.ts";
import { conclude, recordFinding, respond } from "./actions.ts";
import { OUTCOMES, SEVERITIES } from "./rules.ts";
import { type FindingRow, standing } from "./store.ts";

/** Mounted at /c/:slug. */
export const findingRoutes = new Hono<AppEnv>();
const HERE = "/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/findings";

type Typed = Readonly<Record<string, string>>;

findingRoutes.get(HERE, readsAudits, (c) => findingsPage(c));

async function findingsPage(
  c: AppContext,
  problem?: Problem,
  typed: Typed = {},
  errors: readonly FieldError[] = [],
  once = newOnce(),
) {
  const { t, lang, scene, actor, now } = c.var;
  const { slug } = scene.community;
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const { row } = view;
  const isMine = actor.permissions.has("audit.work") && row.auditorPersonId === actor.personId;
  // Until they are sent they are the auditor's own.
  if (!isMine && row.responseDueOn === null) return c.notFound();
  const findings = standing(view.findings);
  const title = t("审计发现和答复", "Findings and answers");
  const isHearing = row.state === "draft_sent" || row.state === "responses";
  const isOverdue = row.responseDueOn !== null && dayOf(now) > row.responseDueOn;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[...deskAuditCrumbs(c), { href: deskAuditHref(slug, row.number), label: auditTitle(row, lang) }]}
      switchHref={`${findingsHref(slug, row.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <ErrorSummary t={t} errors={errors} />
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      {isHearing ? (
        <Clock
          t={t}
          lang={lang}
          label={t("业委会答复到", "The committee answers until")}
          at={endOf(row.responseDueOn!)}
          now={now}
        />
      ) : null}
      {findings.length === 0 ? (
        <EmptyState title={t("没有审计发现", "No finding")}>
          {t(
            "发现记下后列在这里，送出后业委会逐项答复。",
            "Findings stand here once recorded; sent, each is answered.",
          )}
        </EmptyState>
      ) : null}
      {findings.length > 0 ? <h2>{t("各项发现", "The findings")}</h2> : null}
      {findings.map((finding) => (
        <section>
          <Finding c={c} finding={finding} isOverdue={isOverdue} />
          {isHearing &&
          actor.permissions.has("audit.respond") &&
          finding.response === null &&
          finding.outcome === null ? (
            <Answer c={c} view={view} finding={finding} typed={typed} />
          ) : null}
          {isHearing && isMine && finding.outcome === null && (finding.response !== null || isOverdue) ? (
            <Conclusion c={c} view={view} finding={finding} typed={typed} />
          ) : null}
        </section>
      ))}
      {isMine && row.state === "fieldwork" ? (
        <NewFinding c={c} view={view} typed={typed} errors={errors} once={once} />
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

const Answer = ({ c, view, finding, typed }: { c: AppContext; view: AuditView; finding: FindingRow; typed: Typed }) => {
  const { t, scene, formToken } = c.var;
  const { findingNo } = finding;
  return (
    <Form action={`${findingsHref(scene.community.slug, view.row.number)}/${findingNo}/response`} token={formToken}>
      <TextArea
        name={`response-${findingNo}`}
        label={t(`答复发现${findingNo}`, `Answer finding ${findingNo}`)}
        hint={t(
          "随审计意见公开，不写个人姓名。答复后不能修改。",
          "Published with the opinion; no names. It stands once given.",
        )}
        value={typed[`response-${findingNo}`] ?? ""}
        rows={3}
        maxlength={2000}
      />
      <Actions>
        <Button look="quiet">{t("提交答复", "Send the answer")}</Button>
      </Actions>
    </Form>
  );
};

const Conclusion = ({
  c,
  view,
  finding,
  typed,
}: {
  c: AppContext;
  view: AuditView;
  finding: FindingRow;
  typed: Typed;
}) => {
  const { t, lang, scene, formToken } = c.var;
  const { findingNo } = finding;
  return (
    <Form action={`${findingsHref(scene.community.slug, view.row.number)}/${findingNo}/conclusion`} token={formToken}>
      <RadioGroup
        name={`outcome-${findingNo}`}
        legend={t(`对发现${findingNo}的结论`, `Conclusion on finding ${findingNo}`)}
        value={typed[`outcome-${findingNo}`]}
        options={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value][lang] }))}
      />
      <TextArea
        name={`conclusion-${findingNo}`}
        label={t("理由", "Why")}
        value={typed[`conclusion-${findingNo}`] ?? ""}
        rows={3}
        maxlength={2000}
      />
      <Actions>
        <Button look="quiet">{t("下结论", "Conclude")}</Button>
      </Actions>
    </Form>
  );
};

const NewFinding = (props: {
  c: AppContext;
  view: AuditView;
  typed: Typed;
  errors: readonly FieldError[];
  once: string;
}) => {
  const { c, view, typed, errors, once } = props;
  const { t, lang, scene, formToken } = c.var;
  const findings = standing(view.findings);
  return (
    <Form action={findingsHref(scene.community.slug, view.row.number)} token={formToken} once={once}>
      <h2>{t("记一项发现", "Record a finding")}</h2>
      <Select
        name="severity"
        label={t("轻重", "How grave")}
        value={typed.severity}
        prompt={t("请选择", "Choose")}
        options={SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value][lang] }))}
        error={errorFor(errors, "severity")}
      />
      <TextArea
        name="text"
        label={t("发现了什么", "What was found")}
        hint={t(
          "会公开：说“收款人”“承租人”，不写姓名、房号、电话。",
          "It is published: say “the payee”, no names or numbers.",
        )}
        value={typed.text ?? ""}
        error={errorFor(errors, "text")}
        maxlength={1000}
      />
      <Field
        name="items"
        label={t("涉及工作底稿的哪几号", "Which lines of the working sheet")}
        hint={t("用逗号或空格分开，例如 3, 17", "Apart by commas or spaces, such as 3, 17")}
        value={typed.items ?? ""}
        optional={t("选填", "optional")}
        error={errorFor(errors, "items")}
      />
      <Field
        name="amount"
        label={t("涉及金额（元）", "Amount, in yuan")}
        value={typed.amount ?? ""}
        optional={t("选填", "optional")}
        inputmode="decimal"
        width={11}
        error={errorFor(errors, "amount")}
      />
      <TextArea
        name="recommendation"
        label={t("建议", "What should be done")}
        value={typed.recommendation ?? ""}
        rows={3}
        error={errorFor(errors, "recommendation")}
        maxlength={1000}
      />
      {findings.length === 0 ? null : (
        <Select
          name="strikes"
          label={t("取代先前的一项", "In the place of an earlier one")}
          hint={t(
            "写错的不修改，用新的一项取代，原来的保留。",
            "A wrong one is not edited: a new one takes its place and both are kept.",
          )}
          value={typed.strikes}
          prompt={t("不取代", "None")}
          optional={t("选填", "optional")}
          options={findings.map(({ findingNo, text }) => ({
            value: String(findingNo),
            label: `${findingNo} ${text.slice(0, 20)}`,
          }))}
          error={errorFor(errors, "strikes")}
        />
      )}
      <Actions>
        <Button>{t("记下发现", "Record it")}</Button>
      </Actions>
    </Form>
  );
};

/** Numbers apart by commas, spaces or 、; what is no number is not on any sheet. */
export const readItems = (text: string): number[] =>
  text
    .normalize("NFKC")
    .split(/[\s,、;]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d{1,6}$/.test(part) ? Number(part) : -1));

findingRoutes.post(HERE, worksOnAudits, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const names = ["severity", "text", "items", "amount", "recommendation", "strikes"] as const;
  const typed = Object.fromEntries(names.map((name) => [name, one(body, name)])) as Record<
    (typeof names)[number],
    string
  >;
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const once = one(body, "_once") || newOnce();
  const amount = typed.amount.trim() === "" ? 0 : parseYuan(typed.amount);
  const recorded = await recordFinding(
    staffScene(c),
    view.row.engagementId,
    {
      severity: typed.severity,
      text: typed.text,
      items: readItems(typed.items),
      amountFen: amount === 0 ? 0 : amount.ok ? amount.value : -1,
      recommendation: typed.recommendation,
      strikes: typed.strikes === "" ? null : Number(typed.strikes),
    },
    once,
  );
  if (recorded.ok) return c.redirect(`${findingsHref(c.var.scene.community.slug, view.row.number)}?done=1`, 303);
  const errors =
    recorded.error.reason === "finding_faulty"
      ? recorded.error.faults.map((fault) => {
          const { field, words } = findingFaultWords(fault);
          return { field, message: words[c.var.lang] };
        })
      : [];
  return findingsPage(c, auditProblem(recorded.error), typed, errors, once);
});

findingRoutes.post(`${HERE}/:finding{[1-9][0-9]{0,2}}/response`, requires("audit.respond"), async (c) => {
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const findingNo = Number(c.req.param("finding"));
  const name = `response-${findingNo}`;
  const words = one(await c.req.parseBody({ all: true }), name);
  const done = await respond(staffScene(c), view.row.engagementId, findingNo, words);
  if (!done.ok) return findingsPage(c, auditProblem(done.error), { [name]: words });
  return c.redirect(`${findingsHref(c.var.scene.community.slug, view.row.number)}?done=1#finding-${findingNo}`, 303);
});

findingRoutes.post(`${HERE}/:finding{[1-9][0-9]{0,2}}/conclusion`, worksOnAudits, async (c) => {
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const findingNo = Number(c.req.param("finding"));
  const body = await c.req.parseBody({ all: true });
  const asked = { outcome: one(body, `outcome-${findingNo}`), words: one(body, `conclusion-${findingNo}`) };
  const done = await conclude(staffScene(c), view.row.engagementId, findingNo, asked);
  if (!done.ok)
    return findingsPage(c, auditProblem(done.error), {
      [`outcome-${findingNo}`]: asked.outcome,
      [`conclusion-${findingNo}`]: asked.words,
    });
  return c.redirect(`${findingsHref(c.var.scene.community.slug, view.row.number)}?done=1#finding-${findingNo}`, 303);
});
