/** What surrounds every public page of a community: the vote that is open now, and the links to feed and calendar. Not its content. */
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import type { PageProps } from "../../platform/layout.tsx";
import { meetingHref } from "../meeting/addresses.ts";
import type { OpenRow } from "./reading.ts";

export const feedHref = (slug: string): string => `/c/${slug}/feed.atom`;
export const calendarHref = (slug: string): string => `/c/${slug}/calendar.ics`;

/** `<Page {...publicFrame(c, openNow)} title=…>`; `here` is the meeting the page is about, which need not be announced on it. */
export function publicFrame(
  c: AppContext,
  openNow: readonly OpenRow[],
  here?: number,
): ReturnType<typeof frameOf> & Pick<PageProps, "openNow" | "head"> {
  const { t, scene } = c.var;
  const { slug, name } = scene.community;
  return {
    ...frameOf(c),
    openNow: openNow
      .filter(({ number }) => number !== here)
      .map(({ number, title, closesAt }) => ({ title, closesAt, href: meetingHref(slug, number) })),
    head: (
      <>
        <link
          rel="alternate"
          type="application/atom+xml"
          href={feedHref(slug)}
          title={t(`${name}的业主大会动态`, `What happens in ${name}`)}
        />
        <link
          rel="alternate"
          type="text/calendar"
          href={calendarHref(slug)}
          title={t(`${name}的业主大会日程`, `Dates of ${name}`)}
        />
      </>
    ),
  };
}

/** The page a list is asked for: 1 for anything that is not a number of a page. */
export const pageAsked = (c: AppContext): number => {
  const asked = c.req.query("page") ?? "1";
  return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
};
