/** Reading a roll from files people really have: encodings, headers, merges, formulas, every fault of a row; and that what is written reads back. */
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { findHeader } from "../../src/community/import/columns.ts";
import { sayFinding } from "../../src/community/import/findings.ts";
import { readRollFile } from "../../src/community/import/reading.ts";
import { compare } from "../../src/community/import/rules.ts";
import { fileOf, templateTable } from "../../src/community/import/writing.ts";
import { decodeText, readCsv, writeCsv } from "../../src/platform/sheet/csv.ts";
import { shownNumber } from "../../src/platform/sheet/xlsx.ts";
import { CURRENT, currentFrom, draftPeople, exportOf, idsFrom, personal } from "./community-roll-of-test.ts";

const TODAY = "2026-11-02";
const HEADER =
  "楼栋,单元,房号,专有部分面积(㎡),业主姓名,证件号后四位,手机号,共有人,产权人编号,状态(已交付/未交付/未售)";
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (text: string) => readRollFile(utf8(text), TODAY);

async function good(text: string) {
  const result = await read(text);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}
/** `level code row` of each finding, in the reader's order. */
const findingsOf = async (text: string): Promise<string[]> =>
  (await good(text)).findings.inOrder().map(({ level, code, row }) => `${level} ${code} ${row}`);
const ROW = "1栋,1单元,0101,89.66,张三,0011,13812345678,,,已交付";

describe("a clean file", () => {
  test("gives its units with places, areas and owners, leading zeros kept", async () => {
    const { draft, findings, rows } = await good(`${HEADER}\n${ROW}\n1栋,1单元,0102,100,李四,0022,,,P-2,未交付\n`);
    expect(findings.all).toEqual([]);
    expect(rows).toBe(2);
    expect(
      draft.units.map(({ building, entrance, room, areaDm2, state }) => [building, entrance, room, areaDm2, state]),
    ).toEqual([
      ["1栋", "1单元", "0101", 8966, "delivered"],
      ["1栋", "1单元", "0102", 10_000, "undelivered"],
    ]);
    expect(draft.people[0]).toMatchObject({
      tier: "name_and_tail",
      facts: { name: "张三", idTail: "0011", phone: "13812345678" },
    });
    expect(draft.people[1]).toMatchObject({ tier: "owner_no" });
  });
  test.each([
    ["UTF-8 without a mark", utf8(`${HEADER}\n${ROW}\n`)],
    ["UTF-8 with a mark", utf8(`\ufeff${HEADER}\r\n${ROW}\r\n`)],
    ["tabs", utf8(`${HEADER.replaceAll(",", "\t")}\n${ROW.replaceAll(",", "\t")}\n`)],
    ["semicolons", utf8(`sep=;\n${HEADER.replaceAll(",", ";")}\n${ROW.replaceAll(",", ";")}\n`)],
    ["old Mac line ends", utf8(`${HEADER}\r${ROW}\r`)],
    ["a title above the header and a sum below", utf8(`金桂苑业主名册,,,\n\n${HEADER}\n${ROW}\n合计,,,89.66\n`)],
    [
      "UTF-16",
      Uint8Array.from([
        0xff,
        0xfe,
        ...new Uint8Array(new Uint16Array([...`${HEADER}\n${ROW}`].map((c) => c.charCodeAt(0))).buffer),
      ]),
    ],
  ])("reads %s", async (_, bytes) => {
    const result = await readRollFile(bytes, TODAY);
    expect(result.ok && result.value.draft.units.map(({ room }) => room)).toEqual(["0101"]);
  });
  test("reads GB18030, which Excel on a Chinese Windows writes", async () => {
    // 楼栋,房号,面积,业主 / 1栋,0101,89.66,张三 in GB18030.
    const bytes = Uint8Array.from([
      0xc2, 0xa5, 0xb6, 0xb0, 0x2c, 0xb7, 0xbf, 0xba, 0xc5, 0x2c, 0xc3, 0xe6, 0xbb, 0xfd, 0x2c, 0xd2, 0xb5, 0xd6, 0xf7,
      0x0a, 0x31, 0xb6, 0xb0, 0x2c, 0x30, 0x31, 0x30, 0x31, 0x2c, 0x38, 0x39, 0x2e, 0x36, 0x36, 0x2c, 0xd5, 0xc5, 0xc8,
      0xfd, 0x0a,
    ]);
    expect(decodeText(bytes)).toMatchObject({ ok: true, value: { encoding: "GB18030" } });
    const result = await readRollFile(bytes, TODAY);
    expect(result.ok && result.value.draft.people[0]!.facts.name).toBe("张三");
  });
});

