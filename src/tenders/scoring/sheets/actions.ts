/** Facts with their evidence, the opening of the scoring, and every member's sheet: committed to, then revealed (T9, T10). No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, panelAuthor, recordTenderEvent } from "../../acting.ts";
import { type TenderMoveRefusal, tenderIn } from "../../rules.ts";
import { assertTenderStands, type TenderKey } from "../../store.ts";
import { findPanelled } from "../panel/actions.ts";
import { type PanelFault, panelFaults } from "../panel/rules.ts";
import { assertSits, type MemberActor, sits } from "../panel/store.ts";
import { type ComparedRow, listCompared, listLotsOver } from "../qualifying/store.ts";
import { type Given, type LotAsked, type PointsFault, pointsFaults } from "../result/rules.ts";
import {
  checkReveal,
  checkSheet,
  commitmentOf,
  NONCE_BYTES,
  type RevealFault,
  type Sheet,
  type SheetRefusal,
  sheetOf,
} from "./rules.ts";
import {
  closeScoringWhenAll,
  type FactRow,
  findSheet,
  insertFact,
  insertMismatch,
  insertRevealed,
  insertScoring,
  insertSheet,
  listFacts,
  sheetSeal,
} from "./store.ts";

export type ScoringActRefusal =
  | TenderMoveRefusal
  | PanelFault
  | SheetRefusal
  | RevealFault
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  | { readonly reason: "panel_not_prepared" }
  | { readonly reason: "unknown_member" }
  | { readonly reason: "member_left" }
  /** T9: who has not said that nothing ties them does not score. */
  | { readonly reason: "ties_undeclared"; readonly members: readonly number[] }
  | { readonly reason: "facts_faulty"; readonly faults: readonly PointsFault[] }
  | { readonly reason: "scoring_not_open" }
  /** Facts and the panel stand from the moment sheets are taken. */
  | { readonly reason: "scoring_open" }
  | { readonly reason: "scoring_closed" }
  /** Sheets are committed to once; this is another one. */
  | { readonly reason: "sheet_committed" }
  | { readonly reason: "sheet_missing" };

/** What is judged of a tender: living lots with their compared bidders. */
export const lotsAsked = (
  criteria: LotAsked["criteria"],
  compared: readonly ComparedRow[],
  over: readonly { readonly lotNo: number }[],
): LotAsked[] =>
  [...new Set(compared.map(({ lotNo }) => lotNo))]
    .filter((lotNo) => !over.some((one) => one.lotNo === lotNo))
    .map((lotNo) => ({
      lotNo,
      bidders: compared.filter((one) => one.lotNo === lotNo && one.voidWhy === null).map(({ bidderNo }) => bidderNo),
      criteria,
    }));

/** Everything scoring goes by, in two round trips. */
export async function findScored(scene: Scene, key: TenderKey) {
  const found = await findPanelled(scene, key);
  if (!found) return null;
  const { tenderId } = found.tender;
  const [compared, over, facts] = await scene.db.read(
    listCompared(scene, tenderId),
    listLotsOver(scene, tenderId),
    listFacts(scene, tenderId),
  );
  return { ...found, compared, facts, lots: lotsAsked(found.scheme.criteria, compared, over) };
}

export const factGiven = ({ lotNo, bidderNo, criterion, points, evidence }: FactRow): Given => ({
  lotNo,
  bidderNo,
  criterion,
  points,
  reason: evidence,
});

const isOf = (a: Pick<Given, "lotNo" | "bidderNo" | "criterion">, b: typeof a): boolean =>
  a.lotNo === b.lotNo && a.bidderNo === b.bidderNo && a.criterion === b.criterion;

/**
 * Writes the points for facts, all of them at once, each with its evidence. What differs from before is a new edition; the same again
 * changes nothing. Refused once scoring is open.
 */
