/** Works paid from the fund at the desk: proposing, each step by whoever may take it, settling. Markup and forms only. */
import { Hono } from "hono";
import { listBuildingCounts } from "../../../community/browse/store.ts";
import { dayOf } from "../../../kernel/day.ts";
import { parseYuan } from "../../../kernel/money.ts";
import { readSettings } from "../../../offices/settings/actions.ts";
import { type Permission, requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { files, one, several } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../../platform/ui/choices.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { Field, FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../../platform/ui/forms.tsx";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { deskVoucherHref, readCount } from "../../books/addresses.ts";
import { readMode } from "../actions.ts";
import { deskProjectHref, deskProjectsHref, fundProjectHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { fileProblem, putPapers } from "../papers.ts";
import { fundProblem, planFaultWords } from "../problems.ts";
import { FUND_SETTINGS } from "../settings.ts";
import { ProjectFactsList, ProjectState, StepList } from "../shown.tsx";
import { EMERGENCY_WORDS, EXCLUSION_WORDS, PATH_WORDS, STEP_WORDS } from "../words.ts";
import { factsOf, proposeProject, readProject, readProjects, recordStep, settleProject } from "./actions.ts";
import {
  approverOf,
  EMERGENCIES,
  EXCLUSIONS,
  isEmergency,
  isExclusion,
  isPath,
  isReportOverdue,
  mayStep,
  PATHS,
  reportDueOn,
  STEP_KINDS,
  type StepKind,
  stateOf,
} from "./rules.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskProjectRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");
const A_PAGE = 50;
const ALL = 99_999_999;

/** Whose step it is: the committee's papers its staff, approvals its chair, the street's confirmation the street. */
const STEP_PERMISSION: Readonly<Record<StepKind, Permission>> = {
  decided: "ledger.draft",
  committee_confirmed: "ledger.approve",
  street_confirmed: "fund.confirm",
  approved: "ledger.approve",
  accepted: "ledger.draft",
  audited: "ledger.draft",
  reported: "ledger.draft",
  stopped: "ledger.approve",
};

deskProjectRoutes.get("/desk/ledger/fund/projects", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const rows = await readProjects(scene, { limit: A_PAGE, before });
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("维修工程", "Works")} breadcrumb={deskFundCrumbs(c)}>
      <h1>{t("维修工程", "Works")}</h1>
      {actor.permissions.has("ledger.draft") ? (
        <Actions>
          <ButtonLink href={`${deskProjectsHref(slug)}/new`}>{t("提出一项工程", "Propose works")}</ButtonLink>
        </Actions>
      ) : null}
      <LinkList
        items={rows.map((row) => ({
          href: deskProjectHref(slug, row.number),
          title: `${row.number}. ${row.title}`,
          note: PATH_WORDS[row.path][lang],
          status: <ProjectState c={c} row={row} />,
        }))}
        empty={
          <EmptyState title={t("还没有工程", "No works yet")}>
            {t("要用维修资金，先在这里提出方案和预算。", "To use the fund, propose a plan and an estimate here first.")}
          </EmptyState>
        }
      />
      {rows.length === A_PAGE ? (
        <p>
          <a href={`${deskProjectsHref(slug)}?before=${rows.at(-1)!.number}`}>{t("更早的", "Earlier")}</a>
        </p>
      ) : null}
    </Page>,
  );
});

// ——— Proposing ———

interface Typed {
  readonly path: string;
  readonly title: string;
  readonly plan: string;
  readonly estimate: string;
  readonly emergency: string;
  readonly buildings: readonly string[];
  readonly exclusions: readonly string[];
}
const NOTHING: Typed = {
  path: "decision",
  title: "",
  plan: "",
  estimate: "",
  emergency: "",
  buildings: [],
  exclusions: [],
};

deskProjectRoutes.get("/desk/ledger/fund/projects/new", drafts, (c) => newPage(c, NOTHING, newOnce()));

