/** A conflict decided by the chair and confirmed, or turned down, by the witness; an officer's own ties declared. Load, ask the rules, write with the leaf. No HTTP. */
import { personName } from "../../../community/identity/rules.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { examineCreditCode } from "../../../kernel/uscc.ts";
import { personIn } from "../../../ledger/questions/rules.ts";
import { findPerson, openName } from "../../../offices/people/store.ts";
import { sql } from "../../../platform/db.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { authorOf } from "../../acting.ts";
import type { TenderKey } from "../../store.ts";
import { openPersons, readAnnounced } from "../actions.ts";
import { interestContext } from "../sealed.ts";
import { listBidders } from "../store.ts";
import { kinHashOf } from "../ties.ts";
import { type DecideRefusal, isBetweenBidders, mayDecideConflict, standingOf } from "./rules.ts";
import { type ConflictRow, insertConflictAnswer, insertConflictDecision, listConflicts } from "./store.ts";

async function conflictOf(scene: StaffScene, key: TenderKey, conflictNo: number) {
  const read = await readAnnounced(scene, key);
  if (!read) return null;
  const [rows] = await scene.db.read(listConflicts(scene, read.tender.tenderId));
  const conflict = rows.find((row) => row.conflictNo === conflictNo);
  return conflict ? { tenderId: read.tender.tenderId, conflict } : null;
}

export type ConflictDecisionRefusal =
  | DecideRefusal
  | { readonly reason: "unknown_conflict" }
  /** The reason is public after the opening: it speaks of companies, not of people. */
  | { readonly reason: "names_a_person"; readonly found: string };

/** Those whom a public reason might name: who stands behind the bidders, and the officer. */
async function peopleOf(scene: StaffScene, tenderId: string, { bidderId, withId, kind }: ConflictRow) {
  const [bidders, officers] = await scene.db.read(listBidders(scene, tenderId), findPerson(scene, withId));
  const behind = await Promise.all(
    bidders.filter((one) => one.bidderId === bidderId || one.bidderId === withId).map((one) => openPersons(scene, one)),
  );
  const officer = isBetweenBidders(kind) || !officers[0] ? [] : [await openName(scene, officers[0])];
  const companies = bidders.map(({ name }) => name);
  return [
    ...behind.flatMap((one) => [one.representative.name, one.controller.name, one.contactName]),
    ...officer,
  ].filter((name) => !companies.includes(name));
}

