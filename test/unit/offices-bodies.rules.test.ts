/** Levels, bodies in their tree and posts as they change: each rule at its boundary, and what holds for every tree. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, startOf } from "../../src/kernel/day.ts";
import { type ChartNode, foldAlike, inColumns, layOut, widthOf, wrap } from "../../src/offices/bodies/chart/rules.ts";
import {
  type Level,
  LONGEST_LEVEL_NAME,
  levelOfKind,
  MOST_LEVELS,
  mayAddLevel,
  mayRenameLevel,
  mayRetireLevel,
  PRESETS,
  presetRank,
} from "../../src/offices/bodies/levels/rules.ts";
import { mayAddPost, mayChangePost, mostHeldFrom, type Post } from "../../src/offices/bodies/posts/rules.ts";
import {
  areaKey,
  type Body,
  type BodyAsked,
  LONGEST_BODY_NAME,
  mayChangeBody,
  mayDissolve,
  mayFormBody,
  type Surroundings,
  treeOf,
  withBelow,
} from "../../src/offices/bodies/rules.ts";
import type { Span } from "../../src/offices/terms/rules.ts";

const NOW = startOf("2026-11-20") + 10 * 3_600_000;
const reasonOf = (result: { ok: boolean; error?: unknown }): string =>
  result.ok
    ? "ok"
    : [result.error]
        .flat()
        .map((one) => (one as { reason: string }).reason)
        .join(" ");

const level = (levelId: string, at: number): Level => ({
  levelId,
  version: 1,
  name: { zh: levelId, en: levelId },
  rank: presetRank(at),
});
const LEVELS = ["街道", "社区", "小区", "楼栋"].map(level);

const body = (bodyId: string, extra: Partial<Body> = {}): Body => ({
  bodyId,
  kind: "branch",
  name: { zh: bodyId, en: bodyId },
  levelId: "",
  level: { zh: "", en: "" },
  parentId: null,
  areas: [],
  sinceAt: startOf("2026-01-01"),
  endedAt: null,
  version: 1,
  changedAt: startOf("2026-01-01"),
  leafHash: "",
  ...extra,
});
const AREAS = [
  { building: "1栋", entrance: "" },
  { building: "1栋", entrance: "2单元" },
  { building: "2栋", entrance: "" },
];
const around = (bodies: readonly Body[] = []): Surroundings => ({ bodies, levels: LEVELS, areas: AREAS, now: NOW });
const asked = (extra: Partial<BodyAsked> = {}): BodyAsked => ({
  nameZh: "三号楼党小组",
  nameEn: "",
  levelId: "楼栋",
  parentId: "",
  areas: [],
  fromOn: "2026-11-20",
  ...extra,
});
const words = { zh: "楼栋党小组", en: "Building party group" };

describe("levels", () => {
  test.each(["four", "six"] as const)(
    "the preset %s has as many as it says, in order, each kind at one of them",
    (name) => {
      const { levels } = PRESETS[name];
      expect(levels.length).toBe(name === "four" ? 4 : 6);
      const kinds = levels.flatMap((one) => [...one.kinds]);
      expect(new Set(kinds).size).toBe(kinds.length);
      expect(levels.map((_, at) => presetRank(at))).toEqual(
        levels.map((_, at) => presetRank(at)).toSorted((a, b) => a - b),
      );
    },
  );
  test("a branch is at the estate in the tree of four, a liaison of the district only in that of six", () => {
    expect(PRESETS.four.levels[levelOfKind("four", "branch")]!.name.zh).toBe("小区");
    expect(levelOfKind("four", "upper_body")).toBe(-1);
    expect(PRESETS.six.levels[levelOfKind("six", "upper_body")]!.name.zh).toBe("旗县区");
  });

  test.each([
    ["at the top", "", ["网格", "街道", "社区", "小区", "楼栋"]],
    ["between two", "社区", ["街道", "社区", "网格", "小区", "楼栋"]],
    ["at the bottom", "楼栋", ["街道", "社区", "小区", "楼栋", "网格"]],
  ])("one is added %s", (_, belowId, order) => {
    const added = mayAddLevel(LEVELS, { nameZh: "网格", nameEn: "", belowId });
    if (!added.ok) throw new Error(added.error.reason);
    const all = [...LEVELS, { levelId: "网格", version: 1, ...added.value }].toSorted((a, b) => a.rank - b.rank);
    expect(all.map(({ levelId }) => levelId)).toEqual(order);
    expect(added.value.name).toEqual({ zh: "网格", en: "网格" });
  });
  test.each([
    ["without a name", { nameZh: " " }, "level_name_missing"],
    ["named like another", { nameZh: "社区" }, "level_name_taken"],
    ["with the longest name", { nameZh: "长".repeat(LONGEST_LEVEL_NAME) }, "ok"],
    ["with a name one longer", { nameZh: "长".repeat(LONGEST_LEVEL_NAME + 1) }, "level_name_too_long"],
    ["below one that is not there", { belowId: "省" }, "unknown_level"],
  ])("a level %s", (_, extra, reason) =>
    expect(reasonOf(mayAddLevel(LEVELS, { nameZh: "网格", nameEn: "", belowId: "", ...extra }))).toBe(reason),
  );
  test("there are at most twelve, and room between any two of them however they are added", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: MOST_LEVELS, maxLength: MOST_LEVELS }), (places) => {
        const levels: Level[] = [];
        for (const [at, place] of places.entries()) {
          const belowId = levels[place % (levels.length + 1)]?.levelId ?? "";
          const added = mayAddLevel(levels, { nameZh: `级${at}`, nameEn: "", belowId });
          if (!added.ok) throw new Error(added.error.reason);
          levels.push({ levelId: `级${at}`, version: 1, ...added.value });
          expect(added.value.rank).toBeGreaterThan(0);
        }
        expect(new Set(levels.map(({ rank }) => rank)).size).toBe(MOST_LEVELS);
        expect(reasonOf(mayAddLevel(levels, { nameZh: "再一级", nameEn: "", belowId: "" }))).toBe("too_many_levels");
      }),
    ));
  test("a level is renamed where it stands, also to its own name in other English", () => {
    expect(mayRenameLevel(LEVELS, "楼栋", { nameZh: "楼宇", nameEn: "House" })).toEqual({
      ok: true,
      value: { level: LEVELS[3], name: { zh: "楼宇", en: "House" } },
    });
    expect(reasonOf(mayRenameLevel(LEVELS, "楼栋", { nameZh: "楼栋", nameEn: "House" }))).toBe("ok");
    expect(reasonOf(mayRenameLevel(LEVELS, "楼栋", { nameZh: "小区", nameEn: "" }))).toBe("level_name_taken");
    expect(reasonOf(mayRenameLevel(LEVELS, "省", { nameZh: "省", nameEn: "" }))).toBe("unknown_level");
  });
});

test("a level goes when nothing stands at it; a body that has ended does not hold it", () => {
  const there = body("支部", { levelId: "小区" });
  expect(reasonOf(mayRetireLevel(LEVELS, "小区", [there]))).toBe("level_in_use");
  expect(reasonOf(mayRetireLevel(LEVELS, "小区", [{ ...there, endedAt: NOW }]))).toBe("ok");
  expect(reasonOf(mayRetireLevel(LEVELS, "楼栋", [there]))).toBe("ok");
  expect(reasonOf(mayRetireLevel(LEVELS, "省", []))).toBe("unknown_level");
});

/** A forest: each body hangs under one that came before it, or under none. */
const forest = fc
  .array(fc.option(fc.nat(), { nil: null }), { minLength: 1, maxLength: 25 })
  .map((parents) =>
    parents.map((parent, at) => body(`b${at}`, { parentId: parent === null || at === 0 ? null : `b${parent % at}` })),
  );

