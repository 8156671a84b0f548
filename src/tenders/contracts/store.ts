/** The SQL of contracts: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { StoredFile } from "../../platform/files.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Service } from "../scheme/rules.ts";
import type { Extent, Subcontract } from "./giving-on/rules.ts";
import type { ContractTerms, Paid } from "./rules.ts";
import {
  type ContractState,
  type EditionKind,
  type EditionState,
  tenderContract,
  tenderContractEdition,
  tenderContractLot,
  tenderPayment,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** What a contract rests on. */
export type ContractBasis =
  | { readonly kind: "award"; readonly tender: number; readonly lots: readonly number[]; readonly awardedOn: Day }
  | { readonly kind: "earlier"; readonly title: string; readonly on: Day };
/** The owners' item behind a change or an ending. */
export interface DecisionRef {
  readonly meetingId: string;
  readonly meeting: number;
  readonly item: number;
}
export type ContractFile = Pick<StoredFile, "fileId" | "name" | "sha256" | "bytes">;

export interface ContractRow {
  readonly contractId: string;
  readonly number: number;
  readonly tenderId: string | null;
  readonly providerName: string;
  readonly providerCode: string;
  readonly title: string;
  readonly basis: ContractBasis;
  readonly state: ContractState;
  readonly version: number;
  readonly edition: number;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly endsOn: Day | null;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedWhy: string | null;
  readonly signedOn: Day | null;
  readonly filedOn: Day | null;
  readonly filedWords: string | null;
  readonly takenOverOn: Day | null;
  readonly leafHash: string;
  /** Of the edition in force. */
  readonly terms: ContractTerms;
  readonly termsHash: string;
  readonly file: ContractFile;
}
type StoredContract = Omit<ContractRow, "basis" | "terms" | "file"> & {
  readonly basis: string;
  readonly terms: string;
  readonly file: string;
};
export const contractFrom = (row: StoredContract): ContractRow => ({
  ...row,
  basis: JSON.parse(row.basis) as ContractBasis,
  terms: JSON.parse(row.terms) as ContractTerms,
  file: JSON.parse(row.file) as ContractFile,
});

const COLUMNS = sql`c.contract_id AS contractId, c.number, c.tender_id AS tenderId, c.provider_name AS providerName, c.provider_code AS providerCode,
  c.title, c.basis, c.state, c.version, c.edition, c.from_on AS fromOn, c.to_on AS toOn, c.ends_on AS endsOn, c.drafted_by AS draftedBy,
  c.drafted_at AS draftedAt, c.decided_by AS decidedBy, c.decided_at AS decidedAt, c.decided_why AS decidedWhy, c.signed_on AS signedOn,
  c.filed_on AS filedOn, c.filed_words AS filedWords, c.taken_over_on AS takenOverOn, c.leaf_hash AS leafHash, e.terms, e.terms_hash AS termsHash, e.file`;
const FROM = sql`FROM tender_contract c JOIN tender_contract_edition e
  ON e.community_id = c.community_id AND e.contract_id = c.contract_id AND e.edition = c.edition`;

/** A contract's id, or SQL that yields it: pages are addressed by number. */
export type ContractKey = string | SQL;
export const byContractNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT contract_id FROM tender_contract WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findContract = ({ db, community }: Here, key: ContractKey): Query<StoredContract[]> =>
  db.all(sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.contract_id = ${key}`);

/** In these states, those that end last first. */
export const listContracts = (
  { db, community }: Here,
  states: readonly ContractState[],
  page: { readonly limit: number; readonly offset: number },
): Query<StoredContract[]> =>
  db.all(
    sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.state IN (${sql.join(
      states.map((state) => sql`${state}`),
      sql`, `,
    )}) ORDER BY c.to_on DESC, c.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countContracts = ({ db, community }: Here, states: readonly ContractState[]): Query<{ total: number }[]> =>
  db.all(
    sql`SELECT count(*) AS total FROM tender_contract WHERE community_id = ${community.id} AND state IN (${sql.join(
      states.map((state) => sql`${state}`),
      sql`, `,
    )})`,
  );

/** Signed and not taken over from before a day: what serves the estate, and what ended lately. The first to end first. */
export const listLivingContracts = ({ db, community }: Here, most: number): Query<StoredContract[]> =>
  db.all(
    sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.state = 'signed' AND c.taken_over_on IS NULL
        ORDER BY c.to_on, c.number LIMIT CAST(${most} AS INTEGER)`,
  );