/** The chair decides what follows from a conflict; it holds once the witness confirms. A repeat of the same words is the same decision. */
export async function decideConflict(
  scene: StaffScene,
  key: TenderKey,
  conflictNo: number,
  asked: { readonly outcome: string; readonly reason: string },
): Promise<Result<{ readonly decisionNo: number }, ConflictDecisionRefusal>> {
  const read = await conflictOf(scene, key, conflictNo);
  if (!read) return err({ reason: "unknown_conflict" });
  const { tenderId, conflict } = read;
  const repeat = (row: ConflictRow): boolean => row.outcome === asked.outcome && row.reason === asked.reason.trim();
  if (standingOf(conflict) === "proposed" && repeat(conflict)) return ok({ decisionNo: conflict.decisionNo });
  const may = mayDecideConflict(conflict, asked);
  if (!may.ok) return may;
  const { outcome, reason } = may.value;
  const found = personIn(reason, await peopleOf(scene, tenderId, conflict));
  if (found !== null) return err({ reason: "names_a_person", found });
  const decisionNo = conflict.decisionNo + 1;
  const author = authorOf(scene);
  // The reason may name a bidder: before the opening the record holds its hash only.
  const facts = { tender: tenderId, conflict: conflictNo, decision: decisionNo, outcome, reason: sha256Hex(reason) };
  const leaf = appendLeaf(scene, "tender.conflict_decided", { ...facts, by: author.words }, tenderId);
  const written = await scene.db.write([
    insertConflictDecision(scene, {
      tenderId,
      conflictNo,
      decisionNo,
      outcome,
      reason,
      decidedBy: author.id,
      byWords: author.words,
      decidedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok({ decisionNo });
  if (written.error.code === "decided_already") return err({ reason: "decided_already" });
  throw new Error(`a decision on a conflict was refused by ${written.error.code}`);
}

export type ConflictAnswerRefusal =
  | { readonly reason: "unknown_conflict" }
  | { readonly reason: "nothing_to_confirm" }
  | { readonly reason: "own_decision" }
  | { readonly reason: "answered_already" }
  | { readonly reason: "why_missing" };

/** The witness confirms the decision they read, or turns it down with a reason: then the chair decides anew. */
export async function answerConflict(
  scene: StaffScene,
  key: TenderKey,
  conflictNo: number,
  asked: { readonly decisionNo: number; readonly confirms: boolean; readonly why: string },
): Promise<Result<true, ConflictAnswerRefusal>> {
  const found = await conflictOf(scene, key, conflictNo);
  if (!found) return err({ reason: "unknown_conflict" });
  const { tenderId, conflict } = found;
  const { decisionNo, confirms } = asked;
  if (conflict.decisionNo === 0 || conflict.decisionNo !== decisionNo) return err({ reason: "nothing_to_confirm" });
  if (conflict.confirmed !== null)
    return conflict.confirmed === (confirms ? 1 : 0) ? ok(true) : err({ reason: "answered_already" });
  if (conflict.decidedBy === scene.actor.personId) return err({ reason: "own_decision" });
  const why = asked.why.trim().slice(0, 1_000);
  if (!confirms && why === "") return err({ reason: "why_missing" });
  const author = authorOf(scene);
  const facts = { tender: tenderId, conflict: conflictNo, decision: decisionNo, confirmed: confirms };
  const leaf = appendLeaf(scene, "tender.conflict_answered", { ...facts, by: author.words }, tenderId);
  const written = await scene.db.write([
    insertConflictAnswer(scene, {
      tenderId,
      conflictNo,
      decisionNo,
      confirmed: confirms ? 1 : 0,
      why,
      answeredBy: author.id,
      byWords: author.words,
      answeredAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok(true);
  if (written.error.code === "answered_already" || written.error.code === "own_decision")
    return err({ reason: written.error.code });
  throw new Error(`an answer to a conflict was refused by ${written.error.code}`);
}

// ——— What officers declare of themselves ———

export const RELATIONS = ["self", "spouse", "lineal", "other"] as const;
export type Relation = (typeof RELATIONS)[number];
export interface InterestAsked {
  readonly relation: string;
  readonly company: string;
  readonly code: string;
  /** A kinsperson who heads or controls companies. */
  readonly kin: string;
}
export type InterestRefusal =
  | KeyReused
  | { readonly reason: "relation_missing" }
  | { readonly reason: "interest_empty" }
  | { readonly reason: "code_impossible" };

/** An officer declares a company or a kinsperson they have to do with; compared with every bidder that registers afterwards. */
export async function declareInterest(
  scene: StaffScene,
  asked: InterestAsked,
  once: string,
): Promise<Result<{ readonly interestId: string }, InterestRefusal>> {
  const body = scene.keys.index(JSON.stringify([scene.actor.personId, asked]), "once:tender-interest");
  const first = await findAnswer<{ interestId: string }>(scene, { key: once, body });
  if (first) return first;
  const relation = RELATIONS.find((one) => one === asked.relation);
  if (!relation) return err({ reason: "relation_missing" });
  const [company, kin] = [personName(asked.company).slice(0, 80), personName(asked.kin).slice(0, 60)];
  const { code, findings } = examineCreditCode(asked.code);
  if (code !== "" && findings.some(({ finding }) => finding === "length" || finding === "characters"))
    return err({ reason: "code_impossible" });
  if (company === "" && code === "" && kin === "") return err({ reason: "interest_empty" });
  const { db, community, keys, now } = scene;
  const interestId = newId<string>(scene.random);
  const sealed = kin === "" ? null : await keys.seal(kin, interestContext(community.id, interestId));
  const leaf = appendLeaf(scene, "tender.interest_declared", { interest: interestId, relation }, interestId);
  const insert = db.run(
    sql`INSERT INTO tender_interest(community_id, interest_id, person_id, relation, company, code, kin_sealed, kin_hash, declared_at, leaf_hash)
        VALUES (${community.id}, ${interestId}, ${scene.actor.personId}, ${relation}, ${company}, ${code}, ${sealed},
                ${kin === "" ? "" : kinHashOf(scene, kin)}, CAST(${now} AS INTEGER), ${leaf.leafHash})`,
  );
  const written = await writeOnce(scene, { key: once, body }, [insert, leaf.statement], { interestId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`an interest was refused by ${written.error.code}`);
}
