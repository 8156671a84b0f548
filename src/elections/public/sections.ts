/** Where the parts of this room add their section to the page of one election, and their acts to its page at the desk. Keeps what was registered; shows nothing itself. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { MatterAct } from "../../platform/matter.tsx";
import type { Scene } from "../../platform/scene.ts";
import type { ElectionKey, ElectionRow, ElectionStanding } from "../store.ts";

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

/** A section of an election's public page. Its queries join the page's one round trip and must not depend on one another. */
export interface ElectionSection<Q extends readonly Query[] = readonly Query[]> {
  /** Sections stand in the order of their places, between the course (0) and the history (100): group 10, candidates 20, rounds 30, method 40. */
  readonly place: number;
  /** `key` is SQL that yields the election's id, or the id itself. */
  readonly queries: (scene: Scene, key: ElectionKey) => Q;
  /** The section with its own h2; null shows nothing. Names that have to be opened may be awaited. */
  readonly render: (c: AppContext, election: ElectionRow, rows: RowsOf<Q>) => Child | null | Promise<Child | null>;
}

/** An act that can be done with an election now, at the desk. */
export type ElectionAct = MatterAct;

/** How an event is said beside its title: its facts in a sentence, "" where the title says all. */
export type EventWords = (facts: Readonly<Record<string, unknown>>, c: Pick<AppContext["var"], "t" | "lang">) => string;

const keep = <S>(kept: Map<string, S>, name: string, entry: S): void => {
  if (kept.has(name)) throw new TypeError(`${name} is registered twice`);
  kept.set(name, entry);
};

const sections = new Map<string, ElectionSection>();
const acts = new Map<string, (election: ElectionStanding, now: number) => readonly ElectionAct[]>();
const words = new Map<string, EventWords>();

/** Makes a section known, once per isolate, at load time. */
export const registerElectionSection = <const Q extends readonly Query[]>(
  name: string,
  section: ElectionSection<Q>,
): void => keep(sections, name, section as unknown as ElectionSection);
/** The same for the acts of a part of the room: asked with the election as it stands. */
export const registerElectionActs = (
  name: string,
  actsOf: (election: ElectionStanding, now: number) => readonly ElectionAct[],
): void => keep(acts, name, actsOf);
/** How events of these kinds (without "election.") are told; their titles are those of record/meanings.ts. */
export const registerEventWords = (told: Readonly<Record<string, EventWords>>): void => {
  for (const [kind, say] of Object.entries(told)) keep(words, kind, say);
};

export const electionSections = (): readonly ElectionSection[] =>
  [...sections.values()].toSorted((a, b) => a.place - b.place);
export const electionActs = (election: ElectionStanding, now: number): readonly ElectionAct[] =>
  [...acts.values()].flatMap((actsOf) => actsOf(election, now));
export const eventWords = (kind: string): EventWords | undefined => words.get(kind);
