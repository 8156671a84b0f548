/** Setting and freezing the method an election is held by. No HTTP. */
import type { Query } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json, type JsonObject } from "../../record/canonical.ts";
import { authorOf, recordElectionEvent } from "../acting.ts";
import { methodFaults } from "../rules.ts";
import type { ElectionChange, ElectionRow } from "../store.ts";
import { electionMethodHash, readMethod } from "./rules.ts";

/**
 * Freezes the method, for the batch that publishes the candidates: put `change` into that batch's `updateElection` and
 * `statements` behind it. From then on the database refuses another method (`method_frozen`). Throws for a method with
 * faults: saving refuses one, so a kept one has none.
 */
export function freezeMethod(
  scene: StaffScene,
  election: Pick<ElectionRow, "electionId" | "kind" | "method">,
): {
  readonly hash: string;
  readonly change: Pick<ElectionChange, "method" | "methodHash">;
  readonly statements: readonly Query[];
} {
  const method = readMethod(election.method);
  const [fault] = methodFaults(election.kind, method);
  if (fault) throw new Error(`a kept method is faulty: ${fault.reason} ${fault.setting}`);
  const hash = electionMethodHash(method);
  const facts: JsonObject = { methodHash: hash };
  const event = recordElectionEvent(scene, election.electionId, "method_frozen", facts, authorOf(scene), {
    method: method as unknown as Json,
  });
  return {
    hash,
    change: { method: canonicalJson(method as unknown as Json), methodHash: hash },
    statements: event.statements,
  };
}
