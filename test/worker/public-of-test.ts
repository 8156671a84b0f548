/** What the tests of public pages share: asking the whole app as a stranger, counting what D1 was asked, meetings brought to each state. */
import { expect } from "vitest";
import { createApp } from "../../src/app.ts";
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { all, as, CLOSES_AT, type DraftOptions, OPENS_AT, opened, vote } from "./meeting-of-test.ts";

export const DURING = OPENS_AT + DAY_MS;
export const COUNTED_AT = CLOSES_AT + 3_600_000;
export const PUBLISHED_AT = CLOSES_AT + 2 * 3_600_000;

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A stranger's GET at an instant. */
export async function get(path: string, now: Instant = T0, env: Env = testEnv): Promise<Answered> {
  const app = createApp({ demo: false, now: async () => now });
  const answer = await app.request(`http://localhost${path}`, { headers: { accept: "text/html" } }, env);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

export async function getJson<T>(path: string, now: Instant = T0): Promise<T> {
  const { status, text } = await get(path, now);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
  return JSON.parse(text) as T;
}

export interface Asked {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** The bindings of the tests, with everything that D1 is asked through them counted. */
export function countingEnv(): { readonly env: Env; readonly asked: Asked } {
  const asked: Asked = { roundTrips: 0, rowsRead: 0, rowsWritten: 0 };
  const counted = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(from, key) {
        const value = Reflect.get(from, key) as unknown;
        if (typeof value !== "function") return value;
        if (key === "withSession")
          return (constraint: string) => counted((value as (c: string) => object).call(from, constraint));
        if (key !== "batch") return value.bind(from) as unknown;
        return async (statements: D1PreparedStatement[]) => {
          asked.roundTrips += 1;
          const results = (await value.call(from, statements)) as D1Result[];
          for (const { meta } of results) {
            asked.rowsRead += meta.rows_read ?? 0;
            asked.rowsWritten += meta.rows_written ?? 0;
          }
          return results;
        };
      },
    });
  return { env: { ...testEnv, DB: counted(testEnv.DB) }, asked };
}

/** The n-th voter's answer, to every item. */
export type Choice = (voterNo: number) => number;

/** An open meeting in which the first `voters` heads have voted. */
export async function votedOn(
  community: CommunityAddress,
  voters: number,
  choice: Choice,
  options: DraftOptions = {},
): Promise<MeetingId> {
  const meetingId = await opened(community, options);
  for (let voterNo = 0; voterNo < voters; voterNo += 1) {
    const cast = await vote(community, meetingId, voterNo, all(choice(voterNo), options.items?.length ?? 2), DURING);
    if (!cast.ok) throw new Error(JSON.stringify(cast.error));
  }
  return meetingId;
}

export async function closeAndCount(community: CommunityAddress, meetingId: MeetingId): Promise<void> {
  await runDue(sceneAt(community, CLOSES_AT));
  const counted = await countMeeting(as(community, "teller", COUNTED_AT), meetingId);
  if (!counted.ok) throw new Error(JSON.stringify(counted.error));
}

export async function publish(community: CommunityAddress, meetingId: MeetingId): Promise<void> {
  const published = await publishResult(as(community, "chair", PUBLISHED_AT), meetingId, 1);
  if (!published.ok) throw new Error(JSON.stringify(published.error));
}

/** A meeting with a published result. */
export async function publishedOn(
  community: CommunityAddress,
  voters: number,
  choice: Choice,
  options: DraftOptions = {},
): Promise<MeetingId> {
  const meetingId = await votedOn(community, voters, choice, options);
  await closeAndCount(community, meetingId);
  await publish(community, meetingId);
  return meetingId;
}

/** What a reader reads: no markup, no space. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<head>[\s\S]*?<\/head>/, "")
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");

/** That a reader finds all of it; what is missing is named, not the whole page. `words` comes from wordsOf. */
export const expectWords = (words: string, ...parts: readonly string[]): void => {
  expect(parts.filter((part) => !words.includes(part))).toEqual([]);
};