/** Drafts that wait for a second person. */
export const listDraftContracts = ({ db, community }: Here, most: number): Query<StoredContract[]> =>
  db.all(
    sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.state = 'drafted' ORDER BY c.number LIMIT CAST(${most} AS INTEGER)`,
  );
/** Signed contracts of one provider, the newest first. */
export const listContractsOf = ({ db, community }: Here, code: string, most: number): Query<StoredContract[]> =>
  db.all(
    sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.provider_code = ${code} AND c.state = 'signed'
        ORDER BY c.number DESC LIMIT CAST(${most} AS INTEGER)`,
  );
/** Contracts of a tender that were drafted or signed. `key` is the tender's id, or SQL that yields it. */
export const listContractsOfTender = ({ db, community }: Here, key: string | SQL): Query<StoredContract[]> =>
  db.all(
    sql`SELECT ${COLUMNS} ${FROM} WHERE c.community_id = ${community.id} AND c.tender_id = ${key} AND c.state IN ('drafted', 'signed') ORDER BY c.number`,
  );

/** The number is taken in the write. */
export const insertContract = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<
    ContractRow,
    "contractId" | "tenderId" | "providerName" | "providerCode" | "title" | "fromOn" | "toOn" | "draftedBy" | "leafHash"
  > & { readonly basis: ContractBasis },
): Query =>
  db.orm.insert(tenderContract).values({
    communityId: community.id,
    number:
      sql`(SELECT coalesce(max(number), 0) + 1 FROM tender_contract WHERE community_id = ${community.id})` as never,
    state: "drafted",
    draftedAt: now,
    ...row,
    basis: JSON.stringify(row.basis),
  });

/** Moves a contract on from the version and state it was read in; aborts with `contract_stale` when either changed. */
export const updateContract = (
  { db, community }: Here,
  { contractId, version, state }: Pick<ContractRow, "contractId" | "version" | "state">,
  set: SQL,
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE tender_contract SET version = version + 1, ${set} WHERE community_id = ${community.id} AND contract_id = ${contractId}
        AND version = CAST(${version} AS INTEGER) AND state = ${state}`,
  ),
  assertThat(db, "contract_stale", sql`changes() = 1`),
];

// ——— Editions ———

export interface EditionRow {
  readonly edition: number;
  readonly kind: EditionKind;
  readonly terms: ContractTerms;
  readonly termsHash: string;
  readonly why: string;
  readonly decision: DecisionRef | null;
  readonly file: ContractFile;
  readonly state: EditionState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedWhy: string | null;
  readonly signedOn: Day | null;
  readonly draftLeaf: string;
  readonly leafHash: string | null;
}
type StoredEdition = Omit<EditionRow, "terms" | "decision" | "file"> & {
  readonly terms: string;
  readonly decision: string | null;
  readonly file: string;
};
export const editionFrom = (row: StoredEdition): EditionRow => ({
  ...row,
  terms: JSON.parse(row.terms) as ContractTerms,
  decision: row.decision === null ? null : (JSON.parse(row.decision) as DecisionRef),
  file: JSON.parse(row.file) as ContractFile,
});

/** All editions, the oldest first; also what waits and what was refused. */
export const listEditions = ({ db, community }: Here, key: ContractKey): Query<StoredEdition[]> =>
  db.all(
    sql`SELECT edition, kind, terms, terms_hash AS termsHash, why, decision, file, state, drafted_by AS draftedBy, drafted_at AS draftedAt,
          decided_by AS decidedBy, decided_at AS decidedAt, decided_why AS decidedWhy, signed_on AS signedOn, draft_leaf AS draftLeaf, leaf_hash AS leafHash
        FROM tender_contract_edition WHERE community_id = ${community.id} AND contract_id = ${key} ORDER BY edition`,
  );
/** Changes that wait for a second person. */
export const listWaitingEditions = (
  { db, community }: Here,
  most: number,
): Query<{ number: number; title: string; kind: EditionKind; draftedBy: string; draftedAt: Instant }[]> =>
  db.all(
    sql`SELECT c.number, c.title, e.kind, e.drafted_by AS draftedBy, e.drafted_at AS draftedAt
        FROM tender_contract c JOIN tender_contract_edition e ON e.community_id = c.community_id AND e.contract_id = c.contract_id AND e.edition > c.edition
        WHERE c.community_id = ${community.id} AND c.state = 'signed' AND c.taken_over_on IS NULL AND e.state = 'waiting' LIMIT CAST(${most} AS INTEGER)`,
  );

export const insertEdition = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  row: Pick<EditionRow, "edition" | "kind" | "why" | "decision" | "file" | "termsHash" | "draftedBy" | "draftLeaf"> & {
    /** Canonical JSON of the terms. */
    readonly terms: string;
  },
): Query =>
  db.orm.insert(tenderContractEdition).values({
    communityId: community.id,
    contractId,
    state: "waiting",
    draftedAt: now,
    ...row,
    decision: row.decision === null ? null : JSON.stringify(row.decision),
    file: JSON.stringify(row.file),
  });

/** Decides on the edition that waits; aborts with `contract_stale` where it waits no longer. */
export const decideEdition = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  edition: number,
  to: {
    readonly state: EditionState;
    readonly by: string;
    readonly why: string;
    readonly signedOn: Day | null;
    readonly leafHash: string;
  },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE tender_contract_edition SET state = ${to.state}, decided_by = ${to.by}, decided_at = CAST(${now} AS INTEGER), decided_why = ${to.why},
          signed_on = ${to.signedOn}, leaf_hash = ${to.leafHash}
        WHERE community_id = ${community.id} AND contract_id = ${contractId} AND edition = CAST(${edition} AS INTEGER) AND state = 'waiting'`,
  ),
  assertThat(db, "contract_stale", sql`changes() = 1`),
];

