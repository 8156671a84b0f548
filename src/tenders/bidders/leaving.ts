/** A bidder leaves lots before the closing, all of them where it leaves the tender; its sealed bids are taken back with it (TB 29). No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { takesBids } from "../rules.ts";
import { withdrawing } from "../sealing/delivering.ts";
import { standing } from "../sealing/rules.ts";
import { listBidsOf } from "../sealing/store.ts";
import { readAnnounced } from "./actions.ts";
import type { AdditionRefusal } from "./additions.ts";
import type { BidderActor } from "./session.ts";
import { findBidder, insertLotMove, listLotMoves, lotsOf } from "./store.ts";

export type LeaveRefusal = AdditionRefusal | { readonly reason: "lots_missing" };

const MOST_TRIES = 8;

/**
 * Leaves these lots: each with its sealed bid, in one batch. What was handed in stays in the record and is never opened. Lots it is not in
 * are passed over, so that a repeat finds it done. Until the closing it may come back (`joinLots`) and bid anew.
 */
export async function leaveLots(
  scene: Scene,
  { tenderId, bidderId }: Pick<BidderActor, "tenderId" | "bidderId">,
  lots: readonly number[],
): Promise<Result<{ readonly left: readonly number[]; readonly withdrawn: number }, LeaveRefusal>> {
  if (lots.length === 0) return err({ reason: "lots_missing" });
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, tenderId);
    if (!read) return err({ reason: "unknown_tender" });
    const { tender } = read;
    const [[own], moves, bids] = await scene.db.read(
      findBidder(scene, tenderId, bidderId),
      listLotMoves(scene, tenderId, bidderId),
      listBidsOf(scene, tenderId, bidderId),
    );
    if (!own) return err({ reason: "unknown_tender" });
    const leaving = lotsOf(own).filter((lotNo) => lots.includes(lotNo));
    if (leaving.length === 0) return ok({ left: [], withdrawn: 0 });
    const late = { reason: "bids_not_taken", state: tender.state, closedAt: tender.closesAt } as const;
    if (!takesBids(tender, scene.now)) return err(late);
    const sealed = standing(bids).filter(({ lotNo }) => leaving.includes(lotNo));
    const facts = { tender: tenderId, registration: own.leafHash, lots: leaving.length };
    const leaf = appendLeaf(scene, "tender.bidder_left", facts, tenderId);
    const written = await scene.db.write([
      ...sealed.flatMap((bid) => withdrawing(scene, tender, bid).statements),
      ...leaving.map((lotNo) =>
        insertLotMove(scene, {
          tenderId,
          bidderId,
          lotNo,
          moveNo: (moves.find((one) => one.lotNo === lotNo)?.moves ?? 0) + 1,
          kind: "left",
          movedAt: scene.now,
          leafHash: leaf.leafHash,
        }),
      ),
      leaf.statement,
    ]);
    if (written.ok) return ok({ left: leaving, withdrawn: sealed.length });
    const { code } = written.error;
    // A bid came in, was taken back or replaced meanwhile, or the same form came twice.
    if (["lot_moved", "bid_stands", "bid_there", "nothing_to_withdraw"].includes(code)) continue;
    if (code === "bids_not_taken" || code === "bid_late") return err(late);
    throw new Error(`leaving a lot was refused by ${code}`);
  }
  throw new Error("too many moves at once");
}
