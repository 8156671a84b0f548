/** Addresses of tiles and entry bundles (C2SP tlog-tiles): `2/x001/234.p/17`, `entries/000`. Only paths, no content. */
import { readDecimal } from "../encoding.ts";

export const TILE_WIDTH = 256;
const HIGHEST_LEVEL = 63;

/** A stretch of up to 256 hashes of one level, or of 256 entries. `width` is how many of them are asked for. */
export interface TileAddress {
  readonly of: "hashes" | "entries";
  /** In steps of eight tree levels; 0 for entries. */
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** 1234067 → `x001/x234/067`. */
export function formatIndex(index: number): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let left = Math.floor(index / 1000); left > 0; left = Math.floor(left / 1000))
    groups.unshift(`x${String(left % 1000).padStart(3, "0")}`);
  return groups.join("/");
}

/** The path below `/tile/`. */
export function formatTile({ of, level, index, width }: TileAddress): string {
  const partial = width === TILE_WIDTH ? "" : `.p/${width}`;
  return `${of === "entries" ? "entries" : level}/${formatIndex(index)}${partial}`;
}

/** Reads a path below `/tile/`; null for any spelling but the one `formatTile` gives, so that caches hold one copy. */
export function parseTile(path: string): TileAddress | null {
  const match = /^(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (!match) return null;
  const [, kind, groups, partial] = match;
  const level = kind === "entries" ? 0 : Number(kind);
  const index = readDecimal(groups!.replace(/[x/]/g, "").replace(/^0+(?=\d)/, ""));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (index === null || level > HIGHEST_LEVEL || width < 1 || (partial !== undefined && width >= TILE_WIDTH))
    return null;
  const address: TileAddress = { of: kind === "entries" ? "entries" : "hashes", level, index, width };
  return formatTile(address) === path ? address : null;
}

/** How many hashes a level holds when the log has `size` leaves: complete subtrees only. */
export const hashesAt = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Whether all that is asked for lies within a log of `size` leaves. */
export const isWithin = ({ level, index, width }: TileAddress, size: number): boolean =>
  index * TILE_WIDTH + width <= hashesAt(size, level);

/** Every tile and bundle of a log of `size` leaves, for whoever copies it whole. */
export function tilesOf(size: number): TileAddress[] {
  const found: TileAddress[] = [];
  const cover = (of: "hashes" | "entries", level: number, count: number) => {
    for (let index = 0; index * TILE_WIDTH < count; index += 1)
      found.push({ of, level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) });
  };
  cover("entries", 0, size);
  for (let level = 0; hashesAt(size, level) > 0; level += 1) cover("hashes", level, hashesAt(size, level));
  return found;
}
