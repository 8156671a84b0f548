/**
 * Buttons and links that look like them. A button changes something (POST); a link goes somewhere (GET).
 *
 *   <Button>{t("提交表决", "Cast ballot")}</Button>                          in a <Form>
 *   <Button look="danger" name="act" value="withdraw">…</Button>
 *   <ButtonLink href="/c/jingui/meetings/new">…</ButtonLink>
 *   <Actions><Button>…</Button><ButtonLink look="quiet" href="…">…</ButtonLink></Actions>
 *   <PostButton action="…" token={c.var.formToken} once={nonce} look="quiet">{t("退出", "Sign out")}</PostButton>
 */
import type { Child } from "hono/jsx";

/** primary: the one next step of a page. quiet: everything else. danger: cannot be taken back. link: a small act in a row or a header. */
export type Look = "primary" | "quiet" | "danger" | "link";

const classOf = (look: Look | undefined): string => (look && look !== "primary" ? `btn btn-${look}` : "btn");

export const Button = (props: {
  children?: Child;
  look?: Look | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Another address than the form's own, for a second act in one form. */
  formaction?: string | undefined;
}) => (
  <button type="submit" class={classOf(props.look)} name={props.name} value={props.value} formaction={props.formaction}>
    {props.children}
  </button>
);

export const ButtonLink = (props: {
  href: string;
  children?: Child;
  look?: Look | undefined;
  /** Saves the target under this name instead of showing it. */
  download?: string | undefined;
}) => (
  <a class={classOf(props.look)} href={props.href} download={props.download}>
    {props.children}
  </a>
);

/** Buttons side by side, one under the other on a phone. */
export const Actions = (props: { children?: Child }) => <div class="actions">{props.children}</div>;

/** A form that is only a button. */
export const PostButton = (props: {
  action: string;
  token: string;
  once?: string | undefined;
  look?: Look | undefined;
  /** Further hidden fields. */
  hidden?: Readonly<Record<string, string>> | undefined;
  children?: Child;
}) => (
  <form method="post" action={props.action} class="inline">
    <input type="hidden" name="_form" value={props.token} />
    {props.once === undefined ? null : <input type="hidden" name="_once" value={props.once} />}
    {Object.entries(props.hidden ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button look={props.look}>{props.children}</Button>
  </form>
);
