/** Examining the opened bids, and deciding which of them are compared (资格审查; T7). No HTTP. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, recordTenderEvent } from "../../acting.ts";
import { exclusionsOf, standingOf } from "../../bidders/conflicts/rules.ts";
import { assertConflictsAs, listConflicts } from "../../bidders/conflicts/store.ts";
import type { OpenedBid } from "../../opening/opened.ts";
import { failing } from "../../procedure/actions.ts";
import { type TenderMoveRefusal, tenderIn } from "../../rules.ts";
import { schemeOf } from "../../scheme/actions.ts";
import type { Qualification, Scheme } from "../../scheme/rules.ts";
import {
  assertTenderStands,
  findScheme,
  findTender,
  type TenderKey,
  type TenderRow,
  updateTender,
} from "../../store.ts";
import { findOpenedBids } from "../bids.ts";
import { type PriceQueriesOpen, withPriceDecisions } from "../pricing/rules.ts";
import { assertPriceQueriesAs, listPriceQueries } from "../pricing/store.ts";
import {
  type ConflictsOpen,
  checkFinding,
  type Finding,
  type FindingFault,
  type QualifiedLot,
  type QualifyRefusal,
  qualify,
  withExclusions,
} from "./rules.ts";
import { type FindingRow, insertCompared, insertFinding, insertLotOver, listFindings } from "./store.ts";

export type ExamineRefusal =
  | TenderMoveRefusal
  | FindingFault
  | QualifyRefusal
  | ConflictsOpen
  | PriceQueriesOpen
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" };

export const readFinding = ({ lotNo, bidderNo, shown, voidWhy }: FindingRow): Finding => ({
  lotNo,
  bidderNo,
  shown: JSON.parse(shown) as Qualification[],
  voidWhy,
});

export interface Examined {
  readonly tender: TenderRow;
  readonly scheme: Scheme;
  readonly bids: readonly OpenedBid[];
  readonly rows: readonly FindingRow[];
}

/** What an examination is made from; null where there is no such tender. */
export async function findExamined(scene: Scene, key: TenderKey): Promise<Examined | null> {
  const [[tenders, schemes, rows], bids] = await Promise.all([
    scene.db.read(findTender(scene, key), findScheme(scene, key), listFindings(scene, key)),
    findOpenedBids(scene, key),
  ]);
  const [tender, kept] = [tenders[0], schemes[0]];
  return tender && kept ? { tender, scheme: schemeOf(kept), bids, rows } : null;
}

const isSame = (row: FindingRow | undefined, finding: Finding): boolean =>
  row !== undefined && row.voidWhy === finding.voidWhy && row.shown === JSON.stringify(finding.shown);

/** Writes what was found of one bid; another finding takes its place until the examination is decided. The same again changes nothing. */
export async function examineBid(
  scene: StaffScene,
  key: TenderKey,
  asked: Finding,
): Promise<Result<{ readonly edition: number }, ExamineRefusal>> {
  const found = await findExamined(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, scheme, bids, rows } = found;
  const may = tenderIn(tender.state, "opened");
  if (!may.ok) return may;
  const checked = checkFinding(scheme.lots, bids, { ...asked, shown: [...new Set(asked.shown)].sort() });
  if (!checked.ok) return checked;
  const finding = checked.value;
  const { lotNo, bidderNo } = finding;
  const before = rows.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo);
  if (isSame(before, finding)) return ok({ edition: before!.edition });
  const edition = (before?.edition ?? 0) + 1;
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "bid_examined",
    { lot: lotNo, bidder: bidderNo, isFit: finding.voidWhy === null, why: finding.voidWhy ?? "" },
    authorOf(scene),
    { shown: [...finding.shown], edition },
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertFinding(scene, {
      tenderId: tender.tenderId,
      lotNo,
      bidderNo,
      edition,
      shown: JSON.stringify(finding.shown),
      voidWhy: finding.voidWhy,
      foundBy: scene.actor.personId,
      foundAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  return written.ok ? ok({ edition }) : err({ reason: "tender_stale" });
}

export interface Qualified {
  readonly state: "qualified" | "failed";
  readonly lots: readonly QualifiedLot[];
}

const FEW = "资格审查后各标段的有效投标都不足三家";

/**
 * Decides the examination: the bids that are compared are frozen with their prices, a lot with fewer than three has failed, and
 * with no lot left so has the tender (T7). Another person's act than the examination's, by the permissions.
 */
export async function decideExamination(scene: StaffScene, key: TenderKey): Promise<Result<Qualified, ExamineRefusal>> {
  const found = await findExamined(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, scheme, rows } = found;
  const may = tenderIn(tender.state, "opened");
  if (!may.ok) return may;
  const [conflicts, queries] = await scene.db.read(
    listConflicts(scene, tender.tenderId),
    listPriceQueries(scene, tender.tenderId),
  );
  const bidding = new Set(found.bids.map(({ bidderId }) => bidderId));
  const open = conflicts.filter((one) => standingOf(one) !== "settled" && bidding.has(one.bidderId));
  if (open.length > 0) return err({ reason: "conflicts_open", open: open.length });
  const undecided = queries.filter(({ outcome }) => outcome === null).length;
  if (undecided > 0) return err({ reason: "price_queries_open", open: undecided });
  const bids = withPriceDecisions(withExclusions(found.bids, exclusionsOf(conflicts)), queries);
  const made = qualify(scheme.lots, bids, rows.map(readFinding));
  if (!made.ok) return made;
  const lots = made.value;
  const alive = lots.filter(({ failed }) => !failed);
  const state = alive.length > 0 ? ("qualified" as const) : ("failed" as const);
  const by = authorOf(scene);
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "qualified",
    {
      lots: lots.map(({ lotNo, fit, void: gone, failed }) => ({
        lot: lotNo,
        fit: [...fit],
        void: gone.length,
        failed,
      })),
    },
    by,
    {
      void: lots.flatMap(({ lotNo, void: gone }) =>
        gone.map(({ bidderNo, why }) => ({ lot: lotNo, bidder: bidderNo, why })),
      ),
    },
  );
  const whyOf = (bid: OpenedBid): string | null =>
    lots.find(({ lotNo }) => lotNo === bid.lotNo)?.void.find(({ bidderNo }) => bidderNo === bid.bidderNo)?.why ?? null;
  const compared = bids.map((bid) => ({
    lotNo: bid.lotNo,
    bidderNo: bid.bidderNo,
    bidderId: bid.bidderId,
    name: bid.name,
    code: bid.code,
    prices: JSON.stringify(bid.prices),
    totalHundredths: bid.totalHundredths,
    voidWhy: whyOf(bid),
  }));
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    assertConflictsAs(scene, tender.tenderId, conflicts),
    assertPriceQueriesAs(scene, tender.tenderId, queries),
    ...(compared.length > 0 ? [insertCompared(scene, tender.tenderId, compared)] : []),
    ...lots
      .filter(({ failed }) => failed)
      .map(({ lotNo }) =>
        insertLotOver(scene, {
          tenderId: tender.tenderId,
          lotNo,
          cause: "few_bidders",
          overAt: scene.now,
          leafHash: event.leafHash,
        }),
      ),
    ...event.statements,
    ...(state === "qualified"
      ? updateTender(scene, tender, { state, qualifiedAt: scene.now })
      : failing(scene, tender, FEW, by)),
  ]);
  return written.ok ? ok({ state, lots }) : err({ reason: "tender_stale" });
}
