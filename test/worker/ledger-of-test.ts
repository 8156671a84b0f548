/** A community with an open book, and vouchers made through the product's own actions. */

import { startOf } from "../../src/kernel/day.ts";
import { draftVoucher, openBook, reviewVoucher, type VoucherAsked } from "../../src/ledger/books/actions.ts";
import type { Line } from "../../src/ledger/books/rules.ts";
import type { VoucherRow } from "../../src/ledger/books/store.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { makeCommunity, staffSceneAt } from "./community-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";

/** The 23rd of November 2026, at noon. */
export const TODAY = startOf("2026-11-23") + 12 * 3_600_000;

const PEOPLE = {
  treasurer: ["ledger.read", "ledger.draft"],
  accountant: ["ledger.read", "ledger.review", "ledger.close", "ledger.manage"],
  chair: ["ledger.read", "ledger.approve", "ledger.manage"],
} as const satisfies Record<string, readonly Permission[]>;

export const keeping = (community: CommunityAddress, who: keyof typeof PEOPLE, now = TODAY): StaffScene =>
  staffSceneAt(community, `person-${who}`, PEOPLE[who], now);

export const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export async function withBook(from = "2026-01"): Promise<CommunityAddress> {
  const community = await makeCommunity({ name: "金桂苑" });
  must(await openBook(keeping(community, "accountant"), { book: "common", from }, newOnce()));
  return community;
}

export const debit = (account: string, amountFen: number): Line => ({ account, side: "debit", amountFen });
export const credit = (account: string, amountFen: number): Line => ({ account, side: "credit", amountFen });

export const rentOf = (amountFen: number, more: Partial<VoucherAsked> = {}): VoucherAsked => ({
  book: "common",
  kind: "ordinary",
  on: "2026-11-20",
  text: "十一月租金",
  lines: [debit("1002.01", amountFen), credit("4001.03", amountFen)],
  counterparty: { name: "张小明", isPerson: true },
  attachments: [],
  decision: null,
  ...more,
});

/** Drafted by the treasurer and posted by the accountant. */
export async function posted(community: CommunityAddress, asked: VoucherAsked, now = TODAY): Promise<VoucherRow> {
  const { voucherId } = must(await draftVoucher(keeping(community, "treasurer", now), asked, newOnce()));
  return must(await reviewVoucher(keeping(community, "accountant", now), voucherId));
}
