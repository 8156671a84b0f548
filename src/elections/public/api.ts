/** Elections in the public JSON API: the list, and one with its course, group, method and history. Reads only, nothing personal but the names of those in office. */
import { createRoute, z } from "@hono/zod-openapi";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import { jsonAnswer, newApi, PageQuery, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import type { Scene } from "../../platform/scene.ts";
import { electionHref, readElectionNumber } from "../addresses.ts";
import { GROUP_PARTS, groupUntil } from "../group/rules.ts";
import { listGroup, listGroupObjections } from "../group/store.ts";
import { METHOD_NAMES, readMethod } from "../method/rules.ts";
import { ELECTION_KINDS, ELECTION_STATES } from "../rules.ts";
import {
  byElectionNumber,
  countElections,
  type ElectionRow,
  findElectionStanding,
  listElectionEvents,
  listElections,
} from "../store.ts";
import { courseFacts } from "./course.tsx";
import { eventDetail, eventTitle } from "./events.tsx";
import { nextSteps } from "./rules.ts";

/** Mounted at /. */
export const electionsApi = newApi();
const A_PAGE = 20;

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const instant = (description: string) =>
  said(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/), description);
const whole = (description: string) => said(z.int().min(0), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);

const Line = {
  number: whole("编号 | Its number"),
  kind: said(z.enum(ELECTION_KINDS), "首次、换届或补选 | First, renewal, or by-election"),
  title: z.string(),
  state: said(z.enum(ELECTION_STATES), "所处阶段 | Where it stands"),
  calledAt: instant("发起 | Called"),
  page: said(z.url(), "网页 | Its page"),
  api: said(z.url(), "本接口中的地址 | Its address in this API"),
};
const ElectionLine = z.strictObject(Line).openapi("ElectionLine");
const Elections = z
  .strictObject({
    page: whole("第几页，从1起 | Which page, from 1"),
    pages: whole("共几页 | How many pages"),
    total: whole("共几次 | How many in all"),
    elections: z.array(ElectionLine),
  })
  .openapi("Elections");

const Election = z
  .strictObject({
    ...Line,
    cause: said(z.string(), "原因 | Why it is held"),
    requestedOn: said(
      z.string().nullable(),
      "业主书面要求的日期（首次选举） | The owners' written request (first election)",
    ),
    next: said(
      z.array(
        z.strictObject({
          kind: z.string(),
          what: z.string(),
          who: said(z.string(), "由谁负责 | Who is responsible"),
          due: instant("期限 | When").nullable(),
          sense: said(
            z.enum(["by", "until", "from"]),
            "最迟、截止或最早 | No later than, open until, or no earlier than",
          ),
          overdue: z.boolean(),
        }),
      ),
      "接下来 | What comes next",
    ),
    group: said(
      z.strictObject({
        edition: whole("第几版名单 | Which list"),
        publishedAt: instant("公布 | Published").nullable(),
        objectionsUntil: instant("异议截止 | Objections until").nullable(),
        members: z.array(
          z.strictObject({
            name: z.string(),
            chair: z.boolean(),
            part: said(z.enum(GROUP_PARTS), "代表哪一方 | For whom"),
          }),
        ),
        objections: whole("收到的异议 | Objections made"),
        openObjections: whole("未答复的异议 | Objections not answered"),
      }),
      "组织选举的小组 | The group that runs it",
    ),
    nominations: z.strictObject({
      opensAt: instant("开始 | Opened").nullable(),
      closesAt: instant("截止 | Close").nullable(),
    }),
    candidatesPublishedAt: instant("候选人公布 | Candidates published").nullable(),
    seatedAt: instant("就任 | Seated").nullable(),
    ended: said(
      z.strictObject({ at: instant("时间 | When"), why: z.string() }).nullable(),
      "终止的时间和原因 | When and why it was ended",
    ),
    method: said(
      z.record(
        z.enum(METHOD_NAMES as [string, ...string[]]),
        z.strictObject({ value: z.unknown(), clause: z.string() }),
      ),
      "选举办法和依据 | The method, each setting with its clause",
    ),
    methodHash: hash("冻结的选举办法的SHA-256 | SHA-256 of the frozen method").nullable(),
    events: z.array(
      z.strictObject({
        no: whole("序号 | No."),
        kind: z.string(),
        at: instant("时间 | When"),
        by: said(z.string(), "由哪个职务 | By which office"),
        title: z.string(),
        detail: z.string(),
        leaf: hash("公开记录中的叶子 | Its leaf in the record"),
      }),
    ),
  })
  .openapi("Election");

