/** Everything the record answers under /c/:slug: the log for programs, the pages for people. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import { entryPages } from "./entry-pages.tsx";
import { logRoutes } from "./log-routes.ts";
import { verifierDownload } from "./offline/download.tsx";
import { recordPages } from "./pages.tsx";
import { receiptPages } from "./receipt/pages.tsx";
import { witnessPages } from "./witness/pages.tsx";

export const recordRoutes = new Hono<AppEnv>();
for (const part of [logRoutes, verifierDownload, recordPages, entryPages, receiptPages, witnessPages])
  recordRoutes.route("/", part);
