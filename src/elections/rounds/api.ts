/** Rounds of an election in the public JSON API: what was asked, what it came to, who sits, and the draw of its ties. Reads only; names are those of the ballot. */
import { createRoute, z } from "@hono/zod-openapi";
import { formatArea } from "../../kernel/area.ts";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import type { Weight } from "../../kernel/weight.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import type { Scene } from "../../platform/scene.ts";
import { electionHref, readElectionNumber } from "../addresses.ts";
import { candidateHref } from "../nominations/words.ts";
import { RANKINGS, TIE_RULES } from "../rules.ts";
import { byElectionNumber, findElection } from "../store.ts";
import { roundState } from "./reading.ts";
import { drawPurpose, HINDRANCES, type Place, VERDICTS } from "./rules.ts";
import { listRounds, type RoundRow } from "./store.ts";
import { nameIn, numberIn, type RoundView, viewRound } from "./view.ts";

/** Mounted at /. */
export const roundsApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const instant = (description: string) =>
  said(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/), description);
const whole = (description: string) => said(z.int().min(0), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);

const Votes = z
  .strictObject({
    owners: whole("业主人数 | Owners (heads)"),
    areaM2: said(z.string().regex(/^\d+\.\d{2}$/), "专有部分面积，平方米 | Exclusive area in m², as decimal text"),
  })
  .openapi("ElectionVotes");

const STATES = ["drafted", "voting", "settled", "void", "undone"] as const;
const PLACES = ["elected", "alternate", "level", "surplus", "hindered", "not_passed"] as const satisfies Place[];

const Line = {
  round: said(z.int().min(1), "编号 | Its number"),
  turn: said(z.int().min(1), "第几次投票，作废的不算 | The how-manieth vote, those given up left out"),
  state: said(
    z.enum(STATES),
    "会议起草中；表决或计票中；有结果；作废；结果已撤销 | Drafted; voting or counting; settled; given up; undone",
  ),
  seats: whole("本轮要选的席位 | Seats to fill"),
  verdict: said(z.enum(VERDICTS).nullable(), "结果；没有时为空 | What it came to; null before"),
  settledAt: instant("何时 | When").nullable(),
  page: said(z.url(), "网页 | Its page"),
  api: said(z.url(), "本接口中的地址 | Its address in this API"),
};
const Rounds = z
  .strictObject({ election: z.int().min(1), rounds: z.array(z.strictObject(Line).openapi("ElectionRoundLine")) })
  .openapi("ElectionRounds");

const Round = z
  .strictObject({
    ...Line,
    election: z.int().min(1),
    legalLeast: whole("最少选出几名才成立 | How many it takes for a committee to stand"),
    alternatesMost: whole("最多几名候补 | At most so many alternates"),
    atMost: whole("每票最多选几名 | At most so many marks"),
    ranking: z.enum(RANKINGS),
    tie: z.enum(TIE_RULES),
    meeting: said(z.url().nullable(), "表决它的会议；起草中为空 | The meeting that votes on it; null while a draft"),
    ballot: said(
      z.array(z.strictObject({ option: z.int().min(1), name: z.string(), page: z.url() })),
      "选票上的次序 | As on the ballot, in its order",
    ),
    candidatesHash: hash("候选人名单的校验值 | Of the list of candidates"),
    outcome: said(
      z
        .strictObject({
          eligible: Votes,
          participated: Votes,
          candidates: z.array(
            z.strictObject({
              option: z.int().min(1),
              name: z.string(),
              votes: Votes,
              passed: said(z.boolean(), "人数和面积都过参与者的半数 | More than half on both axes"),
              rank: said(z.int().nullable(), "在达到条件的人里，按票数 | Among those who passed, by votes alone"),
              place: z.enum(PLACES),
              order: said(z.int().nullable(), "委员或候补里的第几名 | Their number among members or alternates"),
              hindered: said(z.enum(HINDRANCES).nullable(), "为什么不能就任 | Why they cannot sit"),
              inOffice: said(z.boolean(), "由这个结果就任 | Took office by this result"),
            }),
          ),
          ties: z.array(
            z.strictObject({
              over: z.enum(["last_seat", "alternates"]),
              options: z.array(z.int()),
              settledBy: z.enum(["draw", "further_vote"]),
              drawn: said(z.array(z.int()), "抽出的次序 | In the order drawn"),
            }),
          ),
          vacant: whole("空缺的席位 | Seats left vacant"),
        })
        .nullable(),
      "公布计票并确定以后 | Once published and settled",
    ),
    draw: said(
      z.strictObject({
        commitment: hash("表决以前公布的承诺 | The commitment, public before the vote"),
        seed: hash("揭开的种子 | The seed revealed").nullable(),
        purpose: z.string(),
      }),
      "抽签：SHA-256(种子 ‖ 用途 ‖ 0 ‖ 序号)小的在前 | Tickets: SHA-256(seed ‖ purpose ‖ 0 ‖ option), the smallest first",
    ),
    undone: said(
      z.strictObject({ at: instant("何时 | When"), why: z.string() }).nullable(),
      "结果被撤销 | Where its result was undone",
    ),
    leaves: said(
      z.strictObject({ placed: hash("确定候选人 | Placed"), result: hash("结果 | Result").nullable() }),
      "公开记录中的叶子 | Its leaves in the record",
    ),
  })
  .openapi("ElectionRound");
