/** A community with an imported roll, officers by permission, and meetings made through the product's own actions. */
import { type Item, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import { type CastInput, castBallot } from "../../src/assembly/ballots/actions.ts";
import type { Answer } from "../../src/assembly/ballots/rules.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { createDraft, saveFrame, saveItem, saveRules } from "../../src/assembly/meeting/drafting.ts";
import { findMeeting, listEvents, type MeetingRow } from "../../src/assembly/meeting/store.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DEFAULT_RULES, type MeetingRules } from "../../src/assembly/settings/rules.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { type MeetingId, newId } from "../../src/kernel/id.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress, sql } from "../../src/platform/db.ts";
import { type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { makeCommunity, sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";

export const OPENS_AT = T0 + 16 * DAY_MS; // 10:00
export const CLOSES_AT = OPENS_AT + 10 * DAY_MS;

const STAFF = {
  secretary: ["meeting.read", "meeting.draft", "meeting.deliver", "objection.answer", "paper.enter", "roll.read"],
  chair: ["meeting.read", "meeting.approve", "result.publish", "settings.manage", "objection.answer"],
  teller: ["meeting.read", "meeting.count", "paper.confirm"],
  street: ["meeting.read", "meeting.annul"],
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof STAFF;

export const as = (community: CommunityAddress, role: Role, now = T0): StaffScene =>
  staffSceneAt(community, `person-${role}`, STAFF[role], now);

export const newOnce = (): string => newId<string>(systemRandom);

export const itemOf = (itemNo: number, more: Partial<Item> = {}): Item => ({
  itemNo,
  matter: 9,
  title: `议题${itemNo}`,
  text: "是否同意本方案。",
  scope: { kind: "estate" },
  question: yesNoAbstain(),
  attachments: [],
  ...more,
});

export async function communityWithRoll(units = 30): Promise<CommunityAddress> {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...manyRows(units)));
  return community;
}

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export interface DraftOptions {
  readonly items?: readonly Item[];
  readonly rules?: MeetingRules;
  readonly opensAt?: Instant;
  readonly closesAt?: Instant;
}

/** A complete draft by the secretary; its id and version. */
export async function drafted(
  community: CommunityAddress,
  options: DraftOptions = {},
): Promise<{ meetingId: MeetingId; version: number }> {
  const scene = as(community, "secretary");
  const convener = { kind: "committee" as const, cause: "年度会议" };
  let saved = must(await createDraft(scene, { title: "2026年业主大会会议", convener }, newOnce()));
  const save = () => ({ ...saved, once: newOnce() });
  const times = { opensAt: options.opensAt ?? OPENS_AT, closesAt: options.closesAt ?? CLOSES_AT };
  saved = must(await saveFrame(scene, save(), { title: "2026年业主大会会议", convener, ...times }));
  saved = must(await saveRules(scene, save(), options.rules ?? DEFAULT_RULES));
  for (const item of options.items ?? [itemOf(1), itemOf(2)]) saved = must(await saveItem(scene, save(), item));
  return saved;
}

/** A meeting whose notice is given. */
export async function noticed(community: CommunityAddress, options: DraftOptions = {}): Promise<MeetingId> {
  const { meetingId, version } = await drafted(community, options);
  must(await giveNotice(as(community, "chair"), meetingId, version));
  return meetingId;
}

/** A meeting that is open. */
export async function opened(community: CommunityAddress, options: DraftOptions = {}): Promise<MeetingId> {
  const meetingId = await noticed(community, options);
  await runDue(sceneAt(community, options.opensAt ?? OPENS_AT));
  return meetingId;
}

export async function meetingRow(community: CommunityAddress, meetingId: MeetingId): Promise<MeetingRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findMeeting(scene, meetingId));
  return rows[0]!;
}

export async function eventKinds(community: CommunityAddress, meetingId: MeetingId): Promise<string[]> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listEvents(scene, meetingId));
  return rows.map(({ kind }) => kind);
}

/** A vote by a voter's link, at an instant. */
export const vote = (
  community: CommunityAddress,
  meetingId: MeetingId,
  voterNo: number,
  answers: readonly Answer[],
  at: Instant,
  more: Partial<CastInput> = {},
) =>
  castBallot(sceneAt(community, at), {
    meetingId,
    voterNo,
    answers,
    channel: "web",
    evidence: { by: "link", generation: 1, factor: "phone" },
    ...more,
  });

/** The same option for every item. */
export const all = (option: number, items = 2): Answer[] =>
  Array.from({ length: items }, (_, at) => ({ itemNo: at + 1, options: [option] }));

export async function numberIn(community: CommunityAddress, query: ReturnType<typeof sql>): Promise<number> {
  const { db } = sceneAt(community);
  const [rows] = await db.read(db.all<{ n: number }>(query));
  return rows[0]?.n ?? 0;
}

/** Rules with some values of one's own, each with a clause. */
export const rulesWith = (values: Partial<{ [K in keyof MeetingRules]: MeetingRules[K]["value"] }>): MeetingRules =>
  Object.fromEntries(
    Object.entries(DEFAULT_RULES).map(([name, setting]) => [
      name,
      name in values ? { value: values[name as keyof MeetingRules], clause: "《议事规则》第十条" } : setting,
    ]),
  ) as unknown as MeetingRules;