describe("the tree of bodies", () => {
  test("has every body once, parents before children, one deeper", () =>
    fc.assert(
      fc.property(forest, fc.infiniteStream(fc.nat()), (bodies, order) => {
        const shuffled = bodies.toSorted(() => (Number(order.next().value) % 2 === 0 ? 1 : -1));
        const tree = treeOf(shuffled);
        expect(tree.map(({ body: { bodyId } }) => bodyId).toSorted()).toEqual(
          bodies.map(({ bodyId }) => bodyId).toSorted(),
        );
        for (const [at, { body: one, depth }] of tree.entries()) {
          const parent = tree.findIndex(({ body: other }) => other.bodyId === one.parentId);
          if (one.parentId === null) expect(depth).toBe(0);
          else expect([parent < at, tree[parent]!.depth + 1]).toEqual([true, depth]);
        }
      }),
    ));
  test("keeps one whose parent is unknown, and those that hang in a circle", () => {
    const lost = treeOf([
      body("a", { parentId: "nowhere" }),
      body("b", { parentId: "c" }),
      body("c", { parentId: "b" }),
    ]);
    expect(lost.map(({ body: { bodyId }, depth }) => [bodyId, depth])).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 1],
    ]);
  });
  test("no body can be hung under itself or anything below it, and every other move leaves a tree", () =>
    fc.assert(
      fc.property(forest, fc.nat(), fc.nat(), (bodies, which, where) => {
        const moved = bodies[which % bodies.length]!;
        const parent = bodies[where % bodies.length]!;
        const wanted = asked({ nameZh: "新名", levelId: "", parentId: parent.bodyId });
        const may = mayChangeBody(around(bodies), moved, { ...wanted, document: "文件" });
        const isBelow = withBelow(bodies, moved.bodyId).has(parent.bodyId);
        expect(reasonOf(may)).toBe(isBelow ? "parent_cycle" : "ok");
        if (isBelow) return;
        const after = bodies.map((one) => (one === moved ? { ...one, parentId: parent.bodyId } : one));
        for (const one of after) expect(withBelow(after, one.bodyId).has(one.parentId ?? "")).toBe(false);
      }),
    ));
});

