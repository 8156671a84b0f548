/**
 * Sealing a bid so that nobody reads it before the opening: the whole of the cryptography, and nothing else. One plain ES module on
 * WebCrypto alone; browsers load this very file, and the Worker and its tests import it. No DOM, no network, no clock.
 *
 * Formats, all documented in docs/decisions/091-sealed-bids.md:
 *   aad       canonical JSON {bidder, closes, edition, lot, part, tender, v}
 *   ct        AES-256-GCM(key, iv, file, aad), the tag at its end
 *   ptCommit  SHA-256("bid-plaintext-v1\0" | aad | nonce | file)
 *   keyCommit SHA-256("bid-key-v1\0" | aad | key | nonce)   GCM alone lets one text open to two files
 *   share     x | f(x), Shamir 2 of 3 over GF(256) of key|nonce, to one keyholder as JWE ECDH-ES + A256GCM
 */
// @ts-check

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ kty: string, crv: string, x: string, y: string, kid?: string, d?: string }} Jwk */
/** @typedef {"price" | "documents" | "rehearsal"} Part */
/** @typedef {{ tender: string, bidder: string, lot: number, part: Part, closes: number, edition: number }} SealedFor */
/** What of a sealed part may be known to everybody. `aad` is its canonical text; hashes are hex, the rest base64url.
 * @typedef {{ aad: string, iv: string, ctHash: string, bytes: number, ptCommit: string, keyCommit: string, shares: string[] }} Sealed */
/** @typedef {{ key: Bytes, nonce: Bytes }} Secret */

/** Every way in which sealing or opening can say no; the message is the code. */
export class SealError extends Error {
  /** @param {string} code @param {unknown} [detail] */
  constructor(code, detail) {
    super(code);
    this.name = "SealError";
    this.code = code;
    this.detail = detail;
  }
}

export const KEY_BYTES = 32;
export const NONCE_BYTES = 32;
export const IV_BYTES = 12;
export const SEATS = [1, 2, 3];
/** Every price sheet has this size before it is sealed, so that the length of a price is no hint. */
export const PRICE_SHEET_BYTES = 8192;
export const LARGEST_DOCUMENT_BYTES = 10 * 1024 * 1024;
/** PBKDF2 rounds of a keyholder's file. It is opened in browsers only. */
export const PASSPHRASE_ROUNDS = 600_000;
export const SHORTEST_PASSPHRASE = 10;
/** A hundred billion yuan, as everywhere in the product. */
export const MOST_FEN = 10_000_000_000_000;

const subtle = crypto.subtle;
/** @param {number} length @returns {Bytes} */
const systemRandom = (length) => crypto.getRandomValues(new Uint8Array(length));
/** @param {string} text @returns {Bytes} */
export const utf8 = (text) => /** @type {Bytes} */ (new TextEncoder().encode(text));
/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** @param {...Uint8Array} parts @returns {Bytes} */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes */
export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Uint8Array} bytes */
export function toBase64url(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Strict: a second spelling of the same bytes is refused. @param {string} text @returns {Bytes} */
export function fromBase64url(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text)) throw new SealError("not_base64url");
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  if (plain.length % 4 === 1) throw new SealError("not_base64url");
  const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new SealError("not_base64url");
  return bytes;
}

/** @param {Bytes} bytes @returns {Promise<Bytes>} */
export const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));
/** @param {Bytes} bytes */
export const sha256Hex = async (bytes) => toHex(await sha256(bytes));

/** RFC 8785 of flat objects of strings and safe integers, which is all that is hashed here. @param {Record<string, string | number>} value */
export function canonical(value) {
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const one = value[name];
      if (typeof one !== "string" && !Number.isSafeInteger(one)) throw new SealError("not_canonical", name);
      return `${JSON.stringify(name)}:${JSON.stringify(one)}`;
    });
  return `{${members.join(",")}}`;
}

/** What a sealed part is bound to: put anywhere else, it does not open. @param {SealedFor} one */
export const aadOf = ({ bidder, closes, edition, lot, part, tender }) =>
  canonical({ bidder, closes, edition, lot, part, tender, v: 1 });

// ——— Shamir, two of three ———

/** In GF(256) modulo x^8 + x^4 + x^3 + x + 1; without tables or branches on secrets. @param {number} a @param {number} b */
export function multiply(a, b) {
  let [left, right, product] = [a, b, 0];
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= -(right & 1) & left;
    left = (left << 1) ^ (-(left >> 7) & 0x11b);
    right >>= 1;
  }
  return product;
}

