/** Checking a person who accepted, deciding on them, their appeal and the street's ruling: three people, each in one batch with its entry (M3, M4). No HTTP. */

import { headsOn } from "../../../community/browse/actions.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { readOwnRoll } from "../../../owners/actions.ts";
import type { Query } from "../../../platform/db.ts";
import { type FileFault, putFile } from "../../../platform/files.ts";
import type { Upload } from "../../../platform/form-body.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import type { Json } from "../../../record/canonical.ts";
import { appendLeaf } from "../../../record/store.ts";
import { authorOf, type ElectionAuthor, recordElectionEvent } from "../../acting.ts";
import { readMethod } from "../../method/rules.ts";
import { candidacyFor } from "../../nominations/answering.ts";
import { tellDecided } from "../../nominations/messages.ts";
import { countingDay, isComplete, supportersOn } from "../../nominations/rules.ts";
import { openWords, sealWords } from "../../nominations/sealing.ts";
import { type CandidacyRow, channelsOf, listSupports } from "../../nominations/store.ts";
import type { ElectionKey, ElectionRow } from "../../store.ts";
import { LONGEST_REASON, type Outcome } from "../rules.ts";
import { readCriteria } from "./criteria.ts";
import {
  appealUntil,
  type DecideRefusal,
  type EligibilityFacts,
  type Found,
  isSensitive,
  mayDecide,
  type SheetFault,
  sheetFaults,
} from "./rules.ts";
import { type DecisionRow, insertDecision, insertSheet, listDecisions, listSheets, type SheetRow } from "./store.ts";

export type EligibilityRefusal =
  | DecideRefusal
  | FileFault
  | { readonly reason: "unknown_candidacy" }
  | { readonly reason: "candidacy_withdrawn" }
  | { readonly reason: "not_accepted" }
  | { readonly reason: "sheet_faulty"; readonly faults: readonly SheetFault[] }
  | { readonly reason: "reason_missing" }
  | { readonly reason: "reason_too_long"; readonly most: number }
  /** Who filled in the checklist does not decide on it. */
  | { readonly reason: "own_check" }
  /** Who checked or decided does not rule on the appeal. */
  | { readonly reason: "own_decision" }
  | { readonly reason: "appeal_not_open" }
  | { readonly reason: "already_appealed" }
  | { readonly reason: "already_ruled" }
  | { readonly reason: "election_over" }
  /** Somebody wrote another sheet or decision meanwhile. */
  | { readonly reason: "version_stale" };

export const wordsOf = async <V>(scene: Scene, what: string, candidacyId: string, text: string): Promise<V> =>
  (await openWords<V>(scene, what, candidacyId, text)).value;

/** What was found, line by line; for those who check, decide and rule. */
export const openSheet = (scene: Scene, row: SheetRow): Promise<readonly Found[]> =>
  wordsOf(scene, "findings", row.candidacyId, row.findingsSealed);
/** The reason of a decision; for the person, and for those who check, decide and rule. */
export const openReason = (scene: Scene, row: DecisionRow): Promise<string> =>
  wordsOf(scene, "reason", row.candidacyId, row.reasonSealed);

/** Owners who support a joint nomination, as the counting day's roll has them (C2). 0 where there is none. */
export async function countSupporters(scene: Scene, election: ElectionRow, row: CandidacyRow): Promise<number> {
  if (!channelsOf(row).includes("joint")) return 0;
  const [supports] = await scene.db.read(listSupports(scene, { candidacyId: row.candidacyId }));
  const { heads } = await headsOn(scene, countingDay(election, scene.now));
  return supportersOn(supports, heads, row.partyId);
}

/** Whether a channel has named the person validly: a joint one needs its supporters. */
export const isNominated = (election: ElectionRow, row: CandidacyRow, supporters: number): boolean => {
  const least = readMethod(election.method).supportersLeast.value;
  return channelsOf(row).some((channel) => isComplete(channel, supporters, least));
};

