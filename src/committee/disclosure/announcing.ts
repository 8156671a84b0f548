/** What owners have a right to see (JI 13, GR 36; M17), and where each of it stands: rooms to the right add theirs as they load. Keeps what was registered; shows nothing itself. */
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";

/** The classes of the law, in its order (最高法《区分所有权解释》第十三条; 指导规则第三十六条). */
export const DISCLOSURES = [
  "covenant",
  "rules_of_procedure",
  "owners_decisions",
  "committee_decisions",
  "members",
  "service_contract",
  "maintenance_fund",
  "common_revenue",
  "parking",
  "expenses",
] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

/** Where something stands: a page, how much there is, and since when. Null where there is nothing of it yet. */
export interface Disclosed {
  readonly href: string;
  /** In a line: what there is, such as "第三季度，11月5日公布". */
  readonly words: Bilingual;
  /** It was due and is not there. */
  readonly overdue?: boolean;
}

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

/** Its queries join the one round trip of the page and must not depend on one another. */
export interface DisclosureSource<Q extends readonly Query[] = readonly Query[]> {
  readonly queries: (scene: Scene) => Q;
  readonly where: (scene: Scene, rows: RowsOf<Q>) => Disclosed | null;
}

const sources = new Map<Disclosure, DisclosureSource>();

/** Makes known where a class of information stands; once per isolate, at load time. */
export function registerDisclosure<const Q extends readonly Query[]>(
  what: Disclosure,
  source: DisclosureSource<Q>,
): void {
  if (sources.has(what)) throw new TypeError(`where "${what}" stands is registered twice`);
  sources.set(what, source as unknown as DisclosureSource);
}

export const disclosureSources = (): ReadonlyMap<Disclosure, DisclosureSource> => sources;
