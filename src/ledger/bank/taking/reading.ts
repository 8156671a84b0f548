/** A bank's file as lines, whole or not at all; how its columns were read is remembered. Reads, writes nothing. */
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene } from "../../../platform/scene.ts";
import { readCsv } from "../../../platform/sheet/csv.ts";
import { type Grid, LARGEST_SHEET_BYTES, type SheetFault } from "../../../platform/sheet/grid.ts";
import { readXlsxSheets } from "../../../platform/sheet/xlsx.ts";
import {
  type BankLine,
  balanceBreaks,
  findHeader,
  type LineFault,
  type Mapping,
  type MappingFault,
  mappingFaults,
  readLine,
  suggestMapping,
} from "../rules.ts";
import { findMapping } from "./store.ts";

/** The most lines one statement may have. */
export const MOST_LINES = 10_000;
const MOST_FAULTS = 100;

/** Why a file is not read. */
export type FileRefusal =
  | { readonly reason: "sheet_faulty"; readonly fault: SheetFault }
  | { readonly reason: "header_not_found"; readonly seen: readonly string[] }
  /** No mapping is known for this header, or the one given cannot be read by: which columns there are to choose from. */
  | {
      readonly reason: "mapping_needed";
      readonly faults: readonly MappingFault[];
      readonly header: readonly string[];
      readonly suggested: Mapping;
    }
  | { readonly reason: "lines_faulty"; readonly faults: readonly LineFault[]; readonly more: number }
  | { readonly reason: "no_lines" }
  | { readonly reason: "too_many_lines"; readonly lines: number; readonly most: number };

export interface StatementFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
/** What is wrong with a file by its size alone: told before anything is read or hashed. */
export function sizeFault(bytes: Uint8Array): SheetFault | null {
  if (bytes.length === 0) return { reason: "sheet_empty" };
  return bytes.length > LARGEST_SHEET_BYTES ? { reason: "sheet_too_large", bytes: bytes.length } : null;
}

async function gridOf(bytes: Uint8Array): Promise<Result<Grid, SheetFault>> {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!zip) return readCsv(bytes);
  const sheets = await readXlsxSheets(bytes);
  if (!sheets.ok) return sheets;
  const [first] = sheets.value;
  return first ? ok(first) : err({ reason: "sheet_empty" });
}

/** A statement as lines, whole or not at all: every faulty row is named, as a spreadsheet numbers it. */
export async function readStatement(
  scene: Scene,
  accountId: string,
  file: StatementFile,
  chosen: Mapping | null,
): Promise<
  Result<{ readonly lines: readonly BankLine[]; readonly mapping: Mapping; readonly headerHash: string }, FileRefusal>
> {
  const grid = await gridOf(file.bytes);
  if (!grid.ok) return err({ reason: "sheet_faulty", fault: grid.error });
  const rows = grid.value.rows.map((row) => row.map(({ text }) => text));
  const widest = Math.max(0, ...rows.slice(0, 30).map((row) => row.filter((cell) => cell.trim() !== "").length));
  const at =
    findHeader(rows) ??
    rows.slice(0, 30).findIndex((row) => row.filter((cell) => cell.trim() !== "").length === widest);
  const header = rows[at];
  if (!header || widest < 2) return err({ reason: "header_not_found", seen: (rows[0] ?? []).slice(0, 12) });
  const headerHash = sha256Hex(JSON.stringify(header));
  const [kept] = await scene.db.read(findMapping(scene, accountId, headerHash));
  const suggested = suggestMapping(header);
  const mapping = chosen ?? (kept[0] ? (JSON.parse(kept[0].mapping) as Mapping) : suggested);
  const faults = mappingFaults(mapping);
  if (faults.length > 0) return err({ reason: "mapping_needed", faults, header, suggested });
  const formulas = grid.value.rows.flatMap((row, index): LineFault[] =>
    index > at && row.some(({ formula, from }) => formula === true || from === "uncalculated")
      ? [{ reason: "calculated", row: index + 1 }]
      : [],
  );
  const read = rows.slice(at + 1).flatMap((cells, below) => {
    const line = readLine(cells, mapping, at + below + 2);
    return line === null ? [] : [line];
  });
  if (read.length > MOST_LINES) return err({ reason: "too_many_lines", lines: read.length, most: MOST_LINES });
  const lines = read.flatMap((line) => (line.ok ? [line.value] : []));
  const wrong = [...formulas, ...read.flatMap((line) => (line.ok ? [] : [line.error])), ...balanceBreaks(lines)];
  if (wrong.length > 0)
    return err({
      reason: "lines_faulty",
      faults: wrong.slice(0, MOST_FAULTS),
      more: Math.max(0, wrong.length - MOST_FAULTS),
    });
  return lines.length === 0 ? err({ reason: "no_lines" }) : ok({ lines, mapping, headerHash });
}
