/** Putting a round on the agenda of an owners' meeting, taking it back while that is a draft, and answering for it when notice is given. No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Origin, registerOrigin } from "../../assembly/agenda/origins.ts";
import type { Item } from "../../assembly/agenda/rules.ts";
import {
  createDraft,
  type DraftRefusal,
  type DraftSave,
  placeItem,
  type Saved,
  saveFrame,
  takeItemBack,
} from "../../assembly/meeting/drafting.ts";
import { readDraft } from "../../assembly/meeting/reading.ts";
import type { ConvenerKind } from "../../assembly/meeting/rules.ts";
import { findMeeting } from "../../assembly/meeting/store.ts";
import { DAY_MS, dayOf, type Instant, startOf } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { listTenuresFrom } from "../../offices/terms/store.ts";
import type { Aborted } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { commitSeed, SEED_BYTES } from "../../record/draw/rules.ts";
import { authorOf, recordElectionEvent } from "../acting.ts";
import { earliestVoting } from "../candidates/rules.ts";
import { type CandidateRow, countOpenCandidateObjections, listCandidates, standsNow } from "../candidates/store.ts";
import { readMethod } from "../method/rules.ts";
import { type ElectionMoveRefusal, electionIn, type Method } from "../rules.ts";
import { type ElectionKey, type ElectionRow, findElection, findLatestMandate, type MandateRow } from "../store.ts";
import { candidatesHashOf, ELECTION_ORIGIN, itemOfRound, originOf, paperOf, readPaperOf } from "./paper.ts";
import { earlierOf, openRound, servingOf } from "./reading.ts";
import { type PlanRefusal, planRound, type RoundPlan } from "./rules.ts";
import {
  assertNoCandidateObjection,
  insertRound,
  insertVoid,
  listRounds,
  moveToVoting,
  type RoundRow,
} from "./store.ts";

export type PlaceRefusal =
  | DraftRefusal
  | ElectionMoveRefusal
  | PlanRefusal
  | { readonly reason: "unknown_election" }
  | { readonly reason: "round_under_way"; readonly roundNo: number }
  /** M6: the meeting would open before the candidates have been public long enough. */
  | { readonly reason: "opens_too_early"; readonly notBefore: Instant }
  | { readonly reason: "election_stale" };

/** A round that could be placed now, and what it would ask. */
export interface Prepared {
  readonly election: ElectionRow;
  readonly method: Method;
  readonly roundNo: number;
  /** The how-manieth vote it is: rounds given up before are left out. */
  readonly turn: number;
  readonly plan: RoundPlan;
  readonly candidates: readonly CandidateRow[];
  /** The first instant at which voting may open (M6). */
  readonly notBefore: Instant;
}

/** For one read together with others; `prepared` reads their rows. */
export const placingQueries = (scene: Scene, key: ElectionKey) =>
  [
    findElection(scene, key),
    listRounds(scene, key),
    listCandidates(scene, key),
    findLatestMandate(scene, scene.now),
    listTenuresFrom(scene, scene.now),
  ] as const;

type RowsOf<Q> = { [I in keyof Q]: Q[I] extends { readonly _: { readonly result: infer T } } ? T : never };

/** Whether a round can be placed, and what it would ask; or why not. */
export function prepared(
  scene: Pick<Scene, "now">,
  [elections, rounds, candidates, mandates, tenures]: RowsOf<ReturnType<typeof placingQueries>>,
): Result<Prepared, PlaceRefusal> {
  const election = elections[0];
  if (!election) return err({ reason: "unknown_election" });
  const open = openRound(rounds);
  if (open) return err({ reason: "round_under_way", roundNo: open.roundNo });
  const may = electionIn(election.state, "standing");
  if (!may.ok) return may;
  const method = readMethod(election.method);
  const value = <K extends keyof Method>(name: K): Method[K]["value"] => method[name].value;
  const ownMandate = mandates.find(({ bodyId }) => bodyId === election.bodyId) as MandateRow | undefined;
  const plan = planRound(
    election.kind,
    {
      seats: value("seats"),
      legalLeast: value("legalLeast"),
      alternatesMost: value("alternatesMost"),
      atMost: value("atMost"),
    },
    earlierOf(rounds),
    candidates.filter(standsNow).map(({ candidateId }) => candidateId),
    election.kind === "by_election" ? servingOf(ownMandate, tenures, scene.now) : null,
  );
  if (!plan.ok) return plan;
  return ok({
    election,
    method,
    roundNo: rounds.length + 1,
    turn: rounds.filter(({ voidCause }) => voidCause === null).length + 1,
    plan: plan.value,
    candidates,
    notBefore: votingNotBefore(election, method),
  });
}

