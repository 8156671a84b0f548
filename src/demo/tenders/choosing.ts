/** From the opening to the award: two holders release their shares, papers are examined, a panel scores, the owners choose. */

import { giveNotice } from "../../assembly/meeting/actions.ts";
import { saveFrame } from "../../assembly/meeting/drafting.ts";
import { findMeeting } from "../../assembly/meeting/store.ts";
import { runDue } from "../../assembly/schedule/actions.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { PostKind } from "../../offices/rules.ts";
import { CLOCK } from "../../tenders/acting.ts";
import { placeChoices } from "../../tenders/deciding/placing.ts";
import { runChoices } from "../../tenders/deciding/settling.ts";
import { beginOpening, openDocuments, releaseShares, signOpening } from "../../tenders/opening/actions.ts";
import { readOut } from "../../tenders/opening/reading-out.ts";
import { shareKey } from "../../tenders/opening/rules.ts";
import { readTender } from "../../tenders/scheme/actions.ts";
import { findOpenedBids } from "../../tenders/scoring/bids.ts";
import { appointRepresentative, drawPanel, preparePanel } from "../../tenders/scoring/panel/actions.ts";
import { declareFree } from "../../tenders/scoring/panel/leaving.ts";
import { addExpert } from "../../tenders/scoring/panel/pool.ts";
import { listMembers, sits } from "../../tenders/scoring/panel/store.ts";
import { decideExamination, examineBid } from "../../tenders/scoring/qualifying/actions.ts";
import { publishCandidates, scoreTender } from "../../tenders/scoring/result/actions.ts";
import type { Given } from "../../tenders/scoring/result/rules.ts";
import {
  commitSheet,
  findScored,
  openScoring,
  recordFacts,
  revealSheet,
} from "../../tenders/scoring/sheets/actions.ts";
import * as seal from "../../tenders/sealing/browser/seal.js";
import { listStandingBids } from "../../tenders/sealing/store.ts";
import { demoRows } from "../roll.ts";
import { as, at, DEMO_SLUG, HOUR_MS, must, type Seeding, sceneAt, the } from "../seeding.ts";
import { countAndPublish, vote } from "../voting.ts";

/** Two of the three holders are there; two are enough. */
const PRESENT: readonly (readonly [PostKind, 1 | 3])[] = [
  ["committee_chair", 1],
  ["supervisor", 3],
];

/** At the closing hour: shares, prices read out, and the signatures of those present. */
export async function opened(seeding: Seeding, tenderId: string, keys: readonly seal.Jwk[]): Promise<void> {
  const before = await sceneAt(seeding, DEMO_SLUG, at(seeding, 0, 0));
  const { row } = the(await readTender(before, tenderId), "tender");
  const scene = { ...before, now: the(row.closesAt, "closing") };
  if (row.openedAt !== null) return;
  must(await beginOpening(scene, tenderId, CLOCK), "the opening");
  const [bids] = await scene.db.read(listStandingBids(scene, tenderId));
  for (const [post, seat] of PRESENT) {
    const shares: Record<string, string> = {};
    for (const bid of bids)
      for (const part of ["price", "documents"] as const) {
        const sealed = JSON.parse(bid[part]) as seal.Sealed;
        const share = await seal.decryptShare(keys[seat - 1]!, sealed.shares[seat - 1]!, sealed.ctHash);
        shares[shareKey(bid, part)] = seal.toBase64url(share);
      }
    must(await releaseShares(await as(scene, post), tenderId, shares), "shares");
  }
  const reader = { ...scene, now: scene.now + HOUR_MS / 2 };
  for (let left = 1; left > 0; ) left = must(await openDocuments(reader, tenderId), "the documents").left;
  must(await readOut(reader, tenderId, CLOCK), "the prices");
  for (const post of ["supervisor", "committee_chair"] as const)
    must(await signOpening(await as(reader, post), tenderId), "a signature");
}

const EXPERTS = ["谢天放", "邬思源", "乔木生", "骆国栋", "连海平", "卓文清", "管仲明"];

/** The district's experts, from whom panels are drawn. */
export async function pooled(seeding: Seeding, day: number): Promise<void> {
  const secretary = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 14)), "secretary");
  for (const [nth, name] of EXPERTS.entries()) {
    const expert = {
      name,
      phone: `198000002${String(nth).padStart(2, "0")}`,
      speciality: nth % 2 === 0 ? "物业管理" : "园林和保洁",
      organisation: "璧山区物业管理协会",
      source: "璧山区物业管理专家库",
    };
    must(await addExpert(secretary, expert, `demo-expert-${nth}`), "an expert");
  }
}

