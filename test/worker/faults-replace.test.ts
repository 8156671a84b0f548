/** INSERT OR REPLACE removes rows without a DELETE: on a table that keeps its rows, no unique key lets it. */
import { describe, expect, test } from "vitest";
import { issueLinks } from "../../src/assembly/links/actions.ts";
import { openDirectory, type SQL, sql } from "../../src/platform/db.ts";
import { sceneAt, testEnv } from "./community-of-test.ts";
import { DURING, makeVoting, type VotingOfTest } from "./voting-of-test.ts";

const db = openDirectory(testEnv);
const BALLOT =
  "community_id meeting_id voter_no version channel answers salt commitment leaf_hash evidence cast_at".split(" ");

/** The rows of a table with some of their values changed, put in again over those that are there. */
const again = (
  { community }: VotingOfTest,
  table: string,
  columns: readonly string[],
  changed: Readonly<Record<string, SQL>>,
) =>
  db.run(
    sql`INSERT OR REPLACE INTO ${sql.raw(`${table}(${columns.join(", ")})`)}
        SELECT ${sql.join(
          columns.map((column) => changed[column] ?? sql.raw(column)),
          sql`, `,
        )} FROM ${sql.raw(table)} WHERE community_id = ${community.id} LIMIT 1`,
  );

const ballot = ({ community, meetingId }: VotingOfTest, voterNo: number) =>
  db.run(
    sql`INSERT INTO ballot(community_id, meeting_id, voter_no, version, channel, answers, salt, commitment, leaf_hash, evidence, cast_at)
        VALUES (${community.id}, ${meetingId}, ${voterNo}, 1, 'web', '[]', '', '', 'one-leaf', '{}', ${DURING})`,
  );

const holding = ({ community }: VotingOfTest) =>
  db.run(
    sql`INSERT INTO holding(community_id, unit_id, holding_no, party_id, role, basis, from_on, opened_by)
        SELECT community_id, unit_id, 9, party_id, 'designated', basis, from_on, opened_by FROM holding
        WHERE community_id = ${community.id} LIMIT 1`,
  );

const guardianship = ({ community }: VotingOfTest) =>
  db.run(
    sql`INSERT INTO guardianship(community_id, ward_id, guardianship_no, guardian_id, from_on, opened_by)
        SELECT ${community.id}, min(party_id), 1, max(party_id), '2026-01-01', 'x' FROM party WHERE community_id = ${community.id}`,
  );

interface Case {
  /** A row to begin with. */
  readonly first: (voting: VotingOfTest) => Promise<unknown>;
  /** What another row may not share with it, and the values that make it another row. */
  readonly other: Readonly<Record<string, SQL>>;
}

/** Every unique key beside the primary one, by its index. */
const KEYS: Readonly<Record<string, Case & { readonly table: string }>> = {
  meeting_number: { table: "meeting", first: async () => undefined, other: { meeting_id: sql`'another'` } },
  link_by_token: {
    table: "link",
    first: (voting) => db.write(issueLinks(sceneAt(voting.community), voting.meetingId, [1])),
    other: { voter_no: sql`2` },
  },
  holding_one_designated: {
    table: "holding",
    first: (voting) => db.write([holding(voting)]),
    other: { holding_no: sql`10` },
  },
  guardianship_one: {
    table: "guardianship",
    first: (voting) => db.write([guardianship(voting)]),
    other: { guardianship_no: sql`2` },
  },
};

/** Keys that hold the primary one within them, or whose table asks for both in one guard (its own tests put a second row in). */
const GUARDED_WITH_THE_PRIMARY = [
  "distribution_fund_voucher_by_voucher",
  "audit_engagement_number",
  "audit_item_of_voucher",
  "distribution_number",
  "handover_number",
  "recall_number",
  "snapshot_unit_by_building",
  "staff_session_by_challenge",
  "proxy_of_voter",
  "owner_card_by_code",
  "owner_card_in_force",
  "owner_session_by_challenge",
  "election_number",
  "mandate_number",
  "candidacy_number",
  "candidacy_of_party",
  "candidacy_answer_person",
  "candidate_order",
  "ledger_asset_by_code",
  "ledger_budget_by_version",
  "ledger_lease_by_number",
  "ledger_tariff_by_day",
  "ledger_permit_by_number",
  "ledger_gate_import_by_file",
  "ledger_statement_by_number",
  "ledger_statement_one_draft",
  "ledger_question_by_number",
  "fund_project_number",
  "fund_movement_number",
  "fund_movement_by_voucher",
  "tender_number",
  "tender_session_by_challenge",
  "tender_bidder_number",
  "tender_bidder_contact",
  "tender_debarment_number",
  "tender_complaint_once",
  "tender_contract_number",
] as const;

describe("a second unique key", () => {
  test("is one of those known here", async () => {
    const [found] = await db.read(
      db.all<{ name: string }>(
        sql`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE INDEX%' ORDER BY name`,
      ),
    );
    const known = [...Object.keys(KEYS), ...GUARDED_WITH_THE_PRIMARY].sort();
    expect(found.map(({ name }) => name)).toEqual(known);
  });

  test.each(Object.entries(KEYS))(
    "%s does not let a row be put in another's place",
    async (_, { table, first, other }) => {
      const voting = await makeVoting();
      await first(voting);
      const [columns] = await db.read(db.all<{ name: string }>(sql`SELECT name FROM pragma_table_info(${table})`));
      const rows = async () => {
        const [all] = await db.read(
          db.all(sql`SELECT * FROM ${sql.raw(table)} WHERE community_id = ${voting.community.id}`),
        );
        return all;
      };
      const before = await rows();
      expect(before.length).toBeGreaterThan(0);
      const names = columns.map(({ name }) => name);
      const only = table === "holding" ? { ...other, role: sql`'designated'` } : other;
      expect(await db.write([again(voting, table, names, only)])).toMatchObject({ ok: false });
      expect(await rows()).toEqual(before);
    },
  );
});

test("a ballot does not give way to another one with its leaf", async () => {
  const voting = await makeVoting();
  await db.write([ballot(voting, 1)]);
  await db.write([again(voting, "ballot", BALLOT, { voter_no: sql`2` })]);
  const [rows] = await db.read(
    db.all<{ voterNo: number }>(
      sql`SELECT voter_no AS voterNo FROM ballot WHERE community_id = ${voting.community.id} ORDER BY 1`,
    ),
  );
  expect(rows).toEqual([{ voterNo: 1 }, { voterNo: 2 }]);
});
