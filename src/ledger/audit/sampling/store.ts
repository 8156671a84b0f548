/** The SQL of populations, seeds and samples: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Book, Period, VoucherKind } from "../../books/rules.ts";
import { auditPopulation, auditSample, auditSeed } from "../schema.ts";
import type { AuditKey } from "../store.ts";
import type { Listed, SampleAsked } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

interface StoredListed {
  readonly voucherId: string;
  readonly book: Book;
  readonly period: Period;
  readonly number: number;
  readonly on: Day;
  readonly amountFen: number;
  readonly kind: VoucherKind;
  readonly decided: number;
  readonly files: number;
  readonly leafHash: string;
}
export interface ListedVoucher extends Listed {
  readonly voucherId: string;
}
export const listedFrom = ({ decided, ...row }: StoredListed): ListedVoucher => ({ ...row, isDecided: decided === 1 });

/** Posted vouchers of some books and days in the order of their list: book, month, number. */
export const listPopulation = (
  { db, community }: Here,
  span: { readonly books: readonly Book[]; readonly fromOn: Day; readonly toOn: Day },
  limit: number,
): Query<StoredListed[]> =>
  db.all(
    sql`SELECT v.voucher_id AS voucherId, v.book, v.period, v.number, v.on_day AS "on", v.amount_fen AS amountFen, v.kind, v.decision IS NOT NULL AS decided,
          json_array_length(v.attachments) AS files, v.leaf_hash AS leafHash
        FROM ledger_voucher v
        WHERE v.community_id = ${community.id} AND v.book IN (SELECT value FROM json_each(${JSON.stringify(span.books)}))
          AND v.period >= ${span.fromOn.slice(0, 7)} AND v.period <= ${span.toOn.slice(0, 7)} AND v.number IS NOT NULL
          AND v.on_day >= ${span.fromOn} AND v.on_day <= ${span.toOn}
        ORDER BY v.book, v.period, v.number LIMIT CAST(${limit} AS INTEGER)`,
  );

/** Counterparties of vouchers that are natural persons', sealed; for telling whether a text names one. */
export const listCounterparties = (
  { db, community }: Here,
  voucherIds: readonly string[],
): Query<{ voucherId: string; counterpartySealed: string; counterpartyShown: string }[]> =>
  db.all(
    sql`SELECT v.voucher_id AS voucherId, v.counterparty_sealed AS counterpartySealed, v.counterparty_shown AS counterpartyShown
        FROM json_each(${JSON.stringify(voucherIds)}) j JOIN ledger_voucher v ON v.community_id = ${community.id} AND v.voucher_id = j.value`,
  );

export interface PopulationRow {
  readonly vouchers: number;
  readonly totalFen: number;
  readonly listHash: string;
  /** How many entries the record had. */
  readonly logSize: number;
  readonly frozenAt: Instant;
  readonly leafHash: string;
}
export const findPopulation = ({ db, community }: Here, key: AuditKey): Query<PopulationRow[]> =>
  db.all(
    sql`SELECT vouchers, total_fen AS totalFen, list_hash AS listHash, log_size AS logSize, frozen_at AS frozenAt, leaf_hash AS leafHash
        FROM audit_population WHERE community_id = ${community.id} AND engagement_id = ${key}`,
  );
export const insertPopulation = (
  { db, community }: Here,
  row: Omit<typeof auditPopulation.$inferInsert, "communityId">,
): Query => db.orm.insert(auditPopulation).values({ communityId: community.id, ...row });

export interface SeedRow {
  readonly engagementId: string;
  readonly sampleNo: number;
  readonly commitment: string;
  readonly seedSealed: string;
  readonly committedAt: Instant;
}
/** Every seed committed to, in order; the last is the one of the next sample. */
export const listSeeds = ({ db, community }: Here, key: AuditKey): Query<SeedRow[]> =>
  db.all(
    sql`SELECT engagement_id AS engagementId, sample_no AS sampleNo, commitment, seed_sealed AS seedSealed, committed_at AS committedAt
        FROM audit_seed WHERE community_id = ${community.id} AND engagement_id = ${key} ORDER BY sample_no`,
  );
export const insertSeed = ({ db, community }: Here, row: Omit<typeof auditSeed.$inferInsert, "communityId">): Query =>
  db.orm.insert(auditSeed).values({ communityId: community.id, ...row });

export interface SampleRow {
  readonly sampleNo: number;
  readonly asked: SampleAsked;
  /** Revealed: 64 hex digits. */
  readonly seed: string;
  readonly related: readonly string[];
  readonly drawn: readonly string[];
  readonly drawnHash: string;
  readonly drawnAt: Instant;
  readonly leafHash: string;
}
type StoredSample = Omit<SampleRow, "asked" | "related" | "drawn"> & {
  readonly asked: string;
  readonly related: string;
  readonly drawn: string;
};
export const sampleFrom = (row: StoredSample): SampleRow => ({
  ...row,
  asked: JSON.parse(row.asked) as SampleAsked,
  related: JSON.parse(row.related) as string[],
  drawn: JSON.parse(row.drawn) as string[],
});
export const listSamples = ({ db, community }: Here, key: AuditKey): Query<StoredSample[]> =>
  db.all(
    sql`SELECT sample_no AS sampleNo, asked, seed, related, drawn, drawn_hash AS drawnHash, drawn_at AS drawnAt, leaf_hash AS leafHash
        FROM audit_sample WHERE community_id = ${community.id} AND engagement_id = ${key} ORDER BY sample_no`,
  );
export const insertSample = (
  { db, community }: Here,
  row: Omit<typeof auditSample.$inferInsert, "communityId">,
): Query => db.orm.insert(auditSample).values({ communityId: community.id, ...row });

/** Puts drawn vouchers on the working sheet behind those that are there; one that is there already is passed over. */
export const insertItems = (
  { db, community }: Here,
  engagementId: string,
  sampleNo: number,
  voucherIds: readonly string[],
): Query =>
  db.run(
    sql`INSERT INTO audit_item(community_id, engagement_id, item_no, voucher_id, sample_no)
        SELECT ${community.id}, ${engagementId},
          (SELECT coalesce(max(i.item_no), 0) FROM audit_item i WHERE i.community_id = ${community.id} AND i.engagement_id = ${engagementId})
            + row_number() OVER (ORDER BY j.key), j.value, CAST(${sampleNo} AS INTEGER)
        FROM json_each(${JSON.stringify(voucherIds)}) j
        WHERE NOT EXISTS (SELECT 1 FROM audit_item x WHERE x.community_id = ${community.id} AND x.engagement_id = ${engagementId} AND x.voucher_id = j.value)`,
  );
