/** Elections brought to any state by the rows their acts write, for the tests of what comes after. */

import { recordElectionEvent } from "../../src/elections/acting.ts";
import { publishGroup, saveGroupDraft } from "../../src/elections/group/actions.ts";
import type { TypedMember } from "../../src/elections/group/rules.ts";
import { electionMethodHash } from "../../src/elections/method/rules.ts";
import {
  DEFAULT_METHOD,
  type ElectionKind,
  type ElectionState,
  type Method,
  type MethodValues,
} from "../../src/elections/rules.ts";
import {
  type ElectionChange,
  type ElectionRow,
  findElection,
  insertElection,
  updateElection,
} from "../../src/elections/store.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { newId } from "../../src/kernel/id.ts";
import type { BodyKind } from "../../src/offices/rules.ts";
import { standardPosts } from "../../src/offices/terms/standard.ts";
import { insertBody, listBodies } from "../../src/offices/terms/store.ts";
import { BODY_WORDS } from "../../src/offices/words.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";

const STAFF = {
  /** Enters names and evidence. */
  secretary: ["meeting.read", "meeting.draft", "objection.answer", "roll.read", "election.prepare"],
  /** Runs the election: the head of the group, or the chair where there is none. */
  chair: ["meeting.read", "meeting.approve", "result.publish", "objection.answer", "election.call", "election.decide"],
  teller: ["meeting.read", "meeting.count", "paper.confirm"],
  street: ["meeting.read", "meeting.annul", "election.call", "election.appeal"],
} as const satisfies Record<string, readonly Permission[]>;
export type ElectionRole = keyof typeof STAFF;

/** A scene acted by somebody with this role's permissions. */
export const electing = (community: CommunityAddress, role: ElectionRole, now = T0): StaffScene =>
  staffSceneAt(community, `person-${role}`, STAFF[role], now);

/** The default method with some values of one's own, each with a clause. */
export const methodWith = (values: Partial<MethodValues>): Method =>
  Object.fromEntries(
    Object.entries(DEFAULT_METHOD).map(([name, setting]) => [
      name,
      name in values ? { value: values[name as keyof MethodValues], clause: "《业主大会议事规则》第十五条" } : setting,
    ]),
  ) as unknown as Method;

/** The body of a kind, formed where there is none yet. */
export async function bodyOf(community: CommunityAddress, kind: BodyKind): Promise<string> {
  const scene = sceneAt(community);
  const [bodies] = await scene.db.read(listBodies(scene));
  const found = bodies.find((body) => body.kind === kind);
  if (found) return found.bodyId;
  const body = insertBody(scene, { kind, name: BODY_WORDS[kind], posts: standardPosts(kind) }, "test");
  await write(scene.db.write(body.statements));
  return body.bodyId;
}

const write = async (written: Promise<{ readonly ok: boolean }>): Promise<void> => {
  const done = await written;
  if (!done.ok) throw new Error(JSON.stringify(done));
};

const ORDER: readonly ElectionState[] = ["preparing", "nominating", "examining", "standing", "voting"];

/** When each step of `makeElection` happened, counted from its `at`. */
export const STEP_DAYS = {
  groupPublished: 1,
  nominationsOpen: 10,
  nominationsClose: 17,
  candidatesPublished: 20,
} as const;

export interface ElectionOptions {
  readonly state?: ElectionState;
  readonly kind?: ElectionKind;
  readonly method?: Method;
  /** When it was called; T0 when left out. */
  readonly at?: Instant;
  readonly title?: string;
  readonly bodyId?: string;
}

/**
 * An election in a state (`preparing` when left out), for `seated` and `ended` by way of all states before. The group has a body
 * and nobody in it; nominations opened and closed, and candidates were published, on the days of STEP_DAYS.
 */
