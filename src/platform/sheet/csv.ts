/** CSV as bytes to a grid and back: finds the encoding and the separator, and guards written cells against formulas. Knows no headers. */
import { CsvError, parse } from "csv-parse/sync";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Cell, type Grid, MOST_ROWS, type SheetFault } from "./grid.ts";

const SEPARATORS = [",", "\t", ";", "，"] as const;

/**
 * Decodes bytes as UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030, which Excel on a Chinese
 * Windows writes. UTF-8 is tried strictly first: Chinese text in GB18030 is practically never valid UTF-8.
 */
export function decodeText(
  bytes: Uint8Array,
): Result<{ text: string; encoding: "UTF-8" | "GB18030" | "UTF-16" }, SheetFault> {
  const strictly = (label: string): string | null => {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes);
    } catch {
      return null;
    }
  };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    const text = strictly("utf-16le");
    return text === null ? err({ reason: "sheet_encoding" }) : ok({ text, encoding: "UTF-16" });
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const text = strictly("utf-16be");
    return text === null ? err({ reason: "sheet_encoding" }) : ok({ text, encoding: "UTF-16" });
  }
  // A table never holds NUL; pictures, archives and UTF-16 without a mark do.
  if (bytes.subarray(0, 65_536).includes(0)) return err({ reason: "sheet_not_a_table" });
  const utf8 = strictly("utf-8");
  if (utf8 !== null) return ok({ text: utf8, encoding: "UTF-8" });
  const gb = strictly("gb18030");
  // GB18030 accepts almost any bytes; private-use and replacement characters in bulk show that it was something else.
  if (gb === null || isNoise(gb)) return err({ reason: "sheet_encoding" });
  return ok({ text: gb, encoding: "GB18030" });
}

function isNoise(text: string): boolean {
  const strange = text.slice(0, 20_000).match(/[\u0080-\u009f\ue000-\uf8ff\ufffd]/g)?.length ?? 0;
  return strange * 50 > Math.min(text.length, 20_000);
}

/**
 * The cells of a text: RFC 4180, and what spreadsheets and people make of it: any line ending, rows of different length,
 * a quote inside an unquoted cell. Blank lines stay rows, so that row numbers agree with what a spreadsheet shows.
 */
function splitCells(text: string, separator: string): Result<string[][], SheetFault> {
  try {
    return ok(
      parse(text, {
        delimiter: separator,
        record_delimiter: ["\r\n", "\n", "\r"],
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: false,
      }),
    );
  } catch (error) {
    if (error instanceof CsvError) return err({ reason: "sheet_quote_open", line: Number(error.lines ?? 0) });
    throw error;
  }
}

/** The separator that stands most often in the line with the most of any: titles above the header have none. */
function separatorOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n|\r/, 30);
  let best: { separator: string; count: number } = { separator: ",", count: 0 };
  for (const separator of SEPARATORS)
    for (const line of lines) {
      const count = line.split(separator).length - 1;
      if (count > best.count) best = { separator, count };
    }
  return best.separator;
}

/** Reads a CSV file. An apostrophe before a cell is taken off: it is what keeps a spreadsheet from calculating it. */
export function readCsv(bytes: Uint8Array): Result<Grid, SheetFault> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { encoding } = decoded.value;
  const text = decoded.value.text.replace(/^\ufeff/, "");
  // Excel writes a first line "sep=;" for its own use; it stays a row, so that row numbers agree with the file.
  const declared = /^"?sep=(.)"?\r?\n/.exec(text);
  const split = splitCells(text, declared?.[1] ?? separatorOf(text));
  if (!split.ok) return split;
  const lines = split.value;
  if (declared) lines[0] = [];
  if (lines.length > MOST_ROWS + 100) return err({ reason: "sheet_too_many_rows", rows: lines.length });
  const rows = lines.map((cells) => cells.map((cell): Cell => ({ text: cell.replace(/^'/, ""), from: "text" })));
  return ok({ format: "csv", sheet: null, encoding, rows, acrossColumns: [] });
}

/** A cell that a spreadsheet would calculate, or that already starts with the guard, gets an apostrophe in front. */
const guarded = (cell: string): string => (/^[=+\-@\t\r\n'＝＋－＠]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What a file of rows begins with: Excel takes it for Chinese in UTF-8. */
export const CSV_MARK = "\ufeff";
/** Rows as they stand in a file, each with its CRLF (RFC 4180). */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(guarded(cell))).join(",")}\r\n`).join("");

/** UTF-8 with a byte order mark, CRLF, RFC 4180: opens in Excel as Chinese. */
export const writeCsv = (rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(CSV_MARK + csvLines(rows)) as Uint8Array<ArrayBuffer>;
