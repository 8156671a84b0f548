/** Reading a CSV (RFC 4180, UTF-8 with or without its mark) into rows by the names of its header. */
import { textOf } from "./bytes.mjs";

/**
 * The cells of a text. Throws where a quote is left open.
 * @param {string} text @returns {string[][]}
 */
function cellsOf(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === "," || character === "\n") {
      row.push(cell.endsWith("\r") && character === "\n" ? cell.slice(0, -1) : cell);
      cell = "";
      if (character === "\n") {
        rows.push(row);
        row = [];
      }
    } else cell += character;
  }
  if (isQuoted) throw new Error("a quote is left open");
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/**
 * Rows as objects by the header's names.
 * @param {import("./bytes.mjs").Bytes} bytes @returns {Record<string, string>[]}
 */
export function readTable(bytes) {
  const [head = [], ...rows] = cellsOf(textOf(bytes).replace(/^\ufeff/, ""));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

/** A cell that a spreadsheet could take for a formula was written with an apostrophe before it. @param {string} cell */
export const unguarded = (cell) => (cell.startsWith("'") ? cell.slice(1) : cell);
