/** The fields in which a person who stands answers, describes themselves and declares; the same for an owner's own page and for paper at the desk. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { pick } from "../../../platform/i18n.ts";
import { CheckboxGroup, Confirm, RadioGroup } from "../../../platform/ui/choices.tsx";
import { Field, FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Fieldset } from "../../../platform/ui/forms.tsx";
import { ADDRESS_WORDS, AGE_WORDS } from "../words.ts";
import { LARGEST_PHOTO_BYTES } from "./photo.ts";
import {
  ADDRESS_SHOWN,
  AGE_BANDS,
  type Declaration,
  INTEREST_WORDS,
  type Interest,
  LONGEST_DETAIL,
  LONGEST_INTRODUCTION,
  LONGEST_OCCUPATION,
  type Profile,
  SENSITIVE_INTERESTS,
} from "./rules.ts";

type Errors = readonly FieldError[];

/** Agreeing to stand: whom a company sends, the number to be reached by, and the consent to the name. */
export const AcceptFields = (props: {
  c: AppContext;
  errors: Errors;
  /** An organisation stands through a natural person it names (BJ 39). */
  isOrganisation: boolean;
  name: string;
  phone: string;
}) => {
  const { t } = props.c.var;
  const { errors } = props;
  return (
    <>
      {props.isOrganisation ? (
        <>
          <Field
            name="name"
            label={t("委派的人（全名）", "Whom you send (full name)")}
            hint={t(
              "单位业主委派一位自然人参选和任职。",
              "An organisation sends a natural person to stand and to sit.",
            )}
            value={props.name}
            error={errorFor(errors, "name")}
            width={20}
          />
          <FileField
            name="authorisation"
            label={t("委派书", "Letter of delegation")}
            accept="image/jpeg,image/png,image/webp,application/pdf"
            error={errorFor(errors, "authorisation")}
          />
        </>
      ) : null}
      <Field
        name="phone"
        label={t("手机号", "Mobile number")}
        hint={t(
          "只用于联系和当选后登录，不公开。",
          "For reaching the person, and for signing in once elected. It is not published.",
        )}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        value={props.phone}
        error={errorFor(errors, "phone")}
        width={11}
      />
      <Confirm
        name="consent"
        label={t(
          "同意参选，并同意把姓名公开在候选人名单、选票和结果里",
          "Agrees to stand, and to the name being published on the list, the ballot and the result",
        )}
        hint={t(
          "依据《个人信息保护法》第二十五条，公开个人信息要本人单独同意。房号、年龄、职业公开与否，在介绍里另行选择。",
          "Publishing personal information needs one's own consent (PIPL art. 25). Home, age and occupation are chosen apart, in the profile.",
        )}
        error={errorFor(errors, "consent")}
      />
    </>
  );
};

