/** Writing down how households were reached, sending a link again, and changing who votes for a head: load, ask, write. */
import { type DesignationRefusal, designateVoter } from "../../community/snapshot/designations/actions.ts";
import { dayOf } from "../../kernel/day.ts";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertFrom, sql } from "../../platform/db.ts";
import { type Once, writeOnce } from "../../platform/once.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { issueLinks, LINK_MESSAGE, voterAddress } from "../links/actions.ts";
import { listKnown, listSilent, type Meeting } from "./lists.ts";
import { type ContactKind, PROVING_KINDS } from "./rules.ts";
import { insertContacts } from "./store.ts";

/** What people write down: deliveries by hand, by post, by public notice, and what a door said. The rest is written by the system. */
export const RECORDED_KINDS = [
  "handed",
  "posted",
  "announced",
  "reached",
  "refused",
  "to_visit",
] as const satisfies readonly ContactKind[];
export type RecordedKind = (typeof RECORDED_KINDS)[number];
export const isRecordedKind = (text: string): text is RecordedKind =>
  (RECORDED_KINDS as readonly string[]).includes(text);

export type DeliveryRefusal =
  | { readonly reason: "nobody_chosen" }
  | { readonly reason: "too_many_chosen"; readonly most: number }
  | { readonly reason: "unknown_voter"; readonly voterNo: number }
  | { readonly reason: "key_reused" }
  | { readonly reason: "note_too_long"; readonly most: number };

/** As many as an entry of the record has room for, and more than any building has. */
export const MOST_AT_ONCE = 5_000;
export const LONGEST_NOTE = 200;

const noteContext = (communityId: string, meetingId: string): string => `contact:${communityId}:${meetingId}`;

registerSealed({
  table: "contact_event",
  column: "note",
  key: ["meeting_id", "voter_no", "event_no"],
  contextOf: (communityId, { meeting_id }) => noteContext(communityId, String(meeting_id)),
});

/** What somebody noted at a door; "" for nothing. */
export const openNote = async (
  { keys, community }: Pick<StaffScene, "keys" | "community">,
  meetingId: string,
  sealed: string | null,
): Promise<string> => (sealed ? keys.open(sealed, noteContext(community.id, meetingId)) : "");

/**
 * Writes down that households were reached in one way, by the person who acts (V2, V12). A way that proves delivery also
 * goes into the record, by voter number; what a door said does not: it is nobody's business but the organisers'.
 */
export async function recordContacts(
  scene: StaffScene,
  asked: {
    readonly meeting: Meeting;
    readonly voterNos: readonly number[];
    readonly kind: RecordedKind;
    readonly note: string;
  },
  key: string,
): Promise<Result<{ readonly voters: number }, DeliveryRefusal>> {
  const { meeting, kind } = asked;
  const voterNos = [...new Set(asked.voterNos)].sort((a, b) => a - b);
  if (voterNos.length === 0) return err({ reason: "nobody_chosen" });
  if (voterNos.length > MOST_AT_ONCE) return err({ reason: "too_many_chosen", most: MOST_AT_ONCE });
  const note = asked.note.trim();
  if ([...note].length > LONGEST_NOTE) return err({ reason: "note_too_long", most: LONGEST_NOTE });
  const [known] = await scene.db.read(listKnown(scene, meeting, voterNos));
  const stranger = voterNos.find((voterNo) => !known.some((voter) => voter.voterNo === voterNo));
  if (stranger !== undefined) return err({ reason: "unknown_voter", voterNo: stranger });
  const by = scene.actor.personId;
  const sealed = note === "" ? "" : await scene.keys.seal(note, noteContext(scene.community.id, meeting.id));
  const leaf = PROVING_KINDS.includes(kind)
    ? appendLeaf(scene, "delivery.recorded", { meeting: meeting.id, kind, voters: voterNos, by }, meeting.id)
    : null;
  const once: Once = { key, body: JSON.stringify([meeting.id, kind, voterNos, note, by]) };
  const written = await writeOnce(
    scene,
    once,
    [
      ...insertContacts(
        scene,
        meeting.id,
        voterNos.map((voterNo) => ({ voterNo, kind, by, note: sealed })),
      ),
      ...(leaf ? [leaf.statement] : []),
    ],
    { voters: voterNos.length },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`contacts: ${written.error.code}`);
}

/**
 * Sends the link again to those of these voters who have one and have not voted. A new message of the same link, at most
 * one a day and voter: pressing the button twice sends once. Answers how many were queued or stood queued already.
 */
export async function resendLinks(
  scene: StaffScene,
  asked: { readonly meetingId: MeetingId; readonly voterNos: readonly number[] },
): Promise<Result<{ readonly voters: number }, DeliveryRefusal>> {
  const { meetingId, voterNos } = asked;
  if (voterNos.length === 0) return err({ reason: "nobody_chosen" });
  const [silent] = await scene.db.read(listSilent(scene, meetingId, voterNos));
  const today = dayOf(scene.now);
  const written = await scene.db.write(
    queueMessages(
      scene,
      LINK_MESSAGE,
      silent.map(({ voterNo, tokenHash }) => ({
        to: voterAddress(meetingId, voterNo),
        dedupeKey: `link:${meetingId}:${voterNo}:${tokenHash}:${today}`,
        params: { meeting: meetingId, voter: voterNo, link: tokenHash.slice(0, 16) },
      })),
    ),
  );
  if (!written.ok) throw new Error(`resend: ${written.error.code}`);
  return ok({ voters: silent.length });
}

export type ChangeVoterRefusal = DesignationRefusal | { readonly reason: "already_voted" };

/**
 * Settles which co-owner, or which guardian, votes for a head from now on (C3, C4). The old link ends and a new one goes
 * out in the same batch; whoever has voted has voted, and nothing is changed any more.
 */
export async function changeVoter(
  scene: StaffScene,
  asked: {
    readonly meetingId: MeetingId;
    readonly voterNo: number;
    readonly partyId: PartyId;
    readonly guardianOf?: PartyId;
    readonly why: string;
    readonly evidence: string;
  },
): Promise<Result<null, ChangeVoterRefusal>> {
  const { db, community } = scene;
  const { meetingId, voterNo, why, evidence, ...who } = asked;
  const settled = await designateVoter(scene, { meetingId, voterNo, ...who, note: { why, evidence } });
  if (!settled.ok) return settled.error.reason === "votes_already" ? ok(null) : settled;
  const written = await db.write([
    assertFrom(
      db,
      "already_voted",
      sql`SELECT count(*) = 0 FROM ballot WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}`,
    ),
    ...settled.value.statements,
    ...issueLinks(scene, meetingId, [voterNo], "更换行使表决权的人"),
  ]);
  if (written.ok) return ok(null);
  if (written.error.code === "already_voted") return err({ reason: "already_voted" });
  // Settled by somebody else at the same moment: theirs stands.
  if (written.error.code === "designation_stale") return err({ reason: "votes_already", partyId: asked.partyId });
  throw new Error(`designation: ${written.error.code}`);
}
