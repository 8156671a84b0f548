/** Entering a mandate that began before the estate came here: load, ask the rules, write with the leaf. No HTTP. */
import { findLatestMandate, insertMandate } from "../../elections/store.ts";
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { listBodies } from "../../offices/terms/store.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { isInOffice } from "../seated/actions.ts";
import { type MandateAsked, type MandateFault, readMandate } from "./rules.ts";

export type MandateRefusal =
  | { readonly reason: "mandate_faulty"; readonly faults: readonly MandateFault[] }
  | { readonly reason: "no_committee" }
  /** There is one already: another follows by an election. */
  | { readonly reason: "mandate_running"; readonly number: number };

/** Records the mandate of the committee that sits already. Only where none runs: from then on mandates follow from elections. The same again is the same. */
export async function recordMandate(
  scene: StaffScene,
  asked: MandateAsked,
): Promise<Result<{ readonly mandateId: string }, MandateRefusal>> {
  const { db, now, actor } = scene;
  const read = readMandate(asked, dayOf(now));
  if (!read.ok) return err({ reason: "mandate_faulty", faults: read.error });
  const [mandates, bodies] = await db.read(findLatestMandate(scene, now), listBodies(scene));
  const running = mandates[0] ?? null;
  const { number, fromAt, untilAt } = read.value;
  if (running?.number === number && running.fromAt === fromAt && running.plannedUntilAt === untilAt)
    return ok({ mandateId: running.mandateId });
  if (isInOffice(running, now)) return err({ reason: "mandate_running", number: running.number });
  const body = bodies.find(({ kind }) => kind === "committee");
  if (!body) return err({ reason: "no_committee" });
  const { seats } = read.value;
  const mandate = insertMandate(
    scene,
    {
      ...read.value,
      bodyId: body.bodyId,
      electionId: null,
      legalLeast: Math.min(5, seats),
      // Half of the seats, the stricter of what places say (ZS 19; M8).
      alternatesMost: Math.floor(seats / 2),
    },
    actor.personId,
  );
  const written = await db.write(mandate.statements);
  if (written.ok) return ok({ mandateId: mandate.mandateId });
  if (["mandates_overlap", "mandate_exists", "unique:mandate"].includes(written.error.code))
    return err({ reason: "mandate_running", number: read.value.number });
  throw new Error(`a mandate was refused by ${written.error.code}`);
}