async function newPage(
  c: AppContext,
  typed: Typed,
  once: string,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, lang, scene, formToken } = c.var;
  const [buildings] = await scene.db.read(listBuildingCounts(scene));
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("提出一项工程", "Propose works")} breadcrumb={deskFundCrumbs(c)}>
      <h1>{t("提出一项工程", "Propose works")}</h1>
      <ErrorSummary t={t} errors={errors} />
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form action={`${deskProjectsHref(scene.community.slug)}/new`} token={formToken} once={once} files={true}>
        <Field
          name="title"
          label={t("工程名称", "Name")}
          value={typed.title}
          error={errorFor(errors, "title")}
          maxlength={60}
        />
        <Select
          name="path"
          label={t("办理方式", "How")}
          value={typed.path}
          options={PATHS.map((path) => ({ value: path, label: PATH_WORDS[path][lang] }))}
        />
        <Select
          name="emergency"
          label={t("紧急情况（应急使用才选）", "Which emergency, if it is one")}
          hint={t(
            "《民法典》第二百八十一条第二款：紧急情况下可以依法申请使用，不先表决。",
            "Civil Code art. 281(2): in an emergency without a vote first.",
          )}
          value={typed.emergency}
          prompt={t("不是紧急情况", "No emergency")}
          options={EMERGENCIES.map((one) => ({ value: one, label: EMERGENCY_WORDS[one][lang] }))}
          error={errorFor(errors, "emergency")}
        />
        <TextArea
          name="plan"
          label={t("使用方案：修什么、怎么修、由谁修", "Plan: what is repaired, how, by whom")}
          value={typed.plan}
          error={errorFor(errors, "plan")}
          maxlength={2000}
        />
        <Field
          name="estimate"
          label={t("预算（元）", "Estimate, in yuan")}
          value={typed.estimate}
          error={errorFor(errors, "estimate")}
          inputmode="decimal"
          width={11}
        />
        <CheckboxGroup
          name="buildings"
          legend={t("受益的楼栋", "For which buildings")}
          hint={t(
            "一个也不选就是全小区。只有受益的业主表决和出钱。",
            "None ticked is the whole estate. Only owners it is for decide and pay.",
          )}
          options={buildings.map(({ building }) => ({ value: building, label: building }))}
          values={typed.buildings}
          error={errorFor(errors, "buildings")}
        />
        <CheckboxGroup
          name="exclusions"
          legend={t("是不是下面这些？是就勾上", "Is it any of these? Tick what it is")}
          hint={t(
            "勾上的不能从维修资金列支，系统会说明理由。",
            "What is ticked is not paid by the fund, and you are told why.",
          )}
          options={EXCLUSIONS.map((one) => ({ value: one, label: EXCLUSION_WORDS[one][lang] }))}
          values={typed.exclusions}
          error={errorFor(errors, "exclusions")}
        />
        <FileField name="files" label={t("附件：方案、预算书", "Files: the plan, the estimate")} multiple={true} />
        <Actions>
          <Button>{t("提出", "Propose")}</Button>
        </Actions>
      </Form>
    </Page>,
    errors.length > 0 || problem ? ((problem?.status ?? 422) as 422) : 200,
  );
}

