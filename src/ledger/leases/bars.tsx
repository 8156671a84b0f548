/** Amounts as bars of one whole, drawn on the server, each with its words beside it. Markup only. */
import type { Child } from "hono/jsx";
import { type Fen, formatYuan } from "../../kernel/money.ts";
import type { T } from "../../platform/i18n.ts";
import { BAR_UNITS } from "../../platform/ui/shares.ts";

export interface MoneyBar {
  readonly label: Child;
  readonly fen: Fen;
  /** An amount the bar is held against, drawn as a line across it; the note says it in words. */
  readonly markFen?: Fen;
  readonly note?: Child;
}

/** The longest bar is the largest amount; lengths are cut off, the amounts beside them are exact. */
export const MoneyBars = ({ t, bars }: { t: T; bars: readonly MoneyBar[] }) => {
  const most = bars.reduce((largest, { fen, markFen = 0 }) => Math.max(largest, Math.abs(fen), Math.abs(markFen)), 1);
  const width = (fen: Fen): number => Number((BigInt(Math.abs(fen)) * BigInt(BAR_UNITS)) / BigInt(most));
  return (
    <div class="turnouts">
      {bars.map(({ label, fen, markFen, note }) => (
        <div class="turnout">
          <p class="turnout-head">
            <span>{label}</span>
            <span class="num">
              <b>{formatYuan(fen)}</b>
              {t("元", " yuan")}
            </span>
          </p>
          <svg
            class="bar"
            viewBox={`0 0 ${BAR_UNITS} 20`}
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
          >
            <rect class="bar-ground" y="3" width={BAR_UNITS} height="14" />
            <rect class="bar-part" y="3" width={width(fen)} height="14" />
            {markFen === undefined ? null : <path class="bar-line" d={`M${width(markFen)} 0v20`} />}
          </svg>
          {note ? <p class="hint">{note}</p> : null}
        </div>
      ))}
    </div>
  );
};
