/** What identity numbers, phone numbers and names look like, and how they are shown without being given away. Pure; knows no register. */
import type { Day } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { CREDIT_CODE_ALPHABET, creditCodeCheck } from "../../kernel/uscc.ts";

/** Full-width digits and spaces, no-break spaces and the invisible marks that spreadsheets carry along. */
export const plainText = (text: string): string =>
  // Nearly every cell is plain already, and a roll has a hundred thousand of them.
  PLAIN.test(text)
    ? text
    : text
        .normalize("NFKC")
        .replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, "")
        .replace(/\s+/g, " ")
        .trim();
const PLAIN = /^[!-~\u4e00-\u9fff]*$/;

const withoutSpaces = (text: string): string => plainText(text).replace(/[\s-]/g, "");

// ——— Identity card (GB 11643) ———

export type IdCardFault =
  | { readonly reason: "id_length"; readonly length: number }
  | { readonly reason: "id_characters" }
  | { readonly reason: "id_birth_date"; readonly date: string }
  | { readonly reason: "id_check_digit"; readonly expected: string };

export interface IdCard {
  /** 18 characters, X upper-cased. */
  readonly number: string;
  readonly bornOn: Day;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const ID_CHECK = "10X98765432";

/** The last day of a month, 0 for a month that there is not. By arithmetic, because a roll asks thousands of times. */
const lastOf = (year: number, month: number): number => {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** The last character of an 18-character number, from its first seventeen digits (GB 11643). */
export const idCheckDigit = (seventeen: string): string =>
  ID_CHECK[ID_WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(seventeen[at]), 0) % 11]!;

/**
 * Reads an identity card number: 18 characters, a real date of birth from 1900 to `today`, and the check character
 * (domain rules §7, GB 11643). Takes full-width digits, spaces and a small x.
 */
export function readIdCard(text: string, today: Day): Result<IdCard, IdCardFault> {
  const number = withoutSpaces(text).toUpperCase();
  if (number.length !== 18) return err({ reason: "id_length", length: number.length });
  if (!/^\d{17}[\dX]$/.test(number)) return err({ reason: "id_characters" });
  const [year, month, date] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const bornOn = `${year}-${month}-${date}`;
  const exists = Number(date) >= 1 && Number(date) <= lastOf(Number(year), Number(month));
  if (!exists || bornOn < "1900-01-01" || bornOn > today) return err({ reason: "id_birth_date", date: bornOn });
  const expected = idCheckDigit(number);
  if (number[17] !== expected) return err({ reason: "id_check_digit", expected });
  return ok({ number, bornOn });
}

/** Whether someone born on a day is under 18 on another (CC 17): the guardian votes (C4). Born on 29 February = 1 March. */
export function isMinor(bornOn: Day, on: Day): boolean {
  const eighteen = `${String(Number(bornOn.slice(0, 4)) + 18)}${bornOn.slice(4)}`;
  return on < eighteen;
}

// ——— Unified social credit code (GB 32100) ———

export type CreditCodeFault =
  | { readonly reason: "code_form" }
  | { readonly reason: "code_check"; readonly expected: string };

/** Reads a unified social credit code (GB 32100). Some codes issued early fail the check: a caller warns and does not refuse. */
export function readCreditCode(text: string): Result<string, CreditCodeFault> {
  const code = withoutSpaces(text).toUpperCase();
  if (code.length !== 18 || [...code].some((character) => !CREDIT_CODE_ALPHABET.includes(character)))
    return err({ reason: "code_form" });
  const expected = creditCodeCheck(code);
  return code[17] === expected ? ok(code) : err({ reason: "code_check", expected });
}

// ——— Documents ———

export const DOCUMENT_TYPES = ["id_card", "credit_code", "passport", "residence_permit", "other"] as const;
/** Passports, 港澳台 permits and others have no checksum here (domain rules §7). */
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** What kind of document a number looks like when the file does not say. A run of 15 to 19 digits is meant as an identity card. */
export function guessDocumentType(number: string, isNaturalPerson: boolean): DocumentType {
  const plain = withoutSpaces(number).toUpperCase();
  if (!isNaturalPerson) return "credit_code";
  if (/^\d{15,19}$/.test(plain) || /^\d{17}X$/.test(plain)) return "id_card";
  return "other";
}

/** As it is kept and compared: no spaces or hyphens, upper case. */
export const documentNumber = (text: string): string => withoutSpaces(text).toUpperCase();

/** The last four characters of a certificate: "证件号后四位". Null when it is not four characters of digits, letters. */
export function readLastFour(text: string): string | null {
  const plain = withoutSpaces(text).toUpperCase();
  return /^[0-9A-Z]{4}$/.test(plain) ? plain : null;
}

// ——— Mobile ———

/** A mainland mobile number as 11 digits, or null. Takes +86, spaces, hyphens, full-width digits. */
export function readMobile(text: string): string | null {
  const digits = withoutSpaces(text).replace(/^(?:\+?86|0086)(?=1\d{10}$)/, "");
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null;
}

// ——— Names ———

export const LONGEST_NAME = 60;

/** As it is kept and compared: one space between words, none between Chinese characters, the middle dot as U+00B7. */
export const personName = (text: string): string =>
  ALL_HAN.test(text)
    ? text
    : plainText(text)
        .replace(/[•‧∙・･⋅]/g, "·")
        .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
const ALL_HAN = /^[\u4e00-\u9fff]+$/;

// ——— Masks ———

/** 张三 → 张*, 欧阳明 → 欧**, Ann Lee → A** ***: the first character and how long it is (P3). */
export const maskName = (name: string): string =>
  [...name].map((character, at) => (at === 0 || character === " " ? character : "*")).join("");

/** 138******78. Not the last four digits: those are the second factor in front of a ballot. */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? "*".repeat(phone.length) : `${phone.slice(0, 3)}${"*".repeat(phone.length - 5)}${phone.slice(-2)}`;

/** 500***************: the region, and nothing of the birthday or the last four. */
export const maskNumber = (number: string): string =>
  `${number.slice(0, 3)}${"*".repeat(Math.max(number.length - 3, 0))}`;

/** A company's name is not personal information (PIPL 4), save a sole trader's (code 92…), which usually is a person's name. */
export const isPersonal = (kind: "natural" | "legal" | "developer", idNumber: string | null): boolean =>
  kind === "natural" || (kind === "legal" && (idNumber ?? "").startsWith("92"));

/** Whether a cell holds a mask of ours or of another system, so that a masked export is not taken for data. */
export const looksMasked = (text: string): boolean => /[*＊✱]/.test(text);