/** Every bid is found in order; the panel is drawn, five answer that nothing ties them to a bidder. */
export async function panelled(seeding: Seeding, day: number, tenderId: string): Promise<void> {
  const scene = await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 9));
  const { row, scheme } = the(await readTender(scene, tenderId), "tender");
  if (row.state !== "opened") return;
  const [secretary, chair] = [await as(scene, "secretary"), await as(scene, "committee_chair")];
  for (const { lotNo, bidderNo, voidWhy } of await findOpenedBids(scene, tenderId)) {
    const shown = the(
      scheme.lots.find((lot) => lot.lotNo === lotNo),
      "lot",
    ).qualifications;
    if (voidWhy === null)
      must(await examineBid(secretary, tenderId, { lotNo, bidderNo, shown, voidWhy: null }), "an examination");
  }
  must(await preparePanel(chair, tenderId), "the seed of a panel");
  must(await drawPanel(chair, tenderId), "a panel");
  for (let no = scheme.panel.experts; no < scheme.panel.size; no += 1) {
    const representative = { name: "黄雅琴", phone: "19800000230", organisation: "业主委员会委员" };
    must(await appointRepresentative(chair, tenderId, representative, `demo-representative-${no}`), "a representative");
  }
  const [members] = await scene.db.read(listMembers(scene, tenderId));
  for (const { memberNo } of members.filter(sits))
    must(await declareFree(scene, { tenderId, memberNo }), "a declaration");
  must(await decideExamination(chair, tenderId), "who is qualified");
}

/** Points for every fact or judgement; members differ a little, as people do. */
async function given(
  seeding: Seeding,
  day: number,
  tenderId: string,
  kind: "fact" | "judged",
  member: number,
): Promise<Given[]> {
  const found = the(await findScored(await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 10)), tenderId), "scoring");
  return found.lots.flatMap(({ lotNo, bidders, criteria }) =>
    criteria
      .filter((one) => one.kind === kind)
      .flatMap(({ key, weight }) =>
        bidders.map((bidderNo) => ({
          lotNo,
          bidderNo,
          criterion: key,
          points: Math.max(0, weight * 100 - 150 * ((bidderNo * 2 + member + lotNo) % 6)),
          reason: kind === "fact" ? "合同复印件已核对" : "人员安排具体，应急措施可行",
        })),
      ),
  );
}

/** Facts, sheets committed to before any is shown, the report, and the candidates. */
export async function scored(seeding: Seeding, day: number, tenderId: string): Promise<void> {
  const scene = await sceneAt(seeding, DEMO_SLUG, at(seeding, day, 15));
  const { row } = the(await readTender(scene, tenderId), "tender");
  const [secretary, chair] = [await as(scene, "secretary"), await as(scene, "committee_chair")];
  if (row.state === "qualified") {
    must(await recordFacts(secretary, tenderId, await given(seeding, day, tenderId, "fact", 0)), "facts");
    must(await openScoring(chair, tenderId), "the scoring");
    const [members] = await scene.db.read(listMembers(scene, tenderId));
    const sitting = members.filter(sits);
    for (const { memberNo } of sitting) {
      const sheet = await given(seeding, day, tenderId, "judged", memberNo);
      must(await commitSheet(scene, { tenderId, memberNo }, sheet), "a sheet");
    }
    for (const { memberNo } of sitting) must(await revealSheet(scene, { tenderId, memberNo }), "its reveal");
    must(await scoreTender(chair, tenderId), "the report");
  }
  must(await publishCandidates(chair, tenderId), "the candidates");
}

export interface ChoiceDays {
  readonly noticeOn: number;
  readonly opensOn: number;
  readonly closesOn: number;
}

/** The owners are asked whom to choose, a lot an item; the meeting's id. */
export async function asked(seeding: Seeding, tenderId: string, title: string, days: ChoiceDays): Promise<MeetingId> {
  const secretary = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, days.noticeOn - 1, 10)), "secretary");
  const placed = await placeChoices(secretary, tenderId, { draft: { convener: "committee" }, once: "demo-choice" });
  const { meetingId } = must(placed, "the owners' choice");
  const [meetings] = await secretary.db.read(findMeeting(secretary, meetingId));
  const meeting = the(meetings[0], "meeting");
  if (meeting.state !== "draft") return meetingId;
  const frame = {
    title,
    convener: { kind: "committee" as const, cause: "选聘物业服务单位" },
    opensAt: at(seeding, days.opensOn, 9),
    closesAt: at(seeding, days.closesOn, 18),
  };
  const saved = must(
    await saveFrame(secretary, { meetingId, version: meeting.version, once: "demo-choice-times" }, frame),
    "times of the vote",
  );
  const chair = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, days.noticeOn, 10)), "committee_chair");
  must(await giveNotice(chair, meetingId, saved.version), "notice of the choice");
  return meetingId;
}

/** Most choose the first of the list. */
export const chosen = (seeding: Seeding, meetingId: MeetingId, days: ChoiceDays, share: number): Promise<string> =>
  vote(seeding, {
    slug: DEMO_SLUG,
    meetingId,
    roll: demoRows(),
    opensOn: days.opensOn,
    share,
    answers: (voter) =>
      [1, 2].map((itemNo) => ({ itemNo, options: [(voter.voterNo * 37 + itemNo * 13) % 100 < 82 ? 1 : 2] })),
  });

/** Counted, published, final when nobody objected in time, and so awarded. */
export async function awarded(
  seeding: Seeding,
  meetingId: MeetingId,
  days: ChoiceDays,
  finalOn: number,
): Promise<void> {
  await countAndPublish(seeding, DEMO_SLUG, { meetingId, closesOn: days.closesOn });
  const scene = await sceneAt(seeding, DEMO_SLUG, at(seeding, finalOn, 9));
  await runDue(scene);
  await runChoices(scene);
}
