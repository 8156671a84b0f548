/** Elections as notices print them: recomputed, or said which figure does not follow. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  countFor,
  MOST_CANDIDATES,
  matches,
  type PrintedCandidate,
  type PrintedElection,
  readCandidateLine,
  recompute,
} from "../../src/elections/printed/rules.ts";

const NOBODY = { owners: null, areaM2: null };
const candidate = (more: Partial<PrintedCandidate>): PrintedCandidate => ({
  name: "某",
  owners: null,
  areaM2: null,
  ownersShare: null,
  areaShare: null,
  declared: null,
  ...more,
});
const asked = (more: Partial<PrintedElection>): PrintedElection => ({
  total: { owners: 817, areaM2: "115344.34" },
  participated: { owners: 646, areaM2: "92508.76" },
  seats: 5,
  legalLeast: 5,
  alternatesMost: 2,
  ranking: "heads_then_area",
  candidates: [],
  ...more,
});
const result = (more: Partial<PrintedElection>) => {
  const read = recompute(asked(more));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};
const six = [420, 411, 400, 390, 380, 370].map((owners, at) =>
  candidate({ name: `候选${at + 1}`, owners, areaM2: `${58000 - at * 1000}.34` }),
);

describe("the printed figures of an election", () => {
  test("say who passed, by which rank, who sits and who waits", () => {
    const { candidates, elected, stands } = result({ candidates: six });
    expect(candidates.map(({ place }) => place)).toEqual([
      "elected",
      "elected",
      "elected",
      "elected",
      "elected",
      "alternate",
    ]);
    expect([elected, stands]).toEqual([5, true]);
  });
  test("are exact: 323 of 646 is not more than half, 324 is", () => {
    const half = candidate({ owners: 323, areaM2: "60000" });
    const more = candidate({ owners: 324, areaM2: "46254.39" });
    const short = candidate({ owners: 324, areaM2: "46254.38" });
    expect(result({ candidates: [half, more, short] }).candidates.map(({ place }) => place)).toEqual([
      "not_passed",
      "elected",
      "not_passed",
    ]);
  });
  test("a missing figure is not inferred: nothing is said of that candidate, nor of the committee", () => {
    const read = result({ candidates: [...six, candidate({ name: "缺", owners: 500, declared: "elected" })] });
    expect(read.candidates.at(-1)).toMatchObject({ place: "cannot_be_decided", agrees: null });
    expect([read.elected, read.stands]).toEqual([null, null]);
  });
  test("without a quorum nobody is elected, whatever the votes", () => {
    const read = result({ participated: { owners: 500, areaM2: "92508.76" }, candidates: six });
    expect(read.candidates.every(({ place }) => place === "not_passed")).toBe(true);
    expect(read.stands).toBe(false);
  });
  test("level at the last seat: the figures do not say who sits", () => {
    const level = six.map((one, at) => (at >= 4 ? { ...one, owners: 380, areaM2: "54000.34" } : one));
    const read = result({ candidates: level });
    expect(read.candidates.slice(4).map(({ place }) => place)).toEqual(["level", "level"]);
    expect(read.stands).toBeNull();
  });
  test("level above the last seat: both sit, with the same rank", () => {
    const level = six.map((one, at) => (at < 2 ? { ...one, owners: 420, areaM2: "58000.3400" } : one));
    const { candidates } = result({ candidates: level });
    expect(candidates.map(({ rank }) => rank)).toEqual([1, 1, 3, 4, 5, 6]);
    expect(candidates.slice(0, 2).map(({ place }) => place)).toEqual(["elected", "elected"]);
  });
  test("figures of different decimals are the same figures", () => {
    const [one] = result({
      total: { owners: 4, areaM2: "400" },
      participated: { owners: 4, areaM2: "400.0" },
      candidates: [candidate({ owners: 3, areaM2: "200.0001" })],
    }).candidates;
    expect(one!.decision.checks.at(-1)).toMatchObject({ part: 2_000_001n, whole: 4_000_000n, holds: true });
  });
  test("as many candidates as there may be, and not one more", () => {
    const many = (count: number) => recompute(asked({ candidates: Array.from({ length: count }, () => six[0]!) }));
    expect(many(MOST_CANDIDATES).ok).toBe(true);
    expect(many(MOST_CANDIDATES + 1)).toMatchObject({ error: [{ reason: "too_many_candidates" }] });
  });
  test.each([
    ["more votes than took part", { candidates: [candidate({ owners: 647, areaM2: "1" })] }, "/candidates/0/owners"],
    [
      "more took part than there are",
      { participated: { owners: 818, areaM2: "1" }, candidates: six },
      "/participated/owners",
    ],
    ["an area that is no number", { candidates: [candidate({ owners: 1, areaM2: "1,5" })] }, "/candidates/0/areaM2"],
    ["nobody", { candidates: [] }, "/candidates"],
    ["no seats", { seats: 0, candidates: six }, "/seats"],
  ] as const)("%s is refused, with its place", (_, more, pointer) => {
    const read = recompute(asked(more));
    expect(read.ok ? [] : read.error.map((fault) => fault.pointer)).toContain(pointer);
  });
});

describe("printed shares and outcomes", () => {
  test("are right when rounded or cut off as printed, and said to be wrong otherwise", () => {
    // 411 of 646 is 63.6222…%, 58729.34 of 92508.76 is 63.4851…%.
    const shares = (ownersShare: string, areaShare: string) =>
      result({ candidates: [candidate({ owners: 411, areaM2: "58729.34", ownersShare, areaShare })] }).candidates[0]!
        .shares;
    expect(shares("63.62", "63.49").map(({ holds }) => holds)).toEqual([true, true]);
    expect(shares("63.6", "63.48").map(({ holds }) => holds)).toEqual([true, true]);
    const wrong = shares("63.63", "64.28");
    expect(wrong.map(({ holds, recomputed }) => [holds, recomputed])).toEqual([
      [false, "63.62"],
      [false, "63.49"],
    ]);
  });
  test("a share alone stands for a whole number of owners, or for none", () => {
    expect(countFor({ value: 8889n, decimals: 2 }, 5959n)).toBe(5297n);
    expect(countFor({ value: 5000n, decimals: 2 }, 3n)).toBeNull();
    expect(matches({ value: 6666n, decimals: 2 }, 2n, 3n)).toBe(true);
    expect(matches({ value: 6667n, decimals: 2 }, 2n, 3n)).toBe(true);
    expect(matches({ value: 6665n, decimals: 2 }, 2n, 3n)).toBe(false);
  });
  test("a declared outcome that does not follow from the figures is found", () => {
    const declared = (["elected", "elected", "elected", "elected", "alternate", "elected"] as const).map((one, at) => ({
      ...six[at]!,
      declared: one,
    }));
    expect(result({ candidates: declared }).candidates.map(({ agrees }) => agrees)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    const none = candidate({ owners: 300, areaM2: "60000", declared: "elected" });
    expect(result({ candidates: [none] }).candidates[0]).toMatchObject({ place: "not_passed", agrees: false });
  });
});

describe("a pasted line", () => {
  test.each([
    ["王伟 412 38120.55 63.78% 61.20% 当选", ["王伟", 412, "38120.55", "63.78", "61.20", "elected"]],
    ["李芳\t３９６人\t３６，０００.5㎡ 候补", ["李芳", 396, null, null, null, "alternate"]],
    ["赵敏 - - 88.89% 90.03%", ["赵敏", null, null, "88.89", "90.03", null]],
    ["周强 300 未当选", ["周强", 300, null, null, null, "not_elected"]],
  ] as const)("%s", (line, [name, owners, areaM2, ownersShare, areaShare, declared]) => {
    const read = readCandidateLine(line)!;
    expect(read).toMatchObject({ name, owners, ownersShare, areaShare, declared });
    if (areaM2 !== null) expect(read.areaM2).toBe(areaM2);
  });
  test("an empty line is nobody", () => {
    expect(readCandidateLine("   ")).toBeNull();
  });
});

// ——— Real cases ———

interface Published {
  readonly id: string;
  readonly seats?: number;
  readonly alternates?: number;
  readonly roll?: { readonly households?: number; readonly area_m2?: string };
  readonly participated?: { readonly people?: number; readonly area_m2?: string };
  readonly candidates?: readonly (Readonly<Record<string, string | number>> & { readonly no?: string })[];
  readonly rule_only?: boolean;
}
const CASES = join(import.meta.dirname, "../../../shared/cases/elections.json");
const published: readonly Published[] = existsSync(CASES)
  ? (JSON.parse(readFileSync(CASES, "utf8")) as Published[])
  : [];
const withCandidates = published.filter(({ candidates }) => (candidates ?? []).length > 0);

describe.skipIf(published.length === 0)("published elections", () => {
  const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
  const read = (one: Published) =>
    recompute(
      asked({
        total: { owners: one.roll?.households ?? null, areaM2: text(one.roll?.area_m2) },
        participated: one.participated
          ? { owners: one.participated.people ?? null, areaM2: text(one.participated.area_m2) }
          : NOBODY,
        seats: one.seats ?? 5,
        alternatesMost: one.alternates ?? 0,
        candidates: one.candidates!.map((line) =>
          candidate({
            name: String(line.no ?? "某"),
            owners: typeof line.people === "number" ? line.people : null,
            areaM2: text(line.area_m2),
            ownersShare: text(line.final_households_pct ?? line.people_pct),
            areaShare: text(line.final_area_pct ?? line.area_pct),
          }),
        ),
      }),
    );
  test.each(withCandidates.map((one) => [one.id, one] as const))(
    "%s: what is printed recomputes, or it is said what does not",
    (_, one) => {
      const result = read(one);
      expect(result.ok).toBe(true);
      if (!result.ok) return;
      for (const line of result.value.candidates)
        if (line.decision.checks.some(({ part }) => part === null)) expect(line.place).toBe("cannot_be_decided");
    },
  );
  test("E03: only shares were printed, so nobody can be said to be elected; 88.89 % stands for 5297 of 5959 households", () => {
    const result = read(published.find(({ id }) => id.startsWith("E03"))!);
    if (!result.ok) throw new Error("refused");
    const [line] = result.value.candidates;
    expect(line).toMatchObject({ place: "cannot_be_decided", agrees: null });
    expect(line!.shares[0]).toMatchObject({ standsFor: 5297n, holds: null });
    expect(result.value.elected).toBeNull();
  });
});
