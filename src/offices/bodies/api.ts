/** GET /api/communities/:slug/offices: who held what on a day, any day, as JSON. Reads only; names as the public pages say them. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf, isDay } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { BODY_KINDS, POST_KINDS } from "../rules.ts";
import { TAKE_KINDS } from "../terms/rules.ts";
import { type BodyOnDay, readOffices } from "./actions.ts";

/** Mounted at /. */
export const officesApi = newApi();

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);

const Holder = z
  .strictObject({
    name: said(
      z.string(),
      "公开的姓名；不公开的职务只有掩码 | The name as the public may know it; a mask where the post's holders are not named",
    ),
    from: day("任职第一天 | The first day in office"),
    until: said(
      day("任职最后一天 | The last day").nullable(),
      "任期最后一天，没有期限为空 | The last day; null where no end is set",
    ),
    act: said(z.enum(TAKE_KINDS), "怎样产生 | By which act"),
    document: said(z.string(), "依据的文件或决议 | The document or decision it rests on"),
    leaf: said(z.string().regex(/^[0-9a-f]{64}$/), "公开记录中的叶子 | Its leaf in the record"),
    proof: said(z.url(), "离线证明（C2SP tlog-proof） | The proof of inclusion, checkable offline"),
  })
  .openapi("OfficeHolder");

const Body = z
  .strictObject({
    bodyId: z.string(),
    kind: z.enum(BODY_KINDS),
    name: z.string(),
    nameEn: z.string(),
    level: said(z.string(), "区县所称的层级，可能为空 | What the district calls its level; may be empty"),
    parentId: said(z.string().nullable(), "上级组织 | The body it stands under"),
    since: day("设立 | Since when"),
    areas: said(
      z.array(z.strictObject({ building: z.string(), entrance: z.string() })),
      "负责的楼栋；entrance 为空是整栋 | What it answers for; an empty entrance is the whole building",
    ),
    posts: z.array(
      z.strictObject({
        postId: z.string(),
        kind: z.enum(POST_KINDS),
        title: z.string(),
        titleEn: z.string(),
        seats: said(z.int().min(0), "席位 | Seats"),
        termMonths: said(z.int().min(1).nullable(), "任期（月） | Length of a term in months"),
        holders: z.array(Holder),
      }),
    ),
    page: said(z.url(), "网页 | Its page"),
  })
  .openapi("Body");

const Offices = z
  .strictObject({
    on: day("哪一天 | As of which day"),
    page: said(z.url(), "网页 | The same as a page"),
    bodies: said(z.array(Body), "上级在前 | Those above come first"),
  })
  .openapi("Offices", { description: "一天里谁担任什么 | Who held what on a day" });

const OnQuery = z.object({
  on: z.string().refine(isDay, "应是日期，例如 2026-12-08 | Should be a day, such as 2026-12-08").optional().openapi({
    description: "哪一天，不填为今天 | As of which day; today where it is left out",
    example: "2026-12-08",
  }),
});

const bodyAnswer = ({ body, posts }: BodyOnDay, origin: string, base: string): z.infer<typeof Body> => ({
  bodyId: body.bodyId,
  kind: body.kind,
  name: body.name.zh,
  nameEn: body.name.en,
  level: body.level.zh,
  parentId: body.parentId,
  since: dayOf(body.sinceAt),
  areas: body.areas.map(({ building, entrance }) => ({ building, entrance })),
  posts: posts.map(({ post, holders }) => ({
    postId: post.postId,
    kind: post.kind,
    title: post.title.zh,
    titleEn: post.title.en,
    seats: post.seats,
    termMonths: post.termMonths,
    holders: holders.map((holder) => ({
      name: holder.publicName,
      from: dayOf(holder.fromAt),
      until: holder.untilAt === null ? null : dayOf(holder.untilAt - 1),
      act: holder.act,
      document: holder.document,
      leaf: holder.leafHash,
      proof: `${origin}${base}/record/${holder.leafHash}.tlog-proof`,
    })),
  })),
  page: `${origin}${base}/offices/bodies/${body.bodyId}`,
});

officesApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/offices",
    tags: ["offices"],
    summary: "谁在任职：某一天的组织、职务和任职人员 | Who holds office: bodies, posts and holders on a day",
    description:
      "凡任期覆盖这一天的都列出，写明怎样产生、依据什么，并附公开记录的证明。 | Every tenure that covered some part of the day, with its act, its document and the proof from the record.",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam, query: OnQuery },
    responses: {
      200: jsonAnswer(Offices, "这一天的任职 | The offices of that day"),
      404: problemAnswer("没有这个小区 | No such community"),
      422: problemAnswer("不是日期 | Not a day"),
    },
  }),
  async (c) => {
    const { scene, now } = c.var;
    const on = c.req.valid("query").on ?? dayOf(now);
    const bodies = await readOffices(scene, on);
    const base = `/c/${scene.community.slug}`;
    return c.json(
      {
        on,
        page: `${scene.origin}${base}/offices?on=${on}`,
        bodies: bodies.map((one) => bodyAnswer(one, scene.origin, base)),
      },
      200,
    );
  },
);
