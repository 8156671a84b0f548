/** What the desk asks of all meetings at once: one line a meeting with what waits in it. Reads only; decides nothing. */
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { PROVING_KINDS, STRENGTH } from "../delivery/rules.ts";
import type { MeetingRow } from "../meeting/store.ts";

type Here = Pick<Scene, "db" | "community">;

export interface WaitingRow {
  readonly meetingId: string;
  readonly rollObjections: number;
  readonly papers: number;
  readonly openTickets: number;
  /** The day the most pressing open objection is due; null when there is none. */
  readonly ticketsDueOn: string | null;
  /** Households of whom nothing yet proves that they were reached. */
  readonly unreached: number;
  readonly households: number;
  readonly unpublishedRun: number | null;
  readonly unpublishedBy: string | null;
}

// The states in which a household itself was provably reached, as the kept sums number them.
const PROVEN = PROVING_KINDS.map((kind) => (STRENGTH as readonly string[]).indexOf(kind));

// Only while households can still be reached is it worth saying how many are not.
const whileLive = (count: ReturnType<typeof sql>) =>
  sql`CASE WHEN m.state IN ('notice', 'open') THEN (${count}) ELSE 0 END`;

/** What waits in each meeting that is not over. A few indexed counts a meeting; an estate has one or two at a time. */
export const listWaiting = ({ db, community }: Here): Query<WaitingRow[]> =>
  db.all<WaitingRow>(
    sql`SELECT m.meeting_id AS meetingId,
          (SELECT count(*) FROM roll_objection r WHERE r.community_id = m.community_id AND r.meeting_id = m.meeting_id
            AND r.answered_at IS NULL) AS rollObjections,
          (SELECT count(*) FROM (SELECT DISTINCT e.voter_no, e.paper_no FROM paper_entry e
            WHERE e.community_id = m.community_id AND e.meeting_id = m.meeting_id AND NOT EXISTS (
              SELECT 1 FROM paper_outcome o WHERE o.community_id = e.community_id AND o.meeting_id = e.meeting_id
                AND o.voter_no = e.voter_no AND o.paper_no = e.paper_no))) AS papers,
          (SELECT count(*) FROM objection t WHERE t.community_id = m.community_id AND t.meeting_id = m.meeting_id
            AND t.answered_at IS NULL) AS openTickets,
          (SELECT min(t.due_on) FROM objection t WHERE t.community_id = m.community_id AND t.meeting_id = m.meeting_id
            AND t.answered_at IS NULL) AS ticketsDueOn,
          ${whileLive(sql`SELECT s.owners - coalesce((SELECT sum(c.voters) FROM delivery_count c
            WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id AND c.building = ''
              AND c.strength IN (SELECT value FROM json_each(${JSON.stringify(PROVEN)}))), 0)
            FROM snapshot s WHERE s.community_id = m.community_id AND s.snapshot_id = m.snapshot_id`)} AS unreached,
          coalesce((SELECT s.owners FROM snapshot s WHERE s.community_id = m.community_id AND s.snapshot_id = m.snapshot_id), 0) AS households,
          (SELECT min(run_no) FROM count_run c WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id
            AND c.published_at IS NULL) AS unpublishedRun,
          (SELECT counted_by FROM count_run c WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id
            AND c.published_at IS NULL ORDER BY run_no LIMIT 1) AS unpublishedBy
        FROM meeting m WHERE m.community_id = ${community.id} AND m.state IN ('draft', 'notice', 'open', 'closed', 'counted', 'published')`,
  );

export interface DeskMeetingLine {
  readonly row: MeetingRow;
  readonly waiting: WaitingRow;
}
