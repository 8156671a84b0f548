/** The SQL of the owners' choice and of awards: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import { tenderAward, tenderAwardWithdrawal, tenderChoice, tenderChoiceResult, tenderChoiceVoid } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** A choice put to the owners, with what became of it. */
export interface ChoiceRow {
  readonly tenderId: string;
  readonly lotNo: number;
  readonly turn: number;
  readonly meetingId: string;
  /** The meeting's number, and its state. */
  readonly meetingNumber: number;
  readonly meetingState: string;
  /** JSON of Choice[]. */
  readonly options: string;
  readonly optionsHash: string;
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly voidCause: "taken_back" | "withdrawn" | "annulled" | null;
  readonly verdict: "chosen" | "none_chosen" | "quorum_not_met" | null;
  readonly optionNo: number | null;
  readonly bidderNo: number | null;
  readonly settledAt: Instant | null;
  readonly resultLeaf: string | null;
}

const CHOICE = sql.raw(
  `c.tender_id AS tenderId, c.lot_no AS lotNo, c.turn, c.meeting_id AS meetingId, m.number AS meetingNumber, m.state AS meetingState,
   c.options, c.options_hash AS optionsHash, c.placed_by AS placedBy, c.placed_at AS placedAt, v.cause AS voidCause,
   r.verdict, r.option_no AS optionNo, r.bidder_no AS bidderNo, r.settled_at AS settledAt, r.leaf_hash AS resultLeaf`,
);
const CHOICES = sql.raw(
  `tender_choice c JOIN meeting m ON m.community_id = c.community_id AND m.meeting_id = c.meeting_id
   LEFT JOIN tender_choice_void v ON v.community_id = c.community_id AND v.tender_id = c.tender_id AND v.lot_no = c.lot_no AND v.turn = c.turn
   LEFT JOIN tender_choice_result r ON r.community_id = c.community_id AND r.tender_id = c.tender_id AND r.lot_no = c.lot_no AND r.turn = c.turn`,
);

export const listChoices = ({ db, community }: Here, key: TenderKey): Query<ChoiceRow[]> =>
  db.all(
    sql`SELECT ${CHOICE} FROM ${CHOICES} WHERE c.community_id = ${community.id} AND c.tender_id = ${key} ORDER BY c.lot_no, c.turn`,
  );

/** The choices of tenders the owners decide on now whose meeting has moved: for the clock. */
export const listMovedChoices = ({ db, community }: Here): Query<ChoiceRow[]> =>
  db.all(
    sql`SELECT ${CHOICE} FROM tender t CROSS JOIN ${CHOICES}
        WHERE t.community_id = ${community.id} AND t.state IN ('published', 'deciding') AND c.community_id = t.community_id AND c.tender_id = t.tender_id
          AND v.turn IS NULL AND r.turn IS NULL AND m.state IN ('published', 'final', 'withdrawn', 'annulled')
        ORDER BY c.tender_id, c.lot_no`,
  );

type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;
export const insertChoice = ({ db, community }: Here, row: Insert<typeof tenderChoice>): Query =>
  db.orm.insert(tenderChoice).values({ communityId: community.id, ...row });
export const insertChoiceVoid = ({ db, community }: Here, row: Insert<typeof tenderChoiceVoid>): Query =>
  db.orm.insert(tenderChoiceVoid).values({ communityId: community.id, ...row });
export const insertChoiceResult = ({ db, community }: Here, row: Insert<typeof tenderChoiceResult>): Query =>
  db.orm.insert(tenderChoiceResult).values({ communityId: community.id, ...row });
export const insertAward = ({ db, community }: Here, row: Insert<typeof tenderAward>): Query =>
  db.orm.insert(tenderAward).values({ communityId: community.id, ...row });

/** Who serves a lot, by the owners' decision. */
export interface AwardRow {
  readonly tenderId: string;
  readonly lotNo: number;
  readonly bidderId: string;
  readonly bidderNo: number;
  readonly name: string;
  /** 18 characters. */
  readonly code: string;
  /** JSON: fen by key of the price line. */
  readonly prices: string;
  /** Over the term, in 0.01 fen. */
  readonly totalHundredths: number;
  readonly meetingId: string;
  readonly itemNo: number;
  readonly awardedAt: Instant;
  readonly leafHash: string;
}

