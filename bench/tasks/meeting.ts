/** Meetings on a roll of any size, brought to where they are measured through the product's own actions. */
import { ESTATE, type Item, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { createDraft, saveItem } from "../../src/assembly/meeting/drafting.ts";
import { findMeeting } from "../../src/assembly/meeting/store.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import type { Instant } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { importRoll } from "./importing.ts";
import { makeCommunity, must, sceneAt, staffAt } from "./world.ts";

/** A meeting that is open for voting. */
export interface OpenMeeting {
  readonly community: CommunityAddress;
  readonly meetingId: MeetingId;
  /** Voters are numbered from 0 to before this. */
  readonly voters: number;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

const ITEMS: readonly Item[] = ([4, 8, 9] as const).map((matter, at) => ({
  itemNo: at + 1,
  matter,
  title: ["选聘物业服务企业", "利用共有部分设置充电设施", "更换单元门禁"][at]!,
  text: "按公示的方案办理。方案全文见附件，可在物业服务中心查阅。",
  scope: ESTATE,
  question: yesNoAbstain(),
  attachments: [],
}));

/** Imports a roll of `units` units with one owner each, and opens a meeting on it. */
export async function openMeeting(env: Env, { units, first }: { units: number; first?: string }): Promise<OpenMeeting> {
  const community = await makeCommunity(env, `表决 ${units}`, first);
  await importRoll(env, community, units);
  return openAnother(env, community);
}

/** Drafts a meeting, approves it as another person, and opens it at its hour. */
export async function openAnother(env: Env, community: CommunityAddress): Promise<OpenMeeting> {
  const once = `once-${crypto.randomUUID()}`;
  const secretary = staffAt(env, community, "secretary", ["meeting.draft"]);
  const convener = { kind: "committee", cause: "年度会议" } as const;
  const draft = must(await createDraft(secretary, { title: "2026 年第一次业主大会会议", convener }, once));
  const { meetingId } = draft;
  let { version } = draft;
  for (const item of ITEMS)
    version = must(await saveItem(secretary, { meetingId, version, once: `${once}-${item.itemNo}` }, item)).version;
  const director = staffAt(env, community, "director", ["meeting.approve"]);
  const { households } = must(await giveNotice(director, meetingId, version));
  const [rows] = await director.db.read(findMeeting(director, meetingId));
  const { opensAt, closesAt } = rows[0]!;
  const due = await runDue(sceneAt(env, community, opensAt!));
  if (!due.some(({ step }) => step === "open")) throw new Error("the meeting did not open");
  return { community, meetingId, voters: households, opensAt: opensAt!, closesAt: closesAt! };
}