describe("a body is formed", () => {
  const parents = [body("支部", { levelId: "小区" }), body("已撤", { endedAt: startOf("2026-05-01") })];
  test.each([
    ["today", {}, "ok"],
    ["with its kind's words where no name is given", { nameZh: "" }, "ok"],
    ["on an earlier day", { fromOn: "2019-03-05" }, "ok"],
    ["tomorrow", { fromOn: "2026-11-21" }, "day_to_come"],
    ["on a day that is none", { fromOn: "2026-02-30" }, "not_a_day"],
    ["with the longest name", { nameZh: "长".repeat(LONGEST_BODY_NAME) }, "ok"],
    ["with a name one longer", { nameZh: "长".repeat(LONGEST_BODY_NAME + 1) }, "body_name_too_long"],
    ["under a body above it", { parentId: "支部" }, "ok"],
    ["at the level of the body above it", { parentId: "支部", levelId: "小区" }, "ok"],
    ["above the body above it", { parentId: "支部", levelId: "社区" }, "level_above_parent"],
    ["under a body that is no more", { parentId: "已撤" }, "unknown_parent"],
    ["under another community's body", { parentId: "elsewhere" }, "unknown_parent"],
    ["at no level", { levelId: "" }, "ok"],
    ["at a level nobody named", { levelId: "省" }, "unknown_level"],
    ["for a building and an entrance", { areas: ["2栋", "1栋|2单元"] }, "ok"],
    ["for a building of no roll", { areas: ["9栋"] }, "unknown_area"],
    [
      "with everything wrong, each said",
      { fromOn: "", levelId: "省", areas: ["9栋"] },
      "unknown_level unknown_area not_a_day",
    ],
  ])("%s", (_, extra, reason) => expect(reasonOf(mayFormBody(around(parents), asked(extra), words))).toBe(reason));

  test("a building named twice is answered for once", () => {
    const formed = mayFormBody(around(), asked({ areas: ["1栋", "1栋", "1栋|2单元"] }), words);
    expect(formed.ok && formed.value.areas.map(areaKey)).toEqual(["1栋", "1栋|2单元"]);
  });
});

