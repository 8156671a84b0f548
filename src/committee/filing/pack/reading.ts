/** Everything a filing is made of: the members as of a day, the decision that elected them, the published minutes, the rules in force. Reads; writes no file. */

import type { Run } from "../../../assembly/counting/stored.ts";
import { type PublicMeeting, readMeeting, standingRun } from "../../../assembly/public/reading.ts";
import { isMatter } from "../../../assembly/rules.ts";
import { listRounds } from "../../../elections/rounds/store.ts";
import { findLatestMandate, type MandateRow } from "../../../elections/store.ts";
import { type Day, endOf, type Instant } from "../../../kernel/day.ts";
import { openName } from "../../../offices/people/store.ts";
import type { TakeKind } from "../../../offices/terms/rules.ts";
import { type Query, sql } from "../../../platform/db.ts";
import { getFile } from "../../../platform/files.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Scene } from "../../../platform/scene.ts";
import { type AdoptedPaper, listAdoptedPapers } from "../../disclosure/store.ts";
import { type SeatPost, seatedAt } from "../../seated/rules.ts";
import { listSeats } from "../../seated/store.ts";
import { readSession, type SessionView } from "../../sessions/reading.ts";

/** One line of the member roll. */
export interface RollLine {
  readonly name: string;
  readonly title: Bilingual;
  readonly post: SeatPost;
  readonly isMember: boolean;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  readonly act: TakeKind;
  readonly leafHash: string;
}

export interface ElectionDecision {
  readonly meeting: PublicMeeting;
  readonly run: Run;
  /** Which items of the meeting elected. */
  readonly itemNos: readonly number[];
}

export interface PackFacts {
  readonly community: {
    readonly name: string;
    readonly slug: string;
    readonly street: string;
    readonly district: string;
  };
  readonly mandate: MandateRow;
  readonly asOf: Day;
  readonly members: readonly RollLine[];
  readonly decisions: readonly ElectionDecision[];
  /** Published, the first first. */
  readonly sessions: readonly SessionView[];
  readonly papers: readonly (AdoptedPaper & { readonly mediaType: string; readonly bytes: Uint8Array })[];
}

// A filing of a whole term's meetings would be a book; those of the last months are what an authority asks for.
const MOST_SESSIONS = 12;

const listPublishedSessions = ({ db, community }: Scene, mandateId: string, until: Instant): Query<{ id: string }[]> =>
  db.all(
    sql`SELECT session_id AS id FROM committee_session
        WHERE community_id = ${community.id} AND mandate_id = ${mandateId} AND state = 'published' AND holds_at < CAST(${until} AS INTEGER)
        ORDER BY number DESC LIMIT ${sql.raw(String(MOST_SESSIONS))}`,
  );

const findPlace = ({ db, community }: Scene): Query<{ street: string; district: string }[]> =>
  db.all(sql`SELECT street, district FROM community WHERE community_id = ${community.id}`);

/** Reads a pack as of a day; null where no mandate was recorded. A round trip for each meeting and file in it, all few. */
export async function readPack(scene: Scene, asOf: Day): Promise<PackFacts | null> {
  const until = endOf(asOf);
  const [mandates, seats, papers, places] = await scene.db.read(
    findLatestMandate(scene, scene.now),
    listSeats(scene, scene.now),
    listAdoptedPapers(scene),
    findPlace(scene),
  );
  const mandate = mandates[0];
  if (!mandate) return null;
  const [rounds, published] = await scene.db.read(
    listRounds(scene, mandate.electionId ?? ""),
    listPublishedSessions(scene, mandate.mandateId, until),
  );
  const byTenure = new Map(seats.map((row) => [row.tenureId, row]));
  const members = await Promise.all(
    seatedAt(seats, until - 1).map(async ({ tenureId, post, standing }): Promise<RollLine> => {
      const row = byTenure.get(tenureId)!;
      return {
        name: await openName(scene, row),
        title: { zh: row.titleZh, en: row.titleEn },
        post,
        isMember: standing === "member",
        fromAt: row.fromAt,
        untilAt: row.untilAt,
        act: row.act,
        leafHash: row.leafHash,
      };
    }),
  );
  const settled = rounds.filter(
    ({ verdict, undoneCause, voidCause }) => verdict !== null && !undoneCause && !voidCause,
  );
  const decisions: ElectionDecision[] = [];
  for (const meetingId of new Set(settled.map((round) => round.meetingId))) {
    const meeting = await readMeeting(scene, meetingId);
    const run = meeting ? standingRun(meeting) : undefined;
    if (!meeting || !run) continue;
    const itemNos = meeting.items.filter(({ item }) => item.matter === 3).map(({ item }) => item.itemNo);
    decisions.push({ meeting, run, itemNos });
  }
  const sessions: SessionView[] = [];
  for (const { id } of published.toReversed()) {
    const view = await readSession(scene, id);
    if (view) sessions.push(view);
  }
  const stored: (AdoptedPaper & { mediaType: string; bytes: Uint8Array })[] = [];
  for (const paper of papers.filter(({ matter }) => isMatter(matter))) {
    const found = await getFile(scene, paper.fileId, "private");
    if (found) stored.push({ ...paper, mediaType: found.stored.mediaType, bytes: found.bytes });
  }
  const { name, slug } = scene.community;
  return {
    community: { name, slug, street: places[0]?.street ?? "", district: places[0]?.district ?? "" },
    mandate,
    asOf,
    members,
    decisions,
    sessions,
    papers: stored,
  };
}
