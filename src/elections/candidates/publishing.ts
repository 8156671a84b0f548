/** The candidates come out: the list, the order drawn from the committed seed, the method frozen, in one batch (M6). No HTTP. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import { unitLabel } from "../../community/explained.ts";
import type { Voter } from "../../community/rules.ts";
import { type Day, dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { headsOfParty } from "../../owners/rules.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { drawOrder } from "../../record/draw/rules.ts";
import { commit } from "../../record/rules.ts";
import { authorOf, recordElectionEvent } from "../acting.ts";
import { freezeMethod } from "../method/actions.ts";
import { readMethod } from "../method/rules.ts";
import { openProfile } from "../nominations/describing.ts";
import { saltOf } from "../nominations/hand.ts";
import type { AddressShown } from "../nominations/person/rules.ts";
import { type CandidacyRow, listCandidacies, listProfiles } from "../nominations/store.ts";
import { type ElectionKey, type ElectionRow, findElection, updateElection } from "../store.ts";
import { decisionStatements } from "./eligibility/actions.ts";
import { AUTOMATIC, isAppealOpen, mayStillAppeal, standingOutcome } from "./eligibility/rules.ts";
import { lotOf, orderPurpose } from "./order/rules.ts";
import { findDraw, findSeed, insertDraw, openSeed, type SeedRow } from "./order/store.ts";
import {
  earliestVoting,
  LONGEST_REASON,
  lastDayToObject,
  mayPublishCandidates,
  type PublicationFacts,
  type PublishRefusal,
  type ReadyFacts,
  type ReadyList,
  readyList,
} from "./rules.ts";
import { candidate } from "./schema.ts";
import { candidateName } from "./store.ts";

export type PublishingRefusal =
  | PublishRefusal
  | { readonly reason: "unknown_election" }
  | { readonly reason: "reason_too_long"; readonly most: number }
  /** Somebody withdrew, answered or was decided on since the page was made: look again before it comes out. */
  | { readonly reason: "list_changed" }
  /** Who checked a person does not strike them as sold. */
  | { readonly reason: "own_check" }
  | { readonly reason: "election_stale" };

/** How the list would come out now. */
export interface Readiness {
  readonly election: ElectionRow;
  readonly candidacies: readonly CandidacyRow[];
  readonly facts: PublicationFacts;
  readonly list: ReadyList;
  readonly heads: readonly Voter[];
  readonly seed: SeedRow | null;
}

/** Reads everything the list depends on; the roll of today once more, because a home may have been sold since the decision. */
export async function readReadiness(scene: Scene, key: ElectionKey): Promise<Readiness | null> {
  const [elections, candidacies, seeds] = await scene.db.read(
    findElection(scene, key),
    listCandidacies(scene, key),
    findSeed(scene, key),
  );
  const election = elections[0];
  if (!election) return null;
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const method = readMethod(election.method);
  const facts: PublicationFacts = {
    state: election.state,
    seats: method.seats.value,
    surplusPercent: method.surplusPercent.value,
    candidacies: candidacies.map((row) => readyFacts(row, heads, scene.now)),
    seedCommitted: seeds.length > 0,
    fewerReason: "",
  };
  return { election, candidacies, facts, list: readyList(facts), heads, seed: seeds[0] ?? null };
}

function readyFacts(row: CandidacyRow, heads: readonly Voter[], now: number): ReadyFacts {
  const { outcome, ruling, appealedAt, appealUntil } = row;
  const decided = outcome === null || appealUntil === null ? null : { outcome, ruling, appealedAt, appealUntil };
  return {
    number: row.number,
    accepted: row.answer === "accepted",
    withdrawn: row.withdrawnAt !== null,
    outcome: decided ? standingOutcome(decided) : null,
    appealOpen: decided !== null && isAppealOpen(decided),
    appealUntil: decided && mayStillAppeal(decided, now) ? decided.appealUntil : null,
    isOwnerToday: heads.some(({ owners }) => owners.includes(row.partyId)),
  };
}

export interface Published {
  /** Numbers of the nominations in the order of the ballot. */
  readonly drawn: readonly number[];
  readonly earliestVotingOn: Day;
}

