/** The matrix of responsibility and each duty with its reports, for anyone. Public pages; they change nothing. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { type Column, DataTable, Pager } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { dutiesFrom, newestVersion, scheduleOf } from "./actions.ts";
import { type Matrix, type MatrixRow, matrixFrom, matrixQueries, type Part, readMatrix } from "./matrix.ts";
import { type MonthOfDuties, periodsOf, stateOfPeriod } from "./rules.ts";
import {
  countReports,
  findEvidence,
  findTaskOf,
  listNewestOf,
  listReports,
  listVersionsOf,
  type ReportRow,
} from "./store.ts";
import { REPORT_WORDS, ROLE_WORDS, StateWord, sayPeriod, sayPeriodOf, saySchedule } from "./words.tsx";

/** Mounted under /c/:slug. */
export const dutyPages = new Hono<AppEnv>();

const REPORTS_A_PAGE = 20;
const OVERDUE_A_PAGE = 20;
/** More bodies than this do not fit beside one another; the others share a column. */
const MOST_COLUMNS = 5;

const pageOf = (c: AppContext): number => Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
const baseOf = (c: AppContext): string => `/c/${c.var.scene.community.slug}`;

/** What the deadlines of the last months came to: a bar each, with its two numbers. */
const Months = ({ c, months: all }: { c: AppContext; months: readonly MonthOfDuties[] }) => {
  const { t, lang } = c.var;
  const first = all.findIndex(({ due }) => due > 0);
  if (first < 0) return null;
  const months = all.slice(first);
  return (
    <>
      <h2>{t("到期的任务完成了多少", "Of what fell due, how much was done")}</h2>
      <ul class="multiples">
        {months.map(({ month, due, done }) => (
          <li>
            <p class="multiple-name">
              {sayPeriod(month, lang)} <small class="num">{t(`${done}/${due}`, `${done}/${due}`)}</small>
            </p>
            <svg class="bar" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect class="bar-ground" y="3" width="100" height="14" />
              {due > 0 ? <rect class="bar-good" y="3" width={Math.floor((done * 100) / due)} height="14" /> : null}
            </svg>
            <p class="hint">
              {due === 0 ? t("没有到期", "nothing due") : t(`到期${due}项，完成${done}项`, `${done} of ${due} done`)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
};

const Cell = ({ c, part, row }: { c: AppContext; part: Part; row: MatrixRow }) => {
  const { lang } = c.var;
  const isLead = part === row.lead;
  return (
    <>
      {isLead ? <strong>{ROLE_WORDS.lead[lang]}</strong> : ROLE_WORDS.support[lang]}
      {isLead && row.lead ? (
        <>
          {" "}
          <StateWord state={row.lead.state} lang={lang} />
        </>
      ) : null}
    </>
  );
};

/** Tasks down, bodies across: those with most to do have a column of their own. */
function columnsOf(c: AppContext, { rows }: Matrix): Column<MatrixRow>[] {
  const { t, lang } = c.var;
  const partsOf = (row: MatrixRow): Part[] => [...(row.lead ? [row.lead] : []), ...row.helpers];
  const weights = new Map<string, { name: string; weight: number }>();
  for (const row of rows)
    for (const part of partsOf(row)) {
      const weight = (weights.get(part.bodyId)?.weight ?? 0) + (part === row.lead ? MOST_COLUMNS * 100 : 1);
      weights.set(part.bodyId, { name: pick(part.body, lang), weight });
    }
  const order = [...weights].toSorted(([, a], [, b]) => b.weight - a.weight);
  const own = order.slice(0, order.length > MOST_COLUMNS ? MOST_COLUMNS - 1 : MOST_COLUMNS);
  const ownIds = new Set(own.map(([bodyId]) => bodyId));
  const cell = (row: MatrixRow, bodyId: string) => {
    const part = partsOf(row).find((one) => one.bodyId === bodyId);
    return part ? <Cell c={c} part={part} row={row} /> : null;
  };
  return [
    {
      label: t("任务", "Task"),
      head: true,
      cell: (row) =>
        row.lead ? (
          <a href={`${baseOf(c)}/duties/${row.lead.row.dutyId}`}>{t(row.task.titleZh, row.task.titleEn)}</a>
        ) : (
          <>
            {t(row.task.titleZh, row.task.titleEn)}{" "}
            <StatusWord tone="note">{t("还没有牵头", "nobody leads it")}</StatusWord>
          </>
        ),
    },
    ...own.map(([bodyId, { name }]) => ({ label: name, cell: (row: MatrixRow) => cell(row, bodyId) })),
    ...(order.length > own.length
      ? [
          {
            label: t("其他组织", "Others"),
            cell: (row: MatrixRow) =>
              partsOf(row)
                .filter(({ bodyId }) => !ownIds.has(bodyId))
                .map((part) => (
                  <p>
                    {pick(part.body, lang)} <Cell c={c} part={part} row={row} />
                  </p>
                )),
          },
        ]
      : []),
    {
      label: t("期限", "By when"),
      cell: (row) => (row.lead ? saySchedule(scheduleOf(row.lead.row), lang) : "—"),
    },
  ];
}

dutyPages.get("/duties", async (c) => {
  const { t, lang, now, scene } = c.var;
  const matrix = await readMatrix(scene, dayOf(now));
  const { rows, summary, months } = matrix;
  const late = rows.flatMap(({ task, lead }) => (lead?.state === "overdue" ? [{ task, lead }] : []));
  const page = pageOf(c);
  const base = baseOf(c);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("责任清单", "Duties")}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices`, label: t("任职", "Offices") },
      ]}
      wide={true}
    >
      <h1>{t("责任清单", "Duties")}</h1>
      <p>
        {t(
          "每项任务由哪个组织牵头、谁协同、什么时候完成。完成情况连同材料写入公开记录。",
          "Which body leads each task, who helps, and by when. What was done enters the public record with its evidence.",
        )}
      </p>
      {rows.length === 0 ? (
        <EmptyState title={t("还没有责任清单", "No duties yet")}>
          <p>
            {t(
              "党支部、社区、街道或业委会主任列出任务并交给各组织以后，这里可以看到每项任务由谁负责、做到哪一步。",
              "Once the branch, the neighbourhood, the street or the chair lists tasks and gives them to bodies, anyone sees here who answers for what and how far it is.",
            )}
          </p>
        </EmptyState>
      ) : (
        <>
          <p class="lead">
            {t(
              `共${summary.tasks}项任务：已完成${summary.done}项，进行中${summary.inProgress}项，未开始${summary.notStarted}项，逾期${summary.overdue}项。`,
              `${summary.tasks} tasks: ${summary.done} done, ${summary.inProgress} in progress, ${summary.notStarted} not started, ${summary.overdue} overdue.`,
            )}
            {summary.unled > 0
              ? t(`还有${summary.unled}项没有牵头的组织。`, ` ${summary.unled} are led by nobody yet.`)
              : null}
          </p>
          <Months c={c} months={months} />
          {late.length === 0 ? null : (
            <>
              <h2 id="overdue">{t("逾期", "Overdue")}</h2>
              <LinkList
                items={late.slice((page - 1) * OVERDUE_A_PAGE, page * OVERDUE_A_PAGE).map(({ task, lead }) => ({
                  href: `${base}/duties/${lead.row.dutyId}`,
                  title: t(task.titleZh, task.titleEn),
                  note: `${pick(lead.body, lang)} · ${lead.overdue.map((period) => sayPeriodOf(period, lang)).join(t("、", ", "))}`,
                  status: <StateWord state="overdue" lang={lang} />,
                }))}
              />
              <Pager
                t={t}
                page={page}
                pages={Math.ceil(late.length / OVERDUE_A_PAGE)}
                href={(n) => `${base}/duties?page=${n}#overdue`}
              />
            </>
          )}
          <h2>{t("责任矩阵", "The matrix")}</h2>
          <DataTable
            caption={t("任务、牵头和协同的组织", "Tasks and the bodies that lead and help")}
            quietCaption={true}
            rows={rows}
            columns={columnsOf(c, matrix)}
          />
        </>
      )}
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices/chart`}>
          {t("组织体系图", "Chart of the organisation")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

const Evidence = ({ c, report }: { c: AppContext; report: ReportRow }) => {
  const { t } = c.var;
  if (report.fileId === null) return null;
  const hash = <code>{(report.fileSha256 ?? "").slice(0, 16)}</code>;
  return (
    <p>
      {report.filePublic === 1 ? (
        <a href={`${baseOf(c)}/duties/files/${report.fileId}`}>{report.fileName}</a>
      ) : (
        t("附件不公开", "attachment not public")
      )}{" "}
      <small class="quiet">
        {t("校验值 ", "hash ")}
        {hash}
      </small>
    </p>
  );
};

dutyPages.get("/duties/files/:fileId", async (c) => {
  const { scene } = c.var;
  const fileId = c.req.param("fileId");
  const [shown] = await scene.db.read(findEvidence(scene, fileId));
  const found = shown[0]?.public === 1 ? await getFile(scene, fileId, "public") : null;
  if (!found) return problemResponse(c, NOT_FOUND);
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
    "cache-control": "public, max-age=86400",
  });
});

dutyPages.get("/duties/:dutyId", async (c) => {
  const { t, lang, now, scene } = c.var;
  const dutyId = c.req.param("dutyId");
  const today = dayOf(now);
  const page = pageOf(c);
  const [versions, newest, reports, count, tasks, ...ofMatrix] = await scene.db.read(
    listVersionsOf(scene, dutyId),
    listNewestOf(scene, dutyId),
    listReports(scene, dutyId, { limit: REPORTS_A_PAGE, offset: (page - 1) * REPORTS_A_PAGE }),
    countReports(scene, dutyId),
    findTaskOf(scene, dutyId),
    ...matrixQueries(scene, today),
  );
  const duty = newestVersion(versions);
  if (duty?.role !== "lead") return problemResponse(c, NOT_FOUND);
  const matrix = await matrixFrom(scene, today, ofMatrix);
  const row = matrix.rows.find(({ task }) => task.taskId === duty.taskId);
  const lead = row?.lead?.row.dutyId === dutyId ? row.lead : null;
  const body = matrix.bodies.find((one) => one.body.bodyId === duty.bodyId)?.body;
  const [standing] = dutiesFrom([duty], newest);
  const periods = duty.ended === 1 ? [] : periodsOf(scheduleOf(duty), today).toReversed();
  const title = t(tasks[0]?.titleZh ?? "", tasks[0]?.titleEn ?? "");
  const base = baseOf(c);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/duties`, label: t("责任清单", "Duties") },
      ]}
    >
      <h1>{title}</h1>
      <p class="lead">{t(tasks[0]?.textZh ?? "", tasks[0]?.textEn ?? "")}</p>
      {duty.ended === 1 ? (
        <Callout tone="warn" title={t("这项责任已经结束", "This duty has ended")}>
          <p>{duty.why}</p>
        </Callout>
      ) : null}
      <FactList>
        <Fact label={t("牵头", "Leads")}>
          {body ? <a href={`${base}/offices/bodies/${body.bodyId}`}>{pick(body.name, lang)}</a> : "—"}
        </Fact>
        {lead?.owner ? (
          <Fact label={t("负责", "Answers for it")}>
            {pick(lead.owner.title, lang)}
            {lead.owner.holders.length > 0 ? ` ${lead.owner.holders.join(t("、", ", "))}` : t("（空缺）", " (vacant)")}
          </Fact>
        ) : null}
        {row && row.helpers.length > 0 ? (
          <Fact label={t("协同", "Help")}>{row.helpers.map((part) => pick(part.body, lang)).join(t("、", ", "))}</Fact>
        ) : null}
        <Fact label={t("期限", "By when")}>{saySchedule(scheduleOf(duty), lang)}</Fact>
        <Fact label={t("开始", "Begins")}>{sayDay(duty.beginsOn, lang)}</Fact>
        {lead ? (
          <Fact label={t("现在", "Now")}>
            <StateWord state={lead.state} lang={lang} />
          </Fact>
        ) : null}
      </FactList>
      {periods.length > 0 ? (
        <DataTable
          caption={t("各期进展", "Period by period")}
          rows={periods}
          keep={true}
          columns={[
            { label: t("周期", "Period"), head: true, cell: (period) => sayPeriodOf(period, lang) },
            { label: t("期限", "Due"), cell: (period) => sayDay(period.dueOn, lang) },
            {
              label: t("进展", "State"),
              cell: (period) => (
                <StateWord state={stateOfPeriod(period, standing?.newest.get(period.key), today)} lang={lang} />
              ),
            },
          ]}
        />
      ) : null}
      <h2 id="reports">{t("填报和材料", "Reports and evidence")}</h2>
      <DataTable
        caption={t("填报", "Reports")}
        quietCaption={true}
        rows={reports}
        empty={
          <EmptyState title={t("还没有填报", "No reports yet")}>
            <p>
              {t(
                "牵头和协同组织填报以后，做了什么、有什么材料都列在这里。",
                "Once the bodies report, what was done stands here with its evidence.",
              )}
            </p>
          </EmptyState>
        }
        columns={[
          {
            label: t("周期", "Period"),
            head: true,
            cell: (report) => (
              <>
                {sayPeriod(report.period, lang, report.dueOn)} {pick(REPORT_WORDS[report.kind], lang)}
              </>
            ),
          },
          {
            label: t("内容", "What"),
            cell: (report) => (
              <>
                {report.text}
                <Evidence c={c} report={report} />
              </>
            ),
          },
          {
            label: t("填报", "Reported"),
            cell: (report) => (
              <>
                {sayInstant(report.reportedAt, lang)}
                {dayOf(report.reportedAt) > report.dueOn ? t("（晚于期限）", " (late)") : null}
                <small class="quiet"> {report.reportedAs}</small>
              </>
            ),
          },
          {
            label: t("记录编号", "Record"),
            cell: (report) => (
              <a href={`${base}/record/${report.leafHash}`}>
                <code>{shortCode(report.leafHash)}</code>
              </a>
            ),
          },
        ]}
      />
      <Pager
        t={t}
        page={page}
        pages={Math.ceil((count[0]?.reports ?? 0) / REPORTS_A_PAGE)}
        href={(n) => `${base}/duties/${dutyId}?page=${n}#reports`}
      />
    </Page>,
  );
});
