/** What a candidate tells of themselves and declares of their interests: the same fields and limits for all (M4, M6). Pure; political affiliation is apart, in affiliation.ts, and decides nothing. */
import { LONGEST_NAME, personName, readMobile } from "../../../community/identity/rules.ts";
import type { Bilingual } from "../../../platform/i18n.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

// ——— The profile ———

export const LONGEST_INTRODUCTION = 500;
export const LONGEST_OCCUPATION = 40;
export const AGE_BANDS = ["18-35", "36-50", "51-65", "66+"] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
export const ADDRESS_SHOWN = ["unit", "building", "none"] as const;
/** How much of the address the person lets be published (M6; PIPL 25). */
export type AddressShown = (typeof ADDRESS_SHOWN)[number];

export interface Profile {
  readonly addressShown: AddressShown;
  readonly birthYear: number | null;
  readonly ageBand: AgeBand | null;
  readonly occupation: string;
  readonly introduction: string;
}

export type ProfileFault =
  | { readonly reason: "introduction_missing" }
  | { readonly reason: "introduction_too_long"; readonly length: number; readonly most: number }
  | { readonly reason: "occupation_too_long"; readonly length: number; readonly most: number }
  | { readonly reason: "birth_year_wrong"; readonly least: number; readonly most: number }
  | { readonly reason: "age_said_twice" };

/** Characters as a reader counts them, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

/** Line ends as one, without controls and the invisible marks that hide or turn text around. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[ \u3000]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** Everything wrong with a profile; empty when it may be kept. An adult's year of birth, at most 120 years back. */
export function profileFaults(profile: Profile, thisYear: number): ProfileFault[] {
  const faults: ProfileFault[] = [];
  const introduced = lengthOf(profile.introduction);
  if (introduced === 0) faults.push({ reason: "introduction_missing" });
  if (introduced > LONGEST_INTRODUCTION)
    faults.push({ reason: "introduction_too_long", length: introduced, most: LONGEST_INTRODUCTION });
  const occupied = lengthOf(profile.occupation);
  if (occupied > LONGEST_OCCUPATION)
    faults.push({ reason: "occupation_too_long", length: occupied, most: LONGEST_OCCUPATION });
  const [least, most] = [thisYear - 120, thisYear - 18];
  const year = profile.birthYear;
  if (year !== null && !(Number.isInteger(year) && year >= least && year <= most))
    faults.push({ reason: "birth_year_wrong", least, most });
  if (year !== null && profile.ageBand !== null) faults.push({ reason: "age_said_twice" });
  return faults;
}

// ——— The person who would sit ———

export interface PersonAsked {
  readonly name: string;
  readonly phone: string;
  /** That the name stands on the list, the ballot and the result. Without it nobody can be voted for (M6; PIPL 13, 25). */
  readonly consentsToName: boolean;
}

export interface Person {
  readonly name: string;
  /** 11 digits. */
  readonly phone: string;
}

export type PersonFault =
  | { readonly reason: "name_malformed" }
  | { readonly reason: "phone_malformed" }
  | { readonly reason: "name_consent_missing" };

