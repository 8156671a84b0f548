/** How the committee stands now, and the acts that change who sits: leaving a seat, moving up, declining (HZ 28, 32; M8, M9, M13). No HTTP. */
import { authorOf } from "../../assembly/meeting/acting.ts";
import { findLatestMandate, type MandateRow } from "../../elections/store.ts";
import { type Day, dayOf, isDay, startOf } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type ConflictRefusal, checkConflicts } from "../../offices/overlap/conflicts/actions.ts";
import { guardConflicts, useWaivers } from "../../offices/overlap/conflicts/store.ts";
import { openName } from "../../offices/people/store.ts";
import { mayAppoint } from "../../offices/rules.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { MANAGERS, someoneManages } from "../../offices/terms/actions.ts";
import { LONGEST_DOCUMENT } from "../../offices/terms/rules.ts";
import { insertEnd, insertTenure, listPosts, listTenuresFrom, type TenureRow } from "../../offices/terms/store.ts";
import { assertFrom, assertThat, type Query, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { ALTERNATE_POST, isMemberPost } from "../seated/rules.ts";
import {
  type MoveUpRefusal,
  mayMoveUp,
  type RankedAlternate,
  type SeatsState,
  seatsState,
  TERM_SETTINGS,
  type TermPhase,
  type TermSettings,
  termPhase,
} from "./rules.ts";
import { countUnderWay, type ElectedSeat, listElectedSeats } from "./store.ts";

/** Someone of the committee, under the first of their posts. */
export interface Seat {
  readonly personId: PersonId;
  readonly tenureId: string;
  /** All tenures of theirs in the committee that run today. */
  readonly tenures: readonly TenureRow[];
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly phoneMasked: string;
  readonly fromAt: number;
  readonly untilAt: number | null;
  /** Whether the owner by whom they stood still owns something here; null where no election of this house seated them. */
  readonly owns: boolean | null;
}

export interface Standing {
  readonly mandate: MandateRow | null;
  readonly members: readonly Seat[];
  readonly alternates: readonly (Seat & { readonly rank: number })[];
  readonly seats: SeatsState | null;
  readonly phase: TermPhase | null;
  readonly electionUnderWay: boolean;
  readonly settings: TermSettings;
}

/** The committee in office as of now. Two round trips; `mandate` is null where none was recorded, and then only who sits is known. */
export async function viewStanding(scene: Scene): Promise<Standing> {
  const { now } = scene;
  const [mandates, rows, settingRows] = await scene.db.read(
    findLatestMandate(scene, now),
    listTenuresFrom(scene, now),
    listSettings(scene, TERM_SETTINGS),
  );
  const mandate = mandates[0] ?? null;
  const [elected, underWay] = await scene.db.read(
    listElectedSeats(scene, mandate?.electionId ?? "", dayOf(now)),
    countUnderWay(scene, mandate?.bodyId ?? ""),
  );
  const settings = valuesFromRows(TERM_SETTINGS, settingRows);
  const running = rows.filter(({ fromAt }) => fromAt <= now);
  const members = await seatsOf(
    scene,
    running.filter(({ postKind }) => isMemberPost(postKind)),
    elected,
  );
  const sits = new Set(members.map(({ personId }) => personId));
  const waiting = running.filter(({ postKind, personId }) => postKind === ALTERNATE_POST && !sits.has(personId));
  const ranks = new Map(elected.map(({ tenureId, rank }) => [tenureId, rank]));
  const alternates = (await seatsOf(scene, waiting, elected))
    .map((seat, at) => ({ ...seat, rank: ranks.get(seat.tenureId) ?? at + 1 }))
    .toSorted((a, b) => a.rank - b.rank);
  const electionUnderWay = (underWay[0]?.underWay ?? 0) > 0;
  return {
    mandate,
    members,
    alternates,
    electionUnderWay,
    settings,
    seats:
      mandate &&
      seatsState({
        ...mandate,
        sitting: members.length,
        alternates: alternates.filter(({ owns }) => owns !== false).length,
      }),
    phase: mandate && termPhase(mandate, dayOf(now), settings.leadMonths.value, electionUnderWay),
  };
}

const MEMBER_ORDER = ["committee_chair", "committee_deputy", "committee_member", ALTERNATE_POST];

async function seatsOf(scene: Scene, rows: readonly TenureRow[], elected: readonly ElectedSeat[]): Promise<Seat[]> {
  const byPerson = new Map<PersonId, TenureRow[]>();
  const inOrder = rows.toSorted((a, b) => MEMBER_ORDER.indexOf(a.postKind) - MEMBER_ORDER.indexOf(b.postKind));
  for (const row of inOrder) byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row]);
  return Promise.all(
    [...byPerson.values()].map(async (tenures): Promise<Seat> => {
      const first = tenures[0]!;
      const own = elected.find(({ personId }) => personId === first.personId);
      return {
        personId: first.personId,
        tenureId: first.tenureId,
        tenures,
        name: await openName(scene, first),
        title: { zh: first.titleZh, en: first.titleEn },
        phoneMasked: first.phoneMasked,
        fromAt: Math.min(...tenures.map(({ fromAt }) => fromAt)),
        untilAt: first.untilAt,
        owns: own ? own.owns === 1 : null,
      };
    }),
  );
}

