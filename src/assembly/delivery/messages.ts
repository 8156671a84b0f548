/** The words of the messages that carry a link or tell of an authorisation, and what becomes of them in the proof of delivery. */
import { contactsFor } from "../../community/privacy/actions.ts";
import { findVoter } from "../../community/snapshot/store.ts";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import { type MessageParams, registerMessageKind, type SentMessage } from "../../platform/outbox/kinds.ts";
import type { Outcome } from "../../platform/outbox/rules.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { findStandingBallot } from "../ballots/store.ts";
import { LINK_MESSAGE, linkAddress } from "../links/actions.ts";
import { type LinkRow, listCurrentLinks } from "../links/store.ts";
import { findMeeting, type MeetingRow } from "../meeting/store.ts";
import { PROXY_MESSAGE } from "../proxies/actions.ts";
import { findProxy } from "../proxies/store.ts";
import { insertContacts } from "./store.ts";

interface Addressee {
  readonly meeting: MeetingRow;
  readonly link: LinkRow;
  readonly phone: string;
  readonly partyId: PartyId;
  readonly hasVoted: boolean;
}

const NO_NUMBER = "no number";

const partyOf = async (scene: Scene, meeting: MeetingRow, voterNo: number): Promise<PartyId | null> => {
  if (meeting.snapshotId === null) return null;
  const [voters] = await scene.db.read(findVoter(scene, meeting.snapshotId, voterNo));
  return voters[0]?.votingPartyId ?? null;
};

/** Whoever votes for the head when the message leaves: that may have changed since it was queued. */
async function addresseeOf(scene: Scene, params: MessageParams): Promise<Addressee | { readonly skip: string }> {
  const meetingId = String(params.meeting) as MeetingId;
  const voterNo = Number(params.voter);
  const [meetings, links, ballots] = await scene.db.read(
    findMeeting(scene, meetingId),
    listCurrentLinks(scene, meetingId, [voterNo]),
    findStandingBallot(scene, meetingId, voterNo),
  );
  const [meeting, link] = [meetings[0], links[0]];
  if (!meeting) return { skip: "no meeting" };
  if (!link) return { skip: "revoked" };
  const partyId = await partyOf(scene, meeting, voterNo);
  if (!partyId) return { skip: "nobody votes yet" };
  const { contacts } = await contactsFor(scene, [partyId], { by: "outbox", why: "meeting message" });
  const phone = contacts.get(partyId)?.phone;
  if (!phone) return { skip: NO_NUMBER };
  return { meeting, link, phone, partyId, hasVoted: ballots.length > 0 };
}

/** The proof of delivery, and the row that says whose number was read to send it; in the batch of the outcome. */
async function noteOutcome(scene: Scene, { params }: SentMessage, { outcome, detail }: Outcome): Promise<Query[]> {
  const meetingId = String(params.meeting) as MeetingId;
  const voterNo = Number(params.voter);
  const contact = (kind: "sent" | "failed"): Query[] =>
    insertContacts(scene, meetingId, [{ voterNo, kind, by: "outbox", note: "" }]);
  if (outcome === "skipped") return detail === NO_NUMBER ? contact("failed") : [];
  return [...contact(outcome), ...(await readNumber(scene, meetingId, voterNo))];
}

async function readNumber(scene: Scene, meetingId: MeetingId, voterNo: number): Promise<Query[]> {
  const [meetings] = await scene.db.read(findMeeting(scene, meetingId));
  const partyId = meetings[0] ? await partyOf(scene, meetings[0], voterNo) : null;
  if (!partyId) return [];
  return [(await contactsFor(scene, [partyId], { by: "outbox", why: "meeting message" })).statement];
}

registerMessageKind(LINK_MESSAGE, {
  name: { zh: "表决链接", en: "Voting link" },
  restsAtNight: true,
  render: async (scene, params) => {
    const found = await addresseeOf(scene, params);
    if ("skip" in found) return found;
    const { meeting, link, phone, hasVoted } = found;
    // Replaced since it was queued: the newer link has a message of its own.
    if (!link.tokenHash.startsWith(String(params.link))) return { skip: "replaced" };
    if (hasVoted) return { skip: "voted" };
    const { opensAt, closesAt, title, state } = meeting;
    if (opensAt === null || closesAt === null || !["notice", "open"].includes(state) || scene.now >= closesAt)
      return { skip: "over" };
    const address = linkAddress(scene, meeting.meetingId, link);
    const when =
      scene.now < opensAt
        ? `已公告，表决从${sayInstant(opensAt, "zh")}开始，${sayDeadline(closesAt, "zh")}截止。请打开链接看公告、核对您的登记，到时用同一链接投票`
        : `正在表决，${sayDeadline(closesAt, "zh")}截止。请打开链接投票`;
    return {
      phone,
      text: `【小区共治】${scene.community.name}“${title}”${when}：${address} 链接只供您本人使用，请勿转发。`,
    };
  },
  onOutcome: noteOutcome,
});

registerMessageKind(PROXY_MESSAGE, {
  name: { zh: "委托登记通知", en: "Word of an authorisation" },
  restsAtNight: true,
  render: async (scene, params) => {
    const found = await addresseeOf(scene, params);
    if ("skip" in found) return found;
    const { meeting, link, phone } = found;
    const [[proxy]] = await scene.db.read(findProxy(scene, meeting.meetingId, String(params.proxy)));
    if (!proxy || proxy.revokedAt !== null) return { skip: "revoked" };
    return {
      phone,
      text: `【小区共治】${scene.community.name}“${meeting.title}”：已登记您书面委托${proxy.agentMasked}代为投票。如果不是您的意思，请在对方投票前打开链接撤销：${linkAddress(scene, meeting.meetingId, link)}`,
    };
  },
  onOutcome: async (scene, { params }, { outcome }) =>
    outcome === "skipped" ? [] : readNumber(scene, String(params.meeting) as MeetingId, Number(params.voter)),
});
