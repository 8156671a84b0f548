/** Runs in a page: ten megabytes sealed and opened by the product's own program, and the same bytes through bare WebCrypto. Times in ms. */
import * as seal from "../../src/tenders/sealing/browser/seal.js";

const FILE_BYTES = 10 * 1024 * 1024;
/** @type {{ tender: string, bidder: string, lot: number, part: "documents", closes: number, edition: number }} */
const BOUND = { tender: "bench", bidder: "bench", lot: 1, part: "documents", closes: 1, edition: 1 };

const file = new Uint8Array(FILE_BYTES);
file.set(seal.utf8("%PDF-1.7"));

/** One encryption or decryption, and the two hashes of it. @param {boolean} opens */
async function bare(opens) {
  const { subtle } = crypto;
  const [iv, additionalData] = [new Uint8Array(12), seal.utf8(seal.aadOf(BOUND))];
  const key = await subtle.importKey("raw", new Uint8Array(32), "AES-GCM", false, ["encrypt", "decrypt"]);
  const ct = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, file);
  await subtle.digest("SHA-256", ct);
  await subtle.digest("SHA-256", file);
  if (!opens) return;
  await subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, ct);
  await subtle.digest("SHA-256", ct);
  await subtle.digest("SHA-256", file);
}

/** Sealed for three keyholders, and opened again by two of them with every check. @param {boolean} opens */
async function product(opens) {
  const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));
  const { ct, sealed } = await seal.sealPart({ file, for: BOUND, keyholders: keys });
  if (!opens) return;
  const shares = await Promise.all(
    [0, 2].map((at) => seal.decryptShare(/** @type {any} */ (keys[at]), sealed.shares[at] ?? "", sealed.ctHash)),
  );
  const secret = await seal.recover(sealed, shares);
  if (!secret) throw new Error("two keyholders did not open it");
  await seal.openPart(sealed, ct, secret);
}

/** @param {"bare" | "product"} which @param {boolean} opens @returns {Promise<number>} */
export async function timed(which, opens) {
  const began = performance.now();
  await (which === "bare" ? bare : product)(opens);
  return performance.now() - began;
}
