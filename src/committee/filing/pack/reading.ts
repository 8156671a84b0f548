/** Everything a filing is made of: the members as of a day, the decision that elected them, the published minutes, the rules in force. Reads; writes no file. */

import type { Run } from "../../../assembly/counting/stored.ts";
import { type PublicMeeting, readMeeting, standingRun } from "../../../assembly/public/reading.ts";
import { isMatter, type Matter } from "../../../assembly/rules.ts";
import { listRounds } from "../../../elections/rounds/store.ts";
import { findLatestMandate, type MandateRow } from "../../../elections/store.ts";
import { type Day, endOf, type Instant } from "../../../kernel/day.ts";
import { openName } from "../../../offices/people/store.ts";
import type { TakeKind } from "../../../offices/terms/rules.ts";
import { type Query, sql } from "../../../platform/db.ts";
import { getFile } from "../../../platform/files.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Scene } from "../../../platform/scene.ts";
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

/** A paper the owners adopted, with the decision that did. */
export interface AdoptedPaper {
  readonly matter: Matter;
  readonly meetingNumber: number;
  readonly itemNo: number;
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
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

/** The papers of the newest carried decisions on the rules of procedure (1) and on the covenant (2). */
const listAdoptedPapers = ({ db, community }: Scene): Query<AdoptedPaper[]> =>
  db.all(
    sql`SELECT d.matter, d.number AS meetingNumber, d.item_no AS itemNo, a.value ->> 'fileId' AS fileId, a.value ->> 'name' AS name,
               a.value ->> 'sha256' AS sha256
        FROM (SELECT i.matter, m.number, i.item_no, i.item, row_number() OVER (PARTITION BY i.matter ORDER BY m.number DESC, i.item_no DESC) AS place
              FROM meeting m
              JOIN meeting_item i ON i.community_id = m.community_id AND i.meeting_id = m.meeting_id AND i.edition = m.edition AND i.matter IN (1, 2)
              JOIN count_result r ON r.community_id = m.community_id AND r.meeting_id = m.meeting_id AND r.item_no = i.item_no AND r.basis = 'strict'
                AND r.run_no = (SELECT max(c.run_no) FROM count_run c
                  WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id AND c.published_at IS NOT NULL)
              WHERE m.community_id = ${community.id} AND m.state IN ('published', 'final') AND r.result ->> 'outcome' = 'carried') d,
             json_each(d.item, '$.attachments') a
        WHERE d.place = 1 ORDER BY d.matter, a.key`,
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
