/** What owners are told regularly: the eight headings of the law, each with its text, and nobody's number outside its place. */
import { describe, expect, test } from "vitest";
import { HEADINGS, isWritten, readTexts, type Texts, WRITTEN } from "../../src/ledger/regular/rules.ts";
import { HEADING_WORDS } from "../../src/ledger/regular/words.ts";

const TEXTS = Object.fromEntries(WRITTEN.map((heading) => [heading, "有"])) as Texts;
const faultsOf = (more: Partial<Texts>) => {
  const read = readTexts({ ...TEXTS, ...more });
  return read.ok ? [] : read.error.map(({ reason, heading }) => [heading, reason]);
};

describe("the headings", () => {
  test("are the eight of the article, in its order (D14)", () =>
    expect(HEADINGS.map((heading) => HEADING_WORDS[heading].zh)).toEqual([
      "服务的事项",
      "负责人员",
      "质量要求",
      "收费项目",
      "收费标准",
      "履行情况",
      "维修资金使用情况",
      "业主共有部分的经营与收益情况",
    ]));
  test("six are written, two are what the books say", () =>
    expect(HEADINGS.filter((heading) => !isWritten(heading))).toEqual(["fund", "revenue"]));
});

describe("the texts", () => {
  test.each([
    ["all there", {}, []],
    ["the longest", { quality: "字".repeat(1_000) }, []],
    ["one character more", { quality: "字".repeat(1_001) }, [["quality", "text_too_long"]]],
    ["one of them empty", { person: " " }, [["person", "text_missing"]]],
    ["a telephone where persons in charge are", { person: "王经理 13800000021" }, []],
    ["a telephone anywhere else", { services: "保洁 13800000021" }, [["services", "names_a_person"]]],
    [
      "two that are wrong",
      { charges: "", standards: "" },
      [
        ["charges", "text_missing"],
        ["standards", "text_missing"],
      ],
    ],
  ] as const)("%s", (_, more, faults) => expect(faultsOf(more)).toEqual(faults));
});
