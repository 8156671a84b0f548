/** Ballots, papers, proxies, links and doors: each refusal by name, each bound at its edge. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { approveUpTo, chooseOne, type Item, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import {
  type Answer,
  ballotContent,
  mayVote,
  readAnswers,
  sameAnswers,
  type VotingMeeting,
  type VotingVoter,
} from "../../src/assembly/ballots/rules.ts";
import { deliveryState, doorState, isDelivered, PROVING_KINDS } from "../../src/assembly/delivery/rules.ts";
import { mayIdentify, readLastFour } from "../../src/assembly/links/rules.ts";
import { compareEntries, mayEnter, mayReceive, type PaperEntry, readPaper } from "../../src/assembly/paper/rules.ts";
import { mayRecordProxy, mayRevokeProxy, mayUseProxy, type ProxyTerms } from "../../src/assembly/proxies/rules.ts";
import { REST_MS, triesLeft } from "../../src/community/identity/tries/rules.ts";

const base = { title: "t", text: "x", scope: { kind: "estate" }, attachments: [] } as const;
const ITEMS: readonly Item[] = [
  { ...base, itemNo: 1, matter: 9, question: yesNoAbstain() },
  { ...base, itemNo: 2, matter: 4, question: chooseOne(["甲", "乙"]) },
  { ...base, itemNo: 3, matter: 3, question: approveUpTo(2, ["赵", "钱", "孙"]) },
];
const GOOD: readonly Answer[] = [
  { itemNo: 1, options: [1] },
  { itemNo: 2, options: [2] },
  { itemNo: 3, options: [1, 3] },
];
const meeting = (change: Partial<VotingMeeting> = {}): VotingMeeting => ({
  state: "open",
  opensAt: 1000,
  closesAt: 2000,
  countedAt: null,
  items: ITEMS,
  ballotReplaceable: false,
  channels: ["web", "paper"],
  proxyMayVoteOnline: false,
  ...change,
});
const voter = (change: Partial<VotingVoter> = {}): VotingVoter => ({
  itemNos: [1, 2, 3],
  standing: null,
  hasVotingPerson: true,
  ...change,
});
const reasonOf = (result: { ok: true } | { ok: false; error: { reason: string } }): string =>
  result.ok ? "ok" : result.error.reason;

describe("when a ballot is taken", () => {
  test.each([
    ["before the opening", {}, "web", 999, "not_open"],
    ["at the opening instant", {}, "web", 1000, "ok"],
    ["a millisecond before the close", {}, "web", 1999, "ok"],
    ["at the closing instant", {}, "web", 2000, "closed"],
    ["on paper after the close, before the count", { state: "closed" }, "paper", 2001, "ok"],
    ["on paper after the count", { state: "counted", countedAt: 2001 }, "paper", 2002, "closed"],
    ["online after the close", { state: "closed" }, "web", 2001, "closed"],
    ["while notice runs, even past the planned opening", { state: "notice" }, "web", 1500, "not_open"],
    ["through a channel that is not offered", { channels: ["paper"] }, "web", 1500, "channel_not_offered"],
  ] as const)("%s", (_, change, channel, now, reason) => {
    expect(reasonOf(mayVote(meeting(change), voter(), GOOD, channel, now))).toBe(reason);
  });
});

describe("what a ballot may say", () => {
  const with2 = (options: number[]): Answer[] => [GOOD[0]!, { itemNo: 2, options }, GOOD[2]!];
  const with3 = (options: number[]): Answer[] => [GOOD[0]!, GOOD[1]!, { itemNo: 3, options }];
  test.each([
    ["an answer to each item", GOOD, "ok"],
    ["none of the proposals", with2([3]), "ok"],
    ["an abstention", with2([4]), "ok"],
    ["two of one", with2([1, 2]), "too_many_choices"],
    ["a proposal and 都不同意", with2([1, 3]), "contradicts_itself"],
    ["an option there is not", with2([9]), "unknown_option"],
    ["nothing", with2([]), "nothing_chosen"],
    ["as many candidates as seats", with3([1, 2]), "ok"],
    ["one candidate more than seats", with3([1, 2, 3]), "too_many_choices"],
    ["the same candidate twice counts once", with3([1, 1, 2]), "ok"],
    ["a missing item", GOOD.slice(0, 2), "item_missing"],
    ["an item twice", [...GOOD, GOOD[0]!], "item_twice"],
    ["an item there is not", [...GOOD, { itemNo: 7, options: [1] }], "unknown_item"],
  ])("%s", (_, answers, reason) => {
    expect(reasonOf(readAnswers(ITEMS, [1, 2, 3], answers, "web"))).toBe(reason);
  });
  test("an item outside the voter's scope is neither asked for nor taken (C9)", () => {
    expect(reasonOf(readAnswers(ITEMS, [1, 2], GOOD.slice(0, 2), "web"))).toBe("ok");
    expect(reasonOf(readAnswers(ITEMS, [1, 2], GOOD, "web"))).toBe("out_of_scope");
  });
  test("on paper an unmarked item is void and the rest stands (V10)", () => {
    expect(readAnswers(ITEMS, [1, 2, 3], with2([]), "paper")).toEqual({ ok: true, value: with2([]) });
  });
});

describe("one ballot a voter", () => {
  const standing = { castAt: 1500, channel: "web", version: 1 } as const;
  test("a second ballot is refused by default", () => {
    expect(reasonOf(mayVote(meeting(), voter({ standing }), GOOD, "web", 1600))).toBe("already_voted");
  });
  test("where the frozen rules let it be replaced, the next version stands", () => {
    const allowed = mayVote(meeting({ ballotReplaceable: true }), voter({ standing }), GOOD, "web", 1600);
    expect(allowed.ok && allowed.value.version).toBe(2);
  });
  test("a ballot on paper is never replaced from a phone, nor the other way round", () => {
    const paper = { ...standing, channel: "paper" } as const;
    const replaceable = meeting({ ballotReplaceable: true });
    expect(reasonOf(mayVote(replaceable, voter({ standing: paper }), GOOD, "web", 1600))).toBe("already_voted");
    expect(reasonOf(mayVote(replaceable, voter({ standing }), GOOD, "paper", 1600))).toBe("already_voted");
  });
  test("co-owners who have chosen nobody cannot vote yet (C3)", () => {
    expect(reasonOf(mayVote(meeting(), voter({ hasVotingPerson: false }), GOOD, "web", 1600))).toBe(
      "no_designated_voter",
    );
  });
});

test("the canonical content does not depend on the order of items or marks", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...GOOD], { minLength: 3 }), (shuffled) => {
      const turned = shuffled.map(({ itemNo, options }) => ({ itemNo, options: [...options].reverse() }));
      expect(ballotContent(turned)).toEqual(ballotContent(GOOD));
      expect(sameAnswers(turned, GOOD)).toBe(true);
    }),
  );
});

describe("paper (V2, V10)", () => {
  const reading = (options: number[], signed = true) => ({
    signed,
    answers: [GOOD[0]!, { itemNo: 2, options }, GOOD[2]!],
  });
  const entry = (entryNo: number, by: string, options: number[], signed = true): PaperEntry => ({
    entryNo,
    by,
    reading: reading(options, signed),
  });
  test.each([
    ["one reading waits for the second", [entry(1, "a", [1])], "waiting"],
    ["two equal readings are the ballot", [entry(1, "a", [1]), entry(2, "b", [1])], "ballot"],
    ["two different ones wait for the third", [entry(1, "a", [1]), entry(2, "b", [2])], "waiting"],
    ["the third settles it", [entry(1, "a", [1]), entry(2, "b", [2]), entry(3, "c", [2])], "ballot"],
    ["three different ones are disputed", [entry(1, "a", [1]), entry(2, "b", [2]), entry(3, "c", [4])], "disputed"],
    ["unsigned by both is not a ballot", [entry(1, "a", [1], false), entry(2, "b", [2], false)], "unsigned"],
    ["signed by one reading only is a difference", [entry(1, "a", [1]), entry(2, "b", [1], false)], "waiting"],
  ])("%s", (_, entries, state) => expect(compareEntries(entries).state).toBe(state));
  test("nobody reads the same paper twice, and a settled one is settled", () => {
    expect(reasonOf(mayEnter([entry(1, "a", [1])], "a"))).toBe("same_person_twice");
    expect(mayEnter([entry(1, "a", [1])], "b")).toEqual({ ok: true, value: 2 });
    expect(reasonOf(mayEnter([entry(1, "a", [1]), entry(2, "b", [1])], "c"))).toBe("already_settled");
  });
  test.each([
    ["a millisecond before the opening", 999, 3000, "received_before_opening"],
    ["at the opening", 1000, 3000, "ok"],
    ["a millisecond before the close", 1999, 3000, "ok"],
    ["at the closing instant", 2000, 3000, "received_after_close"],
    ["later than now", 1501, 1500, "received_in_future"],
    ["now", 1500, 1500, "ok"],
  ])("a paper put into the box %s", (_, receivedAt, now, reason) => {
    expect(reasonOf(mayReceive(receivedAt, { opensAt: 1000, closesAt: 2000 }, now))).toBe(reason);
  });
  test("an over-voted item is void and nothing else is", () => {
    const read = readPaper(ITEMS, [1, 2, 3], reading([1, 2]));
    expect(read.ok && read.value.answers).toEqual([GOOD[0], { itemNo: 2, options: [] }, GOOD[2]]);
  });
});

describe("proxies (REG 12, CC 165, V4)", () => {
  const terms: ProxyTerms = {
    agentName: "李四",
    agentLastFour: "123X",
    itemNos: [],
    instructions: "",
    validUntil: "2026-03-26",
    signed: true,
    agentIsProviderStaff: false,
  };
  const facts = { held: 2, hasVoted: false, hasProxy: false, closesOn: "2026-03-26" };
  const rules = { allowed: true, cap: 3 };
  test.each([
    ["the third of three", terms, facts, rules, "ok"],
    ["the fourth", terms, { ...facts, held: 3 }, rules, "cap_reached"],
    ["one that ends the day before the close", { ...terms, validUntil: "2026-03-25" }, facts, rules, "term_too_short"],
    ["an unsigned one", { ...terms, signed: false }, facts, rules, "unsigned"],
    ["the property company's people", { ...terms, agentIsProviderStaff: true }, facts, rules, "agent_barred"],
    ["none where the rules ban them", terms, facts, { allowed: false, cap: 3 }, "proxies_not_allowed"],
    ["none for who has voted", terms, { ...facts, hasVoted: true }, rules, "already_voted"],
    ["no second one beside the first", terms, { ...facts, hasProxy: true }, rules, "proxy_stands"],
    ["none without an agent", { ...terms, agentName: " " }, facts, rules, "agent_missing"],
  ] as const)("%s", (_, asked, known, allowed, reason) => {
    expect(reasonOf(mayRecordProxy(asked, allowed, known))).toBe(reason);
  });
  test("may be taken back until used, and used until taken back", () => {
    expect(reasonOf(mayRevokeProxy({ revokedAt: null, usedAt: 5 }))).toBe("used");
    expect(reasonOf(mayRevokeProxy({ revokedAt: null, usedAt: null }))).toBe("ok");
    expect(reasonOf(mayUseProxy({ revokedAt: 5, usedAt: null }))).toBe("revoked");
  });
});

describe("the second factor", () => {
  const link = (failedAttempts: number, lastFailedAt = 0) => ({ revokedAt: null, failedAttempts, lastFailedAt });
  test.each([
    ["the fifth try may be made", link(4), 0, "ok"],
    ["after the fifth wrong one it rests", link(5), REST_MS - 1, "resting"],
    ["for exactly an hour", link(5), REST_MS, "ok"],
    ["the sixth wrong one does not lengthen the rest", link(6), 1, "ok"],
    ["after fifteen it is locked for good", link(15), 10 * REST_MS, "locked"],
    ["a withdrawn link is withdrawn", { ...link(0), revokedAt: 1 }, 2, "link_revoked"],
  ])("%s", (_, state, now, reason) => expect(reasonOf(mayIdentify(state, now))).toBe(reason));
  test("tries left count down to the rest and start again after it", () => {
    expect([0, 1, 4, 5, 14, 15].map(triesLeft)).toEqual([5, 4, 1, 5, 1, 0]);
  });
  test("four digits as people type them", () => {
    expect(readLastFour(" １２３４ ")).toBe("1234");
    expect(readLastFour("123x")).toBe("123X");
    expect(readLastFour("12345")).toBeNull();
    expect(readLastFour("x234")).toBeNull();
  });
});

describe("delivery (V2, V12)", () => {
  const at = (...kinds: Parameters<typeof deliveryState>[0][number]["kind"][]) =>
    kinds.map((kind, index) => ({ kind, at: index }));
  test.each([
    ["nothing happened", at(), "none", false],
    ["a message taken by the gateway proves nothing", at("sent"), "sent", false],
    ["opened after the identity check does", at("sent", "opened"), "opened", true],
    ["a later failure undoes nothing", at("handed", "failed"), "handed", true],
    ["posting where nobody was found does", at("failed", "posted"), "posted", true],
    ["a visit is not a delivery", at("reached", "to_visit"), "none", false],
  ] as const)("%s", (_, events, state, delivered) => {
    expect(deliveryState(events)).toBe(state);
    expect(isDelivered(deliveryState(events))).toBe(delivered);
  });
  test("silence is held only against a household that was itself reached: a notice board is not one (V3)", () => {
    expect(PROVING_KINDS).toEqual(["opened", "handed"]);
  });
  test("the door's last word counts", () => {
    expect(doorState(at("to_visit", "reached", "sent"))).toBe("reached");
    expect(doorState(at("sent"))).toBeNull();
  });
});
