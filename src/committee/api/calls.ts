/** The committee's public JSON calls: who sits, its meetings, its resolutions. Reads only; nothing personal but what an office makes public. */
import { createRoute, z } from "@hono/zod-openapi";
import { dayOf, type Instant, isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, PageQuery, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import type { Lang } from "../../platform/i18n.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import type { Scene } from "../../platform/scene.ts";
import { committeeHref, readNumber, resolutionHref, sessionHref } from "../addresses.ts";
import { codeRemarks } from "../entity/rules.ts";
import { type CommitteeView, readCommitteeView } from "../public/reading.ts";
import { membersOf } from "../seated/rules.ts";
import { resolutionNumber } from "../sessions/minutes/rules.ts";
import { isPublic, readSession, type SessionView } from "../sessions/reading.ts";
import {
  countResolutions,
  findResolution,
  listResolutions,
  type ResolutionRow,
} from "../sessions/resolutions/store.ts";
import { bySessionNumber, countSessions, listSessions, type SessionRow } from "../sessions/store.ts";
import { remarkWords } from "../words.ts";
import { Committee, Resolution, Resolutions, Session, Sessions } from "./shapes.ts";

/** Mounted at /. */
export const committeeApi = newApi();

const A_PAGE = 20;
const NOWHERE = problemAnswer("没有这个小区、会议、决议或页 | No such community, meeting, resolution or page");
const BAD_PAGE = problemAnswer("页码不对 | Not a page number");
const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / A_PAGE));
const orNull = (at: Instant | null): string | null => (at === null ? null : isoInstant(at));

type Shape<S extends z.ZodType> = z.infer<S>;

function committeeAnswer(scene: Scene, view: CommitteeView, lang: Lang): Shape<typeof Committee> {
  const { slug } = scene.community;
  const { mandate, seats, sitters } = view.committee;
  const base = `${scene.origin}/api/communities/${slug}/committee`;
  const mandateOf = (row: NonNullable<typeof mandate>) => ({
    number: row.number,
    seats: row.seats,
    from: dayOf(row.fromAt),
    until: dayOf(row.untilAt - 1),
    document: row.document,
    leaf: row.leafHash,
  });
  const { entity } = view;
  return {
    page: `${scene.origin}${committeeHref(slug)}`,
    mandate: mandate && mandateOf(mandate),
    members: sitters.map(({ name, title, standing, fromAt, untilAt, leafHash }) => ({
      name,
      post: title[lang],
      standing,
      from: dayOf(fromAt),
      until: untilAt === null ? null : dayOf(untilAt - 1),
      leaf: leafHash,
    })),
    vacant: Math.max(0, seats - membersOf(sitters).length),
    filings: view.filings.map(({ about, on, dueOn, filedOn, state }) => ({ about, on, dueOn, filedOn, state })),
    legalPerson: entity
      ? {
          form: entity.form,
          name: entity.name,
          creditCode: entity.creditCode,
          remarks: codeRemarks(entity.form, entity.creditCode).map((remark) => remarkWords(remark)[lang]),
          supervisingUnit: entity.supervisingUnit,
          registrationAuthority: entity.registrationAuthority,
          registeredOn: entity.registeredOn,
          accountHolder: entity.holderKind,
          duties: view.entityDuties.map(({ kind, subject, dueOn, sentOn, state }) => ({
            kind,
            subject,
            dueOn,
            sentOn,
            state,
          })),
        }
      : null,
    contact: { ...view.contact },
    earlier: view.mandates.filter(({ mandateId }) => mandateId !== mandate?.mandateId).map(mandateOf),
    meetings: `${base}/meetings`,
    resolutions: `${base}/resolutions`,
  };
}

function resolutionAnswer(scene: Scene, row: ResolutionRow): Shape<typeof Resolution> {
  const numberOf = (year: number | null, number: number | null) =>
    year === null || number === null ? null : resolutionNumber(year, number);
  return {
    year: row.year,
    number: row.number,
    title: row.title,
    text: row.text,
    adoptedOn: row.adoptedOn,
    publishedAt: isoInstant(row.publishedAt),
    meeting: row.sessionNumber,
    item: row.itemNo,
    votes: { for: row.inFavour, against: row.against, abstain: row.abstaining, recused: row.recused, whole: row.whole },
    matter: row.matter,
    corrects: numberOf(row.correctsYear, row.correctsNumber),
    correctedBy: numberOf(row.correctedByYear, row.correctedByNumber),
    leaf: row.leafHash,
    page: `${scene.origin}${resolutionHref(scene.community.slug, row.year, row.number)}`,
  };
}

const lineAnswer = (scene: Scene, row: SessionRow) => ({
  number: row.number,
  title: row.title,
  state: row.state,
  calledBy: row.calledBy,
  holdsAt: orNull(row.holdsAt),
  publishedAt: orNull(row.publishedAt),
  page: `${scene.origin}${sessionHref(scene.community.slug, row.number)}`,
});