const votingNotBefore = (election: Pick<ElectionRow, "candidatesPublishedAt">, method: Method): Instant =>
  startOf(
    earliestVoting(dayOf(election.candidatesPublishedAt ?? 0), {
      candidatesBeforeDays: method.candidatesBeforeDays.value,
      candidatesPublicDays: method.candidatesPublicDays.value,
    }),
  );

export interface Placed {
  readonly meetingId: MeetingId;
  readonly roundNo: number;
}

/**
 * Puts the next round behind the last item of a meeting's draft, one that stands or a new one, and draws the seed that could
 * settle a tie: 32 random bytes, sealed, their commitment in the item and in the record from this moment on, long before anybody votes.
 * Item and round are one batch. The same form sent twice is one round; two people at once place one.
 */
export async function placeInMeeting(
  scene: StaffScene,
  key: ElectionKey,
  asked: {
    readonly draft: Omit<DraftSave, "once"> | { readonly convener: ConvenerKind };
    readonly once: string;
  },
): Promise<Result<Placed, PlaceRefusal>> {
  const rows = await scene.db.read(...placingQueries(scene, key));
  const can = prepared(scene, rows);
  if (!can.ok) return (await placedBefore(scene, rows[1], asked.once)) ?? can;
  const draft =
    "meetingId" in asked.draft ? ok(asked.draft) : await newDraft(scene, can.value, asked.draft.convener, asked.once);
  if (!draft.ok) return draft;
  const [meetings] = await scene.db.read(findMeeting(scene, draft.value.meetingId));
  const meeting = meetings[0];
  if (!meeting) return err({ reason: "unknown_meeting" });
  const { opensAt } = readDraft(meeting).draft;
  const { notBefore } = can.value;
  if (opensAt !== null && opensAt < notBefore) return err({ reason: "opens_too_early", notBefore });
  return write(scene, can.value, { ...draft.value, once: asked.once });
}

/** A repeat after the round went through finds an election that can place no other: it is answered with its own. */
async function placedBefore(
  scene: StaffScene,
  rounds: readonly RoundRow[],
  once: string,
): Promise<Result<Placed, PlaceRefusal> | null> {
  const open = openRound(rounds);
  if (!open || open.placedBy !== `${scene.actor.personId}:${once}`) return null;
  return ok({ meetingId: open.meetingId as MeetingId, roundNo: open.roundNo });
}

/** A meeting for this election alone, with times that keep M6; each step finds itself done when it is repeated. */
async function newDraft(
  scene: StaffScene,
  { election, notBefore }: Prepared,
  convener: ConvenerKind,
  once: string,
): Promise<Result<Omit<DraftSave, "once">, PlaceRefusal>> {
  const frame = {
    title: `${election.title}：业主大会会议`.slice(0, 120),
    convener: { kind: convener, cause: election.cause === "" ? election.title : election.cause },
  };
  // A key has at most 64 characters, and these are two more of the same form.
  const key = once.slice(0, 56);
  const made = await createDraft(scene, frame, `${key}:draft`);
  if (!made.ok) return made;
  const [rows] = await scene.db.read(findMeeting(scene, made.value.meetingId));
  const { draft } = readDraft(rows[0]!);
  const { opensAt, closesAt } = draft;
  if (opensAt === null || closesAt === null || opensAt >= notBefore) return ok(made.value);
  // Moved by whole days, so that voting opens and closes at the same hours.
  const by = Math.ceil((notBefore - opensAt) / DAY_MS) * DAY_MS;
  const moved = await saveFrame(
    scene,
    { ...made.value, once: `${key}:times` },
    { ...frame, opensAt: opensAt + by, closesAt: closesAt + by },
  );
  return moved.ok ? ok(moved.value) : moved;
}

