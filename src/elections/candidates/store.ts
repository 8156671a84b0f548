/** The SQL of published candidates: who stands, in the order of the ballot, and what became of them. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene } from "../../platform/scene.ts";
import type { ElectionKey } from "../store.ts";

type Here = Pick<Scene, "db" | "community">;
type Opening = Pick<Scene, "keys" | "community">;

/** A candidate as published. Who withdrew or was excluded before the paper stood is still listed here, with the instant. */
export interface CandidateRow {
  /** The candidacy; also the key under which the ballot's option and the seat name the person. */
  readonly candidateId: string;
  /** The nomination it came from: the same value, named for those who hold a person and not a place on a list. */
  readonly personKey: string;
  /** What everyone calls the nomination by, and the lot in the draw. */
  readonly number: number;
  /** The place in the draw, from 1. Places of those who left stay empty; null is never given for a published candidate. */
  readonly ballotOrder: number | null;
  /** The natural person's name, sealed; `candidateName` opens it. */
  readonly nameSealed: string;
  /** The same name in clear: published with the person's consent (M6). */
  readonly publicName: string;
  /** Their unit or building, as far as they let it be published; "" otherwise. */
  readonly address: string;
  /** The owner by whom they stand: themselves, or the company that sends them (BJ 39). */
  readonly partyId: PartyId;
  /** The head of the roll that owner belonged to at publication. */
  readonly headKey: string;
  /** 1 when a company or another organisation sends them. */
  readonly sentByOwner: 0 | 1;
  /** The mobile to reach them by, sealed; `candidatePhone` opens it. */
  readonly phoneSealed: string | null;
  readonly withdrawnAt: Instant | null;
  /** 1 when they withdrew with the paper frozen: the name stays on it. */
  readonly withdrawnFrozen: 0 | 1 | null;
  /** Found ineligible by the newest decision, unless an appeal overturned it. */
  readonly excludedAt: Instant | null;
  readonly publishedAt: Instant;
}

/** Everyone who was published in an election, in the order of the ballot; at most a few dozen. */
export const listCandidates = ({ db, community }: Here, key: ElectionKey): Query<CandidateRow[]> =>
  db.all(
    sql`SELECT c.candidacy_id AS candidateId, c.candidacy_id AS personKey, y.number, c.ballot_order AS ballotOrder,
          a.person_sealed AS nameSealed, c.public_name AS publicName, c.address, c.party_id AS partyId, c.head_key AS headKey,
          a.sent_by_owner AS sentByOwner, a.phone_sealed AS phoneSealed, w.withdrawn_at AS withdrawnAt, w.frozen AS withdrawnFrozen,
          CASE WHEN d.outcome = 'ineligible' AND r.outcome IS NOT 'eligible' THEN d.decided_at END AS excludedAt, c.published_at AS publishedAt
        FROM candidate c
        JOIN candidacy y ON y.community_id = c.community_id AND y.candidacy_id = c.candidacy_id
        JOIN candidacy_answer a ON a.community_id = c.community_id AND a.candidacy_id = c.candidacy_id AND a.answer = 'accepted'
        LEFT JOIN candidacy_withdrawal w ON w.community_id = c.community_id AND w.candidacy_id = c.candidacy_id
        LEFT JOIN eligibility_decision d ON d.community_id = c.community_id AND d.candidacy_id = c.candidacy_id
          AND d.decision_no = (SELECT max(n.decision_no) FROM eligibility_decision n WHERE n.community_id = d.community_id AND n.candidacy_id = d.candidacy_id)
        LEFT JOIN eligibility_ruling r ON r.community_id = d.community_id AND r.candidacy_id = d.candidacy_id AND r.decision_no = d.decision_no
        WHERE c.community_id = ${community.id} AND c.election_id = ${key} ORDER BY c.ballot_order`,
  );

/** Objections to candidates that still wait for an answer: none may, when voting opens (M6). */
export const countOpenCandidateObjections = ({ db, community }: Here, key: ElectionKey): Query<{ open: number }[]> =>
  db.all(
    sql`SELECT count(*) AS open FROM candidate_objection
        WHERE community_id = ${community.id} AND election_id = ${key} AND answered_at IS NULL`,
  );

/** What is sealed of a candidacy opens only for that person, in that community, and for what it was sealed as. */
export const candidacySeal = ({ community }: Pick<Opening, "community">, what: string, candidacyId: string): string =>
  sealOf(community.id, what, candidacyId);

/** The same, where the community is known by its id alone. */
export function sealOf(communityId: string, what: string, candidacyId: string): string {
  return `candidacy-${what}:${communityId}:${candidacyId}`;
}

/** The name of the natural person who would sit. */
export const candidateName = (scene: Opening, row: Pick<CandidateRow, "candidateId" | "nameSealed">): Promise<string> =>
  scene.keys.open(row.nameSealed, candidacySeal(scene, "person", row.candidateId));

/** Their mobile, 11 digits; null when none is known. */
export const candidatePhone = async (
  scene: Opening,
  row: Pick<CandidateRow, "candidateId" | "phoneSealed">,
): Promise<string | null> =>
  row.phoneSealed === null ? null : scene.keys.open(row.phoneSealed, candidacySeal(scene, "phone", row.candidateId));

/** Whether the name goes onto a paper that is not frozen yet. */
export const standsNow = (row: Pick<CandidateRow, "withdrawnAt" | "excludedAt">): boolean =>
  row.withdrawnAt === null && row.excludedAt === null;

// What is sealed of a candidacy, under whichever table it stands: a newer key seals it anew. Affiliation is its own file's (Q6).
for (const [table, column, what, part] of [
  ["candidacy", "name_sealed", "name", null],
  ["candidacy_answer", "person_sealed", "person", "answer_no"],
  ["candidacy_answer", "phone_sealed", "phone", "answer_no"],
  ["candidacy_profile", "content_sealed", "profile", "version"],
  ["candidacy_declaration", "answers_sealed", "declaration", "version"],
  ["eligibility_sheet", "findings_sealed", "findings", "sheet_no"],
  ["eligibility_decision", "reason_sealed", "reason", "decision_no"],
  ["eligibility_appeal", "text_sealed", "appeal", "decision_no"],
  ["eligibility_ruling", "reason_sealed", "ruling", "decision_no"],
] as const)
  registerSealed({
    table,
    column,
    key: part === null ? ["candidacy_id"] : ["candidacy_id", part],
    contextOf: (communityId, row) => sealOf(communityId, what, String(row.candidacy_id)),
  });
registerSealed({
  table: "candidate_objection",
  column: "text_sealed",
  key: ["election_id", "objection_id"],
  alsoOf: ["candidacy_id"],
  contextOf: (communityId, row) => sealOf(communityId, "objection", String(row.candidacy_id)),
});
