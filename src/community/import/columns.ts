/** The columns of a roll: their headers, the other names people give them, and the row in which a file has them. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Grid, SheetFault } from "../../platform/sheet/grid.ts";

interface ColumnDefinition {
  readonly key: string;
  /** As written by export and template. */
  readonly header: string;
  readonly en: string;
  /** Other names, compared without spaces, units and remarks in brackets; the first that a file has is taken. */
  readonly aliases: readonly string[];
}

/** In the order of the template. Names from the accustomed forms of other systems stand among the aliases. */
export const COLUMNS = [
  {
    key: "building",
    header: "楼栋",
    en: "building",
    aliases: ["幢", "栋", "座", "楼幢", "楼座", "幢号", "栋号", "座号", "楼栋号", "楼栋名称", "楼号", "楼"],
  },
  { key: "entrance", header: "单元", en: "entrance", aliases: ["单元号", "单元名称", "门洞", "梯", "梯号"] },
  {
    key: "room",
    header: "房号",
    en: "unit number",
    aliases: ["楼号(房号)", "室号", "房屋", "房屋号", "房屋编号", "房间号", "房间", "户号", "门牌号", "室", "楼座房号"],
  },
  {
    key: "area",
    header: "专有部分面积(㎡)",
    en: "exclusive area (m²)",
    aliases: ["专有部分面积", "专有面积", "建筑面积", "产权面积", "房屋面积", "登记面积", "面积", "房产面积"],
  },
  { key: "areaSource", header: "面积来源", en: "source of the area", aliases: ["面积依据", "面积性质"] },
  {
    key: "kind",
    header: "用途",
    en: "use",
    aliases: ["类型", "房屋用途", "规划用途", "物业类型", "房屋类型", "房屋性质", "业态"],
  },
  {
    key: "state",
    header: "状态(已交付/未交付/未售)",
    en: "state",
    aliases: ["状态", "房屋状态", "交付状态", "销售状态"],
  },
  {
    key: "ownerName",
    header: "业主姓名",
    en: "owner",
    aliases: [
      "业主名称",
      "业主名字",
      "业主",
      "产权人",
      "产权人姓名",
      "产权人名称",
      "所有权人",
      "权利人",
      "姓名",
      "名称",
    ],
  },
  { key: "ownerKind", header: "业主类型", en: "kind of owner", aliases: ["产权人类型", "权利人类型"] },
  { key: "idType", header: "证件类型", en: "document", aliases: ["证件种类", "证件名称"] },
  {
    key: "idNumber",
    header: "证件号码",
    en: "document number",
    aliases: ["身份证号码", "身份证号", "身份证", "证件号", "证件编号", "统一社会信用代码"],
  },
  {
    key: "idTail",
    header: "证件号后四位",
    en: "last four of the document",
    aliases: ["证件后四位", "身份证后四位", "身份证号后四位", "证件号码后四位", "身份证号码后四位"],
  },
  {
    key: "phone",
    header: "手机号",
    en: "mobile",
    aliases: ["手机号码", "手机", "移动电话", "电话号码", "联系电话", "联系电话1", "联系方式", "电话"],
  },
  {
    key: "coOwners",
    header: "共有人",
    en: "co-owners",
    aliases: ["共有权人", "其他共有人", "共同共有人", "共有人姓名"],
  },
  {
    key: "ownerNo",
    header: "产权人编号",
    en: "owner's number",
    aliases: ["业主编号", "产权人号", "业主ID", "权利人编号"],
  },
  { key: "basis", header: "权属依据", en: "basis", aliases: ["产权依据", "权属状态"] },
  {
    key: "designated",
    header: "表决代表",
    en: "who votes",
    aliases: ["推选代表", "共有人代表", "投票代表", "表决权人"],
  },
  { key: "guardian", header: "监护人", en: "guardian", aliases: ["监护人姓名", "法定监护人"] },
  { key: "guardianPhone", header: "监护人手机号", en: "guardian's mobile", aliases: ["监护人电话", "监护人手机"] },
  // Only read: some estates are several gardens with the same buildings' numbers. It becomes part of the building.
  { key: "garden", header: "苑", en: "garden", aliases: ["组团", "苑区", "分区", "期"] },
] as const satisfies readonly ColumnDefinition[];

