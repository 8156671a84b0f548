/** Contracts and how the service came out, in the public JSON API. Reads only; a household appears in none of it. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { jsonAnswer, newApi, PageQuery, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { SCORE_PARTS } from "../service/rules.ts";
import { listReports, reportFrom } from "../service/store.ts";
import { readContractNumber } from "./addresses.ts";
import { standingOf } from "./ending/rules.ts";
import { planAgainstPaid } from "./rules.ts";
import { alarmsFrom, CONTRACT_SETTINGS } from "./settings.ts";
import { byContractNumber, contractFrom, countContracts, findContract, listContracts, listPayments } from "./store.ts";

/** Mounted at /. */
export const contractApi = newApi();
const A_PAGE = 50;

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const fen = (description: string) => said(z.int(), `${description}（分 | in fen）`);
const whole = (description: string) => said(z.int().min(0), description);

const Contract = z.strictObject({
  number: whole("编号 | Its number"),
  title: z.string(),
  provider: said(
    z.strictObject({ name: z.string(), code: z.string() }),
    "物业服务人和统一社会信用代码 | Provider, with its credit code",
  ),
  fromOn: day("第一天 | First day"),
  toOn: day("最后一天 | Last day"),
  endsOn: said(z.string().nullable(), "被终止的，最后一天 | Last day where it was ended"),
  standing: said(
    z.string(),
    "现在的状态：ahead、running、expiring、ending、open_ended、interim、over | How it stands today",
  ),
  priceFen: fen("合同总价 | Price over the term"),
  signedOn: day("签订之日 | Day of signing"),
  filedOn: said(z.string().nullable(), "备案之日 | Day of filing"),
  paper: said(z.string(), "合同文件的SHA-256 | SHA-256 of the signed paper"),
  entry: said(z.string(), "公开记录条目的校验值 | Hash of its entry in the record"),
});
const Contracts = z
  .strictObject({
    page: whole("第几页，从1起 | Which page, from 1"),
    pages: whole("共几页 | How many pages"),
    total: whole("共几项 | How many in all"),
    contracts: z.array(Contract),
  })
  .openapi("ServiceContracts");

contractApi.use("/api/communities/:slug/contracts", sceneOfPath);
contractApi.use("/api/communities/:slug/contracts/*", sceneOfPath);
const missing = { 404: problemAnswer("没有这个小区或合同 | No such community or contract") };

const shape = (row: ReturnType<typeof contractFrom>, standing: string) => ({
  number: row.number,
  title: row.title,
  provider: { name: row.providerName, code: row.providerCode },
  fromOn: row.fromOn,
  toOn: row.toOn,
  endsOn: row.endsOn,
  standing,
  priceFen: row.terms.priceFen,
  signedOn: row.signedOn!,
  filedOn: row.filedOn,
  paper: row.file.sha256,
  entry: row.leafHash,
});

contractApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/contracts",
    summary: "物业服务合同 | Service contracts",
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Contracts, "一页合同 | A page of contracts"), ...missing },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const page = Number(c.req.valid("query").page ?? "1");
    const [rows, totals, settings] = await scene.db.read(
      listContracts(scene, ["signed"], { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
      countContracts(scene, ["signed"]),
      listSettings(scene, CONTRACT_SETTINGS),
    );
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    const total = totals[0]?.total ?? 0;
    const contracts = rows.map(contractFrom).map((row) => shape(row, standingOf(row, dayOf(now), alarms)));
    return c.json({ page, pages: Math.ceil(total / A_PAGE), total, contracts }, 200);
  },
);

const part = said(z.strictObject({ got: z.int(), of: z.int() }), "得到的和满分 | Got, and possible");
const One = Contract.extend({
  quality: z.array(z.strictObject({ clause: z.string(), measure: z.string() })),
  plan: said(
    z.array(
      z.strictObject({
        dueOn: day("应付日 | Due"),
        amountFen: fen("应付 | Due"),
        paidFen: fen("账上已付 | Paid by the books"),
        deductedFen: fen("扣款 | Kept back"),
        state: z.string(),
      }),
    ),
    "付款计划和实付 | The plan against the books",
  ),
  reports: said(
    z.array(
      z.strictObject({
        period: said(z.string(), "周期：2026Q4、2026-11或2026H2 | The period"),
        score: said(z.int().nullable(), "得分，0.01分，满分10000 | Score in 0.01 of a point of a hundred"),
        inspections: part,
        ratings: part,
        requests: part,
        weights: z.strictObject({ inspections: z.int(), ratings: z.int(), requests: z.int() }),
        households: whole("评分的户数 | Households that rated"),
        deductFen: fen("按合同应扣 | Kept back by the contract"),
        entry: z.string(),
      }),
    ),
    "服务评价，按周期 | Service reports by period",
  ),
}).openapi("ServiceContract");

contractApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/contracts/{number}",
    summary: "一份合同、付款和评价 | One contract, its payments and reports",
    request: {
      params: SlugParam.extend({ number: z.string().openapi({ description: "编号 | Its number", example: "1" }) }),
    },
    responses: { 200: jsonAnswer(One, "合同 | The contract"), ...missing },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const number = readContractNumber(c.req.valid("param").number);
    const key = byContractNumber(scene, number ?? 0);
    const [rows, payments, reports, settings] = await scene.db.read(
      findContract(scene, key),
      listPayments(scene, key),
      listReports(scene, key),
      listSettings(scene, CONTRACT_SETTINGS),
    );
    const row = rows[0] ? contractFrom(rows[0]) : null;
    if (row?.state !== "signed") return problemResponse(c, NOT_FOUND) as never;
    const today = dayOf(now);
    const alarms = alarmsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
    const plan = planAgainstPaid(
      row.terms.plan,
      payments.map((one) => ({ ...one, isReversed: Boolean(one.isReversed) })),
      today,
    );
    return c.json(
      {
        ...shape(row, standingOf(row, today, alarms)),
        quality: row.terms.quality,
        plan: plan.map(({ dueOn, amountFen, paidFen, deductedFen, state }) => ({
          dueOn,
          amountFen,
          paidFen,
          deductedFen,
          state,
        })),
        reports: reports.map(reportFrom).map(({ period, score, figures, deductFen, leafHash }) => {
          const [inspections, ratings, requests] = SCORE_PARTS.map((name) => figures.measured[name]);
          return {
            period,
            score,
            inspections: inspections!,
            ratings: ratings!,
            requests: requests!,
            weights: figures.weights,
            households: figures.households,
            deductFen,
            entry: leafHash,
          };
        }),
      },
      200,
    );
  },
);
