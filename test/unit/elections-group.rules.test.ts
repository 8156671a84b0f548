/** Who must sit in the group that runs an election, how its list is read, and until when it may be objected to (A3). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  GROUP_PARTS,
  type GroupMember,
  type GroupPart,
  groupFindings,
  groupLastDay,
  groupUntil,
  MOST_MEMBERS,
  mayObjectToGroup,
  placeOf,
  publicHome,
  readGroup,
  seatChanges,
  type TypedMember,
} from "../../src/elections/group/rules.ts";
import { endOf, startOf } from "../../src/kernel/day.ts";

const STREET = { value: true, clause: "" };
const ANYONE = { value: false, clause: "《某市物业管理条例》第十条" };

/** A group by how many sit for each part; the first of `chair` heads it. */
const group = (parts: Partial<Record<GroupPart, number>>, chair: GroupPart | null = "street"): GroupMember[] => {
  let left = chair;
  return GROUP_PARTS.flatMap((part) =>
    Array.from({ length: parts[part] ?? 0 }, () => {
      const isChair = left === part;
      if (isChair) left = null;
      return { part, isChair };
    }),
  );
};
const broken = (members: readonly GroupMember[], street = STREET): string[] =>
  groupFindings(members, street).flatMap(({ rule, holds }) => (holds ? [] : [rule]));

describe("a group (GR 10; A3)", () => {
  test.each([
    [
      "of seven with four owners, headed by the street, is in order",
      { owners: 4, street: 1, developer: 1, residents_committee: 1 },
      [],
    ],
    [
      "of seven with three owners has too few: 3 × 2 < 7",
      { owners: 3, street: 2, developer: 1, residents_committee: 1 },
      ["owners_half"],
    ],
    [
      "of six with three owners is even; the owners are half",
      { owners: 3, street: 1, developer: 1, residents_committee: 1 },
      ["odd"],
    ],
    ["of one from the street has no owner", { street: 1 }, ["owners_half"]],
    ["of five with three owners is in order", { owners: 3, street: 1, community_party: 1 }, []],
    ["of nobody is not one", {}, ["odd", "owners_half", "one_chair", "chair_from_street"]],
  ] as const)("%s", (_, parts, rules) => expect(broken(group(parts))).toEqual(rules));

  test("has one head, and that is the street's unless a clause of the place says otherwise", () => {
    const parts = { owners: 4, street: 1, developer: 1, residents_committee: 1 };
    expect(broken(group(parts, "owners"))).toEqual(["chair_from_street"]);
    expect(broken(group(parts, "owners"), ANYONE)).toEqual([]);
    expect(broken(group(parts, null), ANYONE)).toEqual(["one_chair"]);
    const two = group(parts).map((member) => ({ ...member, isChair: member.isChair || member.part === "developer" }));
    expect(broken(two)).toEqual(["one_chair", "chair_from_street"]);
  });
  test("shows every rule with its numbers and its article, kept or not", () => {
    const findings = groupFindings(group({ owners: 4, street: 3 }), STREET);
    expect(findings.map(({ rule }) => rule)).toEqual(["odd", "owners_half", "one_chair", "chair_from_street"]);
    for (const { words, article } of findings)
      expect([words.zh, words.en, article].every((text) => text !== "")).toBe(true);
    expect(findings[1]!.words.zh).toContain("4×2=8，应不小于7");
  });
  test("whatever its size: with one owner more it never becomes wrong about the half", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (owners, others) => {
        const half = (count: number) => !broken(group({ owners: count, street: others })).includes("owners_half");
        if (half(owners)) expect(half(owners + 1)).toBe(true);
        expect(half(owners)).toBe(owners + others > 0 && owners >= others);
      }),
    );
  });
});