export async function recordFacts(
  scene: StaffScene,
  key: TenderKey,
  given: readonly Given[],
): Promise<Result<{ readonly changed: number }, ScoringActRefusal>> {
  const found = await findScored(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, panel, lots, facts } = found;
  const may = tenderIn(tender.state, "qualified");
  if (!may.ok) return may;
  const faults = pointsFaults("fact", lots, given);
  if (faults.length > 0) return err({ reason: "facts_faulty", faults });
  const changed = given
    .map((one) => ({ ...one, reason: one.reason.trim() }))
    .flatMap((one) => {
      const before = facts.find((row) => isOf(row, one));
      if (before && before.points === one.points && before.evidence === one.reason) return [];
      return [{ ...one, edition: (before?.edition ?? 0) + 1 }];
    });
  if (changed.length === 0) return ok({ changed: 0 });
  if (panel?.scoringOpenedAt != null) return err({ reason: "scoring_open" });
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "facts_recorded",
    { facts: changed.length },
    authorOf(scene),
    {
      points: changed.map(({ lotNo, bidderNo, criterion, points, edition }) => ({
        lot: lotNo,
        bidder: bidderNo,
        criterion,
        points,
        edition,
      })),
    },
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    ...changed.map(({ lotNo, bidderNo, criterion, points, reason, edition }) =>
      insertFact(scene, {
        tenderId: tender.tenderId,
        lotNo,
        bidderNo,
        criterion,
        edition,
        points,
        evidence: reason,
        givenBy: scene.actor.personId,
        givenAt: scene.now,
        leafHash: event.leafHash,
      }),
    ),
    ...event.statements,
  ]);
  if (written.ok) return ok({ changed: changed.length });
  return err({ reason: written.error.code === "scoring_open" ? "scoring_open" : "tender_stale" });
}

