/** Conflicts decided by two people, officers' own ties: in the tables and through the pages. */
import { beforeEach, describe, expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { answerConflict, decideConflict, declareInterest } from "../../src/tenders/bidders/conflicts/actions.ts";
import { exclusionsOf, outcomesFor, standingOf } from "../../src/tenders/bidders/conflicts/rules.ts";
import { listConflicts } from "../../src/tenders/bidders/conflicts/store.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import { bidderOf, CLOSES, codeOf, idOf, makeTender, moveTender, typedOf } from "./tender-bidders-of-test.ts";

let community: CommunityAddress;
let tender: TenderRow;
beforeEach(async () => {
  community = await makeStaffedCommunity();
  tender = await makeTender(community);
});
const chair = () => staffSceneAt(community, "person-c", ["tender.decide"]);
const witness = () => staffSceneAt(community, "person-w", ["tender.witness"]);
const conflicts = async () => {
  const scene = sceneAt(community);
  return (await scene.db.read(listConflicts(scene, tender.tenderId)))[0];
};
const ORDER = { outcome: "exclude", reason: "两家法定代表人是同一人，已核对营业执照" };

describe("a conflict", () => {
  test("keeps a bidder out once two people have said so, and not before", async () => {
    await bidderOf(community, tender.tenderId, 1);
    const second = await bidderOf(community, tender.tenderId, 2, { representativeNumber: idOf(1) });
    expect((await conflicts()).map(standingOf)).toEqual(["undecided"]);
    expect(await decideConflict(chair(), tender.tenderId, 1, { outcome: "", reason: "x" })).toMatchObject({
      error: { reason: "outcome_missing" },
    });
    expect(await decideConflict(chair(), tender.tenderId, 1, { ...ORDER, reason: " " })).toMatchObject({
      error: { reason: "reason_missing" },
    });
    const decide = () => decideConflict(chair(), tender.tenderId, 1, ORDER);
    expect(await decide()).toEqual({ ok: true, value: { decisionNo: 1 } });
    expect(await decide()).toEqual({ ok: true, value: { decisionNo: 1 } });
    expect(exclusionsOf(await conflicts())).toEqual([]);
    const both = staffSceneAt(community, "person-c", ["tender.decide", "tender.witness"]);
    const confirm = (scene = witness()) =>
      answerConflict(scene, tender.tenderId, 1, { decisionNo: 1, confirms: true, why: "" });
    expect(await confirm(both)).toMatchObject({ error: { reason: "own_decision" } });
    expect(await confirm()).toEqual({ ok: true, value: true });
    expect(await confirm()).toEqual({ ok: true, value: true });
    expect(exclusionsOf(await conflicts())).toEqual([
      { bidderId: second.bidderId, lotNo: 1, conflictNo: 1, reason: ORDER.reason },
    ]);
    expect(await decideConflict(chair(), tender.tenderId, 1, { ...ORDER, outcome: "allow" })).toMatchObject({
      error: { reason: "decided_already" },
    });
  });

  test("turned down with a reason is decided anew", async () => {
    await bidderOf(community, tender.tenderId, 1);
    await bidderOf(community, tender.tenderId, 2, { representativeNumber: idOf(1) });
    await decideConflict(chair(), tender.tenderId, 1, ORDER);
    const refuse = (why: string) =>
      answerConflict(witness(), tender.tenderId, 1, { decisionNo: 1, confirms: false, why });
    expect(await refuse("")).toMatchObject({ error: { reason: "why_missing" } });
    expect(await refuse("应当两家都退出")).toEqual({ ok: true, value: true });
    expect((await conflicts()).map(standingOf)).toEqual(["undecided"]);
    expect(await decideConflict(chair(), tender.tenderId, 1, { ...ORDER, outcome: "exclude_both" })).toEqual({
      ok: true,
      value: { decisionNo: 2 },
    });
    await answerConflict(witness(), tender.tenderId, 1, { decisionNo: 2, confirms: true, why: "" });
    expect(exclusionsOf(await conflicts())).toHaveLength(2);
  });

  test("is told to everybody with the decision and its reason once bids are opened, not before, and names nobody", async () => {
    await bidderOf(community, tender.tenderId, 1);
    await bidderOf(community, tender.tenderId, 2, { representativeNumber: idOf(1) });
    for (const reason of [`法定代表人都是${typedOf(1).representativeName}`, "证件号都是 500227198001010018"])
      expect(await decideConflict(chair(), tender.tenderId, 1, { ...ORDER, reason })).toMatchObject({
        error: { reason: "names_a_person" },
      });
    await decideConflict(chair(), tender.tenderId, 1, ORDER);
    await answerConflict(witness(), tender.tenderId, 1, { decisionNo: 1, confirms: true, why: "" });
    const page = `/c/${community.slug}/tenders/${tender.number}`;
    const reader = stranger(T0);
    await reader.get(page);
    expect(textOf(reader.page)).not.toContain(ORDER.reason);
    await moveTender(community, tender.tenderId, { state: "closed", closedAt: CLOSES });
    await moveTender(community, tender.tenderId, { state: "opened", openedAt: CLOSES + 1 });
    await reader.get(page);
    for (const words of [ORDER.reason, typedOf(1).name, typedOf(2).name, "退出标段"])
      expect(textOf(reader.page)).toContain(words);
    expect(textOf(reader.page)).not.toContain(typedOf(1).representativeName);
  });

  test("with an officer has no other bidder to exclude", () => {
    expect(outcomesFor("officer")).toEqual(["exclude", "allow"]);
    expect(outcomesFor("controls")).toHaveLength(4);
  });

  test("goes through the desk: the chair decides, the supervisor confirms", async () => {
    await bidderOf(community, tender.tenderId, 1, { representativeName: "陈主任" });
    const page = `/c/${community.slug}/desk/tenders/${tender.number}/conflicts/1`;
    const one = await signedIn(community, "committee_chair", T0 + 120_000);
    await one.get(`/c/${community.slug}/desk/tenders/${tender.number}/bidders`);
    expect(textOf(one.page)).toContain(typedOf(1).name);
    await one.get(page);
    expect(textOf(one.page)).toContain("同名");
    expect((await one.submit(page, { outcome: "allow", reason: "" })).status).toBe(422);
    expect((await one.submit(page, { outcome: "allow", reason: "同名不同人，已核对" })).status).toBe(303);
    const other = await signedIn(community, "supervisor", T0 + 120_000);
    await other.get(page);
    expect((await other.submit(`${page}/answer`, { answer: "confirm", why: "" })).status).toBe(303);
    await other.get(page);
    expect(textOf(other.page)).toContain("准予继续");
  });
});

describe("an officer's tie", () => {
  const declare = (change: Record<string, string>, once = "once-interest") =>
    declareInterest(
      staffSceneAt(community, "person-m", ["tender.read"]),
      { relation: "spouse", company: "", code: "", kin: "", ...change },
      once,
    );
  test("is compared with whoever registers, by code, by name, and by kin", async () => {
    expect((await declare({ code: codeOf(1) }, "once-code")).ok).toBe(true);
    expect((await declare({ kin: "孙小舅" }, "once-kin-1")).ok).toBe(true);
    await bidderOf(community, tender.tenderId, 1);
    expect(await conflicts()).toMatchObject([{ kind: "declared_company", withId: "person-m" }]);
    await bidderOf(community, tender.tenderId, 2, { representativeName: "孙小舅" });
    expect((await conflicts()).map(({ kind }) => kind)).toEqual(["declared_company", "declared_kin"]);
    await bidderOf(community, tender.tenderId, 3);
    expect(await conflicts()).toHaveLength(2);
  });
  test.each([
    ["nothing", {}, "interest_empty"],
    ["no relation", { relation: "", company: "甲" }, "relation_missing"],
    ["an impossible code", { code: "123" }, "code_impossible"],
  ])("with %s is refused", async (_, change, reason) =>
    expect(await declare(change)).toMatchObject({ error: { reason } }),
  );
});
