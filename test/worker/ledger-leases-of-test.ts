/** Leases made through the product's own actions, for the tests of what falls due, is paid and is expected. */
import { addAsset } from "../../src/ledger/assets/actions.ts";
import { approveVoucher, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { listWaiting, voucherFrom } from "../../src/ledger/books/store.ts";
import { approveLease, draftLease, type LeaseAsked } from "../../src/ledger/leases/actions.ts";
import { findLeaseById, type LeaseRow, leaseFrom, listCharges } from "../../src/ledger/leases/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";

export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
export const PAPER = { document: { name: "决议.png", bytes: PNG }, contract: [] } as const;

/** 1,200 yuan a month, paid monthly, through 2026. */
export const leaseOf = (
  code: string,
  more: Partial<LeaseAsked> = {},
  terms: Partial<LeaseAsked["terms"]> = {},
): LeaseAsked => ({
  purpose: "便民理发",
  lessee: { kind: "natural", name: "张小明", creditCode: "", phone: "13812345678" },
  assetCodes: [code],
  terms: {
    fromOn: "2026-08-01",
    toOn: "2027-07-31",
    cycleMonths: 1,
    dueAfterDays: 4,
    steps: [{ fromOn: "2026-08-01", monthlyFen: 120_000 }],
    free: [],
    depositFen: 200_000,
    taxBasisPoints: 0,
    ...terms,
  },
  basis: { kind: "earlier", title: "业主大会决议〔2025〕1号", on: "2025-06-01" },
  renews: null,
  ...more,
});

export async function roomIn(community: CommunityAddress, code = "商-03"): Promise<string> {
  const entry = {
    kind: "room",
    ground: null,
    code,
    name: "东门用房",
    place: "东门",
    areaDm2: 4_500,
    titleBasis: "公建配套",
    state: "usable",
    remark: "",
    fromOn: "2026-01-01",
  } as const;
  return must(await addAsset(keeping(community, "treasurer"), entry, [], newOnce())).assetId;
}

export async function leaseIn(community: CommunityAddress, asked: LeaseAsked, now = TODAY): Promise<LeaseRow> {
  const { leaseId } = must(await draftLease(keeping(community, "treasurer", now), asked, PAPER, newOnce()));
  must(await approveLease(keeping(community, "chair", now), leaseId));
  return leaseRow(community, leaseId);
}
export async function leaseRow(community: CommunityAddress, leaseId: string): Promise<LeaseRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findLeaseById(scene, leaseId));
  return leaseFrom(rows[0]!);
}
export async function chargesOf(community: CommunityAddress, leaseId: string) {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listCharges(scene, [leaseId]));
  return rows;
}
/** Everything that waits is reviewed and, where it takes it, approved. */
export async function postAll(community: CommunityAddress, now = TODAY): Promise<number> {
  const scene = keeping(community, "accountant", now);
  const [stored] = await scene.db.read(listWaiting(scene, "common"));
  for (const row of stored.map(voucherFrom)) {
    const reviewed = must(await reviewVoucher(scene, row.voucherId));
    if (reviewed.state === "reviewed") must(await approveVoucher(keeping(community, "chair", now), row.voucherId));
  }
  return stored.length;
}
