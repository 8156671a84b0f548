/** Sealing and opening ten megabytes beside bare WebCrypto, and tenders with so many sealed bids up to their reading. */
import { newId } from "../../src/kernel/id.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { canonicalJson } from "../../src/record/canonical.ts";
import { CLOCK } from "../../src/tenders/acting.ts";
import { insertBidder, insertBidderLot } from "../../src/tenders/bidders/store.ts";
import { beginOpening, openDocuments, releaseShares } from "../../src/tenders/opening/actions.ts";
import { readOut } from "../../src/tenders/opening/reading-out.ts";
import { shareKey } from "../../src/tenders/opening/rules.ts";
import { listOpenedBids } from "../../src/tenders/opening/store.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { rehearse, takeKey } from "../../src/tenders/sealing/actions.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { takeBid, takeChunk } from "../../src/tenders/sealing/delivering.ts";
import { findRehearsal, listStandingBids } from "../../src/tenders/sealing/store.ts";
import { findTender, insertScheme, insertTender, type TenderChange, updateTender } from "../../src/tenders/store.ts";
import { metered, passDirectory, setClock, Visitor } from "./visitor.ts";
import { costOf, LAST, makeCommunity, must, START, sceneAt, staffAt, type Task } from "./world.ts";

const FILE_BYTES = 10 * 1024 * 1024;
const POSTS = ["committee_chair", "street_officer", "supervisor"] as const;
const CLOSES = START + 86_400_000;
const HASH = "0".repeat(64);

const fileOf = (bytes: number): seal.Bytes => {
  const file = new Uint8Array(bytes);
  file.set(seal.utf8("%PDF-1.7"));
  return file;
};
const BOUND = { tender: "bench", bidder: "bench", lot: 1, part: "documents", closes: CLOSES, edition: 1 } as const;

/** The same bytes through the primitives alone: one encryption or decryption, and the two hashes of it. */
async function bare(env: Env, { opens }: { readonly opens: boolean }): Promise<void> {
  void env;
  const { subtle } = crypto;
  const [file, iv, aad] = [fileOf(FILE_BYTES), new Uint8Array(12), seal.utf8(seal.aadOf(BOUND))];
  const key = await subtle.importKey("raw", new Uint8Array(32), "AES-GCM", false, ["encrypt", "decrypt"]);
  const ct = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, file);
  await subtle.digest("SHA-256", ct);
  await subtle.digest("SHA-256", file);
  if (!opens) return;
  await subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad }, key, ct);
  await subtle.digest("SHA-256", ct);
  await subtle.digest("SHA-256", file);
}

/** The product: sealed for three keyholders, and opened again by two of them with every check. */
async function product(env: Env, { opens }: { readonly opens: boolean }): Promise<void> {
  void env;
  const keys = await Promise.all(POSTS.map(() => seal.makeKey()));
  const { ct, sealed } = await seal.sealPart({ file: fileOf(FILE_BYTES), for: BOUND, keyholders: keys });
  if (!opens) return;
  const shares = await Promise.all([0, 2].map((at) => seal.decryptShare(keys[at]!, sealed.shares[at]!, sealed.ctHash)));
  const secret = await seal.recover(sealed, shares);
  await seal.openPart(sealed, ct, secret!);
}

const scheme: Scheme = {
  title: "保洁",
  mode: "items",
  reasons: "保洁",
  procedure: "open",
  invited: [],
  lots: [
    {
      lotNo: 1,
      service: "cleaning",
      title: "保洁",
      scope: "全部",
      quality: [],
      priceModel: "lump_sum",
      prices: [{ key: "monthly", label: "每月", unit: "元/月", quantityHundredths: 1200, ceilingFen: null }],
      estimateFen: 1,
      bondFen: 0,
      from: "2027-01-01",
      months: 12,
      qualifications: [],
      parts: [],
      subcontracted: [],
    },
  ],
  criteria: [],
  panel: { size: 5, experts: 4 },
  ties: ["draw"],
  candidatesMost: 3,
  questionDays: 10,
  bidDays: 20,
  candidateDays: 3,
  posts: [],
  kept: [],
  ownGuardsFiling: "",
  has: [],
};

const holder = (env: Env, community: CommunityAddress, at: number, now: number) => {
  const scene = staffAt(env, community, `holder-${at}`, ["tender.read"], now);
  return { ...scene, actor: { ...scene.actor, posts: [{ kind: POSTS[at]!, title: "", body: "" }] } };
};

export interface SealedTender {
  readonly community: CommunityAddress;
  readonly tenderId: string;
}

