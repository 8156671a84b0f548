/** What each kind of entry means, in words for a neighbour: room by room. Kinds themselves are chosen by the capability that records them. */
import type { Bilingual } from "../platform/i18n.ts";
import { ASSEMBLY } from "./meanings/assembly.ts";
import { COMMITTEE } from "./meanings/committee.ts";
import { COMMUNITY } from "./meanings/community.ts";
import { ELECTIONS } from "./meanings/elections.ts";
import { KEYS } from "./meanings/keys.ts";
import { LEDGER } from "./meanings/ledger.ts";
import { type Meaning, meaning } from "./meanings/meaning.ts";
import { OFFICES } from "./meanings/offices.ts";
import { OWNERS } from "./meanings/owners.ts";
import { TENDERS } from "./meanings/tenders.ts";

/** A test looks for kinds that are recorded somewhere and missing here. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  ...COMMUNITY,
  ...OFFICES,
  ...OWNERS,
  ...ASSEMBLY,
  ...ELECTIONS,
  ...COMMITTEE,
  ...LEDGER,
  ...TENDERS,
};

const UNKNOWN: Meaning = meaning(
  "其他事项",
  "Other",
  "这一类记录还没有写说明；原文在下面。",
  "This kind of entry has no explanation yet; its text stands below.",
);

export const meaningOf = (type: string): Meaning => (Object.hasOwn(MEANINGS, type) ? MEANINGS[type]! : UNKNOWN);

export const keyWord = (key: string): Bilingual => (Object.hasOwn(KEYS, key) ? KEYS[key]! : { zh: key, en: key });

/** Whether a member is an instant in epoch ms, to be shown as a date. */
export const isInstantKey = (key: string): boolean => key === "at" || /[a-z]At$/.test(key);
