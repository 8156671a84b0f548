/** What the secrets of the deployment are for: sealing personal data, finding it again, deriving links and log keys. Not session cookies. */
import { Buffer } from "node:buffer";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256Hex } from "../kernel/hash.ts";
import { base32 } from "../kernel/id.ts";
import type { Env } from "./env.ts";

export interface Keys {
  /** Encrypts text (AES-256-GCM, fresh nonce) bound to a context such as `party:<community>`; opens only under the same. */
  seal(plain: string, context: string): Promise<string>;
  /** Decrypts; throws when the text was altered, the context differs, or its key is no longer configured. */
  open(sealed: string, context: string): Promise<string>;
  sealBytes(plain: Uint8Array, context: string): Promise<Uint8Array>;
  openBytes(sealed: Uint8Array, context: string): Promise<Uint8Array>;
  /** Keyed hash for finding a sealed value by equality; hex. Without the key a phone number cannot be guessed from it. */
  index(value: string, context: string): string;
  /** The token in a voting link: 160 bits, 32 characters. Derived, so that it can be printed again, and never stored. */
  linkToken(parts: readonly string[]): string;
  /** What is stored of a link's token. */
  hashToken(token: string): string;
  /** Seed of a community's Ed25519 log key, 32 bytes. */
  logSeed(communityId: string): Uint8Array;
  /** The newest key's number, for finding rows sealed under an older one. */
  readonly newest: string;
  /** Whether an older key stands beside it, so that something may still be sealed under that. */
  readonly isRotating: boolean;
}

const cache = new Map<string, Keys>();
const encoder = new TextEncoder();
const NONCE_BYTES = 12;
const NOTHING = new Uint8Array(0);

/** Reads the secrets once per isolate; a missing or short one stops the Worker at its first request, by name. */
export function keysOf(env: Env): Keys {
  const mark = [env.DATA_KEYS, env.INDEX_KEY, env.LINK_KEY, env.LOG_KEY].join("|");
  const held = cache.get(mark);
  if (held) return held;
  const made = readKeys(env);
  cache.set(mark, made);
  return made;
}

export const secretBytes = (name: string, base64: string | undefined): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(atob(base64 ?? ""), (char) => char.charCodeAt(0));
  if (bytes.length < 32) throw new Error(`secret ${name} is missing or shorter than 32 bytes`);
  return bytes;
};

function readKeys(env: Env): Keys {
  const dataKeys = new Map<string, Promise<CryptoKey>>();
  for (const entry of (env.DATA_KEYS ?? "").split(",")) {
    const [id, base64] = entry.split(":");
    if (!id || !/^[a-z0-9]{1,8}$/.test(id)) throw new Error("secret DATA_KEYS must read id:base64,id:base64");
    const bytes = secretBytes("DATA_KEYS", base64).slice(0, 32);
    dataKeys.set(id, crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]));
  }
  const newest = [...dataKeys.keys()][0]!;
  const indexKey = secretBytes("INDEX_KEY", env.INDEX_KEY);
  const linkKey = secretBytes("LINK_KEY", env.LINK_KEY);
  const logKey = secretBytes("LOG_KEY", env.LOG_KEY);

  /** Nonce and ciphertext behind `head`, which stays in clear. */
  const sealBehind = async (head: Uint8Array, plain: Uint8Array, context: string): Promise<Uint8Array> => {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const body = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: encoder.encode(context) },
      await dataKeys.get(newest)!,
      plain as Uint8Array<ArrayBuffer>,
    );
    const out = new Uint8Array(head.length + NONCE_BYTES + body.byteLength);
    out.set(head);
    out.set(iv, head.length);
    out.set(new Uint8Array(body), head.length + NONCE_BYTES);
    return out;
  };
  const head = encoder.encode(`${newest}.`);
  const sealBytes = (plain: Uint8Array, context: string) => sealBehind(head, plain, context);
  const openBytes = async (sealed: Uint8Array, context: string): Promise<Uint8Array> => {
    const dot = sealed.indexOf(46);
    const id = String.fromCharCode(...sealed.subarray(0, Math.max(dot, 0)));
    const key = dataKeys.get(id);
    if (!key) throw new Error(`sealed under key "${id}", which is not configured`);
    const iv = sealed.slice(dot + 1, dot + 1 + NONCE_BYTES);
    return new Uint8Array(
      await crypto.subtle.decrypt(
        { name: "AES-GCM", iv, additionalData: encoder.encode(context) },
        await key,
        sealed.slice(dot + 1 + NONCE_BYTES) as Uint8Array<ArrayBuffer>,
      ),
    );
  };

  return {
    newest,
    isRotating: dataKeys.size > 1,
    sealBytes,
    openBytes,
    seal: async (plain, context) => `${newest}.${toBase64(await sealBehind(NOTHING, encoder.encode(plain), context))}`,
    open: async (sealed, context) => {
      const dot = sealed.indexOf(".");
      const head = utf8ToBytes(sealed.slice(0, dot + 1));
      const body = fromBase64(sealed.slice(dot + 1));
      const bytes = new Uint8Array(head.length + body.length);
      bytes.set(head);
      bytes.set(body, head.length);
      return new TextDecoder().decode(await openBytes(bytes, context));
    },
    index: (value, context) => bytesToHex(hmac(sha256, indexKey, utf8ToBytes(`${context}\0${value}`))),
    linkToken: (parts) => base32(hmac(sha256, linkKey, utf8ToBytes(parts.join("\0"))).subarray(0, 20)),
    hashToken: (token) => sha256Hex(`link\0${token}`),
    logSeed: (communityId) => hkdf(sha256, logKey, undefined, utf8ToBytes(`log-key-v1\0${communityId}`), 32),
  };
}

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
