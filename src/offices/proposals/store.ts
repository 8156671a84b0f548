/** The SQL of acts of office that wait for a second person: statements for someone's batch, and reads. Decides nothing. */

import { maskName } from "../../community/identity/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { assertFrom, type Query, type SQL, sql } from "../../platform/db.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { PERMISSIONS, type PostKind } from "../rules.ts";
import { POST_WORDS } from "../words.ts";
import { ALONE_AFTER_MS, PROPOSAL_LIFE_MS, WEIGHTY_POSTS } from "./rules.ts";
import { officeProposal, officeProposalEnd } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

const MANAGERS: readonly PostKind[] = PERMISSIONS["offices.manage"];
const among = (values: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

// ——— Who else manages offices ———

const othersUntil = ({ community, now }: HereNow, not: readonly string[]): SQL =>
  sql`SELECT max(max(h.until_at, coalesce((SELECT max(e.recorded_at) FROM office_tenure_end e
               WHERE e.community_id = h.community_id AND e.tenure_id = h.tenure_id), 0))) AS until
      FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
      WHERE h.community_id = ${community.id} AND p.kind IN ${among(MANAGERS)} AND h.from_at <= CAST(${now} AS INTEGER)
        AND h.person_id NOT IN ${among(not)}`;

/**
 * Until when somebody beside these people has managed, or manages, offices: the end of the tenure or the recording of that end,
 * whichever is later, so that an end that is dated back buys nothing. Null when nobody ever did.
 */
export const findOthersUntil = (scene: HereNow, not: readonly string[]): Query<{ until: Instant | null }[]> =>
  scene.db.all(othersUntil(scene, not));

/** Asserts that nobody else could confirm: two requests can both have read that one was alone. */
export const assertAlone = (scene: HereNow, not: readonly string[]): Query =>
  assertFrom(
    scene.db,
    "second_came",
    sql`SELECT coalesce((${othersUntil(scene, not)}), 0) <= CAST(${scene.now - ALONE_AFTER_MS} AS INTEGER)`,
  );

/** Asserts that someone manages offices at this instant: their own office may have ended since their page was read. */
export const assertManages = ({ db, community, now }: HereNow, personId: string): Query =>
  assertFrom(
    db,
    "not_a_second",
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId} AND p.kind IN ${among(MANAGERS)}
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER))`,
  );

/** Whether a person holds, or will, a post that takes two people, or waits to be confirmed in one. */
const isWeighty = ({ community, now }: HereNow, personId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId} AND p.kind IN ${among(WEIGHTY_POSTS)}
          AND h.until_at > CAST(${now} AS INTEGER) AND h.until_at > h.from_at)
      OR EXISTS (SELECT 1 FROM office_proposal o WHERE o.community_id = ${community.id} AND o.expires_at > CAST(${now} AS INTEGER)
        AND o.kind = 'appointment' AND o.person_id = ${personId} AND NOT EXISTS (SELECT 1 FROM office_proposal_end e
          WHERE e.community_id = o.community_id AND e.proposal_id = o.proposal_id))`;

export const findWeighty = (scene: HereNow, personId: string): Query<{ weighty: number }[]> =>
  scene.db.all(sql`SELECT (${isWeighty(scene, personId)}) AS weighty`);

/** Asserts that a person's number may be changed by one officer alone. */
export const assertNotWeighty = (scene: HereNow, personId: string): Query =>
  assertFrom(scene.db, "second_needed", sql`SELECT NOT (${isWeighty(scene, personId)})`);

// ——— Statements ———

/** The office someone records from, as the record says it: an office, never a name. */
export const officeWords = ({ actor }: Pick<StaffScene, "actor">): string => {
  const kind = actor.posts.map((post) => post.kind as PostKind).find((one) => MANAGERS.includes(one));
  return kind ? POST_WORDS[kind].zh : "任职人员";
};

export interface NewProposal {
  readonly proposalId: string;
  readonly kind: "appointment" | "number";
  /** Empty for someone who is in no office yet. */
  readonly personId: PersonId | "";
  readonly postId: string | null;
  readonly phoneVersion: number | null;
  readonly name: string;
  /** What the second person is shown and what is written when they confirm, as JSON. */
  readonly details: string;
  /** What the record says of it besides its id, kind and who proposed it; no name, no number. */
  readonly said: JsonObject;
}

const contextOf = (communityId: string, proposalId: string): string => `office-proposal:${communityId}:${proposalId}`;

registerSealed({
  table: "office_proposal",
  column: "details_sealed",
  key: ["proposal_id"],
  contextOf: (communityId, { proposal_id }) => contextOf(communityId, String(proposal_id)),
});

/**
 * A proposal, its leaf, and word to everybody who could confirm it: statements for a batch. The database refuses a second change of
 * one person's number while another waits (`number_pending`).
 */
