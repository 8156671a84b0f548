/** Owners who support a joint nomination, or take their support back, while names are taken: one word a head, the last one counts (C2, M5). No HTTP. */

import { headsOn } from "../../community/browse/actions.ts";
import { headsAtPlaces } from "../../community/naming/actions.ts";
import type { Voter } from "../../community/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { headAmong, readOwnRoll } from "../../owners/actions.ts";
import type { ActRefusal, OwnHead } from "../../owners/rules.ts";
import type { OwnerActor } from "../../platform/access.ts";
import type { Query } from "../../platform/db.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { type ElectionKey, findElection } from "../store.ts";
import { byOwner, type Hand, onPaper, type PaperFault, saltOf } from "./hand.ts";
import { isGiven, type NominatingRefusal, nominationsOpen } from "./rules.ts";
import { type CandidacyRow, channelsOf, findCandidacy, insertSupport, listSupports } from "./store.ts";

/** A signed sheet has so many lines at most; a longer list is several sheets. */
export const MOST_LINES = 200;

export type SheetRefusal =
  | { readonly reason: "places_unknown"; readonly lines: readonly string[] }
  | { readonly reason: "too_many_lines"; readonly most: number }
  /** The person's own head does not support the person: a neighbour's name is what is asked for. */
  | { readonly reason: "own_candidacy" };

export type SupportRefusal =
  | NominatingRefusal
  | ActRefusal
  | PaperFault
  | SheetRefusal
  | { readonly reason: "unknown_candidacy" }
  /** Nobody started a joint nomination of this person. */
  | { readonly reason: "not_joint" }
  | { readonly reason: "candidacy_withdrawn" }
  | { readonly reason: "nothing_typed" }
  | { readonly reason: "election_stale" };

/** The heads behind the lines of a sheet: every line a unit of the roll, nobody twice, the person's own head not among them. */
export function signedBy(
  heads: readonly Voter[],
  places: readonly string[],
  nominee: { readonly partyId: PartyId },
): Result<OwnHead[], SheetRefusal> {
  const found = headsAtPlaces(heads, places);
  if (found.unknown.length > 0) return err({ reason: "places_unknown", lines: found.unknown });
  if (found.heads.some(({ owners }) => owners.includes(nominee.partyId))) return err({ reason: "own_candidacy" });
  return ok(
    found.heads.map(({ key, areaDm2, units }) => ({
      headKey: key,
      areaDm2,
      unitIds: units.filter(({ counted }) => counted).map(({ unitId }) => unitId),
    })),
  );
}

type Named = Pick<CandidacyRow, "electionId" | "candidacyId" | "number">;

