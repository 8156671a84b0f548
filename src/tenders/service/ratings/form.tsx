/** The form in which a household rates a contract's clauses, the same in an owner's corner and under a link. Markup, and reading it back. */
import type { AppContext } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import type { ContractRow } from "../../contracts/store.ts";
import { clausesOf, LONGEST_WORDS, type ServicePeriod } from "../rules.ts";
import { sayPeriod } from "../shown.tsx";
import type { RatingAsked } from "./actions.ts";

export const RatingForm = (props: {
  c: AppContext;
  row: ContractRow;
  period: ServicePeriod;
  leastRatings: number;
  action: string;
  again?: { readonly problem: Problem; readonly body: FormBody } | undefined;
}) => {
  const { c, row, period, leastRatings, again } = props;
  const { t, lang, formToken } = c.var;
  const errors = problemErrors(c, again?.problem);
  return (
    <Form action={props.action} token={formToken}>
      <p class="lead">
        {t(
          `${row.providerName}，${sayPeriod(period, lang)}。每户评一次，提交后不能改。谁评的不公开，也不给物业看；满${leastRatings}户才公布平均分。`,
          `${row.providerName}, ${sayPeriod(period, lang)}. Once a household, and it stands. Who rated is shown to nobody; averages only once ${leastRatings} households have.`,
        )}
      </p>
      <ErrorSummary t={t} errors={errors} />
      {clausesOf(row.terms).map((clause, at) => (
        <RadioGroup
          name={`score${at}`}
          legend={clause}
          value={again ? one(again.body, `score${at}`) : undefined}
          error={errorFor(errors, `score${at}`)}
          options={[5, 4, 3, 2, 1].map((score) => ({
            value: String(score),
            label: [
              t("1分，很差", "1, very poor"),
              t("2分，较差", "2, poor"),
              t("3分，一般", "3, fair"),
              t("4分，较好", "4, good"),
              t("5分，很好", "5, very good"),
            ][score - 1]!,
          }))}
        />
      ))}
      <TextArea
        name="words"
        label={t("想说的话", "Anything to say")}
        hint={t(
          "加密保存，业委会主任能看到内容，看不到是谁写的。",
          "Kept sealed; the chair reads it without knowing whose it is.",
        )}
        value={again ? one(again.body, "words") : ""}
        error={errorFor(errors, "words")}
        maxlength={LONGEST_WORDS}
        rows={3}
        optional={t("可不填", "may stay empty")}
      />
      <Actions>
        <Button>{t("提交评分", "Send the rating")}</Button>
      </Actions>
    </Form>
  );
};

/** What was sent: a score for each clause that stood on the form. */
export function readRating(body: FormBody): RatingAsked {
  const scores: number[] = [];
  for (let at = 0; `score${at}` in body || at < 1; at += 1) scores.push(Number(one(body, `score${at}`)));
  return { scores, words: one(body, "words") };
}
