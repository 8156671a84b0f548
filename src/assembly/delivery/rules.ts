/** How far a household was reached, told from what happened, and whether that proves delivery (GR 22; V2, V12). Pure. */
import type { Instant } from "../../kernel/day.ts";

/** What can happen on the way to a household. The last three are what a door says to a volunteer. */
export const CONTACT_KINDS = [
  "sent",
  "failed",
  "opened",
  "handed",
  "posted",
  "announced",
  "reached",
  "refused",
  "to_visit",
] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
export const isContactKind = (text: string): text is ContactKind => (CONTACT_KINDS as readonly string[]).includes(text);

export interface ContactEvent {
  readonly kind: ContactKind;
  readonly at: Instant;
}

/** The state a list shows: the strongest thing known, not the latest. */
export type DeliveryState = "none" | "failed" | "sent" | "announced" | "posted" | "handed" | "opened";
/** In rising order; SQL takes the position of a kind in it for its strength. */
export const STRENGTH: readonly DeliveryState[] = ["none", "failed", "sent", "announced", "posted", "handed", "opened"];

/** The delivery state from the events, in any order. A later success outweighs a failure and no failure undoes a success. */
export function deliveryState(events: readonly ContactEvent[]): DeliveryState {
  let state: DeliveryState = "none";
  for (const { kind } of events) {
    if (kind === "reached" || kind === "refused" || kind === "to_visit") continue;
    if (STRENGTH.indexOf(kind) > STRENGTH.indexOf(state)) state = kind;
  }
  return state;
}

/**
 * Whether the law's duty to send is done (GR 22; V2): opened after the identity check (V12), handed over, or posted or
 * announced on the estate where nobody could be found. A message that a gateway took is not proof that anyone read it.
 */
export const isDelivered = (state: DeliveryState): boolean =>
  state === "opened" || state === "handed" || state === "posted" || state === "announced";

/**
 * The kinds that prove that this household itself was reached: the only ones against which silence may be held (V3). A
 * sheet on the notice board serves the duty to announce, but whoever was not found has not been asked.
 */
export const PROVING_KINDS: readonly ContactKind[] = ["opened", "handed"];

/** What the door last said; null when nobody has been there. */
export function doorState(events: readonly ContactEvent[]): "reached" | "refused" | "to_visit" | null {
  let latest: ContactEvent | null = null;
  for (const event of events)
    if (
      (event.kind === "reached" || event.kind === "refused" || event.kind === "to_visit") &&
      (!latest || event.at >= latest.at)
    )
      latest = event;
  return latest ? (latest.kind as "reached" | "refused" | "to_visit") : null;
}

/** How far one building has come: its households by state, and how many have voted. */
export interface BuildingState {
  readonly building: string;
  readonly voters: number;
  readonly delivered: number;
  readonly voted: number;
  readonly by: ReadonlyMap<DeliveryState, number>;
}

/**
 * The board: each building of the frozen roll with the kept sums of its states. Whoever is in no sum has not been reached at all.
 * `voted` has the heads that took part, by building.
 */
export const boardOf = (
  buildings: readonly { readonly building: string; readonly owners: number }[],
  counts: readonly { readonly building: string; readonly state: DeliveryState; readonly voters: number }[],
  voted: ReadonlyMap<string, number>,
): BuildingState[] =>
  buildings.map(({ building, owners }) => {
    const by = new Map(counts.filter((row) => row.building === building).map(({ state, voters }) => [state, voters]));
    const known = [...by.values()].reduce((sum, voters) => sum + voters, 0);
    by.set("none", owners - known);
    const delivered = [...by].filter(([state]) => isDelivered(state)).reduce((sum, [, voters]) => sum + voters, 0);
    return { building, voters: owners, delivered, voted: voted.get(building) ?? 0, by };
  });
