/** What stands in an owner's corner: each room to the right registers its card as it loads. All cards together are one round trip. */
import type { Child } from "hono/jsx";
import type { OwnerActor } from "../platform/access.ts";
import type { AppContext } from "../platform/context.ts";
import type { Query } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";

/** What every card knows: whose corner it is and for which head they act; null where they own nothing that counts. */
export interface CardFacts {
  readonly scene: Scene;
  readonly owner: OwnerActor;
  /** Every head of today the owner belongs to, the one they act for first. */
  readonly headKeys: readonly string[];
}

/** A card: what it needs to read, and how it looks. Null shows nothing. `queries` must not depend on one another. */
export interface MyCard<Q extends readonly Query[] = readonly Query[]> {
  /** Cards stand in the order of their places; what is due soonest has the lowest. */
  readonly place: number;
  readonly queries: (facts: CardFacts) => Q;
  readonly render: (c: AppContext, facts: CardFacts, rows: RowsOf<Q>) => Child | null;
}

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

const cards = new Map<string, MyCard>();

/** Makes a card known, once per isolate, at load time. */
export function registerMyCard<const Q extends readonly Query[]>(name: string, card: MyCard<Q>): void {
  if (cards.has(name)) throw new TypeError(`the card ${name} is registered twice`);
  cards.set(name, card as unknown as MyCard);
}

/** Every card in its order. */
export const myCards = (): readonly MyCard[] => [...cards.values()].toSorted((a, b) => a.place - b.place);
