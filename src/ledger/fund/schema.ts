/** Drizzle's typed view of the tables of migrations/0022 and 0037. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { Path, StepKind } from "./projects/rules.ts";
import type { Mode } from "./rules.ts";

export const fundMode = sqliteTable(
  "fund_mode",
  {
    communityId: text("community_id").notNull(),
    number: integer("number").notNull(),
    mode: text("mode").$type<Mode>().notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    words: text("words").notNull(),
    meetingId: text("meeting_id").notNull(),
    meeting: integer("meeting").notNull(),
    item: integer("item").notNull(),
    setBy: text("set_by").notNull(),
    setAt: integer("set_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.number] })],
);

export const fundProject = sqliteTable(
  "fund_project",
  {
    communityId: text("community_id").notNull(),
    projectId: text("project_id").notNull(),
    number: integer("number").notNull(),
    path: text("path").$type<Path>().notNull(),
    title: text("title").notNull(),
    plan: text("plan").notNull(),
    emergencyCase: text("emergency_case"),
    estimateFen: integer("estimate_fen").notNull(),
    scope: text("scope").notNull(),
    attachments: text("attachments").notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: integer("proposed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.projectId] })],
);

export const fundStep = sqliteTable(
  "fund_step",
  {
    communityId: text("community_id").notNull(),
    projectId: text("project_id").notNull(),
    kind: text("kind").$type<StepKind>().notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    facts: text("facts").notNull(),
    attachments: text("attachments").notNull(),
    stepBy: text("step_by").notNull(),
    stepAt: integer("step_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.projectId, t.kind] })],
);

export const fundMovement = sqliteTable(
  "fund_movement",
  {
    communityId: text("community_id").notNull(),
    movementId: text("movement_id").notNull(),
    number: integer("number").notNull(),
    kind: text("kind").notNull(),
    named: text("named"),
    onDay: text("on_day").$type<Day>().notNull(),
    words: text("words").notNull(),
    amountFen: integer("amount_fen").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    units: integer("units").notNull(),
    sharesHash: text("shares_hash").notNull(),
    projectId: text("project_id"),
    overWhy: text("over_why"),
    voucherId: text("voucher_id").notNull(),
    movedBy: text("moved_by").notNull(),
    movedAt: integer("moved_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.movementId] })],
);

export const fundShare = sqliteTable(
  "fund_share",
  {
    communityId: text("community_id").notNull(),
    movementId: text("movement_id").notNull(),
    unitId: text("unit_id").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    fen: integer("fen").notNull(),
    firstFen: integer("first_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.movementId, t.unitId] })],
);

export const fundUnit = sqliteTable(
  "fund_unit",
  {
    communityId: text("community_id").notNull(),
    unitId: text("unit_id").notNull(),
    building: text("building").notNull(),
    entries: integer("entries").notNull(),
    firstFen: integer("first_fen").notNull(),
    balanceFen: integer("balance_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.unitId] })],
);

export const fundEntry = sqliteTable(
  "fund_entry",
  {
    communityId: text("community_id").notNull(),
    unitId: text("unit_id").notNull(),
    entryNo: integer("entry_no").notNull(),
    movementId: text("movement_id").notNull(),
    voucherId: text("voucher_id").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    fen: integer("fen").notNull(),
    firstFen: integer("first_fen").notNull(),
    balanceFen: integer("balance_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.unitId, t.entryNo] })],
);

export const fundBuilding = sqliteTable(
  "fund_building",
  {
    communityId: text("community_id").notNull(),
    building: text("building").notNull(),
    units: integer("units").notNull(),
    lowUnits: integer("low_units").notNull(),
    firstFen: integer("first_fen").notNull(),
    balanceFen: integer("balance_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.building] })],
);

export const fundFiling = sqliteTable(
  "fund_filing",
  {
    communityId: text("community_id").notNull(),
    projectId: text("project_id").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    words: text("words").notNull(),
    attachments: text("attachments").notNull(),
    filedBy: text("filed_by").notNull(),
    filedAt: integer("filed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.projectId] })],
);

export const fundTransfer = sqliteTable(
  "fund_transfer",
  {
    communityId: text("community_id").notNull(),
    number: integer("number").notNull(),
    meetingId: text("meeting_id").notNull(),
    meeting: integer("meeting").notNull(),
    item: integer("item").notNull(),
    noticedOn: text("noticed_on").$type<Day>().notNull(),
    words: text("words").notNull(),
    noticedBy: text("noticed_by").notNull(),
    noticedAt: integer("noticed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.number] })],
);

export const fundReminder = sqliteTable(
  "fund_reminder",
  {
    communityId: text("community_id").notNull(),
    year: integer("year").notNull(),
    unitId: text("unit_id").notNull(),
    missingFen: integer("missing_fen").notNull(),
    askedBy: text("asked_by").notNull(),
    askedAt: integer("asked_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.year, t.unitId] })],
);

export const fundYear = sqliteTable(
  "fund_year",
  {
    communityId: text("community_id").notNull(),
    year: integer("year").notNull(),
    edition: integer("edition").notNull(),
    content: text("content").notNull(),
    contentHash: text("content_hash").notNull(),
    why: text("why").notNull(),
    publishedBy: text("published_by").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.year, t.edition] })],
);
