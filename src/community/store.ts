/** The SQL of the roll: what held on a day, and the statements that change it. Decides nothing; statements join their act's batch. */
import type { Day, Instant } from "../kernel/day.ts";
import type { PartyId, UnitId } from "../kernel/id.ts";
import { type Query, type SQL, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import {
  type Areas,
  type Basis,
  countedArea,
  type PartyKind,
  type Roll,
  type RollParty,
  type RollUnit,
  sortKey,
  type UnitKind,
  type UnitPlace,
  type UnitState,
} from "./rules.ts";

export type Here = Pick<Scene, "db" | "community">;

/** A unit with what held of it on the day asked for. */
export interface UnitRow extends UnitPlace {
  readonly unitId: UnitId;
  readonly fromOn: Day;
  readonly revision: number;
  readonly registerDm2: number | null;
  readonly surveyDm2: number | null;
  readonly contractDm2: number | null;
  readonly kind: UnitKind;
  readonly state: UnitState;
}

export const areasOf = ({ registerDm2, surveyDm2, contractDm2 }: UnitRow): Areas => ({
  register: registerDm2,
  survey: surveyDm2,
  contract: contractDm2,
});

export type Role = "owner" | "designated";

export interface HoldingRow {
  readonly unitId: UnitId;
  readonly holdingNo: number;
  readonly partyId: PartyId;
  readonly role: Role;
  readonly basis: Basis;
}

/** A party's newest detail, without what is sealed. */
export interface PartyRow {
  readonly partyId: PartyId;
  readonly version: number;
  readonly kind: PartyKind;
  readonly maskedName: string;
  readonly maskedPhone: string | null;
  readonly maskedNumber: string | null;
  readonly nameHash: string;
  readonly phoneHash: string | null;
  readonly phoneTailHash: string | null;
  readonly idHash: string | null;
  readonly idTailHash: string | null;
  readonly ownerNoHash: string | null;
}

/** The number of the newest change: what a form was filled in from, and what a batch insists on. */
export const findRollVersion = ({ db, community }: Here): Query<{ version: number }[]> =>
  db.all(sql`SELECT coalesce(max(change_no), 0) AS version FROM roll_change WHERE community_id = ${community.id}`);

/**
 * The columns of a UnitRow, over `unit_fact f JOIN unit u`, grouped by unit. The row of max() gives the other columns
 * their values: SQLite says so of bare columns, and it saves a join.
 */
export const FACT = sql`u.unit_id AS unitId, u.building, u.entrance, u.room, f.from_on AS fromOn, f.revision,
  f.register_dm2 AS registerDm2, f.survey_dm2 AS surveyDm2, f.contract_dm2 AS contractDm2, f.kind, f.state,
  max(f.from_on || printf('%05d', f.revision)) AS newest`;

/** Every unit that existed by a day, as it was then, retired ones too. */
export const listUnits = ({ db, community }: Here, day: Day): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${FACT} FROM unit_fact f JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id
        WHERE f.community_id = ${community.id} AND f.from_on <= ${day} GROUP BY f.unit_id`,
  );

/** One unit on a day. */
export const findUnit = ({ db, community }: Here, unitId: string, day: Day): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${FACT} FROM unit_fact f JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id
        WHERE f.community_id = ${community.id} AND f.unit_id = ${unitId} AND f.from_on <= ${day} GROUP BY f.unit_id`,
  );

/** That a holding ran on a day. */
export const ranOn = (day: Day): SQL =>
  sql`from_on <= ${day} AND (to_on IS NULL OR to_on > ${day}) AND voided_by IS NULL`;

