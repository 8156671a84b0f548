/** Ed25519 keys as signed notes name them: vkeys and key ids (C2SP signed-note). Not where the seed comes from. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../kernel/result.ts";
import { fromBase64, toBase64 } from "../encoding.ts";

/** What a key signs: a note's text, or a checkpoint together with a time. */
export const NOTE_KEY = 0x01;
export const COSIGNATURE_KEY = 0x04;
export type KeyType = typeof NOTE_KEY | typeof COSIGNATURE_KEY;

export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  /** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), in hex: an abbreviation, not a protection. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
}

export interface SignerKey extends VerifierKey {
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export type VkeyFault = "malformed" | "bad_name" | "unknown_type" | "key_id_differs";

/** Key names are not empty and hold neither spaces nor plus signs, because both separate fields. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]{1,200}$/u.test(name);

const idOf = (name: string, type: KeyType, publicKey: Uint8Array): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));

/** A public key of 32 bytes under a name. Throws for a name that cannot stand in a note. */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new TypeError(`"${name}" cannot name a key`);
  return { name, type, keyId: idOf(name, type, publicKey), publicKey };
}

/** The key pair of a 32-byte seed. The same seed always gives the same key and the same signatures (RFC 8032). */
export function signerKey(name: string, type: KeyType, seed: Uint8Array): SignerKey {
  const publicKey = ed25519.getPublicKey(seed);
  return { ...verifierKey(name, type, publicKey), sign: (message) => ed25519.sign(message, seed) };
}

/** `name+hex(key id)+base64(type ‖ public key)`. */
export const formatVkey = ({ name, keyId, type, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;

/** Reads a vkey and recomputes its key id. */
export function parseVkey(text: string): Result<VerifierKey, VkeyFault> {
  const parts = text.trim().split("+");
  const [name, keyId] = parts;
  // base64 itself may hold plus signs.
  const material = fromBase64(parts.slice(2).join("+"));
  if (!name || !keyId || !/^[0-9a-f]{8}$/.test(keyId) || material?.length !== 33) return err("malformed");
  if (!isKeyName(name)) return err("bad_name");
  const type = material[0];
  if (type !== NOTE_KEY && type !== COSIGNATURE_KEY) return err("unknown_type");
  const key = verifierKey(name, type, material.subarray(1));
  return key.keyId === keyId ? ok(key) : err("key_id_differs");
}

/** Whether a signature is this key's. Strict (RFC 8032, no small-order keys), so that every verifier says the same. */
export function isSignedBy(key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, key.publicKey, { zip215: false });
  } catch {
    return false; // a point that is not on the curve
  }
}
