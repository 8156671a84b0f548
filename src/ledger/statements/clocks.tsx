/** The public clock of the books: what is told next, by when, and by how many days it is late. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { BOOK_WORDS } from "../books/chart.ts";
import type { BookClock } from "./actions.ts";
import { clockWords } from "./words.ts";

const TONES = { running: "waiting", due: "active", overdue: "bad" } as const;

export const ClockWord = ({ c, clock }: { c: AppContext; clock: BookClock }) => (
  <StatusWord tone={TONES[clock.state]}>{clockWords(clock)[c.var.lang]}</StatusWord>
);

/** A line for each book that is open. */
export const Clocks = ({ c, clocks }: { c: AppContext; clocks: readonly BookClock[] }) => {
  const { t, lang } = c.var;
  return (
    <>
      {clocks.map((clock) => (
        <p>
          {clocks.length > 1 ? `${BOOK_WORDS[clock.book][lang]}${t("：", ": ")}` : null}
          <ClockWord c={c} clock={clock} />
        </p>
      ))}
    </>
  );
};
