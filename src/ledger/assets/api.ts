/** What earns, in the public JSON API: the register, the leases, and a month's expected against booked income. Reads only, nobody by name but as the settings say. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { jsonAnswer, newApi, PageQuery, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { readPeriod } from "../books/addresses.ts";
import { periodOf } from "../books/rules.ts";
import { compareMonth } from "../expected/actions.ts";
import { LEASE_SETTINGS } from "../leases/settings.ts";
import { rentOn, shownLessee } from "../leases/shown.tsx";
import { countLeases, leaseFrom, listLeases } from "../leases/store.ts";
import { ASSET_KINDS, ASSET_STATES, GROUNDS } from "./rules.ts";
import { assetFrom, countAssets, listAssets } from "./store.ts";

/** Mounted at /. */
export const earningApi = newApi();
const A_PAGE = 50;

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const fen = (description: string) => said(z.int(), `${description}（分 | in fen）`);
const whole = (description: string) => said(z.int().min(0), description);
const paged = {
  page: whole("第几页，从1起 | Which page, from 1"),
  pages: whole("共几页 | How many pages"),
  total: whole("共几项 | How many in all"),
};
const missing = { 404: problemAnswer("没有这个小区 | No such community") };

const Assets = z
  .strictObject({
    ...paged,
    assets: z.array(
      z.strictObject({
        code: said(z.string(), "编号 | Its number"),
        kind: said(z.enum(ASSET_KINDS), "种类 | Kind"),
        ground: said(
          z.enum(GROUNDS).nullable(),
          "停车位的用地；只有 common 的收入归全体业主（民法典275） | Whose ground a space stands on",
        ),
        name: z.string(),
        place: said(z.string(), "位置 | Where"),
        areaDm2: said(z.int().nullable(), "面积，0.01㎡ | Area in 0.01 m²"),
        titleBasis: said(z.string(), "权属依据 | Why it is the owners'"),
        state: said(z.enum(ASSET_STATES), "状态 | State"),
        lease: said(z.int().nullable(), "现行租约编号 | The lease it is let by today"),
        version: whole("第几版 | Version"),
        entry: said(z.string(), "公开记录条目的校验值 | Hash of its entry in the record"),
      }),
    ),
  })
  .openapi("CommonParts");

earningApi.use("/api/communities/:slug/assets", sceneOfPath);
earningApi.use("/api/communities/:slug/leases", sceneOfPath);
earningApi.use("/api/communities/:slug/expected/*", sceneOfPath);

earningApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/assets",
    summary: "共有部分登记册 | The register of common parts",
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Assets, "登记册的一页 | A page of the register"), ...missing },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const page = Number(c.req.valid("query").page ?? "1");
    const all = { kind: null, ground: null };
    const [rows, totals] = await scene.db.read(
      listAssets(scene, all, dayOf(now), { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
      countAssets(scene, all),
    );
    const total = totals[0]?.total ?? 0;
    const assets = rows.map(assetFrom).map((row) => ({
      code: row.code,
      kind: row.kind,
      ground: row.ground,
      name: row.name,
      place: row.place,
      areaDm2: row.areaDm2,
      titleBasis: row.titleBasis,
      state: row.state,
      lease: row.leaseNumber,
      version: row.version,
      entry: row.leafHash,
    }));
    return c.json({ page, pages: Math.ceil(total / A_PAGE), total, assets }, 200);
  },
);

const Leases = z
  .strictObject({
    ...paged,
    leases: z.array(
      z.strictObject({
        number: whole("编号 | Its number"),
        purpose: said(z.string(), "用途 | For what"),
        assets: said(z.array(z.string()), "出租的编号 | Numbers of what is let"),
        lessee: said(z.string(), "承租人，个人只显示姓 | The lessee; a person is masked"),
        fromOn: day("第一天 | First day"),
        untilOn: day("现在的最后一天 | Last day as things stand"),
        monthlyFen: fen("现在的月租金 | Rent a month now"),
        basis: said(
          z.strictObject({ meeting: z.int().nullable(), item: z.int().nullable(), document: z.string().nullable() }),
          "依据的业主大会决定或以前的文件 | The decision or earlier document it rests on",
        ),
        entry: said(z.string().nullable(), "公开记录条目的校验值 | Hash of its entry in the record"),
      }),
    ),
  })
  .openapi("Leases");

earningApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/leases",
    summary: "租约登记册 | The register of leases",
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Leases, "登记册的一页 | A page of the register"), ...missing },
  }),
  async (c) => {
    const { scene, now, lang } = c.var;
    const page = Number(c.req.valid("query").page ?? "1");
    const [stored, totals, settings] = await scene.db.read(
      listLeases(scene, ["approved"], { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
      countLeases(scene, ["approved"]),
      listSettings(scene, LEASE_SETTINGS),
    );
    const named = valuesFromRows(LEASE_SETTINGS, settings).lesseesNamed.value;
    const total = totals[0]?.total ?? 0;
    const leases = stored.map(leaseFrom).map((row) => ({
      number: row.number,
      purpose: row.purpose,
      assets: row.assets.split("、"),
      lessee: shownLessee(row, named, lang),
      fromOn: row.fromOn,
      untilOn: row.untilOn,
      monthlyFen: rentOn(row, dayOf(now)),
      basis:
        row.basis.kind === "decision"
          ? { meeting: row.basis.meeting, item: row.basis.item, document: null }
          : { meeting: null, item: null, document: `${row.basis.title} ${row.basis.on}` },
      entry: row.leafHash,
    }));
    return c.json({ page, pages: Math.ceil(total / A_PAGE), total, leases }, 200);
  },
);

const Expected = z
  .strictObject({
    period: said(z.string(), "月份 | The month"),
    accounts: z.array(
      z.strictObject({
        account: said(z.string(), "科目 | Account"),
        expectedFen: fen("应收 | Expected"),
        bookedFen: fen("账上 | Booked"),
        bankFen: said(
          z.int().nullable(),
          "银行流水对上的部分，没有流水时为空（分） | What statements show of it, null without any, in fen",
        ),
        gapFen: fen("相差 | Booked less expected"),
        bankGapFen: said(z.int().nullable(), "银行与账上相差（分） | At the bank less booked, in fen"),
        standing: z.enum(["agrees", "explained", "unexplained"]),
        reason: said(z.string().nullable(), "说明 | Why they differ"),
      }),
    ),
  })
  .openapi("ExpectedIncome");

earningApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/expected/{period}",
    summary: "一个月的应收、账上与银行 | A month's income, expected, booked and at the bank",
    request: {
      params: SlugParam.extend({
        period: z.string().openapi({ description: "月份 | The month", example: "2026-11" }),
      }),
    },
    responses: {
      200: jsonAnswer(Expected, "逐科目比较 | Account by account"),
      404: problemAnswer("没有这个小区或月份 | No such community or month"),
    },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const period = readPeriod(c.req.valid("param").period);
    if (!period || period > periodOf(dayOf(now))) return problemResponse(c, NOT_FOUND) as never;
    const { rows } = await compareMonth(scene, period);
    const accounts = rows.map(({ sources: _, ...figures }) => figures);
    return c.json({ period, accounts }, 200);
  },
);
