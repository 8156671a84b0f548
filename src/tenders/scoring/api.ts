/** How the bids of a tender were scored, in the public JSON API: criteria from the notice on; sheets, totals, ranks and the report with the candidates. Reads only. */
import { createRoute, z } from "@hono/zod-openapi";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { readTenderNumber } from "../addresses.ts";
import { schemeOf } from "../scheme/actions.ts";
import { byTenderNumber, findScheme, findTender } from "../store.ts";
import { findPanel, listMembers, sits } from "./panel/store.ts";
import { readReport, readResults, reportHash } from "./result/actions.ts";
import type { Report } from "./result/report.ts";
import type { LotResult } from "./result/rules.ts";
import { findResult } from "./result/store.ts";

/** Mounted at /. */
export const scoringApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const points = (description: string) => said(z.int(), `${description}（0.01分 | in 0.01 of a point）`);
const whole = (description: string) => said(z.int().min(0), description);

const Given = z.strictObject({
  lotNo: whole("标段 | The lot"),
  bidderNo: whole("投标人编号 | The bidder's number"),
  criterion: said(z.string(), "评分项 | The criterion's key"),
  points: points("得分 | Points"),
  reason: said(z.string(), "理由或依据 | Reason or evidence"),
});
const Lot = z.strictObject({
  lotNo: whole("标段 | The lot"),
  title: z.string(),
  full: points("满分 | Full marks"),
  ranked: said(
    z.array(
      z.strictObject({
        rank: whole("名次 | Rank"),
        bidderNo: whole("投标人编号 | The bidder's number"),
        name: z.string(),
        code: said(z.string(), "统一社会信用代码 | Credit code"),
        totalHundredths: said(z.int(), "服务期报价，0.01分钱 | Price over the term, in 0.01 fen"),
        total: points("总分 | Total"),
        parts: said(
          z.array(z.strictObject({ criterion: z.string(), points: points("得分 | Points") })),
          "各项得分，加起来是总分 | Points by criterion; they add up to the total",
        ),
      }),
    ),
    "按名次 | By rank",
  ),
  candidates: said(z.array(z.int()), "中标候选人的编号，按名次 | Candidates by rank"),
  ties: said(
    z.array(
      z.strictObject({
        total: points("同分 | The points they share"),
        between: z.array(z.int()),
        settledBy: said(z.string(), "lower_price、higher_judged、draw | What told them apart"),
      }),
    ),
    "同分怎样排的 | How ties were ended",
  ),
  void: said(
    z.array(z.strictObject({ bidderNo: z.int(), name: z.string(), why: z.string() })),
    "不参加评审的和理由 | Bids that were not compared, and why",
  ),
});
const Evaluation = z
  .strictObject({
    number: whole("选聘编号 | The tender's number"),
    title: z.string(),
    criteria: said(
      z.array(
        z.strictObject({
          key: z.string(),
          title: z.string(),
          kind: said(z.string(), "price、fact、judged | Price, fact or judgement"),
          weight: said(z.int(), "分值，合计100 | Weight; they sum to 100"),
        }),
      ),
      "评分标准 | The published criteria",
    ),
    panel: said(
      z
        .strictObject({
          size: whole("人数 | Members"),
          experts: whole("专家 | Experts among them"),
          sitting: whole("现有成员 | Members sitting"),
          committed: whole("封存的评分表 | Sheets committed to"),
          revealed: whole("揭开的评分表 | Sheets revealed"),
        })
        .nullable(),
      "评审组；名单在评审报告里 | The panel; its names are in the report",
    ),
    publishedAt: said(z.int().nullable(), "公示中标候选人的时刻，毫秒 | When the candidates were published, in ms"),
    lots: said(z.array(Lot).nullable(), "名次；公示以前是null | Ranks; null before the publication"),
    sheets: said(
      z
        .array(
          z.strictObject({
            memberNo: whole("评审组成员编号 | The member's number"),
            commitment: said(z.string(), "封存的校验值 | What was committed to"),
            nonce: z.string(),
            given: z.array(Given),
          }),
        )
        .nullable(),
      "揭开的评分表；公示以前是null | The sheets as revealed; null before the publication",
    ),
    facts: said(z.array(Given).nullable(), "客观分；公示以前是null | Points for facts; null before"),
    report: said(
      z
        .strictObject({
          url: said(z.string(), "评审报告的数据，可以重算 | The report's data, from which all is recomputed"),
          sha256: said(z.string(), "规范JSON的SHA-256 | SHA-256 of its canonical JSON"),
          entry: said(z.string(), "公开记录条目的校验值 | Hash of its entry in the record"),
        })
        .nullable(),
      "评审报告；公示以前是null | The report; null before the publication",
    ),
  })
  .openapi("TenderEvaluation");

