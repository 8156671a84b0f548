/** The person's appeal against "ineligible", and the street's ruling on it: once each, with a reason (M4). No HTTP. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, recordElectionEvent } from "../../acting.ts";
import { candidacyFor } from "../../nominations/answering.ts";
import type { Hand } from "../../nominations/hand.ts";
import { tellDecided } from "../../nominations/messages.ts";
import { sealWords } from "../../nominations/sealing.ts";
import type { CandidacyRow } from "../../nominations/store.ts";
import type { ElectionKey } from "../../store.ts";
import { LONGEST_REASON, type Outcome } from "../rules.ts";
import { type EligibilityRefusal, staffHand, wordsOf } from "./actions.ts";
import { type AppealRow, insertAppeal, insertRuling, listAppeals, type RulingRow } from "./store.ts";

/** The person appeals against "ineligible", once, within the days (setting); in their own session or on signed paper. */
export async function appealDecision(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
  text: string,
): Promise<Result<{ readonly decisionNo: number }, EligibilityRefusal>> {
  const found = await candidacyFor(scene, key, number, hand);
  if (!found.ok) return found;
  const { row } = found.value;
  const words = text.trim();
  if (words === "") return err({ reason: "reason_missing" });
  if (words.length > LONGEST_REASON) return err({ reason: "reason_too_long", most: LONGEST_REASON });
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  if (row.appealedAt !== null) return sentTwice(scene, row, hand, words);
  if (row.outcome !== "ineligible" || row.appealUntil === null || scene.now >= row.appealUntil)
    return err({ reason: "appeal_not_open" });
  const content = await sealWords(scene, "appeal", row.candidacyId, words);
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "eligibility_appealed",
    { nomination: number, decision: row.decisionNo, way: hand.way },
    hand.author,
    { commitment: content.commitment },
  );
  const written = await scene.db.write([
    insertAppeal(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      decisionNo: row.decisionNo,
      textSealed: content.sealed,
      way: hand.way,
      paperFile: hand.paperFile,
      madeBy: hand.id,
      madeAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...hand.statements,
  ]);
  if (written.ok) return ok({ decisionNo: row.decisionNo });
  if (written.error.code === "already_appealed" || written.error.code === "unique:eligibility_appeal")
    return sentTwice(scene, row, hand, words);
  if (written.error.code === "appeal_over") return err({ reason: "appeal_not_open" });
  throw new Error(`an appeal was refused by ${written.error.code}`);
}

/** Whether the appeal there is, is this one once more. */
async function sentTwice(
  scene: Scene,
  row: CandidacyRow,
  hand: Hand,
  words: string,
): Promise<Result<{ readonly decisionNo: number }, EligibilityRefusal>> {
  const [appeals] = await scene.db.read(listAppeals(scene, row.candidacyId));
  const made = appeals.find(({ decisionNo }) => decisionNo === row.decisionNo);
  const isSame = made !== undefined && made.madeBy === hand.id && (await openAppeal(scene, made)) === words;
  return isSame ? ok({ decisionNo: row.decisionNo }) : err({ reason: "already_appealed" });
}

/** The same ruling sent once more is answered as the first was. */
async function ruledTwice(
  scene: Scene,
  key: ElectionKey,
  number: number,
  outcome: Outcome,
): Promise<Result<{ readonly outcome: Outcome }, EligibilityRefusal>> {
  const again = await candidacyFor(scene, key, number, staffHand);
  return again.ok && again.value.row.ruling === outcome ? ok({ outcome }) : err({ reason: "already_ruled" });
}

/** The street rules on an appeal, with its reason: the last word here. Never by who checked or decided. */
export async function ruleOnAppeal(
  scene: StaffScene,
  key: ElectionKey,
  number: number,
  asked: { readonly outcome: Outcome; readonly reason: string },
): Promise<Result<{ readonly outcome: Outcome }, EligibilityRefusal>> {
  const found = await candidacyFor(scene, key, number, staffHand);
  if (!found.ok) return found;
  const { row } = found.value;
  const reason = asked.reason.trim();
  if (reason === "") return err({ reason: "reason_missing" });
  if (reason.length > LONGEST_REASON) return err({ reason: "reason_too_long", most: LONGEST_REASON });
  if (row.appealedAt === null) return err({ reason: "appeal_not_open" });
  if (row.ruling !== null)
    return row.ruling === asked.outcome ? ok({ outcome: row.ruling }) : err({ reason: "already_ruled" });
  const content = await sealWords(scene, "ruling", row.candidacyId, reason);
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "appeal_ruled",
    { nomination: number, decision: row.decisionNo, outcome: asked.outcome },
    authorOf(scene),
    { commitment: content.commitment },
  );
  const written = await scene.db.write([
    insertRuling(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      decisionNo: row.decisionNo,
      outcome: asked.outcome,
      reasonSealed: content.sealed,
      ruledBy: scene.actor.personId,
      ruledAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    tellDecided(scene, row, row.decisionNo, true),
  ]);
  if (written.ok) return ok({ outcome: asked.outcome });
  if (written.error.code === "own_decision") return err({ reason: "own_decision" });
  if (written.error.code === "already_ruled" || written.error.code === "unique:eligibility_ruling")
    return ruledTwice(scene, key, number, asked.outcome);
  throw new Error(`a ruling was refused by ${written.error.code}`);
}

export const openAppeal = (scene: Scene, row: AppealRow): Promise<string> =>
  wordsOf(scene, "appeal", row.candidacyId, row.textSealed);

export const openRuling = (scene: Scene, row: RulingRow): Promise<string> =>
  wordsOf(scene, "ruling", row.candidacyId, row.reasonSealed);
