/** The SQL of authorisations and of the owners' decisions they rest on. Decides nothing. */

import type { Matter } from "../../assembly/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { committeeAuthorisation, committeeAuthorisationEnd } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** An authorisation with the decision it rests on, as both stand now. */
export interface AuthorisationRow {
  readonly authorisationId: string;
  readonly meetingId: string;
  readonly meetingNumber: number;
  readonly meetingTitle: string;
  readonly meetingState: string;
  readonly itemNo: number;
  readonly itemTitle: string;
  /** What the newest published count came to; a recount may have changed it. Null where none is published. */
  readonly outcome: string | null;
  readonly matter: Matter;
  readonly scope: string;
  readonly fromOn: string;
  readonly lastOn: string;
  readonly endedOn: string | null;
  readonly endedWhy: string | null;
  readonly recordedAt: Instant;
  readonly leafHash: string;
}

const lines = ({ community }: Pick<Here, "community">, where: SQL): SQL =>
  sql`SELECT a.authorisation_id AS authorisationId, a.meeting_id AS meetingId, m.number AS meetingNumber, m.title AS meetingTitle,
             m.state AS meetingState, a.item_no AS itemNo, coalesce(i.item ->> 'title', '') AS itemTitle,
             (SELECT r.result ->> 'outcome' FROM count_result r WHERE r.community_id = a.community_id AND r.meeting_id = a.meeting_id
               AND r.item_no = a.item_no AND r.basis = 'strict' AND r.run_no = (SELECT max(c.run_no) FROM count_run c
                 WHERE c.community_id = a.community_id AND c.meeting_id = a.meeting_id AND c.published_at IS NOT NULL)) AS outcome, a.matter, a.scope,
             a.from_on AS fromOn, a.last_on AS lastOn, e.ended_on AS endedOn, e.why AS endedWhy, a.recorded_at AS recordedAt,
             a.leaf_hash AS leafHash
      FROM committee_authorisation a
      JOIN meeting m ON m.community_id = a.community_id AND m.meeting_id = a.meeting_id
      LEFT JOIN meeting_item i ON i.community_id = a.community_id AND i.meeting_id = a.meeting_id AND i.edition = m.edition AND i.item_no = a.item_no
      LEFT JOIN committee_authorisation_end e ON e.community_id = a.community_id AND e.authorisation_id = a.authorisation_id
      WHERE a.community_id = ${community.id} AND ${where} ORDER BY a.last_on DESC, a.authorisation_id`;

/** Authorisations, those that last longest first. */
export const listAuthorisations = (
  here: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<AuthorisationRow[]> =>
  here.db.all(
    sql`${lines(here, sql`true`)} LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/**
 * Those an item can rest on: all that have not run out by a day, fallen ones included so that the refusal can say so; and those
 * a meeting's items name, also when they ran out between the meeting and its publication.
 */
export const listUsableAuthorisations = (here: Here, on: string, sessionKey: string | SQL): Query<AuthorisationRow[]> =>
  here.db.all(
    sql`${lines(
      here,
      sql`(a.last_on >= ${on} OR a.authorisation_id IN (SELECT i.value ->> 'authorisationId' FROM committee_session s, json_each(s.items) i
            WHERE s.community_id = ${here.community.id} AND s.session_id = ${sessionKey}))`,
    )} LIMIT 100`,
  );

export const findAuthorisation = (here: Here, authorisationId: string | SQL): Query<AuthorisationRow[]> =>
  here.db.all(lines(here, sql`a.authorisation_id = ${authorisationId}`));

export const insertAuthorisation = (
  { db, community }: Here,
  row: Omit<typeof committeeAuthorisation.$inferInsert, "communityId">,
): Query => db.orm.insert(committeeAuthorisation).values({ ...row, communityId: community.id });

/** The database refuses a second end (`authorisation_ended`). */
export const insertAuthorisationEnd = (
  { db, community }: Here,
  row: Omit<typeof committeeAuthorisationEnd.$inferInsert, "communityId">,
): Query => db.orm.insert(committeeAuthorisationEnd).values({ ...row, communityId: community.id });

/** An item of an owners' meeting whose count is published, with what it came to. */
export interface DecidedItem {
  readonly meetingId: string;
  readonly number: number;
  readonly meetingTitle: string;
  readonly state: string;
  readonly publishedAt: Instant;
  readonly itemNo: number;
  readonly matter: Matter;
  readonly title: string;
  readonly outcome: string;
}

const decided = ({ community }: Pick<Here, "community">, where: SQL, limit: number): SQL =>
  sql`SELECT m.meeting_id AS meetingId, m.number, m.title AS meetingTitle, m.state, m.published_at AS publishedAt, i.item_no AS itemNo,
             i.matter, i.item ->> 'title' AS title, r.result ->> 'outcome' AS outcome
      FROM meeting m
      JOIN meeting_item i ON i.community_id = m.community_id AND i.meeting_id = m.meeting_id AND i.edition = m.edition
      JOIN count_result r ON r.community_id = m.community_id AND r.meeting_id = m.meeting_id AND r.item_no = i.item_no AND r.basis = 'strict'
        AND r.run_no = (SELECT max(c.run_no) FROM count_run c
          WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id AND c.published_at IS NOT NULL)
      WHERE m.community_id = ${community.id} AND m.published_at IS NOT NULL AND ${where}
      ORDER BY m.number DESC, i.item_no LIMIT CAST(${limit} AS INTEGER)`;

/** Decisions an authorisation could rest on, the newest first: the strict count of the newest published run says what they came to. */
export const listDecidedItems = (here: Here, limit: number): Query<DecidedItem[]> =>
  here.db.all(decided(here, sql`m.state <> 'annulled'`, limit));

export const findDecidedItem = (here: Here, meetingId: string, itemNo: number): Query<DecidedItem[]> =>
  here.db.all(decided(here, sql`m.meeting_id = ${meetingId} AND i.item_no = CAST(${itemNo} AS INTEGER)`, 1));
