/** The SQL of petitions. Signatures only grow, and so does what became of them; decides nothing. */
import { and, eq } from "drizzle-orm";
import type { Instant } from "../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { petition, petitionChange, petitionSignature } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type PetitionRow = typeof petition.$inferSelect;
export type SignatureRow = typeof petitionSignature.$inferSelect;

/** A petition in a list: how many heads have signed it, and the meeting it led to. */
export interface PetitionLine extends PetitionRow {
  readonly signed: number;
  readonly meetingNumber: number | null;
}

/** Petitions, the newest first. */
export const listPetitions = ({ db, community }: Here, limit: number): Query<PetitionLine[]> =>
  db.all<PetitionLine>(
    sql`SELECT community_id AS communityId, petition_id AS petitionId, subject, opened_by AS openedBy, opened_at AS openedAt,
          meeting_id AS meetingId,
          (SELECT count(*) FROM petition_standing s WHERE s.community_id = p.community_id AND s.petition_id = p.petition_id) AS signed,
          (SELECT number FROM meeting m WHERE m.community_id = p.community_id AND m.meeting_id = p.meeting_id) AS meetingNumber
        FROM petition p WHERE community_id = ${community.id} ORDER BY opened_at DESC, petition_id LIMIT ${limit}`,
  );

export const findPetition = ({ db, community }: Here, petitionId: string): Query<PetitionRow[]> =>
  db.orm
    .select()
    .from(petition)
    .where(and(eq(petition.communityId, community.id), eq(petition.petitionId, petitionId)));

/** The signatures that stand, the newest first: what was taken back is not among them. */
export const listSignatures = ({ db, community }: Here, petitionId: string): Query<SignatureRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, petition_id AS petitionId, head_key AS headKey, area_dm2 AS areaDm2,
          recorded_by AS recordedBy, recorded_at AS recordedAt
        FROM petition_standing WHERE community_id = ${community.id} AND petition_id = ${petitionId}
        ORDER BY recorded_at DESC, head_key DESC`,
  );

/** Heads whose signature was taken back or given again, with the number of the last change. */
export const listChanges = ({ db, community }: Here, petitionId: string): Query<{ headKey: string; last: number }[]> =>
  db.all(
    sql`SELECT head_key AS headKey, max(change_no) AS last FROM petition_change
        WHERE community_id = ${community.id} AND petition_id = ${petitionId} GROUP BY head_key`,
  );

export const insertPetition = (
  { db, community }: Here,
  row: { readonly petitionId: string; readonly subject: string; readonly by: string; readonly at: Instant },
): Query =>
  db.orm.insert(petition).values({
    communityId: community.id,
    petitionId: row.petitionId,
    subject: row.subject,
    openedBy: row.by,
    openedAt: row.at,
  });

export const insertSignature = ({ db, community }: Here, row: Omit<SignatureRow, "communityId">): Query =>
  db.orm.insert(petitionSignature).values({ ...row, communityId: community.id });

/** The next change of a signature; refused when another came first (`signature_changed_meanwhile`). */
export const insertChange = (
  { db, community }: Here,
  row: Omit<typeof petitionChange.$inferInsert, "communityId">,
): Query => db.orm.insert(petitionChange).values({ ...row, communityId: community.id });

/** Ties a petition to the meeting it led to; once, asserted (`already_convened`). */
export const conveneFrom = ({ db, community }: Here, petitionId: string, meetingId: string): Query[] => [
  db.run(
    sql`UPDATE petition SET meeting_id = ${meetingId}
        WHERE community_id = ${community.id} AND petition_id = ${petitionId} AND meeting_id IS NULL`,
  ),
  assertThat(db, "already_convened", sql`changes() = 1`),
];
