/** Taking and leaving office, forming a body, a new number: load, ask the rules, write with the leaf. No HTTP. */

import { personName, readMobile } from "../../community/identity/rules.ts";
import { type Day, dayOf, type Instant, startOf } from "../../kernel/day.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Aborted, assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { type KeyReused, type Once, writeOnce } from "../../platform/once.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type ConflictRefusal, checkConflicts } from "../overlap/conflicts/actions.ts";
import type { Waived } from "../overlap/conflicts/rules.ts";
import { guardConflicts, useWaivers } from "../overlap/conflicts/store.ts";
import { findPersonByPhone, insertPerson, isNamed, openName, phoneHashOf } from "../people/store.ts";
import { needsSecond, whoConfirms } from "../proposals/rules.ts";
import { assertAlone, findOthersUntil, insertProposal } from "../proposals/store.ts";
import {
  type BodyKind,
  isNamedByConsent,
  mayAppoint,
  mayBeNamed,
  PERMISSIONS,
  type PostKind,
  type SeparationRefusal,
} from "../rules.ts";
import {
  type EndKind,
  type EndRefusal,
  hasSeat,
  isTakeKind,
  mayEnd,
  mayTake,
  type Span,
  type TakeKind,
  type TenureRefusal,
} from "./rules.ts";
import {
  assertSeat,
  countChanges,
  findTenure,
  insertEnd,
  insertTenure,
  listChanges,
  listPosts,
  listSpansOfPost,
  listTenuresOn,
  type PostRow,
  type TenureRow,
} from "./store.ts";

// ——— Who holds what ———

/** Someone in an office, with the name opened. */
export interface Holder {
  readonly tenureId: string;
  readonly postId: string;
  readonly postKind: PostKind;
  readonly title: Bilingual;
  readonly bodyId: string;
  readonly bodyKind: BodyKind;
  readonly body: Bilingual;
  readonly personId: PersonId;
  readonly name: string;
  /** Whether the public may know that this person holds this post. */
  readonly isNamed: boolean;
  /** The name, or its mask for posts whose holders are not named in public; no letter of it where even that would tell. */
  readonly publicName: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  readonly act: TakeKind;
  readonly document: string;
  readonly leafHash: string;
}

/** In place of a name that is not said. */
export const UNSAID = "***";

export const holderOf = async (scene: Scene, row: TenureRow): Promise<Holder> => {
  const name = await openName(scene, row);
  const isNamed = mayBeNamed(row.postKind, row.consented === 1);
  // Beside a committee that is public by name, a family name is as good as the whole.
  const masked = isNamedByConsent(row.postKind) ? UNSAID : row.nameMasked;
  return {
    tenureId: row.tenureId,
    postId: row.postId,
    postKind: row.postKind,
    title: { zh: row.titleZh, en: row.titleEn },
    bodyId: row.bodyId,
    bodyKind: row.bodyKind,
    body: { zh: row.bodyZh, en: row.bodyEn },
    personId: row.personId,
    name,
    isNamed,
    publicName: isNamed ? name : masked,
    fromAt: row.fromAt,
    untilAt: row.untilAt,
    act: row.act,
    document: row.document,
    leafHash: row.leafHash,
  };
};

/** Who held what on a day, any day: every tenure that covered some part of it. One round trip. */
export async function holdersAsOf(scene: Scene, day: Day): Promise<Holder[]> {
  const [rows] = await scene.db.read(listTenuresOn(scene, day));
  return Promise.all(rows.map((row) => holderOf(scene, row)));
}

/** A taking or leaving of office with the name opened, for pages. */
export interface ShownChange extends Holder {
  readonly change: "taken" | "left";
  readonly changedAt: Instant;
  readonly effectiveAt: Instant;
  readonly recordedBy: string;
  readonly leftAct: EndKind | null;
  readonly leftDocument: string | null;
}

