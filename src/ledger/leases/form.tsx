/** The form that drafts a lease: what is let to whom, for how long and how much, and what it rests on. Markup and forms only. */
import { Hono } from "hono";
import { addDays, addMonths, dayOf } from "../../kernel/day.ts";
import { parseYuan, plainYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one, uploadsOf } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { deskAssetsHref } from "../assets/addresses.ts";
import { fieldErrors } from "../assets/desk.tsx";
import { readCount } from "../books/addresses.ts";
import { draftLease, type LeaseAsked, openLessee, openLesseePhone } from "./actions.ts";
import { deskLeaseHref, deskLeasesHref } from "./addresses.ts";
import { BasisFields } from "./basis-fields.tsx";
import { leaseCrumbs } from "./desk.tsx";
import { leaseProblem } from "./problems.ts";
import { CYCLES, type CycleMonths } from "./rules.ts";
import { findLease, findLeaseById, leaseFrom } from "./store.ts";
import { CYCLE_WORDS, R2_ARTICLE } from "./words.ts";

/** Mounted at /c/:slug. */
export const leaseFormRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const MOST_STEP_ROWS = 40;
const MOST_FREE_ROWS = 12;

interface Span {
  readonly fromOn: string;
  readonly toOn: string;
}
interface Typed {
  readonly purpose: string;
  readonly lesseeKind: string;
  readonly lessee: string;
  readonly creditCode: string;
  readonly phone: string;
  readonly assets: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly cycleMonths: string;
  readonly dueAfterDays: string;
  readonly steps: readonly { readonly fromOn: string; readonly monthly: string }[];
  readonly free: readonly Span[];
  readonly deposit: string;
  readonly tax: string;
  readonly basis: string;
  readonly meeting: string;
  readonly item: string;
  readonly documentTitle: string;
  readonly documentOn: string;
  readonly renews: string;
}

const day = (body: FormBody, name: string): string => one(body, name).normalize("NFKC").trim().replaceAll("/", "-");
function typedOf(body: FormBody): Typed {
  const steps: { fromOn: string; monthly: string }[] = [];
  for (let at = 0; at < MOST_STEP_ROWS && `steps[${at}].monthly` in body; at += 1)
    steps.push({ fromOn: day(body, `steps[${at}].fromOn`), monthly: one(body, `steps[${at}].monthly`) });
  const free: Span[] = [];
  for (let at = 0; at < MOST_FREE_ROWS && `free[${at}].fromOn` in body; at += 1)
    free.push({ fromOn: day(body, `free[${at}].fromOn`), toOn: day(body, `free[${at}].toOn`) });
  const text = (name: string) => one(body, name).trim();
  return {
    purpose: text("purpose"),
    lesseeKind: text("lesseeKind"),
    lessee: text("lessee"),
    creditCode: text("creditCode"),
    phone: text("phone"),
    assets: text("assets"),
    fromOn: day(body, "fromOn"),
    toOn: day(body, "toOn"),
    cycleMonths: text("cycleMonths"),
    dueAfterDays: text("dueAfterDays"),
    steps,
    free,
    deposit: text("deposit"),
    tax: text("tax"),
    basis: text("basis"),
    meeting: text("meeting"),
    item: text("item"),
    documentTitle: text("documentTitle"),
    documentOn: day(body, "documentOn"),
    renews: text("renews"),
  };
}

/** Yuan as fen; what cannot be read is less than nothing, for the rules to refuse. */
const fenOf = (text: string): number => {
  const read = parseYuan(text);
  return read.ok ? read.value : -1;
};
export function askedOf(typed: Typed): LeaseAsked {
  const steps = typed.steps
    .filter(({ fromOn, monthly }, at) => at === 0 || fromOn !== "" || monthly !== "")
    .map(({ fromOn, monthly }, at) => ({
      fromOn: fromOn || (at === 0 ? typed.fromOn : ""),
      monthlyFen: fenOf(monthly),
    }));
  const cycle = Number(typed.cycleMonths);
  const taxed = typed.tax === "" ? 0 : fenOf(typed.tax.replace(/[%％]$/, ""));
  return {
    purpose: typed.purpose,
    lessee: {
      kind: typed.lesseeKind === "natural" ? "natural" : "legal",
      name: typed.lessee,
      creditCode: typed.creditCode,
      phone: typed.phone,
    },
    assetCodes: typed.assets
      .normalize("NFKC")
      .split(/[\s,、;]+/)
      .filter((code) => code !== ""),
    terms: {
      fromOn: typed.fromOn,
      toOn: typed.toOn,
      cycleMonths: (CYCLES as readonly number[]).includes(cycle) ? (cycle as CycleMonths) : 1,
      dueAfterDays: /^\d{1,3}$/.test(typed.dueAfterDays) ? Number(typed.dueAfterDays) : -1,
      steps,
      free: typed.free.filter(({ fromOn, toOn }) => fromOn !== "" || toOn !== ""),
      depositFen: typed.deposit === "" ? 0 : fenOf(typed.deposit),
      taxBasisPoints: taxed,
    },
    basis:
      typed.basis === "earlier"
        ? { kind: "earlier", title: typed.documentTitle, on: typed.documentOn }
        : { kind: "decision", meeting: readCount(typed.meeting) ?? 0, item: readCount(typed.item) ?? 0 },
    renews: readCount(typed.renews) || null,
  };
}

