/** The mandate of a committee from before, its first meeting, and how its office is reached: pure rules at their boundaries (M1, M2, M10). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContact } from "../../src/committee/contact/rules.ts";
import { type MandateAsked, readMandate } from "../../src/committee/mandates/rules.ts";
import { firstMeetingBy, firstMeetingDue, nextMeetingBy, type Seat } from "../../src/committee/seated/rules.ts";
import { endOf, startOf } from "../../src/kernel/day.ts";

const TODAY = "2026-11-02";
const asked: MandateAsked = {
  number: "3",
  seats: "7",
  fromOn: "2025-06-01",
  lastOn: "2028-05-31",
  document: "业主大会公告〔2025〕2号",
};
const faults = (more: Partial<MandateAsked>): string[] => {
  const read = readMandate({ ...asked, ...more }, TODAY);
  return read.ok ? [] : read.error.map(({ reason, field }) => `${reason}:${field}`);
};

describe("the mandate of a committee elected before", () => {
  test("runs from the first moment of its first day to the last of its last", () => {
    expect(readMandate(asked, TODAY)).toEqual({
      ok: true,
      value: {
        number: 3,
        seats: 7,
        fromAt: startOf("2025-06-01"),
        untilAt: endOf("2028-05-31"),
        document: asked.document,
      },
    });
  });
  test.each([
    ["2", ["mandate_seats:seats"]],
    ["3", []],
    ["4", ["seats_even:seats"]],
    ["5", []],
    ["11", []],
    ["12", ["mandate_seats:seats"]],
    ["13", ["mandate_seats:seats"]],
    ["五", ["mandate_seats:seats"]],
    ["５", []],
    ["", ["mandate_seats:seats"]],
  ])("of %s seats: %j", (seats, expected) => expect(faults({ seats })).toEqual(expected));
  test.each([
    ["2030-05-31", []], // five years to the day
    ["2030-06-01", ["mandate_too_long:lastOn"]],
    ["2025-06-02", []],
    ["2025-06-01", ["ends_before_start:lastOn"]],
    ["2025-05-31", ["ends_before_start:lastOn"]],
    ["2025-02-29", ["not_a_day:lastOn"]],
  ])("lasting to %s: %j", (lastOn, expected) => expect(faults({ lastOn })).toEqual(expected));
  test.each([
    [TODAY, []],
    ["2026-11-03", ["mandate_to_come:fromOn"]],
  ])("begun on %s: %j", (fromOn, expected) => expect(faults({ fromOn })).toEqual(expected));
  test("says everything that is wrong at once", () => {
    expect(faults({ number: "0", seats: "6", fromOn: "x", lastOn: "", document: " " })).toEqual([
      "mandate_number:number",
      "seats_even:seats",
      "not_a_day:fromOn",
      "not_a_day:lastOn",
      "document_missing:document",
    ]);
    expect(faults({ document: "字".repeat(201) })).toEqual(["document_too_long:document"]);
  });
  test("never accepts an even number of seats, or more than eleven", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (seats) => {
        expect(faults({ seats: String(seats) }).length === 0).toBe(seats >= 3 && seats <= 11 && seats % 2 === 1);
      }),
    );
  });
});

describe("the first meeting (M10)", () => {
  const FROM = startOf("2026-10-10");
  const chair = (fromAt: number, untilAt: number | null = null): Seat => ({
    personId: "p",
    tenureId: "t",
    post: "committee_chair",
    fromAt,
    untilAt,
  });
  test("is due on the seventh day; the day of taking office is not counted, a day off moves it on", () => {
    expect(firstMeetingBy(FROM)).toBe("2026-10-19"); // the 17th is a Saturday
    expect(firstMeetingBy(startOf("2026-10-12"))).toBe("2026-10-19");
  });
  test("is asked for until the members met or a chair took office, and not again when the chair leaves", () => {
    const now = startOf("2026-10-20");
    expect(firstMeetingDue(FROM, [], null, now)).toBe(firstMeetingBy(FROM));
    expect(firstMeetingDue(FROM, [], startOf("2026-10-15"), now)).toBeNull();
    expect(firstMeetingDue(FROM, [chair(now)], null, now)).toBeNull();
    expect(firstMeetingDue(FROM, [chair(now + 1)], null, now)).toBe(firstMeetingBy(FROM));
    expect(firstMeetingDue(FROM, [chair(FROM, now - 1)], null, now)).toBeNull();
    expect(firstMeetingDue(FROM, [{ ...chair(FROM), post: "committee_member" }], null, now)).toBe(firstMeetingBy(FROM));
  });
  test("the next follows where a rule says every so many months; the last day of a short month", () => {
    expect(nextMeetingBy("2026-08-31", 6)).toBe("2027-02-28");
    expect(nextMeetingBy("2026-08-31", 0)).toBeNull();
  });
});

describe("how the office is reached", () => {
  test.each([
    ["023-41420000", true],
    ["４１４２００００", true],
    ["+86 23 4142 0000", true],
    ["（023）41420000", true],
    ["", true],
    ["123", false],
    ["(((((", false],
    ["1234", true],
    ["找门卫", false],
  ])("the number “%s”: %s", (phone, isRead) => expect(readContact({ phone, place: "", hours: "" }).ok).toBe(isRead));
  test.each([
    [100, true],
    [101, false],
  ])("a place of %i characters: %s", (length, isRead) =>
    expect(readContact({ phone: "", place: "楼".repeat(length), hours: "" }).ok).toBe(isRead),
  );
});
