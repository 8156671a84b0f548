/** How a head of the roll is shown to its owner and to officers: the reasons in words, the units in a table. Not a page. */
import { formatArea } from "../kernel/area.ts";
import { type Lang, pick, type T } from "../platform/i18n.ts";
import { DataTable } from "../platform/ui/tables.tsx";
import { type ExplainedHead, explainHead, unitLabel } from "./explained.ts";
import { KIND_WORDS, SOURCE_WORDS, sayWord } from "./import/words.ts";
import type { RollSettings, VoterUnit } from "./rules.ts";

/** The sentences of explainHead, one a paragraph. */
export const HeadReasons = (props: { lang: Lang; head: ExplainedHead; settings: RollSettings }) => (
  <>
    {explainHead(props.head, props.settings).map((sentence) => (
      <p>{pick(sentence, props.lang)}</p>
    ))}
  </>
);

/** The units of a head with their areas, their source, and whether they count. */
export const HeadUnits = (props: { t: T; lang: Lang; units: readonly VoterUnit[]; areaDm2: number }) => {
  const { t, lang } = props;
  return (
    <DataTable
      caption={t("名下的专有部分", "Units")}
      rows={props.units}
      columns={[
        { label: t("房号", "Unit"), cell: (unit) => unitLabel(unit), head: true },
        { label: t("用途", "Use"), cell: (unit) => pick(sayWord(KIND_WORDS, unit.kind), lang) },
        { label: t("面积（㎡）", "Area (m²)"), cell: (unit) => formatArea(unit.areaDm2), number: true },
        { label: t("面积来源", "Source"), cell: (unit) => pick(sayWord(SOURCE_WORDS, unit.source), lang) },
        { label: t("是否计入", "Counts"), cell: (unit) => (unit.counted ? t("计入", "yes") : t("不计入", "no")) },
      ]}
      foot={[t("计入合计", "Counted in all"), "", formatArea(props.areaDm2), "", ""]}
    />
  );
};

/** An owner's own entry: why they are one head, with how much, and the units it is made of. For the voter's page and the desk. */
export const VoterEntry = (props: { t: T; lang: Lang; head: ExplainedHead; settings: RollSettings }) => (
  <>
    <HeadReasons lang={props.lang} head={props.head} settings={props.settings} />
    <HeadUnits t={props.t} lang={props.lang} units={props.head.units} areaDm2={props.head.areaDm2} />
  </>
);
