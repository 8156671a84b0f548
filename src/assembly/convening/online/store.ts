/** The SQL of petitions as anyone and as an owner reads them: what is open for signing. Reads only; decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

export interface OpenPetition {
  readonly petitionId: string;
  readonly subject: string;
  readonly openedAt: Instant;
  readonly signed: number;
  /** 1 where one of the heads asked about stands among those who signed. */
  readonly own: number;
}

/** Petitions on which no meeting was begun yet, the newest first; `headKeys` are the asker's own. */
export const listOpenPetitions = (
  { db, community }: Here,
  limit: number,
  headKeys: readonly string[] = [],
): Query<OpenPetition[]> =>
  db.all(
    sql`SELECT p.petition_id AS petitionId, p.subject, p.opened_at AS openedAt,
          (SELECT count(*) FROM petition_standing s WHERE s.community_id = p.community_id AND s.petition_id = p.petition_id) AS signed,
          EXISTS (SELECT 1 FROM petition_standing s WHERE s.community_id = p.community_id AND s.petition_id = p.petition_id
            AND s.head_key IN (SELECT value FROM json_each(${JSON.stringify(headKeys)}))) AS own
        FROM petition p WHERE p.community_id = ${community.id} AND p.meeting_id IS NULL
        ORDER BY p.opened_at DESC, p.petition_id LIMIT ${limit}`,
  );
