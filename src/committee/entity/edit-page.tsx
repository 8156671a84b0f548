/** A new version of the legal person and its account, at the desk: one form. Markup only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { deskEntityHref } from "../addresses.ts";
import { crumbs, fieldErrors, versionIn, wholeProblem } from "../sessions/desk/frame.tsx";
import { FORM_WORDS } from "../words.ts";
import { mayRepresent, recordEntity } from "./actions.ts";
import { done, people } from "./pages.tsx";
import { entityProblem } from "./problems.ts";
import { readEntityView } from "./reading.ts";
import { ENTITY_FORMS, type EntityAsked } from "./rules.ts";
import type { EntityRow } from "./store.ts";

export const entityEditPages = new Hono<AppEnv>();
const records = requires("committee.record");

const FIELDS = [
  "form",
  "name",
  "supervisingUnit",
  "registrationAuthority",
  "creditCode",
  "registeredOn",
  "representativeTenureId",
  "holderName",
  "bank",
  "account",
  "changedOn",
  "document",
] as const satisfies readonly (keyof EntityAsked)[];

const askedOf = (row: EntityRow | undefined, today: string): EntityAsked => ({
  form: row?.form ?? "none",
  name: row?.name ?? "",
  supervisingUnit: row?.supervisingUnit ?? "",
  registrationAuthority: row?.registrationAuthority ?? "",
  creditCode: row?.creditCode ?? "",
  registeredOn: row?.registeredOn ?? "",
  representativeTenureId: row?.representativeTenureId ?? "",
  holderName: row?.holderName ?? "",
  bank: row?.bank ?? "",
  account: "",
  changedOn: today,
  document: "",
});

async function editPage(
  c: AppContext,
  asked: EntityAsked,
  seen: number,
  once: string,
  known: EntityRow | undefined,
  problem?: Problem,
) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskEntityHref(scene.community.slug)}/edit`;
  const errors = fieldErrors(problem, lang);
  const text = (
    name: (typeof FIELDS)[number],
    label: string,
    more: { hint?: string; optional?: boolean; width?: 20 } = {},
  ) => (
    <Field
      name={name}
      label={label}
      value={asked[name]}
      maxlength={name === "document" ? 200 : 80}
      error={errorFor(errors, name)}
      {...(more.hint ? { hint: more.hint } : {})}
      {...(more.width ? { width: more.width } : {})}
      {...(more.optional ? { optional: t("没有登记为法人不填", "not without registration") } : {})}
    />
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登记法人和账户", "Legal person and account")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[
        ...crumbs(c).slice(0, 2),
        { href: deskEntityHref(scene.community.slug), label: t("法人", "Legal person") },
      ]}
    >
      <h1>{t("登记法人和账户", "Record legal person and account")}</h1>
      <p class="lead">
        {t(
          "业主共有的钱要存在业主大会或业委会名下的账户，不能存在个人或物业公司账户。账号加密保存，公开页面上没有。",
          "Common money is kept in the name of the owners' assembly or the committee, never in a person's or the property company's. The number is sealed and not on the public page.",
        )}
      </p>
      <Refused c={c} problem={wholeProblem(problem)} />
      <Form action={here} token={formToken} once={once} hidden={{ version: String(seen) }}>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="form"
          legend={t("登记形式", "Form of registration")}
          value={asked.form}
          error={errorFor(errors, "form")}
          options={ENTITY_FORMS.map((form) => ({ value: form, label: pick(FORM_WORDS[form], lang) }))}
        />
        {text("name", t("登记的名称", "Registered name"), { optional: true })}
        {text("creditCode", t("统一社会信用代码", "Unified social credit code"), {
          optional: true,
          width: 20,
          hint: t(
            "18位，照证书填。校验不符只提醒，不拒绝。",
            "18 characters, as on the certificate. A failed check is remarked, not refused.",
          ),
        })}
        {text("supervisingUnit", t("业务主管单位", "Supervising unit"), { optional: true })}
        {text("registrationAuthority", t("登记管理机关", "Registration authority"), { optional: true })}
        <DateTimeField
          kind="date"
          name="registeredOn"
          label={t("登记日期", "Registered on")}
          value={asked.registeredOn}
          optional={t("没有登记为法人不填", "not without registration")}
          error={errorFor(errors, "registeredOn")}
        />
        <Select
          name="representativeTenureId"
          label={t("负责人（法定代表人）", "Representative")}
          prompt={t("请选择", "Choose")}
          optional={t("没有登记为法人不填", "not without registration")}
          value={asked.representativeTenureId}
          options={await people(c, mayRepresent)}
          error={errorFor(errors, "representativeTenureId")}
        />
        <Field
          name="holderName"
          label={t("账户名称（户名）", "Account in the name of")}
          hint={t(
            "例如：金桂苑业主委员会。还没有开户的不填。",
            "Such as the committee's name; empty where there is no account.",
          )}
          optional={t("选填", "optional")}
          value={asked.holderName}
          maxlength={80}
          error={errorFor(errors, "holderName")}
        />
        <Field
          name="bank"
          label={t("开户银行", "Bank")}
          optional={t("没有账户不填", "not without an account")}
          value={asked.bank}
          maxlength={80}
          error={errorFor(errors, "bank")}
        />
        <Field
          name="account"
          label={t("账号", "Account number")}
          inputmode="numeric"
          hint={
            known && known.accountMasked !== ""
              ? t(
                  `不填就保留原来的（${known.accountMasked}）。`,
                  `Left empty, the one on record stays (${known.accountMasked}).`,
                )
              : t("加密保存。", "Kept sealed.")
          }
          optional={t("没有账户不填", "not without an account")}
          value={asked.account}
          maxlength={40}
          error={errorFor(errors, "account")}
        />
        <DateTimeField
          kind="date"
          name="changedOn"
          label={t("从哪天起是这样", "Since when")}
          hint={t(
            "登记事项变更的，30日内要办理变更登记，从这天算起。",
            "A change of what is registered is registered within thirty days of this day.",
          )}
          value={asked.changedOn}
          error={errorFor(errors, "changedOn")}
        />
        {text("document", t("依据哪份文件", "Document it rests on"), {
          hint: t(
            "例如：登记证书、开户许可、业主大会决定。",
            "Such as the certificate, the bank's letter, the owners' decision.",
          ),
        })}
        <Actions>
          <Button>{t("登记", "Record")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

entityEditPages.get("/desk/committee/legal-person/edit", records, async (c) => {
  const { latest } = await readEntityView(c.var.scene);
  return editPage(c, askedOf(latest, dayOf(c.var.now)), latest?.version ?? 0, newOnce(), latest);
});

entityEditPages.post("/desk/committee/legal-person/edit", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const asked = Object.fromEntries(FIELDS.map((name) => [name, one(body, name)])) as unknown as EntityAsked;
  const once = one(body, "_once") || newOnce();
  const seen = versionIn(body);
  const recorded = await recordEntity(staffScene(c), asked, seen, once);
  if (recorded.ok) return done(c);
  const { latest } = await readEntityView(c.var.scene);
  return editPage(c, asked, seen, once, latest, entityProblem(recorded.error));
});
