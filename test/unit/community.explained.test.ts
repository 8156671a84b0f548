/** Why units count as one owner, said in words with the article, in both languages, without a name in clear. */
import { describe, expect, test } from "vitest";
import { type ExplainedHead, explainDesignation, explainHead, unitLabel } from "../../src/community/explained.ts";
import { DEFAULT_SETTINGS, type RollSettings, type VoterUnit } from "../../src/community/rules.ts";
import type { PartyId, UnitId } from "../../src/kernel/id.ts";

const unit = (room: string, areaDm2: number, more: Partial<VoterUnit> = {}): VoterUnit => ({
  unitId: room as UnitId,
  building: "1栋",
  entrance: "1单元",
  room,
  areaDm2,
  source: "register",
  kind: "residence",
  state: "delivered",
  basis: "registered",
  counted: true,
  ...more,
});
const head = (more: Partial<ExplainedHead>): ExplainedHead => ({
  reason: "one_unit",
  maskedName: "张*",
  ownersCount: 1,
  areaDm2: 8966,
  units: [unit("0101", 8966)],
  overlaps: false,
  ...more,
});
const zh = (of: ExplainedHead, settings: RollSettings = DEFAULT_SETTINGS) =>
  explainHead(of, settings).map((said) => said.zh);
const two = [unit("0101", 8966), unit("0102", 10_000)];

describe("a head explained", () => {
  test.each([
    ["one unit of one owner", head({}), "张*名下有这一个专有部分，按一人计算（法释〔2009〕7号第九条）。"],
    [
      "several units of one owner",
      head({ reason: "one_owner", units: two }),
      "张*名下有 2 个专有部分。同一业主不论有几个，都按一人计算（法释〔2009〕7号第九条）。",
    ],
    [
      "one unit of co-owners",
      head({ maskedName: "张*、李*", ownersCount: 2 }),
      "张*、李*共有这一个专有部分，按一人计算；共有人推选一人投票（建房〔2009〕274号第二十五条）。",
    ],
    [
      "several units of the same co-owners",
      head({ reason: "same_owners", maskedName: "张*、李*", ownersCount: 2, units: two }),
      "张*、李*共有 2 个专有部分，业主完全相同，合起来按一人计算；共有人推选一人投票（法释〔2009〕7号第九条，建房〔2009〕274号第二十五条）。",
    ],
    [
      "a developer nobody named",
      head({ reason: "developer", maskedName: "", ownersCount: 0, units: two }),
      "建设单位尚未出售、已售未交付以及自己持有的 2 个专有部分，全部合起来按一人计算（法释〔2009〕7号第九条）。",
    ],
    [
      "an unknown owner",
      head({ reason: "owner_unknown", maskedName: "", ownersCount: 0 }),
      "这个专有部分的业主尚未查明，先按一人计入总数，不从名册中漏掉；查明并登记之前，没有人能投这一票。",
    ],
  ])("%s", (_, of, expected) => {
    expect(zh(of)[0]).toBe(expected);
  });
  test("says that the area counts in full, and adds it up where there are several units", () => {
    expect(zh(head({}))[1]).toBe("面积 89.66 ㎡，全部计入。");
    expect(zh(head({ areaDm2: 18_966, units: two }))[1]).toBe("面积合计 189.66 ㎡，全部计入，不因按一人计算而减少。");
  });
  test("says which spaces do not count, or by which clause they do (C6)", () => {
    const space = unit("B1-001", 1272, { kind: "parking", counted: false });
    expect(zh(head({ units: [...two, space] }))[2]).toBe(
      "另有车位 1 个（12.72 ㎡）不计入：是否计入由议事规则约定，目前没有约定计入。",
    );
    const settings: RollSettings = { countedSpaces: ["parking"], spacesClause: "议事规则第十二条" };
    expect(zh(head({ units: [...two, { ...space, counted: true }] }), settings)[2]).toBe(
      "其中车位、储藏 1 个（12.72 ㎡）按议事规则第十二条计入。",
    );
  });
  test("says which areas are not registered yet (C1), which ownership is possession (C7), and that owners overlap", () => {
    const said = zh(head({ units: [unit("0101", 8966, { source: "contract", basis: "possession" })], overlaps: true }));
    expect(said.slice(2)).toEqual([
      "1栋 1单元 0101尚未登记面积，暂按合同面积计算（法释〔2009〕7号第八条）。",
      "1栋 1单元 0101尚未办理登记，已合法占有，视为业主（法释〔2009〕7号第一条）。",
      expect.stringContaining("业主组合不完全相同的，各按一人计算"),
    ]);
  });
  test("is said in English as often as in Chinese", () => {
    for (const sentence of explainHead(head({ units: two, overlaps: true }), DEFAULT_SETTINGS))
      expect(sentence.en).toMatch(/^[\x20-\x7e*²张栋单元]+$/);
  });
});

describe("who votes explained", () => {
  const partyId = "p" as PartyId;
  test.each([
    ["an owner", { state: "votes", partyId, as: "owner" }, "natural", "由张*投票。"],
    ["a chosen co-owner", { state: "votes", partyId, as: "designated" }, "natural", "共有人推选张*投票。"],
    [
      "a guardian (C4)",
      { state: "votes", partyId, as: "guardian" },
      "natural",
      "由监护人张*代为投票（建房〔2009〕274号第二十五条）。",
    ],
    [
      "an organisation (C5)",
      { state: "votes", partyId, as: "owner" },
      "legal",
      "由张*的法定代表人、负责人或者其书面委托的人投票。",
    ],
    [
      "nobody yet",
      { state: "must_designate" },
      "natural",
      "共有人还没有推选由谁投票。请先书面推选一人，推选之前这一票无法投出。",
    ],
  ] as const)("%s", (_, designation, kind, expected) => {
    expect(explainDesignation(designation, "张*", kind).zh).toBe(expected);
  });
});

test.each([
  [{ building: "1", entrance: "2", room: "0101" }, "1栋 2单元 0101"],
  [{ building: "3号楼", entrance: "", room: "S01" }, "3号楼 S01"],
])("a unit's place is said as people say it", (place, label) => {
  expect(unitLabel(place)).toBe(label);
});
