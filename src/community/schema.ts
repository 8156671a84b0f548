/** Drizzle's typed view of the roll and its owners; migrations/0003 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const rollChange = sqliteTable(
  "roll_change",
  {
    communityId: text("community_id").notNull(),
    changeNo: integer("change_no").notNull(),
    changeId: text("change_id").notNull(),
    kind: text("kind", {
      enum: [
        "import",
        "sale",
        "inheritance",
        "gift",
        "judgment",
        "split",
        "merge",
        "correction",
        "designation",
        "guardian",
        "contact",
        "facts",
      ],
    }).notNull(),
    fromOn: text("from_on").notNull(),
    unitId: text("unit_id"),
    details: text("details").notNull(),
    noteSealed: text("note_sealed").notNull(),
    salt: text("salt").notNull(),
    leafHash: text("leaf_hash").notNull(),
    changedBy: text("changed_by").notNull(),
    changedAt: integer("changed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.changeNo] })],
);

export const rollBuilding = sqliteTable(
  "roll_building",
  {
    communityId: text("community_id").notNull(),
    building: text("building").notNull(),
    units: integer("units").notNull(),
    firstKey: text("first_key").notNull(),
    lastKey: text("last_key").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.building] })],
);

export const unit = sqliteTable(
  "unit",
  {
    communityId: text("community_id").notNull(),
    unitId: text("unit_id").notNull(),
    building: text("building").notNull(),
    entrance: text("entrance").notNull(),
    room: text("room").notNull(),
    sortKey: text("sort_key").notNull(),
    changeId: text("change_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.unitId] })],
);

export const unitFact = sqliteTable(
  "unit_fact",
  {
    communityId: text("community_id").notNull(),
    unitId: text("unit_id").notNull(),
    fromOn: text("from_on").notNull(),
    revision: integer("revision").notNull(),
    registerDm2: integer("register_dm2"),
    surveyDm2: integer("survey_dm2"),
    contractDm2: integer("contract_dm2"),
    kind: text("kind", { enum: ["residence", "shop", "office", "parking", "storage", "other"] }).notNull(),
    state: text("state", { enum: ["delivered", "undelivered", "unsold", "retired"] }).notNull(),
    changeId: text("change_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.unitId, table.fromOn, table.revision] })],
);

export const party = sqliteTable(
  "party",
  {
    communityId: text("community_id").notNull(),
    partyId: text("party_id").notNull(),
    changeId: text("change_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.partyId] })],
);

export const partyDetail = sqliteTable(
  "party_detail",
  {
    communityId: text("community_id").notNull(),
    partyId: text("party_id").notNull(),
    version: integer("version").notNull(),
    kind: text("kind", { enum: ["natural", "legal", "developer"] }).notNull(),
    sealed: text("sealed").notNull(),
    maskedName: text("masked_name").notNull(),
    maskedPhone: text("masked_phone"),
    maskedNumber: text("masked_number"),
    nameHash: text("name_hash").notNull(),
    phoneHash: text("phone_hash"),
    phoneTailHash: text("phone_tail_hash"),
    idHash: text("id_hash"),
    idTailHash: text("id_tail_hash"),
    ownerNoHash: text("owner_no_hash"),
    changeId: text("change_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.partyId, table.version] })],
);

export const holding = sqliteTable(
  "holding",
  {
    communityId: text("community_id").notNull(),
    unitId: text("unit_id").notNull(),
    holdingNo: integer("holding_no").notNull(),
    partyId: text("party_id").notNull(),
    role: text("role", { enum: ["owner", "designated"] }).notNull(),
    basis: text("basis", { enum: ["registered", "possession"] }).notNull(),
    fromOn: text("from_on").notNull(),
    toOn: text("to_on"),
    openedBy: text("opened_by").notNull(),
    closedBy: text("closed_by"),
    voidedBy: text("voided_by"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.unitId, table.holdingNo] })],
);

export const guardianship = sqliteTable(
  "guardianship",
  {
    communityId: text("community_id").notNull(),
    wardId: text("ward_id").notNull(),
    guardianshipNo: integer("guardianship_no").notNull(),
    guardianId: text("guardian_id").notNull(),
    fromOn: text("from_on").notNull(),
    toOn: text("to_on"),
    openedBy: text("opened_by").notNull(),
    closedBy: text("closed_by"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.wardId, table.guardianshipNo] })],
);

export const piiRead = sqliteTable(
  "pii_read",
  {
    communityId: text("community_id").notNull(),
    readId: text("read_id").notNull(),
    readAt: integer("read_at").notNull(),
    readBy: text("read_by").notNull(),
    what: text("what", { enum: ["reveal", "export", "contact"] }).notNull(),
    partyId: text("party_id"),
    fields: text("fields").notNull(),
    people: integer("people").notNull(),
    whySealed: text("why_sealed").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.readAt, table.readId] })],
);
