/** The page of a form that changes the roll: refusal, what it is about, the fields, then from which day, why and on what document. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { ErrorSummary, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { errorsOf, FormRefusal, rollFrame } from "../desk.tsx";
import { HeadFields, type Place, unitCrumb, type Values } from "./form-parts.tsx";

export function ChangePage(props: {
  readonly c: AppContext;
  readonly title: string;
  /** The unit it is about, to which the way back leads; none where it is about a person. */
  readonly place?: Place;
  /** What stands above the form. */
  readonly lead?: Child;
  readonly values: Values;
  readonly problem: Problem | undefined;
  readonly dated?: boolean;
  readonly children: Child;
}) {
  const { c, title, place, values, problem } = props;
  const { t, lang, formToken } = c.var;
  const errors = errorsOf(problem, lang);
  const back = place ? unitCrumb(c, place) : null;
  return (
    <Page {...rollFrame(c, back ? [back] : [])} title={title}>
      <h1>{title}</h1>
      {c.req.query("done") === "1" ? <Callout tone="good" title={t("已写入名册", "Written to the roll")} /> : null}
      <FormRefusal c={c} problem={problem} />
      {props.lead}
      <Form action={c.req.path} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        {props.children}
        <HeadFields c={c} values={values} errors={errors} dated={props.dated ?? true} />
        <Actions>
          <Button>{t("写入名册", "Write to the roll")}</Button>
          {back ? (
            <ButtonLink look="quiet" href={back.href}>
              {t("取消", "Cancel")}
            </ButtonLink>
          ) : null}
        </Actions>
      </Form>
    </Page>
  );
}