describe("headers people have", () => {
  const keys = (line: string) => {
    const rows = [line.split(",").map((text) => ({ text, from: "text" as const }))];
    const found = findHeader({ format: "csv", sheet: null, encoding: "UTF-8", rows, acrossColumns: [] });
    return found.ok ? [...found.value.columns.keys()].sort().join(" ") : found.error.reason;
  };
  test.each([
    ["the suggested ones", HEADER, "area building coOwners entrance idTail ownerName ownerNo phone room state"],
    [
      "MicroCommunity",
      "楼号,单元,房屋,楼层,总楼层,房屋户型,建筑面积,室内面积,房屋状态,业主名称,性别,手机号,身份证,联系电话",
      "area building entrance idNumber ownerName phone room state",
    ],
    [
      "yeweihui",
      "苑,幢,单元号,楼号(房号),建筑面积,业主名字,电话号码,身份证号码",
      "area building entrance garden idNumber ownerName phone room",
    ],
    ["a doorstep list", "序号,房间号,姓名,面积,车位号,车位面积,联系电话1,联系电话2", "area ownerName phone room"],
    ["a district's register", "楼座房号,业主姓名,建筑面积,票权数", "area ownerName room"],
    [
      "stars, spaces and full-width brackets",
      "*楼 栋,* 房号,专有部分面积（㎡）：,状态（已交付/未交付/未售）",
      "area building room state",
    ],
    ["no area", "楼栋,房号,业主", "sheet_no_header"],
  ])("%s", (_, line, expected) => {
    expect(keys(line)).toBe(expected);
  });
  test("a number that holds building, entrance and room is taken apart", async () => {
    const { draft } = await good("房间号,姓名,面积\n01-02-0303,张三,80\n05-0101,李四,70\n");
    expect(draft.units.map(({ building, entrance, room }) => [building, entrance, room])).toEqual([
      ["01", "02", "0303"],
      ["05", "", "0101"],
    ]);
  });
});

describe("faults of the file as a whole", () => {
  const reason = async (bytes: Uint8Array) => {
    const result = await readRollFile(bytes, TODAY);
    return result.ok ? "ok" : result.error.reason;
  };
  test.each([
    ["empty", new Uint8Array(), "sheet_empty"],
    ["a header without rows", utf8(`${HEADER}\n`), "sheet_empty"],
    ["one byte over 10 MB", new Uint8Array(10 * 1024 * 1024 + 1).fill(0x41), "sheet_too_large"],
    [
      "an old .xls, or one with a password",
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      "sheet_legacy_xls",
    ],
    ["a broken archive", Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3]), "sheet_broken"],
    ["an archive that is no workbook", zipSync({ "a.xml": strToU8("<a/>") }), "sheet_broken"],
    ["a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), "sheet_not_a_table"],
    ["bytes of no Chinese encoding", Uint8Array.from([0xff, 0x80, 0x81, 0xff, 0xff, 0x90]), "sheet_encoding"],
    ["a quote left open", utf8(`${HEADER}\n1栋,1单元,"0101,89.66\n`), "sheet_quote_open"],
    ["no header", utf8("甲,乙,丙\n1,2,3\n"), "sheet_no_header"],
    ["more than 20,000 rows", utf8(`${HEADER}\n${`${ROW}\n`.repeat(20_001)}`), "sheet_too_many_rows"],
  ])("%s", async (_, bytes, expected) => {
    expect(await reason(bytes)).toBe(expected);
  });
});

