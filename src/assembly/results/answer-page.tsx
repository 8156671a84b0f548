/** One objection with the form that answers it, or with the answer it has. Markup only; the acts stand beside the routes. */
import { LONGEST_OBJECTION as LONGEST_ROLL_ANSWER } from "../../community/snapshot/objections/actions.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import type { MeetingRow } from "../meeting/store.ts";
import { LONGEST_ANSWER } from "./actions.ts";
import { baseOf, ResultDesk } from "./desk-frame.tsx";
import { aboutWords, ObjectionFacts, type Shown } from "./objections-shown.tsx";

/** As typed, with what was wrong with it. */
interface Typed {
  readonly problem: Problem;
  readonly text: string;
  readonly outcome: string;
}

const FIELD_OF_PROBLEM: Readonly<Record<string, string>> = {
  "text-missing": "answer",
  "text-too-long": "answer",
  "objection-too-long": "answer",
  "outcome-missing": "outcome",
};

export function answerPage(c: AppContext, row: MeetingRow, one: Shown, typed?: Typed) {
  const { t, lang } = c.var;
  const field = typed ? FIELD_OF_PROBLEM[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  return c.html(
    <ResultDesk
      c={c}
      row={row}
      path={one.path}
      title={t(`${one.title}（${aboutWords(one, c)}）`, `${one.title} (${aboutWords(one, c)})`)}
      problem={field ? undefined : typed?.problem}
    >
      <ObjectionFacts c={c} one={one} />
      {one.answeredAt === null ? <AnswerForm c={c} row={row} one={one} typed={typed} errors={errors} /> : null}
      {one.outcome === "upheld" ? <AfterUpheld c={c} row={row} /> : null}
      <p>
        <a href={`${baseOf(c, row)}/objections`}>{t("全部异议", "All objections")}</a>
      </p>
    </ResultDesk>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const AnswerForm = (props: {
  c: AppContext;
  row: MeetingRow;
  one: Shown;
  typed: Typed | undefined;
  errors: readonly FieldError[];
}) => {
  const { c, row, one, typed, errors } = props;
  const { t, formToken } = c.var;
  const isRoll = one.about === "roll";
  return (
    <Form action={`${baseOf(c, row)}${one.path}`} token={formToken}>
      <ErrorSummary t={t} errors={errors} />
      {isRoll ? (
        <RadioGroup
          name="outcome"
          legend={t("异议是否成立", "Is it upheld")}
          value={typed?.outcome || undefined}
          error={errorFor(errors, "outcome")}
          options={[
            {
              value: "upheld",
              label: t("成立", "Upheld"),
              hint: t("随后在名册上更正，再公开修改公告。", "Then correct the roll and amend the notice publicly."),
            },
            { value: "rejected", label: t("不成立", "Rejected") },
          ]}
        />
      ) : null}
      <TextArea
        name="answer"
        label={t("答复", "Answer")}
        hint={
          isRoll
            ? t(
                "只有提出异议的这一户看得到。写明核对了什么、依据是什么。",
                "Only this household reads it. Say what was checked, and by which document.",
              )
            : t(
                "会公开在会议页面上。写明核对了什么、结论和依据，不要写任何人的姓名和房号。",
                "Stands on the meeting's public page. Say what was checked, what was found and on what ground; name nobody and no unit.",
              )
        }
        rows={7}
        maxlength={isRoll ? LONGEST_ROLL_ANSWER : LONGEST_ANSWER}
        value={typed?.text ?? ""}
        error={errorFor(errors, "answer")}
      />
      {one.wantsRecount ? (
        <Callout tone="info" title={t("这件异议要求复核计票", "It asks for a recount")}>
          <p>
            {c.var.actor.permissions.has("meeting.count") ? (
              <a href={`${baseOf(c, row)}/recount`}>{t("去复核", "To the recount")}</a>
            ) : (
              t(
                "请计票人先复核，再把复核的结果写进答复。",
                "Ask the teller to recount first, and put what came of it into the answer.",
              )
            )}
          </p>
        </Callout>
      ) : null}
      <p class="hint">{t("答复保存以后不能修改。", "An answer cannot be changed once it is saved.")}</p>
      <Actions>
        <Button>{isRoll ? t("答复", "Answer") : t("公开答复", "Answer publicly")}</Button>
        <ButtonLink look="quiet" href={`${baseOf(c, row)}/objections`}>
          {t("先不答复", "Not now")}
        </ButtonLink>
      </Actions>
    </Form>
  );
};

/** What an upheld objection to the roll still asks for: the answer itself changes no weight. */
const AfterUpheld = ({ c, row }: { c: AppContext; row: MeetingRow }) => {
  const { t, scene, now } = c.var;
  if (row.state !== "notice" || (row.opensAt ?? 0) <= now) return null;
  return (
    <Callout tone="warn" title={t("接下来要做", "What is left to do")}>
      <ol>
        <li>
          <a href={`/c/${scene.community.slug}/desk/roll`}>{t("在名册上更正", "Correct the roll")}</a>
          {t("（生效日不晚于冻结名册的那天）。", " (with effect on or before the frozen day).")}
        </li>
        <li>
          <a href={`${baseOf(c, row)}/amend`}>{t("公开修改公告", "Amend the notice publicly")}</a>
          {t("，更正后的名册随之生效。", "; the corrected roll comes into force with it.")}
        </li>
      </ol>
    </Callout>
  );
};
