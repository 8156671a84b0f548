/** The SQL of objections to a notice or a result. Their text is sealed; decides nothing. */
import { and, asc, sql as drizzleSql, eq, isNull } from "drizzle-orm";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { MeetingKey } from "../meeting/store.ts";
import { objection } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type ObjectionRow = typeof objection.$inferSelect;

/** The objections of a meeting in the order they came in; a ticket's number is its place in it. */
export const listTickets = ({ db, community }: Here, meetingId: MeetingKey): Query<ObjectionRow[]> =>
  db.orm
    .select()
    .from(objection)
    .where(and(eq(objection.communityId, community.id), eq(objection.meetingId, meetingId)))
    .orderBy(asc(objection.madeAt), asc(objection.objectionId));

export const countOpenTickets = ({ db, community }: Here, meetingId: MeetingKey): Query<{ open: number }[]> =>
  db.orm
    .select({ open: drizzleSql<number>`count(*)` })
    .from(objection)
    .where(
      and(
        eq(objection.communityId, community.id),
        eq(objection.meetingId, meetingId),
        eq(objection.about, "result"),
        isNull(objection.answeredAt),
      ),
    );

/** How many tickets a meeting has had, how many wait, and what was answered in public words: for the public page. */
export const listPublicTickets = (
  { db, community }: Here,
  meetingId: MeetingKey,
): Query<Pick<ObjectionRow, "about" | "madeAt" | "dueOn" | "answer" | "answeredAt" | "wantsRecount">[]> =>
  db.orm
    .select({
      about: objection.about,
      madeAt: objection.madeAt,
      dueOn: objection.dueOn,
      answer: objection.answer,
      answeredAt: objection.answeredAt,
      wantsRecount: objection.wantsRecount,
    })
    .from(objection)
    .where(and(eq(objection.communityId, community.id), eq(objection.meetingId, meetingId)))
    .orderBy(asc(objection.madeAt), asc(objection.objectionId));

export interface ObjectorRow {
  readonly voterNo: number;
  readonly maskedName: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

/** Who objected, to the roll or otherwise: masked, with the first unit of the head in the roll that stands. For the desk only. */
export const listObjectors = ({ db, community }: Here, meetingId: MeetingKey): Query<ObjectorRow[]> =>
  db.all<ObjectorRow>(
    sql`SELECT v.voter_no AS voterNo, v.masked_name AS maskedName, u.building, u.entrance, u.room
        FROM meeting m
        JOIN snapshot_voter v ON v.community_id = m.community_id AND v.snapshot_id = m.snapshot_id
        JOIN snapshot_unit u ON u.community_id = v.community_id AND u.snapshot_id = v.snapshot_id AND u.voter_no = v.voter_no
          AND u.unit_id = (SELECT min(f.unit_id) FROM snapshot_unit f WHERE f.community_id = v.community_id
            AND f.snapshot_id = v.snapshot_id AND f.voter_no = v.voter_no)
        WHERE m.community_id = ${community.id} AND m.meeting_id = ${meetingId} AND v.voter_no IN (
          SELECT voter_no FROM objection WHERE community_id = ${community.id} AND meeting_id = m.meeting_id
          UNION SELECT voter_no FROM roll_objection WHERE community_id = ${community.id} AND meeting_id = m.meeting_id)`,
  );

export const insertTicket = (
  { db, community }: Here,
  row: Omit<ObjectionRow, "communityId" | "answer" | "answeredBy" | "answeredAt">,
): Query => db.orm.insert(objection).values({ ...row, communityId: community.id });

/** Answers a ticket once; asserted (`already_answered`). */
export const answerTicket = (
  { db, community }: Here,
  meetingId: MeetingId,
  objectionId: string,
  answer: { readonly text: string; readonly by: string; readonly at: Instant },
): Query[] => [
  db.run(
    sql`UPDATE objection SET answer = ${answer.text}, answered_by = ${answer.by}, answered_at = ${answer.at}
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND objection_id = ${objectionId} AND answered_at IS NULL`,
  ),
  assertThat(db, "already_answered", sql`changes() = 1`),
];
