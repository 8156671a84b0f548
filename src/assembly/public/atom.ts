/** What happened in a community as an Atom feed (RFC 4287). Pure: which events are public is decided by who calls it. */
import { type Instant, isoInstant } from "../../kernel/day.ts";

export interface FeedEntry {
  /** An address that never changes; it is the entry's id as well. */
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly at: Instant;
  /** Who did it, in words. */
  readonly author: string;
}

export interface Feed {
  readonly title: string;
  /** Of the page the feed belongs to. */
  readonly href: string;
  readonly selfHref: string;
  readonly updatedAt: Instant;
  readonly entries: readonly FeedEntry[];
}

/** Text for an element or an attribute. Characters XML 1.0 cannot hold at all are dropped, or one of them would break the whole feed. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

export function atomText(feed: Feed, lang: string): string {
  const entries = feed.entries.map(
    (entry) => `  <entry>
    <id>${xmlText(entry.href)}</id>
    <title>${xmlText(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${xmlText(entry.href)}"/>
    <updated>${isoInstant(entry.at)}</updated>
    <author><name>${xmlText(entry.author)}</name></author>
    <summary>${xmlText(entry.summary)}</summary>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
  <id>${xmlText(feed.selfHref)}</id>
  <title>${xmlText(feed.title)}</title>
  <link rel="self" type="application/atom+xml" href="${xmlText(feed.selfHref)}"/>
  <link rel="alternate" type="text/html" href="${xmlText(feed.href)}"/>
  <updated>${isoInstant(feed.updatedAt)}</updated>
${entries.join("\n")}
</feed>
`;
}
