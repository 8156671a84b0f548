/** Questions, objections and complaints about a tender: until when, how many, by when an answer is due. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import {
  decisionDue,
  MOST_OBJECTIONS,
  mayComplain,
  mayObject,
  objectableNow,
} from "../../src/tenders/objections/rules.ts";
import { answerDue, LONGEST_QUESTION, MOST_WAITING, mayAskAbout } from "../../src/tenders/questions/rules.ts";
import { TENDER_STATES } from "../../src/tenders/rules.ts";

const UNTIL = 1_000;
const noticed = { state: "noticed" as const, questionsUntil: UNTIL, openedAt: null, standingUntil: null };

describe("a question", () => {
  test("is taken to the last millisecond before questions end, and not at it", () => {
    expect(mayAskAbout(noticed, "几时进场？", 0, UNTIL - 1).ok).toBe(true);
    expect(mayAskAbout(noticed, "几时进场？", 0, UNTIL)).toMatchObject({ error: { reason: "questions_over" } });
    expect(mayAskAbout({ ...noticed, state: "closed" as never }, "几时？", 0, 0)).toMatchObject({
      error: { reason: "questions_over" },
    });
  });
  test.each([
    ["nothing", " ", 0, "question_missing"],
    ["one character too many", "问".repeat(LONGEST_QUESTION + 1), 0, "question_too_long"],
    ["one more than may wait", "问", MOST_WAITING, "too_many_waiting"],
  ])("%s is refused", (_, text, waiting, reason) =>
    expect(mayAskAbout(noticed, text, waiting, 0)).toMatchObject({ error: { reason } }),
  );
  test("is due three days after its own, moved to a working day (CC 201, 203)", () => {
    expect(answerDue(startOf("2026-11-23") + 1, 3)).toBe("2026-11-26"); // Monday → Thursday
    expect(answerDue(startOf("2026-11-25"), 3)).toBe("2026-11-30"); // Saturday → Monday
    expect(decisionDue(startOf("2026-11-23"), 3)).toBe("2026-11-26");
  });
});

describe("an objection", () => {
  test("is to what is going on, and to nothing once the owners decide", () => {
    expect(objectableNow(noticed, UNTIL - 1)).toEqual(["documents"]);
    expect(objectableNow(noticed, UNTIL)).toEqual([]);
    const published = { ...noticed, state: "published" as const, standingUntil: 5_000 };
    expect(objectableNow(published, 4_999)).toEqual(["candidates"]);
    expect(objectableNow(published, 5_000)).toEqual([]);
    for (const state of TENDER_STATES) {
      const open = objectableNow({ ...noticed, state, questionsUntil: 0 }, 10);
      if (["opened", "qualified", "scored"].includes(state)) expect(open).toEqual(["opening"]);
      else if (state !== "published") expect(open).toEqual([]);
    }
  });
  test("to something else, empty, or one too many is refused", () => {
    expect(mayObject(noticed, "opening", "不公", 0, 0)).toMatchObject({
      error: { reason: "objections_over", open: ["documents"] },
    });
    expect(mayObject(noticed, "documents", " ", 0, 0)).toMatchObject({ error: { reason: "objection_missing" } });
    expect(mayObject(noticed, "documents", "不公", MOST_OBJECTIONS - 1, 0).ok).toBe(true);
    expect(mayObject(noticed, "documents", "不公", MOST_OBJECTIONS, 0)).toMatchObject({
      error: { reason: "too_many_objections" },
    });
  });
});

describe("a complaint", () => {
  const own = { own: true, complains: false, decided: false, dueOn: "2026-11-26", complained: false };
  const complain = (change: Partial<typeof own>, today = "2026-11-26", state: "published" | "failed" = "published") =>
    mayComplain({ ...own, ...change }, state, "不服", today);
  test("waits for the last day of an answer, unless there is one", () => {
    expect(complain({})).toMatchObject({ error: { reason: "objection_waiting" } });
    expect(complain({}, "2026-11-27").ok).toBe(true);
    expect(complain({ decided: true }, "2026-11-24").ok).toBe(true);
  });
  test.each([
    ["of somebody else's objection", { own: false }, "not_own_objection"],
    ["of a complaint", { complains: true }, "not_own_objection"],
    ["twice", { complained: true }, "complained_already"],
  ])("%s is none", (_, change, reason) =>
    expect(complain({ decided: true, ...change })).toMatchObject({ error: { reason } }),
  );
  test("in a tender that ended is none", () =>
    expect(complain({ decided: true }, "2026-11-27", "failed")).toMatchObject({ error: { reason: "tender_ended" } }));
});
