/** What a ballot paper may not lack, whose decision an item is, and what counts as a change after notice. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  approveUpTo,
  changesOf,
  chooseOne,
  ESTATE,
  type FindingReason,
  type HeldUnit,
  hasErrors,
  type Item,
  type ItemScope,
  isInScope,
  lint,
  lintElectorates,
  MOST_ITEMS,
  type Option,
  QUESTION_KINDS,
  type Question,
  questionOf,
  weightInScope,
  yesNoAbstain,
} from "../../src/assembly/agenda/rules.ts";
import type { Matter } from "../../src/assembly/rules.ts";

const ITEM: Item = {
  itemNo: 1,
  matter: 9,
  title: "调整快递柜位置",
  text: "把快递柜移到南门。",
  scope: ESTATE,
  question: yesNoAbstain(),
  attachments: [],
};
const PAPER = { fileId: "f1", name: "使用方案.pdf", sha256: "a".repeat(64) };
const item = (change: Partial<Item>): Item => ({ ...ITEM, ...change });
const asking = (question: Question): Item => item({ question });
const errors = (...items: Item[]): FindingReason[] =>
  lint(items)
    .filter(({ severity }) => severity === "error")
    .map(({ reason }) => reason);
const warnings = (...items: Item[]): FindingReason[] =>
  lint(items)
    .filter(({ severity }) => severity === "warning")
    .map(({ reason }) => reason);
const without = (question: Question, role: Option["role"]): Question => ({
  ...question,
  options: question.options
    .filter((option) => option.role !== role)
    .map((option, at) => ({ ...option, optionNo: at + 1 })),
});

describe("a ballot paper", () => {
  test.each([
    ["yes, no and abstention", yesNoAbstain()],
    ["one of several, with none of them and abstention", chooseOne(["甲公司", "乙公司"])],
    ["up to two of three candidates", approveUpTo(2, ["赵", "钱", "孙"])],
    ["one candidate for one seat", approveUpTo(1, ["赵"])],
  ])("with %s is lawful", (_, question) => expect(lint([asking(question)])).toEqual([]));

  test.each(QUESTION_KINDS)("of kind %s always has a way to say no and one to abstain", (kind) => {
    const question = questionOf(kind, ["甲", "乙"], 1);
    expect(errors(asking(question))).toEqual([]);
    expect(errors(asking(without(question, "against")))).toContain("no_against");
    expect(errors(asking(without(question, "abstain")))).toContain("no_abstain");
  });

  test.each<[string, Item, FindingReason]>([
    ["without a yes", asking(without(yesNoAbstain(), "for")), "no_in_favour"],
    ["with one offer to choose from", asking(chooseOne(["甲"])), "too_few_choices"],
    ["with no candidate", asking(approveUpTo(1, [])), "too_few_choices"],
    ["with more to be marked than candidates", asking(approveUpTo(4, ["赵", "钱", "孙"])), "at_most_out_of_range"],
    ["with none to be marked", asking(approveUpTo(0, ["赵", "钱"])), "at_most_out_of_range"],
    ["with two marks where one is chosen", asking({ ...chooseOne(["甲", "乙"]), atMost: 2 }), "at_most_out_of_range"],
    ["with an option twice", asking(chooseOne(["甲", "甲"])), "option_duplicated"],
    ["with an option twice in other letters", asking(chooseOne(["方案 A", "方案Ａ"])), "option_duplicated"],
    ["with an option called 弃权", asking(chooseOne(["甲", "弃权"])), "option_duplicated"],
    ["with an empty option", asking(chooseOne(["甲", " "])), "option_unlabelled"],
    ["with an option longer than a line", asking(chooseOne(["甲", "乙".repeat(201)])), "option_label_too_long"],
    ["with too many options", asking(chooseOne([...Array(59)].map((_, at) => `方案${at}`))), "too_many_options"],
    ["with two kinds of no", asking(extra("against", "不行")), "role_repeated"],
    [
      "with options out of order",
      asking({ ...yesNoAbstain(), options: [...yesNoAbstain().options].reverse() }),
      "options_misnumbered",
    ],
    ["with a proposal among yes and no", asking(extra("choice", "随便")), "role_out_of_place"],
    ["with a box for following the crowd", asking(chooseOne(["甲", "乙", "从众"])), "follow_the_majority_option"],
    ["without a title", item({ title: "  " }), "title_missing"],
    ["with a title that is a text", item({ title: "长".repeat(121) }), "title_too_long"],
    ["without a text", item({ text: "" }), "text_missing"],
    ["with a text that should be a paper", item({ text: "长".repeat(20_001) }), "text_too_long"],
    ["of a tenth matter", item({ matter: 10 as Matter }), "unknown_matter"],
    ["for no building", item({ scope: { kind: "buildings", buildings: [] } }), "scope_empty"],
    ["for one building twice", item({ scope: { kind: "buildings", buildings: ["1幢", "1幢"] } }), "scope_repeats"],
    ["that adopts rules nobody can read", item({ matter: 1 }), "attachment_missing"],
    ["that spends the fund without its plan", item({ matter: 5 }), "attachment_missing"],
  ])("%s is refused", (_, faulty, reason) => expect(errors(faulty)).toEqual([reason]));

  test("at its limits is lawful", () => {
    expect(errors(item({ title: "长".repeat(120), text: "长".repeat(20_000) }))).toEqual([]);
    expect(errors(asking(chooseOne(["甲", "乙".repeat(200)])))).toEqual([]);
    expect(errors(asking(chooseOne([...Array(58)].map((_, at) => `方案${at}`))))).toEqual([]);
    expect(errors(item({ matter: 5, attachments: [PAPER] }))).toEqual([]);
  });
  test("needs an item, at most thirty, numbered in order", () => {
    expect(errors()).toEqual(["no_items"]);
    const many = [...Array(MOST_ITEMS + 1)].map((_, at) => item({ itemNo: at + 1 }));
    expect(errors(...many)).toEqual(["too_many_items"]);
    expect(errors(...many.slice(1, 4))).toEqual(["items_misnumbered"]);
    expect(hasErrors(lint(many.slice(0, MOST_ITEMS)))).toBe(false);
  });
  test("names its item, so that the message stands beside it", () => {
    const second = item({ itemNo: 2, title: "" });
    expect(lint([ITEM, second])).toEqual([{ severity: "error", itemNo: 2, reason: "title_missing", about: [] }]);
  });
});

describe("what is doubtful is said and not refused", () => {
  test.each<[string, Item, FindingReason]>([
    ["a title that leans", item({ title: "请同意调整快递柜位置" }), "leading_title"],
    ["a contract nobody attached", item({ matter: 4 }), "attachment_missing"],
    ["an election by yes and no", item({ matter: 3 }), "election_as_yes_no"],
    ["the same paper twice", item({ attachments: [PAPER, { ...PAPER, fileId: "f2" }] }), "attachment_repeated"],
  ])("%s", (_, doubtful, reason) => {
    expect(warnings(doubtful)).toEqual([reason]);
    expect(errors(doubtful)).toEqual([]);
  });
  test.each(["是否同意使用维修资金", "选聘物业服务企业", "关于同步更换电梯的决定"])(
    "%s is a neutral title",
    (title) => {
      expect(lint([item({ title })])).toEqual([]);
    },
  );
  test("a first meeting that leaves out one of the founding items (A6)", () => {
    const founding = lint([item({ matter: 2, attachments: [PAPER] })], undefined, true);
    expect(founding).toEqual([
      { severity: "warning", itemNo: null, reason: "founding_items_missing", about: ["1", "3"] },
    ]);
  });
});

describe("whose decision it is (C9)", () => {
  const unit = (unitId: string, building: string, areaDm2: number, counted = true): HeldUnit => ({
    unitId,
    building,
    areaDm2,
    counted,
  });
  const held = [unit("a", "1幢", 8966), unit("b", "2幢", 12_000), unit("p", "地下", 1250, false)];
  test.each<[string, ItemScope, number, number]>([
    ["the whole estate, a space that does not count adding nothing (C6)", ESTATE, 1, 20_966],
    ["one building: one head with the area in it", { kind: "buildings", buildings: ["1幢"] }, 1, 8966],
    ["both buildings: still one head (C2)", { kind: "buildings", buildings: ["1幢", "2幢"] }, 1, 20_966],
    ["a building where they have nothing: nobody", { kind: "buildings", buildings: ["3幢"] }, 0, 0],
    ["a level where nothing counts: nobody", { kind: "buildings", buildings: ["地下"] }, 0, 0],
    ["listed units", { kind: "units", unitIds: ["b", "z"] }, 1, 12_000],
  ])("%s", (_, scope, owners, areaDm2) => expect(weightInScope(scope, held)).toEqual({ owners, areaDm2 }));
  test("a building that is not in the roll is refused where the roll is known", () => {
    const known = { buildings: new Set(["1幢"]), unitIds: new Set(["a"]) };
    const asked = item({ scope: { kind: "buildings", buildings: ["1幢", "11幢"] } });
    expect(lint([asked], known)).toEqual([
      { severity: "error", itemNo: 1, reason: "scope_not_in_roll", about: ["11幢"] },
    ]);
    expect(lint([asked])).toEqual([]);
  });
  test("in which nobody counts is found on the frozen roll; one voter is enough", () => {
    const items = [item({}), item({ itemNo: 2 })];
    const one = { owners: 1, areaDm2: 1 };
    expect(lintElectorates(items, [one, one])).toEqual([]);
    expect(lintElectorates(items, [one, { owners: 0, areaDm2: 0 }])).toEqual([
      { severity: "error", itemNo: 2, reason: "scope_without_voters", about: [] },
    ]);
    expect(lintElectorates(items, [one]).map(({ itemNo }) => itemNo)).toEqual([2]);
  });
  test("two disjoint scopes add up to the scope of both, in area", () => {
    const some = fc.array(
      fc.record({
        unitId: fc.string(),
        building: fc.constantFrom("1", "2", "3"),
        areaDm2: fc.nat(50_000),
        counted: fc.boolean(),
      }),
    );
    const of = (...buildings: string[]): ItemScope => ({ kind: "buildings", buildings });
    fc.assert(
      fc.property(some, (units) => {
        const [one, two, both] = [of("1"), of("2", "3"), of("1", "2", "3")].map((scope) => weightInScope(scope, units));
        expect(one!.areaDm2 + two!.areaDm2).toBe(both!.areaDm2);
        expect(both!.owners).toBe(Math.max(one!.owners, two!.owners));
        expect(units.every((unit) => isInScope(ESTATE, unit))).toBe(true);
      }),
    );
  });
});

describe("what changed after notice (A9)", () => {
  const second = item({ itemNo: 2, title: "第二项" });
  test("nothing, however the object was built", () => {
    const { itemNo, ...rest } = ITEM;
    expect(changesOf([ITEM], [{ ...rest, itemNo }])).toEqual({ added: [], removed: [], changed: [] });
  });
  test("an item more, one less, one altered", () => {
    expect(changesOf([ITEM], [ITEM, second]).added).toEqual([2]);
    expect(changesOf([ITEM, second], [ITEM]).removed).toEqual([2]);
    expect(changesOf([ITEM, second], [item({ text: "移到北门。" }), second]).changed).toEqual([1]);
    expect(changesOf([ITEM], [item({ attachments: [PAPER] })]).changed).toEqual([1]);
    expect(changesOf([ITEM], [item({ scope: { kind: "buildings", buildings: ["1幢"] } })]).changed).toEqual([1]);
  });
});

function extra(role: Option["role"], label: string): Question {
  const { options, ...rest } = yesNoAbstain();
  return { ...rest, options: [...options, { optionNo: options.length + 1, role, label }] };
}
