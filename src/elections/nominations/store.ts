/** The SQL of nominations: who was named and by which channels, who supports them, what they answered. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Outcome } from "../candidates/rules.ts";
import type { NominationChannel } from "../rules.ts";
import type { ElectionKey } from "../store.ts";
import {
  candidacy,
  candidacyAnswer,
  candidacyDeclaration,
  candidacyProfile,
  candidacyWithdrawal,
  nomination,
  nominationSupport,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type NominationRow = typeof nomination.$inferSelect;
export type SupportRow = typeof nominationSupport.$inferSelect;
export type AnswerRow = typeof candidacyAnswer.$inferSelect;
export type ProfileRow = typeof candidacyProfile.$inferSelect;
export type DeclarationRow = typeof candidacyDeclaration.$inferSelect;

/** One person's way through an election, with where it stands. Everything sealed stays sealed. */
export interface CandidacyRow {
  readonly candidacyId: string;
  readonly electionId: string;
  readonly number: number;
  readonly partyId: PartyId;
  readonly partyKind: "natural" | "legal" | "developer";
  /** The owner's name as the nomination wrote it. */
  readonly nameSealed: string;
  readonly maskedName: string;
  readonly openedAt: Instant;
  /** JSON list of channels, in the order they came in. */
  readonly channels: string;
  /** Heads whose last word on the joint nomination is a support, without a look at the roll. */
  readonly supports: number;
  readonly answers: number;
  readonly answer: "accepted" | "declined" | null;
  readonly answeredAt: Instant | null;
  readonly personSealed: string | null;
  readonly phoneSealed: string | null;
  /** Of the natural person who would sit; null before they accepted. */
  readonly personMasked: string | null;
  readonly sentByOwner: 0 | 1 | null;
  readonly withdrawnAt: Instant | null;
  readonly profileVersion: number;
  readonly declarationVersion: number;
  readonly sheetNo: number;
  readonly decisionNo: number;
  /** The sheet the newest decision rests on. */
  readonly decidedSheetNo: number | null;
  readonly outcome: Outcome | null;
  readonly decidedAt: Instant | null;
  readonly appealUntil: Instant | null;
  readonly appealedAt: Instant | null;
  readonly ruling: Outcome | null;
  readonly ballotOrder: number | null;
}

const last = (table: string, column: string): SQL =>
  sql`(SELECT max(n.${sql.raw(column)}) FROM ${sql.raw(table)} n WHERE n.community_id = y.community_id AND n.candidacy_id = y.candidacy_id)`;

const CANDIDACY = sql`SELECT y.candidacy_id AS candidacyId, y.election_id AS electionId, y.number, y.party_id AS partyId, y.party_kind AS partyKind,
    y.name_sealed AS nameSealed, y.masked_name AS maskedName, y.opened_at AS openedAt,
    (SELECT json_group_array(o.channel) FROM (SELECT channel FROM nomination n WHERE n.community_id = y.community_id
      AND n.candidacy_id = y.candidacy_id ORDER BY n.made_at, n.channel) o) AS channels,
    (SELECT count(*) FROM (SELECT max(s.turn) AS turn FROM nomination_support s WHERE s.community_id = y.community_id
      AND s.candidacy_id = y.candidacy_id GROUP BY s.head_key) WHERE turn % 2 = 1) AS supports,
    coalesce(a.answer_no, 0) AS answers, a.answer, a.answered_at AS answeredAt, a.person_sealed AS personSealed,
    a.phone_sealed AS phoneSealed, a.masked_name AS personMasked, a.sent_by_owner AS sentByOwner, w.withdrawn_at AS withdrawnAt,
    coalesce(${last("candidacy_profile", "version")}, 0) AS profileVersion,
    coalesce(${last("candidacy_declaration", "version")}, 0) AS declarationVersion,
    coalesce(${last("eligibility_sheet", "sheet_no")}, 0) AS sheetNo,
    coalesce(d.decision_no, 0) AS decisionNo, d.sheet_no AS decidedSheetNo, d.outcome, d.decided_at AS decidedAt, d.appeal_until AS appealUntil,
    p.made_at AS appealedAt, r.outcome AS ruling, c.ballot_order AS ballotOrder
  FROM candidacy y
  LEFT JOIN candidacy_answer a ON a.community_id = y.community_id AND a.candidacy_id = y.candidacy_id
    AND a.answer_no = ${last("candidacy_answer", "answer_no")}
  LEFT JOIN candidacy_withdrawal w ON w.community_id = y.community_id AND w.candidacy_id = y.candidacy_id
  LEFT JOIN eligibility_decision d ON d.community_id = y.community_id AND d.candidacy_id = y.candidacy_id
    AND d.decision_no = ${last("eligibility_decision", "decision_no")}
  LEFT JOIN eligibility_appeal p ON p.community_id = d.community_id AND p.candidacy_id = d.candidacy_id AND p.decision_no = d.decision_no
  LEFT JOIN eligibility_ruling r ON r.community_id = d.community_id AND r.candidacy_id = d.candidacy_id AND r.decision_no = d.decision_no
  LEFT JOIN candidate c ON c.community_id = y.community_id AND c.election_id = y.election_id AND c.candidacy_id = y.candidacy_id`;

