/** An award whose ground is gone is withdrawn: the owners' decision was annulled, or a recount chose otherwise. One batch; a repeat finds it done. No HTTP. */
import type { Author } from "../../offices/authors.ts";
import type { Scene } from "../../platform/scene.ts";
import { CLOCK, recordTenderEvent } from "../acting.ts";
import { listContractedLots } from "../contracts/store.ts";
import { failing } from "../procedure/actions.ts";
import { findTender, updateTender } from "../store.ts";
import { awardWithdrawals } from "./messages.ts";
import { insertAwardWithdrawal, listAwards, listShakenAwards } from "./store.ts";

export const WITHDRAWN_WHY = {
  annulled: "业主大会的决定被撤销，定标随之撤回",
  recounted: "复核计票后不再是这家中标，定标撤回",
} as const;

type Shaken = {
  readonly tenderId: string;
  readonly lotNo: number;
  readonly cause: "annulled" | "recounted";
  readonly runNo: number | null;
};

/**
 * Withdraws one award. With the last award that stood the tender has failed and may be repeated; where the others all have their
 * contracts it is contracted. A contract that was signed before stays a fact: what becomes of it the parties and courts decide.
 */
export async function withdrawAward(scene: Scene, shaken: Shaken, by: Author = CLOCK): Promise<boolean> {
  const { tenderId, lotNo, cause, runNo } = shaken;
  const [tenders, awards, contracted] = await scene.db.read(
    findTender(scene, tenderId),
    listAwards(scene, tenderId),
    listContractedLots(scene, tenderId),
  );
  const [tender, award] = [tenders[0], awards.find((one) => one.lotNo === lotNo)];
  if (!tender || !award) return false;
  const event = recordTenderEvent(
    scene,
    tenderId,
    "award_withdrawn",
    { lot: lotNo, bidder: award.bidderNo, name: award.name, cause, why: WITHDRAWN_WHY[cause] },
    by,
    { award: award.leafHash, run: runNo ?? "" },
  );
  const left = awards.filter((one) => one.lotNo !== lotNo);
  const isAllContracted = left.every((one) => contracted.some((lot) => lot.lotNo === one.lotNo));
  const moved =
    tender.state !== "awarded"
      ? []
      : left.length === 0 && contracted.length === 0
        ? failing(scene, tender, WITHDRAWN_WHY[cause], by)
        : isAllContracted
          ? updateTender(scene, tender, { state: "contracted", contractedAt: scene.now })
          : updateTender(scene, tender, {});
  const written = await scene.db.write([
    insertAwardWithdrawal(scene, {
      tenderId,
      lotNo,
      cause,
      runNo,
      withdrawnBy: by.id,
      withdrawnAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...moved,
    ...awardWithdrawals(scene, tenderId, lotNo, award.bidderId),
  ]);
  return written.ok;
}

/** What the clock does: withdraws what has lost its ground. */
export async function runAwards(scene: Scene): Promise<void> {
  const [rows] = await scene.db.read(listShakenAwards(scene));
  for (const row of rows) await withdrawAward(scene, row);
}
