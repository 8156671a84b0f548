/** The SQL of endings and takeovers: reads, and statements for someone's batch. Decides nothing. */
import type { HandoverLine } from "../../../committee/handover/rules.ts";
import type { Day, Instant } from "../../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TakeoverKind } from "../rules.ts";
import type { EditionState } from "../schema.ts";
import type { ContractFile, ContractKey, DecisionRef } from "../store.ts";
import type { BySide, EndingKind } from "./rules.ts";
import { tenderContractEnding, tenderTakeoverMark } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface EndingRow {
  readonly endingNo: number;
  readonly kind: EndingKind;
  readonly bySide: BySide;
  readonly noticedOn: Day;
  readonly endsOn: Day;
  readonly why: string;
  readonly decision: DecisionRef | null;
  readonly file: ContractFile;
  readonly state: EditionState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedWhy: string | null;
  readonly leafHash: string | null;
}
type StoredEnding = Omit<EndingRow, "decision" | "file"> & { readonly decision: string | null; readonly file: string };
export const endingFrom = (row: StoredEnding): EndingRow => ({
  ...row,
  decision: row.decision === null ? null : (JSON.parse(row.decision) as DecisionRef),
  file: JSON.parse(row.file) as ContractFile,
});

/** Every notice there was, the oldest first. */
export const listEndings = ({ db, community }: Here, key: ContractKey): Query<StoredEnding[]> =>
  db.all(
    sql`SELECT ending_no AS endingNo, kind, by_side AS bySide, noticed_on AS noticedOn, ends_on AS endsOn, why, decision, file, state, drafted_by AS draftedBy,
          drafted_at AS draftedAt, decided_by AS decidedBy, decided_at AS decidedAt, decided_why AS decidedWhy, leaf_hash AS leafHash
        FROM tender_contract_ending WHERE community_id = ${community.id} AND contract_id = ${key} ORDER BY ending_no`,
  );
/** Notices that wait for a second person. */
export const listWaitingEndings = (
  { db, community }: Here,
  most: number,
): Query<{ number: number; title: string; draftedBy: string }[]> =>
  db.all(
    sql`SELECT c.number, c.title, e.drafted_by AS draftedBy FROM tender_contract c
        JOIN tender_contract_ending e ON e.community_id = c.community_id AND e.contract_id = c.contract_id
        WHERE c.community_id = ${community.id} AND c.state = 'signed' AND c.ends_on IS NULL AND e.state = 'waiting' LIMIT CAST(${most} AS INTEGER)`,
  );

export const insertEnding = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  row: Pick<
    EndingRow,
    "endingNo" | "kind" | "bySide" | "noticedOn" | "endsOn" | "why" | "decision" | "file" | "draftedBy"
  > & {
    readonly draftLeaf: string;
  },
): Query =>
  db.orm.insert(tenderContractEnding).values({
    communityId: community.id,
    contractId,
    state: "waiting",
    draftedAt: now,
    ...row,
    decision: row.decision === null ? null : JSON.stringify(row.decision),
    file: JSON.stringify(row.file),
  });
/** Decides on the notice that waits; aborts with `contract_stale` where it waits no longer. */
export const decideEnding = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  endingNo: number,
  to: { readonly state: EditionState; readonly by: string; readonly why: string; readonly leafHash: string },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE tender_contract_ending SET state = ${to.state}, decided_by = ${to.by}, decided_at = CAST(${now} AS INTEGER), decided_why = ${to.why}, leaf_hash = ${to.leafHash}
        WHERE community_id = ${community.id} AND contract_id = ${contractId} AND ending_no = CAST(${endingNo} AS INTEGER) AND state = 'waiting'`,
  ),
  assertThat(db, "contract_stale", sql`changes() = 1`),
];

export interface TakeoverLine extends HandoverLine<TakeoverKind> {
  readonly givenWords: string | null;
  readonly takenWords: string | null;
}
/** What is handed over, line by line, with both sides' marks. */
export const listTakeoverLines = ({ db, community }: Here, key: ContractKey): Query<TakeoverLine[]> =>
  db.all(
    sql`SELECT l.line_no AS lineNo, l.kind, l.what, l.amount_fen AS amountFen, g.person_id AS givenBy, g.words AS givenWords, t.person_id AS takenBy, t.words AS takenWords,
          (SELECT x.line_no FROM tender_takeover_line x WHERE x.community_id = l.community_id AND x.contract_id = l.contract_id AND x.strikes = l.line_no) AS struckBy
        FROM tender_takeover_line l
        LEFT JOIN tender_takeover_mark g ON g.community_id = l.community_id AND g.contract_id = l.contract_id AND g.line_no = l.line_no AND g.side = 'gives'
        LEFT JOIN tender_takeover_mark t ON t.community_id = l.community_id AND t.contract_id = l.contract_id AND t.line_no = l.line_no AND t.side = 'takes'
        WHERE l.community_id = ${community.id} AND l.contract_id = ${key} ORDER BY l.line_no`,
  );
/** A line; its number is taken in the write. */
export const insertTakeoverLine = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  row: {
    readonly kind: TakeoverKind;
    readonly what: string;
    readonly amountFen: number | null;
    readonly strikes: number | null;
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO tender_takeover_line(community_id, contract_id, line_no, kind, what, amount_fen, strikes, added_by, added_at, leaf_hash)
        SELECT ${community.id}, ${contractId}, coalesce(max(line_no), 0) + 1, ${row.kind}, ${row.what}, CAST(${row.amountFen} AS INTEGER), CAST(${row.strikes} AS INTEGER),
          ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM tender_takeover_line WHERE community_id = ${community.id} AND contract_id = ${contractId}`,
  );
export const insertTakeoverMark = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  contractId: string,
  row: {
    readonly lineNo: number;
    readonly side: "gives" | "takes";
    readonly personId: string;
    readonly words: string;
    readonly leafHash: string;
  },
): Query => db.orm.insert(tenderTakeoverMark).values({ communityId: community.id, contractId, signedAt: now, ...row });
