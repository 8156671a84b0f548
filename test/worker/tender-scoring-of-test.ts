/** Tenders with opened bids, a pool and a panel, brought as far as a test asks: up to the opening by rows, from there by the product's own acts. */
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import type { MeetingRow } from "../../src/assembly/meeting/store.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { type MeetingId, newId } from "../../src/kernel/id.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress, Query } from "../../src/platform/db.ts";
import { putFile } from "../../src/platform/files.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { canonicalJson, type Json } from "../../src/record/canonical.ts";
import { placeChoices } from "../../src/tenders/deciding/placing.ts";
import type { OpenedBid } from "../../src/tenders/opening/opened.ts";
import { insertOpenedBid, insertOpening } from "../../src/tenders/opening/store.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { appointRepresentative, drawPanel, preparePanel } from "../../src/tenders/scoring/panel/actions.ts";
import { declareFree } from "../../src/tenders/scoring/panel/leaving.ts";
import { addExpert } from "../../src/tenders/scoring/panel/pool.ts";
import { listMembers, type MemberRow, sits } from "../../src/tenders/scoring/panel/store.ts";
import { decideExamination, examineBid } from "../../src/tenders/scoring/qualifying/actions.ts";
import { publishCandidates, scoreTender } from "../../src/tenders/scoring/result/actions.ts";
import type { Given } from "../../src/tenders/scoring/result/rules.ts";
import {
  commitSheet,
  findScored,
  openScoring,
  recordFacts,
  revealSheet,
} from "../../src/tenders/scoring/sheets/actions.ts";
import { findTender, insertScheme, insertTender, type TenderRow, updateTender } from "../../src/tenders/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { as, meetingRow, newOnce, vote } from "./meeting-of-test.ts";

export interface TenderOfTest {
  readonly community: CommunityAddress;
  readonly tenderId: string;
  readonly number: number;
  readonly scheme: Scheme;
  readonly bids: readonly OpenedBid[];
}

const DRAFTER: readonly Permission[] = ["tender.read", "tender.draft", "meeting.draft"];
const DECIDER: readonly Permission[] = ["tender.read", "tender.decide", "meeting.approve"];
export const drafter = (community: CommunityAddress, now: Instant = T0): StaffScene =>
  staffSceneAt(community, "drafter", DRAFTER, now);
export const decider = (community: CommunityAddress, now: Instant = T0): StaffScene =>
  staffSceneAt(community, "decider", DECIDER, now);

const must = async <T>(
  made: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }>,
): Promise<T> => {
  const done = await made;
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};
export const mustScoring = must;

const written = async (scene: StaffScene, statements: readonly Query[]): Promise<void> => {
  await must(scene.db.write(statements));
};

export const bidsOf = (scheme: Scheme, bidders = 4): OpenedBid[] =>
  scheme.lots.flatMap(({ lotNo, prices }) =>
    Array.from({ length: bidders }, (_, at): OpenedBid => {
      const bidderNo = at + 1;
      const own = Object.fromEntries(prices.map(({ key }) => [key, 1_000_000 + bidderNo * 100_000]));
      return {
        lotNo,
        bidderId: `bidder-${bidderNo}`,
        bidderNo,
        name: `第${bidderNo}物业服务有限公司`,
        code: `9150000000000000${String(bidderNo).padStart(2, "0")}`,
        prices: own,
        totalHundredths: prices.reduce((sum, { key, quantityHundredths }) => sum + quantityHundredths * own[key]!, 0),
        voidWhy: null,
      };
    }),
  );

export const tenderRow = async ({ community, tenderId }: TenderOfTest): Promise<TenderRow> => {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findTender(scene, tenderId));
  return rows[0]!;
};

export const membersOf = async ({ community, tenderId }: TenderOfTest): Promise<MemberRow[]> => {
  const scene = sceneAt(community);
  return (await scene.db.read(listMembers(scene, tenderId)))[0];
};
export const sittingOf = async (tender: TenderOfTest): Promise<MemberRow[]> => (await membersOf(tender)).filter(sits);

