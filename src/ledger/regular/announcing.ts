/** What other rooms add under the headings, such as the contracts in force. A registry; no page and no rule of its own. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Heading } from "./rules.ts";

type Rows<Q extends readonly Query[]> = { readonly [K in keyof Q]: Q[K] extends Query<infer T> ? T : never };

export interface RegularSource<Q extends readonly Query[] = readonly Query[]> {
  readonly headings: readonly Heading[];
  readonly queries: (scene: Scene) => Q;
  /** Nothing where there is nothing to add. */
  readonly render: (c: AppContext, rows: Rows<Q>) => Child;
}
const sources = new Map<string, RegularSource>();

/** Once, as the isolate loads. Its queries join the page's one round trip. */
export const registerRegular = <const Q extends readonly Query[]>(name: string, source: RegularSource<Q>): void => {
  if (sources.has(name)) throw new Error(`${name} is registered twice`);
  sources.set(name, source as unknown as RegularSource);
};
export const regularSources = (): readonly RegularSource[] => [...sources.values()];
