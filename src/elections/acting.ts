/** What every act on an election writes besides its change: the entry of the record and the line of the election's timeline. */

import type { Query } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import type { JsonObject } from "../record/canonical.ts";
import { appendLeaf } from "../record/store.ts";
import { insertElectionEvent } from "./store.ts";

/** Who acted: for the table a person's id or `clock`, for the public an office and never a name. */
export interface ElectionAuthor {
  readonly id: string;
  readonly words: string;
}

/**
 * The statements that record an event, for the batch of the act itself: the leaf `election.<kind>` and the line that points
 * to it. `facts` are public and hashed: no personal data. `also` goes into the leaf only.
 */
export function recordElectionEvent(
  scene: Scene,
  electionId: string,
  kind: string,
  facts: JsonObject,
  by: ElectionAuthor,
  also: JsonObject = {},
): { readonly statements: readonly Query[]; readonly leafHash: string } {
  const leaf = appendLeaf(
    scene,
    `election.${kind}`,
    { ...facts, ...also, election: electionId, by: by.words },
    electionId,
  );
  const event = insertElectionEvent(scene, electionId, {
    kind,
    at: scene.now,
    byPerson: by.id,
    byWords: by.words,
    detail: JSON.stringify(facts),
    leafHash: leaf.leafHash,
  });
  return { statements: [leaf.statement, event], leafHash: leaf.leafHash };
}
