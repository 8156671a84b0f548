/** The SQL of early ends: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { EndState } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface EndRow {
  readonly leaseId: string;
  readonly turn: number;
  readonly lastOn: Day;
  readonly why: string;
  readonly state: EndState;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedWhy: string | null;
}
const END = sql`e.lease_id AS leaseId, e.turn, e.last_on AS lastOn, e.why, e.state, e.proposed_by AS proposedBy, e.proposed_at AS proposedAt,
  e.decided_by AS decidedBy, e.decided_why AS decidedWhy FROM ledger_lease_end e`;

/** The last that was proposed of a lease; none where nobody did. */
export const findLastEnd = ({ db, community }: Here, leaseId: string | SQL): Query<EndRow[]> =>
  db.all(
    sql`SELECT ${END} WHERE e.community_id = ${community.id} AND e.lease_id = ${leaseId} ORDER BY e.turn DESC LIMIT 1`,
  );
/** What waits for a second person, the oldest first. */
export const listWaitingEnds = (
  { db, community }: Here,
  limit: number,
): Query<(EndRow & { readonly number: number; readonly purpose: string })[]> =>
  db.all(
    sql`SELECT l.number, l.purpose, ${END} INDEXED BY ledger_lease_end_waiting
        JOIN ledger_lease l ON l.community_id = e.community_id AND l.lease_id = e.lease_id
        WHERE e.community_id = ${community.id} AND e.state = 'proposed' ORDER BY e.proposed_at LIMIT CAST(${limit} AS INTEGER)`,
  );

export const insertEnd = (
  { db, community, now }: HereNow,
  row: Pick<EndRow, "leaseId" | "turn" | "lastOn" | "why" | "proposedBy"> & { readonly draftLeaf: string },
): Query =>
  db.run(
    sql`INSERT INTO ledger_lease_end(community_id, lease_id, turn, last_on, why, state, proposed_by, proposed_at, draft_leaf)
        VALUES (${community.id}, ${row.leaseId}, CAST(${row.turn} AS INTEGER), ${row.lastOn}, ${row.why}, 'proposed', ${row.proposedBy},
          CAST(${now} AS INTEGER), ${row.draftLeaf})`,
  );
/** Decides what waits; the batch aborts with `lease_moved` when somebody was faster. */
export const decideEnd = (
  { db, community, now }: HereNow,
  key: Pick<EndRow, "leaseId" | "turn">,
  to: { readonly state: EndState; readonly by: string; readonly why: string; readonly leafHash: string },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE ledger_lease_end SET state = ${to.state}, decided_by = ${to.by}, decided_at = CAST(${now} AS INTEGER), decided_why = ${to.why}, leaf_hash = ${to.leafHash}
        WHERE community_id = ${community.id} AND lease_id = ${key.leaseId} AND turn = CAST(${key.turn} AS INTEGER) AND state = 'proposed'`,
  ),
  assertThat(db, "lease_moved", sql`changes() = 1`),
];