/** A closed tender with so many bids of small documents; two keyholders have released and every document is open. */
async function prepare(
  env: Env,
  { bids, last }: { readonly bids: number; readonly last: boolean },
): Promise<SealedTender> {
  const community = await makeCommunity(env, "开标", last ? LAST : "b");
  const scene = sceneAt(env, community);
  const { db } = scene;
  const tenderId = newId<string>(scene.random);
  const move = async (change: TenderChange) => {
    const [[row]] = await db.read(findTender(scene, tenderId));
    must(await db.write(updateTender(scene, row!, change)));
  };
  must(
    await db.write([
      insertTender(scene, { tenderId, title: "保洁", repeats: null, draftedBy: "bench" }),
      insertScheme(scene, tenderId, {
        edition: 1,
        scheme: canonicalJson(scheme),
        schemeHash: HASH,
        why: "",
        madeBy: "bench",
        leafHash: HASH,
      }),
    ]),
  );
  await move({ state: "decided", decidedAt: START, decidedWords: "bench" });
  const keys = await Promise.all(POSTS.map(() => seal.makeKey()));
  for (const [at, { kid, ...jwk }] of keys.entries())
    must(await takeKey(holder(env, community, at, START), tenderId, { jwk: { ...seal.publicOf(jwk), kid }, why: "" }));
  const [[rehearsal]] = await db.read(findRehearsal(scene, tenderId));
  const test = JSON.parse(rehearsal!.part) as seal.Sealed;
  for (const [at, key] of keys.entries()) {
    const share = await seal.decryptShare(key, test.shares[at]!, test.ctHash);
    must(await rehearse(holder(env, community, at, START), tenderId, seal.toBase64url(share)));
  }
  await move({ state: "noticed", noticedAt: START, noticedEdition: 1, questionsUntil: START, closesAt: CLOSES });
  for (let nth = 1; nth <= bids; nth += 1) await bid(env, community, tenderId, nth, keys);
  const later = CLOSES + 1;
  must(await beginOpening(sceneAt(env, community, later), tenderId));
  const [standing] = await db.read(listStandingBids(scene, tenderId));
  for (const at of [0, 1]) {
    const shares: Record<string, string> = {};
    for (const one of standing)
      for (const part of ["price", "documents"] as const) {
        const sealed = JSON.parse(one[part]) as seal.Sealed;
        const share = await seal.decryptShare(keys[at]!, sealed.shares[at]!, sealed.ctHash);
        shares[shareKey(one, part)] = seal.toBase64url(share);
      }
    must(await releaseShares(holder(env, community, at, later), tenderId, shares));
  }
  must(await openDocuments(sceneAt(env, community, later), tenderId, bids));
  return { community, tenderId };
}

async function bid(env: Env, community: CommunityAddress, tenderId: string, nth: number, keys: readonly seal.Jwk[]) {
  const scene = sceneAt(env, community, START + 1);
  const { db } = scene;
  const bidderId = `bidder${String(nth).padStart(10, "0")}`;
  const contactId = bidderId.padEnd(32, "0");
  const code = `91500227${String(nth).padStart(10, "0")}`;
  must(
    await db.write([
      db.run(
        sql`INSERT INTO tender_contact(community_id, contact_id, phone_sealed, phone_masked, first_at)
            VALUES (${community.id}, ${contactId}, '1.x', '', ${START})`,
      ),
      insertBidder(scene, {
        tenderId,
        bidderId,
        bidderNo: nth,
        name: `公司${nth}`,
        code,
        codeDoubt: "",
        contactId,
        personsSealed: "1.x",
        representativeMasked: "",
        controllerMasked: "",
        representativeHash: HASH,
        controllerHash: HASH,
        incumbent: 0,
        declarations: "[]",
        registeredAt: START,
        leafHash: HASH,
      }),
      insertBidderLot(scene, { tenderId, bidderId, lotNo: 1, joinedAt: START, leafHash: HASH }),
    ]),
  );
  const bound = { ...BOUND, tender: tenderId, bidder: bidderId };
  const price = await seal.sealPart({
    file: seal.writePriceSheet({ monthly: nth }),
    for: { ...bound, part: "price" },
    keyholders: keys,
  });
  const papers = await seal.sealPart({ file: fileOf(1000), for: bound, keyholders: keys });
  const piece = { ctHash: papers.sealed.ctHash, chunkNo: 0, bytes: papers.ct };
  must(await takeChunk(scene, tenderId, { bidderId }, piece));
  const delivery = { lot: 1, price: price.sealed, priceCt: seal.toBase64url(price.ct), documents: papers.sealed };
  must(await takeBid(scene, tenderId, { bidderId }, delivery));
}

/** All bids opened, checked and written; the answer has what it cost. */
async function read(env: Env, { community, tenderId }: SealedTender) {
  const scene = sceneAt(env, community, CLOSES + 2);
  const rows = must(await readOut(scene, tenderId, CLOCK));
  const cost = costOf(scene.db.meter);
  if (rows.some(({ voidWhy }) => voidWhy !== null)) throw new Error("a bid of the bench is void");
  return { bids: rows.length, cost };
}

/** What the public page reads of an opened tender. */
async function shown(env: Env, { community, tenderId }: SealedTender) {
  const scene = sceneAt(env, community, CLOSES + 3);
  await scene.db.read(listOpenedBids(scene, tenderId));
  return costOf(scene.db.meter);
}

/** The tender's public page as a stranger asks for it, whatever has been read before it once for an isolate's life. */
async function page(env: Env, { community, tenderId }: SealedTender) {
  const [[tender]] = await sceneAt(env, community).db.read(findTender(sceneAt(env, community), tenderId));
  setClock(CLOSES + 3);
  const counting = metered(env);
  await passDirectory(counting, community);
  const response = await new Visitor(counting.env).get(`/c/${community.slug}/tenders/${tender!.number}`);
  return { status: response.status, ...costOf(counting.meter) };
}

export const sealingTasks: Readonly<Record<string, Task>> = {
  "sealing/product": product,
  "sealing/bare": bare,
  "sealing/prepare": prepare,
  "sealing/read": read,
  "sealing/shown": shown,
  "sealing/page": page,
};
