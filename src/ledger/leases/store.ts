/** The SQL of leases and their charges (receipts are receipts/store.ts): reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { assertFrom, assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Basis } from "./basis.ts";
import type { OpenCharge } from "./receiving.ts";
import type { LeaseTerms, LetSpan } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
export type LeaseState = "drafted" | "approved" | "refused" | "withdrawn";

export interface LeaseFile {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}
export interface LeaseRow {
  readonly leaseId: string;
  readonly number: number;
  readonly purpose: string;
  readonly lesseeKind: "natural" | "legal";
  readonly lesseeSealed: string;
  /** A person's name is masked here already. */
  readonly lesseeShown: string;
  readonly creditCode: string;
  readonly phoneSealed: string;
  /** The account of income. */
  readonly account: string;
  readonly terms: LeaseTerms;
  readonly fromOn: Day;
  readonly toOn: Day;
  /** Its last day as things stand. */
  readonly untilOn: Day;
  readonly depositFen: Fen;
  readonly basis: Basis;
  readonly attachments: readonly LeaseFile[];
  readonly renewsId: string | null;
  readonly state: LeaseState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedWhy: string | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
  readonly draftLeaf: string;
  readonly leafHash: string | null;
  /** Codes of what is let, joined by "、", and their ids by "," in the same order. */
  readonly assets: string;
  readonly assetIds: string;
}
type Stored = Omit<LeaseRow, "terms" | "basis" | "attachments"> & {
  readonly terms: string;
  readonly basis: string;
  readonly attachments: string;
};
export const leaseFrom = (row: Stored): LeaseRow => ({
  ...row,
  terms: JSON.parse(row.terms) as LeaseTerms,
  basis: JSON.parse(row.basis) as Basis,
  attachments: JSON.parse(row.attachments) as LeaseFile[],
});

const LEASE = sql`l.lease_id AS leaseId, l.number, l.purpose, l.lessee_kind AS lesseeKind, l.lessee_sealed AS lesseeSealed,
  l.lessee_shown AS lesseeShown, l.credit_code AS creditCode, l.phone_sealed AS phoneSealed, l.account, l.terms, l.from_on AS fromOn,
  l.to_on AS toOn, l.until_on AS untilOn, l.deposit_fen AS depositFen, l.basis, l.attachments, l.renews_id AS renewsId, l.state,
  l.drafted_by AS draftedBy, l.drafted_at AS draftedAt, l.decided_by AS decidedBy, l.decided_at AS decidedAt, l.decided_why AS decidedWhy,
  l.ended_at AS endedAt, l.ended_why AS endedWhy, l.draft_leaf AS draftLeaf, l.leaf_hash AS leafHash,
  (SELECT group_concat(a.code, '、' ORDER BY a.code) FROM ledger_lease_asset x JOIN ledger_asset a ON a.community_id = x.community_id AND a.asset_id = x.asset_id
     WHERE x.community_id = l.community_id AND x.lease_id = l.lease_id) AS assets,
  (SELECT group_concat(x.asset_id, ',' ORDER BY a.code) FROM ledger_lease_asset x JOIN ledger_asset a ON a.community_id = x.community_id AND a.asset_id = x.asset_id
     WHERE x.community_id = l.community_id AND x.lease_id = l.lease_id) AS assetIds`;

/** The lease of a number; `leaseFrom` reads the row. */
export const findLease = ({ db, community }: Here, number: number): Query<Stored[]> =>
  db.all(
    sql`SELECT ${LEASE} FROM ledger_lease l WHERE l.community_id = ${community.id} AND l.number = CAST(${number} AS INTEGER)`,
  );
export const findLeaseById = ({ db, community }: Here, leaseId: string): Query<Stored[]> =>
  db.all(sql`SELECT ${LEASE} FROM ledger_lease l WHERE l.community_id = ${community.id} AND l.lease_id = ${leaseId}`);

/** The id of the lease of a number, for a query that is one of several. */
export const leaseIdOfNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT lease_id FROM ledger_lease WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

