/** The fields of the rules a meeting is held by, each with its explanation, source and clause. Markup only; what may be set is told by rules.ts. */
import type { Child } from "hono/jsx";
import type { T } from "../../platform/i18n.ts";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Fieldset } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { MATTERS } from "../rules.ts";
import {
  CHANNEL_WORDS,
  isDefault,
  LEGAL_EFFECT_WORDS,
  PETITION_WORDS,
  ruleFaultWords,
  SPACE_WORDS,
  settingText,
  UNRETURNED_WORDS,
} from "./explained.ts";
import { type MeetingRules, type RuleFault, SETTING_NAMES, type SettingName, SHAPES } from "./rules.ts";

/** As typed: what a form is shown again with. */
export type RuleForm = Readonly<Record<string, string | readonly string[]>>;

/** The rules as the strings of their fields. */
export const formOfRules = (rules: MeetingRules): RuleForm =>
  Object.fromEntries(
    SETTING_NAMES.flatMap((name): [string, string | readonly string[]][] => {
      const { value, clause } = rules[name];
      const shape = SHAPES[name];
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      const text =
        shape.kind === "flag"
          ? value
            ? "yes"
            : "no"
          : shape.kind === "days"
            ? list.join("、")
            : shape.kind === "several" || shape.kind === "matters"
              ? list.map(String)
              : String(value);
      return [
        [name, text],
        [`${name}.clause`, clause],
      ];
    }),
  );

/** The fields out of a posted form. A list separated by 、 or ， is as good as one by commas. */
export const ruleFormOf = (body: Readonly<Record<string, unknown>>): RuleForm =>
  Object.fromEntries(
    SETTING_NAMES.flatMap((name): [string, string | readonly string[]][] => {
      const fields: [string, string | readonly string[]][] = [];
      const value = body[name];
      const texts = (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
        (text): text is string => typeof text === "string",
      );
      if (texts.length > 0) {
        const isList = SHAPES[name].kind === "several" || SHAPES[name].kind === "matters";
        fields.push([name, isList ? texts : texts[0]!.normalize("NFKC").replace(/[、,\s]+/g, ",")]);
      }
      const clause = body[`${name}.clause`];
      if (typeof clause === "string") fields.push([`${name}.clause`, clause]);
      return fields;
    }),
  );

export const ruleErrors = (faults: readonly RuleFault[], t: T): FieldError[] =>
  faults.map((fault) => {
    const words = ruleFaultWords(fault);
    const field =
      fault.reason === "clause_needed" || fault.reason === "clause_too_long"
        ? `${fault.setting}.clause`
        : fault.setting;
    return { field, message: t(words.zh, words.en) };
  });

const GROUPS: readonly { readonly zh: string; readonly en: string; readonly names: readonly SettingName[] }[] = [
  {
    zh: "公告和期限",
    en: "Notice and periods",
    names: [
      "noticeDays",
      "rollObjectionDays",
      "windowMinDays",
      "windowMaxDays",
      "publishWithinDays",
      "resultObjectionDays",
      "retentionYears",
    ],
  },
  {
    zh: "怎么投票",
    en: "How votes are cast",
    names: ["channels", "officialPlatformRequired", "legalEffect", "ballotReplaceable", "reminderDays"],
  },
  { zh: "委托", en: "Proxies", names: ["proxiesAllowed", "proxyCap", "proxyMayVoteOnline"] },
  {
    zh: "怎么计算",
    en: "How votes are counted",
    names: ["countedSpaces", "unreturned", "neverDeemed", "petitionBasis"],
  },
  { zh: "分工", en: "Separation of duties", names: ["counterMayPublish"] },
];

