/** Who leads a task and who helps, by when and answered for by which post: giving it, changing it, ending it. Forms of those who manage duties. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { switchOf } from "../terms/place.ts";
import { listBodies, listPosts, type PostRow } from "../terms/store.ts";
import { assignDuty, changeDuty, type DutiesRefusal, endDuty, newestVersion } from "./actions.ts";
import { Ending } from "./ending.tsx";
import { arranges, crumbs, deskOf } from "./place.ts";
import { dutiesProblem } from "./problems.ts";
import { CADENCES, ROLES } from "./rules.ts";
import { type DutyRow, findTaskOf, listTasks, listVersionsOf, type TaskRow } from "./store.ts";
import { CADENCE_WORDS, ROLE_WORDS } from "./words.tsx";

/** Mounted under /c/:slug. */
export const arrangingPages = new Hono<AppEnv>();

interface DutyGiven {
  readonly taskId: string;
  readonly bodyId: string;
  readonly role: string;
  readonly cadence: string;
  readonly beginsOn: string;
  readonly dueOn: string;
  readonly postId: string;
  readonly seen: string;
}

/** The fields that say by when and who answers for it, alike for a new duty and a change. */
const ScheduleFields = (props: {
  c: AppContext;
  given: DutyGiven;
  errors: FieldError[];
  posts: readonly { readonly value: string; readonly label: string }[];
  isLead: boolean;
}) => {
  const { t, lang } = props.c.var;
  const { given, errors, posts } = props;
  return (
    <>
      {props.isLead ? (
        <>
          <RadioGroup
            name="cadence"
            legend={t("多久完成一次", "How often")}
            hint={t(
              "每月、每季度、每年的任务在当期最后一天前完成；只协同的不用选",
              "Recurring ones are due by the last day of each period; not for a body that only helps",
            )}
            value={given.cadence}
            error={errorFor(errors, "cadence")}
            options={CADENCES.map((cadence) => ({ value: cadence, label: CADENCE_WORDS[cadence][lang] }))}
          />
          <DateTimeField
            kind="date"
            name="dueOn"
            label={t("完成期限", "Deadline")}
            hint={t("只有一次完成的任务填写", "Only for one that is done once")}
            value={given.dueOn}
            error={errorFor(errors, "dueOn")}
            optional={t("选填", "optional")}
          />
        </>
      ) : null}
      <DateTimeField
        kind="date"
        name="beginsOn"
        label={t("从哪天开始", "Begins on")}
        value={given.beginsOn}
        error={errorFor(errors, "beginsOn")}
      />
      <Select
        name="postId"
        label={t("由哪个职务负责", "Which post answers for it")}
        hint={t("任职人换了，负责的人也跟着换", "Whoever holds the post answers for it")}
        prompt={t("不指定", "None in particular")}
        value={given.postId}
        error={errorFor(errors, "postId")}
        optional={t("选填", "optional")}
        options={posts}
      />
    </>
  );
};

const DUTY_FIELDS = ["taskId", "bodyId", "role", "cadence", "beginsOn", "dueOn", "postId", "seen"] as const;

async function assignForm(c: AppContext, given: DutyGiven, once: string, problem?: Problem) {
  const { t, lang, formToken, scene } = c.var;
  const [tasks, bodies, posts] = await scene.db.read(listTasks(scene), listBodies(scene), listPosts(scene));
  const errors = fieldErrors(problem, lang);
  const nameOf = (bodyId: string): string => {
    const body = bodies.find((one) => one.bodyId === bodyId);
    return body ? t(body.nameZh, body.nameEn) : "";
  };
  const postLabel = ({ bodyId, titleZh, titleEn }: PostRow): string => `${nameOf(bodyId)} · ${t(titleZh, titleEn)}`;
  const title = t("把任务交给一个组织", "Give a task to a body");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form action={`${deskOf(c)}/assign`} token={formToken} once={once}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="taskId"
          label={t("任务", "Task")}
          prompt={t("请选择", "Choose")}
          value={given.taskId}
          error={errorFor(errors, "taskId")}
          options={tasks.map((task) => ({ value: task.taskId, label: t(task.titleZh, task.titleEn) }))}
        />
        <Select
          name="bodyId"
          label={t("组织", "Body")}
          prompt={t("请选择", "Choose")}
          value={given.bodyId}
          error={errorFor(errors, "bodyId")}
          options={bodies.map(({ bodyId }) => ({ value: bodyId, label: nameOf(bodyId) }))}
        />
        <RadioGroup
          name="role"
          legend={t("牵头还是协同", "Leads or helps")}
          hint={t(
            "一项任务只有一个牵头，由它填报完成；协同的填报做了什么",
            "A task has one leader, who says when it is done; those who help report what they did",
          )}
          value={given.role}
          error={errorFor(errors, "role")}
          options={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role][lang] }))}
        />
        <ScheduleFields
          c={c}
          given={given}
          errors={errors}
          isLead={true}
          posts={posts.map((post) => ({ value: post.postId, label: postLabel(post) }))}
        />
        <Actions>
          <Button>{t("交办，写入公开记录", "Give it, in the public record")}</Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

