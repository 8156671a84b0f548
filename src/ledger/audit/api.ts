/** The public JSON calls of audits: the list, one with its opinion, and a sample with all that is needed to draw it again. Reads only, nothing personal. */
import { createRoute, z } from "@hono/zod-openapi";
import { isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { BOOKS } from "../books/rules.ts";
import { viewAudit } from "./actions.ts";
import { auditHref, populationHref, reportHref, sampleHref } from "./addresses.ts";
import { OPINIONS, OUTCOMES, SEVERITIES } from "./fieldwork/rules.ts";
import { standing } from "./fieldwork/store.ts";
import { COMMISSIONS, STATES } from "./rules.ts";
import { replaySample } from "./sampling/actions.ts";
import { type AuditRow, auditFrom, byAuditNumber, listAudits } from "./store.ts";

/** Mounted at /. */
export const auditApi = newApi();

const MOST_AUDITS = 100;
const NOWHERE = problemAnswer("没有这个小区或这项审计 | No such community or audit");
const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);

const Line = z
  .strictObject({
    number: z.int().min(1),
    commission: said(z.enum(COMMISSIONS), "由谁要求 | Who asked for it"),
    books: z.array(z.enum(BOOKS)),
    fromOn: day("审计的第一天 | First day audited"),
    toOn: day("审计的最后一天 | Last day audited"),
    firm: said(z.string(), "审计机构 | Firm"),
    creditCode: said(z.string(), "统一社会信用代码 | Unified social credit code"),
    dueOn: day("最迟公布意见 | Opinion due by"),
    state: z.enum(STATES),
    opinion: said(z.enum(OPINIONS).nullable(), "公布以前为空 | Null until it is published"),
    leaf: hash("立项在公开记录中的叶子 | Leaf of its opening in the record"),
    page: z.url(),
    api: z.url(),
  })
  .openapi("AuditLine");

const SampleLine = z.strictObject({ sample: z.int().min(1), vouchers: z.int().min(1), page: z.url(), api: z.url() });
const Finding = z.strictObject({
  finding: z.int().min(1),
  severity: z.enum(SEVERITIES),
  text: z.string(),
  vouchers: said(z.array(z.string()), "账簿/月份/号码 | book/month/number"),
  amountFen: z.int().min(0),
  recommendation: z.string(),
  response: said(z.string().nullable(), "没有答复为空 | Null where the committee did not answer"),
  outcome: z.enum(OUTCOMES).nullable(),
  conclusion: z.string().nullable(),
});
const Audit = Line.extend({
  basis: z.string(),
  scope: z.string(),
  endedWhy: said(z.string().nullable(), "没有意见就终止的原因 | Why it ended without an opinion"),
  population: z
    .strictObject({
      vouchers: z.int().min(1),
      totalFen: z.int().min(1),
      listHash: hash("清单文件的 SHA-256 | SHA-256 of the file of the list"),
      logSize: said(z.int().min(0), "固定时公开记录的条数 | Entries in the record when frozen"),
      frozenAt: z.string(),
      list: z.url(),
      leaf: hash("叶子 | Leaf"),
    })
    .nullable(),
  samples: z.array(SampleLine),
  nextCommitment: said(z.string().nullable(), "下一次抽样种子的承诺值 | Commitment of the next sample's seed"),
  findings: said(z.array(Finding), "随意见公布，以前为空 | Published with the opinion; none before"),
  report: z
    .strictObject({
      words: z.string(),
      sha256: hash("报告的 SHA-256 | Of the report"),
      file: z.url(),
      publishedAt: z.string(),
      leaf: hash("叶子 | Leaf"),
    })
    .nullable(),
}).openapi("Audit");

const Sample = z
  .strictObject({
    number: z.int().min(1),
    sample: z.int().min(1),
    asked: said(
      z.union([
        z.strictObject({ method: z.enum(["random", "monetary_unit"]), size: z.int().min(1) }),
        z.strictObject({ method: z.literal("threshold"), fromFen: z.int().min(1) }),
        z.strictObject({ method: z.literal("kind"), kind: z.string() }),
      ]),
      "抽样方法 | How it was drawn",
    ),
    purpose: z.string(),
    commitment: hash("抽样前公布的承诺 | Published before the draw"),
    seed: hash("公开的种子 | The seed revealed"),
    drawn: said(z.array(z.string()), "抽到的凭证 | The vouchers drawn"),
    drawnHash: hash("名单的 SHA-256 | SHA-256 of their list, a line each"),
    list: z.url(),
    again: said(
      z.strictObject({ isAsFrozen: z.boolean(), isCommitted: z.boolean(), isSame: z.boolean() }),
      "刚才重抽的结果 | Drawn again just now",
    ),
    leaf: hash("叶子 | Leaf"),
  })
  .openapi("AuditSample");

