/** The SQL of the books: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Account, AccountKind, Book, Line, Movement, Period, VoucherKind, VoucherState } from "./rules.ts";
import { ledgerBook, ledgerClose, ledgerVoucher } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— Books and accounts ———

export interface BookRow {
  readonly book: Book;
  readonly fromPeriod: Period;
  readonly closedThrough: Period | null;
  readonly openedAt: Instant;
  readonly leafHash: string;
}

/** The books there are, each with its last closed period. */
export const listBooks = ({ db, community }: Here): Query<BookRow[]> =>
  db.all(
    sql`SELECT b.book, b.from_period AS fromPeriod, b.opened_at AS openedAt, b.leaf_hash AS leafHash,
          (SELECT max(c.period) FROM ledger_close c WHERE c.community_id = b.community_id AND c.book = b.book) AS closedThrough
        FROM ledger_book b WHERE b.community_id = ${community.id} ORDER BY b.book`,
  );

interface AccountRow {
  readonly book: Book;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: AccountKind;
  readonly postable: 0 | 1;
  readonly fromOn: Day;
  readonly untilOn: Day | null;
}

/** The accounts of a book, by code; `accountsFrom` reads them. */
export const listAccounts = ({ db, community }: Here, book: Book | SQL): Query<AccountRow[]> =>
  db.all(
    sql`SELECT a.book, a.code, a.name_zh AS zh, a.name_en AS en, a.kind, a.postable, a.from_on AS fromOn, e.until_on AS untilOn
        FROM ledger_account a LEFT JOIN ledger_account_end e ON e.community_id = a.community_id AND e.book = a.book AND e.code = a.code
        WHERE a.community_id = ${community.id} AND a.book = ${book} ORDER BY a.code`,
  );
export const accountsFrom = (rows: readonly AccountRow[]): Account[] =>
  rows.map(({ zh, en, postable, ...row }) => ({ ...row, name: { zh, en }, postable: postable === 1 }));

export const insertBook = ({ db, community }: Here, row: Omit<typeof ledgerBook.$inferInsert, "communityId">): Query =>
  db.orm.insert(ledgerBook).values({ communityId: community.id, ...row });

/** Accounts in one statement, however many. */
export const insertAccounts = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  accounts: readonly Account[],
  addedBy: string,
): Query =>
  db.run(
    sql`INSERT INTO ledger_account(community_id, book, code, name_zh, name_en, kind, postable, from_on, added_by, added_at)
        SELECT ${community.id}, j.value ->> 'book', j.value ->> 'code', j.value ->> 'zh', j.value ->> 'en', j.value ->> 'kind', j.value ->> 'postable',
          j.value ->> 'fromOn', ${addedBy}, CAST(${now} AS INTEGER)
        FROM json_each(${JSON.stringify(
          accounts.map(({ book, code, name, kind, postable, fromOn }) => ({
            book,
            code,
            zh: name.zh,
            en: name.en,
            kind,
            postable: postable ? 1 : 0,
            fromOn,
          })),
        )}) j`,
  );

export const insertAccountEnd = (
  { db, community }: Here,
  row: { book: Book; code: string; untilOn: Day; endedBy: string; endedAt: Instant; leafHash: string },
): Query =>
  db.run(
    sql`INSERT INTO ledger_account_end(community_id, book, code, until_on, ended_by, ended_at, leaf_hash)
        VALUES (${community.id}, ${row.book}, ${row.code}, ${row.untilOn}, ${row.endedBy}, CAST(${row.endedAt} AS INTEGER), ${row.leafHash})`,
  );

// ——— Vouchers ———

export interface Attachment {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}

export interface VoucherRow {
  readonly voucherId: string;
  readonly book: Book;
  readonly kind: VoucherKind;
  readonly period: Period;
  readonly onDay: Day;
  readonly text: string;
  readonly lines: readonly Line[];
  readonly amountFen: Fen;
  readonly counterpartySealed: string;
  readonly counterpartyShown: string;
  readonly attachments: readonly Attachment[];
  readonly decision: string | null;
  readonly reversesId: string | null;
  readonly hands: "review" | "approval" | "decision";
  readonly state: VoucherState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Instant | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  /** In its book and period, without gaps; null until it is posted. */
  readonly number: number | null;
  readonly postedAt: Instant | null;
  readonly endedBy: string | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
  readonly draftLeaf: string;
  readonly leafHash: string | null;
  /** The posted reversal of this one. */
  readonly reversedBy: string | null;
}

