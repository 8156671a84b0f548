/** The SQL of posts that stand in each other's way: the rules in force, the guard in the write, waivers and their use. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { addMonths, dayOf, type Instant, startOf } from "../../../kernel/day.ts";
import { newId, type PersonId } from "../../../kernel/id.ts";
import type { Actor } from "../../../platform/access.ts";
import { assertFrom, type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../../record/rules.ts";
import { appendLeaf } from "../../../record/store.ts";
import type { Span } from "../../terms/rules.ts";
import { overlapWaiver, overlapWaiverEnd, overlapWaiverUse } from "../schema.ts";
import {
  DEFAULT_PAIRS,
  type HeldPost,
  MOST_MONTHS,
  type PairRule,
  tooLateFrom,
  type Waived,
  type Waiver,
} from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

/** A scene in which someone may be recording: a waiver they granted themselves does not help them. */
export type Recording = Scene & { readonly actor?: Pick<Actor, "personId"> };

/** A post one person is to take. `personId` is null for somebody who was in no office before: nothing stands in their way. */
export interface Wanted {
  readonly personId: PersonId | null;
  readonly postKind: string;
  readonly span: Span;
}

// ——— The rules in force ———

const PREFIX = "overlap.rule.";

export interface RuleRow {
  readonly key: string;
  readonly version: number;
  readonly value: string;
  readonly clause: string;
  readonly setBy: string;
  readonly setAt: Instant;
}

/** The newest version of each rule that was set here. */
export const listRuleRows = ({ db, community }: Here): Query<RuleRow[]> =>
  db.all<RuleRow>(
    sql`SELECT substr(key, ${PREFIX.length + 1}) AS key, max(version) AS version, value, clause, set_by AS setBy, set_at AS setAt FROM setting
        WHERE community_id = ${community.id} AND key >= ${PREFIX} AND key < ${`${PREFIX}~`} GROUP BY setting.key`,
  );

/** What is kept of a rule; its source is the setting's clause. */
type Kept = Omit<PairRule, "source">;

/** A rule with the version it stands in: 0 for a default nobody touched. */
export interface StandingRule extends PairRule {
  readonly version: number;
  readonly setAt: Instant | null;
}

/** The rules in force: the defaults in their order, each as it was last set, then the community's own. */
export function rulesFromRows(rows: readonly RuleRow[]): StandingRule[] {
  const set = new Map(
    rows.map(({ key, version, value, clause, setAt }) => {
      const kept = JSON.parse(value) as Kept;
      return [key, { ...kept, key, version, setAt, source: { zh: clause, en: clause } }] as const;
    }),
  );
  const defaults = DEFAULT_PAIRS.map((rule) => set.get(rule.key) ?? { ...rule, version: 0, setAt: null });
  const own = [...set.values()].filter(({ key }) => DEFAULT_PAIRS.every((rule) => rule.key !== key));
  return [...defaults, ...own.sort((a, b) => a.setAt - b.setAt)];
}

const keptText = ({ key, kind, left, right, answer, months, waivedBy }: PairRule): string =>
  JSON.stringify({ key, kind, left, right, answer, months, waivedBy } satisfies Kept);

