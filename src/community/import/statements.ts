/** The batch of an import: what a plan becomes in SQL, with its sealed data, its commitments and its leaf. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { toBase64 } from "../../platform/secrets.ts";
import { canonicalJson } from "../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { bulkRootOf } from "../bulk-root.ts";
import { pendingChange } from "../changing.ts";
import {
  type Hashes,
  hashesOf,
  masksOf,
  mergePersonal,
  openPersonal,
  type Personal,
  sealPersonal,
} from "../personal.ts";
import { drawSalts, saltAt } from "../salts.ts";
import {
  areasOf,
  closeGuardianships,
  closeHoldings,
  type HoldingRow,
  insertDetails,
  insertFacts,
  insertGuardianships,
  insertHoldings,
  insertParties,
  insertUnits,
  listSealed,
  type NewDetail,
} from "../store.ts";
import type { Before } from "./before.ts";
import type { Draft } from "./draft.ts";
import type { Differences, Plan } from "./rules.ts";
import type { Staged } from "./staging.ts";
import { type JobRow, markWritten, type Summary } from "./store.ts";

/**
 * The list under the root in the import's entry: one text for each unit of the file, in its order, each with a salt of
 * its own, so that its leaf hides it. With the file and the salts anyone entitled recomputes the root (`rootOf`).
 */
export const importedEntries = (draft: Draft, salts: Uint8Array): string[] =>
  draft.units.map(({ building, entrance, room, areaDm2, owners, rows }, at) => {
    const names = (owners ?? []).map(({ person }) => draft.people[person]!.facts.name);
    return canonicalJson({
      areaDm2,
      building,
      entrance,
      owners: names,
      room,
      rows,
      salt: bytesToHex(saltAt(salts, at)),
    });
  });

export async function statementsOf(
  scene: StaffScene,
  job: JobRow,
  staged: Staged,
  before: Before,
  plan: Plan,
  retire: readonly UnitId[],
  differences: Differences,
): Promise<Query[]> {
  const { draft } = staged;
  const salts = drawSalts(scene.random, draft.units.length);
  const fileSalt = scene.random(SALT_BYTES);
  const counts = {
    added: differences.added.length,
    changed: differences.changed.length,
    people: differences.people.length + differences.newPeople,
    retired: retire.length,
    rows: (JSON.parse(job.summary) as Summary).rows,
    units: draft.units.length,
  };
  const details = await detailsOf(scene, staged, before, plan);
  const change = await pendingChange(scene, {
    kind: "import",
    fromOn: job.asOf,
    version: before.version,
    unitId: null,
    note: { why: job.fileName, evidence: job.fileSha256 },
    details: { job: job.jobId, ...counts },
    payload: {
      counts,
      file: commit(fileSalt, job.fileSha256),
      root: bulkRootOf(importedEntries(draft, salts)),
    },
    sealedMore: { fileSalt: bytesToHex(fileSalt), salts: toBase64(salts) },
  });
  const { changeId } = change;
  const facts = [
    ...plan.facts,
    ...retire.map((unitId) => {
      const row = before.facts.get(unitId)!;
      return { unitId, areas: areasOf(row), kind: row.kind, state: "retired" as const };
    }),
  ].map((fact) => {
    const known = before.facts.get(fact.unitId);
    return { ...fact, revision: known?.fromOn === job.asOf ? known.revision + 1 : 0 };
  });
  const numbers = new Map(before.lastHolding);
  const opened = plan.open.map((holding): HoldingRow => {
    const holdingNo = (numbers.get(holding.unitId) ?? 0) + 1;
    numbers.set(holding.unitId, holdingNo);
    return { ...holding, holdingNo };
  });
  const running = new Map(before.holdings.map((held) => [`${held.unitId} ${held.partyId} ${held.role}`, held]));
  const closed = plan.close.map(({ unitId, partyId, role }) => running.get(`${unitId} ${partyId} ${role}`)!);
  const replaced = plan.guardians.filter(({ replaces }) => replaces).map(({ wardId }) => wardId);
  const newParties = plan.newParties.map((person) => plan.partyOf[person]!);
  return [
    ...change.statements,
    ...markWritten(scene, job.jobId, changeId, scene.now),
    ...insertUnits(scene, changeId, plan.newUnits),
    ...insertFacts(scene, changeId, job.asOf, facts),
    ...insertParties(scene, changeId, newParties),
    ...insertDetails(scene, changeId, details),
    ...closeHoldings(scene, changeId, job.asOf, closed),
    ...insertHoldings(scene, changeId, job.asOf, opened),
    ...closeGuardianships(scene, changeId, job.asOf, replaced),
    ...insertGuardianships(scene, changeId, job.asOf, plan.guardians),
  ];
}

/** Sealed details of new people, and of known ones whose data the file adds to. */
async function detailsOf(scene: Scene, staged: Staged, before: Before, plan: Plan): Promise<NewDetail[]> {
  const known = new Map<PartyId, Personal>();
  if (plan.updatedParties.length > 0) {
    const [sealed] = await scene.db.read(
      listSealed(
        scene,
        plan.updatedParties.map((person) => plan.partyOf[person]!),
      ),
    );
    for (const row of sealed) known.set(row.partyId, await openPersonal(scene, row.partyId, row.kind, row.sealed));
  }
  const fresh = plan.newParties.map((person) =>
    detailOf(scene, plan.partyOf[person]!, 1, staged.draft.people[person]!.facts, staged.hashes[person]!),
  );
  const updated = plan.updatedParties.map((person) => {
    const partyId = plan.partyOf[person]!;
    const personal = mergePersonal(known.get(partyId)!, staged.draft.people[person]!.facts);
    return detailOf(scene, partyId, before.parties.get(partyId)!.version + 1, personal, hashesOf(scene, personal));
  });
  return Promise.all([...fresh, ...updated]);
}

/** A party's next detail, sealed, with its masks and hashes. */
export async function detailOf(
  scene: Scene,
  partyId: PartyId,
  version: number,
  personal: Personal,
  hashes: Hashes = hashesOf(scene, personal),
): Promise<NewDetail> {
  const masks = masksOf(personal);
  return {
    partyId,
    version,
    kind: personal.kind,
    sealed: await sealPersonal(scene, partyId, personal),
    maskedName: masks.name,
    maskedPhone: masks.phone,
    maskedNumber: masks.number,
    nameHash: hashes.name,
    phoneHash: hashes.phone,
    phoneTailHash: hashes.phoneTail,
    idHash: hashes.id,
    idTailHash: hashes.idTail,
    ownerNoHash: hashes.ownerNo,
  };
}
