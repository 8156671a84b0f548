/** The form that takes a statement in, and asks what its columns are where nobody knows. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { newOnce } from "../../../platform/frame.ts";
import { LARGEST_SHEET_BYTES } from "../../../platform/sheet/grid.ts";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { FileField, Select } from "../../../platform/ui/fields.tsx";
import { Form } from "../../../platform/ui/forms.tsx";
import { packed } from "../../assets/import-desk.tsx";
import { bankAccountHref } from "../addresses.ts";
import { COLUMN_KINDS, type ColumnKind, type Mapping } from "../rules.ts";
import type { AccountRow } from "../store.ts";
import { COLUMN_WORDS } from "../words.ts";
import type { StatementRefusal } from "./actions.ts";
import type { StatementFile } from "./reading.ts";

/** What was sent and why it was not taken in. */
export interface TypedStatement {
  readonly refusal: StatementRefusal;
  readonly file: StatementFile | null;
  readonly chosen: Mapping | null;
}

/** The upload; and, for a header nobody knows, one choice a column, with the file carried along so that it is not asked for again. */
export const TakeForm = ({
  c,
  account,
  typed,
}: {
  c: AppContext;
  account: AccountRow;
  typed: TypedStatement | undefined;
}) => {
  const { t, lang, scene, formToken } = c.var;
  const action = `${bankAccountHref(scene.community.slug, account.accountId)}/statement`;
  if (typed?.refusal.reason === "mapping_needed" && typed.file) {
    const { header, suggested } = typed.refusal;
    const at = (kind: ColumnKind): string => String((typed.chosen ?? suggested)[kind] ?? "");
    return (
      <Form
        action={action}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={{ name: typed.file.name, held: packed(typed.file.bytes) }}
      >
        <h2>{t("每一列是什么", "What each column is")}</h2>
        <p class="hint">{t(`文件：${typed.file.name}`, `File: ${typed.file.name}`)}</p>
        {COLUMN_KINDS.map((kind) => (
          <Select
            name={`column.${kind}`}
            label={COLUMN_WORDS[kind][lang]}
            value={at(kind)}
            prompt={t("没有这一列", "There is none")}
            optional={kind === "day" ? undefined : t("没有就不选", "if there is one")}
            options={header.map((cell, index) => ({
              value: String(index),
              label: cell.trim() || t(`第${index + 1}列`, `Column ${index + 1}`),
            }))}
          />
        ))}
        <Actions>
          <Button>{t("按这样导入", "Take it in like this")}</Button>
        </Actions>
      </Form>
    );
  }
  return (
    <Form action={action} token={formToken} once={newOnce()} files={true}>
      <h2>{t("导入银行流水", "Take a statement in")}</h2>
      <FileField
        name="file"
        label={t("网银导出的文件", "The file the bank exports")}
        hint={t(
          `CSV 或 XLSX，最多${LARGEST_SHEET_BYTES / 1024 / 1024}MB、一万笔。同一份文件导入两次不会重复。`,
          `CSV or XLSX, at most ${LARGEST_SHEET_BYTES / 1024 / 1024} MB and ten thousand lines. The same file twice adds nothing.`,
        )}
        accept=".csv,.xlsx"
      />
      <Actions>
        <Button>{t("导入", "Take it in")}</Button>
      </Actions>
    </Form>
  );
};
