/** Entering assets one by one or by table, and what changes of them: load, ask the rules, write with the leaf. No HTTP. */

import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import type { SheetFault } from "../../platform/sheet/grid.ts";
import { appendLeaf } from "../../record/store.ts";
import {
  type AssetEntry,
  type AssetFacts,
  type AssetFault,
  assetFaults,
  changedFields,
  MOST_ASSET_ROWS,
  MOST_PHOTOS,
} from "./rules.ts";
import { ASSET_COLUMNS, entriesOf, type RowMessage } from "./sheet.ts";
import {
  type AssetRow,
  assetFrom,
  findAsset,
  insertAssets,
  insertVersions,
  listAssetsByCode,
  type Photo,
} from "./store.ts";
import { readTable } from "./table.ts";

export type PhotoRefusal =
  | { readonly reason: "photo_refused"; readonly fault: FileFault }
  | { readonly reason: "too_many_photos"; readonly most: number };
export type AssetRefusal =
  | KeyReused
  | PhotoRefusal
  | { readonly reason: "asset_faulty"; readonly faults: readonly [AssetFault, ...AssetFault[]] }
  | { readonly reason: "asset_code_taken"; readonly code: string }
  | { readonly reason: "unknown_asset" }
  | { readonly reason: "asset_moved" }
  | { readonly reason: "nothing_changed" }
  | { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }
  | { readonly reason: "rows_faulty"; readonly messages: readonly RowMessage[] };

const said = ({ name, place, areaDm2, titleBasis, state, fromOn }: AssetFacts) => ({
  name,
  place,
  ...(areaDm2 === null ? {} : { areaDm2 }),
  titleBasis,
  state,
  from: fromOn,
});
const tidied = (entry: AssetEntry): AssetEntry => ({
  ...entry,
  code: entry.code.normalize("NFKC").trim(),
  name: entry.name.trim(),
  place: entry.place.trim(),
  titleBasis: entry.titleBasis.trim(),
  remark: entry.remark.trim(),
});

async function photosOf(
  scene: StaffScene,
  uploads: readonly Upload[],
  kept: readonly Photo[],
): Promise<Result<{ readonly photos: readonly Photo[]; readonly statements: readonly Query[] }, PhotoRefusal>> {
  if (kept.length + uploads.length > MOST_PHOTOS) return err({ reason: "too_many_photos", most: MOST_PHOTOS });
  const photos: Photo[] = [...kept];
  const statements: Query[] = [];
  for (const upload of uploads) {
    const put = await putFile(scene, upload, scene.actor.personId, "public");
    if (!put.ok) return err({ reason: "photo_refused", fault: put.error });
    const { fileId, name, sha256: hash } = put.value.stored;
    photos.push({ fileId, name, sha256: hash });
    statements.push(put.value.statement);
  }
  return ok({ photos, statements });
}

/** Enters one asset with its pictures, which everybody may see. */
export async function addAsset(
  scene: StaffScene,
  asked: AssetEntry,
  uploads: readonly Upload[],
  once: string,
): Promise<Result<{ readonly assetId: string }, AssetRefusal>> {
  const entry = tidied(asked);
  const [fault, ...others] = assetFaults(entry, dayOf(scene.now));
  if (fault) return err({ reason: "asset_faulty", faults: [fault, ...others] });
  const pictures = await photosOf(scene, uploads, []);
  if (!pictures.ok) return pictures;
  const assetId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "asset.added",
    {
      asset: assetId,
      kind: entry.kind,
      ...(entry.ground ? { ground: entry.ground } : {}),
      code: entry.code,
      ...said(entry),
      photos: pictures.value.photos.map((one) => one.sha256),
    },
    assetId,
  );
  const by = scene.actor.personId;
  const version = { ...entry, assetId, version: 1, photos: pictures.value.photos };
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify([entry, pictures.value.photos.map((one) => one.sha256)]) },
    [
      ...pictures.value.statements,
      insertAssets(scene, [{ ...entry, assetId }], by),
      insertVersions(scene, [version], by, leaf.leafHash),
      leaf.statement,
    ],
    { assetId },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "asset_code_taken") return err({ reason: "asset_code_taken", code: entry.code });
  throw new Error(`an asset was refused by ${written.error.code}`);
}