/** A rule's next version, for the batch of the act that sets it; refused by the table when that version is there (`setting_changed_meanwhile`). */
export const insertRule = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  rule: PairRule,
  version: number,
  setBy: string,
): Query =>
  db.run(
    sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
        VALUES (${community.id}, ${PREFIX + rule.key}, CAST(${version} AS INTEGER), ${keptText(rule)}, ${rule.source.zh}, ${setBy}, ${now})`,
  );

/** Asserts that a rule stands in the version its page was made from. */
export const assertRuleVersion = ({ db, community }: Here, key: string, version: number): Query =>
  assertFrom(
    db,
    "rule_changed_meanwhile",
    sql`SELECT coalesce(max(version), 0) = CAST(${version} AS INTEGER) FROM setting WHERE community_id = ${community.id} AND key = ${PREFIX + key}`,
  );

// ——— Who holds what ———

/** Every post of one person, ever. */
export const listHeldPosts = ({ db, community }: Here, personId: string): Query<HeldRow[]> =>
  db.all<HeldRow>(
    sql`SELECT h.tenure_id AS tenureId, p.kind AS postKind, h.from_at AS fromAt, nullif(h.until_at, ${OPEN}) AS untilAt, ${corrected} AS corrected
        FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId} ORDER BY h.from_at, h.tenure_id`,
  );
type HeldRow = Omit<HeldPost, "corrected"> & { readonly corrected: number };
export const heldFrom = (rows: readonly HeldRow[]): HeldPost[] =>
  rows.map((row) => ({ ...row, corrected: row.corrected === 1 }));

// The database's word for "no end", as in the view office_span.
const OPEN = sql.raw("9007199254740991");
const corrected = sql.raw(
  "EXISTS (SELECT 1 FROM office_tenure_end x WHERE x.community_id = h.community_id AND x.tenure_id = h.tenure_id AND x.ended_at = h.until_at AND x.act_kind = 'correction')",
);

/** Someone who holds one of these posts, or left it at `since` or later. */
export interface HolderOfKind {
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly postKind: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/** Who holds, will hold or lately held a post of these kinds, for choosing whom a waiver is for; newest first. */
export const listHoldersOf = (
  { db, community }: Here,
  kinds: readonly string[],
  since: Instant,
): Query<HolderOfKind[]> =>
  db.all<HolderOfKind>(
    sql`SELECT h.person_id AS personId, n.name_sealed AS nameSealed, p.kind AS postKind, h.from_at AS fromAt, nullif(h.until_at, ${OPEN}) AS untilAt
        FROM office_post p
        JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
        JOIN office_person n ON n.community_id = h.community_id AND n.person_id = h.person_id
        WHERE p.community_id = ${community.id} AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))
          AND h.until_at > CAST(${since} AS INTEGER) AND h.until_at > h.from_at
        ORDER BY h.from_at DESC, h.tenure_id LIMIT 200`,
  );

// ——— The guard in the write ———

const within = (list: string, kind: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(r.rule, ${sql.raw(`'$.${list}'`)}) one WHERE one.value = ${kind})`;
const asked = (member: string): SQL => sql.raw(`json_extract(w.value, '$.${member}')`);

/**
 * Statements for the batch in which people take posts: they abort it with `conflicting_post` when a rule in force at that moment stands
 * against one of them and no waiver lifts it. The same as `conflictsOf` and `lifts` of the rules, said once more where two requests
 * cannot both be first. They may stand before or after the tenures they guard: no rule sets a post against itself.
 */
