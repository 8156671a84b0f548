/** Planning a distribution with its voucher and shares in one batch, and paying shares out: load, ask the rules, write. No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import type { Voter } from "../../community/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type DraftingRefusal, draftVoucher, viewBook } from "../books/actions.ts";
import { closingFen, type Line, type Period } from "../books/rules.ts";
import { type Attachment, listMovements } from "../books/store.ts";
import { type FundRefusal, prepareTopUp } from "../fund/actions.ts";
import { listFundBuildings } from "../fund/store.ts";
import { type Share, shareOut } from "../sharing/rules.ts";
import {
  type FundState,
  type Plan,
  type PlanFault,
  planFaults,
  SHARING_SETTINGS,
  type SharingSettings,
} from "./rules.ts";
import {
  byDistributionNumber,
  type DistributionRow,
  type FundVoucher,
  findDistribution,
  insertDistribution,
  insertFundVoucher,
  insertPayments,
  insertShares,
  listDistributions,
  listFundVouchers,
  listShares,
  type PlacedShare,
} from "./store.ts";

const TO_FUND = "6001.01";
const USES = "6001.02";
const TO_OWNERS = "6001.03";
/** Owed by the common revenue: to the fund, and for other uses. */
export const PAYABLE = "2202";
const UNCLAIMED = "2241.02";
export const BANK = "1002.01";
/** Owed to the books and not there yet: no money that can be given away. */
const RECEIVABLES = ["1122", "1221"];

/** What may be used: everything the common revenue owns in money at the end of the last closed month, less what it owes. */
export interface Available {
  readonly through: Period;
  readonly netFen: Fen;
  readonly settings: SharingSettings;
  readonly fund: FundState;
}

/** Null while there is no book, or no closed month. */
export async function readAvailable(scene: Scene): Promise<Available | null> {
  const state = await viewBook(scene, "common");
  if (!state?.closedThrough) return null;
  const through = state.closedThrough;
  const [common, fund, settings, buildings] = await scene.db.read(
    listMovements(scene, "common", through, through),
    listMovements(scene, "fund", through, through),
    listSettings(scene, SHARING_SETTINGS),
    listFundBuildings(scene),
  );
  const firstFen = buildings.reduce((sum, one) => sum + one.firstFen, 0);
  const unitsFen = buildings.reduce((sum, one) => sum + one.balanceFen, 0);
  const kindOf = new Map(state.accounts.map(({ code, kind }) => [code, kind]));
  const isMoney = (code: string): boolean =>
    !RECEIVABLES.some((heading) => code === heading || code.startsWith(`${heading}.`));
  const netFen = common.reduce((sum, one) => {
    const kind = kindOf.get(one.account);
    return (kind === "asset" && isMoney(one.account)) || kind === "liability" ? sum + closingFen(one) : sum;
  }, 0);
  const balanceFen = fund.reduce((sum, one) => (one.account.startsWith("1") ? sum + closingFen(one) : sum), 0);
  return {
    through,
    netFen,
    settings: valuesFromRows(SHARING_SETTINGS, settings),
    // The units' accounts say it where they are entered; before that the book alone, and nobody knows the first deposit.
    fund: firstFen > 0 ? { balanceFen: unitsFen, initialFen: firstFen } : { balanceFen, initialFen: null },
  };
}

export type DistributionRefusal =
  | DraftingRefusal
  | { readonly reason: "no_closed_month" }
  | { readonly reason: "plan_faulty"; readonly faults: readonly [PlanFault, ...PlanFault[]] }
  | { readonly reason: "nobody_to_share" }
  | { readonly reason: "distribution_waiting" }
  /** The fund's own side of it cannot be entered: what its book says against it. */
  | { readonly reason: "fund_side_refused"; readonly refusal: FundRefusal };

/** What the fund's voucher and every unit's account say of it. */
export const topUpWords = (through: Period): string => `公共收益补充专项维修资金（截至${through}）`;

export type PlanAsked = Omit<Plan, "netFen">;

/** Each counted unit with its head, as of today's roll: what goes to the owners goes by its area (CC 283; D11). */
const unitsOf = (
  heads: readonly Voter[],
): { readonly key: string; readonly weight: number; readonly headKey: string }[] =>
  heads.flatMap(({ key: headKey, units }) =>
    units
      .filter(({ counted, areaDm2 }) => counted && areaDm2 > 0)
      .map(({ unitId, areaDm2 }) => ({ key: unitId, weight: areaDm2, headKey })),
  );

