/** The person's own answer to being named, and withdrawing after a yes: in their own session, or on paper they signed (M5). No HTTP. */

import { maskName } from "../../community/identity/rules.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { Scene } from "../../platform/scene.ts";
import { commit } from "../../record/rules.ts";
import { recordElectionEvent } from "../acting.ts";
import { candidacySeal } from "../candidates/store.ts";
import type { ElectionState } from "../rules.ts";
import { type ElectionKey, type ElectionRow, findElection } from "../store.ts";
import { type Hand, saltOf } from "./hand.ts";
import { type Person, type PersonFault, readPerson } from "./person/rules.ts";
import { type AnswerRefusal, mayAnswer, mayWithdraw, type WithdrawRefusal } from "./rules.ts";
import { type CandidacyRow, findCandidacy, insertAnswer, insertWithdrawal } from "./store.ts";

export type AnsweringRefusal =
  | AnswerRefusal
  | FileFault
  | { readonly reason: "unknown_candidacy" }
  | { readonly reason: "candidacy_withdrawn" }
  | { readonly reason: "person_faulty"; readonly faults: readonly PersonFault[] }
  /** A company names whom it sends by a paper (BJ 39). */
  | { readonly reason: "authorisation_missing" }
  /** The same person, by name and number, stands already: for themselves, or sent by another owner. */
  | { readonly reason: "person_stands_already" };

export interface Asked {
  readonly answer: "accepted" | "declined";
  /** The rest only with a yes. Whom a company sends; ignored for a natural person, who stands under their own name. */
  readonly name: string;
  readonly phone: string;
  readonly consentsToName: boolean;
  readonly authorisation: Upload | null;
}

export const DECLINED: Asked = {
  answer: "declined",
  name: "",
  phone: "",
  consentsToName: false,
  authorisation: null,
};

export interface Found {
  readonly election: ElectionRow;
  readonly row: CandidacyRow;
}

/** The candidacy of a number, when this hand may touch it: an owner their own, an office-holder any. "Not yours" is "not there". */
export async function candidacyFor(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Pick<Hand, "owner">,
): Promise<Result<Found, { readonly reason: "unknown_candidacy" }>> {
  const [elections, rows] = await scene.db.read(findElection(scene, key), findCandidacy(scene, key, number));
  const [election, row] = [elections[0], rows[0]];
  if (!election || !row || (hand.owner && hand.owner.partyId !== row.partyId))
    return err({ reason: "unknown_candidacy" });
  return ok({ election, row });
}

/** The owner's name as the nomination wrote it. */
export const openNomineeName = (
  scene: Pick<Scene, "keys" | "community">,
  row: Pick<CandidacyRow, "candidacyId" | "nameSealed">,
): Promise<string> => scene.keys.open(row.nameSealed, candidacySeal(scene, "name", row.candidacyId));

/**
 * Records the answer. Nobody becomes a candidate without it, whoever named them. The same answer sent twice is one; of two
 * different ones at once the first stands.
 */
