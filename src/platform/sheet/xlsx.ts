/** XLSX as bytes to a grid and back: shown values, merges, formulas without a result. Knows no headers; reads no other format. */
import { strFromU8, type UnzipFileInfo, unzipSync } from "fflate";
import readXlsx, { type CellValue } from "read-excel-file/universal";
import writeXlsx from "write-excel-file/universal";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Cell, EMPTY, type Grid, LARGEST_UNPACKED_BYTES, MOST_ROWS, type SheetFault } from "./grid.ts";

// The reader turns numbers into this, so that a number can be told from the same characters typed as text.
class NumberCell {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

/**
 * A number as a spreadsheet shows it: fifteen significant digits. The file holds the binary fraction in seventeen
 * ("89.659999999999997"), which nobody typed.
 */
export function shownNumber(digits: string): string {
  const value = Number(digits);
  if (!Number.isFinite(value)) return digits;
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(Number(value.toPrecision(15)));
}

/** Reads the worksheets of an XLSX file in their order. Merged cells all show the text of the first. */
export async function readXlsxSheets(bytes: Uint8Array): Promise<Result<Grid[], SheetFault>> {
  const parts = unpack(bytes);
  if (!parts.ok) return parts;
  let sheets: Awaited<ReturnType<typeof readXlsx<NumberCell>>>;
  try {
    // A copy: the reader takes the whole buffer, of which these bytes may be a part.
    const input = new Blob([bytes as Uint8Array<ArrayBuffer>]);
    sheets = await readXlsx<NumberCell>(input, { trim: false, parseNumber: (digits) => new NumberCell(digits) });
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    if (code === "XLS_FILE_NOT_SUPPORTED") return err({ reason: "sheet_legacy_xls" });
    if (name === "InvalidInputError" || name === "InvalidSpreadsheetError") return err({ reason: "sheet_broken" });
    // Malformed XML surfaces as a plain Error of the parser: the file is at fault, whatever the parser calls it.
    return err({ reason: "sheet_broken" });
  }
  const xml = sheetXmlInOrder(parts.value);
  const grids: Grid[] = [];
  for (const [at, { sheet, data }] of sheets.entries()) {
    if (data.length > MOST_ROWS + 100) return err({ reason: "sheet_too_many_rows", rows: data.length });
    grids.push(gridOf(sheet, data, xml[at] ?? ""));
  }
  return ok(grids);
}

function unpack(bytes: Uint8Array): Result<Record<string, Uint8Array>, SheetFault> {
  let unpackedBytes = 0;
  try {
    // The sizes stand in the archive's directory; what unpacks to more than it said is cut off by the unpacker.
    const measure = ({ name, originalSize }: UnzipFileInfo): boolean => {
      if (!/\.xml(?:\.rels)?$/.test(name)) return false;
      unpackedBytes += originalSize;
      return false;
    };
    unzipSync(bytes, { filter: measure });
    if (unpackedBytes > LARGEST_UNPACKED_BYTES) return err({ reason: "sheet_too_large", bytes: unpackedBytes });
    const wanted = ({ name }: UnzipFileInfo): boolean =>
      /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(name);
    return ok(unzipSync(bytes, { filter: wanted }));
  } catch {
    return err({ reason: "sheet_broken" });
  }
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];

/** The text of each worksheet's XML, in the workbook's order. */
function sheetXmlInOrder(parts: Record<string, Uint8Array>): string[] {
  const read = (path: string): string => (parts[path] ? strFromU8(parts[path]) : "");
  const targets = new Map<string, string>();
  for (const [, tag] of read("xl/_rels/workbook.xml.rels").matchAll(/<Relationship\s([^>]*)>/g)) {
    const id = attribute(tag!, "Id");
    const target = attribute(tag!, "Target");
    if (id && target) targets.set(id, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  }
  return [...read("xl/workbook.xml").matchAll(/<sheet\s([^>]*)>/g)].map(([, tag]) =>
    read(targets.get(attribute(tag!, "r:id") ?? "") ?? ""),
  );
}

interface Spot {
  readonly row: number;
  readonly column: number;
}

function spotOf(reference: string): Spot | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d+)$/.exec(reference);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1]!) column = column * 26 + (letter.charCodeAt(0) - 64);
  return { row: Number(match[2]) - 1, column: column - 1 };
}

function gridOf(sheet: string, data: readonly (readonly (CellValue<NumberCell> | null)[])[], xml: string): Grid {
  const rows = data.map((row) => row.map(cellOf));
  for (const { spot, from, formula } of formulasIn(xml)) {
    const held = rows[spot.row]?.[spot.column];
    if (!held) continue;
    if (from) rows[spot.row]![spot.column] = { text: "", from };
    else if (formula) rows[spot.row]![spot.column] = { ...held, formula: true };
  }
  const acrossColumns: { range: string; row: number }[] = [];
  for (const [, range] of xml.matchAll(/<mergeCell\s[^>]*ref="([^"]+)"/g)) {
    const [start, end] = range!.split(":").map(spotOf);
    if (!start || !end) continue;
    if (end.column > start.column) acrossColumns.push({ range: range!, row: start.row + 1 });
    const first = rows[start.row]?.[start.column];
    if (!first || first.text === "") continue;
    const last = Math.min(end.row, rows.length - 1);
    for (let row = start.row + 1; row <= last; row += 1)
      rows[row]![start.column] = { ...first, mergedFrom: start.row + 1 };
  }
  return { format: "xlsx", sheet, encoding: null, rows, acrossColumns };
}

function cellOf(value: CellValue<NumberCell> | null): Cell {
  if (value === null) return EMPTY;
  if (typeof value === "string") return { text: value, from: "text" };
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE", from: "text" };
  if (value instanceof NumberCell) return { text: shownNumber(value.digits), from: "number" };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), from: "date" };
  return EMPTY;
}

interface FormulaCell {
  readonly spot: Spot;
  readonly from: "uncalculated" | "error" | null;
  readonly formula: boolean;
}

/** Cells with a formula or an error in them, found in the XML because the reader passes over both. */
function* formulasIn(xml: string): Generator<FormulaCell> {
  if (!/<f[\s>/]|t="e"/.test(xml)) return;
  for (const [, tag, inside = ""] of xml.matchAll(/<c\s([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const formula = /<f[\s>/]/.test(inside);
    const isError = attribute(tag!, "t") === "e";
    if (!formula && !isError) continue;
    const spot = spotOf(attribute(tag!, "r") ?? "");
    if (!spot) continue;
    const hasResult = /<v>[^<]/.test(inside);
    yield { spot, from: isError ? "error" : hasResult ? null : "uncalculated", formula };
  }
}

/** One worksheet with a bold first row. Text stays text (rooms keep their zeros); `numbers` names the columns that are numbers. */
export async function writeXlsxSheet(
  sheet: string,
  rows: readonly (readonly string[])[],
  numbers: ReadonlySet<number>,
): Promise<Uint8Array<ArrayBuffer>> {
  const cells = rows.map((row, rowAt) =>
    row.map((text, column) => {
      if (text === "") return null;
      if (rowAt === 0) return { type: String, value: text, fontWeight: "bold" as const };
      if (numbers.has(column)) return { type: Number, value: Number(text), format: "0.00" };
      // "@" is Excel's text format: a room typed over later keeps its zeros too.
      return { type: String, value: text, format: "@" };
    }),
  );
  const columns = (rows[0] ?? []).map((title) => ({ width: Math.max(10, [...title].length * 2 + 2) }));
  const blob = await writeXlsx(cells, { sheet, columns, stickyRowsCount: 1 }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