/**
 * Plans what becomes of the net revenue: the distribution, each unit's share and the voucher are one batch, and the voucher is
 * reviewed and approved like any other. Until it is posted nobody is owed anything; once it is, every share is a debt of the books.
 */
export async function planDistribution(
  scene: StaffScene,
  asked: PlanAsked,
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly distributionId: string; readonly voucherId: string }, DistributionRefusal>> {
  const available = await readAvailable(scene);
  if (!available) return err({ reason: "no_closed_month" });
  const { netFen, settings, fund, through } = available;
  const plan: Plan = { ...asked, netFen };
  const [fault, ...others] = planFaults(plan, settings, fund);
  if (fault) return err({ reason: "plan_faulty", faults: [fault, ...others] });
  const today = dayOf(scene.now);
  const units = plan.toOwnersFen > 0 ? unitsOf((await headsOn(scene, today)).heads) : [];
  const shared = plan.toOwnersFen > 0 ? shareOut(plan.toOwnersFen, units) : ok([] as Share[]);
  if (!shared.ok) return err({ reason: "nobody_to_share" });
  const headOf = new Map(units.map(({ key, headKey }) => [key, headKey]));
  const shares = shared.value.map(({ key, weight, fen, roundedUp }) => ({
    unitId: key,
    headKey: headOf.get(key)!,
    areaDm2: weight,
    fen,
    roundedUp: roundedUp ? (1 as const) : (0 as const),
  }));
  const usesFen = plan.uses.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const distributionId = newId<string>(scene.random);
  const sharesHash = bytesToHex(
    sha256(utf8ToBytes(JSON.stringify(shares.map(({ unitId, areaDm2, fen }) => [unitId, areaDm2, fen])))),
  );
  const areaDm2 = shares.reduce((sum, one) => sum + one.areaDm2, 0);
  const leaf = appendLeaf(
    scene,
    "distribution.planned",
    {
      distribution: distributionId,
      through,
      net: netFen,
      toFund: plan.toFundFen,
      uses: plan.uses.map(({ amountFen, decision }) => ({ amount: amountFen, decision })),
      toOwners: plan.toOwnersFen,
      decision: plan.ownersDecision,
      asOf: today,
      areaDm2,
      units: shares.length,
      shares: sharesHash,
    },
    distributionId,
  );
  const decisions = [
    ...new Set(
      [plan.ownersDecision, ...plan.uses.map(({ decision }) => decision)].map((text) => text.trim()).filter(Boolean),
    ),
  ];
  const decision = decisions.length > 0 ? decisions.join("；").slice(0, 200) : null;
  const toFund =
    plan.toFundFen === 0
      ? ok(null)
      : await prepareTopUp(scene, {
          onDay: today,
          words: topUpWords(through),
          amountFen: plan.toFundFen,
          attachments,
          decision,
        });
  if (!toFund.ok) return err({ reason: "fund_side_refused", refusal: toFund.error });
  const fundSide = toFund.value;
  // The voucher is known before it is written: the batch that drafts it carries the distribution that names it, and the fund's side.
  const drafted = await draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: today,
      text: `公共收益分配：补充维修资金、其他使用和向业主分配（截至${through}）`,
      lines: linesOf(plan, usesFen),
      counterparty: { name: "全体业主", isPerson: false },
      attachments,
      decision,
    },
    once,
    (voucherId) => [
      ...files,
      insertDistribution(scene, {
        distributionId,
        throughPeriod: through,
        plan: JSON.stringify(plan),
        netFen,
        toFundFen: plan.toFundFen,
        usesFen,
        toOwnersFen: plan.toOwnersFen,
        asOf: today,
        areaDm2,
        units: shares.length,
        sharesHash,
        voucherId,
        plannedBy: scene.actor.personId,
        plannedAt: scene.now,
        leafHash: leaf.leafHash,
      }),
      insertShares(scene, distributionId, shares),
      leaf.statement,
      ...(fundSide
        ? [...fundSide.statements, insertFundVoucher(scene, distributionId, "top_up", fundSide.voucherId)]
        : []),
    ],
  );
  if (!drafted.ok)
    return joiningCode(drafted.error) === "distribution_waiting" ? err({ reason: "distribution_waiting" }) : drafted;
  // A repeat hears of the voucher of its first time, whose distribution has another id than the one made up here.
  const { voucherId } = drafted.value;
  const [rows] = await scene.db.read(listDistributions(scene, NEWEST));
  return ok({
    voucherId,
    distributionId: rows.find((row) => row.voucherId === voucherId)?.distributionId ?? distributionId,
  });
}

