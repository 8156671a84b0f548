/** Fixed bytes for sealing: what a test seals today it opens tomorrow. */
import type { Bytes, SealedFor } from "../../src/tenders/sealing/browser/seal.js";

/** Bytes that count on from a start; "random" enough for a test that must come out the same. */
export function counting(start = 1): (length: number) => Bytes {
  let next = start;
  return (length) => Uint8Array.from({ length }, () => next++ % 256);
}

export const boundTo = (change: Partial<SealedFor> = {}): SealedFor => ({
  tender: "tender0000000001",
  bidder: "bidder0000000001",
  lot: 1,
  part: "price",
  closes: 1_798_000_000_000,
  edition: 1,
  ...change,
});
