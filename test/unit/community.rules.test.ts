/** How units become heads (C1–C7) and what identity numbers are taken for, row by row and as properties. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bulkRootOf } from "../../src/community/bulk-root.ts";
import {
  guessDocumentType,
  idCheckDigit,
  isMinor,
  maskName,
  maskNumber,
  maskPhone,
  personName,
  readCreditCode,
  readIdCard,
  readLastFour,
  readMobile,
} from "../../src/community/identity/rules.ts";
import {
  areaInScope,
  checkSettings,
  countedArea,
  DEFAULT_SETTINGS,
  ESTATE,
  type PartyKind,
  type Roll,
  type RollSettings,
  type RollUnit,
  sortKey,
  totalsOf,
  totalsPerBuilding,
  type UnitKind,
  type UnitState,
  voters,
} from "../../src/community/rules.ts";
import { isDay } from "../../src/kernel/day.ts";
import type { PartyId, UnitId } from "../../src/kernel/id.ts";
import { rootOf } from "../../src/record/merkle/list.ts";

const P = (name: string): PartyId => name as PartyId;
let serial = 0;
const unit = (
  place: string,
  areaDm2: number,
  owners: string,
  more: { kind?: UnitKind; state?: UnitState; designated?: string; possession?: boolean } = {},
): RollUnit => {
  const [building = "", entrance = "", room = ""] = place.split("-");
  serial += 1;
  return {
    unitId: `u${String(serial).padStart(4, "0")}` as UnitId,
    building,
    entrance,
    room,
    areaDm2,
    source: "register",
    kind: more.kind ?? "residence",
    state: more.state ?? "delivered",
    owners: [...owners].map((name) => ({ partyId: P(name), basis: more.possession ? "possession" : "registered" })),
    designated: more.designated ? P(more.designated) : null,
  };
};
const rollOf = (
  units: readonly RollUnit[],
  kinds: Record<string, PartyKind> = {},
  guardians: Record<string, string> = {},
): Roll => {
  const names = new Set([
    ...units.flatMap(({ owners }) => owners.map(({ partyId }) => partyId)),
    ...Object.keys(kinds).map(P),
  ]);
  return {
    asOf: "2026-11-02",
    units,
    parties: new Map(
      [...names].map((partyId) => [
        partyId,
        {
          partyId,
          kind: kinds[partyId] ?? "natural",
          maskedName: "*",
          guardianId: guardians[partyId] ? P(guardians[partyId]) : null,
        },
      ]),
    ),
  };
};
const heads = (roll: Roll, settings: RollSettings = DEFAULT_SETTINGS) =>
  voters(roll, settings).map(
    ({ owners, areaDm2, reason, units }) => `${owners.join("+")} ${reason} ${units.length} ${areaDm2}`,
  );

describe("area (C1)", () => {
  test.each([
    ["the register goes before survey and contract", { register: 100, survey: 200, contract: 300 }, 100, "register"],
    ["the survey goes before the contract", { register: null, survey: 200, contract: 300 }, 200, "survey"],
    [
      "the contract counts while nothing better is known",
      { register: null, survey: null, contract: 300 },
      300,
      "contract",
    ],
  ] as const)("%s", (_, areas, areaDm2, source) => {
    expect(countedArea(areas)).toEqual({ areaDm2, source });
  });
  test("a unit without any area has none, not zero", () => {
    expect(countedArea({ register: null, survey: null, contract: null })).toBeNull();
  });
});

describe("heads (C2, C3)", () => {
  test("fifteen units of one owner are one head with the area of all fifteen", () => {
    const units = Array.from({ length: 15 }, (_, at) => unit(`1--${at + 1}`, 1000, "A"));
    expect(heads(rollOf([...units, unit("2--1", 500, "B")]))).toEqual(["A one_owner 15 15000", "B one_unit 1 500"]);
  });
  test("the same two co-owners of two units are one head, in whatever order they are written", () => {
    expect(heads(rollOf([unit("1--1", 100, "AB"), unit("1--2", 200, "BA")]))).toEqual(["A+B same_owners 2 300"]);
  });
  test("owners who only overlap stay two heads, and each is flagged with the other", () => {
    const all = voters(rollOf([unit("1--1", 100, "AB"), unit("1--2", 200, "A")]), DEFAULT_SETTINGS);
    expect(all).toHaveLength(2);
    expect(all[0]!.overlaps).toEqual([{ withKey: "o:A", shared: ["A"] }]);
    expect(all[1]!.overlaps).toEqual([{ withKey: "o:A+B", shared: ["A"] }]);
  });
  test("what is unsold, sold but not handed over, and what the developer holds itself, is one head", () => {
    const roll = rollOf(
      [
        unit("1--1", 100, "D", { state: "unsold" }),
        unit("1--2", 200, "A", { state: "undelivered" }),
        unit("1--3", 400, "D"),
        unit("1--4", 800, "", { state: "unsold" }),
        unit("1--5", 1600, "A"),
      ],
      { D: "developer" },
    );
    expect(heads(roll)).toEqual(["D developer 4 1500", "A one_unit 1 1600"]);
  });
  test("two developers are two heads", () => {
    const units = [unit("1--1", 100, "D", { state: "unsold" }), unit("1--2", 200, "E", { state: "unsold" })];
    expect(heads(rollOf(units, { D: "developer", E: "developer" }))).toEqual([
      "D developer 1 100",
      "E developer 1 200",
    ]);
  });
  test("a delivered unit whose owner nobody knows still counts in the whole, as a head of its own", () => {
    const all = voters(rollOf([unit("1--1", 100, ""), unit("1--2", 200, "")]), DEFAULT_SETTINGS);
    expect(all.map(({ reason, designation }) => [reason, designation.state])).toEqual([
      ["owner_unknown", "nobody_known"],
      ["owner_unknown", "nobody_known"],
    ]);
  });
  test("a retired unit is nobody's", () => {
    expect(heads(rollOf([unit("1--1", 100, "A", { state: "retired" }), unit("1--2", 200, "B")]))).toEqual([
      "B one_unit 1 200",
    ]);
  });
  test("lawful possession without registration is ownership (C7)", () => {
    const [voter] = voters(rollOf([unit("1--1", 100, "A", { possession: true })]), DEFAULT_SETTINGS);
    expect(voter).toMatchObject({ reason: "one_unit", areaDm2: 100, units: [{ basis: "possession" }] });
  });
});

describe("spaces (C6)", () => {
  const roll = rollOf([
    unit("1--1", 100, "A"),
    unit("P--1", 12, "A", { kind: "parking" }),
    unit("P--2", 12, "B", { kind: "parking" }),
  ]);
  test("a parking space adds no area, and whoever has nothing else is no head, until the rules of procedure say so", () => {
    expect(heads(roll)).toEqual(["A one_owner 2 100"]);
  });
  test("counted by a clause, it adds area and makes heads", () => {
    const settings: RollSettings = { countedSpaces: ["parking"], spacesClause: "议事规则第十二条" };
    expect(heads(roll, settings)).toEqual(["A one_owner 2 112", "B one_unit 1 12"]);
  });
  test("counting without a clause is refused, and so is a clause of blanks", () => {
    expect(checkSettings({ countedSpaces: ["parking"], spacesClause: " " })).toMatchObject({
      ok: false,
      error: { reason: "clause_missing" },
    });
    expect(checkSettings({ countedSpaces: [], spacesClause: null }).ok).toBe(true);
  });
});

describe("who votes (C3–C5)", () => {
  const designation = (units: RollUnit[], guardians: Record<string, string> = {}) =>
    voters(rollOf(units, {}, guardians), DEFAULT_SETTINGS)[0]!.designation;
  test.each([
    ["a sole owner votes", [unit("1--1", 1, "A")], {}, { state: "votes", partyId: "A", as: "owner" }],
    ["co-owners must first choose one", [unit("1--1", 1, "AB")], {}, { state: "must_designate" }],
    [
      "the chosen co-owner votes",
      [unit("1--1", 1, "AB", { designated: "B" })],
      {},
      { state: "votes", partyId: "B", as: "designated" },
    ],
    [
      "one choice for one of their units is enough",
      [unit("1--1", 1, "AB", { designated: "B" }), unit("1--2", 1, "AB")],
      {},
      { state: "votes", partyId: "B", as: "designated" },
    ],
    [
      "two choices for two units are none",
      [unit("1--1", 1, "AB", { designated: "B" }), unit("1--2", 1, "AB", { designated: "A" })],
      {},
      { state: "chose_differently", partyIds: ["A", "B"] },
    ],
    [
      "a choice for a space that does not count does not contradict",
      [unit("1--1", 1, "AB", { designated: "B" }), unit("1--2", 1, "AB", { designated: "A", kind: "parking" })],
      {},
      { state: "votes", partyId: "B", as: "designated" },
    ],
    [
      "a chosen person who owns nothing of it is not the choice",
      [unit("1--1", 1, "AB", { designated: "C" })],
      {},
      { state: "must_designate" },
    ],
    [
      "the guardian votes for the owner",
      [unit("1--1", 1, "A")],
      { A: "G" },
      { state: "votes", partyId: "G", as: "guardian" },
    ],
    [
      "the guardian votes for the chosen co-owner",
      [unit("1--1", 1, "AB", { designated: "A" })],
      { A: "G" },
      { state: "votes", partyId: "G", as: "guardian" },
    ],
  ] as const)("%s", (_, units, guardians, expected) => {
    expect(designation([...units], guardians)).toEqual(expected);
  });
});

describe("scope (C9)", () => {
  const all = voters(
    rollOf([
      unit("1--1", 100, "A"),
      unit("2--1", 200, "A"),
      unit("2--2", 400, "B"),
      unit("2--3", 12, "C", { kind: "parking" }),
    ]),
    DEFAULT_SETTINGS,
  );
  test("a head with units in two buildings counts in each, with what it has there", () => {
    expect(Object.fromEntries(totalsPerBuilding(all))).toEqual({
      1: { owners: 1, areaDm2: 100 },
      2: { owners: 2, areaDm2: 600 },
    });
    expect(totalsOf(all, ESTATE)).toEqual({ owners: 2, areaDm2: 700 });
    expect(totalsOf(all, { kind: "buildings", buildings: ["1", "2"] })).toEqual({ owners: 2, areaDm2: 700 });
  });
  test("outside the scope a head has no area", () => {
    expect(all.map((voter) => areaInScope(voter, { kind: "buildings", buildings: ["1"] }))).toEqual([100, 0]);
    expect(areaInScope(all[0]!, { kind: "units", unitIds: [all[0]!.units[1]!.unitId] })).toBe(200);
  });
});

describe("order", () => {
  test("the second building comes before the tenth", () => {
    expect(
      ["10-1-1", "2-1-10", "2-1-9"]
        .map((p) => unit(p, 1, "A"))
        .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
        .map((u) => `${u.building}-${u.room}`),
    ).toEqual(["2-9", "2-10", "10-1"]);
  });

  const anyUnit = fc.record({
    place: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 30 })),
    area: fc.integer({ min: 1, max: 100_000 }),
    owners: fc.uniqueArray(fc.constantFrom("A", "B", "C", "D"), { maxLength: 3 }),
    kind: fc.constantFrom<UnitKind>("residence", "shop", "parking"),
    state: fc.constantFrom<UnitState>("delivered", "undelivered", "unsold", "retired"),
  });
  const anyRoll = fc.uniqueArray(anyUnit, { selector: ({ place }) => place.join("-"), maxLength: 25 }).map((specs) => {
    serial = 0;
    return specs.map(({ place: [b, r], area, owners, kind, state }) =>
      unit(`${b}--${r}`, area, owners.join(""), { kind, state }),
    );
  });
  test("the voters do not depend on the order of the units", () => {
    fc.assert(
      fc.property(anyRoll, (units) => {
        const kinds = { D: "developer" } as const;
        expect(voters(rollOf(units.toReversed(), kinds), DEFAULT_SETTINGS)).toEqual(
          voters(rollOf(units, kinds), DEFAULT_SETTINGS),
        );
      }),
    );
  });
  test("every counted unit is in exactly one head, and no area is lost or doubled", () => {
    fc.assert(
      fc.property(anyRoll, (units) => {
        const all = voters(rollOf(units, { D: "developer" }), DEFAULT_SETTINGS);
        const live = units.filter(({ state, kind }) => state !== "retired" && kind !== "parking");
        const counted = all.flatMap(({ units: of }) => of.filter((u) => u.counted).map((u) => u.unitId));
        expect(counted.toSorted()).toEqual(live.map((u) => u.unitId).toSorted());
        expect(totalsOf(all, ESTATE).areaDm2).toBe(live.reduce((sum, u) => sum + u.areaDm2, 0));
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
      }),
    );
  });
});

describe("identity card (GB 11643)", () => {
  const today = "2026-11-02";
  const reason = (text: string) => {
    const read = readIdCard(text, today);
    return read.ok ? read.value.number : read.error.reason;
  };
  test.each([
    ["the published example", "11010519491231002X", "11010519491231002X"],
    ["a small x", "11010519491231002x", "11010519491231002X"],
    ["full-width digits and spaces", "１１０１０５ 19491231 002X", "11010519491231002X"],
    ["one digit short", "1101051949123100X", "id_length"],
    ["the old fifteen digits", "110105491231002", "id_length"],
    ["a letter inside", "1101051949123100AX", "id_characters"],
    ["30 February", "110105194902300020", "id_birth_date"],
    ["born tomorrow", "110105202611030027", "id_birth_date"],
    ["another check digit", "110105194912310021", "id_check_digit"],
  ])("%s", (_, text, expected) => {
    expect(reason(text)).toBe(expected);
  });
  test("a date of birth is taken exactly when the calendar has the day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2025 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const two = (n: number) => String(n).padStart(2, "0");
          const head = `500120${y}${two(m)}${two(d)}001`;
          expect(readIdCard(head + idCheckDigit(head), today).ok).toBe(isDay(`${y}-${two(m)}-${two(d)}`));
        },
      ),
      { numRuns: 500 },
    );
  });
  test("changing any one digit is noticed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const good = "11010519491231002X";
        const digits = [...good.slice(0, 17)];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(readIdCard(`${digits.join("")}X`, today).ok).toBe(false);
        const number = digits.join("");
        expect(idCheckDigit(number)).not.toBe("X");
      }),
    );
  });
  test.each([
    ["the day before the eighteenth birthday", "2008-11-03", true],
    ["on the eighteenth birthday", "2008-11-02", false],
    ["the day after", "2008-11-01", false],
  ])("%s", (_, bornOn, minor) => {
    expect(isMinor(bornOn, today)).toBe(minor);
  });
});

describe("unified social credit code (GB 32100)", () => {
  test.each(["91350200MA2YJ1XR9G", "91350500798359476R", "91440101MA5CJQ4N59", "52500120MJ0000018P"])(
    "%s holds",
    (code) => {
      expect(readCreditCode(code)).toEqual({ ok: true, value: code });
    },
  );
  test.each([
    ["another last character", "91350200MA2YJ1XR9H", "code_check"],
    ["an I, which the alphabet lacks", "9135020IMA2YJ1XR9G", "code_form"],
    ["too short", "91350200MA2YJ1XR9", "code_form"],
  ])("%s", (_, code, reason) => {
    expect(readCreditCode(code)).toMatchObject({ ok: false, error: { reason } });
  });
});

describe("phones, last fours, names and masks", () => {
  test.each([
    ["13812345678", "13812345678"],
    ["+86 138-1234-5678", "13812345678"],
    ["１３８１２３４５６７８", "13812345678"],
    ["12812345678", null],
    ["1381234567", null],
    ["138123456789", null],
    ["023-41421234", null],
  ])("mobile %s", (text, expected) => {
    expect(readMobile(text)).toBe(expected);
  });
  test.each([
    ["002x", "002X"],
    ["123", null],
    ["12345", null],
  ])("last four %s", (text, expected) => {
    expect(readLastFour(text)).toBe(expected);
  });
  test("a mask of a phone never shows the last four, which are the second factor", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
        expect(maskPhone(phone)).toBe(`${phone.slice(0, 3)}******${phone.slice(9)}`);
        expect(maskPhone(phone).slice(-4, -2)).toBe("**");
      }),
    );
  });
  test("masks show the first character of a name and the region of a document", () => {
    expect([maskName("张三"), maskName("欧阳修文"), maskName("Ann Lee")]).toEqual(["张*", "欧***", "A** ***"]);
    expect(maskNumber("11010519491231002X")).toBe("110***************");
  });
  test("a name is the same however its spaces and dots were typed", () => {
    expect([personName(" 张 三 "), personName("古丽•买买提"), personName("Ann  Lee")]).toEqual([
      "张三",
      "古丽·买买提",
      "Ann Lee",
    ]);
  });
  test("documents are told by their form only where the file is silent", () => {
    expect([
      guessDocumentType("110105194912310021", true),
      guessDocumentType("E12345678", true),
      guessDocumentType("x", false),
    ]).toEqual(["id_card", "other", "credit_code"]);
  });
});

describe("the root of a long list", () => {
  test("is the record's own, for every size up to 70 and any text", () => {
    for (let size = 0; size <= 70; size += 1) {
      const entries = Array.from({ length: size }, (_, at) => `行 ${at}`);
      expect([size, bulkRootOf(entries)]).toEqual([size, rootOf(entries)]);
    }
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (entries) => bulkRootOf(entries) === rootOf(entries)),
    );
  });
});
