/** The record over HTTP: what programs copy, what people read, who may do what, and that a whole log can be rebuilt from outside. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { strFromU8, unzipSync } from "fflate";
import { Hono } from "hono";
import { beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Actor } from "../../src/platform/access.ts";
import type { AppEnv } from "../../src/platform/context.ts";
import { type CommunityAddress, findCommunity, sql } from "../../src/platform/db.ts";
import { translator } from "../../src/platform/i18n.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { makeCheckpoint, receiptFor } from "../../src/record/actions.ts";
import type { JsonObject } from "../../src/record/canonical.ts";
import { treeOf } from "../../src/record/merkle/list.ts";
import { rootAt } from "../../src/record/merkle/range.ts";
import { openCheckpoint } from "../../src/record/note/checkpoint.ts";
import { cosign } from "../../src/record/note/cosignature.ts";
import { COSIGNATURE_KEY, formatVkey, parseVkey, signerKey } from "../../src/record/note/key.ts";
import { VERIFIER_FILES, VERIFIER_SHA256 } from "../../src/record/offline/verifier-copy.ts";
import { verifyReceipt } from "../../src/record/receipt/actions.ts";
import { formatReceipt } from "../../src/record/receipt/file.ts";
import { recordRoutes } from "../../src/record/routes.ts";
import { commit, shortCode } from "../../src/record/rules.ts";
import { appendLeaf } from "../../src/record/store.ts";
import { parseBundle } from "../../src/record/tiles/bundle.ts";
import { formatTile, tilesOf } from "../../src/record/tiles/path.ts";
import { parseProofFile } from "../../src/record/tiles/proof-file.ts";
import { actorWith, makeCommunity, ROWS_BEHIND, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { auditRecord, rowsOf } from "./record-audit-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });

let actor: Actor | null = null;
let served: Scene;
/** The same routes with nothing around them, so that a test can say who is signed in and read the meter. */
const bare = new Hono<AppEnv>();
bare.use("/c/:slug/*", async (c, next) => {
  const community = await findCommunity(testEnv, c.req.param("slug"));
  if (!community) return c.notFound();
  served = sceneAt(community);
  c.set("now", T0);
  c.set("lang", "zh");
  c.set("t", translator("zh"));
  c.set("demo", false);
  c.set("requestId", "test");
  c.set("formToken", "test");
  c.set("findActor", async () => actor);
  c.set("scene", served);
  return next();
});
bare.route("/c/:slug", recordRoutes);
const askBare = async (path: string, init: RequestInit = {}): Promise<Response> =>
  bare.request(`http://localhost${path}`, init, testEnv);
const register = (base: string, fields: { label: string; vkey: string }): Promise<Response> =>
  askBare(`${base}/record/witnesses/new`, { method: "POST", body: new URLSearchParams(fields) });

const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
  app.request(`http://localhost${path}`, init, testEnv);
const html = { headers: { accept: "text/html" } };

/** Fetches the form at `from` as a browser does, and posts its fields with the hidden ones to `to`. */
async function submit(from: string, to: string, fields: Record<string, string | File>): Promise<Response> {
  const page = await ask(from, html);
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const form = new FormData();
  form.set("_form", /name="_form" value="([^"]+)"/.exec(await page.text())?.[1] ?? "");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return ask(to, { method: "POST", body: form, headers: { cookie, origin: "http://localhost", accept: "text/html" } });
}

async function record(scene: Scene, count: number, from = 0): Promise<string[]> {
  const part = Array.from({ length: count }, (_, n) => appendLeaf(scene, "test.act", { n: from + n }, "matter-1"));
  expect((await scene.db.write(part.map(({ statement }) => statement))).ok).toBe(true);
  return part.map(({ leafHash }) => leafHash);
}

async function filled(
  count: number,
): Promise<{ community: CommunityAddress; base: string; scene: Scene; hashes: string[] }> {
  const community = await makeCommunity({ name: "金桂苑" });
  const scene = sceneAt(community);
  return { community, base: `/c/${community.slug}`, scene, hashes: await record(scene, count) };
}

