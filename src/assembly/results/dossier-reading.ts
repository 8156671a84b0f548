/** Everything a dossier is made of, read in a few round trips and checked against what the record was told. Writes no file. */

import { snapshotEntry } from "../../community/snapshot/rules.ts";
import type { ObjectionRow } from "../../community/snapshot/store.ts";
import {
  asVoterUnit,
  listObjections,
  listSnapshots,
  listSnapshotUnits,
  listVoters,
  type SnapshotRow,
} from "../../community/snapshot/store.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { makeCheckpoint, onPrimary } from "../../record/actions.ts";
import { provableLeaves } from "../../record/merkle/list.ts";
import { type Evidence, evidenceAt } from "../../record/reading.ts";
import { leafHashOf } from "../../record/rules.ts";
import { type Leaf, listLeavesAbout } from "../../record/store.ts";
import { findPetition, listSignatures, type PetitionRow } from "../convening/store.ts";
import { type PublicMeeting, readMeeting } from "../public/reading.ts";
import {
  type BallotLine,
  type ContactLine,
  findFirstCover,
  listBallotLeaves,
  listDeliveries,
  listReadings,
  listSheetOutcomes,
  type ReadingLine,
  type SheetLine,
} from "./dossier-store.ts";
import { listTickets, type ObjectionRow as TicketRow } from "./store.ts";

/** One version of the frozen roll: its root, and under which leaf each voter number stands. */
export interface RollVersion {
  readonly row: SnapshotRow;
  /** In the order of the list under the root. */
  readonly leaves: readonly { readonly voterNo: number; readonly leafHash: string }[];
}

export interface DossierFacts {
  readonly community: { readonly slug: string; readonly name: string };
  readonly meeting: PublicMeeting;
  readonly rolls: readonly RollVersion[];
  readonly deliveries: readonly ContactLine[];
  readonly ballots: readonly BallotLine[];
  readonly readings: readonly ReadingLine[];
  readonly sheets: readonly SheetLine[];
  readonly tickets: readonly TicketRow[];
  readonly rollObjections: readonly ObjectionRow[];
  /** The petition that called it, with how many signed. */
  readonly petition: { readonly row: PetitionRow; readonly signatures: number } | null;
  /** Every entry of the record about the meeting and its petition, in order. */
  readonly entries: readonly Leaf[];
  /** The log up to the checkpoint that covers everything about the meeting. */
  readonly evidence: Evidence;
}

/** The record cannot be signed now, for the reason its own page gives; without a checkpoint a dossier proves nothing. */
export type DossierRefusal = { readonly reason: "record_unsigned" };

// A meeting of 5,000 heads has some 20,000 entries.
const MOST_ENTRIES = 200_000;

/**
 * Reads a meeting's dossier; null when there is none, or no notice of it was given. A checkpoint is made when none covers
 * the last entry yet: it adds no fact. Throws where rows no longer make the roots and leaves that the record was told:
 * such a dossier would prove a meeting that did not happen.
 */
export async function readDossier(asked: Scene, number: number): Promise<Result<DossierFacts, DossierRefusal> | null> {
  const scene = onPrimary(asked);
  const meeting = await readMeeting(scene, String(number));
  if (!meeting) return null;
  const meetingId = meeting.row.meetingId as MeetingId;
  const petitionId = meeting.manifest.convener.petitionId ?? "";
  const [
    snapshots,
    deliveries,
    ballots,
    readings,
    sheets,
    tickets,
    rollObjections,
    petitions,
    signatures,
    ownEntries,
    petitionEntries,
  ] = await scene.db.read(
    listSnapshots(scene, meetingId),
    listDeliveries(scene, meetingId),
    listBallotLeaves(scene, meetingId),
    listReadings(scene, meetingId),
    listSheetOutcomes(scene, meetingId),
    listTickets(scene, meetingId),
    listObjections(scene, meetingId),
    findPetition(scene, petitionId),
    listSignatures(scene, petitionId),
    listLeavesAbout(scene, meetingId, 0, MOST_ENTRIES),
    listLeavesAbout(scene, petitionId, 0, MOST_ENTRIES),
  );
  const entries = [...ownEntries, ...petitionEntries].toSorted((a, b) => a.seq - b.seq);
  for (const { entry, leafHash, seq } of entries)
    if (leafHashOf(entry) !== leafHash) throw new Error(`entry ${seq} does not have the leaf it was recorded under`);
  const evidence = await readEvidence(scene, entries.at(-1)?.seq ?? 0);
  if (!evidence.ok) return evidence;
  return ok({
    community: { slug: scene.community.slug, name: scene.community.name },
    meeting,
    rolls: await Promise.all(snapshots.toReversed().map((row) => readRoll(scene, row))),
    deliveries,
    ballots,
    readings,
    sheets,
    tickets,
    rollObjections: rollObjections.toSorted(
      (a, b) => a.raisedAt - b.raisedAt || (a.objectionId < b.objectionId ? -1 : 1),
    ),
    petition: petitions[0] ? { row: petitions[0], signatures: signatures.length } : null,
    entries,
    evidence: evidence.value,
  });
}

async function readRoll(scene: Scene, row: SnapshotRow): Promise<RollVersion> {
  const [units, heads] = await scene.db.read(
    listSnapshotUnits(scene, row.snapshotId),
    listVoters(scene, row.snapshotId, -1, row.nextVoterNo),
  );
  const byVoter = Map.groupBy(units, ({ voterNo }) => voterNo);
  const leaves = heads
    .toSorted((a, b) => a.position - b.position)
    .map((head) => {
      const held = (byVoter.get(head.voterNo) ?? []).map(asVoterUnit);
      return { voterNo: head.voterNo, leafHash: leafHashOf(snapshotEntry({ ...head, units: held })) };
    });
  if (provableLeaves(leaves.map(({ leafHash }) => leafHash)).root !== row.root)
    throw new Error(`snapshot ${row.snapshotId} does not have the root it was frozen with`);
  return { row, leaves };
}

async function readEvidence(scene: Scene, lastSeq: number): Promise<Result<Evidence, DossierRefusal>> {
  let [[cover]] = await scene.db.read(findFirstCover(scene, lastSeq));
  if (!cover) {
    const made = await makeCheckpoint(scene);
    if (!made.ok) return err({ reason: "record_unsigned" });
    [[cover]] = await scene.db.read(findFirstCover(scene, lastSeq));
  }
  const size = cover?.size ?? 0;
  const evidence = await evidenceAt(scene, size);
  return evidence ? ok(evidence) : err({ reason: "record_unsigned" });
}
