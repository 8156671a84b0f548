/** The papers that a notice put before the owners, at /c/:slug/files/:fileId. Files of a draft, and photographs of ballots, are not here. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { findPaper } from "./store.ts";

/** Mounted under /c/:slug. */
export const paperRoutes = new Hono<AppEnv>();

/** What a notice showed stays what it was, also when an amendment took it out. */
const FOR_A_DAY = "public, max-age=86400";

paperRoutes.get("/files/:fileId", async (c) => {
  const { scene } = c.var;
  const fileId = c.req.param("fileId");
  const [shown] = await scene.db.read(findPaper(scene, fileId));
  const found = shown.length > 0 ? await getFile(scene, fileId, "private") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
    "cache-control": FOR_A_DAY,
  });
});
