/** The SQL of objections and complaints: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import type { About, Outcome } from "./rules.ts";
import { tenderObjection, tenderObjectionDecision } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;

export interface ObjectionRow {
  readonly objectionNo: number;
  readonly about: About;
  readonly byKind: "bidder" | "owner";
  readonly byId: string;
  /** The objection a complaint is about; null for an objection. */
  readonly complainsOf: number | null;
  readonly textSealed: string;
  readonly madeAt: Instant;
  readonly dueOn: Day;
  readonly outcome: Outcome | null;
  /** As everybody reads it; null until it is decided. */
  readonly shown: string | null;
  readonly reason: string | null;
  readonly byWords: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

const OBJECTION = sql`SELECT o.objection_no AS objectionNo, o.about, o.by_kind AS byKind, o.by_id AS byId, o.complains_of AS complainsOf,
    o.text_sealed AS textSealed, o.made_at AS madeAt, o.due_on AS dueOn, d.outcome, d.shown, d.reason, d.by_words AS byWords,
    d.decided_by AS decidedBy, d.decided_at AS decidedAt
  FROM tender_objection o
  LEFT JOIN tender_objection_decision d ON d.community_id = o.community_id AND d.tender_id = o.tender_id AND d.objection_no = o.objection_no`;

/** In the order they were made. */
export const listObjections = ({ db, community }: Here, key: TenderKey): Query<ObjectionRow[]> =>
  db.all(sql`${OBJECTION} WHERE o.community_id = ${community.id} AND o.tender_id = ${key} ORDER BY o.objection_no`);

/** Those nobody has decided yet, complaints included: while there is one, the award waits. */
export const openObjections = ({ db, community }: Here, key: TenderKey): Query<ObjectionRow[]> =>
  db.all(
    sql`${OBJECTION} WHERE o.community_id = ${community.id} AND o.tender_id = ${key} AND d.objection_no IS NULL ORDER BY o.objection_no`,
  );

/** Of tenders under way, the soonest due first: for the desk. */
export const listWaitingObjections = (
  { db, community }: Here,
  limit: number,
): Query<{ number: number; title: string; objectionNo: number; complainsOf: number | null; dueOn: Day }[]> =>
  db.all(
    sql`SELECT t.number, t.title, o.objection_no AS objectionNo, o.complains_of AS complainsOf, o.due_on AS dueOn
        FROM tender t JOIN tender_objection o ON o.community_id = t.community_id AND o.tender_id = t.tender_id
        WHERE t.community_id = ${community.id} AND t.state NOT IN ('draft', 'decided', 'contracted', 'failed', 'cancelled')
          AND NOT EXISTS (SELECT 1 FROM tender_objection_decision d WHERE d.community_id = o.community_id AND d.tender_id = o.tender_id AND d.objection_no = o.objection_no)
        ORDER BY o.due_on, t.number, o.objection_no LIMIT CAST(${limit} AS INTEGER)`,
  );

export const insertObjection = ({ db, community }: Here, row: Insert<typeof tenderObjection>): Query =>
  db.orm.insert(tenderObjection).values({ communityId: community.id, ...row });
export const insertObjectionDecision = ({ db, community }: Here, row: Insert<typeof tenderObjectionDecision>): Query =>
  db.orm.insert(tenderObjectionDecision).values({ communityId: community.id, ...row });
