/** The fields every contract has, and its signed paper: the same for a new one and for a change. Markup only. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { SERVICES } from "../scheme/rules.ts";
import { SERVICE_WORDS } from "../words.ts";
import type { TypedTerms } from "./reading.ts";

/** The fields every contract has. `fixed` is what an award says and nobody types. */
export const TermsFields = (props: {
  c: AppContext;
  typed: TypedTerms;
  errors: readonly FieldError[];
  buildings: readonly string[];
  fixed?: boolean;
  children?: Child;
}) => {
  const { c, typed, errors, buildings, fixed } = props;
  const { t, lang } = c.var;
  const at = (name: keyof TypedTerms) => ({ name, value: typed[name] as string, error: errorFor(errors, name) });
  const services = SERVICES.map((value) => ({ value, label: SERVICE_WORDS[value][lang] }));
  return (
    <>
      <Field {...at("title")} label={t("合同名称", "Title")} maxlength={100} />
      <Field {...at("client")} label={t("甲方（谁代表业主签）", "Who signs for the owners")} maxlength={100} />
      {fixed ? null : (
        <>
          <Field {...at("provider")} label={t("物业服务人", "Provider")} maxlength={100} />
          <Field {...at("code")} label={t("统一社会信用代码", "Credit code")} width={20} />
          <Select {...at("service")} label={t("服务", "Service")} options={services} />
          <CheckboxGroup
            name="parts"
            legend={t("包括的专项（全部物业服务时勾选）", "What the whole is made of")}
            values={typed.parts}
            options={services.filter(({ value }) => value !== "whole")}
          />
          <CheckboxGroup
            name="subcontractable"
            legend={t("约定可以转委托的专项", "What may be given on")}
            hint={t("不能全部转委托（《民法典》第九百四十一条）。", "Never all of it (CC 941).")}
            values={typed.subcontractable}
            options={services.filter(({ value }) => value !== "whole")}
          />
          <TextArea {...at("scope")} label={t("服务内容和范围", "Scope")} rows={3} />
          <TextArea
            {...at("lines")}
            label={t("价格，每行一项", "Prices, one a line")}
            hint={t(
              "项目 | 单位 | 数量 | 单价（元），如：每月保洁费 | 元/月 | 12 | 20000",
              "item | unit | quantity | price, such as: cleaning | month | 12 | 20000",
            )}
            rows={4}
          />
          <DateTimeField {...at("fromOn")} kind="date" label={t("开始", "From")} />
          <DateTimeField {...at("toOn")} kind="date" label={t("最后一天", "Last day")} />
        </>
      )}
      <TextArea
        {...at("plan")}
        label={t("付款计划，每行一期", "Payment plan, one a line")}
        hint={t(
          "应付日 | 金额（元）| 条件，如：2027-03-31 | 62500 | 第一季度评价公布后。合计等于合同总价。",
          "due day | yuan | condition, such as: 2027-03-31 | 62500 | after the first report. It sums to the price.",
        )}
        rows={5}
      />
      <TextArea
        {...at("quality")}
        label={t("质量条款，每行一条", "Quality, one clause a line")}
        hint={t("条款 | 标准，如：楼道 | 每日清扫一次", "clause | measure, such as: stairs | swept daily")}
        rows={5}
      />
      {buildings.length > 0 ? (
        <CheckboxGroup
          name="buildings"
          legend={t("服务的楼栋", "Buildings")}
          hint={t("不勾选表示整个小区。", "None ticked means the whole estate.")}
          error={errorFor(errors, "buildings")}
          values={typed.buildings}
          options={buildings.map((value) => ({ value, label: value }))}
        />
      ) : null}
      <Field
        {...at("bond")}
        label={t("履约保证金（元）", "Bond (yuan)")}
        optional={t("可不填", "may stay empty")}
        inputmode="decimal"
        width={20}
      />
      <Field
        {...at("noticeDays")}
        label={t("解除合同提前几天书面通知", "Days of written notice")}
        inputmode="numeric"
        width={20}
      />
      <TextArea
        {...at("handover")}
        label={t("移交给物业服务人的，每行一项", "What is handed to the provider, one a line")}
        hint={t("用房、设施、资料或款项 | 内容", "用房, 设施, 资料 or 款项 | what")}
        rows={3}
      />
      <Details
        summary={t("考核扣款（合同有约定时填写）", "Deductions, where the contract agrees on any")}
        open={typed.below !== ""}
      >
        <Field {...at("below")} label={t("低于多少分扣款", "Below how many points")} inputmode="numeric" width={20} />
        <Field
          {...at("perPoint")}
          label={t("每少1分扣当期应付款的百分之几", "Per cent of what was due, a point")}
          inputmode="decimal"
          width={20}
        />
        <Field {...at("most")} label={t("最多扣百分之几", "Per cent at most")} inputmode="decimal" width={20} />
      </Details>
    </>
  );
};

export const PaperField = ({ c, errors }: { c: AppContext; errors: readonly FieldError[] }) => {
  const { t } = c.var;
  return (
    <FileField
      name="file"
      label={t("签好的文件（PDF）", "The signed paper (PDF)")}
      hint={t(
        "文件会公开，请先遮住个人信息，如身份证号、手机号。",
        "It is public: cover personal data such as numbers of identity cards and telephones first.",
      )}
      accept="application/pdf"
      error={errorFor(errors, "file")}
    />
  );
};
