/** The units' accounts of the maintenance fund: entered, shared out, managed by whom: load, ask the rules, write with the leaf. No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import { type Day, dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { SheetFault } from "../../platform/sheet/grid.ts";
import { appendLeaf } from "../../record/store.ts";
import { readTable } from "../assets/table.ts";
import { addAccount } from "../books/accounts/actions.ts";
import { type DraftingRefusal, draftVoucher, prepareVoucher, type VoucherAsked, viewBook } from "../books/actions.ts";
import { CHARTS } from "../books/chart.ts";
import { closingFen, type Line, openFrom, type Period, periodOf } from "../books/rules.ts";
import { type Attachment, listMovements } from "../books/store.ts";
import {
  type EnteredKind,
  type EnteringRefusal,
  enteredTotal,
  type MovementKind,
  type SharedKind,
  shareByArea,
  type Tie,
  tieOf,
} from "./rules.ts";
import { amountsOf, FUND_COLUMNS, type PlacedUnit, type RowMessage } from "./sheet.ts";
import { insertFundShares, insertMovement, listFundBuildings, type ShareRow } from "./store.ts";

export const BANK = "1002.01";
const BROUGHT_IN = "3101";
/** What comes in, by the accounts a book of the fund begins with (books/chart.ts). */
const INCOME: Readonly<Record<Exclude<MovementKind, "opening" | "use" | "refund">, string>> = {
  deposit: "4001",
  top_up: "4002",
  interest: "4003",
  bond: "4003",
  scrap: "4009",
};
/** From whom what is shared out came. */
const FROM: Readonly<Record<SharedKind, string>> = {
  interest: "开户银行",
  bond: "国债",
  top_up: "公共收益",
  scrap: "共用设施设备处置",
};
/** What the money rests on where the books ask for a decision by its amount: money that comes in rests on the law. */
const LAW_OF_DEPOSIT = "《住宅专项维修资金管理办法》第七条、第十条、第二十七条";

/** Every unit of the roll of a day that counts and has an area, with its place. */
export async function fundUnitsOn(scene: Scene, day: Day): Promise<readonly PlacedUnit[]> {
  const { heads } = await headsOn(scene, day);
  return heads.flatMap(({ units }) =>
    units
      .filter(({ counted, areaDm2 }) => counted && areaDm2 > 0)
      .map(({ unitId, areaDm2, building, entrance, room, state }) => ({
        unitId,
        areaDm2,
        building,
        entrance,
        room,
        isUnsold: state === "unsold",
      })),
  );
}

// ——— Movements ———

export type FundRefusal =
  | DraftingRefusal
  | EnteringRefusal
  | { readonly reason: "nobody_to_share" }
  | { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }
  | { readonly reason: "rows_faulty"; readonly messages: readonly RowMessage[] };

export interface MovementAsked {
  readonly kind: MovementKind;
  readonly onDay: string;
  readonly words: string;
  readonly amountFen: Fen;
  readonly shares: readonly ShareRow[];
  readonly counterparty: { readonly name: string; readonly isPerson: boolean };
  readonly lines: readonly Line[];
  readonly decision: string | null;
  readonly projectId: string | null;
  readonly overWhy: string | null;
  readonly attachments: readonly Attachment[];
}

const voucherOf = (asked: MovementAsked): VoucherAsked => ({
  book: "fund",
  kind: asked.kind === "opening" ? "opening" : "ordinary",
  on: asked.onDay,
  text: asked.words,
  lines: asked.lines,
  counterparty: asked.counterparty,
  attachments: asked.attachments,
  decision: asked.decision,
});

