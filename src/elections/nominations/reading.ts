/** One candidacy with everything that is known of it, opened for those who may read it: the person themselves, and who prepares, decides or rules. Reads only. */
import type { Scene } from "../../platform/scene.ts";
import { criteriaFrom, findCriteria } from "../candidates/eligibility/criteria.ts";
import { type Criteria, isAppealOpen, standingOutcome } from "../candidates/eligibility/rules.ts";
import { candidateName, candidatePhone } from "../candidates/store.ts";
import { readMethod } from "../method/rules.ts";
import type { ElectionRow } from "../store.ts";
import { openNomineeName } from "./answering.ts";
import { openDeclaration, openProfile } from "./describing.ts";
import { listAffiliations, openAffiliation } from "./person/affiliation.ts";
import type { Interest, InterestAnswer, Profile } from "./person/rules.ts";
import { isComplete, type Stage, stageOf } from "./rules.ts";
import {
  type AnswerRow,
  type CandidacyRow,
  channelsOf,
  type DeclarationRow,
  listAnswers,
  listDeclarations,
  listNominations,
  listProfiles,
  type NominationRow,
  only,
} from "./store.ts";

/**
 * Where a candidacy stands by what the tables alone say: supporters are counted without a look at the roll, as every list
 * does. The decision and the publication look at the roll.
 */
export function stageOfRow(election: Pick<ElectionRow, "method" | "candidatesPublishedAt">, row: CandidacyRow): Stage {
  const least = readMethod(election.method).supportersLeast.value;
  const { outcome, ruling, appealedAt } = row;
  return stageOf({
    isNominated: channelsOf(row).some((channel) => isComplete(channel, row.supports, least)),
    answer: row.answer,
    withdrawn: row.withdrawnAt !== null,
    published: row.ballotOrder !== null,
    outcome: outcome === null ? null : standingOutcome({ outcome, ruling }),
    appealOpen: outcome !== null && isAppealOpen({ appealedAt, ruling }),
    listOut: election.candidatesPublishedAt !== null,
  });
}

export interface CandidacyView {
  readonly election: ElectionRow;
  readonly row: CandidacyRow;
  readonly stage: Stage;
  /** The owner's name as the nomination wrote it. */
  readonly name: string;
  /** The natural person who would sit; null before they accepted. */
  readonly person: string | null;
  readonly phone: string | null;
  readonly nominations: readonly NominationRow[];
  readonly answers: readonly AnswerRow[];
  readonly profile: (Profile & { readonly photoFile: string | null }) | null;
  readonly declaration: {
    readonly row: DeclarationRow;
    readonly answers: readonly InterestAnswer[];
    readonly publicItems: readonly Interest[];
  } | null;
  readonly affiliation: string | null;
  readonly criteria: Criteria;
}

export async function readCandidacy(scene: Scene, election: ElectionRow, row: CandidacyRow): Promise<CandidacyView> {
  const ids = only(row.candidacyId);
  const [nominations, answers, profiles, declarations, affiliations, criteria] = await scene.db.read(
    listNominations(scene, row.candidacyId),
    listAnswers(scene, row.candidacyId),
    listProfiles(scene, ids),
    listDeclarations(scene, ids),
    listAffiliations(scene, ids),
    findCriteria(scene, row.electionId),
  );
  const [profile, declaration, affiliation] = [profiles[0], declarations[0], affiliations[0]];
  return {
    election,
    row,
    stage: stageOfRow(election, row),
    name: await openNomineeName(scene, row),
    person:
      row.personSealed === null
        ? null
        : await candidateName(scene, { candidateId: row.candidacyId, nameSealed: row.personSealed }),
    phone: await candidatePhone(scene, { candidateId: row.candidacyId, phoneSealed: row.phoneSealed }),
    nominations,
    answers,
    profile: profile ? { ...(await openProfile(scene, profile)).value, photoFile: profile.photoFile } : null,
    declaration: declaration
      ? {
          row: declaration,
          answers: (await openDeclaration(scene, declaration)).value,
          publicItems: JSON.parse(declaration.publicItems) as Interest[],
        }
      : null,
    affiliation: affiliation ? await openAffiliation(scene, affiliation) : null,
    criteria: criteriaFrom(criteria),
  };
}
