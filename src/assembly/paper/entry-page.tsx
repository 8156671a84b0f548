/** The form in which one person reads one sheet of paper, without seeing what anyone else read. Markup and parsing only. */
import { localValue } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick, type T } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, FileField } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Callout, Refusal } from "../../platform/ui/notices.tsx";
import type { Item } from "../agenda/rules.ts";
import { itemsOf, type Posted, valuesOf } from "../ballots/answering.ts";
import { fieldOf } from "../ballots/problems.ts";
import type { Answer } from "../ballots/rules.ts";
import { placesOf } from "../ballots/standing.tsx";
import type { VotingCase } from "../ballots/store.ts";
import { optionWords } from "../ballots/words.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import type { Reading } from "./rules.ts";

export const VOID = "void";

/** What the form said, and which fields say nothing: leaving an item out is a slip of the typist, not a void mark. */
export function readingIn(
  body: Posted,
  items: readonly Item[],
  t: T,
): { readonly typed: Reading; readonly errors: FieldError[] } {
  const [signature] = valuesOf(body, "signed");
  const errors: FieldError[] = [];
  if (signature === undefined)
    errors.push({ field: "signed", message: t("请选择票上有没有签名。", "Say whether the sheet is signed.") });
  const answers = items.flatMap((item): Answer[] => {
    const marks = valuesOf(body, fieldOf(item.itemNo));
    if (marks.length === 0 && signature !== "no")
      errors.push({
        field: fieldOf(item.itemNo),
        message: t(
          `议题${item.itemNo}：请按票面选择；没有画或看不清，选“作废”。`,
          `Question ${item.itemNo}: choose what the sheet shows; if nothing or nothing legible, choose “void”.`,
        ),
      });
    const options = marks.includes(VOID) ? [] : marks.map((mark) => (/^\d{1,4}$/.test(mark) ? Number(mark) : 0));
    return [{ itemNo: item.itemNo, options }];
  });
  const typed = { signed: signature !== "no", answers, ...(signature === "agent" ? { byAgent: true } : {}) };
  return { typed, errors };
}

export interface EntryPage {
  readonly number: number;
  readonly voterNo: number;
  readonly found: VotingCase;
  readonly sheet: number;
  readonly isFirst: boolean;
  /** The photograph of the first reading, to read from. */
  readonly fileId: string | null;
  readonly hasProxy: boolean;
  readonly body?: Posted;
  readonly errors?: readonly FieldError[];
  readonly problem?: Problem;
}

export function entryPage(c: AppContext, page: EntryPage) {
  const { t, lang, now, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found, number, voterNo, problem } = page;
  const body = page.body ?? {};
  const errors = page.errors ?? [];
  const base = `${deskMeetingHref(slug, number)}/paper`;
  const chosen = (name: string): string[] => valuesOf(body, name);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("录入纸质票", "Enter a paper ballot")}
      switchHref={`${base}/${voterNo}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: deskMeetingHref(slug, number), label: found.row.title },
        { href: base, label: t("纸质票", "Paper ballots") },
      ]}
    >
      <h1>
        {page.isFirst
          ? t("录入纸质票（第一次）", "Enter a paper ballot (first reading)")
          : t("核对纸质票（独立录入）", "Check a paper ballot (read it yourself)")}
      </h1>
      <p class="lead">
        {found.voter.maskedName} · {placesOf(found.units, t)}
      </p>
      {problem ? (
        <Refusal
          t={t}
          what={pick(problem.title, lang)}
          why={pick(problem.detail, lang)}
          {...(problem.article ? { article: problem.article } : {})}
          {...(problem.next ? { next: pick(problem.next, lang) } : {})}
        />
      ) : null}
      {page.isFirst ? null : (
        <Callout>
          <p>
            {t(
              "请看原件或照片，按您看到的录入。第一次录入的内容不会显示；两次一致即成为有效票，不一致由第三人再录。",
              "Read the sheet or its photograph and enter what you see. The first reading is not shown; if both agree it becomes the ballot, if not a third person reads it.",
            )}
          </p>
        </Callout>
      )}
      {page.fileId ? (
        <p>
          <a href={`${base}/photos/${page.fileId}`} target="_blank" rel="noopener">
            {t("打开票面照片", "Open the photograph")}
          </a>
        </p>
      ) : null}
      <Form action={`${base}/${voterNo}`} token={formToken} files={page.isFirst} hidden={{ sheet: String(page.sheet) }}>
        <ErrorSummary t={t} errors={errors} />
        {page.isFirst ? (
          <>
            <FileField
              name="photo"
              label={t("票面照片", "Photograph of the sheet")}
              hint={t(
                "整张拍清楚，包括签名。JPG、PNG、WebP 或 PDF，最大 10 MB。",
                "The whole sheet, signature included. JPG, PNG, WebP or PDF, at most 10 MB.",
              )}
              accept="image/jpeg,image/png,image/webp,application/pdf"
              capture="environment"
              error={errorFor(errors, "photo")}
            />
            <DateTimeField
              name="receivedAt"
              label={t("收到这张票的时间", "When it was handed in")}
              value={chosen("receivedAt")[0] ?? localValue(now)}
              error={errorFor(errors, "receivedAt")}
            />
          </>
        ) : null}
        <RadioGroup
          name="signed"
          legend={t("票上的签名", "Signature on the sheet")}
          hint={t(
            "表决意见应由业主本人签名；没有签名的不计入参与。",
            "A ballot is signed by its owner; without a signature it does not take part.",
          )}
          options={[
            { value: "owner", label: t("业主本人签名", "signed by the owner") },
            ...(page.hasProxy
              ? [{ value: "agent", label: t("代理人签名（已登记委托书）", "signed by the agent on record") }]
              : []),
            { value: "no", label: t("没有签名", "not signed") },
          ]}
          value={chosen("signed")[0]}
          error={errorFor(errors, "signed")}
        />
        {itemsOf(found).map((item) => (
          <Marks
            t={t}
            item={item}
            chosen={chosen(fieldOf(item.itemNo))}
            error={errorFor(errors, fieldOf(item.itemNo))}
          />
        ))}
        <Actions>
          <Button>{t("保存我读到的", "Save what I read")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("返回列表", "Back to the list")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409 | 422) : errors.length > 0 ? 422 : 200,
  );
}

const Marks = (props: { t: T; item: Item; chosen: readonly string[]; error: string | undefined }) => {
  const { t, item } = props;
  const options = [
    ...item.question.options.map((option) => ({ value: String(option.optionNo), label: optionWords(item, option, t) })),
    { value: VOID, label: t("作废：没有画、多画或看不清", "void: no mark, too many, or not legible") },
  ];
  const legend = t(`议题${item.itemNo}：${item.title}`, `Question ${item.itemNo}: ${item.title}`);
  const shared = { name: fieldOf(item.itemNo), legend, options, error: props.error };
  return item.question.kind === "approve_up_to" ? (
    <CheckboxGroup
      {...shared}
      hint={t(
        `最多${item.question.atMost}项，按票面如实勾选`,
        `at most ${item.question.atMost}; tick what the sheet shows`,
      )}
      values={props.chosen}
    />
  ) : (
    <RadioGroup {...shared} value={props.chosen[0]} />
  );
};