/** a^254 is 1/a. @param {number} a */
function inverse(a) {
  let power = a;
  let result = 1;
  for (let bit = 1; bit < 8; bit += 1) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

/**
 * Three shares, each x | secret + slope·x. One alone says nothing: for every secret there is a slope that fits it.
 * @param {Uint8Array} secret @param {(length: number) => Uint8Array} [random] @returns {Bytes[]}
 */
export function split(secret, random = systemRandom) {
  const slope = random(secret.length);
  return SEATS.map((x) => {
    const share = new Uint8Array(secret.length + 1);
    share[0] = x;
    for (let at = 0; at < secret.length; at += 1)
      share[at + 1] = /** @type {number} */ (secret[at]) ^ multiply(/** @type {number} */ (slope[at]), x);
    return share;
  });
}

/** The secret from two shares; of shares that do not belong together it is noise, which keyCommit refuses. @param {Uint8Array} one @param {Uint8Array} other @returns {Bytes} */
export function combine(one, other) {
  const [x1, x2] = [one[0] ?? 0, other[0] ?? 0];
  if (one.length !== other.length || one.length < 2 || x1 === x2 || !SEATS.includes(x1) || !SEATS.includes(x2))
    throw new SealError("shares_do_not_fit");
  // At 0: y1·x2/(x2−x1) + y2·x1/(x1−x2), and minus is plus.
  const over = inverse(x1 ^ x2);
  const [weight1, weight2] = [multiply(x2, over), multiply(x1, over)];
  const secret = new Uint8Array(one.length - 1);
  for (let at = 0; at < secret.length; at += 1)
    secret[at] =
      multiply(/** @type {number} */ (one[at + 1]), weight1) ^ multiply(/** @type {number} */ (other[at + 1]), weight2);
  return secret;
}

// ——— JWE (RFC 7516, 7518), compact ———

const P256 = { name: "ECDH", namedCurve: "P-256" };
/** @param {number} value @returns {Bytes} */
const uint32 = (value) => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);

/** Concat KDF of RFC 7518, 4.6.2, for A256GCM without party info: one round gives 256 bits. @param {CryptoKey} own @param {CryptoKey} theirs */
async function agreedKey(own, theirs) {
  // `$public` is what the Worker's types call it; at run time it is `public` everywhere.
  const agreement = /** @type {SubtleCryptoDeriveKeyAlgorithm} */ (
    /** @type {unknown} */ ({ name: "ECDH", public: theirs })
  );
  const z = new Uint8Array(await subtle.deriveBits(agreement, own, 256));
  const enc = utf8("A256GCM");
  return sha256(join(uint32(1), z, uint32(enc.length), enc, uint32(0), uint32(0), uint32(256)));
}

/** @param {Bytes} key @param {Bytes} iv @param {Bytes} aad @param {Bytes} plain @returns {Promise<Bytes>} */
async function encryptGcm(key, iv, aad, plain) {
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(
    await subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad, tagLength: 128 }, imported, plain),
  );
}

/** @param {Bytes} key @param {Bytes} iv @param {Bytes} aad @param {Bytes} sealed @returns {Promise<Bytes>} */
async function decryptGcm(key, iv, aad, sealed) {
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(
      await subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad, tagLength: 128 }, imported, sealed),
    );
  } catch {
    throw new SealError("tag");
  }
}

/** @param {string} header @param {string} wrapped @param {Bytes} key @param {Bytes} plain */
async function compact(header, wrapped, key, plain) {
  const iv = systemRandom(IV_BYTES);
  const sealed = await encryptGcm(key, iv, utf8(header), plain);
  const tagAt = sealed.length - 16;
  return [
    header,
    wrapped,
    toBase64url(iv),
    toBase64url(sealed.subarray(0, tagAt)),
    toBase64url(sealed.subarray(tagAt)),
  ].join(".");
}

/** The five parts of a compact JWE and its protected header. @param {string} jwe */
export function readJwe(jwe) {
  const parts = typeof jwe === "string" && jwe.length < 20_000 ? jwe.split(".") : [];
  if (parts.length !== 5) throw new SealError("not_a_jwe");
  const [header, wrapped, iv, body, tag] = /** @type {[string, string, string, string, string]} */ (parts);
  /** @type {Record<string, unknown>} */
  let read;
  try {
    read = JSON.parse(textOf(fromBase64url(header)));
  } catch {
    throw new SealError("not_a_jwe");
  }
  return { header, wrapped, iv: fromBase64url(iv), sealed: join(fromBase64url(body), fromBase64url(tag)), read };
}

