/** Drizzle's typed view of the frozen rolls; migrations/0003 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const snapshot = sqliteTable(
  "snapshot",
  {
    communityId: text("community_id").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    version: integer("version").notNull(),
    asOf: text("as_of").notNull(),
    settings: text("settings").notNull(),
    owners: integer("owners").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    nextVoterNo: integer("next_voter_no").notNull(),
    root: text("root").notNull(),
    leafHash: text("leaf_hash").notNull(),
    why: text("why").notNull(),
    rollVersion: integer("roll_version").notNull(),
    frozenBy: text("frozen_by").notNull(),
    frozenAt: integer("frozen_at").notNull(),
    objectionsUntil: integer("objections_until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.snapshotId] })],
);

export const snapshotVoter = sqliteTable(
  "snapshot_voter",
  {
    communityId: text("community_id").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    position: integer("position").notNull(),
    headKey: text("head_key").notNull(),
    reason: text("reason").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    designation: text("designation").notNull(),
    votingPartyId: text("voting_party_id"),
    ownerIds: text("owner_ids").notNull(),
    maskedName: text("masked_name").notNull(),
    overlaps: integer("overlaps").notNull(),
    salt: text("salt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.snapshotId, table.voterNo] })],
);

export const snapshotUnit = sqliteTable(
  "snapshot_unit",
  {
    communityId: text("community_id").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    unitId: text("unit_id").notNull(),
    building: text("building").notNull(),
    entrance: text("entrance").notNull(),
    room: text("room").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    areaSource: text("area_source").notNull(),
    kind: text("kind").notNull(),
    state: text("state").notNull(),
    basis: text("basis").notNull(),
    counted: integer("counted").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.snapshotId, table.voterNo, table.unitId] })],
);

export const snapshotBuilding = sqliteTable(
  "snapshot_building",
  {
    communityId: text("community_id").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    building: text("building").notNull(),
    position: integer("position").notNull(),
    owners: integer("owners").notNull(),
    areaDm2: integer("area_dm2").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.snapshotId, table.building] })],
);

export const rollObjection = sqliteTable(
  "roll_objection",
  {
    communityId: text("community_id").notNull(),
    objectionId: text("objection_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    raisedBy: text("raised_by").notNull(),
    raisedAt: integer("raised_at").notNull(),
    dueAt: integer("due_at").notNull(),
    textSealed: text("text_sealed").notNull(),
    salt: text("salt").notNull(),
    leafHash: text("leaf_hash").notNull(),
    outcome: text("outcome", { enum: ["upheld", "rejected"] }),
    answerSealed: text("answer_sealed"),
    answeredBy: text("answered_by"),
    answeredAt: integer("answered_at"),
    answerLeafHash: text("answer_leaf_hash"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.objectionId] })],
);

export const snapshotDesignation = sqliteTable(
  "snapshot_designation",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    designationNo: integer("designation_no").notNull(),
    partyId: text("party_id").notNull(),
    votedAs: text("voted_as", { enum: ["owner", "designated", "guardian"] }).notNull(),
    noteSealed: text("note_sealed").notNull(),
    salt: text("salt").notNull(),
    leafHash: text("leaf_hash").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.designationNo] })],
);
