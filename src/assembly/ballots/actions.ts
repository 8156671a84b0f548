/** Casting a ballot: load everything in one read, ask the rules, write one batch. No HTTP; paper and web come through the same door. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { canonicalJson, type JsonObject } from "../../record/canonical.ts";
import type { Opening } from "../../record/receipt/rules.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { findLink } from "../links/store.ts";
import { forget, recall } from "./remembered.ts";
import { type Answer, type BallotChannel, type BallotRefusal, ballotContent, mayVote, sameAnswers } from "./rules.ts";
import {
  addTurnout,
  type ChoiceRow,
  findStandingBallot,
  type ItemWeight,
  insertBallot,
  insertChoices,
  insertParts,
  type StandingBallot,
  standingFrom,
  type VotingCase,
  type VotingRow,
  votingFrom,
  votingQueries,
} from "./store.ts";

export type CastRefusal =
  | BallotRefusal
  | { readonly reason: "unknown_voter" }
  /** No unit of this voter lies in the scope of any item (C9). */
  | { readonly reason: "no_item_concerns_you" }
  /** The items were amended after the form was opened; nothing may be decided that was not read. */
  | { readonly reason: "agenda_changed" };

/** What a ballot's identity rests on. Stored beside it; nothing personal. */
export type Evidence =
  | { readonly by: "link"; readonly generation: number; readonly factor: "phone" | "certificate" }
  | { readonly by: "paper"; readonly paperNo: number; readonly readings: number }
  | { readonly by: "proxy"; readonly proxyId: string; readonly paperNo?: number };

export interface CastInput {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
  readonly answers: readonly Answer[];
  readonly channel: BallotChannel;
  readonly evidence: Evidence;
  /** The edition of the agenda the voter read; without it the one in force. */
  readonly edition?: number;
  /** The version of the ballot the voter knows of and means to replace; 0 or absent when none. */
  readonly replaces?: number;
}

/** What a voter keeps: by the leaf's hash the receipt is found again. */
export interface Cast {
  /** cast: the first ballot. replaced: a new version. stands: nothing was written, because this one stands already. */
  readonly outcome: "cast" | "replaced" | "stands";
  readonly leafHash: string;
  readonly version: number;
  readonly channel: BallotChannel;
  readonly castAt: Instant;
}

const castOf = (outcome: Cast["outcome"], { leafHash, version, channel, castAt }: Omit<Cast, "outcome">): Cast => ({
  outcome,
  leafHash,
  version,
  channel,
  castAt,
});

/**
 * Casts a ballot; twice, from two telephones, on paper and online at once, it is one ballot and the same answer
 * (`outcome: "stands"` for the later ones). One round trip when this isolate has shown the voter the ballot, else two; one
 * more for the loser of a race, who asks what won. Rows read and written depend on the voter's own units and the items,
 * not on the estate (CC 278; V1, V6, V10, V11).
 */
export async function castBallot(scene: Scene, input: CastInput): Promise<Result<Cast, CastRefusal>> {
  return (await castAsShown(scene, input)) ?? castAsRead(scene, input);
}

/**
 * Casts on what the voter's page was made from: all of it is frozen or asserted by the batch. Null when it is not known
 * here or does not go through, for whatever reason: then it is read and decided anew, so memory never refuses anyone.
 */
async function castAsShown(scene: Scene, input: CastInput): Promise<Result<Cast, CastRefusal> | null> {
  const { meetingId, voterNo, edition, channel, replaces = 0 } = input;
  if (edition === undefined || channel !== "web" || replaces !== 0) return null;
  const shown = recall(scene, meetingId, edition, voterNo);
  if (!shown) return null;
  const prepared = prepareBallot(scene, shown, input);
  const written = prepared.ok ? await scene.db.write(prepared.value.statements) : null;
  forget(scene, shown);
  return prepared.ok && written?.ok ? ok(prepared.value.cast) : null;
}

async function castAsRead(scene: Scene, input: CastInput): Promise<Result<Cast, CastRefusal>> {
  const { db } = scene;
  const { meetingId, voterNo, evidence } = input;
  const linkKey = { meetingId, voterNo, generation: evidence.by === "link" ? evidence.generation : 0 };
  const [links, ...rows] = await db.read(findLink(scene, linkKey), ...votingQueries(scene, meetingId, voterNo));
  if (evidence.by === "link" && (!links[0] || links[0].revokedAt !== null)) return err({ reason: "link_not_valid" });
  const found = votingFrom(...rows);
  if (!found) return err({ reason: "unknown_voter" });
  const prepared = prepareBallot(scene, found, input);
  if (!prepared.ok) return prepared;
  const { cast, statements } = prepared.value;
  if (statements.length === 0) return ok(cast);
  const written = await db.write(statements);
  if (written.ok) return ok(cast);
  return afterAbort(scene, found, input, written.error.code);
}

/**
 * The statements of a ballot for a batch of the caller's, and what they will have made. No statements: a ballot stands
 * already and this one changes nothing.
 */