/** The movement with every unit's part and its leaf, to join the batch that drafts its voucher. */
function moving(scene: StaffScene, asked: MovementAsked, voucherId: string): readonly Query[] {
  const movementId = newId<string>(scene.random);
  const areaDm2 = asked.shares.reduce((sum, one) => sum + one.areaDm2, 0);
  const sharesHash = bytesToHex(
    sha256(utf8ToBytes(JSON.stringify(asked.shares.map(({ unitId, areaDm2: area, fen }) => [unitId, area, fen])))),
  );
  const leaf = appendLeaf(
    scene,
    "fund.moved",
    {
      movement: movementId,
      kind: asked.kind,
      on: asked.onDay,
      amount: asked.amountFen,
      units: asked.shares.length,
      areaDm2,
      shares: sharesHash,
      project: asked.projectId ?? "",
    },
    movementId,
  );
  return [
    insertMovement(scene, {
      movementId,
      kind: asked.kind,
      onDay: asked.onDay,
      words: asked.words.trim(),
      amountFen: asked.amountFen,
      areaDm2,
      units: asked.shares.length,
      sharesHash,
      projectId: asked.projectId,
      overWhy: asked.overWhy,
      voucherId,
      by: scene.actor.personId,
      leafHash: leaf.leafHash,
    }),
    insertFundShares(scene, movementId, asked.shares),
    leaf.statement,
  ];
}

