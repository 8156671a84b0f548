/** Members declare that nothing ties them, or leave; the next of the draw takes an expert's seat (TB 37). No HTTP. */
import { plainText } from "../../../community/identity/rules.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Author } from "../../../offices/authors.ts";
import { sql } from "../../../platform/db.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, panelAuthor, recordTenderEvent } from "../../acting.ts";
import { tenderIn } from "../../rules.ts";
import { assertTenderStands, type TenderKey } from "../../store.ts";
import { findOpenedBids } from "../bids.ts";
import { findPanelled, numbersOf, type PanelRefusal, refusedAs } from "./actions.ts";
import { LONGEST_WORDS } from "./pool.ts";
import { nextDrawn, worksFor } from "./rules.ts";
import { nextMember, seating } from "./seating.ts";
import {
  assertSits,
  type ExpertRow,
  insertMemberAnswer,
  insertMemberLeft,
  listExpertsNumbered,
  type MemberActor,
  type MemberRow,
  type PanelRow,
  sits,
} from "./store.ts";

export type LeaveCause = "declared" | "related" | "absent";

/**
 * A member leaves the panel, and where an expert did the next of the draw takes the seat in the same batch. Whoever works for a bidder is
 * passed over again. Refused once every sheet is committed to.
 */
async function leave(
  scene: Scene,
  key: TenderKey,
  memberNo: number,
  asked: { readonly cause: LeaveCause; readonly why: string },
  by: Author,
): Promise<Result<true, PanelRefusal>> {
  const why = plainText(asked.why);
  if (why === "") return err({ reason: "words_missing", field: "why" });
  if (why.length > LONGEST_WORDS) return err({ reason: "words_too_long", field: "why", most: LONGEST_WORDS });
  const found = await findPanelled(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, panel, members } = found;
  const row = members.find((one) => one.memberNo === memberNo);
  if (!panel || !row) return err({ reason: "unknown_member" });
  if (!sits(row)) return ok(true);
  const may = tenderIn(tender.state, "opened", "qualified");
  if (!may.ok) return may;
  if (panel.scoringClosedAt !== null) return err({ reason: "scoring_closed" });
  const { tenderId } = tender;
  const next = row.kind === "expert" ? await nextExpert(scene, panel, members) : null;
  if (row.kind === "expert" && !next)
    return err({ reason: "pool_too_small", experts: numbersOf(panel.pool).length, needed: panel.experts + 1 });
  const event = recordTenderEvent(
    scene,
    tenderId,
    "member_left",
    { member: memberNo, cause: asked.cause, ...(next ? { replacedBy: next.expertNo } : {}) },
    by,
    // The words may tell of a person's family: they stand at the desk, and the record has their place only.
  );
  const seat = next ? await seating(scene, tenderId, nextMember(members), next, memberNo, by) : { statements: [] };
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertMemberLeft(scene, {
      tenderId,
      memberNo,
      cause: asked.cause,
      why,
      leftBy: by.id,
      leftAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...seat.statements,
  ]);
  if (written.ok) return ok(true);
  return written.error.code === "member_left" ? ok(true) : err(refusedAs(written.error, panel));
}

async function nextExpert(scene: Scene, panel: PanelRow, members: readonly MemberRow[]): Promise<ExpertRow | null> {
  const asked = new Set([
    ...numbersOf(panel.passedOver),
    ...members.flatMap(({ expertNo }) => (expertNo === null ? [] : [expertNo])),
  ]);
  const [bids, [rows]] = await Promise.all([
    findOpenedBids(scene, panel.tenderId),
    scene.db.read(listExpertsNumbered(scene, sql`${panel.pool}`)),
  ]);
  for (const { expertNo, organisation, goneAt } of rows)
    if (goneAt !== null || worksFor(organisation, bids)) asked.add(expertNo);
  const number = nextDrawn(numbersOf(panel.drawn), asked);
  return rows.find(({ expertNo }) => expertNo === number) ?? null;
}

/** Staff replaces a member who is tied to a bidder, or does not answer; the reason is logged. */
export const replaceMember = (
  scene: StaffScene,
  key: TenderKey,
  memberNo: number,
  asked: { readonly cause: "related" | "absent"; readonly why: string },
): Promise<Result<true, PanelRefusal>> => leave(scene, key, memberNo, asked, authorOf(scene));

/** A member says what ties them to a bidder or the committee, and leaves; the next of the draw is asked. */
export const declareTie = (scene: Scene, actor: MemberActor, why: string): Promise<Result<true, PanelRefusal>> =>
  leave(scene, actor.tenderId, actor.memberNo, { cause: "declared", why }, panelAuthor(actor.memberNo.toString()));

/** A member declares that nothing ties them (TB 37); only then may they score. Twice is once. */
export async function declareFree(scene: Scene, actor: MemberActor): Promise<Result<true, PanelRefusal>> {
  const { tenderId, memberNo } = actor;
  const found = await findPanelled(scene, tenderId);
  const row = found?.members.find((one) => one.memberNo === memberNo);
  if (!found || !row) return err({ reason: "unknown_member" });
  if (!sits(row)) return err({ reason: "member_left" });
  if (row.answeredAt !== null) return ok(true);
  const may = tenderIn(found.tender.state, "opened", "qualified");
  if (!may.ok) return may;
  const event = recordTenderEvent(
    scene,
    tenderId,
    "member_declared",
    { member: memberNo },
    panelAuthor(memberNo.toString()),
  );
  const written = await scene.db.write([
    assertSits(scene, tenderId, memberNo),
    insertMemberAnswer(scene, { tenderId, memberNo, answeredAt: scene.now, leafHash: event.leafHash }),
    ...event.statements,
  ]);
  if (written.ok || written.error.code === "member_answered") return ok(true);
  return err(refusedAs(written.error, found.panel!));
}