/** A tender that was noticed, closed and opened, with these bids. */
export async function openedTender(
  community: CommunityAddress,
  options: {
    readonly scheme?: Scheme;
    readonly bids?: readonly OpenedBid[];
    readonly at?: Instant;
    readonly state?: "noticed" | "opened";
    /** Each bid has a document that opened. */
    readonly hasDocuments?: boolean;
  } = {},
): Promise<TenderOfTest> {
  const { scheme = schemeOf(), at = T0, state = "opened" } = options;
  const bids = options.bids ?? bidsOf(scheme);
  const scene = drafter(community, at - 30 * DAY_MS);
  const tenderId = newId<string>(scene.random);
  const text = canonicalJson(scheme as unknown as Json);
  await written(scene, [
    insertTender(scene, { tenderId, title: scheme.title, repeats: null, draftedBy: "drafter" }),
    insertScheme(scene, tenderId, {
      edition: 1,
      scheme: text,
      schemeHash: "0".repeat(64),
      why: "",
      madeBy: "drafter",
      leafHash: "0".repeat(64),
    }),
  ]);
  const row = async (): Promise<TenderRow> => (await scene.db.read(findTender(scene, tenderId)))[0][0]!;
  const { number } = await row();
  const closesAt = at - DAY_MS;
  await written(
    scene,
    updateTender(scene, await row(), {
      state: "noticed",
      decidedAt: scene.now,
      noticedAt: scene.now,
      noticedEdition: 1,
      closesAt,
    }),
  );
  const tender = { community, tenderId, number, scheme, bids };
  if (state === "opened") await openedBy(tender, at, options.hasDocuments);
  return tender;
}

/** Closes a noticed tender and reads its bids out. */
export async function openedBy(
  { community, tenderId, bids }: TenderOfTest,
  at: Instant = T0,
  hasDocuments = false,
): Promise<void> {
  const scene = drafter(community, at - DAY_MS);
  const files = new Map<OpenedBid, { readonly id: string; readonly statement: Query }>();
  for (const bid of hasDocuments ? bids : []) {
    const text = new TextEncoder().encode(`%PDF-1.7\n${bid.lotNo}:${bid.bidderNo}`);
    const put = await must(putFile(scene, { name: "bid.pdf", bytes: text }, "drafter", "private"));
    files.set(bid, { id: put.stored.fileId, statement: put.statement });
  }
  const row = async (): Promise<TenderRow> => (await scene.db.read(findTender(scene, tenderId)))[0][0]!;
  await written(scene, updateTender(scene, await row(), { state: "closed", closedAt: scene.now }));
  const leafHash = "0".repeat(64);
  await written(scene, [
    insertOpening(scene, tenderId, { lots: "[]", checkpointSize: 0, begunBy: "drafter", leafHash }),
    ...[...files.values()].map(({ statement }) => statement),
    ...bids.map((bid) =>
      insertOpenedBid(scene, tenderId, {
        ...bid,
        prices: JSON.stringify(bid.prices),
        bidNo: 1,
        openedBy: "keyholders",
        secret: "",
        fileId: files.get(bid)?.id ?? "",
        leafHash,
      }),
    ),
    ...updateTender(scene, await row(), { state: "opened", openedAt: scene.now }),
  ]);
}

/** Experts in the pool, and how many. Their numbers are theirs alone. */
export async function pooled(
  community: CommunityAddress,
  count = 8,
  organisation = "市物业管理协会",
  from = 0,
): Promise<void> {
  for (let at = from; at < from + count; at += 1)
    await must(
      addExpert(
        drafter(community),
        {
          name: `专家${String.fromCharCode(0x4e00 + at)}`,
          phone: `1380000${String(at).padStart(4, "0")}`,
          speciality: at % 2 === 0 ? "物业管理" : "工程",
          organisation,
          source: "璧山区物业管理专家库",
        },
        newOnce(),
      ),
    );
}

/** With the panel drawn, the representatives named, and everybody's declaration in. */
export async function panelled(tender: TenderOfTest, at: Instant = T0): Promise<void> {
  const { community, tenderId, scheme } = tender;
  await must(preparePanel(decider(community, at), tenderId));
  await must(drawPanel(decider(community, at), tenderId));
  for (let no = scheme.panel.experts; no < scheme.panel.size; no += 1)
    await must(
      appointRepresentative(
        decider(community, at),
        tenderId,
        {
          name: `代表${String.fromCharCode(0x4e00 + no)}`,
          phone: `1390000${String(no).padStart(4, "0")}`,
          organisation: "",
        },
        newOnce(),
      ),
    );
  for (const { memberNo } of await sittingOf(tender))
    await must(declareFree(sceneAt(community, at), { tenderId, memberNo }));
}

