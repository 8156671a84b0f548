/** An amendment in the last hour: bids stay open for the days the law leaves, and nothing closes at the old hour. */
import { expect, test } from "vitest";
import { CLOCK } from "../../src/tenders/acting.ts";
import { amendTender } from "../../src/tenders/amendments/actions.ts";
import { closeTender } from "../../src/tenders/procedure/actions.ts";
import { makeCommunity, sceneAt, staffSceneAt } from "./community-of-test.ts";
import { must } from "./ledger-of-test.ts";
import { CLOSES, makeTender, register, tenderRow } from "./tender-bidders-of-test.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("half an hour before the closing it moves the closing by fifteen days, at the same hour; the old hour takes bids on", async () => {
  const community = await makeCommunity({ name: "金桂苑" });
  const tender = await makeTender(community);
  const now = CLOSES - HOUR / 2;
  const chair = staffSceneAt(community, "person-c", ["tender.decide"], now);
  const amended = must(
    await amendTender(
      chair,
      tender.tenderId,
      1,
      (scheme) => ({ ...scheme, lots: scheme.lots.map((lot) => ({ ...lot, scope: `${lot.scope}，含地下车库` })) }),
      "业主要求增加地下车库",
    ),
  );
  expect(amended.touches).toBe(true);
  expect((amended.closesAt - CLOSES) % DAY).toBe(0);
  expect(amended.closesAt - now).toBeGreaterThanOrEqual(15 * DAY);
  expect(amended.closesAt - now).toBeLessThan(17 * DAY);
  expect((await tenderRow(community, tender.tenderId)).closesAt).toBe(amended.closesAt);
  expect((await register(community, tender.tenderId, 1, {}, CLOSES)).ok).toBe(true);
  const row = await tenderRow(community, tender.tenderId);
  expect(await closeTender(sceneAt(community, CLOSES), row, CLOCK)).toMatchObject({ ok: false });
  expect(await register(community, tender.tenderId, 2, {}, amended.closesAt)).toMatchObject({
    error: { reason: "bids_not_taken" },
  });
});

test("at the closing nothing is amended any more", async () => {
  const community = await makeCommunity({ name: "金桂苑" });
  const tender = await makeTender(community);
  const late = staffSceneAt(community, "person-c", ["tender.decide"], CLOSES);
  const change = amendTender(late, tender.tenderId, 1, (scheme) => ({ ...scheme, reasons: "改一改" }), "太晚了");
  expect((await change).ok).toBe(false);
});
