/** Owners' objections to a candidate: a ticket whose words are sealed and whose answer is public, given before the vote opens (M6). No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import { headsAtPlaces } from "../../community/naming/actions.ts";
import { type Day, dayOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { readOwnRoll } from "../../owners/actions.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { authorOf, type ElectionAuthor, ownerAuthor, recordElectionEvent } from "../acting.ts";
import { readMethod } from "../method/rules.ts";
import { openWords, sealWords } from "../nominations/sealing.ts";
import { type ElectionKey, findElection } from "../store.ts";
import { mayObjectToCandidate } from "./rules.ts";
import { candidateObjection } from "./schema.ts";
import { listCandidates } from "./store.ts";

export const LONGEST_OBJECTION = 2_000;
export const LONGEST_ANSWER = 2_000;
/** Days in which an objection is answered, the day it came in not counted. */
export const ANSWER_WITHIN_DAYS = 7;

export type ObjectingRefusal =
  | KeyReused
  | { readonly reason: "unknown_candidate" }
  | { readonly reason: "owner_without_head" }
  /** No home of today's roll is written so. */
  | { readonly reason: "home_unknown" }
  | { readonly reason: "objections_not_open" }
  | { readonly reason: "objections_over"; readonly lastOn: Day }
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "unknown_objection" }
  | { readonly reason: "already_answered"; readonly answeredAt: Instant };

