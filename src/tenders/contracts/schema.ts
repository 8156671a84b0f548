/** Drizzle's typed view of the contracts of migrations/0044. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { Service } from "../scheme/rules.ts";
import type { Extent } from "./giving-on/rules.ts";

export type ContractState = "drafted" | "signed" | "refused" | "withdrawn";
export type EditionKind = "first" | "change" | "extension";
export type EditionState = "waiting" | "in_force" | "refused" | "withdrawn";

export const tenderContract = sqliteTable(
  "tender_contract",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    number: integer("number").notNull(),
    tenderId: text("tender_id"),
    providerName: text("provider_name").notNull(),
    providerCode: text("provider_code").notNull(),
    title: text("title").notNull(),
    basis: text("basis").notNull(),
    state: text("state").$type<ContractState>().notNull(),
    version: integer("version").notNull().default(1),
    edition: integer("edition").notNull().default(1),
    fromOn: text("from_on").$type<Day>().notNull(),
    toOn: text("to_on").$type<Day>().notNull(),
    endsOn: text("ends_on").$type<Day>(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    decidedWhy: text("decided_why"),
    signedOn: text("signed_on").$type<Day>(),
    filedOn: text("filed_on").$type<Day>(),
    filedWords: text("filed_words"),
    filedLeaf: text("filed_leaf"),
    takenOverOn: text("taken_over_on").$type<Day>(),
    takenOverLeaf: text("taken_over_leaf"),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId] })],
);

export const tenderContractEdition = sqliteTable(
  "tender_contract_edition",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    edition: integer("edition").notNull(),
    kind: text("kind").$type<EditionKind>().notNull(),
    terms: text("terms").notNull(),
    termsHash: text("terms_hash").notNull(),
    why: text("why").notNull(),
    decision: text("decision"),
    file: text("file").notNull(),
    state: text("state").$type<EditionState>().notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    decidedWhy: text("decided_why"),
    signedOn: text("signed_on").$type<Day>(),
    draftLeaf: text("draft_leaf").notNull(),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.edition] })],
);

export const tenderContractLot = sqliteTable(
  "tender_contract_lot",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    contractId: text("contract_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo] })],
);

export const tenderSubcontract = sqliteTable(
  "tender_subcontract",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    subNo: integer("sub_no").notNull(),
    service: text("service").$type<Service>().notNull(),
    extent: text("extent").$type<Extent | "none">().notNull(),
    words: text("words").notNull(),
    contractorName: text("contractor_name").notNull(),
    contractorCode: text("contractor_code").notNull(),
    fromOn: text("from_on").$type<Day>().notNull(),
    toOn: text("to_on").$type<Day>().notNull(),
    strikes: integer("strikes"),
    registeredBy: text("registered_by").notNull(),
    registeredAt: integer("registered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.subNo] })],
);

export const tenderPayment = sqliteTable(
  "tender_payment",
  {
    communityId: text("community_id").notNull(),
    voucherId: text("voucher_id").notNull(),
    contractId: text("contract_id").notNull(),
    planNo: integer("plan_no").notNull(),
    deductFen: integer("deduct_fen").notNull(),
    reportPeriod: text("report_period"),
    namedBy: text("named_by").notNull(),
    namedAt: integer("named_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.voucherId] })],
);
