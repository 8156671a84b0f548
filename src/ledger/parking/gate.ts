/** A gate system's daily table, row by row, as payments of visitors: what each says and what is wrong with which. Writes nothing; keeps no plate. */
import type { Day } from "../../kernel/day.ts";
import { type Fen, parseYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { RowMessage } from "../assets/sheet.ts";
import type { TableRow, Wanted } from "../assets/table.ts";
import { dayOfMoment } from "./rules.ts";

export const GATE_COLUMNS = {
  serial: { names: ["流水号", "订单号", "交易号", "serial"], needed: false },
  plate: { names: ["车牌号", "车牌", "车牌号码", "plate"], needed: false },
  inAt: { names: ["入场时间", "进场时间", "in"], needed: false },
  outAt: { names: ["出场时间", "收费时间", "缴费时间", "支付时间", "out"], needed: true },
  amount: { names: ["实收金额", "实收", "实收金额元", "金额", "收费金额", "amount"], needed: true },
} as const satisfies Readonly<Record<string, Wanted>>;
export type GateColumn = keyof typeof GATE_COLUMNS;
export const MOST_GATE_ROWS = 10_000;

export interface GateRow {
  readonly row: number;
  /** What makes it this payment and no other: the gate's number, or car, times and amount together. Only its keyed hash is kept. */
  readonly identity: string;
  readonly onDay: Day;
  readonly amountFen: Fen;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** Payments of the rows without a fault; nothing is to be written while there is a message. A last row of sums is passed over. */
export function gateRows(
  rows: readonly TableRow<GateColumn>[],
  today: Day,
): { readonly payments: readonly GateRow[]; readonly messages: readonly RowMessage[] } {
  const payments: GateRow[] = [];
  const messages: RowMessage[] = [];
  const seen = new Map<string, number>();
  for (const [at, { row, cells }] of rows.entries()) {
    if (at === rows.length - 1 && cells.outAt === "" && /合计|总计|小计/.test(Object.values(cells).join(""))) continue;
    const onDay = dayOfMoment(cells.outAt);
    const amount = parseYuan(cells.amount);
    if (onDay === null) messages.push({ row, words: say("出场时间没有看懂。", "The time cannot be read.") });
    else if (onDay > today)
      messages.push({ row, words: say(`出场时间在今天（${today}）以后。`, `It lies after today (${today}).`) });
    if (!amount.ok)
      messages.push({
        row,
        words:
          amount.error.reason === "amount_too_fine"
            ? say("金额最多两位小数。", "At most two decimals.")
            : say("金额没有看懂，写成 1234.50 这样。", "The amount cannot be read; write it as 1234.50."),
      });
    else if (amount.value < 0)
      messages.push({
        row,
        words: say("金额不能小于0；退款请另填凭证。", "Less than nothing: a refund has its own voucher."),
      });
    if (onDay === null || onDay > today || !amount.ok || amount.value < 0) continue;
    const identity =
      cells.serial === ""
        ? JSON.stringify(["car", cells.plate, cells.inAt, cells.outAt, amount.value])
        : JSON.stringify(["serial", cells.serial]);
    const first = seen.get(identity);
    if (first !== undefined) {
      messages.push({ row, words: say(`与第${first}行是同一笔。`, `The same payment as row ${first}.`) });
      continue;
    }
    seen.set(identity, row);
    payments.push({ row, identity, onDay, amountFen: amount.value });
  }
  return { payments, messages };
}