deskProjectRoutes.post("/desk/ledger/fund/projects/new", drafts, async (c) => {
  const { lang } = c.var;
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const typed: Typed = {
    path: one(body, "path"),
    title: one(body, "title"),
    plan: one(body, "plan"),
    estimate: one(body, "estimate"),
    emergency: one(body, "emergency"),
    buildings: several(body, "buildings"),
    exclusions: several(body, "exclusions"),
  };
  const once = one(body, "_once") || newOnce();
  if (!isPath(typed.path)) return c.notFound();
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return newPage(c, typed, once, [], fileProblem(papers.wrong));
  const estimate = parseYuan(typed.estimate);
  const proposed = await proposeProject(
    scene,
    {
      path: typed.path,
      title: typed.title,
      plan: typed.plan,
      exclusions: typed.exclusions.filter(isExclusion),
      emergency: isEmergency(typed.emergency) ? typed.emergency : null,
      estimateFen: estimate.ok ? estimate.value : 0,
      scope: typed.buildings.length === 0 ? { kind: "estate" } : { kind: "buildings", buildings: typed.buildings },
    },
    papers.attachments,
    once,
    papers.statements,
  );
  if (proposed.ok) return c.redirect(`${deskProjectHref(scene.community.slug, proposed.value.number)}?done=1`, 303);
  if (proposed.error.reason !== "plan_faulty") return newPage(c, typed, once, [], fundProblem(proposed.error));
  const errors = proposed.error.faults.map((fault) => {
    const { field, words } = planFaultWords(fault);
    return { field, message: words[lang] };
  });
  return newPage(c, typed, once, errors);
});

// ——— One of them ———

deskProjectRoutes.get("/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}", reads, (c) => onePage(c));

