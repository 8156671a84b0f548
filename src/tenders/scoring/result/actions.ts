/** Adding the sheets up, and publishing the candidates (评审, 中标候选人公示; T10, T11). No HTTP. */
import { addDays, type Day, dayOf, endOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { canonicalHash } from "../../../record/canonical.ts";
import { authorOf, recordTenderEvent } from "../../acting.ts";
import { type TenderMoveRefusal, tenderIn } from "../../rules.ts";
import { findScheme, type TenderKey, updateTender } from "../../store.ts";
import { findPanelled } from "../panel/actions.ts";
import { insertMemberNamed, memberSeal, panelSeal, sits } from "../panel/store.ts";
import { listPriceQueries, type PriceQueryRow } from "../pricing/store.ts";
import { factGiven, findScored } from "../sheets/actions.ts";
import type { Sheet } from "../sheets/rules.ts";
import { listRevealed } from "../sheets/store.ts";
import { type RecomputeRefusal, type Report, recompute } from "./report.ts";
import type { LotResult } from "./rules.ts";
import { findResult, insertResult, type ResultRow } from "./store.ts";

export type ScoreRefusal =
  | TenderMoveRefusal
  | RecomputeRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  | { readonly reason: "panel_not_prepared" }
  /** Nothing is added up while one sheet is hidden. */
  | { readonly reason: "sheets_hidden"; readonly members: readonly number[] };

export const readReport = (row: Pick<ResultRow, "inputs">): Report => JSON.parse(row.inputs) as Report;
export const readResults = (row: Pick<ResultRow, "results">): readonly LotResult[] =>
  JSON.parse(row.results) as readonly LotResult[];

/**
 * Adds up what was revealed: prices by their formulas, facts, the members' points, ties by the scheme's order and the committed seed. The
 * report with everything it was made from is stored beside, and its hash is in the record. Made once; a repeat finds it.
 */
export async function scoreTender(
  scene: StaffScene,
  key: TenderKey,
): Promise<Result<readonly LotResult[], ScoreRefusal>> {
  const found = await findScored(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, scheme, panel, members, compared, facts, lots } = found;
  const { tenderId } = tender;
  const [revealed, made, schemes, queries] = await scene.db.read(
    listRevealed(scene, tenderId),
    findResult(scene, tenderId),
    findScheme(scene, tenderId),
    listPriceQueries(scene, tenderId),
  );
  if (made[0]) return ok(readResults(made[0]));
  if (!panel) return err({ reason: "panel_not_prepared" });
  const may = tenderIn(tender.state, "qualified");
  if (!may.ok) return may;
  const hidden = members.filter((one) => sits(one) && one.revealedAt === null).map(({ memberNo }) => memberNo);
  if (hidden.length > 0 || revealed.length === 0) return err({ reason: "sheets_hidden", members: hidden });
  const seed = await scene.keys.open(panel.tieSeedSealed, panelSeal(scene, tenderId, "ties"));
  const report: Report = {
    version: 1,
    tender: tenderId,
    number: tender.number,
    title: tender.title,
    schemeHash: schemes[0]!.schemeHash,
    criteria: scheme.criteria,
    ties: scheme.ties,
    candidatesMost: scheme.candidatesMost,
    combining: panel.combining,
    commitment: panel.tieCommitment,
    seed,
    lots: lots.map(({ lotNo }) => {
      const own = compared.filter((one) => one.lotNo === lotNo);
      return {
        lotNo,
        title: scheme.lots.find((one) => one.lotNo === lotNo)?.title ?? "",
        bids: own
          .filter(({ voidWhy }) => voidWhy === null)
          .map(({ bidderNo, name, code, prices, totalHundredths }) => ({
            bidderNo,
            name,
            code,
            prices: JSON.parse(prices) as Record<string, number>,
            totalHundredths: totalHundredths!,
          })),
        void: own.flatMap(({ bidderNo, name, voidWhy }) =>
          voidWhy === null ? [] : [{ bidderNo, name, why: voidWhy }],
        ),
      };
    }),
    ...(queries.length > 0 ? { priceQueries: queries.flatMap(decidedQuery) } : {}),
    facts: facts.map(factGiven),
    sheets: revealed.map(({ memberNo, commitment, nonce, sheet }) => ({
      memberNo,
      commitment,
      nonce,
      given: (JSON.parse(sheet) as Sheet).given,
    })),
  };
  const results = recompute(report);
  if (!results.ok) return results;
  const event = recordTenderEvent(
    scene,
    tenderId,
    "scored",
    {
      lots: results.value.map(({ lotNo, ranked, candidates, ties }) => ({
        lot: lotNo,
        ranked: ranked.map(({ bidderNo, total }) => ({ bidder: bidderNo, total })),
        candidates: [...candidates],
        ties: ties.length,
      })),
    },
    authorOf(scene),
    { report: reportHash(report), seed, commitment: panel.tieCommitment },
  );
  const written = await scene.db.write([
    insertResult(scene, {
      tenderId,
      inputs: JSON.stringify(report),
      results: JSON.stringify(results.value),
      seed,
      madeBy: scene.actor.personId,
      madeAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...updateTender(scene, tender, { state: "scored", scoredAt: scene.now }),
    ...event.statements,
  ]);
  if (written.ok) return results;
  const [again] = await scene.db.read(findResult(scene, tenderId));
  return again[0] ? ok(readResults(again[0])) : err({ reason: "tender_stale" });
}

/** A query about a price as the report has it; the examination was not decided before it was. */
const decidedQuery = ({ lotNo, bidderNo, question, answer, outcome, reason }: PriceQueryRow) =>
  outcome === null ? [] : [{ lotNo, bidderNo, question, answer, outcome, reason: reason ?? "" }];

/** Hex SHA-256 of the report's canonical JSON, as the record carries it. */
export const reportHash = (report: Report): string => canonicalHash(report);

export type PublishRefusal =
  | TenderMoveRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" };

/**
 * Publishes the candidates with the report and the panel's names (TB 37: withheld until here), and starts the days in which they
 * may be objected to: as many as the scheme says, the day of the publication not counted (T11, TBR 54). A repeat finds it done.
 */
export async function publishCandidates(
  scene: StaffScene,
  key: TenderKey,
): Promise<Result<{ readonly lastDay: Day }, PublishRefusal>> {
  const found = await findPanelled(scene, key);
  if (!found) return err({ reason: "unknown_tender" });
  const { tender, scheme, members } = found;
  if (tender.publishedAt !== null && tender.standingUntil !== null)
    return ok({ lastDay: dayOf(tender.standingUntil - 1) });
  const may = tenderIn(tender.state, "scored");
  if (!may.ok) return may;
  const [rows] = await scene.db.read(findResult(scene, tender.tenderId));
  const results = readResults(rows[0]!);
  const lastDay = addDays(dayOf(scene.now), scheme.candidateDays);
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "candidates_published",
    {
      until: lastDay,
      lots: results.map(({ lotNo, candidates }) => ({ lot: lotNo, candidates: [...candidates] })),
    },
    authorOf(scene),
  );
  // The names first, the statements after: a statement that an async function hands back would be run on the way.
  const names = await Promise.all(
    members.filter(sits).map(async ({ memberNo, nameSealed }) => ({
      tenderId: tender.tenderId,
      memberNo,
      name: await scene.keys.open(nameSealed, memberSeal(scene, tender.tenderId, memberNo)),
      namedAt: scene.now,
    })),
  );
  const named = names.map((row) => insertMemberNamed(scene, row));
  const written = await scene.db.write([
    ...updateTender(scene, tender, { state: "published", publishedAt: scene.now, standingUntil: endOf(lastDay) }),
    ...named,
    ...event.statements,
  ]);
  if (written.ok) return ok({ lastDay });
  const again = await findPanelled(scene, tender.tenderId);
  const until = again?.tender.standingUntil;
  return again?.tender.publishedAt != null && until != null
    ? ok({ lastDay: dayOf(until - 1) })
    : err({ reason: "tender_stale" });
}

/** For pages: the report and its result; null before there is one. */
export async function findReport(
  scene: Scene,
  key: TenderKey,
): Promise<{ readonly report: Report; readonly results: readonly LotResult[]; readonly row: ResultRow } | null> {
  const [rows] = await scene.db.read(findResult(scene, key));
  const row = rows[0];
  return row ? { report: readReport(row), results: readResults(row), row } : null;
}
