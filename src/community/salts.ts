/** Salts for a list of commitments, drawn at once. */
import type { RandomBytes } from "../kernel/id.ts";
import { SALT_BYTES } from "../record/rules.ts";

// getRandomValues() gives at most this much at a time.
const LARGEST_DRAW = 65_536;

/** `count` salts of 16 bytes each, one behind the other; `saltAt` takes one out. */
export function drawSalts(random: RandomBytes, count: number): Uint8Array {
  const salts = new Uint8Array(count * SALT_BYTES);
  for (let start = 0; start < salts.length; start += LARGEST_DRAW)
    salts.set(random(Math.min(LARGEST_DRAW, salts.length - start)), start);
  return salts;
}

export const saltAt = (salts: Uint8Array, at: number): Uint8Array =>
  salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES);
