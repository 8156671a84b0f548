/** Canonical JSON (RFC 8785): one value has exactly one text, so that everyone hashes the same bytes. Not a general serializer: it refuses what could read differently elsewhere. */
import { sha256Hex } from "../kernel/hash.ts";
import { err, ok, type Result } from "../kernel/result.ts";

/** What an entry of the record may hold. Numbers are safe integers: a fraction reads differently in two languages. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

const DEEPEST = 32;

/**
 * The canonical text of a value: keys sorted by UTF-16 code units, no spaces (RFC 8785, 3.2).
 * Throws a TypeError for what is not `Json`: floats, numbers beyond ±(2^53−1), undefined, lone surrogates, more than
 * 32 levels. These are programming errors: what people type is validated before it comes here.
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/** SHA-256 of the canonical text, in hex: the name of a value in the record. Throws as `canonicalJson` does. */
export const canonicalHash = (value: unknown): string => sha256Hex(canonicalJson(value as Json));

function write(value: Json, depth: number): string {
  if (depth > DEEPEST) throw new TypeError("canonical JSON is at most 32 levels deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON takes safe integers only, not ${value}`);
    return String(value); // −0 becomes "0", as RFC 8785 says
  }
  if (typeof value !== "object") throw new TypeError(`canonical JSON has no ${typeof value}`);
  if (isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError("canonical JSON takes plain objects only");
  const members = Object.keys(value)
    .sort()
    .map((key) => `${quote(key)}:${write(value[key] as Json, depth + 1)}`);
  return `{${members.join(",")}}`;
}

// Array.isArray does not narrow readonly arrays.
const isArray = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("canonical JSON has no lone surrogates");
  return JSON.stringify(text);
}

/** Reads text that must be canonical already: a second spelling of the same value ("1.0", doubled keys, spaces) is refused. */
export function parseCanonical(text: string): Result<Json, "not_json" | "not_canonical"> {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return err("not_json");
  }
  try {
    return canonicalJson(value) === text ? ok(value) : err("not_canonical");
  } catch {
    return err("not_canonical");
  }
}
