/** A table of amounts unit by unit, as entries of the fund: what each row says, and what is wrong with which. Writes nothing. */
import type { UnitPlace } from "../../community/rules.ts";
import { parseYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { TableRow, Wanted } from "../assets/table.ts";
import type { EnteredAmount, FundUnit } from "./rules.ts";

export const FUND_COLUMNS = {
  building: { names: ["楼栋", "building"], needed: true },
  entrance: { names: ["单元", "entrance"], needed: false },
  room: { names: ["房号", "room"], needed: true },
  amount: { names: ["金额", "金额元", "余额", "交存金额", "amount"], needed: true },
  first: { names: ["首期应交额", "首期应交", "首期", "first deposit"], needed: false },
} as const satisfies Readonly<Record<string, Wanted>>;
export type FundColumn = keyof typeof FUND_COLUMNS;

export const FUND_TEMPLATE: readonly (readonly string[])[] = [
  ["楼栋", "单元", "房号", "金额", "首期应交额"],
  ["1栋", "1单元", "0101", "8966.00", "8966.00"],
];

/** A unit with its place, and whether the developer has still to sell it. */
export type PlacedUnit = FundUnit & UnitPlace & { readonly isUnsold: boolean };
export interface RowMessage {
  readonly row: number;
  readonly words: Bilingual;
}
export interface ReadAmounts {
  readonly amounts: readonly EnteredAmount[];
  readonly messages: readonly RowMessage[];
}

const keyOf = (building: string, entrance: string, room: string): string =>
  [building, entrance, room].map((text) => text.normalize("NFKC").replace(/\s/g, "")).join("\t");
const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** Amounts of the rows, or what is wrong with which; while there is a message nothing is to be written. */
export function amountsOf(rows: readonly TableRow<FundColumn>[], units: readonly PlacedUnit[]): ReadAmounts {
  const byPlace = new Map(units.map((unit) => [keyOf(unit.building, unit.entrance, unit.room), unit] as const));
  const amounts: EnteredAmount[] = [];
  const messages: RowMessage[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells } of rows) {
    const unit = byPlace.get(keyOf(cells.building, cells.entrance, cells.room));
    const place = `${cells.building}${cells.entrance}${cells.room}`;
    if (!unit) {
      messages.push({
        row,
        words: say(`名册上没有“${place}”，或者它没有面积。`, `The roll has no “${place}”, or no area for it.`),
      });
      continue;
    }
    const first = seen.get(unit.unitId);
    if (first !== undefined)
      messages.push({
        row,
        words: say(`“${place}”在第${first}行已经出现。`, `“${place}” stands in row ${first} too.`),
      });
    seen.set(unit.unitId, first ?? row);
    const fen = fenOf(cells.amount);
    const firstFen = cells.first === "" ? 0 : fenOf(cells.first);
    if (fen === null)
      messages.push({
        row,
        words: say(
          `金额“${cells.amount}”写成 1234.50 这样，不能小于0。`,
          `“${cells.amount}”: write it as 1234.50, not below nought.`,
        ),
      });
    if (firstFen === null)
      messages.push({
        row,
        words: say(
          `首期应交额“${cells.first}”写成 1234.50 这样，不能小于0。`,
          `First deposit “${cells.first}”: write it as 1234.50, not below nought.`,
        ),
      });
    if (fen !== null && firstFen !== null && first === undefined) amounts.push({ unitId: unit.unitId, fen, firstFen });
  }
  return { amounts, messages };
}

const fenOf = (text: string): number | null => {
  const read = parseYuan(text);
  return read.ok && read.value >= 0 ? read.value : null;
};
