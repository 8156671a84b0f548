/** Changing and extending a contract by its own rule: a new edition, drafted by one, signed by another, on an owners' decision where it goes beyond the limits (TB 46; CC 947). No HTTP. */

import { decisionHolds, readDecision } from "../../assembly/results/reading.ts";
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { sql } from "../../platform/db.ts";
import type { Upload } from "../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { authorOf } from "../acting.ts";
import { type FileRefusal, loadContract, ownFaults, putPaper, termsText } from "./actions.ts";
import {
  type Beyond,
  type ChangeRefusal,
  changeNeeds,
  type DecisionRefusal,
  differences,
  restsOnServiceDecision,
} from "./ending/rules.ts";
import { recordContract, tellContract } from "./recording.ts";
import { type ContractTerms, maySign, maySignOn, type SignedOnRefusal, type TermsFault } from "./rules.ts";
import { CONTRACT_SETTINGS, limitsFrom } from "./settings.ts";
import {
  type ContractRow,
  type DecisionRef,
  decideEdition,
  type EditionRow,
  editionFrom,
  insertEdition,
  listEditions,
  updateContract,
} from "./store.ts";

export interface DecisionAsked {
  readonly meeting: number;
  readonly item: number;
}
export interface ChangeAsked {
  readonly terms: ContractTerms;
  readonly why: string;
  /** The owners' item; null where none is needed. */
  readonly decision: DecisionAsked | null;
}
export type ChangingRefusal =
  | KeyReused
  | FileRefusal
  | ChangeRefusal
  | SignedOnRefusal
  | DecisionRefusal
  /** Beyond the limits only the owners decide. */
  | {
      readonly reason: "beyond_limits";
      readonly beyond: readonly Beyond[];
      readonly percent: number;
      readonly months: number;
    }
  | { readonly reason: "change_faulty"; readonly faults: readonly [TermsFault, ...TermsFault[]] }
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "edition_waits" }
  | { readonly reason: "own_contract" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" };

/** An owners' decision of matter 4 as an act names it; refused where it does not carry what it should. */
export async function serviceDecision(
  scene: Scene,
  asked: DecisionAsked,
): Promise<Result<DecisionRef, DecisionRefusal>> {
  const facts = await readDecision(scene, asked.meeting, asked.item);
  const rests = restsOnServiceDecision(facts);
  return rests.ok ? ok({ meetingId: facts!.meetingId, meeting: asked.meeting, item: asked.item }) : rests;
}

/** A contract with every edition there was. */
export async function readEditions(scene: Scene, contractId: string): Promise<readonly EditionRow[]> {
  const [rows] = await scene.db.read(listEditions(scene, contractId));
  return rows.map(editionFrom);
}

/** Drafts a change or an extension as a new edition; one waits at a time. */
export async function draftChange(
  scene: StaffScene,
  contractId: string,
  asked: ChangeAsked,
  paper: Upload | null,
  once: string,
): Promise<Result<{ readonly edition: number }, ChangingRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.state !== "signed" || row.endsOn !== null) return err({ reason: "contract_moved" });
  const why = asked.why.trim();
  if (why === "") return err({ reason: "why_missing" });
  const faults = await ownFaults(scene, asked.terms);
  const [fault, ...others] = faults;
  if (fault) return err({ reason: "change_faulty", faults: [fault, ...others] });
  const editions = await readEditions(scene, contractId);
  const [settings] = await scene.db.read(listSettings(scene, CONTRACT_SETTINGS));
  const limits = limitsFrom(valuesFromRows(CONTRACT_SETTINGS, settings));
  const needs = changeNeeds(editions[0]!.terms, row.terms, asked.terms, limits);
  if (!needs.ok) return needs;
  let decision: DecisionRef | null = null;
  if (asked.decision) {
    const found = await serviceDecision(scene, asked.decision);
    if (!found.ok) return found;
    decision = found.value;
  } else if (needs.value.length > 0)
    return err({
      reason: "beyond_limits",
      beyond: needs.value,
      percent: limits.pricePercent,
      months: limits.extensionMonths,
    });
  const put = await putPaper(scene, paper);
  if (!put.ok) return put;
  const { file } = put.value;
  const edition = editions.at(-1)!.edition + 1;
  const text = termsText(asked.terms);
  const kind = asked.terms.toOn > row.toOn ? "extension" : "change";
  const { statements, leafHash } = recordContract(
    scene,
    row,
    "change_drafted",
    { edition, kind, terms: sha256Hex(text), file: file.sha256, fields: changed(row.terms, asked.terms) },
    authorOf(scene),
  );
  const insert = insertEdition(scene, contractId, {
    edition,
    kind,
    terms: text,
    termsHash: sha256Hex(text),
    why,
    decision,
    file,
    draftedBy: scene.actor.personId,
    draftLeaf: leafHash,
  });
  const body = JSON.stringify([contractId, asked, file.sha256]);
  const written = await writeOnce(scene, { key: once, body }, [put.value.statement, insert, ...statements], {
    edition,
  });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "edition_waits") return err({ reason: "edition_waits" });
  throw new Error(`a change was refused by ${written.error.code}`);
}
const changed = (before: ContractTerms, after: ContractTerms): string[] =>
  differences(before, after).map(({ field }) => field);

