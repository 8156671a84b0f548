/** The candidates of an election in the public JSON API: the published list with the draw of its order. Reads only; of each person what they let be published. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf, isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import type { Scene } from "../../platform/scene.ts";
import { readElectionNumber } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { AGE_BANDS, INTERESTS } from "../nominations/person/rules.ts";
import { candidateHref, candidatesHref, drawHref } from "../nominations/words.ts";
import { NOMINATION_CHANNELS } from "../rules.ts";
import { byElectionNumber, type ElectionKey, findElection } from "../store.ts";
import { findDraw, findSeed } from "./order/store.ts";
import { candidateQueries, candidatesFrom, type PublicCandidate } from "./reading.ts";
import { earliestVoting, lastDayToObject } from "./rules.ts";
import { standsNow } from "./store.ts";

/** Mounted at /. */
export const candidatesApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const instant = (description: string) =>
  said(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/), description);
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);

const Candidate = z
  .strictObject({
    place: said(z.int().min(1), "抽出的位次 | Place in the draw"),
    nomination: said(z.int().min(1), "提名编号 | Number of the nomination"),
    name: said(z.string(), "姓名 | Name"),
    home: said(z.string().nullable(), "公开的楼栋或房号 | Building or home, as far as published"),
    birthYear: z.int().nullable(),
    ageBand: z.enum(AGE_BANDS).nullable(),
    occupation: said(z.string().nullable(), "职业 | Occupation"),
    affiliation: said(
      z.string().nullable(),
      "政治面貌，单独同意公开的才有 | Political affiliation, only with a consent of its own",
    ),
    introduction: z.string(),
    channels: said(z.array(z.enum(NOMINATION_CHANNELS)), "提名渠道 | Ways they were named"),
    interests: said(
      z.array(
        z.strictObject({
          interest: z.enum(INTERESTS),
          applies: said(z.boolean().nullable(), "空：本人未公开 | null: kept private"),
          detail: z.string().nullable(),
        }),
      ),
      "利益关系申报 | Declaration of interests",
    ),
    standing: said(
      z.enum(["standing", "withdrawn", "struck"]),
      "候选人；选票固定后退出；已取消资格 | Stands; withdrew with the paper fixed; struck",
    ),
    page: z.url(),
  })
  .openapi("Candidate");

const Candidates = z
  .strictObject({
    election: z.int().min(1),
    publishedAt: instant("公布 | Published"),
    objectionsUntil: day("异议期最后一日 | Last day for objections"),
    earliestVotingOn: day("最早表决日 | First day on which voting may open"),
    fewerReason: said(z.string().nullable(), "候选人不足而继续的理由 | Why it goes on with fewer"),
    draw: z.strictObject({
      commitment: hash("封存的校验值 | Commitment"),
      seed: hash("揭开的种子 | Seed revealed"),
      purpose: z.string(),
      lots: z.array(z.int()),
      drawn: said(z.array(z.int()), "抽出的提名编号 | Numbers in the order drawn"),
      leaf: hash("公开记录中的叶子 | Its leaf in the record"),
      page: z.url(),
    }),
    candidates: z.array(Candidate),
    page: z.url(),
  })
  .openapi("Candidates");

type Answer = z.infer<typeof Candidates>;

function candidateAnswer(scene: Scene, election: number, one: PublicCandidate): Answer["candidates"][number] {
  const { row } = one;
  return {
    place: row.ballotOrder ?? 0,
    nomination: row.number,
    name: row.publicName,
    home: row.address === "" ? null : row.address,
    birthYear: one.birthYear,
    ageBand: AGE_BANDS.find((band) => band === one.ageBand) ?? null,
    occupation: one.occupation === "" ? null : one.occupation,
    affiliation: one.affiliation,
    introduction: one.introduction,
    channels: [...one.channels],
    interests: one.interests.map(({ interest, answer }) => ({
      interest,
      applies: answer?.applies ?? null,
      detail: answer?.applies ? answer.detail : null,
    })),
    standing: standsNow(row) ? "standing" : row.withdrawnAt === null ? "struck" : "withdrawn",
    page: `${scene.origin}${candidateHref(scene.community.slug, election, row.number)}`,
  };
}

/** The published list of an election as the API tells it; null before it is out. Who left before the paper stood is not in it. */
export async function candidatesAnswer(scene: Scene, key: ElectionKey): Promise<Answer | null> {
  const [elections, seeds, draws, rows, channels, profiles, declarations, affiliations] = await scene.db.read(
    findElection(scene, key),
    findSeed(scene, key),
    findDraw(scene, key),
    ...candidateQueries(scene, key),
  );
  const [election, seed, draw] = [elections[0], seeds[0], draws[0]];
  if (!election || !seed || !draw || election.candidatesPublishedAt === null) return null;
  const candidates = await candidatesFrom(scene, rows, channels, profiles, declarations, affiliations);
  const method = readMethod(election.method);
  const publishedOn = dayOf(election.candidatesPublishedAt);
  const { slug } = scene.community;
  return {
    election: election.number,
    publishedAt: isoInstant(election.candidatesPublishedAt),
    objectionsUntil: lastDayToObject(publishedOn, method.candidatesPublicDays.value),
    earliestVotingOn: earliestVoting(publishedOn, {
      candidatesBeforeDays: method.candidatesBeforeDays.value,
      candidatesPublicDays: method.candidatesPublicDays.value,
    }),
    fewerReason: draw.fewerReason,
    draw: {
      commitment: seed.commitment,
      seed: draw.seed,
      purpose: draw.purpose,
      lots: JSON.parse(draw.lots) as number[],
      drawn: JSON.parse(draw.drawn) as number[],
      leaf: draw.leafHash,
      page: `${scene.origin}${drawHref(slug, election.number)}`,
    },
    candidates: candidates
      .filter(({ row }) => row.withdrawnAt === null || row.withdrawnFrozen === 1)
      .map((one) => candidateAnswer(scene, election.number, one)),
    page: `${scene.origin}${candidatesHref(slug, election.number)}`,
  };
}

candidatesApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/elections/{number}/candidates",
    tags: ["elections"],
    summary: "公布的候选人和顺序的抽签 | The published candidates, and the draw of their order",
    middleware: [sceneOfPath] as const,
    request: {
      params: SlugParam.extend({
        number: z.string().openapi({ description: "选举的编号 | The election's number", example: "1" }),
      }),
    },
    responses: {
      200: jsonAnswer(Candidates, "候选人 | The candidates"),
      404: problemAnswer(
        "没有这次选举，或候选人还没有公布 | No such election, or its candidates are not published yet",
      ),
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const number = readElectionNumber(c.req.valid("param").number);
    const answer = number === null ? null : await candidatesAnswer(scene, byElectionNumber(scene, number));
    return answer ? c.json(answer, 200) : (problemResponse(c, NOT_FOUND) as never);
  },
);
