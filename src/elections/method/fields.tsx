/** The fields of the method, each with its explanation, source and clause. Markup only; what may be set is told by the rules. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Fieldset } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import type { ElectionState, Method, MethodName } from "../rules.ts";
import { choicesOf, defaultWords, METHOD_TEXTS, valueWords } from "./explained.ts";
import { isDefaultSetting, METHOD_SHAPES, type MethodForm, mayChangeSetting } from "./rules.ts";

const GROUPS: readonly { readonly zh: string; readonly en: string; readonly names: readonly MethodName[] }[] = [
  {
    zh: "席位和任期",
    en: "Seats and term",
    names: ["seats", "smallEstate", "legalLeast", "alternatesMost", "termMonths"],
  },
  { zh: "提名", en: "Nominations", names: ["channels", "supportersLeast", "nominationDays", "surplusPercent"] },
  { zh: "候选人公示", en: "Publication of candidates", names: ["candidatesBeforeDays", "candidatesPublicDays"] },
  { zh: "表决和排名", en: "Vote and ranking", names: ["atMost", "ranking", "tie", "passedKeep"] },
  { zh: "就任和首次会议", en: "Taking office and the first meeting", names: ["seatedWhen", "membersDecide"] },
  {
    zh: "筹备",
    en: "Preparation",
    names: [
      "groupPublicationDays",
      "groupChairFromStreet",
      "deliveredPercent",
      "requestWithinDays",
      "firstMeetingWithinDays",
    ],
  },
];

const textsOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const ValueField = (props: { c: AppContext; name: MethodName; form: MethodForm; error: string | undefined }) => {
  const { c, name, form, error } = props;
  const { t, lang } = c.var;
  const label = t("取值", "Value");
  const value = textsOf(form[name]);
  const choices = Object.entries(choicesOf(name)).map(([key, words]) => ({ value: key, label: pick(words, lang) }));
  switch (METHOD_SHAPES[name].kind) {
    case "whole":
      return <Field name={name} label={label} value={value[0]} error={error} inputmode="numeric" width={6} />;
    case "flag":
      return (
        <RadioGroup
          name={name}
          legend={label}
          value={value[0]}
          error={error}
          options={[
            { value: "yes", label: t("是", "Yes") },
            { value: "no", label: t("否", "No") },
          ]}
        />
      );
    case "choice":
      return <RadioGroup name={name} legend={label} value={value[0]} error={error} options={choices} />;
    case "several":
      return (
        <>
          {/* Boxes that are all empty send nothing; this says that they were asked. */}
          <input type="hidden" name={name} value="" />
          <CheckboxGroup name={name} legend={label} values={value} error={error} options={choices} />
        </>
      );
  }
};

const SettingField = (props: {
  c: AppContext;
  name: MethodName;
  method: Method;
  form: MethodForm;
  state: ElectionState;
  errors: readonly FieldError[];
}) => {
  const { c, name, method, form, errors } = props;
  const { t, lang } = c.var;
  const text = METHOD_TEXTS[name];
  if (!mayChangeSetting(name, props.state))
    return (
      <Fieldset legend={pick(text.title, lang)} hint={pick(text.explanation, lang)}>
        <p>
          <strong>{pick(valueWords(name, method), lang)}</strong>{" "}
          <StatusWord tone="off">{t("提名开始后不能再改", "stands since nominations opened")}</StatusWord>
        </p>
      </Fieldset>
    );
  return (
    <Fieldset legend={pick(text.title, lang)} hint={pick(text.explanation, lang)}>
      <ValueField c={c} name={name} form={form} error={errorFor(errors, name)} />
      <Field
        name={`${name}.clause`}
        label={t("依据的条款", "Clause it rests on")}
        value={textsOf(form[`${name}.clause`])[0]}
        error={errorFor(errors, `${name}.clause`)}
        optional={t("用默认值时可不填", "may stay empty at the default")}
        maxlength={300}
        {...(text.whenClauseNeeded
          ? { hint: t(`${text.whenClauseNeeded.zh}时必填`, `needed for ${text.whenClauseNeeded.en}`) }
          : {})}
      />
      <p class="hint">
        {t(`默认：${defaultWords(name).zh}。来源：`, `Default: ${defaultWords(name).en}. Source: `)}
        {pick(text.source, lang)}
        {isDefaultSetting(name, method) ? null : <strong>{t("（现在与默认不同）", " (now different)")}</strong>}
      </p>
    </Fieldset>
  );
};

/** All settings in groups; a group with an error stands open. */
export const MethodFields = (props: {
  c: AppContext;
  method: Method;
  form: MethodForm;
  state: ElectionState;
  errors: readonly FieldError[];
}) => {
  const { c, method, form, state, errors } = props;
  const hasError = (names: readonly MethodName[]): boolean =>
    errors.some(({ field }) => names.some((name) => field === name || field === `${name}.clause`));
  return (
    <>
      {GROUPS.map(({ zh, en, names }, at) => (
        <Details summary={c.var.t(zh, en)} open={hasError(names) || (at === 0 && errors.length === 0)}>
          {names.map((name) => (
            <SettingField c={c} name={name} method={method} form={form} state={state} errors={errors} />
          ))}
        </Details>
      ))}
    </>
  );
};
