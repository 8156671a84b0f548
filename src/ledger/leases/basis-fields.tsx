/** The fields that say on which decision a lease or a tariff rests: an item carried here, or a dated document from before. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError } from "../../platform/ui/forms.tsx";

export interface TypedBasis {
  readonly basis: string;
  readonly meeting: string;
  readonly item: string;
  readonly documentTitle: string;
  readonly documentOn: string;
}

export const BasisFields = ({
  c,
  typed,
  errors,
}: {
  c: AppContext;
  typed: TypedBasis;
  errors: readonly FieldError[];
}) => {
  const { t } = c.var;
  const at = (name: string) => errorFor(errors, name);
  return (
    <>
      <RadioGroup
        name="basis"
        legend={t("依据", "Basis")}
        value={typed.basis}
        options={[
          { value: "decision", label: t("在这里表决通过的议题", "An item carried here") },
          { value: "earlier", label: t("以前的书面决定", "A written decision from before") },
        ]}
      />
      <Field
        name="meeting"
        label={t("第几次会议", "Meeting no.")}
        value={typed.meeting}
        error={at("meeting")}
        inputmode="numeric"
        width={4}
        optional={t("用书面决定的不填", "not with a document")}
      />
      <Field
        name="item"
        label={t("第几项议题", "Item no.")}
        value={typed.item}
        error={at("item")}
        inputmode="numeric"
        width={4}
        optional={t("用书面决定的不填", "not with a document")}
      />
      <Field
        name="documentTitle"
        label={t("书面决定的名称", "Title of the document")}
        value={typed.documentTitle}
        error={at("documentTitle")}
        optional={t("选会议议题的不填", "not with an item")}
      />
      <Field
        name="documentOn"
        label={t("书面决定的日期", "Its day")}
        value={typed.documentOn}
        error={at("documentOn")}
        width={11}
        optional={t("选会议议题的不填", "not with an item")}
      />
      <FileField
        name="document"
        label={t("书面决定的照片或 PDF", "Photograph or PDF of it")}
        error={at("document")}
        optional={t("选会议议题的不填", "not with an item")}
      />
    </>
  );
};
