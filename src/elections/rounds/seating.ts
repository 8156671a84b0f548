/** Seating those who were elected: the mandate, a person for each, their tenures, the end of the committee before. Statements for the batch that settles a round. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { type Conflict, conflictsOf, sift, type Waived, type Waiver } from "../../offices/overlap/conflicts/rules.ts";
import {
  guardConflicts,
  heldFrom,
  listHeldPosts,
  listRuleRows,
  listWaiversOf,
  rulesFromRows,
  useWaivers,
} from "../../offices/overlap/conflicts/store.ts";
import { findPersonByPhone, insertPerson, isNamed, phoneHashOf } from "../../offices/people/store.ts";
import type { EndKind, Span } from "../../offices/terms/rules.ts";
import { insertEnd, insertTenure, type PostRow, type TenureRow } from "../../offices/terms/store.ts";
import type { Query } from "../../platform/db.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import { type CandidateRow, candidateName, candidatePhone } from "../candidates/store.ts";
import { disbandGroup } from "../group/actions.ts";
import { endMandate, insertMandate, type MandateRow } from "../store.ts";
import { FIRST_MEETING_CALL, SEAT_WAITS } from "./messages.ts";
import { documentOf } from "./reading.ts";
import { termOf } from "./rules.ts";
import type { Settling } from "./settling.ts";
import { insertSeat, insertSeatTaken } from "./store.ts";

/** Candidate ids in the order of their places. */
export interface Elected {
  readonly members: readonly string[];
  readonly alternates: readonly string[];
}

export interface Seating {
  readonly mandateId: string;
  /** Before the result, which names it: the mandate. */
  readonly before: readonly Query[];
  /** After the result: persons, tenures, seats. */
  readonly after: readonly Query[];
  /** Candidates in whose way another post of theirs stands. */
  readonly waiting: readonly string[];
}

/** A candidate as the person who would sit. */
export interface SeatPerson {
  readonly candidateId: string;
  readonly name: string;
  /** Known already to the offices; null for someone new. */
  readonly personId: PersonId | null;
  /** Of someone new; null when none is known, or it is another person's. */
  readonly phone: string | null;
}

/** Whoever held an office here under this name and number is the same person: by that it is told who sits in several bodies (S3). */
export async function personsOf(scene: Scene, candidates: readonly CandidateRow[]): Promise<SeatPerson[]> {
  const opened = await Promise.all(
    candidates.map(async (row) => ({
      candidateId: row.candidateId,
      name: await candidateName(scene, row),
      phone: await candidatePhone(scene, row),
    })),
  );
  const known = await scene.db.readMany(
    opened.map(({ phone }) => findPersonByPhone(scene, phoneHashOf(scene, phone ?? ""))),
  );
  return opened.map(({ candidateId, name, phone }, at) => {
    const found = known[at]?.[0];
    const personId = found && isNamed(scene, found, name) ? found.personId : null;
    // A number that is somebody else's here, or a housemate's who is elected too, cannot sign two people in.
    const isShared = opened.slice(0, at).some((other) => other.phone === phone);
    return { candidateId, name, personId, phone: found || isShared ? null : phone };
  });
}

export interface SeatWanted {
  readonly person: SeatPerson;
  readonly post: PostRow;
}

interface Sifted extends SeatWanted {
  readonly standing: readonly Conflict[];
  readonly waived: readonly Waived[];
}

type HeldRows = Parameters<typeof heldFrom>[0];

/** What stands in the way of each, and the waivers that lift it. One round trip; none where everybody is new. */
export async function sifted(scene: Scene, wanted: readonly SeatWanted[], span: Span, by: string): Promise<Sifted[]> {
  const known = wanted.flatMap(({ person }) => person.personId ?? []);
  if (known.length === 0) return wanted.map((one) => ({ ...one, standing: [], waived: [] }));
  const [ruleRows, ...rows] = await scene.db.read(
    listRuleRows(scene),
    ...known.flatMap((personId) => [listHeldPosts(scene, personId), listWaiversOf(scene, personId)] as const),
  );
  const rules = rulesFromRows(ruleRows);
  return wanted.map((one) => {
    const { personId } = one.person;
    if (personId === null) return { ...one, standing: [], waived: [] };
    const at = known.indexOf(personId) * 2;
    const want = { personId, postKind: one.post.kind, span };
    const conflicts = conflictsOf(heldFrom(rows[at] as HeldRows), want, rules);
    return { ...one, ...sift(conflicts, rows[at + 1] as Waiver[], want, by) };
  });
}

