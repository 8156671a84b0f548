/** Giving back the balance of a unit that was destroyed (F5; MF 29): all of it, with the document, reviewed by another. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { err, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import type { DraftingRefusal } from "../../books/actions.ts";
import type { Attachment } from "../../books/store.ts";
import { BANK, draftMovement } from "../actions.ts";
import { type RefundAsked, type RefundFault, refundFault } from "../rules.ts";
import { findFundUnit } from "../store.ts";

const LAW_OF_REFUND = "《住宅专项维修资金管理办法》第二十九条";
/** Refunds, in the chart a book of the fund begins with. */
const REFUNDS = "5009";

export type RefundRefusal =
  | DraftingRefusal
  | RefundFault
  | { readonly reason: "unknown_unit" }
  | { readonly reason: "refund_waiting" };

/**
 * Drafts the refund of a unit's whole balance to whoever owned it. Once the voucher is posted the account is at nought and nothing is asked
 * of the unit any more; a balance that moved meanwhile stops the posting.
 */
export async function refundUnit(
  scene: StaffScene,
  asked: Omit<RefundAsked, "files"> & { readonly unitId: string },
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, RefundRefusal>> {
  const [units] = await scene.db.read(findFundUnit(scene, asked.unitId));
  const unit = units[0];
  if (!unit) return err({ reason: "unknown_unit" });
  const fault = refundFault({ ...asked, files: attachments.length }, unit, dayOf(scene.now));
  if (fault) return err(fault);
  const place = `${unit.building}${unit.entrance}${unit.room}`;
  const drafted = await draftMovement(
    scene,
    {
      kind: "refund",
      onDay: asked.onDay,
      words: `${place}房屋灭失，返还分户账余额：${asked.words.trim()}`,
      amountFen: unit.balanceFen,
      shares: [{ unitId: unit.unitId, areaDm2: 0, fen: unit.balanceFen, firstFen: unit.firstFen }],
      counterparty: { name: asked.payee.trim(), isPerson: true },
      lines: [
        { account: REFUNDS, side: "debit", amountFen: unit.balanceFen },
        { account: BANK, side: "credit", amountFen: unit.balanceFen },
      ],
      decision: LAW_OF_REFUND,
      projectId: null,
      overWhy: null,
      attachments,
    },
    once,
    files,
  );
  if (drafted.ok || drafted.error.reason !== "also_refused") return drafted;
  const { code } = drafted.error;
  return code === "fund_refund_waiting" || code === "fund_balance_moved" ? err({ reason: "refund_waiting" }) : drafted;
}
