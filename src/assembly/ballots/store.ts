/** The SQL of ballots: everything a cast needs in one read, and the statements of its batch. Decides nothing. */
import type { AreaDm2 } from "../../kernel/area.ts";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type Item, weightInScope } from "../agenda/rules.ts";
import { type ItemRow, listItems, type MeetingState } from "../meeting/store.ts";
import { type MeetingRules, rulesFromJson } from "../settings/rules.ts";
import type { Answer, BallotChannel, VotingMeeting } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface VotingRow {
  readonly meetingId: MeetingId;
  readonly number: number;
  readonly title: string;
  readonly state: MeetingState;
  readonly edition: number;
  readonly manifestHash: string;
  readonly rules: string;
  readonly snapshotId: string;
  readonly noticeAt: Instant;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly countedAt: Instant | null;
  readonly publishedAt: Instant | null;
}

export interface VoterRow {
  readonly voterNo: number;
  readonly reason: string;
  readonly areaDm2: AreaDm2;
  /** JSON of community/rules.ts `Designation`. */
  readonly designation: string;
  /** Who votes now: as frozen, or settled since by the co-owners (C3); null while nobody is. */
  readonly votingPartyId: PartyId | null;
  readonly maskedName: string;
}

export interface VoterUnitRow {
  readonly unitId: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly areaDm2: AreaDm2;
  readonly kind: string;
  readonly counted: 0 | 1;
}

interface BallotRow {
  readonly voterNo: number;
  readonly version: number;
  readonly channel: BallotChannel;
  readonly answers: string;
  readonly salt: string;
  readonly leafHash: string;
  readonly castAt: Instant;
}

/** A ballot that stands: the newest version of a voter. */
export interface StandingBallot extends Omit<BallotRow, "answers"> {
  readonly answers: readonly Answer[];
}

/** A meeting whose notice is given. A draft has no edition and is found by nobody here. */
const findVoting = ({ db, community }: Here, meetingId: string): Query<VotingRow[]> =>
  db.all(
    sql`SELECT meeting_id AS meetingId, number, title, state, edition, manifest_hash AS manifestHash, rules,
          snapshot_id AS snapshotId, notice_at AS noticeAt, opens_at AS opensAt, closes_at AS closesAt,
          counted_at AS countedAt, published_at AS publishedAt
        FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND edition > 0`,
  );

// The snapshot in force is found in the same statement, so that a reader needs one round trip.
const snapshotOf = (communityId: string, meetingId: string) =>
  sql`(SELECT snapshot_id FROM meeting WHERE community_id = ${communityId} AND meeting_id = ${meetingId})`;

const findVoter = ({ db, community }: Here, meetingId: string, voterNo: number): Query<VoterRow[]> =>
  db.all(
    sql`SELECT voter_no AS voterNo, reason, area_dm2 AS areaDm2, designation, masked_name AS maskedName,
          coalesce((SELECT d.party_id FROM snapshot_designation d WHERE d.community_id = ${community.id}
            AND d.meeting_id = ${meetingId} AND d.voter_no = snapshot_voter.voter_no
            ORDER BY d.designation_no DESC LIMIT 1), voting_party_id) AS votingPartyId
        FROM snapshot_voter WHERE community_id = ${community.id} AND snapshot_id = ${snapshotOf(community.id, meetingId)}
          AND voter_no = ${voterNo}`,
  );