describe("faults of a row", () => {
  const area = (text: string) => `${HEADER}\n1栋,1单元,0101,${text},张三,0011,,,,已交付\n`;
  test.each([
    ["a missing area", "", ["error area_empty 2"]],
    ["zero", "0", ["error area_zero 2"]],
    ["zero with decimals", "0.00", ["error area_zero 2"]],
    ["a negative area", "-89.66", ["error area_negative 2"]],
    ["three decimals, which are never rounded", "89.666", ["error area_too_precise 2"]],
    ["three decimals of which the last is nothing", "89.660", []],
    ["two decimals", "89.66", []],
    ["full-width digits", "８９．６６", ["warning area_read_as 2"]],
    ["a thousands comma", '"1,234.50"', ["warning area_read_as 2"]],
    ["a comma in the wrong place", '"12,34.50"', ["error area_not_a_number 2"]],
    ["a unit of measure", "89.66㎡", ["warning area_read_as 2"]],
    ["two areas added", "89.66+4.2", ["error area_sum 2"]],
    ["words", "约九十", ["error area_not_a_number 2"]],
    ["100 km² and more", "100000000.01", ["error area_too_large 2"]],
    ["a lost decimal point", "12345", ["warning area_remarkable 2"]],
  ])("area: %s", async (_, text, expected) => {
    expect(await findingsOf(area(text))).toEqual(expected);
  });
  test("the message of a sum names row, column, value and what to write instead", async () => {
    const [finding] = (await good(area("89.66+4.2"))).findings.all;
    expect(sayFinding(finding!, "zh")).toBe(
      "第 2 行「专有部分面积」“89.66+4.2”：面积里有加号。一个专有部分请填合计面积（合计 93.86）；如果是两个专有部分，请分成两行。",
    );
    expect(sayFinding(finding!, "en")).toContain("Row 2, exclusive area (m²) “89.66+4.2”");
  });

  const rows = (...lines: string[]) => `${HEADER},证件号码,业主类型,监护人,表决代表\n${lines.join("\n")}\n`;
  test.each([
    ["no room", rows("1栋,1单元,,80,张三,0011,,,,"), ["error room_missing 2"]],
    ["no building", rows(",1单元,0101,80,张三,0011,,,,"), ["error building_missing 2"]],
    ["an unknown state", rows("1栋,,0101,80,张三,0011,,,,空关"), ["error unknown_word 2"]],
    ["a landline for a mobile", rows("1栋,,0101,80,张三,,023-41421234,,,"), ["error phone_form 2"]],
    ["a masked phone", rows("1栋,,0101,80,张三,,138****5678,,,"), ["error phone_form 2"]],
    ["a masked name", rows("1栋,,0101,80,张*,,,,,"), ["error masked 2"]],
    [
      "a document with a wrong check digit",
      rows("1栋,,0101,80,张三,,,,,,110105194912310021"),
      ["error id_check_digit 2"],
    ],
    ["a document born on 30 February", rows("1栋,,0101,80,张三,,,,,,110105194902300020"), ["error id_birth_date 2"]],
    [
      "a last four that is not the document's",
      rows("1栋,,0101,80,张三,1234,,,,,11010519491231002X"),
      ["error tail_differs 2"],
    ],
    ["a last four of three", rows("1栋,,0101,80,张三,123,,,,"), ["error tail_form 2"]],
    [
      "a credit code that fails its check is only warned of",
      rows("1栋,,0101,80,某某公司,,,,,,91350200MA2YJ1XR9H,单位"),
      ["warning credit_code_check 2"],
    ],
    ["a phone without a name", rows("1栋,,0101,80,,,13812345678,,,"), ["error owner_name_missing 2"]],
    ["a number in scientific notation", rows("1栋,,0101,80,张三,,,,,,1.10105E+17"), ["error scientific 2"]],
    ["a room that may have lost its zero", rows("1栋,,2018.1,80,张三,0011,,,,"), ["warning maybe_lost_zero 2"]],
    [
      "the same unit and owner twice",
      rows("1栋,,0101,80,张三,0011,,,,", "1栋,,0101,80,张三,0011,,,,"),
      ["error duplicate_unit 3"],
    ],
    [
      "the same unit again without an owner",
      rows("1栋,,0101,80,张三,0011,,,,", "1栋,,0101,80,,,,,,"),
      ["error duplicate_unit 3"],
    ],
    [
      "two areas for one unit",
      rows("1栋,,0101,80,张三,0011,,,,", "1栋,,0101,81,李四,0022,,,,"),
      ["error unit_rows_disagree 3"],
    ],
    ["0101 beside 101", rows("1栋,,0101,80,张三,0011,,,,", "1栋,,101,80,李四,0022,,,,"), ["warning similar_unit 3"]],
    [
      "one document, two names",
      rows("1栋,,0101,80,张三,,,,,,11010519491231002X", "1栋,,0102,80,李四,,,,,,11010519491231002X"),
      ["error one_key_two_names 3"],
    ],
    [
      "one number, two names",
      rows("1栋,,0101,80,张三,,,,P1,", "1栋,,0102,80,李四,,,,P1,"),
      ["error one_key_two_names 3"],
    ],
    [
      "one document, two numbers",
      rows("1栋,,0101,80,张三,,,,P1,,11010519491231002X", "1栋,,0102,80,张三,,,,P2,,11010519491231002X"),
      ["error one_document_two_numbers 3"],
    ],
    [
      "one name in two units with nothing to tell",
      rows("1栋,,0101,80,张三,,,,,", "1栋,,0102,80,张三,,,,,"),
      ["warning cannot_merge 3"],
    ],
    [
      "a minor without a guardian",
      rows("1栋,,0101,80,张三,,,,,,110105201505150017"),
      ["warning minor_without_guardian 2"],
    ],
    [
      "a choice of somebody who is no owner",
      rows("1栋,,0101,80,张三,0011,,李四,,,,,,王五"),
      ["error designated_not_owner 2"],
    ],
    ["a guardian of oneself", rows("1栋,,0101,80,张三,0011,,,,,,,张三"), ["error own_guardian 2"]],
    [
      "an unsold unit with a person for its owner",
      rows("1栋,,0101,80,张三,0011,,,,未售"),
      ["warning unsold_with_owner 2"],
    ],
    ["angle brackets in a room", rows("1栋,,<b>,80,张三,0011,,,,"), ["error place_form 2"]],
  ])("%s", async (_, text, expected) => {
    expect(await findingsOf(text)).toEqual(expected);
  });
  test("no finding shows a document or a phone in clear", async () => {
    const { findings } = await good(rows("1栋,,0101,80,张三,,12812345678,,,,110105194912310021"));
    const said = findings.all.map((finding) => sayFinding(finding, "zh")).join();
    expect(said).not.toContain("12812345678");
    expect(said).not.toContain("194912310021");
  });
});

