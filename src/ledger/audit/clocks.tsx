/** Whether last year's common revenue has its audit opinion, and by when it should (R8). One rule and its one line of markup. */
import type { Day } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import type { BookRow } from "../books/store.ts";
import type { AuditCadence } from "./settings.ts";
import type { AuditRow } from "./store.ts";
import { type YearClock as Clock, yearClock } from "./yearly/rules.ts";

/** The clock of last year from what the pages have read; null where none runs. */
export const yearFrom = (
  today: Day,
  books: readonly Pick<BookRow, "book" | "fromPeriod">[],
  settings: { readonly cadence: { readonly value: AuditCadence }; readonly yearMonths: { readonly value: number } },
  published: readonly Pick<AuditRow, "books" | "fromOn" | "toOn">[],
): Clock | null => {
  const common = books.find(({ book }) => book === "common");
  if (!common || settings.cadence.value !== "year") return null;
  return yearClock(
    today,
    `${common.fromPeriod}-01`,
    settings.yearMonths.value,
    published.filter((row) => row.books.includes("common")),
  );
};

export const YearClock = ({ c, clock }: { c: AppContext; clock: Clock | null }) => {
  const { t, lang } = c.var;
  if (!clock) return null;
  const said = { done: "good", due: "waiting", overdue: "bad" } as const;
  return (
    <p>
      {t(`${clock.year}年公共收益的审计：`, `Audit of the common revenue of ${clock.year}: `)}
      <StatusWord tone={said[clock.state]}>
        {clock.state === "done"
          ? t("已有审计意见", "there is an opinion")
          : clock.state === "due"
            ? t(`应在${sayDay(clock.dueOn, "zh")}前公布`, `due by ${sayDay(clock.dueOn, lang)}`)
            : t(
                `应在${sayDay(clock.dueOn, "zh")}前公布，已逾期${clock.daysLate}天`,
                `was due by ${sayDay(clock.dueOn, lang)}, ${clock.daysLate} days late`,
              )}
      </StatusWord>
    </p>
  );
};
