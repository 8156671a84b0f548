/** Everything of the ledger under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../offices/settings/pages.tsx";
import type { AppEnv } from "../platform/context.ts";
import "./assets/announced.ts";
import "./assets/home.tsx";
import "./assets/told.ts";
import "./fund/announced.ts";
import { deskAssetRoutes } from "./assets/desk.tsx";
import { assetImportRoutes } from "./assets/import-desk.tsx";
import { publicAssetRoutes } from "./assets/public.tsx";
import { deskMatchingRoutes } from "./bank/matching/desk.tsx";
import { deskReconciliationRoutes } from "./bank/matching/reconciliation-desk.tsx";
import "./audit/announced.tsx"; // registers what it adds elsewhere as it loads
import { deskAuditRoutes } from "./audit/desk.tsx";
import { findingRoutes } from "./audit/fieldwork/findings-desk.tsx";
import { sheetRoutes } from "./audit/fieldwork/sheet-desk.tsx";
import { openingAuditRoutes } from "./audit/opening-desk.tsx";
import { packRoutes } from "./audit/pack/pages.tsx";
import { publicAuditRoutes } from "./audit/public.tsx";
import { deskSampleRoutes } from "./audit/sampling/desk.tsx";
import { publicSampleRoutes } from "./audit/sampling/public.tsx";
import { AUDIT_SETTINGS } from "./audit/settings.ts";
import { deskBankRoutes } from "./bank/pages.tsx";
import { deskTakingRoutes } from "./bank/taking/desk.tsx";
import { oneBookRoutes } from "./books/book-desk.tsx";
import { deskBookRoutes } from "./books/desk.tsx";
import { publicBookRoutes } from "./books/public.tsx";
import { LEDGER_SETTINGS } from "./books/settings.ts";
import { deskVoucherRoutes } from "./books/voucher-desk.tsx";
import { voucherFormRoutes } from "./books/voucher-form.tsx";
import "./budget/announced.ts";
import { deskBudgetRoutes } from "./budget/desk.tsx";
import { budgetFormRoutes } from "./budget/form.tsx";
import { publicBudgetRoutes } from "./budget/public.tsx";
import { deskExpectedRoutes } from "./expected/desk.tsx";
import { expectedRoutes } from "./expected/pages.tsx";
import { deskLowRoutes } from "./fund/asking/desk.tsx";
import { deskFundRoutes } from "./fund/desk.tsx";
import { enteringRoutes } from "./fund/entering-desk.tsx";
import { deskManagedRoutes } from "./fund/managed-desk.tsx";
import { ownFundRoutes } from "./fund/own.tsx";
import { deskProjectRoutes } from "./fund/projects/desk.tsx";
import { developerRoutes } from "./fund/projects/developer-desk.tsx";
import { proposingRoutes } from "./fund/projects/proposing-desk.tsx";
import { publicFundRoutes } from "./fund/public.tsx";
import { deskRefundRoutes } from "./fund/refunds/desk.tsx";
import { fundYearRoutes } from "./fund/year.tsx";
import { deskYearRoutes } from "./fund/yearly/desk.tsx";
import { deskLeaseRoutes } from "./leases/desk.tsx";
import { leaseFormRoutes } from "./leases/form.tsx";
import { leaseNoticeRoutes } from "./leases/notice-desk.tsx";
import { leaseDeskRoutes } from "./leases/one-desk.tsx";
import { publicLeaseRoutes } from "./leases/public.tsx";
import { LEASE_SETTINGS } from "./leases/settings.ts";
import { deskParkingRoutes } from "./parking/desk.tsx";
import { gateRoutes } from "./parking/gate-desk.tsx";
import { permitRoutes } from "./parking/permits-desk.tsx";
import { publicParkingRoutes } from "./parking/public.tsx";
import { tariffRoutes } from "./parking/tariffs-desk.tsx";
import "./books/waiting.ts"; // tells the desk what waits as it loads
import { deskDistributionRoutes } from "./distribution/desk.tsx";
import { planDistributionRoutes } from "./distribution/plan-desk.tsx";
import { publicDistributionRoutes } from "./distribution/public.tsx";
import { exportRoutes } from "./exports/pages.tsx";
import { questionRoutes } from "./questions/pages.tsx";
import "./statements/announced.tsx"; // registers what it adds elsewhere as it loads
import "./statements/disclosed.ts";
import "./parking/disclosed.ts";
import { deskRegularRoutes } from "./regular/desk.tsx";
import { publicRegularRoutes } from "./regular/public.tsx";
import { deskStatementRoutes } from "./statements/desk.tsx";
import { accountsHomeRoutes } from "./statements/home.tsx";
import { publicStatementRoutes } from "./statements/public.tsx";
import { STATEMENT_SETTINGS } from "./statements/settings.ts";

/** Mounted at /c/:slug. */
export const ledgerRoutes = new Hono<AppEnv>();

