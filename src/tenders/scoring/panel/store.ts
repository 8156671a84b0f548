/** The SQL of the experts' pool, of panels, their draw and their members: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { assertFrom, type Query, type SQL, sql } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import type { Combining } from "../result/rules.ts";
import {
  tenderExpert,
  tenderExpertGone,
  tenderMember,
  tenderMemberAnswer,
  tenderMemberLeft,
  tenderMemberLink,
  tenderMemberNamed,
  tenderPanel,
  tenderPanelDrawn,
} from "../schema.ts";
import type { MemberKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— What is sealed ———

const expertContext = (communityId: string, expertNo: number): string => `tender-expert:${communityId}:${expertNo}`;
const memberContext = (communityId: string, tenderId: string, memberNo: number): string =>
  `tender-member:${communityId}:${tenderId}:${memberNo}`;
const seedContext = (communityId: string, tenderId: string, what: "draw" | "ties"): string =>
  `tender-panel:${communityId}:${tenderId}:${what}`;

for (const column of ["name_sealed", "phone_sealed"]) {
  registerSealed({
    table: "tender_expert",
    column,
    key: ["expert_no"],
    contextOf: (communityId, { expert_no }) => expertContext(communityId, Number(expert_no)),
  });
  registerSealed({
    table: "tender_member",
    column,
    key: ["tender_id", "member_no"],
    contextOf: (communityId, { tender_id, member_no }) =>
      memberContext(communityId, String(tender_id), Number(member_no)),
  });
}
for (const [column, what] of [
  ["seed_sealed", "draw"],
  ["tie_seed_sealed", "ties"],
] as const)
  registerSealed({
    table: "tender_panel",
    column,
    key: ["tender_id"],
    contextOf: (communityId, { tender_id }) => seedContext(communityId, String(tender_id), what),
  });

export const expertSeal = ({ community }: Pick<Scene, "community">, expertNo: number): string =>
  expertContext(community.id, expertNo);
export const memberSeal = ({ community }: Pick<Scene, "community">, tenderId: string, memberNo: number): string =>
  memberContext(community.id, tenderId, memberNo);
export const panelSeal = ({ community }: Pick<Scene, "community">, tenderId: string, what: "draw" | "ties"): string =>
  seedContext(community.id, tenderId, what);

// ——— The pool ———

export interface ExpertRow {
  readonly expertNo: number;
  readonly nameSealed: string;
  readonly phoneSealed: string;
  readonly speciality: string;
  readonly organisation: string;
  readonly source: string;
  readonly addedAt: Instant;
  readonly goneAt: Instant | null;
  readonly goneWhy: string | null;
}

const EXPERT = sql.raw(
  "e.expert_no AS expertNo, e.name_sealed AS nameSealed, e.phone_sealed AS phoneSealed, e.speciality, e.organisation, e.source, e.added_at AS addedAt, g.gone_at AS goneAt, g.why AS goneWhy",
);
const EXPERTS = sql.raw(
  "tender_expert e LEFT JOIN tender_expert_gone g ON g.community_id = e.community_id AND g.expert_no = e.expert_no",
);

/** A page of the pool, the newest first. */
export const listExperts = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<ExpertRow[]> =>
  db.all(
    sql`SELECT ${EXPERT} FROM ${EXPERTS} WHERE e.community_id = ${community.id}
        ORDER BY e.expert_no DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countExperts = ({ db, community }: Here): Query<{ total: number; standing: number }[]> =>
  db.all(
    sql`SELECT count(*) AS total, coalesce(sum(g.expert_no IS NULL), 0) AS standing FROM ${EXPERTS} WHERE e.community_id = ${community.id}`,
  );
/** Everybody who may be drawn today. */
export const listStandingExperts = ({ db, community }: Here): Query<ExpertRow[]> =>
  db.all(
    sql`SELECT ${EXPERT} FROM ${EXPERTS} WHERE e.community_id = ${community.id} AND g.expert_no IS NULL ORDER BY e.expert_no`,
  );
/** Those with these numbers, whether they still stand or not. */
export const listExpertsNumbered = ({ db, community }: Here, numbers: SQL): Query<ExpertRow[]> =>
  db.all(
    sql`SELECT ${EXPERT} FROM ${EXPERTS} WHERE e.community_id = ${community.id}
        AND e.expert_no IN (SELECT value FROM json_each(${numbers}))`,
  );
export const findLastExpertNo = ({ db, community }: Here): Query<{ last: number }[]> =>
  db.all(sql`SELECT coalesce(max(expert_no), 0) AS last FROM tender_expert WHERE community_id = ${community.id}`);

export const insertExpert = (
  { db, community }: Here,
  row: Omit<typeof tenderExpert.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderExpert).values({ communityId: community.id, ...row });
export const insertExpertGone = (
  { db, community }: Here,
  row: Omit<typeof tenderExpertGone.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderExpertGone).values({ communityId: community.id, ...row });

// ——— The panel of one tender ———

export interface PanelRow {
  readonly tenderId: string;
  readonly commitment: string;
  readonly seedSealed: string;
  readonly tieCommitment: string;
  readonly tieSeedSealed: string;
  /** JSON: numbers in the pool. */
  readonly pool: string;
  readonly size: number;
  readonly experts: number;
  readonly combining: Combining;
  readonly expertShare: number;
  readonly preparedAt: Instant;
  readonly leafHash: string;
  /** Null before the draw; 64 hex digits, revealed. */
  readonly seed: string | null;
  readonly purpose: string | null;
  /** JSON: the numbers in the order of the draw, and those passed over because they work for a bidder. */
  readonly drawn: string | null;
  readonly passedOver: string | null;
  readonly drawnAt: Instant | null;
  readonly drawnLeaf: string | null;
  readonly scoringOpenedAt: Instant | null;
  readonly scoringClosedAt: Instant | null;
}

export const findPanel = ({ db, community }: Here, key: TenderKey): Query<PanelRow[]> =>
  db.all(
    sql`SELECT p.tender_id AS tenderId, p.commitment, p.seed_sealed AS seedSealed, p.tie_commitment AS tieCommitment, p.tie_seed_sealed AS tieSeedSealed,
               p.pool, p.size, p.experts, p.combining, p.expert_share AS expertShare, p.prepared_at AS preparedAt, p.leaf_hash AS leafHash,
               d.seed, d.purpose, d.drawn, d.passed_over AS passedOver, d.drawn_at AS drawnAt, d.leaf_hash AS drawnLeaf,
               s.opened_at AS scoringOpenedAt, s.closed_at AS scoringClosedAt
        FROM tender_panel p
        LEFT JOIN tender_panel_drawn d ON d.community_id = p.community_id AND d.tender_id = p.tender_id
        LEFT JOIN tender_scoring s ON s.community_id = p.community_id AND s.tender_id = p.tender_id
        WHERE p.community_id = ${community.id} AND p.tender_id = ${key}`,
  );

export const insertPanel = (
  { db, community }: Here,
  row: Omit<typeof tenderPanel.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderPanel).values({ communityId: community.id, ...row });
export const insertPanelDrawn = (
  { db, community }: Here,
  row: Omit<typeof tenderPanelDrawn.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderPanelDrawn).values({ communityId: community.id, ...row });

/** Whom a link speaks for: a seat of the panel of one tender. */
export interface MemberActor {
  readonly tenderId: string;
  readonly memberNo: number;
}

export interface MemberRow {
  readonly tenderId: string;
  readonly memberNo: number;
  readonly kind: MemberKind;
  readonly expertNo: number | null;
  readonly nameSealed: string;
  readonly phoneSealed: string;
  readonly speciality: string;
  readonly organisation: string;
  readonly inPlaceOf: number | null;
  readonly appointedAt: Instant;
  /** The newest link's; 0 before the first. */
  readonly generation: number;
  readonly answeredAt: Instant | null;
  readonly leftAt: Instant | null;
  readonly leftCause: "declared" | "related" | "absent" | null;
  readonly leftWhy: string | null;
  readonly commitment: string | null;
  readonly committedAt: Instant | null;
  readonly sheetLeaf: string | null;
  readonly revealedAt: Instant | null;
  /** Public from the candidates' publication on. */
  readonly name: string | null;
}

/** Everybody ever asked, in the order they were. */
export const listMembers = ({ db, community }: Here, key: TenderKey): Query<MemberRow[]> =>
  db.all(
    sql`SELECT m.tender_id AS tenderId, m.member_no AS memberNo, m.kind, m.expert_no AS expertNo, m.name_sealed AS nameSealed, m.phone_sealed AS phoneSealed,
               m.speciality, m.organisation, m.in_place_of AS inPlaceOf, m.appointed_at AS appointedAt,
               coalesce((SELECT max(k.generation) FROM tender_member_link k WHERE k.community_id = m.community_id AND k.tender_id = m.tender_id AND k.member_no = m.member_no), 0) AS generation,
               a.answered_at AS answeredAt, l.left_at AS leftAt, l.cause AS leftCause, l.why AS leftWhy,
               s.commitment, s.committed_at AS committedAt, s.leaf_hash AS sheetLeaf, r.revealed_at AS revealedAt, n.name
        FROM tender_member m
        LEFT JOIN tender_member_answer a ON a.community_id = m.community_id AND a.tender_id = m.tender_id AND a.member_no = m.member_no
        LEFT JOIN tender_member_left l ON l.community_id = m.community_id AND l.tender_id = m.tender_id AND l.member_no = m.member_no
        LEFT JOIN tender_sheet s ON s.community_id = m.community_id AND s.tender_id = m.tender_id AND s.member_no = m.member_no
        LEFT JOIN tender_sheet_revealed r ON r.community_id = m.community_id AND r.tender_id = m.tender_id AND r.member_no = m.member_no
        LEFT JOIN tender_member_named n ON n.community_id = m.community_id AND n.tender_id = m.tender_id AND n.member_no = m.member_no
        WHERE m.community_id = ${community.id} AND m.tender_id = ${key} ORDER BY m.member_no`,
  );

export const sits = ({ leftAt }: Pick<MemberRow, "leftAt">): boolean => leftAt === null;

/** The member a token's hash belongs to, with the generation it is of. */
export const findMemberByToken = (
  { db, community }: Here,
  tokenHash: string,
): Query<{ tenderId: string; number: number; memberNo: number; generation: number; newest: number }[]> =>
  db.all(
    sql`SELECT k.tender_id AS tenderId, t.number, k.member_no AS memberNo, k.generation,
               (SELECT max(o.generation) FROM tender_member_link o WHERE o.community_id = k.community_id AND o.tender_id = k.tender_id AND o.member_no = k.member_no) AS newest
        FROM tender_member_link k JOIN tender t ON t.community_id = k.community_id AND t.tender_id = k.tender_id
        WHERE k.community_id = ${community.id} AND k.token_hash = ${tokenHash}`,
  );

export const insertMember = (
  { db, community }: Here,
  row: Omit<typeof tenderMember.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderMember).values({ communityId: community.id, ...row });
export const insertMemberLink = (
  { db, community }: Here,
  row: Omit<typeof tenderMemberLink.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderMemberLink).values({ communityId: community.id, ...row });
export const insertMemberAnswer = (
  { db, community }: Here,
  row: Omit<typeof tenderMemberAnswer.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderMemberAnswer).values({ communityId: community.id, ...row });
export const insertMemberLeft = (
  { db, community }: Here,
  row: Omit<typeof tenderMemberLeft.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderMemberLeft).values({ communityId: community.id, ...row });
export const insertMemberNamed = (
  { db, community }: Here,
  row: Omit<typeof tenderMemberNamed.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderMemberNamed).values({ communityId: community.id, ...row });

/** Aborts with `member_left` unless the member still sits: for what a member does themselves. */
export const assertSits = ({ db, community }: Here, tenderId: string, memberNo: number): Query =>
  assertFrom(
    db,
    "member_left",
    sql`SELECT NOT EXISTS (SELECT 1 FROM tender_member_left WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND member_no = CAST(${memberNo} AS INTEGER))`,
  );

/** Aborts with `panel_full` where more representatives sit than the panel has places for them. */
export const assertRepresentatives = ({ db, community }: Here, tenderId: string): Query =>
  assertFrom(
    db,
    "panel_full",
    sql`SELECT (SELECT count(*) FROM tender_member m WHERE m.community_id = p.community_id AND m.tender_id = p.tender_id AND m.kind = 'representative'
          AND NOT EXISTS (SELECT 1 FROM tender_member_left l WHERE l.community_id = m.community_id AND l.tender_id = m.tender_id AND l.member_no = m.member_no)) <= p.size - p.experts
        FROM tender_panel p WHERE p.community_id = ${community.id} AND p.tender_id = ${tenderId}`,
  );
