/** Pages as they are asked for: round trips, rows and bytes, on a roll of any size. */
import { linkAddress } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks } from "../../src/assembly/links/store.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { PersonId } from "../../src/kernel/id.ts";
import { createCommunity } from "../../src/offices/setup/actions.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { signToken } from "../../src/platform/session.ts";
import { importRoll } from "./importing.ts";
import { type OpenMeeting, openAnother } from "./meeting.ts";
import { lastFourOf } from "./roll.ts";
import { metered, passDirectory, setClock, Visitor } from "./visitor.ts";
import { costOf, must, START, sceneAt, storm } from "./world.ts";

const OFFICERS = [
  { post: "committee_chair", name: "唐明德", phone: "19800000001", act: "members_choice", document: "会议纪要" },
  { post: "secretary", name: "李晓东", phone: "19800000006", act: "engagement", document: "聘用协议" },
] as const;

/** A community as the set-up wizard makes it, with its roll and an open meeting. */
async function prepare(env: Env, { units }: { units: number }): Promise<OpenMeeting> {
  const key = crypto.randomUUID();
  const community = must(
    await createCommunity(env, START, {
      key,
      name: `小区 ${units}`,
      slug: `p-${key.slice(0, 8)}`,
      street: "璧城街道",
      district: "璧山区",
      address: "金桂路 1 号",
      officers: OFFICERS.map((officer) => ({ ...officer, fromOn: dayOf(START) })),
    }),
  );
  await importRoll(env, community, units);
  return openAnother(env, community);
}

export type Who = "stranger" | "secretary" | "voter";

/** A visitor who has come as far as the page in question. */
async function visitorAs(env: Env, who: Who, meeting: OpenMeeting, voterNo: number): Promise<Visitor> {
  const { community, opensAt } = meeting;
  setClock(opensAt);
  const visitor = new Visitor(env);
  const base = `/c/${community.slug}`;
  if (who === "secretary") {
    const scene = sceneAt(env, community, opensAt);
    const [rows] = await scene.db.read(
      scene.db.all<{ personId: PersonId }>(
        sql`SELECT h.person_id AS personId FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
            WHERE h.community_id = ${community.id} AND p.kind = 'secretary'`,
      ),
    );
    const { sessionId } = await openSession(scene, rows[0]!.personId);
    const claims = { sid: sessionId, cid: community.id, began: opensAt, renewed: opensAt };
    visitor.cookies.set("__Host-ch_staff", await signToken(env, "staff", claims, opensAt, 3600));
  }
  if (who === "voter") {
    await visitor.get(await linkOf(env, meeting, voterNo));
    await visitor.get(`${base}/vote`);
    await visitor.submit(`${base}/vote/identify`, { lastFour: lastFourOf(voterNo) });
  }
  return visitor;
}

/** The path of a voter's link. Voters are numbered in the order of the roll, as the made-up one is written. */
async function linkOf(env: Env, { community, meetingId, opensAt }: OpenMeeting, voterNo: number): Promise<string> {
  const scene = sceneAt(env, community, opensAt);
  const [links] = await scene.db.read(listCurrentLinks(scene, meetingId, [voterNo]));
  return new URL(linkAddress(scene, meetingId, links[0]!)).pathname;
}

interface Asked {
  readonly meeting: OpenMeeting;
  readonly who: Who;
  /** Below the community's address. */
  readonly path: string;
}

async function cost(env: Env, { meeting, who, path }: Asked): Promise<unknown> {
  const visitor = await visitorAs(env, who, meeting, 1);
  const counting = metered(env);
  await passDirectory(counting, meeting.community);
  const response = await visitor.in(counting.env).get(`/c/${meeting.community.slug}${path}`);
  return { status: response.status, ...costOf(counting.meter) };
}

const zipped = async (body: Uint8Array): Promise<number> =>
  (
    await new Response(
      new Blob([body as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip")),
    ).arrayBuffer()
  ).byteLength;

export interface Weight {
  readonly path: string;
  readonly raw: number;
  readonly gzip: number;
}

/** The ballot page with everything a browser loads for it. */
async function weigh(env: Env, { meeting }: { meeting: OpenMeeting }): Promise<Weight[]> {
  const visitor = await visitorAs(env, "voter", meeting, 1);
  const page = `/c/${meeting.community.slug}/vote`;
  const weights: Weight[] = [];
  const take = async (path: string): Promise<string> => {
    const response = await visitor.get(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    const body = new Uint8Array(await response.arrayBuffer());
    weights.push({ path: path === page ? "/vote" : path, raw: body.length, gzip: await zipped(body) });
    return new TextDecoder().decode(body);
  };
  const html = await take(page);
  if (!html.includes("item-1")) throw new Error("this is not the ballot page");
  const loaded = [...html.matchAll(/<(?:link[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"/g)].map(
    ([, href]) => href!,
  );
  for (const href of new Set(loaded)) if (!href.startsWith("data:")) await take(href);
  return weights;
}

/** Voters who have chosen and stand before the last button, by the path of that button. */
let ready: { readonly visitor: Visitor; readonly path: string }[] = [];

async function review(
  env: Env,
  { meeting, from, count }: { meeting: OpenMeeting; from: number; count: number },
): Promise<void> {
  const base = `/c/${meeting.community.slug}`;
  ready = [];
  for (let voterNo = from; voterNo < from + count; voterNo += 1) {
    const visitor = await visitorAs(env, "voter", meeting, voterNo);
    await visitor.get(`${base}/vote`);
    await visitor.submit(`${base}/vote/review`, { "item-1": "1", "item-2": "2", "item-3": "3" });
    ready.push({ visitor, path: `${base}/vote/cast` });
  }
}

/** All of them press it. */
async function press(_env: Env, { atOnce }: { atOnce: number }): Promise<void> {
  await storm(ready.length, atOnce, async (at) => {
    const { visitor, path } = ready[at]!;
    const response = await visitor.submit(path, {});
    if (!response.headers.get("location")?.endsWith("/vote/receipt")) throw new Error(`not cast: ${response.status}`);
  });
}

/** What pressing it costs, from the request's first byte to its last. */
async function pressCost(env: Env, { meeting, voterNo }: { meeting: OpenMeeting; voterNo: number }): Promise<unknown> {
  await review(env, { meeting, from: voterNo, count: 1 });
  const { visitor, path } = ready[0]!;
  const counting = metered(env);
  await passDirectory(counting, meeting.community);
  await visitor.in(counting.env).submit(path, {});
  return costOf(counting.meter);
}

export const pageTasks = {
  "page/prepare": prepare,
  "page/cost": cost,
  "page/weigh": weigh,
  "page/review": review,
  "page/press": press,
  "page/press-cost": pressCost,
};
