/** The roll as an import meets it on its day, from one read. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import {
  areasOf,
  findRollVersion,
  type Here,
  type HoldingRow,
  listLastHoldings,
  listLaterUnits,
  type PartyRow,
  rollQueries,
  type UnitRow,
} from "../store.ts";
import type { CurrentRoll } from "./recognise.ts";

export interface Before {
  readonly current: CurrentRoll;
  readonly version: number;
  readonly facts: ReadonlyMap<UnitId, UnitRow>;
  readonly holdings: readonly HoldingRow[];
  readonly parties: ReadonlyMap<PartyId, PartyRow>;
  readonly lastHolding: ReadonlyMap<UnitId, number>;
}

export const beforeQueries = (scene: Here, asOf: Day) =>
  [...rollQueries(scene, asOf), listLaterUnits(scene, asOf), listLastHoldings(scene), findRollVersion(scene)] as const;

type Rows<Q> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

export function beforeFrom([units, holdings, parties, guardians, later, last, version]: Rows<
  ReturnType<typeof beforeQueries>
>): Before {
  const hasLater = new Set(later.map(({ unitId }) => unitId));
  const guardianOf = new Map(guardians.map(({ wardId, guardianId }) => [wardId, guardianId]));
  const byUnit = Map.groupBy(holdings, ({ unitId }) => unitId);
  return {
    version: version[0]?.version ?? 0,
    facts: new Map(units.map((row) => [row.unitId, row])),
    holdings,
    parties: new Map(parties.map((row) => [row.partyId, row])),
    lastHolding: new Map(last.map(({ unitId, last }) => [unitId, last])),
    current: {
      units: units.map((row) => {
        const { unitId, building, entrance, room, kind, state } = row;
        const held = byUnit.get(unitId) ?? [];
        return {
          unitId,
          building,
          entrance,
          room,
          kind,
          state,
          areas: areasOf(row),
          owners: held.filter(({ role }) => role === "owner"),
          designated: held.find(({ role }) => role === "designated")?.partyId ?? null,
          hasLater: hasLater.has(unitId),
        };
      }),
      parties: parties.map((row) => ({
        partyId: row.partyId,
        kind: row.kind,
        fingerprint: {
          name: row.nameHash,
          phone: row.phoneHash,
          id: row.idHash,
          idTail: row.idTailHash,
          ownerNo: row.ownerNoHash,
        },
        masks: { name: row.maskedName, phone: row.maskedPhone, number: row.maskedNumber },
        guardianId: guardianOf.get(row.partyId) ?? null,
      })),
    },
  };
}
