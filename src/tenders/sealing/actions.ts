/** Keys of the keyholders and their rehearsal: load, ask the rules, write with the leaf. No HTTP. */
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalJson } from "../../record/canonical.ts";
import { authorOf, recordTenderEvent } from "../acting.ts";
import { findTender, type TenderKey } from "../store.ts";
import * as seal from "./browser/seal.js";
import { type KeyholderRow, type KeyRefusal, mayMakeKey, type Seat, seatOf } from "./rules.ts";
import { KEYHOLDER_SETTINGS, postsOf } from "./settings.ts";
import {
  assertKeyCount,
  countKeysAndBids,
  findRehearsal,
  insertKey,
  insertRehearsal,
  insertRehearsed,
  listKeyholders,
  listRehearsed,
  type RehearsalRow,
} from "./store.ts";

/** Names a set of three keys. */
export const keysHashOf = (kids: readonly string[]): string => sha256Hex(kids.join("."));
const KEYS_TRIES = 5;

/** The seat an actor may sit in, by the posts the setting names; null for everybody else. */
export async function findSeat(scene: StaffScene): Promise<Seat | null> {
  const [settings] = await scene.db.read(listSettings(scene, KEYHOLDER_SETTINGS));
  return seatOf(
    scene.actor.posts.map(({ kind }) => kind),
    postsOf(valuesFromRows(KEYHOLDER_SETTINGS, settings)),
  );
}

export type MakeKeyRefusal =
  | KeyRefusal
  | { readonly reason: "unknown_tender" }
  /** Not the public half of a P-256 key named by its thumbprint; or a private one, which must never be sent. */
  | { readonly reason: "not_a_key" };

/**
 * Takes in a keyholder's public key and publishes it; the third one also seals the test bid for the rehearsal. The same key
 * again finds it done. A key lost before the first bid is replaced with its reason, and everybody rehearses anew.
 */
export async function takeKey(
  scene: StaffScene,
  key: TenderKey,
  asked: { readonly jwk: seal.Jwk & { readonly kid: string }; readonly why: string },
): Promise<Result<KeyholderRow, MakeKeyRefusal>> {
  const { db, actor } = scene;
  if (!(await seal.isKeyholderKey(asked.jwk))) return err({ reason: "not_a_key" });
  const jwk = { ...seal.publicOf(asked.jwk), kid: asked.jwk.kid };
  for (let tries = 0; tries < KEYS_TRIES; tries += 1) {
    const [[tender], rows, [count], settings] = await db.read(
      findTender(scene, key),
      listKeyholders(scene, key),
      countKeysAndBids(scene, key),
      listSettings(scene, KEYHOLDER_SETTINGS),
    );
    if (!tender) return err({ reason: "unknown_tender" });
    const posts = postsOf(valuesFromRows(KEYHOLDER_SETTINGS, settings));
    const seat = seatOf(
      actor.posts.map(({ kind }) => kind),
      posts,
    );
    if (seat === null) return err({ reason: "no_seat", posts });
    const held = rows.find((row) => row.seat === seat);
    if (held?.kid === jwk.kid) return ok(held);
    const may = mayMakeKey(tender.state, rows, seat, actor.personId, asked.why, count!.bids === 1);
    if (!may.ok) return may;
    const post = posts[seat - 1]!;
    const event = recordTenderEvent(
      scene,
      tender.tenderId,
      "key_made",
      { seat, post, kid: jwk.kid, why: asked.why.trim() },
      authorOf(scene),
      { jwk },
    );
    const row = {
      seat,
      keyNo: (held?.keyNo ?? 0) + 1,
      kid: jwk.kid,
      jwk: canonicalJson(jwk),
      personId: actor.personId,
      post,
      leafHash: event.leafHash,
    };
    const all = [...rows.filter((one) => one.seat !== seat), row].sort((a, b) => a.seat - b.seat);
    const rehearsal = all.length === 3 ? await sealRehearsal(scene, tender.tenderId, all, count!.keys + 1) : null;
    const written = await db.write([
      assertKeyCount(scene, tender.tenderId, count!.keys),
      insertKey(scene, tender.tenderId, { ...row, why: asked.why.trim() }),
      ...event.statements,
      ...(rehearsal ? [insertRehearsal(scene, tender.tenderId, rehearsal)] : []),
    ]);
    if (written.ok) return ok({ ...row, madeAt: scene.now, rehearsedAt: null });
    const { code } = written.error;
    if (code === "bids_sealed") return err({ reason: "bids_sealed" });
    if (code === "keys_too_late") return err({ reason: "keys_too_late", state: tender.state });
    if (code === "keyholder_twice") return err({ reason: "keyholder_twice", seat });
    // Another keyholder was faster: what the third key must do is told by reading anew.
    if (code !== "keys_changed" && code !== "key_made") throw new Error(`a key was refused by ${code}`);
  }
  throw new Error("too many keys at once");
}