/** One lot's result beside what the report says of its bids. */
const lotShape = (lot: Report["lots"][number], result: LotResult) => ({
  lotNo: lot.lotNo,
  title: lot.title,
  full: result.full,
  ranked: result.ranked.map(({ rank, bidderNo, total, parts }) => {
    const { name, code, totalHundredths } = lot.bids.find((bid) => bid.bidderNo === bidderNo)!;
    const each = parts.map(({ criterion, points: got }) => ({ criterion, points: got }));
    return { rank, bidderNo, name, code, totalHundredths, total, parts: each };
  }),
  candidates: [...result.candidates],
  ties: result.ties.map(({ total, between, settledBy }) => ({ total, between: [...between], settledBy })),
  void: lot.void.map(({ bidderNo, name, why }) => ({ bidderNo, name, why })),
});
const givenShape = (given: Report["facts"]) =>
  given.map(({ lotNo, bidderNo, criterion, points: got, reason }) => ({
    lotNo,
    bidderNo,
    criterion,
    points: got,
    reason,
  }));

scoringApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/tenders/{number}/evaluation",
    summary: "一次选聘的评审：标准、评分表、名次和报告 | How a tender was scored: criteria, sheets, ranks, report",
    request: { params: SlugParam.extend({ number: z.string().openapi({ description: "选聘编号", example: "1" }) }) },
    middleware: [sceneOfPath] as const,
    responses: {
      200: jsonAnswer(Evaluation, "评审 | The evaluation"),
      404: problemAnswer("没有这个小区或这次选聘 | No such community or tender"),
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const number = readTenderNumber(c.req.valid("param").number);
    if (number === null) return problemResponse(c, NOT_FOUND) as never;
    const key = byTenderNumber(scene, number);
    const [[tender], [kept], [panel], members, [row]] = await scene.db.read(
      findTender(scene, key),
      findScheme(scene, key),
      findPanel(scene, key),
      listMembers(scene, key),
      findResult(scene, key),
    );
    if (!tender || !kept || tender.decidedAt === null) return problemResponse(c, NOT_FOUND) as never;
    const sitting = members.filter(sits);
    // A result is public with the candidates, not before (TB 37).
    const report = row && tender.publishedAt !== null ? readReport(row) : null;
    const results = row && report ? readResults(row) : [];
    return c.json(
      {
        number: tender.number,
        title: tender.title,
        criteria: schemeOf(kept).criteria.map(({ key: name, title, kind, weight }) => ({
          key: name,
          title,
          kind,
          weight,
        })),
        panel: panel
          ? {
              size: panel.size,
              experts: panel.experts,
              sitting: sitting.length,
              committed: sitting.filter(({ committedAt }) => committedAt !== null).length,
              revealed: sitting.filter(({ revealedAt }) => revealedAt !== null).length,
            }
          : null,
        publishedAt: tender.publishedAt,
        lots: report
          ? report.lots.map((lot) => lotShape(lot, results.find(({ lotNo }) => lotNo === lot.lotNo)!))
          : null,
        sheets: report
          ? report.sheets.map(({ memberNo, commitment, nonce, given }) => ({
              memberNo,
              commitment,
              nonce,
              given: givenShape(given),
            }))
          : null,
        facts: report ? givenShape(report.facts) : null,
        report:
          report && row
            ? {
                url: `${scene.origin}/c/${scene.community.slug}/tenders/${tender.number}/report.json`,
                sha256: reportHash(report),
                entry: row.leafHash,
              }
            : null,
      },
      200,
    );
  },
);