/** A page of changes, newest recording first, and how many pages there are. One round trip. */
export async function listOfficeChanges(
  scene: Scene,
  page: number,
  perPage: number,
): Promise<{ changes: ShownChange[]; pages: number }> {
  const [rows, count] = await scene.db.read(
    listChanges(scene, { limit: perPage, offset: (page - 1) * perPage }),
    countChanges(scene),
  );
  const changes = rows.map(async (row) => ({
    ...(await holderOf(scene, row)),
    change: row.change,
    changedAt: row.changedAt,
    effectiveAt: row.effectiveAt,
    recordedBy: row.recordedBy,
    leftAct: row.leftAct,
    leftDocument: row.leftDocument,
  }));
  return { changes: await Promise.all(changes), pages: Math.ceil((count[0]?.changes ?? 0) / perPage) };
}

// ——— Taking office ———

/** An appointment as typed. Days inclusive; `lastOn` empty where no end is set. */
export interface Appointment {
  readonly postId: string;
  readonly name: string;
  readonly phone: string;
  readonly fromOn: string;
  readonly lastOn: string;
  readonly act: string;
  readonly document: string;
}

export type AppointRefusal =
  | TenureRefusal
  | { readonly reason: "act_missing" }
  | SeparationRefusal
  | { readonly reason: "unknown_post" }
  | { readonly reason: "name_missing" }
  | { readonly reason: "phone_unreadable" }
  | { readonly reason: "phone_of_another" }
  | { readonly reason: "post_taken"; readonly seats: number }
  | { readonly reason: "holds_it_already" }
  | ConflictRefusal
  | {
      /** Others could confirm until lately; alone only from then on. */ readonly reason: "nobody_confirms_yet";
      readonly aloneFrom: Instant;
    }
  | { readonly reason: "key_reused" };

export interface CheckedAppointment {
  readonly post: PostRow;
  readonly act: TakeKind;
  readonly span: Span;
  readonly name: string;
  readonly phone: string;
  /** Known already by this number; null for someone new. */
  readonly personId: PersonId | null;
  /** What stands between this post and others of theirs, or the waivers by which nothing does. */
  readonly conflicts: Result<readonly Waived[], ConflictRefusal>;
}

const LONGEST_NAME = 60;

/** Everything that can be said of an appointment before it is written, all of it at once; the seat is checked again by the database. */
export async function checkAppointment(
  scene: StaffScene,
  asked: Appointment,
  { seats }: { readonly seats: "check" | "leave to the write" } = { seats: "check" },
): Promise<Result<CheckedAppointment, readonly [AppointRefusal, ...AppointRefusal[]]>> {
  const name = personName(asked.name);
  const phone = readMobile(asked.phone);
  const { act } = asked;
  const [posts, spans, known] = await scene.db.read(
    listPosts(scene),
    listSpansOfPost(scene, asked.postId),
    findPersonByPhone(scene, phoneHashOf(scene, phone ?? "")),
  );
  const post = posts.find(({ postId }) => postId === asked.postId);
  const person = known[0];
  const lastOn = asked.lastOn === "" ? null : asked.lastOn;
  const span =
    post && isTakeKind(act) ? mayTake({ ...asked, act, post: post.kind, termMonths: post.termMonths, lastOn }) : null;
  const separate = person ? mayAppoint(scene.actor.personId, person.personId) : ok(true);
  const wanted =
    post && span?.ok ? { personId: person?.personId ?? null, postKind: post.kind, span: span.value } : null;
  const conflicts = wanted ? await checkConflicts(scene, wanted) : ok([]);
  const refusals: AppointRefusal[] = [];
  if (!post) refusals.push({ reason: "unknown_post" });
  if (name === "" || name.length > LONGEST_NAME) refusals.push({ reason: "name_missing" });
  if (!phone) refusals.push({ reason: "phone_unreadable" });
  else if (person && !isNamed(scene, person, name)) refusals.push({ reason: "phone_of_another" });
  else if (!separate.ok) refusals.push(separate.error);
  if (!isTakeKind(act)) refusals.push({ reason: "act_missing" });
  if (span && !span.ok) refusals.push(span.error);
  if (post && span?.ok && seats === "check") {
    const own = spans.filter(({ personId }) => personId === person?.personId);
    if (!hasSeat(1, own, span.value)) refusals.push({ reason: "holds_it_already" });
    else if (!hasSeat(post.seats, spans, span.value)) refusals.push({ reason: "post_taken", seats: post.seats });
    if (!conflicts.ok) refusals.push(conflicts.error);
  }
  const [first, ...others] = refusals;
  if (first) return err([first, ...others]);
  if (!post || !span?.ok || !phone || !isTakeKind(act)) throw new Error("an appointment without a refusal is complete");
  return ok({ post, act, span: span.value, name, phone, personId: person?.personId ?? null, conflicts });
}

