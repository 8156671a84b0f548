/** What other parts of the room ask of sealing: whether the keys are ready, and what the public may know of them. Reads only. */
import type { JsonObject } from "../../record/canonical.ts";
import type { KeyholderRow } from "./rules.ts";

export { keyholdersReady } from "./rules.ts";
export { assertKeyholdersReady, listKeyholders } from "./store.ts";

/** The keys as the logged manifest of a tender names them; empty before they are made. */
export const keysManifest = (rows: readonly KeyholderRow[]): JsonObject[] =>
  rows.map(({ seat, post, kid, jwk }) => ({ seat, post, kid, jwk: JSON.parse(jwk) as JsonObject }));
