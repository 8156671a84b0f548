/** What the clock does for leases, run by run: charges what fell due, uses what was prepaid, reminds whoever is late. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import type { Scene } from "../../platform/scene.ts";
import { listBooks } from "../books/store.ts";
import { byClock } from "./clock.ts";
import { chargeDue, firstOpenDay } from "./money.ts";
import { usePrepaid } from "./receipts/actions.ts";
import { listPrepaidOwing } from "./receipts/store.ts";
import { remindLate } from "./reminding.ts";

const MOST_SET_OFF_A_RUN = 40;

/**
 * Sets what lessees prepaid against what fell due since, each a voucher for a person to review.
 * @returns How many vouchers were drafted.
 */
export async function setOffPrepaid(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const [books, owing] = await scene.db.read(listBooks(scene), listPrepaidOwing(scene, MOST_SET_OFF_A_RUN));
  const book = books.find((one) => one.book === "common");
  if (!book || firstOpenDay(book) > today) return 0;
  let drafted = 0;
  for (const { leaseId } of owing) if (await usePrepaid(byClock(scene), leaseId, today)) drafted += 1;
  return drafted;
}

/** What the clock does for leases. */
export async function runLeases(scene: Scene): Promise<void> {
  await chargeDue(scene);
  await setOffPrepaid(scene);
  await remindLate(scene);
}