/** What became of an appointment: a tenure, or a proposal under the id its tenure will have once a second officer confirms it. */
export interface Appointed {
  readonly tenureId: string;
  readonly awaitsSecond: boolean;
}

/**
 * Records that someone took a post; answers a repeat with the first answer. A post with power over votes or offices is only proposed
 * (`awaitsSecond`) where somebody else can confirm it (proposals/actions.ts): nobody fills it alone.
 */
export async function appoint(
  scene: StaffScene,
  asked: Appointment,
  onceKey: string,
): Promise<Result<Appointed, AppointRefusal>> {
  const checked = await checkAppointment(scene, asked, { seats: "leave to the write" });
  if (!checked.ok) return err(checked.error[0]);
  const { post, name, phone, personId } = checked.value;
  const once = onceOf(scene, onceKey, "appoint", { ...asked, name, phone });
  if (!needsSecond(post.kind))
    return refusedAs(checked.value, await writeOnce(scene, once, ...(await taking(scene, checked.value, asked))));

  const unconcerned = [scene.actor.personId, personId ?? ""];
  const [others] = await scene.db.read(findOthersUntil(scene, unconcerned));
  const second = whoConfirms(others[0]?.until ?? null, scene.now);
  if (second.ok && second.value.kind === "second")
    return refusedAs(checked.value, await writeOnce(scene, once, ...(await proposing(scene, checked.value, asked))));
  const [statements, answer] = await taking(scene, checked.value, asked);
  const written = await writeOnce(scene, once, [assertAlone(scene, unconcerned), ...statements], answer);
  if (written.ok || written.error.reason === "key_reused" || written.error.code !== "second_came")
    return refusedAs(checked.value, written);
  // A repeat had its first answer; whoever is not alone, or has been for too short a time, has written nothing.
  return second.ok ? appoint(scene, asked, onceKey) : second;
}

/** The statements of an appointment that takes effect, for its batch; also of one that a second officer confirms. */
export async function taking(
  scene: StaffScene,
  { post, act, span, name, phone, personId: known, conflicts }: CheckedAppointment,
  asked: Appointment,
  tenureId?: string,
): Promise<[Query[], Appointed]> {
  const by = scene.actor.personId;
  const person = known ? null : await insertPerson(scene, { name, phone }, by);
  const personId = known ?? person!.personId;
  const tenure = insertTenure(
    scene,
    { postId: post.postId, postKind: post.kind, personId, name, span, act, document: asked.document.trim() },
    by,
    tenureId,
  );
  const allowed = guardConflicts(scene, [{ personId: known, postKind: post.kind, span }]);
  const waived = useWaivers(scene, tenure.tenureId, conflicts.ok ? conflicts.value : []);
  return [
    [...allowed, ...(person?.statements ?? []), ...tenure.statements, ...waived],
    { tenureId: tenure.tenureId, awaitsSecond: false },
  ];
}

async function proposing(
  scene: StaffScene,
  { post, act, span, name, phone, personId }: CheckedAppointment,
  asked: Appointment,
): Promise<[Query[], Appointed]> {
  const tenureId = newId<string>(scene.random);
  const proposal = await insertProposal(scene, {
    proposalId: tenureId,
    kind: "appointment",
    personId: personId ?? "",
    postId: post.postId,
    phoneVersion: null,
    name,
    details: JSON.stringify({ ...asked, name, phone }),
    said: {
      post: post.postId,
      from: dayOf(span.fromAt),
      until: span.untilAt === null ? "" : dayOf(span.untilAt - 1),
      act,
    },
  });
  const allowed = guardConflicts(scene, [{ personId, postKind: post.kind, span }]);
  return [[assertSeat(scene, post.postId, span), ...allowed, ...proposal], { tenureId, awaitsSecond: true }];
}