const texts = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const choicesOf = (name: SettingName, t: T): readonly { value: string; label: string }[] => {
  const words: Readonly<Record<string, { zh: string; en: string }>> =
    name === "channels"
      ? CHANNEL_WORDS
      : name === "legalEffect"
        ? LEGAL_EFFECT_WORDS
        : name === "unreturned"
          ? UNRETURNED_WORDS
          : name === "petitionBasis"
            ? PETITION_WORDS
            : name === "countedSpaces"
              ? SPACE_WORDS
              : {};
  return Object.entries(words).map(([value, { zh, en }]) => ({ value, label: t(zh, en) }));
};

const ValueField = (props: { t: T; name: SettingName; label: string; form: RuleForm; error: string | undefined }) => {
  const { t, name, label, form, error } = props;
  const value = texts(form[name]);
  switch (SHAPES[name].kind) {
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
      return <RadioGroup name={name} legend={label} value={value[0]} error={error} options={choicesOf(name, t)} />;
    case "several":
    case "matters":
      return (
        <>
          {/* Boxes that are all empty send nothing; this says that they were asked. */}
          <input type="hidden" name={name} value="" />
          <CheckboxGroup
            name={name}
            legend={label}
            values={value}
            error={error}
            options={
              SHAPES[name].kind === "matters"
                ? MATTERS.map(({ matter, short }) => ({ value: String(matter), label: t(short.zh, short.en) }))
                : choicesOf(name, t)
            }
          />
        </>
      );
    case "whole":
      return <Field name={name} label={label} value={value[0]} error={error} inputmode="numeric" width={6} />;
    case "days":
      return (
        <Field
          name={name}
          label={label}
          value={value[0]?.replaceAll(",", "、")}
          error={error}
          width={11}
          optional={t("可不填", "may stay empty")}
        />
      );
  }
};

const SettingField = (props: {
  t: T;
  name: SettingName;
  form: RuleForm;
  errors: readonly FieldError[];
  isDefault: boolean;
  note?: Child;
}) => {
  const { t, name, form, errors } = props;
  const text = settingText(name);
  return (
    <Fieldset legend={t(text.title.zh, text.title.en)} hint={t(text.explanation.zh, text.explanation.en)}>
      <ValueField t={t} name={name} label={t("取值", "Value")} form={form} error={errorFor(errors, name)} />
      <Field
        name={`${name}.clause`}
        label={t("依据的条款", "Clause it rests on")}
        value={texts(form[`${name}.clause`])[0]}
        error={errorFor(errors, `${name}.clause`)}
        optional={t("用默认值时可不填", "may stay empty at the default")}
        maxlength={300}
        {...(text.whenClauseNeeded
          ? { hint: t(`${text.whenClauseNeeded.zh}时必填`, `needed for ${text.whenClauseNeeded.en}`) }
          : {})}
      />
      <p class="hint">
        {t("默认值的来源：", "Where the default comes from: ")}
        {t(text.source.zh, text.source.en)}
        {props.isDefault ? null : <strong>{t("（现在与默认不同）", " (now different from the default)")}</strong>}
      </p>
      {props.note ? <p class="hint">{props.note}</p> : null}
    </Fieldset>
  );
};

/** All rules in groups. A group with an error, or all of them where asked, stands open. */
export const RuleFields = (props: {
  t: T;
  rules: MeetingRules;
  form: RuleForm;
  errors?: readonly FieldError[] | undefined;
  /** Beside each setting, such as who set it when. */
  note?: ((name: SettingName) => Child) | undefined;
  open?: boolean | undefined;
}) => {
  const { t, rules, form } = props;
  const errors = props.errors ?? [];
  const hasError = (names: readonly SettingName[]): boolean =>
    errors.some(({ field }) => names.some((name) => field === name || field === `${name}.clause`));
  return (
    <>
      {GROUPS.map(({ zh, en, names }) => (
        <Details summary={t(zh, en)} open={props.open === true || hasError(names)}>
          {names.map((name) => (
            <SettingField
              t={t}
              name={name}
              form={form}
              errors={errors}
              isDefault={isDefault(name, rules)}
              note={props.note?.(name)}
            />
          ))}
        </Details>
      ))}
    </>
  );
};
