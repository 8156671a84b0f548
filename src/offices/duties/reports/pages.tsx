/** Reporting on one period of a duty, with evidence: the form of those in the leading and helping bodies, and of those who send back and excuse. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Confirm, RadioGroup } from "../../../platform/ui/choices.tsx";
import { FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../../forms.tsx";
import { switchOf } from "../../terms/place.ts";
import { newestVersion, scheduleOf } from "../actions.ts";
import { crumbs, deskOf, works } from "../place.ts";
import { dutiesProblem } from "../problems.ts";
import { type Period, periodsOf, type ReportKind, stateOfPeriod } from "../rules.ts";
import {
  type DutyRow,
  findTaskOf,
  listDuties,
  listNewestOf,
  listPostsHeld,
  listReports,
  listVersionsOf,
  type ReportRow,
  type TaskRow,
} from "../store.ts";
import { REPORT_WORDS, STATE_WORDS, sayPeriod, sayPeriodOf } from "../words.tsx";
import { reportDuty } from "./actions.ts";

/** Mounted under /c/:slug. */
export const reportPages = new Hono<AppEnv>();

const SHOWN = 10;

interface Found {
  readonly duty: DutyRow;
  readonly task: TaskRow;
  readonly periods: readonly Period[];
  readonly newest: ReadonlyMap<string, ReportKind>;
  readonly reports: readonly ReportRow[];
  /** What this person may report at all. */
  readonly kinds: readonly ReportKind[];
}

/** The duty, for somebody who may report on it; else nothing: not yours is not there. */
async function findDuty(c: AppContext): Promise<Found | null> {
  const { scene, actor, now } = c.var;
  const dutyId = c.req.param("dutyId") ?? "";
  const [versions, tasks, duties, newest, held, reports] = await scene.db.read(
    listVersionsOf(scene, dutyId),
    findTaskOf(scene, dutyId),
    listDuties(scene),
    listNewestOf(scene, dutyId),
    listPostsHeld(scene, actor.personId),
    listReports(scene, dutyId, { limit: SHOWN, offset: 0 }),
  );
  const duty = newestVersion(versions);
  if (duty?.role !== "lead" || duty.ended === 1 || !tasks[0]) return null;
  const mine = new Set(held.map(({ bodyId }) => bodyId));
  const inLead = mine.has(duty.bodyId);
  const inSupport = duties.some(
    ({ taskId, role, bodyId }) => taskId === duty.taskId && role === "support" && mine.has(bodyId),
  );
  const kinds: ReportKind[] = [
    ...(inLead || inSupport ? (["progress"] as const) : []),
    ...(inLead ? (["done"] as const) : []),
    ...(actor.permissions.has("duty.manage") ? (["waived"] as const) : []),
    // Only what is done or excused can be sent back.
    ...(actor.permissions.has("duty.manage") && newest.some(({ kind }) => kind === "done" || kind === "waived")
      ? (["returned"] as const)
      : []),
  ];
  if (kinds.length === 0) return null;
  return {
    duty,
    task: tasks[0],
    periods: periodsOf(scheduleOf(duty), dayOf(now)),
    newest: new Map(newest.map(({ period, kind }) => [period, kind])),
    reports,
    kinds,
  };
}

interface Given {
  readonly period: string;
  readonly kind: string;
  readonly text: string;
  readonly isPublic: boolean;
}

const HINTS: Partial<Record<ReportKind, readonly [zh: string, en: string]>> = {
  done: ["由牵头组织填报，连同材料", "By the leading body, with its evidence"],
  returned: ["已完成的退回重办，写明理由", "What is done is to be redone, and why"],
  waived: ["这一期不需要做，写明理由", "Not needed this time, and why"],
};

