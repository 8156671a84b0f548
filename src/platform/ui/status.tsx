/**
 * A state as a word with a shape; the colour only repeats what both say.
 *
 *   <StatusWord tone="active">{t("正在表决", "Open")}</StatusWord>
 */
import type { Child } from "hono/jsx";

/** waiting: not begun. active: going on now. good: done, carried. bad: lost, failed. off: withdrawn, revoked. note: look here. */
export type StatusTone = "waiting" | "active" | "good" | "bad" | "off" | "note";

const SHAPE: Record<StatusTone, string> = { waiting: "○", active: "●", good: "✓", bad: "✕", off: "—", note: "▲" };

export const StatusWord = (props: { tone: StatusTone; children?: Child }) => (
  <strong class={`status status-${props.tone}`}>
    <span aria-hidden="true">{SHAPE[props.tone]}</span>
    {props.children}
  </strong>
);
