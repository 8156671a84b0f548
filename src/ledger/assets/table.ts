/** A table someone fills in or a machine writes, from bytes to rows by the names of its columns. Knows no meaning of a column. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { readCsv } from "../../platform/sheet/csv.ts";
import { type Grid, isBlank, LARGEST_SHEET_BYTES, MOST_ROWS, type SheetFault } from "../../platform/sheet/grid.ts";
import { readXlsxSheets } from "../../platform/sheet/xlsx.ts";

/** A column by any of the names it is given; `needed` ones must be there. */
export interface Wanted {
  readonly names: readonly string[];
  readonly needed: boolean;
}
export interface TableRow<C extends string> {
  /** As a spreadsheet counts, from 1. */
  readonly row: number;
  /** Trimmed; "" where the cell or the column is not there. */
  readonly cells: Readonly<Record<C, string>>;
}
export interface Table<C extends string> {
  readonly encoding: string | null;
  readonly rows: readonly TableRow<C>[];
}

/** `车牌号 (plate)` and ` 车牌号*` are the same column. */
const plainName = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\(.*\)|[*:\s]/g, "")
    .toLowerCase();
const HEADER_WITHIN = 20;
const ZIP = [0x50, 0x4b] as const;
const OLE = [0xd0, 0xcf, 0x11, 0xe0] as const;
const starts = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte);

/** Reads CSV (UTF-8, UTF-16, GB18030) or XLSX, told apart by content; the header may stand below a title, its columns in any order. */
export async function readTable<C extends string>(
  bytes: Uint8Array,
  wanted: Readonly<Record<C, Wanted>>,
  mostRows = MOST_ROWS,
): Promise<Result<Table<C>, SheetFault>> {
  if (bytes.length === 0) return err({ reason: "sheet_empty" });
  if (bytes.length > LARGEST_SHEET_BYTES) return err({ reason: "sheet_too_large", bytes: bytes.length });
  if (starts(bytes, OLE)) return err({ reason: "sheet_legacy_xls" });
  const grid = await firstGrid(bytes);
  if (!grid.ok) return grid;
  const header = findHeader(grid.value, wanted);
  if (!header.ok) return header;
  const rows = grid.value.rows.slice(header.value.at + 1).flatMap((cells, index): TableRow<C>[] => {
    if (isBlank(cells)) return [];
    const named = (Object.keys(wanted) as C[]).map((name) => {
      const column = header.value.columns.get(name);
      return [name, column === undefined ? "" : (cells[column]?.text ?? "").trim()] as const;
    });
    return [{ row: header.value.at + 2 + index, cells: Object.fromEntries(named) as Record<C, string> }];
  });
  if (rows.length === 0) return err({ reason: "sheet_empty" });
  if (rows.length > mostRows) return err({ reason: "sheet_too_many_rows", rows: rows.length });
  return ok({ encoding: grid.value.encoding, rows });
}

async function firstGrid(bytes: Uint8Array): Promise<Result<Grid, SheetFault>> {
  if (!starts(bytes, ZIP)) return readCsv(bytes);
  const grids = await readXlsxSheets(bytes);
  if (!grids.ok) return grids;
  const [first] = grids.value;
  return first ? ok(first) : err({ reason: "sheet_empty" });
}

function findHeader<C extends string>(
  grid: Grid,
  wanted: Readonly<Record<C, Wanted>>,
): Result<{ readonly at: number; readonly columns: ReadonlyMap<C, number> }, SheetFault> {
  const names = Object.keys(wanted) as C[];
  let best: { readonly missing: readonly string[]; readonly seen: readonly string[] } | null = null;
  for (const [at, cells] of grid.rows.slice(0, HEADER_WITHIN).entries()) {
    const seen = cells.map(({ text }) => plainName(text));
    const columns = new Map<C, number>();
    for (const name of names) {
      const known = new Set(wanted[name].names.map(plainName));
      const column = seen.findIndex((one) => known.has(one));
      if (column >= 0) columns.set(name, column);
    }
    const missing = names.filter((name) => wanted[name].needed && !columns.has(name));
    if (missing.length === 0) return ok({ at, columns });
    if (best === null || missing.length < best.missing.length)
      best = {
        missing: missing.map((name) => wanted[name].names[0] ?? name),
        seen: cells.map(({ text }) => text.trim()).filter((text) => text !== ""),
      };
  }
  return err({ reason: "sheet_no_header", missing: best?.missing ?? [], seen: (best?.seen ?? []).slice(0, 20) });
}
