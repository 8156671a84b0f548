/** GET /api/districts and below: the overview as JSON, paged. Reads only the roll-up; what is not recorded is null, never nought. */
import { createRoute, z } from "@hono/zod-openapi";
import { ENTITY_FORMS } from "../committee/entity/rules.ts";
import { isoInstant } from "../kernel/day.ts";
import { jsonAnswer, newApi, originOf, PageQuery, problemAnswer } from "../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../platform/problem.tsx";
import { readDistrict, readDistricts, readStreet } from "./actions.ts";
import { districtHref, streetHref } from "./addresses.ts";
import { FILTERS } from "./rules.ts";
import type { DistrictRow, TotalRow } from "./store.ts";

/** Mounted at /. */
export const districtApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const whole = (description: string) => said(z.int().min(0), description);
const instant = (description: string) => said(z.string(), description);
const day = (description: string) =>
  said(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .nullable(),
    description,
  );

const Sums = z
  .strictObject({
    asOf: instant("最近一个小区更新的时间 | When the newest of its rows was computed"),
    communities: whole("小区 | Communities"),
    branches: whole("有党支部的 | With a party branch"),
    committees: whole("有业委会在任的 | With a committee in office"),
    termEnding: whole("任期将满或已满的 | Whose term is ending or over"),
    entityKnown: whole("登记过法人情况的 | Of which the legal person is recorded"),
    entities: whole("其中已登记为法人的 | Of these, registered as a legal person"),
    publishedLately: whole("十二个月内公布过的 | That published within twelve months"),
    dutiesKnown: whole("有职责清单的 | With a list of duties"),
    duties: whole("职责 | Duties"),
    dutiesOverdue: whole("逾期的职责 | Duties overdue"),
    overdue: whole("有职责逾期的小区 | Communities with a duty overdue"),
    overlapKnown: whole("业委会、支部都有的 | With both committee and branch"),
    overlapSeats: whole("它们的席位 | Their seats"),
    overlapLeast: whole("其中支部成员至少几席 | Of these held by people of the branch, at least"),
    overlapMost: whole("其中支部成员至多几席 | At most"),
    overlapSome: whole("确有交叉任职的 | Where somebody certainly sits in both"),
    chairsKnown: whole("两个职务都有人的 | Where both posts are held"),
    chairsSecretary: whole("主任就是支部书记的 | Where the chair is the branch secretary"),
  })
  .openapi("DistrictSums", { description: "一个街道或一个区的合计 | The sums of a street or a district" });

const Community = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    asOf: instant("这一行算出的时间 | When this row was computed"),
    branch: said(z.boolean(), "是否建立了党支部 | Whether there is a party branch"),
    committee: z.strictObject({
      inOffice: said(z.boolean(), "是否有人在任 | Whether somebody is in office"),
      seats: whole("在任人数 | In office"),
      termFrom: day("本届从哪天起；没有登记为空 | The term's first day; null where none is recorded"),
      termUntil: day("本届最后一天 | Its last day"),
      termEnding: said(z.boolean(), "将满或已满 | Ending or over"),
    }),
    entity: said(
      z.enum(ENTITY_FORMS).nullable(),
      "法人登记；没有记录为空 | As a legal person; null where nothing is recorded",
    ),
    publishedOn: day("最近一次公布 | The last publication"),
    duties: said(
      z.strictObject({ all: z.int().min(0), overdue: z.int().min(0) }).nullable(),
      "职责；没有清单为空 | Duties; null without a list",
    ),
    overlap: said(
      z.strictObject({ seats: z.int().min(0), least: z.int().min(0), most: z.int().min(0) }).nullable(),
      "席位中支部成员至少、至多几席 | Of the seats, held by people of the branch: at least, at most",
    ),
    chairIsSecretary: said(z.boolean().nullable(), "主任是否就是支部书记 | Whether the chair is the branch secretary"),
    page: z.url(),
  })
  .openapi("DistrictCommunity");

const sumsOf = ({ district: _, street: __, asOf, ...sums }: TotalRow): z.infer<typeof Sums> => ({
  asOf: isoInstant(asOf),
  ...sums,
});

