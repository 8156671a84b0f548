/** A community's first set-up: its shard, its row, its bodies and first office-holders, and last its place in the directory. No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { personName, readMobile } from "../../community/identity/rules.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { base32, type CommunityId, newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type CommunityAddress, openDirectory, openShard, type Query, shardsBound } from "../../platform/db.ts";
import type { Env } from "../../platform/env.ts";
import { type Scene, systemRandom } from "../../platform/scene.ts";
import { keysOf } from "../../platform/secrets.ts";
import { sameText } from "../../platform/session.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Conflict, conflictsOf, DEFAULT_PAIRS } from "../overlap/conflicts/rules.ts";
import { insertPerson } from "../people/store.ts";
import { BODY_OF_POST, type BodyKind, type PostKind } from "../rules.ts";
import { usedUpUntil } from "../signin/rules.ts";
import { mayTake, type TakeKind, type TenureRefusal } from "../terms/rules.ts";
import { bodyName, STANDARD_BODIES, standardPosts } from "../terms/standard.ts";
import { insertBody, insertTenure } from "../terms/store.ts";
import {
  type CodeRefusal,
  type CommunityAsked,
  type CommunityRefusal,
  leastFilled,
  mayBegin,
  type OfficersRefusal,
  readCommunity,
  SHORTEST_CODE,
  WRONG_CODES,
} from "./rules.ts";
import {
  findCommunityRow,
  findSlug,
  insertCodeTry,
  insertCommunity,
  insertIntoDirectory,
  listShardCounts,
  listWrongCodes,
  reserveSlug,
} from "./store.ts";

/** A first office-holder as typed, with the act and document the office rests on. */
export interface OfficerAsked {
  readonly post: PostKind;
  readonly name: string;
  readonly phone: string;
  readonly act: TakeKind;
  readonly document: string;
  /** Since when; the day of the set-up when empty. */
  readonly fromOn?: string;
  readonly lastOn?: string;
}

export interface NewCommunity extends CommunityAsked {
  /** Makes a repeated set-up the same community: any text of at least 8 characters, the same each time. */
  readonly key: string;
  readonly officers: readonly OfficerAsked[];
}

export type SetupRefusal =
  | CommunityRefusal
  | OfficersRefusal
  | { readonly reason: "slug_taken" }
  | { readonly reason: "officer_name_missing"; readonly at: number }
  | { readonly reason: "officer_phone_unreadable"; readonly at: number }
  | { readonly reason: "officer_refused"; readonly at: number; readonly why: TenureRefusal }
  | { readonly reason: "officer_conflicts"; readonly at: number; readonly conflict: Conflict };

interface ReadOfficer extends OfficerAsked {
  readonly span: { readonly fromAt: Instant; readonly untilAt: Instant | null };
}

type Refusals = readonly [SetupRefusal, ...SetupRefusal[]];

function readOfficer(officer: OfficerAsked, at: number, now: Instant): Result<ReadOfficer, Refusals> {
  const name = personName(officer.name);
  const phone = readMobile(officer.phone);
  const span = mayTake({ ...officer, fromOn: officer.fromOn || dayOf(now), lastOn: officer.lastOn || null });
  const refusals: SetupRefusal[] = [];
  if (name === "" || name.length > 60) refusals.push({ reason: "officer_name_missing", at });
  if (!phone) refusals.push({ reason: "officer_phone_unreadable", at });
  if (!span.ok) refusals.push({ reason: "officer_refused", at, why: span.error });
  const [first, ...others] = refusals;
  if (first) return err([first, ...others]);
  if (!phone || !span.ok) throw new Error("an officer without a refusal is complete");
  return ok({ ...officer, name, phone, span: span.value });
}

