/** A community's Atom feed and calendar as addresses: /c/:slug/feed.atom and /c/:slug/calendar.ics. Their formats stand in atom.ts and calendar.ts. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { langTag } from "../../platform/i18n.ts";
import { meetingHref } from "../meeting/addresses.ts";
import { readEvent } from "../meeting/events.ts";
import { dateSources, joined, newsSources, type Telling } from "./announcing.ts";
import { atomText } from "./atom.ts";
import { calendarText } from "./calendar.ts";
import { calendarEntriesOf, feedEntryOf } from "./dates.ts";
import { feedHref } from "./frame.tsx";
import { findFounded, listFeedEvents, listLines } from "./store.ts";

/** Mounted under /c/:slug. */
export const feedRoutes = new Hono<AppEnv>();

const MOST_EVENTS = 50;
const MOST_MEETINGS = 100;
/** Programs ask every few minutes; what they get may depend on the language a browser chose. */
const FOR_A_WHILE = "private, max-age=300";

const addressOf = (c: AppContext, number: number): string =>
  `${c.var.scene.origin}${meetingHref(c.var.scene.community.slug, number)}`;

const telling = (c: AppContext): Telling => ({
  t: c.var.t,
  lang: c.var.lang,
  base: `${c.var.scene.origin}/c/${c.var.scene.community.slug}`,
});

/** An address in the reader's language: a feed in English is another feed. */
const inLanguage = (c: AppContext, href: string): string =>
  `${c.var.scene.origin}${href}${c.var.lang === "en" ? "?lang=en" : ""}`;

feedRoutes.get("/feed.atom", async (c) => {
  const { t, lang, scene } = c.var;
  const { name, slug } = scene.community;
  const others = joined(newsSources(), ({ queries }) => queries(scene, MOST_EVENTS));
  const [rows, founded, ...added] = await scene.db.read(
    listFeedEvents(scene, MOST_EVENTS),
    findFounded(scene),
    ...others.queries,
  );
  const ofMeetings = rows.map((row) => feedEntryOf(readEvent(row), row, addressOf(c, row.number), t, lang));
  const ofOthers = others.withRows(added).flatMap(([{ entries }, own]) => entries(telling(c), own));
  const entries = [...ofMeetings, ...ofOthers].toSorted((a, b) => b.at - a.at).slice(0, MOST_EVENTS);
  const text = atomText(
    {
      title: t(`${name}业主大会`, `Owners' meetings of ${name}`),
      href: inLanguage(c, `/c/${slug}`),
      selfHref: inLanguage(c, feedHref(slug)),
      updatedAt: entries[0]?.at ?? founded[0]?.createdAt ?? 0,
      entries,
    },
    langTag(lang),
  );
  return c.body(text, 200, {
    "content-type": "application/atom+xml; charset=utf-8",
    "cache-control": FOR_A_WHILE,
  });
});

feedRoutes.get("/calendar.ics", async (c) => {
  const { t, scene } = c.var;
  const { name, slug } = scene.community;
  const others = joined(dateSources(), ({ queries }) => queries(scene, MOST_MEETINGS));
  const [lines, ...added] = await scene.db.read(
    listLines(scene, "public", { limit: MOST_MEETINGS, offset: 0 }),
    ...others.queries,
  );
  const entries = [
    ...lines.flatMap((line) => calendarEntriesOf(line, addressOf(c, line.number), t)),
    ...others.withRows(added).flatMap(([source, own]) => source.entries(telling(c), own)),
  ];
  return c.body(calendarText(t(`${name}业主大会`, `Owners' meetings of ${name}`), entries), 200, {
    "content-type": "text/calendar; charset=utf-8",
    "content-disposition": `inline; filename="${slug}.ics"`,
    "cache-control": FOR_A_WHILE,
  });
});