ledgerRoutes.route(
  "/",
  settingsRoutes({
    kit: LEDGER_SETTINGS,
    path: "/desk/ledger/settings",
    title: { zh: "账簿的规则", en: "Rules of the books" },
    intro: {
      zh: "多大金额要几个人经手，各小区不同，在这里按财务制度设定。改动不影响已经填制的凭证。",
      en: "How many hands an amount takes differs by community and is set here. Vouchers drafted already keep theirs.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);
ledgerRoutes.route(
  "/",
  settingsRoutes({
    kit: STATEMENT_SETTINGS,
    path: "/desk/ledger/statements/settings",
    title: { zh: "公示的规则", en: "Rules of publishing" },
    intro: {
      zh: "多久公布一次、几天内公布、业主提问几天内答复，各地规定不同，在这里按当地规定和议事规则设定。",
      en: "How often, by when, and how long a question may wait differs by place and is set here.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);
ledgerRoutes.route(
  "/",
  settingsRoutes({
    kit: LEASE_SETTINGS,
    path: "/desk/ledger/leases/settings",
    title: { zh: "租约的规则", en: "Rules of leases" },
    intro: {
      zh: "公开登记册怎样写承租人，欠租几天后提醒，在这里设定。",
      en: "How the public register names lessees, and after how many days a debt is reminded of.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);
ledgerRoutes.route(
  "/",
  settingsRoutes({
    kit: AUDIT_SETTINGS,
    path: "/desk/ledger/audits/settings",
    title: { zh: "审计的规则", en: "Rules of audits" },
    intro: {
      zh: "多久审计一次、业委会几天内答复、意见张贴几天，各地规定不同，在这里设定。",
      en: "How often the books are audited, how long answers take and opinions are posted differs by place and is set here.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);
for (const part of [deskRegularRoutes, publicRegularRoutes]) ledgerRoutes.route("/", part);
// What stands beside the books goes before them: `/desk/ledger/:book/new` would take `assets` for a book.
for (const part of [
  deskParkingRoutes,
  permitRoutes,
  tariffRoutes,
  gateRoutes,
  publicParkingRoutes,
  expectedRoutes,
  deskExpectedRoutes,
])
  ledgerRoutes.route("/", part);
for (const part of [assetImportRoutes, deskAssetRoutes, publicAssetRoutes]) ledgerRoutes.route("/", part);
for (const part of [deskLeaseRoutes, leaseFormRoutes, leaseNoticeRoutes, leaseDeskRoutes, publicLeaseRoutes])
  ledgerRoutes.route("/", part);
for (const part of [packRoutes, openingAuditRoutes, deskAuditRoutes, deskSampleRoutes, sheetRoutes, findingRoutes])
  ledgerRoutes.route("/", part);
for (const part of [publicAuditRoutes, publicSampleRoutes]) ledgerRoutes.route("/", part);
for (const part of [budgetFormRoutes, deskBudgetRoutes, publicBudgetRoutes]) ledgerRoutes.route("/", part);
for (const part of [
  deskFundRoutes,
  enteringRoutes,
  deskManagedRoutes,
  deskRefundRoutes,
  deskLowRoutes,
  deskYearRoutes,
  proposingRoutes,
  developerRoutes,
  deskProjectRoutes,
])
  ledgerRoutes.route("/", part);
for (const part of [publicFundRoutes, fundYearRoutes, ownFundRoutes]) ledgerRoutes.route("/", part);
for (const part of [publicDistributionRoutes, planDistributionRoutes, deskDistributionRoutes])
  ledgerRoutes.route("/", part);
for (const part of [
  deskBankRoutes,
  deskTakingRoutes,
  deskMatchingRoutes,
  deskReconciliationRoutes,
  exportRoutes,
  questionRoutes,
])
  ledgerRoutes.route("/", part);
for (const part of [accountsHomeRoutes, publicStatementRoutes, deskStatementRoutes]) ledgerRoutes.route("/", part);
for (const part of [voucherFormRoutes, deskVoucherRoutes, deskBookRoutes, oneBookRoutes, publicBookRoutes])
  ledgerRoutes.route("/", part);