// ——— Leaving a seat ———

/** Acts by which a seat is left one by one; a recall and the end of the term have their own ways. */
export const LEAVING = ["resignation", "home_sold", "incapacity", "death"] as const;
export type Leaving = (typeof LEAVING)[number];

export type SeatRefusal =
  | KeyReused
  | ConflictRefusal
  | MoveUpRefusal
  | { readonly reason: "no_such_seat" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "day_not_in_term" }
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number }
  | { readonly reason: "act_missing" }
  /** M13 by sale: the roll says that they own something here still. */
  | { readonly reason: "still_owns" }
  | { readonly reason: "ended_already" }
  | { readonly reason: "last_manager" }
  | { readonly reason: "own_appointment" }
  | { readonly reason: "no_mandate" };

const checkedDocument = (text: string): Result<string, Extract<SeatRefusal, { reason: `document_${string}` }>> => {
  const document = text.trim();
  if (document === "") return err({ reason: "document_missing" });
  return document.length > LONGEST_DOCUMENT
    ? err({ reason: "document_too_long", most: LONGEST_DOCUMENT })
    : ok(document);
};

export interface LeavingAsked {
  readonly tenureId: string;
  readonly act: string;
  /** The first day without the seat. */
  readonly endsOn: Day;
  readonly document: string;
}

/**
 * Somebody leaves the committee: every post of theirs in it ends together, so that nobody is chair without a seat. One batch
 * with its leaves. Selling the home is checked against the roll where the seat is known to rest on it.
 */