/** Says something else of an asset from a day on: a new version beside the old ones. `version` is the one it was decided on. */
export async function changeAsset(
  scene: StaffScene,
  asked: {
    readonly assetId: string;
    readonly version: number;
    readonly facts: AssetFacts;
    readonly dropPhotos: readonly string[];
  },
  uploads: readonly Upload[],
  once: string,
): Promise<Result<{ readonly assetId: string }, AssetRefusal>> {
  const body = JSON.stringify([asked, uploads.map(({ bytes }) => sha256Hex(bytes))]);
  const before = await findAnswer<{ readonly assetId: string }>(scene, { key: once, body });
  if (before) return before;
  const today = dayOf(scene.now);
  const [rows] = await scene.db.read(findAsset(scene, asked.assetId, today));
  if (!rows[0]) return err({ reason: "unknown_asset" });
  const row = assetFrom(rows[0]);
  if (row.version !== asked.version) return err({ reason: "asset_moved" });
  const entry = tidied({ kind: row.kind, ground: row.ground, code: row.code, ...asked.facts });
  const [fault, ...others] = assetFaults(entry, today);
  if (fault) return err({ reason: "asset_faulty", faults: [fault, ...others] });
  const kept = row.photos.filter(({ fileId }) => !asked.dropPhotos.includes(fileId));
  const changed = changedFields(row, entry);
  if (changed.length === 0 && uploads.length === 0 && kept.length === row.photos.length)
    return err({ reason: "nothing_changed" });
  const pictures = await photosOf(scene, uploads, kept);
  if (!pictures.ok) return pictures;
  const leaf = appendLeaf(
    scene,
    "asset.changed",
    {
      asset: row.assetId,
      code: row.code,
      version: row.version + 1,
      ...said(entry),
      photos: pictures.value.photos.map((one) => one.sha256),
    },
    row.assetId,
  );
  const version = { ...entry, assetId: row.assetId, version: row.version + 1, photos: pictures.value.photos };
  const written = await writeOnce(
    scene,
    { key: once, body },
    [
      ...pictures.value.statements,
      insertVersions(scene, [version], scene.actor.personId, leaf.leafHash),
      leaf.statement,
    ],
    { assetId: row.assetId },
  );
  if (written.ok) return written;
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "asset_moved" });
}

export interface ReadSheet {
  /** Entries whose number the register does not have yet. */
  readonly fresh: readonly AssetEntry[];
  /** Numbers it has already: passed over, so that the same table twice adds nothing. */
  readonly known: readonly AssetRow[];
  readonly messages: readonly RowMessage[];
  readonly rows: number;
  readonly encoding: string | null;
}

/** Reads a table of assets against the register. Writes nothing. */
export async function readAssetSheet(
  scene: StaffScene,
  bytes: Uint8Array,
): Promise<Result<ReadSheet, { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }>> {
  const table = await readTable(bytes, ASSET_COLUMNS, MOST_ASSET_ROWS);
  if (!table.ok) return err({ reason: "sheet_unreadable", fault: table.error });
  const today = dayOf(scene.now);
  const { entries, messages } = entriesOf(table.value.rows, today);
  const read = entries.map(tidied);
  const [rows] = await scene.db.read(
    listAssetsByCode(
      scene,
      read.map(({ code }) => code),
      today,
    ),
  );
  const known = rows.map(assetFrom);
  const codes = new Set(known.map(({ code }) => code));
  return ok({
    fresh: read.filter(({ code }) => !codes.has(code)),
    known,
    messages,
    rows: table.value.rows.length,
    encoding: table.value.encoding,
  });
}

/** Enters all fresh rows of a table, or none while a row has a fault. The same table again adds nothing. */
export async function importAssets(
  scene: StaffScene,
  upload: Upload,
): Promise<Result<{ readonly added: number; readonly known: number }, AssetRefusal>> {
  const read = await readAssetSheet(scene, upload.bytes);
  if (!read.ok) return read;
  const { fresh, known, messages } = read.value;
  if (messages.length > 0) return err({ reason: "rows_faulty", messages });
  if (fresh.length === 0) return ok({ added: 0, known: known.length });
  const by = scene.actor.personId;
  const rows = fresh.map((entry) => ({ ...entry, assetId: newId<string>(scene.random) }));
  const leaf = appendLeaf(
    scene,
    "assets.imported",
    {
      rows: rows.length,
      file: sha256Hex(upload.bytes),
      content: sha256Hex(JSON.stringify(fresh.map((entry) => [entry.kind, entry.ground, entry.code, said(entry)]))),
    },
    "assets",
  );
  const written = await scene.db.write([
    insertAssets(scene, rows, by),
    insertVersions(
      scene,
      rows.map((row) => ({ ...row, version: 1, photos: [] })),
      by,
      leaf.leafHash,
    ),
    leaf.statement,
  ]);
  if (written.ok) return ok({ added: rows.length, known: known.length });
  // The same table arrived twice at once: by now all its numbers are there.
  if (written.error.code === "asset_code_taken") return importAssets(scene, upload);
  throw new Error(`a table of assets was refused by ${written.error.code}`);
}
