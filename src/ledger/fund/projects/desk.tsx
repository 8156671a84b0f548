/** Works paid from the fund at the desk: each step by whoever may take it, filing, settling. Proposing is proposing-desk.tsx. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { parseYuan } from "../../../kernel/money.ts";
import { readSettings } from "../../../offices/settings/actions.ts";
import { type Permission, requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { files, one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { Field, FileField } from "../../../platform/ui/fields.tsx";
import { Form } from "../../../platform/ui/forms.tsx";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { deskVoucherHref, readCount } from "../../books/addresses.ts";
import { deskDeveloperHref, deskProjectHref, deskProjectsHref, fundProjectHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { fileProblem, putPapers } from "../papers.ts";
import { fundProblem } from "../problems.ts";
import { clockSettings, FUND_SETTINGS } from "../settings.ts";
import { ProjectClocks, ProjectFactsList, ProjectState, StepList } from "../shown.tsx";
import { listModes } from "../store.ts";
import { PATH_WORDS, STEP_WORDS } from "../words.ts";
import { factsOf, fileProject, readClocks, readProject, readProjects, recordStep, settleProject } from "./actions.ts";
import { approverOf, mayStep, STEP_KINDS, type StepKind, stateOf } from "./rules.ts";

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

// ——— One of them ———

deskProjectRoutes.get("/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}", reads, (c) => onePage(c));

async function onePage(c: AppContext, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const number = readCount(c.req.param("number"));
  const row = number ? await readProject(scene, number) : null;
  if (!row) return c.notFound();
  const [settings, [modes]] = await Promise.all([
    readSettings(scene, FUND_SETTINGS),
    scene.db.read(listModes(scene, 50)),
  ]);
  const mode = modes[0]?.mode ?? "authority";
  const here = deskProjectHref(slug, row.number);
  const today = dayOf(c.var.now);
  const facts = factsOf(row);
  const open = STEP_KINDS.filter(
    (kind) =>
      actor.permissions.has(STEP_PERMISSION[kind]) &&
      mayStep({ kind, onDay: today, words: "-", files: 1 }, facts, actor.personId, today).ok,
  );
  const clocks = readClocks(row, modes, clockSettings(settings), today);
  const mayFile = clocks.some(({ kind, doneOn }) => kind === "filing" && doneOn === null);
  return c.html(
    <Page {...frameOf(c, "staff")} title={row.title} breadcrumb={deskFundCrumbs(c)}>
      <h1>{row.title}</h1>
      <p>
        <ProjectState c={c} row={row} /> <a href={fundProjectHref(slug, row.number)}>{t("公开页", "public page")}</a>
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <ProjectClocks c={c} clocks={clocks} />
      <ProjectFactsList c={c} row={row} />
      <StepList c={c} row={row} />
      {row.settlement ? (
        <p>
          <a href={deskVoucherHref(slug, row.settlement.voucherId)}>{t("结算的凭证", "Voucher of the settlement")}</a>
        </p>
      ) : null}
      <p>
        <a href={deskDeveloperHref(slug, row.number)}>
          {t(
            "未售房屋由建设单位分摊的部分（打印缴款通知）",
            "The developer's part for units not sold yet (print the bill)",
          )}
        </a>
      </p>
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
      {mayFile && actor.permissions.has("ledger.draft") ? (
        <Form action={`${here}/file`} token={formToken} files={true}>
          <h2>{t("登记已报主管部门备案", "Record the filing with the authority")}</h2>
          <p class="hint">
            {t(
              "业主大会自管后，业委会审核同意的列支要报主管部门备案（《住宅专项维修资金管理办法》第二十三条）。",
              "Once the assembly holds the fund, what the committee approved is filed with the authority (Measures, art. 23).",
            )}
          </p>
          <Field
            name="words"
            label={t("备案文号或回执", "Number of the filing or its receipt")}
            value={typed.kind === "file" ? typed.words : ""}
            maxlength={200}
          />
          <Field name="onDay" label={t("日期", "Day")} value={typed.kind === "file" ? typed.onDay : today} width={11} />
          <FileField name="files" label={t("附件：备案回执", "File: the receipt")} multiple={true} />
          <Actions>
            <Button>{t("登记", "Record")}</Button>
          </Actions>
        </Form>
      ) : null}
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

deskProjectRoutes.post("/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/file", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const number = readCount(c.req.param("number")) ?? 0;
  const typed = { kind: "file", onDay: one(body, "onDay"), words: one(body, "words") };
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return onePage(c, fileProblem(papers.wrong), typed);
  const filed = await fileProject(scene, number, typed, papers.attachments, papers.statements);
  if (!filed.ok)
    return filed.error.reason === "unknown_project" ? c.notFound() : onePage(c, fundProblem(filed.error), typed);
  return c.redirect(`${deskProjectHref(scene.community.slug, number)}?done=1`, 303);
});