export interface CandidateObjectionRow {
  readonly objectionId: string;
  readonly candidacyId: string;
  /** Number of the candidate's nomination. */
  readonly number: number;
  readonly headKey: string;
  readonly textSealed: string;
  readonly madeAt: Instant;
  readonly dueOn: Day;
  readonly leafHash: string;
  readonly outcome: "upheld" | "rejected" | null;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

/** The tickets of an election in the order they came in; a ticket's number is its place. */
export const listCandidateObjections = (
  { db, community }: Pick<Scene, "db" | "community">,
  key: ElectionKey,
): Query<CandidateObjectionRow[]> =>
  db.all(
    sql`SELECT o.objection_id AS objectionId, o.candidacy_id AS candidacyId, y.number, o.head_key AS headKey, o.text_sealed AS textSealed,
          o.made_at AS madeAt, o.due_on AS dueOn, o.leaf_hash AS leafHash, o.outcome, o.answer, o.answered_by AS answeredBy, o.answered_at AS answeredAt
        FROM candidate_objection o JOIN candidacy y ON y.community_id = o.community_id AND y.candidacy_id = o.candidacy_id
        WHERE o.community_id = ${community.id} AND o.election_id = ${key} ORDER BY o.made_at, o.objection_id`,
  );

/** Takes an owner's objection to a published candidate. Any owner may object; of co-owners each. Sent twice it is one ticket. */
export async function objectToCandidate(
  scene: Scene,
  key: ElectionKey,
  number: number,
  owner: OwnerActor,
  asked: { readonly text: string; readonly once: string },
): Promise<Result<Ticket, ObjectingRefusal>> {
  const { heads } = await readOwnRoll(scene, owner);
  const [head] = heads;
  return head
    ? object(scene, key, number, { ...asked, headKey: head.key }, ownerAuthor(owner.partyId))
    : err({ reason: "owner_without_head" });
}

/** Enters what an owner handed in on paper; the owner is named by their home. */
export async function objectOnPaper(
  scene: StaffScene,
  key: ElectionKey,
  number: number,
  asked: { readonly place: string; readonly text: string; readonly once: string },
): Promise<Result<Ticket, ObjectingRefusal>> {
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const [head] = headsAtPlaces(heads, [asked.place]).heads;
  return head
    ? object(scene, key, number, { text: asked.text, once: asked.once, headKey: head.key }, authorOf(scene))
    : err({ reason: "home_unknown" });
}

export interface Ticket {
  readonly objectionId: string;
  readonly dueOn: Day;
}

async function object(
  scene: Scene,
  key: ElectionKey,
  number: number,
  asked: { readonly headKey: string; readonly text: string; readonly once: string },
  by: ElectionAuthor,
): Promise<Result<Ticket, ObjectingRefusal>> {
  const [elections, candidates] = await scene.db.read(findElection(scene, key), listCandidates(scene, key));
  const election = elections[0];
  const row = candidates.find((one) => one.number === number);
  if (!election || !row) return err({ reason: "unknown_candidate" });
  const text = asked.text.trim();
  if (text === "") return err({ reason: "text_missing" });
  if (text.length > LONGEST_OBJECTION) return err({ reason: "text_too_long", most: LONGEST_OBJECTION });
  const days = readMethod(election.method).candidatesPublicDays.value;
  const may = mayObjectToCandidate(election.state, election.candidatesPublishedAt, days, scene.now);
  if (!may.ok) return may;
  const objectionId = newId<string>(scene.random);
  const content = await sealWords(scene, "objection", row.candidateId, text);
  const dueOn = lastDayOfPeriod(dayOf(scene.now), ANSWER_WITHIN_DAYS);
  const event = recordElectionEvent(scene, election.electionId, "candidate_objected", { nomination: number }, by, {
    commitment: content.commitment,
  });
  const insert = scene.db.orm.insert(candidateObjection).values({
    communityId: scene.community.id,
    electionId: election.electionId,
    objectionId,
    candidacyId: row.candidateId,
    headKey: asked.headKey,
    textSealed: content.sealed,
    madeAt: scene.now,
    dueOn,
    leafHash: event.leafHash,
    outcome: null,
    answer: null,
    answeredBy: null,
    answeredAt: null,
  });
  const once = { key: asked.once, body: JSON.stringify([election.electionId, number, asked.headKey, text]) };
  const written = await writeOnce(scene, once, [insert, ...event.statements], { objectionId, dueOn });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  if (written.error.code === "objections_over") return err({ reason: "objections_not_open" });
  throw new Error(`an objection was refused by ${written.error.code}`);
}

/** The words of a ticket: for those who answer it and for the head that made it. */
export const openCandidateObjection = async (
  scene: Pick<Scene, "keys" | "community">,
  row: Pick<CandidateObjectionRow, "candidacyId" | "textSealed">,
): Promise<string> => (await openWords<string>(scene, "objection", row.candidacyId, row.textSealed)).value;

/**
 * Answers a ticket in public words, once. "Upheld" sends the candidate back to the checklist: striking a name is a decision
 * with its own reason and appeal. The record commits to the answer with the first half of the ticket's leaf as salt.
 */
export async function answerCandidateObjection(
  scene: StaffScene,
  key: ElectionKey,
  objectionId: string,
  asked: { readonly outcome: "upheld" | "rejected"; readonly answer: string },
): Promise<Result<{ readonly no: number }, ObjectingRefusal>> {
  const { db, community, actor, now } = scene;
  const answer = asked.answer.trim();
  if (answer === "") return err({ reason: "text_missing" });
  if (answer.length > LONGEST_ANSWER) return err({ reason: "text_too_long", most: LONGEST_ANSWER });
  const [elections, tickets] = await db.read(findElection(scene, key), listCandidateObjections(scene, key));
  const election = elections[0];
  const at = tickets.findIndex((one) => one.objectionId === objectionId);
  const ticket = tickets[at];
  if (!election || !ticket) return err({ reason: "unknown_objection" });
  const no = at + 1;
  const isMine = (row: CandidateObjectionRow): boolean =>
    row.answeredBy === actor.personId && row.answer === answer && row.outcome === asked.outcome;
  if (ticket.answeredAt !== null)
    return isMine(ticket) ? ok({ no }) : err({ reason: "already_answered", answeredAt: ticket.answeredAt });
  const event = recordElectionEvent(
    scene,
    election.electionId,
    "candidate_objection_answered",
    { nomination: ticket.number, outcome: asked.outcome },
    authorOf(scene),
    { objection: ticket.leafHash, commitment: commit(hexToBytes(ticket.leafHash).subarray(0, SALT_BYTES), answer) },
  );
  const written = await db.write([
    db.run(
      sql`UPDATE candidate_objection SET outcome = ${asked.outcome}, answer = ${answer}, answered_by = ${actor.personId}, answered_at = CAST(${now} AS INTEGER)
          WHERE community_id = ${community.id} AND election_id = ${election.electionId} AND objection_id = ${objectionId} AND answered_at IS NULL`,
    ),
    assertThat(db, "already_answered", sql`changes() = 1`),
    ...event.statements,
  ]);
  if (written.ok) return ok({ no });
  const [again] = await db.read(listCandidateObjections(scene, key));
  const winner = again[at]!;
  return isMine(winner) ? ok({ no }) : err({ reason: "already_answered", answeredAt: winner.answeredAt ?? now });
}