/** Everyone who was named in an election, in the order of their numbers. */
export const listCandidacies = (
  { db, community }: Here,
  key: ElectionKey,
  page: { readonly limit: number; readonly offset: number } = { limit: 10_000, offset: 0 },
): Query<CandidacyRow[]> =>
  db.all(
    sql`${CANDIDACY} WHERE y.community_id = ${community.id} AND y.election_id = ${key}
        ORDER BY y.number LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countCandidacies = ({ db, community }: Here, key: ElectionKey): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM candidacy WHERE community_id = ${community.id} AND election_id = ${key}`);

/** Who was named and has said neither yes nor no. */
export const listUnanswered = (
  { db, community }: Here,
  key: ElectionKey,
): Query<{ number: number; maskedName: string }[]> =>
  db.all(
    sql`SELECT y.number, y.masked_name AS maskedName FROM candidacy y
        WHERE y.community_id = ${community.id} AND y.election_id = ${key}
          AND NOT EXISTS (SELECT 1 FROM candidacy_answer a WHERE a.community_id = y.community_id AND a.candidacy_id = y.candidacy_id)
        ORDER BY y.number`,
  );

export const findCandidacy = ({ db, community }: Here, key: ElectionKey, number: number): Query<CandidacyRow[]> =>
  db.all(
    sql`${CANDIDACY} WHERE y.community_id = ${community.id} AND y.election_id = ${key} AND y.number = CAST(${number} AS INTEGER)`,
  );

export const findCandidacyById = ({ db, community }: Here, candidacyId: string): Query<CandidacyRow[]> =>
  db.all(sql`${CANDIDACY} WHERE y.community_id = ${community.id} AND y.candidacy_id = ${candidacyId}`);

/** The candidacy of an owner in an election; one at most. */
export const findCandidacyOf = ({ db, community }: Here, key: ElectionKey, partyId: PartyId): Query<CandidacyRow[]> =>
  db.all(
    sql`${CANDIDACY} WHERE y.community_id = ${community.id} AND y.election_id = ${key} AND y.party_id = ${partyId}`,
  );

/** The candidacies of an owner in elections that are still going on. */
export const listOwnCandidacies = (
  { db, community }: Here,
  partyId: PartyId,
): Query<(CandidacyRow & { readonly electionNumber: number; readonly electionState: string })[]> =>
  db.all(
    sql`SELECT v.*, e.number AS electionNumber, e.state AS electionState FROM (${CANDIDACY}
          WHERE y.community_id = ${community.id} AND y.party_id = ${partyId}) v
        JOIN election e ON e.community_id = ${community.id} AND e.election_id = v.electionId
        WHERE e.state NOT IN ('seated', 'ended') ORDER BY e.number`,
  );

