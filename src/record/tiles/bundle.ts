/** Entry bundles (C2SP tlog-tiles): entries one after the other, each behind its length in two bytes, big end first. */
import { err, ok, type Result } from "../../kernel/result.ts";

const LENGTH_BYTES = 2;
const LONGEST = 65_535;

/** Throws for an entry longer than 65,535 bytes, which the log never holds. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0));
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > LONGEST) throw new RangeError(`an entry of ${entry.length} bytes has no length in a bundle`);
    view.setUint16(at, entry.length);
    bundle.set(entry, at + LENGTH_BYTES);
    at += LENGTH_BYTES + entry.length;
  }
  return bundle;
}

export function parseBundle(bundle: Uint8Array): Result<Uint8Array[], "truncated"> {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + LENGTH_BYTES > bundle.length) return err("truncated");
    const end = at + LENGTH_BYTES + view.getUint16(at);
    if (end > bundle.length) return err("truncated");
    entries.push(bundle.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  return ok(entries);
}
