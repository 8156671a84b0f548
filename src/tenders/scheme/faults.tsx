/** What still keeps a draft from being decided, each with its reason and the page where it is mended. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { tenderBaseOf } from "../desk/frame.tsx";
import type { TenderRow } from "../store.ts";
import { sayFault, sayWarning } from "./fault-words.ts";
import { type Scheme, schemeFaults, schemeWarnings } from "./rules.ts";

export const Faults = ({ c, row, scheme }: { c: AppContext; row: TenderRow; scheme: Scheme }) => {
  const { t, lang } = c.var;
  const base = tenderBaseOf(c, row);
  const faults = schemeFaults(scheme).map(sayFault);
  const warnings = scheme.lots.length > 0 ? schemeWarnings(scheme).map(sayWarning) : [];
  return (
    <>
      {faults.length === 0 ? (
        <Callout tone="good" title={t("方案完整，可以提交决定", "The scheme is complete and may be decided")} />
      ) : (
        <Callout
          tone="warn"
          title={t(
            `方案还有${faults.length}处要改，才能提交决定`,
            `${faults.length} to correct before it can be decided`,
          )}
        >
          <ul>
            {faults.map(({ words, part, article }) => (
              <li>
                <a href={`${base}${part}`}>{pick(words, lang)}</a>
                {article ? t(`（${article}）`, ` (${article})`) : null}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {warnings.length > 0 ? (
        <Callout title={t("可以这样定，但请再看一下", "Allowed, but please look again")}>
          <ul>
            {warnings.map(({ words, article }) => (
              <li>
                {pick(words, lang)}
                {t(`（${article}，业主自行选聘时参照）`, ` (${article}; a guide where owners choose freely)`)}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
};