async function onePage(c: AppContext, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const row = number ? await readProject(scene, number) : null;
  if (!row) return c.notFound();
  const [settings, mode] = await Promise.all([readSettings(scene, FUND_SETTINGS), readMode(scene)]);
  const here = deskProjectHref(slug, row.number);
  const today = dayOf(c.var.now);
  const facts = factsOf(row);
  const open = STEP_KINDS.filter(
    (kind) =>
      actor.permissions.has(STEP_PERMISSION[kind]) &&
      mayStep({ kind, onDay: today, words: "-", files: 1 }, facts, actor.personId, today).ok,
  );
  const due = reportDueOn(facts, settings.reportDays.value);
  const isReported = facts.steps.some(({ kind }) => kind === "reported");
  return c.html(
    <Page {...frameOf(c, "staff")} title={row.title} breadcrumb={deskFundCrumbs(c)}>
      <h1>{row.title}</h1>
      <p>
        <ProjectState c={c} row={row} /> <a href={fundProjectHref(slug, row.number)}>{t("公开页", "public page")}</a>
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      {due !== null && !isReported ? (
        <Callout
          tone={isReportOverdue(facts, settings.reportDays.value, today) ? "bad" : "warn"}
          title={t(`${due}前向业主报告应急使用`, `Report the emergency to the owners by ${due}`)}
        />
      ) : null}
      <ProjectFactsList c={c} row={row} />
      <StepList c={c} row={row} />
      {row.settlement ? (
        <p>
          <a href={deskVoucherHref(slug, row.settlement.voucherId)}>{t("结算的凭证", "Voucher of the settlement")}</a>
        </p>
      ) : null}
      {open.map((kind) => (
        <Form action={`${here}/step`} token={formToken} hidden={{ kind }} files={true} id={`step-${kind}`}>
          <h2>{STEP_WORDS[kind][lang]}</h2>
          {kind === "approved" ? (
            <p class="hint">
              {approverOf(mode) === "authority"
                ? t(
                    "现在由主管部门代管：写明主管部门批准的文号（《住宅专项维修资金管理办法》第二十二条）。",
                    "The authority holds the fund: give the number of its approval (Measures, art. 22).",
                  )
                : t(
                    "现在由业主大会自管：业委会审核同意后报主管部门备案（《住宅专项维修资金管理办法》第二十三条）。",
                    "The assembly holds the fund: the committee approves and files it with the authority (Measures, art. 23).",
                  )}
            </p>
          ) : null}
          {kind === "decided" ? (
            <>
              <Field
                name="meeting"
                label={t("业主大会第几次会议", "Meeting no.")}
                value={typed.meeting}
                inputmode="numeric"
                width={4}
              />
              <Field name="item" label={t("第几项议题", "Item no.")} value={typed.item} inputmode="numeric" width={4} />
            </>
          ) : (
            <Field
              name="words"
              label={t("说明", "Words")}
              value={typed.kind === kind ? typed.words : ""}
              maxlength={200}
            />
          )}
          <Field name="onDay" label={t("日期", "Day")} value={typed.kind === kind ? typed.onDay : today} width={11} />
          {kind === "decided" ? null : <FileField name="files" label={t("附件", "Files")} multiple={true} />}
          <Actions>
            <Button look={kind === "stopped" ? "quiet" : undefined}>{t("登记", "Record")}</Button>
          </Actions>
        </Form>
      ))}
      {stateOf(facts) === "accepted" && actor.permissions.has("ledger.draft") ? (
        <Form action={`${here}/settle`} token={formToken} once={newOnce()} files={true}>
          <h2>{t("结算", "Settle")}</h2>
          <Field
            name="amount"
            label={t("结算金额（元）", "Amount, in yuan")}
            value={typed.amount}
            inputmode="decimal"
            width={11}
          />
          <Field name="payee" label={t("收款单位", "Paid to")} value={typed.payee} maxlength={60} />
          <Field name="onDay" label={t("付款日期", "Day of payment")} value={typed.payDay ?? today} width={11} />
          <Field
            name="overWhy"
            label={t("超预算的原因", "Why it is above the estimate")}
            hint={t(
              `超过预算${settings.variancePercent.value}%以上要写，公开显示。`,
              `Needed above ${settings.variancePercent.value} % more than the estimate; public.`,
            )}
            value={typed.overWhy}
            maxlength={200}
          />
          <FileField name="files" label={t("附件：发票、结算书", "Files: invoice, final account")} multiple={true} />
          <Actions>
            <Button>{t("按面积分摊，交复核", "Share by area and hand in for review")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskProjectRoutes.post(
  "/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/step",
  requires("ledger.draft", "ledger.approve", "fund.confirm"),
  async (c) => {
    const body = await c.req.parseBody({ all: true });
    const scene = staffScene(c);
    const kind = STEP_KINDS.find((one_) => one_ === one(body, "kind"));
    const number = readCount(c.req.param("number")) ?? 0;
    if (!kind || !scene.actor.permissions.has(STEP_PERMISSION[kind])) return c.notFound();
    const typed = {
      kind,
      onDay: one(body, "onDay"),
      words: one(body, "words"),
      meeting: one(body, "meeting"),
      item: one(body, "item"),
    };
    const papers = await putPapers(scene, files(body, "files"));
    if (papers.wrong) return onePage(c, fileProblem(papers.wrong), typed);
    const done = await recordStep(
      scene,
      number,
      { ...typed, meeting: readCount(typed.meeting.trim()), item: readCount(typed.item.trim()) },
      papers.attachments,
      papers.statements,
    );
    if (!done.ok && done.error.reason === "unknown_project") return c.notFound();
    if (!done.ok) return onePage(c, fundProblem(done.error), typed);
    return c.redirect(`${deskProjectHref(scene.community.slug, number)}?done=1`, 303);
  },
);

deskProjectRoutes.post("/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/settle", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const number = readCount(c.req.param("number")) ?? 0;
  const typed = {
    amount: one(body, "amount"),
    payee: one(body, "payee"),
    payDay: one(body, "onDay"),
    overWhy: one(body, "overWhy"),
  };
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return onePage(c, fileProblem(papers.wrong), typed);
  const amount = parseYuan(typed.amount);
  const settled = await settleProject(
    scene,
    number,
    { amountFen: amount.ok ? amount.value : 0, overWhy: typed.overWhy, onDay: typed.payDay, payee: typed.payee },
    papers.attachments,
    one(body, "_once") || newOnce(),
    papers.statements,
  );
  if (settled.ok) return c.redirect(`${deskVoucherHref(scene.community.slug, settled.value.voucherId)}?done=1`, 303);
  return settled.error.reason === "unknown_project" ? c.notFound() : onePage(c, fundProblem(settled.error), typed);
});