export async function answerNomination(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
  asked: Asked,
): Promise<Result<{ readonly number: number }, AnsweringRefusal>> {
  const found = await candidacyFor(scene, key, number, hand);
  if (!found.ok) return found;
  const { election, row } = found.value;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  // Sent twice: the first time it was written.
  if (row.answer === asked.answer) return ok({ number });
  const may = mayAnswer(election.state, row.answer, asked.answer);
  if (!may.ok) return may;
  const accepted = asked.answer === "accepted" ? await acceptance(scene, row, hand, asked) : ok(null);
  if (!accepted.ok) return accepted;
  const facts = accepted.value;
  const event = recordElectionEvent(
    scene,
    row.electionId,
    asked.answer === "accepted" ? "nomination_accepted" : "nomination_declined",
    { nomination: number, way: hand.way },
    hand.author,
    facts ? { commitment: commit(saltOf(scene, "name", row.candidacyId), facts.person.name) } : {},
  );
  const written = await scene.db.write([
    insertAnswer(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      answerNo: row.answers + 1,
      answer: asked.answer,
      way: hand.way,
      paperFile: hand.paperFile,
      personSealed: facts?.personSealed ?? null,
      phoneSealed: facts?.phoneSealed ?? null,
      maskedName: facts ? maskName(facts.person.name) : null,
      personHash: facts?.personHash ?? null,
      sentByOwner: row.partyKind === "natural" ? 0 : 1,
      authorisationFile: facts?.authorisationFile ?? null,
      answeredBy: hand.id,
      answeredAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    // Behind what guards the act: a batch that is sent twice must meet its guard first.
    ...hand.statements,
    ...(facts?.statements ?? []),
  ]);
  if (written.ok) return ok({ number });
  return afterAbort(scene, key, number, asked.answer, written.error.code);
}

/** Two answers at once: whoever comes second hears what stands. */
async function afterAbort(
  scene: Scene,
  key: ElectionKey,
  number: number,
  wanted: Asked["answer"],
  code: string,
): Promise<Result<{ readonly number: number }, AnsweringRefusal>> {
  const [elections, rows] = await scene.db.read(findElection(scene, key), findCandidacy(scene, key, number));
  const [row, state] = [rows[0], elections[0]?.state as ElectionState];
  if (row?.withdrawnAt) return err({ reason: "candidacy_withdrawn" });
  if (row?.answer === wanted) return ok({ number });
  switch (code) {
    case "already_answered":
    case "unique:candidacy_answer":
      if (row?.answer) return err({ reason: "already_answered", answer: row.answer });
      // The key that was met is the person's, under another owner.
      return err({ reason: "person_stands_already" });
    case "person_stands_already":
      return err({ reason: "person_stands_already" });
    case "answers_over":
      return err({ reason: "answers_over", state });
    default:
      throw new Error(`an answer was refused by ${code}`);
  }
}

interface Acceptance {
  readonly person: Person;
  readonly personSealed: string;
  readonly phoneSealed: string;
  readonly personHash: string;
  readonly authorisationFile: string | null;
  readonly statements: readonly Query[];
}

async function acceptance(
  scene: Scene,
  row: CandidacyRow,
  hand: Hand,
  asked: Asked,
): Promise<Result<Acceptance, AnsweringRefusal>> {
  const { keys, community } = scene;
  if (hand.owner && hand.owner.guardianId !== null) return err({ reason: "no_full_capacity" });
  const isNatural = row.partyKind === "natural";
  const name = isNatural ? await openNomineeName(scene, row) : asked.name;
  const { person, faults } = readPerson({ name, phone: asked.phone, consentsToName: asked.consentsToName });
  if (!person) return err({ reason: "person_faulty", faults });
  if (!isNatural && !asked.authorisation) return err({ reason: "authorisation_missing" });
  const put =
    !isNatural && asked.authorisation ? await putFile(scene, asked.authorisation, hand.id, "private") : ok(null);
  if (!put.ok) return put;
  const { candidacyId, electionId } = row;
  return ok({
    person,
    personSealed: await keys.seal(person.name, candidacySeal(scene, "person", candidacyId)),
    phoneSealed: await keys.seal(person.phone, candidacySeal(scene, "phone", candidacyId)),
    personHash: keys.index(`${person.name}\0${person.phone}`, `candidacy-person:${community.id}:${electionId}`),
    authorisationFile: put.value?.stored.fileId ?? null,
    statements: put.value ? [put.value.statement] : [],
  });
}

export type WithdrawingRefusal =
  | WithdrawRefusal
  | { readonly reason: "unknown_candidacy" }
  | { readonly reason: "election_stale" };

/**
 * Withdraws somebody who accepted. Before the ballot paper stands, the name goes from the list; afterwards it stays on the
 * paper, everybody reads that they withdrew, and they cannot be elected. Which of the two it was, the write itself checks.
 */
export async function withdrawCandidacy(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
): Promise<Result<{ readonly frozen: boolean }, WithdrawingRefusal>> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const found = await candidacyFor(scene, key, number, hand);
    if (!found.ok) return found;
    const { election, row } = found.value;
    const may = mayWithdraw(election.state, row.answer, row.withdrawnAt);
    if (!may.ok) return may;
    const { frozen } = may.value;
    const event = recordElectionEvent(
      scene,
      row.electionId,
      "candidacy_withdrawn",
      { nomination: number, way: hand.way, frozen },
      hand.author,
    );
    const written = await scene.db.write([
      insertWithdrawal(scene, {
        electionId: row.electionId,
        candidacyId: row.candidacyId,
        frozen: frozen ? 1 : 0,
        way: hand.way,
        paperFile: hand.paperFile,
        recordedBy: hand.id,
        withdrawnAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
      ...hand.statements,
    ]);
    if (written.ok) return ok({ frozen });
    const { code } = written.error;
    // The paper was frozen in between, or it was withdrawn: the next look says which.
    if (code !== "election_stale" && code !== "candidacy_withdrawn" && code !== "unique:candidacy_withdrawal")
      throw new Error(`a withdrawal was refused by ${code}`);
  }
  return err({ reason: "election_stale" });
}