arrangingPages.get("/desk/duties/assign", arranges, async (c) => {
  const given: DutyGiven = {
    taskId: c.req.query("task") ?? "",
    bodyId: "",
    role: "lead",
    cadence: "monthly",
    beginsOn: dayOf(c.var.now),
    dueOn: "",
    postId: "",
    seen: "",
  };
  return c.html(await assignForm(c, given, newOnce()));
});

arrangingPages.post("/desk/duties/assign", arranges, async (c) => {
  const { _once, ...given } = await textOf(c, ...DUTY_FIELDS);
  const once = _once || newOnce();
  const { seen: _, ...asked } = given;
  const done = await assignDuty(staffScene(c), asked, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(await assignForm(c, given, once, problem), problem.status);
});

interface Found {
  readonly duty: DutyRow;
  readonly task: TaskRow;
  readonly posts: readonly PostRow[];
  readonly body: string;
}

async function findLivingDuty(c: AppContext): Promise<Found | null> {
  const { scene, t } = c.var;
  const dutyId = c.req.param("dutyId") ?? "";
  const [versions, tasks, posts, bodies] = await scene.db.read(
    listVersionsOf(scene, dutyId),
    findTaskOf(scene, dutyId),
    listPosts(scene),
    listBodies(scene),
  );
  const duty = newestVersion(versions);
  const body = bodies.find(({ bodyId }) => bodyId === duty?.bodyId);
  if (duty?.ended !== 0 || !tasks[0] || !body) return null;
  return {
    duty,
    task: tasks[0],
    posts: posts.filter(({ bodyId }) => bodyId === duty.bodyId),
    body: t(body.nameZh, body.nameEn),
  };
}

function changeForm(
  c: AppContext,
  { duty, task, posts, body }: Found,
  given: DutyGiven,
  once: string,
  problem?: Problem,
) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const here = `${deskOf(c)}/${duty.dutyId}`;
  const title = t("变更责任", "Change a duty");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <FactList>
        <Fact label={t("任务", "Task")}>{t(task.titleZh, task.titleEn)}</Fact>
        <Fact label={pick(ROLE_WORDS[duty.role], lang)}>{body}</Fact>
      </FactList>
      <Form action={`${here}/change`} token={formToken} once={once} hidden={{ seen: given.seen }}>
        <ErrorSummary t={t} errors={errors} />
        <ScheduleFields
          c={c}
          given={given}
          errors={errors}
          isLead={duty.role === "lead"}
          posts={posts.map(({ postId, titleZh, titleEn }) => ({ value: postId, label: t(titleZh, titleEn) }))}
        />
        <Actions>
          <Button>{t("变更，写入公开记录", "Change it, in the public record")}</Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      <Ending
        c={c}
        action={`${here}/end`}
        once={newOnce()}
        errors={errors}
        title={t("不再由这个组织承担", "This body no longer has it")}
        text={t(
          "以前的填报都保留；任务可以交给别的组织。",
          "What was reported stays; the task can be given to another body.",
        )}
        label={t("结束这项责任", "End this duty")}
      />
    </Page>
  );
}

const givenOfDuty = (duty: DutyRow): DutyGiven => ({
  taskId: duty.taskId,
  bodyId: duty.bodyId,
  role: duty.role,
  cadence: duty.cadence,
  beginsOn: duty.beginsOn,
  dueOn: duty.dueOn ?? "",
  postId: duty.postId ?? "",
  seen: String(duty.version),
});

arrangingPages.get("/desk/duties/:dutyId/change", arranges, async (c) => {
  const found = await findLivingDuty(c);
  return found ? c.html(changeForm(c, found, givenOfDuty(found.duty), newOnce())) : problemResponse(c, NOT_FOUND);
});

arrangingPages.post("/desk/duties/:dutyId/change", arranges, async (c) => {
  const found = await findLivingDuty(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { _once, ...given } = await textOf(c, ...DUTY_FIELDS);
  const once = _once || newOnce();
  const { cadence, beginsOn, dueOn, postId, seen } = given;
  const asked = { cadence, beginsOn, dueOn, postId, seen };
  const done = await changeDuty(staffScene(c), found.duty.dutyId, asked, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(changeForm(c, found, given, once, problem), problem.status);
});

arrangingPages.post("/desk/duties/:dutyId/end", arranges, async (c) => {
  const { _once, why } = await textOf(c, "why");
  const done = await endDuty(staffScene(c), c.req.param("dutyId"), { why }, _once || newOnce());
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const found = await findLivingDuty(c);
  if (!found || isGone(done.error)) return problemResponse(c, NOT_FOUND);
  const problem = dutiesProblem(done.error);
  return c.html(changeForm(c, found, givenOfDuty(found.duty), newOnce(), problem), problem.status);
});

const isGone = ({ reason }: DutiesRefusal): boolean => reason === "unknown_duty" || reason === "duty_ended";
