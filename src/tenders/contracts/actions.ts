/** Drafting a contract, signing it by another person, refusing, giving up and filing it: load, ask the rules, write with the leaf. No HTTP. */

import { type Day, dayOf, isDay } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import { type FileFault, mediaTypeOf, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { authorOf } from "../acting.ts";
import { type TenderMoveRefusal, tenderIn } from "../rules.ts";
import type { Scheme } from "../scheme/rules.ts";
import { byTenderNumber, findScheme, findTender, type TenderRow, updateTender } from "../store.ts";
import { type AwardsOf, readAwards } from "./awards.ts";
import { recordContract, tellContract } from "./recording.ts";
import {
  type Award,
  type ContractTerms,
  type DeviationFault,
  deviations,
  isAllContracted,
  maySign,
  maySignOn,
  type SignedOnRefusal,
  type TermsFault,
  termsFaults,
} from "./rules.ts";
import { CONTRACT_SETTINGS } from "./settings.ts";
import {
  type ContractBasis,
  type ContractFile,
  type ContractRow,
  contractFrom,
  decideEdition,
  findContract,
  insertContract,
  insertContractLot,
  insertEdition,
  listContractedLots,
  listRollBuildings,
  updateContract,
} from "./store.ts";

export interface ContractAsked {
  readonly terms: ContractTerms;
  readonly basis:
    | { readonly kind: "award"; readonly tender: number }
    /** A dated document of before: services that run already, or the owners' own contracts under self-management (D15). */
    | { readonly kind: "earlier"; readonly title: string; readonly on: string };
}
export type ContractFault =
  | TermsFault
  | DeviationFault
  | { readonly reason: "basis_untitled" }
  | { readonly reason: "basis_day" }
  | { readonly reason: "basis_after_start"; readonly fromOn: Day };

export type FileRefusal =
  | { readonly reason: "file_refused"; readonly fault: FileFault }
  /** A contract is kept as it was signed: one PDF. */
  | { readonly reason: "file_not_pdf" }
  | { readonly reason: "file_missing" };
export type ContractRefusal =
  | KeyReused
  | FileRefusal
  | TenderMoveRefusal
  | SignedOnRefusal
  | { readonly reason: "contract_faulty"; readonly faults: readonly [ContractFault, ...ContractFault[]] }
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "lot_contracted"; readonly number: number }
  /** The owners' decision behind the award was annulled, or recounted otherwise. */
  | { readonly reason: "award_withdrawn" }
  | { readonly reason: "own_contract" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "filing_day" }
  | { readonly reason: "filing_words" };

export const termsText = (terms: ContractTerms): string => canonicalJson(terms as unknown as Json);

/** Puts the signed paper; what is no PDF by its first bytes stays outside. */
export async function putPaper(
  scene: StaffScene,
  upload: Upload | null,
): Promise<Result<{ readonly file: ContractFile; readonly statement: Query }, FileRefusal>> {
  if (!upload) return err({ reason: "file_missing" });
  const type = mediaTypeOf(upload.bytes);
  if (type !== null && type !== "application/pdf") return err({ reason: "file_not_pdf" });
  const put = await putFile(scene, upload, scene.actor.personId, "public");
  if (!put.ok) return err({ reason: "file_refused", fault: put.error });
  const { fileId, name, sha256: hash, bytes } = put.value.stored;
  return ok({ file: { fileId, name, sha256: hash, bytes }, statement: put.value.statement });
}

export async function loadContract(scene: Scene, contractId: string): Promise<ContractRow | null> {
  const [rows] = await scene.db.read(findContract(scene, contractId));
  return rows[0] ? contractFrom(rows[0]) : null;
}

/** Everything wrong with terms, beside what was awarded: by the settings and the roll of today. */
export async function ownFaults(scene: Scene, terms: ContractTerms): Promise<TermsFault[]> {
  const [settings, buildings] = await scene.db.read(listSettings(scene, CONTRACT_SETTINGS), listRollBuildings(scene));
  return termsFaults(terms, {
    bondMostPercent: valuesFromRows(CONTRACT_SETTINGS, settings).bondMostPercent.value,
    buildings: buildings.map(({ building }) => building),
  });
}

interface Awarded {
  readonly tender: TenderRow;
  readonly scheme: Scheme;
  readonly awards: readonly Award[];
}
async function awarded(scene: Scene, number: number, awardsOf: AwardsOf): Promise<Result<Awarded, ContractRefusal>> {
  const key = byTenderNumber(scene, number);
  const [tenders, schemes] = await scene.db.read(findTender(scene, key), findScheme(scene, key));
  const tender = tenders[0];
  if (!tender || !schemes[0]) return err({ reason: "unknown_tender" });
  const may = tenderIn(tender.state, "awarded");
  if (!may.ok) return may;
  return ok({
    tender,
    scheme: JSON.parse(schemes[0].scheme) as Scheme,
    awards: await awardsOf(scene, tender.tenderId),
  });
}