describe("a body is changed", () => {
  const own = body("党小组", { levelId: "小区", areas: [{ building: "8栋", entrance: "" }] });
  const child = body("中心户", { levelId: "楼栋", parentId: "党小组" });
  const same = asked({ nameZh: "党小组", nameEn: "党小组", levelId: "小区", areas: ["8栋"] });
  const change = (extra: Partial<BodyAsked & { document: string }>) =>
    reasonOf(mayChangeBody(around([own, child]), own, { ...same, document: "街道〔2026〕3号", ...extra }));
  test.each([
    ["in its name", { nameZh: "一号楼党小组" }, "ok"],
    ["without a name", { nameZh: "" }, "body_name_missing"],
    ["in nothing", {}, "nothing_changed"],
    ["in its buildings, keeping one that is no longer in the roll", { areas: ["8栋", "1栋"] }, "ok"],
    ["without a document", { nameZh: "新", document: " " }, "document_missing"],
    ["on the day of its last change", { nameZh: "新", fromOn: "2026-01-01" }, "ok"],
    ["a day before its last change", { nameZh: "新", fromOn: "2025-12-31" }, "before_last_change"],
    ["on a day to come", { nameZh: "新", fromOn: "2026-11-21" }, "day_to_come"],
    ["to the level of what is below it", { levelId: "楼栋" }, "ok"],
    ["to hang under itself", { parentId: "党小组" }, "parent_cycle"],
    ["to hang under what is below it", { parentId: "中心户" }, "parent_cycle"],
  ])("%s", (_, extra, reason) => expect(change(extra)).toBe(reason));
  test("it does not go below a body that stands under it", () => {
    const above = body("上", { levelId: "社区" });
    const below = body("下", { levelId: "小区", parentId: "上" });
    const down = mayChangeBody(around([above, below]), above, {
      ...same,
      levelId: "楼栋",
      nameZh: "上",
      areas: [],
      document: "文件",
    });
    expect(reasonOf(down)).toBe("level_below_child");
  });
  test("formed in the course of a day, it can be changed from that day on, at that instant", () => {
    const young = body("新", { changedAt: NOW - 60_000 });
    const may = mayChangeBody(around([young]), young, { ...asked({ nameZh: "更新", levelId: "" }), document: "文件" });
    expect(may.ok && may.value.effectiveAt).toBe(NOW - 60_000);
  });
});

describe("a body ends", () => {
  const own = body("筹备组");
  const end = { fromOn: "2026-11-20", document: "业主大会公告" };
  const span = (fromOn: string, untilOn: string | null): Span => ({
    fromAt: startOf(fromOn),
    untilAt: untilOn === null ? null : startOf(untilOn),
  });
  test.each([
    ["held by nobody", [], "ok"],
    ["left by everybody on that very day", [span("2026-01-01", "2026-11-20")], "ok"],
    ["left a day later", [span("2026-01-01", "2026-11-21")], "body_still_held"],
    ["held without an end", [span("2026-01-01", null)], "body_still_held"],
    ["with a tenure that was ended before it began", [span("2026-12-01", "2026-12-01")], "ok"],
  ])("%s", (_, held, reason) => expect(reasonOf(mayDissolve([own], own, held, end, NOW))).toBe(reason));
  test.each([
    ["on a day to come", { fromOn: "2026-11-21" }, "day_to_come"],
    ["before its last change", { fromOn: "2025-12-31" }, "before_last_change"],
    ["without a document", { document: "" }, "document_missing"],
  ])("not %s", (_, extra, reason) =>
    expect(reasonOf(mayDissolve([own], own, [], { ...end, ...extra }, NOW))).toBe(reason),
  );
  test("not while a body stands below it; one that has ended there does not count", () => {
    const below = body("下", { parentId: "筹备组" });
    expect(reasonOf(mayDissolve([own, below], own, [], end, NOW))).toBe("body_has_children");
    expect(reasonOf(mayDissolve([own, { ...below, endedAt: NOW }], own, [], end, NOW))).toBe("ok");
  });
  test("only once", () =>
    expect(reasonOf(mayDissolve([own], { ...own, endedAt: NOW }, [], end, NOW))).toBe("body_ended"));
});

