/** A table as it was read from a file, whatever the file's format, and what can be wrong with the file itself. Knows no headers. */

export interface Cell {
  /** As a person sees it in the cell; "" when empty. */
  readonly text: string;
  /**
   * Where the text comes from. `number` and `date` mean the spreadsheet held a number and may have lost zeros or digits;
   * `uncalculated` is a formula without a stored result, `error` one whose result is #N/A or the like.
   */
  readonly from: "text" | "number" | "date" | "uncalculated" | "error";
  /** The row number of the cell this one was merged with and takes its text from. */
  readonly mergedFrom?: number;
  /** The stored result of a formula. */
  readonly formula?: true;
}

export const EMPTY: Cell = { text: "", from: "text" };

export interface Grid {
  readonly format: "csv" | "xlsx";
  /** The worksheet's name; null for CSV. */
  readonly sheet: string | null;
  readonly encoding: "UTF-8" | "GB18030" | "UTF-16" | null;
  /** Index 0 is row 1 of the file. */
  readonly rows: readonly (readonly Cell[])[];
  /** Ranges merged across columns, as `A1:D1`, with their first row. */
  readonly acrossColumns: readonly { readonly range: string; readonly row: number }[];
}

export const LARGEST_SHEET_BYTES = 10 * 1024 * 1024;
export const MOST_ROWS = 20_000;
/** A 10 MB file of text unpacks to about this; more is a bomb. */
export const LARGEST_UNPACKED_BYTES = 64 * 1024 * 1024;

export type SheetFault =
  | { readonly reason: "sheet_empty" }
  | { readonly reason: "sheet_too_large"; readonly bytes: number }
  | { readonly reason: "sheet_legacy_xls" }
  | { readonly reason: "sheet_broken" }
  | { readonly reason: "sheet_encoding" }
  | { readonly reason: "sheet_not_a_table" }
  | { readonly reason: "sheet_quote_open"; readonly line: number }
  | { readonly reason: "sheet_too_many_rows"; readonly rows: number }
  | { readonly reason: "sheet_no_header"; readonly missing: readonly string[]; readonly seen: readonly string[] };

/** A row without anything of its own: what it only shows because of a merge does not count. */
export const isBlank = (row: readonly Cell[]): boolean =>
  row.every(({ text, from, mergedFrom }) => from === "text" && (text.trim() === "" || mergedFrom !== undefined));
