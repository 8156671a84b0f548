/** Drizzle's typed view of the tables of migrations/0021 and 0036. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { Period } from "../books/rules.ts";

export const distribution = sqliteTable(
  "distribution",
  {
    communityId: text("community_id").notNull(),
    distributionId: text("distribution_id").notNull(),
    number: integer("number").notNull(),
    throughPeriod: text("through_period").$type<Period>().notNull(),
    plan: text("plan").notNull(),
    netFen: integer("net_fen").notNull(),
    toFundFen: integer("to_fund_fen").notNull(),
    usesFen: integer("uses_fen").notNull(),
    toOwnersFen: integer("to_owners_fen").notNull(),
    asOf: text("as_of").$type<Day>().notNull(),
    areaDm2: integer("area_dm2").notNull(),
    units: integer("units").notNull(),
    sharesHash: text("shares_hash").notNull(),
    voucherId: text("voucher_id").notNull(),
    plannedBy: text("planned_by").notNull(),
    plannedAt: integer("planned_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.distributionId] })],
);

export const distributionShare = sqliteTable(
  "distribution_share",
  {
    communityId: text("community_id").notNull(),
    distributionId: text("distribution_id").notNull(),
    unitId: text("unit_id").notNull(),
    headKey: text("head_key").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    fen: integer("fen").notNull(),
    roundedUp: integer("rounded_up").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.distributionId, t.unitId] })],
);

export const distributionPayment = sqliteTable(
  "distribution_payment",
  {
    communityId: text("community_id").notNull(),
    distributionId: text("distribution_id").notNull(),
    unitId: text("unit_id").notNull(),
    voucherId: text("voucher_id").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.distributionId, t.unitId] })],
);

export const distributionFundVoucher = sqliteTable(
  "distribution_fund_voucher",
  {
    communityId: text("community_id").notNull(),
    distributionId: text("distribution_id").notNull(),
    role: text("role").notNull(),
    voucherId: text("voucher_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.distributionId, t.role, t.voucherId] })],
);
