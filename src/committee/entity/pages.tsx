/** The legal person at the desk: what is recorded, a new version, reports sent, seals and who keeps them. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import { listTenuresFrom, type TenureRow } from "../../offices/terms/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { type Choice, DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskEntityHref } from "../addresses.ts";
import { crumbs, fieldErrors, HANDS, wholeProblem } from "../sessions/desk/frame.tsx";
import { FORM_WORDS, REPORT_WORDS, SEAL_EVENT_WORDS, SEAL_WORDS } from "../words.ts";
import { mayKeep, recordReport, recordSeal } from "./actions.ts";
import { reportProblem, sealProblem } from "./problems.ts";
import { type EntityView, readEntityView } from "./reading.ts";
import { isReportKind, isSealKind, SEAL_KINDS, type SealEvent, type SealKind, sealsNow } from "./rules.ts";
import { DutyTable, EntityFacts, SealTable, subjectWords } from "./shown.tsx";

export const entityPages = new Hono<AppEnv>();
const reads = requires(...HANDS);
const records = requires("committee.record");

interface Typed {
  readonly form: "report" | "seal";
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

/** Office-holders of today as the options of a form. */
export async function people(c: AppContext, may: (row: TenureRow) => boolean): Promise<Choice[]> {
  const { scene, now, lang } = c.var;
  const [rows] = await scene.db.read(listTenuresFrom(scene, now));
  return Promise.all(
    rows
      .filter((row) => row.fromAt <= now && may(row))
      .map(async (row) => ({
        value: row.tenureId,
        label: `${await openName(scene, row)}（${pick({ zh: row.titleZh, en: row.titleEn }, lang)}）`,
      })),
  );
}

