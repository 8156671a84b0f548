/** Drizzle's typed view of the tables of scoring in migrations/0043. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderExpert = sqliteTable(
  "tender_expert",
  {
    communityId: text("community_id").notNull(),
    expertNo: integer("expert_no").notNull(),
    nameSealed: text("name_sealed").notNull(),
    phoneSealed: text("phone_sealed").notNull(),
    phoneHash: text("phone_hash").notNull(),
    speciality: text("speciality").notNull(),
    organisation: text("organisation").notNull(),
    source: text("source").notNull(),
    addedBy: text("added_by").notNull(),
    addedAt: integer("added_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.expertNo] })],
);

export const tenderExpertGone = sqliteTable(
  "tender_expert_gone",
  {
    communityId: text("community_id").notNull(),
    expertNo: integer("expert_no").notNull(),
    why: text("why").notNull(),
    goneBy: text("gone_by").notNull(),
    goneAt: integer("gone_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.expertNo] })],
);

export const tenderPanel = sqliteTable(
  "tender_panel",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    commitment: text("commitment").notNull(),
    seedSealed: text("seed_sealed").notNull(),
    tieCommitment: text("tie_commitment").notNull(),
    tieSeedSealed: text("tie_seed_sealed").notNull(),
    pool: text("pool").notNull(),
    size: integer("size").notNull(),
    experts: integer("experts").notNull(),
    combining: text("combining").$type<"average" | "sum">().notNull(),
    expertShare: integer("expert_share").notNull(),
    preparedBy: text("prepared_by").notNull(),
    preparedAt: integer("prepared_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderPanelDrawn = sqliteTable(
  "tender_panel_drawn",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    seed: text("seed").notNull(),
    purpose: text("purpose").notNull(),
    drawn: text("drawn").notNull(),
    passedOver: text("passed_over").notNull(),
    drawnBy: text("drawn_by").notNull(),
    drawnAt: integer("drawn_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderMember = sqliteTable(
  "tender_member",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    kind: text("kind").$type<"expert" | "representative">().notNull(),
    expertNo: integer("expert_no"),
    nameSealed: text("name_sealed").notNull(),
    phoneSealed: text("phone_sealed").notNull(),
    speciality: text("speciality").notNull(),
    organisation: text("organisation").notNull(),
    inPlaceOf: integer("in_place_of"),
    appointedBy: text("appointed_by").notNull(),
    appointedAt: integer("appointed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);

export const tenderMemberLink = sqliteTable(
  "tender_member_link",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    generation: integer("generation").notNull(),
    tokenHash: text("token_hash").notNull(),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo, t.generation] })],
);

export const tenderMemberAnswer = sqliteTable(
  "tender_member_answer",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    answeredAt: integer("answered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);

export const tenderMemberLeft = sqliteTable(
  "tender_member_left",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    cause: text("cause").$type<"declared" | "related" | "absent">().notNull(),
    why: text("why").notNull(),
    leftBy: text("left_by").notNull(),
    leftAt: integer("left_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);

export const tenderFinding = sqliteTable(
  "tender_finding",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    edition: integer("edition").notNull(),
    shown: text("shown").notNull(),
    voidWhy: text("void_why"),
    foundBy: text("found_by").notNull(),
    foundAt: integer("found_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo, t.edition] })],
);

export const tenderCompared = sqliteTable(
  "tender_compared",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    name: text("name").notNull(),
    code: text("code").notNull(),
    prices: text("prices").notNull(),
    totalHundredths: integer("total_hundredths"),
    voidWhy: text("void_why"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo] })],
);

export const tenderLotOver = sqliteTable(
  "tender_lot_over",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    cause: text("cause").$type<"few_bidders" | "none_chosen" | "quorum_not_met">().notNull(),
    overAt: integer("over_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo] })],
);

export const tenderScoring = sqliteTable(
  "tender_scoring",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    closedAt: integer("closed_at"),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderFact = sqliteTable(
  "tender_fact",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    criterion: text("criterion").notNull(),
    edition: integer("edition").notNull(),
    points: integer("points").notNull(),
    evidence: text("evidence").notNull(),
    givenBy: text("given_by").notNull(),
    givenAt: integer("given_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo, t.criterion, t.edition] })],
);

export const tenderSheet = sqliteTable(
  "tender_sheet",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    commitment: text("commitment").notNull(),
    sheetSealed: text("sheet_sealed").notNull(),
    committedAt: integer("committed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);

export const tenderSheetRevealed = sqliteTable(
  "tender_sheet_revealed",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    sheet: text("sheet").notNull(),
    nonce: text("nonce").notNull(),
    revealedAt: integer("revealed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);

export const tenderSheetMismatch = sqliteTable(
  "tender_sheet_mismatch",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    offered: text("offered").notNull(),
    offeredAt: integer("offered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo, t.offered] })],
);

export const tenderResult = sqliteTable(
  "tender_result",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    inputs: text("inputs").notNull(),
    results: text("results").notNull(),
    seed: text("seed").notNull(),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderMemberNamed = sqliteTable(
  "tender_member_named",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    memberNo: integer("member_no").notNull(),
    name: text("name").notNull(),
    namedAt: integer("named_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.memberNo] })],
);
