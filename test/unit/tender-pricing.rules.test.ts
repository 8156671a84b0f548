/** A price that looks below cost: who is asked, how long they have, and that nobody falls unheard (TB 33, 41). */
import { describe, expect, test } from "vitest";
import { endOf } from "../../src/kernel/day.ts";
import type { OpenedBid } from "../../src/tenders/opening/opened.ts";
import {
  LONGEST_ANSWER,
  mayAnswerPrice,
  mayAskPrice,
  mayDecidePrice,
  type PriceQuery,
  withPriceDecisions,
} from "../../src/tenders/scoring/pricing/rules.ts";

const TODAY = "2026-06-01" as const;
const DUE = endOf("2026-06-02");
const bid = (change: Partial<OpenedBid> = {}): OpenedBid => ({
  lotNo: 1,
  bidderNo: 2,
  bidderId: "b",
  name: "甲",
  code: "9".repeat(18),
  prices: {},
  totalHundredths: 1,
  voidWhy: null,
  ...change,
});
const query = (change: Partial<PriceQuery> = {}): PriceQuery => ({
  lotNo: 1,
  bidderNo: 2,
  bidderId: "b",
  question: "为什么只要一半",
  dueAt: DUE,
  askedBy: "secretary",
  askedAt: 0,
  answer: null,
  answeredAt: null,
  outcome: null,
  reason: null,
  ...change,
});

describe("asking", () => {
  const ask = (
    dueOn: string,
    change: Partial<OpenedBid> = {},
    question = "为什么",
    state = "opened",
    isQueried = false,
  ) => mayAskPrice(state as never, bid(change), { lotNo: 1, bidderNo: 2 }, { question, dueOn }, isQueried, TODAY);
  test("leaves one whole day at least: tomorrow passes, today does not", () => {
    expect(ask("2026-06-02")).toEqual({ ok: true, value: { question: "为什么", dueAt: DUE } });
    for (const day of ["2026-06-01", "2026-05-31", "", "2026-02-30"])
      expect(ask(day)).toMatchObject({ error: { reason: "due_too_soon", earliest: "2026-06-02" } });
  });
  test("is of an opened, valid bid, in words, once", () => {
    expect(ask("2026-06-02", {}, " ")).toMatchObject({ error: { reason: "words_missing" } });
    expect(ask("2026-06-02", { voidWhy: "x" })).toMatchObject({ error: { reason: "bid_void_already" } });
    expect(ask("2026-06-02", {}, "为什么", "qualified")).toMatchObject({ error: { reason: "wrong_tender_state" } });
    expect(ask("2026-06-02", {}, "为什么", "opened", true)).toMatchObject({ error: { reason: "price_queried" } });
  });
});

describe("explaining", () => {
  test("is taken to the last millisecond of the last day, and not at its end", () => {
    expect(mayAnswerPrice(query(), "人工按社保基数计", DUE - 1).ok).toBe(true);
    expect(mayAnswerPrice(query(), "人工按社保基数计", DUE)).toMatchObject({ error: { reason: "price_answer_late" } });
  });
  test("once, with three thousand characters and no more", () => {
    expect(mayAnswerPrice(query({ answeredAt: 1 }), "再说", 2)).toMatchObject({ error: { reason: "price_answered" } });
    expect(mayAnswerPrice(query(), "字".repeat(LONGEST_ANSWER), 1).ok).toBe(true);
    expect(mayAnswerPrice(query(), "字".repeat(LONGEST_ANSWER + 1), 1)).toMatchObject({
      error: { reason: "words_too_long" },
    });
  });
});

describe("deciding", () => {
  const decide = (of: PriceQuery, now: number, by = "chair", outcome = "void", reason = "低于最低工资") =>
    mayDecidePrice(of, { outcome, reason, by }, now);
  test("waits for the answer or the end of its time", () => {
    expect(decide(query(), DUE - 1)).toMatchObject({ error: { reason: "price_unheard" } });
    expect(decide(query(), DUE).ok).toBe(true);
    expect(decide(query({ answer: "说明", answeredAt: 5 }), 6).ok).toBe(true);
  });
  test("is another's than who asked, gives a reason either way, and stands", () => {
    const heard = query({ answer: "说明", answeredAt: 5 });
    expect(decide(heard, 6, "secretary")).toMatchObject({ error: { reason: "own_query" } });
    expect(decide(heard, 6, "chair", "kept", " ")).toMatchObject({ error: { reason: "words_missing" } });
    expect(decide(heard, 6, "chair", "maybe")).toMatchObject({ error: { reason: "words_missing", field: "outcome" } });
    expect(decide({ ...heard, outcome: "kept" }, 6)).toMatchObject({ error: { reason: "price_decided" } });
  });
  test("voids that bid of that lot, and no other; one void before keeps its own reason", () => {
    const bids = [bid(), bid({ bidderNo: 3 }), bid({ lotNo: 2 }), bid({ bidderNo: 4, voidWhy: "缺执照" })];
    const decided = [
      { lotNo: 1, bidderNo: 2, outcome: "void" as const, reason: "低于最低工资" },
      { lotNo: 1, bidderNo: 3, outcome: "kept" as const, reason: "有材料" },
      { lotNo: 1, bidderNo: 4, outcome: "void" as const, reason: "低于最低工资" },
    ];
    expect(withPriceDecisions(bids, decided).map(({ voidWhy }) => voidWhy)).toEqual([
      "报价低于成本：低于最低工资",
      null,
      null,
      "缺执照",
    ]);
  });
});
