/** The conditions an election asks of its candidates: kept with their clauses while it is prepared, fixed once names are taken. No HTTP. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { canonicalJson, type Json } from "../../../record/canonical.ts";
import { authorOf, recordElectionEvent } from "../../acting.ts";
import { type ElectionMoveRefusal, electionIn } from "../../rules.ts";
import { type ElectionKey, findElection } from "../../store.ts";
import { electionCriteria } from "../schema.ts";
import { type Criteria, type CriteriaFault, criteriaFaults, DEFAULT_CRITERIA } from "./rules.ts";

export type CriteriaRow = typeof electionCriteria.$inferSelect;

/** The newest version; none means the defaults. */
export const findCriteria = (
  { db, community }: Pick<Scene, "db" | "community">,
  key: ElectionKey,
): Query<CriteriaRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, version, value, set_by AS setBy, set_at AS setAt, leaf_hash AS leafHash
        FROM election_criteria WHERE community_id = ${community.id} AND election_id = ${key} ORDER BY version DESC LIMIT 1`,
  );

export const criteriaFrom = (rows: readonly Pick<CriteriaRow, "value">[]): Criteria =>
  rows[0] ? { ...DEFAULT_CRITERIA, ...(JSON.parse(rows[0].value) as Partial<Criteria>) } : DEFAULT_CRITERIA;

export async function readCriteria(scene: Scene, key: ElectionKey): Promise<Criteria> {
  const [rows] = await scene.db.read(findCriteria(scene, key));
  return criteriaFrom(rows);
}

export type CriteriaRefusal =
  | ElectionMoveRefusal
  | { readonly reason: "unknown_election" }
  | { readonly reason: "criteria_faulty"; readonly faults: readonly CriteriaFault[] }
  | { readonly reason: "version_stale" };

/** Keeps a new version. Everybody reads what is asked and by which clause before a single name is known. */
export async function saveCriteria(
  scene: StaffScene,
  key: ElectionKey,
  criteria: Criteria,
  version: number,
): Promise<Result<{ readonly version: number }, CriteriaRefusal>> {
  const [elections, rows] = await scene.db.read(findElection(scene, key), findCriteria(scene, key));
  const election = elections[0];
  if (!election) return err({ reason: "unknown_election" });
  const inState = electionIn(election.state, "preparing");
  if (!inState.ok) return inState;
  const faults = criteriaFaults(criteria);
  if (faults.length > 0) return err({ reason: "criteria_faulty", faults });
  const value = canonicalJson(criteria as unknown as Json);
  const { electionId } = election;
  // Nothing changed, or the same form once more.
  if (rows[0]?.value === value) return ok({ version: rows[0].version });
  const event = recordElectionEvent(scene, electionId, "criteria_set", { version: version + 1 }, authorOf(scene), {
    criteria: criteria as unknown as Json,
  });
  const written = await scene.db.write([
    scene.db.orm.insert(electionCriteria).values({
      communityId: scene.community.id,
      electionId,
      version: version + 1,
      value,
      setBy: scene.actor.personId,
      setAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok) return ok({ version: version + 1 });
  if (written.error.code === "criteria_fixed")
    return err({ reason: "wrong_election_state", state: "nominating", needed: ["preparing"] });
  return err({ reason: "version_stale" });
}
