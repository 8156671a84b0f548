/** What a page of a tender costs: one question to the database, and no more rows however many tenders there were. */
import { expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity } from "./community-of-test.ts";
import { countingEnv, get } from "./public-of-test.ts";
import { AWARDED, awardedTender } from "./tender-contracts-of-test.ts";

const cost = async ({ slug }: CommunityAddress, path: string) => {
  const { env, asked } = countingEnv();
  await get(`/c/${slug}${path}`, AWARDED, env); // the community's address is looked up once
  Object.assign(asked, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
  expect((await get(`/c/${slug}${path}`, AWARDED, env)).status).toBe(200);
  return { ...asked };
};

test("the page of a tender is one round trip, and costs the same beside one other and beside thirty", async () => {
  const community = await makeCommunity({ name: "金桂苑" });
  for (let nth = 1; nth <= 2; nth += 1) await awardedTender(community, schemeOf());
  const few = await cost(community, "/tenders/1");
  for (let nth = 3; nth <= 30; nth += 1) await awardedTender(community, schemeOf());
  const many = await cost(community, "/tenders/1");
  // A search by range looks at the row behind its range, which is there or not: ids are in no order of time.
  expect(many.rowsRead).toBeLessThanOrEqual(few.rowsRead + 3);
  expect(many.roundTrips).toBe(1);
  expect(few).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
});
