/** The fields a company says who it is by: when it registers, and when it corrects that. */
import type { AppContext } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import type { errorFor } from "../../platform/ui/forms.tsx";
import type { TypedCorrection } from "./correcting.ts";
import { LONGEST_COMPANY, LONGEST_PERSON } from "./rules.ts";

/** `known`: numbers were given before, and an empty field keeps them. */
export const CompanyFields = ({
  c,
  typed,
  at,
  known = false,
}: {
  readonly c: AppContext;
  readonly typed: TypedCorrection;
  readonly at: (name: string) => ReturnType<typeof errorFor>;
  readonly known?: boolean;
}) => {
  const { t } = c.var;
  const kept = known ? t("留空：与登记时相同", "empty: as registered") : undefined;
  return (
    <>
      <Field
        name="name"
        label={t("企业全称", "Full name")}
        hint={t("与营业执照一致", "As on the business licence")}
        autocomplete="organization"
        maxlength={LONGEST_COMPANY}
        value={typed.name}
        error={at("name")}
      />
      <Field
        name="code"
        label={t("统一社会信用代码", "Unified social credit code")}
        hint={t("营业执照上的 18 位代码", "The 18 characters on the business licence")}
        width={20}
        maxlength={30}
        value={typed.code}
        error={at("code")}
      />
      <Field
        name="representativeName"
        label={t("法定代表人姓名", "Legal representative")}
        maxlength={LONGEST_PERSON}
        value={typed.representativeName}
        error={at("representativeName")}
      />
      <Field
        name="representativeNumber"
        label={t("法定代表人证件号", "The representative's identity number")}
        optional={kept}
        width={20}
        maxlength={30}
        value={typed.representativeNumber}
        error={at("representativeNumber")}
      />
      <RadioGroup
        name="controller"
        legend={t("实际控制人是谁", "Who has the final say in the company")}
        value={typed.controller}
        error={at("controller")}
        options={[
          { value: "same", label: t("就是法定代表人", "The legal representative") },
          {
            value: "other",
            label: t("是别人，或者是另一家企业", "Somebody else, or another company"),
            hint: t("请填写下面两项", "Fill in the two below"),
          },
        ]}
      />
      <Field
        name="controllerName"
        label={t("实际控制人的姓名或名称", "The controller's name")}
        optional={t("是别人时填写", "if somebody else")}
        maxlength={LONGEST_COMPANY}
        value={typed.controllerName}
        error={at("controllerName")}
      />
      <Field
        name="controllerNumber"
        label={t("实际控制人的证件号或信用代码", "The controller's identity number or credit code")}
        optional={kept ?? t("是别人时填写", "if somebody else")}
        width={20}
        maxlength={30}
        value={typed.controllerNumber}
        error={at("controllerNumber")}
      />
      <Field
        name="contactName"
        label={t("联系人姓名", "Name of the contact")}
        autocomplete="name"
        maxlength={LONGEST_PERSON}
        value={typed.contactName}
        error={at("contactName")}
      />
      <RadioGroup
        name="incumbent"
        legend={t("现在就在为本小区服务吗", "Do you serve the estate now")}
        hint={t("如实填写，不影响参加。", "It does not keep you out; please say as it is.")}
        value={typed.incumbent}
        error={at("incumbent")}
        options={[
          { value: "no", label: t("没有", "No") },
          { value: "yes", label: t("是现任服务企业", "Yes, we do") },
        ]}
      />
    </>
  );
};

/** What was typed into them. */
export function companyTyped(body: FormBody): TypedCorrection {
  const text = (name: keyof TypedCorrection): string => one(body, name).slice(0, 200);
  return {
    name: text("name"),
    code: text("code"),
    representativeName: text("representativeName"),
    representativeNumber: text("representativeNumber"),
    controller: text("controller"),
    controllerName: text("controllerName"),
    controllerNumber: text("controllerNumber"),
    contactName: text("contactName"),
    incumbent: text("incumbent"),
  };
}
