/** What the owners' count makes of a lot: the award, or its end; and when every lot is decided, of the tender. One batch; a repeat finds it done. No HTTP. */
import { decidedOn, publishedQueries } from "../../assembly/results/actions.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Author } from "../../offices/authors.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { CLOCK, recordTenderEvent } from "../acting.ts";
import { failing } from "../procedure/actions.ts";
import { type ComparedRow, insertLotOver, listCompared, listLotsOver } from "../scoring/qualifying/store.ts";
import { SCORING_SETTINGS } from "../scoring/settings.ts";
import { findTender, type TenderKey, type TenderRow, updateTender } from "../store.ts";
import { awardNotices } from "./messages.ts";
import { originOf, readChoices } from "./paper.ts";
import { maySettleChoice, type SettleRefusal, type Verdict, verdictOf } from "./rules.ts";
import {
  type AwardRow,
  type ChoiceRow,
  insertAward,
  insertChoiceResult,
  insertChoiceVoid,
  listAwards,
  listChoices,
  listMovedChoices,
} from "./store.ts";

export type SettlingRefusal =
  | SettleRefusal
  | { readonly reason: "unknown_choice" }
  | { readonly reason: "choice_over" }
  | { readonly reason: "tender_stale" };

const NOBODY = "业主没有选定任何一家中标候选人";

/**
 * Settles a lot once its meeting's result is final (or published, as the setting says): the candidate whom the owners chose is awarded the lot,
 * otherwise the lot is over. With the last living lot the tender is awarded, or has failed. The database awards nothing without the
 * published count in which this bidder carried.
 */
export async function settleChoice(
  scene: Scene,
  key: TenderKey,
  lotNo: number,
  by: Author = CLOCK,
): Promise<Result<Verdict["verdict"], SettlingRefusal>> {
  const [tenders, choices, compared, over, awards, settings] = await scene.db.read(
    findTender(scene, key),
    listChoices(scene, key),
    listCompared(scene, key),
    listLotsOver(scene, key),
    listAwards(scene, key),
    listSettings(scene, SCORING_SETTINGS),
  );
  const tender = tenders[0];
  const choice = choices.findLast((one) => one.lotNo === lotNo);
  if (!tender || !choice) return err({ reason: "unknown_choice" });
  if (choice.voidCause !== null) return err({ reason: "choice_over" });
  if (choice.verdict !== null) return ok(choice.verdict);
  const { awardedWhen } = valuesFromRows(SCORING_SETTINGS, settings);
  const may = maySettleChoice(choice.meetingState, awardedWhen.value);
  if (!may.ok) return may;
  const { tenderId, turn } = choice;
  const rows = await scene.db.read(...publishedQueries(scene, choice.meetingId as MeetingId));
  const decided = decidedOn(rows, originOf(tenderId, lotNo, turn));
  if (!decided) return err({ reason: "result_not_published", state: choice.meetingState });
  const verdict = verdictOf(decided.count, readChoices(choice));
  const settled = recordTenderEvent(
    scene,
    tenderId,
    "choice_settled",
    { lot: lotNo, verdict: verdict.verdict, ...(verdict.verdict === "chosen" ? { bidder: verdict.bidderNo } : {}) },
    by,
    { meeting: choice.meetingId, item: decided.item.itemNo, count: decided.leafHash, run: decided.runNo },
  );
  const chosen =
    verdict.verdict === "chosen"
      ? compared.find((one) => one.lotNo === lotNo && one.bidderNo === verdict.bidderNo)
      : undefined;
  const made = chosen ? awarding(scene, tender, choice, chosen, decided.item.itemNo, by) : null;
  const isLast = lotsLeft(compared, over, awards, lotNo).length === 0;
  const won = [...awards, ...(made ? [made.award] : [])];
  const written = await scene.db.write([
    insertChoiceResult(scene, {
      tenderId,
      lotNo,
      turn,
      runNo: decided.runNo,
      verdict: verdict.verdict,
      optionNo: verdict.verdict === "chosen" ? verdict.optionNo : null,
      bidderNo: verdict.verdict === "chosen" ? verdict.bidderNo : null,
      settledBy: by.id,
      settledAt: scene.now,
      leafHash: settled.leafHash,
    }),
    ...settled.statements,
    ...(made?.statements ?? []),
    ...(verdict.verdict === "chosen"
      ? []
      : [
          insertLotOver(scene, {
            tenderId,
            lotNo,
            cause: verdict.verdict,
            overAt: scene.now,
            leafHash: settled.leafHash,
          }),
        ]),
    ...moved(scene, tender, { isLast, won, choice, itemNo: decided.item.itemNo, compared, by }),
  ]);
  if (written.ok) return ok(verdict.verdict);
  const [again] = await scene.db.read(listChoices(scene, tenderId));
  const now = again.findLast((one) => one.lotNo === lotNo);
  return now?.verdict ? ok(now.verdict) : err({ reason: "tender_stale" });
}

