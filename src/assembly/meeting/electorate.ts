/** The electorate of each item and the counters of turnout, from a frozen roll. Not the freezing itself. */

import type { RollSettings, Scope } from "../../community/rules.ts";
import type { UnitId } from "../../kernel/id.ts";
import type { Weight } from "../../kernel/weight.ts";
import { NOTHING, plus } from "../../kernel/weight.ts";
import { type HeldUnit, type Item, type ItemScope, type KnownPlaces, weightInScope } from "../agenda/rules.ts";
import type { MeetingRules } from "../settings/rules.ts";
import type { TurnoutStart } from "./store.ts";

/** What the meeting's rules say of the roll: which kinds of space count, and on which clause (C6). */
export const rollSettings = ({ countedSpaces }: MeetingRules): RollSettings => ({
  countedSpaces: countedSpaces.value,
  spacesClause: countedSpaces.value.length > 0 ? countedSpaces.clause : null,
});

/** Whose votes a meeting asks for (C9). The roll names units by its own ids; the agenda keeps them as plain text. */
export const scopesOf = (items: readonly Item[]): Scope[] => items.map(({ scope }) => communityScope(scope));
export const communityScope = (scope: ItemScope): Scope =>
  scope.kind === "units" ? { kind: "units", unitIds: scope.unitIds as readonly UnitId[] } : scope;

/** Heads and area in a scope: a head counts once it has a counted unit there (C2, C9). One pass over the units. */
export const electorateOf = (scope: ItemScope, voters: readonly { readonly units: readonly HeldUnit[] }[]): Weight =>
  voters.reduce((sum, { units }) => plus(sum, weightInScope(scope, units)), NOTHING);

/** Buildings and units that a scope may name. */
export const placesOf = (voters: readonly { readonly units: readonly HeldUnit[] }[]): KnownPlaces => {
  const units = voters.flatMap((voter) => voter.units);
  return {
    buildings: new Set(units.map(({ building }) => building)),
    unitIds: new Set(units.map(({ unitId }) => unitId)),
  };
};

/** The counters a meeting starts with: one an item, one a building. */
export const turnoutStarts = (
  items: readonly Item[],
  eligible: readonly Weight[],
  perBuilding: ReadonlyMap<string, Weight>,
): TurnoutStart[] => [
  ...items.map(({ itemNo }, at) => ({ key: `item:${itemNo}`, ...(eligible[at] ?? NOTHING) })),
  ...[...perBuilding].map(([name, weight]) => ({ key: `building:${name}`, ...weight })),
];