/** Before publication a meeting has its agenda and nothing of what happened in it. */
function sessionAnswer(scene: Scene, view: SessionView): Shape<typeof Session> {
  const { row, items } = view;
  const recorded = row.state === "published" ? view.recorded : null;
  return {
    ...lineAnswer(scene, row),
    mandate: view.mandateNumber,
    place: row.place,
    noticedAt: orNull(row.noticedAt),
    quorum: recorded && {
      present: recorded.minutes.present,
      whole: recorded.minutes.whole,
      met: recorded.minutes.quorate === 1,
    },
    items: items.map(({ itemNo, title, text, matter }) => {
      const decision = recorded?.decisions.find((one) => one.itemNo === itemNo);
      return {
        no: itemNo,
        title,
        text,
        matter,
        outcome: decision?.outcome ?? null,
        votes: decision
          ? {
              for: decision.for,
              against: decision.against,
              abstain: decision.abstain,
              recused: decision.recused,
              whole: decision.measure.whole,
            }
          : null,
      };
    }),
    minutes: recorded?.minutes.text ?? null,
  };
}

committeeApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/committee",
    tags: ["committee"],
    summary: "业主委员会：成员、任期、备案、法人 | The committee: members, term, filings, legal person",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: { 200: jsonAnswer(Committee, "业主委员会 | The committee"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene, lang } = c.var;
    return c.json(committeeAnswer(scene, await readCommitteeView(scene), lang), 200);
  },
);

committeeApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/committee/resolutions",
    tags: ["committee"],
    summary: "业委会决议，新的在前 | Its resolutions, the newest first",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Resolutions, "一页决议 | A page of resolutions"), 404: NOWHERE, 422: BAD_PAGE },
  }),
  async (c) => {
    const { scene } = c.var;
    const page = Number(c.req.valid("query").page ?? 1);
    const [count, rows] = await scene.db.read(
      countResolutions(scene),
      listResolutions(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    );
    const total = count[0]?.total ?? 0;
    const pages = pagesOf(total);
    if (page > pages) return problemResponse(c, NOT_FOUND) as never;
    return c.json({ page, pages, total, resolutions: rows.map((row) => resolutionAnswer(scene, row)) }, 200);
  },
);

const OfResolution = SlugParam.extend({
  year: z.string().openapi({ description: "年份 | The year", example: "2026" }),
  number: z.string().openapi({ description: "编号 | Its number of the year", example: "3" }),
});

committeeApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/committee/resolutions/{year}/{number}",
    tags: ["committee"],
    summary: "一项决议 | One resolution",
    middleware: [sceneOfPath] as const,
    request: { params: OfResolution },
    responses: { 200: jsonAnswer(Resolution, "决议 | The resolution"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene } = c.var;
    const asked = c.req.valid("param");
    const [year, number] = [readNumber(asked.year), readNumber(asked.number)];
    if (year === null || number === null) return problemResponse(c, NOT_FOUND) as never;
    const [rows] = await scene.db.read(findResolution(scene, year, number));
    const row = rows[0];
    return row ? c.json(resolutionAnswer(scene, row), 200) : (problemResponse(c, NOT_FOUND) as never);
  },
);

committeeApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/committee/meetings",
    tags: ["committee"],
    summary: "业委会会议，新的在前 | Its meetings, the newest first",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam, query: PageQuery },
    responses: { 200: jsonAnswer(Sessions, "一页会议 | A page of meetings"), 404: NOWHERE, 422: BAD_PAGE },
  }),
  async (c) => {
    const { scene } = c.var;
    const page = Number(c.req.valid("query").page ?? 1);
    const [count, rows] = await scene.db.read(
      countSessions(scene, "public"),
      listSessions(scene, "public", { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    );
    const total = count[0]?.total ?? 0;
    const pages = pagesOf(total);
    if (page > pages) return problemResponse(c, NOT_FOUND) as never;
    return c.json({ page, pages, total, meetings: rows.map((row) => lineAnswer(scene, row)) }, 200);
  },
);

const OfSession = SlugParam.extend({
  number: z.string().openapi({ description: "会议编号 | Number of the meeting", example: "3" }),
});

committeeApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/committee/meetings/{number}",
    tags: ["committee"],
    summary: "一次业委会会议：议题、表决、记录 | One meeting: agenda, votes, minutes",
    description:
      "公布以前只有议题，没有到会和表决。 | Before publication there is the agenda, and nothing of presence or votes.",
    middleware: [sceneOfPath] as const,
    request: { params: OfSession },
    responses: { 200: jsonAnswer(Session, "会议 | The meeting"), 404: NOWHERE },
  }),
  async (c) => {
    const { scene } = c.var;
    const number = readNumber(c.req.valid("param").number);
    const view = number === null ? null : await readSession(scene, bySessionNumber(scene, number));
    if (!view || !isPublic(view.row)) return problemResponse(c, NOT_FOUND) as never;
    return c.json(sessionAnswer(scene, view), 200);
  },
);