type Stored = Omit<VoucherRow, "lines" | "attachments"> & { readonly lines: string; readonly attachments: string };
export const voucherFrom = (row: Stored): VoucherRow => ({
  ...row,
  lines: JSON.parse(row.lines) as Line[],
  attachments: JSON.parse(row.attachments) as Attachment[],
});

const VOUCHER = sql`v.voucher_id AS voucherId, v.book, v.kind, v.period, v.on_day AS onDay, v.text, v.lines, v.amount_fen AS amountFen,
  v.counterparty_sealed AS counterpartySealed, v.counterparty_shown AS counterpartyShown, v.attachments, v.decision, v.reverses_id AS reversesId,
  v.hands, v.state, v.drafted_by AS draftedBy, v.drafted_at AS draftedAt, v.reviewed_by AS reviewedBy, v.reviewed_at AS reviewedAt,
  v.approved_by AS approvedBy, v.approved_at AS approvedAt, v.number, v.posted_at AS postedAt, v.ended_by AS endedBy, v.ended_at AS endedAt,
  v.ended_why AS endedWhy, v.draft_leaf AS draftLeaf, v.leaf_hash AS leafHash,
  (SELECT r.voucher_id FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversedBy`;

export type VoucherKey = string | SQL;
/** The voucher of a number. */
export const byVoucherNumber = (
  { community }: Pick<Here, "community">,
  book: Book,
  period: Period,
  number: number,
): SQL =>
  sql`(SELECT voucher_id FROM ledger_voucher WHERE community_id = ${community.id} AND book = ${book} AND period = ${period} AND number = CAST(${number} AS INTEGER))`;

export const findVoucher = ({ db, community }: Here, key: VoucherKey): Query<Stored[]> =>
  db.all(sql`SELECT ${VOUCHER} FROM ledger_voucher v WHERE v.community_id = ${community.id} AND v.voucher_id = ${key}`);

/** Drafts that wait for somebody, the oldest first: every officer sees them, so that nothing is paid twice. */
export const listWaiting = ({ db, community }: Here, book: Book): Query<Stored[]> =>
  db.all(
    sql`SELECT ${VOUCHER} FROM ledger_voucher v INDEXED BY ledger_voucher_by_state
        WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.state IN ('waiting', 'reviewed')
        ORDER BY v.drafted_at LIMIT 200`,
  );

/** Posted vouchers of a period in their numbers; keyed by number, so that a page costs the same at any depth. */
export const listPosted = (
  { db, community }: Here,
  book: Book,
  period: Period,
  page: { readonly limit: number; readonly after: number },
): Query<Stored[]> =>
  db.all(
    sql`SELECT ${VOUCHER} FROM ledger_voucher v WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.period = ${period}
          AND v.number > CAST(${page.after} AS INTEGER) ORDER BY v.number LIMIT CAST(${page.limit} AS INTEGER)`,
  );

/** The last number of a period; 0 where nothing was posted. */
export const findLastNumber = ({ db, community }: Here, book: Book, period: Period): Query<{ last: number }[]> =>
  db.all(
    sql`SELECT coalesce(max(number), 0) AS last FROM ledger_voucher
        WHERE community_id = ${community.id} AND book = ${book} AND period = ${period} AND number IS NOT NULL`,
  );

/** The last number of the period that a voucher belongs to: known before the voucher is, in the same round trip. */
export const findLastNumberFor = ({ db, community }: Here, voucherId: string): Query<{ last: number }[]> =>
  db.all(
    sql`SELECT coalesce((SELECT n.number FROM ledger_voucher n INDEXED BY ledger_voucher_numbered
            WHERE n.community_id = v.community_id AND n.book = v.book AND n.period = v.period AND n.number IS NOT NULL
            ORDER BY n.number DESC LIMIT 1), 0) AS last
        FROM ledger_voucher v WHERE v.community_id = ${community.id} AND v.voucher_id = ${voucherId}`,
  );

export const countPosted = ({ db, community }: Here, book: Book): Query<{ posted: number }[]> =>
  db.all(
    sql`SELECT EXISTS (SELECT 1 FROM ledger_voucher WHERE community_id = ${community.id} AND book = ${book} AND state = 'posted') AS posted`,
  );

