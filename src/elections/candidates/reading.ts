/** The published candidates with everything that is public of them, opened; the same for each, in the order of the ballot. Reads only. */

import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { openDeclaration, openProfile } from "../nominations/describing.ts";
import { type AffiliationRow, listAffiliations, openAffiliation } from "../nominations/person/affiliation.ts";
import type { Interest, InterestAnswer } from "../nominations/person/rules.ts";
import { type DeclarationRow, listDeclarations, listProfiles, type ProfileRow } from "../nominations/store.ts";
import type { NominationChannel } from "../rules.ts";
import type { ElectionKey } from "../store.ts";
import { type CandidateRow, listCandidates } from "./store.ts";

/** A candidate as everybody reads them. What they keep to themselves is null or empty, and said so on the page. */
export interface PublicCandidate {
  readonly row: CandidateRow;
  readonly channels: readonly NominationChannel[];
  readonly birthYear: number | null;
  readonly ageBand: string | null;
  readonly occupation: string;
  readonly introduction: string;
  readonly photoFile: string | null;
  readonly affiliation: string | null;
  /** Every question asked of them, with the answer where they let owners read it. */
  readonly interests: readonly { readonly interest: Interest; readonly answer: InterestAnswer | null }[];
  readonly declaredAt: number | null;
  readonly profileLeaf: string | null;
}

const published = ({ community }: Pick<Scene, "community">, key: ElectionKey) =>
  sql`(SELECT candidacy_id FROM candidate WHERE community_id = ${community.id} AND election_id = ${key})`;

const listChannels = (
  { db, community }: Pick<Scene, "db" | "community">,
  key: ElectionKey,
): Query<{ candidacyId: string; channel: NominationChannel }[]> =>
  db.all(
    sql`SELECT candidacy_id AS candidacyId, channel FROM nomination
        WHERE community_id = ${community.id} AND candidacy_id IN ${published({ community }, key)} ORDER BY made_at, channel`,
  );

/** The queries of the whole list, for one read together with others; `candidatesFrom` makes the list of their rows. */
export const candidateQueries = (scene: Scene, key: ElectionKey) =>
  [
    listCandidates(scene, key),
    listChannels(scene, key),
    listProfiles(scene, published(scene, key)),
    listDeclarations(scene, published(scene, key)),
    listAffiliations(scene, published(scene, key)),
  ] as const;

export async function candidatesFrom(
  scene: Scene,
  rows: readonly CandidateRow[],
  channels: readonly { readonly candidacyId: string; readonly channel: NominationChannel }[],
  profiles: readonly ProfileRow[],
  declarations: readonly DeclarationRow[],
  affiliations: readonly AffiliationRow[],
): Promise<readonly PublicCandidate[]> {
  return Promise.all(
    rows.map(async (row): Promise<PublicCandidate> => {
      const of = <R extends { readonly candidacyId: string }>(some: readonly R[]): R | undefined =>
        some.find(({ candidacyId }) => candidacyId === row.candidateId);
      const [profileRow, declarationRow, affiliationRow] = [of(profiles), of(declarations), of(affiliations)];
      const profile = profileRow ? (await openProfile(scene, profileRow)).value : null;
      const answers = declarationRow ? (await openDeclaration(scene, declarationRow)).value : [];
      const open = declarationRow ? (JSON.parse(declarationRow.publicItems) as Interest[]) : [];
      return {
        row,
        channels: channels.filter(({ candidacyId }) => candidacyId === row.candidateId).map(({ channel }) => channel),
        birthYear: profile?.birthYear ?? null,
        ageBand: profile?.ageBand ?? null,
        occupation: profile?.occupation ?? "",
        introduction: profile?.introduction ?? "",
        photoFile: profileRow?.photoFile ?? null,
        affiliation: affiliationRow ? await openAffiliation(scene, affiliationRow) : null,
        interests: answers.map((answer) => ({
          interest: answer.interest,
          answer: open.includes(answer.interest) ? answer : null,
        })),
        declaredAt: declarationRow?.signedAt ?? null,
        profileLeaf: profileRow?.leafHash ?? null,
      };
    }),
  );
}

/** All of them in one round trip. */
export async function readCandidates(scene: Scene, key: ElectionKey): Promise<readonly PublicCandidate[]> {
  const [rows, channels, profiles, declarations, affiliations] = await scene.db.read(...candidateQueries(scene, key));
  return candidatesFrom(scene, rows, channels, profiles, declarations, affiliations);
}