const AWARD = sql.raw(
  "tender_id AS tenderId, lot_no AS lotNo, bidder_id AS bidderId, bidder_no AS bidderNo, name, code, prices, total_hundredths AS totalHundredths, meeting_id AS meetingId, item_no AS itemNo, awarded_at AS awardedAt, leaf_hash AS leafHash",
);
/** The awards of a tender that stand, by lot: what contracts start from. */
export const listAwards = ({ db, community }: Here, key: TenderKey): Query<AwardRow[]> =>
  db.all(
    sql`SELECT ${AWARD} FROM tender_award a WHERE a.community_id = ${community.id} AND a.tender_id = ${key}
          AND NOT EXISTS (SELECT 1 FROM tender_award_withdrawal w WHERE w.community_id = a.community_id AND w.tender_id = a.tender_id AND w.lot_no = a.lot_no)
        ORDER BY a.lot_no`,
  );

export interface WithdrawnAwardRow extends AwardRow {
  readonly cause: "annulled" | "recounted";
  readonly withdrawnAt: Instant;
  readonly withdrawalLeaf: string;
}
/** Those that were withdrawn, with the cause. */
export const listWithdrawnAwards = ({ db, community }: Here, key: TenderKey): Query<WithdrawnAwardRow[]> =>
  db.all(
    sql`SELECT a.*, w.cause, w.withdrawn_at AS withdrawnAt, w.leaf_hash AS withdrawalLeaf
        FROM tender_award_withdrawal w JOIN (SELECT community_id, ${AWARD} FROM tender_award WHERE community_id = ${community.id} AND tender_id = ${key}) a
          ON a.tenderId = w.tender_id AND a.lotNo = w.lot_no
        WHERE w.community_id = ${community.id} AND w.tender_id = ${key} ORDER BY w.lot_no`,
  );

/** Awards that have lost their ground and are not withdrawn yet: for the clock. */
export const listShakenAwards = ({
  db,
  community,
}: Here): Query<{ tenderId: string; lotNo: number; cause: "annulled" | "recounted"; runNo: number | null }[]> =>
  db.all(
    sql`SELECT k.tender_id AS tenderId, k.lot_no AS lotNo, k.cause, k.run_no AS runNo FROM tender_award_shaken k
        WHERE k.community_id = ${community.id} AND NOT EXISTS (SELECT 1 FROM tender_award_withdrawal w
          WHERE w.community_id = k.community_id AND w.tender_id = k.tender_id AND w.lot_no = k.lot_no)
        ORDER BY k.tender_id, k.lot_no`,
  );
export const insertAwardWithdrawal = ({ db, community }: Here, row: Insert<typeof tenderAwardWithdrawal>): Query =>
  db.orm.insert(tenderAwardWithdrawal).values({ communityId: community.id, ...row });
export const findAward = ({ db, community }: Here, key: TenderKey, lotNo: number): Query<AwardRow[]> =>
  db.all(
    sql`SELECT ${AWARD} FROM tender_award WHERE community_id = ${community.id} AND tender_id = ${key} AND lot_no = CAST(${lotNo} AS INTEGER)`,
  );

/** Objections and complaints that still wait for their decision. */
export const countOpenObjections = ({ db, community }: Here, key: TenderKey): Query<{ open: number }[]> =>
  db.all(
    sql`SELECT count(*) AS open FROM tender_objection o WHERE o.community_id = ${community.id} AND o.tender_id = ${key}
        AND NOT EXISTS (SELECT 1 FROM tender_objection_decision d WHERE d.community_id = o.community_id AND d.tender_id = o.tender_id AND d.objection_no = o.objection_no)`,
  );

/**
 * For the batch of a notice: the owners are asked now. Of several lots in one meeting the first moves the tender, and the others find it
 * moved. Aborts with `origin_stale` while the candidates still stand to be objected to, or once the choice was taken back.
 */
export const moveToDeciding = (
  { db, community, now }: Here & Pick<Scene, "now">,
  tenderId: string,
  lotNo: number,
  turn: number,
): readonly Query[] => [
  db.run(
    sql`UPDATE tender SET state = 'deciding', version = version + 1
        WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND state = 'published'`,
  ),
  assertFrom(
    db,
    "origin_stale",
    sql`SELECT t.state = 'deciding' AND t.standing_until <= CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM tender_objection o WHERE o.community_id = t.community_id AND o.tender_id = t.tender_id
            AND NOT EXISTS (SELECT 1 FROM tender_objection_decision d WHERE d.community_id = o.community_id AND d.tender_id = o.tender_id AND d.objection_no = o.objection_no))
          AND NOT EXISTS (SELECT 1 FROM tender_choice_void v WHERE v.community_id = t.community_id AND v.tender_id = t.tender_id
            AND v.lot_no = CAST(${lotNo} AS INTEGER) AND v.turn = CAST(${turn} AS INTEGER))
        FROM tender t WHERE t.community_id = ${community.id} AND t.tender_id = ${tenderId}`,
  ),
];
