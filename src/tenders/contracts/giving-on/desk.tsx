/** The part of a contract's desk page about what is given on to others: what stands, registering one, striking one. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { DateTimeField, Field, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { SERVICE_WORDS } from "../../words.ts";
import { Act, type Loaded, type Part } from "../desk-parts.tsx";
import { Subcontracts } from "./shown.tsx";
export const Subs = ({ c, loaded, part }: { c: AppContext; loaded: Loaded; part: (path: string) => Part }) => {
  const { t, lang, actor } = c.var;
  const { row, subs } = loaded;
  const live = subs.filter(({ extent, struckBy }) => extent !== "none" && struckBy === null);
  return (
    <>
      <Subcontracts c={c} rows={subs} />
      {actor.permissions.has("tender.draft") ? (
        <>
          <Act
            c={c}
            part={part("/subcontracts")}
            heading={t("登记转委托", "Register a subcontract")}
            button={t("登记", "Register")}
          >
            {(at) => (
              <>
                <Select
                  {...at("service")}
                  label={t("哪一项", "Which service")}
                  options={row.terms.parts.map((value) => ({ value, label: SERVICE_WORDS[value][lang] }))}
                />
                <Select
                  {...at("extent")}
                  label={t("范围", "Extent")}
                  options={[
                    { value: "portion", label: t("其中一部分", "a portion") },
                    { value: "whole", label: t("整项", "the whole service") },
                  ]}
                />
                <TextArea {...at("words")} label={t("转委托哪一部分、许可证号", "Which portion; licence")} rows={2} />
                <Field {...at("contractorName")} label={t("受托单位", "Contractor")} />
                <Field {...at("contractorCode")} label={t("统一社会信用代码", "Credit code")} width={20} />
                <DateTimeField {...at("fromOn")} kind="date" label={t("开始", "From")} />
                <DateTimeField {...at("toOn")} kind="date" label={t("最后一天", "Last day")} />
              </>
            )}
          </Act>
          {live.map(({ subNo, contractorName }) => (
            <Act
              c={c}
              part={part(`/subcontracts/${subNo}/strike`)}
              heading={t(`划去第${subNo}行（${contractorName}）`, `Strike line ${subNo} (${contractorName})`)}
              button={t("划去", "Strike")}
            >
              {(at) => <Field {...at("why")} label={t("理由", "Why")} />}
            </Act>
          ))}
        </>
      ) : null}
    </>
  );
};
