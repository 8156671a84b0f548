/** A meeting's rows as what the rules speak of: its draft, its edition in force, its facts. Reads nothing itself. */
import { addDays, type Day, dayOf, type Instant } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import type { Weight } from "../../kernel/weight.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import type { Item } from "../agenda/rules.ts";
import type { MeetingRules } from "../settings/rules.ts";
import type { Convener, Draft, MeetingFacts } from "./rules.ts";
import type { EditionRow, ItemRow, MeetingRow } from "./store.ts";

/** How a draft is kept: with everyone who had a hand in it, and the salt of its commitments in the record. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly editors: readonly string[];
  /** Hex of 16 bytes. */
  readonly salt: string;
}

export const readDraft = (row: Pick<MeetingRow, "draft">): KeptDraft => JSON.parse(row.draft) as KeptDraft;

export const factsOf = (row: MeetingRow): MeetingFacts => ({
  state: row.state,
  draftedBy: row.draftedBy,
  noticeAt: row.noticeAt,
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  countedAt: row.countedAt,
  countedBy: row.countedBy,
  publishedAt: row.publishedAt,
  rules: row.rules === null ? null : (JSON.parse(row.rules) as MeetingRules),
});

/** What is put to the owners in one edition: the exact content whose hash the record carries. */
export interface Manifest {
  readonly meeting: string;
  readonly edition: number;
  readonly title: string;
  readonly convener: Convener;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly items: readonly Item[];
  readonly rules: MeetingRules;
  readonly roll: {
    readonly snapshot: string;
    readonly asOf: string;
    readonly root: string;
    readonly owners: number;
    readonly areaDm2: number;
  };
  /** The electorate of each item, in their order. */
  readonly eligible: readonly Weight[];
}

/** The manifest's canonical text and the SHA-256 of its UTF-8 bytes, in hex. */
export function manifestText(manifest: Manifest): { readonly text: string; readonly hash: string } {
  const text = canonicalJson(manifest as unknown as Json);
  return { text, hash: sha256Hex(text) };
}

export const readManifest = (row: Pick<EditionRow, "manifest">): Manifest => JSON.parse(row.manifest) as Manifest;

/** The edition in force as a draft again, at the times that hold now: an extension moves the close without an edition. */
export const draftOfEdition = (manifest: Manifest, row: Pick<MeetingRow, "opensAt" | "closesAt">): Draft => ({
  title: manifest.title,
  convener: manifest.convener,
  items: manifest.items,
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  rules: manifest.rules,
});

/** The last day on which notice of a draft can be given for its opening to stand: the day of notice is not counted (A8). */
export const latestNoticeDay = ({ opensAt, rules }: Pick<Draft, "opensAt" | "rules">): Day | null =>
  opensAt === null ? null : addDays(dayOf(opensAt), -rules.noticeDays.value);

export interface FrozenItem {
  readonly item: Item;
  readonly eligible: Weight;
}

export const readItem = (row: ItemRow): FrozenItem => ({
  item: JSON.parse(row.item) as Item,
  eligible: { owners: row.eligibleOwners, areaDm2: row.eligibleAreaDm2 },
});