describe("who is the same person", () => {
  const people = async (...lines: string[]) => {
    const { draft } = await good(`${HEADER},证件号码\n${lines.join("\n")}\n`);
    return draft.people.map(({ tier, units }) => `${tier} ${units.length}`);
  };
  test.each([
    ["by number", ["1栋,,1,80,张三,,,,P1,", "1栋,,2,80,张三,,,,P1,"], ["owner_no 2"]],
    [
      "by document",
      ["1栋,,1,80,张三,,,,,,11010519491231002X", "1栋,,2,80,张三,,,,,,11010519491231002X"],
      ["id_number 2"],
    ],
    ["by name and last four", ["1栋,,1,80,张三,0011,,,,", "1栋,,2,80,张三,0011,,,,"], ["name_and_tail 2"]],
    ["by name and phone", ["1栋,,1,80,张三,,13812345678,,,", "1栋,,2,80,张三,,13812345678,,,"], ["name_and_phone 2"]],
    ["not by name alone", ["1栋,,1,80,张三,,,,,", "1栋,,2,80,张三,,,,,"], ["unit_only 1", "unit_only 1"]],
    [
      "not by phone alone: a couple shares one",
      ["1栋,,1,80,张三,,13812345678,,,", "1栋,,2,80,李四,,13812345678,,,"],
      ["name_and_phone 1", "name_and_phone 1"],
    ],
    [
      "the weaker mark finds the stronger: a last four fits a document",
      ["1栋,,1,80,张三,,,,,,11010519491231002X", "1栋,,2,80,张三,002X,,,,"],
      ["id_number 2"],
    ],
    [
      "the order of rows does not matter",
      ["1栋,,2,80,张三,002X,,,,", "1栋,,1,80,张三,,,,,,11010519491231002X"],
      ["id_number 2"],
    ],
    [
      "a name and phone that contradicts in the last four is another",
      ["1栋,,1,80,张三,0011,13812345678,,,", "1栋,,2,80,张三,0022,13812345678,,,"],
      ["name_and_tail 1", "name_and_tail 1"],
    ],
  ])("%s", async (_, lines, expected) => {
    expect(await people(...lines)).toEqual(expected);
  });
  test("co-owners may stand in one cell or in rows of their own, and are not doubled by both", async () => {
    const one = await good(`${HEADER}\n1栋,,1,80,张三,0011,,李四、王五,,\n`);
    expect(one.draft.units[0]!.owners).toHaveLength(3);
    const both = await good(`${HEADER}\n1栋,,1,80,张三,0011,,李四,,\n1栋,,1,80,李四,0022,,张三,,\n`);
    expect(both.findings.all).toEqual([]);
    expect(both.draft.units[0]!.owners).toHaveLength(2);
  });
});

