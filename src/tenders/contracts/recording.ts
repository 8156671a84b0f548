/** What every act on a contract leaves besides its change: the entry of the record and, where it came of a tender, the line of the tender's course. */
import type { Author } from "../../offices/authors.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { recordTenderEvent } from "../acting.ts";

interface Recorded {
  readonly contractId: string;
  readonly tenderId: string | null;
}

/** An entry `tender.<kind>` about a contract. `facts` are public and hashed: no personal data. */
export function recordContract(
  scene: Scene,
  { contractId }: Pick<Recorded, "contractId">,
  kind: string,
  facts: JsonObject,
  by: Author,
): { readonly statements: readonly Query[]; readonly leafHash: string } {
  const leaf = appendLeaf(scene, `tender.${kind}`, { ...facts, contract: contractId, by: by.words }, contractId);
  return { statements: [leaf.statement], leafHash: leaf.leafHash };
}

/** The same, and a line in the course of the tender it came of: what everybody may know of it. */
export const tellContract = (
  scene: Scene,
  { contractId, tenderId }: Recorded,
  kind: string,
  facts: JsonObject,
  by: Author,
): { readonly statements: readonly Query[]; readonly leafHash: string } =>
  tenderId === null
    ? recordContract(scene, { contractId }, kind, facts, by)
    : recordTenderEvent(scene, tenderId, kind, facts, by, { contract: contractId });
