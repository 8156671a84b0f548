/** Dates and spans said in words a reader would use. Not a clock: `now` is always handed in. */
import { addDays, DAY_MS, type Day, dayOf, type Instant, startOf } from "../../kernel/day.ts";
import type { Lang } from "../i18n.ts";

const WEEKDAYS = {
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const parts = (day: Day) => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  date: Number(day.slice(8, 10)),
  weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
});

/** A civil day: "2026年12月8日" or "8 Dec 2026"; with the day of the week when asked. */
export function sayDay(day: Day, lang: Lang, options: { readonly weekday?: boolean } = {}): string {
  const { year, month, date, weekday } = parts(day);
  if (lang === "en") {
    const plain = `${date} ${MONTHS[month - 1]} ${year}`;
    return options.weekday ? `${WEEKDAYS.en[weekday]} ${plain}` : plain;
  }
  const plain = `${year}年${month}月${date}日`;
  return options.weekday ? `${plain}（${WEEKDAYS.zh[weekday]}）` : plain;
}

const timeOf = (at: Instant): string => {
  const minutes = Math.floor((at - startOf(dayOf(at))) / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

/** The first and the last day of a span. */
export const sayDays = (from: Day, to: Day, lang: Lang): string => `${sayDay(from, lang)} — ${sayDay(to, lang)}`;

/** An instant to the minute: "2026年12月8日（周二）18:05". */
export const sayInstant = (at: Instant, lang: Lang): string =>
  lang === "en"
    ? `${sayDay(dayOf(at), lang, { weekday: true })}, ${timeOf(at)}`
    : `${sayDay(dayOf(at), lang, { weekday: true })}${timeOf(at)}`;

/**
 * The end of a period: midnight is said as 24:00 of the day that ends (CC 203), because "0:00 on the 9th" is read by
 * most people as a day more.
 */
export function sayDeadline(at: Instant, lang: Lang): string {
  if (startOf(dayOf(at)) !== at) return sayInstant(at, lang);
  const last = sayDay(addDays(dayOf(at), -1), lang, { weekday: true });
  return lang === "en" ? `${last}, 24:00` : `${last}24:00`;
}

/** A span of milliseconds in its two largest units, rounded down: "15天3小时", "4 hours 20 minutes". */
export function saySpan(spanMs: number, lang: Lang): string {
  const days = Math.floor(spanMs / DAY_MS);
  const hours = Math.floor((spanMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((spanMs % HOUR_MS) / MINUTE_MS);
  const units: readonly (readonly [number, string, string])[] = [
    [days, "天", "day"],
    [hours, "小时", "hour"],
    [minutes, "分钟", "minute"],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return lang === "en" ? "less than a minute" : "不到1分钟";
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, zh, en]) => (lang === "en" ? `${count} ${en}${count === 1 ? "" : "s"}` : `${count}${zh}`))
    .join(lang === "en" ? " " : "");
}