describe("posts", () => {
  const wanted = { titleZh: "", titleEn: "", seats: "2", termMonths: "", document: "居民会议" };
  const stewardWords = { zh: "单元长", en: "Entrance steward" };
  test.each([
    ["takes its kind's words", {}, "ok"],
    ["with a title of its own", { titleZh: "1单元单元长" }, "ok"],
    ["with full-width figures", { seats: "３" }, "ok"],
    ["with no seat", { seats: "0" }, "not_a_number_of_seats"],
    ["with 999 seats", { seats: "999" }, "ok"],
    ["with 1000 seats", { seats: "1000" }, "not_a_number_of_seats"],
    ["with half a seat", { seats: "1.5" }, "not_a_number_of_seats"],
    ["with a term of a month", { termMonths: "1" }, "ok"],
    ["with a term of ten years", { termMonths: "120" }, "ok"],
    ["with a term of ten years and a month", { termMonths: "121" }, "not_a_term"],
    ["with a term of nothing", { termMonths: "0" }, "not_a_term"],
    ["without a document", { document: " " }, "document_missing"],
    ["with a title of 21 characters", { titleZh: "长".repeat(21) }, "post_title_too_long"],
  ])("one more, %s", (_, extra, reason) =>
    expect(reasonOf(mayAddPost("building", "entrance_steward", { ...wanted, ...extra }, stewardWords))).toBe(reason),
  );
  test("a committee's post has at most five years", () => {
    const chair = (termMonths: string) =>
      reasonOf(mayAddPost("committee", "committee_member", { ...wanted, termMonths }, words));
    expect([chair("60"), chair("61")]).toEqual(["ok", "not_a_term"]);
  });
  test("a party post is not a committee's", () =>
    expect(reasonOf(mayAddPost("committee", "branch_secretary", wanted, words))).toBe("post_not_of_body"));

  const post: Post = {
    postId: "p",
    bodyId: "b",
    kind: "branch_member",
    title: { zh: "支部委员", en: "Member" },
    seats: 5,
    termMonths: 36,
    version: 0,
  };
  const held: Span[] = [
    { fromAt: NOW - DAY_MS, untilAt: null },
    { fromAt: NOW - DAY_MS, untilAt: NOW + 5 * DAY_MS },
    { fromAt: NOW + 4 * DAY_MS, untilAt: null },
    { fromAt: NOW - 9 * DAY_MS, untilAt: NOW },
  ];
  const change = (extra: object) =>
    reasonOf(
      mayChangePost(
        post,
        { titleZh: "", titleEn: "", seats: "5", termMonths: "36", document: "决议", ...extra },
        held,
        NOW,
      ),
    );
  test.each([
    ["to as many seats as are held at once later", { seats: "3" }, "ok"],
    ["to one fewer", { seats: "2" }, "seats_held"],
    ["to another term", { termMonths: "60" }, "ok"],
    ["in nothing", {}, "nothing_changed"],
    ["without a document", { seats: "7", document: "" }, "document_missing"],
  ])("is changed %s", (_, extra, reason) => expect(change(extra)).toBe(reason));
  test("a post nobody holds can be left without seats", () =>
    expect(
      reasonOf(
        mayChangePost(post, { titleZh: "", titleEn: "", seats: "0", termMonths: "36", document: "决议" }, [], NOW),
      ),
    ).toBe("ok"));
  test("the most held at once is never less than what is held at any instant from then on", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }))),
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 50 }),
        (raw, probe, from) => {
          const spans = raw.map(([at, length]) => ({ fromAt: at, untilAt: length === null ? null : at + length }));
          const at = from + probe;
          const there = spans.filter(
            ({ fromAt, untilAt }) => fromAt <= at && (untilAt === null || at < untilAt),
          ).length;
          expect(mostHeldFrom(spans, from)).toBeGreaterThanOrEqual(there);
        },
      ),
    ));
});

