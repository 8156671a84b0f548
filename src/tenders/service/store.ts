/** The SQL of what watches the service: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { ContractKey } from "../contracts/store.ts";
import type { InspectionItem, Measured, ServicePeriod, Weights } from "./rules.ts";
import { tenderRating, tenderServiceReport } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type Writing = Pick<Scene, "db" | "community" | "now">;

// ——— Inspections ———

export interface Photo {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}
export interface InspectionRow {
  readonly inspectionNo: number;
  readonly month: string;
  readonly building: string;
  readonly inspectedOn: Day;
  readonly items: readonly InspectionItem[];
  readonly photos: readonly Photo[];
  readonly points: number;
  readonly ofPoints: number;
  readonly corrects: number | null;
  readonly why: string;
  readonly byWords: string;
  readonly at: Instant;
  readonly leafHash: string;
  readonly correctedBy: number | null;
}
type StoredInspection = Omit<InspectionRow, "items" | "photos"> & { readonly items: string; readonly photos: string };
export const inspectionFrom = (row: StoredInspection): InspectionRow => ({
  ...row,
  items: JSON.parse(row.items) as InspectionItem[],
  photos: JSON.parse(row.photos) as Photo[],
});
const CORRECTED = sql`(SELECT x.inspection_no FROM tender_inspection x INDEXED BY tender_inspection_by_month WHERE x.community_id = i.community_id AND x.contract_id = i.contract_id
  AND x.month = i.month AND x.building = i.building AND x.corrects = i.inspection_no)`;
const INSPECTION = sql`i.inspection_no AS inspectionNo, i.month, i.building, i.inspected_on AS inspectedOn, i.items, i.photos, i.points, i.of_points AS ofPoints, i.corrects, i.why,
  i.by_words AS byWords, i.at, i.leaf_hash AS leafHash, ${CORRECTED} AS correctedBy`;

/** The sheets of a month or of several, the newest first. */
export const listInspections = (
  { db, community }: Here,
  key: ContractKey,
  months: { readonly from: string; readonly to: string },
): Query<StoredInspection[]> =>
  db.all(
    sql`SELECT ${INSPECTION} FROM tender_inspection i INDEXED BY tender_inspection_by_month WHERE i.community_id = ${community.id} AND i.contract_id = ${key}
        AND i.month BETWEEN ${months.from} AND ${months.to} ORDER BY i.month DESC, i.building, i.inspection_no`,
  );
export const findInspection = ({ db, community }: Here, key: ContractKey, no: number): Query<StoredInspection[]> =>
  db.all(
    sql`SELECT ${INSPECTION} FROM tender_inspection i WHERE i.community_id = ${community.id} AND i.contract_id = ${key} AND i.inspection_no = CAST(${no} AS INTEGER)`,
  );
/** What the sheets that stand of these months come to. */
export const sumInspections = (
  { db, community }: Here,
  key: ContractKey,
  months: { readonly from: string; readonly to: string },
): Query<{ got: number; possible: number; sheets: number }[]> =>
  db.all(
    sql`SELECT coalesce(sum(i.points), 0) AS got, coalesce(sum(i.of_points), 0) AS possible, count(*) AS sheets
        FROM tender_inspection i INDEXED BY tender_inspection_by_month WHERE i.community_id = ${community.id} AND i.contract_id = ${key} AND i.month BETWEEN ${months.from} AND ${months.to} AND ${CORRECTED} IS NULL`,
  );
/** The next sheet; its number is taken in the write. */
export const insertInspection = (
  { db, community, now }: Writing,
  contractId: string,
  row: Omit<InspectionRow, "inspectionNo" | "at" | "correctedBy"> & { readonly byPerson: string },
): Query =>
  db.run(
    sql`INSERT INTO tender_inspection(community_id, contract_id, inspection_no, month, building, inspected_on, items, photos, points, of_points, corrects, why, by_person, by_words, at, leaf_hash)
        SELECT ${community.id}, ${contractId}, coalesce(max(inspection_no), 0) + 1, ${row.month}, ${row.building}, ${row.inspectedOn}, ${JSON.stringify(row.items)},
          ${JSON.stringify(row.photos)}, CAST(${row.points} AS INTEGER), CAST(${row.ofPoints} AS INTEGER), CAST(${row.corrects} AS INTEGER), ${row.why}, ${row.byPerson},
          ${row.byWords}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM tender_inspection WHERE community_id = ${community.id} AND contract_id = ${contractId}`,
  );