// ——— Lots ———

export const insertContractLot = (
  { db, community }: Here,
  tenderId: string,
  lotNo: number,
  contractId: string,
): Query => db.orm.insert(tenderContractLot).values({ communityId: community.id, tenderId, lotNo, contractId });
export const listContractedLots = (
  { db, community }: Here,
  key: string | SQL,
): Query<{ lotNo: number; contractId: string; number: number }[]> =>
  db.all(
    sql`SELECT l.lot_no AS lotNo, l.contract_id AS contractId, c.number FROM tender_contract_lot l
        JOIN tender_contract c ON c.community_id = l.community_id AND c.contract_id = l.contract_id
        WHERE l.community_id = ${community.id} AND l.tender_id = ${key} ORDER BY l.lot_no`,
  );

// ——— What is given on ———

export interface SubcontractRow extends Omit<Subcontract, "extent"> {
  readonly subNo: number;
  readonly extent: Extent | "none";
  readonly strikes: number | null;
  readonly struckBy: number | null;
  readonly registeredAt: Instant;
  readonly leafHash: string;
}
/** Every line in its order, each with the line that struck it. */
export const listSubcontracts = ({ db, community }: Here, key: ContractKey): Query<SubcontractRow[]> =>
  db.all(
    sql`SELECT s.sub_no AS subNo, s.service, s.extent, s.words, s.contractor_name AS contractorName, s.contractor_code AS contractorCode,
          s.from_on AS fromOn, s.to_on AS toOn, s.strikes, s.registered_at AS registeredAt, s.leaf_hash AS leafHash,
          (SELECT x.sub_no FROM tender_subcontract x WHERE x.community_id = s.community_id AND x.contract_id = s.contract_id AND x.strikes = s.sub_no) AS struckBy
        FROM tender_subcontract s WHERE s.community_id = ${community.id} AND s.contract_id = ${key} ORDER BY s.sub_no`,
  );
/** What is in force of them. */
export const liveSubcontracts = (rows: readonly SubcontractRow[]): Subcontract[] =>
  rows.flatMap(({ extent, struckBy, ...row }) => (extent === "none" || struckBy !== null ? [] : [{ ...row, extent }]));

