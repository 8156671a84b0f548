/** A tender that takes bids, and companies that register for it, by the same statements and actions the product uses. */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../src/kernel/day.ts";
import { newId } from "../../src/kernel/id.ts";
import { creditCodeCheck, orgCodeCheck } from "../../src/kernel/uscc.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { canonicalJson } from "../../src/record/canonical.ts";
import { registerBidder } from "../../src/tenders/bidders/actions.ts";
import { keepContact, openContactSession } from "../../src/tenders/bidders/contacts.ts";
import { DECLARATIONS, type TypedRegistration } from "../../src/tenders/bidders/rules.ts";
import type { BidderActor } from "../../src/tenders/bidders/session.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import {
  findTender,
  insertScheme,
  insertTender,
  type TenderChange,
  type TenderRow,
  updateTender,
} from "../../src/tenders/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";

const DAY = 86_400_000;
/** When a test's tender closes unless it says otherwise: twenty days and a bit after its notice. */
export const CLOSES: Instant = T0 + 20 * DAY;
export const QUESTIONS_UNTIL: Instant = T0 + 10 * DAY;

const HASH = "0".repeat(64);

export async function tenderRow(community: CommunityAddress, tenderId: string): Promise<TenderRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findTender(scene, tenderId));
  return rows[0]!;
}

/** Moves a tender as its row now stands. */
export async function moveTender(
  community: CommunityAddress,
  tenderId: string,
  change: TenderChange,
): Promise<TenderRow> {
  const scene = sceneAt(community);
  const row = await tenderRow(community, tenderId);
  const moved = await scene.db.write(updateTender(scene, row, change));
  if (!moved.ok) throw new Error(moved.error.code);
  return tenderRow(community, tenderId);
}

/** A tender announced at T0. */
export async function makeTender(
  community: CommunityAddress,
  made: { readonly scheme?: Scheme; readonly closesAt?: Instant; readonly questionsUntil?: Instant } = {},
): Promise<TenderRow> {
  const scene = sceneAt(community);
  const asked = made.scheme ?? schemeOf();
  const tenderId = newId<string>(scene.random);
  const drafted = await scene.db.write([
    insertTender(scene, { tenderId, title: asked.title, repeats: null, draftedBy: "person-secretary" }),
    insertScheme(scene, tenderId, {
      edition: 1,
      scheme: canonicalJson(asked),
      schemeHash: HASH,
      why: "",
      madeBy: "person-secretary",
      leafHash: HASH,
    }),
  ]);
  if (!drafted.ok) throw new Error(drafted.error.code);
  await moveTender(community, tenderId, { state: "decided", decidedAt: T0, decidedWords: "委员会决议" });
  return moveTender(community, tenderId, {
    state: "noticed",
    noticedAt: T0,
    noticedEdition: 1,
    questionsUntil: made.questionsUntil ?? QUESTIONS_UNTIL,
    closesAt: made.closesAt ?? CLOSES,
  });
}

/** A code that checks: the nth of its kind. */
export function codeOf(nth: number): string {
  const org = String(nth).padStart(8, "0");
  const seventeen = `91500227${org}${orgCodeCheck(org)}`;
  return seventeen + creditCodeCheck(seventeen);
}
/** An identity number that checks: the nth. */
export function idOf(nth: number): string {
  const seventeen = `50022719800101${String(nth).padStart(3, "0")}`;
  const sum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (held, weight, at) => held + weight * Number(seventeen[at]),
    0,
  );
  return seventeen + "10X98765432"[sum % 11];
}
export const phoneOf = (nth: number): string => `139${String(nth).padStart(8, "0")}`;

/** What the nth company types; companies of different numbers have nothing in common. */
export const typedOf = (nth: number, change: Partial<TypedRegistration> = {}): TypedRegistration => ({
  name: `重庆保洁第${nth}服务有限公司`,
  code: codeOf(nth),
  representativeName: `钱${"一二三四五六七八九"[nth % 9]}总`,
  representativeNumber: idOf(nth),
  controller: "same",
  controllerName: "",
  controllerNumber: "",
  contactName: "小周",
  lots: ["1"],
  incumbent: "no",
  declarations: [...DECLARATIONS],
  ...change,
});

/** The contact of the nth company, with its telephone on file. */
export async function contactOf(community: CommunityAddress, nth: number, now = T0): Promise<string> {
  const scene = sceneAt(community, now);
  const { contactId, statement } = await keepContact(scene, phoneOf(nth));
  await scene.db.write([statement]);
  return contactId;
}

/** The nth company registers. */
export async function register(
  community: CommunityAddress,
  tenderId: string,
  nth: number,
  change: Partial<TypedRegistration> = {},
  now = T0 + 60_000,
) {
  const contactId = await contactOf(community, nth, now);
  return registerBidder(sceneAt(community, now), contactId, tenderId, typedOf(nth, change));
}

/** The nth company, registered, as its session would say. */
export async function bidderOf(
  community: CommunityAddress,
  tenderId: string,
  nth: number,
  change: Partial<TypedRegistration> = {},
  now = T0 + 60_000,
): Promise<BidderActor> {
  const made = await register(community, tenderId, nth, change, now);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const { name, code } = typedOf(nth, change);
  return { tenderId, bidderId: made.value.bidderId, bidderNo: made.value.bidderNo, name, code };
}

/** The cookie of the nth company's contact, as `__Host-ch_bidder=…`. */
export async function bidderCookie(community: CommunityAddress, nth: number, now = T0): Promise<string> {
  const { sessionId, beganAt, endsAt } = await openContactSession(sceneAt(community, now), phoneOf(nth));
  const claims = { sid: sessionId, cid: community.id, began: beganAt, ends: endsAt, renewed: now };
  return `__Host-ch_bidder=${await signToken(testEnv, "bidder", claims, now, 3600)}`;
}

export const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x0a, 0x42]);
export const SCRIPT = utf8ToBytes("<script>alert(1)</script>");
