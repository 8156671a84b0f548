/** What a posted form says of a person who stands: read field by field, judged by rules.ts. Used by owners' own pages and for paper at the desk. */
import { type FormBody, files, one, several, type Upload } from "../../../platform/form-body.ts";
import type { Asked } from "../answering.ts";
import {
  ADDRESS_SHOWN,
  AGE_BANDS,
  type Declaration,
  INTERESTS,
  type Interest,
  type InterestAnswer,
  type Profile,
} from "./rules.ts";

/** The first file of a field; null where none was chosen. */
export async function uploadOf(body: FormBody, name: string): Promise<Upload | null> {
  const [file] = files(body, name);
  return file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
}

/** One place a line, as people write sheets. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const acceptedFrom = async (body: FormBody): Promise<Asked> => ({
  answer: "accepted",
  name: one(body, "name"),
  phone: one(body, "phone"),
  consentsToName: one(body, "consent") === "yes",
  authorisation: await uploadOf(body, "authorisation"),
});

/** As typed: a year that is none is kept as NaN, so that the rules refuse it and nothing typed is silently left out. */
export function profileFrom(body: FormBody): Profile {
  const year = one(body, "birthYear").trim();
  const band = one(body, "ageBand");
  const shown = one(body, "addressShown");
  return {
    addressShown: ADDRESS_SHOWN.find((known) => known === shown) ?? "none",
    birthYear: year === "" ? null : /^\d{4}$/.test(year) ? Number(year) : Number.NaN,
    ageBand: AGE_BANDS.find((known) => known === band) ?? null,
    occupation: one(body, "occupation"),
    introduction: one(body, "introduction"),
  };
}

export const NO_PROFILE: Profile = {
  addressShown: "building",
  birthYear: null,
  ageBand: null,
  occupation: "",
  introduction: "",
};

export function declarationFrom(body: FormBody): Declaration {
  const answers = INTERESTS.flatMap((interest): InterestAnswer[] => {
    const said = one(body, `applies-${interest}`);
    if (said !== "yes" && said !== "no") return [];
    return [{ interest, applies: said === "yes", detail: one(body, `detail-${interest}`).trim() }];
  });
  const open = several(body, "public");
  return {
    answers,
    publicItems: INTERESTS.filter((interest): interest is Interest => open.includes(interest)),
    signed: one(body, "signed") === "yes",
  };
}

export const NO_DECLARATION: Declaration = { answers: [], publicItems: [], signed: false };

/** The version a form was filled in from. */
export const versionFrom = (body: FormBody): number => {
  const typed = one(body, "version");
  return /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
};
