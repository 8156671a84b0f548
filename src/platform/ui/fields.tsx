/**
 * One labelled control each: label, hint, message beside it, and the wires that let a screen reader say them together.
 *
 *   <Field name="area" label={t("建筑面积（㎡）", "Area (m²)")} hint="89.66" inputmode="decimal" value={v} error={e} />
 *   <TextArea name="text" label=… rows={6} />       <Select name="kind" label=… options={[{ value, label }]} value={v} />
 *   <FileField name="roll" label=… accept=".xlsx,.csv" />
 *   <DateTimeField name="closesAt" label=… value={localValue(at)} />     (type="date" with kind="date")
 *
 * `optional` is the word that marks a field which may stay empty, t("选填", "optional"); the others are required.
 */
import type { Child } from "hono/jsx";
import { fieldId } from "./forms.tsx";

export interface FieldProps {
  name: string;
  label: Child;
  hint?: Child;
  error?: string | undefined;
  value?: string | undefined;
  optional?: string | undefined;
}

const describedBy = (props: FieldProps): string | undefined => {
  const id = fieldId(props.name);
  const ids = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return ids === "" ? undefined : ids;
};

/** The attributes every control shares. */
const wires = (props: FieldProps) => ({
  id: fieldId(props.name),
  name: props.name,
  required: props.optional === undefined,
  "aria-describedby": describedBy(props),
  "aria-invalid": props.error ? ("true" as const) : undefined,
});

const Around = (props: FieldProps & { children?: Child }) => {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? "field field-bad" : "field"}>
      <label for={id}>
        {props.label}
        {props.optional ? <span class="optional">（{props.optional}）</span> : null}
      </label>
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
      {props.children}
    </div>
  );
};

export const Field = (
  props: FieldProps & {
    type?: "text" | "tel" | "email" | "search" | "password" | "url" | undefined;
    inputmode?: "text" | "decimal" | "numeric" | "tel" | "search" | undefined;
    autocomplete?: string | undefined;
    maxlength?: number | undefined;
    /** How many characters wide; the full width when absent. */
    width?: 4 | 6 | 11 | 20 | undefined;
    /** Typed or pasted from a list of known values. */
    suggestions?: readonly string[] | undefined;
  },
) => {
  const list = props.suggestions ? `${fieldId(props.name)}-list` : undefined;
  return (
    <Around {...props}>
      <input
        {...wires(props)}
        type={props.type ?? "text"}
        class={props.width ? `w${props.width}` : undefined}
        value={props.value ?? ""}
        inputmode={props.inputmode}
        autocomplete={props.autocomplete ?? "off"}
        maxlength={props.maxlength}
        list={list}
      />
      {list ? (
        <datalist id={list}>
          {props.suggestions!.map((value) => (
            <option value={value} />
          ))}
        </datalist>
      ) : null}
    </Around>
  );
};

export const TextArea = (props: FieldProps & { rows?: number | undefined; maxlength?: number | undefined }) => (
  <Around {...props}>
    <textarea {...wires(props)} rows={props.rows ?? 5} maxlength={props.maxlength}>
      {props.value ?? ""}
    </textarea>
  </Around>
);

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export const Select = (
  props: FieldProps & {
    options: readonly Choice[];
    /** The first, empty line, such as t("请选择", "Choose"). Without it the first option is taken. */
    prompt?: string | undefined;
  },
) => (
  <Around {...props}>
    <select {...wires(props)}>
      {props.prompt === undefined ? null : <option value="">{props.prompt}</option>}
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Around>
);

export const FileField = (
  props: FieldProps & {
    accept?: string | undefined;
    multiple?: boolean | undefined;
    /** "environment" opens the camera of a phone, for a photograph of a paper ballot. */
    capture?: "environment" | undefined;
  },
) => (
  <Around {...props}>
    <input {...wires(props)} type="file" accept={props.accept} multiple={props.multiple} capture={props.capture} />
  </Around>
);

/** A day, or a day and time, in Asia/Shanghai. Value as in kernel/day.ts `localValue` ("2026-12-08T18:00") or a Day. */
export const DateTimeField = (
  props: FieldProps & { kind?: "datetime" | "date" | undefined; min?: string | undefined; max?: string | undefined },
) => {
  const dateOnly = props.kind === "date";
  return (
    <Around {...props}>
      <input
        {...wires(props)}
        type={dateOnly ? "date" : "datetime-local"}
        class="w20"
        value={props.value ?? ""}
        min={props.min}
        max={props.max}
        placeholder={dateOnly ? "2026-12-08" : "2026-12-08T18:00"}
      />
    </Around>
  );
};
