/** Bodies in their tree: the level they are at, the buildings they answer for, and how they change and end. Pure; what may be written is said here. */
import { type Day, dayOf, type Instant, isDay, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { BodyKind } from "../rules.ts";
import { LONGEST_DOCUMENT, type Span } from "../terms/rules.ts";
import type { Level } from "./levels/rules.ts";

/** What a body answers for: a whole building, or one entrance of it. */
export interface Area {
  readonly building: string;
  /** Empty for the whole building. */
  readonly entrance: string;
}

export const sameArea = (a: Area, b: Area): boolean => a.building === b.building && a.entrance === b.entrance;
/** "3栋" or "3栋 1单元": how an area is written in a form and read back. */
export const areaKey = ({ building, entrance }: Area): string =>
  entrance === "" ? building : `${building}|${entrance}`;

/** A body as it stands on a day. */
export interface Body {
  readonly bodyId: string;
  readonly kind: BodyKind;
  readonly name: Bilingual;
  /** Empty where the body is at no named level. */
  readonly levelId: string;
  /** What the level is called; a free word for bodies that were formed before the district named levels. */
  readonly level: Bilingual;
  readonly parentId: string | null;
  readonly areas: readonly Area[];
  /** Since when there is such a body. */
  readonly sinceAt: Instant;
  /** The instant from which there is none any more. */
  readonly endedAt: Instant | null;
  /** Of its newest change, 0 before any; and the instant that change holds from. */
  readonly version: number;
  readonly changedAt: Instant;
  /** The entry that formed it. */
  readonly leafHash: string;
}

/**
 * Parents before children with their depth, siblings in the order given. A body whose parent is not among them stands at the top, and so
 * does one that changes dated back have hung in a circle: nothing is lost from a page.
 */
export function treeOf<B extends { readonly bodyId: string; readonly parentId: string | null }>(
  bodies: readonly B[],
): { readonly body: B; readonly depth: number }[] {
  const ids = new Set(bodies.map(({ bodyId }) => bodyId));
  const seen = new Set<string>();
  const found: { body: B; depth: number }[] = [];
  const place = (body: B, depth: number): void => {
    if (seen.has(body.bodyId)) return;
    seen.add(body.bodyId);
    found.push({ body, depth });
    for (const child of bodies) if (child.parentId === body.bodyId) place(child, depth + 1);
  };
  for (const body of bodies) if (body.parentId === null || !ids.has(body.parentId)) place(body, 0);
  for (const body of bodies) place(body, 0);
  return found;
}

/** The body and everything below it. */
export function withBelow(
  bodies: readonly { readonly bodyId: string; readonly parentId: string | null }[],
  bodyId: string,
): Set<string> {
  const found = new Set([bodyId]);
  for (let grew = true; grew; ) {
    const before = found.size;
    for (const body of bodies) if (body.parentId !== null && found.has(body.parentId)) found.add(body.bodyId);
    grew = found.size > before;
  }
  return found;
}

export const LONGEST_BODY_NAME = 60;

/** A body as a form describes it: where it hangs, what it is called, what it answers for. */
export interface BodyAsked {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly levelId: string;
  readonly parentId: string;
  /** As `areaKey` writes them. */
  readonly areas: readonly string[];
  /** The first day it holds. */
  readonly fromOn: string;
}

type FromRefusal =
  | { readonly reason: "not_a_day"; readonly field: "fromOn" }
  | { readonly reason: "day_to_come" }
  | { readonly reason: "before_last_change"; readonly on: Day };

export type DocumentRefusal =
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number };

export type BodyRefusal =
  | { readonly reason: "body_name_missing" }
  | { readonly reason: "body_name_too_long"; readonly most: number }
  | { readonly reason: "unknown_level" }
  | { readonly reason: "unknown_parent" }
  | { readonly reason: "parent_cycle" }
  | { /** The parent is at a lower level. */ readonly reason: "level_above_parent"; readonly parent: string }
  | { /** A body below it is at a higher level. */ readonly reason: "level_below_child"; readonly child: string }
  | { readonly reason: "unknown_area"; readonly area: string }
  | FromRefusal
  | DocumentRefusal
  | { readonly reason: "nothing_changed" };

/** What is known when a body is formed or changed. */
export interface Surroundings {
  readonly bodies: readonly Body[];
  readonly levels: readonly Level[];
  /** The buildings and entrances of the roll. */
  readonly areas: readonly Area[];
  readonly now: Instant;
}

/** A body's state as it will be written. */
export interface BodyState {
  readonly name: Bilingual;
  readonly levelId: string;
  readonly parentId: string | null;
  readonly areas: readonly Area[];
  readonly effectiveAt: Instant;
}

/**
 * A day on which something about a body began: today or before, because a plan is not yet a fact, and never before the last change,
 * because the newest entry must be what holds.
 */
function readFrom(fromOn: string, notBefore: Instant | null, now: Instant): Result<Instant, FromRefusal> {
  if (!isDay(fromOn)) return err({ reason: "not_a_day", field: "fromOn" });
  const at = startOf(fromOn);
  if (at > now) return err({ reason: "day_to_come" });
  if (notBefore === null || at >= notBefore) return ok(at);
  // What was formed in the course of a day can be changed from that day on.
  return dayOf(notBefore) === fromOn ? ok(notBefore) : err({ reason: "before_last_change", on: dayOf(notBefore) });
}