const sheetXml = (rows: string, merges = ""): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ),
    "xl/workbook.xml": strToU8(
      '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="封面" sheetId="1" r:id="rId1"/><sheet name="名册" sheetId="2" r:id="rId2"/></sheets></workbook>',
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    "xl/worksheets/sheet1.xml": strToU8(
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>',
    ),
    "xl/worksheets/sheet2.xml": strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${merges}</worksheet>`,
    ),
  });
const xml = {
  text: (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`,
  number: (at: string, value: string) => `<c r="${at}"><v>${value}</v></c>`,
  row: (number: number, ...cells: string[]) => `<row r="${number}">${cells.join("")}</row>`,
};
const xlsxHeader = xml.row(
  2,
  ...["楼栋", "单元", "房号", "面积", "业主姓名", "手机号"].map((name, at) => xml.text(`${"ABCDEF"[at]}2`, name)),
);

describe("XLSX", () => {
  const codes = async (rows: string, merges = "") => {
    const result = await readRollFile(sheetXml(xlsxHeader + rows, merges), TODAY);
    if (!result.ok) throw new Error(result.error.reason);
    return {
      findings: result.value.findings.inOrder().map(({ level, code, row }) => `${level} ${code} ${row}`),
      draft: result.value.draft,
    };
  };
  const cells = (row: number, more: Record<string, string>) =>
    xml.row(row, ...["A", "B", "C", "D", "E", "F"].map((column) => more[column] ?? ""));
  const plain = (row: number, room: string, more: Record<string, string> = {}) =>
    cells(row, {
      A: xml.text(`A${row}`, "1栋"),
      C: xml.text(`C${row}`, room),
      D: xml.number(`D${row}`, "89.659999999999997"),
      E: xml.text(`E${row}`, "张三"),
      ...more,
    });

  test("reads the sheet that has the header, keeps row numbers, and sees 89.66 where the file holds 89.659999999999997", async () => {
    const { findings, draft } = await codes(plain(4, "0101"));
    expect(findings).toEqual([]);
    expect(draft.units[0]).toMatchObject({ room: "0101", areaDm2: 8966, rows: [4] });
  });
  test("a building merged over rows stands for all of them", async () => {
    const rows = [3, 4, 5]
      .map((row) => plain(row, `010${row}`, row > 3 ? { A: "", E: xml.text(`E${row}`, `李${row}`) } : {}))
      .join("");
    const { findings, draft } = await codes(rows, '<mergeCells count="1"><mergeCell ref="A3:A5"/></mergeCells>');
    expect(findings).toEqual([]);
    expect(draft.units.map(({ building }) => building)).toEqual(["1栋", "1栋", "1栋"]);
  });
  test("an area merged over two units is refused, over two co-owners' rows it is one area", async () => {
    const merge = '<mergeCells count="1"><mergeCell ref="D3:D4"/></mergeCells>';
    const two = await codes(plain(3, "0101") + plain(4, "0102", { D: "", E: xml.text("E4", "李四") }), merge);
    expect(two.findings).toEqual(["error area_merged 4"]);
    const one = await codes(plain(3, "0101") + plain(4, "0101", { D: "", E: xml.text("E4", "李四") }), merge);
    expect(one.findings).toEqual([]);
    expect(one.draft.units[0]!.owners).toHaveLength(2);
  });
  test("cells merged across columns are refused below the header and harmless above it", async () => {
    const merges = '<mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="C3:D3"/></mergeCells>';
    expect((await codes(plain(3, "0101"), merges)).findings).toEqual(["error merged_across 3"]);
  });
  test.each([
    ["a formula with its result is read", plain(3, "0101", { D: '<c r="D3"><f>80+9.66</f><v>89.66</v></c>' }), []],
    [
      "a formula without a result is refused",
      plain(3, "0101", { D: '<c r="D3"><f>80+9.66</f></c>' }),
      ["error formula_without_result 3"],
    ],
    ["#N/A is refused", plain(3, "0101", { D: '<c r="D3" t="e"><f>X</f><v>#N/A</v></c>' }), ["error formula_error 3"]],
    [
      "2018.10 kept as a number has lost its zero",
      plain(3, "", { C: xml.number("C3", "2018.1") }),
      ["error lost_zero 3"],
    ],
    ["a whole number for a room is read", plain(3, "", { C: xml.number("C3", "101") }), []],
    ["a phone kept as a number is read", plain(3, "0101", { F: xml.number("F3", "1.3812345678E10") }), []],
  ])("%s", async (_, rows, expected) => {
    expect((await codes(rows)).findings).toEqual(expected);
  });
  test.each([
    ["89.659999999999997", "89.66"],
    ["1.3812345678E10", "13812345678"],
    ["2018.1", "2018.1"],
    ["101", "101"],
    ["500120199001011230", "500120199001011200"],
  ])("a number is read as a spreadsheet shows it: %s", (digits, shown) => {
    expect(shownNumber(digits)).toBe(shown);
  });
});

