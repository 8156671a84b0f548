/** Owners' meetings of the demo: their notice, the votes by link and on paper, the count and its publication, by the product's own actions. */
import type { Item } from "../assembly/agenda/rules.ts";
import { isInScope } from "../assembly/agenda/rules.ts";
import { castBallot } from "../assembly/ballots/actions.ts";
import type { Answer } from "../assembly/ballots/rules.ts";
import { countMeeting } from "../assembly/counting/actions.ts";
import { identify } from "../assembly/links/actions.ts";
import { giveNotice } from "../assembly/meeting/actions.ts";
import { createDraft, saveFrame, saveItem } from "../assembly/meeting/drafting.ts";
import { enterPaper } from "../assembly/paper/actions.ts";
import { publishResult } from "../assembly/results/actions.ts";
import { runDue } from "../assembly/schedule/actions.ts";
import { type FrozenUnitRow, findMeetingSnapshot, listSnapshotUnits, listVoters } from "../community/snapshot/store.ts";
import type { Instant } from "../kernel/day.ts";
import type { MeetingId } from "../kernel/id.ts";
import type { PostKind } from "../offices/rules.ts";
import { putFile } from "../platform/files.ts";
import { sendDue } from "../platform/outbox/actions.ts";
import { keepAdapter } from "../platform/outbox/gateway.ts";
import type { Scene } from "../platform/scene.ts";
import type { DemoMeeting } from "./meetings.ts";
import type { DemoRow } from "./roll.ts";
import { as, at, HOUR_MS, must, placeOf, type Seeding, scan, sceneAt } from "./seeding.ts";

/** The secretary drafts a meeting of the committee's and the chair gives its notice; a message goes to every owner. */
export async function giveNoticeOf(seeding: Seeding, slug: string, meeting: DemoMeeting): Promise<string> {
  const now = at(seeding, meeting.noticeOn, 10);
  const secretary = await as(await sceneAt(seeding, slug, now - 26 * HOUR_MS), "secretary");
  const key = `demo-${meeting.key}`;
  const convener = { kind: "committee" as const, cause: meeting.cause };
  let saved = must(await createDraft(secretary, { title: meeting.title, convener }, `${key}-draft`), "draft");
  const { meetingId } = saved;
  for (const item of meeting.items) {
    const save = { meetingId, version: saved.version, once: `${key}-item-${item.itemNo}` };
    const paper = meeting.papers?.[item.itemNo];
    if (!paper) {
      saved = must(await saveItem(secretary, save, item), "item");
      continue;
    }
    const { stored, statement } = must(
      await putFile(secretary, scan(paper), secretary.actor.personId, "public"),
      "an item's paper",
    );
    const { fileId, name, sha256 } = stored;
    const attached = { ...item, attachments: [{ fileId, name, sha256 }] };
    saved = must(await saveItem(secretary, save, attached, [statement]), "item");
  }
  const frame = {
    title: meeting.title,
    convener,
    opensAt: at(seeding, meeting.opensOn, 9),
    closesAt: at(seeding, meeting.closesOn, 18),
  };
  saved = must(await saveFrame(secretary, { meetingId, version: saved.version, once: `${key}-frame` }, frame), "times");
  const chair = await as(await sceneAt(seeding, slug, now), "committee_chair");
  must(await giveNotice(chair, meetingId, saved.version), "notice");
  await sendDue({ ...chair, now: now + HOUR_MS }, keepAdapter);
  return meetingId;
}

export interface DemoVoter {
  readonly voterNo: number;
  readonly units: readonly FrozenUnitRow[];
  readonly row: DemoRow;
}

/** The heads of a meeting who can vote by themselves, with the row of the spreadsheet that knows their last four digits. */
export async function votersOf(scene: Scene, meetingId: MeetingId, roll: readonly DemoRow[]): Promise<DemoVoter[]> {
  const [snapshots] = await scene.db.read(findMeetingSnapshot(scene, meetingId));
  const snapshotId = snapshots[0]?.snapshotId ?? "";
  const [units, voters] = await scene.db.read(
    listSnapshotUnits(scene, snapshotId),
    listVoters(scene, snapshotId, -1, 10_000),
  );
  const rows = new Map(roll.map((row) => [placeOf(row), row]));
  return voters
    .filter(({ votingPartyId }) => votingPartyId !== null)
    .flatMap(({ voterNo }): DemoVoter[] => {
      const own = units.filter((unit) => unit.voterNo === voterNo);
      const row = own.map((unit) => rows.get(placeOf(unit))).find((found) => found !== undefined);
      return row ? [{ voterNo, units: own, row }] : [];
    });
}

