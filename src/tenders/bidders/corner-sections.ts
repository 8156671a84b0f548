/** Where later parts of this room add what concerns a bidder to its own page. Keeps what was registered; shows nothing itself. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderRow } from "../store.ts";
import type { BidderActor } from "./session.ts";

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

/** A section of the corner. Its queries join the page's one round trip; null shows nothing. */
export interface CornerSection<Q extends readonly Query[] = readonly Query[]> {
  readonly queries: (scene: Scene, bidder: BidderActor) => Q;
  readonly render: (c: AppContext, tender: TenderRow, bidder: BidderActor, rows: RowsOf<Q>) => Child | null;
}

const sections: CornerSection[] = [];
/** Makes a section known, once per isolate, at load time. */
export const registerCornerSection = <const Q extends readonly Query[]>(section: CornerSection<Q>): void => {
  sections.push(section as unknown as CornerSection);
};
export const cornerSections = (): readonly CornerSection[] => sections;