const listUnitsOf = ({ db, community }: Here, meetingId: string, voterNo: number): Query<VoterUnitRow[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, building, entrance, room, area_dm2 AS areaDm2, kind, counted
        FROM snapshot_unit WHERE community_id = ${community.id} AND snapshot_id = ${snapshotOf(community.id, meetingId)}
          AND voter_no = ${voterNo}`,
  );

/** The newest version of a voter's ballot: one row or none. */
export const findStandingBallot = ({ db, community }: Here, meetingId: string, voterNo: number): Query<BallotRow[]> =>
  db.all(
    sql`SELECT voter_no AS voterNo, version, channel, answers, salt, leaf_hash AS leafHash, cast_at AS castAt
        FROM ballot WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY version DESC LIMIT 1`,
  );

export const standingFrom = (row: BallotRow | undefined): StandingBallot | null =>
  row ? { ...row, answers: readContent(row.answers) } : null;

/** Reads back what `ballotContent` made. */
const readContent = (json: string): Answer[] =>
  (JSON.parse(json) as { item: number; options: number[] }[]).map(({ item, options }) => ({ itemNo: item, options }));

/** The queries of everything known of a voter in a meeting, for one read together with others; `votingFrom` reads their rows. */
export const votingQueries = (here: Here, meetingId: MeetingId, voterNo: number) =>
  [
    findVoting(here, meetingId),
    listItems(here, meetingId),
    findVoter(here, meetingId, voterNo),
    listUnitsOf(here, meetingId, voterNo),
    findStandingBallot(here, meetingId, voterNo),
  ] as const;

/** A voter's area in the scope of an item. Every voter is one owner (C2), so heads are not repeated. */
export interface ItemWeight {
  readonly itemNo: number;
  readonly areaDm2: AreaDm2;
}

/** A voter before a meeting: what is asked, with how much weight, and what stands already. */
export interface VotingCase {
  readonly row: VotingRow;
  readonly rules: MeetingRules;
  readonly meeting: VotingMeeting;
  readonly voter: VoterRow;
  readonly units: readonly VoterUnitRow[];
  /** Of the items in whose scope this voter has a counted unit, in order. */
  readonly weights: readonly ItemWeight[];
  readonly standing: StandingBallot | null;
}

export const itemFrom = (row: ItemRow): Item => ({ ...(JSON.parse(row.item) as Item), itemNo: row.itemNo });

/** Null when there is no such meeting, its notice is not given, or the frozen roll has no such voter. */
export function votingFrom(
  [row]: readonly VotingRow[],
  itemRows: readonly ItemRow[],
  [voter]: readonly VoterRow[],
  units: readonly VoterUnitRow[],
  [ballot]: readonly BallotRow[],
): VotingCase | null {
  if (!row || !voter) return null;
  const rules = readRules(row.rules);
  const items = itemRows.map(itemFrom);
  const held = units.map((unit) => ({ ...unit, counted: unit.counted === 1 }));
  const weights = items.flatMap(({ itemNo, scope }): ItemWeight[] => {
    const { owners, areaDm2 } = weightInScope(scope, held);
    return owners === 0 ? [] : [{ itemNo, areaDm2 }];
  });
  const meeting: VotingMeeting = {
    state: row.state,
    opensAt: row.opensAt,
    closesAt: row.closesAt,
    countedAt: row.countedAt,
    items,
    ballotReplaceable: rules.ballotReplaceable.value,
    channels: rules.channels.value,
    proxyMayVoteOnline: rules.proxyMayVoteOnline.value,
  };
  return { row, rules, meeting, voter, units, weights, standing: standingFrom(ballot) };
}

function readRules(json: string): MeetingRules {
  const read = rulesFromJson(JSON.parse(json));
  if (!read.ok) throw new Error("the rules frozen with a meeting do not read back");
  return read.value;
}

// ——— Statements ———

export interface NewBallot {
  readonly meetingId: string;
  readonly voterNo: number;
  readonly version: number;
  readonly channel: BallotChannel;
  /** Canonical JSON of the answers. */
  readonly answers: string;
  readonly salt: string;
  readonly commitment: string;
  readonly leafHash: string;
  /** JSON: the factor or the sheet it rests on; nothing personal. */
  readonly evidence: string;
}

/** The ballot itself. The table's triggers abort with `already_voted` and, outside the voting time, `not_open`. */
export const insertBallot = ({ db, community, now }: HereNow, ballot: NewBallot): Query =>
  db.run(
    sql`INSERT INTO ballot(community_id, meeting_id, voter_no, version, channel, answers, salt, commitment, leaf_hash, evidence, cast_at)
        VALUES (${community.id}, ${ballot.meetingId}, ${ballot.voterNo}, ${ballot.version}, ${ballot.channel}, ${ballot.answers},
                ${ballot.salt}, ${ballot.commitment}, ${ballot.leafHash}, ${ballot.evidence}, ${now})`,
  );

export interface ChoiceRow extends ItemWeight {
  readonly optionNo: number;
  readonly version: number;
  readonly sign: 1 | -1;
}

export const insertChoices = (
  { db, community }: Here,
  meetingId: string,
  voterNo: number,
  rows: readonly ChoiceRow[],
): Query =>
  db.run(
    sql`INSERT INTO ballot_choice(community_id, meeting_id, item_no, option_no, voter_no, version, sign, area_dm2)
        SELECT ${community.id}, ${meetingId}, value ->> 'itemNo', value ->> 'optionNo', ${voterNo}, value ->> 'version',
               value ->> 'sign', value ->> 'areaDm2'
        FROM json_each(${JSON.stringify(rows)})`,
  );

export const insertParts = (
  { db, community }: Here,
  meetingId: string,
  voterNo: number,
  parts: readonly ItemWeight[],
): Query =>
  db.run(
    sql`INSERT INTO ballot_part(community_id, meeting_id, item_no, voter_no, area_dm2)
        SELECT ${community.id}, ${meetingId}, value ->> 'itemNo', ${voterNo}, value ->> 'areaDm2'
        FROM json_each(${JSON.stringify(parts)})`,
  );

/** One more owner with this area under each key; a key the meeting does not count is left out. */
export function addTurnout(
  { db, community }: Here,
  meetingId: string,
  rows: readonly { readonly key: string; readonly areaDm2: AreaDm2 }[],
): Query {
  const json = JSON.stringify(Object.fromEntries(rows.map(({ key, areaDm2 }) => [key, areaDm2])));
  return db.run(
    sql`UPDATE turnout SET owners = owners + 1,
          area_dm2 = area_dm2 + (SELECT j.value FROM json_each(${json}) j WHERE j.key = turnout.key)
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND key IN (SELECT j.key FROM json_each(${json}) j)`,
  );
}
