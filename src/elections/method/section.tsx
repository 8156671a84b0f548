/** The method of an election as owners read it: in sentences, then every setting with its clause, and its hash once it is frozen. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Details } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { registerElectionSection } from "../public/sections.ts";
import type { Method } from "../rules.ts";
import type { ElectionRow } from "../store.ts";
import { METHOD_TEXTS, valueWords } from "./explained.ts";
import { methodInWords } from "./in-words.ts";
import { METHOD_NAMES, readMethod } from "./rules.ts";

/** Every setting with its value and what it rests on. */
export const MethodTable = ({ c, method }: { c: AppContext; method: Method }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("选举办法的每一项", "Every setting of the method")}
      quietCaption
      rows={METHOD_NAMES}
      columns={[
        { label: t("项目", "Setting"), head: true, cell: (name) => pick(METHOD_TEXTS[name].title, lang) },
        { label: t("取值", "Value"), cell: (name) => pick(valueWords(name, method), lang) },
        {
          label: t("依据", "Ground"),
          cell: (name) => method[name].clause || <small class="quiet">{pick(METHOD_TEXTS[name].source, lang)}</small>,
        },
      ]}
    />
  );
};

/** The method in sentences. */
export const MethodWords = ({ c, row, method }: { c: AppContext; row: Pick<ElectionRow, "kind">; method: Method }) => (
  <ul>
    {methodInWords(row.kind, method, c.var.t).map((sentence) => (
      <li>{sentence}</li>
    ))}
  </ul>
);

registerElectionSection("method", {
  place: 40,
  queries: () => [],
  render: (c, row) => {
    const { t } = c.var;
    const method = readMethod(row.method);
    return (
      <section id="method">
        <h2>{t("选举办法", "The method")}</h2>
        {row.methodHash === null ? (
          <p class="hint">
            {t(
              "这是现在的草案；候选人公布时冻结，以后不能再改。",
              "This is the draft as it stands; it is frozen when candidates are published.",
            )}
          </p>
        ) : (
          <p class="hint">
            {t("已冻结，不能再改。校验值：", "Frozen; it cannot change. Hash: ")}
            <code>{row.methodHash}</code>
          </p>
        )}
        <MethodWords c={c} row={row} method={method} />
        <Details summary={t("每一项和它的依据", "Every setting and its ground")}>
          <MethodTable c={c} method={method} />
        </Details>
      </section>
    );
  },
});
