/** The opened bids as scoring reads them. No rule of its own. */
import type { Scene } from "../../platform/scene.ts";
import type { OpenedBid } from "../opening/opened.ts";
import { listOpenedBids, openedBidOf } from "../opening/store.ts";
import type { TenderKey } from "../store.ts";

/** By lot and bidder's number; empty before the opening. One round trip. */
export async function findOpenedBids(
  scene: Pick<Scene, "db" | "community">,
  key: TenderKey,
): Promise<readonly OpenedBid[]> {
  const [rows] = await scene.db.read(listOpenedBids(scene, key));
  return rows.map(openedBidOf);
}
