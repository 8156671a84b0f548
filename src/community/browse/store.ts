/** The SQL of looking through the roll: a page of units, units found by place or by a keyed hash, buildings. Decides nothing. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import { FACT, type Here, type HoldingRow, ranOn, type UnitRow } from "../store.ts";

export interface BuildingCount {
  readonly building: string;
  readonly units: number;
}

/** Buildings in order, with how many units each has, retired ones too. */
export const listBuildingCounts = ({ db, community }: Here): Query<BuildingCount[]> =>
  db.all(
    sql`SELECT building, count(*) AS units FROM unit WHERE community_id = ${community.id}
        GROUP BY building ORDER BY min(sort_key)`,
  );

/** Which units: all, those of one building, those whose place contains a text. */
export interface UnitFilter {
  readonly building: string;
  readonly place: string;
}

const fits = ({ building, place }: UnitFilter): SQL => {
  const ofBuilding = building === "" ? sql`1` : sql`building = ${building}`;
  // instr and not LIKE: a pattern of Chinese characters is soon over LIKE's 50 bytes.
  const ofPlace = place === "" ? sql`1` : sql`instr(building || '-' || entrance || '-' || room, ${place}) > 0`;
  return sql`${ofBuilding} AND ${ofPlace}`;
};

export const countUnits = ({ db, community }: Here, filter: UnitFilter): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM unit WHERE community_id = ${community.id} AND ${fits(filter)}`);

export const listUnitIds = (
  { db, community }: Here,
  filter: UnitFilter,
  limit: number,
  offset: number,
): Query<{ unitId: UnitId }[]> =>
  db.all(
    sql`SELECT unit_id AS unitId FROM unit WHERE community_id = ${community.id} AND ${fits(filter)}
        ORDER BY sort_key, building, entrance, room LIMIT ${limit} OFFSET ${offset}`,
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