/** @param {Jwk} jwk @returns {Jwk} */
export const publicOf = ({ kty, crv, x, y }) => ({ kty, crv, x, y });
/** RFC 7638. @param {Jwk} jwk */
export const thumbprint = async ({ crv, kty, x, y }) => toBase64url(await sha256(utf8(canonical({ crv, kty, x, y }))));

/** Whether it is the public half of a P-256 key, on the curve, named by its own thumbprint. @param {Jwk & { kid: string }} jwk */
export async function isKeyholderKey(jwk) {
  try {
    if (jwk.kty !== "EC" || jwk.crv !== "P-256" || "d" in jwk || jwk.kid !== (await thumbprint(jwk))) return false;
    await subtle.importKey("jwk", publicOf(jwk), P256, false, []);
    return true;
  } catch {
    return false;
  }
}

/** @param {Jwk} to @param {string} ctHash @param {Bytes} share */
async function encryptShare(to, ctHash, share) {
  const theirs = await subtle.importKey("jwk", publicOf(to), P256, false, []);
  const own = /** @type {CryptoKeyPair} */ (await subtle.generateKey(P256, true, ["deriveBits"]));
  const epk = publicOf(/** @type {Jwk} */ (await subtle.exportKey("jwk", own.publicKey)));
  const header = toBase64url(utf8(JSON.stringify({ alg: "ECDH-ES", enc: "A256GCM", kid: to.kid, epk, ct: ctHash })));
  return compact(header, "", await agreedKey(own.privateKey, theirs), share);
}

/** What a share says outside its seal; throws where it is not one for this ciphertext. @param {string} jwe @param {string} ctHash @returns {string} its kid */
export function checkShare(jwe, ctHash) {
  const { read, wrapped, iv, sealed } = readJwe(jwe);
  const fits = read.alg === "ECDH-ES" && read.enc === "A256GCM" && wrapped === "" && typeof read.kid === "string";
  if (!fits || iv.length !== IV_BYTES || sealed.length !== 1 + KEY_BYTES + NONCE_BYTES + 16)
    throw new SealError("not_a_share");
  if (read.ct !== ctHash) throw new SealError("share_of_another");
  return /** @type {string} */ (read.kid);
}

/** A keyholder opens their own share. @param {Jwk} privateKey @param {string} jwe @param {string} ctHash @returns {Promise<Bytes>} */
export async function decryptShare(privateKey, jwe, ctHash) {
  const kid = checkShare(jwe, ctHash);
  if (kid !== (await thumbprint(privateKey))) throw new SealError("share_for_another_key");
  const { header, iv, sealed, read } = readJwe(jwe);
  const own = await subtle.importKey("jwk", { ...publicOf(privateKey), d: privateKey.d ?? "" }, P256, false, [
    "deriveBits",
  ]);
  const theirs = await subtle.importKey("jwk", publicOf(/** @type {Jwk} */ (read.epk)), P256, false, []);
  return decryptGcm(await agreedKey(own, theirs), iv, utf8(header), sealed);
}

// ——— A keyholder's key ———

/** @returns {Promise<Jwk & { kid: string, d: string }>} */
export async function makeKey() {
  const pair = /** @type {CryptoKeyPair} */ (await subtle.generateKey(P256, true, ["deriveBits"]));
  const jwk = /** @type {Jwk & { d: string }} */ (await subtle.exportKey("jwk", pair.privateKey));
  return { ...publicOf(jwk), d: jwk.d, kid: await thumbprint(jwk) };
}

/** @param {string} passphrase @param {string} alg @param {Bytes} salt @param {number} rounds @param {"wrapKey" | "unwrapKey"} use */
async function passphraseKey(passphrase, alg, salt, rounds, use) {
  const base = await subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const derivation = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: join(utf8(alg), new Uint8Array(1), salt),
    iterations: rounds,
  };
  return subtle.deriveKey(derivation, base, { name: "AES-KW", length: 128 }, false, [use]);
}

const KEY_FILE_ALG = "PBES2-HS256+A128KW";