/** Lots that live and are not decided, `lotNo` left out. */
const lotsLeft = (
  compared: readonly ComparedRow[],
  over: readonly { readonly lotNo: number }[],
  awards: readonly { readonly lotNo: number }[],
  lotNo: number,
): number[] =>
  [...new Set(compared.map((one) => one.lotNo))].filter(
    (one) => one !== lotNo && ![...over, ...awards].some((done) => done.lotNo === one),
  );

function awarding(
  scene: Scene,
  { tenderId }: TenderRow,
  { lotNo, meetingId }: ChoiceRow,
  { bidderId, bidderNo, name, code, prices, totalHundredths }: ComparedRow,
  itemNo: number,
  by: Author,
): { readonly award: AwardRow; readonly statements: readonly Query[] } {
  const event = recordTenderEvent(
    scene,
    tenderId,
    "awarded",
    { lot: lotNo, bidder: bidderNo, name, code, totalHundredths: totalHundredths! },
    by,
    { meeting: meetingId, item: itemNo },
  );
  const award: AwardRow = {
    tenderId,
    lotNo,
    bidderId,
    bidderNo,
    name,
    code,
    prices,
    totalHundredths: totalHundredths!,
    meetingId,
    itemNo,
    awardedAt: scene.now,
    leafHash: event.leafHash,
  };
  return { award, statements: [insertAward(scene, award), ...event.statements] };
}

/** Where the tender goes with this lot. Its version moves with every lot, so that of the last two at once the later sees the earlier. */
function moved(
  scene: Scene,
  tender: TenderRow,
  at: {
    readonly isLast: boolean;
    readonly won: readonly AwardRow[];
    readonly choice: ChoiceRow;
    readonly itemNo: number;
    readonly compared: readonly ComparedRow[];
    readonly by: Author;
  },
): readonly Query[] {
  const { isLast, won, by } = at;
  if (!isLast) return updateTender(scene, tender, {});
  const [first] = won;
  if (!first) return failing(scene, tender, NOBODY, by);
  const last = won.at(-1)!;
  return [
    ...updateTender(scene, tender, {
      state: "awarded",
      awardedAt: scene.now,
      awardMeeting: last.meetingId,
      awardItem: last.itemNo,
    }),
    ...awardNotices(scene, tender, at.compared),
  ];
}

/** Gives up a choice whose meeting was withdrawn or annulled before it was settled: the lot may be put to another. */
export async function giveUpChoice(
  scene: Scene,
  choice: ChoiceRow,
  by: Author = CLOCK,
): Promise<Result<true, SettlingRefusal>> {
  const { tenderId, lotNo, turn, meetingState } = choice;
  if (meetingState !== "withdrawn" && meetingState !== "annulled")
    return err({ reason: "result_not_published", state: meetingState });
  const event = recordTenderEvent(scene, tenderId, "choice_given_up", { lot: lotNo, cause: meetingState }, by);
  const written = await scene.db.write([
    insertChoiceVoid(scene, {
      tenderId,
      lotNo,
      turn,
      cause: meetingState,
      why: "",
      voidedBy: by.id,
      voidedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  return written.ok || written.error.code === "choice_over" ? ok(true) : err({ reason: "tender_stale" });
}

/** What the clock does: settles what is final, gives up what was withdrawn. Harmless to repeat; what cannot be done yet stays due. */
export async function runChoices(scene: Scene): Promise<void> {
  const [rows] = await scene.db.read(listMovedChoices(scene));
  for (const row of rows)
    if (row.meetingState === "withdrawn" || row.meetingState === "annulled") await giveUpChoice(scene, row);
    else await settleChoice(scene, row.tenderId, row.lotNo);
}
