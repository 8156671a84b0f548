/** Drafting a scheme, changing its draft, and deciding on it: load, ask the rules, write one batch. No HTTP. */
import { decisionHolds, readDecision } from "../../assembly/results/reading.ts";
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import type { Values } from "../../offices/settings/rules.ts";
import type { Query } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { authorOf, recordTenderEvent } from "../acting.ts";
import { type DecideRefusal, mayDecide } from "../procedure/rules.ts";
import { type TenderMoveRefusal, tenderIn } from "../rules.ts";
import {
  findScheme,
  findTender,
  insertScheme,
  insertTender,
  type SchemeRow,
  type TenderKey,
  type TenderRow,
  updateTender,
} from "../store.ts";
import { MOST_LOTS } from "./form.ts";
import { MODES, type Scheme, SERVICES } from "./rules.ts";
import { TENDER_SETTINGS } from "./settings.ts";
import { type Begun, schemeFrom, usualLot } from "./template.ts";

export type Gone = { readonly reason: "unknown_tender" } | { readonly reason: "tender_stale" };

/** A tender and the scheme it goes by. */
export interface Drafted {
  readonly row: TenderRow;
  readonly written: SchemeRow;
  readonly scheme: Scheme;
}

/** What is stored was checked when it was written. */
export const schemeOf = (row: Pick<SchemeRow, "scheme">): Scheme => JSON.parse(row.scheme) as Scheme;

/** A tender with its scheme in force; null where there is none. One round trip. */
export async function readTender(scene: Scene, key: TenderKey): Promise<Drafted | null> {
  const [rows, schemes] = await scene.db.read(findTender(scene, key), findScheme(scene, key));
  const [row, written] = [rows[0], schemes[0]];
  return row && written ? { row, written, scheme: schemeOf(written) } : null;
}

/**
 * The statements that add an edition of a scheme, with its event; the caller moves the tender to it. `facts` are what the
 * event tells besides the edition and its hash.
 */
export function writeEdition(
  scene: StaffScene,
  tenderId: string,
  edition: number,
  asked: Scheme,
  event: { readonly kind: string; readonly why?: string; readonly facts?: Readonly<Record<string, Json>> },
): readonly Query[] {
  const scheme = canonicalJson(asked as unknown as Json);
  const schemeHash = sha256Hex(scheme);
  const told = recordTenderEvent(
    scene,
    tenderId,
    event.kind,
    { edition, schemeHash, ...(event.why ? { why: event.why } : {}), ...event.facts },
    authorOf(scene),
  );
  const row = {
    edition,
    scheme,
    schemeHash,
    why: event.why ?? "",
    madeBy: scene.actor.personId,
    leafHash: told.leafHash,
  };
  return [insertScheme(scene, tenderId, row), ...told.statements];
}

export type DraftRefusal =
  | KeyReused
  | { readonly reason: "title_missing" }
  | { readonly reason: "unknown_mode" }
  | { readonly reason: "services_missing" };

/** Begins a tender with a scheme of the usual lots. A repeat of the form answers with the first. */
export async function draftTender(
  scene: StaffScene,
  asked: Begun,
  once: string,
): Promise<Result<{ readonly tenderId: string }, DraftRefusal>> {
  const title = asked.title.trim();
  if (title === "") return err({ reason: "title_missing" });
  if (!MODES.includes(asked.mode)) return err({ reason: "unknown_mode" });
  const services = SERVICES.filter((one) => asked.services.includes(one));
  if (asked.mode === "items" && services.every((one) => one === "whole")) return err({ reason: "services_missing" });
  const settings = await readSettings(scene, TENDER_SETTINGS);
  const scheme = schemeFrom({ ...asked, title, services }, usualOf(settings), dayOf(scene.now));
  return begin(scene, scheme, null, { key: once, body: JSON.stringify(asked) });
}

const usualOf = (settings: Values<typeof TENDER_SETTINGS.specs>) => ({
  bidDays: settings.bidDays.value,
  questionDays: settings.questionDays.value,
  candidateDays: settings.candidateDays.value,
  panel: { size: settings.panelSize.value, experts: settings.panelExperts.value },
});

