/** Importing the roll on the desk: upload, what the file says, what would change, confirm; each stage with its time. */

import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { DateTimeField, FileField } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Steps } from "../../platform/ui/steps.tsx";
import { errorsOf, FormRefusal, refused, rollBase, rollFrame, textOf, today, valuesOf } from "../desk.tsx";
import { abandonImport, confirmImport, type ImportView, stageImport, viewImport } from "./actions.ts";
import { Counts, Preview } from "./preview.tsx";
import { type JobRow, listJobs, type Stage } from "./store.ts";
import { type FileFormat, fileOf, MEDIA_TYPES, templateTable } from "./writing.ts";

export const importPages = new Hono<AppEnv>();
const writes = requires("roll.write");
const STAGE_WORDS: Record<Stage, Bilingual> = {
  checked: { zh: "已核对，等待确认", en: "checked, waiting" },
  writing: { zh: "正在写入", en: "being written" },
  written: { zh: "已写入名册", en: "written" },
  abandoned: { zh: "已放弃", en: "given up" },
};
const STAGE_TONES = { checked: "waiting", writing: "active", written: "good", abandoned: "off" } as const;

const crumb = (c: AppContext) => ({ href: `${rollBase(c)}/import`, label: c.var.t("导入名册", "Import") });

function uploadPage(c: AppContext, jobs: readonly JobRow[], fromOn: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = errorsOf(problem, lang);
  return (
    <Page {...rollFrame(c, [])} title={t("导入名册", "Import the roll")}>
      <h1>{t("导入名册", "Import the roll")}</h1>
      <FormRefusal c={c} problem={problem} />
      <p>
        {t(
          "上传 Excel（.xlsx）或 CSV。系统先核对并列出差异，您确认之后才写入；要么全部写入，要么完全不动。",
          "Upload Excel (.xlsx) or CSV. It is checked and the differences shown first; nothing is written before you confirm, and then all of it or nothing.",
        )}
      </p>
      <Form action={c.req.path} token={formToken} files>
        <ErrorSummary t={t} errors={errors} />
        <FileField
          name="file"
          label={t("名册文件", "The file")}
          hint={t("最多 20000 行、10 MB；表头用中文列名。", "At most 20,000 rows and 10 MB; Chinese column headers.")}
          accept=".xlsx,.csv,.txt"
          error={errorFor(errors, "file")}
        />
        <DateTimeField
          name="fromOn"
          kind="date"
          label={t("自哪一天起生效", "True from which day on")}
          hint={t(
            "首次导入填名册核实的日期；之后导入填变更发生的日期。",
            "For the first import the day it was verified; later, the day of the changes.",
          )}
          value={fromOn}
          max={today(c)}
          error={errorFor(errors, "fromOn")}
        />
        <Actions>
          <Button>{t("上传并核对", "Upload and check")}</Button>
          <ButtonLink look="quiet" href={`${rollBase(c)}/import/template.xlsx`} download="名册模板.xlsx">
            {t("下载模板（Excel）", "Template (Excel)")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${rollBase(c)}/import/template.csv`} download="名册模板.csv">
            {t("下载模板（CSV）", "Template (CSV)")}
          </ButtonLink>
        </Actions>
      </Form>
      <Details summary={t("怎样填写？", "How to fill it in")}>
        <ul>
          <li>
            {t(
              "一个专有部分有几位共有人，就写几行，楼栋、单元、房号和面积相同；也可以把姓名写在“共有人”一列，用顿号隔开。",
              "For co-owners give one row each with the same building, entrance, number and area; or list names under 共有人.",
            )}
          </li>
          <li>
            {t(
              "同一人有几个专有部分的，请填产权人编号、证件号或后四位、手机号中的一种，系统才能认出是同一人。",
              "For one person with several units give the owner's number, document or its last four, or mobile, so that they are recognised as one.",
            )}
          </li>
          <li>
            {t(
              "尚未售出的写“未售”，可以不填业主；已售未交付的写“未交付”。这些都归建设单位，合起来按一人计算。",
              "Write 未售 for unsold units (no owner needed) and 未交付 for those not handed over; together they count as the developer's one head.",
            )}
          </li>
          <li>
            {t(
              "房号请设为“文本”格式，避免 0101 变成 101、2018.10 变成 2018.1。",
              "Set unit numbers to Text, so that 0101 does not become 101, nor 2018.10 become 2018.1.",
            )}
          </li>
        </ul>
      </Details>
      <h2>{t("最近的导入", "Recent imports")}</h2>
      <LinkList
        empty={<EmptyState title={t("还没有导入过", "Nothing imported yet")} />}
        items={jobs.map((job) => ({
          href: `${rollBase(c)}/import/${job.jobId}`,
          title: job.fileName,
          note: sayInstant(job.parsedAt, lang),
          status: <StatusWord tone={STAGE_TONES[job.stage]}>{pick(STAGE_WORDS[job.stage], lang)}</StatusWord>,
        }))}
      />
    </Page>
  );
}

importPages.get("/desk/roll/import", writes, async (c) => {
  const [jobs] = await c.var.scene.db.read(listJobs(c.var.scene, 10));
  return c.html(uploadPage(c, jobs, today(c)));
});

importPages.post("/desk/roll/import", writes, async (c) => {
  const { scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const given = body.file;
  const file = given instanceof File ? given : null;
  const { fromOn } = await textOf(c, "fromOn");
  const done = /^\d{4}-\d{2}-\d{2}$/.test(fromOn)
    ? await stageImport(
        staffScene(c),
        { name: file?.name ?? "", bytes: new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0)) },
        fromOn,
      )
    : ({ ok: false, error: { reason: "day_form", day: fromOn } } as const);
  if (done.ok) return c.redirect(`${rollBase(c)}/import/${done.value.jobId}`, 303);
  const problem = refused(done.error);
  const [jobs] = await scene.db.read(listJobs(scene, 10));
  return c.html(uploadPage(c, jobs, fromOn, problem), problem.status);
});

for (const format of ["csv", "xlsx"] as const satisfies readonly FileFormat[])
  importPages.get(`/desk/roll/import/template.${format}`, writes, async (c) =>
    c.body(await fileOf(templateTable(), format), 200, {
      "content-type": MEDIA_TYPES[format],
      "content-disposition": `attachment; filename="roll-template.${format}"; filename*=UTF-8''${encodeURIComponent(`名册模板.${format}`)}`,
    }),
  );

function jobPage(c: AppContext, view: ImportView, problem?: Problem) {
  const { t, lang } = c.var;
  const { job, summary, preview } = view;
  const said = (at: number | null) => (at === null ? undefined : sayInstant(at, lang));
  // A file with errors stays at its check: nothing can be confirmed.
  const waits = summary.errors > 0 ? 1 : 2;
  const current = job.stage === "written" ? 4 : job.stage === "writing" ? 3 : waits;
  return (
    <Page
      {...rollFrame(c, [crumb(c)])}
      title={t("导入名册", "Import the roll")}
      // Without a script the page asks again by itself while the batch is being written.
      head={job.stage === "writing" ? <meta http-equiv="refresh" content="2" /> : undefined}
    >
      <h1>{job.fileName || t("导入", "Import")}</h1>
      <FormRefusal c={c} problem={problem} />
      <Steps
        t={t}
        label={t("导入的进度", "Progress")}
        current={current}
        {...(job.stage === "abandoned" ? { stopped: t("已放弃", "given up") } : {})}
        steps={[
          { name: t("读取文件", "Read"), when: said(job.parsedAt) },
          { name: t("核对", "Checked"), when: said(job.checkedAt) },
          { name: t("确认", "Confirmed"), when: said(job.writingAt) },
          { name: t("写入名册", "Written"), when: said(job.writtenAt) },
        ]}
      />
      <p>{t(`自 ${sayDay(job.asOf, lang)} 起生效。`, `True from ${sayDay(job.asOf, lang)} on.`)}</p>
      <Counts c={c} summary={summary} />
      {job.stage === "written" ? (
        <Callout tone="good" title={t("已全部写入名册", "All of it is in the roll")}>
          <p>
            <a href={rollBase(c)}>{t("查看名册", "See the roll")}</a> ·{" "}
            <a href={`${rollBase(c)}/voters`}>{t("核对按人计数", "Check the heads")}</a>
          </p>
        </Callout>
      ) : null}
      {preview ? <Preview c={c} view={{ ...view, preview }} /> : null}
    </Page>
  );
}

importPages.get("/desk/roll/import/:jobId", writes, async (c) => {
  const view = await viewImport(c.var.scene, c.req.param("jobId"));
  return view ? c.html(jobPage(c, view)) : problemResponse(c, NOT_FOUND);
});

importPages.post("/desk/roll/import/:jobId/confirm", writes, async (c) => {
  const jobId = c.req.param("jobId");
  const { version } = await textOf(c, "version");
  const done = await confirmImport(staffScene(c), jobId, {
    version: /^\d{1,9}$/.test(version) ? Number(version) : -1,
    retire: await valuesOf(c, "retire"),
  });
  if (done.ok) return c.redirect(`${rollBase(c)}/import/${jobId}`, 303);
  const view = await viewImport(c.var.scene, jobId);
  const problem = refused(done.error);
  return view ? c.html(jobPage(c, view, problem), problem.status) : problemResponse(c, NOT_FOUND);
});

importPages.post("/desk/roll/import/:jobId/abandon", writes, async (c) => {
  const jobId = c.req.param("jobId");
  const done = await abandonImport(staffScene(c), jobId);
  if (done.ok) return c.redirect(`${rollBase(c)}/import`, 303);
  return problemResponse(c, refused(done.error));
});