const NOWHERE = problemAnswer("没有这个小区、选举或页 | No such community, election or page");
const at = (moment: Instant | null): string | null => (moment === null ? null : isoInstant(moment));

const lineOf = ({ origin, community }: Scene, row: ElectionRow) => ({
  number: row.number,
  kind: row.kind,
  title: row.title,
  state: row.state,
  calledAt: isoInstant(row.calledAt),
  page: `${origin}${electionHref(community.slug, row.number)}`,
  api: `${origin}/api/communities/${community.slug}/elections/${row.number}`,
});

electionsApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/elections",
    tags: ["elections"],
    summary: "业主委员会的选举，新的在前 | Elections of the committee, the newest first",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam, query: PageQuery },
    responses: {
      200: jsonAnswer(Elections, "一页选举 | A page of elections"),
      404: NOWHERE,
      422: problemAnswer("页码不对 | Not a page number"),
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const page = Number(c.req.valid("query").page ?? 1);
    const [count, rows] = await scene.db.read(
      countElections(scene),
      listElections(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    );
    const total = count[0]?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / A_PAGE));
    if (page > pages) return problemResponse(c, NOT_FOUND) as never;
    return c.json({ page, pages, total, elections: rows.map((row) => lineOf(scene, row)) }, 200);
  },
);

electionsApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/elections/{number}",
    tags: ["elections"],
    summary: "一次选举：进程、小组、选举办法、经过 | One election: course, group, method, history",
    middleware: [sceneOfPath] as const,
    request: {
      params: SlugParam.extend({
        number: z.string().openapi({ description: "选举的编号 | The election's number", example: "1" }),
      }),
    },
    responses: { 200: jsonAnswer(Election, "选举 | The election"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene, t, lang, now } = c.var;
    const number = readElectionNumber(c.req.valid("param").number);
    if (number === null) return problemResponse(c, NOT_FOUND) as never;
    const key = byElectionNumber(scene, number);
    const [rows, stored, objections, events] = await scene.db.read(
      findElectionStanding(scene, key),
      listGroup(scene, key),
      listGroupObjections(scene, key),
      listElectionEvents(scene, key),
    );
    const row = rows[0];
    if (!row) return problemResponse(c, NOT_FOUND) as never;
    const method = readMethod(row.method);
    const members = await Promise.all(
      stored.map(async (member) => ({
        name: await openName(scene, member),
        chair: member.isChair === 1,
        part: member.part,
      })),
    );
    return c.json(
      {
        ...lineOf(scene, row),
        cause: row.cause,
        requestedOn: row.requestedOn,
        next: nextSteps(courseFacts(row), now).map(({ kind, what, who, due, sense, overdue }) => ({
          kind,
          what: what[lang],
          who: who[lang],
          due: at(due),
          sense,
          overdue,
        })),
        group: {
          edition: row.groupEdition,
          publishedAt: at(row.groupPublishedAt),
          objectionsUntil:
            row.groupPublishedAt === null
              ? null
              : at(groupUntil(row.groupPublishedAt, method.groupPublicationDays.value)),
          members,
          objections: objections.length,
          openObjections: row.openObjections,
        },
        nominations: { opensAt: at(row.nominationsOpenAt), closesAt: at(row.nominationsCloseAt) },
        candidatesPublishedAt: at(row.candidatesPublishedAt),
        seatedAt: at(row.seatedAt),
        ended: row.endedAt === null ? null : { at: isoInstant(row.endedAt), why: row.endedWhy ?? "" },
        method: method as unknown as Record<string, { value: unknown; clause: string }>,
        methodHash: row.methodHash,
        events: events.map((event) => ({
          no: event.eventNo,
          kind: event.kind,
          at: isoInstant(event.at),
          by: event.byWords,
          title: eventTitle(event.kind, lang),
          detail: eventDetail(event, { t, lang }),
          leaf: event.leafHash,
        })),
      },
      200,
    );
  },
);
