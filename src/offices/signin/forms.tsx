/** What every way in by telephone shares: the field for the number, the field for the six digits, and what this browser asked for. */
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import { adapterOf } from "../../platform/outbox/gateway.ts";
import type { Problem } from "../../platform/problem.tsx";
import { clearCookie, type Purpose, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { CODE_LIFE_MS } from "./rules.ts";

// ——— What this browser asked for ———

/** A way in: its cookie, and what the token in it is for. One made for another way in, or elsewhere, is not read. */
export interface WayIn {
  readonly cookie: string;
  readonly purpose: Purpose;
}

export interface AskedCode {
  readonly challengeId: string;
  /** Where to go afterwards, as it was asked; checked again before anyone is sent there. */
  readonly next: string;
}

const LONGEST_NEXT = 200;

/** Remembers in a signed cookie, as long as the code lives, that this browser asked for one. `about` narrows it, say to one tender. */
export async function rememberAsked(
  c: AppContext,
  way: WayIn,
  asked: AskedCode,
  about: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const { community } = c.var.scene;
  const claims = { ...about, challenge: asked.challengeId, cid: community.id, next: asked.next.slice(0, LONGEST_NEXT) };
  const seconds = CODE_LIFE_MS / 1000;
  writeCookie(c, way.cookie, await signToken(c.env, way.purpose, claims, c.var.now, seconds), seconds);
}

/** What this browser asked for; null when it asked for nothing, elsewhere, about something else, or too long ago. */
export async function readAsked(
  c: AppContext,
  way: WayIn,
  about: Readonly<Record<string, string | number>> = {},
): Promise<AskedCode | null> {
  const claims = await readToken(c.env, way.purpose, readCookie(c, way.cookie), c.var.now);
  const { challenge, cid, next } = claims ?? {};
  if (typeof challenge !== "string" || cid !== c.var.scene.community.id) return null;
  if (Object.entries(about).some(([name, value]) => claims?.[name] !== value)) return null;
  return { challengeId: challenge, next: typeof next === "string" ? next : "" };
}

export const forgetAsked = (c: AppContext, way: WayIn): void => clearCookie(c, way.cookie);

// ——— The number ———

export interface NumberGiven {
  readonly phone: string;
  readonly next: string;
  readonly problem?: Problem | undefined;
}

/** The posted number, with a key that makes a repeat harmless. */
export async function readNumber(c: AppContext): Promise<{ phone: string; next: string; once: string }> {
  const { phone, next, _once } = await textOf(c, "phone", "next");
  return { phone, next, once: _once.length > 0 && _once.length <= 64 ? _once : newOnce() };
}

/** The form that asks for the number: who to turn to where no message can be sent, the refusal, the field, the button. */
export function NumberForm(props: {
  readonly c: AppContext;
  readonly action: string;
  readonly given: NumberGiven;
  readonly label?: string;
  readonly hint: string;
  /** What to do while no SMS gateway is configured. */
  readonly unsent: string;
}) {
  const { c, given } = props;
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(given.problem, lang);
  return (
    <>
      {adapterOf(c.env) ? null : (
        <Callout tone="warn" title={t("本站还没有配置短信网关", "No SMS gateway is configured")}>
          <p>{props.unsent}</p>
        </Callout>
      )}
      <WholeRefusal c={c} problem={given.problem} />
      <Form action={props.action} token={formToken} once={newOnce()} hidden={{ next: given.next }}>
        <ErrorSummary t={t} errors={errors} title={t("验证码没有发出", "No code was sent")} />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width={20}
          label={props.label ?? t("手机号", "Mobile number")}
          hint={props.hint}
          value={given.phone}
          error={errorFor(errors, "phone")}
        />
        <Actions>
          <Button>{t("获取验证码", "Send me a code")}</Button>
        </Actions>
      </Form>
    </>
  );
}

// ——— The six digits ———

/** The form that asks for the code, or why there is nothing more to ask; always the way to another code. */
export function CodeForm(props: {
  readonly c: AppContext;
  /** The page that asks for the number; the code is posted to `/code` below it. */
  readonly signIn: string;
  readonly problem: Problem | undefined;
  /** That a code is on its way, and to whom. */
  readonly sent: string;
  readonly refused: string;
  readonly button: string;
}) {
  const { c, signIn, problem } = props;
  const { t, lang, formToken, demo } = c.var;
  const errors = fieldErrors(problem, lang);
  const isOver = problem !== undefined && errors.length === 0;
  return (
    <>
      <WholeRefusal c={c} problem={problem} />
      {isOver ? null : (
        <>
          <p>{props.sent}</p>
          {demo ? (
            <Callout title={t("演示模式不发短信", "The demo sends no messages")}>
              <p>
                <a href="/demo/outbox">{t("在这里看验证码", "Read the code here")}</a>
              </p>
            </Callout>
          ) : null}
          <Form action={`${signIn}/code`} token={formToken}>
            <ErrorSummary t={t} errors={errors} title={props.refused} />
            <Field
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={12}
              width={6}
              label={t("6 位验证码", "Six digits")}
              error={errorFor(errors, "code")}
            />
            <Actions>
              <Button>{props.button}</Button>
            </Actions>
          </Form>
        </>
      )}
      <p>
        <a href={signIn}>{t("没收到？换个号码，或者重新获取", "Nothing came? Try another number, or ask again")}</a>
      </p>
    </>
  );
}
