/** The forms by which an auditor freezes the population and draws, and what was typed into them. Markup only. */
import { parseYuan } from "../../../kernel/money.ts";
import type { AppContext } from "../../../platform/context.ts";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Field, Select } from "../../../platform/ui/fields.tsx";
import { Form } from "../../../platform/ui/forms.tsx";
import type { AuditView } from "../actions.ts";
import { deskAuditHref } from "../addresses.ts";
import { KIND_WORDS, METHOD_WORDS } from "../words.ts";
import { isMethod, isSelectedKind, METHODS, type SampleAsked, SELECTED_KINDS } from "./rules.ts";

/** What the auditor can do at the stage: freeze, or draw with the next seed. */
export const DrawForms = (props: { c: AppContext; view: AuditView; typed: Readonly<Record<string, string>> }) => {
  const { c, view, typed } = props;
  const { t, lang, scene, formToken } = c.var;
  const { row, seeds } = view;
  const here = deskAuditHref(scene.community.slug, row.number);
  if (row.state === "opened")
    return (
      <Form action={`${here}/freeze`} token={formToken}>
        <h2>{t("固定抽样总体", "Freeze the population")}</h2>
        <p class="hint">
          {t(
            "把这些账簿、这些日子里全部过账的凭证列成清单，写下张数、合计和校验值。以后清单有任何变化都看得出来。",
            "Lists every posted voucher of these books and days and writes down how many, how much and the hash. Any later change shows.",
          )}
        </p>
        <Actions>
          <Button>{t("固定总体", "Freeze it")}</Button>
        </Actions>
      </Form>
    );
  if (row.state !== "sampling" && row.state !== "fieldwork") return null;
  const sampleNo = seeds.at(-1)?.sampleNo ?? 1;
  return (
    <Form action={`${here}/draw`} token={formToken} hidden={{ sample: String(sampleNo) }}>
      <h2>{t(`第${sampleNo}次抽样`, `Sample ${sampleNo}`)}</h2>
      <RadioGroup
        name="method"
        legend={t("怎样抽", "How")}
        value={typed.method ?? "random"}
        options={METHODS.map((value) => ({ value, label: METHOD_WORDS[value][lang] }))}
      />
      <Field
        name="size"
        label={t("抽多少（随机、按金额）", "How many, at random or by amount")}
        value={typed.size ?? ""}
        optional={t("按方法填", "as the method asks")}
        inputmode="numeric"
        width={6}
      />
      <Field
        name="from"
        label={t("多少元以上（含）", "From which amount, in yuan")}
        value={typed.from ?? ""}
        optional={t("按方法填", "as the method asks")}
        inputmode="decimal"
        width={11}
      />
      <Select
        name="kind"
        label={t("哪一类", "Which kind")}
        value={typed.kind}
        prompt={t("按方法填", "As the method asks")}
        optional={t("按方法填", "as the method asks")}
        options={SELECTED_KINDS.map((value) => ({ value, label: KIND_WORDS[value][lang] }))}
      />
      <p class="hint">
        {t(
          "抽出的名单不能改。种子先前已经承诺，抽的时候公开。",
          "The list stands once drawn. Its seed was committed to before and is revealed by the draw.",
        )}
      </p>
      <Actions>
        <Button>{t("抽样", "Draw")}</Button>
      </Actions>
    </Form>
  );
};

/** What was asked, of the fields the method has; what cannot be read is nothing, which the rules refuse. */
export function readAsked(typed: Readonly<Record<string, string>>): SampleAsked | null {
  const { method = "", size = "", from = "", kind = "" } = typed;
  if (!isMethod(method)) return null;
  if (method === "threshold") {
    const fen = parseYuan(from);
    return { method, fromFen: fen.ok ? fen.value : 0 };
  }
  if (method === "kind") return isSelectedKind(kind) ? { method, kind } : null;
  return { method, size: /^\d{1,6}$/.test(size.trim()) ? Number(size.trim()) : 0 };
}