function earlierFaults(basis: { readonly title: string; readonly on: string }, fromOn: Day): ContractFault[] {
  if (basis.title.trim() === "") return [{ reason: "basis_untitled" }];
  if (!isDay(basis.on)) return [{ reason: "basis_day" }];
  return basis.on > fromOn ? [{ reason: "basis_after_start", fromOn }] : [];
}

/** Drafts a contract for another person to sign. What is drafted stands: a change is a new draft. */
export async function draftContract(
  scene: StaffScene,
  asked: ContractAsked,
  paper: Upload | null,
  once: string,
  awardsOf: AwardsOf = readAwards,
): Promise<Result<{ readonly contractId: string }, ContractRefusal>> {
  const { terms } = asked;
  const faults: ContractFault[] = await ownFaults(scene, terms);
  let tender: TenderRow | null = null;
  let basis: ContractBasis;
  if (asked.basis.kind === "award") {
    const found = await awarded(scene, asked.basis.tender, awardsOf);
    if (!found.ok) return found;
    tender = found.value.tender;
    faults.push(...deviations(terms, found.value.scheme.lots, found.value.awards));
    const lots = terms.lots.map(({ lotNo }) => lotNo);
    const [taken] = await scene.db.read(listContractedLots(scene, tender.tenderId));
    const before = taken.find(({ lotNo }) => lots.includes(lotNo));
    if (before) return err({ reason: "lot_contracted", number: before.number });
    basis = {
      kind: "award",
      tender: tender.number,
      lots,
      awardedOn: found.value.awards[0]?.awardedOn ?? dayOf(scene.now),
    };
  } else {
    faults.push(...earlierFaults(asked.basis, terms.fromOn));
    basis = { kind: "earlier", title: asked.basis.title.trim(), on: asked.basis.on };
  }
  const [fault, ...others] = faults;
  if (fault) return err({ reason: "contract_faulty", faults: [fault, ...others] });
  const put = await putPaper(scene, paper);
  if (!put.ok) return put;
  const { file } = put.value;
  const contractId = newId<string>(scene.random);
  const text = termsText(terms);
  const termsHash = sha256Hex(text);
  const facts = {
    terms: termsHash,
    file: file.sha256,
    provider: terms.provider.code,
    from: terms.fromOn,
    to: terms.toOn,
  };
  const { statements, leafHash } = recordContract(scene, { contractId }, "contract_drafted", facts, authorOf(scene));
  const contract = insertContract(scene, {
    contractId,
    tenderId: tender?.tenderId ?? null,
    providerName: terms.provider.name,
    providerCode: terms.provider.code,
    title: terms.title,
    basis,
    fromOn: terms.fromOn,
    toOn: terms.toOn,
    draftedBy: scene.actor.personId,
    leafHash,
  });
  const edition = insertEdition(scene, contractId, {
    edition: 1,
    kind: "first",
    terms: text,
    termsHash,
    why: "",
    decision: null,
    file,
    draftedBy: scene.actor.personId,
    draftLeaf: leafHash,
  });
  const body = JSON.stringify([asked, file.sha256]);
  const batch = [put.value.statement, contract, edition, ...statements];
  const written = await writeOnce(scene, { key: once, body }, batch, { contractId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a contract was refused by ${written.error.code}`);
}

const MOST_TRIES = 5;

/** Another person signs it: it is in force from the day on its paper. The last lot's contract ends the tender. A repeat finds it done. */
export async function signContract(
  scene: StaffScene,
  contractId: string,
  signedOn: string,
  awardsOf: AwardsOf = readAwards,
): Promise<Result<ContractRow, ContractRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const row = await loadContract(scene, contractId);
    if (!row) return err({ reason: "unknown_contract" });
    const by = scene.actor.personId;
    if (row.state === "signed" && row.decidedBy === by) return ok(row);
    if (row.state !== "drafted") return err({ reason: "contract_moved" });
    const may = maySign(row.draftedBy, by);
    if (!may.ok) return may;
    const day = maySignOn(signedOn, dayOf(scene.now), row.basis.kind === "award" ? row.basis.awardedOn : null);
    if (!day.ok) return day;
    const facts = {
      number: row.number,
      title: row.title,
      provider: row.providerName,
      code: row.providerCode,
      from: row.fromOn,
      to: row.toOn,
      price: row.terms.priceFen,
      on: day.value,
      terms: row.termsHash,
      file: row.file.sha256,
    };
    const { statements, leafHash } = tellContract(scene, row, "contract_signed", facts, authorOf(scene));
    const lots = await contractingLots(scene, row, awardsOf);
    if (!lots.ok) return lots;
    const written = await scene.db.write([
      ...updateContract(
        scene,
        row,
        sql`state = 'signed', decided_by = ${by}, decided_at = CAST(${scene.now} AS INTEGER), signed_on = ${day.value}, leaf_hash = ${leafHash}`,
      ),
      ...decideEdition(scene, contractId, 1, { state: "in_force", by, why: "", signedOn: day.value, leafHash }),
      ...lots.value,
      ...statements,
    ]);
    if (written.ok) return ok((await loadContract(scene, contractId))!);
    if (written.error.code === "award_shaken") return err({ reason: "award_withdrawn" });
    // Somebody was faster, or the other lot's contract was signed at the same moment: look again.
    if (!["contract_stale", "tender_stale", "lot_contracted"].includes(written.error.code))
      throw new Error(`a signature was refused by ${written.error.code}`);
  }
  throw new Error("too many signatures at once");
}

/** The lots it is for, and the tender's last step where none is left without a contract. Guarded in the write: of two contracts signed at once one is the last. */
async function contractingLots(
  scene: Scene,
  { contractId, tenderId, basis }: ContractRow,
  awardsOf: AwardsOf,
): Promise<Result<readonly Query[], ContractRefusal>> {
  if (tenderId === null || basis.kind !== "award") return ok([]);
  const [tenders, taken] = await scene.db.read(findTender(scene, tenderId), listContractedLots(scene, tenderId));
  const tender = tenders[0]!;
  const awards = await awardsOf(scene, tenderId);
  const isGone = basis.lots.some((lotNo) => !awards.some((one) => one.lotNo === lotNo));
  if (isGone && tender.state !== "contracted") return err({ reason: "award_withdrawn" });
  const may = tenderIn(tender.state, "awarded");
  if (!may.ok) return may;
  const before = taken.find(({ lotNo }) => basis.lots.includes(lotNo));
  if (before) return err({ reason: "lot_contracted", number: before.number });
  const contracted = [...taken.map(({ lotNo }) => lotNo), ...basis.lots];
  const done = isAllContracted(
    awards.map(({ lotNo }) => lotNo),
    contracted,
  );
  return ok([
    ...basis.lots.map((lotNo) => insertContractLot(scene, tenderId, lotNo, contractId)),
    assertThat(
      scene.db,
      "tender_stale",
      sql`(SELECT count(*) FROM tender_contract_lot WHERE community_id = ${scene.community.id} AND tender_id = ${tenderId}) = CAST(${contracted.length} AS INTEGER)`,
    ),
    ...(done ? updateTender(scene, tender, { state: "contracted", contractedAt: scene.now }) : []),
  ]);
}

/** Another person refuses it with a reason, or its drafter gives it up. */
export async function dropContract(
  scene: StaffScene,
  contractId: string,
  as: { readonly kind: "refused"; readonly why: string } | { readonly kind: "withdrawn" },
): Promise<Result<{ readonly contractId: string }, ContractRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const by = scene.actor.personId;
  if (row.state === as.kind && row.decidedBy === by) return ok({ contractId });
  if (row.state !== "drafted") return err({ reason: "contract_moved" });
  const why = as.kind === "refused" ? as.why.trim() : "";
  if (as.kind === "refused" && row.draftedBy === by) return err({ reason: "own_contract" });
  if (as.kind === "withdrawn" && row.draftedBy !== by) return err({ reason: "not_the_drafter" });
  if (as.kind === "refused" && why === "") return err({ reason: "why_missing" });
  const { statements, leafHash } = recordContract(scene, row, `contract_${as.kind}`, {}, authorOf(scene));
  const set = sql`state = ${as.kind}, decided_by = ${by}, decided_at = CAST(${scene.now} AS INTEGER), decided_why = ${why}`;
  const written = await scene.db.write([
    ...updateContract(scene, row, set),
    ...decideEdition(scene, contractId, 1, { state: as.kind, by, why, signedOn: null, leafHash }),
    ...statements,
  ]);
  return written.ok ? ok({ contractId }) : err({ reason: "contract_moved" });
}

/** That it was filed with the authority, on which day and under which number (T14; HZ 49). Once. */
export async function fileContract(
  scene: StaffScene,
  contractId: string,
  asked: { readonly filedOn: string; readonly words: string },
): Promise<Result<{ readonly contractId: string }, ContractRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const words = asked.words.trim();
  if (row.filedOn !== null)
    return row.filedOn === asked.filedOn && row.filedWords === words
      ? ok({ contractId })
      : err({ reason: "contract_moved" });
  if (row.state !== "signed") return err({ reason: "contract_moved" });
  if (!isDay(asked.filedOn) || asked.filedOn > dayOf(scene.now) || asked.filedOn < row.signedOn!)
    return err({ reason: "filing_day" });
  if (words === "" || words.length > 120) return err({ reason: "filing_words" });
  const facts = { number: row.number, title: row.title, on: asked.filedOn, under: words };
  const { statements, leafHash } = tellContract(scene, row, "contract_filed", facts, authorOf(scene));
  const written = await scene.db.write([
    ...updateContract(scene, row, sql`filed_on = ${asked.filedOn}, filed_words = ${words}, filed_leaf = ${leafHash}`),
    ...statements,
  ]);
  return written.ok ? ok({ contractId }) : fileContract(scene, contractId, asked);
}
