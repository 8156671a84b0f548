/** Public dates as an iCalendar text (RFC 5545). Pure: what is a public date is decided by who calls it. */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../kernel/day.ts";

export interface CalendarEntry {
  /** Never changes for one date of one meeting: a calendar program updates instead of adding. */
  readonly uid: string;
  /** Grows with every change that is announced. */
  readonly sequence: number;
  readonly stampAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly cancelled: boolean;
}

const LONGEST_LINE_BYTES = 75;

/** A TEXT value: backslash, semicolon, comma and line breaks are written as RFC 5545 (3.3.11) has it; other control characters are dropped. */
export const escapeText = (text: string): string =>
  text
    .replace(/\\/g, "\\\\")
    .replace(/;/g, "\\;")
    .replace(/,/g, "\\,")
    .replace(/\r\n|\r|\n/g, "\\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f]/g, "");

/** Folds a content line at 75 bytes, never inside a character: a Chinese one has three bytes. */
export function foldLine(line: string): string {
  const folded: string[] = [];
  let held = "";
  let bytes = 0;
  for (const character of line) {
    const size = utf8ToBytes(character).length;
    if (bytes + size > LONGEST_LINE_BYTES) {
      folded.push(held);
      held = " "; // the space that marks a continuation counts as well
      bytes = 1;
    }
    held += character;
    bytes += size;
  }
  folded.push(held);
  return folded.join("\r\n");
}

/** "20261123T100500Z". UTC, so that no time zone has to be described. */
const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Commonhold//Owners' meetings//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escapeText(name)}`,
    ...entries.flatMap((entry) => [
      "BEGIN:VEVENT",
      `UID:${escapeText(entry.uid)}`,
      `DTSTAMP:${utc(entry.stampAt)}`,
      `SEQUENCE:${entry.sequence}`,
      `DTSTART:${utc(entry.startsAt)}`,
      `DTEND:${utc(entry.endsAt)}`,
      `SUMMARY:${escapeText(entry.summary)}`,
      `DESCRIPTION:${escapeText(entry.description)}`,
      `URL:${entry.url}`,
      `STATUS:${entry.cancelled ? "CANCELLED" : "CONFIRMED"}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return `${lines.map(foldLine).join("\r\n")}\r\n`;
}
