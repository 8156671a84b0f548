/**
 * Choosing one, several, or confirming. Large targets; the native control stays visible, so its state needs no colour.
 *
 *   <RadioGroup name="scope" legend={t("表决范围", "Scope")} options={[{ value, label, hint }]} value={v} error={e} />
 *   <CheckboxGroup name="channels" legend=… options={…} values={["web", "paper"]} />      posts the name repeatedly
 *   <Confirm name="agree" label={t("我已核对", "I have checked")} checked={false} error={e} />
 */
import type { Child } from "hono/jsx";
import { fieldId } from "./forms.tsx";

export interface Option {
  readonly value: string;
  readonly label: Child;
  readonly hint?: Child;
  readonly disabled?: boolean | undefined;
}

interface GroupProps {
  name: string;
  legend: Child;
  hint?: Child;
  error?: string | undefined;
  options: readonly Option[];
}

const Group = (props: GroupProps & { kind: "radio" | "checkbox"; chosen: readonly string[] }) => {
  const id = fieldId(props.name);
  const described = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <fieldset
      class={props.error ? "field field-bad" : "field"}
      aria-describedby={described === "" ? undefined : described}
    >
      <legend>{props.legend}</legend>
      {props.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p class="error" id={`${id}-error`}>
          {props.error}
        </p>
      ) : null}
      {props.options.map((option, at) => (
        <label class="choice">
          <input
            type={props.kind}
            name={props.name}
            value={option.value}
            // The first option carries the id that an error summary links to.
            id={at === 0 ? id : undefined}
            checked={props.chosen.includes(option.value)}
            disabled={option.disabled}
          />
          <span>
            {option.label}
            {option.hint ? <small>{option.hint}</small> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

export const RadioGroup = (props: GroupProps & { value?: string | undefined }) => (
  <Group {...props} kind="radio" chosen={props.value === undefined ? [] : [props.value]} />
);

export const CheckboxGroup = (props: GroupProps & { values?: readonly string[] | undefined }) => (
  <Group {...props} kind="checkbox" chosen={props.values ?? []} />
);

/** A single box to tick. Posts `value` ("yes") when ticked, nothing otherwise. */
export const Confirm = (props: {
  name: string;
  label: Child;
  hint?: Child;
  value?: string | undefined;
  checked?: boolean | undefined;
  error?: string | undefined;
}) => {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? "field field-bad" : "field"}>
      {props.error ? (
        <p class="error" id={`${id}-error`}>
          {props.error}
        </p>
      ) : null}
      <label class="choice">
        <input
          type="checkbox"
          name={props.name}
          value={props.value ?? "yes"}
          id={id}
          checked={props.checked}
          aria-describedby={props.error ? `${id}-error` : undefined}
          aria-invalid={props.error ? "true" : undefined}
        />
        <span>
          {props.label}
          {props.hint ? <small>{props.hint}</small> : null}
        </span>
      </label>
    </div>
  );
};