leaseFormRoutes.get("/desk/ledger/leases/new", drafts, async (c) => {
  const { scene, now } = c.var;
  const today = dayOf(now);
  const renews = readCount(c.req.query("renews") ?? "0") ?? 0;
  const [rows] = await scene.db.read(findLease(scene, renews));
  const before = rows[0] ? leaseFrom(rows[0]) : null;
  const fromOn = before ? addDays(before.untilOn, 1) : today;
  const last = before?.terms.steps.at(-1)?.monthlyFen;
  return formPage(c, {
    purpose: before?.purpose ?? "",
    lesseeKind: before?.lesseeKind ?? "legal",
    lessee: before ? await openLessee(scene, before) : "",
    creditCode: before?.creditCode ?? "",
    phone: before ? await openLesseePhone(scene, before) : "",
    assets: before?.assets ?? c.req.query("asset") ?? "",
    fromOn,
    toOn: addDays(addMonths(fromOn, 12), -1),
    cycleMonths: String(before?.terms.cycleMonths ?? 3),
    dueAfterDays: String(before?.terms.dueAfterDays ?? 0),
    steps: [
      { fromOn, monthly: last === undefined ? "" : plainYuan(last) },
      { fromOn: "", monthly: "" },
    ],
    free: [{ fromOn: "", toOn: "" }],
    deposit: "",
    tax: before && before.terms.taxBasisPoints > 0 ? plainYuan(before.terms.taxBasisPoints) : "",
    // Renewing is a new use of common parts unless the scheme that was decided covers it: asked again either way.
    basis: "decision",
    meeting: "",
    item: "",
    documentTitle: "",
    documentOn: "",
    renews: before ? String(before.number) : "",
  });
});

