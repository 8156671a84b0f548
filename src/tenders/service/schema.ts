/** Drizzle's typed view of what watches the service of migrations/0044, 0053 and 0054. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";

export const tenderInspection = sqliteTable(
  "tender_inspection",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    inspectionNo: integer("inspection_no").notNull(),
    month: text("month").notNull(),
    building: text("building").notNull(),
    inspectedOn: text("inspected_on").$type<Day>().notNull(),
    items: text("items").notNull(),
    photos: text("photos").notNull(),
    points: integer("points").notNull(),
    ofPoints: integer("of_points").notNull(),
    corrects: integer("corrects"),
    why: text("why").notNull(),
    byPerson: text("by_person").notNull(),
    byWords: text("by_words").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.inspectionNo] })],
);

export const tenderRating = sqliteTable(
  "tender_rating",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    period: text("period").notNull(),
    household: text("household").notNull(),
    scores: text("scores").notNull(),
    total: integer("total").notNull(),
    count: integer("count").notNull(),
    wordsSealed: text("words_sealed").notNull(),
    ratedOn: text("rated_on").$type<Day>().notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.period, t.household] })],
);

export const tenderRequest = sqliteTable(
  "tender_request",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    requestNo: integer("request_no").notNull(),
    kind: text("kind").$type<"repair" | "complaint" | "inquiry" | "other">().notNull(),
    what: text("what").notNull(),
    place: text("place").notNull(),
    reportedOn: text("reported_on").$type<Day>().notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    enteredBy: text("entered_by").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.requestNo] })],
);

export const tenderRequestStep = sqliteTable(
  "tender_request_step",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    requestNo: integer("request_no").notNull(),
    step: text("step").$type<"answered" | "done">().notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    words: text("words").notNull(),
    enteredBy: text("entered_by").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.requestNo, t.step] })],
);

export const tenderServiceReport = sqliteTable(
  "tender_service_report",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    period: text("period").notNull(),
    figures: text("figures").notNull(),
    score: integer("score"),
    deductFen: integer("deduct_fen").notNull(),
    publishedBy: text("published_by").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.period] })],
);

export const tenderRatingInvitation = sqliteTable(
  "tender_rating_invitation",
  {
    communityId: text("community_id").notNull(),
    period: text("period").notNull(),
    households: integer("households").notNull(),
    untilOn: text("until_on").$type<Day>().notNull(),
    invitedAt: integer("invited_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.period] })],
);

export const tenderRatingLink = sqliteTable(
  "tender_rating_link",
  {
    communityId: text("community_id").notNull(),
    period: text("period").notNull(),
    headKey: text("head_key").notNull(),
    partyId: text("party_id").notNull(),
    actsId: text("acts_id").notNull(),
    tokenHash: text("token_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.period, t.headKey] })],
);

export const tenderRequestTold = sqliteTable(
  "tender_request_told",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    requestNo: integer("request_no").notNull(),
    toldId: text("told_id").notNull(),
    partyId: text("party_id").notNull(),
    textSealed: text("text_sealed").notNull(),
    photos: text("photos").notNull(),
    toldAt: integer("told_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.requestNo] })],
);

export const tenderRequestQueue = sqliteTable(
  "tender_request_queue",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    requestNo: integer("request_no").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    waits: integer("waits").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.requestNo] })],
);