export const listHoldings = ({ db, community }: Here, day: Day): Query<HoldingRow[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, holding_no AS holdingNo, party_id AS partyId, role, basis FROM holding
        WHERE community_id = ${community.id} AND ${ranOn(day)}`,
  );

/** The columns of a PartyRow; grouped by party_id. */
export const PARTY = sql`party_id AS partyId, max(version) AS version, kind, masked_name AS maskedName,
  masked_phone AS maskedPhone, masked_number AS maskedNumber, name_hash AS nameHash, phone_hash AS phoneHash,
  phone_tail_hash AS phoneTailHash, id_hash AS idHash, id_tail_hash AS idTailHash, owner_no_hash AS ownerNoHash`;

export const listParties = ({ db, community }: Here): Query<PartyRow[]> =>
  db.all(sql`SELECT ${PARTY} FROM party_detail WHERE community_id = ${community.id} GROUP BY party_id`);

/** Some parties, by their ids. */
export const findParties = ({ db, community }: Here, partyIds: readonly string[]): Query<PartyRow[]> =>
  db.all(
    sql`SELECT ${PARTY} FROM party_detail WHERE community_id = ${community.id}
        AND party_id IN (SELECT value FROM json_each(${JSON.stringify(partyIds)})) GROUP BY party_id`,
  );

/** Party, kind and sealed data of some parties, newest version. */
export const listSealed = (
  { db, community }: Here,
  partyIds: readonly string[],
): Query<{ partyId: PartyId; kind: PartyKind; sealed: string; version: number }[]> =>
  db.all(
    sql`SELECT party_id AS partyId, max(version) AS version, kind, sealed FROM party_detail
        WHERE community_id = ${community.id}
        AND party_id IN (SELECT value FROM json_each(${JSON.stringify(partyIds)})) GROUP BY party_id`,
  );

export const listGuardians = ({ db, community }: Here, day: Day): Query<{ wardId: PartyId; guardianId: PartyId }[]> =>
  db.all(
    sql`SELECT ward_id AS wardId, guardian_id AS guardianId FROM guardianship WHERE community_id = ${community.id}
        AND from_on <= ${day} AND (to_on IS NULL OR to_on > ${day})`,
  );

/** The queries of a whole roll on a day, for one read together with others; `rollFrom` makes the roll of their rows. */
export const rollQueries = (here: Here, day: Day) =>
  [listUnits(here, day), listHoldings(here, day), listParties(here), listGuardians(here, day)] as const;

export function rollFrom(
  day: Day,
  units: readonly UnitRow[],
  holdings: readonly HoldingRow[],
  parties: readonly PartyRow[],
  guardians: readonly { wardId: PartyId; guardianId: PartyId }[],
): Roll {
  const guardianOf = new Map(guardians.map(({ wardId, guardianId }) => [wardId, guardianId]));
  const byUnit = Map.groupBy(holdings, ({ unitId }) => unitId);
  return {
    asOf: day,
    units: units.map((row) => unitFrom(row, byUnit.get(row.unitId) ?? [])),
    parties: new Map(
      parties.map(({ partyId, kind, maskedName }): [PartyId, RollParty] => [
        partyId,
        { partyId, kind, maskedName, guardianId: guardianOf.get(partyId) ?? null },
      ]),
    ),
  };
}

/** A unit of the roll from its row and its holdings of the same day. */
export function unitFrom(row: UnitRow, holdings: readonly HoldingRow[]): RollUnit {
  const { unitId, building, entrance, room, kind, state } = row;
  const owners = holdings.filter(({ role }) => role === "owner").map(({ partyId, basis }) => ({ partyId, basis }));
  const designated = holdings.find(({ role }) => role === "designated")?.partyId ?? null;
  // The table's CHECK says that one of the three areas is known.
  return { unitId, building, entrance, room, kind, state, ...countedArea(areasOf(row))!, owners, designated };
}

/** Units of which something is dated after a day, and the last number given to a holding of each unit. */
export const listLaterUnits = ({ db, community }: Here, day: Day): Query<{ unitId: UnitId }[]> =>
  db.all(
    sql`SELECT unit_id AS unitId FROM unit_fact WHERE community_id = ${community.id} AND from_on > ${day}
        UNION SELECT unit_id FROM holding WHERE community_id = ${community.id} AND voided_by IS NULL
        AND (from_on > ${day} OR to_on > ${day})`,
  );

export const listLastHoldings = ({ db, community }: Here): Query<{ unitId: UnitId; last: number }[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, max(holding_no) AS last FROM holding WHERE community_id = ${community.id} GROUP BY unit_id`,
  );

