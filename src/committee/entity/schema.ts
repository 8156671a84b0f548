/** Drizzle's typed view of the legal person and its seals; migrations/0015 is the truth, and a test compares the two. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { EntityForm, HolderKind, ReportKind, SealEvent, SealKind } from "./rules.ts";

export const committeeEntity = sqliteTable(
  "committee_entity",
  {
    communityId: text("community_id").notNull(),
    version: integer("version").notNull(),
    form: text("form").$type<EntityForm>().notNull(),
    name: text("name").notNull(),
    supervisingUnit: text("supervising_unit").notNull(),
    registrationAuthority: text("registration_authority").notNull(),
    creditCode: text("credit_code").notNull(),
    registeredOn: text("registered_on"),
    representativeTenureId: text("representative_tenure_id").notNull(),
    holderKind: text("holder_kind").$type<HolderKind>().notNull(),
    holderName: text("holder_name").notNull(),
    bank: text("bank").notNull(),
    accountSealed: text("account_sealed").notNull(),
    accountMasked: text("account_masked").notNull(),
    changedOn: text("changed_on").notNull(),
    document: text("document").notNull(),
    salt: text("salt").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.version] })],
);

export const committeeEntityReport = sqliteTable(
  "committee_entity_report",
  {
    communityId: text("community_id").notNull(),
    kind: text("kind").$type<ReportKind>().notNull(),
    subject: integer("subject").notNull(),
    sentOn: text("sent_on").notNull(),
    document: text("document").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.kind, t.subject] })],
);

export const committeeSeal = sqliteTable(
  "committee_seal",
  {
    communityId: text("community_id").notNull(),
    sealId: text("seal_id").notNull(),
    eventNo: integer("event_no").notNull(),
    kind: text("kind").$type<SealKind>().notNull(),
    event: text("event").$type<SealEvent>().notNull(),
    keeperTenureId: text("keeper_tenure_id").notNull(),
    onDay: text("on_day").notNull(),
    document: text("document").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sealId, t.eventNo] })],
);