async function write(scene: StaffScene, round: Prepared, save: DraftSave): Promise<Result<Placed, PlaceRefusal>> {
  const { election, method, roundNo, turn, plan, candidates, notBefore } = round;
  const { electionId } = election;
  const seed = scene.random(SEED_BYTES);
  const commitment = commitSeed(seed);
  const paper = paperOf(plan, candidates);
  const event = recordElectionEvent(
    scene,
    electionId,
    "round_placed",
    { round: roundNo, turn, seats: plan.seatsOpen, candidates: paper.length, atMost: plan.atMost },
    authorOf(scene),
    { seed: commitment, paper: candidatesHashOf(paper), method: election.methodHash },
  );
  const placed = await placeItem(
    scene,
    save,
    itemOfRound({ election, method, roundNo, turn, plan, paper, commitment, notBefore }),
    [
      insertRound(scene, {
        electionId,
        roundNo,
        meetingId: save.meetingId,
        seatsOpen: plan.seatsOpen,
        seatsOfCommittee: plan.seatsOfCommittee,
        members: plan.members,
        legalLeast: plan.legalLeast,
        alternatesMost: plan.alternatesMost,
        atMost: plan.atMost,
        candidates: JSON.stringify(paper),
        candidatesHash: candidatesHashOf(paper),
        commitment,
        seedSealed: await scene.keys.seal(bytesToHex(seed), seedSeal(scene, electionId, roundNo)),
        notBefore,
        placedBy: `${scene.actor.personId}:${save.once}`,
        placedAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
    ],
  );
  return answer(placed, save.meetingId, roundNo);
}

function answer(
  placed: Result<Saved, DraftRefusal | Aborted>,
  meetingId: MeetingId,
  roundNo: number,
): Result<Placed, PlaceRefusal> {
  if (placed.ok) return ok({ meetingId, roundNo });
  if (placed.error.reason !== "aborted") return err(placed.error);
  return placed.error.code === "round_under_way"
    ? err({ reason: "round_under_way", roundNo })
    : err({ reason: "election_stale" });
}

const sealOf = (communityId: string, electionId: string, roundNo: number): string =>
  `election-seed:${communityId}:${electionId}:${roundNo}`;
/** What a round's seed is sealed as: it opens for no other round. */
export const seedSeal = ({ community }: Pick<Scene, "community">, electionId: string, roundNo: number): string =>
  sealOf(community.id, electionId, roundNo);

registerSealed({
  table: "election_round",
  column: "seed_sealed",
  key: ["election_id", "round_no"],
  contextOf: (communityId, { election_id, round_no }) => sealOf(communityId, String(election_id), Number(round_no)),
});

export type TakeBackRefusal =
  | DraftRefusal
  | { readonly reason: "unknown_round" }
  | { readonly reason: "round_over" }
  | { readonly reason: "election_stale" };

/** Takes a round off a draft again: the paper is to be made anew, or the election is not ready. After notice only the meeting is withdrawn. */
export async function takeBack(
  scene: StaffScene,
  key: ElectionKey,
  roundNo: number,
  asked: { readonly version: number; readonly why: string; readonly once: string },
): Promise<Result<true, TakeBackRefusal>> {
  const [rounds] = await scene.db.read(listRounds(scene, key));
  const round = rounds.find((one) => one.roundNo === roundNo);
  if (!round) return err({ reason: "unknown_round" });
  if (round.voidCause === "taken_back") return ok(true);
  if (round.voidCause !== null || round.verdict !== null) return err({ reason: "round_over" });
  const { electionId } = round;
  const why = asked.why.trim();
  const event = recordElectionEvent(
    scene,
    electionId,
    "round_taken_back",
    { round: roundNo, turn: round.turn, why },
    authorOf(scene),
  );
  const taken = await takeItemBack(
    scene,
    { meetingId: round.meetingId as MeetingId, version: asked.version, once: asked.once },
    originOf(electionId, roundNo),
    [
      insertVoid(scene, {
        electionId,
        roundNo,
        cause: "taken_back",
        why,
        voidedBy: scene.actor.personId,
        voidedAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
    ],
  );
  if (taken.ok) return ok(true);
  if (taken.error.reason !== "aborted") return err(taken.error);
  return taken.error.code === "round_over" ? err({ reason: "round_over" }) : err({ reason: "election_stale" });
}

// ——— What is asked when notice is given ———

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** The round an item was made for, by its origin's id. */
const roundOfItem = (item: Item): { readonly electionId: string; readonly roundNo: number } | null => {
  const [electionId, roundNo] = item.origin?.id.split(":") ?? [];
  return electionId && roundNo ? { electionId, roundNo: Number(roundNo) } : null;
};

const numberFact = (item: Item, name: string): number => Number(item.origin?.facts[name] ?? 0);

/** Below /c/:slug, as ../addresses.ts has them; an item knows numbers only. */
const roundPath = (item: Item): string =>
  `/elections/${numberFact(item, "election")}/rounds/${numberFact(item, "round")}`;

const electionOrigin: Origin = {
  words: say("业主委员会选举", "the election of the committee"),
  path: roundPath,
  choicePath: (item, optionNo) => {
    const number = numberFact(item, `candidate${optionNo}`);
    return number > 0 ? `/elections/${numberFact(item, "election")}/candidates/${number}` : null;
  },
  // M6: what owners object to in a candidate is answered before anybody votes.
  async opening(scene, item) {
    const made = roundOfItem(item);
    if (!made) return { waits: false, statements: [] };
    const [open] = await scene.db.read(countOpenCandidateObjections(scene, made.electionId));
    return { waits: (open[0]?.open ?? 0) > 0, statements: [assertNoCandidateObjection(scene, made.electionId)] };
  },
  async noticing(scene, item, meeting) {
    const made = roundOfItem(item);
    if (!made) return { objections: [say("找不到这一项所属的选举。", "Its election is not found.")], statements: [] };
    const { electionId, roundNo } = made;
    const [elections, rounds, candidates] = await scene.db.read(
      findElection(scene, electionId),
      listRounds(scene, electionId),
      listCandidates(scene, electionId),
    );
    const [election, round] = [elections[0], rounds.find((one) => one.roundNo === roundNo)];
    if (!election || !round || round.meetingId !== meeting.meetingId || round.voidCause !== null)
      return { objections: [say("这一轮选举已经撤回。", "This round was taken back.")], statements: [] };
    const event = recordElectionEvent(
      scene,
      electionId,
      "round_noticed",
      { round: roundNo, turn: round.turn, opensAt: meeting.opensAt, closesAt: meeting.closesAt },
      authorOf(scene),
      { meeting: meeting.meetingId, seed: round.commitment, paper: round.candidatesHash },
    );
    return {
      objections: objectionsTo(election, round, candidates, meeting.opensAt),
      statements: [...moveToVoting(scene, electionId, roundNo), ...event.statements],
    };
  },
};
registerOrigin(ELECTION_ORIGIN, electionOrigin);

/** What keeps a round from going out as it stands. */
function objectionsTo(
  election: ElectionRow,
  round: RoundRow,
  candidates: readonly CandidateRow[],
  opensAt: Instant,
): readonly Bilingual[] {
  const found: Bilingual[] = [];
  if (opensAt < round.notBefore)
    found.push(
      say(
        `候选人要公示满规定的天数，表决最早${sayInstant(round.notBefore, "zh")}开始（杭州第二十六条；名单于${sayDay(dayOf(election.candidatesPublishedAt ?? 0), "zh")}公布）。`,
        `The candidates must have been public long enough: voting opens on ${sayInstant(round.notBefore, "en")} at the earliest (Hangzhou art. 26; published ${sayDay(dayOf(election.candidatesPublishedAt ?? 0), "en")}).`,
      ),
    );
  const left = readPaperOf(round).filter(({ candidateId }) => {
    const row = candidates.find((one) => one.candidateId === candidateId);
    return !row || !standsNow(row);
  });
  if (left.length > 0) {
    const names = left.map(({ label }) => label).join("、");
    found.push(
      say(
        `${names}已经退出或不再符合资格，表决票上还有名字。请撤回这一轮，重新排入会议。`,
        `${names} withdrew or were excluded and still stand on the paper. Take the round back and place it again.`,
      ),
    );
  }
  return found;
}