// ——— Statements ———

export type ChangeKind =
  | "import"
  | "sale"
  | "inheritance"
  | "gift"
  | "judgment"
  | "split"
  | "merge"
  | "correction"
  | "designation"
  | "guardian"
  | "contact"
  | "facts";

export interface ChangeRow {
  readonly changeNo: number;
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly fromOn: Day;
  readonly unitId: UnitId | null;
  /** JSON without personal data: ids and counts. */
  readonly details: string;
  /** Why, and on what evidence; sealed. */
  readonly noteSealed: string;
  /** Hex of the 16 bytes that salt the note's commitment in the leaf. */
  readonly salt: string;
  readonly leafHash: string;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

/** A change under the next number after the version it was made from; the table refuses any other (`roll_stale`). */
export const insertChange = ({ db, community }: Here, row: ChangeRow): Query =>
  db.run(
    sql`INSERT INTO roll_change(community_id, change_no, change_id, kind, from_on, unit_id, details, note_sealed, salt, leaf_hash, changed_by, changed_at)
        VALUES (${community.id}, ${row.changeNo}, ${row.changeId}, ${row.kind}, ${row.fromOn}, ${row.unitId}, ${row.details},
                ${row.noteSealed}, ${row.salt}, ${row.leafHash}, ${row.changedBy}, ${row.changedAt})`,
  );

// D1 takes 2 MB in one value; a character is at most three bytes of UTF-8.
const CHUNK_CHARACTERS = 600_000;

/** JSON arrays of rows, each small enough for one parameter. */
export function jsonChunks(rows: readonly unknown[]): string[] {
  const chunks: string[] = [];
  let held: string[] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (size + text.length > CHUNK_CHARACTERS && held.length > 0) {
      chunks.push(`[${held.join(",")}]`);
      held = [];
      size = 0;
    }
    held.push(text);
    size += text.length + 1;
  }
  if (held.length > 0) chunks.push(`[${held.join(",")}]`);
  return chunks;
}

/** New units, and their buildings with as many more. */
export const insertUnits = (
  { db, community }: Here,
  changeId: string,
  units: readonly (UnitPlace & { unitId: UnitId })[],
): Query[] =>
  jsonChunks(units.map((unit) => [unit.unitId, unit.building, unit.entrance, unit.room, sortKey(unit)])).flatMap(
    (json) => [
      db.run(
        sql`INSERT INTO unit(community_id, unit_id, building, entrance, room, sort_key, change_id)
            SELECT ${community.id}, value->>0, value->>1, value->>2, value->>3, value->>4, ${changeId} FROM json_each(${json})`,
      ),
      db.run(
        sql`INSERT INTO roll_building(community_id, building, units, first_key, last_key)
            SELECT ${community.id}, value->>1, count(*), min(value->>4), max(value->>4) FROM json_each(${json}) WHERE true
            GROUP BY value->>1
            ON CONFLICT(community_id, building) DO UPDATE SET units = units + excluded.units,
              first_key = min(first_key, excluded.first_key), last_key = max(last_key, excluded.last_key)`,
      ),
    ],
  );

export interface NewFact {
  readonly unitId: UnitId;
  readonly revision: number;
  readonly areas: Areas;
  readonly kind: UnitKind;
  readonly state: UnitState;
}

export const insertFacts = (
  { db, community }: Here,
  changeId: string,
  fromOn: Day,
  facts: readonly NewFact[],
): Query[] =>
  jsonChunks(
    facts.map(({ unitId, revision, areas, kind, state }) => [
      unitId,
      revision,
      areas.register,
      areas.survey,
      areas.contract,
      kind,
      state,
    ]),
  ).map((json) =>
    db.run(
      sql`INSERT INTO unit_fact(community_id, unit_id, from_on, revision, register_dm2, survey_dm2, contract_dm2, kind, state, change_id)
          SELECT ${community.id}, value->>0, ${fromOn}, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, ${changeId}
          FROM json_each(${json})`,
    ),
  );

