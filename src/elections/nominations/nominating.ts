/** Bringing in a name: by a body or on a signed sheet through an office-holder, by owners themselves in their own session (M5). No HTTP. */

import { headsOn } from "../../community/browse/actions.ts";
import { findOwnerNamed, type NamedOwner, type NamingRefusal } from "../../community/naming/actions.ts";
import { dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { headAmong, readOwnRoll } from "../../owners/actions.ts";
import type { ActRefusal, OwnHead } from "../../owners/rules.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Upload } from "../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { recordElectionEvent } from "../acting.ts";
import { commitOrderSeed, findSeed } from "../candidates/order/store.ts";
import { candidacySeal } from "../candidates/store.ts";
import { readMethod } from "../method/rules.ts";
import type { NominationChannel } from "../rules.ts";
import { type ElectionKey, type ElectionRow, findElection } from "../store.ts";
import { byOwner, type Hand, onPaper, type PaperFault } from "./hand.ts";
import { tellNamed } from "./messages.ts";
import { isBodyChannel, mayNominate, type NominatingRefusal } from "./rules.ts";
import {
  type CandidacyRow,
  channelsOf,
  countCandidacies,
  findCandidacyOf,
  insertCandidacy,
  insertNomination,
} from "./store.ts";
import { MOST_LINES, type SheetRefusal, signedBy, supportStatements } from "./supporting.ts";

export const LONGEST_DOCUMENT = 120;

export type NominateRefusal =
  | NominatingRefusal
  | NamingRefusal
  | ActRefusal
  | PaperFault
  | KeyReused
  | { readonly reason: "unknown_election" }
  /** This channel has named the person already; nothing new was written. */
  | { readonly reason: "already_nominated"; readonly number: number; readonly channel: NominationChannel }
  | { readonly reason: "candidacy_withdrawn" }
  /** On the roll, but no owner in the sense of a vote: a buyer who was not handed the home, a space that does not count. */
  | { readonly reason: "not_an_owner" }
  | { readonly reason: "no_full_capacity" }
  | { readonly reason: "name_yourself_alone" }
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number }
  | SheetRefusal
  /** An owner starts at most as many joint nominations as there are seats. */
  | { readonly reason: "too_many_started"; readonly most: number }
  | { readonly reason: "election_stale" };

export interface Nominated {
  readonly number: number;
  /** A second channel named somebody who was named already: one candidacy, both channels shown. */
  readonly joined: boolean;
}

const TRIES = 6; // two names in the same instant want the same number; the later one takes the next

interface Naming {
  readonly channel: NominationChannel;
  readonly document: string;
  readonly hand: Hand;
  /** Heads whose support comes with a joint nomination. */
  readonly supporters: readonly OwnHead[];
  readonly once: string;
  /** What the form asked for, to tell a repeat from another act under the same key. */
  readonly body: string;
}