export type ColumnKey = (typeof COLUMNS)[number]["key"];

const byKey = new Map<ColumnKey, ColumnDefinition>(COLUMNS.map((column) => [column.key, column]));

/** What a message calls the column. */
export const columnName = (key: ColumnKey): Bilingual => {
  const { header, en } = byKey.get(key)!;
  return { zh: header.replace(/\(.*\)$/, ""), en };
};

/** The headers of export and template. */
export const WRITTEN: readonly ColumnKey[] = COLUMNS.map(({ key }) => key).filter((key) => key !== "garden");
export const headersOf = (keys: readonly ColumnKey[]): string[] => keys.map((key) => byKey.get(key)!.header);

const squeeze = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s*＊:：#]/g, "")
    .replace(/㎡|m2|m²/gi, "");
const withoutRemark = (text: string): string => squeeze(text).replace(/[([【].*$/, "");

/** How well a cell names each column: 0 its own header, more for later aliases; absent when not at all. */
function rankOf(cell: string): Map<ColumnKey, number> {
  const ranks = new Map<ColumnKey, number>();
  const whole = squeeze(cell);
  const plain = withoutRemark(cell);
  if (plain === "") return ranks;
  for (const { key, header, aliases } of COLUMNS) {
    const names = [squeeze(header), withoutRemark(header), ...aliases.map(squeeze)];
    // "楼号(房号)" as a whole is the room; with its remark cut off it would be the building.
    const exact = names.indexOf(whole);
    const cut = names.indexOf(plain);
    if (exact >= 0) ranks.set(key, exact);
    else if (cut >= 0) ranks.set(key, cut + 100);
  }
  const best = Math.min(...ranks.values());
  return new Map([...ranks].filter(([, rank]) => rank < 100 || best >= 100));
}

export interface Header {
  /** Row number in the file, from 1. */
  readonly row: number;
  /** Where each column stands, from 0. */
  readonly columns: ReadonlyMap<ColumnKey, number>;
  /** Headers nothing is read from. */
  readonly ignored: readonly string[];
  /** Buildings and entrances stand inside the room, as in 01-01-0101. */
  readonly roomHoldsAll: boolean;
}

const HEADER_WITHIN = 20;

/** Finds the header: within the first 20 rows, the one that names most columns and at least a room and an area. */
export function findHeader(grid: Grid): Result<Header, SheetFault> {
  let best: Header | null = null;
  let nearest: { missing: string[]; seen: string[]; found: number } = {
    missing: ["房号", "专有部分面积"],
    seen: [],
    found: -1,
  };
  for (const [at, row] of grid.rows.slice(0, HEADER_WITHIN).entries()) {
    const header = headerIn(
      row.map(({ text }) => text),
      at + 1,
    );
    const missing = (["room", "area"] as const)
      .filter((key) => !header.columns.has(key))
      .map((key) => columnName(key).zh);
    if (missing.length === 0) {
      if (!best || header.columns.size > best.columns.size) best = header;
    } else if (header.columns.size > nearest.found) {
      const seen = row.map(({ text }) => text.trim()).filter((text) => text !== "");
      nearest = { missing, seen: seen.slice(0, 12), found: header.columns.size };
    }
  }
  if (best) return ok(best);
  return err({ reason: "sheet_no_header", missing: nearest.missing, seen: nearest.seen });
}

function headerIn(cells: readonly string[], row: number): Header {
  const claims = new Map<ColumnKey, { at: number; rank: number }>();
  const named = new Set<number>();
  for (const [at, cell] of cells.entries())
    for (const [key, rank] of rankOf(cell)) {
      const held = claims.get(key);
      if (!held || rank < held.rank) claims.set(key, { at, rank });
    }
  const columns = new Map<ColumnKey, number>();
  // A header that could be two columns goes to the one it names best.
  for (const [key, { at }] of [...claims].sort((a, b) => a[1].rank - b[1].rank)) {
    if (named.has(at)) continue;
    named.add(at);
    columns.set(key, at);
  }
  const ignored = cells.map((cell) => cell.trim()).filter((cell, at) => cell !== "" && !named.has(at));
  return { row, columns, ignored, roomHoldsAll: columns.has("room") && !columns.has("building") };
}
