/** Refusals of what a candidate tells of themselves, and of uploaded papers: each beside the field it is about. One switch; the others are ../problems.ts. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import type { AnsweringRefusal } from "../answering.ts";
import type { DescribeRefusal } from "../describing.ts";
import type { PaperFault } from "../hand.ts";
import type { AffiliationRefusal } from "./affiliation.ts";
import { type DeclarationFault, INTEREST_WORDS, type PersonFault, type ProfileFault } from "./rules.ts";

/** Of those, what is about the person's own words. */
export type DescribingRefusal = Extract<
  AnsweringRefusal | DescribeRefusal | AffiliationRefusal,
  {
    readonly reason:
      | "person_faulty"
      | "authorisation_missing"
      | "not_accepted"
      | "list_is_out"
      | "profile_faulty"
      | "photo_refused"
      | "declaration_faulty"
      | "consent_missing"
      | "affiliation_missing"
      | "affiliation_too_long";
  }
>;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
export const NOT_DONE = say("没有登记", "It was not recorded");
const CORRECT = say("有内容需要改", "Some of it needs correcting");

/** A message beside one field; nothing was saved. */
export const field = (code: string, name: string, detail: Bilingual, article?: string): Problem => ({
  code,
  status: 422,
  title: CORRECT,
  detail,
  errors: [{ pointer: `/${name}`, detail }],
  ...(article ? { article } : {}),
});

/** Several fields at once. */
export const fields = (
  code: string,
  errors: readonly { readonly pointer: string; readonly detail: Bilingual }[],
): Problem => ({
  code,
  status: 422,
  title: CORRECT,
  detail: say(errors.map(({ detail }) => detail.zh).join(""), errors.map(({ detail }) => detail.en).join(" ")),
  errors,
});

const PAPER_FIELD = "paper";

/** What is wrong with an uploaded paper, beside its field. */
export function paperProblem(fault: PaperFault, name = PAPER_FIELD): Problem {
  switch (fault.reason) {
    case "paper_missing":
      return field(
        "nomination-paper-missing",
        name,
        say("请附上签名纸件的照片或扫描件。", "Attach a photograph or scan of the signed paper."),
      );
    case "file_empty":
      return field("nomination-paper-empty", name, say(`“${fault.name}”是空的。`, `“${fault.name}” is empty.`));
    case "file_too_large":
      return field(
        "nomination-paper-too-large",
        name,
        say(`“${fault.name}”超过10MB。`, `“${fault.name}” is larger than 10 MB.`),
      );
    case "file_type_refused":
      return field(
        "nomination-paper-type",
        name,
        say(
          `“${fault.name}”不是PDF或照片（JPEG、PNG、WebP）。`,
          `“${fault.name}” is neither a PDF nor a photograph (JPEG, PNG, WebP).`,
        ),
      );
  }
}

const PERSON_FIELDS: Readonly<Record<PersonFault["reason"], { readonly field: string; readonly words: Bilingual }>> = {
  name_malformed: {
    field: "name",
    words: say("请按身份证件填写姓名，只用文字。", "Give the name as the certificate has it, in letters only."),
  },
  phone_malformed: { field: "phone", words: say("请填写11位手机号。", "Give a mobile number of 11 digits.") },
  name_consent_missing: {
    field: "consent",
    words: say(
      "候选人的姓名要印在名单和选票上。不同意公开姓名的，不能参选。",
      "A candidate's name is printed on the list and the ballot; without this consent nobody can stand.",
    ),
  },
};

