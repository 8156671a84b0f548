/** The money of a top-up moves from the common account to the fund's, and a top-up that was sent back is drafted again. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type DraftingRefusal, draftVoucher, prepareVoucher } from "../books/actions.ts";
import type { Attachment } from "../books/store.ts";
import { type FundRefusal, OWED_BY_COMMON, prepareTopUp } from "../fund/actions.ts";
import { BANK, joiningCode, PAYABLE, readDistribution, topUpWords } from "./actions.ts";
import { isStanding, type Plan } from "./rules.ts";
import { insertFundVoucher } from "./store.ts";

export type TopUpRefusal =
  | DraftingRefusal
  | { readonly reason: "unknown_distribution" }
  | { readonly reason: "not_posted" }
  /** Nothing went to the fund, or the fund has no book here. */
  | { readonly reason: "no_fund_side" }
  | { readonly reason: "topped_up_already" }
  | { readonly reason: "fund_side_refused"; readonly refusal: FundRefusal };

/**
 * Records that the money went over: a voucher of each book, drafted in one batch and reviewed by another person like any other. On the
 * day it moved; the fund is credited before.
 */
export async function moveTopUp(
  scene: StaffScene,
  asked: { readonly number: number; readonly onDay: string },
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, TopUpRefusal>> {
  const found = await readDistribution(scene, asked.number);
  if (!found) return err({ reason: "unknown_distribution" });
  const { row, fundSide } = found;
  if (row.state !== "posted") return err({ reason: "not_posted" });
  if (!fundSide.some((one) => one.role === "top_up" && isStanding(one))) return err({ reason: "no_fund_side" });
  const text = `第${row.number}次公共收益分配补充维修资金，划转到账`;
  const more = { kind: "ordinary", on: asked.onDay, text, attachments, decision: decisionOf(row.plan) } as const;
  const amountFen = row.toFundFen;
  const paidIn = await prepareVoucher(scene, {
    ...more,
    book: "fund",
    lines: [
      { account: BANK, side: "debit", amountFen },
      { account: OWED_BY_COMMON, side: "credit", amountFen },
    ],
    counterparty: { name: "公共收益", isPerson: false },
  });
  if (!paidIn.ok) return paidIn;
  const leaf = appendLeaf(
    scene,
    "distribution.topped_up",
    { distribution: row.distributionId, amount: amountFen, on: asked.onDay },
    row.distributionId,
  );
  const drafted = await draftVoucher(
    scene,
    {
      ...more,
      book: "common",
      lines: [
        { account: PAYABLE, side: "debit", amountFen },
        { account: BANK, side: "credit", amountFen },
      ],
      counterparty: { name: "专项维修资金", isPerson: false },
    },
    once,
    (voucherId) => [
      ...files,
      ...paidIn.value.statements,
      insertFundVoucher(scene, row.distributionId, "paid_out", voucherId),
      insertFundVoucher(scene, row.distributionId, "paid_in", paidIn.value.voucherId),
      leaf.statement,
    ],
  );
  if (drafted.ok) return drafted;
  return joiningCode(drafted.error) === "topped_up_already" ? err({ reason: "topped_up_already" }) : drafted;
}

const decisionOf = (plan: string): string =>
  (JSON.parse(plan) as Plan).ownersDecision.trim() || "《物业管理条例》第五十四条";

/** Drafts the fund's side again whose voucher was sent back, or that was planned before the fund had a book. */
export async function topUpAgain(
  scene: StaffScene,
  number: number,
  once: string,
): Promise<Result<{ readonly voucherId: string }, TopUpRefusal>> {
  const found = await readDistribution(scene, number);
  if (!found) return err({ reason: "unknown_distribution" });
  const { row } = found;
  if (row.state !== "posted") return err({ reason: "not_posted" });
  if (row.toFundFen === 0) return err({ reason: "no_fund_side" });
  const prepared = await prepareTopUp(scene, {
    onDay: dayOf(scene.now),
    words: topUpWords(row.throughPeriod),
    amountFen: row.toFundFen,
    attachments: [],
    decision: decisionOf(row.plan),
  });
  if (!prepared.ok) return err({ reason: "fund_side_refused", refusal: prepared.error });
  if (prepared.value === null) return err({ reason: "no_fund_side" });
  const { voucherId, statements } = prepared.value;
  const written = await writeOnce(
    scene,
    { key: once, body: `top-up ${row.distributionId}` },
    [...statements, insertFundVoucher(scene, row.distributionId, "top_up", voucherId)],
    { voucherId },
  );
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return written.error.code === "topped_up_already"
    ? err({ reason: "topped_up_already" })
    : err({ reason: "also_refused", code: written.error.code });
}
