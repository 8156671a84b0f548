/** Calling an election of a committee, and ending one before its end: load, ask the rules, write one batch. No HTTP. */
import { headsOn } from "../../community/browse/actions.ts";
import { type Day, dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { PostKind } from "../../offices/rules.ts";
import { bodyName, standardPosts } from "../../offices/terms/standard.ts";
import { type BodyRow, insertBody, listBodies, listTenuresOn } from "../../offices/terms/store.ts";
import type { Query } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { authorOf, recordElectionEvent } from "../acting.ts";
import { dissolveGroup } from "../group/actions.ts";
import { readMethod } from "../method/rules.ts";
import { mayEndElection } from "../moving/rules.ts";
import { DEFAULT_METHOD, type ElectionMoveRefusal, type Method } from "../rules.ts";
import {
  type ElectionKey,
  type ElectionRow,
  findElection,
  insertElection,
  listElections,
  listMandates,
  type MandateRow,
  updateElection,
} from "../store.ts";
import {
  type CallAsked,
  type CallRefusal as CallFinding,
  type CommitteeFacts,
  callFaults,
  type Delivered,
  electionTitle,
  foundingTrigger,
  mandateFilled,
  readPercent,
  readWhy,
  vacantSeats,
  type WhyRefusal,
} from "./rules.ts";

/** In the form's place of a body: form the committee's body with this call. */
export const NEW_BODY = "new";

export interface Call extends CallAsked {
  /** The committee that is elected, or NEW_BODY. */
  readonly bodyId: string;
}

export type CallRefusal =
  | CallFinding
  | KeyReused
  | { readonly reason: "unknown_body" }
  | { readonly reason: "election_under_way"; readonly number: number | null };

const IN_SEATS: readonly PostKind[] = ["committee_chair", "committee_deputy", "committee_member"];

/** Everything a call is decided by, for the form too. */
export interface CallFacts {
  /** Bodies that can be elected; a community being founded has none yet. */
  readonly bodies: readonly BodyRow[];
  readonly mandates: readonly MandateRow[];
  /** Different people in seats of each body today. */
  readonly holders: ReadonlyMap<string, number>;
  /** The newest election, which lends its method to the next. */
  readonly latest: ElectionRow | null;
}

/** One round trip. */
export async function readCallFacts(scene: Scene): Promise<CallFacts> {
  const [bodies, mandates, tenures, latest] = await scene.db.read(
    listBodies(scene),
    listMandates(scene),
    listTenuresOn(scene, dayOf(scene.now)),
    listElections(scene, { limit: 1, offset: 0 }),
  );
  const seated = tenures.filter(({ postKind }) => IN_SEATS.includes(postKind));
  const byBody = Map.groupBy(seated, ({ bodyId }) => bodyId);
  return {
    bodies: bodies.filter(({ kind }) => kind === "committee"),
    mandates,
    holders: new Map([...byBody].map(([bodyId, held]) => [bodyId, new Set(held.map(({ personId }) => personId)).size])),
    latest: latest[0] ?? null,
  };
}

/** What is known of one committee on the day of the call. */
export function committeeFacts(facts: CallFacts, bodyId: string, now: number): CommitteeFacts {
  const mandate = facts.mandates.find((one) => one.bodyId === bodyId && one.fromAt <= now);
  return {
    mandate: mandate ? { number: mandate.number, seats: mandate.seats, isRunning: now < mandate.untilAt } : null,
    holders: facts.holders.get(bodyId) ?? 0,
  };
}

/** What is delivered and what there is, of the units that count on a day (A2). */
export async function deliveredOn(scene: Scene, day: Day): Promise<Delivered> {
  const { heads } = await headsOn(scene, day);
  const units = heads.flatMap((head) => head.units).filter(({ counted }) => counted);
  const sum = (some: typeof units): number => some.reduce((held, { areaDm2 }) => held + areaDm2, 0);
  return { deliveredDm2: sum(units.filter(({ state }) => state === "delivered")), totalDm2: sum(units) };
}

/**
 * The method an election begins with: that of the election before, so that a place's clauses are typed once; a by-election
 * fills the seats that nobody holds.
 */
function firstMethod({ kind }: CallAsked, facts: CallFacts, committee: CommitteeFacts): Method {
  const before = facts.latest ? readMethod(facts.latest.method) : DEFAULT_METHOD;
  const wasFull = facts.latest === null || facts.latest.kind !== "by_election";
  if (kind === "by_election") {
    const { mandate, holders } = committee;
    const seats = mandate ? Math.max(1, vacantSeats(mandate.seats, holders)) : 1;
    const set = (value: number) => ({ value, clause: "" });
    return { ...before, seats: set(seats), atMost: set(seats), alternatesMost: set(Math.min(seats, 1)) };
  }
  if (wasFull) return before;
  const { seats, atMost, alternatesMost } = DEFAULT_METHOD;
  return { ...before, seats, atMost, alternatesMost };
}

/** A place's own percentage for a founding, with the clause it rests on, becomes part of the method (A2). */
function withLocalTrigger(asked: CallAsked, method: Method): Method {
  const value = readPercent(asked);
  if (asked.kind !== "founding" || value === null) return method;
  return { ...method, deliveredPercent: { value, clause: (asked.clause ?? "").trim() } };
}

/**
 * Calls an election: its row, for a founding the committee's body where there is none, the leaf and the first line of its
 * timeline. The figures of the roll that a founding rests on are drawn now and stand in both. One at a time for a body, by the
 * database; a repeat of the form answers with the first election.
 */
export async function callElection(
  scene: StaffScene,
  asked: Call,
  once: string,
): Promise<Result<{ readonly electionId: string }, readonly [CallRefusal, ...CallRefusal[]]>> {
  const { db, now, actor } = scene;
  const facts = await readCallFacts(scene);
  const known = facts.bodies.some(({ bodyId }) => bodyId === asked.bodyId);
  if (!known && !(asked.bodyId === NEW_BODY && facts.bodies.length === 0)) return err([{ reason: "unknown_body" }]);
  const committee = committeeFacts(facts, asked.bodyId, now);
  const today = dayOf(now);
  const [fault, ...others] = callFaults(asked, committee, today);
  if (fault) return err([fault, ...others]);

  const founding = asked.kind === "founding";
  const method = withLocalTrigger(asked, firstMethod(asked, facts, committee));
  const delivered = founding ? foundingTrigger(await deliveredOn(scene, today), method.deliveredPercent.value) : null;
  const statements: Query[] = [];
  let { bodyId } = asked;
  if (!known) {
    const body = insertBody(
      scene,
      { kind: "committee", name: bodyName("committee"), posts: standardPosts("committee") },
      actor.personId,
    );
    statements.push(...body.statements);
    bodyId = body.bodyId;
  }
  const electionId = newId<string>(scene.random);
  const newest = facts.mandates.find((one) => one.bodyId === bodyId) ?? null;
  const title = asked.title.trim() || electionTitle(asked.kind, mandateFilled(asked.kind, newest)).zh;
  const cause = asked.cause.trim();
  const requestedOn = founding && asked.requestedOn !== "" ? asked.requestedOn : null;
  const event = recordElectionEvent(
    scene,
    electionId,
    "called",
    {
      kind: asked.kind,
      title,
      cause,
      body: bodyId,
      ...(requestedOn ? { requestedOn } : {}),
      ...(delivered
        ? { deliveredDm2: delivered.deliveredDm2, totalDm2: delivered.totalDm2, percent: delivered.percent }
        : {}),
    },
    authorOf(scene),
  );
  const row = {
    electionId,
    kind: asked.kind,
    title,
    cause,
    bodyId,
    groupBodyId: null,
    method: canonicalJson(method as unknown as Json),
    calledBy: actor.personId,
    requestedOn,
  };
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [...statements, insertElection(scene, row), ...event.statements],
    { electionId },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err([written.error]);
  const { code } = written.error;
  if (code !== "election_under_way") throw new Error(`an election was refused by ${code}`);
  const [rows] = await db.read(listElections(scene, { limit: 20, offset: 0 }));
  const running = rows.find((one) => one.bodyId === bodyId && one.state !== "seated" && one.state !== "ended");
  return err([{ reason: "election_under_way", number: running?.number ?? null }]);
}

export type EndRefusal =
  | WhyRefusal
  | ElectionMoveRefusal
  | { readonly reason: "unknown_election" }
  | { readonly reason: "election_stale" }
  /** Nobody would be left who records offices. */
  | { readonly reason: "last_manager" };

/** Ends an election before its end, for a reason that is read in public. Those whom its list brought into the group leave it. */
export async function endElection(
  scene: StaffScene,
  key: ElectionKey,
  asked: { readonly why: string },
): Promise<Result<true, EndRefusal>> {
  const [rows] = await scene.db.read(findElection(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const why = readWhy(asked.why);
  if (!why.ok) return why;
  if (row.state === "ended" && row.endedWhy === why.value) return ok(true);
  const may = mayEndElection(row.state);
  if (!may.ok) return may;
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "ended",
    { why: why.value, state: row.state },
    authorOf(scene),
  );
  const group = await dissolveGroup(scene, row, { act: "dismissal", document: why.value.slice(0, 200) });
  const written = await scene.db.write([
    ...updateElection(scene, row, { state: "ended", endedAt: scene.now, endedWhy: why.value }),
    ...event.statements,
    ...group,
  ]);
  if (written.ok) return ok(true);
  return err({ reason: written.error.code === "last_manager" ? "last_manager" : "election_stale" });
}
