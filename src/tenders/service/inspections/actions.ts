/** Keeping an inspection sheet with its photographs: load, ask the rules, write with the leaf. No HTTP. */

import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, type Result } from "../../../kernel/result.ts";
import type { Upload } from "../../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { authorOf } from "../../acting.ts";
import { recordContract } from "../../contracts/recording.ts";
import { contractFrom, findContract, listRollBuildings } from "../../contracts/store.ts";
import { type PhotoRefusal, putPhotos } from "../photos.ts";
import {
  clausesOf,
  type InspectionAsked,
  type InspectionRefusal,
  mayInspect,
  servedBuildings,
  serves,
} from "../rules.ts";
import { findInspection, insertInspection, inspectionFrom } from "../store.ts";

export type InspectingRefusal =
  | KeyReused
  | InspectionRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "not_serving" }
  | PhotoRefusal
  | { readonly reason: "inspected_already"; readonly building: string; readonly month: string }
  | { readonly reason: "unknown_inspection" }
  | { readonly reason: "correction_why" };

/** Keeps a sheet with its photographs; `corrects` names the sheet it puts in the place of, and why. */
export async function inspect(
  scene: StaffScene,
  contractId: string,
  asked: InspectionAsked & { readonly corrects: number | null; readonly why: string },
  photos: readonly Upload[],
  once: string,
): Promise<Result<{ readonly building: string }, InspectingRefusal>> {
  const today = dayOf(scene.now);
  const [contracts, roll, before] = await scene.db.read(
    findContract(scene, contractId),
    listRollBuildings(scene),
    findInspection(scene, contractId, asked.corrects ?? 0),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (!row) return err({ reason: "unknown_contract" });
  if (!serves(row, today)) return err({ reason: "not_serving" });
  const served = {
    fromOn: row.fromOn,
    buildings: servedBuildings(
      row.terms,
      roll.map(({ building }) => building),
    ),
    clauses: clausesOf(row.terms),
  };
  const may = mayInspect(asked, served, today);
  if (!may.ok) return may;
  const month = asked.inspectedOn.slice(0, 7);
  const twice = err({ reason: "inspected_already", building: asked.building, month } as const);
  if (asked.corrects !== null) {
    const wrong = before[0] ? inspectionFrom(before[0]) : null;
    if (!wrong || wrong.month !== month || wrong.building !== asked.building)
      return err({ reason: "unknown_inspection" });
    if (asked.why.trim() === "") return err({ reason: "correction_why" });
  }
  const put = await putPhotos(scene, photos, scene.actor.personId);
  if (!put.ok) return put;
  const { stored, statements } = put.value;
  const by = authorOf(scene);
  const { points, ofPoints } = may.value;
  const facts = {
    month,
    building: asked.building,
    on: asked.inspectedOn,
    points,
    of: ofPoints,
    sheet: sha256Hex(JSON.stringify(asked.items)),
    photos: stored.map(({ sha256 }) => sha256),
    corrects: asked.corrects ?? "",
  };
  const recorded = recordContract(scene, row, "inspected", facts, by);
  const insert = insertInspection(scene, contractId, {
    month,
    building: asked.building,
    inspectedOn: asked.inspectedOn,
    items: asked.items.map(({ clause, result, note }) => ({ clause, result, note: note.trim() })),
    photos: stored,
    points,
    ofPoints,
    corrects: asked.corrects,
    why: asked.corrects === null ? "" : asked.why.trim(),
    byPerson: by.id,
    byWords: by.words,
    leafHash: recorded.leafHash,
  });
  const body = { key: once, body: JSON.stringify([contractId, asked, stored.map(({ sha256 }) => sha256)]) };
  const written = await writeOnce(scene, body, [...statements, insert, ...recorded.statements], {
    building: asked.building,
  });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "inspected_already") return twice;
  throw new Error(`an inspection was refused by ${written.error.code}`);
}
