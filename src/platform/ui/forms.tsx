/**
 * A form and the summary of what is wrong with it. Single fields stand in fields.tsx and choices.tsx.
 *
 *   <Form action="/c/jingui/roll/import" token={c.var.formToken} once={nonce} files>
 *     <ErrorSummary t={t} errors={errors} />
 *     <Field name="phone" label={t("手机号", "Phone")} error={errorFor(errors, "phone")} value={values.phone} />
 *     <Actions><Button>…</Button></Actions>
 *   </Form>
 *
 * A failed form is shown again with status 422, its values, this summary at the top, and each message beside its field.
 */
import type { Child } from "hono/jsx";
import type { T } from "../i18n.ts";

/** What is wrong with one field, in the reader's language. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** The id a field's control carries, so that a summary can link to it: "items[0].title" → "f-items-0-title". */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
/** The message for one field, or undefined. */
export const errorFor = (errors: readonly FieldError[] | undefined, name: string): string | undefined =>
  errors?.find((error) => error.field === name)?.message;

export const Form = (props: {
  action: string;
  /** The value of c.var.formToken: shows that the form came from a page of ours. */
  token: string;
  /** Makes a repeated post the same act (idempotency): a fresh random id made when the page is rendered. */
  once?: string | undefined;
  hidden?: Readonly<Record<string, string>> | undefined;
  /** The form carries files. */
  files?: boolean | undefined;
  id?: string | undefined;
  children?: Child;
}) => (
  // novalidate: the browser's own bubbles speak its language, vanish, and hide the messages that cite the reason.
  <form
    method="post"
    action={props.action}
    enctype={props.files ? "multipart/form-data" : undefined}
    id={props.id}
    novalidate
  >
    <input type="hidden" name="_form" value={props.token} />
    {props.once === undefined ? null : <input type="hidden" name="_once" value={props.once} />}
    {Object.entries(props.hidden ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {props.children}
  </form>
);

/** A form that only asks (GET): searching, filtering, choosing a building. Changes nothing. */
export const SearchForm = (props: { action: string; children?: Child }) => (
  <form method="get" action={props.action} class="search">
    {props.children}
  </form>
);

/** At the top of a form that was refused: what is wrong, each line a link to its field. Nothing when all is well. */
export const ErrorSummary = (props: { t: T; errors?: readonly FieldError[] | undefined; title?: Child }) => {
  const errors = props.errors ?? [];
  if (errors.length === 0) return null;
  return (
    <div class="note note-bad" role="alert" id="errors">
      <h2 class="note-title">
        {props.title ??
          props.t(
            `有${errors.length}处需要改正，内容尚未保存`,
            `${errors.length === 1 ? "One thing needs" : `${errors.length} things need`} correcting; nothing has been saved`,
          )}
      </h2>
      <ul>
        {errors.map((error) => (
          <li>
            <a href={`#${fieldId(error.field)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** A group of fields under one question. `hint` explains the group. */
export const Fieldset = (props: { legend: Child; hint?: Child; children?: Child }) => (
  <fieldset>
    <legend>{props.legend}</legend>
    {props.hint ? <p class="hint">{props.hint}</p> : null}
    {props.children}
  </fieldset>
);
