/** Moving an election on: nominations open, stay open longer, close. Each is one batch with its leaf, guarded in the write. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertFrom, sql } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { authorOf, CLOCK, type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import { readWhy, type WhyRefusal } from "../calling/rules.ts";
import { commitOrderSeed } from "../candidates/order/store.ts";
import { countOpenGroupObjections } from "../group/store.ts";
import { readMethod } from "../method/rules.ts";
import { type ElectionKey, type ElectionRow, findElection, updateElection } from "../store.ts";
import {
  type CloseRefusal,
  type ExtendRefusal,
  type MoveFacts,
  mayCloseNominations,
  mayExtendNominations,
  mayOpenNominations,
  type OpenRefusal,
} from "./rules.ts";

type Gone = { readonly reason: "unknown_election" } | { readonly reason: "election_stale" };

/** An election as its moves are decided by. */
export const moveFacts = (row: ElectionRow, openObjections: number): MoveFacts => ({
  kind: row.kind,
  state: row.state,
  method: readMethod(row.method),
  groupPublishedAt: row.groupPublishedAt,
  nominationsCloseAt: row.nominationsCloseAt,
  openObjections,
});

/** Opens nominations until 24:00 of their last day. An objection that came in meanwhile stops it in the write (`objections_unanswered`). */
export async function openNominations(
  scene: StaffScene,
  key: ElectionKey,
): Promise<Result<{ readonly closeAt: number }, OpenRefusal | Gone>> {
  const { db, community, now } = scene;
  const [rows, open] = await db.read(findElection(scene, key), countOpenGroupObjections(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  if (row.state === "nominating" && row.nominationsCloseAt !== null) return ok({ closeAt: row.nominationsCloseAt });
  const may = mayOpenNominations(moveFacts(row, open[0]?.open ?? 0), now);
  if (!may.ok) return may;
  const { closeAt } = may.value;
  const event = recordElectionEvent(scene, row.electionId, "nominations_opened", { closeAt }, authorOf(scene));
  // The seed of the order on the ballot is sealed before anybody can know a name.
  const seed = await commitOrderSeed(scene, row.electionId, authorOf(scene));
  const written = await db.write([
    assertFrom(
      db,
      "objections_unanswered",
      sql`SELECT NOT EXISTS (SELECT 1 FROM election_group_objection
          WHERE community_id = ${community.id} AND election_id = ${row.electionId} AND answer IS NULL)`,
    ),
    ...updateElection(scene, row, { state: "nominating", nominationsOpenAt: now, nominationsCloseAt: closeAt }),
    ...event.statements,
    ...seed.statements,
  ]);
  if (written.ok) return ok({ closeAt });
  if (written.error.code !== "objections_unanswered") return err({ reason: "election_stale" });
  const [again] = await db.read(countOpenGroupObjections(scene, key));
  return err({ reason: "objections_unanswered", open: again[0]?.open ?? 1 });
}

/** Closes nominations at or after their hour; from then on names are examined. By the clock, or by hand where the clock has not come by. */
export async function closeNominations(
  scene: Scene,
  row: ElectionRow,
  by: ElectionAuthor = CLOCK,
): Promise<Result<true, CloseRefusal | Gone>> {
  if (row.state === "examining") return ok(true);
  const may = mayCloseNominations(row, scene.now);
  if (!may.ok) return may;
  const closedAt = row.nominationsCloseAt ?? scene.now;
  const event = recordElectionEvent(scene, row.electionId, "nominations_closed", { closedAt }, by);
  const written = await scene.db.write([...updateElection(scene, row, { state: "examining" }), ...event.statements]);
  return written.ok ? ok(true) : err({ reason: "election_stale" });
}

/** The same by somebody at the desk. */
export async function closeNominationsByHand(
  scene: StaffScene,
  key: ElectionKey,
): Promise<Result<true, CloseRefusal | Gone>> {
  const [rows] = await scene.db.read(findElection(scene, key));
  return rows[0] ? closeNominations(scene, rows[0], authorOf(scene)) : err({ reason: "unknown_election" });
}

/** Nominations stay open until a later day, or open again while names are examined; for a reason that is read in public. */
export async function extendNominations(
  scene: StaffScene,
  key: ElectionKey,
  asked: { readonly untilOn: string; readonly why: string },
): Promise<Result<{ readonly closeAt: number }, ExtendRefusal | WhyRefusal | Gone>> {
  const [rows] = await scene.db.read(findElection(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const why = readWhy(asked.why);
  if (!why.ok) return why;
  const may = mayExtendNominations(row, asked.untilOn, scene.now);
  if (!may.ok) return may;
  const { closeAt } = may.value;
  const facts = { wasAt: row.nominationsCloseAt ?? 0, closeAt, why: why.value };
  const event = recordElectionEvent(scene, row.electionId, "nominations_extended", facts, authorOf(scene));
  const written = await scene.db.write([
    ...updateElection(scene, row, { state: "nominating", nominationsCloseAt: closeAt }),
    ...event.statements,
  ]);
  return written.ok ? ok({ closeAt }) : err({ reason: "election_stale" });
}
