/** A page as one HTML file that stands alone, for a download: styles within, nothing loaded, no script. Not a page of the site (layout.tsx). */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { STYLE } from "../style.ts";

// Opened from a disk in ten years: nothing is loaded from anywhere, and no script runs.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The text of the file. In Chinese, as courts and authorities here read it. */
export const standaloneDocument = (title: string, content: Child): string =>
  String(
    <>
      {raw("<!doctype html>")}
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta http-equiv="Content-Security-Policy" content={POLICY} />
          <title>{title}</title>
          <style>{raw(STYLE)}</style>
        </head>
        <body>
          <main class="wrap">{content}</main>
        </body>
      </html>
    </>,
  );