function profileFaultWords(fault: ProfileFault): { readonly pointer: string; readonly detail: Bilingual } {
  switch (fault.reason) {
    case "introduction_missing":
      return { pointer: "/introduction", detail: say("请写自我介绍。", "Write something about yourself.") };
    case "introduction_too_long":
      return {
        pointer: "/introduction",
        detail: say(
          `自我介绍最多${fault.most}字，现在有${fault.length}字。每位候选人的限制相同。`,
          `At most ${fault.most} characters, the same for all; there are ${fault.length}.`,
        ),
      };
    case "occupation_too_long":
      return {
        pointer: "/occupation",
        detail: say(
          `职业最多${fault.most}字，现在有${fault.length}字。`,
          `At most ${fault.most} characters; there are ${fault.length}.`,
        ),
      };
    case "birth_year_wrong":
      return {
        pointer: "/birthYear",
        detail: say(
          `出生年份应是${fault.least}到${fault.most}的四位数。`,
          `A year of birth is between ${fault.least} and ${fault.most}.`,
        ),
      };
    case "age_said_twice":
      return {
        pointer: "/ageBand",
        detail: say("出生年份和年龄段只填一项。", "Give the year of birth or the age, not both."),
      };
  }
}

function declarationFaultWords(fault: DeclarationFault): { readonly pointer: string; readonly detail: Bilingual } {
  switch (fault.reason) {
    case "interest_unanswered":
      return {
        pointer: `/applies-${fault.interest}`,
        detail: say(
          `请回答：“${INTEREST_WORDS[fault.interest].question.zh}”。`,
          `Please answer: “${INTEREST_WORDS[fault.interest].question.en}”.`,
        ),
      };
    case "interest_without_detail":
      return {
        pointer: `/detail-${fault.interest}`,
        detail: say("选“有”的，请写明具体情况。", "Where it applies, say what exactly."),
      };
    case "interest_detail_too_long":
      return {
        pointer: `/detail-${fault.interest}`,
        detail: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`),
      };
    case "not_signed":
      return { pointer: "/signed", detail: say("请确认签署。", "Please sign.") };
  }
}

export function describingProblem(refusal: DescribingRefusal): Problem {
  switch (refusal.reason) {
    case "person_faulty":
      return fields(
        "candidate-person",
        refusal.faults.map(({ reason }) => ({
          pointer: `/${PERSON_FIELDS[reason].field}`,
          detail: PERSON_FIELDS[reason].words,
        })),
      );
    case "authorisation_missing":
      return field(
        "candidate-authorisation",
        "authorisation",
        say("单位业主请附上委派书。", "An organisation attaches its letter of delegation."),
        "北京市第三十九条、舟山市第二十条、潍坊市第三十四条",
      );
    case "not_accepted":
      return {
        code: "candidate-not-accepted",
        status: 409,
        title: NOT_DONE,
        detail: say("本人还没有同意参选。", "The person has not agreed to stand."),
        next: say("请先同意参选，再填写这一项。", "Agree to stand first."),
      };
    case "list_is_out":
      return {
        code: "candidate-list-out",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "候选人名单已经公布，介绍和申报以公布的为准，不能再改。",
          "The list is out; profiles and declarations stand as they were published.",
        ),
      };
    case "profile_faulty":
      return fields("candidate-profile", refusal.faults.map(profileFaultWords));
    case "photo_refused":
      return field(
        "candidate-photo",
        "photo",
        say(
          `照片请用完整的JPEG或PNG，不超过${refusal.most / 1024 / 1024}MB。`,
          `A photograph is a whole JPEG or PNG of at most ${refusal.most / 1024 / 1024} MB.`,
        ),
      );
    case "declaration_faulty":
      return fields("candidate-declaration", refusal.faults.map(declarationFaultWords));
    case "consent_missing":
      return field(
        "affiliation-consent",
        "affiliationConsent",
        say(
          "政治面貌是敏感个人信息，没有单独同意不会保存。不填不影响参选。",
          "Political affiliation is sensitive: without this separate consent nothing is kept. Leaving it out changes nothing.",
        ),
        "《个人信息保护法》第二十八、二十九条",
      );
    case "affiliation_missing":
      return field(
        "affiliation-missing",
        "affiliation",
        say("请填写，或者不填这一部分。", "Fill it in, or leave it out."),
      );
    case "affiliation_too_long":
      return field(
        "affiliation-too-long",
        "affiliation",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
  }
}
