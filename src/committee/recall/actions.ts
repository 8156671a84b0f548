/** Proposing, signing and answering a recall: load, ask the rules, write with the leaf (GR 44, HZ 31; M14). No HTTP. */
import { viewPetition } from "../../assembly/convening/actions.ts";
import { authorOf } from "../../assembly/meeting/acting.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { personsOf, sittingMembers, viewRecall } from "./reading.ts";
import { mayDefend, type RecallRefusal, readText } from "./rules.ts";
import { insertRecall, insertSignature, tellWhenEnough, writeDefence } from "./store.ts";

export type RecallActRefusal =
  | RecallRefusal
  | KeyReused
  | { readonly reason: "unknown_recall" }
  /** The tenure is no seat of a member, or does not run today. */
  | { readonly reason: "no_such_member" }
  /** Only members propose with a third of the members, and nobody their own recall. */
  | { readonly reason: "not_a_member" }
  | { readonly reason: "own_recall" }
  | { readonly reason: "signed_already" }
  | { readonly reason: "recall_under_way" }
  | { readonly reason: "unknown_petition" }
  | { readonly reason: "not_yours_to_answer" };

export interface RecallAsked {
  readonly tenureId: string;
  readonly reasons: string;
  /** Empty where members propose. */
  readonly petitionId: string;
}

/**
 * Proposes a recall: a member with the first signature, or the secretary for a petition of owners that has its fifth. The
 * database refuses a second one of the same seat and one of a seat that was left.
 */
export async function proposeRecall(
  scene: StaffScene,
  asked: RecallAsked,
  once: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const { actor, now } = scene;
  const reasons = readText(asked.reasons, "reasons");
  if (!reasons.ok) return reasons;
  const members = await sittingMembers(scene);
  const seat = members.find(({ tenureId }) => tenureId === asked.tenureId);
  if (!seat) return err({ reason: "no_such_member" });
  const byOwners = asked.petitionId !== "";
  const sitting = personsOf(members);
  if (byOwners) {
    const petition = await viewPetition(scene, asked.petitionId);
    if (!petition) return err({ reason: "unknown_petition" });
    if (!petition.reached) return err({ reason: "petition_too_small" });
  } else {
    if (!sitting.has(actor.personId)) return err({ reason: "not_a_member" });
    if (seat.personId === actor.personId) return err({ reason: "own_recall" });
  }
  const recallId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "recall.proposed",
    {
      recall: recallId,
      tenure: seat.tenureId,
      proposer: byOwners ? "owners" : "members",
      petition: asked.petitionId,
      reasons: sha256Hex(reasons.value),
      by: authorOf(scene).words,
    },
    recallId,
  );
  const statements: Query[] = [
    insertRecall(scene, {
      recallId,
      tenureId: seat.tenureId,
      personId: seat.personId,
      proposer: byOwners ? "owners" : "members",
      petitionId: byOwners ? asked.petitionId : null,
      reasons: reasons.value,
      proposedBy: actor.personId,
      proposedAt: now,
      toldAt: byOwners ? now : null,
    }),
    leaf.statement,
    ...(byOwners ? [] : signing(scene, recallId, sitting.size)),
  ];
  return refusedAs(await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, statements, { recallId }));
}

/** A member's signature, its leaf, and the start of the defence when it is the one that makes a third. */
function signing(scene: StaffScene, recallId: string, sitting: number): Query[] {
  const leaf = appendLeaf(scene, "recall.signed", { recall: recallId, by: authorOf(scene).words }, recallId);
  return [
    insertSignature(scene, { recallId, personId: scene.actor.personId, signedAt: scene.now, leafHash: leaf.leafHash }),
    leaf.statement,
    tellWhenEnough(scene, recallId, sitting, scene.now),
  ];
}

/** A further member signs. Signing twice is one signature. */
export async function signRecall(
  scene: StaffScene,
  recallId: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const sitting = personsOf(await sittingMembers(scene));
  if (!sitting.has(scene.actor.personId)) return err({ reason: "not_a_member" });
  if (view.row.personId === scene.actor.personId) return err({ reason: "own_recall" });
  if (view.state === "dropped") return err({ reason: "left_already" });
  if (view.row.state !== "proposed" || view.row.proposer !== "members")
    return err({ reason: "recall_not_open", state: view.state });
  const written = await scene.db.write(signing(scene, recallId, sitting.size));
  if (written.ok || written.error.code === "signed_already") return ok({ recallId });
  return refusedAs(written);
}

/** The defence, by the member in their own session, or entered from a signed sheet by whoever keeps the minutes. The newest stands. */
export async function defend(
  scene: StaffScene,
  recallId: string,
  text: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const defence = readText(text, "defence");
  if (!defence.ok) return defence;
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const own = view.row.personId === scene.actor.personId;
  if (!own && !scene.actor.permissions.has("committee.record")) return err({ reason: "not_yours_to_answer" });
  const may = mayDefend(view.facts, view.defenceDays, scene.now);
  if (!may.ok) return may;
  if (view.row.defence === defence.value) return ok({ recallId });
  const leaf = appendLeaf(
    scene,
    "recall.defended",
    { recall: recallId, defence: sha256Hex(defence.value), own, by: own ? "本人" : authorOf(scene).words },
    recallId,
  );
  const written = await scene.db.write([
    ...writeDefence(scene, recallId, { text: defence.value, at: scene.now }),
    leaf.statement,
  ]);
  return written.ok ? ok({ recallId }) : refusedAs(written);
}

function refusedAs<T>(
  written: Result<T, KeyReused | { readonly reason: "aborted"; readonly code: string }>,
): Result<T, RecallActRefusal> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "recall_under_way":
      return err({ reason: "recall_under_way" });
    case "left_already":
      return err({ reason: "left_already" });
    case "signed_already":
      return err({ reason: "signed_already" });
    case "recall_over":
    case "recall_moved":
      return err({ reason: "recall_not_open", state: "placed" });
    default:
      throw new Error(`a recall was refused by ${written.error.code}`);
  }
}