const lineOf = (
  scene: { readonly origin: string; readonly community: { readonly slug: string } },
  row: AuditRow,
  opinion: z.infer<typeof Line>["opinion"],
) => ({
  number: row.number,
  commission: row.commission,
  books: [...row.books],
  fromOn: row.fromOn,
  toOn: row.toOn,
  firm: row.firm,
  creditCode: row.creditCode,
  dueOn: row.dueOn,
  state: row.state,
  opinion,
  leaf: row.leafHash,
  page: `${scene.origin}${auditHref(scene.community.slug, row.number)}`,
  api: `${scene.origin}/api/communities/${scene.community.slug}/audits/${row.number}`,
});

auditApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/audits",
    tags: ["accounts"],
    summary: "账目审计 | Audits of the books",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: {
      200: jsonAnswer(z.strictObject({ audits: z.array(Line) }).openapi("Audits"), "新的在前 | The newest first"),
      404: NOWHERE,
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const [rows] = await scene.db.read(listAudits(scene, { limit: MOST_AUDITS, before: 99_999_999 }));
    return c.json({ audits: rows.map((row) => lineOf(scene, auditFrom(row), row.opinion)) }, 200);
  },
);

const AuditParam = SlugParam.extend({
  number: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, "编号是正整数 | A number is a whole number from 1")
    .openapi({ description: "审计的编号 | The audit's number", example: "1" }),
});

auditApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/audits/{number}",
    tags: ["accounts"],
    summary: "一项审计 | One audit",
    middleware: [sceneOfPath] as const,
    request: { params: AuditParam },
    responses: {
      200: jsonAnswer(Audit, "意见公布后含全部发现和答复 | With findings once the opinion is published"),
      404: NOWHERE,
      422: NOWHERE,
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const { slug } = scene.community;
    const view = await viewAudit(scene, byAuditNumber(scene, Number(c.req.valid("param").number)));
    if (!view) return problemResponse(c, NOT_FOUND) as never;
    const { row, population, opinion } = view;
    const line = lineOf(scene, row, opinion?.opinion ?? null);
    return c.json(
      {
        ...line,
        basis: row.basis,
        scope: row.scope,
        endedWhy: row.endedWhy,
        population: population && {
          vouchers: population.vouchers,
          totalFen: population.totalFen,
          listHash: population.listHash,
          logSize: population.logSize,
          frozenAt: isoInstant(population.frozenAt),
          list: `${scene.origin}${populationHref(slug, row.number)}`,
          leaf: population.leafHash,
        },
        samples: view.samples.map(({ sampleNo, drawn }) => ({
          sample: sampleNo,
          vouchers: drawn.length,
          page: `${scene.origin}${sampleHref(slug, row.number, sampleNo)}`,
          api: `${line.api}/samples/${sampleNo}`,
        })),
        nextCommitment:
          row.state === "published" || row.state === "ended" ? null : (view.seeds.at(-1)?.commitment ?? null),
        findings: opinion
          ? standing(view.findings).map((one) => ({
              finding: one.findingNo,
              severity: one.severity,
              text: one.text,
              vouchers: [...one.vouchers],
              amountFen: one.amountFen,
              recommendation: one.recommendation,
              response: one.response,
              outcome: one.outcome,
              conclusion: one.conclusion,
            }))
          : [],
        report: opinion && {
          words: opinion.words,
          sha256: opinion.reportSha256,
          file: `${scene.origin}${reportHref(slug, row.number)}`,
          publishedAt: isoInstant(opinion.publishedAt),
          leaf: opinion.leafHash,
        },
      },
      200,
    );
  },
);

auditApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/audits/{number}/samples/{sample}",
    tags: ["accounts"],
    summary: "一次抽样 | One sample",
    middleware: [sceneOfPath] as const,
    request: {
      params: AuditParam.extend({
        sample: z
          .string()
          .regex(/^[1-9]\d?$/, "次数是正整数 | A number is a whole number from 1")
          .openapi({ description: "第几次抽样 | Which sample", example: "1" }),
      }),
    },
    responses: {
      200: jsonAnswer(Sample, "重抽所需的一切 | All it takes to draw it again"),
      404: NOWHERE,
      422: NOWHERE,
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const { number, sample } = c.req.valid("param");
    const shown = await replaySample(scene, Number(number), Number(sample));
    if (!shown) return problemResponse(c, NOT_FOUND) as never;
    const { isAsFrozen, isCommitted, isSame } = shown;
    return c.json(
      {
        number: Number(number),
        sample: Number(sample),
        asked: { ...shown.sample.asked },
        purpose: shown.purpose,
        commitment: shown.commitment,
        seed: shown.sample.seed,
        drawn: [...shown.sample.drawn],
        drawnHash: shown.sample.drawnHash,
        list: `${scene.origin}${populationHref(scene.community.slug, Number(number))}`,
        again: { isAsFrozen, isCommitted, isSame },
        leaf: shown.sample.leafHash,
      },
      200,
    );
  },
);
