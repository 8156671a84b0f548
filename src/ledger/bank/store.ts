/** The SQL of bank accounts and of their lines: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book } from "../books/rules.ts";
import type { Holder } from "./rules.ts";
import { bankAccount } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface AccountRow {
  readonly accountId: string;
  readonly book: Book;
  readonly ledgerAccount: string;
  readonly holder: Holder;
  readonly holderName: string;
  readonly bank: string;
  readonly numberMasked: string;
  readonly openedAt: Instant;
  readonly leafHash: string;
}
export const listBankAccounts = ({ db, community }: Here): Query<AccountRow[]> =>
  db.all(
    sql`SELECT account_id AS accountId, book, ledger_account AS ledgerAccount, holder, holder_name AS holderName, bank, number_masked AS numberMasked,
          opened_at AS openedAt, leaf_hash AS leafHash
        FROM bank_account WHERE community_id = ${community.id} ORDER BY book, ledger_account`,
  );
export const insertBankAccount = (
  { db, community }: Here,
  row: Omit<typeof bankAccount.$inferInsert, "communityId">,
): Query => db.orm.insert(bankAccount).values({ communityId: community.id, ...row });

export interface LineRow {
  readonly lineKey: string;
  readonly importId: string;
  readonly wordNo: number;
  readonly onDay: Day;
  readonly amountFen: Fen;
  readonly balanceFen: Fen | null;
  /** The posting it was matched to; null while it is open. */
  readonly voucherId: string | null;
  readonly lineNo: number | null;
  readonly turn: number;
}

const MATCHED = sql`LEFT JOIN bank_match m ON m.community_id = l.community_id AND m.account_id = l.account_id AND m.line_key = l.line_key
  AND m.turn = (SELECT max(x.turn) FROM bank_match x WHERE x.community_id = l.community_id AND x.account_id = l.account_id AND x.line_key = l.line_key)`;
const LINE = sql`l.line_key AS lineKey, l.import_id AS importId, l.word_no AS wordNo, l.on_day AS onDay, l.amount_fen AS amountFen, l.balance_fen AS balanceFen,
  CASE WHEN m.turn % 2 = 1 THEN m.voucher_id END AS voucherId, CASE WHEN m.turn % 2 = 1 THEN m.line_no END AS lineNo, coalesce(m.turn, 0) AS turn`;

/** Lines of a span of days, the newest day first, those of a day as the statement has them. */
export const listLines = (
  { db, community }: Here,
  accountId: string,
  span: { readonly from: Day; readonly to: Day },
  page: { readonly limit: number; readonly offset: number },
): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l INDEXED BY bank_line_by_day ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.on_day >= ${span.from} AND l.on_day <= ${span.to}
        ORDER BY l.on_day DESC, l.row_no, l.line_key LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** One line with what it was matched to. */
export const findLine = ({ db, community }: Here, accountId: string, lineKey: string): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.line_key = ${lineKey}`,
  );
