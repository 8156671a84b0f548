/** Where a tie stands, in a word. */
import type { AppContext } from "../../../platform/context.ts";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { standingOf } from "./rules.ts";
import type { ConflictRow } from "./store.ts";

export const ConflictStatus = ({ c, row }: { c: AppContext; row: ConflictRow }) => {
  const { t } = c.var;
  switch (standingOf(row)) {
    case "undecided":
      return <StatusWord tone="waiting">{t("待主任决定", "To be decided by the chair")}</StatusWord>;
    case "proposed":
      return <StatusWord tone="active">{t("待监督人员确认", "To be confirmed by the witness")}</StatusWord>;
    case "settled":
      return row.outcome === "allow" ? (
        <StatusWord tone="good">{t("准予继续", "May go on")}</StatusWord>
      ) : (
        <StatusWord tone="bad">{t("退出标段", "Out of the lot")}</StatusWord>
      );
  }
};
