/** The way in and out for office-holders: number, code, sessions. Answers the same whether or not a number is known. */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { Instant } from "../../kernel/day.ts";
import { type Actor, requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import { adapterOf } from "../../platform/outbox/gateway.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState, Refusal } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors, textOf } from "../forms.tsx";
import { askForCode, listSessions, revokeSession, signOut, signOutEverywhere, tryCode } from "./actions.ts";
import "./messages.ts";
import { signInProblem } from "./problems.ts";
import { afterSignIn, CODE_LIFE_MS } from "./rules.ts";
import { clearStaffCookie, findStaffActor, writeStaffCookie } from "./session.ts";

/** Looks the signed-in person up once a request, when first asked for. Goes in front of every route of a community. */
export const withStaffActor = createMiddleware<AppEnv>(async (c, next) => {
  let found: Promise<Actor | null> | undefined;
  c.set("findActor", () => (found ??= findStaffActor(c)));
  await next();
});

const CODE_COOKIE = "ch_sign_in";

const homeOf = (c: AppContext): string => `/c/${c.var.scene.community.slug}`;

export const signInRoutes = new Hono<AppEnv>();

// ——— The number ———

function phonePage(c: AppContext, given: { phone: string; next: string; problem?: Problem }) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(given.problem, lang);
  return (
    <Page
      {...frameOf(c)}
      title={t("工作人员登录", "Sign in for office-holders")}
      isPrivate={true}
      switchHref={`?lang=${lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("工作人员登录", "Sign in for office-holders")}</h1>
      <p>
        {t(
          "给业委会、居委会、街道等任职人员使用。业主表决请用短信里的链接，不需要登录。",
          "For those who hold an office here. Owners vote by the link in their message and need not sign in.",
        )}
      </p>
      {adapterOf(c.env) ? null : (
        <Callout tone="warn" title={t("本站还没有配置短信网关", "No SMS gateway is configured")}>
          <p>{t("验证码暂时发不出去，请联系系统管理员。", "Codes cannot be sent yet; please tell the operator.")}</p>
        </Callout>
      )}
      {given.problem && errors.length === 0 ? (
        <Refusal
          t={t}
          what={given.problem.title[lang]}
          why={given.problem.detail[lang]}
          {...(given.problem.next ? { next: given.problem.next[lang] } : {})}
        />
      ) : null}
      <Form action={`${homeOf(c)}/sign-in`} token={formToken} once={newOnce()} hidden={{ next: given.next }}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width={20}
          label={t("手机号", "Mobile number")}
          hint={t("登记任职时留的号码", "The number your office was recorded with")}
          value={given.phone}
          error={errorFor(errors, "phone")}
        />
        <Actions>
          <Button>{t("获取验证码", "Send me a code")}</Button>
        </Actions>
      </Form>
    </Page>
  );
}

signInRoutes.get("/sign-in", (c) => c.html(phonePage(c, { phone: "", next: c.req.query("next") ?? "" })));

signInRoutes.post("/sign-in", async (c) => {
  const { phone, next, _once } = await textOf(c, "phone", "next");
  const once = _once.length > 0 && _once.length <= 64 ? _once : newOnce();
  const asked = await askForCode(c.var.scene, phone, once);
  if (!asked.ok) {
    const problem = signInProblem(asked.error);
    return c.html(phonePage(c, { phone, next, problem }), problem.status);
  }
  const claims = { challenge: asked.value.challengeId, cid: c.var.scene.community.id, next: next.slice(0, 200) };
  const seconds = CODE_LIFE_MS / 1000;
  writeCookie(c, CODE_COOKIE, await signToken(c.env, "sign-in", claims, c.var.now, seconds), seconds);
  await sendSoon(c);
  return c.redirect(`${homeOf(c)}/sign-in/code`, 303);
});

// ——— The code ———

/** What this browser asked for; null when it asked for nothing, elsewhere, or too long ago. */
async function askedHere(c: AppContext): Promise<{ challengeId: string; next: string } | null> {
  const claims = await readToken(c.env, "sign-in", readCookie(c, CODE_COOKIE), c.var.now);
  const { challenge, cid, next } = claims ?? {};
  if (typeof challenge !== "string" || cid !== c.var.scene.community.id) return null;
  return { challengeId: challenge, next: typeof next === "string" ? next : "" };
}

function codePage(c: AppContext, problem?: Problem) {
  const { t, lang, formToken, demo } = c.var;
  const errors = fieldErrors(problem, lang);
  const isOver = problem !== undefined && errors.length === 0;
  return (
    <Page {...frameOf(c)} title={t("填写验证码", "Enter the code")} isPrivate={true}>
      <h1>{t("填写验证码", "Enter the code")}</h1>
      {isOver ? (
        <Refusal
          t={t}
          what={problem.title[lang]}
          why={problem.detail[lang]}
          {...(problem.next ? { next: problem.next[lang] } : {})}
        />
      ) : (
        <>
          <p>
            {t(
              "如果这个号码登记了现任职务，验证码已经发出，5 分钟内有效。",
              "If the number belongs to someone in office, a code is on its way. It is good for five minutes.",
            )}
          </p>
          {demo ? (
            <Callout title={t("演示模式不发短信", "The demo sends no messages")}>
              <p>
                <a href="/demo/outbox">{t("在这里看验证码", "Read the code here")}</a>
              </p>
            </Callout>
          ) : null}
          <Form action={`${homeOf(c)}/sign-in/code`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
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
              <Button>{t("登录", "Sign in")}</Button>
            </Actions>
          </Form>
        </>
      )}
      <p>
        <a href={`${homeOf(c)}/sign-in`}>{t("没收到？重新获取验证码", "Nothing came? Ask for another code")}</a>
      </p>
    </Page>
  );
}

signInRoutes.get("/sign-in/code", async (c) =>
  (await askedHere(c)) ? c.html(codePage(c)) : c.redirect(`${homeOf(c)}/sign-in`, 303),
);

signInRoutes.post("/sign-in/code", async (c) => {
  const asked = await askedHere(c);
  const { code } = await textOf(c, "code");
  const tried = asked ? await tryCode(c.var.scene, asked.challengeId, code) : undefined;
  if (!asked || !tried?.ok) {
    const problem = signInProblem(tried && !tried.ok ? tried.error : { reason: "code_over" });
    return c.html(codePage(c, problem), problem.status);
  }
  await writeStaffCookie(c, tried.value);
  return c.redirect(afterSignIn(c.var.scene.community.slug, asked.next), 303);
});

// ——— The way out, and sessions ———

signInRoutes.post("/sign-out", async (c) => {
  const actor = await c.var.findActor();
  if (actor) await signOut({ ...c.var.scene, actor });
  clearStaffCookie(c);
  clearCookie(c, CODE_COOKIE);
  return c.redirect(homeOf(c), 303);
});

signInRoutes.post("/sign-out-everywhere", async (c) => {
  const actor = await c.var.findActor();
  if (actor) await signOutEverywhere({ ...c.var.scene, actor });
  clearStaffCookie(c);
  clearCookie(c, CODE_COOKIE);
  return c.redirect(homeOf(c), 303);
});

signInRoutes.get("/desk/sessions", requiresOffice, async (c) => {
  const { t, lang, formToken, actor } = c.var;
  const sessions = await listSessions(staffScene(c));
  const when = (at: Instant) => sayInstant(at, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登录状态", "Sessions")}
      breadcrumb={[{ href: `${homeOf(c)}/desk`, label: t("工作台", "Desk") }]}
    >
      <h1>{t("登录状态", "Sessions")}</h1>
      <p>
        {t(
          "登录一小时不用就失效，最长十二小时。不认识的登录请立即退出。",
          "A session ends after an hour without use, and after twelve hours at most. End any you do not know.",
        )}
      </p>
      <DataTable
        caption={t("现在有效的登录", "Live sessions")}
        rows={sessions}
        empty={<EmptyState title={t("没有有效的登录", "No live sessions")} />}
        columns={[
          {
            label: t("姓名", "Name"),
            head: true,
            cell: (s) => (s.sessionId === actor.sessionId ? `${s.name}${t("（本次登录）", " (this one)")}` : s.name),
          },
          { label: t("登录时间", "Since"), cell: (s) => when(s.beganAt) },
          { label: t("最迟到", "Until at most"), cell: (s) => when(s.endsAt) },
          {
            label: t("操作", "Act"),
            cell: (s) => (
              <PostButton action={`${homeOf(c)}/desk/sessions/${s.sessionId}/end`} token={formToken} look="quiet">
                {t("退出此登录", "End this session")}
              </PostButton>
            ),
          },
        ]}
      />
      <Actions>
        <PostButton action={`${homeOf(c)}/sign-out-everywhere`} token={formToken} look="danger">
          {t("在所有设备上退出我的登录", "Sign me out everywhere")}
        </PostButton>
        <ButtonLink look="quiet" href={`${homeOf(c)}/desk`}>
          {t("返回工作台", "Back to the desk")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

signInRoutes.post("/desk/sessions/:sessionId/end", requiresOffice, async (c) => {
  const ended = await revokeSession(staffScene(c), c.req.param("sessionId"));
  return ended.ok ? c.redirect(`${homeOf(c)}/desk/sessions`, 303) : problemResponse(c, NOT_FOUND);
});
