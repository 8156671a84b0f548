/** How far committee and branch overlap on a day and over time, against what is wished for, and what of it may be said in public. Pure; decides nobody's eligibility (Q6). */
import { type Day, dayOf, endOf, type Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { holdsAt } from "../terms/rules.ts";

/** One person's dated post in one body; `untilAt` is exclusive, null while no end is set. */
export interface DatedTenure {
  readonly personId: string;
  readonly postKind: string;
  readonly bodyKind: string;
  readonly bodyId: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/**
 * How a person came to sit in both: into the committee from the branch, which only an election can do (CC 278(1)(3)); into the branch
 * from the committee, by the branch's own act; or into both on one day, where neither came first.
 */
export type Direction = "into_committee" | "into_branch" | "same_day";

/** Someone who sits in both bodies. */
export interface Crossing {
  readonly personId: string;
  readonly committeePosts: readonly string[];
  readonly branchPosts: readonly string[];
  /** Without a break since, re-election and another post of the same body included. */
  readonly committeeSince: Instant;
  readonly branchSince: Instant;
  readonly direction: Direction;
}

/** Committee and branch of one community as a day ends. People are counted, not posts. */
export interface Overlap {
  readonly day: Day;
  /** Who sits in the committee, each once: chair, deputies and members. Alternates have no seat. */
  readonly committee: readonly string[];
  readonly alternates: readonly string[];
  readonly alternatesInBranch: number;
  readonly branchPeople: number;
  readonly crossings: readonly Crossing[];
  /** Null while one of the two posts is vacant: then nobody can be said to hold both, or not to. */
  readonly chairIsSecretary: boolean | null;
  /** Each branch with how many of its people sit in the committee. */
  readonly branches: readonly { readonly bodyId: string; readonly people: number; readonly inCommittee: number }[];
}

/** An exact fraction; never divided. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** The share of the committee's seats held by people of the branch; null where nobody sits in the committee. */
export const shareOf = ({ committee, crossings }: Overlap): Share | null =>
  committee.length === 0 ? null : { part: crossings.length, whole: committee.length };

const isSeat = ({ bodyKind, postKind }: DatedTenure): boolean =>
  bodyKind === "committee" && postKind !== "committee_alternate";
const isAlternate = ({ bodyKind, postKind }: DatedTenure): boolean =>
  bodyKind === "committee" && postKind === "committee_alternate";
const isBranch = ({ bodyKind }: DatedTenure): boolean => bodyKind === "branch";

const people = (tenures: readonly DatedTenure[]): string[] =>
  [...new Set(tenures.map(({ personId }) => personId))].sort();

/** Since when, without a break, one of these tenures was held up to an instant at which one is. */
function unbrokenSince(tenures: readonly DatedTenure[], at: Instant): Instant {
  let since = Math.min(...tenures.filter((one) => holdsAt(one, at)).map(({ fromAt }) => fromAt));
  for (;;) {
    const before = tenures.filter(({ fromAt, untilAt }) => fromAt < since && untilAt !== null && untilAt >= since);
    if (before.length === 0) return since;
    since = Math.min(...before.map(({ fromAt }) => fromAt));
  }
}

/**
 * The overlap as a day ends (S3): an office that ends today is over, one taken today is held. `branches` are those that exist, so
 * that one with nobody in it is said to have no overlap rather than left out. The order of the tenures does not matter.
 */
export function overlapOf(tenures: readonly DatedTenure[], day: Day, branches: readonly string[] = []): Overlap {
  const at = endOf(day) - 1;
  const held = tenures.filter((one) => holdsAt(one, at));
  const committee = people(held.filter(isSeat));
  const alternates = people(held.filter(isAlternate)).filter((one) => !committee.includes(one));
  const branchPeople = people(held.filter(isBranch));
  const crossings = committee.filter((one) => branchPeople.includes(one)).map((one) => crossingOf(one, tenures, at));
  const holding = (kind: string): string[] => people(held.filter(({ postKind }) => postKind === kind));
  const [chairs, secretaries] = [holding("committee_chair"), holding("branch_secretary")];
  const known = [...new Set([...branches, ...held.filter(isBranch).map(({ bodyId }) => bodyId)])];
  return {
    day,
    committee,
    alternates,
    alternatesInBranch: alternates.filter((one) => branchPeople.includes(one)).length,
    branchPeople: branchPeople.length,
    crossings,
    chairIsSecretary:
      chairs.length === 0 || secretaries.length === 0 ? null : chairs.some((one) => secretaries.includes(one)),
    branches: known.map((bodyId) => {
      const own = people(held.filter((one) => isBranch(one) && one.bodyId === bodyId));
      return { bodyId, people: own.length, inCommittee: own.filter((one) => committee.includes(one)).length };
    }),
  };
}

function crossingOf(personId: string, tenures: readonly DatedTenure[], at: Instant): Crossing {
  const own = tenures.filter((one) => one.personId === personId);
  const [seats, branch] = [own.filter(isSeat), own.filter(isBranch)];
  const postsOf = (those: readonly DatedTenure[]): string[] =>
    [...new Set(those.filter((one) => holdsAt(one, at)).map(({ postKind }) => postKind))].sort();
  const committeeSince = unbrokenSince(seats, at);
  const branchSince = unbrokenSince(branch, at);
  const [seated, joined] = [dayOf(committeeSince), dayOf(branchSince)];
  return {
    personId,
    committeePosts: postsOf(seats),
    branchPosts: postsOf(branch),
    committeeSince,
    branchSince,
    direction: joined < seated ? "into_committee" : seated < joined ? "into_branch" : "same_day",
  };
}

/** The days from `from` to `to`, both included, on which anyone came or went; `from` is always among them. */
export function daysOfChange(tenures: readonly DatedTenure[], from: Day, to: Day): Day[] {
  const days = tenures
    .filter((one) => isSeat(one) || isAlternate(one) || isBranch(one))
    .flatMap(({ fromAt, untilAt }) => [dayOf(fromAt), ...(untilAt === null ? [] : [dayOf(untilAt)])])
    .filter((day) => day > from && day <= to);
  return [from, ...[...new Set(days)].sort()];
}

const figuresOf = (one: Overlap): string =>
  [one.committee.length, one.crossings.length, one.branchPeople, one.alternates.length, one.chairIsSecretary].join();

/** The overlap on `from` and on every later day up to `to` on which one of its figures changed: the points of a timeline. */
export function overlapOverTime(
  tenures: readonly DatedTenure[],
  from: Day,
  to: Day,
  branches: readonly string[] = [],
): Overlap[] {
  const points = daysOfChange(tenures, from, to).map((day) => overlapOf(tenures, day, branches));
  return points.filter((point, at) => at === 0 || figuresOf(point) !== figuresOf(points[at - 1]!));
}

// ——— What is wished for ———

/** What a community or its district wishes for. A wish: it is shown beside the figures and refuses nothing (Q6). */
export interface Wish {
  /** At least so many people of the branch in the committee; 0 wishes nothing. */
  readonly least: number;
  /** At least this share of the seats; null wishes none. */
  readonly share: Share | null;
  /** The chair of the committee is the branch's secretary. */
  readonly chairIsSecretary: boolean;
}

/** One person of the branch in the committee. No law names a number: "双向进入、交叉任职" is policy (Q6), the one is ours. */
export const DEFAULT_WISH: Wish = { least: 1, share: null, chairIsSecretary: false };

export const MOST_WISHED = 11;
const LARGEST_WHOLE = 100;

export type WishFault =
  | { readonly reason: "wish_least_out_of_range"; readonly most: number }
  | { readonly reason: "wish_share_malformed" }
  | { readonly reason: "wish_source_missing" }
  | { readonly reason: "wish_source_too_long"; readonly most: number };

export const LONGEST_SOURCE = 200;

/** A wish as it may be kept, with the document it rests on; or everything that is wrong with it. `share` as typed: "1/3" or empty. */
export function checkWish(asked: {
  readonly least: string;
  readonly share: string;
  readonly chairIsSecretary: boolean;
  readonly source: string;
}): Result<Wish, readonly [WishFault, ...WishFault[]]> {
  const faults: WishFault[] = [];
  const least = /^\d{1,2}$/.test(asked.least.trim()) ? Number(asked.least) : -1;
  if (least < 0 || least > MOST_WISHED) faults.push({ reason: "wish_least_out_of_range", most: MOST_WISHED });
  const share = readShare(asked.share);
  if (share === "malformed") faults.push({ reason: "wish_share_malformed" });
  if (asked.source.trim() === "") faults.push({ reason: "wish_source_missing" });
  if (asked.source.trim().length > LONGEST_SOURCE)
    faults.push({ reason: "wish_source_too_long", most: LONGEST_SOURCE });
  const [first, ...others] = faults;
  if (first || share === "malformed") return err([first!, ...others]);
  return ok({ least, share, chairIsSecretary: asked.chairIsSecretary });
}

function readShare(typed: string): Share | null | "malformed" {
  const text = typed.normalize("NFKC").replaceAll(" ", "");
  if (text === "") return null;
  const [, part, whole] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const share = { part: Number(part), whole: Number(whole) };
  return share.part >= 1 && share.part <= share.whole && share.whole <= LARGEST_WHOLE ? share : "malformed";
}

/** A wish against the figures: met, not met, or null where the figures that may be shown do not tell. */
export interface WishLine {
  readonly kind: "least" | "share" | "chair";
  readonly met: boolean | null;
}

const between = (reaches: (part: number) => boolean, { least, most }: Figure): boolean | null =>
  reaches(least) ? true : reaches(most) ? null : false;

/** The wish line by line. A share is compared by cross-multiplication: 2 of 5 is not one half. */
export function wishLines(wish: Wish, figure: Figure, chairIsSecretary: boolean | null): WishLine[] {
  const { share } = wish;
  return [
    ...(wish.least > 0 ? [{ kind: "least" as const, met: between((part) => part >= wish.least, figure) }] : []),
    ...(share
      ? [
          {
            kind: "share" as const,
            met:
              figure.seats === 0 ? false : between((part) => part * share.whole >= figure.seats * share.part, figure),
          },
        ]
      : []),
    ...(wish.chairIsSecretary ? [{ kind: "chair" as const, met: chairIsSecretary === true }] : []),
  ];
}

// ——— What may be said in public (PIPL 28–29) ———

/** How many of the seats are held by people of the branch: between `least` and `most`, which are the same where that tells of nobody. */
export interface Figure {
  readonly seats: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The figure of one day as the public may have it. Who sits in the committee is public by name; so where everybody of whom nothing is
 * said by name is of the branch (5 of 5, 1 of 1), the exact figure would say it of each of them, and a range stands in its place.
 * `named`: how many of the overlapping are named as such already.
 */
export function figureOf(seats: number, overlapping: number, named: number): Figure {
  const hidden = overlapping - named;
  const isTelling = hidden > 0 && hidden === seats - named;
  const least = isTelling ? Math.max(named, Math.min(overlapping - 1, Math.floor(seats / 2) + 1)) : overlapping;
  return { seats, least, most: overlapping };
}

/**
 * The figures of points in time, in order, as the public may have them. Beside `figureOf`: a figure that moves just as people come to
 * the committee or leave it tells of them when it is true of all who came, or of all who left. There too it is a range, until a later
 * change makes it say nothing of anyone in particular. `isNamed`: whether someone's place in the branch is public by name.
 */
export function publicFigures(points: readonly Overlap[], isNamed: (crossing: Crossing) => boolean): Figure[] {
  let base: { readonly point: Overlap; readonly hidden: readonly string[]; readonly rest: readonly string[] } | null =
    null;
  return points.map((point) => {
    const named = point.crossings.filter(isNamed).map(({ personId }) => personId);
    const hidden = point.crossings.map(({ personId }) => personId).filter((one) => !named.includes(one));
    const rest = point.committee.filter((one) => !named.includes(one));
    const exact = point.crossings.length;
    let { seats, least, most } = figureOf(point.committee.length, exact, named.length);
    if (base && base.point.committee.length > 0 && base.point.crossings.length !== exact) {
      const { committee } = base.point;
      const came = rest.filter((one) => !committee.includes(one));
      const went = base.rest.filter((one) => !point.committee.includes(one));
      const was = base.hidden;
      if (came.length > 0 && came.every((one) => hidden.includes(one))) least = Math.min(least, exact - came.length);
      if (went.length > 0 && went.every((one) => was.includes(one))) most = Math.min(seats, exact + went.length);
    }
    if (least === most) base = { point, hidden, rest };
    return { seats, least, most };
  });
}
