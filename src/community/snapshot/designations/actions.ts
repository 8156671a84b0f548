/** Who casts a head's vote, settled after the roll was frozen: co-owners choose one (C3), a guardian steps in (C4). Weights stay as frozen. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PartyId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../../record/rules.ts";
import { appendLeaf } from "../../../record/store.ts";
import type { Note } from "../../changing.ts";
import { findMeetingSnapshot, findVoter, insertDesignation, listDesignations } from "../store.ts";

export type DesignationRefusal =
  | { readonly reason: "unknown_voter" }
  /** Only one of the head's owners, or a guardian of one, votes for it. */
  | { readonly reason: "not_an_owner"; readonly partyId: string }
  | { readonly reason: "votes_already"; readonly partyId: string }
  | { readonly reason: "note_missing" };

const noteContext = (communityId: string, meetingId: string, voterNo: number, designationNo: number): string =>
  `roll-designation:${communityId}:${meetingId}:${voterNo}:${designationNo}`;

registerSealed({
  table: "snapshot_designation",
  column: "note_sealed",
  key: ["meeting_id", "voter_no", "designation_no"],
  contextOf: (communityId, { meeting_id, voter_no, designation_no }) =>
    noteContext(communityId, String(meeting_id), Number(voter_no), Number(designation_no)),
});

/**
 * Settles who votes for a head from now on. `guardianOf` names the owner a guardian stands for. Returns statements: the
 * caller (assembly) adds its assertion that the head has not voted, and revokes the link of whoever voted before. Leaf
 * `roll.designated`; the reason is sealed.
 */
export async function designateVoter(
  scene: StaffScene,
  asked: {
    readonly meetingId: string;
    readonly voterNo: number;
    readonly partyId: PartyId;
    readonly guardianOf?: PartyId;
    readonly note: Note;
  },
): Promise<Result<{ statements: readonly Query[]; leafHash: string; before: PartyId | null }, DesignationRefusal>> {
  if (asked.note.why.trim() === "") return err({ reason: "note_missing" });
  const [snapshots, earlier] = await scene.db.read(
    findMeetingSnapshot(scene, asked.meetingId),
    listDesignations(scene, asked.meetingId, asked.voterNo),
  );
  const snapshot = snapshots[0];
  if (!snapshot) return err({ reason: "unknown_voter" });
  const [heads] = await scene.db.read(findVoter(scene, snapshot.snapshotId, asked.voterNo));
  const head = heads[0];
  if (!head) return err({ reason: "unknown_voter" });
  const owners = JSON.parse(head.ownerIds) as PartyId[];
  const standsFor = asked.guardianOf ?? asked.partyId;
  if (!owners.includes(standsFor)) return err({ reason: "not_an_owner", partyId: standsFor });
  if (head.votingPartyId === asked.partyId) return err({ reason: "votes_already", partyId: asked.partyId });
  const votedAs = asked.guardianOf ? "guardian" : owners.length > 1 ? "designated" : "owner";
  const salt = scene.random(SALT_BYTES);
  const told = { evidence: asked.note.evidence, why: asked.note.why };
  const leaf = appendLeaf(
    scene,
    "roll.designated",
    {
      as: votedAs,
      by: scene.actor.personId,
      meeting: asked.meetingId,
      note: commit(salt, told),
      party: asked.partyId,
      voter: asked.voterNo,
    },
    asked.meetingId,
  );
  const designationNo = (earlier[0]?.designationNo ?? 0) + 1;
  const row = insertDesignation(scene, asked.meetingId, asked.voterNo, {
    designationNo,
    partyId: asked.partyId,
    votedAs,
    noteSealed: await scene.keys.seal(
      JSON.stringify(told),
      noteContext(scene.community.id, asked.meetingId, asked.voterNo, designationNo),
    ),
    salt: bytesToHex(salt),
    leafHash: leaf.leafHash,
    recordedBy: scene.actor.personId,
    recordedAt: scene.now,
  });
  return ok({ statements: [row, leaf.statement], leafHash: leaf.leafHash, before: head.votingPartyId });
}
