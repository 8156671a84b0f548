/** A row of the overview in words: the same on a page and in a file. No markup. */
import { formatInstant } from "../kernel/day.ts";
import { type Lang, pick, translator } from "../platform/i18n.ts";
import type { DistrictRow } from "./store.ts";
import { COLUMNS, FORM_WORDS, UNKNOWN } from "./words.ts";

export interface ShownRow {
  readonly branch: string;
  readonly committee: string;
  readonly term: string;
  readonly entity: string;
  readonly published: string;
  readonly duties: string;
  readonly overlap: string;
  readonly chair: string;
}

/** Every cell as it is read out. What is not known says so; nothing is guessed. */
export function showRow(row: DistrictRow, lang: Lang): ShownRow {
  const t = translator(lang);
  const unknown = pick(UNKNOWN, lang);
  const { seats, termFrom, termUntil, entityForm, publishedOn, duties, dutiesOverdue } = row;
  return {
    branch: row.branch === 1 ? t("已建立", "set up") : t("没有", "none"),
    committee:
      row.committee === 1
        ? t(`在任，${seats}人`, `in office, ${seats} members`)
        : row.hadCommittee === 1
          ? t("无人在任", "nobody in office")
          : t("没有", "none"),
    term:
      termFrom === null || termUntil === null
        ? unknown
        : `${termFrom} — ${termUntil}${row.termEnding === 1 ? t("（将满或已满）", " (ending or over)") : ""}`,
    entity: entityForm === null ? unknown : pick(FORM_WORDS[entityForm], lang),
    published: publishedOn ?? unknown,
    duties:
      duties === null || dutiesOverdue === null
        ? unknown
        : dutiesOverdue > 0
          ? t(`${duties}项，逾期${dutiesOverdue}项`, `${duties}, ${dutiesOverdue} overdue`)
          : t(`${duties}项，没有逾期`, `${duties}, none overdue`),
    overlap: overlapOf(row, lang),
    chair: row.chairIsSecretary === null ? unknown : row.chairIsSecretary === 1 ? t("是", "yes") : t("否", "no"),
  };
}

function overlapOf({ overlapSeats, overlapLeast, overlapMost }: DistrictRow, lang: Lang): string {
  const t = translator(lang);
  if (overlapSeats === null || overlapLeast === null || overlapMost === null) return pick(UNKNOWN, lang);
  const held =
    overlapLeast === overlapMost
      ? String(overlapLeast)
      : t(`${overlapLeast}至${overlapMost}`, `${overlapLeast} to ${overlapMost}`);
  return t(`${overlapSeats}席中${held}席`, `${held} of ${overlapSeats} seats`);
}

/** The overview as a table for a file: a header, then a line for each community. */
export function sheetOf(rows: readonly DistrictRow[], lang: Lang): string[][] {
  const t = translator(lang);
  const header = [
    t("区县", "District"),
    t("街道", "Street"),
    ...Object.values(COLUMNS).map((words) => pick(words, lang)),
  ];
  return [
    header,
    ...rows.map((row) => {
      const shown = showRow(row, lang);
      return [
        row.district,
        row.street,
        row.name,
        shown.branch,
        shown.committee,
        shown.term,
        shown.entity,
        shown.published,
        shown.duties,
        shown.overlap,
        shown.chair,
        formatInstant(row.asOf),
      ];
    }),
  ];
}
