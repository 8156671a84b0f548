/** The desk of duties: what one's own bodies have to report, and the list of tasks for those who arrange it. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { adoptTen, scheduleOf } from "./actions.ts";
import { type MatrixRow, matrixFrom, matrixQueries } from "./matrix.ts";
import { arranges, baseOf, crumbs, deskOf, works } from "./place.ts";
import { dutiesProblem } from "./problems.ts";
import { TEN_TASKS } from "./standard.ts";
import { findEvidence, listPostsHeld } from "./store.ts";
import { CADENCE_WORDS, StateWord, sayPeriodOf, saySchedule } from "./words.tsx";

/** Mounted under /c/:slug. */
export const dutyDesk = new Hono<AppEnv>();

/** The ten tasks to begin with, where there is no task yet. */
const Beginning = ({
  c,
  bodies,
  given,
  problem,
}: {
  c: AppContext;
  bodies: readonly { readonly value: string; readonly label: string }[];
  given: string;
  problem: Problem | undefined;
}) => {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  return (
    <>
      <EmptyState title={t("清单里还没有任务", "No tasks on the list yet")}>
        <p>
          {t(
            "可以先采用小区党支部十项任务，再逐项改写、增加或结束；也可以从一项开始自己列。",
            "Begin with the branch's ten tasks and reword, add or end them one by one; or write your own from the first.",
          )}
        </p>
      </EmptyState>
      <Form action={`${deskOf(c)}/adopt`} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="bodyId"
          label={t("由哪个组织牵头", "Which body leads them")}
          hint={t("可以以后再逐项安排", "Can be arranged task by task later")}
          prompt={t("以后再安排", "Later")}
          value={given}
          error={errorFor(errors, "bodyId")}
          optional={t("选填", "optional")}
          options={bodies}
        />
        <Actions>
          <Button>{t("采用十项任务，写入公开记录", "Adopt the ten, in the public record")}</Button>
          <ButtonLink look="quiet" href={`${deskOf(c)}/tasks/new`}>
            {t("自己列一项", "Write one of our own")}
          </ButtonLink>
        </Actions>
      </Form>
      <Details summary={t("是哪十项？", "Which ten?")}>
        <ol>
          {TEN_TASKS.map((task) => (
            <li>
              {t(task.titleZh, task.titleEn)}（{CADENCE_WORDS[task.cadence][lang]}）
              <small class="quiet"> {t(task.textZh, task.textEn)}</small>
            </li>
          ))}
        </ol>
        <p class="quiet">
          {t(
            "内容取自公开的做法介绍；本地有正式文本的，请按正式文本改写。",
            "Drawn from published accounts; where a district has its official text, reword them by it.",
          )}
        </p>
      </Details>
    </>
  );
};

