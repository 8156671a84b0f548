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
