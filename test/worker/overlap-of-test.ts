/** A community with its officers, a branch and an upper party body, and ways to seat, appoint and ask in it, for the tests of cross-appointment. */
import { addDays, type Day, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import type { PersonId } from "../../src/kernel/id.ts";
import type { WaiverAsked } from "../../src/offices/overlap/conflicts/actions.ts";
import { guardConflicts } from "../../src/offices/overlap/conflicts/store.ts";
import { insertPerson } from "../../src/offices/people/store.ts";
import { confirmAppointment } from "../../src/offices/proposals/actions.ts";
import { PERMISSIONS, type PostKind } from "../../src/offices/rules.ts";
import type { OfficerAsked } from "../../src/offices/setup/actions.ts";
import { type Appointment, appoint, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertTenure, listPosts } from "../../src/offices/terms/store.ts";
import type { Permission } from "../../src/platform/access.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { Scene, StaffScene } from "../../src/platform/scene.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

export const TODAY = dayOf(T0);

const OF_THE_PARTY: readonly OfficerAsked[] = [
  { post: "branch_secretary", name: "许书记", phone: "13900000000", act: "party_election", document: "文件" },
  { post: "community_party_secretary", name: "马书记", phone: "13900000001", act: "appointment", document: "文件" },
];

/** The supervisor of the set-up, as one would type them. */
export const SUPERVISOR = { name: "赵监督", phone: "13800000004" } as const;
/** Leave for the supervisor to count, as the street would give it. */
export const WAIVER: Omit<WaiverAsked, "personId"> = {
  ruleKey: "supervision-desk",
  postKind: "teller",
  fromOn: TODAY,
  lastOn: addDays(TODAY, 30),
  document: "人手不足，街道同意临时计票",
};

export const reasonOf = (result: { ok: boolean; error?: { reason: string } }): string =>
  result.ok ? "ok" : result.error!.reason;

let phones = 0;
/** The number given to whoever was last seated for the first time. */
export const lastPhone = (): string => `1350${String(phones).padStart(7, "0")}`;

export class World {
  readonly community: CommunityAddress;
  readonly base: string;
  readonly people = new Map<string, PersonId>();

  constructor(community: CommunityAddress) {
    this.community = community;
    this.base = `/c/${community.slug}`;
  }

  static async make(): Promise<World> {
    return new World(await makeStaffedCommunity([...OFFICERS, ...OF_THE_PARTY]));
  }

  scene(now = T0): Scene {
    return sceneAt(this.community, now);
  }

  /** Whoever holds this post, with what it permits, as signed in. */
  async as(kind: PostKind): Promise<StaffScene> {
    const holder = (await holdersAsOf(this.scene(), TODAY)).find(({ postKind }) => postKind === kind)!;
    const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter((one) => PERMISSIONS[one].includes(kind));
    return {
      ...this.scene(),
      actor: {
        personId: holder.personId,
        sessionId: "test",
        name: holder.name,
        posts: [{ kind, title: holder.title.zh, body: holder.body.zh }],
        permissions: new Set(permissions),
      },
    };
  }

  /** Someone in a post from a day on, written as an election would seat them; the same name is the same person. */
  async seat(
    name: string,
    kind: PostKind,
    fromOn: Day = TODAY,
    lastOn: Day | null = null,
  ): Promise<{ personId: PersonId; tenureId: string }> {
    const scene = this.scene();
    const known = this.people.get(name);
    if (!known) phones += 1;
    const person = known
      ? { personId: known, statements: [] }
      : await insertPerson(scene, { name, phone: lastPhone() }, "test");
    const { personId } = person;
    const { postId } = await this.post(kind);
    const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) };
    const act = "owners_election" as const;
    const seated = { postId, postKind: kind, personId, name, span, act, document: "选举公告" };
    const tenure = insertTenure(scene, seated, "test");
    const written = await scene.db.write([...person.statements, ...tenure.statements]);
    if (!written.ok) throw new Error(written.error.code);
    this.people.set(name, personId);
    return { personId, tenureId: tenure.tenureId };
  }

  async post(kind: PostKind) {
    const scene = this.scene();
    const [posts] = await scene.db.read(listPosts(scene));
    return posts.find((post) => post.kind === kind)!;
  }

  async asked(kind: PostKind, extra: Partial<Appointment> = {}): Promise<Appointment> {
    const { postId } = await this.post(kind);
    const someone = { name: "钱多多", phone: "13700000001", fromOn: TODAY, lastOn: "" };
    return { postId, ...someone, act: "resolution", document: "决议", ...extra };
  }

  /** Appoints as the secretary and has another confirm what takes two people; the answer of whichever step refuses. */
  async take(given: Appointment, key: string, confirmer: PostKind = "committee_chair") {
    const proposed = await appoint(await this.as("secretary"), given, key);
    if (!proposed.ok || !proposed.value.awaitsSecond) return proposed;
    return confirmAppointment(await this.as(confirmer), proposed.value.tenureId, given.phone);
  }

  /** What the guard in the write says to someone's taking a post: "ok", or the code it aborts with. */
  async guard(
    personId: PersonId,
    postKind: string,
    fromOn: Day = TODAY,
    lastOn: Day | null = null,
    scene = this.scene(),
  ) {
    const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) };
    const written = await scene.db.write(guardConflicts(scene, [{ personId, postKind, span }]));
    return written.ok ? "ok" : written.error.code;
  }

  async rows<T>(text: string): Promise<T[]> {
    const { db } = this.scene();
    return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${this.community.id}'`)))))[0];
  }

  async leaves(type: string): Promise<Record<string, unknown>[]> {
    const found = await this.rows<{ entry: string }>(
      `SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}' ORDER BY seq`,
    );
    return found.map(({ entry }) => JSON.parse(entry) as Record<string, unknown>);
  }
}
