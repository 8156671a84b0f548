/** Owners signed in outside meetings, for tests: a roll of every kind of owner, and browsers in which one of them is signed in. */
import { headsOn } from "../../src/community/browse/actions.ts";
import { findPartiesByName } from "../../src/community/changes/store.ts";
import { nameHash } from "../../src/community/personal.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { openOwnerSession } from "../../src/owners/signin/actions.ts";
import type { OwnerActor } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { stranger } from "./desk-of-test.ts";
import type { Browser } from "./offices-of-test.ts";

/**
 * A sole owner of two flats and a parking space; a couple of whom one was chosen, and who share a number; a couple who chose nobody;
 * a company; the developer; a home sold and not handed over; a ward and the guardian; someone without a number, and someone without
 * anything to be recognised by.
 */
export const OWNERS_ROLL = [
  "1栋,1单元,0101,89.66,张三丰,0011,13812345678,,,已交付",
  "1栋,1单元,0102,102.35,张三丰,0011,13812345678,,,已交付",
  "车库,,B1-001,12.72,张三丰,0011,13812345678,,,已交付,,,车位",
  "1栋,2单元,0201,76.52,李四光,0022,13912345678,王五妹,,已交付,,,,李四光",
  "1栋,2单元,0202,66.52,刘小妹,0033,13912345678,,,已交付",
  "1栋,2单元,0203,70.00,孙小美,0044,13712345678,孙大美,,已交付",
  "2栋,,S01,54.80,重庆便民超市有限公司,,,,,已交付,单位,91350200MA2YJ1XR9G,商业",
  "2栋,,0301,118.40,璧山置业有限公司,,,,,未售,建设单位",
  "2栋,,0302,118.40,璧山置业有限公司,,,,,未售,建设单位",
  "2栋,,0303,90.00,周未交,0055,13612345678,,,未交付",
  "2栋,,0304,91.00,吴小弟,0066,,,,已交付,,,,,吴妈妈,13512345678",
  "2栋,,0305,92.00,郑老伯,007X,,,,已交付",
  "2栋,,0306,93.00,钱无证,,,,,已交付",
] as const;

/** The party of this name; the tests' names are each somebody's once. */
export async function partyNamed(community: CommunityAddress, name: string): Promise<PartyId> {
  const scene = sceneAt(community);
  const [[party]] = await scene.db.read(findPartiesByName(scene, nameHash(scene, name)));
  if (!party) throw new Error(`nobody is called ${name}`);
  return party.partyId;
}

/** An owner as an action is handed one. */
export const actorOf = (partyId: PartyId, guardianId: PartyId | null = null): OwnerActor => ({
  partyId,
  guardianId,
  sessionId: "test",
  name: "测试",
  masked: "测*",
});

/** The cookie of an owner signed in at an instant, as `__Host-ch_owner=…`. */
export async function ownerCookie(community: CommunityAddress, partyId: PartyId, now = T0): Promise<string> {
  const opened = await openOwnerSession(sceneAt(community, now), partyId, "demo");
  if (!opened) throw new Error("no such party");
  const claims = {
    sid: opened.sessionId,
    cid: community.id,
    p: opened.partyIds[0]!,
    began: now,
    ends: opened.endsAt,
    renewed: now,
  };
  return `__Host-ch_owner=${await signToken(testEnv, "owner", claims, now, 3600)}`;
}

/** A browser in which the owner of this name is signed in. */
export async function ownerSignedIn(community: CommunityAddress, name: string, now = T0): Promise<Browser> {
  const browser = stranger(now);
  const [cookie, value] = (await ownerCookie(community, await partyNamed(community, name), now)).split("=") as [
    string,
    string,
  ];
  browser.cookies.set(cookie, value);
  return browser;
}

/** Every head of today, by key. */
export const headKeys = async (community: CommunityAddress): Promise<string[]> =>
  (await headsOn(sceneAt(community), dayOf(T0))).heads.map(({ key }) => key);
