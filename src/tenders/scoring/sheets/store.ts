/** The SQL of facts and sheets: what was committed to, what was revealed, what was offered instead. Reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import { tenderFact, tenderScoring, tenderSheet, tenderSheetMismatch, tenderSheetRevealed } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

const context = (communityId: string, tenderId: string, memberNo: number): string =>
  `tender-sheet:${communityId}:${tenderId}:${memberNo}`;
registerSealed({
  table: "tender_sheet",
  column: "sheet_sealed",
  key: ["tender_id", "member_no"],
  contextOf: (communityId, { tender_id, member_no }) => context(communityId, String(tender_id), Number(member_no)),
});
export const sheetSeal = ({ community }: Pick<Scene, "community">, tenderId: string, memberNo: number): string =>
  context(community.id, tenderId, memberNo);

export interface FactRow {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly criterion: string;
  readonly edition: number;
  readonly points: number;
  readonly evidence: string;
}

/** The newest points of each fact. */
export const listFacts = ({ db, community }: Here, key: TenderKey): Query<FactRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, bidder_no AS bidderNo, criterion, max(edition) AS edition, points, evidence
        FROM tender_fact WHERE community_id = ${community.id} AND tender_id = ${key}
        GROUP BY lot_no, bidder_no, criterion ORDER BY lot_no, bidder_no, criterion`,
  );

export const insertFact = ({ db, community }: Here, row: Omit<typeof tenderFact.$inferInsert, "communityId">): Query =>
  db.orm.insert(tenderFact).values({ communityId: community.id, ...row });

export const insertScoring = (
  { db, community }: Here,
  row: Omit<typeof tenderScoring.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderScoring).values({ communityId: community.id, ...row });

/** Closes the scoring once everybody who sits has committed to a sheet and no seat is empty; otherwise changes nothing. */
export const closeScoringWhenAll = ({ db, community, now }: Here & Pick<Scene, "now">, tenderId: string): Query =>
  db.run(
    sql`UPDATE tender_scoring SET closed_at = CAST(${now} AS INTEGER)
        WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND closed_at IS NULL
          AND (SELECT size FROM tender_panel WHERE community_id = ${community.id} AND tender_id = ${tenderId}) =
            (SELECT count(*) FROM tender_member m JOIN tender_sheet s ON s.community_id = m.community_id AND s.tender_id = m.tender_id AND s.member_no = m.member_no
             WHERE m.community_id = ${community.id} AND m.tender_id = ${tenderId}
               AND NOT EXISTS (SELECT 1 FROM tender_member_left l WHERE l.community_id = m.community_id AND l.tender_id = m.tender_id AND l.member_no = m.member_no))`,
  );

export const insertSheet = (
  { db, community }: Here,
  row: Omit<typeof tenderSheet.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderSheet).values({ communityId: community.id, ...row });

export interface SheetRow {
  readonly memberNo: number;
  readonly commitment: string;
  readonly sheetSealed: string;
  readonly committedAt: Instant;
  readonly leafHash: string;
}
/** The sheet of one member: for the member alone. */
export const findSheet = ({ db, community }: Here, tenderId: string, memberNo: number): Query<SheetRow[]> =>
  db.all(
    sql`SELECT member_no AS memberNo, commitment, sheet_sealed AS sheetSealed, committed_at AS committedAt, leaf_hash AS leafHash
        FROM tender_sheet WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND member_no = CAST(${memberNo} AS INTEGER)`,
  );

export interface RevealedRow {
  readonly memberNo: number;
  readonly commitment: string;
  /** JSON of Sheet. */
  readonly sheet: string;
  readonly nonce: string;
  readonly revealedAt: Instant;
}

/** The revealed sheets of those who sit, in the members' order. */
export const listRevealed = ({ db, community }: Here, key: TenderKey): Query<RevealedRow[]> =>
  db.all(
    sql`SELECT r.member_no AS memberNo, s.commitment, r.sheet, r.nonce, r.revealed_at AS revealedAt
        FROM tender_sheet_revealed r JOIN tender_sheet s ON s.community_id = r.community_id AND s.tender_id = r.tender_id AND s.member_no = r.member_no
        WHERE r.community_id = ${community.id} AND r.tender_id = ${key}
          AND NOT EXISTS (SELECT 1 FROM tender_member_left l WHERE l.community_id = r.community_id AND l.tender_id = r.tender_id AND l.member_no = r.member_no)
        ORDER BY r.member_no`,
  );

export const insertRevealed = (
  { db, community }: Here,
  row: Omit<typeof tenderSheetRevealed.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderSheetRevealed).values({ communityId: community.id, ...row });

export interface MismatchRow {
  readonly memberNo: number;
  readonly offered: string;
  readonly offeredAt: Instant;
}
export const listMismatches = ({ db, community }: Here, key: TenderKey): Query<MismatchRow[]> =>
  db.all(
    sql`SELECT member_no AS memberNo, offered, offered_at AS offeredAt FROM tender_sheet_mismatch
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY offered_at`,
  );
export const insertMismatch = (
  { db, community }: Here,
  row: Omit<typeof tenderSheetMismatch.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderSheetMismatch).values({ communityId: community.id, ...row });