const Tasks = ({ c, rows }: { c: AppContext; rows: readonly MatrixRow[] }) => {
  const { t, lang } = c.var;
  const desk = deskOf(c);
  return (
    <>
      <h2>{t("任务和分工", "Tasks and who has them")}</h2>
      <Actions>
        <ButtonLink look="quiet" href={`${desk}/tasks/new`}>
          {t("增加任务", "Add a task")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${desk}/assign`}>
          {t("交给一个组织", "Give one to a body")}
        </ButtonLink>
      </Actions>
      <DataTable
        caption={t("任务和分工", "Tasks and who has them")}
        quietCaption={true}
        rows={rows}
        columns={[
          { label: t("任务", "Task"), head: true, cell: ({ task }) => t(task.titleZh, task.titleEn) },
          {
            label: t("牵头", "Leads"),
            cell: ({ lead }) =>
              lead ? (
                <>
                  {pick(lead.body, lang)} <StateWord state={lead.state} lang={lang} />
                  <small class="quiet"> {saySchedule(scheduleOf(lead.row), lang)}</small>{" "}
                  <a href={`${desk}/${lead.row.dutyId}/change`}>{t("变更", "Change")}</a>
                </>
              ) : (
                <StatusWord tone="note">{t("还没有", "nobody")}</StatusWord>
              ),
          },
          {
            label: t("协同", "Help"),
            cell: ({ helpers }) =>
              helpers.length === 0
                ? null
                : helpers.map((part) => (
                    <>
                      {pick(part.body, lang)} <a href={`${desk}/${part.row.dutyId}/change`}>
                        {t("变更", "Change")}
                      </a>{" "}
                    </>
                  )),
          },
          {
            label: t("操作", "Act"),
            cell: ({ task, lead }) => (
              <>
                <a href={`${desk}/assign?task=${task.taskId}`}>{t("交给组织", "Give to a body")}</a>{" "}
                <a href={`${desk}/tasks/${task.taskId}`}>{t("改写或结束", "Reword or end")}</a>{" "}
                {lead ? <a href={`${baseOf(c)}/duties/${lead.row.dutyId}`}>{t("看填报", "Reports")}</a> : null}
              </>
            ),
          },
        ]}
      />
    </>
  );
};

async function deskPage(c: AppContext, given = "", problem?: Problem) {
  const { t, lang, now, scene, actor } = c.var;
  const today = dayOf(now);
  const [held, ...ofMatrix] = await scene.db.read(listPostsHeld(scene, actor.personId), ...matrixQueries(scene, today));
  const { rows, bodies } = await matrixFrom(scene, today, ofMatrix);
  const mine = new Set(held.map(({ bodyId }) => bodyId));
  const manages = actor.permissions.has("duty.manage");
  const due = rows.flatMap(({ task, lead, helpers }) => {
    if (!lead?.current) return [];
    const leads = mine.has(lead.bodyId);
    if (!leads && !helpers.some(({ bodyId }) => mine.has(bodyId))) return [];
    if (lead.state === "done" || lead.state === "waived") return [];
    const periods = lead.overdue.length > 0 ? lead.overdue : [lead.current];
    return periods.map((period) => ({ task, lead, leads, period }));
  });
  const desk = deskOf(c);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("责任清单", "Duties")}
      breadcrumb={crumbs(c, false)}
      switchHref={`${desk}?lang=${lang === "en" ? "zh" : "en"}`}
      wide={true}
    >
      <h1>{t("责任清单", "Duties")}</h1>
      <WholeRefusal c={c} problem={problem} />
      {c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      )}
      {held.length > 0 && (rows.length > 0 || !manages) ? (
        <>
          <h2>{t("等我所在的组织填报", "For my bodies to report")}</h2>
          <LinkList
            items={due.map(({ task, lead, leads, period }) => ({
              href: `${desk}/${lead.row.dutyId}/report?period=${period.key}`,
              title: t(task.titleZh, task.titleEn),
              note: `${sayPeriodOf(period, lang)} · ${leads ? t("牵头", "leads") : t("协同", "helps")} · ${pick(lead.body, lang)}`,
              status: <StateWord state={lead.state} lang={lang} />,
            }))}
            empty={
              <EmptyState title={t("现在没有要填报的", "Nothing to report now")}>
                <p>
                  {t(
                    "您任职的组织牵头或协同的任务到期前，会列在这里。",
                    "What a body of yours leads or helps with stands here until it is done.",
                  )}
                </p>
              </EmptyState>
            }
          />
        </>
      ) : null}
      {!manages ? null : rows.length === 0 ? (
        <Beginning
          c={c}
          bodies={bodies.map(({ body }) => ({ value: body.bodyId, label: pick(body.name, lang) }))}
          given={given || (bodies.find(({ body }) => body.kind === "branch")?.body.bodyId ?? "")}
          problem={problem}
        />
      ) : (
        <Tasks c={c} rows={rows} />
      )}
      <p>
        <a href={`${baseOf(c)}/duties`}>{t("公开的责任清单", "The public list")}</a>
      </p>
    </Page>
  );
}

dutyDesk.get("/desk/duties", works, async (c) => c.html(await deskPage(c)));

dutyDesk.post("/desk/duties/adopt", arranges, async (c) => {
  const { _once, bodyId } = await textOf(c, "bodyId");
  const done = await adoptTen(staffScene(c), { bodyId }, _once || newOnce());
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(await deskPage(c, bodyId, problem), problem.status);
});

/** An attachment that is not public, for those who work on duties. */
dutyDesk.get("/desk/duties/files/:fileId", works, async (c) => {
  const { scene } = c.var;
  const fileId = c.req.param("fileId");
  const [shown] = await scene.db.read(findEvidence(scene, fileId));
  const found = shown[0] ? await getFile(scene, fileId, "private") : null;
  if (!found) return problemResponse(c, NOT_FOUND);
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
  });
});
