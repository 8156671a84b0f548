/** The SQL of frozen rolls, of who votes for a head, and of objections. Decides nothing. */
import type { AreaDm2 } from "../../kernel/area.ts";
import type { Day, Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import type { Weight } from "../../kernel/weight.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Designation, HeadReason, RollSettings, Scope, VoterUnit } from "../rules.ts";
import { type Here, jsonChunks } from "../store.ts";
import type { FrozenVoter } from "./rules.ts";

export interface SnapshotRow {
  readonly snapshotId: string;
  readonly meetingId: string;
  readonly version: number;
  readonly asOf: Day;
  /** JSON of RollSettings. */
  readonly settings: string;
  readonly owners: number;
  readonly areaDm2: AreaDm2;
  readonly nextVoterNo: number;
  readonly root: string;
  readonly leafHash: string;
  readonly why: string;
  readonly rollVersion: number;
  readonly frozenBy: string;
  readonly frozenAt: Instant;
  readonly objectionsUntil: Instant;
}

const SNAPSHOT = sql`snapshot_id AS snapshotId, meeting_id AS meetingId, version, as_of AS asOf, settings, owners,
  area_dm2 AS areaDm2, next_voter_no AS nextVoterNo, root, leaf_hash AS leafHash, why, roll_version AS rollVersion,
  frozen_by AS frozenBy, frozen_at AS frozenAt, objections_until AS objectionsUntil`;

export const findSnapshot = ({ db, community }: Here, snapshotId: string): Query<SnapshotRow[]> =>
  db.all(sql`SELECT ${SNAPSHOT} FROM snapshot WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId}`);

/** The version a meeting is held by now: its newest. */
export const findMeetingSnapshot = ({ db, community }: Here, meetingId: string): Query<SnapshotRow[]> =>
  db.all(
    sql`SELECT ${SNAPSHOT} FROM snapshot WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
        ORDER BY version DESC LIMIT 1`,
  );

/** Every version of a meeting's roll, newest first, each with its reason. */
export const listSnapshots = ({ db, community }: Here, meetingId: string): Query<SnapshotRow[]> =>
  db.all(
    sql`SELECT ${SNAPSHOT} FROM snapshot WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
        ORDER BY version DESC`,
  );

/** What the roll was frozen by: the spaces that count, and whose votes were asked for. */
export const settingsOf = (row: SnapshotRow): RollSettings & { readonly scopes: readonly Scope[] } =>
  JSON.parse(row.settings) as RollSettings & { readonly scopes: readonly Scope[] };

/** A head of a snapshot without its units. */
export interface VoterRow {
  readonly voterNo: number;
  readonly position: number;
  readonly key: string;
  readonly reason: HeadReason;
  readonly areaDm2: AreaDm2;
  /** JSON of a Designation, as frozen. */
  readonly designation: string;
  /** Who votes now: the newest settled after the freeze, else as frozen; null while nobody does. */
  readonly votingPartyId: PartyId | null;
  readonly votesAs: "owner" | "designated" | "guardian" | null;
  /** JSON array of party ids. */
  readonly ownerIds: string;
  readonly maskedName: string;
  readonly overlaps: number;
  readonly salt: string;
}

const LATER = sql`FROM snapshot_designation d JOIN snapshot s ON s.community_id = d.community_id AND s.meeting_id = d.meeting_id
  WHERE d.community_id = v.community_id AND s.snapshot_id = v.snapshot_id AND d.voter_no = v.voter_no
  ORDER BY d.designation_no DESC LIMIT 1`;

const VOTER = sql`v.voter_no AS voterNo, v.position, v.head_key AS key, v.reason, v.area_dm2 AS areaDm2, v.designation,
  coalesce((SELECT d.party_id ${LATER}), v.voting_party_id) AS votingPartyId,
  coalesce((SELECT d.voted_as ${LATER}), v.designation->>'as') AS votesAs,
  v.owner_ids AS ownerIds, v.masked_name AS maskedName, v.overlaps, v.salt`;

export const findVoter = ({ db, community }: Here, snapshotId: string, voterNo: number): Query<VoterRow[]> =>
  db.all(
    sql`SELECT ${VOTER} FROM snapshot_voter v
        WHERE v.community_id = ${community.id} AND v.snapshot_id = ${snapshotId} AND v.voter_no = ${voterNo}`,
  );

/** Heads in order of their number, `limit` at most, from after a number on (−1 for the first). */
export const listVoters = (
  { db, community }: Here,
  snapshotId: string,
  afterVoterNo: number,
  limit: number,
): Query<VoterRow[]> =>
  db.all(
    sql`SELECT ${VOTER} FROM snapshot_voter v
        WHERE v.community_id = ${community.id} AND v.snapshot_id = ${snapshotId} AND v.voter_no > ${afterVoterNo}
        ORDER BY v.voter_no LIMIT ${limit}`,
  );

/** Heads with a counted unit in a building, in order of their number. */
export const listVotersIn = ({ db, community }: Here, snapshotId: string, building: string): Query<VoterRow[]> =>
  db.all(
    sql`SELECT ${VOTER} FROM snapshot_voter v
        WHERE v.community_id = ${community.id} AND v.snapshot_id = ${snapshotId} AND v.voter_no IN (
          SELECT u.voter_no FROM snapshot_unit u WHERE u.community_id = ${community.id}
          AND u.snapshot_id = ${snapshotId} AND u.building = ${building} AND u.counted = 1)
        ORDER BY v.voter_no`,
  );

export interface FrozenUnitRow extends Omit<VoterUnit, "counted"> {
  readonly voterNo: number;
  readonly counted: number;
}

const UNIT = sql`voter_no AS voterNo, unit_id AS unitId, building, entrance, room, area_dm2 AS areaDm2,
  area_source AS source, kind, state, basis, counted`;

/** The units of one head. */
export const listVoterUnits = ({ db, community }: Here, snapshotId: string, voterNo: number): Query<FrozenUnitRow[]> =>
  db.all(
    sql`SELECT ${UNIT} FROM snapshot_unit
        WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId} AND voter_no = ${voterNo}`,
  );

/** The units of all heads, in order of voter number: for slips, dossiers and proofs. */
export const listSnapshotUnits = ({ db, community }: Here, snapshotId: string): Query<FrozenUnitRow[]> =>
  db.all(
    sql`SELECT ${UNIT} FROM snapshot_unit WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId}
        ORDER BY voter_no`,
  );

export const asVoterUnit = ({ voterNo: _, counted, ...unit }: FrozenUnitRow): VoterUnit => ({
  ...unit,
  counted: counted === 1,
});

export interface BuildingRow extends Weight {
  readonly building: string;
}

/** Heads and area of each building, in order. A head in two buildings is in both. */
export const listBuildings = ({ db, community }: Here, snapshotId: string): Query<BuildingRow[]> =>
  db.all(
    sql`SELECT building, owners, area_dm2 AS areaDm2 FROM snapshot_building
        WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId} ORDER BY position`,
  );

/** Heads and area of a scope (C9). The estate and a single building are read from sums made at the freeze. */
export function totalsInScope({ db, community }: Here, snapshotId: string, scope: Scope): Query<Weight[]> {
  if (scope.kind === "estate")
    return db.all(
      sql`SELECT owners, area_dm2 AS areaDm2 FROM snapshot WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId}`,
    );
  return db.all(
    sql`SELECT count(DISTINCT voter_no) AS owners, coalesce(sum(area_dm2), 0) AS areaDm2 FROM snapshot_unit
        WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId} AND counted = 1 AND ${inScope(scope)}`,
  );
}

/** Each head of a scope with the area it has there, by number. */
export const listVotersInScope = (
  { db, community }: Here,
  snapshotId: string,
  scope: Scope,
): Query<{ voterNo: number; areaDm2: AreaDm2 }[]> =>
  db.all(
    sql`SELECT voter_no AS voterNo, sum(area_dm2) AS areaDm2 FROM snapshot_unit
        WHERE community_id = ${community.id} AND snapshot_id = ${snapshotId} AND counted = 1 AND ${inScope(scope)}
        GROUP BY voter_no ORDER BY voter_no`,
  );

const inScope = (scope: Scope): SQL =>
  scope.kind === "estate"
    ? sql`1`
    : scope.kind === "buildings"
      ? sql`building IN (SELECT value FROM json_each(${JSON.stringify(scope.buildings)}))`
      : sql`unit_id IN (SELECT value FROM json_each(${JSON.stringify(scope.unitIds)}))`;

/** Heads a party votes for, as frozen or settled since. */
export const listVotersOfParty = (
  { db, community }: Here,
  snapshotId: string,
  partyId: string,
): Query<{ voterNo: number }[]> =>
  db.all(
    sql`SELECT voter_no AS voterNo FROM snapshot_voter
        WHERE community_id = ${community.id} AND voting_party_id = ${partyId} AND snapshot_id = ${snapshotId}
        UNION SELECT d.voter_no FROM snapshot_designation d JOIN snapshot s ON s.community_id = d.community_id AND s.meeting_id = d.meeting_id
        WHERE d.community_id = ${community.id} AND s.snapshot_id = ${snapshotId} AND d.party_id = ${partyId}`,
  );

// ——— Statements ———

export const insertSnapshot = (
  { db, community }: Here,
  row: SnapshotRow,
  heads: readonly FrozenVoter[],
  buildings: ReadonlyMap<string, Weight>,
): Query[] => [
  db.run(
    sql`INSERT INTO snapshot(community_id, snapshot_id, meeting_id, version, as_of, settings, owners, area_dm2, next_voter_no,
          root, leaf_hash, why, roll_version, frozen_by, frozen_at, objections_until)
        VALUES (${community.id}, ${row.snapshotId}, ${row.meetingId}, ${row.version}, ${row.asOf}, ${row.settings},
                ${row.owners}, ${row.areaDm2}, ${row.nextVoterNo}, ${row.root}, ${row.leafHash}, ${row.why},
                ${row.rollVersion}, ${row.frozenBy}, ${row.frozenAt}, ${row.objectionsUntil})`,
  ),
  ...jsonChunks(heads.map(voterCells)).map((json) =>
    db.run(
      sql`INSERT INTO snapshot_voter(community_id, snapshot_id, voter_no, position, head_key, reason, area_dm2, designation,
            voting_party_id, owner_ids, masked_name, overlaps, salt)
          SELECT ${community.id}, ${row.snapshotId}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5,
            value->>6, value->>7, value->>8, value->>9, value->>10 FROM json_each(${json})`,
    ),
  ),
  ...jsonChunks(heads.flatMap(({ voterNo, units }) => units.map((unit) => unitCells(voterNo, unit)))).map((json) =>
    db.run(
      sql`INSERT INTO snapshot_unit(community_id, snapshot_id, voter_no, unit_id, building, entrance, room, area_dm2,
            area_source, kind, state, basis, counted)
          SELECT ${community.id}, ${row.snapshotId}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5,
            value->>6, value->>7, value->>8, value->>9, value->>10 FROM json_each(${json})`,
    ),
  ),
  ...jsonChunks([...buildings].map(([building, { owners, areaDm2 }], at) => [building, at, owners, areaDm2])).map(
    (json) =>
      db.run(
        sql`INSERT INTO snapshot_building(community_id, snapshot_id, building, position, owners, area_dm2)
          SELECT ${community.id}, ${row.snapshotId}, value->>0, value->>1, value->>2, value->>3 FROM json_each(${json})`,
      ),
  ),
];

const votingParty = (designation: Designation): PartyId | null =>
  designation.state === "votes" ? designation.partyId : null;

const voterCells = (voter: FrozenVoter): unknown[] => [
  voter.voterNo,
  voter.position,
  voter.key,
  voter.reason,
  voter.areaDm2,
  JSON.stringify(voter.designation),
  votingParty(voter.designation),
  JSON.stringify(voter.owners),
  voter.maskedName,
  voter.overlaps ? 1 : 0,
  voter.salt,
];

const unitCells = (voterNo: number, unit: VoterUnit): unknown[] => [
  voterNo,
  unit.unitId,
  unit.building,
  unit.entrance,
  unit.room,
  unit.areaDm2,
  unit.source,
  unit.kind,
  unit.state,
  unit.basis,
  unit.counted ? 1 : 0,
];

// ——— Who votes, settled after the freeze ———

export interface DesignationRow {
  readonly designationNo: number;
  readonly partyId: PartyId;
  readonly votedAs: "owner" | "designated" | "guardian";
  readonly noteSealed: string;
  readonly salt: string;
  readonly leafHash: string;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
}

export const listDesignations = (
  { db, community }: Here,
  meetingId: string,
  voterNo: number,
): Query<DesignationRow[]> =>
  db.all(
    sql`SELECT designation_no AS designationNo, party_id AS partyId, voted_as AS votedAs, note_sealed AS noteSealed, salt,
          leaf_hash AS leafHash, recorded_by AS recordedBy, recorded_at AS recordedAt FROM snapshot_designation
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY designation_no DESC`,
  );

export const insertDesignation = (
  { db, community }: Here,
  meetingId: string,
  voterNo: number,
  row: DesignationRow,
): Query =>
  db.run(
    sql`INSERT INTO snapshot_designation(community_id, meeting_id, voter_no, designation_no, party_id, voted_as, note_sealed,
          salt, leaf_hash, recorded_by, recorded_at)
        VALUES (${community.id}, ${meetingId}, ${voterNo}, ${row.designationNo}, ${row.partyId}, ${row.votedAs},
                ${row.noteSealed}, ${row.salt}, ${row.leafHash}, ${row.recordedBy}, ${row.recordedAt})`,
  );

// ——— Objections ———

export interface ObjectionRow {
  readonly objectionId: string;
  readonly meetingId: string;
  readonly snapshotId: string;
  readonly voterNo: number;
  readonly raisedBy: string;
  readonly raisedAt: Instant;
  readonly dueAt: Instant;
  readonly textSealed: string;
  readonly salt: string;
  readonly leafHash: string;
  readonly outcome: "upheld" | "rejected" | null;
  readonly answerSealed: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

const OBJECTION = sql`objection_id AS objectionId, meeting_id AS meetingId, snapshot_id AS snapshotId, voter_no AS voterNo,
  raised_by AS raisedBy, raised_at AS raisedAt, due_at AS dueAt, text_sealed AS textSealed, salt, leaf_hash AS leafHash,
  outcome, answer_sealed AS answerSealed, answered_by AS answeredBy, answered_at AS answeredAt`;

export const findObjection = ({ db, community }: Here, objectionId: string): Query<ObjectionRow[]> =>
  db.all(
    sql`SELECT ${OBJECTION} FROM roll_objection WHERE community_id = ${community.id} AND objection_id = ${objectionId}`,
  );

/** Objections to a meeting's roll, the unanswered first, then by time. */
export const listObjections = ({ db, community }: Here, meetingId: string): Query<ObjectionRow[]> =>
  db.all(
    sql`SELECT ${OBJECTION} FROM roll_objection WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
        ORDER BY answered_at IS NOT NULL, raised_at`,
  );

/** How many wait for an answer: voting does not open before there is none (A4). */
export const countOpenObjections = ({ db, community }: Here, meetingId: string): Query<{ waiting: number }[]> =>
  db.all(
    sql`SELECT count(*) AS waiting FROM roll_objection
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND answered_at IS NULL`,
  );

export const insertObjection = ({ db, community }: Here, row: ObjectionRow): Query =>
  db.run(
    sql`INSERT INTO roll_objection(community_id, objection_id, meeting_id, snapshot_id, voter_no, raised_by, raised_at, due_at,
          text_sealed, salt, leaf_hash)
        VALUES (${community.id}, ${row.objectionId}, ${row.meetingId}, ${row.snapshotId}, ${row.voterNo}, ${row.raisedBy},
                ${row.raisedAt}, ${row.dueAt}, ${row.textSealed}, ${row.salt}, ${row.leafHash})`,
  );

export const answerObjectionRow = (
  { db, community }: Here,
  objectionId: string,
  answer: { outcome: "upheld" | "rejected"; answerSealed: string; by: string; at: Instant; leafHash: string },
): Query =>
  db.run(
    sql`UPDATE roll_objection SET outcome = ${answer.outcome}, answer_sealed = ${answer.answerSealed}, answered_by = ${answer.by},
          answered_at = ${answer.at}, answer_leaf_hash = ${answer.leafHash}
        WHERE community_id = ${community.id} AND objection_id = ${objectionId} AND answered_at IS NULL`,
  );
