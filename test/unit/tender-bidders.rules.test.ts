/** Who may bid: what a form must hold, the days of bars and licences, and what counts as too close. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../src/kernel/day.ts";
import {
  barOn,
  type Compared,
  checkLicence,
  DECLARATIONS,
  lastDayOf,
  mayRegister,
  papersMissing,
  readNumber,
  readRegistration,
  type TypedRegistration,
  tiesAmong,
  tiesWithOfficers,
} from "../../src/tenders/bidders/rules.ts";
import { cleaningLot, schemeOf } from "./tender-scheme-of-test.ts";

const TODAY = "2026-11-23";
const typed = (change: Partial<TypedRegistration> = {}): TypedRegistration => ({
  name: "重庆洁净物业服务有限公司",
  code: "91350200MA2YJ1XR9G",
  representativeName: "钱总",
  representativeNumber: "11010519491231002X",
  controller: "same",
  controllerName: "",
  controllerNumber: "",
  contactName: "小周",
  lots: ["1"],
  incumbent: "no",
  declarations: [...DECLARATIONS],
  ...change,
});
const read = (change: Partial<TypedRegistration> = {}) => readRegistration(typed(change), schemeOf(), TODAY);

describe("the form of a bidder", () => {
  test("holds company, people, lots and declarations; the controller may be the representative", () => {
    const made = read();
    expect(made.ok && made.value).toMatchObject({ codeDoubt: "", lots: [1], incumbent: false });
    expect(made.ok && made.value.controller).toEqual({ name: "钱总", number: "11010519491231002X" });
  });
  test("a wrong check character of the code is said, not refused: codes issued early fail it", () => {
    const made = read({ code: "91350200MA2YJ1XR9H" });
    expect(made.ok && made.value.codeDoubt).toBe("check");
  });
  test.each([
    ["seventeen characters", "91350200MA2YJ1XR9", { length: 17, wrong: "" }],
    ["a letter no code has", "91350200MA2YJ1XRIG", { length: 18, wrong: "I" }],
  ])("%s cannot be a code", (_, code, facts) => {
    const made = read({ code });
    expect(!made.ok && made.error).toEqual([{ reason: "code_impossible", ...facts }]);
  });
  test("every fault is told at once, each with its field", () => {
    const made = read({
      name: " ",
      representativeNumber: "123",
      contactName: "",
      lots: [],
      incumbent: "",
      controller: "",
    });
    expect(!made.ok && made.error.map((fault) => "field" in fault && fault.field)).toEqual([
      "name",
      "representativeNumber",
      "controller",
      "contactName",
      "lots",
      "incumbent",
    ]);
  });
  test("a declaration left out is named", () => {
    const made = read({ declarations: DECLARATIONS.filter((one) => one !== "no_tie") });
    expect(!made.ok && made.error).toEqual([{ reason: "undeclared", field: "declarations", missing: ["no_tie"] }]);
  });
  test("a lot that is not in the scheme is no lot", () => {
    const made = read({ lots: ["1", "9"] });
    expect(!made.ok && made.error).toEqual([{ reason: "unknown_lot", field: "lots" }]);
  });
  test.each([
    ["an identity card that checks", "11010519491231002x", "11010519491231002X"],
    ["one that does not check", "110105194912310021", null],
    ["a company's code, for a controller", "91350200MA2YJ1XR9G", "91350200MA2YJ1XR9G"],
    ["a passport", "E1234 5678", "E12345678"],
    ["an identity card of fifteen digits", "110105491231002", null],
  ])("a number may be %s", (_, number, expected) => expect(readNumber(number, TODAY)).toBe(expected));
});

describe("a bar", () => {
  const until = (endsOn: string) => [
    { code: "A", reason: "串通投标", beginsOn: "2026-01-01", endsOn, liftedOn: null as string | null },
  ];
  test.each([
    ["until yesterday", addDays(TODAY, -1), false],
    ["until today", TODAY, true],
    ["until tomorrow", addDays(TODAY, 1), true],
  ])("%s", (_, endsOn, holds) => expect(barOn(until(endsOn), "A", TODAY) !== null).toBe(holds));
  test("begins with its first day", () => {
    const from = (beginsOn: string) => [{ ...until("2027-01-01")[0]!, beginsOn }];
    expect(barOn(from(addDays(TODAY, 1)), "A", TODAY)).toBeNull();
    expect(barOn(from(TODAY), "A", TODAY)).not.toBeNull();
  });
  test("lifted holds no more from that day", () => {
    const lifted = (liftedOn: string) => [{ ...until("2027-01-01")[0]!, liftedOn }];
    expect(barOn(lifted(TODAY), "A", TODAY)).toBeNull();
    expect(barOn(lifted(addDays(TODAY, 1)), "A", TODAY)).not.toBeNull();
  });
  test("is the company's and no other's; of several the last counts", () => {
    expect(barOn(until("2027-01-01"), "B", TODAY)).toBeNull();
    const both = [...until("2026-12-01"), ...until("2027-06-01")];
    expect(barOn(both, "A", TODAY)?.endsOn).toBe("2027-06-01");
  });
});

describe("registering", () => {
  const NOW = 1_000_000;
  const tender = { state: "noticed" as const, closesAt: NOW + 1 };
  const none = { debarments: [], codes: [], ownName: null };
  const open = { procedure: "open" as const, invited: [] };
  const ask = (over: {
    tender?: { state: "noticed" | "closed"; closesAt: number };
    scheme?: { procedure: "open" | "invited"; invited: { name: string; code: string }[] };
    known?: Partial<typeof none> | { ownName: string };
  }) =>
    mayRegister(
      { code: "91350200MA2YJ1XR9G" },
      over.tender ?? tender,
      over.scheme ?? open,
      { ...none, ...over.known },
      NOW,
      TODAY,
    );
  test("is open to the last millisecond before the closing, and not at it", () => {
    expect(ask({}).ok).toBe(true);
    expect(ask({ tender: { state: "noticed", closesAt: NOW } })).toMatchObject({ error: { reason: "bids_not_taken" } });
    expect(ask({ tender: { state: "closed", closesAt: NOW + 1 } })).toMatchObject({
      error: { reason: "bids_not_taken", state: "closed" },
    });
  });
  test("to an invited procedure is for those invited, by code and however it was typed", () => {
    const invited = (code: string) => ({ procedure: "invited" as const, invited: [{ name: "甲", code }] });
    expect(ask({ scheme: invited("91350200 ma2yj1xr9g") }).ok).toBe(true);
    expect(ask({ scheme: invited("91500000000000000X") })).toMatchObject({ error: { reason: "not_invited" } });
  });
  test("twice with one code is once", () =>
    expect(ask({ known: { codes: ["91350200MA2YJ1XR9G"] as never } })).toMatchObject({
      error: { reason: "code_registered" },
    }));
  test("for two companies by one contact is refused (TBR 40)", () =>
    expect(ask({ known: { ownName: "甲公司" } })).toMatchObject({
      error: { reason: "contact_registered", name: "甲公司" },
    }));
});

describe("a licence", () => {
  const lot = cleaningLot({ from: "2027-01-01", months: 12, qualifications: ["security_licence"] });
  const check = (expiresOn: string, kind: "security_licence" | "other" = "security_licence") =>
    checkLicence({ kind, number: "渝公保服 1", issuer: "重庆市公安局", expiresOn }, [lot], TODAY);
  test.each([
    ["the day before the contract starts", "2026-12-31", "expires_before_start"],
    ["yesterday", addDays(TODAY, -1), "licence_expired"],
    ["on no day", "2026-02-30", "not_a_day"],
  ])("that ends %s is refused", (_, expiresOn, reason) =>
    expect(check(expiresOn)).toMatchObject({ error: { reason } }),
  );
  test("that ends on the first day is taken, and is to be renewed", () =>
    expect(check("2027-01-01")).toEqual({ ok: true, value: { endsWithin: true } }));
  test("that ends the day before the contract does is to be renewed, one on its last day is not", () => {
    expect(lastDayOf(lot)).toBe("2027-12-31");
    expect(check("2027-12-30")).toEqual({ ok: true, value: { endsWithin: true } });
    expect(check("2027-12-31")).toEqual({ ok: true, value: { endsWithin: false } });
    expect(check("")).toEqual({ ok: true, value: { endsWithin: false } });
  });
  test("no lot asks for may end when it will, if it holds today", () => {
    expect(check(TODAY, "other").ok).toBe(true);
    expect(check(addDays(TODAY, -1), "other").ok).toBe(false);
  });
  test("a lot misses what was not shown, or ends before its start", () => {
    const shown = (expiresOn: string) => [{ kind: "security_licence" as const, expiresOn }];
    expect(papersMissing(lot, [])).toEqual(["security_licence"]);
    expect(papersMissing(lot, shown("2026-12-31"))).toEqual(["security_licence"]);
    expect(papersMissing(lot, shown("2027-01-01"))).toEqual([]);
  });
});

describe("too close", () => {
  const one = (id: string, change: Partial<Compared> = {}): Compared => ({
    bidderId: id,
    lots: [1],
    codeHash: `code-${id}`,
    representativeHash: `rep-${id}`,
    controllerHash: `con-${id}`,
    ...change,
  });
  test.each([
    ["the same representative", { representativeHash: "rep-b" }, "same_representative"],
    ["the same controller", { controllerHash: "con-b" }, "same_controller"],
    ["a controller who heads the other", { controllerHash: "rep-b" }, "controls"],
    ["a controller that is the other company", { controllerHash: "code-b" }, "controls"],
  ])("%s in one lot", (_, change, kind) =>
    expect(tiesAmong(one("a", change), [one("b")])).toEqual([{ kind, lotNo: 1, withId: "b" }]),
  );
  test("in different lots nobody is too close, and nobody is so to themselves", () => {
    expect(tiesAmong(one("a", { representativeHash: "rep-b", lots: [2] }), [one("b")])).toEqual([]);
    expect(tiesAmong(one("a"), [one("a")])).toEqual([]);
  });
  test("is the same from either side", () => {
    const hash = fc.constantFrom("x", "y", "z");
    const any = (id: string) =>
      fc.record({ codeHash: hash, representativeHash: hash, controllerHash: hash }).map((change) => one(id, change));
    fc.assert(
      fc.property(any("a"), any("b"), (a, b) => {
        expect(tiesAmong(a, [b]).map(({ kind }) => kind)).toEqual(tiesAmong(b, [a]).map(({ kind }) => kind));
      }),
    );
  });
  const officer = { personId: "p", sameName: true, sameNumber: false, samePhone: false };
  test.each([
    ["a name alone may be another's", officer, "officer_name"],
    ["a name and its number on the roll is the officer", { ...officer, sameNumber: true }, "officer"],
    ["a telephone is theirs", { ...officer, samePhone: true }, "officer_phone"],
  ])("to an officer: %s", (_, facts, kind) =>
    expect(tiesWithOfficers([facts], [])).toEqual([{ kind, lotNo: 0, withId: "p" }]),
  );
  test("what an officer declared is said before what only may be, and each officer once", () => {
    const declared = { personId: "p", sameCompany: true, kinNamed: true };
    expect(tiesWithOfficers([officer], [declared])).toEqual([{ kind: "declared_company", lotNo: 0, withId: "p" }]);
    expect(tiesWithOfficers([], [{ ...declared, sameCompany: false }])).toEqual([
      { kind: "declared_kin", lotNo: 0, withId: "p" },
    ]);
    expect(tiesWithOfficers([{ ...officer, sameName: false }], [])).toEqual([]);
  });
});