async function page(c: AppContext, typed?: Typed) {
  const { t, lang, scene, actor } = c.var;
  const here = deskEntityHref(scene.community.slug);
  const view = await readEntityView(scene);
  const may = actor.permissions.has("committee.record");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("法人、账户和印章", "Legal person, account, seals")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c).slice(0, 2)}
    >
      <h1>{t("法人、账户和印章", "Legal person, account and seals")}</h1>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <EntityFacts c={c} row={view.latest} keepers={view.keepers} desk={true} />
      {may ? (
        <Actions>
          <ButtonLink look={view.latest ? "quiet" : "primary"} href={`${here}/edit`}>
            {view.latest ? t("登记变更（新的一版）", "Record a change") : t("登记法人和账户", "Record it")}
          </ButtonLink>
        </Actions>
      ) : null}
      {view.versions.length > 1 ? (
        <Details summary={t("以前的各版", "Earlier versions")}>
          <DataTable
            caption={t("各版", "Versions")}
            quietCaption={true}
            rows={view.versions.toReversed()}
            columns={[
              { label: t("版本", "Version"), head: true, cell: ({ version }) => version },
              { label: t("形式", "Form"), cell: ({ form }) => pick(FORM_WORDS[form], lang) },
              { label: t("户名", "Holder"), cell: ({ holderName }) => holderName || "—" },
              { label: t("依据", "Ground"), cell: ({ document }) => document },
              { label: t("登记于", "Recorded"), cell: ({ recordedAt }) => sayInstant(recordedAt, lang) },
            ]}
          />
        </Details>
      ) : null}
      <h2>{t("年度报告和变更登记", "Reports and changes")}</h2>
      <DutyTable c={c} duties={view.duties} />
      {may ? <ReportForm c={c} view={view} typed={typed} /> : null}
      <h2>{t("印章", "Seals")}</h2>
      <SealTable c={c} seals={view.seals} keepers={view.keepers} />
      {may ? <SealForm c={c} view={view} typed={typed} keepers={await people(c, mayKeep)} /> : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const ReportForm = ({ c, view, typed }: { c: AppContext; view: EntityView; typed: Typed | undefined }) => {
  const { t, lang, now, scene, formToken } = c.var;
  const due = view.duties.filter(({ sentOn }) => sentOn === null);
  if (due.length === 0) return null;
  const own = typed?.form === "report" ? typed : undefined;
  const errors = fieldErrors(own?.problem, lang);
  return (
    <>
      <h3>{t("登记已报送", "Record what was sent")}</h3>
      <Form action={`${deskEntityHref(scene.community.slug)}/reports`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="duty"
          label={t("哪一项", "Which")}
          value={own?.values.duty}
          options={due.map((duty) => ({
            value: `${duty.kind}.${duty.subject}`,
            label: `${pick(REPORT_WORDS[duty.kind], lang)}（${subjectWords(duty, c.var)}）`,
          }))}
        />
        <DateTimeField
          kind="date"
          name="sentOn"
          label={t("哪天报送", "Sent on")}
          value={own?.values.sentOn ?? dayOf(now)}
          error={errorFor(errors, "sentOn")}
        />
        <Field
          name="document"
          label={t("文件或回执编号", "Document or receipt")}
          value={own?.values.document}
          maxlength={200}
          error={errorFor(errors, "document")}
        />
        <Actions>
          <Button look="quiet">{t("登记", "Record")}</Button>
        </Actions>
      </Form>
    </>
  );
};

const SealForm = (props: { c: AppContext; view: EntityView; typed: Typed | undefined; keepers: readonly Choice[] }) => {
  const { c, view, typed, keepers } = props;
  const { t, lang, now, scene, formToken } = c.var;
  const own = typed?.form === "seal" ? typed : undefined;
  const errors = fieldErrors(own?.problem, lang);
  const valid = sealsNow(view.seals).filter(({ event }) => event !== "invalidated");
  const has = new Set(valid.map(({ kind }) => kind));
  const options = [
    ...SEAL_KINDS.filter((kind) => !has.has(kind)).map((kind) => ({
      value: `made.${kind}`,
      label: t(`刻制：${SEAL_WORDS[kind].zh}`, `Made: ${SEAL_WORDS[kind].en}`),
    })),
    ...valid.flatMap(({ sealId, kind }) =>
      (["handed_over", "invalidated"] as const).map((event) => ({
        value: `${event}.${sealId}`,
        label: `${pick(SEAL_EVENT_WORDS[event], lang)}${t("：", ": ")}${pick(SEAL_WORDS[kind], lang)}`,
      })),
    ),
  ];
  return (
    <>
      <h3>{t("登记刻制、交接、作废", "Record a seal")}</h3>
      <Form action={`${deskEntityHref(scene.community.slug)}/seals`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Select name="act" label={t("什么事", "What")} value={own?.values.act} options={options} />
        <Select
          name="keeper"
          label={t("由谁保管", "Who keeps it")}
          optional={t("作废不填", "not when invalid")}
          prompt={t("请选择", "Choose")}
          value={own?.values.keeper}
          options={keepers}
          error={errorFor(errors, "keeper")}
        />
        <DateTimeField
          kind="date"
          name="onDay"
          label={t("哪天", "On")}
          value={own?.values.onDay ?? dayOf(now)}
          error={errorFor(errors, "onDay")}
        />
        <Field
          name="document"
          label={t("凭据", "Paper it rests on")}
          hint={t("例如：刻章备案回执、印章交接单", "Such as the engraver's receipt, a slip of handover")}
          value={own?.values.document}
          maxlength={200}
          error={errorFor(errors, "document")}
        />
        <Actions>
          <Button look="quiet">{t("登记", "Record")}</Button>
        </Actions>
      </Form>
    </>
  );
};

entityPages.get("/desk/committee/legal-person", reads, (c) => page(c));

/** Back to the page, which says that it is recorded. */
export const done = (c: AppContext) => c.redirect(`${deskEntityHref(c.var.scene.community.slug)}?done=1`, 303);

entityPages.post("/desk/committee/legal-person/reports", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = {
    duty: one(body, "duty"),
    sentOn: one(body, "sentOn"),
    document: one(body, "document").slice(0, 200),
  };
  const [kind = "", subject = ""] = values.duty.split(".");
  const number = /^\d{1,6}$/.test(subject) ? Number(subject) : 0;
  const sent = isReportKind(kind)
    ? await recordReport(staffScene(c), { kind, subject: number, sentOn: values.sentOn, document: values.document })
    : ({ ok: false, error: { reason: "nothing_due" } } as const);
  return sent.ok ? done(c) : page(c, { form: "report", problem: reportProblem(sent.error), values });
});

entityPages.post("/desk/committee/legal-person/seals", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = {
    act: one(body, "act"),
    keeper: one(body, "keeper"),
    onDay: one(body, "onDay"),
    document: one(body, "document").slice(0, 200),
  };
  const [event = "", subject = ""] = values.act.split(".");
  const known: SealEvent | null = event === "made" || event === "handed_over" || event === "invalidated" ? event : null;
  const kind: SealKind = isSealKind(subject) ? subject : "committee";
  const asked = { keeperTenureId: values.keeper, onDay: values.onDay, document: values.document, kind };
  const recorded =
    known === null || (known === "made" && !isSealKind(subject))
      ? ({ ok: false, error: { reason: "unknown_seal" } } as const)
      : await recordSeal(staffScene(c), { ...asked, event: known, sealId: known === "made" ? null : subject });
  return recorded.ok ? done(c) : page(c, { form: "seal", problem: sealProblem(recorded.error), values });
});
