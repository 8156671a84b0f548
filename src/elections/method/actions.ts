/** Setting and freezing the method an election is held by. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json, type JsonObject } from "../../record/canonical.ts";
import { authorOf, recordElectionEvent } from "../acting.ts";
import { type ElectionMoveRefusal, electionIn, type MethodName, methodFaults } from "../rules.ts";
import { type ElectionChange, type ElectionKey, type ElectionRow, findElection, updateElection } from "../store.ts";
import {
  changedSettings,
  electionMethodHash,
  type MethodForm,
  mayChangeSetting,
  methodFromForm,
  readMethod,
  type TypedFault,
} from "./rules.ts";

export type MethodRefusal =
  | ElectionMoveRefusal
  | { readonly reason: "unknown_election" }
  | { readonly reason: "election_stale" }
  | { readonly reason: "method_typed_wrong"; readonly faults: readonly [TypedFault, ...TypedFault[]] }
  /** People named candidates by these: they stand since nominations opened. */
  | { readonly reason: "settings_closed"; readonly settings: readonly MethodName[] };

/**
 * Saves the method as typed, with one leaf that says what became what on which clause. A faulty one is not saved at all. Nothing
 * differs → nothing is written, so a repeated form is harmless; `version` is the election's that the form was filled in from.
 */
export async function saveMethod(
  scene: StaffScene,
  key: ElectionKey,
  form: MethodForm,
  version: number,
): Promise<Result<readonly MethodName[], MethodRefusal>> {
  const [rows] = await scene.db.read(findElection(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const inState = electionIn(row.state, "preparing", "nominating", "examining");
  if (!inState.ok) return inState;
  const current = readMethod(row.method);
  const read = methodFromForm(row.kind, form, current);
  if (!read.ok) return err({ reason: "method_typed_wrong", faults: read.error });
  const changed = changedSettings(current, read.value);
  if (changed.length === 0) return ok([]);
  const closed = changed.filter((name) => !mayChangeSetting(name, row.state));
  if (closed.length > 0) return err({ reason: "settings_closed", settings: closed });
  if (version !== row.version) return err({ reason: "election_stale" });
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "method_set",
    { settings: changed.map((name) => name) },
    authorOf(scene),
    {
      changes: changed.map((name) => ({
        setting: name,
        from: current[name] as unknown as Json,
        to: read.value[name] as unknown as Json,
      })),
    },
  );
  const written = await scene.db.write([
    ...updateElection(scene, row, { method: canonicalJson(read.value as unknown as Json) }),
    ...event.statements,
  ]);
  return written.ok ? ok(changed) : err({ reason: "election_stale" });
}

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