function formPage(c: AppContext, typed: Typed, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const errors: readonly FieldError[] = fieldErrors(problem, lang);
  const at = (name: string) => errorFor(errors, name);
  const may = t("可不填", "may stay empty");
  const title =
    typed.renews === ""
      ? t("起草租约", "Draft a lease")
      : t(`续租第${typed.renews}号`, `Renew lease no. ${typed.renews}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={leaseCrumbs(c)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "起草后由另一个人审批才生效。生效后不能修改：要变，提前终止，再签新的。",
          "Another person approves it before it is in force. Then it is not changed: end it early and draft a new one.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form
        action={`${deskLeasesHref(slug)}/new`}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={{ renews: typed.renews }}
      >
        <ErrorSummary t={t} errors={errors} />
        <h2>{t("租什么，给谁", "What, to whom")}</h2>
        <Field
          name="assets"
          label={t("出租的编号", "Numbers of what is let")}
          hint={
            <>
              {t("几个编号用逗号分开；", "Several with commas; ")}
              <a href={deskAssetsHref(slug)}>{t("查登记册", "see the register")}</a>
            </>
          }
          value={typed.assets}
          error={at("assets")}
        />
        <Field
          name="purpose"
          label={t("用途", "For what")}
          value={typed.purpose}
          error={at("purpose")}
          maxlength={60}
        />
        <RadioGroup
          name="lesseeKind"
          legend={t("承租人是", "The lessee is")}
          value={typed.lesseeKind}
          options={[
            { value: "legal", label: t("单位", "An organisation") },
            { value: "natural", label: t("个人（公开时只显示姓）", "A person (masked in public)") },
          ]}
        />
        <Field name="lessee" label={t("承租人名称", "Lessee's name")} value={typed.lessee} error={at("lessee")} />
        <Field
          name="creditCode"
          label={t("统一社会信用代码", "Credit code")}
          value={typed.creditCode}
          error={at("creditCode")}
          width={20}
          optional={t("个人不填", "not for persons")}
        />
        <Field
          name="phone"
          label={t("手机号", "Mobile")}
          hint={t("只用来提醒交租，不公开。", "For reminders only; never public.")}
          value={typed.phone}
          error={at("phone")}
          inputmode="tel"
          width={20}
          optional={may}
        />
        <h2>{t("租期和租金", "Term and rent")}</h2>
        <Field name="fromOn" label={t("第一天", "First day")} value={typed.fromOn} error={at("fromOn")} width={11} />
        <Field name="toOn" label={t("最后一天", "Last day")} value={typed.toOn} error={at("toOn")} width={11} />
        {typed.steps.map((step, index) => (
          <Fieldset
            legend={index === 0 ? t("租金", "Rent") : t(`第${index + 1}段租金（调整）`, `Rent, step ${index + 1}`)}
          >
            <Field
              name={`steps[${index}].fromOn`}
              label={t("从哪天起", "From")}
              value={step.fromOn}
              error={at(`steps[${index}].fromOn`) ?? at(`steps[${index}]`)}
              width={11}
              {...(index === 0 ? {} : { optional: may })}
            />
            <Field
              name={`steps[${index}].monthly`}
              label={t("每月（元）", "Yuan a month")}
              value={step.monthly}
              error={at(`steps[${index}].monthly`)}
              inputmode="decimal"
              width={11}
              {...(index === 0 ? {} : { optional: may })}
            />
          </Fieldset>
        ))}
        {typed.free.map((span, index) => (
          <Fieldset legend={t("免租期", "Days without rent")}>
            <Field
              name={`free[${index}].fromOn`}
              label={t("从", "From")}
              value={span.fromOn}
              error={at(`free[${index}].fromOn`) ?? at(`free[${index}]`)}
              width={11}
              optional={may}
            />
            <Field name={`free[${index}].toOn`} label={t("到", "To")} value={span.toOn} width={11} optional={may} />
          </Fieldset>
        ))}
        <Actions>
          <Button look="quiet" name="act" value="more">
            {t("再加一段租金和免租期", "One more step and span")}
          </Button>
        </Actions>
        <Select
          name="cycleMonths"
          label={t("多久交一次", "How often it is paid")}
          value={typed.cycleMonths}
          options={CYCLES.map((cycle) => ({ value: String(cycle), label: CYCLE_WORDS[cycle][lang] }))}
        />
        <Field
          name="dueAfterDays"
          label={t("每期开始后几天到期", "Due how many days after a cycle begins")}
          value={typed.dueAfterDays}
          error={at("dueAfterDays")}
          inputmode="numeric"
          width={4}
        />
        <Field
          name="deposit"
          label={t("押金（元）", "Deposit in yuan")}
          hint={t("押金以后要退，记作负债，不算收入。", "It is owed back: a debt and no income.")}
          value={typed.deposit}
          error={at("depositFen")}
          inputmode="decimal"
          width={11}
          optional={may}
        />
        <Field
          name="tax"
          label={t("租金含税（%）", "Tax contained (%)")}
          value={typed.tax}
          error={at("taxBasisPoints")}
          inputmode="decimal"
          width={4}
          optional={may}
        />
        <h2>{t("凭什么可以租", "What it rests on")}</h2>
        <p class="hint">
          {t(
            `利用共有部分经营，要由业主大会表决（${R2_ARTICLE}）。`,
            "Using common parts for business is decided by the owners (Civil Code art. 278(1)(8)).",
          )}
        </p>
        <BasisFields c={c} typed={typed} errors={errors} />
        <FileField
          name="contract"
          label={t("合同的照片或 PDF", "Photographs or PDF of the contract")}
          multiple={true}
          optional={may}
        />
        <Actions>
          <Button>{t("提交审批", "Hand in for approval")}</Button>
          <ButtonLink look="quiet" href={deskLeasesHref(slug)}>
            {t("先不填", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

leaseFormRoutes.post("/desk/ledger/leases/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body);
  if (one(body, "act") === "more")
    return formPage(c, {
      ...typed,
      steps: [...typed.steps, { fromOn: "", monthly: "" }],
      free: [...typed.free, { fromOn: "", toOn: "" }],
    });
  const scene = staffScene(c);
  const [document] = await uploadsOf(body, "document");
  const uploads = { document: document ?? null, contract: await uploadsOf(body, "contract") };
  const drafted = await draftLease(scene, askedOf(typed), uploads, one(body, "_once") || newOnce());
  if (!drafted.ok) return formPage(c, typed, leaseProblem(drafted.error));
  const [rows] = await scene.db.read(findLeaseById(scene, drafted.value.leaseId));
  return c.redirect(`${deskLeaseHref(scene.community.slug, rows[0]?.number ?? 0)}?done=1`, 303);
});