/** One head's word with its entry, for a batch. The record says that a head supports; which one, only who holds the key can say. */
export function supportStatements(scene: Scene, of: Named, head: OwnHead, turn: number, hand: Hand): Query[] {
  const { electionId, candidacyId, number } = of;
  const value = { head: head.headKey, areaDm2: head.areaDm2, turn };
  const salt = saltOf(scene, "support", `${candidacyId} ${head.headKey} ${turn}`);
  const type = turn % 2 === 1 ? "election.nomination_supported" : "election.support_taken_back";
  const leaf = appendLeaf(
    scene,
    type,
    { election: electionId, nomination: number, commitment: commit(salt, value), by: hand.author.words },
    electionId,
  );
  return [
    insertSupport(scene, {
      electionId,
      candidacyId,
      headKey: head.headKey,
      turn,
      areaDm2: head.areaDm2,
      way: hand.way,
      paperFile: hand.paperFile,
      recordedBy: hand.id,
      recordedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

/** The joint nomination with this number, when its supporters may still speak. */
async function jointly(scene: Scene, key: ElectionKey, number: number): Promise<Result<CandidacyRow, SupportRefusal>> {
  const [elections, rows] = await scene.db.read(findElection(scene, key), findCandidacy(scene, key, number));
  const [election, row] = [elections[0], rows[0]];
  if (!election || !row) return err({ reason: "unknown_candidacy" });
  const open = nominationsOpen(election, scene.now);
  if (!open.ok) return open;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  return channelsOf(row).includes("joint") ? ok(row) : err({ reason: "not_joint" });
}

const TRIES = 4;

/** What the database says no to while supporters speak; null where reading again is the answer. */
function refusalOf(code: string): SupportRefusal | null {
  if (code === "support_stale" || code === "unique:nomination_support") return null;
  if (code === "nominations_closed") return { reason: "nominations_closed", at: null };
  if (code === "not_joint" || code === "candidacy_withdrawn") return { reason: code };
  throw new Error(`a support was refused by ${code}`);
}

/**
 * A signed-in owner supports a joint nomination, or takes it back. Asked for what is so already, nothing is written and the
 * answer is the same: pressed twice, or from two telephones at once, it is one support.
 */
export async function setSupport(
  scene: Scene,
  key: ElectionKey,
  number: number,
  owner: OwnerActor,
  wanted: "given" | "taken_back",
): Promise<Result<{ readonly number: number }, SupportRefusal>> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const joint = await jointly(scene, key, number);
    if (!joint.ok) return joint;
    const row = joint.value;
    const { heads } = await readOwnRoll(scene, owner);
    const head = headAmong(heads, owner);
    if (!head.ok) return head;
    const { headKey } = head.value;
    if (heads.some(({ key: one, owners }) => one === headKey && owners.includes(row.partyId)))
      return err({ reason: "own_candidacy" });
    const [supports] = await scene.db.read(listSupports(scene, { candidacyId: row.candidacyId }));
    const said = supports.find((one) => one.headKey === headKey);
    if ((said !== undefined && isGiven(said)) === (wanted === "given")) return ok({ number });
    const turn = (said?.turn ?? 0) + 1;
    const written = await scene.db.write(supportStatements(scene, row, head.value, turn, byOwner(owner)));
    if (written.ok) return ok({ number });
    const refusal = refusalOf(written.error.code);
    if (refusal) return err(refusal);
  }
  return err({ reason: "election_stale" });
}

/** Enters further signatures of a joint nomination from their sheet. Heads that support it already stay as they are. */
export async function supportOnPaper(
  scene: StaffScene,
  key: ElectionKey,
  number: number,
  asked: { readonly places: readonly string[]; readonly paper: Upload | null },
): Promise<Result<{ readonly added: number; readonly known: number }, SupportRefusal>> {
  const { places } = asked;
  if (places.length === 0) return err({ reason: "nothing_typed" });
  if (places.length > MOST_LINES) return err({ reason: "too_many_lines", most: MOST_LINES });
  const first = await jointly(scene, key, number);
  if (!first.ok) return first;
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const signed = signedBy(heads, places, first.value);
  if (!signed.ok) return signed;
  const hand = await onPaper(scene, asked.paper);
  if (!hand.ok) return hand;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const joint = await jointly(scene, key, number);
    if (!joint.ok) return joint;
    const row = joint.value;
    const [supports] = await scene.db.read(listSupports(scene, { candidacyId: row.candidacyId }));
    const turnOf = new Map(supports.map(({ headKey, turn }) => [headKey, turn]));
    const fresh = signed.value.filter(({ headKey }) => (turnOf.get(headKey) ?? 0) % 2 === 0);
    const answer = { added: fresh.length, known: signed.value.length - fresh.length };
    if (fresh.length === 0) return ok(answer);
    const statements = fresh.flatMap((head) =>
      supportStatements(scene, row, head, (turnOf.get(head.headKey) ?? 0) + 1, hand.value),
    );
    const written = await scene.db.write([...statements, ...hand.value.statements]);
    if (written.ok) return ok(answer);
    const refusal = refusalOf(written.error.code);
    if (refusal) return err(refusal);
  }
  return err({ reason: "election_stale" });
}
