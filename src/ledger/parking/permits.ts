/** Monthly permits: issued for a plate, looked up by it, ended before their time with what was paid too much given back. No HTTP. */
import { dayOf, isDay } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { mayEarn } from "../assets/rules.ts";
import { assetFrom, listAssetsByCode } from "../assets/store.ts";
import { draftVoucher } from "../books/actions.ts";
import { isStanding } from "../distribution/rules.ts";
import { BANK, type ParkingRefusal } from "./actions.ts";
import { insertMonthVouchers, listMonthsOf } from "./earning/store.ts";
import {
  maskPlate,
  monthsAhead,
  monthsBack,
  PARKING_INCOME,
  type PermitMonth,
  permitEndFault,
  permitSpan,
  RECEIVED_AHEAD,
  readPlate,
  refundOf,
} from "./rules.ts";
import {
  findPermit,
  insertPermit,
  insertPermitEnd,
  insertRefund,
  listPermitsOfPlate,
  listRefunds,
  listTariffs,
  listUnbooked,
  type PermitRow,
} from "./store.ts";

const plateContext = (communityId: string, permitId: string): string => `permit-plate:${communityId}:${permitId}`;
registerSealed({
  table: "ledger_permit",
  column: "plate_sealed",
  key: ["permit_id"],
  contextOf: (communityId, { permit_id }) => plateContext(communityId, String(permit_id)),
});

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
    ahead: monthsAhead({ fromOn, monthlyFen, months: asked.months, paidOn: asked.paidOn }),
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

/** The permits of a car, by its plate as typed; null for what is no plate. Nothing of it is written down. */
export async function findByPlate(scene: Scene, typed: string): Promise<readonly PermitRow[] | null> {
  const plate = readPlate(typed);
  if (plate === null) return null;
  const [rows] = await scene.db.read(listPermitsOfPlate(scene, scene.keys.index(plate, "plate")));
  return rows;
}

/** Ends a permit before its time. What was paid for months that had not begun goes back, unless it is said not to: the voucher is reviewed. */
export async function endPermit(
  scene: StaffScene,
  asked: { readonly number: number; readonly lastOn: string; readonly why: string; readonly refund: boolean },
  once: string,
): Promise<Result<{ readonly voucherId: string | null }, ParkingRefusal>> {
  const [rows, ahead] = await scene.db.read(findPermit(scene, asked.number), listMonthsOf(scene, asked.number));
  const permit = rows[0];
  if (!permit) return err({ reason: "unknown_permit" });
  const fault = permitEndFault(permit, asked);
  if (fault) return err(fault);
  const today = dayOf(scene.now);
  const refundFen = asked.refund ? refundOf(permit, asked.lastOn) : 0;
  const back = asked.refund ? monthsBack(ahead, asked.lastOn, today) : [];
  const prepaidFen = back.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const why = asked.why.trim();
  const leaf = appendLeaf(
    scene,
    "parking.permit_ended",
    { permit: permit.permitId, number: permit.number, lastOn: asked.lastOn, before: permit.toOn, refund: refundFen },
    permit.permitId,
  );
  const end = insertPermitEnd(scene, {
    permitId: permit.permitId,
    lastOn: asked.lastOn,
    onDay: today,
    refundFen,
    prepaidFen,
    why,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  if (refundFen > 0) return refunding(scene, permit, { refundFen, back }, once, [end, leaf.statement]);
  const body = JSON.stringify([asked.number, asked.lastOn, why]);
  const written = await writeOnce(scene, { key: once, body }, [end, leaf.statement], { voucherId: null });
  if (written.ok) return ok(written.value);
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "permit_ended" });
}

/** Drafts the voucher of a refund again that was sent back or given up. */
export async function refundAgain(
  scene: StaffScene,
  number: number,
  once: string,
): Promise<Result<{ readonly voucherId: string | null }, ParkingRefusal>> {
  const [rows, refunds, ahead] = await scene.db.read(
    findPermit(scene, number),
    listRefunds(scene, number),
    listMonthsOf(scene, number),
  );
  const permit = rows[0];
  if (!permit) return err({ reason: "unknown_permit" });
  const standing = refunds.find(isStanding);
  if (standing) return ok({ voucherId: standing.voucherId });
  const refundFen = permit.refundFen ?? 0;
  if (refundFen === 0) return err({ reason: "unknown_permit" });
  const back = monthsBack(ahead, permit.lastOn ?? "", permit.endedOn ?? "");
  return refunding(scene, permit, { refundFen, back }, once, []);
}

async function refunding(
  scene: StaffScene,
  permit: PermitRow,
  { refundFen, back }: { readonly refundFen: Fen; readonly back: readonly PermitMonth[] },
  once: string,
  joining: Parameters<typeof writeOnce>[2],
): Promise<Result<{ readonly voucherId: string | null }, ParkingRefusal>> {
  const [unbooked] = await scene.db.read(listUnbooked(scene, permit.paidOn, permit.paidOn));
  if (unbooked.some(({ takingId }) => takingId === permit.permitId)) return err({ reason: "permit_not_booked" });
  const prepaidFen = back.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const drafted = await draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: dayOf(scene.now),
      text: `月租证第${permit.number}号退费`,
      lines: [
        ...(prepaidFen > 0 ? [{ account: RECEIVED_AHEAD, side: "debit", amountFen: prepaidFen } as const] : []),
        ...(refundFen > prepaidFen
          ? [{ account: PARKING_INCOME, side: "debit", amountFen: refundFen - prepaidFen } as const]
          : []),
        { account: BANK, side: "credit", amountFen: refundFen },
      ],
      counterparty: { name: `月租证第${permit.number}号车主`, isPerson: false },
      attachments: [],
      decision: null,
    },
    once,
    (voucherId) => [
      ...joining,
      insertRefund(scene, permit.permitId, voucherId),
      insertMonthVouchers(
        scene,
        back.map(({ monthNo }) => ({ permitId: permit.permitId, monthNo })),
        voucherId,
      ),
    ],
  );
  if (drafted.ok) return drafted;
  const code = drafted.error.reason === "also_refused" ? drafted.error.code : "";
  if (code === "earned_already") return err({ reason: "refunded_already" });
  if (code === "permit_ended" || code === "refunded_already") return err({ reason: code });
  return drafted;
}
