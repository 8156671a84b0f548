/** Ending a lease before its time, by two persons: proposed by one, confirmed by another. Load, ask the rules, write with the leaf. No HTTP. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import type { LeaseRefusal } from "../actions.ts";
import { endedOn } from "../rules.ts";
import { endLease, findLeaseById, type LeaseRow, leaseFrom } from "../store.ts";
import { type EndDecision, mayDecideEnd } from "./rules.ts";
import { decideEnd, type EndRow, findLastEnd, insertEnd } from "./store.ts";

export interface EndAsked {
  readonly leaseId: string;
  readonly lastOn: string;
  /** Public. */
  readonly why: string;
}

async function load(
  scene: Scene,
  leaseId: string,
): Promise<{ readonly row: LeaseRow; readonly end: EndRow | null } | null> {
  const [rows, ends] = await scene.db.read(findLeaseById(scene, leaseId), findLastEnd(scene, leaseId));
  return rows[0] ? { row: leaseFrom(rows[0]), end: ends[0] ?? null } : null;
}

/** Proposes a last day before the lease's own. Nothing changes until another person confirms it; a repeat finds it proposed. */
export async function proposeEnd(
  scene: StaffScene,
  asked: EndAsked,
): Promise<Result<{ readonly leaseId: string }, LeaseRefusal>> {
  const found = await load(scene, asked.leaseId);
  if (!found) return err({ reason: "unknown_lease" });
  const { row, end } = found;
  const why = asked.why.trim();
  const by = scene.actor.personId;
  if (end?.state === "proposed" && end.proposedBy === by && end.lastOn === asked.lastOn && end.why === why)
    return ok({ leaseId: row.leaseId });
  if (row.state !== "approved" || row.endedAt !== null || end?.state === "proposed")
    return err({ reason: "lease_moved" });
  const cut = endedOn(row.terms, asked.lastOn);
  if (!cut.ok) return err({ reason: "lease_faulty", faults: [cut.error] });
  if (asked.lastOn === row.toOn) return err({ reason: "lease_faulty", faults: [{ reason: "ends_before_start" }] });
  if (why === "") return err({ reason: "why_missing" });
  const turn = (end?.turn ?? 0) + 1;
  const leaf = appendLeaf(
    scene,
    "lease.end_proposed",
    { lease: row.leaseId, number: row.number, lastOn: asked.lastOn, before: row.toOn },
    row.leaseId,
  );
  const insert = insertEnd(scene, {
    leaseId: row.leaseId,
    turn,
    lastOn: asked.lastOn,
    why,
    proposedBy: by,
    draftLeaf: leaf.leafHash,
  });
  const written = await scene.db.write([insert, leaf.statement]);
  return written.ok ? ok({ leaseId: row.leaseId }) : err({ reason: "lease_moved" });
}

const LEAVES: Readonly<Record<EndDecision, string>> = {
  confirmed: "lease.ended",
  refused: "lease.end_refused",
  withdrawn: "lease.end_withdrawn",
};

/**
 * Another person confirms the end, or refuses it with a reason; its proposer may give it up. Once confirmed, what falls due is made
 * anew, and what was charged too much is taken back by the clock. A repeat by the same person finds it done.
 */
export async function settleEnd(
  scene: StaffScene,
  leaseId: string,
  as: EndDecision,
  why = "",
): Promise<Result<{ readonly leaseId: string }, LeaseRefusal>> {
  const found = await load(scene, leaseId);
  if (!found) return err({ reason: "unknown_lease" });
  const { row, end } = found;
  const by = scene.actor.personId;
  if (end?.state === as && end.decidedBy === by) return ok({ leaseId });
  const may = mayDecideEnd(end, as, by, why);
  if (!may.ok) return may;
  const { lastOn, turn } = end!;
  const leaf = appendLeaf(scene, LEAVES[as], { lease: leaseId, number: row.number, lastOn, before: row.toOn }, leaseId);
  const to = { state: as, by, why: why.trim(), leafHash: leaf.leafHash };
  const ending = as === "confirmed" ? endLease(scene, leaseId, { untilOn: lastOn, by, why: end!.why }) : [];
  const written = await scene.db.write([...decideEnd(scene, { leaseId, turn }, to), ...ending, leaf.statement]);
  return written.ok ? ok({ leaseId }) : err({ reason: "lease_moved" });
}