export const ProfileFields = (props: {
  c: AppContext;
  errors: Errors;
  profile: Profile;
  /** Address of the photograph that is there already. */
  photo: string | null;
}) => {
  const { c, errors, profile } = props;
  const { t, lang } = c.var;
  const optional = t("选填", "optional");
  return (
    <>
      <TextArea
        name="introduction"
        label={t("自我介绍", "About yourself")}
        hint={t(
          `为什么参选、打算做什么。最多${LONGEST_INTRODUCTION}字，每位候选人一样。`,
          `Why you stand and what you would do. At most ${LONGEST_INTRODUCTION} characters, the same for all.`,
        )}
        rows={8}
        value={profile.introduction}
        error={errorFor(errors, "introduction")}
      />
      <Field
        name="occupation"
        label={t("职业", "Occupation")}
        hint={t(
          `例如：退休教师。最多${LONGEST_OCCUPATION}字。`,
          `Such as retired teacher; at most ${LONGEST_OCCUPATION} characters.`,
        )}
        value={profile.occupation}
        optional={optional}
        error={errorFor(errors, "occupation")}
      />
      <RadioGroup
        name="addressShown"
        legend={t("公开哪一户", "Which home is published")}
        options={ADDRESS_SHOWN.map((shown) => ({
          value: shown,
          label: pick(ADDRESS_WORDS[shown].name, lang),
          hint: pick(ADDRESS_WORDS[shown].hint, lang),
        }))}
        value={profile.addressShown}
      />
      <Select
        name="ageBand"
        label={t("年龄段", "Age")}
        optional={t("选填，与出生年份填一项即可", "optional; this or the year of birth")}
        prompt={t("不公开", "not published")}
        value={profile.ageBand ?? ""}
        error={errorFor(errors, "ageBand")}
        options={AGE_BANDS.map((band) => ({ value: band, label: pick(AGE_WORDS[band], lang) }))}
      />
      <Field
        name="birthYear"
        label={t("出生年份", "Year of birth")}
        optional={optional}
        inputmode="numeric"
        width={6}
        value={profile.birthYear === null || Number.isNaN(profile.birthYear) ? "" : String(profile.birthYear)}
        error={errorFor(errors, "birthYear")}
      />
      {props.photo ? (
        <>
          <p>
            <img src={props.photo} width="120" alt={t("现在的照片", "The photograph there is")} />
          </p>
          <Confirm name="keepsPhoto" label={t("保留这张照片", "Keep this photograph")} checked={true} />
        </>
      ) : null}
      <FileField
        name="photo"
        label={t("照片", "Photograph")}
        hint={t(
          `JPEG或PNG，不超过${LARGEST_PHOTO_BYTES / 1024 / 1024}MB。拍摄地点等附带信息会先去掉。`,
          `JPEG or PNG, at most ${LARGEST_PHOTO_BYTES / 1024 / 1024} MB. Where it was taken and the like is removed first.`,
        )}
        accept="image/jpeg,image/png"
        optional={optional}
        error={errorFor(errors, "photo")}
      />
    </>
  );
};

export const DeclarationFields = (props: {
  c: AppContext;
  errors: Errors;
  asked: readonly Interest[];
  declaration: Declaration;
}) => {
  const { c, errors, asked, declaration } = props;
  const { t, lang } = c.var;
  return (
    <>
      {asked.map((interest) => {
        const answer = declaration.answers.find((one) => one.interest === interest);
        const { question, article } = INTEREST_WORDS[interest];
        return (
          <Fieldset legend={pick(question, lang)} hint={t(`依据：${article}`, `Ground: ${article}`)}>
            <RadioGroup
              name={`applies-${interest}`}
              legend={t("有没有这种情况", "Does it apply")}
              options={[
                { value: "no", label: t("没有", "no") },
                { value: "yes", label: t("有", "yes") },
              ]}
              {...(answer ? { value: answer.applies ? "yes" : "no" } : {})}
              error={errorFor(errors, `applies-${interest}`)}
            />
            <TextArea
              name={`detail-${interest}`}
              label={t("有的，写明具体情况", "If so, what exactly")}
              rows={2}
              maxlength={LONGEST_DETAIL}
              optional={t("没有的不填", "leave empty if not")}
              value={answer?.detail ?? ""}
              error={errorFor(errors, `detail-${interest}`)}
            />
          </Fieldset>
        );
      })}
      <CheckboxGroup
        name="public"
        legend={t("哪些申报可以给业主看", "Which answers owners may read")}
        hint={t(
          "由您决定。没有勾选的，只有核对和决定资格的人能看，名单上写“本人未公开”。",
          "You decide. The others are read only by those who check and decide; the list says that you keep them private.",
        )}
        options={asked.map((interest) => ({
          value: interest,
          label: pick(INTEREST_WORDS[interest].question, lang),
          ...(SENSITIVE_INTERESTS.includes(interest)
            ? { hint: t("这一项涉及敏感个人信息。", "This is sensitive personal information.") }
            : {}),
        }))}
        values={declaration.publicItems}
      />
      <Confirm
        name="signed"
        label={t(
          "以上申报属实，有变化时及时更正；隐瞒的，资格可以被取消",
          "All of this is true, and will be corrected when it changes; whoever hides something may be struck from the list",
        )}
        error={errorFor(errors, "signed")}
      />
    </>
  );
};