/** Everything a decision looks at, as it stands now. The roll is asked each time: a home may have been sold since. */
export async function readEligibility(
  scene: Scene,
  election: ElectionRow,
  row: CandidacyRow,
): Promise<EligibilityFacts & { readonly sheet: SheetRow | null; readonly supporters: number }> {
  const [sheets] = await scene.db.read(listSheets(scene, row.candidacyId));
  const sheet = sheets[0] ?? null;
  const supporters = await countSupporters(scene, election, row);
  const { heads } = await readOwnRoll(scene, { partyId: row.partyId });
  return {
    criteria: await readCriteria(scene, row.electionId),
    found: sheet ? await openSheet(scene, sheet) : null,
    isOwnerToday: heads.length > 0,
    accepted: row.answer === "accepted",
    declared: row.declarationVersion > 0,
    described: row.profileVersion > 0,
    nominated: isNominated(election, row, supporters),
    sheet,
    supporters,
  };
}

export const staffHand = { owner: null } as const;

/** Fills in the checklist of somebody who accepted: every line with its finding and its evidence. A later sheet replaces it. */
export async function checkCandidacy(
  scene: StaffScene,
  key: ElectionKey,
  number: number,
  asked: { readonly found: readonly Found[]; readonly papers: readonly Upload[]; readonly sheetNo: number },
): Promise<Result<{ readonly sheetNo: number }, EligibilityRefusal>> {
  const found = await candidacyFor(scene, key, number, staffHand);
  if (!found.ok) return found;
  const { row } = found.value;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  if (row.answer !== "accepted") return err({ reason: "not_accepted" });
  const lines = asked.found.map(({ item, finding, evidence }) => ({ item, finding, evidence: evidence.trim() }));
  const faults = sheetFaults(lines, await readCriteria(scene, row.electionId));
  if (faults.length > 0) return err({ reason: "sheet_faulty", faults });
  const files: string[] = [];
  const rows: Query[] = [];
  for (const paper of asked.papers) {
    const put = await putFile(scene, paper, scene.actor.personId, "private");
    if (!put.ok) return put;
    files.push(put.value.stored.fileId);
    rows.push(put.value.statement);
  }
  const sheetNo = asked.sheetNo + 1;
  const content = await sealWords(scene, "findings", row.candidacyId, lines as unknown as Json);
  const leaf = appendLeaf(
    scene,
    "election.candidate_checked",
    {
      election: row.electionId,
      nomination: number,
      sheet: sheetNo,
      commitment: content.commitment,
      by: authorOf(scene).words,
    },
    row.electionId,
  );
  const written = await scene.db.write([
    insertSheet(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      sheetNo,
      findingsSealed: content.sealed,
      files: JSON.stringify(files),
      checkedBy: scene.actor.personId,
      checkedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    ...rows,
  ]);
  if (written.ok) return ok({ sheetNo });
  if (written.error.code === "election_stale") return err({ reason: "election_over" });
  const [again] = await scene.db.read(listSheets(scene, row.candidacyId));
  const [newest] = again;
  // The same form once more: it stands.
  const isMine =
    newest?.sheetNo === sheetNo &&
    newest.checkedBy === scene.actor.personId &&
    JSON.stringify(await openSheet(scene, newest)) === JSON.stringify(lines);
  return isMine ? ok({ sheetNo }) : err({ reason: "version_stale" });
}

/** What the record and everybody read of a decision: sensitive conditions are not named. */
export const publicItems = (unmet: readonly string[]): string[] =>
  [...new Set(unmet.map((item) => (isSensitive(item) ? "not_named" : item)))].sort();

/** A decision with its entry, for the batch of whoever makes it. `sheetNo` 0: the roll alone says so. */
export async function decisionStatements(
  scene: Scene,
  row: CandidacyRow,
  decision: {
    readonly outcome: Outcome;
    readonly unmet: readonly string[];
    readonly reason: string;
    readonly sheetNo: number;
    readonly frozen: boolean;
    readonly appealUntil: number;
  },
  by: ElectionAuthor,
): Promise<readonly Query[]> {
  const { outcome, unmet, reason, sheetNo, frozen } = decision;
  const decisionNo = row.decisionNo + 1;
  const content = await sealWords(scene, "reason", row.candidacyId, reason);
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "eligibility_decided",
    { nomination: row.number, decision: decisionNo, outcome, unmet: publicItems(unmet), frozen },
    by,
    { commitment: content.commitment },
  );
  return [
    insertDecision(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      decisionNo,
      sheetNo,
      outcome,
      unmet: JSON.stringify(unmet),
      reasonSealed: content.sealed,
      frozen: frozen ? 1 : 0,
      appealUntil: decision.appealUntil,
      decidedBy: by.id,
      decidedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    tellDecided(scene, row, decisionNo, false),
  ];
}

/**
 * Decides on a person by the newest checklist, with a reason. After the list is out a decision "ineligible" strikes the name,
 * and from the notice of the meeting on it stays on the paper without being electable. Somebody else than who checked.
 */
export async function decideEligibility(
  scene: StaffScene,
  key: ElectionKey,
  number: number,
  asked: { readonly outcome: Outcome; readonly reason: string; readonly sheetNo: number; readonly decisionNo: number },
): Promise<Result<{ readonly decisionNo: number }, EligibilityRefusal>> {
  const found = await candidacyFor(scene, key, number, staffHand);
  if (!found.ok) return found;
  const { election, row } = found.value;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  const reason = asked.reason.trim();
  if (reason === "") return err({ reason: "reason_missing" });
  if (reason.length > LONGEST_REASON) return err({ reason: "reason_too_long", most: LONGEST_REASON });
  const facts = await readEligibility(scene, election, row);
  const isRepeat = row.decisionNo === asked.decisionNo + 1 && row.outcome === asked.outcome;
  if (!isRepeat && (row.decisionNo !== asked.decisionNo || row.sheetNo !== asked.sheetNo))
    return err({ reason: "version_stale" });
  if (isRepeat) return repeated(scene, row, reason);
  const may = mayDecide(facts, asked.outcome);
  if (!may.ok) return may;
  // What the street has ruled on is not decided otherwise the next day: it takes a new checklist, or the home sold.
  if (row.ruling === "eligible" && facts.isOwnerToday && row.decidedSheetNo === row.sheetNo)
    return err({ reason: "already_ruled" });
  const statements = await decisionStatements(
    scene,
    row,
    {
      outcome: asked.outcome,
      unmet: may.value.unmet,
      reason,
      sheetNo: row.sheetNo,
      frozen: election.state === "voting",
      appealUntil: appealUntil(scene.now, facts.criteria.appealDays),
    },
    authorOf(scene),
  );
  const written = await scene.db.write(statements);
  if (written.ok) return ok({ decisionNo: row.decisionNo + 1 });
  switch (written.error.code) {
    case "own_check":
      return err({ reason: "own_check" });
    case "election_stale":
      return err({ reason: "election_over" });
    case "sheet_stale":
      return err({ reason: "version_stale" });
    case "decision_stale":
    case "unique:eligibility_decision": {
      const again = await candidacyFor(scene, key, number, staffHand);
      return again.ok && again.value.row.outcome === asked.outcome
        ? repeated(scene, again.value.row, reason)
        : err({ reason: "version_stale" });
    }
    default:
      throw new Error(`a decision was refused by ${written.error.code}`);
  }
}

/** Whether the decision that stands is this one, sent once more by the same person. */
async function repeated(
  scene: StaffScene,
  row: CandidacyRow,
  reason: string,
): Promise<Result<{ readonly decisionNo: number }, EligibilityRefusal>> {
  const [decisions] = await scene.db.read(listDecisions(scene, row.candidacyId));
  const [newest] = decisions;
  const isMine =
    newest !== undefined && newest.decidedBy === scene.actor.personId && (await openReason(scene, newest)) === reason;
  return isMine ? ok({ decisionNo: newest.decisionNo }) : err({ reason: "version_stale" });
}
