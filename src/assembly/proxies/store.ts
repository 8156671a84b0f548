/** The SQL of written authorisations. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface ProxyRow {
  readonly proxyId: string;
  readonly voterNo: number;
  readonly agentSealed: string;
  readonly agentMasked: string;
  /** JSON of what the authorisation says, without the agent's name. */
  readonly terms: string;
  readonly fileId: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
  readonly revokedAt: Instant | null;
  readonly usedAt: Instant | null;
}

const PROXY =
  sql.raw(`proxy_id AS proxyId, voter_no AS voterNo, agent_sealed AS agentSealed, agent_masked AS agentMasked,
  terms, file_id AS fileId, recorded_by AS recordedBy, recorded_at AS recordedAt, revoked_at AS revokedAt, used_at AS usedAt`);

/** What is stored of an authorisation's terms beside the agent: nothing personal. */
export interface StoredTerms {
  /** The items it speaks of; empty = all of the meeting. */
  readonly itemNos: readonly number[];
  readonly validUntil: Day;
  /** Whether the principal told the agent how to vote; the words themselves are sealed with the agent's name. */
  readonly instructed: boolean;
}

export const termsOf = ({ terms }: Pick<ProxyRow, "terms">): StoredTerms => JSON.parse(terms) as StoredTerms;
export const itemsOfProxy = (row: Pick<ProxyRow, "terms">): readonly number[] => termsOf(row).itemNos;

/** The authorisation a voter has given and not taken back: one row or none. */
export const findProxyOf = ({ db, community }: Here, meetingId: string, voterNo: number): Query<ProxyRow[]> =>
  db.all(
    sql`SELECT ${PROXY} FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no = ${voterNo} AND revoked_at IS NULL`,
  );

export const findProxy = ({ db, community }: Here, meetingId: string, proxyId: string): Query<ProxyRow[]> =>
  db.all(
    sql`SELECT ${PROXY} FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND proxy_id = ${proxyId}`,
  );

/** How many owners an agent stands for in a meeting. */
export const countHeldBy = ({ db, community }: Here, meetingId: string, agentKey: string): Query<{ held: number }[]> =>
  db.all(
    sql`SELECT count(*) AS held FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND agent_key = ${agentKey} AND revoked_at IS NULL`,
  );

/** An authorisation with the principal as lists name them. */
export interface PlacedProxy extends ProxyRow {
  readonly maskedName: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

/** Authorisations of a meeting, the newest first. */
export const listProxies = (
  { db, community }: Here,
  meetingId: string,
  page: { readonly limit: number; readonly offset: number },
): Query<PlacedProxy[]> =>
  db.all(
    sql`SELECT p.*, v.masked_name AS maskedName, u.building, u.entrance, u.room
        FROM (SELECT ${PROXY} FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
              ORDER BY recorded_at DESC, proxy_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)) p
        JOIN meeting m ON m.community_id = ${community.id} AND m.meeting_id = ${meetingId}
        JOIN snapshot_voter v ON v.community_id = ${community.id} AND v.snapshot_id = m.snapshot_id AND v.voter_no = p.voterNo
        JOIN snapshot_unit u ON u.community_id = ${community.id} AND u.snapshot_id = m.snapshot_id AND u.voter_no = p.voterNo
          AND u.unit_id = (SELECT min(f.unit_id) FROM snapshot_unit f WHERE f.community_id = ${community.id}
            AND f.snapshot_id = m.snapshot_id AND f.voter_no = p.voterNo)
        ORDER BY p.recordedAt DESC, p.proxyId`,
  );

/** Whether a file is the scan of an authorisation of this meeting: one row or none. */
export const findScan = ({ db, community }: Here, meetingId: string, fileId: string): Query<{ fileId: string }[]> =>
  db.all(
    sql`SELECT file_id AS fileId FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND file_id = ${fileId}`,
  );

export interface NewProxy {
  readonly proxyId: string;
  readonly voterNo: number;
  readonly agentSealed: string;
  readonly agentMasked: string;
  readonly agentKey: string;
  readonly terms: string;
  readonly fileId: string | null;
  readonly recordedBy: string;
}

/**
 * Records an authorisation. Another one in force meets the unique key; the cap and a ballot already cast are asked again
 * here, because two requests can both have passed the rules (`cap_reached`, `already_voted`).
 */
export const insertProxy = (
  { db, community, now }: HereNow,
  meetingId: string,
  proxy: NewProxy,
  cap: number,
): Query[] => [
  db.run(
    sql`INSERT INTO proxy(community_id, meeting_id, proxy_id, voter_no, agent_sealed, agent_masked, agent_key, terms, file_id,
          recorded_by, recorded_at)
        VALUES (${community.id}, ${meetingId}, ${proxy.proxyId}, ${proxy.voterNo}, ${proxy.agentSealed}, ${proxy.agentMasked},
                ${proxy.agentKey}, ${proxy.terms}, ${proxy.fileId}, ${proxy.recordedBy}, ${now})`,
  ),
  assertThat(
    db,
    "cap_reached",
    sql`(SELECT count(*) FROM proxy WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND agent_key = ${proxy.agentKey} AND revoked_at IS NULL) <= CAST(${cap} AS INTEGER)`,
  ),
  assertThat(
    db,
    "already_voted",
    sql`NOT EXISTS (SELECT 1 FROM ballot WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no = ${proxy.voterNo})`,
  ),
];

/** Takes an authorisation back while it is neither revoked nor used; asserts that it was so (`proxy_moved`). */
export const revokeProxyRow = (
  { db, community, now }: HereNow,
  meetingId: string,
  proxyId: string,
  by: string,
): Query[] => [
  db.run(
    sql`UPDATE proxy SET revoked_at = CAST(${now} AS INTEGER), revoked_by = ${by}
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND proxy_id = ${proxyId}
          AND revoked_at IS NULL AND used_at IS NULL`,
  ),
  assertThat(db, "proxy_moved", sql`changes() = 1`),
];

/** Notes that the agent voted, under the same condition. */
export const useProxyRow = ({ db, community, now }: HereNow, meetingId: string, proxyId: string): Query[] => [
  db.run(
    sql`UPDATE proxy SET used_at = CAST(${now} AS INTEGER)
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND proxy_id = ${proxyId}
          AND revoked_at IS NULL AND used_at IS NULL`,
  ),
  assertThat(db, "proxy_moved", sql`changes() = 1`),
];