export async function makeElection(community: CommunityAddress, options: ElectionOptions = {}): Promise<ElectionRow> {
  const { state = "preparing", kind = "renewal", method = DEFAULT_METHOD, at = T0 } = options;
  const bodyId = options.bodyId ?? (await bodyOf(community, "committee"));
  const groupBodyId = kind === "by_election" ? null : await bodyOf(community, "preparatory_group");
  const electionId = newId<string>(sceneAt(community).random);
  const title = options.title ?? "第二届业主委员会换届选举";
  const called = sceneAt(community, at);
  await write(
    called.db.write([
      insertElection(called, {
        electionId,
        kind,
        title,
        cause: "本届任期将满",
        bodyId,
        groupBodyId,
        method: JSON.stringify(method),
        calledBy: "person-street",
      }),
      ...recordElectionEvent(
        called,
        electionId,
        "called",
        { kind, title },
        { id: "person-street", words: "街道办事处" },
      ).statements,
    ]),
  );
  const days = (count: number): Instant => at + count * DAY_MS;
  const change: Record<string, ElectionChange> = {
    nominating: {
      state: "nominating",
      ...(kind === "by_election" ? {} : { groupPublishedAt: days(STEP_DAYS.groupPublished), groupEdition: 1 }),
      nominationsOpenAt: days(STEP_DAYS.nominationsOpen),
      nominationsCloseAt: days(STEP_DAYS.nominationsClose),
    },
    examining: { state: "examining" },
    standing: {
      state: "standing",
      candidatesPublishedAt: days(STEP_DAYS.candidatesPublished),
      methodHash: electionMethodHash(method),
    },
    voting: { state: "voting" },
  };
  const reached = state === "seated" || state === "ended" ? ORDER.length - 1 : ORDER.indexOf(state);
  for (const step of ORDER.slice(1, reached + 1)) await move(community, electionId, change[step]!);
  if (state === "seated") await move(community, electionId, { state, seatedAt: days(60) });
  if (state === "ended") await move(community, electionId, { state, endedAt: days(60), endedWhy: "街道要求暂停" });
  return electionRow(community, electionId);
}

async function move(community: CommunityAddress, electionId: string, change: ElectionChange): Promise<void> {
  const scene = sceneAt(community);
  await write(scene.db.write(updateElection(scene, await electionRow(community, electionId), change)));
}

/** The election as it stands. */
export async function electionRow(community: CommunityAddress, electionId: string): Promise<ElectionRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findElection(scene, electionId));
  return rows[0]!;
}

/** A list in order: five, three of them owners, headed by the street. */
export const LIST = {
  document: "街道〔2026〕12号",
  members: [
    { name: "何组长", phone: "13711110001", part: "street", isChair: true, home: "" },
    { name: "业主一", phone: "13711110002", part: "owners", isChair: false, home: "1栋 1单元 0101" },
    { name: "业主二", phone: "13711110003", part: "owners", isChair: false, home: "2栋 0305" },
    { name: "刘建设", phone: "13711110004", part: "developer", isChair: false, home: "" },
    { name: "业主三", phone: "13711110005", part: "owners", isChair: false, home: "2栋 0306" },
  ],
} as const satisfies { document: string; members: readonly TypedMember[] };

/** The secretary drafts a list of the group: this one, or LIST. */
export async function drafted(
  community: CommunityAddress,
  electionId: string,
  members: readonly TypedMember[] = LIST.members,
  now = T0,
): Promise<void> {
  const { version } = await electionRow(community, electionId);
  const rows = members.map((member) => ({ ...member, memberNo: null }));
  const saved = await saveGroupDraft(electing(community, "secretary", now), electionId, {
    document: LIST.document,
    rows,
    version,
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
}

/** The secretary drafts LIST and the street publishes it: five people take their posts. */
export async function publishedGroup(community: CommunityAddress, electionId: string, now = T0): Promise<void> {
  await drafted(community, electionId, LIST.members, now);
  const { version } = await electionRow(community, electionId);
  const published = await publishGroup(electing(community, "street", now), electionId, version);
  if (!published.ok) throw new Error(JSON.stringify(published.error));
}