/** Leases of some states, the newest first. */
export const listLeases = (
  { db, community }: Here,
  states: readonly LeaseState[],
  page: { readonly limit: number; readonly offset: number },
): Query<Stored[]> =>
  db.all(
    sql`SELECT ${LEASE} FROM ledger_lease l WHERE l.community_id = ${community.id}
          AND l.state IN (SELECT value FROM json_each(${JSON.stringify(states)}))
        ORDER BY l.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countLeases = ({ db, community }: Here, states: readonly LeaseState[]): Query<{ total: number }[]> =>
  db.all(
    sql`SELECT count(*) AS total FROM ledger_lease WHERE community_id = ${community.id}
          AND state IN (SELECT value FROM json_each(${JSON.stringify(states)}))`,
  );
/** Leases that were approved, the last decided first: what the feed tells. Nobody by name. */
export const listDecidedLeases = (
  { db, community }: Here,
  limit: number,
): Query<
  (Pick<LeaseRow, "number" | "purpose" | "endedAt" | "untilOn" | "endedWhy"> & { readonly decidedAt: Instant })[]
> =>
  db.all(
    sql`SELECT number, purpose, decided_at AS decidedAt, ended_at AS endedAt, until_on AS untilOn, ended_why AS endedWhy FROM ledger_lease
        WHERE community_id = ${community.id} AND state = 'approved' ORDER BY number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
/**
 * Approved leases that ran on some day of a span, from the one that ends first, behind a place ("", or the last day and id of a lease): what
 * ended before the span is not read, however much there was.
 */
export const listRunningAfter = (
  { db, community }: Here,
  span: { readonly fromOn: Day; readonly toOn: Day },
  after: string,
  limit: number,
): Query<Stored[]> => {
  const [untilOn, leaseId] = [after.slice(0, 10), after.slice(10)];
  return db.all(
    sql`SELECT ${LEASE} FROM ledger_lease l INDEXED BY ledger_lease_by_state WHERE l.community_id = ${community.id} AND l.state = 'approved'
          AND l.until_on >= ${untilOn > span.fromOn ? untilOn : span.fromOn} AND (l.until_on > ${untilOn} OR l.lease_id > ${leaseId})
          AND l.from_on <= ${span.toOn} ORDER BY l.until_on, l.lease_id LIMIT CAST(${limit} AS INTEGER)`,
  );
};
/** Approved leases that ran on some day from one to another. */
export const listRunning = ({ db, community }: Here, fromOn: Day, toOn: Day): Query<Stored[]> =>
  db.all(
    sql`SELECT ${LEASE} FROM ledger_lease l WHERE l.community_id = ${community.id} AND l.state = 'approved'
          AND l.until_on >= ${fromOn} AND l.from_on <= ${toOn} ORDER BY l.number LIMIT 6000`,
  );

/** Days on which assets are let or permitted, of those named. */
export const listLetSpans = (
  { db, community }: Here,
  assetIds: readonly string[],
  span: { readonly fromOn: Day; readonly toOn: Day },
): Query<LetSpan[]> => {
  const ids = JSON.stringify(assetIds);
  return db.all(
    sql`SELECT x.asset_id AS assetId, l.from_on AS fromOn, l.until_on AS toOn FROM json_each(${ids}) j
          JOIN ledger_lease_asset x ON x.community_id = ${community.id} AND x.asset_id = j.value
          JOIN ledger_lease l ON l.community_id = x.community_id AND l.lease_id = x.lease_id AND l.state = 'approved'
          WHERE l.from_on <= ${span.toOn} AND l.until_on >= ${span.fromOn}
        UNION ALL SELECT p.asset_id, p.from_on, coalesce(e.last_on, p.to_on) FROM json_each(${ids}) j
          JOIN ledger_permit p ON p.community_id = ${community.id} AND p.asset_id = j.value AND p.to_on >= ${span.fromOn} AND p.from_on <= ${span.toOn}
          LEFT JOIN ledger_permit_end e ON e.community_id = p.community_id AND e.permit_id = p.permit_id
          WHERE e.last_on IS NULL OR e.last_on >= ${span.fromOn}`,
  );
};

export interface NewLease {
  readonly leaseId: string;
  readonly purpose: string;
  readonly lesseeKind: "natural" | "legal";
  readonly lesseeSealed: string;
  readonly lesseeShown: string;
  readonly creditCode: string;
  readonly phoneSealed: string;
  readonly account: string;
  readonly terms: LeaseTerms;
  readonly basis: Basis;
  readonly attachments: readonly LeaseFile[];
  readonly renewsId: string | null;
  readonly draftedBy: string;
  readonly draftLeaf: string;
  readonly assetIds: readonly string[];
}
/** The lease under the next number, and what it lets. */
export const insertLease = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: NewLease,
): readonly Query[] => [
  db.run(
    sql`INSERT INTO ledger_lease(community_id, lease_id, number, purpose, lessee_kind, lessee_sealed, lessee_shown, credit_code, phone_sealed,
          account, terms, from_on, to_on, until_on, deposit_fen, basis, attachments, renews_id, state, drafted_by, drafted_at, draft_leaf)
        SELECT ${community.id}, ${row.leaseId}, coalesce((SELECT max(number) FROM ledger_lease WHERE community_id = ${community.id}), 0) + 1,
          ${row.purpose}, ${row.lesseeKind}, ${row.lesseeSealed}, ${row.lesseeShown}, ${row.creditCode}, ${row.phoneSealed}, ${row.account},
          ${JSON.stringify(row.terms)}, ${row.terms.fromOn}, ${row.terms.toOn}, ${row.terms.toOn}, CAST(${row.terms.depositFen} AS INTEGER),
          ${JSON.stringify(row.basis)}, ${JSON.stringify(row.attachments)}, ${row.renewsId}, 'drafted', ${row.draftedBy},
          CAST(${now} AS INTEGER), ${row.draftLeaf}`,
  ),
  db.run(
    sql`INSERT INTO ledger_lease_asset(community_id, lease_id, asset_id)
        SELECT ${community.id}, ${row.leaseId}, value FROM json_each(${JSON.stringify(row.assetIds)})`,
  ),
];

