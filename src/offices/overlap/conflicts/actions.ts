/** Whether someone may take a post beside those they hold; setting the rules, granting waivers and taking them back. No HTTP. */
import { endOf, isDay, startOf } from "../../../kernel/day.ts";
import { newId, type PersonId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { assertFrom, type Query, sql } from "../../../platform/db.ts";
import { type Once, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import type { Json } from "../../../record/canonical.ts";
import { appendLeaf } from "../../../record/store.ts";
import { findPerson } from "../../people/store.ts";
import { LONGEST_DOCUMENT } from "../../terms/rules.ts";
import {
  type Conflict,
  checkRule,
  conflictsOf,
  type GrantFault,
  maySetRule,
  mayWaive,
  type PairRule,
  type RuleFault,
  sift,
  type Waived,
} from "./rules.ts";
import {
  assertRuleVersion,
  findWaiver,
  heldFrom,
  insertRule,
  insertWaiver,
  insertWaiverEnd,
  listHeldPosts,
  listRuleRows,
  listWaiversOf,
  type Recording,
  rulesFromRows,
  type WaiverRow,
  type Wanted,
} from "./store.ts";

/** Posts the person holds, or left too lately, stand against the wanted one. None is listed where the write found what the reading had not. */
export interface ConflictRefusal {
  readonly reason: "conflicting_post";
  readonly conflicts: readonly Conflict[];
}

/**
 * Whether nothing stands in the way of one person's taking one post (S3): the waivers by which that is so, for `useWaivers`, or every
 * conflict. One round trip, none for somebody new. Beside it `guardConflicts` goes into the batch: this reads, that holds.
 */
export async function checkConflicts(
  scene: Recording,
  { personId, postKind, span }: Wanted,
): Promise<Result<readonly Waived[], ConflictRefusal>> {
  if (personId === null) return ok([]);
  const [held, rules, waivers] = await scene.db.read(
    listHeldPosts(scene, personId),
    listRuleRows(scene),
    listWaiversOf(scene, personId),
  );
  const conflicts = conflictsOf(heldFrom(held), { postKind, span }, rulesFromRows(rules));
  const recordedBy = scene.actor?.personId ?? "";
  const { standing, waived } = sift(conflicts, waivers, { personId, postKind, span }, recordedBy);
  return standing.length > 0 ? err({ reason: "conflicting_post", conflicts: standing }) : ok(waived);
}

// ——— Rules ———

/** A rule as typed; `key` is empty for a new one. */
export type RuleAsked = Parameters<typeof checkRule>[0];

export type RuleRefusal =
  | { readonly reason: "rule_faulty"; readonly faults: readonly [RuleFault, ...RuleFault[]] }
  | { readonly reason: "rule_not_yours" }
  | { readonly reason: "unknown_rule" }
  | { readonly reason: "rule_changed_meanwhile" }
  | { readonly reason: "key_reused" };

/** Sets a rule anew, with a leaf that says from what to what; `seen` is the version the form was made from, 0 for a default or a new one. */
export async function saveRule(
  scene: StaffScene,
  asked: RuleAsked,
  seen: number,
  onceKey: string,
): Promise<Result<{ key: string }, RuleRefusal>> {
  const { actor } = scene;
  const [rows] = await scene.db.read(listRuleRows(scene));
  const current = rulesFromRows(rows).find(({ key }) => key === asked.key);
  if (asked.key !== "" && !current) return err({ reason: "unknown_rule" });
  const key = current?.key ?? `own-${newId<string>(scene.random)}`;
  const checked = checkRule({ ...asked, key });
  if (!checked.ok) return err({ reason: "rule_faulty", faults: checked.error });
  const posts = actor.posts.map(({ kind }) => kind);
  if (![checked.value, ...(current ? [current] : [])].every((rule) => maySetRule(posts, rule)))
    return err({ reason: "rule_not_yours" });
  const version = seen + 1;
  const leaf = appendLeaf(scene, "overlap.rule_set", {
    rule: key,
    version,
    from: current ? said(current) : null,
    to: said(checked.value),
  });
  const statements = [
    assertHolds(scene, "rule_not_yours", (rule) => maySetRule([rule], checked.value)),
    insertRule(scene, checked.value, version, actor.personId),
    leaf.statement,
  ];
  const once = { key: onceKey, body: JSON.stringify({ rule: asked, seen }) };
  const written = await writeOnce(scene, once, [assertRuleVersion(scene, key, seen), ...statements], { key });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "rule_changed_meanwhile":
    case "setting_changed_meanwhile":
      return err({ reason: "rule_changed_meanwhile" });
    case "rule_not_yours":
      return err({ reason: "rule_not_yours" });
    default:
      throw new Error(`setting a rule refused: ${written.error.code}`);
  }
}

const said = ({ kind, left, right, answer, months, waivedBy, source }: PairRule): Json => ({
  kind,
  left,
  right,
  answer,
  months,
  waivedBy,
  source: source.zh,
});

/** Asserts that the actor still holds a post that may: their office can have ended since their page was read. */
function assertHolds(scene: StaffScene, code: string, may: (post: string) => boolean): Query {
  const { db, community, now, actor } = scene;
  const kinds = [...new Set(actor.posts.map(({ kind }) => kind))].filter(may);
  return assertFrom(
    db,
    code,
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${actor.personId} AND h.from_at <= CAST(${now} AS INTEGER)
          AND h.until_at > CAST(${now} AS INTEGER) AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)})))`,
  );
}

// ——— Waivers ———

/** A waiver as typed. Days inclusive; `lastOn` empty where it has no end. */
export interface WaiverAsked {
  readonly ruleKey: string;
  readonly personId: string;
  readonly postKind: string;
  readonly fromOn: string;
  readonly lastOn: string;
  readonly document: string;
}

export type WaiverRefusal =
  | GrantFault
  | { readonly reason: "unknown_rule" }
  | { readonly reason: "unknown_person" }
  | { readonly reason: "unknown_waiver" }
  | { readonly reason: "waiver_day_missing"; readonly field: "fromOn" | "lastOn" }
  | { readonly reason: "waiver_ends_before_start" }
  | { readonly reason: "waiver_document_missing" }
  | { readonly reason: "waiver_document_too_long"; readonly most: number }
  | { readonly reason: "waiver_withdrawn" }
  | { readonly reason: "rule_changed_meanwhile" }
  | { readonly reason: "key_reused" };

/** Grants a waiver: by a post the rule names, for somebody else, dated, in the record. Answers a repeat with the first answer. */
export async function grantWaiver(
  scene: StaffScene,
  asked: WaiverAsked,
  onceKey: string,
): Promise<Result<{ waiverId: string }, WaiverRefusal>> {
  const { actor } = scene;
  const [rows, people, held] = await scene.db.read(
    listRuleRows(scene),
    findPerson(scene, asked.personId),
    listHeldPosts(scene, asked.personId),
  );
  const rule = rulesFromRows(rows).find(({ key }) => key === asked.ruleKey);
  if (!rule) return err({ reason: "unknown_rule" });
  if (people.length === 0) return err({ reason: "unknown_person" });
  const granter = { personId: actor.personId, posts: actor.posts.map(({ kind }) => kind) };
  const may = mayWaive(rule, granter, asked, heldFrom(held));
  if (!may.ok) return may;
  if (!isDay(asked.fromOn)) return err({ reason: "waiver_day_missing", field: "fromOn" });
  if (asked.lastOn !== "" && !isDay(asked.lastOn)) return err({ reason: "waiver_day_missing", field: "lastOn" });
  if (asked.lastOn !== "" && asked.lastOn < asked.fromOn) return err({ reason: "waiver_ends_before_start" });
  const written = documentOf(asked.document);
  if (!written.ok) return written;
  const waiver = insertWaiver(
    scene,
    {
      ruleKey: rule.key,
      personId: asked.personId as PersonId,
      postKind: asked.postKind,
      span: { fromAt: startOf(asked.fromOn), untilAt: asked.lastOn === "" ? null : endOf(asked.lastOn) },
      grantedAs: may.value,
      document: written.value,
    },
    actor.personId,
  );
  const guards = [
    assertRuleVersion(scene, rule.key, rule.version),
    assertHolds(scene, "waiver_not_yours", (post) => post === may.value),
  ];
  const done = await writeOnce(scene, onceOf(scene, onceKey, asked), [...guards, ...waiver.statements], {
    waiverId: waiver.waiverId,
  });
  if (done.ok) return done;
  if (done.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (done.error.code) {
    case "rule_changed_meanwhile":
      return err({ reason: "rule_changed_meanwhile" });
    case "waiver_not_yours":
      return err({ reason: "waiver_not_yours", waivedBy: rule.waivedBy });
    default:
      throw new Error(`granting a waiver refused: ${done.error.code}`);
  }
}

/** Takes a waiver back: whoever may grant it may. Offices taken by it stay. A repeat by the same person is answered alike. */
export async function withdrawWaiver(
  scene: StaffScene,
  asked: { readonly waiverId: string; readonly document: string },
): Promise<Result<null, WaiverRefusal>> {
  const [found, rows] = await scene.db.read(findWaiver(scene, asked.waiverId), listRuleRows(scene));
  const waiver = found[0];
  if (!waiver) return err({ reason: "unknown_waiver" });
  const isRepeat = (row: WaiverRow | undefined): boolean => row?.withdrawnBy === scene.actor.personId;
  if (waiver.withdrawnAt !== null) return isRepeat(waiver) ? ok(null) : err({ reason: "waiver_withdrawn" });
  // Also where the rule has changed since: the post it was granted from can always take it back.
  const rule = rulesFromRows(rows).find(({ key }) => key === waiver.ruleKey);
  const waivedBy = [...new Set([waiver.grantedAs, ...(rule?.waivedBy ?? [])])];
  if (!scene.actor.posts.some(({ kind }) => waivedBy.includes(kind)))
    return err({ reason: "waiver_not_yours", waivedBy });
  const document = documentOf(asked.document);
  if (!document.ok) return document;
  const end = { waiverId: asked.waiverId, document: document.value };
  const written = await scene.db.write([
    assertHolds(scene, "waiver_not_yours", (post) => waivedBy.includes(post)),
    ...insertWaiverEnd(scene, end, scene.actor.personId),
  ]);
  if (written.ok) return ok(null);
  switch (written.error.code) {
    case "waiver_withdrawn": {
      const [again] = await scene.db.read(findWaiver(scene, asked.waiverId));
      return isRepeat(again[0]) ? ok(null) : err({ reason: "waiver_withdrawn" });
    }
    case "waiver_not_yours":
      return err({ reason: "waiver_not_yours", waivedBy });
    default:
      throw new Error(`withdrawing a waiver refused: ${written.error.code}`);
  }
}

function documentOf(typed: string): Result<string, WaiverRefusal> {
  const document = typed.trim();
  if (document === "") return err({ reason: "waiver_document_missing" });
  return document.length > LONGEST_DOCUMENT
    ? err({ reason: "waiver_document_too_long", most: LONGEST_DOCUMENT })
    : ok(document);
}

const onceOf = (scene: Scene, key: string, body: object): Once => ({
  key,
  body: scene.keys.index(JSON.stringify(body), "once:waiver"),
});