const waitingOf = (editions: readonly EditionRow[]): EditionRow | undefined =>
  editions.find(({ state, edition }) => state === "waiting" && edition > 1);

/** Another person signs the change: it is in force, and the difference stands in the record. */
export async function signChange(
  scene: StaffScene,
  contractId: string,
  signedOn: string,
): Promise<Result<ContractRow, ChangingRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const editions = await readEditions(scene, contractId);
  const by = scene.actor.personId;
  const waiting = waitingOf(editions);
  const last = editions.at(-1)!;
  if (!waiting) return last.state === "in_force" && last.decidedBy === by ? ok(row) : err({ reason: "contract_moved" });
  if (row.endsOn !== null) return err({ reason: "contract_moved" });
  const may = maySign(waiting.draftedBy, by);
  if (!may.ok) return may;
  const day = maySignOn(signedOn, dayOf(scene.now), row.signedOn);
  if (!day.ok) return day;
  if (waiting.decision) {
    const still = await serviceDecision(scene, waiting.decision);
    if (!still.ok) return still;
  }
  const { terms, edition, kind } = waiting;
  const { statements, leafHash } = tellContract(
    scene,
    row,
    "contract_changed",
    {
      number: row.number,
      title: row.title,
      kind,
      edition,
      fields: changed(row.terms, terms),
      price: terms.priceFen,
      to: terms.toOn,
      on: day.value,
      terms: waiting.termsHash,
      decision: waiting.decision ? `${waiting.decision.meeting}/${waiting.decision.item}` : "",
    },
    authorOf(scene),
  );
  const set = sql`edition = CAST(${edition} AS INTEGER), to_on = ${terms.toOn}, title = ${terms.title}`;
  const written = await scene.db.write([
    ...updateContract(scene, row, set),
    ...decideEdition(scene, contractId, edition, { state: "in_force", by, why: "", signedOn: day.value, leafHash }),
    ...(waiting.decision ? [decisionHolds(scene, waiting.decision.meetingId)] : []),
    ...statements,
  ]);
  if (written.ok) return ok((await loadContract(scene, contractId))!);
  if (["contract_stale", "decision_not_published"].includes(written.error.code))
    return signChange(scene, contractId, signedOn);
  throw new Error(`a change was refused by ${written.error.code}`);
}

/** Another person refuses the change, or its drafter gives it up. */
export async function dropChange(
  scene: StaffScene,
  contractId: string,
  as: { readonly kind: "refused"; readonly why: string } | { readonly kind: "withdrawn" },
): Promise<Result<{ readonly contractId: string }, ChangingRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const waiting = waitingOf(await readEditions(scene, contractId));
  if (!waiting) return err({ reason: "contract_moved" });
  const by = scene.actor.personId;
  const why = as.kind === "refused" ? as.why.trim() : "";
  if (as.kind === "refused" && waiting.draftedBy === by) return err({ reason: "own_contract" });
  if (as.kind === "withdrawn" && waiting.draftedBy !== by) return err({ reason: "not_the_drafter" });
  if (as.kind === "refused" && why === "") return err({ reason: "why_missing" });
  const { statements, leafHash } = recordContract(
    scene,
    row,
    `change_${as.kind}`,
    { edition: waiting.edition },
    authorOf(scene),
  );
  const to = { state: as.kind, by, why, signedOn: null, leafHash } as const;
  const written = await scene.db.write([...decideEdition(scene, contractId, waiting.edition, to), ...statements]);
  return written.ok ? ok({ contractId }) : err({ reason: "contract_moved" });
}
