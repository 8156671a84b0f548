/** Who may score (T9, TB 37): an odd panel of five or more, two thirds of them experts drawn from a pool by a seed committed before, nobody with an interest. Pure. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import { expertsLeast, LEAST_PANEL } from "../../scheme/rules.ts";

export type MemberKind = "expert" | "representative";

export type PanelFault =
  | { readonly reason: "panel_size"; readonly size: number; readonly least: number }
  | { readonly reason: "panel_experts"; readonly experts: number; readonly least: number };

/**
 * What keeps these members from scoring: they are five or more and odd, and enough of them are experts. `expertShare` is the
 * least share in per cent where a place asks for more than the law's two thirds; 0 for the law's.
 */
export function panelFaults(kinds: readonly MemberKind[], expertShare = 0): readonly PanelFault[] {
  const faults: PanelFault[] = [];
  const size = kinds.length;
  if (size < LEAST_PANEL || size % 2 === 0) faults.push({ reason: "panel_size", size, least: LEAST_PANEL });
  const experts = kinds.filter((kind) => kind === "expert").length;
  const least = leastExperts(size, expertShare);
  if (experts < least) faults.push({ reason: "panel_experts", experts, least });
  return faults;
}

/** Fewest experts of a panel: two thirds (TB 37), or a place's larger share, rounded up. */
export const leastExperts = (size: number, expertShare = 0): number =>
  Math.max(expertsLeast(size), Math.ceil((size * expertShare) / 100));

/** What the experts of a tender are drawn for: another tender draws otherwise from the same seed. */
export const panelPurpose = (tenderId: string): string => `commonhold tender ${tenderId} panel`;

/** Names of one firm as they are written: full-width and half-width, with spaces or without. */
const plain = (name: string): string => name.normalize("NFKC").replace(/\s+/g, "");

/** The bidder an expert belongs to by the organisation in the pool; null for none. The rest is for the experts to declare. */
export const worksFor = <B extends { readonly name: string }>(organisation: string, bidders: readonly B[]): B | null =>
  plain(organisation) === "" ? null : (bidders.find(({ name }) => plain(name) === plain(organisation)) ?? null);

/** Why a drawn expert does not sit, or no longer. */
export const LEAVING = ["works_for_bidder", "declared", "related", "absent"] as const;
export type Leaving = (typeof LEAVING)[number];

/** The next of the draw who has not been asked yet; null where the pool is used up. */
export const nextDrawn = (drawn: readonly number[], asked: ReadonlySet<number>): number | null =>
  drawn.find((number) => !asked.has(number)) ?? null;

export interface Seating {
  /** Experts who are asked to sit, by number, in the order of the draw. */
  readonly seated: readonly number[];
  /** Drawn before them, and passed over: they work for a bidder. */
  readonly passedOver: readonly { readonly number: number; readonly bidder: string }[];
}

/** Who sits after the draw: the first so many who work for no bidder. */
export function seatExperts(
  drawn: readonly number[],
  wanted: number,
  organisationOf: (number: number) => string,
  bidders: readonly { readonly name: string }[],
): Result<Seating, { readonly reason: "pool_too_small"; readonly experts: number; readonly needed: number }> {
  const seated: number[] = [];
  const passedOver: { number: number; bidder: string }[] = [];
  for (const number of drawn) {
    if (seated.length === wanted) break;
    const bidder = worksFor(organisationOf(number), bidders);
    if (bidder) passedOver.push({ number, bidder: bidder.name });
    else seated.push(number);
  }
  return seated.length < wanted
    ? err({ reason: "pool_too_small", experts: seated.length, needed: wanted })
    : ok({ seated, passedOver });
}

/** A pool is large enough when the draw leaves somebody to replace whoever stands back. */
export const poolLeast = (experts: number): number => experts + 1;
