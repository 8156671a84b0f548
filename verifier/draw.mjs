/** Drawing lots again from a revealed seed, and samples of vouchers. Written from what the pages of a draw say of it, and docs/decisions/061, 062, 077. Pure. */
import { fromHex, sha256, toHex, utf8 } from "./bytes.mjs";

/** What was published before: hex of SHA-256("commonhold draw v1" ‖ seed); null where the seed is not 32 bytes of hex. @param {unknown} seed */
export function commitmentOf(seed) {
  const bytes = fromHex(seed);
  return bytes?.length === 32 ? toHex(sha256(utf8("commonhold draw v1"), bytes)) : null;
}

/** Hex of SHA-256(seed ‖ purpose ‖ 0x00 ‖ lot). @param {string} seed @param {string} purpose @param {string | number} lot */
export const ticketOf = (seed, purpose, lot) =>
  toHex(sha256(fromHex(seed) ?? new Uint8Array(), utf8(purpose), Uint8Array.of(0), utf8(String(lot))));

/**
 * The lots by their tickets, the smallest first.
 * @template {string | number} T
 * @param {string} seed @param {string} purpose @param {readonly T[]} lots @returns {T[]}
 */
export function drawOrder(seed, purpose, lots) {
  const tickets = new Map(lots.map((lot) => [lot, ticketOf(seed, purpose, lot)]));
  return [...lots].sort((a, b) => ((tickets.get(a) ?? "") < (tickets.get(b) ?? "") ? -1 : 1));
}

/** A voucher of the list a sample is drawn from. @typedef {{ ref: string, amount: bigint, kind: string, isDecided: boolean, files: number }} Listed */

/** Every voucher in which one of the chosen fen lies, the fen counted through the list from one. @param {readonly Listed[]} list @param {bigint} start @param {bigint} interval */
function hitBy(list, start, interval) {
  let before = 0n;
  return list.filter(({ amount }) => {
    const [first, last] = [before + 1n, before + amount];
    before = last;
    // The first chosen fen that is not before this voucher.
    const steps = first <= start ? 0n : (first - start + interval - 1n) / interval;
    return start + steps * interval <= last;
  });
}

/**
 * The vouchers that a sample must have drawn, in its order; null for a way of drawing that nobody outside can repeat.
 * @param {readonly Listed[]} list @param {string} seed @param {string} purpose @param {any} asked @returns {string[] | null}
 */
export function drawSample(list, seed, purpose, asked) {
  const refs = list.map(({ ref }) => ref);
  /** @param {(one: Listed) => boolean} wanted */
  const those = (wanted) => list.filter(wanted).map(({ ref }) => ref);
  switch (asked.method === "kind" ? asked.kind : asked.method) {
    case "random":
      return drawOrder(seed, purpose, refs).slice(0, asked.size);
    case "monetary_unit": {
      const interval = list.reduce((sum, { amount }) => sum + amount, 0n) / BigInt(asked.size);
      const start = (BigInt(`0x${ticketOf(seed, purpose, "start")}`) % interval) + 1n;
      return hitBy(list, start, interval).map(({ ref }) => ref);
    }
    case "threshold":
      return those(({ amount }) => amount >= BigInt(asked.fromFen));
    case "reversal":
      return those(({ kind }) => kind === "reversal");
    case "opening":
      return those(({ kind }) => kind === "opening");
    case "no_decision":
      return those(({ kind, isDecided }) => kind === "ordinary" && !isDecided);
    case "no_file":
      return those(({ kind, files }) => kind === "ordinary" && files === 0);
    default:
      return null;
  }
}

/** SHA-256 of the references, a line each. @param {readonly string[]} refs */
export const hashOfRefs = (refs) => toHex(sha256(utf8(refs.map((ref) => `${ref}\n`).join(""))));