/** Everything that can be said of a set-up before it is written, all of it at once. */
export function checkCommunity(
  asked: NewCommunity,
  now: Instant,
): Result<{ community: CommunityAsked; officers: readonly ReadOfficer[] }, Refusals> {
  const community = readCommunity(asked);
  const officers = asked.officers.map((officer, at) => readOfficer(officer, at, now));
  const [first, ...others]: SetupRefusal[] = [
    ...(community.ok ? [] : community.error),
    ...officers.flatMap((officer) => (officer.ok ? [] : officer.error)),
  ];
  if (first || !community.ok) return err([first!, ...others]);
  const read = officers.flatMap((officer) => (officer.ok ? [officer.value] : []));
  const may = mayBegin(read);
  if (!may.ok) return err([may.error]);
  const [conflict, ...more] = conflictsAmong(read);
  return conflict ? err([conflict, ...more]) : ok({ community: community.value, officers: read });
}

/** Posts of one person that exclude each other by the rules a community begins with. Nobody is there yet to waive one. */
const conflictsAmong = (officers: readonly ReadOfficer[]): SetupRefusal[] =>
  officers.flatMap((wanted, at) => {
    const held = officers
      .slice(0, at)
      .filter(({ phone }) => phone === wanted.phone)
      .map(({ post, span }) => ({ tenureId: "", postKind: post, ...span, corrected: false }));
    const conflicts = conflictsOf(held, { postKind: wanted.post, span: wanted.span }, DEFAULT_PAIRS);
    return conflicts.slice(0, 1).map((conflict) => ({ reason: "officer_conflicts" as const, at, conflict }));
  });

/** Whether a slug is free, or kept for this very set-up. */
export async function isSlugFree(env: Env, slug: string, key: string): Promise<boolean> {
  const directory = openDirectory(env);
  const [holders] = await directory.read(findSlug(directory, slug));
  return holders.every(({ id }) => id === communityIdOf(key, slug));
}

// With the slug in it: who changes the slug after a crash begins another community, and the first stays unfinished and unfound.
const communityIdOf = (key: string, slug: string): CommunityId =>
  base32(sha256(utf8ToBytes(`set-up\0${key}\0${slug}`)).subarray(0, 10)) as CommunityId;

/**
 * Creates a community on the least filled shard. Crash points: after the reservation, slug and shard are kept and nothing is
 * usable; after the shard's batch, everything is there and nothing finds it; the directory's row comes last. A repeat with the same
 * key goes on where it stopped and answers with the same community.
 */
export async function createCommunity(
  env: Env,
  now: Instant,
  asked: NewCommunity,
): Promise<Result<CommunityAddress, SetupRefusal>> {
  if (asked.key.length < 8) throw new RangeError("a set-up needs a key of at least 8 characters");
  const checked = checkCommunity(asked, now);
  if (!checked.ok) return err(checked.error[0]);
  const { community, officers } = checked.value;
  const id = communityIdOf(asked.key, community.slug);
  const directory = openDirectory(env);

  const [holders, counts] = await directory.read(findSlug(directory, community.slug), listShardCounts(directory));
  const open = holders.find(({ isOpen }) => isOpen === 1);
  if (open) {
    const { shard, name } = open;
    return open.id === id ? ok({ id, slug: community.slug, name, shard }) : err({ reason: "slug_taken" });
  }
  const shard = holders[0]?.shard ?? leastFilled(shardsBound(env), counts);
  const [, kept] = await directory.read(
    reserveSlug(directory, { slug: community.slug, id, shard, at: now }),
    findSlug(directory, community.slug),
  );
  if (kept[0]?.id !== id) return err({ reason: "slug_taken" });

  const address: CommunityAddress = { id, slug: community.slug, name: community.name, shard: kept[0].shard };
  const db = openShard(env, address.shard);
  const scene: Scene = {
    env,
    db,
    community: address,
    now,
    random: systemRandom,
    keys: keysOf(env),
    origin: env.ORIGIN ?? "",
  };
  const written = await db.write(await firstStatements(scene, community, officers));
  if (!written.ok) {
    if (written.error.code !== "unique:community") throw new Error(`set-up refused: ${written.error.code}`);
    const [rows] = await db.read(findCommunityRow(db, id));
    if (rows[0]?.slug !== community.slug) return err({ reason: "slug_taken" });
  }
  await directory.read(insertIntoDirectory(directory, address, community, now));
  return ok(address);
}

