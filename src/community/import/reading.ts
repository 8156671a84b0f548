/** From a file's bytes to a checked draft: which format it is, which worksheet, the header, the rows, the people. Writes nothing. */
import type { Day } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { readCsv } from "../../platform/sheet/csv.ts";
import { type Grid, LARGEST_SHEET_BYTES, MOST_ROWS, type SheetFault } from "../../platform/sheet/grid.ts";
import { readXlsxSheets } from "../../platform/sheet/xlsx.ts";
import { columnName, findHeader, type Header } from "./columns.ts";
import { type Draft, draftOf } from "./draft.ts";
import { Findings } from "./findings.ts";
import { readRows } from "./rows.ts";

export interface ReadFile {
  readonly draft: Draft;
  readonly findings: Findings;
  /** Rows that held data. */
  readonly rows: number;
  /** About the file as a whole. */
  readonly notes: readonly Bilingual[];
}

const ZIP = [0x50, 0x4b] as const;
const OLE = [0xd0, 0xcf, 0x11, 0xe0] as const;
const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);

/**
 * Reads a roll from CSV or XLSX, told apart by content. `today` bounds dates of birth. A fault of the file as a whole is
 * an error; what is wrong with rows stands in the findings, and a draft with errors must not be written.
 */
export async function readRollFile(bytes: Uint8Array, today: Day): Promise<Result<ReadFile, SheetFault>> {
  if (bytes.length === 0) return err({ reason: "sheet_empty" });
  if (bytes.length > LARGEST_SHEET_BYTES) return err({ reason: "sheet_too_large", bytes: bytes.length });
  if (startsWith(bytes, OLE)) return err({ reason: "sheet_legacy_xls" });
  const grids = await gridsOf(bytes);
  if (!grids.ok) return grids;
  const found = firstWithHeader(grids.value);
  if (!found.ok) return found;
  const { grid, header } = found.value;
  const rows = grid.rows.length - header.row;
  if (rows > MOST_ROWS) return err({ reason: "sheet_too_many_rows", rows });
  const findings = new Findings();
  const read = readRows(grid, header, today, findings);
  if (read.length === 0 && findings.errors === 0) return err({ reason: "sheet_empty" });
  const draft = draftOf(read, findings);
  return ok({ draft, findings, rows: read.length, notes: notesOf(grid, header, grids.value.length) });
}

async function gridsOf(bytes: Uint8Array): Promise<Result<Grid[], SheetFault>> {
  if (startsWith(bytes, ZIP)) return readXlsxSheets(bytes);
  const grid = readCsv(bytes);
  return grid.ok ? ok([grid.value]) : grid;
}

function firstWithHeader(grids: readonly Grid[]): Result<{ grid: Grid; header: Header }, SheetFault> {
  let fault: SheetFault = { reason: "sheet_empty" };
  for (const [at, grid] of grids.entries()) {
    const header = findHeader(grid);
    if (header.ok) return ok({ grid, header: header.value });
    if (at === 0 && grid.rows.length > 0) fault = header.error;
  }
  return err(fault);
}

function notesOf(grid: Grid, header: Header, sheets: number): Bilingual[] {
  const notes: Bilingual[] = [];
  const { encoding, sheet } = grid;
  if (encoding)
    notes.push({
      zh: `按 ${encoding} 编码读取，表头在第 ${header.row} 行。`,
      en: `Read as ${encoding}; the header is row ${header.row}.`,
    });
  else if (sheets > 1)
    notes.push({
      zh: `只读取工作表“${sheet}”，表头在第 ${header.row} 行。`,
      en: `Only the sheet “${sheet}” was read; its header is row ${header.row}.`,
    });
  else notes.push({ zh: `表头在第 ${header.row} 行。`, en: `The header is row ${header.row}.` });
  if (header.ignored.length > 0)
    notes.push({
      zh: `没有用到的列：${header.ignored.join("、")}。`,
      en: `Columns not used: ${header.ignored.join(", ")}.`,
    });
  for (const [key, zh, en] of [
    [
      "state",
      "都按“已交付”读入（名册里已有的保持不变）",
      "new units are read as delivered; known ones keep their state",
    ],
    ["kind", "按“住宅”读入（名册里已有的保持不变）", "new units are read as residences; known ones keep their use"],
    [
      "areaSource",
      "按“登记”读入（名册里已有的保持不变）",
      "areas are read as registered; known units keep their source",
    ],
  ] as const)
    if (!header.columns.has(key))
      notes.push({ zh: `没有“${columnName(key).zh}”列：${zh}。`, en: `No column “${columnName(key).en}”: ${en}.` });
  return notes;
}