/** Moves a draft on; the batch aborts with `lease_moved` when somebody was faster, with `let_twice` when an asset is let by then. */
export const decideLease = ({ db, community }: Here, leaseId: string, set: SQL): readonly [Query, Query] => [
  db.run(
    sql`UPDATE ledger_lease SET ${set} WHERE community_id = ${community.id} AND lease_id = ${leaseId} AND state = 'drafted'`,
  ),
  assertThat(db, "lease_moved", sql`changes() = 1`),
];
/** That the meeting a lease rests on still stands as published when it is approved. */
export const decisionStands = ({ db, community }: Here, meetingId: string): Query =>
  assertFrom(
    db,
    "decision_not_published",
    sql`SELECT state IN ('published', 'final') FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
  );
export const endLease = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  leaseId: string,
  end: { readonly untilOn: Day; readonly by: string; readonly why: string },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE ledger_lease SET until_on = ${end.untilOn}, ended_by = ${end.by}, ended_at = CAST(${now} AS INTEGER), ended_why = ${end.why}
        WHERE community_id = ${community.id} AND lease_id = ${leaseId} AND state = 'approved' AND ended_by IS NULL`,
  ),
  assertThat(db, "lease_moved", sql`changes() = 1`),
];

// ——— Charges ———

export interface ChargeRow {
  readonly leaseId: string;
  readonly kind: "rent" | "adjustment";
  readonly chargeNo: number;
  readonly attempt: number;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly dueOn: Day;
  readonly amountFen: Fen;
  readonly taxFen: Fen;
  readonly owedFen: Fen;
  /** About to be paid by drafts. */
  readonly pendingFen: Fen;
  readonly voucherId: string;
  readonly state: "waiting" | "reviewed" | "posted" | "withdrawn" | "refused";
  readonly period: string;
  readonly number: number | null;
  readonly reversed: 0 | 1;
}
const CHARGE = sql`c.lease_id AS leaseId, c.kind, c.charge_no AS chargeNo, c.attempt, c.from_on AS fromOn, c.to_on AS toOn, c.due_on AS dueOn,
  c.amount_fen AS amountFen, c.tax_fen AS taxFen, c.owed_fen AS owedFen, c.voucher_id AS voucherId, v.state, v.period, v.number,
  EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversed,
  coalesce((SELECT sum(p.amount_fen) FROM ledger_receipt_part p JOIN ledger_receipt q ON q.community_id = p.community_id AND q.receipt_id = p.receipt_id
     JOIN ledger_voucher w ON w.community_id = q.community_id AND w.voucher_id = q.voucher_id AND w.state IN ('waiting', 'reviewed')
     WHERE c.kind = 'rent' AND p.community_id = c.community_id AND p.lease_id = c.lease_id AND p.kind = 'rent' AND p.charge_no = c.charge_no
       AND p.attempt = c.attempt), 0) AS pendingFen`;