export function prepareBallot(
  scene: Scene,
  found: VotingCase,
  input: CastInput,
): Result<{ readonly cast: Cast; readonly statements: readonly Query[] }, CastRefusal> {
  const { row, meeting, voter, weights, standing } = found;
  if (standing && !isReplacement(found, standing, input))
    return ok({ cast: castOf("stands", standing), statements: [] });
  if (input.edition !== undefined && input.edition !== row.edition) return err({ reason: "agenda_changed" });
  if (weights.length === 0) return err({ reason: "no_item_concerns_you" });
  const itemNos = weights.map(({ itemNo }) => itemNo);
  const asked = { itemNos, standing, hasVotingPerson: voter.votingPartyId !== null };
  const allowed = mayVote(meeting, asked, input.answers, input.channel, scene.now);
  if (!allowed.ok) return allowed;
  const { answers, version } = allowed.value;
  const salt = scene.random(SALT_BYTES);
  const content = ballotContent(answers);
  const commitment = commit(salt, content);
  const parts = weights.filter(({ itemNo }) => answers.some((a) => a.itemNo === itemNo && a.options.length > 0));
  const leaf = appendLeaf(
    scene,
    "ballot.cast",
    {
      meeting: row.meetingId,
      manifest: row.manifestHash,
      voter: voter.voterNo,
      version,
      channel: input.channel,
      // B0: salted commitments. Provable ones (mode B of the record) will stand under another mode.
      mode: "B0",
      items: parts.map(({ itemNo, areaDm2 }) => ({ item: itemNo, owners: 1, areaDm2 })),
      commitment,
      ...(standing ? { replaces: standing.leafHash } : {}),
    } satisfies JsonObject,
    row.meetingId,
  );
  const { meetingId, voterNo } = input;
  const statements = [
    insertBallot(scene, {
      meetingId,
      voterNo,
      version,
      channel: input.channel,
      answers: canonicalJson(content),
      salt: bytesToHex(salt),
      commitment,
      leafHash: leaf.leafHash,
      evidence: JSON.stringify(input.evidence),
    }),
    ...stillAsRead(scene, row, input),
    insertChoices(scene, meetingId, voterNo, [
      ...(standing ? choicesOf(standing.answers, weights, standing.version, -1) : []),
      ...choicesOf(answers, weights, version, 1),
    ]),
    // Whoever replaces a ballot has taken part already.
    ...(standing
      ? []
      : [insertParts(scene, meetingId, voterNo, parts), addTurnout(scene, meetingId, turnoutOf(found, parts))]),
    leaf.statement,
  ];
  const cast = { leafHash: leaf.leafHash, version, channel: input.channel, castAt: scene.now };
  return ok({ cast: castOf(standing ? "replaced" : "cast", cast), statements });
}

/** Only a different ballot, sent in knowledge of the one that stands, is meant to replace it; anything else is a repeat. */
const isReplacement = ({ meeting }: VotingCase, standing: StandingBallot, input: CastInput): boolean =>
  meeting.ballotReplaceable &&
  input.channel === "web" &&
  standing.channel === "web" &&
  input.replaces === standing.version &&
  !sameAnswers(input.answers, standing.answers);

const choicesOf = (
  answers: readonly Answer[],
  weights: readonly ItemWeight[],
  version: number,
  sign: 1 | -1,
): ChoiceRow[] =>
  answers.flatMap(({ itemNo, options }) => {
    const areaDm2 = weights.find((weight) => weight.itemNo === itemNo)?.areaDm2 ?? 0;
    return options.map((optionNo) => ({ itemNo, optionNo, version, sign, areaDm2 }));
  });

/** The counters a first ballot moves. Someone whose every mark is void takes part in nothing. */
function turnoutOf({ units }: VotingCase, parts: readonly ItemWeight[]): { key: string; areaDm2: number }[] {
  if (parts.length === 0) return [];
  const byBuilding = new Map<string, number>();
  for (const unit of units)
    if (unit.counted === 1) byBuilding.set(unit.building, (byBuilding.get(unit.building) ?? 0) + unit.areaDm2);
  return [
    ...parts.map(({ itemNo, areaDm2 }) => ({ key: `item:${itemNo}`, areaDm2 })),
    ...[...byBuilding].map(([building, areaDm2]) => ({ key: `building:${building}`, areaDm2 })),
  ];
}

/** That neither the items nor the roll were amended, and the link not revoked, between the read and this batch. */
function stillAsRead({ db, community }: Scene, row: VotingRow, { meetingId, voterNo, evidence }: CastInput): Query[] {
  const sameEdition = assertFrom(
    db,
    "agenda_changed",
    sql`SELECT edition = CAST(${row.edition} AS INTEGER) AND snapshot_id = ${row.snapshotId}
        FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
  );
  if (evidence.by !== "link") return [sameEdition];
  return [
    sameEdition,
    assertFrom(
      db,
      "link_not_valid",
      sql`SELECT revoked_at IS NULL FROM link WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
            AND voter_no = ${voterNo} AND generation = ${evidence.generation}`,
    ),
  ];
}

/** What a batch that was rolled back means to the voter. */
async function afterAbort(
  scene: Scene,
  { meeting }: VotingCase,
  { meetingId, voterNo }: CastInput,
  code: string,
): Promise<Result<Cast, CastRefusal>> {
  if (code === "agenda_changed" || code === "link_not_valid") return err({ reason: code });
  if (code === "not_open")
    return meeting.closesAt === null
      ? err({ reason: "not_open", opensAt: meeting.opensAt, closesAt: null })
      : err({ reason: "closed", closesAt: meeting.closesAt });
  if (code !== "already_voted") throw new Error(`a ballot was refused by ${code}`);
  const [rows] = await scene.db.read(findStandingBallot(scene, meetingId, voterNo));
  const standing = standingFrom(rows[0]);
  if (!standing) throw new Error("a ballot was refused as the second, and no first is there");
  return ok(castOf("stands", standing));
}

/** What the voter may be given to recompute the commitment: their own answers and the salt. */
export const openingOf = ({ answers, salt }: Pick<StandingBallot, "answers" | "salt">): Opening => ({
  pointer: "/commitment",
  salt: hexToBytes(salt),
  value: ballotContent(answers),
});