/** What an act rests on: something, and not a whole file. */
export function readDocument(document: string): DocumentRefusal | null {
  if (document.trim() === "") return { reason: "document_missing" };
  return document.length > LONGEST_DOCUMENT ? { reason: "document_too_long", most: LONGEST_DOCUMENT } : null;
}

const rankIn = (levels: readonly Level[], levelId: string): number | null =>
  levels.find((level) => level.levelId === levelId)?.rank ?? null;

function readState(
  around: Surroundings,
  asked: BodyAsked,
  own: Body | null,
  fallback: Bilingual | null,
): Result<BodyState, readonly [BodyRefusal, ...BodyRefusal[]]> {
  const refusals: BodyRefusal[] = [];
  const zh = asked.nameZh.trim() || (fallback?.zh ?? "");
  const en = asked.nameEn.trim() || (fallback && zh === fallback.zh ? fallback.en : zh);
  if (zh === "") refusals.push({ reason: "body_name_missing" });
  if (Math.max(zh.length, en.length) > LONGEST_BODY_NAME)
    refusals.push({ reason: "body_name_too_long", most: LONGEST_BODY_NAME });

  const rank = rankIn(around.levels, asked.levelId);
  if (asked.levelId !== "" && rank === null) refusals.push({ reason: "unknown_level" });

  const parentId = asked.parentId === "" ? null : asked.parentId;
  const parent = around.bodies.find(({ bodyId, endedAt }) => bodyId === parentId && endedAt === null);
  if (parentId !== null && !parent) refusals.push({ reason: "unknown_parent" });
  if (own && parentId !== null && withBelow(around.bodies, own.bodyId).has(parentId))
    refusals.push({ reason: "parent_cycle" });
  else if (rank !== null) {
    const above = parent ? rankIn(around.levels, parent.levelId) : null;
    if (parent && above !== null && rank < above)
      refusals.push({ reason: "level_above_parent", parent: parent.name.zh });
    const child = around.bodies.find((body) => {
      const below =
        body.endedAt === null && own && body.parentId === own.bodyId ? rankIn(around.levels, body.levelId) : null;
      return below !== null && below < rank;
    });
    if (child) refusals.push({ reason: "level_below_child", child: child.name.zh });
  }

  const areas: Area[] = [];
  for (const key of new Set(asked.areas)) {
    const area = around.areas.find((one) => areaKey(one) === key) ?? own?.areas.find((one) => areaKey(one) === key);
    if (area) areas.push({ building: area.building, entrance: area.entrance });
    else refusals.push({ reason: "unknown_area", area: key.replace("|", " ") });
  }

  const from = readFrom(asked.fromOn, own?.changedAt ?? null, around.now);
  if (!from.ok) refusals.push(from.error);
  const [first, ...others] = refusals;
  if (first) return err([first, ...others]);
  if (!from.ok) throw new Error("a body without a refusal has its day");
  return ok({ name: { zh, en }, levelId: asked.levelId, parentId, areas, effectiveAt: from.value });
}

/** A new body. An empty name takes its kind's words; it may have been formed on an earlier day. */
export const mayFormBody = (
  around: Surroundings,
  asked: BodyAsked,
  kindWords: Bilingual,
): Result<BodyState, readonly [BodyRefusal, ...BodyRefusal[]]> => readState(around, asked, null, kindWords);

/** Another name, level, parent, or other buildings, from a day on, by a document. */
export function mayChangeBody(
  around: Surroundings,
  body: Body,
  asked: BodyAsked & { readonly document: string },
): Result<BodyState, readonly [BodyRefusal, ...BodyRefusal[]]> {
  const state = readState(around, asked, body, null);
  const document = readDocument(asked.document);
  if (!state.ok) return document ? err([state.error[0], ...state.error.slice(1), document]) : state;
  if (document) return err([document]);
  const { name, levelId, parentId, areas } = state.value;
  const isSame =
    name.zh === body.name.zh &&
    name.en === body.name.en &&
    levelId === body.levelId &&
    parentId === body.parentId &&
    areas.length === body.areas.length &&
    areas.every((area) => body.areas.some((one) => sameArea(one, area)));
  return isSame ? err([{ reason: "nothing_changed" }]) : state;
}

export type DissolveRefusal =
  | FromRefusal
  | DocumentRefusal
  | { readonly reason: "body_still_held"; readonly held: number }
  | { readonly reason: "body_has_children"; readonly children: readonly string[] }
  | { readonly reason: "body_has_duties" }
  | { readonly reason: "body_ended" };

/**
 * Whether a body may end from 00:00 of a day on: whoever is in its offices leaves first, what stands below it is moved or ended first,
 * and its duties go to another first; so nothing hangs in the air.
 */
export function mayDissolve(
  bodies: readonly Body[],
  body: Body,
  held: readonly Span[],
  asked: { readonly fromOn: string; readonly document: string },
  now: Instant,
): Result<{ readonly effectiveAt: Instant }, DissolveRefusal> {
  if (body.endedAt !== null) return err({ reason: "body_ended" });
  const from = readFrom(asked.fromOn, body.changedAt, now);
  if (!from.ok) return from;
  const document = readDocument(asked.document);
  if (document) return err(document);
  const still = held.filter(({ fromAt, untilAt }) => untilAt === null || (untilAt > from.value && untilAt > fromAt));
  if (still.length > 0) return err({ reason: "body_still_held", held: still.length });
  const children = bodies.filter(({ parentId, endedAt }) => parentId === body.bodyId && endedAt === null);
  if (children.length > 0) return err({ reason: "body_has_children", children: children.map(({ name }) => name.zh) });
  return ok({ effectiveAt: from.value });
}
