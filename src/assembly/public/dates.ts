/** Which dates and events of a community's meetings are public, as calendar entries and feed entries. Not their formats. */
import type { Instant } from "../../kernel/day.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { eventDetail, eventTitle, type MeetingEvent } from "../meeting/events.ts";
import { objectionsUntil } from "../meeting/rules.ts";
import type { MeetingRules } from "../settings/rules.ts";
import type { FeedEntry } from "./atom.ts";
import type { CalendarEntry } from "./calendar.ts";
import type { MeetingLine } from "./store.ts";

const MINUTE_MS = 60_000;

/**
 * The dates of one meeting: when voting opens, when it closes, and until when the result may be objected to. Their uids
 * hang on the meeting and what the date is, never on the date itself, so an extension moves the entry in everyone's
 * calendar instead of adding a second one.
 */
export function calendarEntriesOf(meeting: MeetingLine, address: string, t: T): CalendarEntry[] {
  const { opensAt, closesAt, noticeAt, publishedAt } = meeting;
  if (opensAt === null || closesAt === null || noticeAt === null) return [];
  const common = {
    sequence: meeting.version,
    stampAt: meeting.endedAt ?? noticeAt,
    description: t(`${meeting.title}。详情：${address}`, `${meeting.title}. Details: ${address}`),
    url: address,
    cancelled: meeting.state === "withdrawn" || meeting.state === "annulled",
  };
  const ending = (at: Instant) => ({ ...common, startsAt: at - 30 * MINUTE_MS, endsAt: at });
  return [
    {
      ...common,
      uid: `${meeting.meetingId}-opens@commonhold`,
      startsAt: opensAt,
      endsAt: opensAt + 30 * MINUTE_MS,
      summary: t(`表决开始：${meeting.title}`, `Voting opens: ${meeting.title}`),
    },
    {
      ...ending(closesAt),
      uid: `${meeting.meetingId}-closes@commonhold`,
      summary: t(`表决截止：${meeting.title}`, `Voting closes: ${meeting.title}`),
    },
    ...(publishedAt === null || meeting.rules === null
      ? []
      : [
          {
            ...ending(objectionsUntil(publishedAt, JSON.parse(meeting.rules) as MeetingRules)),
            uid: `${meeting.meetingId}-objections@commonhold`,
            summary: t(`结果异议截止：${meeting.title}`, `Objections to the result end: ${meeting.title}`),
          },
        ]),
  ];
}

/** Everything that happened to a meeting, for a feed. Its address has the event's number, so it never changes. */
export const feedEntryOf = (
  event: MeetingEvent,
  meeting: { readonly title: string },
  address: string,
  t: T,
  lang: Lang,
): FeedEntry => ({
  href: `${address}#event-${event.no}`,
  title: `${eventTitle(event, t)}：${meeting.title}`,
  summary: eventDetail(event, t, lang) || eventTitle(event, t),
  at: event.at,
  author: event.byWords,
});