export function guardConflicts(scene: Recording, wanted: readonly Wanted[]): Query[] {
  const known = wanted.filter(({ personId }) => personId !== null);
  if (known.length === 0) return [];
  const { db, community, actor } = scene;
  const c = community.id;
  const months = Array.from({ length: MOST_MONTHS + 1 }, (_, at) => at);
  const list = known.map(({ personId, postKind, span }) => ({
    personId,
    postKind,
    fromAt: span.fromAt,
    untilAt: span.untilAt ?? Number.MAX_SAFE_INTEGER,
    // By months of cooling off: a post left from here on was left too late, and one taken before there is taken too early.
    leftFrom: months.map((n) => startOf(tooLateFrom(dayOf(span.fromAt), n))),
    freeFrom: months.map((n) =>
      span.untilAt === null ? Number.MAX_SAFE_INTEGER : startOf(addMonths(dayOf(span.untilAt), n)),
    ),
  }));
  const month = sql.raw("'[' || json_extract(r.rule, '$.months') || ']'");
  const holdsLeft = sql`(${within("left", sql.raw("p.kind"))} AND ${within("right", asked("postKind"))})`;
  const holdsRight = sql`(${within("right", sql.raw("p.kind"))} AND ${within("left", asked("postKind"))})`;
  const atOnce = sql`h.from_at < ${asked("untilAt")} AND h.until_at > ${asked("fromAt")}`;
  const before = sql`h.from_at <= ${asked("fromAt")} AND h.until_at >= json_extract(w.value, '$.leftFrom' || ${month})`;
  const after = sql`h.from_at >= ${asked("fromAt")} AND h.from_at < json_extract(w.value, '$.freeFrom' || ${month})`;
  const lifted = sql`json_extract(r.rule, '$.answer') = 'waiver' AND EXISTS (SELECT 1 FROM overlap_waiver v
      WHERE v.community_id = ${c} AND v.person_id = h.person_id AND v.rule_key = json_extract(r.rule, '$.key')
        AND v.post_kind = ${asked("postKind")} AND v.from_at <= ${asked("fromAt")} AND coalesce(v.until_at, ${OPEN}) > ${asked("fromAt")}
        AND ${within("waivedBy", sql.raw("v.granted_as"))} AND v.granted_by <> v.person_id AND v.granted_by <> ${actor?.personId ?? ""}
        AND NOT EXISTS (SELECT 1 FROM overlap_waiver_end e WHERE e.community_id = v.community_id AND e.waiver_id = v.waiver_id))`;
  return [
    assertFrom(
      db,
      "conflicting_post",
      sql`WITH r AS (
            SELECT s.value AS rule FROM setting s WHERE s.community_id = ${c} AND s.key >= ${PREFIX} AND s.key < ${`${PREFIX}~`}
              AND s.version = (SELECT max(n.version) FROM setting n WHERE n.community_id = s.community_id AND n.key = s.key)
            UNION ALL
            SELECT d.value FROM json_each(${`[${DEFAULT_PAIRS.map(keptText).join()}]`}) d WHERE NOT EXISTS (
              SELECT 1 FROM setting n WHERE n.community_id = ${c} AND n.key = ${PREFIX} || json_extract(d.value, '$.key')))
          SELECT NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(list)}) w
            JOIN office_span h ON h.community_id = ${c} AND h.person_id = ${asked("personId")} AND h.until_at > h.from_at
            JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
            JOIN r ON json_extract(r.rule, '$.answer') <> 'off'
            WHERE (CASE json_extract(r.rule, '$.kind') WHEN 'exclusive' THEN (${holdsLeft} OR ${holdsRight}) AND ${atOnce}
                   ELSE NOT ${corrected} AND ((${holdsLeft} AND ${before}) OR (${holdsRight} AND ${after})) END)
              AND NOT (${lifted}))`,
    ),
  ];
}

// ——— Waivers ———

const WAIVER = sql.raw(
  `v.waiver_id AS waiverId, v.rule_key AS ruleKey, v.person_id AS personId, v.post_kind AS postKind, v.from_at AS fromAt,
   v.until_at AS untilAt, v.granted_by AS grantedBy, v.granted_as AS grantedAs, e.withdrawn_at AS withdrawnAt`,
);

/** Every waiver ever granted to one person. */
export const listWaiversOf = ({ db, community }: Here, personId: string): Query<Waiver[]> =>
  db.all<Waiver>(
    sql`SELECT ${WAIVER} FROM overlap_waiver v
        LEFT JOIN overlap_waiver_end e ON e.community_id = v.community_id AND e.waiver_id = v.waiver_id
        WHERE v.community_id = ${community.id} AND v.person_id = ${personId} ORDER BY v.granted_at, v.waiver_id`,
  );

/** A waiver as the desk shows it. */
export interface WaiverRow extends Waiver {
  readonly personId: PersonId;
  readonly document: string;
  readonly grantedAt: Instant;
  readonly leafHash: string;
  readonly withdrawnBy: string | null;
  readonly nameSealed: string;
  /** How many took office by it. */
  readonly uses: number;
}

