/** Drizzle's typed view of what migrations/0041 and 0050 hold of bidders. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { ConflictKind, LicenceKind } from "./rules.ts";

export const tenderContact = sqliteTable(
  "tender_contact",
  {
    communityId: text("community_id").notNull(),
    contactId: text("contact_id").notNull(),
    phoneSealed: text("phone_sealed").notNull(),
    phoneMasked: text("phone_masked").notNull(),
    firstAt: integer("first_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contactId] })],
);

export const tenderSession = sqliteTable(
  "tender_session",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    contactId: text("contact_id").notNull(),
    challengeId: text("challenge_id").notNull(),
    beganAt: integer("began_at").notNull(),
    endsAt: integer("ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const tenderBidder = sqliteTable(
  "tender_bidder",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    name: text("name").notNull(),
    code: text("code").notNull(),
    codeDoubt: text("code_doubt").$type<"" | "check">().notNull(),
    contactId: text("contact_id").notNull(),
    personsSealed: text("persons_sealed").notNull(),
    representativeMasked: text("representative_masked").notNull(),
    controllerMasked: text("controller_masked").notNull(),
    representativeHash: text("representative_hash").notNull(),
    controllerHash: text("controller_hash").notNull(),
    incumbent: integer("incumbent").$type<0 | 1>().notNull(),
    declarations: text("declarations").notNull(),
    registeredAt: integer("registered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId] })],
);

export const tenderBidderLot = sqliteTable(
  "tender_bidder_lot",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    joinedAt: integer("joined_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.lotNo] })],
);

export const tenderLicence = sqliteTable(
  "tender_licence",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    licenceNo: integer("licence_no").notNull(),
    kind: text("kind").$type<LicenceKind>().notNull(),
    number: text("number").notNull(),
    issuer: text("issuer").notNull(),
    expiresOn: text("expires_on").$type<Day | "">().notNull(),
    endsWithin: integer("ends_within").$type<0 | 1>().notNull(),
    fileId: text("file_id").notNull(),
    fileName: text("file_name").notNull(),
    fileHash: text("file_hash").notNull(),
    addedAt: integer("added_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.licenceNo] })],
);

export const tenderConfirmation = sqliteTable(
  "tender_confirmation",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    edition: integer("edition").notNull(),
    confirmedAt: integer("confirmed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.edition] })],
);

export const tenderConflict = sqliteTable(
  "tender_conflict",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    conflictNo: integer("conflict_no").notNull(),
    kind: text("kind").$type<ConflictKind>().notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    withId: text("with_id").notNull(),
    foundAt: integer("found_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.conflictNo] })],
);

export const tenderBidderCorrection = sqliteTable(
  "tender_bidder_correction",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    correctionNo: integer("correction_no").notNull(),
    name: text("name").notNull(),
    code: text("code").notNull(),
    codeDoubt: text("code_doubt").$type<"" | "check">().notNull(),
    contactId: text("contact_id").notNull(),
    personsSealed: text("persons_sealed").notNull(),
    representativeMasked: text("representative_masked").notNull(),
    controllerMasked: text("controller_masked").notNull(),
    representativeHash: text("representative_hash").notNull(),
    controllerHash: text("controller_hash").notNull(),
    incumbent: integer("incumbent").$type<0 | 1>().notNull(),
    correctedAt: integer("corrected_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.correctionNo] })],
);

export const tenderBidderLotMove = sqliteTable(
  "tender_bidder_lot_move",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    moveNo: integer("move_no").notNull(),
    kind: text("kind").$type<"left" | "back">().notNull(),
    movedAt: integer("moved_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.lotNo, t.moveNo] })],
);

export const tenderLicenceReplaced = sqliteTable(
  "tender_licence_replaced",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    licenceNo: integer("licence_no").notNull(),
    byLicenceNo: integer("by_licence_no").notNull(),
    replacedAt: integer("replaced_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.licenceNo] })],
);
