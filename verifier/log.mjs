/** The log itself (C2SP tlog-tiles): every entry is hashed here, the tree is built here, and what the log serves and signs is compared with that. */
import { canonical, fromHex, same, textOf, toHex } from "./bytes.mjs";
import { hashLeaf, hashOfRange, isConsistent, proveConsistency, Tree } from "./merkle.mjs";

/** @typedef {import("./bytes.mjs").Bytes} Bytes */
/** @typedef {import("./source.mjs").Source} Source */
/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./note.mjs").Checkpoint} Checkpoint */
/** Where an entry stands. @typedef {{ seq: number, hash: string }} Place */
/** Whoever wants to see entries as they pass; none is kept here. @typedef {(entry: any, place: Place) => void} Observer */

export const TILE_WIDTH = 256;
const HASH_BYTES = 32;

/** 1234067 → `x001/x234/067`. @param {number} index */
export function tileName(index) {
  let text = String(index % 1000).padStart(3, "0");
  for (let left = Math.floor(index / 1000); left > 0; left = Math.floor(left / 1000))
    text = `x${String(left % 1000).padStart(3, "0")}/${text}`;
  return text;
}

/**
 * Entries of a bundle, each behind its length in two bytes; null where it is cut off.
 * @param {Bytes} bundle @returns {Bytes[] | null}
 */
export function parseBundle(bundle) {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + 2 > bundle.length) return null;
    const end = at + 2 + view.getUint16(at);
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** The log cannot be read on: what it signed it does not serve. */
class Withheld extends Error {}

/** One log, read from its first entry to a checkpoint, and on to a later one. */
export class Log {
  tree = new Tree();
  /** Whether entries, tiles and roots all agreed so far. */
  isWhole = true;
  /** Of complete subtrees of 256, 65,536 … leaves, as they were computed here: by tile level. @type {Bytes[][]} */
  #levels = [];
  /** @type {Map<string, number>} */
  #seqOf = new Map();
  /** @type {string[]} */
  #types = [];
  #tilesChecked = new Set();

  /**
   * @param {Source} source
   * @param {{ leaves: Check, growth: Check }} checks
   * @param {readonly Observer[]} observers
   * @param {(done: number, all: number) => void} tell
   */
  constructor(source, checks, observers, tell) {
    this.source = source;
    this.checks = checks;
    this.observers = observers;
    this.tell = tell;
    this.at = `/c/${source.slug}/log`;
  }

  /** Where an entry with this hash stands, and of what type it is; null where the log has none. @param {unknown} hash */
  find(hash) {
    const seq = typeof hash === "string" ? this.#seqOf.get(hash) : undefined;
    return seq === undefined ? null : { seq, type: this.#types[seq] ?? "" };
  }

  /**
   * A tile cut to `width`; the whole one is asked for where the part is gone.
   * @param {string} level @param {number} index @param {number} width
   */
  async #tile(level, index, width) {
    const path = `${this.at}/tile/${level}/${tileName(index)}`;
    const part = width < TILE_WIDTH ? await this.source.read(`${path}.p/${width}`) : null;
    const bytes = part ?? (await this.source.read(path));
    if (!bytes) throw new Withheld(width < TILE_WIDTH ? `${path}.p/${width}` : path);
    return bytes;
  }

