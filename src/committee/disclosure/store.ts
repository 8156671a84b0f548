/** The SQL of what this room discloses: papers the owners adopted, and how many decisions there are. Reads only; decides nothing. */
import type { Matter } from "../../assembly/rules.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

/** A paper the owners adopted, with the decision that did. */
export interface AdoptedPaper {
  readonly matter: Matter;
  readonly meetingNumber: number;
  readonly itemNo: number;
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}

/** The papers of the newest carried decisions on the rules of procedure (matter 1) and on the covenant (2). */
export const listAdoptedPapers = ({ db, community }: Here): Query<AdoptedPaper[]> =>
  db.all(
    sql`SELECT d.matter, d.number AS meetingNumber, d.item_no AS itemNo, a.value ->> 'fileId' AS fileId, a.value ->> 'name' AS name,
               a.value ->> 'sha256' AS sha256
        FROM (SELECT i.matter, m.number, i.item_no, i.item, row_number() OVER (PARTITION BY i.matter ORDER BY m.number DESC, i.item_no DESC) AS place
              FROM meeting m
              JOIN meeting_item i ON i.community_id = m.community_id AND i.meeting_id = m.meeting_id AND i.edition = m.edition AND i.matter IN (1, 2)
              JOIN count_result r ON r.community_id = m.community_id AND r.meeting_id = m.meeting_id AND r.item_no = i.item_no AND r.basis = 'strict'
                AND r.run_no = (SELECT max(c.run_no) FROM count_run c
                  WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id AND c.published_at IS NOT NULL)
              WHERE m.community_id = ${community.id} AND m.state IN ('published', 'final') AND r.result ->> 'outcome' = 'carried') d,
             json_each(d.item, '$.attachments') a
        WHERE d.place = 1 ORDER BY d.matter, a.key`,
  );

/** Meetings of the owners whose result is published, and the newest. */
export const countDecidedMeetings = ({ db, community }: Here): Query<{ total: number; newestAt: number | null }[]> =>
  db.all(
    sql`SELECT count(*) AS total, max(published_at) AS newestAt FROM meeting WHERE community_id = ${community.id} AND published_at IS NOT NULL`,
  );

/** Resolutions and published minutes of the committee, and when the newest minutes came. */
export const countCommitteeDecisions = ({
  db,
  community,
}: Here): Query<{ resolutions: number; minutes: number; newestAt: number | null }[]> =>
  db.all(
    sql`SELECT (SELECT count(*) FROM committee_resolution WHERE community_id = ${community.id}) AS resolutions,
               count(*) AS minutes, max(published_at) AS newestAt
        FROM committee_session WHERE community_id = ${community.id} AND state = 'published'`,
  );
