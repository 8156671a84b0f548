/** Amounts as bars of one whole, drawn on the server, each with its words beside it. Markup only. */
import type { Child } from "hono/jsx";
import { type Fen, formatYuan } from "../../kernel/money.ts";
import type { T } from "../../platform/i18n.ts";
import { DrawnBar } from "../../platform/ui/charts.tsx";
import { BAR_UNITS } from "../../platform/ui/shares.ts";

export interface MoneyBar {
  readonly label: Child;
  readonly fen: Fen;
  /** An amount the bar is held against, drawn as a line across it; the note says it in words. */
  readonly markFen?: Fen;
  readonly note?: Child;
}

const larger = ({ fen, markFen = 0 }: MoneyBar): Fen => Math.max(1, Math.abs(fen), Math.abs(markFen));

/**
 * The longest bar is the largest amount; lengths are cut off, the amounts beside them are exact. With `each` every bar is a whole of
 * its own: full at its mark, and beyond it the mark stands within the bar.
 */
export const MoneyBars = ({ t, bars, each = false }: { t: T; bars: readonly MoneyBar[]; each?: boolean }) => {
  const most = bars.reduce((largest, bar) => Math.max(largest, larger(bar)), 1);
  const widthIn = (bar: MoneyBar, fen: Fen): number =>
    Number((BigInt(Math.abs(fen)) * BigInt(BAR_UNITS)) / BigInt(each ? larger(bar) : most));
  return (
    <div class="turnouts">
      {bars.map((bar) => (
        <div class="turnout">
          <p class="turnout-head">
            <span>{bar.label}</span>
            <span class="num">
              <b>{formatYuan(bar.fen)}</b>
              {t("元", " yuan")}
            </span>
          </p>
          <DrawnBar bar={widthIn(bar, bar.fen)} line={bar.markFen === undefined ? null : widthIn(bar, bar.markFen)} />
          {bar.note ? <p class="hint">{bar.note}</p> : null}
        </div>
      ))}
    </div>
  );
};