// ——— Ratings ———

export const insertRating = (
  { db, community }: Here,
  row: Omit<typeof tenderRating.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderRating).values({ communityId: community.id, ...row });
/** What a household gave; its key is a keyed hash. */
export const findRating = (
  { db, community }: Here,
  key: ContractKey,
  period: ServicePeriod,
  household: string,
): Query<{ scores: string; ratedOn: Day; leafHash: string }[]> =>
  db.all(
    sql`SELECT scores, rated_on AS ratedOn, leaf_hash AS leafHash FROM tender_rating
        WHERE community_id = ${community.id} AND contract_id = ${key} AND period = ${period} AND household = ${household}`,
  );
/** Households and the sum of their scores, and by clause: how often which score, for figures only. */
export const sumRatings = (
  { db, community }: Here,
  key: ContractKey,
  period: ServicePeriod,
): Query<{ households: number; total: number; count: number }[]> =>
  db.all(
    sql`SELECT count(*) AS households, coalesce(sum(total), 0) AS total, coalesce(sum(count), 0) AS count FROM tender_rating
        WHERE community_id = ${community.id} AND contract_id = ${key} AND period = ${period}`,
  );
export const sumRatingsByClause = (
  { db, community }: Here,
  key: ContractKey,
  period: ServicePeriod,
): Query<{ at: number; total: number; count: number }[]> =>
  db.all(
    sql`SELECT j.key AS at, sum(j.value) AS total, count(*) AS count FROM tender_rating r, json_each(r.scores) j
        WHERE r.community_id = ${community.id} AND r.contract_id = ${key} AND r.period = ${period} GROUP BY j.key ORDER BY j.key`,
  );
/** Owners' own words, in no order that says whose they are. Officers open them; pages show them to nobody. */
export const listRatingWords = (
  { db, community }: Here,
  key: ContractKey,
  period: ServicePeriod,
  most: number,
): Query<{ contractId: string; period: string; household: string; wordsSealed: string }[]> =>
  db.all(
    sql`SELECT contract_id AS contractId, period, household, words_sealed AS wordsSealed FROM tender_rating
        WHERE community_id = ${community.id} AND contract_id = ${key} AND period = ${period} AND words_sealed <> '' ORDER BY household LIMIT CAST(${most} AS INTEGER)`,
  );

// ——— Reports ———

/** What a report says, all of it recomputable from what lies below it. */
export interface ReportFigures {
  readonly measured: Measured;
  readonly weights: Weights;
  readonly sheets: number;
  readonly households: number;
  readonly leastRatings: number;
  /** By clause, where enough rated: the sum of scores and how many. */
  readonly clauses: readonly { readonly clause: string; readonly total: number; readonly count: number }[];
  readonly baseFen: Fen;
}
export interface ReportRow {
  readonly period: ServicePeriod;
  readonly figures: ReportFigures;
  readonly score: number | null;
  readonly deductFen: Fen;
  readonly publishedAt: Instant;
  readonly leafHash: string;
}
type StoredReport = Omit<ReportRow, "figures"> & { readonly figures: string };
export const reportFrom = (row: StoredReport): ReportRow => ({
  ...row,
  figures: JSON.parse(row.figures) as ReportFigures,
});
const REPORT = sql`r.period, r.figures, r.score, r.deduct_fen AS deductFen, r.published_at AS publishedAt, r.leaf_hash AS leafHash`;
/** The published reports of a contract, the oldest first. */
export const listReports = ({ db, community }: Here, key: ContractKey): Query<StoredReport[]> =>
  db.all(
    sql`SELECT ${REPORT} FROM tender_service_report r WHERE r.community_id = ${community.id} AND r.contract_id = ${key} ORDER BY r.period`,
  );
