/** Audits at the desk: the list, and one with what can be done at its stage. Markup and forms only. */
import { Hono } from "hono";
import { type Permission, requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { FileField, TextArea } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { type AuditView, endAudit, publishOpinion, viewAudit } from "./actions.ts";
import { auditHref, deskAuditHref, deskAuditsHref, findingsHref, packHref, sheetHref } from "./addresses.ts";
import { sendFindings } from "./fieldwork/actions.ts";
import { OPINIONS, POINTS } from "./fieldwork/rules.ts";
import { standing } from "./fieldwork/store.ts";
import { type AuditRefusal, auditProblem } from "./problems.ts";
import { Population } from "./public.tsx";
import { isOver, openMonths } from "./rules.ts";
import { DrawForms } from "./sampling/forms.tsx";
import {
  AUDITS_A_PAGE,
  AuditList,
  AuditMark,
  AuditSteps,
  auditTitle,
  EngagementFacts,
  NEWEST_AUDIT,
  OpinionShown,
} from "./shown.tsx";
import { byAuditNumber, listAudits } from "./store.ts";
import { OPINION_MEANINGS, OPINION_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of single books. */
export const deskAuditRoutes = new Hono<AppEnv>();
export const readsAudits = requires("ledger.read", "audit.read");
export const worksOnAudits = requires("audit.work");

export const deskAuditCrumbs = (c: AppContext) => [
  ...deskCrumbs(c).slice(0, c.var.actor.permissions.has("ledger.read") ? 2 : 1),
  { href: deskAuditsHref(c.var.scene.community.slug), label: c.var.t("审计", "Audits") },
];

deskAuditRoutes.get("/desk/ledger/audits", readsAudits, async (c) => {
  const { t, scene, actor } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(NEWEST_AUDIT));
  if (before === null) return c.notFound();
  const [rows] = await scene.db.read(listAudits(scene, { limit: AUDITS_A_PAGE + 1, before }));
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("审计", "Audits")} breadcrumb={deskAuditCrumbs(c).slice(0, -1)}>
      <h1>{t("账目审计", "Audits of the books")}</h1>
      <Actions>
        {actor.permissions.has("audit.engage") ? (
          <ButtonLink href={`${deskAuditsHref(slug)}/new`}>{t("立一项审计", "Open an audit")}</ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={packHref(slug)}>
          {t("离任审计资料包", "Papers for a term-end audit")}
        </ButtonLink>
      </Actions>
      <AuditList
        c={c}
        rows={rows}
        href={(number) => deskAuditHref(slug, number)}
        list={deskAuditsHref(slug)}
        empty={t(
          "先在“任职”里登记限时的审计人员，再在这里立项。",
          "Appoint an auditor for a time under Offices first, then open an audit here.",
        )}
      />
      <p>
        <a href={`${deskAuditsHref(slug)}/settings`}>{t("审计的规则", "Rules of audits")}</a>
      </p>
    </Page>,
  );
});

// ——— One of them ———

const HERE = "/desk/ledger/audits/:number{[1-9][0-9]{0,5}}";

/** The audit of the address; null when there is none. */
export const auditOfPath = async (c: AppContext): Promise<AuditView | null> => {
  const number = readCount(c.req.param("number"));
  return number ? viewAudit(c.var.scene, byAuditNumber(c.var.scene, number)) : null;
};

deskAuditRoutes.get(HERE, readsAudits, (c) => onePage(c));

/** The audit's page, with what was refused or typed. */
export async function onePage(c: AppContext, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const { row, opinion } = view;
  const may = (permission: Permission): boolean => actor.permissions.has(permission);
  const isMine = may("audit.work") && row.auditorPersonId === actor.personId;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={auditTitle(row, lang)}
      breadcrumb={deskAuditCrumbs(c)}
      switchHref={`${deskAuditHref(slug, row.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{auditTitle(row, lang)}</h1>
      <p>
        <AuditMark c={c} row={row} opinion={opinion?.opinion ?? null} />{" "}
        <a href={auditHref(slug, row.number)}>{t("公开页", "public page")}</a>
      </p>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <Refused c={c} problem={problem} />
      <AuditSteps c={c} view={view} />
      {opinion ? <OpinionShown c={c} number={row.number} opinion={opinion} /> : null}
      <Progress c={c} view={view} isMine={isMine} />
      <OpenMonths c={c} view={view} />
      {isMine ? <DrawForms c={c} view={view} typed={typed} /> : null}
      {isMine ? <Closing c={c} view={view} typed={typed} /> : null}
      <h2>{t("总体和抽样", "Population and samples")}</h2>
      <Population c={c} view={view} />
      <h2>{t("审计项目", "The engagement")}</h2>
      <EngagementFacts c={c} row={row} />
      {!isOver(row.state) && (isMine || may("audit.engage")) ? <EndForm c={c} view={view} typed={typed} /> : null}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

const Progress = ({ c, view, isMine }: { c: AppContext; view: AuditView; isMine: boolean }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { row, items, ticked, exceptions } = view;
  if (items === 0) return null;
  const open = standing(view.findings).filter(({ response, outcome }) => response === null && outcome === null).length;
  const mayReadFindings = isMine || row.responseDueOn !== null;
  return (
    <LinkList
      items={[
        {
          href: sheetHref(slug, row.number),
          title: t("工作底稿", "Working sheet"),
          note: t(
            `${items}张凭证，${items * POINTS.length}处，已核对${ticked}处，不符${exceptions}处`,
            `${items} vouchers, ${ticked} of ${items * POINTS.length} points, ${exceptions} exceptions`,
          ),
        },
        ...(mayReadFindings
          ? [
              {
                href: findingsHref(slug, row.number),
                title: t("审计发现和答复", "Findings and answers"),
                note: t(
                  `${standing(view.findings).length}项，${open}项等答复`,
                  `${standing(view.findings).length} findings, ${open} wait for an answer`,
                ),
              },
            ]
          : []),
      ]}
    />
  );
};

/** Months of the span that are still open, while nothing is frozen: nothing can be drawn before they are closed. */
const OpenMonths = ({ c, view: { row, closed } }: { c: AppContext; view: AuditView }) => {
  const { t, lang } = c.var;
  const open = row.state === "opened" ? openMonths(row.books, row.toOn, closed) : [];
  if (open.length === 0) return null;
  return (
    <Callout tone="warn" title={t("有的月份还没有结账，现在不能抽样", "Some months are open: nothing is drawn yet")}>
      <p>
        {open
          .map(({ book, closedThrough }) =>
            t(
              `${BOOK_WORDS[book].zh}${closedThrough === null ? "还没有结过账" : `结到${monthWords(closedThrough).zh}`}`,
              `${BOOK_WORDS[book][lang]}: ${closedThrough === null ? "none closed" : `closed through ${monthWords(closedThrough).en}`}`,
            ),
          )
          .join(t("；", "; "))}
        {t("。请会计结账到", ". To be closed through ")}
        {monthWords(periodOf(row.toOn))[lang]}
        {t("。", ".")}
      </p>
    </Callout>
  );
};

// ——— Sending and publishing ———

const Closing = ({ c, view, typed }: { c: AppContext; view: AuditView; typed: Readonly<Record<string, string>> }) => {
  const { t, lang, scene, formToken } = c.var;
  const { row } = view;
  const here = deskAuditHref(scene.community.slug, row.number);
  if (row.state === "fieldwork")
    return (
      <Form action={`${here}/send`} token={formToken}>
        <h2>{t("送业委会答复", "Send the findings")}</h2>
        <p class="hint">
          {t(
            "每张凭证每一处都核对完才能送出；没有发现也要送。送出后不能再加发现。",
            "Every point of every voucher is looked at first; nothing found is sent too. Nothing is added after it.",
          )}
        </p>
        <Actions>
          <Button look="quiet">{t("送出审计发现", "Send the findings")}</Button>
        </Actions>
      </Form>
    );
  if (row.state !== "draft_sent" && row.state !== "responses") return null;
  const open = standing(view.findings).filter(({ outcome }) => outcome === null);
  if (open.length > 0)
    return (
      <Callout
        title={t(
          `还有${open.length}项发现没有结论；业委会答复到${sayDay(row.responseDueOn!, "zh")}`,
          `${open.length} findings without a conclusion; the committee answers until ${sayDay(row.responseDueOn!, lang)}`,
        )}
      />
    );
  return (
    <Form action={`${here}/publish`} token={formToken} files={true}>
      <h2>{t("公布审计意见", "Publish the opinion")}</h2>
      <RadioGroup
        name="opinion"
        legend={t("哪一种意见", "Which opinion")}
        value={typed.opinion}
        options={OPINIONS.map((value) => ({
          value,
          label: OPINION_WORDS[value][lang],
          hint: OPINION_MEANINGS[value][lang],
        }))}
      />
      <TextArea
        name="words"
        label={t("意见的内容", "In your words")}
        hint={t("所有业主都会看到，不写个人姓名、房号、电话。", "Every owner reads it; no names, rooms or numbers.")}
        value={typed.words ?? ""}
        maxlength={2000}
      />
      <FileField
        name="report"
        label={t("审计报告（PDF）", "The report, as a PDF")}
        hint={t("会公开，请先隐去个人信息。", "It is published: leave personal data out.")}
        accept="application/pdf"
      />
      <Actions>
        <Button>{t("公布", "Publish")}</Button>
      </Actions>
    </Form>
  );
};

const EndForm = ({ c, view, typed }: { c: AppContext; view: AuditView; typed: Readonly<Record<string, string>> }) => {
  const { t, scene, formToken } = c.var;
  return (
    <Details summary={t("没有意见就终止这项审计", "End this audit without an opinion")} open={typed.why !== undefined}>
      <Form action={`${deskAuditHref(scene.community.slug, view.row.number)}/end`} token={formToken}>
        <TextArea
          name="why"
          label={t("为什么（公开）", "Why (public)")}
          value={typed.why ?? ""}
          rows={2}
          maxlength={300}
        />
        <Actions>
          <Button look="danger">{t("终止", "End it")}</Button>
        </Actions>
      </Form>
    </Details>
  );
};

/** Does an act on the audit of the address and goes back to its page, or shows there what was refused. */
export async function acting(
  c: AppContext,
  act: (engagementId: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: AuditRefusal }>,
  typed: Readonly<Record<string, string>> = {},
) {
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const done = await act(view.row.engagementId);
  if (!done.ok) return onePage(c, auditProblem(done.error), typed);
  return c.redirect(`${deskAuditHref(c.var.scene.community.slug, view.row.number)}?done=1`, 303);
}

deskAuditRoutes.post(`${HERE}/send`, worksOnAudits, (c) => acting(c, (id) => sendFindings(staffScene(c), id)));

deskAuditRoutes.post(`${HERE}/publish`, worksOnAudits, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const [file] = files(body, "report");
  const report = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const typed = { opinion: one(body, "opinion"), words: one(body, "words") };
  return acting(c, (id) => publishOpinion(staffScene(c), id, { ...typed, report }), typed);
});

deskAuditRoutes.post(`${HERE}/end`, requires("audit.engage", "audit.work"), async (c) => {
  const why = one(await c.req.parseBody({ all: true }), "why");
  return acting(
    c,
    async (id) => {
      const view = await viewAudit(c.var.scene, id);
      const { permissions, personId } = c.var.actor;
      const mayEndIt = permissions.has("audit.engage") || view?.row.auditorPersonId === personId;
      return mayEndIt ? endAudit(staffScene(c), id, why) : { ok: false, error: { reason: "not_the_auditor" } };
    },
    { why },
  );
});