/** Drafts the voucher of a movement with the movement and every unit's part in one batch; once it is posted the units' accounts move. */
export const draftMovement = (
  scene: StaffScene,
  asked: MovementAsked,
  once: string,
  joining: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, DraftingRefusal>> =>
  draftVoucher(scene, voucherOf(asked), once, (voucherId) => [...joining, ...moving(scene, asked, voucherId)]);

const incoming = (kind: Exclude<MovementKind, "use" | "refund">, amountFen: Fen): Line[] => [
  { account: BANK, side: "debit", amountFen },
  { account: kind === "opening" ? BROUGHT_IN : INCOME[kind], side: "credit", amountFen },
];

export interface EnteringAsked {
  readonly kind: EnteredKind;
  readonly onDay: string;
  readonly words: string;
}

/** What a table says of the units' amounts, and what is wrong with which row. Writes nothing. */
export async function readFundSheet(
  scene: Scene,
  bytes: Uint8Array,
): Promise<
  Result<
    { readonly shares: readonly ShareRow[]; readonly totalFen: Fen },
    Extract<FundRefusal, { readonly reason: "sheet_unreadable" | "rows_faulty" }> | EnteringRefusal
  >
> {
  const table = await readTable(bytes, FUND_COLUMNS);
  if (!table.ok) return err({ reason: "sheet_unreadable", fault: table.error });
  const units = await fundUnitsOn(scene, dayOf(scene.now));
  const { amounts, messages } = amountsOf(table.value.rows, units);
  if (messages.length > 0) return err({ reason: "rows_faulty", messages });
  const total = enteredTotal(amounts);
  if (!total.ok) return total;
  const areaOf = new Map(units.map(({ unitId, areaDm2 }) => [unitId, areaDm2]));
  return ok({
    shares: amounts.map((one) => ({ ...one, areaDm2: areaOf.get(one.unitId) ?? 0 })),
    totalFen: total.value,
  });
}

/** Enters amounts unit by unit from a table, all or none: balances brought in, or deposits (F5). With its voucher. */
export async function enterAmounts(
  scene: StaffScene,
  asked: EnteringAsked,
  table: Uint8Array,
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, FundRefusal>> {
  const read = await readFundSheet(scene, table);
  if (!read.ok) return read;
  const { shares, totalFen } = read.value;
  return draftMovement(
    scene,
    {
      ...asked,
      amountFen: totalFen,
      shares,
      counterparty: { name: "各房屋业主", isPerson: false },
      lines: incoming(asked.kind, totalFen),
      decision: LAW_OF_DEPOSIT,
      projectId: null,
      overWhy: null,
      attachments,
    },
    once,
    files,
  );
}

export interface SharingAsked {
  readonly kind: SharedKind;
  readonly onDay: string;
  readonly words: string;
  readonly amountFen: Fen;
}
/** Shares what came in for all units over them by area, to the fen (F11; MF 27). With its voucher. */
export async function shareIn(
  scene: StaffScene,
  asked: SharingAsked,
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, FundRefusal>> {
  if (!Number.isSafeInteger(asked.amountFen) || asked.amountFen <= 0) return err({ reason: "nothing_entered" });
  const shared = shareByArea(asked.amountFen, await fundUnitsOn(scene, dayOf(scene.now)));
  if (!shared.ok) return err({ reason: "nobody_to_share" });
  return draftMovement(
    scene,
    {
      ...asked,
      shares: shared.value.map(({ key, weight, fen }) => ({ unitId: key, areaDm2: weight, fen, firstFen: 0 })),
      counterparty: { name: FROM[asked.kind], isPerson: false },
      lines: incoming(asked.kind, asked.amountFen),
      decision: LAW_OF_DEPOSIT,
      projectId: null,
      overWhy: null,
      attachments,
    },
    once,
    files,
  );
}

// ——— The top-up of a distribution ———

/** What the common revenue owes the fund until the money has moved. */
export const OWED_BY_COMMON = "1131";

export interface TopUpAsked {
  readonly onDay: Day;
  readonly words: string;
  readonly amountFen: Fen;
  readonly attachments: readonly Attachment[];
  readonly decision: string | null;
}
/**
 * The fund's side of a distribution: what it is owed, and every unit's part of it by area, to the fen (F11; R4; MF 27). Statements for the
 * batch that plans it; null while the fund has no book here, for then the authority keeps it.
 */
export async function prepareTopUp(
  scene: StaffScene,
  asked: TopUpAsked,
): Promise<Result<{ readonly voucherId: string; readonly statements: readonly Query[] } | null, FundRefusal>> {
  const state = await viewBook(scene, "fund");
  if (!state) return ok(null);
  if (!state.accounts.some(({ code }) => code === OWED_BY_COMMON)) {
    // Books opened before the chart had it; adding it twice is refused as taken, which is as good.
    const account = CHARTS.fund.find(({ code }) => code === OWED_BY_COMMON)!;
    await addAccount(scene, { book: "fund", ...account }, `account:fund:${OWED_BY_COMMON}`);
  }
  const shared = shareByArea(asked.amountFen, await fundUnitsOn(scene, dayOf(scene.now)));
  if (!shared.ok) return err({ reason: "nobody_to_share" });
  const movement: MovementAsked = {
    ...asked,
    kind: "top_up",
    shares: shared.value.map(({ key, weight, fen }) => ({ unitId: key, areaDm2: weight, fen, firstFen: 0 })),
    counterparty: { name: "公共收益", isPerson: false },
    lines: [
      { account: OWED_BY_COMMON, side: "debit", amountFen: asked.amountFen },
      { account: INCOME.top_up, side: "credit", amountFen: asked.amountFen },
    ],
    decision: asked.decision ?? LAW_OF_DEPOSIT,
    projectId: null,
    overWhy: null,
  };
  const prepared = await prepareVoucher(scene, voucherOf(movement));
  if (!prepared.ok) return prepared;
  const { voucherId, statements } = prepared.value;
  return ok({ voucherId, statements: [...statements, ...moving(scene, movement, voucherId)] });
}

// ——— Does it agree? ———

/** The units' accounts beside the book. Null while there is no book of the fund. Costs a row a building and an account. */
export async function readTie(scene: Scene): Promise<(Tie & { readonly period: Period }) | null> {
  const state = await viewBook(scene, "fund");
  if (!state) return null;
  const from = openFrom(state);
  const to = periodOf(state.today) > from ? periodOf(state.today) : from;
  const [moved, buildings] = await scene.db.read(listMovements(scene, "fund", from, to), listFundBuildings(scene));
  const kindOf = new Map(state.accounts.map(({ code, kind }) => [code, kind]));
  const bookFen = moved.reduce((sum, one) => {
    const kind = kindOf.get(one.account);
    return kind === "asset" || kind === "liability" ? sum + closingFen(one) : sum;
  }, 0);
  return {
    ...tieOf(
      buildings.reduce((sum, one) => sum + one.balanceFen, 0),
      bookFen,
    ),
    period: to,
  };
}