/** With every bid found in order. */
export async function qualified(tender: TenderOfTest, at: Instant = T0): Promise<void> {
  const { community, tenderId, bids, scheme } = tender;
  for (const { lotNo, bidderNo, voidWhy } of bids)
    if (voidWhy === null) {
      const shown = scheme.lots.find((lot) => lot.lotNo === lotNo)!.qualifications;
      await must(examineBid(drafter(community, at), tenderId, { lotNo, bidderNo, shown, voidWhy: null }));
    }
  await must(decideExamination(decider(community, at), tenderId));
}

/** Points for every fact or judgement of a tender: the same for every bid unless said otherwise. */
export async function pointsOf(
  tender: TenderOfTest,
  kind: "fact" | "judged",
  points: (bidderNo: number, lotNo: number) => number = (bidderNo) => 1_000 + bidderNo,
): Promise<Given[]> {
  const found = await findScored(sceneAt(tender.community), tender.tenderId);
  return found!.lots.flatMap(({ lotNo, bidders, criteria }) =>
    criteria
      .filter((one) => one.kind === kind)
      .flatMap(({ key }) =>
        bidders.map((bidderNo) => ({
          lotNo,
          bidderNo,
          criterion: key,
          points: points(bidderNo, lotNo),
          reason: `第${bidderNo}号：有具体安排`,
        })),
      ),
  );
}

/** With the facts recorded and the scoring open. */
export async function scoringOpened(tender: TenderOfTest, at: Instant = T0): Promise<void> {
  const { community, tenderId } = tender;
  await must(recordFacts(drafter(community, at), tenderId, await pointsOf(tender, "fact")));
  await must(openScoring(decider(community, at), tenderId));
}

/** With every sheet committed to. */
export async function committed(tender: TenderOfTest, at: Instant = T0): Promise<void> {
  const given = await pointsOf(tender, "judged");
  for (const { memberNo } of await sittingOf(tender))
    await must(commitSheet(sceneAt(tender.community, at), { tenderId: tender.tenderId, memberNo }, given));
}

/** From the opening to the candidates' publication. */
export async function publishedTender(
  community: CommunityAddress,
  options: Parameters<typeof openedTender>[1] = {},
): Promise<TenderOfTest> {
  const at = options.at ?? T0;
  await pooled(community);
  const tender = await openedTender(community, options);
  const { tenderId } = tender;
  await panelled(tender, at);
  await qualified(tender, at);
  await scoringOpened(tender, at);
  await committed(tender, at);
  for (const { memberNo } of await sittingOf(tender))
    await must(revealSheet(sceneAt(community, at), { tenderId, memberNo }));
  await must(scoreTender(decider(community, at), tenderId));
  await must(publishCandidates(decider(community, at), tenderId));
  return tender;
}

// ——— The owners' meeting ———

export interface AskedOfTest {
  readonly meetingId: MeetingId;
  readonly row: MeetingRow;
}

/** The choice placed in a meeting of its own. */
export const placedChoice = (tender: TenderOfTest, at: Instant = T0, once = newOnce()) =>
  placeChoices(as(tender.community, "secretary", at), tender.tenderId, { draft: { convener: "committee" }, once });

/** Placed, noticed and opened. */
export async function askedOwners(tender: TenderOfTest, at: Instant = T0): Promise<AskedOfTest> {
  const { community } = tender;
  const { meetingId } = await must(placedChoice(tender, at));
  const { version } = await meetingRow(community, meetingId);
  await must(giveNotice(as(community, "chair", at), meetingId, version));
  const row = await meetingRow(community, meetingId);
  await runDue(sceneAt(community, row.opensAt!));
  return { meetingId, row };
}

/** One ballot for each entry: the option marked for every item. Then closed, counted and published; the instant of that. */
export async function votedOn(
  { community }: TenderOfTest,
  { meetingId, row }: AskedOfTest,
  ballots: readonly (readonly number[])[],
): Promise<Instant> {
  for (const [voter, options] of ballots.entries())
    await must(
      vote(
        community,
        meetingId,
        voter,
        options.map((option, at) => ({ itemNo: at + 1, options: [option] })),
        row.opensAt! + DAY_MS + voter,
      ),
    );
  const at = row.closesAt! + 3_600_000;
  await runDue(sceneAt(community, at));
  await must(countMeeting(as(community, "teller", at), meetingId));
  await must(publishResult(as(community, "chair", at + 1), meetingId, 1));
  return at + 1;
}

/** The period of objection has passed: the result is final. */
export async function finalAfter({ community }: TenderOfTest, publishedAt: Instant): Promise<Instant> {
  const at = publishedAt + 40 * DAY_MS;
  await runDue(sceneAt(community, at));
  return at;
}
