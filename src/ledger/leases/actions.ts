/** Drafting a lease, approving or refusing it by another person: load, ask the rules, write with the leaf. No HTTP. */

import { readDecision } from "../../assembly/results/reading.ts";
import { maskName, personName, readMobile } from "../../community/identity/rules.ts";
import { dayOf, isDay } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type EarningRefusal, INCOME_ACCOUNT, mayEarn } from "../assets/rules.ts";
import { type AssetRow, assetFrom, listAssetsByCode } from "../assets/store.ts";
import { type Basis, type BasisRefusal, type DecisionFacts, restsOnDecision, restsOnDocument } from "./basis.ts";
import { type LeaseFault, type LeaseTerms, leaseFaults, letTwice } from "./rules.ts";
import {
  decideLease,
  decisionStands,
  findLease,
  findLeaseById,
  insertLease,
  type LeaseFile,
  type LeaseRow,
  leaseFrom,
  listLetSpans,
} from "./store.ts";

export const LONGEST_PURPOSE = 60;
export const MOST_LEASED = 20;
export const MOST_CONTRACT_FILES = 5;

const lesseeContext = (communityId: string, leaseId: string): string => `lease-lessee:${communityId}:${leaseId}`;
const phoneContext = (communityId: string, leaseId: string): string => `lease-phone:${communityId}:${leaseId}`;
for (const [column, contextOf] of [
  ["lessee_sealed", lesseeContext],
  ["phone_sealed", phoneContext],
] as const)
  registerSealed({
    table: "ledger_lease",
    column,
    key: ["lease_id"],
    contextOf: (communityId, row) => contextOf(communityId, String(row.lease_id)),
  });

/** The lessee's name in full, for officers. */
export const openLessee = (scene: Scene, row: Pick<LeaseRow, "leaseId" | "lesseeSealed">): Promise<string> =>
  scene.keys.open(row.lesseeSealed, lesseeContext(scene.community.id, row.leaseId));
/** The number reminders go to; "" where none was given. */
export const openLesseePhone = (scene: Scene, row: Pick<LeaseRow, "leaseId" | "phoneSealed">): Promise<string> =>
  scene.keys.open(row.phoneSealed, phoneContext(scene.community.id, row.leaseId));

export interface LeaseAsked {
  readonly purpose: string;
  readonly lessee: {
    readonly kind: "natural" | "legal";
    readonly name: string;
    /** Of legal persons; doubtful ones are warned of, not refused. */
    readonly creditCode: string;
    readonly phone: string;
  };
  readonly assetCodes: readonly string[];
  readonly terms: LeaseTerms;
  readonly basis:
    | { readonly kind: "decision"; readonly meeting: number; readonly item: number }
    | { readonly kind: "earlier"; readonly title: string; readonly on: string };
  /** The number of the lease it follows on. */
  readonly renews: number | null;
}

export type LeaseAskedFault =
  | LeaseFault
  | BasisRefusal
  | EarningRefusal
  | { readonly reason: "purpose_missing"; readonly most: number }
  | { readonly reason: "lessee_missing" }
  | { readonly reason: "credit_code_missing" }
  | { readonly reason: "phone_unreadable" }
  | { readonly reason: "no_assets"; readonly most: number }
  | { readonly reason: "unknown_assets"; readonly codes: readonly string[] }
  /** One lease, one account of income: rooms and advertising are two leases. */
  | { readonly reason: "mixed_assets" }
  | { readonly reason: "let_twice"; readonly code: string; readonly fromOn: string; readonly toOn: string }
  | { readonly reason: "unknown_renewed" };