/** Opens the person's candidacy, or joins a further channel to it; one batch with its entries. */
async function bringIn(
  scene: Scene,
  election: ElectionRow,
  person: NamedOwner,
  naming: Naming,
): Promise<Result<Nominated, NominateRefusal>> {
  const { db } = scene;
  const { electionId } = election;
  const { channel, document, hand, supporters, once, body } = naming;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const [own, count, seeds] = await db.read(
      findCandidacyOf(scene, electionId, person.partyId),
      countCandidacies(scene, electionId),
      findSeed(scene, electionId),
    );
    const known = own[0];
    if (known?.withdrawnAt) return err({ reason: "candidacy_withdrawn" });
    const candidacyId = known?.candidacyId ?? newId<string>(scene.random);
    const number = known?.number ?? (count[0]?.total ?? 0) + 1;
    const event = recordElectionEvent(scene, electionId, "nominated", { nomination: number, channel }, hand.author);
    const statements: Query[] = [
      // Before the first name: an order drawn from a seed chosen later could be chosen with it.
      ...(seeds.length === 0 ? (await commitOrderSeed(scene, electionId, hand.author)).statements : []),
      ...(known ? [] : await opening(scene, electionId, candidacyId, number, person)),
      ...hand.statements,
      insertNomination(scene, {
        electionId,
        candidacyId,
        channel,
        way: hand.way,
        document,
        paperFile: hand.paperFile,
        madeBy: hand.id,
        madeAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
      ...supporters.flatMap((head) => supportStatements(scene, { electionId, candidacyId, number }, head, 1, hand)),
      ...(channel === "self" ? [] : [tellNamed(scene, { electionId, candidacyId }, person.partyId, channel)]),
      ...(channel === "joint" && hand.owner ? [startsNotTooMany(scene, election, hand.owner)] : []),
    ];
    const written = await writeOnce(scene, { key: once, body }, statements, { number, joined: known !== undefined });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err(written.error);
    const refusal = refusalOf(written.error.code, election, channel, number);
    if (refusal) return err(refusal);
  }
  return err({ reason: "election_stale" });
}

/** In an array: one of drizzle's builders by itself would be run by whoever awaits it. */
async function opening(
  scene: Scene,
  electionId: string,
  candidacyId: string,
  number: number,
  { partyId, kind, name, maskedName }: NamedOwner,
): Promise<readonly Query[]> {
  const nameSealed = await scene.keys.seal(name, candidacySeal(scene, "name", candidacyId));
  const row = {
    electionId,
    candidacyId,
    number,
    partyId,
    partyKind: kind,
    nameSealed,
    maskedName,
    openedAt: scene.now,
  };
  return [insertCandidacy(scene, row)];
}

const startsMost = (election: ElectionRow): number => readMethod(election.method).seats.value;

const startsNotTooMany = ({ db, community }: Scene, election: ElectionRow, { partyId }: OwnerActor): Query =>
  assertFrom(
    db,
    "too_many_started",
    sql`SELECT count(*) <= CAST(${startsMost(election)} AS INTEGER) FROM nomination
        WHERE community_id = ${community.id} AND election_id = ${election.electionId} AND channel = 'joint' AND made_by = ${partyId}`,
  );

/** What the database said no to; null where trying again with what is there now is the answer. Anything else is a bug. */
function refusalOf(
  code: string,
  election: ElectionRow,
  channel: NominationChannel,
  number: number,
): NominateRefusal | null {
  switch (code) {
    case "candidacy_exists":
    case "unique:candidacy":
    case "seed_committed":
    case "unique:candidate_seed":
      return null;
    case "nomination_exists":
    case "unique:nomination":
      return { reason: "already_nominated", number, channel };
    case "nominations_closed":
    case "seed_too_late":
      return { reason: "nominations_closed", at: election.nominationsCloseAt };
    case "candidacy_withdrawn":
      return { reason: "candidacy_withdrawn" };
    case "too_many_started":
      return { reason: "too_many_started", most: startsMost(election) };
    case "support_stale":
    case "unique:nomination_support":
      return null;
    default:
      throw new Error(`a nomination was refused by ${code}`);
  }
}

/** The election, when names may be brought in by this channel now. */
export async function electionTaking(
  scene: Scene,
  key: ElectionKey,
  channel: NominationChannel,
): Promise<Result<ElectionRow, NominatingRefusal | { readonly reason: "unknown_election" }>> {
  const [rows] = await scene.db.read(findElection(scene, key));
  const election = rows[0];
  if (!election) return err({ reason: "unknown_election" });
  const { state, nominationsCloseAt, method } = election;
  const may = mayNominate(
    { state, nominationsCloseAt, channels: readMethod(method).channels.value },
    channel,
    scene.now,
  );
  return may.ok ? ok(election) : may;
}

export interface PaperNomination {
  readonly channel: NominationChannel;
  /** The person's unit and full name, as the paper has them; both must fit the roll. */
  readonly place: string;
  readonly name: string;
  /** Number or title of the recommending body's document; "" for owners. */
  readonly document: string;
  readonly paper: Upload | null;
  /** Units of those who signed a joint nomination, one a line. */
  readonly places: readonly string[];
}

/** Enters a nomination from its signed paper, with its image. A body's needs its document; a joint one may bring its signatures. */
export async function nominateOnPaper(
  scene: StaffScene,
  key: ElectionKey,
  asked: PaperNomination,
  once: string,
): Promise<Result<Nominated, NominateRefusal>> {
  const { channel, place, name, places } = asked;
  const document = asked.document.trim();
  const taking = await electionTaking(scene, key, channel);
  if (!taking.ok) return taking;
  if (isBodyChannel(channel) && document === "") return err({ reason: "document_missing" });
  if (document.length > LONGEST_DOCUMENT) return err({ reason: "document_too_long", most: LONGEST_DOCUMENT });
  if (places.length > MOST_LINES) return err({ reason: "too_many_lines", most: MOST_LINES });
  const found = await findOwnerNamed(scene, { place, name });
  if (!found.ok) return found;
  const person = found.value;
  const { heads } = await headsOn(scene, dayOf(scene.now));
  if (!heads.some(({ owners }) => owners.includes(person.partyId))) return err({ reason: "not_an_owner" });
  const signed = channel === "joint" ? signedBy(heads, places, person) : ok([]);
  if (!signed.ok) return signed;
  const hand = await onPaper(scene, asked.paper);
  if (!hand.ok) return hand;
  return bringIn(scene, taking.value, person, {
    channel,
    document,
    hand: hand.value,
    supporters: signed.value,
    once,
    body: JSON.stringify([taking.value.electionId, channel, person.partyId, document, places]),
  });
}

/** An owner nominates themselves. Sent twice it is one; a guardian cannot, because only who has full capacity may sit (M3). */
export async function nominateMyself(
  scene: Scene,
  key: ElectionKey,
  owner: OwnerActor,
  once: string,
): Promise<Result<Nominated, NominateRefusal>> {
  const taking = await electionTaking(scene, key, "self");
  if (!taking.ok) return taking;
  if (owner.guardianId !== null) return err({ reason: "no_full_capacity" });
  const { heads, kinds } = await readOwnRoll(scene, owner);
  if (heads.length === 0) return err({ reason: "owner_without_head" });
  const person: NamedOwner = {
    partyId: owner.partyId,
    kind: kinds.get(owner.partyId) ?? "natural",
    name: owner.name,
    maskedName: owner.masked,
  };
  const done = await bringIn(scene, taking.value, person, {
    channel: "self",
    document: "",
    hand: byOwner(owner),
    supporters: [],
    once,
    body: JSON.stringify([taking.value.electionId, "self", owner.partyId]),
  });
  // The same owner again, from another page: it is done, and their paper says no other.
  if (!done.ok && done.error.reason === "already_nominated") return ok({ number: done.error.number, joined: false });
  return done;
}

/** An owner starts a joint nomination of a neighbour and is its first supporter. Started already, it is for them to support. */
export async function nominateNeighbour(
  scene: Scene,
  key: ElectionKey,
  owner: OwnerActor,
  asked: { readonly place: string; readonly name: string },
  once: string,
): Promise<Result<Nominated, NominateRefusal>> {
  const taking = await electionTaking(scene, key, "joint");
  if (!taking.ok) return taking;
  const own = await readOwnRoll(scene, owner);
  const head = headAmong(own.heads, owner);
  if (!head.ok) return head;
  const found = await findOwnerNamed(scene, asked);
  if (!found.ok) return found;
  const { partyId } = found.value;
  if (partyId === owner.partyId) return err({ reason: "name_yourself_alone" });
  const { heads: theirs } = await readOwnRoll(scene, { partyId });
  if (theirs.length === 0) return err({ reason: "not_an_owner" });
  if (theirs.some((one) => one.key === head.value.headKey)) return err({ reason: "own_candidacy" });
  return bringIn(scene, taking.value, found.value, {
    channel: "joint",
    document: "",
    hand: byOwner(owner),
    supporters: [head.value],
    once,
    body: JSON.stringify([taking.value.electionId, "joint", partyId, owner.partyId]),
  });
}

/** Whether a channel has named this person. */
export const isNamedBy = (row: CandidacyRow, channel: NominationChannel): boolean => channelsOf(row).includes(channel);
