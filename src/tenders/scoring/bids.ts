/** The opened bids as scoring reads them, from the part of the room that opened them. */
import type { Scene } from "../../platform/scene.ts";
import type { OpenedBid } from "../opening/opened.ts";
import type { TenderKey } from "../store.ts";

type Reader = (scene: Pick<Scene, "db" | "community">, key: TenderKey) => Promise<readonly OpenedBid[]>;
let reader: Reader = async () => [];
export const readBidsWith = (own: Reader): void => {
  reader = own;
};
export const findOpenedBids: Reader = (scene, key) => reader(scene, key);
