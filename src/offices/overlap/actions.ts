/** The overlap of committee and branch as the public may have it; the wish; consents to be named. No HTTP. */
import { addMonths, type Day, dayOf, type Instant, startOf } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertFrom, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { openName } from "../people/store.ts";
import { mayBeNamed, PERMISSIONS, type PostKind } from "../rules.ts";
import { LONGEST_DOCUMENT } from "../terms/rules.ts";
import { listRuleRows, rulesFromRows, type StandingRule } from "./conflicts/store.ts";
import {
  type Crossing,
  checkWish,
  type Direction,
  daysOfChange,
  type Figure,
  type Overlap,
  overlapOf,
  publicFigures,
  type Wish,
  type WishFault,
  type WishLine,
  wishLines,
} from "./rules.ts";
import {
  type BranchRow,
  countUsedWaivers,
  findConsent,
  findWish,
  insertConsent,
  insertWish,
  listBranches,
  listBranchPeople,
  listOverlapTenures,
  listUsedWaivers,
  type OverlapTenure,
  type UsedWaiver,
  wishFrom,
} from "./store.ts";

// ——— The overlap ———

/** How far back a timeline looks, in months: two terms of a committee. */
export const TIMELINE_MONTHS = 120;

/** Someone who sits in both bodies and may be named. */
export interface NamedCrossing {
  readonly name: string;
  readonly committee: Bilingual;
  readonly branch: Bilingual;
  readonly committeeSince: Instant;
  readonly branchSince: Instant;
  readonly direction: Direction;
}