/** The number was read and is guarded in the write: of two at once the later asks the rules again. */
export const insertSubcontract = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  row: Omit<Subcontract, "extent"> & {
    readonly subNo: number;
    readonly extent: Extent | "none";
    readonly strikes: number | null;
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO tender_subcontract(community_id, contract_id, sub_no, service, extent, words, contractor_name, contractor_code, from_on, to_on, strikes,
          registered_by, registered_at, leaf_hash)
        VALUES (${community.id}, ${contractId}, CAST(${row.subNo} AS INTEGER), ${row.service satisfies Service}, ${row.extent}, ${row.words}, ${row.contractorName},
          ${row.contractorCode}, ${row.fromOn}, ${row.toOn}, CAST(${row.strikes} AS INTEGER), ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

// ——— Payments ———

export interface PaymentRow extends Paid {
  readonly voucherId: string;
  readonly book: "common" | "fund" | "working";
  readonly period: string;
  readonly number: number | null;
  readonly onDay: Day;
  readonly text: string;
  readonly amountFen: Fen;
  readonly reportPeriod: string | null;
}
/** The vouchers that name a contract, in the order of their days. */
export const listPayments = ({ db, community }: Here, key: ContractKey): Query<PaymentRow[]> =>
  db.all(
    sql`SELECT p.voucher_id AS voucherId, p.plan_no AS planNo, p.deduct_fen AS deductFen, p.report_period AS reportPeriod, v.book, v.period, v.number,
          v.on_day AS onDay, v.text, v.amount_fen AS amountFen, v.state,
          EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS isReversed
        FROM tender_payment p JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.contract_id = ${key} ORDER BY v.on_day, v.draft_leaf`,
  );
export interface UnnamedVoucherRow {
  readonly voucherId: string;
  readonly number: number | null;
  readonly period: string;
  readonly onDay: Day;
  readonly text: string;
  readonly amountFen: Fen;
}
/** The newest vouchers of a book that name no contract yet, so many of each state at most: waiting, reviewed, posted. */
export const listUnnamedVouchers = (
  { db, community }: Here,
  book: string,
  mostEach: number,
): Query<UnnamedVoucherRow[]> => {
  const newest = (state: string) =>
    sql`SELECT * FROM (SELECT v.voucher_id AS voucherId, v.number, v.period, v.on_day AS onDay, v.text, v.amount_fen AS amountFen
          FROM ledger_voucher v INDEXED BY ledger_voucher_by_state WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.state = ${state}
          ORDER BY v.drafted_at DESC LIMIT CAST(${mostEach} AS INTEGER))`;
  return db.all(
    sql`SELECT n.* FROM (${newest("waiting")} UNION ALL ${newest("reviewed")} UNION ALL ${newest("posted")}) n
        WHERE NOT EXISTS (SELECT 1 FROM tender_payment p WHERE p.community_id = ${community.id} AND p.voucher_id = n.voucherId)
        ORDER BY n.onDay DESC`,
  );
};

/** Posted and not reversed, of every contract of a tender: what was really paid. */
export const listPaymentsOfTender = (
  { db, community }: Here,
  tender: string | SQL,
): Query<{ contractId: string; voucherId: string; planNo: number; deductFen: Fen; onDay: Day; amountFen: Fen }[]> =>
  db.all(
    sql`SELECT p.contract_id AS contractId, p.voucher_id AS voucherId, p.plan_no AS planNo, p.deduct_fen AS deductFen, v.on_day AS onDay, v.amount_fen AS amountFen
        FROM tender_contract c JOIN tender_payment p ON p.community_id = c.community_id AND p.contract_id = c.contract_id
        JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id AND v.state = 'posted'
        WHERE c.community_id = ${community.id} AND c.tender_id = ${tender}
          AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')
        ORDER BY v.on_day, p.voucher_id`,
  );
export const insertPayment = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: {
    readonly voucherId: string;
    readonly contractId: string;
    readonly planNo: number;
    readonly deductFen: Fen;
    readonly reportPeriod: string | null;
    readonly namedBy: string;
  },
): Query => db.orm.insert(tenderPayment).values({ communityId: community.id, namedAt: now, ...row });

/** Every paper of a contract, of editions and notices, with whether it is in force. */
export const listPapers = (
  { db, community }: Here,
  key: ContractKey,
): Query<{ fileId: string; state: EditionState }[]> =>
  db.all(
    sql`SELECT file ->> 'fileId' AS fileId, state FROM tender_contract_edition WHERE community_id = ${community.id} AND contract_id = ${key}
        UNION ALL SELECT file ->> 'fileId', state FROM tender_contract_ending WHERE community_id = ${community.id} AND contract_id = ${key}`,
  );

/** Buildings as the roll calls them. */
export const listRollBuildings = ({ db, community }: Here): Query<{ building: string }[]> =>
  db.all(sql`SELECT building FROM roll_building WHERE community_id = ${community.id} ORDER BY first_key`);
