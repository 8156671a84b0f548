/** The public JSON API: communities, meetings, results; its OpenAPI 3.1 document and reference page. Reads only, nothing personal. */
import { createRoute, z } from "@hono/zod-openapi";
import {
  jsonAnswer,
  newApi,
  originOf,
  PageQuery,
  problemAnswer,
  SlugParam,
  sceneOfPath,
} from "../../platform/api/contract.ts";
import { listCommunities } from "../../platform/db.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { countPublicMeetings, findEstate } from "../meeting/store.ts";
import { apiOf, lineAnswer, meetingAnswer, resultAnswer, type Where } from "./answers.ts";
import { calendarHref, feedHref } from "./frame.tsx";
import { readMeeting, standingRun } from "./reading.ts";
import { Communities, Community, Meeting, Meetings, Result } from "./shapes.ts";
import { listLines } from "./store.ts";

/** Mounted at /. */
export const publicApi = newApi();

const A_PAGE = 20;
const MOST_OPEN = 10;

const OfMeeting = SlugParam.extend({
  meetingId: z.string().openapi({ description: "会议的编号或 id | The meeting's number, or its id", example: "1" }),
});

const NOWHERE = problemAnswer("没有这个小区、会议或页 | No such community, meeting or page");
const BAD_PAGE = problemAnswer("页码不对 | Not a page number");
const NO_RESULT = problemAnswer("没有这次会议，或结果还没有公布 | No such meeting, or its result is not published yet");

const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / A_PAGE));
const where = (origin: string, slug: string): Where => ({ origin, slug });

publicApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities",
    tags: ["communities"],
    summary: "全部小区 | All communities",
    request: { query: PageQuery },
    responses: { 200: jsonAnswer(Communities, "一页小区 | A page of communities"), 404: NOWHERE, 422: BAD_PAGE },
  }),
  async (c) => {
    const page = Number(c.req.valid("query").page ?? 1);
    const { total, communities } = await listCommunities(c.env, A_PAGE, (page - 1) * A_PAGE);
    const pages = pagesOf(total);
    if (page > pages) return problemResponse(c, NOT_FOUND) as never;
    const origin = originOf(c.req.url);
    const lines = communities.map(({ slug, name }) => ({
      slug,
      name,
      page: `${origin}/c/${slug}`,
      api: apiOf(where(origin, slug)),
    }));
    return c.json({ page, pages, total, communities: lines }, 200);
  },
);

publicApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}",
    tags: ["communities"],
    summary: "一个小区 | One community",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: { 200: jsonAnswer(Community, "小区和正在表决的会议 | The community and what is open"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene } = c.var;
    const { slug, name } = scene.community;
    const [estates, lines] = await scene.db.read(
      findEstate(scene),
      listLines(scene, "current", { limit: MOST_OPEN, offset: 0 }),
    );
    const here = where(scene.origin, slug);
    const base = `${scene.origin}/c/${slug}`;
    return c.json(
      {
        slug,
        name,
        district: estates[0]?.district ?? "",
        street: estates[0]?.street ?? "",
        address: estates[0]?.address ?? "",
        page: base,
        openNow: lines.filter(({ state }) => state === "open").map((line) => lineAnswer(line, here)),
        meetings: `${apiOf(here)}/meetings`,
        feed: `${scene.origin}${feedHref(slug)}`,
        calendar: `${scene.origin}${calendarHref(slug)}`,
        log: `${base}/log/checkpoint`,
        logKey: `${base}/log/vkey`,
      },
      200,
    );
  },
);

publicApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/meetings",
    tags: ["meetings"],
    summary: "小区的会议，新的在前 | The meetings of a community, the newest first",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Meetings, "一页会议 | A page of meetings"), 404: NOWHERE, 422: BAD_PAGE },
  }),
  async (c) => {
    const { scene } = c.var;
    const page = Number(c.req.valid("query").page ?? 1);
    const [count, lines] = await scene.db.read(
      countPublicMeetings(scene),
      listLines(scene, "public", { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    );
    const total = count[0]?.total ?? 0;
    const pages = pagesOf(total);
    if (page > pages) return problemResponse(c, NOT_FOUND) as never;
    const here = where(scene.origin, scene.community.slug);
    return c.json({ page, pages, total, meetings: lines.map((line) => lineAnswer(line, here)) }, 200);
  },
);

publicApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/meetings/{meetingId}",
    tags: ["meetings"],
    summary: "一次会议：议题、规则、名册、参与情况、经过 | One meeting: items, rules, roll, turnout, history",
    description:
      "公告以前的会议不在这里。表决期间只有参与情况，没有任何选择。 | A meeting is not here before its notice. While voting goes on there is turnout and never a choice.",
    middleware: [sceneOfPath] as const,
    request: { params: OfMeeting },
    responses: { 200: jsonAnswer(Meeting, "会议 | The meeting"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene, t, lang } = c.var;
    const meeting = await readMeeting(scene, c.req.valid("param").meetingId);
    if (!meeting) return problemResponse(c, NOT_FOUND) as never;
    return c.json(meetingAnswer(meeting, where(scene.origin, scene.community.slug), t, lang), 200);
  },
);

publicApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/meetings/{meetingId}/result",
    tags: ["meetings"],
    summary: "公布的结果：每个不等式和数字 | The published result: every inequality with its numbers",
    middleware: [sceneOfPath] as const,
    request: { params: OfMeeting },
    responses: { 200: jsonAnswer(Result, "结果 | The result"), 404: NO_RESULT },
  }),
  async (c) => {
    const { scene } = c.var;
    const meeting = await readMeeting(scene, c.req.valid("param").meetingId);
    const run = meeting ? standingRun(meeting) : undefined;
    if (!meeting || !run) return problemResponse(c, NOT_FOUND) as never;
    return c.json(resultAnswer(meeting, run, where(scene.origin, scene.community.slug)), 200);
  },
);