describe("writing", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'x", "＝1"])(
    "a cell starting %j is kept from calculating and reads back",
    (cell) => {
      const bytes = writeCsv([[cell, "x"]]);
      const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: false }).decode(bytes);
      expect(text.startsWith(`\ufeff'`) || text.startsWith(`\ufeff"'`)).toBe(true);
      const grid = readCsv(bytes);
      expect(grid.ok && grid.value.rows[0]!.map(({ text }) => text)).toEqual([cell, "x"]);
    },
  );
  test.each(["csv", "xlsx"] as const)("the template reads without a fault as %s", async (format) => {
    const result = await readRollFile(await fileOf(templateTable(), format), TODAY);
    expect(result.ok && [result.value.findings.all, result.value.draft.units.length]).toEqual([[], 2]);
  });

  test.each(["csv", "xlsx"] as const)("any roll written as %s and read again differs in nothing", async (format) => {
    await fc.assert(
      fc.asyncProperty(CURRENT, async (roll) => {
        const current = currentFrom(roll);
        if (roll.units.length === 0) return;
        const result = await readRollFile(await fileOf(exportOf(roll), format), TODAY);
        if (!result.ok) throw new Error(result.error.reason);
        const { draft, findings } = result.value;
        expect(findings.all.filter(({ level }) => level === "error")).toEqual([]);
        const { differences, plan } = compare(draft, draftPeople(draft), current, findings, idsFrom());
        expect(differences).toMatchObject({ added: [], changed: [], people: [], missing: [], newPeople: 0 });
        expect([plan.open, plan.close, plan.facts, plan.guardians]).toEqual([[], [], [], []]);
        // And an empty roll would be filled with all of it, choices and guardians too.
        const fresh = compare(draft, draftPeople(draft), { units: [], parties: [] }, findings, idsFrom()).plan;
        const count = (role: string) => fresh.open.filter((opened) => opened.role === role).length;
        expect([fresh.newUnits.length, count("owner"), count("designated"), fresh.guardians.length]).toEqual([
          roll.units.length,
          roll.units.reduce((sum, { owners }) => sum + owners.length, 0),
          roll.units.filter(({ designated }) => designated !== null).length,
          roll.guardians.length,
        ]);
      }),
      { numRuns: format === "csv" ? 60 : 15 },
    );
  });
});

