/** Setting tariffs, issuing permits, taking in the gate's file, and booking what parking took: load, ask the rules, write with the leaf. No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { addDays, addMonths, dayOf, isDay } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { SheetFault } from "../../platform/sheet/grid.ts";
import { appendLeaf } from "../../record/store.ts";
import type { Upload } from "../assets/actions.ts";
import { type EarningRefusal, mayEarn } from "../assets/rules.ts";
import type { RowMessage } from "../assets/sheet.ts";
import { assetFrom, listAssetsByCode } from "../assets/store.ts";
import { readTable } from "../assets/table.ts";
import { type DraftingRefusal, draftVoucher } from "../books/actions.ts";
import { firstDayOf, isPeriod, nextPeriod } from "../books/rules.ts";
import { listBooks } from "../books/store.ts";
import { GATE_COLUMNS, type GateRow, gateRows, MOST_GATE_ROWS } from "./gate.ts";
import {
  maskPlate,
  PARKING_INCOME,
  type PermitFault,
  permitSpan,
  readPlate,
  sumTakings,
  type TariffFault,
  type TariffUse,
  tariffFaults,
  tariffOn,
} from "./rules.ts";
import {
  findImport,
  type ImportRow,
  insertImport,
  insertPermit,
  insertTakingVouchers,
  insertTariff,
  listKnownEntries,
  listTariffs,
  listUnbooked,
} from "./store.ts";

const BANK = "1002.01";
const plateContext = (communityId: string, permitId: string): string => `permit-plate:${communityId}:${permitId}`;
registerSealed({
  table: "ledger_permit",
  column: "plate_sealed",
  key: ["permit_id"],
  contextOf: (communityId, { permit_id }) => plateContext(communityId, String(permit_id)),
});

export type ParkingRefusal =
  | KeyReused
  | EarningRefusal
  | PermitFault
  | { readonly reason: "tariff_faulty"; readonly faults: readonly [TariffFault, ...TariffFault[]] }
  | { readonly reason: "tariff_exists" }
  | { readonly reason: "unknown_space"; readonly code: string }
  | { readonly reason: "plate_permitted" }
  | { readonly reason: "space_let" }
  | { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }
  | { readonly reason: "rows_faulty"; readonly messages: readonly RowMessage[] }
  | { readonly reason: "period_unreadable" }
  | { readonly reason: "nothing_to_book" }
  | DraftingRefusal;

/** Says what parking costs from a day on, and on whose decision. One tariff of a kind begins on a day. */
export async function setTariff(
  scene: StaffScene,
  asked: {
    readonly use: TariffUse;
    readonly fromOn: string;
    readonly amountFen: number;
    readonly words: string;
    readonly basis: string;
  },
  once: string,
): Promise<Result<{ readonly tariffId: string }, ParkingRefusal>> {
  const [fault, ...others] = tariffFaults(asked);
  if (fault) return err({ reason: "tariff_faulty", faults: [fault, ...others] });
  const tariffId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "parking.tariff_set",
    {
      use: asked.use,
      from: asked.fromOn,
      amount: asked.amountFen,
      words: asked.words.trim(),
      basis: asked.basis.trim(),
    },
    "parking",
  );
  const row = { ...asked, words: asked.words.trim(), basis: asked.basis.trim(), tariffId, leafHash: leaf.leafHash };
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [insertTariff(scene, { ...row, by: scene.actor.personId }), leaf.statement],
    { tariffId },
  );
  if (written.ok) return written;
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "tariff_exists" });
}

