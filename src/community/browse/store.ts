/** The SQL of looking through the roll: a page of units, units found by place or by a keyed hash, buildings. Decides nothing. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import { FACT, type Here, type HoldingRow, ranOn, type UnitRow } from "../store.ts";

export interface BuildingCount {
  readonly building: string;
  readonly units: number;
  /** The places between which its units lie, as `sortKey` makes them. */
  readonly firstKey: string;
  readonly lastKey: string;
}

/** Buildings in order, with how many units each has, retired ones too. A row a building. */
export const listBuildingCounts = ({ db, community }: Here): Query<BuildingCount[]> =>
  db.all(
    sql`SELECT building, units, first_key AS firstKey, last_key AS lastKey FROM roll_building
        WHERE community_id = ${community.id} ORDER BY first_key, building`,
  );

/** Which units: all, those of one building, those whose place contains a text. */
export interface UnitFilter {
  readonly building: string;
  readonly place: string;
}

/** Between which places a page lies, and which of the units there it shows: so many after leaving out so many. */
export interface PageOfUnits {
  /** One building's alone, where others' places run into its own; empty for all. */
  readonly building: string;
  readonly firstKey: string;
  readonly lastKey: string;
  readonly offset: number;
  readonly limit: number;
}

const IN_ORDER = sql`sort_key, building, entrance, room`;

/** A page's units with their places, from the index alone: it walks through the page's own buildings and no others. */
const pageOf = ({ community }: Here, { building, firstKey, lastKey, offset, limit }: PageOfUnits): SQL =>
  sql`SELECT unit_id, building, entrance, room FROM unit WHERE community_id = ${community.id}
    AND sort_key BETWEEN ${firstKey} AND ${lastKey} AND ${building === "" ? sql`true` : sql`building = ${building}`}
    ORDER BY ${IN_ORDER} LIMIT CAST(${limit} AS INTEGER) OFFSET CAST(${offset} AS INTEGER)`;

/** What is held of a unit on a page, with the holder's name, masked. */
export interface NamedHolding extends HoldingRow {
  readonly maskedName: string;
}

/**
 * A page's units as they were on a day, and what was held of them: two queries for one round trip. CROSS JOIN keeps them going out
 * from the page; in an order of its own SQLite walks through the whole roll.
 */
export const pageQueries = (here: Here, page: PageOfUnits, day: Day) => {
  const { db, community } = here;
  const from = sql`FROM (${pageOf(here, page)}) u`;
  return [
    db.all<UnitRow>(
      sql`SELECT ${FACT} ${from} CROSS JOIN unit_fact f ON f.community_id = ${community.id} AND f.unit_id = u.unit_id
            AND f.from_on <= ${day} GROUP BY f.unit_id`,
    ),
    db.all<NamedHolding>(
      sql`SELECT h.unit_id AS unitId, h.holding_no AS holdingNo, h.party_id AS partyId, h.role, h.basis,
            (SELECT d.masked_name FROM party_detail d WHERE d.community_id = ${community.id} AND d.party_id = h.party_id
              ORDER BY d.version DESC LIMIT 1) AS maskedName
          ${from} CROSS JOIN holding h ON h.community_id = ${community.id} AND h.unit_id = u.unit_id WHERE ${ranOn(day)}`,
    ),
  ] as const;
};

/** Units whose place contains a text, a page at a time, and how many there are. Looks through all of them, once. */
export const listUnitIdsAt = (
  { db, community }: Here,
  { building, place }: UnitFilter,
  limit: number,
  offset: number,
): Query<{ unitId: UnitId; total: number }[]> =>
  db.all(
    // instr and not LIKE: a pattern of Chinese characters is soon over LIKE's 50 bytes.
    sql`SELECT unit_id AS unitId, count(*) OVER () AS total FROM unit
        WHERE community_id = ${community.id} AND (${building} = '' OR building = ${building})
          AND instr(building || '-' || entrance || '-' || room, ${place}) > 0
        ORDER BY ${IN_ORDER} LIMIT CAST(${limit} AS INTEGER) OFFSET CAST(${offset} AS INTEGER)`,
  );

/** Units that a person of this name or mobile (keyed hashes) owns on a day, or is guardian for. */
export const listUnitIdsOf = (
  { db, community }: Here,
  day: Day,
  by: { readonly nameHash: string } | { readonly phoneHash: string },
  limit: number,
): Query<{ unitId: UnitId; partyId: PartyId }[]> =>
  db.all(
    sql`SELECT h.unit_id AS unitId, h.party_id AS partyId FROM holding h
        JOIN party_detail d ON d.community_id = h.community_id AND d.party_id = h.party_id
        WHERE h.community_id = ${community.id} AND h.role = 'owner' AND h.voided_by IS NULL
        AND h.from_on <= ${day} AND (h.to_on IS NULL OR h.to_on > ${day})
        AND ${"nameHash" in by ? sql`d.name_hash = ${by.nameHash}` : sql`d.phone_hash = ${by.phoneHash}`}
        AND d.version = (SELECT max(n.version) FROM party_detail n WHERE n.community_id = d.community_id AND n.party_id = d.party_id)
        LIMIT ${limit}`,
  );

/** The setting whether parking counts (C6), as meetings keep it: JSON true or false, and its clause. */
export const findParkingSetting = ({ db, community }: Here): Query<{ value: string; clause: string }[]> =>
  db.all(
    sql`SELECT value, clause FROM setting WHERE community_id = ${community.id} AND key = 'meeting.parkingCounts'
        ORDER BY version DESC LIMIT 1`,
  );

/** Some units as they were on a day. */
export const listUnitsById = ({ db, community }: Here, unitIds: readonly UnitId[], day: Day): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${FACT} FROM unit_fact f JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id
        WHERE f.community_id = ${community.id} AND f.from_on <= ${day}
        AND f.unit_id IN (SELECT value FROM json_each(${JSON.stringify(unitIds)})) GROUP BY f.unit_id`,
  );

/** What was held of some units on a day. */
export const listHoldingsOf = ({ db, community }: Here, unitIds: readonly UnitId[], day: Day): Query<HoldingRow[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, holding_no AS holdingNo, party_id AS partyId, role, basis FROM holding
        WHERE community_id = ${community.id} AND unit_id IN (SELECT value FROM json_each(${JSON.stringify(unitIds)}))
        AND ${ranOn(day)}`,
  );
