/** What becomes of the net: the fund first, by the rule in force, and nothing without the owners' decision. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FundState,
  leastTopUp,
  leftBy,
  mayPay,
  type Plan,
  planFaults,
  SHARING_SETTINGS,
  type SharingSettings,
  topUpDue,
} from "../../src/ledger/distribution/rules.ts";
import { defaultsOf, faultsOf } from "../../src/offices/settings/rules.ts";

const DEFAULTS = defaultsOf(SHARING_SETTINGS);
const settings = (when: SharingSettings["topUpWhen"]["value"], percent = 50): SharingSettings => ({
  topUpWhen: { value: when, clause: "某条" },
  topUpPercent: { value: percent, clause: "某条" },
});
const fund = (balanceFen: number, initialFen: number | null = 1_000_000): FundState => ({ balanceFen, initialFen });
const plan = (over: Partial<Plan> = {}): Plan => ({
  netFen: 10_001,
  toFundFen: 5_001,
  uses: [],
  toOwnersFen: 5_000,
  ownersDecision: "第3次会议/1",
  ...over,
});
const reasons = (given: Plan, by = DEFAULTS, state = fund(0)) =>
  planFaults(given, by, state).map(({ reason }) => reason);

describe("the top-up", () => {
  test("is due by the rule of the place, at its exact bound", () => {
    expect(topUpDue("always", fund(9_999_999))).toBe(true);
    expect([299_999, 300_000].map((fen) => topUpDue("below_30", fund(fen)))).toEqual([true, false]);
    expect([999_999, 1_000_000].map((fen) => topUpDue("below_initial", fund(fen)))).toEqual([true, false]);
    expect(topUpDue("below_30", fund(0, null))).toBe(true);
  });
  test("is at least half, the odd fen up; nothing of nothing", () => {
    expect([10_000, 10_001, 1, 0, -5].map((net) => leastTopUp(net, DEFAULTS, fund(0)))).toEqual([
      5_000, 5_001, 1, 0, 0,
    ]);
    expect(leastTopUp(10_000, settings("below_30"), fund(300_000))).toBe(0);
    expect(leastTopUp(10_000, settings("always", 0), fund(0))).toBe(0);
    expect(leastTopUp(10_000, settings("always", 100), fund(0))).toBe(10_000);
  });
  test("less than half, or not every time, asks for a clause", () => {
    const bare = { topUpWhen: { value: "below_30" as const, clause: "" }, topUpPercent: { value: 49, clause: "" } };
    expect(faultsOf(SHARING_SETTINGS, bare).map(({ setting }) => setting)).toEqual(["topUpWhen", "topUpPercent"]);
    expect(faultsOf(SHARING_SETTINGS, settings("below_30", 49))).toEqual([]);
  });
});

describe("a plan", () => {
  const use = { what: "更换道闸", amountFen: 1_000, decision: "第3次会议/2" };
  test.each<[string, Partial<Plan>, string[]]>([
    ["as the rule asks", {}, []],
    ["with a fen too little for the fund", { toFundFen: 5_000 }, ["top_up_too_small"]],
    ["with everything for the fund", { toFundFen: 10_001, toOwnersFen: 0, ownersDecision: "" }, []],
    ["of a fen more than there is", { toOwnersFen: 5_001 }, ["more_than_there_is"]],
    ["that leaves something", { toOwnersFen: 1 }, []],
    ["to the owners without their decision", { ownersDecision: " " }, ["owners_without_decision"]],
    ["with a use and its decision", { toOwnersFen: 4_000, uses: [use] }, []],
    ["with a use without decision", { toOwnersFen: 4_000, uses: [{ ...use, decision: "" }] }, ["use_without_decision"]],
    ["with a use without words", { toOwnersFen: 4_000, uses: [{ ...use, what: " " }] }, ["use_without_words"]],
    ["of nothing", { toFundFen: 0, toOwnersFen: 0 }, ["nothing_to_use"]],
    ["of a loss", { netFen: -1 }, ["nothing_to_use"]],
    ["less than nothing", { toFundFen: -1 }, ["amount_unreadable"]],
    ["half a fen", { toOwnersFen: 0.5 }, ["amount_unreadable"]],
  ])("%s", (_, over, faults) => expect(reasons(plan(over))).toEqual(faults));

  test("that has no fault never uses more than there is and never starves the fund", () => {
    const fen = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fen, fen, fen, fen, (netFen, toFundFen, toOwnersFen, useFen) => {
        const given = plan({ netFen, toFundFen, toOwnersFen, uses: [{ ...use, amountFen: useFen }] });
        if (reasons(given).length > 0) return;
        expect(leftBy(given)).toBeGreaterThanOrEqual(0);
        expect(toFundFen * 2).toBeGreaterThanOrEqual(netFen);
      }),
    );
  });
});

test("a share is paid once", () => {
  expect(mayPay("owed")).toEqual({ ok: true, value: "paid" });
  expect(mayPay("paid")).toEqual({ ok: false, error: { reason: "paid_already" } });
});