/** One person takes one seat: the person where they are new, the tenure with its leaf, the seat's row, and what guards them in the write. */
export async function takingOf(
  scene: Scene,
  seat: { readonly electionId: string; readonly roundNo: number; readonly runNo: number },
  { person, post, waived }: Pick<Sifted, "person" | "post" | "waived">,
  span: Span,
  document: string,
  by: ElectionAuthor,
): Promise<{ readonly statements: readonly Query[]; readonly personId: PersonId }> {
  const inserted = person.personId === null ? await insertPerson(scene, person, by.id) : null;
  const personId = person.personId ?? inserted!.personId;
  const tenure = insertTenure(
    scene,
    { postId: post.postId, postKind: post.kind, personId, name: person.name, span, act: "owners_election", document },
    by.id,
  );
  return {
    personId,
    statements: [
      ...(inserted?.statements ?? []),
      ...tenure.statements,
      ...useWaivers(scene, tenure.tenureId, waived),
      ...guardConflicts(scene, [{ personId: person.personId, postKind: post.kind, span }]),
      insertSeatTaken(scene, {
        ...seat,
        candidateId: person.candidateId,
        personId,
        tenureId: tenure.tenureId,
        takenAt: scene.now,
        takenBy: by.id,
      }),
    ],
  };
}

/** The ends of tenures that still run, from an instant on; one that has not begun ends where it would have begun. */
export const endsOf = (
  scene: Scene,
  tenures: readonly Pick<TenureRow, "tenureId" | "fromAt">[],
  act: EndKind,
  document: string,
  by: string,
): Query[] =>
  tenures.flatMap(
    ({ tenureId, fromAt }) =>
      insertEnd(scene, { tenureId, endedAt: Math.max(scene.now, fromAt), act, document }, by).statements,
  );

const postOf = ({ posts, election }: Settling, kind: "committee_member" | "committee_alternate"): PostRow => {
  const post = posts.find((one) => one.bodyId === election.bodyId && one.kind === kind);
  if (!post) throw new Error(`the committee has no post of kind ${kind}`);
  return post;
};

/**
 * The statements that seat a committee, or in a by-election fill seats of one (M7, M8, M10): the next mandate and the end of the one
 * before with everybody's posts in it; tenures from now until the end of the term; what each was elected to. Whoever holds a post
 * that excludes it is elected all the same and asked to leave that post first; nobody else waits for them (S3).
 */
export async function seatCommittee(
  scene: Scene,
  found: Settling,
  elected: Elected,
  by: ElectionAuthor,
): Promise<Seating> {
  const { election, method, round, meeting, decided, candidates, tenures, mandates } = found;
  const { electionId } = election;
  const document = documentOf(meeting.number, decided!.item.itemNo, round.turn);
  const isBy = election.kind === "by_election";
  const serving = mandates.find(({ untilAt }) => untilAt > scene.now);
  const term =
    isBy && serving ? { fromAt: scene.now, untilAt: serving.untilAt } : termOf(scene.now, method.termMonths.value);
  const mandate = isBy && serving ? null : nextMandate(scene, found, term, document, by);
  const ofBody = tenures.filter(({ bodyId }) => bodyId === election.bodyId);
  const rowOf = (id: string): CandidateRow => candidates.find(({ candidateId }) => candidateId === id)!;
  const people = await personsOf(scene, [...elected.members, ...elected.alternates].map(rowOf));
  const wanted = people.map(
    (person): SeatWanted => ({
      person,
      post: postOf(found, elected.members.includes(person.candidateId) ? "committee_member" : "committee_alternate"),
    }),
  );
  const seat = { electionId, roundNo: round.roundNo, runNo: decided!.runNo };
  const sittingNow = (personId: PersonId | null, post: PostRow): boolean =>
    isBy && ofBody.some((one) => one.personId === personId && one.postId === post.postId && one.fromAt <= scene.now);
  const entries = await sifted(scene, wanted, term, by.id);
  const mayTake = entries.filter(
    ({ standing, person, post }) => standing.length === 0 && !sittingNow(person.personId, post),
  );
  const waiting = entries.filter((one) => !mayTake.includes(one));
  const taken = await Promise.all(mayTake.map((one) => takingOf(scene, seat, one, term, document, by)));
  const event = recordElectionEvent(
    scene,
    electionId,
    "seated",
    {
      round: round.roundNo,
      turn: round.turn,
      members: elected.members.length,
      alternates: elected.alternates.length,
      waiting: waiting.length,
      from: term.fromAt,
      until: term.untilAt,
    },
    by,
    { mandate: mandate?.mandateId ?? serving!.mandateId },
  );
  const mandateId = mandate?.mandateId ?? serving!.mandateId;
  return {
    mandateId,
    before: mandate?.statements ?? [],
    after: [
      // In a renewal everybody's post of the term before ends with it; in a by-election only an alternate's who now sits.
      ...endsOf(scene, isBy ? alternatesNowSeated(ofBody, mayTake) : ofBody, "end_of_term", document, by.id),
      ...seatRows(scene, seat, elected),
      ...taken.flatMap(({ statements }) => statements),
      ...event.statements,
      // After a by-election the chair presides on; after another the group does, until the members have chosen one.
      ...(isBy && ofBody.some(({ postKind, fromAt }) => postKind === "committee_chair" && fromAt <= scene.now)
        ? disbandGroup(scene, election, tenures, document, by)
        : []),
      ...calls(scene, mandateId, isBy ? [] : membersAmong(mayTake, taken), waiting),
    ],
    waiting: waiting.map(({ person }) => person.candidateId),
  };
}

