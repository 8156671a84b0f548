/** Ending a task or a duty with its reason: the second form of the page that changes it. */
import type { AppContext } from "../../platform/context.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";

export const Ending = (props: {
  c: AppContext;
  action: string;
  once: string;
  errors: FieldError[];
  title: string;
  label: string;
  text: string;
}) => {
  const { t, formToken } = props.c.var;
  return (
    <>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      <Form action={props.action} token={formToken} once={props.once}>
        <Field
          name="why"
          label={t("原因", "Why")}
          hint={t("公开显示并写入记录，请不要写姓名和电话", "Public and in the record: no names, no phone numbers")}
          error={errorFor(props.errors, "why")}
        />
        <Actions>
          <Button look="danger">{props.label}</Button>
        </Actions>
      </Form>
    </>
  );
};