export async function insertProposal(scene: StaffScene, proposal: NewProposal): Promise<readonly Query[]> {
  const { db, community, now, actor } = scene;
  const { proposalId, kind, personId, postId, phoneVersion, name } = proposal;
  const expiresAt = now + PROPOSAL_LIFE_MS;
  const leaf = appendLeaf(
    scene,
    "office.proposed",
    { proposal: proposalId, kind, by: officeWords(scene), ...proposal.said },
    proposalId,
  );
  const [others] = await db.read(listManagers(scene, [actor.personId, personId]));
  return [
    db.orm.insert(officeProposal).values({
      communityId: community.id,
      proposalId,
      kind,
      personId,
      postId,
      phoneVersion,
      nameMasked: maskName(name),
      detailsSealed: await scene.keys.seal(proposal.details, contextOf(community.id, proposalId)),
      proposedBy: actor.personId,
      proposedAt: now,
      expiresAt,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    ...queueMessages(
      scene,
      "office.second-asked",
      others.map((other) => ({
        to: other.personId,
        params: { proposal: proposalId },
        dedupeKey: `office.second-asked:${proposalId}:${other.personId}`,
        expiresAt,
      })),
    ),
  ];
}

/** Those who manage offices now, without these people. */
const listManagers = (
  { db, community, now }: HereNow,
  not: readonly string[],
): Query<{ readonly personId: PersonId }[]> =>
  db.all(
    sql`SELECT DISTINCT h.person_id AS personId FROM office_span h
        JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND p.kind IN ${among(MANAGERS)} AND h.person_id NOT IN ${among(not)}
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)`,
  );

/**
 * The end of a proposal and its leaf. The database refuses a second one (`proposal_over`), one that comes too late
 * (`proposal_expired`), and a confirmation by who may not give it (`own_proposal`).
 */
export function insertProposalEnd(
  scene: StaffScene,
  end: { readonly proposalId: string; readonly way: "second" | "code" | "refusal"; readonly why?: string },
): readonly Query[] {
  const { db, community, now, actor } = scene;
  const { proposalId, way } = end;
  const leaf = appendLeaf(
    scene,
    way === "refusal" ? "office.refused" : "office.confirmed",
    { proposal: proposalId, ...(way === "refusal" ? {} : { way }), by: officeWords(scene) },
    proposalId,
  );
  return [
    db.orm.insert(officeProposalEnd).values({
      communityId: community.id,
      proposalId,
      outcome: way === "refusal" ? "refused" : "confirmed",
      way,
      why: end.why ?? "",
      endedBy: actor.personId,
      endedAt: now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

// ——— Reads ———

/** A proposal with its post, the people in it and its end, as stored. */
export interface ProposalRow {
  readonly proposalId: string;
  readonly kind: "appointment" | "number";
  readonly personId: PersonId | "";
  readonly postId: string | null;
  readonly titleZh: string | null;
  readonly titleEn: string | null;
  readonly bodyZh: string | null;
  readonly bodyEn: string | null;
  readonly phoneVersion: number | null;
  readonly nameMasked: string;
  /** Null for someone who is in no office yet. */
  readonly personSealed: string | null;
  readonly detailsSealed: string;
  readonly proposedBy: PersonId;
  readonly proposedBySealed: string | null;
  readonly proposedAt: Instant;
  readonly expiresAt: Instant;
  readonly outcome: "confirmed" | "refused" | null;
  readonly way: "second" | "code" | "refusal" | null;
  readonly why: string | null;
  readonly endedBy: PersonId | null;
  readonly endedBySealed: string | null;
  readonly endedAt: Instant | null;
}

const proposals = ({ db, community }: Here, where: SQL, rest: SQL): Query<ProposalRow[]> =>
  db.all(
    sql`SELECT o.proposal_id AS proposalId, o.kind, o.person_id AS personId, o.post_id AS postId, p.title_zh AS titleZh, p.title_en AS titleEn, b.name_zh AS bodyZh, b.name_en AS bodyEn,
               o.phone_version AS phoneVersion, o.name_masked AS nameMasked, n.name_sealed AS personSealed, o.details_sealed AS detailsSealed,
               o.proposed_by AS proposedBy, x.name_sealed AS proposedBySealed, o.proposed_at AS proposedAt, o.expires_at AS expiresAt,
               e.outcome, e.way, e.why, e.ended_by AS endedBy, y.name_sealed AS endedBySealed, e.ended_at AS endedAt
        FROM office_proposal o
        LEFT JOIN office_post p ON p.community_id = o.community_id AND p.post_id = o.post_id
        LEFT JOIN office_body b ON b.community_id = p.community_id AND b.body_id = p.body_id
        LEFT JOIN office_proposal_end e ON e.community_id = o.community_id AND e.proposal_id = o.proposal_id
        LEFT JOIN office_person n ON n.community_id = o.community_id AND n.person_id = o.person_id
        LEFT JOIN office_person x ON x.community_id = o.community_id AND x.person_id = o.proposed_by
        LEFT JOIN office_person y ON y.community_id = o.community_id AND y.person_id = e.ended_by
        WHERE o.community_id = ${community.id} AND ${where} ${rest}`,
  );

export const findProposal = (scene: Here, proposalId: string): Query<ProposalRow[]> =>
  proposals(scene, sql`o.proposal_id = ${proposalId}`, sql``);

const MOST_OPEN = 100;

/** What waits at this instant, oldest first. */
export const listOpenProposals = (scene: HereNow): Query<ProposalRow[]> =>
  proposals(
    scene,
    sql`o.expires_at > CAST(${scene.now} AS INTEGER) AND e.proposal_id IS NULL`,
    sql`ORDER BY o.proposed_at, o.proposal_id LIMIT ${MOST_OPEN}`,
  );

/** All of them, newest first. */
export const listProposals = (
  scene: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<ProposalRow[]> =>
  proposals(
    scene,
    sql`true`,
    sql`ORDER BY o.proposed_at DESC, o.proposal_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countProposals = ({ db, community }: Here): Query<{ proposals: number }[]> =>
  db.all(sql`SELECT count(*) AS proposals FROM office_proposal WHERE community_id = ${community.id}`);

/** What was sealed of a proposal. */
export const openDetails = (
  scene: Pick<Scene, "db" | "community" | "keys">,
  row: Pick<ProposalRow, "proposalId" | "detailsSealed">,
): Promise<string> => scene.keys.open(row.detailsSealed, contextOf(scene.community.id, row.proposalId));