/** The newest of all contracts, for the feed. */
export const listNewestReports = (
  { db, community }: Here,
  most: number,
): Query<{ number: number; title: string; period: ServicePeriod; score: number | null; publishedAt: Instant }[]> =>
  db.all(
    sql`SELECT c.number, c.title, r.period, r.score, r.published_at AS publishedAt FROM tender_contract c
        JOIN tender_service_report r ON r.community_id = c.community_id AND r.contract_id = c.contract_id
        WHERE c.community_id = ${community.id} ORDER BY r.published_at DESC LIMIT CAST(${most} AS INTEGER)`,
  );
/** The published reports of every contract of a tender, the oldest first. */
export const listReportsOfTender = (
  { db, community }: Here,
  tender: string | SQL,
): Query<{ contractId: string; period: ServicePeriod; score: number | null; publishedAt: Instant }[]> =>
  db.all(
    sql`SELECT r.contract_id AS contractId, r.period, r.score, r.published_at AS publishedAt
        FROM tender_contract c JOIN tender_service_report r ON r.community_id = c.community_id AND r.contract_id = c.contract_id
        WHERE c.community_id = ${community.id} AND c.tender_id = ${tender} ORDER BY r.period`,
  );
export const insertReport = (
  { db, community }: Here,
  row: Omit<typeof tenderServiceReport.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderServiceReport).values({ communityId: community.id, ...row });

export interface HistoryRow {
  readonly number: number;
  readonly title: string;
  readonly period: ServicePeriod;
  readonly score: number | null;
  readonly deductFen: Fen;
}
/** How a provider served this estate before, period by period, the oldest first: for its page, and for whoever compares bids. `code` is SQL or the eighteen characters. */
export const serviceHistory = ({ db, community }: Here, code: string | SQL): Query<HistoryRow[]> =>
  db.all(
    sql`SELECT c.number, c.title, r.period, r.score, r.deduct_fen AS deductFen
        FROM tender_contract c JOIN tender_service_report r ON r.community_id = c.community_id AND r.contract_id = c.contract_id
        WHERE c.community_id = ${community.id} AND c.provider_code = ${code} AND c.state = 'signed' ORDER BY r.period, c.number`,
  );

/** Who served this estate before, each with its last published score: the newest first. */
export const listLastScores = (
  { db, community }: Here,
  most: number,
): Query<{ name: string; code: string; period: ServicePeriod; score: number | null; reports: number }[]> =>
  db.all(
    sql`SELECT c.provider_name AS name, c.provider_code AS code, max(r.period) AS period, r.score, count(*) AS reports
        FROM tender_contract c JOIN tender_service_report r ON r.community_id = c.community_id AND r.contract_id = c.contract_id
        WHERE c.community_id = ${community.id} AND c.state = 'signed' GROUP BY c.provider_code ORDER BY period DESC LIMIT CAST(${most} AS INTEGER)`,
  );

/** Deductions of published reports that no voucher took up yet, and which contract's: for whoever books the next payment. */
export const listOpenDeductions = (
  { db, community }: Here,
  most: number,
): Query<{ number: number; title: string; contractId: string; period: ServicePeriod; deductFen: Fen }[]> =>
  db.all(
    sql`SELECT c.number, c.title, c.contract_id AS contractId, r.period, r.deduct_fen AS deductFen
        FROM tender_contract c JOIN tender_service_report r ON r.community_id = c.community_id AND r.contract_id = c.contract_id AND r.deduct_fen > 0
        WHERE c.community_id = ${community.id} AND c.state = 'signed'
          AND NOT EXISTS (SELECT 1 FROM tender_payment p JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
            WHERE p.community_id = r.community_id AND p.contract_id = r.contract_id AND p.report_period = r.period AND v.state IN ('waiting', 'reviewed', 'posted'))
        ORDER BY r.published_at LIMIT CAST(${most} AS INTEGER)`,
  );