/** What the database refused of an appointment, as a refusal; a code it cannot have raised is a fault of ours. */
export function refusedAs<A>(
  { post, conflicts }: Pick<CheckedAppointment, "post" | "conflicts">,
  written: Result<A, Aborted | KeyReused>,
): Result<A, AppointRefusal> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "post_taken":
      return err({ reason: "post_taken", seats: post.seats });
    case "holds_it_already":
      return err({ reason: "holds_it_already" });
    case "phone_taken":
      return err({ reason: "phone_of_another" });
    case "body_ended":
      // Its body was dissolved in this moment: the post is as good as not there.
      return err({ reason: "unknown_post" });
    case "conflicting_post":
      return conflicts.ok ? err({ reason: "conflicting_post", conflicts: [] }) : conflicts;
    default:
      throw new Error(`appointment refused: ${written.error.code}`);
  }
}

// The remembered body is a plain hash; a phone number in it could be guessed, a keyed hash of one cannot.
const onceOf = (scene: Scene, key: string, act: string, body: object): Once => ({
  key,
  body: scene.keys.index(JSON.stringify(body), `once:${act}`),
});

// ——— Leaving office ———

export interface Ending {
  readonly tenureId: string;
  readonly endsOn: string;
  readonly act: EndKind;
  readonly document: string;
}

export type EndingRefusal =
  | EndRefusal
  | { readonly reason: "unknown_tenure" }
  | { readonly reason: "last_manager" }
  | { readonly reason: "key_reused" };

/** Someone holds, at an instant, a post that may record offices: for the batch of whatever ends such a post. */
export const someoneManages = ({ db, community }: Scene, at: Instant): Query =>
  assertFrom(
    db,
    "last_manager",
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(MANAGERS)}))
          AND h.from_at <= CAST(${at} AS INTEGER) AND h.until_at > CAST(${at} AS INTEGER))`,
  );
export const MANAGERS: readonly PostKind[] = PERMISSIONS["offices.manage"];

/**
 * Records that someone leaves a post from 00:00 of a day on; an office that ends today stops working today. Refused when
 * nobody would be left who can record offices: the community could then never appoint anyone again.
 */
export async function endTenure(
  scene: StaffScene,
  asked: Ending,
  onceKey: string,
): Promise<Result<{ tenureId: string }, EndingRefusal>> {
  const [rows] = await scene.db.read(findTenure(scene, asked.tenureId));
  const tenure = rows[0];
  if (!tenure) return err({ reason: "unknown_tenure" });
  const may = mayEnd(tenure, asked);
  // A repeat finds the tenure ended by its own first time: only the write can tell it from another's.
  if (!may.ok && may.error.reason !== "ended_already") return may;
  const endedAt = startOf(asked.endsOn);
  const end = insertEnd(scene, { ...asked, document: asked.document.trim(), endedAt }, scene.actor.personId);
  // Whoever is put out by another hears of it at once, and has their say before that other may appoint alone.
  const word =
    tenure.personId === scene.actor.personId
      ? []
      : [
          queueMessage(scene, {
            kind: "office.ended",
            to: tenure.personId,
            params: { tenure: tenure.tenureId },
            dedupeKey: `office.ended:${tenure.tenureId}:${endedAt}`,
          }),
        ];
  const guard = MANAGERS.includes(tenure.postKind) ? [someoneManages(scene, Math.max(endedAt, scene.now))] : [];
  const answer = { tenureId: asked.tenureId };
  const written = await writeOnce(
    scene,
    onceOf(scene, onceKey, "end", asked),
    [...end.statements, ...word, ...guard],
    answer,
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "last_manager":
      return err({ reason: "last_manager" });
    case "ended_already": {
      const [again] = await scene.db.read(findTenure(scene, asked.tenureId));
      return err({ reason: "ended_already", on: dayOf(again[0]?.untilAt ?? endedAt) });
    }
    default:
      throw new Error(`end of a tenure refused: ${written.error.code}`);
  }
}
