/** The SQL of changes: everything ever written of a unit, people by name, and the statements only corrections need. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { UnitId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { UnitPlace } from "../rules.ts";
import {
  type ChangeKind,
  type Here,
  type HoldingRow,
  jsonChunks,
  PARTY,
  type PartyRow,
  type UnitRow,
} from "../store.ts";

/** Everything ever written of a unit's holdings, in order. */
export interface HeldRow extends HoldingRow {
  readonly fromOn: Day;
  readonly toOn: Day | null;
  readonly openedBy: string;
  readonly closedBy: string | null;
  readonly voidedBy: string | null;
}

export const listUnitHoldings = ({ db, community }: Here, unitId: string): Query<HeldRow[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, holding_no AS holdingNo, party_id AS partyId, role, basis, from_on AS fromOn, to_on AS toOn,
          opened_by AS openedBy, closed_by AS closedBy, voided_by AS voidedBy FROM holding
        WHERE community_id = ${community.id} AND unit_id = ${unitId} ORDER BY holding_no`,
  );

/** Every fact of a unit, oldest first. */
export const listUnitFacts = (
  { db, community }: Here,
  unitId: string,
): Query<(Omit<UnitRow, "building" | "entrance" | "room"> & { changeId: string })[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, from_on AS fromOn, revision, register_dm2 AS registerDm2, survey_dm2 AS surveyDm2,
          contract_dm2 AS contractDm2, kind, state, change_id AS changeId FROM unit_fact
        WHERE community_id = ${community.id} AND unit_id = ${unitId} ORDER BY from_on, revision`,
  );

/** Where a unit stands, whatever the day. */
export const findPlace = ({ db, community }: Here, unitId: string): Query<(UnitPlace & { unitId: UnitId })[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, building, entrance, room FROM unit
        WHERE community_id = ${community.id} AND unit_id = ${unitId}`,
  );

/** Parties of one name (keyed hash), newest version only. */
export const findPartiesByName = ({ db, community }: Here, nameHash: string): Query<PartyRow[]> =>
  db.all(
    sql`SELECT ${PARTY} FROM party_detail WHERE community_id = ${community.id} AND party_id IN (
          SELECT party_id FROM party_detail WHERE community_id = ${community.id} AND name_hash = ${nameHash})
        GROUP BY party_id HAVING name_hash = ${nameHash}`,
  );

export const findChange = ({ db, community }: Here, changeId: string): Query<{ changeNo: number }[]> =>
  db.all(
    sql`SELECT change_no AS changeNo FROM roll_change WHERE community_id = ${community.id} AND change_id = ${changeId}`,
  );

/** A change as its unit's history shows it. */
export interface ShownChange {
  readonly changeNo: number;
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly fromOn: Day;
  readonly noteSealed: string;
  readonly leafHash: string;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

/** The changes that wrote a fact or a holding of a unit, newest first. */
export const listUnitChanges = ({ db, community }: Here, unitId: string): Query<ShownChange[]> =>
  db.all(
    sql`SELECT change_no AS changeNo, change_id AS changeId, kind, from_on AS fromOn, note_sealed AS noteSealed,
          leaf_hash AS leafHash, changed_by AS changedBy, changed_at AS changedAt FROM roll_change
        WHERE community_id = ${community.id} AND change_id IN (
          SELECT change_id FROM unit_fact WHERE community_id = ${community.id} AND unit_id = ${unitId}
          UNION SELECT opened_by FROM holding WHERE community_id = ${community.id} AND unit_id = ${unitId}
          UNION SELECT closed_by FROM holding WHERE community_id = ${community.id} AND unit_id = ${unitId}
          UNION SELECT voided_by FROM holding WHERE community_id = ${community.id} AND unit_id = ${unitId})
        ORDER BY change_no DESC`,
  );

/** Holdings with an end already known: what is left of one that a correction cuts short. */
export const insertEndedHoldings = (
  { db, community }: Here,
  changeId: string,
  holdings: readonly (HoldingRow & { readonly fromOn: Day; readonly toOn: Day })[],
): Query[] =>
  jsonChunks(
    holdings.map(({ unitId, holdingNo, partyId, role, basis, fromOn, toOn }) => [
      unitId,
      holdingNo,
      partyId,
      role,
      basis,
      fromOn,
      toOn,
    ]),
  ).map((json) =>
    db.run(
      sql`INSERT INTO holding(community_id, unit_id, holding_no, party_id, role, basis, from_on, to_on, opened_by, closed_by)
          SELECT ${community.id}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, ${changeId}, ${changeId}
          FROM json_each(${json})`,
    ),
  );

/** Voids holdings that should never have been written; the rows stay. */
export const voidHoldings = (
  { db, community }: Here,
  changeId: string,
  holdings: readonly { unitId: UnitId; holdingNo: number }[],
): Query[] =>
  jsonChunks(holdings.map(({ unitId, holdingNo }) => [unitId, holdingNo])).map((json) =>
    db.run(
      sql`UPDATE holding SET voided_by = ${changeId} WHERE community_id = ${community.id} AND voided_by IS NULL
          AND (unit_id, holding_no) IN (SELECT value->>0, value->>1 FROM json_each(${json}))`,
    ),
  );
