/** Where the parts of this room add their section to the page of one tender, and their acts to its page at the desk. Keeps what was registered; shows nothing itself. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { MatterAct } from "../../platform/matter.tsx";
import type { Scene } from "../../platform/scene.ts";
import type { Scheme } from "../scheme/rules.ts";
import type { TenderKey, TenderRow } from "../store.ts";

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

/** A section of a tender's page. Its queries join the page's one round trip and must not depend on one another. */
export interface TenderSection<Q extends readonly Query[] = readonly Query[]> {
  /**
   * Sections stand in the order of their places, between the course (0) and the history (100): scheme and lots 10, documents 20,
   * questions 30, sealing and opening 40, scores 50, objections 60, the owners' decision 70, contract 80, service 90.
   */
  readonly place: number;
  /** `key` is SQL that yields the tender's id, or the id itself. */
  readonly queries: (scene: Scene, key: TenderKey) => Q;
  /** The section with its own h2; null shows nothing. */
  readonly render: (
    c: AppContext,
    tender: TenderRow,
    scheme: Scheme,
    rows: RowsOf<Q>,
  ) => Child | null | Promise<Child | null>;
}

/** An act that can be done with a tender now, at the desk. */
export type TenderAct = MatterAct;

/** The acts of one part of the room; its queries join the desk's one round trip. */
export interface TenderActs<Q extends readonly Query[] = readonly Query[]> {
  readonly queries: (scene: Scene, key: TenderKey) => Q;
  readonly actsOf: (tender: TenderRow, scheme: Scheme, rows: RowsOf<Q>, now: number) => readonly TenderAct[];
}

/** How an event is said beside its title: its facts in a sentence, "" where the title says all. */
export type TenderEventWords = (
  facts: Readonly<Record<string, unknown>>,
  c: Pick<AppContext["var"], "t" | "lang">,
) => string;

const keep = <S>(kept: Map<string, S>, name: string, entry: S): void => {
  if (kept.has(name)) throw new TypeError(`${name} is registered twice`);
  kept.set(name, entry);
};

const sections = new Map<string, TenderSection>();
const acts = new Map<string, TenderActs>();
const words = new Map<string, TenderEventWords>();

/** Makes a section known, once per isolate, at load time. */
export const registerTenderSection = <const Q extends readonly Query[]>(
  name: string,
  section: TenderSection<Q>,
): void => keep(sections, name, section as unknown as TenderSection);
/** The same for the acts of a part of the room. */
export const registerTenderActs = <const Q extends readonly Query[]>(name: string, entry: TenderActs<Q>): void =>
  keep(acts, name, entry as unknown as TenderActs);
/** How events of these kinds (without "tender.") are told; their titles are those of record/meanings.ts. */
export const registerTenderEventWords = (told: Readonly<Record<string, TenderEventWords>>): void => {
  for (const [kind, say] of Object.entries(told)) keep(words, kind, say);
};

export const tenderSections = (): readonly TenderSection[] =>
  [...sections.values()].toSorted((a, b) => a.place - b.place);
export const tenderActs = (): readonly TenderActs[] => [...acts.values()];
export const tenderEventWords = (kind: string): TenderEventWords | undefined => words.get(kind);