/** Seals a text that nobody keeps: only who holds a key can bring a share of it back. */
async function sealRehearsal(
  scene: Scene,
  tenderId: string,
  keys: readonly Pick<KeyholderRow, "kid" | "jwk">[],
  keyCount: number,
): Promise<RehearsalRow> {
  const { ct, sealed, parts } = await seal.sealPart({
    file: scene.random(64),
    for: { tender: tenderId, bidder: "rehearsal", lot: 0, part: "rehearsal", closes: 0, edition: 0 },
    keyholders: keys.map(({ jwk }) => JSON.parse(jwk) as seal.Jwk),
    random: scene.random,
  });
  return {
    keysHash: keysHashOf(keys.map(({ kid }) => kid)),
    keyCount,
    part: JSON.stringify(sealed),
    ct: seal.toBase64url(ct),
    shareHashes: JSON.stringify(await Promise.all(parts.map((part) => seal.sha256Hex(part)))),
  };
}

export type RehearseRefusal =
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "no_seat"; readonly posts: readonly string[] }
  | { readonly reason: "rehearsal_not_yet" }
  /** What came back is not the share of this seat: another file, or the test bid of other keys. */
  | { readonly reason: "share_wrong" }
  | { readonly reason: "seat_taken"; readonly seat: Seat };

/**
 * A keyholder hands in their share of the test bid, which shows that file and passphrase are there. With the third, any two
 * are combined and the test bid is opened. A repeat finds it done.
 */
export async function rehearse(
  scene: StaffScene,
  key: TenderKey,
  share: string,
): Promise<Result<{ readonly seat: Seat; readonly ready: boolean }, RehearseRefusal>> {
  const { db, actor } = scene;
  const [[tender], rows, [rehearsal], settings] = await db.read(
    findTender(scene, key),
    listKeyholders(scene, key),
    findRehearsal(scene, key),
    listSettings(scene, KEYHOLDER_SETTINGS),
  );
  if (!tender) return err({ reason: "unknown_tender" });
  const posts = postsOf(valuesFromRows(KEYHOLDER_SETTINGS, settings));
  const mine = rows.find((row) => row.personId === actor.personId);
  if (!mine) return err({ reason: "no_seat", posts });
  if (!rehearsal) return err({ reason: "rehearsal_not_yet" });
  const bytes = readShare(share, mine.seat);
  const hashes = JSON.parse(rehearsal.shareHashes) as string[];
  if (!bytes || (await seal.sha256Hex(bytes)) !== hashes[mine.seat - 1]) return err({ reason: "share_wrong" });
  if (mine.rehearsedAt === null) {
    const event = recordTenderEvent(
      scene,
      tender.tenderId,
      "key_rehearsed",
      { seat: mine.seat, post: mine.post, keys: rehearsal.keysHash },
      authorOf(scene),
    );
    const row = { keysHash: rehearsal.keysHash, seat: mine.seat, share, leafHash: event.leafHash };
    const written = await db.write([insertRehearsed(scene, tender.tenderId, row), ...event.statements]);
    if (!written.ok && written.error.code !== "rehearsed_already")
      throw new Error(`a rehearsal was refused by ${written.error.code}`);
  }
  const [shares] = await db.read(listRehearsed(scene, key, rehearsal.keysHash));
  if (shares.length === 3) await openRehearsal(rehearsal, shares);
  return ok({ seat: mine.seat, ready: shares.length === 3 });
}

/** Any two of three open it; that they do not would be a fault of this program. */
async function openRehearsal(
  rehearsal: { readonly part: string; readonly ct: string },
  rows: readonly { readonly share: string }[],
): Promise<void> {
  const sealed = JSON.parse(rehearsal.part) as seal.Sealed;
  const shares = rows.map(({ share }) => seal.fromBase64url(share));
  for (const missing of [0, 1, 2]) {
    const secret = await seal.recover(
      sealed,
      shares.map((share, at) => (at === missing ? null : share)),
    );
    if (!secret) throw new Error("two shares of the rehearsal do not open it");
    await seal.openPart(sealed, seal.fromBase64url(rehearsal.ct), secret);
  }
}

const SHARE_BYTES = 1 + seal.KEY_BYTES + seal.NONCE_BYTES;
/** A share as a browser sends it, of the right seat and size; null otherwise. */
export function readShare(text: string, seat: Seat): seal.Bytes | null {
  try {
    const bytes = seal.fromBase64url(text);
    return bytes.length === SHARE_BYTES && bytes[0] === seat ? bytes : null;
  } catch {
    return null;
  }
}
