/** A page is found by the sizes of the buildings: every unit on one page, in order, and no building read that the page does not need. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeOfPage } from "../../src/community/browse/rules.ts";

interface Building {
  readonly building: string;
  readonly units: number;
  readonly firstKey: string;
  readonly lastKey: string;
}

const key = (building: number, room: number): string =>
  `${String(building).padStart(4, "0")}栋\t\t${String(room).padStart(4, "0")}`;

/** Buildings with so many units each, in order, every one behind the last of the one before. */
const apart = (sizes: readonly number[]): Building[] =>
  sizes.map((units, at) => ({ building: `${at}栋`, units, firstKey: key(at, 1), lastKey: key(at, units) }));

/** The units a page shows, as the database would give them. */
const shown = (buildings: readonly Building[], skip: number, limit: number): string[] => {
  const page = placeOfPage(buildings, skip, limit);
  return page.buildings
    .flatMap(({ building, units }) => Array.from({ length: units }, (_, room) => `${building} ${room}`))
    .slice(page.offset, page.offset + page.limit);
};

describe("a page", () => {
  test.each([
    ["within the first building", [100, 100], 0, ["0栋"], 0],
    ["that ends with it exactly", [50, 100], 0, ["0栋"], 0],
    ["one unit beyond it", [49, 100], 0, ["0栋", "1栋"], 0],
    ["that begins with the second exactly", [50, 100], 50, ["1栋"], 0],
    ["one unit before the second", [51, 100], 50, ["0栋", "1栋"], 50],
    ["across three", [60, 10, 60], 50, ["0栋", "1栋", "2栋"], 50],
    ["behind the last unit", [50, 50], 100, [], 0],
  ] as const)("%s", (_, sizes, skip, buildings, offset) => {
    const page = placeOfPage(apart(sizes), skip, 50);
    expect([page.buildings.map(({ building }) => building), page.offset]).toEqual([buildings, offset]);
  });

  test("takes buildings together whose places run into each other", () => {
    const mixed: Building[] = [
      { building: "1栋", units: 40, firstKey: key(1, 1), lastKey: key(1, 79) },
      { building: "01栋", units: 40, firstKey: key(1, 2), lastKey: key(1, 80) },
      { building: "2栋", units: 40, firstKey: key(2, 1), lastKey: key(2, 40) },
    ];
    expect(placeOfPage(mixed, 50, 50)).toMatchObject({ offset: 50, firstKey: key(1, 1), lastKey: key(2, 40) });
    expect(placeOfPage(mixed, 0, 50)).toMatchObject({ offset: 0, lastKey: key(1, 80) });
    expect(placeOfPage(mixed, 0, 50).buildings).toHaveLength(2);
  });

  test("orders as the database does: by code point, not by half characters", () => {
    const parts: Building[] = [
      { building: "a", units: 1, firstKey: "\uff5e", lastKey: "\uff5e" },
      { building: "b", units: 1, firstKey: "\u{20000}", lastKey: "\u{20000}" },
    ];
    expect(placeOfPage(parts, 0, 1).buildings).toHaveLength(1);
  });

  test("after page shows every unit once, in order, whatever the sizes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 130 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
        (sizes, limit) => {
          const buildings = apart(sizes);
          const total = sizes.reduce((sum, units) => sum + units, 0);
          const pages = Array.from({ length: Math.ceil(total / limit) + 1 }, (_, at) =>
            shown(buildings, at * limit, limit),
          );
          const all = buildings.flatMap(({ building, units }) =>
            Array.from({ length: units }, (_, room) => `${building} ${room}`),
          );
          expect(pages.flat()).toEqual(all);
          expect(pages.at(-1)).toEqual([]);
        },
      ),
    );
  });
});
