/** What a committee files and by when (M11): the thirty days at their bounds, and what a filing covers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filingDuties, mayFile, nextFiling } from "../../src/committee/filing/rules.ts";
import { addDays, startOf } from "../../src/kernel/day.ts";

const FROM = startOf("2026-11-02"); // a Monday; thirty days later is Wednesday 2 December
const change = (on: string, taken = 1, left = 0) => ({ on, taken, left });
const filed = (asOf: string, filedOn = asOf) => ({ asOf, filedOn });
const states = (...of: Parameters<typeof filingDuties>) =>
  filingDuties(...of).map(({ about, dueOn, state }) => `${about} ${dueOn} ${state}`);

describe("the filing of an election", () => {
  test.each([
    ["on the thirtieth day it is still time", [], "2026-12-02", "open"],
    ["on the thirty-first it is overdue", [], "2026-12-03", "overdue"],
    ["filed on the thirtieth day it is in time", [filed("2026-12-02")], "2026-12-20", "filed"],
    ["filed on the thirty-first it is late, and says so for ever", [filed("2026-12-03")], "2027-12-20", "filed_late"],
  ] as const)("%s", (_, filings, today, state) => {
    expect(states(FROM, [], filings, 30, today)).toEqual([`election 2026-12-02 ${state}`]);
  });

  test("whose last day is a day off is due on the next working day", () => {
    expect(states(startOf("2026-11-06"), [], [], 30, "2026-12-07")).toEqual(["election 2026-12-07 open"]); // the sixth is a Sunday
  });
});

describe("a change of members", () => {
  test("starts thirty days of its own", () => {
    expect(states(FROM, [change("2026-12-28")], [filed("2026-11-20")], 30, "2027-01-05")).toEqual([
      "change 2027-01-27 open",
      "election 2026-12-02 filed",
    ]);
  });
  test("is covered by a filing that shows the committee as of that day, not by one of the day before", () => {
    const changes = [change("2026-11-10"), change("2026-11-20", 0, 1)];
    expect(states(FROM, changes, [filed("2026-11-19", "2026-11-25")], 30, "2026-12-01")).toEqual([
      "change 2026-12-21 open",
      "change 2026-12-10 filed",
      "election 2026-12-02 filed",
    ]);
    expect(states(FROM, changes, [filed("2026-11-20", "2026-11-25")], 30, "2026-12-01")[0]).toBe(
      "change 2026-12-21 filed",
    );
  });
  test("the first to be due is the next to file", () => {
    const duties = filingDuties(FROM, [change("2026-11-10")], [], 30, "2026-11-11");
    expect(nextFiling(duties)?.about).toBe("election");
    expect(nextFiling(filingDuties(FROM, [], [filed("2026-11-03")], 30, "2026-11-11"))).toBeNull();
  });
  test("what a later filing shows never makes an earlier duty undone", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 6 }), fc.array(fc.nat(300), { maxLength: 6 }), (days, filings) => {
        const changes = [...new Set(days)].map((n) => change(addDays("2026-11-03", n)));
        const made = filings.map((n) => filed(addDays("2026-11-02", n)));
        const before = filingDuties(FROM, changes, made, 30, "2028-01-01");
        const after = filingDuties(FROM, changes, [...made, filed("2027-12-01")], 30, "2028-01-01");
        expect(after.every(({ filedOn }) => filedOn !== null)).toBe(true);
        before.forEach(({ filedOn }, at) => {
          if (filedOn !== null) expect(after[at]!.filedOn! <= filedOn).toBe(true);
        });
      }),
    );
  });
});

describe("recording a filing", () => {
  const asked = {
    asOf: "2026-11-20",
    filedOn: "2026-11-25",
    authority: "璧山区住房城乡建设委",
    receiptNo: "备〔2026〕17号",
    hasFile: false,
  };
  const reason = (more: object) => {
    const may = mayFile({ ...asked, ...more }, FROM, "2026-11-25");
    return may.ok ? "ok" : may.error.reason;
  };
  test.each([
    ["as it is", {}, "ok"],
    ["without a number, with the stamped sheet", { receiptNo: "", hasFile: true }, "ok"],
    ["without either", { receiptNo: " " }, "receipt_missing"],
    ["handed in tomorrow", { filedOn: "2026-11-26" }, "day_to_come"],
    ["showing the committee of before it was elected", { asOf: "2026-11-01" }, "before_mandate"],
    ["showing the day it took office", { asOf: "2026-11-02" }, "ok"],
    ["handed in before the day it shows", { filedOn: "2026-11-19" }, "filed_before_shown"],
    ["with nobody", { authority: "" }, "authority_missing"],
    ["on a day that is none", { filedOn: "2026-11-31" }, "not_a_day"],
    ["with a number that does not end", { receiptNo: "9".repeat(61) }, "receipt_too_long"],
  ] as const)("%s: %o → %s", (_, more, expected) => expect(reason(more)).toBe(expected));
});