export async function leaveSeat(
  scene: StaffScene,
  asked: LeavingAsked,
  once: string,
): Promise<Result<{ readonly tenureId: string }, SeatRefusal>> {
  const act = LEAVING.find((known) => known === asked.act);
  if (!act) return err({ reason: "act_missing" });
  if (!isDay(asked.endsOn)) return err({ reason: "not_a_day" });
  const document = checkedDocument(asked.document);
  if (!document.ok) return document;
  const standing = await viewStanding(scene);
  const seat = [...standing.members, ...standing.alternates].find(({ tenures }) =>
    tenures.some(({ tenureId }) => tenureId === asked.tenureId),
  );
  const endedAt = startOf(asked.endsOn);
  const may = mayLeave(seat, act, endedAt);
  const body = scene.keys.index(JSON.stringify(asked), "once:leave-seat");
  // A repeat finds the seat left by its own first time: it is asked for its first answer before it is refused.
  const statements = may.ok ? leaving(scene, may.value, { act, endedAt, document: document.value }) : [refusal(scene)];
  const written = await writeOnce(scene, { key: once, body }, statements, { tenureId: asked.tenureId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (!may.ok) return may;
  if (written.error.code === "last_manager") return err({ reason: "last_manager" });
  if (written.error.code === "ended_already") return err({ reason: "ended_already" });
  throw new Error(`leaving a seat was refused by ${written.error.code}`);
}

function mayLeave(seat: Seat | undefined, act: Leaving, endedAt: number): Result<Seat, SeatRefusal> {
  if (!seat) return err({ reason: "no_such_seat" });
  if (act === "home_sold" && seat.owns === true) return err({ reason: "still_owns" });
  const outside = seat.tenures.some(
    ({ fromAt, untilAt }) => endedAt < fromAt || (untilAt !== null && endedAt >= untilAt),
  );
  return outside ? err({ reason: "day_not_in_term" }) : ok(seat);
}

function leaving(
  scene: StaffScene,
  { tenureId, tenures }: Seat,
  end: { readonly act: Leaving; readonly endedAt: number; readonly document: string },
): Query[] {
  const leaf = appendLeaf(
    scene,
    "seat.left",
    {
      tenure: tenureId,
      act: end.act,
      from: dayOf(end.endedAt),
      posts: tenures.map(({ postKind }) => postKind),
      by: authorOf(scene).words,
    },
    tenureId,
  );
  const ends = tenures.map((one) => insertEnd(scene, { tenureId: one.tenureId, ...end }, scene.actor.personId));
  const manages = tenures.some(({ postKind }) => MANAGERS.includes(postKind));
  return [
    ...ends.flatMap(({ statements }) => statements),
    ...(manages ? [someoneManages(scene, Math.max(end.endedAt, scene.now))] : []),
    leaf.statement,
  ];
}

const refusal = ({ db }: Scene): Query => assertThat(db, "no_such_seat", sql`0`);

// ——— Moving up ———

/**
 * The next alternate takes a vacant seat until the end of the mandate, by the order of the votes and their own written word
 * (HZ 28, ZS 19; M8). One batch: the alternate's post ends, the seat is taken, and the write itself refuses a seat that is not
 * vacant any more. Nobody records their own.
 */
export async function moveUp(
  scene: StaffScene,
  asked: { readonly tenureId: string; readonly document: string },
  once: string,
): Promise<Result<{ readonly tenureId: string }, SeatRefusal>> {
  const document = checkedDocument(asked.document);
  if (!document.ok) return document;
  const body = scene.keys.index(JSON.stringify(asked), "once:move-up");
  const standing = await viewStanding(scene);
  const { mandate } = standing;
  const ready = mandate
    ? await movingUp(scene, standing, mandate, asked.tenureId, document.value)
    : err({ reason: "no_mandate" } as const);
  const written = await writeOnce(
    scene,
    { key: once, body },
    ready.ok ? ready.value.statements : [assertThat(scene.db, "refused", sql`0`)],
    { tenureId: ready.ok ? ready.value.tenureId : "" },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (!ready.ok) return ready;
  switch (written.error.code) {
    case "ended_already":
      return err({ reason: "not_an_alternate" });
    case "seat_taken":
    case "post_taken":
      return err({ reason: "no_vacant_seat", seats: mandate?.seats ?? 0 });
    case "conflicting_post":
      return err({ reason: "conflicting_post", conflicts: [] });
    default:
      throw new Error(`moving up was refused by ${written.error.code}`);
  }
}

async function movingUp(
  scene: StaffScene,
  standing: Standing,
  mandate: MandateRow,
  tenureId: string,
  document: string,
): Promise<Result<{ readonly tenureId: string; readonly statements: readonly Query[] }, SeatRefusal>> {
  const waiting = standing.alternates.filter(({ owns }) => owns !== false);
  const ranked: RankedAlternate[] = waiting.map(({ tenureId: id, rank }) => ({ tenureId: id, rank }));
  const may = mayMoveUp({ seats: mandate.seats, sitting: standing.members.length }, ranked, tenureId);
  if (!may.ok) return may;
  const alternate = waiting.find((one) => one.tenureId === tenureId)!;
  const separate = mayAppoint(scene.actor.personId, alternate.personId);
  if (!separate.ok) return separate;
  const [posts] = await scene.db.read(listPosts(scene));
  const post = posts.find(({ bodyId, kind }) => bodyId === mandate.bodyId && kind === "committee_member");
  if (!post) return err({ reason: "no_mandate" });
  const span = { fromAt: scene.now, untilAt: mandate.untilAt };
  const wanted = { personId: alternate.personId, postKind: post.kind, span };
  const conflicts = await checkConflicts(scene, wanted);
  if (!conflicts.ok) return conflicts;
  const end = insertEnd(scene, { tenureId, endedAt: scene.now, act: "moved_up", document }, scene.actor.personId);
  const tenure = insertTenure(
    scene,
    {
      postId: post.postId,
      postKind: post.kind,
      personId: alternate.personId,
      name: alternate.name,
      span,
      act: "alternate_seated",
      document,
    },
    scene.actor.personId,
  );
  const leaf = appendLeaf(
    scene,
    "seat.filled",
    {
      mandate: mandate.mandateId,
      alternate: tenureId,
      tenure: tenure.tenureId,
      rank: alternate.rank,
      by: authorOf(scene).words,
    },
    mandate.mandateId,
  );
  return ok({
    tenureId: tenure.tenureId,
    statements: [
      seatIsVacant(scene, mandate),
      ...end.statements,
      ...guardConflicts(scene, [wanted]),
      ...tenure.statements,
      ...useWaivers(scene, tenure.tenureId, conflicts.value),
      leaf.statement,
    ],
  });
}

/** In the write: fewer sit than the mandate has seats, each person counted once. */
const seatIsVacant = ({ db, community, now }: Scene, mandate: MandateRow): Query =>
  assertFrom(
    db,
    "seat_taken",
    sql`SELECT count(DISTINCT h.person_id) < CAST(${mandate.seats} AS INTEGER) FROM office_span h
        JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND p.body_id = ${mandate.bodyId} AND p.kind IN ('committee_chair', 'committee_deputy', 'committee_member')
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)`,
  );

/** An alternate who does not want the seat: their place ends and the next one is asked. */
export async function declineSeat(
  scene: StaffScene,
  asked: { readonly tenureId: string; readonly document: string },
  once: string,
): Promise<Result<{ readonly tenureId: string }, SeatRefusal>> {
  const document = checkedDocument(asked.document);
  if (!document.ok) return document;
  const standing = await viewStanding(scene);
  const alternate = standing.alternates.find(({ tenureId }) => tenureId === asked.tenureId);
  const body = scene.keys.index(JSON.stringify(asked), "once:decline-seat");
  const leaf = appendLeaf(
    scene,
    "seat.declined",
    { alternate: asked.tenureId, rank: alternate?.rank ?? 0, by: authorOf(scene).words },
    asked.tenureId,
  );
  const end = insertEnd(
    scene,
    { tenureId: asked.tenureId, endedAt: scene.now, act: "resignation", document: document.value },
    scene.actor.personId,
  );
  const statements = alternate ? [...end.statements, leaf.statement] : [refusal(scene)];
  const written = await writeOnce(scene, { key: once, body }, statements, { tenureId: asked.tenureId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return err({ reason: "not_an_alternate" });
}