/** The key file: the private JWK as a compact JWE under a passphrase. @param {Jwk} privateKey @param {string} passphrase @param {number} [rounds] */
export async function writeKeyFile(privateKey, passphrase, rounds = PASSPHRASE_ROUNDS) {
  if (passphrase.normalize("NFKC").length < SHORTEST_PASSPHRASE) throw new SealError("passphrase_short");
  const salt = systemRandom(16);
  const header = toBase64url(
    utf8(
      JSON.stringify({
        alg: KEY_FILE_ALG,
        enc: "A256GCM",
        cty: "jwk+json",
        kid: privateKey.kid,
        p2s: toBase64url(salt),
        p2c: rounds,
      }),
    ),
  );
  const key = systemRandom(KEY_BYTES);
  const content = await subtle.importKey("raw", key, "AES-GCM", true, ["encrypt"]);
  const wrapping = await passphraseKey(passphrase, KEY_FILE_ALG, salt, rounds, "wrapKey");
  const wrapped = new Uint8Array(/** @type {ArrayBuffer} */ (await subtle.wrapKey("raw", content, wrapping, "AES-KW")));
  return compact(header, toBase64url(wrapped), key, utf8(JSON.stringify(privateKey)));
}

/** @param {string} file @param {string} passphrase @returns {Promise<Jwk & { kid: string, d: string }>} */
export async function readKeyFile(file, passphrase) {
  const { header, wrapped, iv, sealed, read } = readJwe(file.trim());
  const { alg, enc, p2s, p2c } = read;
  if (
    alg !== KEY_FILE_ALG ||
    enc !== "A256GCM" ||
    typeof p2s !== "string" ||
    typeof p2c !== "number" ||
    !(p2c >= 1000 && p2c <= 5_000_000)
  )
    throw new SealError("not_a_key_file");
  const wrapping = await passphraseKey(passphrase, alg, fromBase64url(p2s), p2c, "unwrapKey");
  /** @type {Bytes} */
  let key;
  try {
    const content = await subtle.unwrapKey("raw", fromBase64url(wrapped), wrapping, "AES-KW", "AES-GCM", true, [
      "decrypt",
    ]);
    key = new Uint8Array(/** @type {ArrayBuffer} */ (await subtle.exportKey("raw", content)));
  } catch {
    throw new SealError("passphrase_wrong");
  }
  const jwk = JSON.parse(textOf(await decryptGcm(key, iv, utf8(header), sealed)));
  return { ...publicOf(jwk), d: jwk.d, kid: await thumbprint(jwk) };
}

// ——— A sealed part ———

/** @param {string} aad @param {Secret} secret */
const keyCommitOf = (aad, { key, nonce }) => sha256Hex(join(utf8("bid-key-v1\0"), utf8(aad), key, nonce));
/** @param {string} aad @param {Bytes} nonce @param {Bytes} file */
const ptCommitOf = (aad, nonce, file) => sha256Hex(join(utf8("bid-plaintext-v1\0"), utf8(aad), nonce, file));

/**
 * Seals one file for the three keyholders. `secret` stays with the bidder: it is the key file.
 * @param {{ file: Bytes, for: SealedFor, keyholders: readonly Jwk[], random?: (length: number) => Bytes }} asked
 * @returns {Promise<{ ct: Bytes, sealed: Sealed, secret: Secret, parts: Bytes[] }>}
 */
export async function sealPart({ file, for: bound, keyholders, random = systemRandom }) {
  if (keyholders.length !== SEATS.length) throw new SealError("keyholders_missing");
  const secret = { key: random(KEY_BYTES), nonce: random(NONCE_BYTES) };
  const iv = random(IV_BYTES);
  const aad = aadOf(bound);
  const ct = await encryptGcm(secret.key, iv, utf8(aad), file);
  const ctHash = await sha256Hex(ct);
  const parts = split(join(secret.key, secret.nonce), random);
  const shares = await Promise.all(
    parts.map((share, at) => encryptShare(/** @type {Jwk} */ (keyholders[at]), ctHash, share)),
  );
  const [ptCommit, keyCommit] = await Promise.all([ptCommitOf(aad, secret.nonce, file), keyCommitOf(aad, secret)]);
  return {
    ct,
    secret,
    parts,
    sealed: { aad, iv: toBase64url(iv), ctHash, bytes: ct.length, ptCommit, keyCommit, shares },
  };
}

/** The secret of 64 bytes as key and nonce. @param {Uint8Array} bytes @returns {Secret} */
export function secretOf(bytes) {
  if (bytes.length !== KEY_BYTES + NONCE_BYTES) throw new SealError("secret_length");
  return { key: new Uint8Array(bytes.slice(0, KEY_BYTES)), nonce: new Uint8Array(bytes.slice(KEY_BYTES)) };
}

