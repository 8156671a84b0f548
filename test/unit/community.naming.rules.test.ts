/** A place as people write it is the unit they mean, and no other. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlace, placeParts } from "../../src/community/naming/rules.ts";

const unit = { building: "3栋", entrance: "2", room: "0501" };

test.each(["3栋2单元0501", "3幢 2 单元 501室", "３－２－５０１", "3-2-0501", "3号楼501", "3-501"])(
  "%s is the unit",
  (text) => {
    expect(isPlace(text, unit)).toBe(true);
  },
);
test.each(["", "3栋", "501", "2-501", "3-1-501", "3-2-1501", "13-2-501", "3-2-501-1"])("“%s” is not", (text) => {
  expect(isPlace(text, unit)).toBe(false);
});
test("a building without an entrance is written without one", () => {
  expect(isPlace("A座1203", { building: "A座", entrance: "", room: "1203" })).toBe(true);
  expect(isPlace("a1203", { building: "A座", entrance: "", room: "1203" })).toBe(false);
});
test("different units are never the same place when all parts are written", () => {
  const part = fc.integer({ min: 1, max: 40 }).map(String);
  const place = fc.record({ building: part, entrance: part, room: part });
  fc.assert(
    fc.property(place, place, (a, b) => {
      const written = `${a.building}栋${a.entrance}单元${a.room}`;
      expect(isPlace(written, b)).toBe(a.building === b.building && a.entrance === b.entrance && a.room === b.room);
      expect(placeParts(written)).toEqual([a.building, a.entrance, a.room]);
    }),
  );
});