const NEWEST = 50;
export const joiningCode = (error: DraftingRefusal): string => (error.reason === "also_refused" ? error.code : "");

function linesOf(plan: Plan, usesFen: Fen): Line[] {
  const debit = (account: string, amountFen: Fen): Line[] =>
    amountFen > 0 ? [{ account, side: "debit", amountFen }] : [];
  const credit = (account: string, amountFen: Fen): Line[] =>
    amountFen > 0 ? [{ account, side: "credit", amountFen }] : [];
  return [
    ...debit(TO_FUND, plan.toFundFen),
    ...debit(USES, usesFen),
    ...debit(TO_OWNERS, plan.toOwnersFen),
    ...credit(PAYABLE, plan.toFundFen + usesFen),
    ...credit(UNCLAIMED, plan.toOwnersFen),
  ];
}

// ——— Paying ———

export type PaymentRefusal =
  | DraftingRefusal
  | { readonly reason: "unknown_distribution" }
  | { readonly reason: "not_posted" }
  | { readonly reason: "nobody_chosen" }
  | { readonly reason: "paid_already" };

const MOST_PAID_AT_ONCE = 5_000;

/** Records that some units were paid: one voucher for them all (drafted here, reviewed by another), and each of them once. */
export async function payShares(
  scene: StaffScene,
  distributionId: string,
  unitIds: readonly string[],
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string; readonly paidFen: Fen }, PaymentRefusal>> {
  const [rows, all] = await scene.db.read(
    findDistribution(scene, distributionId),
    listShares(scene, distributionId, { limit: MOST_PAID_AT_ONCE, offset: 0 }),
  );
  const row = rows[0];
  if (!row) return err({ reason: "unknown_distribution" });
  if (row.state !== "posted") return err({ reason: "not_posted" });
  const wanted = new Set(unitIds);
  const chosen = all.filter(({ unitId, fen }) => wanted.has(unitId) && fen > 0);
  if (chosen.length === 0) return err({ reason: "nobody_chosen" });
  const paidFen = chosen.reduce((sum, { fen }) => sum + fen, 0);
  const leaf = appendLeaf(
    scene,
    "distribution.paid",
    { distribution: distributionId, units: chosen.length, amount: paidFen },
    distributionId,
  );
  const drafted = await draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: dayOf(scene.now),
      text: `发放第${row.number}次公共收益分配，${chosen.length}户`,
      lines: [
        { account: UNCLAIMED, side: "debit", amountFen: paidFen },
        { account: BANK, side: "credit", amountFen: paidFen },
      ],
      counterparty: { name: "业主", isPerson: false },
      attachments,
      decision: (JSON.parse(row.plan) as Plan).ownersDecision,
    },
    once,
    (voucherId) => [
      ...files,
      insertPayments(
        scene,
        distributionId,
        chosen.map(({ unitId }) => unitId),
        { voucherId, by: scene.actor.personId, leafHash: leaf.leafHash },
      ),
      leaf.statement,
    ],
  );
  if (drafted.ok) return ok({ voucherId: drafted.value.voucherId, paidFen });
  const code = joiningCode(drafted.error);
  if (code === "paid_already") return err({ reason: "paid_already" });
  return code === "not_posted" ? err({ reason: "not_posted" }) : drafted;
}

export interface Found {
  readonly row: DistributionRow;
  readonly fundSide: readonly FundVoucher[];
}
/** The distribution of a number, and the fund's side of it. One round trip. */
export async function readDistribution(scene: Scene, number: number): Promise<Found | null> {
  const key = byDistributionNumber(scene, number);
  const [rows, fundSide] = await scene.db.read(findDistribution(scene, key), listFundVouchers(scene, key));
  return rows[0] ? { row: rows[0], fundSide } : null;
}

/** Distributions as everybody reads them. */
export async function readDistributions(scene: Scene, most: number): Promise<readonly DistributionRow[]> {
  const [rows] = await scene.db.read(listDistributions(scene, most));
  return rows;
}

/** The payment list of a distribution, by place. */
export async function readShares(scene: Scene, distributionId: string): Promise<readonly PlacedShare[]> {
  const [rows] = await scene.db.read(listShares(scene, distributionId, { limit: MOST_PAID_AT_ONCE, offset: 0 }));
  return rows;
}
