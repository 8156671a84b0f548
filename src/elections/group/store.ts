/** The SQL of the group that runs an election and of objections to it: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { PERMISSIONS } from "../../offices/rules.ts";
import { assertFrom, assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { electionGroupMember, type electionGroupObjection } from "../schema.ts";
import type { ElectionKey } from "../store.ts";
import type { GroupPart } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

/** A member of a published list with the person as stored. */
export interface GroupMemberRow {
  readonly edition: number;
  readonly memberNo: number;
  readonly personId: PersonId;
  readonly part: GroupPart;
  readonly isChair: number;
  readonly home: string;
  readonly tenureId: string;
  readonly nameSealed: string;
}

/** The list that stands: the newest edition, the head first. */
export const listGroup = ({ db, community }: Here, key: ElectionKey): Query<GroupMemberRow[]> =>
  db.all(
    sql`SELECT m.edition, m.member_no AS memberNo, m.person_id AS personId, m.part, m.is_chair AS isChair, m.home, m.tenure_id AS tenureId,
          p.name_sealed AS nameSealed
        FROM election e JOIN election_group_member m ON m.community_id = e.community_id AND m.election_id = e.election_id AND m.edition = e.group_edition
        JOIN office_person p ON p.community_id = m.community_id AND p.person_id = m.person_id
        WHERE e.community_id = ${community.id} AND e.election_id = ${key} ORDER BY m.is_chair DESC, m.member_no`,
  );

export const insertGroupMembers = (
  { db, community }: Here,
  rows: readonly Omit<typeof electionGroupMember.$inferInsert, "communityId">[],
): Query[] => rows.map((row) => db.orm.insert(electionGroupMember).values({ ...row, communityId: community.id }));

/** Running tenures of those on published lists of an election; `begins` where publishing a list began them. */
export const listGroupTenures = (
  { db, community }: Here,
  key: ElectionKey,
  at: Instant,
): Query<{ tenureId: string; begins: number }[]> =>
  db.all(
    sql`SELECT m.tenure_id AS tenureId, max(m.begins) AS begins
        FROM election_group_member m JOIN office_span h ON h.community_id = m.community_id AND h.tenure_id = m.tenure_id
        WHERE m.community_id = ${community.id} AND m.election_id = ${key} AND h.until_at > CAST(${at} AS INTEGER)
        GROUP BY m.tenure_id`,
  );

// ——— Objections ———

export type GroupObjectionRow = Omit<typeof electionGroupObjection.$inferSelect, "communityId">;

const OBJECTION = sql`objection_no AS objectionNo, election_id AS electionId, edition, head_key AS headKey, text_sealed AS textSealed, channel,
  made_at AS madeAt, made_by AS madeBy, leaf_hash AS leafHash, answer, answered_at AS answeredAt, answered_by AS answeredBy, answer_leaf AS answerLeaf`;

/** In the order they came in. A group of a dozen is objected to a few times, if at all. */
export const listGroupObjections = ({ db, community }: Here, key: ElectionKey): Query<GroupObjectionRow[]> =>
  db.all(
    sql`SELECT ${OBJECTION} FROM election_group_objection WHERE community_id = ${community.id} AND election_id = ${key} ORDER BY objection_no`,
  );

export const countOpenGroupObjections = ({ db, community }: Here, key: ElectionKey): Query<{ open: number }[]> =>
  db.all(
    sql`SELECT count(*) AS open FROM election_group_objection
        WHERE community_id = ${community.id} AND election_id = ${key} AND answer IS NULL`,
  );

/** The next objection of an election; its number is taken in the write. */
export const insertGroupObjection = (
  { db, community }: Here,
  row: Pick<
    GroupObjectionRow,
    "electionId" | "edition" | "headKey" | "textSealed" | "channel" | "madeAt" | "madeBy" | "leafHash"
  >,
): Query =>
  db.run(
    sql`INSERT INTO election_group_objection(community_id, election_id, objection_no, edition, head_key, text_sealed, channel, made_at, made_by, leaf_hash)
        SELECT ${community.id}, ${row.electionId}, coalesce(max(objection_no), 0) + 1, CAST(${row.edition} AS INTEGER), ${row.headKey},
               ${row.textSealed}, ${row.channel}, CAST(${row.madeAt} AS INTEGER), ${row.madeBy}, ${row.leafHash}
        FROM election_group_objection WHERE community_id = ${community.id} AND election_id = ${row.electionId}`,
  );

/** Answers an objection, once (`objection_answered`). */
export const answerGroupObjection = (
  { db, community }: Here,
  row: Pick<GroupObjectionRow, "electionId" | "objectionNo">,
  answer: { readonly text: string; readonly at: Instant; readonly by: string; readonly leafHash: string },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE election_group_objection SET answer = ${answer.text}, answered_at = CAST(${answer.at} AS INTEGER), answered_by = ${answer.by},
          answer_leaf = ${answer.leafHash}
        WHERE community_id = ${community.id} AND election_id = ${row.electionId} AND objection_no = CAST(${row.objectionNo} AS INTEGER) AND answer IS NULL`,
  ),
  assertThat(db, "objection_answered", sql`changes() = 1`),
];

/** That somebody outside these tenures may record offices: without one, nobody could ever be appointed again (`last_manager`). */
export const assertManagerBeside = ({ db, community }: Here, tenureIds: readonly string[], at: Instant): Query =>
  assertFrom(
    db,
    "last_manager",
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(PERMISSIONS["offices.manage"])}))
          AND h.tenure_id NOT IN (SELECT value FROM json_each(${JSON.stringify(tenureIds)}))
          AND h.from_at <= CAST(${at} AS INTEGER) AND h.until_at > CAST(${at} AS INTEGER))`,
  );
