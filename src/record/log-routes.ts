/** The log for programs: key, checkpoint, tiles and entries at the addresses C2SP tlog-tiles gives them, and the door for witnesses. Pages for people stand in pages.tsx. */
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { type Problem, problemResponse } from "../platform/problem.tsx";
import { cosignedNote, logKey, makeCheckpoint, onPrimary } from "./actions.ts";
import { HASH_BYTES } from "./merkle/hash.ts";
import { formatVkey } from "./note/key.ts";
import { recordProblem } from "./problems.ts";
import { findLatestCheckpoint, findLog, type Here, listLeaves, listLevel } from "./store.ts";
import { formatBundle } from "./tiles/bundle.ts";
import { isWithin, parseTile, TILE_WIDTH, type TileAddress } from "./tiles/path.ts";
import { addCosignature } from "./witness/actions.ts";
import { listCosignatures } from "./witness/store.ts";

const LONGEST_COSIGNED_BYTES = 20_000;
const TREE_LEVELS_A_TILE = 8;

/** Mounted under /c/:slug. */
export const logRoutes = new Hono<AppEnv>();

// Made new rather than through the context: what is kept in caches for a year must not carry one reader's cookies.
const answer = (body: BodyInit, type: string, cache: string): Response =>
  new Response(body, {
    headers: {
      "content-type": type,
      "cache-control": cache,
      // Whoever checks the log from a page of their own may read it.
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
    },
  });
const TEXT = "text/plain; charset=utf-8";
const BYTES = "application/octet-stream";
const FOREVER = "public, max-age=31536000, immutable";

/** Programs get one line of text; a browser gets the page. */
function refuse(c: AppContext, problem: Problem): Response | Promise<Response> {
  const accept = c.req.header("accept") ?? "";
  if (accept.includes("html") || accept.includes("json")) return problemResponse(c, problem);
  return c.text(`${problem.code}: ${problem.detail.en}\n`, problem.status);
}

logRoutes.get("/log", (c) => c.redirect(`/c/${c.var.scene.community.slug}/record`, 302));

logRoutes.get("/log/vkey", async (c) => {
  const { scene } = c.var;
  const [[log]] = await scene.db.read(findLog(scene));
  const key = logKey(scene, log);
  if (!key.ok) return refuse(c, recordProblem(key.error));
  return answer(`${formatVkey(key.value)}\n`, TEXT, "public, max-age=300");
});

// The one GET that may write: a checkpoint adds no fact, it signs the facts that are there (docs/decisions).
logRoutes.get("/log/checkpoint", async (c) => {
  const scene = onPrimary(c.var.scene);
  const checkpoint = await makeCheckpoint(scene);
  if (!checkpoint.ok) return refuse(c, recordProblem(checkpoint.error));
  const [cosignatures] = await scene.db.read(listCosignatures(scene, checkpoint.value.size));
  return answer(cosignedNote(checkpoint.value, cosignatures), TEXT, "no-cache");
});

logRoutes.get("/log/tile/*", async (c) => {
  const { pathname } = new URL(c.req.url);
  const address = parseTile(pathname.slice(pathname.indexOf("/log/tile/") + "/log/tile/".length));
  if (!address) return c.notFound();
  // A replica may lag behind the checkpoint its reader was just given.
  const body = (await readTile(c.var.scene, address)) ?? (await readTile(onPrimary(c.var.scene), address));
  return body ? answer(body, BYTES, FOREVER) : c.notFound();
});

/** The tile's bytes; null when the latest checkpoint does not cover all of it. What it covers never changes, partial tiles included. */
async function readTile(scene: Here, address: TileAddress): Promise<Uint8Array<ArrayBuffer> | null> {
  const { of, level, index, width } = address;
  const start = index * TILE_WIDTH;
  if (of === "entries") {
    const [[latest], leaves] = await scene.db.read(
      findLatestCheckpoint(scene),
      listLeaves(scene, start, start + width),
    );
    if (!latest || !isWithin(address, latest.size) || leaves.length !== width) return null;
    return formatBundle(leaves.map(({ entry }) => utf8ToBytes(entry)));
  }
  const [[latest], hashes] = await scene.db.read(
    findLatestCheckpoint(scene),
    listLevel(scene, level * TREE_LEVELS_A_TILE, start, start + width),
  );
  if (!latest || !isWithin(address, latest.size) || hashes.length !== width) return null;
  const tile = new Uint8Array(width * HASH_BYTES);
  for (const [at, { hash }] of hashes.entries()) tile.set(hexToBytes(hash), at * HASH_BYTES);
  return tile;
}

// No session and no form: the signature in the body is what says who sends it.
logRoutes.post("/log/cosignatures", async (c) => {
  const body = await c.req.text();
  if (body.length > LONGEST_COSIGNED_BYTES) return refuse(c, recordProblem({ reason: "bad_note", fault: "too_long" }));
  const added = await addCosignature(c.var.scene, body);
  if (!added.ok) return refuse(c, recordProblem(added.error));
  return answer(added.value.by.map((name) => `${name} ${added.value.size}\n`).join(""), TEXT, "no-store");
});