/** Who votes and who does not when `share` of a hundred take part; the same on every machine. */
export const takesPart = ({ voterNo }: Pick<DemoVoter, "voterNo">, share: number): boolean =>
  (voterNo * 61) % 100 < share;

/** How a voter answers every item they have a vote on. */
export type Answering = (voter: DemoVoter) => readonly Answer[];

/** Mostly in favour, as such meetings go; spread by the voter's number. */
export const mostlyInFavour =
  (items: readonly Item[]): Answering =>
  (voter) =>
    items
      .filter(({ scope }) => voter.units.some((unit) => unit.counted === 1 && isInScope(scope, unit)))
      .map(({ itemNo, question }) => {
        const weight = (voter.voterNo * 37 + itemNo * 11) % 100;
        const last = question.options.length;
        const option =
          question.kind === "yes_no_abstain"
            ? weight < 84
              ? 1
              : weight < 94
                ? 2
                : 3
            : weight < 68
              ? 2
              : weight < 86
                ? 1
                : last;
        return { itemNo, options: [option] };
      });

const VOTING_DAYS = 2;
const VOTING_HOURS = 12;
/** Spread over the first days, from an hour after the opening at nine until the evening. */
const instantOf = (opens: Instant, part: number): Instant => {
  const hours = part * VOTING_DAYS * VOTING_HOURS;
  return opens + Math.floor((Math.floor(hours / VOTING_HOURS) * 24 + 1 + (hours % VOTING_HOURS)) * HOUR_MS);
};

const AT_ONCE = 8; // households vote side by side, and the database takes one after the other

async function severalAtOnce<T>(all: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE)
    await Promise.all(all.slice(start, start + AT_ONCE).map((one, index) => act(one, start + index)));
}

export interface Voting {
  readonly slug: string;
  readonly meetingId: MeetingId;
  readonly roll: readonly DemoRow[];
  /** The day it opens, at nine. */
  readonly opensOn: number;
  /** Of a hundred heads who can vote by themselves, so many do. */
  readonly share: number;
  readonly answers: Answering;
  /** The last so many of them hand in a sheet of paper instead. */
  readonly onPaper?: number;
}

/** Owners open their links, show who they are and vote, from the opening on; some hand in paper, which two people read. */
export async function vote(seeding: Seeding, voting: Voting): Promise<string> {
  const { slug, meetingId, share, answers, onPaper = 0 } = voting;
  const opens = at(seeding, voting.opensOn, 9);
  const community = await sceneAt(seeding, slug, opens);
  await runDue(community);
  const voters = await votersOf(community, meetingId, voting.roll);
  const chosen = voters.filter((voter) => takesPart(voter, share));
  const byLink = chosen.slice(0, chosen.length - onPaper);
  await severalAtOnce(byLink, async (voter, index) => {
    const scene: Scene = { ...community, now: instantOf(opens, index / byLink.length) };
    const session = { meetingId, voterNo: voter.voterNo, generation: 1, factor: null };
    const factor = must(await identify(scene, session, voter.row.phone.slice(-4)), "identification");
    const evidence = { by: "link" as const, generation: 1, factor };
    const ballot = { meetingId, voterNo: voter.voterNo, answers: answers(voter), channel: "web" as const, evidence };
    must(await castBallot(scene, ballot), "casting a ballot");
  });
  const evening = { ...community, now: instantOf(opens, 1) };
  for (const voter of chosen.slice(chosen.length - onPaper)) {
    const sheet = {
      meetingId,
      voterNo: voter.voterNo,
      typed: { signed: true, answers: answers(voter) },
      receivedAt: evening.now - HOUR_MS,
    };
    const entered = await enterPaper(await as(evening, "secretary"), { ...sheet, photo: scan("表决票.pdf") });
    must(entered, "a sheet of paper");
    must(await enterPaper(await as(evening, "teller"), sheet), "its second reading");
  }
  return String(chosen.length);
}

/** At the close the teller counts, and whoever chairs publishes; the result is final when the time for objections is over. */
export async function countAndPublish(
  seeding: Seeding,
  slug: string,
  { meetingId, closesOn }: { readonly meetingId: MeetingId; readonly closesOn: number },
  publisher: PostKind = "committee_chair",
): Promise<Instant> {
  const closed = at(seeding, closesOn, 18);
  await runDue(await sceneAt(seeding, slug, closed));
  const teller = await as(await sceneAt(seeding, slug, closed + 15 * HOUR_MS), "teller");
  must(await countMeeting(teller, meetingId), "counting");
  const head = await as(await sceneAt(seeding, slug, closed + 20 * HOUR_MS), publisher);
  must(await publishResult(head, meetingId, 1), "publishing");
  return head.now;
}