export const countWaitingIn = ({ db, community }: Here, book: Book, through: Period): Query<{ waiting: number }[]> =>
  db.all(
    sql`SELECT count(*) AS waiting FROM ledger_voucher INDEXED BY ledger_voucher_by_state
        WHERE community_id = ${community.id} AND book = ${book} AND state IN ('waiting', 'reviewed') AND period <= ${through}`,
  );

export type NewVoucher = Omit<typeof ledgerVoucher.$inferInsert, "communityId" | "state">;
export const insertVoucher = ({ db, community }: Here, row: NewVoucher): Query =>
  db.orm.insert(ledgerVoucher).values({ communityId: community.id, state: "waiting", ...row });

/** Moves a voucher on from the state it was read in; the batch aborts with `voucher_moved` when somebody was faster. */
export const moveVoucher = (
  { db, community }: Here,
  voucherId: string,
  from: VoucherState,
  set: SQL,
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE ledger_voucher SET ${set} WHERE community_id = ${community.id} AND voucher_id = ${voucherId} AND state = ${from}`,
  ),
  assertThat(db, "voucher_moved", sql`changes() = 1`),
];

// ——— Periods and balances ———

export const insertClose = (
  { db, community }: Here,
  row: Omit<typeof ledgerClose.$inferInsert, "communityId">,
): Query => db.orm.insert(ledgerClose).values({ communityId: community.id, ...row });

export interface CloseRow {
  readonly period: Period;
  readonly vouchers: number;
  readonly closedBy: string;
  readonly closedAt: Instant;
  readonly leafHash: string;
}
/** Closed periods, the newest first. */
export const listCloses = ({ db, community }: Here, book: Book, limit: number): Query<CloseRow[]> =>
  db.all(
    sql`SELECT period, vouchers, closed_by AS closedBy, closed_at AS closedAt, leaf_hash AS leafHash FROM ledger_close
        WHERE community_id = ${community.id} AND book = ${book} ORDER BY period DESC LIMIT CAST(${limit} AS INTEGER)`,
  );

/**
 * What every account did from one period to another, and where the carried ones stood before the first. Reads one row an
 * account and period, never a voucher: the same at a thousand and at a hundred thousand of them.
 */
export const listMovements = ({ db, community }: Here, book: Book, from: Period, to: Period): Query<Movement[]> =>
  db.all(
    sql`SELECT account, sum(opening) AS openingFen, sum(debit) AS debitFen, sum(credit) AS creditFen FROM (
          SELECT account, opening_fen AS opening, 0 AS debit, 0 AS credit FROM ledger_opening
          WHERE community_id = ${community.id} AND book = ${book} AND period = ${from}
          UNION ALL
          SELECT account, 0, debit_fen, credit_fen FROM ledger_balance
          WHERE community_id = ${community.id} AND book = ${book} AND period >= ${from} AND period <= ${to}
        ) GROUP BY account ORDER BY account`,
  );

export interface PostingRow {
  readonly period: Period;
  readonly number: number;
  readonly lineNo: number;
  readonly account: string;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
  readonly voucherId: string;
  readonly onDay: Day;
  readonly text: string;
}
/** The postings of one account from one period to another, with their vouchers' texts: what a figure of a statement opens to. */
export const listPostingsOf = (
  { db, community }: Here,
  book: Book,
  account: string,
  span: { readonly from: Period; readonly to: Period },
  page: { readonly limit: number; readonly offset: number },
): Query<PostingRow[]> =>
  db.all(
    sql`SELECT p.period, p.number, p.line_no AS lineNo, p.account, p.debit_fen AS debitFen, p.credit_fen AS creditFen, p.voucher_id AS voucherId,
          p.on_day AS onDay, v.text
        FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.book = ${book} AND p.account = ${account} AND p.period >= ${span.from} AND p.period <= ${span.to}
        ORDER BY p.period, p.number, p.line_no LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** How many vouchers wait for a review or an approval by somebody other than those who did the steps before: for one person's desk. */
export const countWaitingFor = (
  { db, community }: Here,
  personId: string,
): Query<{ toReview: number; toApprove: number }[]> =>
  db.all(
    sql`SELECT coalesce(sum(state = 'waiting' AND drafted_by <> ${personId}), 0) AS toReview,
          coalesce(sum(state = 'reviewed' AND drafted_by <> ${personId} AND reviewed_by <> ${personId}), 0) AS toApprove
        FROM ledger_voucher INDEXED BY ledger_voucher_by_state
        WHERE community_id = ${community.id} AND book IN ('common', 'fund', 'working') AND state IN ('waiting', 'reviewed')`,
  );