function reportForm(c: AppContext, found: Found, given: Given, once: string, problem?: Problem) {
  const { t, lang, formToken, now } = c.var;
  const { duty, task, periods, newest, reports, kinds } = found;
  const errors = fieldErrors(problem, lang);
  const title = t(`填报：${task.titleZh}`, `Report: ${task.titleEn}`);
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <p class="lead">{t(task.textZh, task.textEn)}</p>
      <Form action={`${deskOf(c)}/${duty.dutyId}/report`} token={formToken} once={once} files={true}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="period"
          label={t("哪一期", "Which period")}
          value={given.period}
          error={errorFor(errors, "period")}
          options={periods.toReversed().map((period) => ({
            value: period.key,
            label: `${sayPeriodOf(period, lang)} · ${pick(STATE_WORDS[stateOfPeriod(period, newest.get(period.key), dayOf(now))], lang)}`,
          }))}
        />
        <RadioGroup
          name="kind"
          legend={t("进展", "How it stands")}
          value={given.kind}
          error={errorFor(errors, "kind")}
          options={kinds.map((kind) => {
            const hint = HINTS[kind];
            return {
              value: kind,
              label: pick(REPORT_WORDS[kind], lang),
              ...(hint ? { hint: t(hint[0], hint[1]) } : {}),
            };
          })}
        />
        <TextArea
          name="text"
          label={t("做了什么", "What was done")}
          hint={t("公开显示，请不要写住户的姓名、房号和电话", "Public: no names, homes or phone numbers of residents")}
          value={given.text}
          error={errorFor(errors, "text")}
          rows={4}
        />
        <FileField
          name="file"
          label={t("材料", "Evidence")}
          hint={t(
            "照片或 PDF，最大 10 MB。加密保存，校验值写入公开记录",
            "A photograph or PDF of at most 10 MB. Kept encrypted; its hash enters the public record",
          )}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          error={errorFor(errors, "file")}
          optional={t("选填", "optional")}
        />
        <Confirm
          name="isPublic"
          label={t("这份材料可以公开", "This evidence may be public")}
          hint={t("照片里有住户或个人信息的，不要勾选", "Not where it shows residents or personal data")}
          checked={given.isPublic}
        />
        <Actions>
          <Button>{t("填报，写入公开记录", "Report it, in the public record")}</Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
      {reports.length === 0 ? null : (
        <DataTable
          caption={t("最近的填报", "Latest reports")}
          rows={reports}
          columns={[
            {
              label: t("周期", "Period"),
              head: true,
              cell: (report) =>
                `${sayPeriod(report.period, lang, report.dueOn)} ${pick(REPORT_WORDS[report.kind], lang)}`,
            },
            { label: t("内容", "What"), cell: (report) => report.text },
            {
              label: t("填报", "Reported"),
              cell: (report) => `${sayInstant(report.reportedAt, lang)} ${report.reportedAs}`,
            },
            {
              label: t("材料", "Evidence"),
              cell: (report) =>
                report.fileId === null ? "—" : <a href={`${deskOf(c)}/files/${report.fileId}`}>{report.fileName}</a>,
            },
          ]}
        />
      )}
    </Page>
  );
}

reportPages.get("/desk/duties/:dutyId/report", works, async (c) => {
  const found = await findDuty(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const asked = c.req.query("period") ?? "";
  const period = found.periods.find(({ key }) => key === asked) ?? found.periods.at(-1);
  const given: Given = {
    period: period?.key ?? "",
    kind: found.kinds.length === 1 ? found.kinds[0]! : "",
    text: "",
    isPublic: false,
  };
  return c.html(reportForm(c, found, given, newOnce()));
});

reportPages.post("/desk/duties/:dutyId/report", works, async (c) => {
  const found = await findDuty(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { _once, isPublic, ...text } = await textOf(c, "period", "kind", "text", "isPublic");
  const once = _once || newOnce();
  const given: Given = { ...text, isPublic: isPublic === "yes" };
  const posted = (await c.req.parseBody()).file;
  // A file field that was left empty is sent as a file without a name.
  const upload = posted instanceof File && (posted.size > 0 || posted.name !== "") ? posted : null;
  const file = upload ? { name: upload.name, bytes: new Uint8Array(await upload.arrayBuffer()) } : null;
  const done = await reportDuty(staffScene(c), found.duty.dutyId, { ...given, file }, once);
  if (done.ok) return c.redirect(`${deskOf(c)}?done=1`, 303);
  const problem = dutiesProblem(done.error);
  return c.html(reportForm(c, found, given, once, problem), problem.status);
});