const membersAmong = (
  taking: readonly Sifted[],
  taken: readonly { readonly personId: PersonId }[],
): readonly PersonId[] =>
  taken.filter((_, at) => taking[at]?.post.kind === "committee_member").map(({ personId }) => personId);

const alternatesNowSeated = (ofBody: readonly TenureRow[], taking: readonly Sifted[]): readonly TenureRow[] =>
  ofBody.filter(
    ({ postKind, personId }) =>
      postKind === "committee_alternate" &&
      taking.some(({ person, post }) => post.kind === "committee_member" && person.personId === personId),
  );

const seatRows = (
  scene: Scene,
  seat: { readonly electionId: string; readonly roundNo: number; readonly runNo: number },
  { members, alternates }: Elected,
): Query[] => [
  ...members.map((candidateId, at) => insertSeat(scene, { ...seat, candidateId, place: "member", placeNo: at + 1 })),
  ...alternates.map((candidateId, at) =>
    insertSeat(scene, { ...seat, candidateId, place: "alternate", placeNo: at + 1 }),
  ),
];

/** The members are called to their first meeting, and whoever another post stands in the way of is told what to do. */
const calls = (scene: Scene, mandateId: string, members: readonly PersonId[], waiting: readonly Sifted[]): Query[] => [
  ...members.map((personId) =>
    queueMessage(scene, {
      kind: FIRST_MEETING_CALL,
      to: personId,
      params: { mandate: mandateId },
      dedupeKey: `${FIRST_MEETING_CALL}:${mandateId}:${personId}`,
    }),
  ),
  ...waiting.flatMap(({ person, post }) =>
    person.personId === null
      ? []
      : queueMessage(scene, {
          kind: SEAT_WAITS,
          to: person.personId,
          params: { mandate: mandateId, post: post.kind },
          dedupeKey: `${SEAT_WAITS}:${mandateId}:${person.personId}`,
        }),
  ),
];

/** The next mandate of the body, and the end of the one that still runs. */
function nextMandate(
  scene: Scene,
  { election, method, mandates }: Settling,
  term: { readonly fromAt: Instant; readonly untilAt: Instant },
  document: string,
  by: ElectionAuthor,
): { readonly mandateId: string; readonly statements: readonly Query[] } {
  const value = <K extends keyof typeof method>(name: K): (typeof method)[K]["value"] => method[name].value;
  const running = mandates.filter((one: MandateRow) => one.untilAt > scene.now);
  const made = insertMandate(
    scene,
    {
      bodyId: election.bodyId,
      number: Math.max(0, ...mandates.map(({ number }) => number)) + 1,
      electionId: election.electionId,
      seats: value("seats"),
      legalLeast: value("legalLeast"),
      alternatesMost: value("alternatesMost"),
      fromAt: term.fromAt,
      untilAt: term.untilAt,
      document,
    },
    by.id,
  );
  return {
    mandateId: made.mandateId,
    statements: [
      ...running.flatMap(
        ({ mandateId }) =>
          endMandate(scene, { mandateId, endedAt: scene.now, why: `${election.title}：新一届就任` }, by.id).statements,
      ),
      ...made.statements,
    ],
  };
}
