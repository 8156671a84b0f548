/** Forms that only the browser's script sends: nothing in them has an address, so that without the script nothing leaves the page. */
import type { Child } from "hono/jsx";

/** A form of the script's, with the place where it says what it does. Its button waits until the script is there. */
export const ScriptForm = (props: {
  act?: string;
  lot?: number;
  button: Child;
  /** The link that saves a file the script made. */
  file?: Child;
  /** The link to the receipt of what was handed in. */
  receipt?: Child;
  children?: Child;
}) => (
  <form data-act={props.act} data-lot={props.lot} autocomplete="off" novalidate>
    {props.children}
    <div class="actions">
      <button type="submit" class="btn" disabled data-waits>
        {props.button}
      </button>
    </div>
    <progress max="1" hidden />
    <p role="status" data-status />
    {props.file ? (
      <p>
        <a href="#file" data-file hidden>
          {props.file}
        </a>
      </p>
    ) : null}
    {props.receipt ? (
      <p>
        <a href="#receipt" data-receipt hidden>
          {props.receipt}
        </a>
      </p>
    ) : null}
  </form>
);

export const PasswordField = (props: { name: string; id: string; label: Child; hint?: Child; isNew?: boolean }) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    {props.hint ? (
      <p class="hint" id={`${props.id}-hint`}>
        {props.hint}
      </p>
    ) : null}
    <input
      type="password"
      id={props.id}
      name={props.name}
      autocomplete={props.isNew ? "new-password" : "off"}
      aria-describedby={props.hint ? `${props.id}-hint` : undefined}
    />
  </div>
);
