/** Witness cosignatures (C2SP tlog-cosignature, Ed25519, type 0x04): a witness saw this checkpoint at this time and knows of none that contradicts it. */
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { COSIGNATURE_KEY, isSignedBy, type SignerKey, type VerifierKey } from "./key.ts";
import { type SignatureLine, signatureLine } from "./note.ts";

const TIME_BYTES = 8;

const message = (checkpointText: string, time: bigint): Uint8Array =>
  utf8ToBytes(`cosignature/v1\ntime ${time}\n${checkpointText}`);

/** The time in seconds since 1970 at which this witness cosigned; null when the line is not its signature under this text. */
export function verifyCosignature(checkpointText: string, line: SignatureLine, key: VerifierKey): number | null {
  if (key.type !== COSIGNATURE_KEY || line.name !== key.name || line.keyId !== key.keyId) return null;
  if (line.signature.length !== TIME_BYTES + 64) return null;
  const view = new DataView(line.signature.buffer, line.signature.byteOffset, TIME_BYTES);
  const time = view.getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return null; // also within the 2^63 − 1 the format allows
  return isSignedBy(key, message(checkpointText, time), line.signature.subarray(TIME_BYTES)) ? Number(time) : null;
}

/** The signature line of a witness; `timeSeconds` is when it looked. */
export function cosign(checkpointText: string, timeSeconds: number, key: SignerKey): string {
  if (key.type !== COSIGNATURE_KEY) throw new TypeError("a witness signs with a key of type 0x04");
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeSeconds));
  const signature = concatBytes(time, key.sign(message(checkpointText, BigInt(timeSeconds))));
  return signatureLine({ ...key, signature });
}
