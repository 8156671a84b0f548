/** A task's words: adding one to the list, rewording it, and taking it off. Forms of those who manage duties. */
import { Hono } from "hono";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { switchOf } from "../terms/place.ts";
import { endTask, setTask } from "./actions.ts";
import { Ending } from "./ending.tsx";
import { arranges, crumbs, deskOf } from "./place.ts";
import { dutiesProblem } from "./problems.ts";
import { findTask, type TaskRow } from "./store.ts";

/** Mounted under /c/:slug. */
export const taskPages = new Hono<AppEnv>();

interface TaskGiven {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly textZh: string;
  readonly textEn: string;
  readonly seen: string;
}

function taskForm(c: AppContext, task: TaskRow | null, given: TaskGiven, once: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const title = task ? t("改写任务", "Reword a task") : t("增加任务", "Add a task");
  const here = `${deskOf(c)}/tasks`;
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Form
        action={task ? `${here}/${task.taskId}` : `${here}/new`}
        token={formToken}
        once={once}
        hidden={task ? { seen: given.seen } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="titleZh"
          label={t("任务名称", "Name in Chinese")}
          hint={t("例如“走访和议事”，最多 30 个字", "Such as 走访和议事, at most 30 characters")}
          value={given.titleZh}
          error={errorFor(errors, "titleZh")}
        />
        <TextArea
          name="textZh"
          label={t("要做什么、做到什么程度", "What is to be done, and how far")}
          value={given.textZh}
          error={errorFor(errors, "textZh")}
          optional={t("选填", "optional")}
          rows={4}
        />
        <Field
          name="titleEn"
          label={t("英文名称", "Name in English")}
          value={given.titleEn}
          optional={t("选填", "optional")}
        />
        <TextArea
          name="textEn"
          label={t("英文说明", "Text in English")}
          value={given.textEn}
          optional={t("选填", "optional")}
          rows={3}
        />
        <Actions>
          <Button>
            {task
              ? t("改写，写入公开记录", "Reword it, in the public record")
              : t("增加，写入公开记录", "Add it, in the public record")}
          </Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      {task ? (
        <Ending
          c={c}
          action={`${here}/${task.taskId}/end`}
          once={newOnce()}
          errors={errors}
          title={t("结束这项任务", "End this task")}
          text={t(
            "没有组织承担时可以结束；以前的填报都保留。",
            "It can be ended once no body has it; what was reported stays.",
          )}
          label={t("结束任务", "End the task")}
        />
      ) : null}
    </Page>
  );
}

const EMPTY_TASK: TaskGiven = { titleZh: "", titleEn: "", textZh: "", textEn: "", seen: "" };
const readTaskGiven = (c: AppContext) => textOf(c, "titleZh", "titleEn", "textZh", "textEn", "seen");

taskPages.get("/desk/duties/tasks/new", arranges, (c) => c.html(taskForm(c, null, EMPTY_TASK, newOnce())));

taskPages.post("/desk/duties/tasks/new", arranges, async (c) => {
  const { _once, ...given } = await readTaskGiven(c);
  const once = _once || newOnce();
  const done = await setTask(staffScene(c), null, given, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(taskForm(c, null, given, once, problem), problem.status);
});

async function findLivingTask(c: AppContext): Promise<TaskRow | null> {
  const { scene } = c.var;
  const [found] = await scene.db.read(findTask(scene, c.req.param("taskId") ?? ""));
  return found[0]?.ended === 0 ? found[0] : null;
}

const givenOf = (task: TaskRow): TaskGiven => ({ ...task, seen: String(task.version) });

taskPages.get("/desk/duties/tasks/:taskId", arranges, async (c) => {
  const task = await findLivingTask(c);
  return task ? c.html(taskForm(c, task, givenOf(task), newOnce())) : problemResponse(c, NOT_FOUND);
});

taskPages.post("/desk/duties/tasks/:taskId", arranges, async (c) => {
  const task = await findLivingTask(c);
  if (!task) return problemResponse(c, NOT_FOUND);
  const { _once, ...given } = await readTaskGiven(c);
  const once = _once || newOnce();
  const done = await setTask(staffScene(c), task.taskId, given, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(taskForm(c, task, given, once, problem), problem.status);
});

taskPages.post("/desk/duties/tasks/:taskId/end", arranges, async (c) => {
  const { _once, why } = await textOf(c, "why");
  const taskId = c.req.param("taskId");
  const done = await endTask(staffScene(c), taskId, { why }, _once || newOnce());
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const task = await findLivingTask(c);
  if (!task) return problemResponse(c, NOT_FOUND);
  const problem = dutiesProblem(done.error);
  return c.html(taskForm(c, task, givenOf(task), newOnce(), problem), problem.status);
});