const CHARGED = sql`FROM ledger_charge c JOIN ledger_voucher v ON v.community_id = c.community_id AND v.voucher_id = c.voucher_id`;

/** Charges of leases, in the order in which they fall due. */
export const listCharges = ({ db, community }: Here, leaseIds: readonly string[]): Query<ChargeRow[]> =>
  db.all(
    sql`SELECT ${CHARGE} ${CHARGED} WHERE c.community_id = ${community.id}
          AND c.lease_id IN (SELECT value FROM json_each(${JSON.stringify(leaseIds)})) ORDER BY c.due_on, c.charge_no, c.kind, c.attempt`,
  );
/** The charges of the lease of a number: a page that knows only it needs one round trip. */
export const listChargesOfNumber = ({ db, community }: Here, number: number): Query<ChargeRow[]> =>
  db.all(
    sql`SELECT ${CHARGE} ${CHARGED} WHERE c.community_id = ${community.id}
          AND c.lease_id = (SELECT lease_id FROM ledger_lease WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))
        ORDER BY c.due_on, c.charge_no, c.kind, c.attempt`,
  );
export const openFrom = (rows: readonly ChargeRow[]): OpenCharge[] =>
  rows
    .filter(({ kind }) => kind === "rent")
    .map(({ chargeNo, attempt, dueOn, owedFen, pendingFen }) => ({
      chargeNo,
      attempt,
      dueOn,
      leftFen: owedFen - pendingFen,
    }));

export interface ArrearsRow {
  readonly leaseId: string;
  readonly lease: number;
  readonly purpose: string;
  readonly lesseeShown: string;
  readonly lesseeKind: "natural" | "legal";
  readonly chargeNo: number;
  readonly attempt: number;
  readonly dueOn: Day;
  readonly owedFen: Fen;
}
/** What is owed by the day it fell due: one row a day with something open, whatever the charges are. Complete. */
export const listOwedDays = ({ db, community }: Here): Query<OwedDay[]> =>
  db.all(
    sql`SELECT due_on AS dueOn, owed_fen AS owedFen, charges FROM ledger_owed_day INDEXED BY ledger_owed_day_open
        WHERE community_id = ${community.id} AND charges > 0 ORDER BY due_on`,
  );
export interface OwedDay {
  readonly dueOn: Day;
  readonly owedFen: Fen;
  readonly charges: number;
}
/** What stands open in the books, the oldest first, a page: an index of open charges alone, whatever was paid before. */
export const listOpen = ({ db, community }: Here, limit: number, offset = 0): Query<ArrearsRow[]> =>
  db.all(
    sql`SELECT c.lease_id AS leaseId, l.number AS lease, l.purpose, l.lessee_shown AS lesseeShown, l.lessee_kind AS lesseeKind,
          c.charge_no AS chargeNo, c.attempt, c.due_on AS dueOn, c.owed_fen AS owedFen
        FROM ledger_charge c INDEXED BY ledger_charge_open JOIN ledger_lease l ON l.community_id = c.community_id AND l.lease_id = c.lease_id
        WHERE c.community_id = ${community.id} AND c.owed_fen <> 0 ORDER BY c.due_on, c.lease_id, c.charge_no
        LIMIT CAST(${limit} AS INTEGER) OFFSET CAST(${offset} AS INTEGER)`,
  );
