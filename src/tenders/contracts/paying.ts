/** Paying a contract: the voucher is the ledger's own and goes through its hands; here it is only said which contract and which line of the plan it pays. No HTTP. */

import { formatYuan, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type DraftingRefusal, draftVoucher } from "../../ledger/books/actions.ts";
import type { Book } from "../../ledger/books/rules.ts";
import { findVoucher } from "../../ledger/books/store.ts";
import type { Query } from "../../platform/db.ts";
import { putFile, type StoredFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { authorOf } from "../acting.ts";
import { type FileRefusal, loadContract } from "./actions.ts";
import { recordContract } from "./recording.ts";
import { insertPayment, listPayments } from "./store.ts";

export interface PayAsked {
  readonly planNo: number;
  readonly on: string;
  readonly amountFen: number;
  /** What is kept back of the line for the service of a period; 0 where nothing is. */
  readonly deductFen: number;
  readonly reportPeriod: string | null;
  readonly book: Book;
  /** The account of the cost, and the one it is paid from. */
  readonly cost: string;
  readonly from: string;
}
export type PayRefusal =
  | DraftingRefusal
  | FileRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "unknown_plan_row" }
  | { readonly reason: "pay_amount" }
  | { readonly reason: "unknown_voucher" }
  | { readonly reason: "voucher_named"; readonly here: boolean };

const isAmount = (fen: number, least: number): boolean => Number.isSafeInteger(fen) && fen >= least && fen <= MOST_FEN;

/**
 * Drafts the voucher that pays a line of the plan; the ledger's second and third person decide on it as on any other. Paying more
 * than the plan is not refused here, because a bill may be right and the plan wrong: it is shown, in red, to whoever reads it.
 */
export async function payContract(
  scene: StaffScene,
  contractId: string,
  asked: PayAsked,
  papers: readonly Upload[],
  once: string,
): Promise<Result<{ readonly voucherId: string }, PayRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.state !== "signed") return err({ reason: "contract_moved" });
  if (!row.terms.plan[asked.planNo - 1]) return err({ reason: "unknown_plan_row" });
  if (!isAmount(asked.amountFen, 1) || !isAmount(asked.deductFen, 0)) return err({ reason: "pay_amount" });
  const stored: { readonly stored: StoredFile; readonly statement: Query }[] = [];
  for (const paper of papers) {
    const put = await putFile(scene, paper, scene.actor.personId, "private");
    if (!put.ok) return err({ reason: "file_refused", fault: put.error });
    stored.push(put.value);
  }
  const kept = asked.deductFen > 0 ? `，扣${asked.reportPeriod ?? ""}服务评价${formatYuan(asked.deductFen)}元` : "";
  const voucher = {
    book: asked.book,
    kind: "ordinary",
    on: asked.on,
    text: `服务合同第${row.number}号《${row.title}》第${asked.planNo}期付款${kept}`.slice(0, 200),
    lines: [
      { account: asked.cost, side: "debit", amountFen: asked.amountFen },
      { account: asked.from, side: "credit", amountFen: asked.amountFen },
    ],
    counterparty: { name: row.providerName, isPerson: false },
    attachments: stored.map(({ stored: { fileId, name, sha256 } }) => ({ fileId, name, sha256 })),
    decision: null,
  } as const;
  return draftVoucher(scene, voucher, once, (voucherId) => [
    ...stored.map(({ statement }) => statement),
    ...naming(scene, contractId, voucherId, asked),
  ]);
}

const naming = (
  scene: StaffScene,
  contractId: string,
  voucherId: string,
  { planNo, deductFen, reportPeriod }: Pick<PayAsked, "planNo" | "deductFen" | "reportPeriod">,
) => [
  insertPayment(scene, { voucherId, contractId, planNo, deductFen, reportPeriod, namedBy: scene.actor.personId }),
  ...recordContract(
    scene,
    { contractId },
    "payment_named",
    { voucher: voucherId, line: planNo, kept: deductFen, period: reportPeriod ?? "" },
    authorOf(scene),
  ).statements,
];

/** Says of a voucher that was drafted in the books themselves which line of which contract it pays. Once; a repeat finds it said. */
export async function nameVoucher(
  scene: StaffScene,
  contractId: string,
  asked: { readonly voucherId: string; readonly planNo: number },
): Promise<Result<{ readonly voucherId: string }, PayRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.state !== "signed") return err({ reason: "contract_moved" });
  if (!row.terms.plan[asked.planNo - 1]) return err({ reason: "unknown_plan_row" });
  const [vouchers, payments] = await scene.db.read(
    findVoucher(scene, asked.voucherId),
    listPayments(scene, contractId),
  );
  if (!vouchers[0]) return err({ reason: "unknown_voucher" });
  const own = payments.find(({ voucherId }) => voucherId === asked.voucherId);
  if (own)
    return own.planNo === asked.planNo
      ? ok({ voucherId: asked.voucherId })
      : err({ reason: "voucher_named", here: true });
  const written = await scene.db.write(
    naming(scene, contractId, asked.voucherId, { planNo: asked.planNo, deductFen: 0, reportPeriod: null }),
  );
  if (written.ok) return ok({ voucherId: asked.voucherId });
  return err({ reason: "voucher_named", here: false });
}