export type LeaseRefusal =
  | KeyReused
  | { readonly reason: "lease_faulty"; readonly faults: readonly [LeaseAskedFault, ...LeaseAskedFault[]] }
  | { readonly reason: "file_refused"; readonly fault: FileFault }
  | { readonly reason: "too_many_files"; readonly most: number }
  | { readonly reason: "unknown_lease" }
  | { readonly reason: "lease_moved" }
  | { readonly reason: "own_lease" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" };

interface Checked {
  readonly assets: readonly AssetRow[];
  readonly decision: DecisionFacts | null;
  readonly renewed: LeaseRow | null;
}

async function check(
  scene: Scene,
  asked: LeaseAsked,
  hasFile: boolean,
): Promise<{ readonly faults: readonly LeaseAskedFault[]; readonly checked: Checked }> {
  const { terms, lessee, basis } = asked;
  const faults: LeaseAskedFault[] = [...leaseFaults(terms)];
  if (asked.purpose.trim() === "" || asked.purpose.length > LONGEST_PURPOSE)
    faults.push({ reason: "purpose_missing", most: LONGEST_PURPOSE });
  if (personName(lessee.name) === "") faults.push({ reason: "lessee_missing" });
  if (lessee.kind === "legal" && lessee.creditCode.trim() === "") faults.push({ reason: "credit_code_missing" });
  if (lessee.phone.trim() !== "" && readMobile(lessee.phone) === null) faults.push({ reason: "phone_unreadable" });
  const codes = [...new Set(asked.assetCodes)];
  if (codes.length === 0 || codes.length > MOST_LEASED) faults.push({ reason: "no_assets", most: MOST_LEASED });
  const today = dayOf(scene.now);
  const [found, renewals] = await scene.db.read(
    listAssetsByCode(scene, codes, today),
    findLease(scene, asked.renews ?? 0),
  );
  const assets = found.map(assetFrom);
  const missing = codes.filter((code) => !assets.some((one) => one.code === code));
  if (missing.length > 0) faults.push({ reason: "unknown_assets", codes: missing });
  for (const asset of assets) {
    const earns = mayEarn(asset);
    if (!earns.ok) faults.push(earns.error);
  }
  if (new Set(assets.map(({ kind }) => INCOME_ACCOUNT[kind])).size > 1) faults.push({ reason: "mixed_assets" });
  if (asked.renews !== null && !renewals[0]) faults.push({ reason: "unknown_renewed" });
  let decision: DecisionFacts | null = null;
  if (basis.kind === "decision") {
    decision = await readDecision(scene, basis.meeting, basis.item);
    const rests = restsOnDecision(decision);
    if (!rests.ok) faults.push(basis.meeting === 0 ? { reason: "basis_missing" } : rests.error);
  } else {
    const rests = restsOnDocument({ ...basis, hasFile }, terms.fromOn);
    if (!rests.ok) faults.push(rests.error);
  }
  if (isDay(terms.fromOn) && isDay(terms.toOn)) faults.push(...(await letFaults(scene, assets, terms)));
  return { faults, checked: { assets, decision, renewed: renewals[0] ? leaseFrom(renewals[0]) : null } };
}

async function letFaults(
  scene: Scene,
  assets: readonly Pick<AssetRow, "assetId" | "code">[],
  span: { readonly fromOn: string; readonly toOn: string },
): Promise<LeaseAskedFault[]> {
  const ids = assets.map(({ assetId }) => assetId);
  const [taken] = await scene.db.read(listLetSpans(scene, ids, span));
  const wanted = ids.map((assetId) => ({ assetId, fromOn: span.fromOn, toOn: span.toOn }));
  const twice = letTwice(taken, wanted);
  if (!twice) return [];
  const other = taken.find(
    (one) => one.assetId === twice.assetId && one.fromOn <= span.toOn && one.toOn >= span.fromOn,
  )!;
  const code = assets.find(({ assetId }) => assetId === twice.assetId)!.code;
  return [{ reason: "let_twice", code, fromOn: other.fromOn, toOn: other.toOn }];
}

/** Drafts a lease for another person to approve. What is drafted stands: a change is a new draft. */
export async function draftLease(
  scene: StaffScene,
  asked: LeaseAsked,
  uploads: { readonly document: Upload | null; readonly contract: readonly Upload[] },
  once: string,
): Promise<Result<{ readonly leaseId: string }, LeaseRefusal>> {
  const { faults, checked } = await check(scene, asked, uploads.document !== null);
  const [fault, ...others] = faults;
  if (fault) return err({ reason: "lease_faulty", faults: [fault, ...others] });
  if (uploads.contract.length > MOST_CONTRACT_FILES)
    return err({ reason: "too_many_files", most: MOST_CONTRACT_FILES });
  const statements: Query[] = [];
  const stored: LeaseFile[] = [];
  const all = asked.basis.kind === "earlier" ? [uploads.document!, ...uploads.contract] : uploads.contract;
  for (const upload of all) {
    const put = await putFile(scene, upload, scene.actor.personId, "private");
    if (!put.ok) return err({ reason: "file_refused", fault: put.error });
    const { fileId, name, sha256 } = put.value.stored;
    stored.push({ fileId, name, sha256 });
    statements.push(put.value.statement);
  }
  const basis: Basis =
    asked.basis.kind === "decision"
      ? { ...asked.basis, meetingId: checked.decision!.meetingId }
      : {
          kind: "earlier",
          title: asked.basis.title.trim(),
          on: asked.basis.on,
          fileId: stored[0]!.fileId,
          sha256: stored[0]!.sha256,
        };
  const leaseId = newId<string>(scene.random);
  const { id } = scene.community;
  const name = personName(asked.lessee.name);
  const leaf = appendLeaf(
    scene,
    "lease.drafted",
    {
      lease: leaseId,
      assets: checked.assets.map(({ code }) => code),
      from: asked.terms.fromOn,
      to: asked.terms.toOn,
      rent: asked.terms.steps.map(({ fromOn, monthlyFen }) => ({ from: fromOn, monthly: monthlyFen })),
      deposit: asked.terms.depositFen,
      basis:
        basis.kind === "decision" ? { meeting: basis.meeting, item: basis.item } : { on: basis.on, hash: basis.sha256 },
      files: stored.map((one) => one.sha256),
    },
    leaseId,
  );
  const insert = insertLease(scene, {
    leaseId,
    purpose: asked.purpose.trim(),
    lesseeKind: asked.lessee.kind,
    lesseeSealed: await scene.keys.seal(name, lesseeContext(id, leaseId)),
    lesseeShown: asked.lessee.kind === "natural" ? maskName(name) : name,
    creditCode: asked.lessee.kind === "legal" ? examineCreditCode(asked.lessee.creditCode).code : "",
    phoneSealed: await scene.keys.seal(readMobile(asked.lessee.phone) ?? "", phoneContext(id, leaseId)),
    account: INCOME_ACCOUNT[checked.assets[0]!.kind],
    terms: asked.terms,
    basis,
    attachments: basis.kind === "earlier" ? stored.slice(1) : stored,
    renewsId: checked.renewed?.leaseId ?? null,
    draftedBy: scene.actor.personId,
    draftLeaf: leaf.leafHash,
    assetIds: checked.assets.map(({ assetId }) => assetId),
  });
  // The lessee is personal: the key remembers what was asked as a keyed hash.
  const body = scene.keys.index(JSON.stringify([asked, stored.map((one) => one.sha256)]), "once:lease");
  const written = await writeOnce(scene, { key: once, body }, [...statements, ...insert, leaf.statement], { leaseId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "not_common_ground") return draftLease(scene, asked, uploads, once);
  throw new Error(`a lease was refused by ${written.error.code}`);
}

const load = async (scene: Scene, leaseId: string): Promise<LeaseRow | null> => {
  const [rows] = await scene.db.read(findLeaseById(scene, leaseId));
  return rows[0] ? leaseFrom(rows[0]) : null;
};

/** Another person approves: the decision still stands, and nothing is let twice. A repeat by the same person finds it done. */
export async function approveLease(
  scene: StaffScene,
  leaseId: string,
): Promise<Result<{ readonly leaseId: string }, LeaseRefusal>> {
  const row = await load(scene, leaseId);
  if (!row) return err({ reason: "unknown_lease" });
  const by = scene.actor.personId;
  if (row.state === "approved" && row.decidedBy === by) return ok({ leaseId });
  if (row.state !== "drafted") return err({ reason: "lease_moved" });
  if (row.draftedBy === by) return err({ reason: "own_lease" });
  if (row.basis.kind === "decision") {
    const rests = restsOnDecision(await readDecision(scene, row.basis.meeting, row.basis.item));
    if (!rests.ok) return err({ reason: "lease_faulty", faults: [rests.error] });
  }
  const codes = row.assets.split("、");
  const [found] = await scene.db.read(listAssetsByCode(scene, codes, dayOf(scene.now)));
  const [twice] = await letFaults(scene, found, row);
  if (twice) return err({ reason: "lease_faulty", faults: [twice] });
  const leaf = appendLeaf(
    scene,
    "lease.approved",
    {
      lease: leaseId,
      number: row.number,
      assets: codes,
      from: row.fromOn,
      to: row.toOn,
      basis:
        row.basis.kind === "decision"
          ? { meeting: row.basis.meeting, item: row.basis.item }
          : { on: row.basis.on, hash: row.basis.sha256 },
    },
    leaseId,
  );
  const set = sql`state = 'approved', decided_by = ${by}, decided_at = CAST(${scene.now} AS INTEGER), leaf_hash = ${leaf.leafHash}`;
  const written = await scene.db.write([
    ...decideLease(scene, leaseId, set),
    ...(row.basis.kind === "decision" ? [decisionStands(scene, row.basis.meetingId)] : []),
    leaf.statement,
  ]);
  if (written.ok) return ok({ leaseId });
  // Somebody was faster, the decision was annulled, or an asset was let meanwhile: asked again it is said which.
  if (["lease_moved", "let_twice", "decision_not_published"].includes(written.error.code))
    return approveLease(scene, leaseId);
  throw new Error(`an approval was refused by ${written.error.code}`);
}

/** Another person refuses it with a reason, or its drafter gives it up. */
export async function dropLease(
  scene: StaffScene,
  leaseId: string,
  as: { readonly kind: "refused"; readonly why: string } | { readonly kind: "withdrawn" },
): Promise<Result<{ readonly leaseId: string }, LeaseRefusal>> {
  const row = await load(scene, leaseId);
  if (!row) return err({ reason: "unknown_lease" });
  const by = scene.actor.personId;
  if (row.state === as.kind && row.decidedBy === by) return ok({ leaseId });
  if (row.state !== "drafted") return err({ reason: "lease_moved" });
  const why = as.kind === "refused" ? as.why.trim() : "";
  if (as.kind === "refused" && row.draftedBy === by) return err({ reason: "own_lease" });
  if (as.kind === "withdrawn" && row.draftedBy !== by) return err({ reason: "not_the_drafter" });
  if (as.kind === "refused" && why === "") return err({ reason: "why_missing" });
  const leaf = appendLeaf(scene, `lease.${as.kind}`, { lease: leaseId }, leaseId);
  const set: SQL = sql`state = ${as.kind}, decided_by = ${by}, decided_at = CAST(${scene.now} AS INTEGER), decided_why = ${why}`;
  const written = await scene.db.write([...decideLease(scene, leaseId, set), leaf.statement]);
  return written.ok ? ok({ leaseId }) : err({ reason: "lease_moved" });
}