  /** @param {number} level @param {number} index @param {number} width */
  async #hashes(level, index, width) {
    const bytes = await this.#tile(String(level), index, width);
    return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  }

  /**
   * Proves from tiles that a checkpoint continues the one seen before, ahead of reading everything: a fork is told at once.
   * @param {{ size: number, root: Bytes }} past @param {Checkpoint} now
   */
  async checkGrowth(past, now) {
    const { growth } = this.checks;
    const where = `${past.size} → ${now.size}`;
    if (now.size < past.size) {
      growth.expect(false, where, "记录变短了：有条目被拿掉。", "The log shrank: entries were taken away.");
      return false;
    }
    if (past.size === 0) return true;
    /** @param {number} start @param {number} height */
    const complete = async (start, height) => {
      const level = Math.floor(height / 8);
      const first = start / 256 ** level;
      const wide = 2 ** (height - 8 * level);
      const index = Math.floor(first / TILE_WIDTH);
      const held = Math.min(TILE_WIDTH, Math.floor(now.size / 256 ** level) - index * TILE_WIDTH);
      const row = (await this.#hashes(level, index, held)).slice(first % TILE_WIDTH, (first % TILE_WIDTH) + wide);
      return foldComplete(row);
    };
    try {
      const proof =
        past.size === now.size
          ? []
          : await proveConsistency(past.size, now.size, (start, end) => hashOfRange(start, end, complete));
      return growth.expect(
        isConsistent(past.size, now.size, past.root, now.root, proof),
        where,
        "现在的记录不是上次看到的记录的延续：以前的条目被改写，或给不同的人看不同的记录。",
        "The log does not continue the one seen before: entries were rewritten, or different people are shown different logs.",
      );
    } catch (error) {
      if (!(error instanceof Withheld)) throw error;
      return growth.expect(false, error.message, "签名过的条目读不到。", "What was signed is not served.");
    }
  }

  /**
   * Reads on to a checkpoint. `past` is the checkpoint seen before: its root is computed again on the way.
   * @param {Checkpoint} now @param {{ size: number, root: Bytes } | null} past
   */
  async readTo(now, past) {
    const { leaves } = this.checks;
    try {
      while (this.tree.size < now.size) await this.#bundle(Math.floor(this.tree.size / TILE_WIDTH), now, past);
      this.#must(
        leaves,
        same(this.tree.root(), now.root),
        `root, ${now.size}`,
        "由全部条目算出的总校验值，与签名的不一样。",
        "The root computed from the entries is not the root that was signed.",
      );
      await this.#upperTiles(now.size);
    } catch (error) {
      if (!(error instanceof Withheld)) throw error;
      this.#must(leaves, false, error.message, "签名过的条目读不到。", "What was signed is not served.");
    }
  }

  /** @param {Check} check @param {boolean} holds @param {string} where @param {string} zh @param {string} en */
  #must(check, holds, where, zh, en) {
    if (!check.expect(holds, where, zh, en)) this.isWhole = false;
  }

  /** @param {number} index @param {Checkpoint} now @param {{ size: number, root: Bytes } | null} past */
  async #bundle(index, now, past) {
    const { leaves, growth } = this.checks;
    const width = Math.min(TILE_WIDTH, now.size - index * TILE_WIDTH);
    const entries = parseBundle(await this.#tile("entries", index, width));
    if (!entries || entries.length < width) throw new Withheld(`${this.at}/tile/entries/${tileName(index)}`);
    const served = await this.#hashes(0, index, width);
    for (let at = this.tree.size - index * TILE_WIDTH; at < width; at += 1) {
      const seq = this.tree.size;
      const bytes = /** @type {Bytes} */ (entries[at]);
      const leaf = hashLeaf(bytes);
      this.#must(
        leaves,
        same(leaf, served[at] ?? new Uint8Array()),
        `#${seq}`,
        "条目的内容与它的校验值不一致：内容被改过。",
        "The entry is not what its hash says: its content was changed.",
      );
      for (const { height, hash } of this.tree.append(leaf))
        if (height > 0 && height % 8 === 0) {
          const level = height / 8;
          this.#levels[level] ??= [];
          this.#levels[level]?.push(hash);
        }
      this.#see(bytes, { seq, hash: toHex(leaf) });
      if (past && this.tree.size === past.size)
        this.#must(
          growth,
          same(this.tree.root(), past.root),
          `root, ${past.size}`,
          "由条目重新算出的旧总校验值，与上次看到的不一样：以前的条目被改写。",
          "The old root computed from the entries is not the one seen before: entries were rewritten.",
        );
    }
    this.tell(this.tree.size, now.size);
  }

  /** @param {Bytes} bytes @param {Place} place */
  #see(bytes, place) {
    let entry = null;
    try {
      const text = textOf(bytes);
      entry = JSON.parse(text);
      if (canonical(entry) !== text || typeof entry.type !== "string") entry = null;
    } catch {
      entry = null;
    }
    this.#seqOf.set(place.hash, place.seq);
    this.#types[place.seq] = entry?.type ?? "";
    if (!entry) {
      const { leaves } = this.checks;
      this.#must(leaves, false, `#${place.seq}`, "条目不是规范的 JSON。", "The entry is no canonical JSON.");
      return;
    }
    try {
      for (const observe of this.observers) observe(entry, place);
    } catch (error) {
      this.#must(
        this.checks.leaves,
        false,
        `#${place.seq} ${entry.type}`,
        `条目缺少它这一类应有的内容：${String(error)}`,
        `The entry lacks what its kind must hold: ${String(error)}`,
      );
    }
  }

  /** Tiles above the leaves: others rely on them, and a wrong one says which 256 entries differ. @param {number} size */
  async #upperTiles(size) {
    for (let level = 1; 256 ** level <= size; level += 1) {
      const own = this.#levels[level] ?? [];
      for (let index = 0; index * TILE_WIDTH < own.length; index += 1) {
        const width = Math.min(TILE_WIDTH, own.length - index * TILE_WIDTH);
        const name = `${level}/${index}/${width}`;
        if (this.#tilesChecked.has(name)) continue;
        this.#tilesChecked.add(name);
        const served = await this.#hashes(level, index, width);
        const wrong = served.findIndex((hash, at) => !same(hash, own[index * TILE_WIDTH + at] ?? new Uint8Array()));
        const first = (index * TILE_WIDTH + Math.max(0, wrong)) * 256 ** level;
        this.#must(
          this.checks.leaves,
          wrong < 0,
          `#${first} – #${first + 256 ** level - 1}`,
          "这一段条目与记录公布的上层校验值不一致。",
          "These entries are not what the log's upper tiles say.",
        );
      }
    }
  }
}

/** The root of 2^k hashes. @param {Bytes[]} row @returns {Bytes} */
function foldComplete(row) {
  const tree = new Tree();
  /** @type {Bytes} */
  let last = new Uint8Array();
  for (const hash of row) last = tree.append(hash).at(-1)?.hash ?? last;
  return last;
}

/** Whether a text could be a leaf's hash. @param {unknown} text */
export const isHash = (text) => fromHex(text)?.length === HASH_BYTES;
