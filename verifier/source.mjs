/** Where everything is read from: a community's address, or a folder saved before. What is read can be saved, so that it can be checked again without the network. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { textOf } from "./bytes.mjs";

/** Nothing was found wrong, because it could not be looked at. */
export class CannotCheck extends Error {
  /** @param {string} zh @param {string} en */
  constructor(zh, en) {
    super(en);
    this.zh = zh;
    this.en = en;
  }
}

/** @typedef {import("./bytes.mjs").Bytes} Bytes */
/**
 * What the checks read from. `read` answers null where there is nothing to be had at that path (4xx).
 * @typedef {{ slug: string, address: string, isSaved: boolean, read(path: string): Promise<Bytes | null> }} Source
 */

const MANIFEST = "bundle.json";
const FORMAT = "commonhold-bundle-1";
const TRIES = 4;
const LARGEST_BYTES = 128 * 1024 * 1024;

/** Every file ends in `.body`: `meetings` and `meetings/1` must be able to stand beside each other. @param {string} path */
const fileOf = (path) =>
  join("files", `${path.replace(/[^A-Za-z0-9/_.-]/g, encodeURIComponent).replace(/\.\./g, "%2E%2E")}.body`);

/**
 * A community's address, from any page of it: `https://host/c/jingui/record` → origin and slug. Null where it is none.
 * @param {string} text
 */
export function readAddress(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const slug = /^\/c\/([a-z0-9-]+)(?:\/|$)/.exec(url.pathname)?.[1];
  return slug && /^https?:$/.test(url.protocol) ? { origin: url.origin, slug } : null;
}

/** @param {string} origin @param {string} path @returns {Promise<Bytes | null>} */
async function fetched(origin, path) {
  for (let tries = 1; ; tries += 1) {
    let response;
    try {
      response = await fetch(`${origin}${path}`, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
      if (response.status < 500 && response.status !== 429) {
        if (response.status !== 200) {
          await response.body?.cancel();
          return null;
        }
        if (Number(response.headers.get("content-length") ?? 0) > LARGEST_BYTES) throw new Error("too large");
        return new Uint8Array(await response.arrayBuffer());
      }
    } catch (error) {
      if (tries === TRIES)
        throw new CannotCheck(`读不到 ${origin}${path}`, `${origin}${path} cannot be read (${String(error)})`);
    }
    if (tries === TRIES)
      throw new CannotCheck(
        `${origin}${path} 答复 ${response?.status}`,
        `${origin}${path} answered ${response?.status}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** tries));
  }
}

/** @param {string} address @param {string | undefined} saveTo @returns {Source & { close(): Promise<void> }} */
function online(address, saveTo) {
  const found = readAddress(address);
  if (!found)
    throw new CannotCheck(
      `“${address}”不是小区的地址，应当像 https://…/c/jingui`,
      `“${address}” is no community's address`,
    );
  const { origin, slug } = found;
  /** @type {string[]} */
  const missing = [];
  return {
    slug,
    address: `${origin}/c/${slug}`,
    isSaved: false,
    async read(path) {
      const bytes = await fetched(origin, path);
      if (saveTo === undefined) return bytes;
      if (bytes === null) missing.push(path);
      else {
        const file = join(saveTo, fileOf(path));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      }
      return bytes;
    },
    async close() {
      if (saveTo === undefined) return;
      await mkdir(saveTo, { recursive: true });
      const manifest = { format: FORMAT, address: `${origin}/c/${slug}`, savedAt: new Date().toISOString(), missing };
      await writeFile(join(saveTo, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    },
  };
}

/** @param {string} folder @returns {Promise<Source & { close(): Promise<void> }>} */
async function saved(folder) {
  let manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
  } catch {
    manifest = null;
  }
  const found = manifest?.format === FORMAT ? readAddress(String(manifest.address)) : null;
  if (!found) throw new CannotCheck(`“${folder}”里没有可读的 ${MANIFEST}`, `no readable ${MANIFEST} in “${folder}”`);
  const missing = new Set(manifest.missing);
  return {
    slug: found.slug,
    address: manifest.address,
    isSaved: true,
    async read(path) {
      if (missing.has(path)) return null;
      try {
        return new Uint8Array(await readFile(join(folder, fileOf(path))));
      } catch {
        throw new CannotCheck(`保存的资料里没有 ${path}`, `the saved folder has no ${path}`);
      }
    },
    close: async () => {},
  };
}

/** Opens an address or a saved folder. @param {string} where @param {string} [saveTo] */
export const openSource = async (where, saveTo) => (/^https?:/.test(where) ? online(where, saveTo) : saved(where));

/**
 * A public JSON answer; null where there is none.
 * @param {Source} source @param {string} path @returns {Promise<any>}
 */
export async function readJson(source, path) {
  const bytes = await source.read(path);
  if (bytes === null) return null;
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    throw new CannotCheck(`${path} 不是 JSON`, `${path} is no JSON`);
  }
}

/**
 * Every page of a paged list of the public interface, as it is told by `name`.
 * @param {Source} source @param {string} path @param {string} name @returns {Promise<any[]>}
 */
export async function readPages(source, path, name) {
  const all = [];
  for (let page = 1, pages = 1; page <= pages && page <= 1000; page += 1) {
    const answer = await readJson(source, page === 1 ? path : `${path}?page=${page}`);
    if (!Array.isArray(answer?.[name])) break;
    all.push(...answer[name]);
    pages = Number(answer.pages ?? 1);
  }
  return all;
}
