/** Messages that follow from a meeting's life: the reminder to those who have not voted, and word of an amendment. Not the link itself. */

import { contactsFor } from "../../community/privacy/actions.ts";
import { findVoter } from "../../community/snapshot/store.ts";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import { type MessageParams, type OnOutcome, type Rendered, registerMessageKind } from "../../platform/outbox/kinds.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { findStandingBallot } from "../ballots/store.ts";
import { linkAddress, voterAddress } from "../links/actions.ts";
import { listCurrentLinks } from "../links/store.ts";
import { findMeeting, type MeetingRow } from "../meeting/store.ts";

export const REMINDER = "vote.reminder";
export const AMENDED = "vote.amended";

/** Reminders of those who have not voted, named by the close they stand before: one each, however often it is queued. */
export const queueReminders = (
  scene: Scene,
  meetingId: MeetingId,
  voterNos: readonly number[],
  reminder: { readonly closesAt: Instant; readonly daysBefore: number },
): Query[] =>
  queueMessages(
    scene,
    REMINDER,
    voterNos.map((voterNo) => ({
      to: voterAddress(meetingId, voterNo),
      dedupeKey: `remind:${meetingId}:${voterNo}:${isoInstant(reminder.closesAt)}:${reminder.daysBefore}`,
      params: { meeting: meetingId, voter: voterNo },
      expiresAt: reminder.closesAt,
    })),
  );

/** Word to every household that the notice was amended. */
export const queueAmended = (
  scene: Scene,
  meetingId: MeetingId,
  voterNos: readonly number[],
  edition: number,
): Query[] =>
  queueMessages(
    scene,
    AMENDED,
    voterNos.map((voterNo) => ({
      to: voterAddress(meetingId, voterNo),
      dedupeKey: `amended:${meetingId}:${voterNo}:${edition}`,
      params: { meeting: meetingId, voter: voterNo, edition },
    })),
  );

interface Addressed {
  readonly meeting: MeetingRow;
  readonly phone: string;
  readonly address: string;
  readonly hasVoted: boolean;
}

const READ = { by: "outbox", why: "meeting message" } as const;

async function votingParty(scene: Scene, { snapshotId }: MeetingRow, voterNo: number): Promise<PartyId | null> {
  if (snapshotId === null) return null;
  const [voters] = await scene.db.read(findVoter(scene, snapshotId, voterNo));
  return voters[0]?.votingPartyId ?? null;
}

/** Whom a message goes to, found when it leaves: the voting person may have changed since it was queued. */
async function addressed(scene: Scene, params: MessageParams): Promise<Addressed | { readonly skip: string }> {
  const meetingId = String(params.meeting) as MeetingId;
  const voterNo = Number(params.voter);
  const [meetings, links, ballots] = await scene.db.read(
    findMeeting(scene, meetingId),
    listCurrentLinks(scene, meetingId, [voterNo]),
    findStandingBallot(scene, meetingId, voterNo),
  );
  const [meeting, link] = [meetings[0], links[0]];
  if (!meeting) return { skip: "no meeting" };
  if (!link) return { skip: "no link" };
  const partyId = await votingParty(scene, meeting, voterNo);
  if (!partyId) return { skip: "nobody votes yet" };
  const { contacts } = await contactsFor(scene, [partyId], READ);
  const phone = contacts.get(partyId)?.phone;
  if (!phone) return { skip: "no number" };
  return { meeting, phone, address: linkAddress(scene, meetingId, link), hasVoted: ballots.length > 0 };
}

/** Whose number was read to send it is written down with the outcome. */
const noteRead: OnOutcome = async (scene, { params }, { outcome }) => {
  if (outcome === "skipped") return [];
  const [meetings] = await scene.db.read(findMeeting(scene, String(params.meeting) as MeetingId));
  const partyId = meetings[0] ? await votingParty(scene, meetings[0], Number(params.voter)) : null;
  return partyId ? [(await contactsFor(scene, [partyId], READ)).statement] : [];
};

const render =
  (text: (scene: Scene, found: Addressed, params: MessageParams) => string | { readonly skip: string }) =>
  async (scene: Scene, params: MessageParams): Promise<Rendered> => {
    const found = await addressed(scene, params);
    if ("skip" in found) return found;
    const said = text(scene, found, params);
    return typeof said === "string" ? { phone: found.phone, text: said } : said;
  };

registerMessageKind(REMINDER, {
  name: { zh: "表决提醒", en: "Reminder to vote" },
  restsAtNight: true,
  onOutcome: noteRead,
  render: render((scene, { meeting, hasVoted, address }) => {
    if (hasVoted) return { skip: "voted" };
    if (meeting.state !== "open" || meeting.closesAt === null || scene.now >= meeting.closesAt)
      return { skip: "closed" };
    return `【小区共治】${scene.community.name}“${meeting.title}”还没有收到您的表决，${sayDeadline(meeting.closesAt, "zh")}截止。请打开：${address}`;
  }),
});

registerMessageKind(AMENDED, {
  name: { zh: "公告修改通知", en: "Word of an amended notice" },
  restsAtNight: true,
  onOutcome: noteRead,
  render: render((scene, { meeting, address }, params) => {
    if (meeting.state !== "notice" || meeting.opensAt === null || meeting.edition !== params.edition)
      return { skip: "superseded" };
    return `【小区共治】${scene.community.name}“${meeting.title}”的会议公告有修改，表决从${sayInstant(meeting.opensAt, "zh")}开始。修改内容和原因：${address}`;
  }),
});
