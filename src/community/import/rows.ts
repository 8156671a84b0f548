/** The cells of a roll's file, row by row, as checked values: what each row says by itself. Who is the same person, and what the roll makes of it, comes after. */
import { type AreaDm2, formatArea, parseArea } from "../../kernel/area.ts";
import type { Day } from "../../kernel/day.ts";
import { type Cell, type Grid, isBlank } from "../../platform/sheet/grid.ts";
import type { AreaSource, Basis, UnitKind, UnitPlace, UnitState } from "../rules.ts";
import { RowReader, readChoice, readName, readPhone } from "./cells.ts";
import type { Header } from "./columns.ts";
import type { Findings } from "./findings.ts";
import { type FilePerson, readCoOwners, readOwner } from "./owner-cells.ts";
import { BASIS_WORDS, KIND_WORDS, SOURCE_WORDS, STATE_WORDS } from "./words.ts";

/** One row. null means the cell was empty or the column absent: nothing is said about it. */
export interface FileRow extends UnitPlace {
  readonly row: number;
  readonly areaDm2: AreaDm2 | null;
  readonly areaSource: AreaSource | null;
  readonly kind: UnitKind | null;
  readonly state: UnitState | null;
  readonly basis: Basis | null;
  readonly owner: FilePerson | null;
  readonly coOwners: readonly string[];
  readonly designated: string | null;
  readonly guardian: { readonly name: string; readonly phone: string | null } | null;
  /** The row from which this one's area was merged down, if it was. */
  readonly areaMergedFrom: number | null;
}

const LONGEST_PLACE = 20;
/** 10,000 m²: a unit above it is rarely one unit, often a lost decimal point. */
const REMARKABLE_DM2 = 1_000_000;

/** Reads the rows below the header. Rows with faults are left out of the result and stand in the findings. */
export function readRows(grid: Grid, header: Header, today: Day, findings: Findings): FileRow[] {
  const rows: FileRow[] = [];
  for (const { range, row } of grid.acrossColumns)
    if (row > header.row)
      findings.error(
        "merged_across",
        { row, value: range },
        "这里把几列合并成了一格，看不出数据属于哪一列。请取消合并后再导入。",
        "several columns are merged here, so the data cannot be told apart. Please unmerge and import again.",
      );
  for (let at = header.row; at < grid.rows.length; at += 1) {
    const cells = grid.rows[at]!;
    if (isBlank(cells) || isRemark(cells, header, at + 1, findings)) continue;
    const before = findings.errors;
    const row = readRow(new RowReader(cells, header, at + 1, findings), today);
    if (row && findings.errors === before) rows.push(row);
  }
  return rows;
}

/** Sums and remarks that people put under a table. */
function isRemark(cells: readonly Cell[], header: Header, row: number, findings: Findings): boolean {
  const filled = cells.filter(({ text, mergedFrom }) => text.trim() !== "" && mergedFrom === undefined);
  const first = filled[0]?.text.replace(/\s/g, "") ?? "";
  const room = cells[header.columns.get("room")!]?.text.trim() ?? "";
  const isSum = /^(?:合计|总计|小计|共计|本页小计)/.test(first) && (room === "" || room === filled[0]?.text.trim());
  const isNote = filled.length === 1 && /^(?:说明|备注|注|填表|制表|审核|填报|日期|单位)/.test(first);
  const isHeaderAgain = room !== "" && /^(?:房号|室号|房间号|房屋|房间|户号|门牌号)$/.test(room);
  if (!isSum && !isNote && !isHeaderAgain) return false;
  findings.warning(
    "row_skipped",
    { row, value: filled[0]?.text ?? "" },
    "这一行像是合计、说明或重复的表头，没有当作数据。",
    "this row looks like a sum, a remark or a repeated header and was not read as data.",
  );
  return true;
}

function readRow(at: RowReader, today: Day): FileRow | null {
  const place = readPlace(at);
  const area = readAreaCell(at);
  const state = readChoice(at, "state", STATE_WORDS, ["retired"]);
  const kind = readChoice(at, "kind", KIND_WORDS);
  const areaSource = readChoice(at, "areaSource", SOURCE_WORDS);
  const basis = readChoice(at, "basis", BASIS_WORDS);
  const owner = readOwner(at, state, today);
  const coOwners = readCoOwners(at);
  const designated = readName(at, "designated");
  const guardianName = readName(at, "guardian");
  const guardianPhone = readPhone(at, "guardianPhone");
  if (!place) return null;
  if (guardianPhone !== null && guardianName === null)
    at.error(
      "guardian_name_missing",
      "guardian",
      "",
      "填了监护人手机号，没有填监护人姓名。",
      "the guardian's mobile is given without a name.",
    );
  return {
    ...place,
    row: at.row,
    areaDm2: area,
    areaSource,
    kind,
    state,
    basis,
    owner,
    coOwners,
    designated,
    guardian: guardianName === null ? null : { name: guardianName, phone: guardianPhone },
    areaMergedFrom: at.cell("area").mergedFrom ?? null,
  };
}