describe("a published list", () => {
  test("is public for seven days, the day of publication not counted, the last day until 24:00 (CC 201, 203)", () => {
    expect(groupLastDay(startOf("2026-11-02"), 7)).toBe("2026-11-09");
    expect(groupUntil(endOf("2026-11-02") - 1, 7)).toBe(endOf("2026-11-09"));
    expect(groupLastDay(startOf("2026-11-07"), 7)).toBe("2026-11-16"); // the 14th is a Saturday
    expect(groupLastDay(startOf("2026-09-24"), 7)).toBe("2026-10-08"); // the holidays of October
  });
  test("may be objected to until then, while the election is prepared", () => {
    const facts = { isPreparing: true, publishedAt: startOf("2026-11-02"), days: 7 };
    const until = endOf("2026-11-09");
    expect(mayObjectToGroup(facts, until - 1).ok).toBe(true);
    expect(mayObjectToGroup(facts, until)).toEqual({ ok: false, error: { reason: "objections_over", until } });
    expect(mayObjectToGroup({ ...facts, isPreparing: false }, startOf("2026-11-03")).ok).toBe(false);
    expect(mayObjectToGroup({ ...facts, publishedAt: null }, until)).toMatchObject({
      error: { reason: "group_not_published" },
    });
  });
  test("says of an owner's home the building, never the door", () => {
    expect(publicHome("2栋 1单元 0301")).toBe("2栋");
    expect(publicHome("2栋-1单元-0301")).toBe("2栋");
    expect(publicHome("")).toBe("");
    expect(placeOf("2栋－1单元 0301")).toBe(placeOf("2栋 1单元 0301"));
  });
});

describe("a typed list", () => {
  const row = (more: Partial<TypedMember> = {}): TypedMember => ({
    name: "张三",
    phone: "13812345678",
    part: "street",
    isChair: false,
    home: "",
    ...more,
  });
  const EMPTY = row({ name: "", phone: "", part: "" });
  const read = (rows: readonly TypedMember[], document = "街道〔2026〕12号") =>
    readGroup(
      { document, rows },
      (text) => text.trim(),
      (text) => (/^1\d{10}$/.test(text.trim()) ? text.trim() : null),
    );
  const faults = (...args: Parameters<typeof read>): string[] => {
    const result = read(...args);
    return result.ok ? [] : result.error.map((fault) => ("at" in fault ? `${fault.at} ${fault.reason}` : fault.reason));
  };

  test("passes over empty lines and keeps the order", () => {
    const result = read([
      EMPTY,
      row(),
      EMPTY,
      row({ name: "李四", phone: "13900000000", part: "owners", home: "1栋 0101" }),
    ]);
    expect(result.ok && result.value.members.map(({ name }) => name)).toEqual(["张三", "李四"]);
  });
  test("says everything that is wrong at once, line by line", () => {
    expect(
      faults([row({ name: "", phone: "138" }), row({ part: "" }), row({ part: "owners", phone: "13900000000" })], " "),
    ).toEqual(["document_missing", "0 name_missing", "0 phone_unreadable", "1 part_missing", "2 home_missing"]);
  });
  test("has every number once", () => {
    expect(faults([row(), row({ name: "李四", phone: " 13812345678" })])).toEqual(["1 phone_twice"]);
  });
  test("has at least somebody and at most fifteen", () => {
    expect(faults([EMPTY, EMPTY])).toEqual(["nobody_listed"]);
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => row({ phone: `139${String(at).padStart(8, "0")}` }));
    expect(faults(many(MOST_MEMBERS))).toEqual([]);
    expect(faults(many(MOST_MEMBERS + 1))).toEqual(["too_many_members"]);
  });
  test("keeps a home of owners only", () => {
    const result = read([row({ home: "1栋 0101" })]);
    expect(result.ok && result.value.members[0]!.home).toBe("");
  });
});

describe("the seats of a changed list", () => {
  const seat = (personId: string, post: "preparatory_chair" | "preparatory_member" = "preparatory_member") => ({
    personId,
    post,
  });
  test("stay with whoever stays in the same post; a new head leaves the seat of a member", () => {
    const changes = seatChanges(
      [seat("a", "preparatory_chair"), seat("b"), seat("c")],
      [seat("b", "preparatory_chair"), seat("c"), seat("d")],
    );
    expect(changes.kept.map(([{ personId }]) => personId)).toEqual(["c"]);
    expect(changes.begin).toEqual([seat("b", "preparatory_chair"), seat("d")]);
    expect(changes.end).toEqual([seat("a", "preparatory_chair"), seat("b")]);
  });
  test("afterwards are exactly those of the list", () => {
    const seats = fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.boolean()), {
      selector: ([person]) => person,
    });
    fc.assert(
      fc.property(seats, seats, (held, wanted) => {
        const to = ([person, chair]: readonly [string, boolean]) =>
          seat(person, chair ? "preparatory_chair" : "preparatory_member");
        const { kept, begin } = seatChanges(held.map(to), wanted.map(to));
        const after = [...kept.map(([one]) => one), ...begin].map((one) => JSON.stringify(one)).sort();
        expect(after).toEqual(
          wanted
            .map(to)
            .map((one) => JSON.stringify(one))
            .sort(),
        );
      }),
    );
  });
});
