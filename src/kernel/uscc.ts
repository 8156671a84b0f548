/** What a unified social credit code says of itself and whether its check characters hold (GB 32100, GB 11714). Pure; asks no register, and refuses nothing. */

/** 31 characters: no I, O, S, V, Z. */
export const CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const LENGTH = 18;

/** The 18th character, from the first seventeen (GB 32100-2015): (31 − Σ value × 3^(i−1) mod 31) mod 31. */
export const creditCodeCheck = (seventeen: string): string => {
  const sum = WEIGHTS.reduce((held, weight, at) => held + weight * CREDIT_CODE_ALPHABET.indexOf(seventeen[at]!), 0);
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31]!;
};

const ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The ninth character of an organisation code, from its first eight (GB 11714-1997): 11 − Σ mod 11, where 10 is X and 11 is 0. */
export const orgCodeCheck = (eight: string): string => {
  const sum = ORG_WEIGHTS.reduce((held, weight, at) => held + weight * ORG_ALPHABET.indexOf(eight[at]!), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
};

/** Who registered: the first character. Others are written and rarely met. */
export type CreditCodeDepartment = "offices" | "civil_affairs" | "market" | "other";
/** What was registered there, where civil affairs did (first character 5). */
export type CivilAffairsKind = "association" | "private_non_enterprise" | "foundation" | "other";

/** What there is to say of a code. Codes issued early fail their check (domain rules §7), so all of it is to be shown, none of it to refuse by. */
export type CreditCodeFinding =
  | { readonly finding: "length"; readonly length: number }
  | { readonly finding: "characters"; readonly wrong: string }
  | { readonly finding: "check"; readonly expected: string }
  | { readonly finding: "org_check"; readonly expected: string };

export interface CreditCode {
  /** As it is kept: no spaces or hyphens, upper case, full-width characters made narrow. */
  readonly code: string;
  readonly department: CreditCodeDepartment;
  /** Null where another department registered. */
  readonly kind: CivilAffairsKind | null;
  /** Six digits of GB/T 2260 (characters 3–8): where it was registered. Empty where the code is too short. */
  readonly district: string;
  /** Empty where everything holds. */
  readonly findings: readonly CreditCodeFinding[];
}

const DEPARTMENTS: Readonly<Record<string, CreditCodeDepartment>> = { 1: "offices", 5: "civil_affairs", 9: "market" };
const CIVIL_KINDS: Readonly<Record<string, CivilAffairsKind>> = {
  1: "association",
  2: "private_non_enterprise",
  3: "foundation",
};

/** Reads a code as typed. Always answers: what is doubtful about it stands in `findings`. */
export function examineCreditCode(text: string): CreditCode {
  const code = text
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200f\u2060\ufeff-]/g, "")
    .toUpperCase();
  const wrong = [...new Set([...code].filter((character) => !CREDIT_CODE_ALPHABET.includes(character)))].join("");
  const findings: CreditCodeFinding[] = [];
  if (code.length !== LENGTH) findings.push({ finding: "length", length: code.length });
  if (wrong !== "") findings.push({ finding: "characters", wrong });
  // A check over characters that are not there, or have no value, says nothing.
  if (findings.length === 0) {
    const expected = creditCodeCheck(code);
    if (code[17] !== expected) findings.push({ finding: "check", expected });
    const org = orgCodeCheck(code.slice(8, 16));
    if (code[16] !== org) findings.push({ finding: "org_check", expected: org });
  }
  const department = DEPARTMENTS[code[0] ?? ""] ?? "other";
  return {
    code,
    department,
    kind: department === "civil_affairs" ? (CIVIL_KINDS[code[1] ?? ""] ?? "other") : null,
    district: code.slice(2, 8),
    findings,
  };
}