/** A name of letters, as identity papers write it: no markup, digits or signs. */
const NAME = /^[\p{L}\p{M}](?:[\p{L}\p{M}·.' -]*[\p{L}\p{M}])$/u;
export const readName = (text: string): string | null => {
  const name = personName(text);
  return NAME.test(name) && lengthOf(name) <= LONGEST_NAME ? name : null;
};

export function readPerson(asked: PersonAsked): { readonly person: Person | null; readonly faults: PersonFault[] } {
  const faults: PersonFault[] = [];
  const [name, phone] = [readName(asked.name), readMobile(asked.phone)];
  if (name === null) faults.push({ reason: "name_malformed" });
  if (phone === null) faults.push({ reason: "phone_malformed" });
  if (!asked.consentsToName) faults.push({ reason: "name_consent_missing" });
  return { person: name !== null && phone !== null && faults.length === 0 ? { name, phone } : null, faults };
}

// ——— The declaration of interests ———

export const INTERESTS = [
  "provider_self",
  "provider_kin",
  "business",
  "arrears",
  "defaulter",
  "illegal_building",
  "sentence",
] as const;
export type Interest = (typeof INTERESTS)[number];

/** Asked of everybody, because owners must know whose interests a candidate may have; the rest only where it is a condition here (PIPL 6). */
export const ALWAYS_DECLARED: readonly Interest[] = ["provider_self", "provider_kin", "business"];

export const INTEREST_WORDS: Readonly<Record<Interest, { readonly question: Bilingual; readonly article: string }>> = {
  provider_self: {
    question: say(
      "我在为本小区服务的物业服务企业任职，或者在那里领取报酬",
      "I work for the company that serves this estate, or am paid by it",
    ),
    article: "上海市第二十条、北京市第三十九条、杭州市第二十五条",
  },
  provider_kin: {
    question: say(
      "我的配偶、父母、子女等直系亲属在该企业任职，或者在那里领取报酬",
      "My spouse, a parent or a child works for that company, or is paid by it",
    ),
    article: "上海市第二十条、北京市第三十九条、杭州市第二十五条",
  },
  business: {
    question: say(
      "我或者直系亲属与本小区的物业服务、工程、共有部分经营有合同或者经营往来",
      "I or my close kin have a contract or dealings with the estate's service, works or business",
    ),
    article: "《物业管理条例》第十六条",
  },
  arrears: {
    question: say("我欠交物业费或者住宅专项维修资金", "I owe service fees or payments to the maintenance fund"),
    article: "上海市第二十条",
  },
  defaulter: {
    question: say("我被列为失信被执行人", "I am listed as a person who defies court orders"),
    article: "北京市第三十九条",
  },
  illegal_building: {
    question: say(
      "我有违法搭建、损坏房屋承重结构等行为，尚未改正",
      "I have built or altered unlawfully and not put it right",
    ),
    article: "上海市第二十条",
  },
  sentence: {
    question: say("我受过刑事处罚，执行完毕未满五年", "I was sentenced for a crime less than five years ago"),
    article: "湖州市第十七条",
  },
};

/** Of these a word in public gives away what the law protects most (PIPL 28, 51). */
export const SENSITIVE_INTERESTS: readonly Interest[] = ["arrears", "defaulter", "sentence"];

export const LONGEST_DETAIL = 200;

export interface InterestAnswer {
  readonly interest: Interest;
  readonly applies: boolean;
  /** What exactly, where it applies. */
  readonly detail: string;
}

export interface Declaration {
  readonly answers: readonly InterestAnswer[];
  /** The answers its signer lets owners read; the others are seen by those who check and decide alone. */
  readonly publicItems: readonly Interest[];
  readonly signed: boolean;
}

export type DeclarationFault =
  | { readonly reason: "interest_unanswered"; readonly interest: Interest }
  | { readonly reason: "interest_without_detail"; readonly interest: Interest }
  | { readonly reason: "interest_detail_too_long"; readonly interest: Interest; readonly most: number }
  | { readonly reason: "not_signed" };

/** Everything wrong with a declaration: every question asked is answered once, a yes says what, and it is signed (SH 20). */
export function declarationFaults(declaration: Declaration, asked: readonly Interest[]): DeclarationFault[] {
  const faults: DeclarationFault[] = [];
  for (const interest of asked) {
    const answer = declaration.answers.find((one) => one.interest === interest);
    if (!answer) faults.push({ reason: "interest_unanswered", interest });
    else if (answer.applies && answer.detail === "") faults.push({ reason: "interest_without_detail", interest });
    else if (lengthOf(answer.detail) > LONGEST_DETAIL)
      faults.push({ reason: "interest_detail_too_long", interest, most: LONGEST_DETAIL });
  }
  if (!declaration.signed) faults.push({ reason: "not_signed" });
  return faults;
}
