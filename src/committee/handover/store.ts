/** The SQL of handovers: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { HandoverKind, HandoverLine, Side } from "./rules.ts";
import { handoverMark } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface HandoverRow {
  readonly handoverId: string;
  readonly number: number;
  /** The committee that leaves; null where one member does. */
  readonly mandateId: string | null;
  /** The tenure that ended; null where a whole committee leaves. */
  readonly tenureId: string | null;
  readonly endedOn: Day;
  readonly dueOn: Day;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly leafHash: string;
}

const COLUMNS = sql`handover_id AS handoverId, number, mandate_id AS mandateId, tenure_id AS tenureId, ended_on AS endedOn, due_on AS dueOn,
  opened_by AS openedBy, opened_at AS openedAt, leaf_hash AS leafHash`;

export type HandoverKey = string | SQL;
export const byHandoverNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT handover_id FROM handover WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findHandover = ({ db, community }: Here, key: HandoverKey): Query<HandoverRow[]> =>
  db.all(sql`SELECT ${COLUMNS} FROM handover WHERE community_id = ${community.id} AND handover_id = ${key}`);

/** A community has one every few years: all of them, the newest first. */
export const listHandovers = ({ db, community }: Here, limit: number): Query<HandoverRow[]> =>
  db.all(
    sql`SELECT ${COLUMNS} FROM handover WHERE community_id = ${community.id} ORDER BY number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );

/** The number is taken in the write. The database refuses a second handover of the same committee or member. */
export const insertHandover = ({ db, community }: Here, row: Omit<HandoverRow, "number">): Query =>
  db.run(
    sql`INSERT INTO handover(community_id, handover_id, number, mandate_id, tenure_id, ended_on, due_on, opened_by, opened_at, leaf_hash)
        SELECT ${community.id}, ${row.handoverId}, coalesce(max(number), 0) + 1, ${row.mandateId}, ${row.tenureId}, ${row.endedOn}, ${row.dueOn},
          ${row.openedBy}, CAST(${row.openedAt} AS INTEGER), ${row.leafHash}
        FROM handover WHERE community_id = ${community.id}`,
  );

export interface LineRow extends HandoverLine {
  readonly handoverId: string;
  readonly addedAt: Instant;
  readonly givenAt: Instant | null;
  readonly takenAt: Instant | null;
}

const lines = ({ community }: Here, where: SQL): SQL =>
  sql`SELECT l.handover_id AS handoverId, l.line_no AS lineNo, l.kind, l.what, l.amount_fen AS amountFen, l.added_at AS addedAt,
        g.person_id AS givenBy, g.signed_at AS givenAt, t.person_id AS takenBy, t.signed_at AS takenAt,
        (SELECT x.line_no FROM handover_line x WHERE x.community_id = l.community_id AND x.handover_id = l.handover_id AND x.strikes = l.line_no) AS struckBy
      FROM handover_line l
      LEFT JOIN handover_mark g ON g.community_id = l.community_id AND g.handover_id = l.handover_id AND g.line_no = l.line_no AND g.side = 'gives'
      LEFT JOIN handover_mark t ON t.community_id = l.community_id AND t.handover_id = l.handover_id AND t.line_no = l.line_no AND t.side = 'takes'
      WHERE l.community_id = ${community.id} AND ${where} ORDER BY l.handover_id, l.line_no`;

export const listLines = (here: Here, key: HandoverKey): Query<LineRow[]> =>
  here.db.all(lines(here, sql`l.handover_id = ${key}`));

/** Of the newest handovers: what the committee's page and the desk say of them. */
export const listLinesOfNewest = (here: Here, limit: number): Query<LineRow[]> =>
  here.db.all(
    lines(
      here,
      sql`l.handover_id IN (SELECT handover_id FROM handover WHERE community_id = ${here.community.id} ORDER BY number DESC LIMIT CAST(${limit} AS INTEGER))`,
    ),
  );

/** A line; its number is taken in the write. `strikes` is the line it puts in the place of. */
export const insertLine = (
  { db, community }: Here,
  row: {
    readonly handoverId: string;
    readonly kind: HandoverKind;
    readonly what: string;
    readonly amountFen: number | null;
    readonly strikes: number | null;
    readonly addedBy: string;
    readonly addedAt: Instant;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO handover_line(community_id, handover_id, line_no, kind, what, amount_fen, strikes, added_by, added_at, leaf_hash)
        SELECT ${community.id}, ${row.handoverId}, coalesce(max(line_no), 0) + 1, ${row.kind}, ${row.what}, CAST(${row.amountFen} AS INTEGER),
          CAST(${row.strikes} AS INTEGER), ${row.addedBy}, CAST(${row.addedAt} AS INTEGER), ${row.leafHash}
        FROM handover_line WHERE community_id = ${community.id} AND handover_id = ${row.handoverId}`,
  );

export const insertMark = (
  { db, community }: Here,
  row: {
    readonly handoverId: string;
    readonly lineNo: number;
    readonly side: Side;
    readonly personId: string;
    readonly enteredBy: string;
    readonly signedAt: Instant;
    readonly leafHash: string;
  },
): Query => db.orm.insert(handoverMark).values({ communityId: community.id, ...row });
