/** Taking in the gate's file, and booking what parking took: load, ask the rules, write with the leaf. Permits are permits.ts, tariffs tariffs.ts. No HTTP. */

import { addDays, addMonths, dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { FileFault } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { SheetFault } from "../../platform/sheet/grid.ts";
import { appendLeaf } from "../../record/store.ts";
import type { EarningRefusal } from "../assets/rules.ts";
import type { RowMessage } from "../assets/sheet.ts";
import { readTable } from "../assets/table.ts";
import { type DraftingRefusal, prepareVoucher } from "../books/actions.ts";
import { firstDayOf, isPeriod, nextPeriod } from "../books/rules.ts";
import { listBooks } from "../books/store.ts";
import type { BasisRefusal } from "../leases/basis.ts";
import { listAheadOfTakings } from "./earning/store.ts";
import { GATE_COLUMNS, type GateRow, gateRows, MOST_GATE_ROWS } from "./gate.ts";
import {
  PARKING_INCOME,
  type PermitEndFault,
  type PermitFault,
  RECEIVED_AHEAD,
  sumTakings,
  type TariffFault,
  tariffOn,
} from "./rules.ts";
import {
  findImport,
  type ImportRow,
  insertImport,
  insertTakingVouchers,
  listKnownEntries,
  listTariffs,
  listUnbooked,
} from "./store.ts";

export const BANK = "1002.01";
export type ParkingRefusal =
  | KeyReused
  | EarningRefusal
  | PermitFault
  | { readonly reason: "tariff_faulty"; readonly faults: readonly [TariffFault, ...TariffFault[]] }
  | { readonly reason: "tariff_exists" }
  | { readonly reason: "basis_faulty"; readonly fault: BasisRefusal }
  | { readonly reason: "document_refused"; readonly fault: FileFault }
  | PermitEndFault
  | { readonly reason: "unknown_permit" }
  | { readonly reason: "permit_ended" }
  | { readonly reason: "refunded_already" }
  /** What was paid for it is not in the books yet, so nothing can be taken back from them. */
  | { readonly reason: "permit_not_booked" }
  | { readonly reason: "unknown_space"; readonly code: string }
  | { readonly reason: "plate_permitted" }
  | { readonly reason: "space_let" }
  | { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }
  | { readonly reason: "rows_faulty"; readonly messages: readonly RowMessage[] }
  | { readonly reason: "period_unreadable" }
  | { readonly reason: "nothing_to_book" }
  | DraftingRefusal;

export interface ReadGate {
  readonly fresh: readonly (GateRow & { readonly key: string })[];
  /** Payments that came in an earlier file. */
  readonly known: number;
  readonly messages: readonly RowMessage[];
  readonly rows: number;
  readonly encoding: string | null;
  /** The file itself came before. */
  readonly before: ImportRow | null;
}

/** Reads a gate's file against what is there. Writes nothing. */
export async function readGateFile(
  scene: Scene,
  bytes: Uint8Array,
): Promise<Result<ReadGate, { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }>> {
  const table = await readTable(bytes, GATE_COLUMNS, MOST_GATE_ROWS);
  if (!table.ok) return err({ reason: "sheet_unreadable", fault: table.error });
  const { payments, messages } = gateRows(table.value.rows, dayOf(scene.now));
  const keyed = payments.map((one) => ({ ...one, key: scene.keys.index(one.identity, "gate-entry") }));
  const [known, imports] = await scene.db.read(
    listKnownEntries(
      scene,
      keyed.map(({ key }) => key),
    ),
    findImport(scene, sha256Hex(bytes)),
  );
  const there = new Set(known.map(({ key }) => key));
  return ok({
    fresh: keyed.filter(({ key }) => !there.has(key)),
    known: there.size,
    messages,
    rows: table.value.rows.length,
    encoding: table.value.encoding,
    before: imports[0] ?? null,
  });
}

/** Takes in the fresh payments of a gate's file, or none while a row has a fault. The same file again adds nothing. */
export async function importGate(
  scene: StaffScene,
  upload: Upload,
): Promise<Result<{ readonly added: number; readonly known: number }, ParkingRefusal>> {
  const read = await readGateFile(scene, upload.bytes);
  if (!read.ok) return read;
  const { fresh, known, messages, rows, before } = read.value;
  if (messages.length > 0) return err({ reason: "rows_faulty", messages });
  if (before || fresh.length === 0) return ok({ added: 0, known });
  const importId = newId<string>(scene.random);
  const fileHash = sha256Hex(upload.bytes);
  const amountFen = fresh.reduce((sum, one) => sum + one.amountFen, 0);
  const leaf = appendLeaf(
    scene,
    "parking.gate_imported",
    { import: importId, file: fileHash, rows, added: fresh.length, amount: amountFen },
    "parking",
  );
  const row = {
    importId,
    name: upload.name.slice(0, 120),
    rows,
    added: fresh.length,
    amountFen,
    leafHash: leaf.leafHash,
    fileHash,
    by: scene.actor.personId,
  };
  const written = await scene.db.write([...insertImport(scene, row, fresh), leaf.statement]);
  if (written.ok) return ok({ added: fresh.length, known });
  // The same file, or one that shares payments with it, arrived at once: asked again it is known.
  if (written.error.code === "imported_already" || written.error.code === "entry_exists")
    return importGate(scene, upload);
  throw new Error(`a gate's file was refused by ${written.error.code}`);
}

/** Drafts one voucher of everything parking took in a month that is not booked yet: on the month's last day, or the first that is open. */
export async function bookTakings(
  scene: StaffScene,
  period: string,
  once: string = newId<string>(scene.random),
): Promise<Result<{ readonly voucherId: string }, ParkingRefusal>> {
  if (!isPeriod(period)) return err({ reason: "period_unreadable" });
  // A repeat finds nothing left to book: it is told of the voucher of its first time.
  const key = { key: `parking:${period}:${once}`, body: period };
  const answered = await findAnswer<{ readonly voucherId: string }>(scene, key);
  if (answered) return answered;
  const first = firstDayOf(period);
  const last = addDays(addMonths(first, 1), -1);
  const [takings, books, tariffs, months] = await scene.db.read(
    listUnbooked(scene, first, last),
    listBooks(scene),
    listTariffs(scene),
    listAheadOfTakings(scene, first, last),
  );
  const book = books.find((one) => one.book === "common");
  if (!book) return err({ reason: "unknown_book" });
  const sums = sumTakings(takings);
  if (sums.fen === 0) return err({ reason: "nothing_to_book" });
  const aheadOf = new Map(months.map(({ permitId, fen }) => [permitId, fen]));
  const aheadFen = takings.reduce((sum, { takingId }) => sum + (aheadOf.get(takingId) ?? 0), 0);
  const today = dayOf(scene.now);
  const firstOpen = firstDayOf(book.closedThrough === null ? book.fromPeriod : nextPeriod(book.closedThrough));
  const due = last < today ? last : today;
  const basis = tariffOn(tariffs, "monthly", last)?.basis ?? tariffOn(tariffs, "temporary", last)?.basis ?? null;
  const prepared = await prepareVoucher(scene, {
    book: "common",
    kind: "ordinary",
    on: due < firstOpen ? firstOpen : due,
    text: `${period}停车收入：月租${sums.permit.entries}笔，临停${sums.gate.entries}次`,
    lines: [
      { account: BANK, side: "debit", amountFen: sums.fen },
      ...(sums.fen > aheadFen
        ? [{ account: PARKING_INCOME, side: "credit", amountFen: sums.fen - aheadFen } as const]
        : []),
      // Paid for months to come: owed until they come (earning/actions.ts).
      ...(aheadFen > 0 ? [{ account: RECEIVED_AHEAD, side: "credit", amountFen: aheadFen } as const] : []),
    ],
    counterparty: { name: "停车缴费（汇总）", isPerson: false },
    attachments: [],
    decision: basis,
  });
  if (!prepared.ok) return prepared;
  const { voucherId, statements } = prepared.value;
  const joined = [...statements, insertTakingVouchers(scene, takings, voucherId)];
  const written = await writeOnce(scene, key, joined, { voucherId });
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  // Another booked some of it meanwhile: what is left is asked for anew.
  if (written.error.code === "booked_already") return err({ reason: "nothing_to_book" });
  return err({ reason: "also_refused", code: written.error.code });
}