type Answer = z.infer<typeof Round>;

const weight = ({ owners, areaDm2 }: Weight) => ({ owners, areaM2: formatArea(areaDm2) });
const at = (moment: Instant | null): string | null => (moment === null ? null : isoInstant(moment));

const lineOf = ({ origin, community }: Scene, election: { number: number; state: string }, round: RoundRow) => ({
  round: round.roundNo,
  turn: round.turn,
  state: roundState(round, election.state),
  seats: round.seatsOpen,
  verdict: round.verdict,
  settledAt: at(round.settledAt),
  page: `${origin}${electionHref(community.slug, election.number)}/rounds/${round.roundNo}`,
  api: `${origin}/api/communities/${community.slug}/elections/${election.number}/rounds/${round.roundNo}`,
});

function outcomeAnswer(view: RoundView): Answer["outcome"] {
  const { outcome, decided, round, seats, paper } = view;
  if (!outcome || !decided) return null;
  const optionOf = (id: string): number => paper.find(({ candidateId }) => candidateId === id)?.optionNo ?? 0;
  return {
    eligible: weight(decided.eligible),
    participated: weight(decided.count.participated),
    candidates: outcome.ranked.map((one) => ({
      option: one.optionNo,
      name: nameIn(view, one.candidateId),
      votes: weight(one.votes),
      passed: one.passed,
      rank: one.rank,
      place: one.place,
      order: one.order,
      hindered: one.hindered,
      inOffice:
        round.undoneCause === null &&
        seats.some(({ candidateId, tenureId }) => candidateId === one.candidateId && tenureId !== null),
    })),
    ties: outcome.ties.map(({ over, candidateIds, settledBy, drawn }) => ({
      over,
      options: candidateIds.map(optionOf),
      settledBy,
      drawn: drawn.map(optionOf),
    })),
    vacant: outcome.vacant,
  };
}

function roundAnswer(scene: Scene, view: RoundView): Answer {
  const { election, method, round, meeting, paper } = view;
  const { origin, community } = scene;
  return {
    ...lineOf(scene, election, round),
    election: election.number,
    legalLeast: round.legalLeast,
    alternatesMost: round.alternatesMost,
    atMost: round.atMost,
    ranking: method.ranking.value,
    tie: method.tie.value,
    meeting: meeting ? `${origin}/api/communities/${community.slug}/meetings/${meeting.number}` : null,
    ballot: paper.map(({ optionNo, candidateId, label }) => ({
      option: optionNo,
      name: label,
      page: `${origin}${candidateHref(community.slug, election.number, numberIn(view, candidateId) ?? 0)}`,
    })),
    candidatesHash: round.candidatesHash,
    outcome: outcomeAnswer(view),
    draw: {
      commitment: round.commitment,
      seed: round.seed,
      purpose: drawPurpose(election.electionId, round.roundNo),
    },
    undone: round.undoneAt === null ? null : { at: isoInstant(round.undoneAt), why: round.undoneWhy ?? "" },
    leaves: { placed: round.leafHash, result: round.resultLeaf },
  };
}

const ElectionParam = SlugParam.extend({
  number: z.string().openapi({ description: "选举的编号 | The election's number", example: "1" }),
});

roundsApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/elections/{number}/rounds",
    tags: ["elections"],
    summary: "一次选举的各轮投票 | The rounds of an election",
    middleware: [sceneOfPath] as const,
    request: { params: ElectionParam },
    responses: { 200: jsonAnswer(Rounds, "各轮 | Its rounds"), 404: problemAnswer("没有这次选举 | No such election") },
  }),
  async (c) => {
    const { scene } = c.var;
    const number = readElectionNumber(c.req.valid("param").number);
    if (number === null) return problemResponse(c, NOT_FOUND) as never;
    const key = byElectionNumber(scene, number);
    const [elections, rounds] = await scene.db.read(findElection(scene, key), listRounds(scene, key));
    const election = elections[0];
    if (!election) return problemResponse(c, NOT_FOUND) as never;
    return c.json({ election: number, rounds: rounds.map((round) => lineOf(scene, election, round)) }, 200);
  },
);

roundsApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/elections/{number}/rounds/{round}",
    tags: ["elections"],
    summary: "一轮投票：选票、结果、排名、抽签 | One round: ballot, outcome, ranking, draw",
    middleware: [sceneOfPath] as const,
    request: {
      params: ElectionParam.extend({
        round: z.string().openapi({ description: "轮的编号 | The round's number", example: "1" }),
      }),
    },
    responses: {
      200: jsonAnswer(Round, "这一轮 | The round"),
      404: problemAnswer("没有这次选举或这一轮 | No such election or round"),
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const params = c.req.valid("param");
    const number = readElectionNumber(params.number);
    const roundNo = readElectionNumber(params.round);
    const view =
      number === null || roundNo === null ? null : await viewRound(scene, byElectionNumber(scene, number), roundNo);
    return view ? c.json(roundAnswer(scene, view), 200) : (problemResponse(c, NOT_FOUND) as never);
  },
);