const waivers = ({ db, community }: Here, where: SQL, rest: SQL): Query<WaiverRow[]> =>
  db.all<WaiverRow>(
    sql`SELECT ${WAIVER}, v.document, v.granted_at AS grantedAt, v.leaf_hash AS leafHash, e.withdrawn_by AS withdrawnBy, n.name_sealed AS nameSealed,
               (SELECT count(*) FROM overlap_waiver_use u WHERE u.community_id = v.community_id AND u.waiver_id = v.waiver_id) AS uses
        FROM overlap_waiver v
        JOIN office_person n ON n.community_id = v.community_id AND n.person_id = v.person_id
        LEFT JOIN overlap_waiver_end e ON e.community_id = v.community_id AND e.waiver_id = v.waiver_id
        WHERE v.community_id = ${community.id} AND ${where} ${rest}`,
  );

/** Waivers, newest first. */
export const listWaivers = (
  scene: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<WaiverRow[]> =>
  waivers(
    scene,
    sql`true`,
    sql`ORDER BY v.granted_at DESC, v.waiver_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countWaivers = ({ db, community }: Here): Query<{ waivers: number }[]> =>
  db.all(sql`SELECT count(*) AS waivers FROM overlap_waiver WHERE community_id = ${community.id}`);

export const findWaiver = (scene: Here, waiverId: string): Query<WaiverRow[]> =>
  waivers(scene, sql`v.waiver_id = ${waiverId}`, sql``);

export interface NewWaiver {
  readonly ruleKey: string;
  readonly personId: PersonId;
  readonly postKind: string;
  readonly span: Span;
  readonly grantedAs: string;
  readonly document: string;
}

/** A waiver and its leaf, which names nobody: it commits to person and document. */
export function insertWaiver(
  scene: Scene,
  waiver: NewWaiver,
  grantedBy: string,
): { readonly waiverId: string; readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const waiverId = newId<string>(scene.random);
  const salt = scene.random(SALT_BYTES);
  const { ruleKey, personId, postKind, span, grantedAs, document } = waiver;
  const leaf = appendLeaf(
    scene,
    "overlap.waiver_granted",
    {
      waiver: waiverId,
      rule: ruleKey,
      kind: postKind,
      as: grantedAs,
      from: dayOf(span.fromAt),
      until: span.untilAt === null ? "" : dayOf(span.untilAt - 1),
      holder: commit(salt, { document, person: personId, waiver: waiverId }),
    },
    waiverId,
  );
  const row = { communityId: community.id, waiverId, ruleKey, personId, postKind, grantedBy, grantedAs, document };
  return {
    waiverId,
    statements: [
      db.orm.insert(overlapWaiver).values({
        ...row,
        fromAt: span.fromAt,
        untilAt: span.untilAt,
        salt: bytesToHex(salt),
        grantedAt: now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
  };
}

/** Takes a waiver back, with its leaf; the database refuses a second time (`waiver_withdrawn`). */
export function insertWaiverEnd(
  scene: Scene,
  end: { readonly waiverId: string; readonly document: string },
  withdrawnBy: string,
): readonly Query[] {
  const { db, community, now } = scene;
  const salt = scene.random(SALT_BYTES);
  const document = commit(salt, { document: end.document, waiver: end.waiverId });
  const leaf = appendLeaf(scene, "overlap.waiver_withdrawn", { waiver: end.waiverId, document }, end.waiverId);
  return [
    db.orm.insert(overlapWaiverEnd).values({
      communityId: community.id,
      waiverId: end.waiverId,
      withdrawnBy,
      withdrawnAt: now,
      document: end.document,
      salt: bytesToHex(salt),
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

/** Says of a tenure, in the batch that begins it, by which waivers it begins: a row and a leaf for each, after the tenure itself. */
export const useWaivers = (scene: Scene, tenureId: string, waived: readonly Waived[]): Query[] =>
  [...new Map(waived.map(({ conflict, waiver }) => [waiver.waiverId, conflict.rule.key]))].flatMap(
    ([waiverId, rule]) => {
      const leaf = appendLeaf(scene, "overlap.waiver_used", { waiver: waiverId, tenure: tenureId, rule }, tenureId);
      return [
        scene.db.orm.insert(overlapWaiverUse).values({
          communityId: scene.community.id,
          tenureId,
          waiverId,
          usedAt: scene.now,
          leafHash: leaf.leafHash,
        }),
        leaf.statement,
      ];
    },
  );