async function begin(
  scene: StaffScene,
  scheme: Scheme,
  repeats: string | null,
  once: { readonly key: string; readonly body: string },
): Promise<Result<{ readonly tenderId: string }, KeyReused>> {
  const tenderId = newId<string>(scene.random);
  const facts = { title: scheme.title, mode: scheme.mode, ...(repeats ? { repeats } : {}) };
  const written = await writeOnce(
    scene,
    once,
    [
      insertTender(scene, { tenderId, title: scheme.title, repeats, draftedBy: scene.actor.personId }),
      ...writeEdition(scene, tenderId, 1, scheme, { kind: "drafted", facts }),
    ],
    { tenderId },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  throw new Error(`a tender was refused by the database: ${written.error.code}`);
}

/** Begins a new tender with the scheme of one that failed or was cancelled (T7). */
export async function repeatTender(
  scene: StaffScene,
  key: TenderKey,
  once: string,
): Promise<Result<{ readonly tenderId: string }, Gone | TenderMoveRefusal | KeyReused>> {
  const read = await readTender(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const inState = tenderIn(read.row.state, "failed", "cancelled");
  if (!inState.ok) return inState;
  return begin(scene, read.scheme, read.row.tenderId, { key: once, body: read.row.tenderId });
}

export type ChangeRefusal = Gone | TenderMoveRefusal | { readonly reason: "lots_full"; readonly most: number };

/**
 * Changes the draft: a new edition, whole or not; what is wrong with it stops the decision, not the saving. Nothing differs →
 * nothing is written. `seen` is the edition the form was filled in from.
 */
export async function changeScheme(
  scene: StaffScene,
  key: TenderKey,
  seen: number,
  change: (scheme: Scheme) => Scheme,
): Promise<Result<Drafted["row"], ChangeRefusal>> {
  const read = await readTender(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const { row, written: standing } = read;
  const inState = tenderIn(row.state, "draft");
  if (!inState.ok) return inState;
  const scheme = change(read.scheme);
  if (canonicalJson(scheme as unknown as Json) === standing.scheme) return ok(row);
  if (seen !== row.edition) return err({ reason: "tender_stale" });
  if (scheme.lots.length > MOST_LOTS) return err({ reason: "lots_full", most: MOST_LOTS });
  const edition = row.edition + 1;
  const written = await scene.db.write([
    ...updateTender(scene, row, { edition, title: scheme.title || row.title }),
    ...writeEdition(scene, row.tenderId, edition, scheme, { kind: "scheme_changed" }),
  ]);
  return written.ok ? ok({ ...row, edition }) : err({ reason: "tender_stale" });
}

/** Adds the usual lot of a service. */
export const withLot = (scheme: Scheme, service: Scheme["lots"][number]["service"], now: number): Scheme => ({
  ...scheme,
  lots: [...scheme.lots, usualLot(service, Math.max(0, ...scheme.lots.map(({ lotNo }) => lotNo)) + 1, dayOf(now))],
});

export type BasisAsked =
  | { readonly kind: "decision"; readonly meeting: number; readonly item: number }
  | { readonly kind: "words"; readonly words: string };

/** The scheme is decided: on the owners' carried item, or in the committee's words where a clause leaves it to them (T2). */
export async function decideScheme(
  scene: StaffScene,
  key: TenderKey,
  seen: number,
  asked: BasisAsked,
): Promise<Result<true, Gone | DecideRefusal>> {
  const [read, settings] = [await readTender(scene, key), await readSettings(scene, TENDER_SETTINGS)];
  if (!read) return err({ reason: "unknown_tender" });
  const { row, written: standing, scheme } = read;
  if (row.state === "decided") return ok(true);
  if (row.edition !== seen) return err({ reason: "tender_stale" });
  const decision = asked.kind === "decision" ? await readDecision(scene, asked.meeting, asked.item) : null;
  const may = mayDecide(
    { state: row.state, scheme, writtenBy: standing.madeBy, byOwners: settings.schemeByOwners.value },
    asked.kind === "decision" ? { kind: "decision", decision } : asked,
    scene.actor.personId,
  );
  if (!may.ok) return may;
  const rests =
    asked.kind === "decision"
      ? { decidedMeeting: decision?.meetingId ?? null, decidedItem: asked.item, decidedWords: null }
      : { decidedMeeting: null, decidedItem: null, decidedWords: asked.words.trim() };
  const event = recordTenderEvent(
    scene,
    row.tenderId,
    "scheme_decided",
    {
      edition: row.edition,
      schemeHash: standing.schemeHash,
      ...(asked.kind === "decision"
        ? { meeting: asked.meeting, item: asked.item }
        : { basis: rests.decidedWords ?? "" }),
    },
    authorOf(scene),
  );
  const written = await scene.db.write([
    ...(decision ? [decisionHolds(scene, decision.meetingId)] : []),
    ...updateTender(scene, row, { state: "decided", decidedAt: scene.now, ...rests }),
    ...event.statements,
  ]);
  if (written.ok) return ok(true);
  return err({ reason: written.error.code === "decision_not_published" ? "decision_not_published" : "tender_stale" });
}