describe("the log for programs", () => {
  test("can be copied whole over HTTP and recomputed from its entries, tile by tile", async () => {
    const { base } = await filled(600);
    const vkey = parseVkey(await (await ask(`${base}/log/vkey`)).text());
    if (!vkey.ok) throw new Error(vkey.error);
    const signed = await ask(`${base}/log/checkpoint`);
    expect(signed.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(signed.headers.get("cache-control")).toBe("no-cache");
    const opened = openCheckpoint(await signed.text(), vkey.value);
    if (!opened.ok) throw new Error(opened.error);
    const { size, root, origin } = opened.value.checkpoint;
    expect([size, origin]).toEqual([600, `localhost${base}/log`]);

    const leaves: Uint8Array[] = [];
    const tiles = tilesOf(size);
    for (const address of tiles) {
      const response = await ask(`${base}/log/tile/${formatTile(address)}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (address.of === "entries") {
        const entries = parseBundle(bytes);
        if (!entries.ok) throw new Error(entries.error);
        expect(entries.value).toHaveLength(address.width);
        leaves.push(...entries.value.map((entry) => sha256(concatBytes(Uint8Array.of(0), entry))));
      } else {
        const tree = treeOf(leaves);
        const start = address.index * 256;
        const expected = Array.from({ length: address.width }, (_, n) =>
          tree({ level: address.level * 8, position: start + n }),
        );
        expect(bytesToHex(bytes)).toBe(bytesToHex(concatBytes(...expected)));
      }
    }
    expect(tiles.filter(({ of }) => of === "hashes").map(formatTile)).toEqual([
      "0/000",
      "0/001",
      "0/002.p/88",
      "1/000.p/2",
    ]);
    expect(bytesToHex(rootAt(size, treeOf(leaves)))).toBe(bytesToHex(root));
  });

  test("serves a partial tile of any width it once had, always the same bytes", async () => {
    const { base, scene } = await filled(5);
    await makeCheckpoint(scene);
    const partial = async (width: number) =>
      new Uint8Array(await (await ask(`${base}/log/tile/0/000.p/${width}`)).arrayBuffer());
    const before = await partial(5);
    await record(scene, 300, 5);
    await ask(`${base}/log/checkpoint`);
    expect(await partial(5)).toEqual(before);
    expect((await partial(3)).length).toBe(96);
  });

  test.each([
    "0/000.p/6",
    "0/000",
    "1/000.p/1",
    "0/001.p/1",
    "entries/000.p/6",
    "entries/000",
    "0/0",
    "9",
    "entries",
    "",
    "0/000.p/256",
    "64/000.p/1",
    "0/x9007199/254/740/991.p/1",
  ])('has nothing at "%s" beyond its checkpoint', async (path) => {
    const { base, scene } = await filled(5);
    await makeCheckpoint(scene);
    expect((await ask(`${base}/log/tile/${path}`)).status).toBe(404);
  });

  test("serves no entry before a checkpoint covers it", async () => {
    const { base, scene } = await filled(2);
    await makeCheckpoint(scene);
    await record(scene, 1, 2);
    expect((await ask(`${base}/log/tile/entries/000.p/3`)).status).toBe(404);
    expect((await ask(`${base}/log/tile/entries/000.p/2`)).status).toBe(200);
  });

  test("has no checkpoint while nothing is recorded, says so in a line, and has its key all the same", async () => {
    const { slug } = await makeCommunity();
    const none = await ask(`/c/${slug}/log/checkpoint`);
    expect([none.status, (await none.text()).startsWith("record-empty: ")]).toEqual([404, true]);
    expect(parseVkey(await (await ask(`/c/${slug}/log/vkey`)).text()).ok).toBe(true);
  });

  test("asked for its checkpoint writes one, and asked again writes nothing; no other page writes anything", async () => {
    const { base, scene, hashes } = await filled(3);
    await ask(`${base}/log/checkpoint`);
    const before = await rowsOf(scene);
    const pages = ["", "/checkpoint", "/vkey", "/tile/0/000.p/3", "/tile/entries/000.p/3"].map((path) => `/log${path}`);
    for (const path of [
      ...pages,
      "/record",
      "/record?page=1",
      `/record/${hashes[0]}`,
      "/record/entries/0",
      `/record/${hashes[0]}.tlog-proof`,
      `/record/${hashes[0]}.json`,
      "/verify",
      "/verify/offline.html",
      "/record/witnesses",
      "/record/about/matter-1",
      `/record?code=${shortCode(hashes[0]!)}`,
    ]) {
      const response = await ask(`${base}${path}`, html);
      expect([path, response.status < 400]).toEqual([path, true]);
    }
    expect(await rowsOf(scene)).toEqual(before);
  });

  test("of another community is not there", async () => {
    for (const path of ["log/vkey", "log/checkpoint", "log/tile/0/000.p/1", "record", "verify", "record/entries/0"])
      expect((await ask(`/c/nowhere-at-all/${path}`)).status).toBe(404);
    const one = await filled(1);
    const other = await filled(1);
    await record(one.scene, 1, 1);
    const [, hash] = (await rowsOf(one.scene)).leaves.map(({ leaf_hash }) => leaf_hash);
    expect((await ask(`${other.base}/record/${hash}`)).status).toBe(404);
    expect((await ask(`${other.base}/record/${hash}.tlog-proof`)).status).toBe(404);
    expect((await ask(`${other.base}/record/entries/1`)).status).toBe(404);
  });
});

describe("a witness at the door", () => {
  const witness = signerKey("street.example.org", COSIGNATURE_KEY, new Uint8Array(32).fill(21));
  const post = (base: string, body: string, headers: Record<string, string> = {}) =>
    ask(`${base}/log/cosignatures`, { method: "POST", body, headers: { "content-type": "text/plain", ...headers } });
  const registered = async () => {
    const { base, scene } = await filled(3);
    actor = actorWith("p1", ["settings.manage"]);
    const answer = await register(base, { label: "璧城街道办事处", vkey: formatVkey(witness) });
    actor = null;
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `${base}/record/witnesses`]);
    const note = await (await ask(`${base}/log/checkpoint`)).text();
    return { base, scene, note, text: `${note.split("\n\n")[0]}\n` };
  };

  test("registered by an officer, fetches, signs, sends, and stands beside the log's own signature", async () => {
    const { base, note, text } = await registered();
    const sent = await post(base, note + cosign(text, T0 / 1000, witness));
    expect([sent.status, await sent.text()]).toEqual([200, "street.example.org 4\n"]);
    const shown = await (await ask(`${base}/log/checkpoint`)).text();
    expect(shown).toBe(note + cosign(text, T0 / 1000, witness));
    for (const path of ["/record", "/record/witnesses"])
      expect(await (await ask(`${base}${path}`, html)).text()).toContain("璧城街道办事处");
  });
  test("with a bad signature is told why in one line, and nothing is kept", async () => {
    const { base, note } = await registered();
    const refused = await post(base, note + cosign("other\n", T0 / 1000, witness));
    expect([refused.status, (await refused.text()).startsWith("cosignature-invalid: ")]).toEqual([422, true]);
    expect(await (await ask(`${base}/log/checkpoint`)).text()).toBe(note);
    const json = await post(base, "hello", { accept: "application/json" });
    expect([json.status, json.headers.get("content-type")]).toEqual([422, "application/problem+json; charset=utf-8"]);
    expect((await post(base, "x".repeat(30_000))).status).toBe(422);
  });
  test("cannot be registered by a stranger or by an officer without that permission", async () => {
    const { base, scene } = await filled(1);
    const path = `${base}/record/witnesses/new`;
    const fields = { label: "x", vkey: formatVkey(witness) };
    const signIn = await askBare(path, html);
    expect([signIn.status, signIn.headers.get("location")?.startsWith(`${base}/sign-in`)]).toEqual([303, true]);
    expect([(await askBare(path)).status, (await register(base, fields)).status]).toEqual([404, 404]);
    actor = actorWith("p2", ["meeting.read", "audit.read", "offices.manage"]);
    expect([(await askBare(path, html)).status, (await register(base, fields)).status]).toEqual([404, 404]);
    actor = null;
    // Behind the product's own gate the form must also come from a page of ours.
    expect((await ask(path, { method: "POST", body: new URLSearchParams(fields) })).status).toBe(403);
    expect((await auditRecord(scene)).size).toBe(1);
  });
  test("a faulty key is shown again in the form with the reason beside it", async () => {
    const { base } = await filled(1);
    actor = actorWith("p1", ["settings.manage"]);
    const blank = await (await askBare(`${base}/record/witnesses/new`, html)).text();
    const badKey = await register(base, { label: "街道", vkey: "hello" });
    const noName = await register(base, { label: "", vkey: formatVkey(witness) });
    actor = null;
    expect(blank).toContain('name="vkey"');
    const text = await badKey.text();
    expect([badKey.status, text.includes('value="hello"'), text.includes('id="f-vkey-error"')]).toEqual([
      422,
      true,
      true,
    ]);
    expect([noName.status, (await noName.text()).includes('id="f-label-error"')]).toEqual([422, true]);
  });
});

describe("the record for people", () => {
  test("explains itself and lists the newest first, twenty a page", async () => {
    const { base, scene } = await filled(45);
    await makeCheckpoint(scene);
    await record(scene, 2, 45);
    const first = await (await ask(`${base}/record`, html)).text();
    expect(first).toContain("写上去就不能改");
    expect(first).toContain("第0号至第44号，共45条");
    expect(first).toContain("2条，几分钟内签名");
    const listed = (page: string) => [...page.matchAll(/record\/entries\/(\d+)"/g)].map(([, seq]) => Number(seq));
    expect(listed(first)).toEqual(Array.from({ length: 20 }, (_, n) => 46 - n));
    const second = await (await ask(`${base}/record?page=2`, html)).text();
    expect(listed(second)).toEqual(Array.from({ length: 20 }, (_, n) => 26 - n));
    expect(second).toContain("第2页，共3页");
    expect(listed(await (await ask(`${base}/record?page=3`, html)).text())).toEqual([6, 5, 4, 3, 2, 1, 0]);
    for (const page of ["4", "0", "-1", "x", "1.5", "99999999999"])
      expect((await ask(`${base}/record?page=${page}`, html)).status).toBe(404);
  });
  test("is one round trip, and costs the same rows on a long log", async () => {
    const rows = async (count: number) => {
      const { base, scene } = await filled(count);
      await makeCheckpoint(scene);
      expect((await askBare(`${base}/record`, html)).status).toBe(200);
      return served.db.meter;
    };
    const short = await rows(40);
    const long = await rows(900);
    expect([short.roundTrips, long.roundTrips]).toEqual([1, 1]);
    expect(Math.abs(long.rowsRead - short.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
  });
  test("of a community where nothing happened yet says so, in both languages", async () => {
    const { slug } = await makeCommunity();
    expect(await (await ask(`/c/${slug}/record`, html)).text()).toContain("还没有任何记录");
    expect(await (await ask(`/c/${slug}/record?lang=en`, html)).text()).toContain("Nothing is recorded yet");
  });
  test("shows one entry with its text, its proof and its neighbours", async () => {
    const { base, scene, hashes } = await filled(6);
    await makeCheckpoint(scene);
    const page = await (await ask(`${base}/record/entries/3`, html)).text();
    for (const part of [
      hashes[3]!,
      shortCode(hashes[3]!),
      "已由检查点签名",
      "record/entries/2",
      "record/entries/4",
      "SHA-256(0x01",
    ])
      expect(page).toContain(part);
    expect(page).toContain("{&quot;at&quot;:");
    await record(scene, 1, 6);
    expect(await (await ask(`${base}/record/entries/6`, html)).text()).toContain("等待签名");
    for (const seq of ["7", "01", "-1", "x", "1e3", "9999999999999999"])
      expect((await ask(`${base}/record/entries/${seq}`, html)).status).toBe(404);
  });
  test("finds an entry by the short code somebody read out, and says what is wrong with a bad one", async () => {
    const { base, hashes } = await filled(6);
    const said = shortCode(hashes[4]!).toUpperCase().replaceAll("-", " ");
    const found = await ask(`${base}/record?code=${encodeURIComponent(said)}`, html);
    expect([found.status, found.headers.get("location")]).toEqual([302, `${base}/record/entries/4`]);
    const unknown = await ask(`${base}/record?code=0000-0000-0000-0000-0000`, html);
    expect([unknown.status, (await unknown.text()).includes("没有这个短码")]).toEqual([404, true]);
    const malformed = await ask(`${base}/record?code=abc%3Cscript%3E`, html);
    const text = await malformed.text();
    expect([malformed.status, text.includes("短码是20个字母和数字"), text.includes("<script>")]).toEqual([
      422,
      true,
      false,
    ]);
  });
  test("leads from a leaf hash, as a QR code holds it, to its entry", async () => {
    const { base, hashes } = await filled(3);
    const found = await ask(`${base}/record/${hashes[1]}`);
    expect([found.status, found.headers.get("location")]).toEqual([302, `${base}/record/entries/1`]);
    expect((await ask(`${base}/record/${"0".repeat(64)}`)).status).toBe(404);
    expect((await ask(`${base}/record/${hashes[1]!.toUpperCase()}`)).status).toBe(404);
  });
  test("gathers everything about one matter, a page at a time", async () => {
    const { base } = await filled(130);
    const first = await (await ask(`${base}/record/about/matter-1`, html)).text();
    expect(first).toContain("record/about/matter-1?from=100");
    const rest = await (await ask(`${base}/record/about/matter-1?from=100`, html)).text();
    expect([...rest.matchAll(/record\/entries\/(\d+)"/g)]).toHaveLength(30);
    expect((await ask(`${base}/record/about/nothing`, html)).status).toBe(404);
  });
  test("says plainly that an entry was altered, and still gives its text", async () => {
    const { base, scene } = await filled(4);
    await makeCheckpoint(scene);
    const { DB } = testEnv;
    const [trigger] = (
      await DB.prepare("SELECT sql FROM sqlite_master WHERE name = 'record_leaf_no_update'").all<{ sql: string }>()
    ).results;
    await DB.prepare("DROP TRIGGER record_leaf_no_update").run();
    await scene.db.write([
      scene.db.run(
        sql`UPDATE record_leaf SET entry = '{"at":1,"type":"test.act","v":1}' WHERE community_id = ${scene.community.id} AND seq = 2`,
      ),
    ]);
    await DB.prepare(trigger!.sql).run();
    const page = await ask(`${base}/record/entries/2`, html);
    const text = await page.text();
    expect([page.status, text.includes("记录自相矛盾"), text.includes("对不上")]).toEqual([200, true, true]);
  });
});

describe("the files of an entry", () => {
  test("a .tlog-proof holds the entry, its place, its proof and the checkpoint", async () => {
    const { base, hashes } = await filled(9);
    const response = await ask(`${base}/record/${hashes[7]}.tlog-proof`);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${shortCode(hashes[7]!)}.tlog-proof"`,
    );
    const file = parseProofFile(await response.text());
    if (!file.ok) throw new Error(file.error);
    expect(file.value.index).toBe(7);
    expect(bytesToHex(sha256(concatBytes(Uint8Array.of(0), file.value.extra!)))).toBe(hashes[7]);
  });
  test("a receipt is a JSON file, and an unknown one is not there", async () => {
    const { base, hashes } = await filled(2);
    const response = await ask(`${base}/record/${hashes[1]}.json`);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toMatchObject({ format: "commonhold-receipt/v1", seq: 1 });
    for (const end of [".json", ".tlog-proof"])
      expect((await ask(`${base}/record/${"0".repeat(64)}${end}`)).status).toBe(404);
    expect((await ask(`${base}/record/abc.json`)).status).toBe(404);
  });
});

describe("the verifier to take away", () => {
  test("is an archive of its files as they are, with the command for this very community", async () => {
    const { base } = await filled(1);
    const answer = await ask(`${base}/record/verifier.zip`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(
      ["README.txt", "SHA256SUMS", ...VERIFIER_FILES.map(({ name }) => `verifier/${name}`)].sort(),
    );
    for (const { name, text } of VERIFIER_FILES) expect(strFromU8(files[`verifier/${name}`]!)).toBe(text);
    const readme = strFromU8(files["README.txt"]!);
    expect(readme).toContain(`node verifier/verify.mjs http://localhost${base} --state`);
    expect(readme).toContain(VERIFIER_SHA256);
    const page = await (await ask(`${base}/record`, html)).text();
    for (const words of [`${base}/record/verifier.zip`, VERIFIER_SHA256]) expect(page).toContain(words);
  });
});

describe("checking a receipt on the page", () => {
  let base: string;
  let file: string;
  let scene: Scene;
  let payload: JsonObject;
  beforeAll(async () => {
    ({ base, scene } = await filled(5));
    const salt = scene.random(16);
    payload = { answers: [commit(salt, "同意")] };
    const { statement, leafHash } = appendLeaf(scene, "ballot.cast", payload);
    await scene.db.write([statement]);
    const receipt = await receiptFor(scene, leafHash, [{ pointer: "/answers/0", salt, value: "同意" }]);
    if (!receipt.ok) throw new Error(receipt.error.reason);
    file = formatReceipt(receipt.value);
    await record(scene, 20, 5);
    await makeCheckpoint(scene);
  });
  const verify = (fields: Record<string, string | File>) => submit(`${base}/verify`, `${base}/verify`, fields);

  test("pasted or as a file, it passes every step, the record of today included", async () => {
    for (const fields of [
      { receipt: file },
      { file: new File([file], "receipt.json") },
      // What is left in the box does not count once a file is chosen.
      { file: new File([file], "receipt.json"), receipt: "old text" },
    ]) {
      const page = await verify(fields);
      const text = await page.text();
      expect([page.status, text.includes("核验通过：这条记录在案，没有被改动")]).toEqual([200, true]);
      expect(text.match(/status-good/g)).toHaveLength(7);
      expect(text).toContain("同意");
    }
  });
  test("with a changed letter it fails, and the step says why", async () => {
    const page = await (await verify({ receipt: file.replace("同意", "反对") })).text();
    expect(page).toContain("核验没有通过");
    expect(page).toContain("内容、盐值或记录有一样被改过");
  });
  test.each([
    ["nothing", "", "请粘贴回执的全部内容"],
    ["a letter", "您好", "认不出这是回执"],
    ["half of it", '{"format":"commonhold-receipt/v1","entry":', "回执不完整或被改动"],
  ])("with %s the form comes back with its reason, and nothing broke", async (_, receipt, reason) => {
    const page = await verify({ receipt });
    const text = await page.text();
    expect([page.status, text.includes(reason), text.includes('id="f-receipt-error"')]).toEqual([422, true, true]);
  });
  test("of another community's log it fails at its key", async () => {
    const other = await filled(8);
    const page = await (await submit(`${other.base}/verify`, `${other.base}/verify`, { receipt: file })).text();
    expect(page).toContain("它属于另一本记录");
  });
  test("a receipt that today's record contradicts is called evidence", async () => {
    const { keys } = scene;
    const log = (await rowsOf(scene)).logs[0]!;
    /** Another community with the same key and name stands for the log as it would be, rewritten from its beginning. */
    const rewritten = async (write: (other: Scene) => Promise<unknown>) => {
      const { id } = await makeCommunity();
      const other = { ...scene, community: { ...scene.community, id } };
      await write(other);
      await other.db.write([
        other.db.run(sql`INSERT INTO record_log VALUES (${id}, ${log.origin}, ${log.vkey}, ${T0})`),
      ]);
      return { ...other, keys: { ...keys, logSeed: () => keys.logSeed(scene.community.id) } };
    };
    const standing = async (asIf: Scene) => {
      const checked = await verifyReceipt(asIf, file);
      if (!checked.ok) throw new Error(checked.error.reason);
      expect(checked.value.report.verdict).toBe("failed");
      return checked.value.report.steps.at(-1);
    };
    const otherEntries = await rewritten((other) => record(other, 30));
    expect(await standing(otherEntries)).toEqual({ name: "standing", outcome: "failed", fault: "log_shorter" });
    await makeCheckpoint(otherEntries);
    expect(await standing(otherEntries)).toEqual({ name: "standing", outcome: "failed", fault: "entry_differs" });
    // This entry is the same, but one before it is not.
    const otherHistory = await rewritten(async (other) => {
      await record(other, 5, 100);
      await other.db.write([appendLeaf(other, "ballot.cast", payload).statement]);
      await record(other, 20, 5);
    });
    await makeCheckpoint(otherHistory);
    expect(await standing(otherHistory)).toEqual({ name: "standing", outcome: "failed", fault: "history_differs" });
  });
  test("a form from elsewhere is not accepted", async () => {
    const forged = await ask(`${base}/verify`, {
      method: "POST",
      body: new URLSearchParams({ receipt: file, _form: "guess" }),
      headers: { origin: "https://evil.example", accept: "text/html" },
    });
    expect(forged.status).toBe(403);
  });
  test("the verifier to keep is one file with this log's key in it", async () => {
    const response = await ask(`${base}/verify/offline.html`);
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const text = await response.text();
    expect(text).toContain((await (await ask(`${base}/log/vkey`)).text()).trim());
    expect(utf8ToBytes(text).length).toBeLessThan(30_000);
  });
});