/** The channels of a candidacy, the first one first. */
export const listNominations = ({ db, community }: Here, candidacyId: string): Query<NominationRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, channel, way, document,
          paper_file AS paperFile, made_by AS madeBy, made_at AS madeAt, leaf_hash AS leafHash
        FROM nomination WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY made_at, channel`,
  );

/** The last word of every head on a joint nomination, or on all of an election where no candidacy is named. */
export const listSupports = (
  { db, community }: Here,
  of: { readonly candidacyId: string } | { readonly election: ElectionKey },
): Query<{ candidacyId: string; headKey: string; turn: number; recordedAt: Instant; way: "paper" | "web" }[]> =>
  db.all(
    sql`SELECT candidacy_id AS candidacyId, head_key AS headKey, max(turn) AS turn, recorded_at AS recordedAt, way
        FROM nomination_support WHERE community_id = ${community.id}
          AND ${"candidacyId" in of ? sql`candidacy_id = ${of.candidacyId}` : sql`election_id = ${of.election}`}
        GROUP BY candidacy_id, head_key ORDER BY recorded_at, head_key`,
  );

/** Joint nominations in elections that take names now, the fewest supporters first: those are the ones that need one. */
export const listJointNominations = ({
  db,
  community,
}: Here): Query<
  { candidacyId: string; electionId: string; number: number; partyId: PartyId; maskedName: string; supports: number }[]
> =>
  db.all(
    sql`SELECT * FROM (${CANDIDACY} WHERE y.community_id = ${community.id}
          AND y.election_id IN (SELECT election_id FROM election WHERE community_id = ${community.id} AND state = 'nominating')
          AND EXISTS (SELECT 1 FROM nomination j WHERE j.community_id = y.community_id AND j.candidacy_id = y.candidacy_id AND j.channel = 'joint'))
        WHERE withdrawnAt IS NULL ORDER BY supports, number LIMIT 20`,
  );

/** What one head said last of each joint nomination of an election; of every election where none is named. */
export const listSupportsBy = (
  { db, community }: Here,
  key: ElectionKey | null,
  headKeys: readonly string[],
): Query<{ candidacyId: string; headKey: string; turn: number }[]> =>
  db.all(
    sql`SELECT candidacy_id AS candidacyId, head_key AS headKey, max(turn) AS turn FROM nomination_support
        WHERE community_id = ${community.id} AND ${key === null ? sql`1` : sql`election_id = ${key}`}
          AND head_key IN (SELECT value FROM json_each(${JSON.stringify(headKeys)})) GROUP BY candidacy_id, head_key`,
  );

export const listAnswers = ({ db, community }: Here, candidacyId: string): Query<AnswerRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, answer_no AS answerNo, answer, way,
          paper_file AS paperFile, person_sealed AS personSealed, phone_sealed AS phoneSealed, masked_name AS maskedName,
          person_hash AS personHash, sent_by_owner AS sentByOwner, authorisation_file AS authorisationFile, answered_by AS answeredBy,
          answered_at AS answeredAt, leaf_hash AS leafHash
        FROM candidacy_answer WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} ORDER BY answer_no`,
  );

