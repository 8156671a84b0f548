/** Drizzle's typed view of the tables of migrations/0032 and 0045. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { Opinion, Outcome, Point, Severity, TickResult } from "./fieldwork/rules.ts";
import type { AuditState, Commission } from "./rules.ts";

const of = { communityId: text("community_id").notNull(), engagementId: text("engagement_id").notNull() };

export const auditEngagement = sqliteTable(
  "audit_engagement",
  {
    ...of,
    number: integer("number").notNull(),
    commission: text("commission").$type<Commission>().notNull(),
    basis: text("basis").notNull(),
    books: text("books").notNull(),
    fromOn: text("from_on").$type<Day>().notNull(),
    toOn: text("to_on").$type<Day>().notNull(),
    firm: text("firm").notNull(),
    creditCode: text("credit_code").notNull(),
    auditorPersonId: text("auditor_person_id").notNull(),
    auditorShown: text("auditor_shown").notNull(),
    scope: text("scope").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    state: text("state").$type<AuditState>().notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
    responseDueOn: text("response_due_on").$type<Day>(),
    endedBy: text("ended_by"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
    endLeaf: text("end_leaf"),
    meeting: integer("meeting"),
    item: integer("item"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId] })],
);

export const auditPopulation = sqliteTable(
  "audit_population",
  {
    ...of,
    vouchers: integer("vouchers").notNull(),
    totalFen: integer("total_fen").notNull(),
    listHash: text("list_hash").notNull(),
    logSize: integer("log_size").notNull(),
    frozenBy: text("frozen_by").notNull(),
    frozenAt: integer("frozen_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId] })],
);

export const auditSeed = sqliteTable(
  "audit_seed",
  {
    ...of,
    sampleNo: integer("sample_no").notNull(),
    commitment: text("commitment").notNull(),
    seedSealed: text("seed_sealed").notNull(),
    committedAt: integer("committed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.sampleNo] })],
);

export const auditSample = sqliteTable(
  "audit_sample",
  {
    ...of,
    sampleNo: integer("sample_no").notNull(),
    asked: text("asked").notNull(),
    seed: text("seed").notNull(),
    related: text("related").notNull(),
    drawn: text("drawn").notNull(),
    drawnHash: text("drawn_hash").notNull(),
    drawnBy: text("drawn_by").notNull(),
    drawnAt: integer("drawn_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.sampleNo] })],
);

export const auditItem = sqliteTable(
  "audit_item",
  {
    ...of,
    itemNo: integer("item_no").notNull(),
    voucherId: text("voucher_id").notNull(),
    sampleNo: integer("sample_no").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.itemNo] })],
);

export const auditTick = sqliteTable(
  "audit_tick",
  {
    ...of,
    itemNo: integer("item_no").notNull(),
    point: text("point").$type<Point>().notNull(),
    turn: integer("turn").notNull(),
    result: text("result").$type<TickResult>().notNull(),
    noteSealed: text("note_sealed").notNull(),
    tickedBy: text("ticked_by").notNull(),
    tickedAt: integer("ticked_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.itemNo, t.point, t.turn] })],
);

export const auditFinding = sqliteTable(
  "audit_finding",
  {
    ...of,
    findingNo: integer("finding_no").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    text: text("text").notNull(),
    items: text("items").notNull(),
    amountFen: integer("amount_fen").notNull(),
    recommendation: text("recommendation").notNull(),
    strikes: integer("strikes"),
    foundBy: text("found_by").notNull(),
    foundAt: integer("found_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.findingNo] })],
);

export const auditResponse = sqliteTable(
  "audit_response",
  {
    ...of,
    findingNo: integer("finding_no").notNull(),
    text: text("text").notNull(),
    respondedBy: text("responded_by").notNull(),
    respondedAt: integer("responded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.findingNo] })],
);

export const auditConclusion = sqliteTable(
  "audit_conclusion",
  {
    ...of,
    findingNo: integer("finding_no").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    text: text("text").notNull(),
    concludedBy: text("concluded_by").notNull(),
    concludedOn: text("concluded_on").$type<Day>().notNull(),
    concludedAt: integer("concluded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId, t.findingNo] })],
);

export const auditOpinion = sqliteTable(
  "audit_opinion",
  {
    ...of,
    opinion: text("opinion").$type<Opinion>().notNull(),
    words: text("words").notNull(),
    reportFileId: text("report_file_id").notNull(),
    reportName: text("report_name").notNull(),
    reportSha256: text("report_sha256").notNull(),
    publishedBy: text("published_by").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.engagementId] })],
);