const SET_UP = "set-up";

async function firstStatements(
  scene: Scene,
  community: CommunityAsked,
  officers: readonly ReadOfficer[],
): Promise<Query[]> {
  const { slug, name, street, district } = community;
  const statements: Query[] = [
    insertCommunity(scene.db, scene.community.id, community, scene.now),
    appendLeaf(scene, "community.opened", { community: scene.community.id, slug, name, street, district }).statement,
  ];
  const needed = new Set<BodyKind>(officers.map(({ post }) => BODY_OF_POST[post]));
  const isPreparing = needed.has("preparatory_group") && !needed.has("committee");
  const standard = STANDARD_BODIES.map((body) =>
    isPreparing && body.kind === "committee" ? { ...body, kind: "preparatory_group" as const } : body,
  );
  const known = new Set(standard.map(({ kind }) => kind));
  const others = [...needed].filter((kind) => !known.has(kind)).map((kind) => ({ kind, under: null }));

  const bodyIds = new Map<BodyKind, string>();
  const postIds = new Map<PostKind, string>();
  for (const { kind, under } of [...standard, ...others]) {
    const parentId = (under && bodyIds.get(under)) ?? null;
    const body = insertBody(scene, { kind, name: bodyName(kind), parentId, posts: standardPosts(kind) }, SET_UP);
    bodyIds.set(kind, body.bodyId);
    for (const post of body.posts) postIds.set(post.kind, post.postId);
    statements.push(...body.statements);
  }

  const personIds = new Map<string, PersonId>();
  for (const officer of officers) {
    let personId = personIds.get(officer.phone);
    if (!personId) {
      const person = await insertPerson(scene, officer, SET_UP);
      personId = person.personId;
      personIds.set(officer.phone, personId);
      statements.push(...person.statements);
    }
    const { post, name: holder, span, act, document } = officer;
    const tenure = {
      postId: postIds.get(post)!,
      postKind: post,
      personId,
      name: holder,
      span,
      act,
      document: document.trim(),
    };
    statements.push(...insertTenure(scene, tenure, SET_UP).statements);
  }
  return statements;
}

/** Whether this deployment has a set-up code worth the name. */
export const hasSetupCode = (env: Env): boolean => (env.SETUP_CODE ?? "").length >= SHORTEST_CODE;

/** What a browser that gave the right code is remembered by; another code makes it worthless. */
export const setupMark = (env: Env): string =>
  keysOf(env)
    .index(env.SETUP_CODE ?? "", "setup-code")
    .slice(0, 32);

/** Tries the set-up code; every try is counted before it is believed, and too many wrong ones lock the door for everyone. */
export async function trySetupCode(env: Env, now: Instant, typed: string): Promise<Result<true, CodeRefusal>> {
  if (!hasSetupCode(env)) return err({ reason: "no_setup_code" });
  const correct = sameText(sha256Hex(typed.trim()), sha256Hex(env.SETUP_CODE ?? ""));
  const directory = openDirectory(env);
  const attempt = { at: now, attempt: newId<string>(systemRandom), correct };
  const written = await directory.write(insertCodeTry(directory, attempt, WRONG_CODES));
  if (written.ok) return correct ? ok(true) : err({ reason: "setup_code_wrong" });
  if (written.error.code !== "setup_locked") throw new Error(`set-up code refused: ${written.error.code}`);
  const [wrong] = await directory.read(listWrongCodes(directory, WRONG_CODES, now));
  const instants = wrong.map(({ at }) => at);
  return err({ reason: "setup_locked", until: usedUpUntil(WRONG_CODES, instants, now) ?? now });
}
