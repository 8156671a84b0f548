/** Budgets in the public JSON API: which years are planned, and one year's plan against the books. Reads only, nothing personal. */
import { createRoute, z } from "@hono/zod-openapi";
import { isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { BOOKS } from "../books/rules.ts";
import { readYear } from "./actions.ts";
import { budgetHref } from "./addresses.ts";
import { PLANNED_KINDS } from "./rules.ts";
import { listPublished } from "./store.ts";

/** Mounted at /. */
export const budgetApi = newApi();
const MOST_LISTED = 100;
const NOWHERE = problemAnswer("没有这个小区或这份预算 | No such community or budget");
const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const fen = (description: string) => said(z.int(), `${description}（分 | in fen）`);

const Line = z
  .strictObject({
    book: z.enum(BOOKS),
    year: z.int(),
    version: said(z.int().min(1), "现行的一版 | The version in force"),
    publishedAt: z.string(),
    why: said(z.string(), "调整的原因；第一版为空 | Why it was revised; empty in a first version"),
    page: z.url(),
    api: z.url(),
  })
  .openapi("BudgetLine");

const Standing = z.strictObject({
  account: z.string(),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  kind: z.enum(PLANNED_KINDS),
  plannedFen: fen("预算，没有列入的为0 | Planned, nought where it was not"),
  actualFen: fen("到现在的实际，含未结账月份 | Done so far, open months included"),
  leftFen: fen("预算减实际 | Planned less actual"),
  standing: said(z.enum(["within", "over"]), "over：支出超过预算 | More was spent than planned"),
  reason: said(z.string().nullable(), "超支的原因 | Why"),
});
const Year = z
  .strictObject({
    book: z.enum(BOOKS),
    year: z.int(),
    version: z.int().min(1),
    versions: z.array(z.int().min(1)),
    publishedAt: z.string(),
    why: z.string(),
    decision: said(
      z.string(),
      "业主大会决定；空为按规则由业委会批准 | The owners' decision; empty: the committee's by the rules",
    ),
    note: z.string(),
    contentHash: said(
      z.string().regex(/^[0-9a-f]{64}$/),
      "预算规范 JSON（RFC 8785）的 SHA-256 | SHA-256 of the budget as canonical JSON",
    ),
    leaf: said(z.string(), "公开记录中的叶子 | Its leaf in the record"),
    page: z.url(),
    accounts: z.array(Standing),
  })
  .openapi("Budget");

budgetApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/accounts/budgets",
    tags: ["accounts"],
    summary: "公布过的年度预算 | Published budgets",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: {
      200: jsonAnswer(
        z.strictObject({ budgets: z.array(Line) }).openapi("Budgets"),
        "新的年度在前 | The newest year first",
      ),
      404: NOWHERE,
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const { slug } = scene.community;
    const [rows] = await scene.db.read(listPublished(scene, MOST_LISTED));
    return c.json(
      {
        budgets: rows.map(({ publishedAt, ...row }) => ({
          ...row,
          publishedAt: isoInstant(publishedAt),
          page: `${scene.origin}${budgetHref(slug, row.book, row.year)}`,
          api: `${scene.origin}/api/communities/${slug}/accounts/budgets/${row.book}/${row.year}`,
        })),
      },
      200,
    );
  },
);

budgetApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/accounts/budgets/{book}/{year}",
    tags: ["accounts"],
    summary: "一年的预算与实际 | A year's budget and what was done",
    middleware: [sceneOfPath] as const,
    request: {
      params: SlugParam.extend({
        book: z.enum(BOOKS).openapi({ description: "账簿 | The book", example: "common" }),
        year: z
          .string()
          .regex(/^2[01]\d{2}$/, "年度是四位数 | A year has four digits")
          .openapi({ description: "年度 | The year", example: "2026" }),
      }),
    },
    responses: { 200: jsonAnswer(Year, "现行的一版 | The version in force"), 404: NOWHERE, 422: NOWHERE },
  }),
  async (c) => {
    const { scene } = c.var;
    const { book, year: text } = c.req.valid("param");
    const year = Number(text);
    const { versions, compared } = await readYear(scene, book, year);
    const [row] = versions;
    if (!row || !compared) return problemResponse(c, NOT_FOUND) as never;
    return c.json(
      {
        book,
        year,
        version: row.version!,
        versions: versions.map(({ version }) => version!),
        publishedAt: isoInstant(row.endedAt!),
        why: row.why,
        decision: row.decision,
        note: row.note,
        contentHash: row.contentHash,
        leaf: row.leafHash!,
        page: `${scene.origin}${budgetHref(scene.community.slug, book, year)}`,
        accounts: compared.rows.map(({ fromOn: _, ...row }) => row),
      },
      200,
    );
  },
);
