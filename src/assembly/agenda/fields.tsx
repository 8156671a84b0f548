/** The fields of an item that its page and the page of an amendment have in common: how it is asked, and its papers. Markup only. */
import type { Child } from "hono/jsx";
import type { T } from "../../platform/i18n.ts";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import type { ItemForm } from "./form.ts";
import { type Attachment, QUESTION_KINDS } from "./rules.ts";
import { KIND_WORDS } from "./words.ts";

interface ItemFieldsProps {
  readonly t: T;
  /** In front of each field's name, where several items stand in one form. */
  readonly prefix?: string;
  readonly errorOf?: (field: string) => string | undefined;
}

export const QuestionFields = (props: ItemFieldsProps & { form: Pick<ItemForm, "kind" | "proposals" | "atMost"> }) => {
  const { t, form, prefix = "", errorOf = () => undefined } = props;
  return (
    <>
      <RadioGroup
        name={`${prefix}kind`}
        legend={t("怎么问", "The question")}
        value={form.kind}
        error={errorOf("kind")}
        options={QUESTION_KINDS.map((kind) => {
          const { name, hint } = KIND_WORDS[kind];
          return { value: kind, label: t(name.zh, name.en), hint: t(hint.zh, hint.en) };
        })}
      />
      <TextArea
        name={`${prefix}proposals`}
        label={t("方案或人选（每行一个）", "Proposals or candidates, one a line")}
        hint={t("“同意、反对、弃权”不用填。", "Not needed for “for, against, abstain”.")}
        rows={4}
        value={form.proposals}
        optional={t("选填", "optional")}
        error={errorOf("proposals")}
      />
      <Field
        name={`${prefix}atMost`}
        label={t("每人最多赞成几个", "How many one voter may approve")}
        hint={t("只用于“各自赞成”。", "Only for approving several.")}
        value={form.atMost}
        inputmode="numeric"
        width={4}
        optional={t("选填", "optional")}
        error={errorOf("atMost")}
      />
    </>
  );
};

export const PaperFields = (
  props: ItemFieldsProps & {
    attachments: readonly Attachment[];
    /** Which of them stay; all where nothing was said yet. */
    keep?: readonly string[];
    hrefOf: (fileId: string) => string;
    hint: Child;
  },
) => {
  const { t, prefix = "", errorOf = () => undefined, attachments } = props;
  return (
    <>
      {/* Boxes that are all empty send nothing; this says that they were asked. */}
      <input type="hidden" name={`${prefix}keep`} value="" />
      {attachments.length > 0 ? (
        <CheckboxGroup
          name={`${prefix}keep`}
          legend={t("已有的附件", "Papers attached")}
          hint={t("去掉勾选就不再附上。", "Untick one to take it off.")}
          values={props.keep ?? attachments.map(({ fileId }) => fileId)}
          options={attachments.map(({ fileId, name }) => ({
            value: fileId,
            label: <a href={props.hrefOf(fileId)}>{name}</a>,
          }))}
        />
      ) : null}
      <FileField
        name={`${prefix}files`}
        label={t("添加附件", "Attach papers")}
        hint={props.hint}
        accept=".pdf,.jpg,.jpeg,.png,.webp"
        multiple={true}
        optional={t("选填", "optional")}
        error={errorOf("files")}
      />
    </>
  );
};