/** What stands open behind a place ("", or the due day, lease and number of a charge), the oldest first: for a reader that takes slices. */
export const listOpenAfter = (
  { db, community }: Here,
  { dueOn, leaseId, chargeNo }: Pick<ArrearsRow, "dueOn" | "leaseId" | "chargeNo">,
  untilOn: Day,
  limit: number,
): Query<Pick<ArrearsRow, "leaseId" | "chargeNo" | "dueOn" | "owedFen">[]> =>
  db.all(
    sql`SELECT lease_id AS leaseId, charge_no AS chargeNo, due_on AS dueOn, owed_fen AS owedFen
        FROM ledger_charge INDEXED BY ledger_charge_open
        WHERE community_id = ${community.id} AND owed_fen <> 0 AND due_on >= ${dueOn} AND due_on <= ${untilOn}
          AND (due_on > ${dueOn} OR lease_id > ${leaseId} OR (lease_id = ${leaseId} AND charge_no > CAST(${chargeNo} AS INTEGER)))
        ORDER BY due_on, lease_id, charge_no LIMIT CAST(${limit} AS INTEGER)`,
  );
/** What the charges say is owed in all: the balance of the account they are posted to, where nobody posted to it by hand. */
export const sumOpen = ({ db, community }: Here): Query<{ owedFen: Fen; charges: number }[]> =>
  db.all(
    sql`SELECT coalesce(sum(owed_fen), 0) AS owedFen, count(*) AS charges FROM ledger_charge INDEXED BY ledger_charge_open
        WHERE community_id = ${community.id} AND owed_fen <> 0`,
  );
export interface WaitingCharge {
  readonly voucherId: string;
  readonly text: string;
  readonly onDay: Day;
  readonly amountFen: Fen;
  readonly state: "waiting" | "reviewed";
  readonly draftedBy: string;
  readonly reviewedBy: string | null;
}
/** Vouchers of charges that wait for somebody, the oldest first. */
export const listWaitingCharges = ({ db, community }: Here, limit: number): Query<WaitingCharge[]> =>
  db.all(
    sql`SELECT v.voucher_id AS voucherId, v.text, v.on_day AS onDay, v.amount_fen AS amountFen, v.state, v.drafted_by AS draftedBy,
          v.reviewed_by AS reviewedBy
        FROM ledger_voucher v INDEXED BY ledger_voucher_by_state WHERE v.community_id = ${community.id} AND v.book = 'common' AND v.state IN ('waiting', 'reviewed')
          AND EXISTS (SELECT 1 FROM ledger_charge c WHERE c.community_id = v.community_id AND c.voucher_id = v.voucher_id)
        ORDER BY v.drafted_at, v.on_day, v.voucher_id LIMIT CAST(${limit} AS INTEGER)`,
  );
/** What the books say of an account: debit less credit, from one row a month. */
export const sumAccount = ({ db, community }: Here, account: string): Query<{ balanceFen: Fen }[]> =>
  db.all(
    sql`SELECT coalesce(sum(debit_fen - credit_fen), 0) AS balanceFen FROM ledger_balance
        WHERE community_id = ${community.id} AND book = 'common' AND account = ${account}`,
  );

export const insertCharge = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<
    ChargeRow,
    "leaseId" | "kind" | "chargeNo" | "attempt" | "fromOn" | "toOn" | "dueOn" | "amountFen" | "taxFen" | "voucherId"
  >,
): Query =>
  db.run(
    sql`INSERT INTO ledger_charge(community_id, lease_id, kind, charge_no, attempt, from_on, to_on, due_on, amount_fen, tax_fen, voucher_id, made_at, owed_fen)
        VALUES (${community.id}, ${row.leaseId}, ${row.kind}, CAST(${row.chargeNo} AS INTEGER), CAST(${row.attempt} AS INTEGER), ${row.fromOn},
          ${row.toOn}, ${row.dueOn}, CAST(${row.amountFen} AS INTEGER), CAST(${row.taxFen} AS INTEGER), ${row.voucherId}, CAST(${now} AS INTEGER), 0)`,
  );