/** The newest profile of each candidacy asked for. */
export const listProfiles = ({ db, community }: Here, candidacyIds: SQL): Query<ProfileRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, max(version) AS version,
          content_sealed AS contentSealed, photo_file AS photoFile, recorded_by AS recordedBy, recorded_at AS recordedAt, leaf_hash AS leafHash
        FROM candidacy_profile WHERE community_id = ${community.id} AND candidacy_id IN ${candidacyIds} GROUP BY candidacy_id`,
  );

/** The newest declaration of each candidacy asked for. */
export const listDeclarations = ({ db, community }: Here, candidacyIds: SQL): Query<DeclarationRow[]> =>
  db.all(
    sql`SELECT community_id AS communityId, election_id AS electionId, candidacy_id AS candidacyId, max(version) AS version,
          answers_sealed AS answersSealed, public_items AS publicItems, way, paper_file AS paperFile, signed_by AS signedBy,
          signed_at AS signedAt, leaf_hash AS leafHash
        FROM candidacy_declaration WHERE community_id = ${community.id} AND candidacy_id IN ${candidacyIds} GROUP BY candidacy_id`,
  );

/** Those of one candidacy, for the two lists above. */
export const only = (candidacyId: string): SQL => sql`(${candidacyId})`;

export type PaperKind =
  | "nomination"
  | "support"
  | "answer"
  | "authorisation"
  | "declaration"
  | "withdrawal"
  | "appeal"
  | "evidence";

/** Every paper that belongs to a candidacy, the oldest first. UNION ALL of five at most is a limit of D1, hence two steps. */
export const listPaperOf = (
  { db, community }: Here,
  candidacyId: string,
): Query<{ fileId: string; what: PaperKind; at: Instant }[]> => {
  const from = (table: string, column: string, what: PaperKind, at: string): SQL =>
    sql`SELECT ${sql.raw(column)} AS fileId, ${what} AS what, ${sql.raw(at)} AS at FROM ${sql.raw(table)}
        WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} AND ${sql.raw(column)} IS NOT NULL`;
  return db.all(
    sql`SELECT fileId, what, min(at) AS at FROM (
          SELECT * FROM (${from("nomination", "paper_file", "nomination", "made_at")}
            UNION ALL ${from("nomination_support", "paper_file", "support", "recorded_at")}
            UNION ALL ${from("candidacy_answer", "paper_file", "answer", "answered_at")}
            UNION ALL ${from("candidacy_answer", "authorisation_file", "authorisation", "answered_at")})
          UNION ALL SELECT * FROM (${from("candidacy_declaration", "paper_file", "declaration", "signed_at")}
            UNION ALL ${from("candidacy_withdrawal", "paper_file", "withdrawal", "withdrawn_at")}
            UNION ALL ${from("eligibility_appeal", "paper_file", "appeal", "made_at")}
            UNION ALL SELECT j.value, 'evidence', s.checked_at FROM eligibility_sheet s, json_each(s.files) j
              WHERE s.community_id = ${community.id} AND s.candidacy_id = ${candidacyId}))
        GROUP BY fileId ORDER BY at`,
  );
};

// ——— Statements. The database refuses what comes too late, twice, or after a withdrawal: migrations/0013. ———

export const insertCandidacy = (
  { db, community }: Here,
  row: Omit<typeof candidacy.$inferInsert, "communityId">,
): Query => db.orm.insert(candidacy).values({ communityId: community.id, ...row });

export const insertNomination = (
  { db, community }: Here,
  row: Omit<typeof nomination.$inferInsert, "communityId">,
): Query => db.orm.insert(nomination).values({ communityId: community.id, ...row });

export const insertSupport = (
  { db, community }: Here,
  row: Omit<typeof nominationSupport.$inferInsert, "communityId">,
): Query => db.orm.insert(nominationSupport).values({ communityId: community.id, ...row });

export const insertAnswer = (
  { db, community }: Here,
  row: Omit<typeof candidacyAnswer.$inferInsert, "communityId">,
): Query => db.orm.insert(candidacyAnswer).values({ communityId: community.id, ...row });

export const insertProfile = (
  { db, community }: Here,
  row: Omit<typeof candidacyProfile.$inferInsert, "communityId">,
): Query => db.orm.insert(candidacyProfile).values({ communityId: community.id, ...row });

export const insertDeclaration = (
  { db, community }: Here,
  row: Omit<typeof candidacyDeclaration.$inferInsert, "communityId">,
): Query => db.orm.insert(candidacyDeclaration).values({ communityId: community.id, ...row });

export const insertWithdrawal = (
  { db, community }: Here,
  row: Omit<typeof candidacyWithdrawal.$inferInsert, "communityId">,
): Query => db.orm.insert(candidacyWithdrawal).values({ communityId: community.id, ...row });

export const channelsOf = ({ channels }: Pick<CandidacyRow, "channels">): NominationChannel[] =>
  JSON.parse(channels) as NominationChannel[];