const communityOf = (row: DistrictRow, origin: string): z.infer<typeof Community> => ({
  slug: row.slug,
  name: row.name,
  asOf: isoInstant(row.asOf),
  branch: row.branch === 1,
  committee: {
    inOffice: row.committee === 1,
    seats: row.seats,
    termFrom: row.termFrom,
    termUntil: row.termUntil,
    termEnding: row.termEnding === 1,
  },
  entity: row.entityForm,
  publishedOn: row.publishedOn,
  duties: row.duties === null || row.dutiesOverdue === null ? null : { all: row.duties, overdue: row.dutiesOverdue },
  overlap:
    row.overlapSeats === null || row.overlapLeast === null || row.overlapMost === null
      ? null
      : { seats: row.overlapSeats, least: row.overlapLeast, most: row.overlapMost },
  chairIsSecretary: row.chairIsSecretary === null ? null : row.chairIsSecretary === 1,
  page: `${origin}/c/${row.slug}`,
});

const District = z.strictObject({ district: z.string(), page: z.url(), sums: Sums }).openapi("District");
const Street = z.strictObject({ street: z.string(), page: z.url(), sums: Sums }).openapi("Street");
const NO_SUCH = problemAnswer("没有这个区或街道 | No such district or street");

districtApi.openapi(
  createRoute({
    method: "get",
    path: "/api/districts",
    tags: ["districts"],
    summary: "各区的合计 | Every district with its sums",
    responses: { 200: jsonAnswer(z.strictObject({ districts: z.array(District) }), "各区 | Districts") },
  }),
  async (c) => {
    const origin = originOf(c.req.url);
    const districts = (await readDistricts(c.env)).filter(({ communities }) => communities > 0);
    return c.json(
      {
        districts: districts.map((row) => ({
          district: row.district,
          page: `${origin}${districtHref(row.district)}`,
          sums: sumsOf(row),
        })),
      },
      200,
    );
  },
);

const DistrictParam = z.object({
  district: z.string().openapi({ description: "区县 | The district", example: "璧山区" }),
});

districtApi.openapi(
  createRoute({
    method: "get",
    path: "/api/districts/{district}",
    tags: ["districts"],
    summary: "一个区和它的各街道 | A district and its streets",
    request: { params: DistrictParam },
    responses: {
      200: jsonAnswer(
        z.strictObject({ district: z.string(), page: z.url(), sums: Sums, streets: z.array(Street) }),
        "合计和各街道 | Sums and streets",
      ),
      404: NO_SUCH,
    },
  }),
  async (c) => {
    const { district } = c.req.valid("param");
    const origin = originOf(c.req.url);
    const found = await readDistrict(c.env, district);
    if (!found) return problemResponse(c, NOT_FOUND) as never;
    return c.json(
      {
        district,
        page: `${origin}${districtHref(district)}`,
        sums: sumsOf(found.total),
        streets: found.streets.map((row) => ({
          street: row.street,
          page: `${origin}${streetHref(district, row.street)}`,
          sums: sumsOf(row),
        })),
      },
      200,
    );
  },
);

districtApi.openapi(
  createRoute({
    method: "get",
    path: "/api/districts/{district}/streets/{street}",
    tags: ["districts"],
    summary: "一个街道的小区，每页五十个 | A street's communities, fifty a page",
    description:
      "汇总是由各小区的登记算出来的，可以随时重算，不是公开记录。 | A roll-up, computed from what each community has recorded and computed anew at any time; not the record.",
    request: {
      params: DistrictParam.extend({
        street: z.string().openapi({ description: "街道 | The street", example: "璧城街道" }),
      }),
      query: PageQuery.extend({
        filter: z.enum(FILTERS).optional().openapi({
          description: "只要哪些小区 | Which communities: without a committee, with a duty overdue, term ending",
        }),
      }),
    },
    responses: {
      200: jsonAnswer(
        z.strictObject({
          district: z.string(),
          street: z.string(),
          sums: Sums,
          page: z.int().min(1),
          pages: z.int().min(1),
          communities: z.array(Community),
        }),
        "合计和一页小区 | Sums and a page of communities",
      ),
      404: NO_SUCH,
      422: problemAnswer("页码或筛选不对 | Not a page or filter"),
    },
  }),
  async (c) => {
    const { district, street } = c.req.valid("param");
    const { page: asked, filter = "all" } = c.req.valid("query");
    const page = Number(asked ?? "1");
    const found = await readStreet(c.env, { district, street, filter }, page);
    if (!found || page > found.pages) return problemResponse(c, NOT_FOUND) as never;
    const origin = originOf(c.req.url);
    return c.json(
      {
        district,
        street,
        sums: sumsOf(found.total),
        page,
        pages: found.pages,
        communities: found.rows.map((row) => communityOf(row, origin)),
      },
      200,
    );
  },
);
