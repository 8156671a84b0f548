/** Every problem the product can answer with has a page: the catalogue is what the source says now. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE, catalogueText, collect } from "../../scripts/problem-catalogue.ts";

test("the catalogue names every problem code in the source, with its title", () => {
  const entries = collect();
  expect(entries.length).toBeGreaterThan(60);
  expect(readFileSync(CATALOGUE, "utf8"), "run: node scripts/problem-catalogue.ts").toBe(catalogueText(entries));
});

test("no title is empty in either language", () => {
  expect(collect().filter(({ zh, en }) => zh === "" || en === "")).toEqual([]);
});