/** Whether this is the one secret the bidder committed to. @param {Pick<Sealed, "aad" | "keyCommit">} sealed @param {Secret} secret */
export const fitsKey = async ({ aad, keyCommit }, secret) => (await keyCommitOf(aad, secret)) === keyCommit;

/**
 * Opens a part and checks everything that was promised of it. Throws `key_commit`, `ct_hash`, `tag` or `pt_commit`.
 * @param {Pick<Sealed, "aad" | "iv" | "ctHash" | "ptCommit" | "keyCommit">} sealed @param {Bytes} ct @param {Secret} secret @returns {Promise<Bytes>}
 */
export async function openPart(sealed, ct, secret) {
  if (!(await fitsKey(sealed, secret))) throw new SealError("key_commit");
  if ((await sha256Hex(ct)) !== sealed.ctHash) throw new SealError("ct_hash");
  const file = await decryptGcm(secret.key, fromBase64url(sealed.iv), utf8(sealed.aad), ct);
  if ((await ptCommitOf(sealed.aad, secret.nonce, file)) !== sealed.ptCommit) throw new SealError("pt_commit");
  return file;
}

/**
 * The secret out of whichever two shares belong together; null when no pair does. Shares may be wrong or missing (null).
 * @param {Pick<Sealed, "aad" | "keyCommit">} sealed @param {readonly (Uint8Array | null)[]} shares @returns {Promise<Secret | null>}
 */
export async function recover(sealed, shares) {
  const there = shares.filter((share) => share !== null && share.length === 1 + KEY_BYTES + NONCE_BYTES);
  for (let one = 0; one < there.length; one += 1)
    for (let other = one + 1; other < there.length; other += 1) {
      const [first, second] = [/** @type {Uint8Array} */ (there[one]), /** @type {Uint8Array} */ (there[other])];
      if (first[0] === second[0] || !SEATS.includes(first[0] ?? 0) || !SEATS.includes(second[0] ?? 0)) continue;
      const secret = secretOf(combine(first, second));
      if (await fitsKey(sealed, secret)) return secret;
    }
  return null;
}

// ——— The price sheet ———

/** Yuan with at most two decimals as whole fen. Throws `price_missing`, `price_unreadable`, `price_too_fine`, `price_too_large`. @param {string} typed */
export function fenOf(typed) {
  const text = typed
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^[¥￥]|元$/g, "");
  if (text === "") throw new SealError("price_missing");
  const parts = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(text);
  if (!parts) throw new SealError("price_unreadable", typed);
  const decimals = parts[2] ?? "";
  if (/[1-9]/.test(decimals.slice(2))) throw new SealError("price_too_fine", typed);
  const digits = /** @type {string} */ (parts[1]).replaceAll(",", "").replace(/^0+(?=\d)/, "");
  if (digits.length > 12) throw new SealError("price_too_large", typed);
  const fen = Number(digits) * 100 + Number(decimals.slice(0, 2).padEnd(2, "0"));
  if (fen > MOST_FEN) throw new SealError("price_too_large", typed);
  return fen;
}

/** Prices in fen by key, as canonical JSON, its length ahead and zeros behind. @param {Record<string, number>} prices @returns {Bytes} */
export function writePriceSheet(prices) {
  const text = utf8(canonical(prices));
  if (text.length + 4 > PRICE_SHEET_BYTES) throw new SealError("price_sheet_long");
  const sheet = new Uint8Array(PRICE_SHEET_BYTES);
  sheet.set(uint32(text.length));
  sheet.set(text, 4);
  return sheet;
}

/** Throws `price_sheet` for anything `writePriceSheet` would not have written. @param {Uint8Array} sheet @returns {Record<string, number>} */
export function readPriceSheet(sheet) {
  try {
    if (sheet.length !== PRICE_SHEET_BYTES) throw new SealError("price_sheet");
    const length = new DataView(sheet.buffer, sheet.byteOffset).getUint32(0);
    const text = textOf(sheet.subarray(4, 4 + length));
    const prices = JSON.parse(text);
    const whole = Object.values(prices).every((fen) => Number.isSafeInteger(fen) && fen >= 0 && fen <= MOST_FEN);
    if (!whole || canonical(prices) !== text || sheet.subarray(4 + length).some((byte) => byte !== 0))
      throw new SealError("price_sheet");
    return prices;
  } catch {
    throw new SealError("price_sheet");
  }
}

/** Whether a file begins as a PDF does. @param {Uint8Array} file */
export const isPdf = (file) => [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, at) => file[at] === byte);
