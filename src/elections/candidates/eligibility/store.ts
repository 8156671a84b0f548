/** The SQL of checklists, decisions, appeals and rulings. Decides nothing. */
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { eligibilityAppeal, eligibilityDecision, eligibilityRuling, eligibilitySheet } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type SheetRow = typeof eligibilitySheet.$inferSelect;
export type DecisionRow = typeof eligibilityDecision.$inferSelect;
export type AppealRow = typeof eligibilityAppeal.$inferSelect;
export type RulingRow = typeof eligibilityRuling.$inferSelect;

/** The checklists of a candidacy, the newest first. */
export const listSheets = ({ db, community }: Here, candidacyId: string): Query<SheetRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, sheet_no AS sheetNo,
          findings_sealed AS findingsSealed, files, checked_by AS checkedBy, checked_at AS checkedAt, leaf_hash AS leafHash
        FROM eligibility_sheet WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY sheet_no DESC`,
  );

/** The decisions on a candidacy, the newest first. */
export const listDecisions = ({ db, community }: Here, candidacyId: string): Query<DecisionRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, decision_no AS decisionNo,
          sheet_no AS sheetNo, outcome, unmet, reason_sealed AS reasonSealed, frozen, appeal_until AS appealUntil,
          decided_by AS decidedBy, decided_at AS decidedAt, leaf_hash AS leafHash
        FROM eligibility_decision WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY decision_no DESC`,
  );

export const listAppeals = ({ db, community }: Here, candidacyId: string): Query<AppealRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, decision_no AS decisionNo,
          text_sealed AS textSealed, way, paper_file AS paperFile, made_by AS madeBy, made_at AS madeAt, leaf_hash AS leafHash
        FROM eligibility_appeal WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY decision_no DESC`,
  );

export const listRulings = ({ db, community }: Here, candidacyId: string): Query<RulingRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, decision_no AS decisionNo,
          outcome, reason_sealed AS reasonSealed, ruled_by AS ruledBy, ruled_at AS ruledAt, leaf_hash AS leafHash
        FROM eligibility_ruling WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY decision_no DESC`,
  );

export const insertSheet = ({ db, community }: Here, row: Omit<SheetRow, "communityId">): Query =>
  db.orm.insert(eligibilitySheet).values({ communityId: community.id, ...row });
export const insertDecision = ({ db, community }: Here, row: Omit<DecisionRow, "communityId">): Query =>
  db.orm.insert(eligibilityDecision).values({ communityId: community.id, ...row });
export const insertAppeal = ({ db, community }: Here, row: Omit<AppealRow, "communityId">): Query =>
  db.orm.insert(eligibilityAppeal).values({ communityId: community.id, ...row });
export const insertRuling = ({ db, community }: Here, row: Omit<RulingRow, "communityId">): Query =>
  db.orm.insert(eligibilityRuling).values({ communityId: community.id, ...row });
