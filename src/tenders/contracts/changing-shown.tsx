/** Every edition of a contract with what it changed against the one before. Markup only. */
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { differences } from "./ending/rules.ts";
import type { ContractTerms } from "./rules.ts";
import { PaperLink } from "./shown.tsx";
import type { ContractRow, EditionRow } from "./store.ts";
import { FIELD_WORDS } from "./words.ts";

const said = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
const sayValue = (field: keyof ContractTerms, value: unknown): string => {
  if (field === "priceFen" || field === "bondFen") return formatYuan(value as number);
  if (field === "plan")
    return (value as ContractTerms["plan"])
      .map(({ dueOn, amountFen }) => `${dueOn} ${formatYuan(amountFen)}`)
      .join("；");
  if (field === "quality")
    return (value as ContractTerms["quality"]).map(({ clause, measure }) => `${clause}：${measure}`).join("；");
  if (field === "lines")
    return (value as ContractTerms["lines"])
      .map(
        ({ label, quantityHundredths, unitFen }) => `${label} ${formatYuan(quantityHundredths)}×${formatYuan(unitFen)}`,
      )
      .join("；");
  return said(value);
};

/** Every edition in its order, each with what it changed against the one before. */
export const Editions = ({
  c,
  row,
  editions,
}: {
  c: AppContext;
  row: ContractRow;
  editions: readonly EditionRow[];
}) => {
  const { t, lang } = c.var;
  const standing = editions.filter(({ state }) => state === "in_force");
  if (standing.length < 2) return null;
  return (
    <section id="editions">
      <h2>{t("变更和延长", "Changes and extensions")}</h2>
      {standing.slice(1).map((edition, at) => (
        <Details
          summary={t(
            `第${at + 2}版：${edition.kind === "extension" ? "延长" : "变更"}，${edition.signedOn ? sayDay(edition.signedOn, lang) : ""}签订`,
            `Edition ${at + 2}: ${edition.kind}, signed ${edition.signedOn ? sayDay(edition.signedOn, lang) : ""}`,
          )}
        >
          <p>{t(`理由：${edition.why}`, `Why: ${edition.why}`)}</p>
          {edition.decision ? (
            <p>
              {t(
                `依据：第${edition.decision.meeting}次业主大会会议第${edition.decision.item}项`,
                `Rests on meeting ${edition.decision.meeting}, item ${edition.decision.item}`,
              )}
            </p>
          ) : null}
          <DataTable
            caption={t("改了什么", "What changed")}
            rows={differences(standing[at]!.terms, edition.terms)}
            columns={[
              { label: t("项目", "Field"), head: true, cell: ({ field }) => FIELD_WORDS[field][lang] },
              { label: t("原来", "Before"), cell: ({ field, before }) => sayValue(field, before) },
              { label: t("现在", "Now"), cell: ({ field, after }) => sayValue(field, after) },
            ]}
          />
          <p>
            <PaperLink c={c} row={row} file={edition.file} />
          </p>
        </Details>
      ))}
    </section>
  );
};