describe("differences", () => {
  const base = () =>
    currentFrom({
      units: [
        { place: ["1栋", "", "0101"], areaDm2: 8966, owners: [0], designated: null },
        { place: ["1栋", "", "0102"], areaDm2: 10_000, owners: [1], designated: null },
      ],
      people: [personal("张三", { idTail: "0011" }), personal("李四", { phone: "13812345678" })],
      guardians: [],
    });
  const differ = async (lines: string[]) => {
    const { draft, findings } = await good(`${HEADER},证件号码,面积来源\n${lines.join("\n")}\n`);
    const { differences, plan } = compare(draft, draftPeople(draft), base(), findings, idsFrom());
    return { differences, plan, findings: findings.all.map(({ code }) => code) };
  };
  const first = "1栋,,0101,89.66,张三,0011,,,,已交付";
  const second = "1栋,,0102,100,李四,,13812345678,,,已交付";

  test("the same again is no difference", async () => {
    const { differences } = await differ([first, second]);
    expect(differences).toMatchObject({ added: [], changed: [], people: [], missing: [], unchanged: 2, newPeople: 0 });
  });
  test("a changed area is shown old → new, to the square decimetre", async () => {
    const { differences, plan } = await differ([first.replace("89.66", "89.67"), second]);
    expect(
      differences.changed.map(({ room, fields }) => [
        room,
        fields.map(({ field, from, to }) => `${field.zh} ${from.zh}→${to.zh}`),
      ]),
    ).toEqual([["0101", ["面积 89.66 ㎡（登记）→89.67 ㎡（登记）"]]]);
    expect(plan.facts).toMatchObject([{ areas: { register: 8967 } }]);
  });
  test("a contract's area beside a registered one is kept and does not count (C1)", async () => {
    const { plan, findings } = await differ([`${first},,合同`.replace("89.66", "88"), second]);
    expect(plan.facts).toMatchObject([{ areas: { register: 8966, contract: 8800 } }]);
    expect(findings).toContain("weaker_area");
  });
  test("another owner closes the old holding and opens a new one, names masked", async () => {
    const { differences, plan } = await differ([first.replace("张三,0011", "王五,0055"), second]);
    expect(differences.changed[0]!.fields.map(({ from, to }) => [from.zh, to.zh])).toEqual([["张*", "王*"]]);
    expect(plan.close).toHaveLength(1);
    expect(plan.open).toHaveLength(1);
    expect(plan.newParties).toHaveLength(1);
  });
  test("a document added to a known owner is a change of the person, not of the owner", async () => {
    const { differences, plan } = await differ([
      first.replace(",0011,", ",002X,").replace(",已交付", ",已交付,11010519491231002X").replace("002X,,,,", ",,,,"),
      second,
    ]);
    // 张三 had the last four 0011: another document's owner is another person.
    expect(differences.newPeople).toBe(1);
    const same = await differ([first, second.replace("已交付", "已交付,11010519491231002X")]);
    expect(same.differences.newPeople).toBe(0);
    expect(same.differences.people.map(({ name, fields }) => [name, fields.map(({ field }) => field.zh)])).toEqual([
      ["李*", ["证件号码"]],
    ]);
    expect(same.plan.close).toEqual([]);
    expect(plan.close).toHaveLength(1);
  });
  test("an empty phone takes no phone away", async () => {
    const { differences } = await differ([first, second.replace("13812345678", "")]);
    expect(differences).toMatchObject({ changed: [], people: [], unchanged: 2 });
  });
  test("a unit missing from the file is listed and left alone; one that only lost its zero is named", async () => {
    const { differences, plan } = await differ([first.replace("0101", "101"), second]);
    expect(differences.missing.map(({ room, like }) => [room, like])).toEqual([["0101", "101"]]);
    expect(plan.close).toEqual([]);
  });
  test("a new unit that is delivered needs an owner; an unsold one does not", async () => {
    expect((await differ([first, second, "1栋,,0103,50,,,,,,已交付"])).findings).toContain("owner_missing");
    expect((await differ([first, second, "1栋,,0103,50,,,,,,未售"])).findings).not.toContain("owner_missing");
  });
});