/** Issues a monthly permit for a plate, on a space of common ground or on any. What it took waits to be booked. */
export async function issuePermit(
  scene: StaffScene,
  asked: {
    readonly plate: string;
    /** The number of a space; "" for any. */
    readonly space: string;
    readonly fromOn: string;
    readonly months: number;
    readonly paidOn: string;
  },
  once: string,
): Promise<Result<{ readonly permitId: string }, ParkingRefusal>> {
  const plate = readPlate(asked.plate);
  if (plate === null) return err({ reason: "plate_unreadable" });
  const today = dayOf(scene.now);
  const code = asked.space.normalize("NFKC").trim();
  const [tariffs, spaces] = await scene.db.read(
    listTariffs(scene),
    listAssetsByCode(scene, code === "" ? [] : [code], today),
  );
  const span = permitSpan(asked, tariffs);
  if (!span.ok) return span;
  if (!isDay(asked.paidOn) || asked.paidOn > today) return err({ reason: "not_a_day", field: "paidOn" });
  const space = spaces[0] ? assetFrom(spaces[0]) : null;
  if (code !== "" && space?.kind !== "parking") return err({ reason: "unknown_space", code });
  if (space) {
    const earns = mayEarn(space);
    if (!earns.ok) return earns;
  }
  const permitId = newId<string>(scene.random);
  const { fromOn, toOn, monthlyFen, amountFen } = span.value;
  const leaf = appendLeaf(
    scene,
    "parking.permit_issued",
    {
      permit: permitId,
      ...(space ? { space: space.code } : {}),
      from: fromOn,
      to: toOn,
      amount: amountFen,
      paidOn: asked.paidOn,
    },
    permitId,
  );
  const insert = insertPermit(scene, {
    permitId,
    assetId: space?.assetId ?? null,
    plateKey: scene.keys.index(plate, "plate"),
    plateSealed: await scene.keys.seal(plate, plateContext(scene.community.id, permitId)),
    plateShown: maskPlate(plate),
    fromOn,
    toOn,
    months: asked.months,
    monthlyFen,
    amountFen,
    paidOn: asked.paidOn,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  const body = scene.keys.index(JSON.stringify(asked), "once:permit");
  const written = await writeOnce(scene, { key: once, body }, [...insert, leaf.statement], { permitId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "plate_permitted":
      return err({ reason: "plate_permitted" });
    case "let_twice":
      return err({ reason: "space_let" });
    default:
      throw new Error(`a permit was refused by ${written.error.code}`);
  }
}

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
    findImport(scene, bytesToHex(sha256(bytes))),
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
  const fileHash = bytesToHex(sha256(upload.bytes));
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
): Promise<Result<{ readonly voucherId: string }, ParkingRefusal>> {
  if (!isPeriod(period)) return err({ reason: "period_unreadable" });
  const first = firstDayOf(period);
  const last = addDays(addMonths(first, 1), -1);
  const [takings, books, tariffs] = await scene.db.read(
    listUnbooked(scene, first, last),
    listBooks(scene),
    listTariffs(scene),
  );
  const book = books.find((one) => one.book === "common");
  if (!book) return err({ reason: "unknown_book" });
  const sums = sumTakings(takings);
  if (sums.fen === 0) return err({ reason: "nothing_to_book" });
  const today = dayOf(scene.now);
  const firstOpen = firstDayOf(book.closedThrough === null ? book.fromPeriod : nextPeriod(book.closedThrough));
  const due = last < today ? last : today;
  const basis = tariffOn(tariffs, "monthly", last)?.basis ?? tariffOn(tariffs, "temporary", last)?.basis ?? null;
  return draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: due < firstOpen ? firstOpen : due,
      text: `${period}停车收入：月租${sums.permit.entries}笔，临停${sums.gate.entries}次`,
      lines: [
        { account: BANK, side: "debit", amountFen: sums.fen },
        { account: PARKING_INCOME, side: "credit", amountFen: sums.fen },
      ],
      counterparty: { name: "停车缴费（汇总）", isPerson: false },
      attachments: [],
      decision: basis,
    },
    // The takings are the natural key: a second draft of any of them aborts, and a repeat finds nothing left to book.
    `parking:${newId<string>(scene.random)}`,
    (voucherId) => [insertTakingVouchers(scene, takings, voucherId)],
  );
}
