/** What is wrong or worth knowing about a row of a file, in plain words that name row, column and value. Not the checks themselves. */
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import { type ColumnKey, columnName } from "./columns.ts";

/** An error keeps the whole file out; a warning is for the reader to look at. */
export type Level = "error" | "warning";

export interface Finding {
  readonly level: Level;
  /** Stable, snake_case. */
  readonly code: string;
  /** Row number in the file, from 1. */
  readonly row: number;
  readonly column: ColumnKey | null;
  /** As it stood in the cell; masked where it is personal. "" where there is none. */
  readonly value: string;
  readonly message: Bilingual;
}

/** Beyond this many the reader is not helped; the rest is counted. */
export const MOST_FINDINGS = 500;

/** "第 12 行「房号」“2018.1”：…" */
export function sayFinding({ row, column, value, message }: Finding, lang: Lang): string {
  const name = column ? columnName(column)[lang] : "";
  if (lang === "en") {
    const where = [`Row ${row}`, name].filter((part) => part !== "").join(", ");
    return `${where}${value ? ` “${value}”` : ""}: ${message.en}`;
  }
  return `第 ${row} 行${name ? `「${name}」` : ""}${value ? `“${value}”` : ""}：${message.zh}`;
}

/** Collects findings, keeps the first of the same kind for a cell, and knows whether the file may go on. */
export class Findings {
  readonly all: Finding[] = [];
  #errors = 0;
  #seen = new Set<string>();

  add(
    level: Level,
    code: string,
    where: { row: number; column?: ColumnKey; value?: string },
    zh: string,
    en: string,
  ): void {
    const { row, column = null, value = "" } = where;
    const key = `${code} ${row} ${column}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (level === "error") this.#errors += 1;
    this.all.push({ level, code, row, column, value: shorten(value), message: { zh, en } });
  }

  error(code: string, where: { row: number; column?: ColumnKey; value?: string }, zh: string, en: string): void {
    this.add("error", code, where, zh, en);
  }

  warning(code: string, where: { row: number; column?: ColumnKey; value?: string }, zh: string, en: string): void {
    this.add("warning", code, where, zh, en);
  }

  get errors(): number {
    return this.#errors;
  }

  /** Errors first, then by row. */
  inOrder(): Finding[] {
    return this.all.toSorted((a, b) => (a.level === b.level ? a.row - b.row : a.level === "error" ? -1 : 1));
  }
}

const shorten = (value: string): string => ([...value].length > 40 ? `${[...value].slice(0, 40).join("")}…` : value);