export const insertParties = ({ db, community }: Here, changeId: string, partyIds: readonly PartyId[]): Query[] =>
  jsonChunks(partyIds).map((json) =>
    db.run(
      sql`INSERT INTO party(community_id, party_id, change_id) SELECT ${community.id}, value, ${changeId} FROM json_each(${json})`,
    ),
  );

export interface NewDetail extends Omit<PartyRow, "nameHash"> {
  readonly nameHash: string;
  readonly sealed: string;
}

export const insertDetails = ({ db, community }: Here, changeId: string, details: readonly NewDetail[]): Query[] =>
  jsonChunks(
    details.map((detail) => [
      detail.partyId,
      detail.version,
      detail.kind,
      detail.sealed,
      detail.maskedName,
      detail.maskedPhone,
      detail.maskedNumber,
      detail.nameHash,
      detail.phoneHash,
      detail.phoneTailHash,
      detail.idHash,
      detail.idTailHash,
      detail.ownerNoHash,
    ]),
  ).map((json) =>
    db.run(
      sql`INSERT INTO party_detail(community_id, party_id, version, kind, sealed, masked_name, masked_phone, masked_number,
            name_hash, phone_hash, phone_tail_hash, id_hash, id_tail_hash, owner_no_hash, change_id)
          SELECT ${community.id}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
            value->>8, value->>9, value->>10, value->>11, value->>12, ${changeId} FROM json_each(${json})`,
    ),
  );

export const insertHoldings = (
  { db, community }: Here,
  changeId: string,
  fromOn: Day,
  holdings: readonly HoldingRow[],
): Query[] =>
  jsonChunks(
    holdings.map(({ unitId, holdingNo, partyId, role, basis }) => [unitId, holdingNo, partyId, role, basis]),
  ).map((json) =>
    db.run(
      sql`INSERT INTO holding(community_id, unit_id, holding_no, party_id, role, basis, from_on, opened_by)
          SELECT ${community.id}, value->>0, value->>1, value->>2, value->>3, value->>4, ${fromOn}, ${changeId} FROM json_each(${json})`,
    ),
  );

/** Ends holdings that still run. The caller names them under a version that the batch insists on. */
export const closeHoldings = (
  { db, community }: Here,
  changeId: string,
  toOn: Day,
  holdings: readonly { unitId: UnitId; holdingNo: number }[],
): Query[] =>
  jsonChunks(holdings.map(({ unitId, holdingNo }) => [unitId, holdingNo])).map((json) =>
    db.run(
      sql`UPDATE holding SET to_on = ${toOn}, closed_by = ${changeId}
          WHERE community_id = ${community.id} AND to_on IS NULL AND voided_by IS NULL
          AND (unit_id, holding_no) IN (SELECT value->>0, value->>1 FROM json_each(${json}))`,
    ),
  );

/** Ends the guardianships of these wards that still run. */
export const closeGuardianships = (
  { db, community }: Here,
  changeId: string,
  toOn: Day,
  wards: readonly PartyId[],
): Query[] =>
  jsonChunks(wards).map((json) =>
    db.run(
      sql`UPDATE guardianship SET to_on = ${toOn}, closed_by = ${changeId}
          WHERE community_id = ${community.id} AND to_on IS NULL AND ward_id IN (SELECT value FROM json_each(${json}))`,
    ),
  );

export const insertGuardianships = (
  { db, community }: Here,
  changeId: string,
  fromOn: Day,
  pairs: readonly { wardId: PartyId; guardianId: PartyId }[],
): Query[] =>
  jsonChunks(pairs.map(({ wardId, guardianId }) => [wardId, guardianId])).map((json) =>
    db.run(
      sql`INSERT INTO guardianship(community_id, ward_id, guardianship_no, guardian_id, from_on, opened_by)
          SELECT ${community.id}, value->>0,
            coalesce((SELECT max(g.guardianship_no) FROM guardianship g WHERE g.community_id = ${community.id} AND g.ward_id = value->>0), 0) + 1,
            value->>1, ${fromOn}, ${changeId} FROM json_each(${json})`,
    ),
  );