/**
 * Publishes the candidates. `seen` are the numbers the page showed: the list comes out as it was looked at, or not at all. Who
 * is no owner any more is left off with a decision of its own. Fewer than the method asks need a reason, which everybody reads.
 */
export async function publishCandidates(
  scene: StaffScene,
  key: ElectionKey,
  asked: { readonly fewerReason: string; readonly seen: readonly number[] },
): Promise<Result<Published, PublishingRefusal>> {
  const fewerReason = asked.fewerReason.trim();
  if (fewerReason.length > LONGEST_REASON) return err({ reason: "reason_too_long", most: LONGEST_REASON });
  const ready = await readReadiness(scene, key);
  if (!ready) return err({ reason: "unknown_election" });
  const { election, candidacies, heads, seed } = ready;
  const before = await publishedBefore(scene, election);
  if (before) return ok(before);
  const may = mayPublishCandidates({ ...ready.facts, fewerReason });
  if (!may.ok) return may;
  const { standing, soldMeanwhile, least, fewerThanSeats } = may.value;
  if (standing.length !== asked.seen.length || standing.some((number, at) => number !== asked.seen[at]))
    return err({ reason: "list_changed" });
  const purpose = orderPurpose(election.electionId);
  const opened = await openSeed(scene, seed!);
  const drawn = drawOrder(hexToBytes(opened), purpose, standing.map(lotOf)).map(Number);
  const byNumber = new Map(candidacies.map((row) => [row.number, row]));
  const named = await namesOf(
    scene,
    drawn.map((number) => byNumber.get(number)!),
    heads,
  );
  const method = readMethod(election.method);
  const values = {
    candidatesBeforeDays: method.candidatesBeforeDays.value,
    candidatesPublicDays: method.candidatesPublicDays.value,
  };
  const today = dayOf(scene.now);
  const earliestVotingOn = earliestVoting(today, values);
  const author = authorOf(scene);
  const isFewer = standing.length < least;
  const facts: JsonObject = {
    candidates: standing.length,
    seats: method.seats.value,
    least,
    fewerThanSeats,
    fewerReason: isFewer ? fewerReason : "",
    objectionsUntil: lastDayToObject(today, values.candidatesPublicDays),
    earliestVotingOn,
  };
  const event = recordElectionEvent(scene, election.electionId, "candidates_published", facts, author, {
    seed: opened,
    commitment: seed!.commitment,
    purpose,
    lots: [...standing],
    drawn: [...drawn],
    // The names are in the list and not in the record: a salt on each candidate's page opens these.
    names: named.map(({ row, nameCommitment }) => ({ nomination: row.number, commitment: nameCommitment })),
  });
  const frozen = freezeMethod(scene, election);
  const sold = await Promise.all(
    soldMeanwhile.map((number) =>
      decisionStatements(scene, byNumber.get(number)!, { ...SOLD, appealUntil: scene.now }, author),
    ),
  );
  const written = await scene.db.write([
    asLookedAt(scene, election.electionId, candidacies),
    ...updateElection(scene, election, { state: "standing", candidatesPublishedAt: scene.now, ...frozen.change }),
    ...frozen.statements,
    ...sold.flat(),
    insertDraw(scene, {
      electionId: election.electionId,
      seed: opened,
      purpose,
      lots: JSON.stringify(standing),
      drawn: JSON.stringify(drawn),
      fewerReason: isFewer ? fewerReason : null,
      publishedBy: scene.actor.personId,
      drawnAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...named.map(({ row, name, address, headKey }, at) =>
      scene.db.orm.insert(candidate).values({
        communityId: scene.community.id,
        electionId: election.electionId,
        candidacyId: row.candidacyId,
        ballotOrder: at + 1,
        publicName: name,
        address,
        partyId: row.partyId,
        headKey,
        publishedAt: scene.now,
      }),
    ),
    ...event.statements,
  ]);
  if (written.ok) return ok({ drawn, earliestVotingOn });
  return afterAbort(scene, key, written.error.code);
}

const SOLD = {
  outcome: "ineligible",
  unmet: [AUTOMATIC],
  reason: "公布候选人时，今日名册上已不是本小区业主。名册有误的，请先更正名册。",
  sheetNo: 0,
  frozen: false,
} as const;

/** Two people publish at once, or something moved in between: whoever comes second hears which. */
async function afterAbort(scene: Scene, key: ElectionKey, code: string): Promise<Result<Published, PublishingRefusal>> {
  const [elections] = await scene.db.read(findElection(scene, key));
  const published = elections[0] ? await publishedBefore(scene, elections[0]) : null;
  if (published) return ok(published);
  switch (code) {
    case "list_changed":
    case "election_stale":
    case "own_check":
      return err({ reason: code });
    case "decision_stale":
      return err({ reason: "list_changed" });
    default:
      throw new Error(`the candidates could not be published: ${code}`);
  }
}

/** The list of an election that has come out. */
async function publishedBefore(scene: Scene, election: ElectionRow): Promise<Published | null> {
  if (election.candidatesPublishedAt === null) return null;
  const [draws] = await scene.db.read(findDraw(scene, election.electionId));
  if (!draws[0]) return null;
  const method = readMethod(election.method);
  return {
    drawn: JSON.parse(draws[0].drawn) as number[],
    earliestVotingOn: earliestVoting(dayOf(election.candidatesPublishedAt), {
      candidatesBeforeDays: method.candidatesBeforeDays.value,
      candidatesPublicDays: method.candidatesPublicDays.value,
    }),
  };
}

/** Nobody answered, withdrew or was decided on since the list was read. */
const asLookedAt = ({ db, community }: Scene, electionId: string, rows: readonly CandidacyRow[]): Query => {
  const accepted = rows.filter(({ answer }) => answer === "accepted").length;
  const withdrawn = rows.filter(({ withdrawnAt }) => withdrawnAt !== null).length;
  const decided = rows.reduce((sum, { decisionNo }) => sum + decisionNo, 0);
  const count = (table: string, more = "") =>
    sql`(SELECT count(*) FROM ${sql.raw(table)} WHERE community_id = ${community.id} AND election_id = ${electionId} ${sql.raw(more)})`;
  return assertFrom(
    db,
    "list_changed",
    sql`SELECT ${count("candidacy_answer", "AND answer = 'accepted'")} = CAST(${accepted} AS INTEGER)
          AND ${count("candidacy_withdrawal")} = CAST(${withdrawn} AS INTEGER)
          AND ${count("eligibility_decision")} = CAST(${decided} AS INTEGER)`,
  );
};

interface Named {
  readonly row: CandidacyRow;
  readonly name: string;
  readonly address: string;
  readonly headKey: string;
  readonly nameCommitment: string;
}

/** What comes out of each: the name, and as much of the address as they let owners read. */
async function namesOf(
  scene: Scene,
  rows: readonly CandidacyRow[],
  heads: readonly Voter[],
): Promise<readonly Named[]> {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(rows.map(({ candidacyId }) => candidacyId))}))`;
  const [profiles] = await scene.db.read(listProfiles(scene, ids));
  return Promise.all(
    rows.map(async (row): Promise<Named> => {
      const name = await candidateName(scene, { candidateId: row.candidacyId, nameSealed: row.personSealed! });
      const profile = profiles.find(({ candidacyId }) => candidacyId === row.candidacyId);
      const shown = profile ? (await openProfile(scene, profile)).value.addressShown : "none";
      const head = headsOfParty(heads, row.partyId)[0];
      return {
        row,
        name,
        address: addressOf(head, shown),
        headKey: head?.key ?? "",
        nameCommitment: commit(saltOf(scene, "name", row.candidacyId), name),
      };
    }),
  );
}

function addressOf(head: Voter | undefined, shown: AddressShown): string {
  const unit = head?.units.find(({ counted }) => counted);
  if (!unit || shown === "none") return "";
  return shown === "unit" ? unitLabel(unit) : unitLabel({ building: unit.building, entrance: "", room: "" });
}

/** The salt of a published name's commitment, 32 hex digits: shown on the candidate's page, so that anyone can check the record. */
export const nameSalt = (scene: Pick<Scene, "keys" | "community">, candidacyId: string): string =>
  bytesToHex(saltOf(scene, "name", candidacyId));
