/** What of a method may still be changed in which state, its hash, and reading it from the text it is kept as. Its bounds stand in ../rules.ts. Pure. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { DEFAULT_METHOD, type Method, type MethodName } from "../rules.ts";

export const METHOD_NAMES = Object.keys(DEFAULT_METHOD) as readonly MethodName[];

/** Hex SHA-256 of the method's canonical JSON: what is frozen when candidates are published. */
export const electionMethodHash = (method: Method): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(method as unknown as Json))));

/** The method as an election's row keeps it; settings it does not know of yet stand at their defaults. */
export const readMethod = (text: string): Method => ({ ...DEFAULT_METHOD, ...(JSON.parse(text) as Partial<Method>) });
