/** What a provider gives on to others, line by line. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { SERVICE_WORDS } from "../../words.ts";
import type { SubcontractRow } from "../store.ts";

export const Subcontracts = ({ c, rows }: { c: AppContext; rows: readonly SubcontractRow[] }) => {
  const { t, lang } = c.var;
  const shown = rows.filter(({ extent }) => extent !== "none");
  if (shown.length === 0) return null;
  return (
    <DataTable
      caption={t("转委托的专项服务", "What is given on")}
      rows={shown}
      columns={[
        {
          label: t("专项", "Service"),
          head: true,
          cell: ({ service, extent }) =>
            `${SERVICE_WORDS[service][lang]}${extent === "portion" ? t("（部分）", " (a portion)") : ""}`,
        },
        { label: t("受托单位", "Contractor"), cell: ({ contractorName }) => contractorName },
        { label: t("说明", "Remark"), cell: ({ words }) => words || "—" },
        { label: t("期限", "Term"), cell: ({ fromOn, toOn }) => `${sayDay(fromOn, lang)} — ${sayDay(toOn, lang)}` },
        {
          label: t("状态", "State"),
          cell: ({ struckBy }) =>
            struckBy === null
              ? t("登记有效", "stands")
              : (rows.find(({ subNo }) => subNo === struckBy)?.words ?? t("已划去", "struck")),
        },
      ]}
    />
  );
};
