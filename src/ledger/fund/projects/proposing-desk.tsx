/** Proposing works paid from the fund: the form, and what is refused beside its field. Markup and forms only. */
import { Hono } from "hono";
import { listBuildingCounts } from "../../../community/browse/store.ts";
import { parseYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { files, one, several } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../../platform/ui/choices.tsx";
import { Field, FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../../platform/ui/forms.tsx";
import { deskProjectHref, deskProjectsHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { fileProblem, putPapers } from "../papers.ts";
import { fundProblem, planFaultWords } from "../problems.ts";
import { EMERGENCY_WORDS, EXCLUSION_WORDS, PATH_WORDS } from "../words.ts";
import { proposeProject } from "./actions.ts";
import { EMERGENCIES, EXCLUSIONS, isEmergency, isExclusion, isPath, PATHS } from "./rules.ts";

/** Mounted at /c/:slug, before the pages of one project. */
export const proposingRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");

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

proposingRoutes.get("/desk/ledger/fund/projects/new", drafts, (c) => newPage(c, NOTHING, newOnce()));

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

proposingRoutes.post("/desk/ledger/fund/projects/new", drafts, async (c) => {
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
