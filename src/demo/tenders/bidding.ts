/** From a scheme to bids that nobody can read: the keys of three holders, the notice, and companies that seal what they ask. The holders' browsers are played here; the keys are thrown away or kept as the story needs. */
import type { Instant } from "../../kernel/day.ts";
import type { PostKind } from "../../offices/rules.ts";
import { saveSettings } from "../../offices/settings/actions.ts";
import { defaultsOf } from "../../offices/settings/rules.ts";
import type { Scene } from "../../platform/scene.ts";
import { registerBidder } from "../../tenders/bidders/actions.ts";
import { keepContact } from "../../tenders/bidders/contacts.ts";
import { giveTenderNotice } from "../../tenders/procedure/actions.ts";
import { changeScheme, decideScheme, draftTender, readTender } from "../../tenders/scheme/actions.ts";
import type { Scheme } from "../../tenders/scheme/rules.ts";
import { TENDER_SETTINGS } from "../../tenders/scheme/settings.ts";
import { rehearse, takeKey } from "../../tenders/sealing/actions.ts";
import * as seal from "../../tenders/sealing/browser/seal.js";
import { takeBid, takeChunk } from "../../tenders/sealing/delivering.ts";
import type { Delivery } from "../../tenders/sealing/rules.ts";
import { findRehearsal, listKeyholders } from "../../tenders/sealing/store.ts";
import { as, at, DEMO_SLUG, must, type Seeding, scan, sceneAt, the } from "../seeding.ts";
import { COMPANIES, registrationOf } from "./companies.ts";

/** Who holds which key, as the setting has it by default. */
const HOLDERS: readonly PostKind[] = ["committee_chair", "street_officer", "supervisor"];
const RESOLUTION = "《业主大会议事规则》第三十条：选聘方案由业主委员会拟定并公布";

/** The estate's rules leave the scheme to the committee; the owners vote on whom to choose. */
export async function leaveSchemes(seeding: Seeding, day: number): Promise<void> {
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 9)), "committee_chair");
  const asked = { ...defaultsOf(TENDER_SETTINGS), schemeByOwners: { value: false, clause: RESOLUTION } };
  must(await saveSettings(chair, TENDER_SETTINGS, asked, {}), "the rules of tenders");
}

/** Drafts a scheme and has it decided by the chair; the tender's id. */
export async function decided(
  seeding: Seeding,
  day: number,
  key: string,
  scheme: Scheme,
  words: string,
): Promise<string> {
  const secretary = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 10)), "secretary");
  const { title, mode, reasons } = scheme;
  const begun = await draftTender(secretary, { title, mode, reasons, services: ["cleaning"] }, `demo-tender-${key}`);
  const { tenderId } = must(begun, "a tender");
  const { edition } = the(await readTender(secretary, tenderId), "tender").row;
  must(await changeScheme(secretary, tenderId, edition, () => scheme), "its scheme");
  const { row } = the(await readTender(secretary, tenderId), "tender");
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 16)), "committee_chair");
  must(await decideScheme(chair, tenderId, row.edition, { kind: "words", words }), "the decision on a scheme");
  return tenderId;
}

/**
 * The three holders make their keys and open the test bid; what they keep in their drawers is returned. Begun again before it
 * was noted, they make others in place of those that were lost.
 */
export async function keyed(seeding: Seeding, day: number, tenderId: string): Promise<seal.Jwk[]> {
  const scene = await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 15));
  const [held] = await scene.db.read(listKeyholders(scene, tenderId));
  const keys: seal.Jwk[] = [];
  for (const [index, post] of HOLDERS.entries()) {
    const key = await seal.makeKey();
    keys.push(key);
    const jwk = { ...seal.publicOf(key), kid: key.kid };
    const why = held.some(({ seat }) => seat === index + 1) ? "密钥文件丢失" : "";
    must(await takeKey(await as(scene, post), tenderId, { jwk, why }), "a key");
  }
  const [rehearsals] = await scene.db.read(findRehearsal(scene, tenderId));
  const sealed = JSON.parse(the(rehearsals[0], "rehearsal").part) as seal.Sealed;
  for (const [index, post] of HOLDERS.entries()) {
    const share = await seal.decryptShare(keys[index]!, sealed.shares[index]!, sealed.ctHash);
    must(await rehearse(await as(scene, post), tenderId, seal.toBase64url(share)), "a rehearsal");
  }
  return keys;
}

export async function noticed(seeding: Seeding, day: number, tenderId: string, closesAt: Instant): Promise<void> {
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 17)), "committee_chair");
  must(await giveTenderNotice(chair, tenderId, closesAt), "the notice of a tender");
}

/** What one company asks for a lot: fen by line of its price sheet. */
export interface DemoBid {
  readonly company: number;
  readonly lotNo: number;
  readonly prices: Readonly<Record<string, number>>;
}

/** A company registers through its proved telephone; its id as bidder. */
async function entered(scene: Scene, tenderId: string, company: number, lots: readonly number[]): Promise<string> {
  const { contactId, statement } = await keepContact(scene, COMPANIES[company]!.phone);
  must(await scene.db.write([statement]), "a contact");
  const registered = await registerBidder(scene, contactId, tenderId, registrationOf(company, lots));
  return must(registered, "a bidder").bidderId;
}

/** What its browser makes of the prices and one file, delivered. */
async function delivered(scene: Scene, tenderId: string, bidderId: string, bid: DemoBid): Promise<void> {
  const [holders] = await scene.db.read(listKeyholders(scene, tenderId));
  const { row } = the(await readTender(scene, tenderId), "tender");
  const keyholders = holders.map(({ jwk }) => JSON.parse(jwk) as seal.Jwk);
  const bound = {
    tender: tenderId,
    bidder: bidderId,
    lot: bid.lotNo,
    closes: the(row.closesAt, "closing"),
    edition: row.edition,
  };
  const price = await seal.sealPart({
    file: seal.writePriceSheet({ ...bid.prices }),
    for: { ...bound, part: "price" },
    keyholders,
  });
  const file = new Uint8Array(scan("投标文件.pdf").bytes);
  const documents = await seal.sealPart({ file, for: { ...bound, part: "documents" }, keyholders });
  const { ctHash } = documents.sealed;
  must(await takeChunk(scene, tenderId, { bidderId }, { ctHash, chunkNo: 0, bytes: documents.ct }), "a piece");
  const delivery: Delivery = {
    lot: bid.lotNo,
    price: price.sealed as Delivery["price"],
    priceCt: seal.toBase64url(price.ct),
    documents: documents.sealed,
  };
  must(await takeBid(scene, tenderId, { bidderId }, delivery), "a bid");
}

/** Every company registers for its lots and hands in its bids, one after the other from `day` on. */
export async function bidFor(seeding: Seeding, day: number, tenderId: string, bids: readonly DemoBid[]): Promise<void> {
  for (const [nth, company] of [...new Set(bids.map((bid) => bid.company))].entries()) {
    const own = bids.filter((bid) => bid.company === company);
    const scene = await sceneAt(seeding, DEMO_SLUG, at(seeding, day + nth, 11));
    const bidderId = await entered(
      scene,
      tenderId,
      company,
      own.map(({ lotNo }) => lotNo),
    );
    for (const bid of own) await delivered(scene, tenderId, bidderId, bid);
  }
}