function readPlace(at: RowReader): UnitPlace | null {
  const garden = at.label("garden");
  const building = at.label("building");
  const entrance = at.label("entrance");
  const room = at.label("room");
  if (garden === null || building === null || entrance === null || room === null) return null;
  if (room === "") {
    at.error("room_missing", "room", "", "没有房号。", "the unit number is missing.");
    return null;
  }
  const place = at.roomHoldsAll ? splitRoom(room) : { building: garden + building, entrance, room };
  if (!place) {
    at.error(
      "building_missing",
      "room",
      room,
      "表里没有楼栋列，房号也不是“楼栋-单元-房号”的写法，看不出是哪一栋。",
      "there is no building column and the number is not written building-entrance-unit, so the building is unknown.",
    );
    return null;
  }
  if (place.building === "") {
    at.error(
      "building_missing",
      "building",
      "",
      "没有楼栋。如果原表把楼栋合并成一格，请取消合并并逐行填写。",
      "the building is missing. If the original sheet merged it over several rows, unmerge and fill every row.",
    );
    return null;
  }
  for (const key of ["building", "entrance", "room"] as const) {
    if ([...place[key]].length > LONGEST_PLACE || /[\p{Cc}<>]/u.test(place[key])) {
      at.error(
        "place_form",
        key,
        place[key],
        `最多 ${LONGEST_PLACE} 个字，不能有尖括号。`,
        `at most ${LONGEST_PLACE} characters, no angle brackets.`,
      );
      return null;
    }
  }
  const isBareDecimal = /^\d+\.\d$/.test(place.room) && at.cell("room").from === "text";
  if (isBareDecimal)
    at.warning(
      "maybe_lost_zero",
      "room",
      place.room,
      `看起来像小数。如果原来是 ${place.room}0，末尾的 0 被表格软件丢掉了，请核对。`,
      `this looks like a decimal. If it was ${place.room}0, the spreadsheet has dropped the zero; please check.`,
    );
  return place;
}

/** 01-01-0101 → 01, 01, 0101; 01-0101 → 01, "", 0101. */
function splitRoom(text: string): UnitPlace | null {
  const parts = text.split(/[-—–－#]/).map((part) => part.trim());
  if (parts.some((part) => part === "")) return null;
  const [first, second, third] = parts;
  if (parts.length === 3) return { building: first!, entrance: second!, room: third! };
  if (parts.length === 2) return { building: first!, entrance: "", room: second! };
  return null;
}

function readAreaCell(at: RowReader): AreaDm2 | null {
  const cell = at.cell("area");
  const text = at.text("area");
  if (text === null || text === "") return null;
  if (cell.from === "date") {
    at.error(
      "became_a_date",
      "area",
      text,
      "Excel 把面积变成了日期，请重新填写。",
      "Excel has turned the area into a date; please type it again.",
    );
    return null;
  }
  if (/[+＋]/.test(text)) {
    const parts = text.split(/[+＋]/).map((part) => parseArea(part));
    const sum = parts.every((part) => part.ok)
      ? parts.reduce((held, part) => held + (part.ok ? part.value : 0), 0)
      : null;
    const total = sum === null ? "" : `（合计 ${formatArea(sum)}）`;
    at.error(
      "area_sum",
      "area",
      text,
      `面积里有加号。一个专有部分请填合计面积${total}；如果是两个专有部分，请分成两行。`,
      `the area has a plus sign. Enter the total for one unit${sum === null ? "" : ` (${formatArea(sum)})`}, or two rows for two units.`,
    );
    return null;
  }
  const area = parseArea(text);
  if (!area.ok) {
    const [zh, en] = AREA_WORDS[area.error];
    at.error(`area_${area.error}`, "area", text, zh, en);
    return null;
  }
  if (area.value === 0) {
    at.error(
      "area_zero",
      "area",
      text,
      "面积是 0。没有面积的房屋不能计入，请填写或删去这一行。",
      "the area is 0. A unit without area cannot count; fill it in or remove the row.",
    );
    return null;
  }
  const shown = formatArea(area.value);
  if (/[^\d.]/.test(cell.text.trim()) && cell.from === "text")
    at.warning(
      "area_read_as",
      "area",
      text === cell.text.trim() ? text : cell.text.trim(),
      `按 ${shown} ㎡ 读入。`,
      `read as ${shown} m².`,
    );
  if (area.value > REMARKABLE_DM2)
    at.warning(
      "area_remarkable",
      "area",
      text,
      "超过 10000 ㎡，请核对小数点。",
      "more than 10,000 m²; please check the decimal point.",
    );
  return area.value;
}

const AREA_WORDS: Record<
  "empty" | "not_a_number" | "negative" | "too_precise" | "too_large",
  readonly [string, string]
> = {
  empty: ["没有面积。", "the area is missing."],
  not_a_number: ["不是数字。面积请写成 89.66 的样子。", "not a number. Write the area like 89.66."],
  negative: ["面积是负数。", "the area is negative."],
  too_precise: [
    "超过两位小数。系统不会替您四舍五入，请按不动产登记簿填写两位小数。",
    "more than two decimals. Nothing is rounded for you; enter two decimals as in the register.",
  ],
  too_large: ["面积太大，请核对小数点。", "the area is too large; please check the decimal point."],
};