/** Opens the scoring: the panel is lawful and full, everybody has declared, every fact has its points. A repeat finds it open. */
export async function openScoring(scene: StaffScene, key: TenderKey): Promise<Result<true, ScoringActRefusal>> {
  const found = await findScored(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, panel, members, lots, facts } = found;
  if (!panel) return err({ reason: "panel_not_prepared" });
  if (panel.scoringOpenedAt !== null) return ok(true);
  const may = tenderIn(tender.state, "qualified");
  if (!may.ok) return may;
  const sitting = members.filter(sits);
  const [fault] = panelFaults(
    sitting.map(({ kind }) => kind),
    panel.expertShare,
  );
  if (fault) return err(fault);
  if (sitting.length !== panel.size) return err({ reason: "panel_size", size: sitting.length, least: panel.size });
  const silent = sitting.filter(({ answeredAt }) => answeredAt === null).map(({ memberNo }) => memberNo);
  if (silent.length > 0) return err({ reason: "ties_undeclared", members: silent });
  const faults = pointsFaults("fact", lots, facts.map(factGiven));
  if (faults.length > 0) return err({ reason: "facts_faulty", faults });
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "scoring_opened",
    { members: sitting.length, experts: sitting.filter(({ kind }) => kind === "expert").length },
    authorOf(scene),
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertScoring(scene, {
      tenderId: tender.tenderId,
      openedBy: scene.actor.personId,
      openedAt: scene.now,
      closedAt: null,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  return written.ok || written.error.code === "scoring_open" ? ok(true) : err({ reason: "tender_stale" });
}

/** What a member keeps of a sheet: it opens the commitment. */
export interface KeptSheet {
  readonly sheet: Sheet;
  /** 32 hex digits. */
  readonly nonce: string;
  readonly commitment: string;
}

/** A member's sheet as it is kept for them; null before they committed to one. */
export async function openSheet(scene: Scene, { tenderId, memberNo }: MemberActor): Promise<KeptSheet | null> {
  const [rows] = await scene.db.read(findSheet(scene, tenderId, memberNo));
  const row = rows[0];
  if (!row) return null;
  const kept = JSON.parse(await scene.keys.open(row.sheetSealed, sheetSeal(scene, tenderId, memberNo))) as Omit<
    KeptSheet,
    "commitment"
  >;
  return { ...kept, commitment: row.commitment };
}

/**
 * A member hands in the sheet: its hash goes into the record, the sheet itself stays sealed until everybody's is in. Once; the same sheet
 * again is answered with the first commitment, another one is refused. The last one closes the scoring.
 */
export async function commitSheet(
  scene: Scene,
  actor: MemberActor,
  given: readonly Given[],
): Promise<Result<KeptSheet, ScoringActRefusal>> {
  const { tenderId, memberNo } = actor;
  const [found, before] = await Promise.all([findScored(scene, tenderId), openSheet(scene, actor)]);
  const row = found?.members.find((one) => one.memberNo === memberNo);
  if (!found || !row) return err({ reason: "unknown_member" });
  const { tender, panel, lots } = found;
  if (!sits(row)) return err({ reason: "member_left" });
  const sheet = sheetOf(tenderId, memberNo, given);
  if (before)
    return commitmentOf(sheet, before.nonce) === before.commitment
      ? ok(before)
      : err({ reason: panel?.scoringClosedAt === null ? "sheet_committed" : "scoring_closed" });
  const may = tenderIn(tender.state, "qualified");
  if (!may.ok) return may;
  if (panel?.scoringOpenedAt == null) return err({ reason: "scoring_not_open" });
  if (panel.scoringClosedAt !== null) return err({ reason: "scoring_closed" });
  if (row.answeredAt === null) return err({ reason: "ties_undeclared", members: [memberNo] });
  const checked = checkSheet(lots, sheet);
  if (!checked.ok) return checked;
  const nonce = bytesToHex(scene.random(NONCE_BYTES));
  const commitment = commitmentOf(sheet, nonce);
  const event = recordTenderEvent(
    scene,
    tenderId,
    "sheet_committed",
    { member: memberNo },
    panelAuthor(memberNo.toString()),
    { commitment },
  );
  const written = await scene.db.write([
    assertSits(scene, tenderId, memberNo),
    insertSheet(scene, {
      tenderId,
      memberNo,
      commitment,
      sheetSealed: await scene.keys.seal(JSON.stringify({ sheet, nonce }), sheetSeal(scene, tenderId, memberNo)),
      committedAt: scene.now,
      leafHash: event.leafHash,
    }),
    closeScoringWhenAll(scene, tenderId),
    ...event.statements,
  ]);
  if (written.ok) return ok({ sheet, nonce, commitment });
  if (written.error.code === "sheet_committed") {
    const first = await openSheet(scene, actor);
    if (first && commitmentOf(sheet, first.nonce) === first.commitment) return ok(first);
    return err({ reason: "sheet_committed" });
  }
  return err({ reason: written.error.code === "member_left" ? "member_left" : "scoring_closed" });
}

/**
 * Reveals a member's sheet once everybody's is committed to: the kept one, or the file the member kept and hands in. Anything but what was
 * committed to is refused, and the record shows that it was tried. Of two at once one is written, and both find it revealed.
 */
export async function revealSheet(
  scene: Scene,
  actor: MemberActor,
  offered?: { readonly given: readonly Given[]; readonly nonce: string },
): Promise<Result<true, ScoringActRefusal>> {
  const { tenderId, memberNo } = actor;
  const [found, kept] = await Promise.all([findPanelled(scene, tenderId), openSheet(scene, actor)]);
  const row = found?.members.find((one) => one.memberNo === memberNo);
  if (!found || !row) return err({ reason: "unknown_member" });
  if (!sits(row)) return err({ reason: "member_left" });
  if (!kept) return err({ reason: "sheet_missing" });
  const { sheet, nonce } = offered ? { sheet: sheetOf(tenderId, memberNo, offered.given), nonce: offered.nonce } : kept;
  const fits = checkReveal(kept.commitment, sheet, nonce);
  if (!fits.ok) {
    if (fits.error.reason === "another_sheet") await noteMismatch(scene, actor, fits.error.offered);
    return fits;
  }
  if (row.revealedAt !== null) return ok(true);
  if (found.panel?.scoringClosedAt == null) return err({ reason: "scoring_open" });
  const event = recordTenderEvent(
    scene,
    tenderId,
    "sheet_revealed",
    { member: memberNo },
    panelAuthor(memberNo.toString()),
    { commitment: kept.commitment, nonce },
  );
  const written = await scene.db.write([
    insertRevealed(scene, {
      tenderId,
      memberNo,
      sheet: JSON.stringify(sheet),
      nonce,
      revealedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok || written.error.code === "sheet_revealed") return ok(true);
  return err({ reason: written.error.code === "scoring_open" ? "scoring_open" : "tender_stale" });
}

/** The same other sheet again is one entry. */
async function noteMismatch(scene: Scene, { tenderId, memberNo }: MemberActor, offered: string): Promise<void> {
  const event = recordTenderEvent(
    scene,
    tenderId,
    "sheet_refused",
    { member: memberNo },
    panelAuthor(memberNo.toString()),
    { offered },
  );
  await scene.db.write([
    insertMismatch(scene, { tenderId, memberNo, offered, offeredAt: scene.now, leafHash: event.leafHash }),
    ...event.statements,
  ]);
}