/** A stretch of a named person in one of the two bodies, for the timeline. */
export interface NamedTenure {
  readonly name: string;
  readonly personId: string;
  readonly bodyKind: "committee" | "branch";
  readonly title: Bilingual;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/** An office taken by a waiver; without a name where the public may not know of both posts. */
export interface ShownWaiver
  extends Pick<UsedWaiver, "postKind" | "grantedAs" | "usedAt" | "leafHash" | "fromAt" | "untilAt"> {
  readonly name: string | null;
  readonly rule: StandingRule | null;
}

/** What the public page and the API say. */
export interface PublicOverlap {
  readonly day: Day;
  readonly figure: Figure;
  readonly alternates: number;
  readonly branchPeople: number;
  readonly chairIsSecretary: boolean | null;
  readonly branches: readonly BranchRow[];
  /** Branches nobody of which sits in the committee. */
  readonly apart: readonly BranchRow[];
  readonly named: readonly NamedCrossing[];
  readonly wish: Wish;
  readonly wishSource: string;
  readonly wishLines: readonly WishLine[];
  /** The first day of the timeline, and the points at which what is shown changed. */
  readonly from: Day;
  readonly history: readonly { readonly day: Day; readonly figure: Figure }[];
  readonly tenures: readonly NamedTenure[];
  readonly rules: readonly StandingRule[];
  readonly waivers: readonly ShownWaiver[];
  readonly usedWaivers: number;
}

const isNamedTenure = ({ postKind, consented }: OverlapTenure): boolean => mayBeNamed(postKind, consented === 1);

/**
 * The overlap as a day ends, its history, and what stands beside it, with nobody named of whom the public may not know (PIPL 28–29).
 * One round trip; rows read follow the tenures of two terms.
 */
export async function readOverlap(
  scene: Scene,
  day: Day,
  page: { readonly limit: number; readonly offset: number },
): Promise<PublicOverlap> {
  const earliest = addMonths(day, -TIMELINE_MONTHS);
  const [tenures, branches, wishRows, ruleRows, used, count] = await scene.db.read(
    listOverlapTenures(scene, startOf(earliest)),
    listBranches(scene),
    findWish(scene),
    listRuleRows(scene),
    listUsedWaivers(scene, page),
    countUsedWaivers(scene),
  );
  const known = tenures.filter(isNamedTenure);
  const isNamed = ({ personId, branchPosts }: Crossing): boolean =>
    known.some((one) => one.personId === personId && one.bodyKind === "branch" && branchPosts.includes(one.postKind));
  const began = tenures.map(({ fromAt }) => dayOf(fromAt)).reduce((first, one) => (one < first ? one : first), day);
  const from = began < earliest ? earliest : began;
  const points = daysOfChange(tenures, from, day).map((on) =>
    overlapOf(
      tenures,
      on,
      branches.map(({ bodyId }) => bodyId),
    ),
  );
  const figures = publicFigures(points, isNamed);
  const overlap = points.at(-1)!;
  const figure = figures.at(-1)!;
  const history = points.map((point, at) => ({ day: point.day, figure: figures[at]! }));
  const { wish, source } = wishFrom(wishRows);
  const rules = rulesFromRows(ruleRows);
  const crossed = new Set(points.flatMap(({ crossings }) => crossings.filter(isNamed).map(({ personId }) => personId)));
  return {
    day,
    figure,
    alternates: overlap.alternates.length,
    branchPeople: overlap.branchPeople,
    chairIsSecretary: overlap.chairIsSecretary,
    branches,
    apart: branches.filter(({ bodyId }) =>
      overlap.branches.some((one) => one.bodyId === bodyId && one.inCommittee === 0),
    ),
    named: await Promise.all(
      overlap.crossings.filter(isNamed).map((crossing) => namedCrossing(scene, crossing, tenures, overlap)),
    ),
    wish,
    wishSource: source,
    wishLines: wishLines(wish, figure, overlap.chairIsSecretary),
    from,
    history: history.filter(({ figure: one }, at) => at === 0 || !isSame(one, history[at - 1]!.figure)),
    tenures: await Promise.all(
      known
        .filter(({ personId, postKind }) => crossed.has(personId) && postKind !== "committee_alternate")
        .map(async (row) => ({
          name: await openName(scene, row),
          personId: row.personId,
          bodyKind: row.bodyKind as "committee" | "branch",
          title: { zh: row.titleZh, en: row.titleEn },
          fromAt: row.fromAt,
          untilAt: row.untilAt,
        })),
    ),
    rules,
    waivers: await Promise.all(used.map((row) => shownWaiver(scene, row, rules))),
    usedWaivers: count[0]?.used ?? 0,
  };
}

const isSame = (one: Figure, other: Figure): boolean =>
  one.seats === other.seats && one.least === other.least && one.most === other.most;

async function namedCrossing(
  scene: Scene,
  { personId, committeePosts, branchPosts, committeeSince, branchSince, direction }: Crossing,
  tenures: readonly OverlapTenure[],
  { day }: Overlap,
): Promise<NamedCrossing> {
  const own = tenures.filter((one) => one.personId === personId && dayOf(one.fromAt) <= day);
  // The newest title of each kind: a post may have been renamed or moved to another body.
  const titleOf = (kinds: readonly string[]): Bilingual => {
    const rows = kinds.flatMap((kind) => own.filter(({ postKind }) => postKind === kind).slice(-1));
    return { zh: rows.map(({ titleZh }) => titleZh).join("、"), en: rows.map(({ titleEn }) => titleEn).join(", ") };
  };
  const isShown = (kind: string): boolean =>
    own.some((one) => one.postKind === kind && mayBeNamed(one.postKind, one.consented === 1));
  return {
    name: await openName(scene, own[0]!),
    committee: titleOf(committeePosts),
    branch: titleOf(branchPosts.filter(isShown)),
    committeeSince,
    branchSince,
    direction,
  };
}

async function shownWaiver(scene: Scene, row: UsedWaiver, rules: readonly StandingRule[]): Promise<ShownWaiver> {
  const rule = rules.find(({ key }) => key === row.ruleKey) ?? null;
  const kinds = [row.postKind, ...(rule ? [...rule.left, ...rule.right] : [])] as PostKind[];
  // The rule tells which other posts it may have been: named only where all of them may be.
  const maySay = kinds.every((kind) => mayBeNamed(kind, row.consented === 1));
  const { postKind, grantedAs, usedAt, leafHash, fromAt, untilAt } = row;
  return {
    postKind,
    grantedAs,
    usedAt,
    leafHash,
    fromAt,
    untilAt,
    rule,
    name: maySay ? await openName(scene, row) : null,
  };
}

// ——— The wish ———

export type WishRefusal =
  | { readonly reason: "wish_faulty"; readonly faults: readonly [WishFault, ...WishFault[]] }
  | { readonly reason: "wish_changed_meanwhile" }
  | { readonly reason: "key_reused" };

/** Sets what is wished for, with a leaf that says from what to what; `seen` is the version the form was made from. */
export async function saveWish(
  scene: StaffScene,
  asked: Parameters<typeof checkWish>[0],
  seen: number,
  onceKey: string,
): Promise<Result<null, WishRefusal>> {
  const { actor, db, community, now } = scene;
  const checked = checkWish(asked);
  if (!checked.ok) return err({ reason: "wish_faulty", faults: checked.error });
  const [rows] = await db.read(findWish(scene));
  const version = seen + 1;
  const source = asked.source.trim();
  const leaf = appendLeaf(scene, "overlap.wish_set", {
    version,
    from: wishFrom(rows).wish as unknown as Json,
    to: checked.value as unknown as Json,
    source,
  });
  const kinds = JSON.stringify(PERMISSIONS["overlap.manage"]);
  const statements = [
    assertFrom(
      db,
      "wish_changed_meanwhile",
      sql`SELECT coalesce(max(version), 0) = CAST(${seen} AS INTEGER) FROM setting WHERE community_id = ${community.id} AND key = 'overlap.wish'`,
    ),
    assertFrom(
      db,
      "wish_changed_meanwhile",
      sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
          WHERE h.community_id = ${community.id} AND h.person_id = ${actor.personId} AND h.from_at <= CAST(${now} AS INTEGER)
            AND h.until_at > CAST(${now} AS INTEGER) AND p.kind IN (SELECT value FROM json_each(${kinds})))`,
    ),
    insertWish(scene, checked.value, { version, source, setBy: actor.personId }),
    leaf.statement,
  ];
  const once = { key: onceKey, body: JSON.stringify({ wish: checked.value, source, seen }) };
  const written = await writeOnce(scene, once, statements, null);
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (["wish_changed_meanwhile", "setting_changed_meanwhile"].includes(written.error.code))
    return err({ reason: "wish_changed_meanwhile" });
  throw new Error(`setting the wish refused: ${written.error.code}`);
}

// ——— Consents ———

export type ConsentRefusal =
  | { readonly reason: "not_of_the_branch" }
  | { readonly reason: "consent_document_missing" }
  | { readonly reason: "consent_document_too_long"; readonly most: number }
  | { readonly reason: "consent_changed_meanwhile" };

/** What stands in place of a paper when someone signed in speaks for themselves. */
const BY_ONESELF = "本人登录办理";

/**
 * Records that someone agrees to be named as of the branch, or takes that back: the person themselves, or whoever may record it for
 * them with the paper they signed. Taking back needs no office and no reason (PIPL 15). A word that stands already is not written twice.
 */
export async function recordConsent(
  scene: StaffScene,
  asked: { readonly personId: PersonId; readonly given: boolean; readonly document: string },
): Promise<Result<null, ConsentRefusal>> {
  const { personId, given } = asked;
  const document = personId === scene.actor.personId ? BY_ONESELF : asked.document.trim();
  const [people, words] = await scene.db.read(listBranchPeople(scene, personId), findConsent(scene, personId));
  const current = words[0] ?? { version: 0, given: 0 };
  if (given && people.length === 0) return err({ reason: "not_of_the_branch" });
  if (document === "") return err({ reason: "consent_document_missing" });
  if (document.length > LONGEST_DOCUMENT) return err({ reason: "consent_document_too_long", most: LONGEST_DOCUMENT });
  if ((current.given === 1) === given) return ok(null);
  const version = current.version + 1;
  const written = await scene.db.write(
    insertConsent(scene, { personId, version, given, document }, scene.actor.personId),
  );
  if (written.ok) return ok(null);
  if (written.error.code !== "consent_changed_meanwhile")
    throw new Error(`recording a consent refused: ${written.error.code}`);
  const [again] = await scene.db.read(findConsent(scene, personId));
  return (again[0]?.given === 1) === given ? ok(null) : err({ reason: "consent_changed_meanwhile" });
}
