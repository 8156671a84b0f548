/** The form of one item: matter, scope, question, papers, and what the lint says beside each field. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import type { MeetingRow } from "../meeting/store.ts";
import { MATTERS, needsThreeQuarters } from "../rules.ts";
import { PaperFields, QuestionFields } from "./fields.tsx";
import type { ItemForm } from "./form.ts";
import { type Attachment, type Finding, LONGEST_TITLE } from "./rules.ts";
import { FIELD_OF, findingWords } from "./words.ts";

export interface EditedItem {
  readonly row: MeetingRow;
  readonly itemNo: number;
  readonly isNew: boolean;
  readonly form: ItemForm;
  readonly attachments: readonly Attachment[];
  readonly buildings: readonly string[];
  readonly findings: readonly Finding[];
  readonly problem?: Problem;
}

export function itemPage(c: AppContext, edited: EditedItem) {
  const { t, scene, formToken } = c.var;
  const { row, itemNo, form, findings, problem } = edited;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  const words = (finding: Finding): string => {
    const { zh, en } = findingWords(finding);
    return t(zh, en);
  };
  const errors: FieldError[] = findings
    .filter(({ severity }) => severity === "error")
    .map((finding) => ({ field: FIELD_OF[finding.reason], message: words(finding) }));
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const errorOf = (field: string) => errorFor(errors, field);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`议题${itemNo}`, `Item ${itemNo}`)}
      switchHref={`${base}/items/${edited.isNew ? "new" : itemNo}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: base, label: row.title === "" ? t(`第${row.number}次会议`, `Meeting ${row.number}`) : row.title },
      ]}
    >
      <h1>{t(`议题${itemNo}`, `Item ${itemNo}`)}</h1>
      <Refused c={c} problem={problem} />
      <Done c={c} words={t("已保存", "Saved")} />
      <ErrorSummary
        t={t}
        errors={errors}
        title={t(
          `已保存；还有${errors.length}处要改，公告才能发出`,
          `Saved; ${errors.length} to correct before notice can be given`,
        )}
      />
      {warnings.length > 0 ? (
        <Callout tone="warn" title={t("请再看一下", "Please look again")}>
          <ul>
            {warnings.map((finding) => (
              <li>{words(finding)}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Form
        action={`${base}/items/${itemNo}`}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={{ itemNo: String(itemNo), version: String(row.version) }}
      >
        <Field
          name="title"
          label={t("标题", "Title")}
          hint={t(
            "写成中性的一句话，例如：是否更换 2 栋的两部电梯",
            "One neutral sentence, such as: whether to replace both lifts of building 2",
          )}
          value={form.title}
          maxlength={LONGEST_TITLE}
          error={errorOf("title")}
        />
        <Select
          name="matter"
          label={t("属于哪一类共同决定事项", "Which of the nine matters it is")}
          hint={t(
            "通过的标准由它决定（《民法典》第二百七十八条）。",
            "It decides what it takes to pass (Civil Code art. 278).",
          )}
          prompt={t("请选择", "Choose")}
          value={form.matter}
          error={errorOf("matter")}
          options={MATTERS.map((matter) => ({
            value: String(matter.matter),
            label: t(
              `${matter.matter} ${matter.zh}（${needsThreeQuarters(matter.matter) ? "四分之三以上" : "过半数"}）`,
              `${matter.matter} ${matter.en} (${needsThreeQuarters(matter.matter) ? "three quarters" : "more than half"})`,
            ),
          }))}
        />
        <TextArea
          name="text"
          label={t("要决定的内容", "What is decided")}
          hint={t(
            "业主就是对这段文字表决；发出公告后不能再改，除非公开修改。",
            "Owners vote on this text; after notice it changes only publicly.",
          )}
          rows={8}
          value={form.text}
          error={errorOf("text")}
        />
        <QuestionFields t={t} form={form} errorOf={errorOf} />
        <RadioGroup
          name="scope"
          legend={t("由谁表决", "Who decides")}
          hint={t(
            "例如维修资金由列支范围内的业主决定。",
            "The maintenance fund, for example, by the owners it is spent for.",
          )}
          value={form.scope}
          error={errorOf("scope")}
          options={[
            { value: "estate", label: t("全体业主", "All owners") },
            { value: "buildings", label: t("下面勾选的楼栋", "The buildings ticked below") },
            { value: "units", label: t("下面列出的专有部分", "The units listed below") },
          ]}
        />
        {edited.buildings.length > 0 ? (
          <CheckboxGroup
            name="buildings"
            legend={t("楼栋", "Buildings")}
            values={form.buildings}
            options={edited.buildings.map((building) => ({ value: building, label: building }))}
          />
        ) : null}
        <TextArea
          name="units"
          label={t("专有部分（每行一个）", "Units, one a line")}
          hint={t("写法如：1栋 1单元 0101", "Written as: 1栋 1单元 0101")}
          rows={4}
          value={form.units}
          optional={t("选填", "optional")}
        />
        <PaperFields
          t={t}
          attachments={edited.attachments}
          hrefOf={(fileId) => `/c/${slug}/desk/files/${fileId}`}
          errorOf={errorOf}
          hint={t(
            "PDF 或照片，每个不超过 10 MB；公告后公开。不要含个人信息。",
            "PDF or photographs up to 10 MB each; public once notice is given. No personal data.",
          )}
        />
        <Actions>
          <Button>{t("保存议题", "Save item")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("回到会议", "Back to the meeting")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}