describe("the drawing of the organisation", () => {
  const text = fc.oneof(
    fc.stringMatching(/^[一-龥]{1,40}$/),
    fc.stringMatching(/^[A-Za-z]{1,14}( [A-Za-z]{1,14}){0,6}$/),
    fc.stringMatching(/^[一-龥（）、，A-Z0-9]{1,30}$/),
    fc.stringMatching(/^[A-Za-z]{60}$/),
  );
  const nodes = fc
    .array(
      fc.tuple(fc.option(fc.nat(), { nil: null }), text, fc.array(text, { maxLength: 4 }), fc.constantFrom("a", "b")),
      {
        minLength: 1,
        maxLength: 40,
      },
    )
    .map((raw) =>
      raw.map(
        ([parent, title, lines, group], at): ChartNode => ({
          id: `n${at}`,
          parentId: parent === null || at === 0 ? null : `n${parent % at}`,
          note: at % 2 === 0 ? "小区" : "",
          title,
          lines,
          group,
        }),
      ),
    );

  test("no box lies over another, none leaves the page, and each body is drawn once", () =>
    fc.assert(
      fc.property(nodes, (all) => {
        const drawings = layOut(all);
        expect(drawings.flatMap(({ boxes }) => boxes.map(({ node }) => node.id)).toSorted()).toEqual(
          all.map(({ id }) => id).toSorted(),
        );
        for (const { boxes, width, height, links } of drawings) {
          expect(links.length).toBe(boxes.length - 1);
          for (const [at, box] of boxes.entries()) {
            expect([box.x >= 0, box.x + box.width <= width, box.y >= 0, box.y + box.height <= height]).toEqual([
              true,
              true,
              true,
              true,
            ]);
            const next = boxes[at + 1];
            if (next) expect(next.y).toBeGreaterThanOrEqual(box.y + box.height);
          }
        }
      }),
    ));
  test("every line of words lies inside its box, and below the line before", () =>
    fc.assert(
      fc.property(nodes, (all) => {
        for (const { boxes } of layOut(all))
          for (const box of boxes) {
            for (const { text: line, x, y, size } of box.texts) {
              expect(x + widthOf(line, size)).toBeLessThanOrEqual(box.x + box.width);
              expect([y - size >= box.y - 1, y <= box.y + box.height]).toEqual([true, true]);
            }
            const baselines = box.texts.map(({ y }) => y);
            expect(baselines).toEqual([...new Set(baselines)].toSorted((a, b) => a - b));
          }
      }),
    ));
  test("a body stands to the right of what it stands under, and its words have room however deep the tree", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (depth) => {
        const line = Array.from(
          { length: depth },
          (_, at): ChartNode => ({
            id: `n${at}`,
            parentId: at === 0 ? null : `n${at - 1}`,
            note: "",
            title: "楼栋党小组",
            lines: [],
            group: "",
          }),
        );
        const [drawing] = layOut(line);
        for (const [at, box] of drawing!.boxes.entries()) {
          if (at > 0) expect(box.x).toBeGreaterThan(drawing!.boxes[at - 1]!.x);
          expect(box.width).toBeGreaterThanOrEqual(180);
        }
      }),
    ));
  test("columns hold every drawing once and differ in height by no more than the tallest drawing", () =>
    fc.assert(
      fc.property(nodes, fc.integer({ min: 1, max: 3 }), (all, count) => {
        const drawings = layOut(all);
        const columns = inColumns(drawings, count);
        expect(columns.length).toBe(count);
        expect(columns.flat().length).toBe(drawings.length);
        const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + 12, 0));
        const tallest = Math.max(...drawings.map(({ height }) => height)) + 12;
        expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(tallest);
      }),
    ));
  test("a node in a circle is drawn as a top, not lost", () => {
    const circle = (id: string, parentId: string): ChartNode => ({
      id,
      parentId,
      note: "",
      title: id,
      lines: [],
      group: "",
    });
    const drawings = layOut([circle("a", "b"), circle("b", "a")]);
    expect(drawings.map(({ boxes }) => boxes.map(({ node }) => node.id))).toEqual([["a", "b"]]);
  });

  test("words are kept whole, in order, and a mark is not parted from what it closes", () =>
    fc.assert(
      fc.property(text, fc.integer({ min: 80, max: 280 }), (words, width) => {
        const lines = wrap(words, 16, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(words.replaceAll(" ", ""));
        for (const line of lines) expect(widthOf(line, 16)).toBeLessThanOrEqual(width);
      }),
    ));
  test.each([
    ["楼栋党小组（三号楼）", 16 * 9, ["楼栋党小组（三号", "楼）"]],
    ["Building party group", 120, ["Building", "party group"]],
    ["一二三", 16 * 3, ["一二三"]],
    ["", 100, []],
  ])("%s within %d", (words, width, lines) => expect(wrap(words, 16, width)).toEqual(lines));

  const many = (count: number): ChartNode[] => [
    { id: "top", parentId: null, note: "", title: "支部", lines: [], group: "branch" },
    ...Array.from(
      { length: count },
      (_, at): ChartNode => ({
        id: `g${at}`,
        parentId: "top",
        note: "",
        title: `${at + 1}栋`,
        lines: [],
        group: "party_group",
      }),
    ),
  ];
  const more = (left: number) => `另有${left}个`;
  test("twelve alike are drawn, of thirteen eleven and the number of the rest", () => {
    expect(foldAlike(many(12), more).length).toBe(13);
    const folded = foldAlike(many(13), more);
    expect([folded.length, folded.at(-1)!.title]).toEqual([13, "另有2个"]);
    expect(foldAlike(many(40), more).at(-1)!.title).toBe("另有29个");
  });
  test("one with bodies below it is never folded away", () => {
    const last = many(20);
    const kept = foldAlike([...last, { ...last[1]!, id: "host", parentId: "g19", group: "host" }], more);
    expect(kept.map(({ id }) => id)).toContain("g19");
  });
});
