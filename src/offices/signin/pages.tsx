/** The way in and out for office-holders: number, code, sessions. Answers the same whether or not a number is known. */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { Instant } from "../../kernel/day.ts";
import { type Actor, requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { textOf } from "../forms.tsx";
import { askForCode, listSessions, revokeSession, signOut, signOutEverywhere, tryCode } from "./actions.ts";
import {
  CodeForm,
  forgetAsked,
  NumberForm,
  type NumberGiven,
  readAsked,
  readNumber,
  rememberAsked,
  type WayIn,
} from "./forms.tsx";
import "./messages.ts";
import { signInProblem } from "./problems.ts";
import { afterSignIn } from "./rules.ts";
import { clearStaffCookie, findStaffActor, writeStaffCookie } from "./session.ts";

/** Looks the signed-in person up once a request, when first asked for. Goes in front of every route of a community. */
export const withStaffActor = createMiddleware<AppEnv>(async (c, next) => {
  let found: Promise<Actor | null> | undefined;
  c.set("findActor", () => (found ??= findStaffActor(c)));
  await next();
});

const STAFF_WAY: WayIn = { cookie: "ch_sign_in", purpose: "sign-in" };

const homeOf = (c: AppContext): string => `/c/${c.var.scene.community.slug}`;

export const signInRoutes = new Hono<AppEnv>();

// ——— The number ———

function phonePage(c: AppContext, given: NumberGiven) {
  const { t, lang } = c.var;
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
      <NumberForm
        c={c}
        action={`${homeOf(c)}/sign-in`}
        given={given}
        hint={t("登记任职时留的号码", "The number your office was recorded with")}
        unsent={t("验证码暂时发不出去，请联系系统管理员。", "Codes cannot be sent yet; please tell the operator.")}
      />
    </Page>
  );
}

signInRoutes.get("/sign-in", (c) => c.html(phonePage(c, { phone: "", next: c.req.query("next") ?? "" })));

signInRoutes.post("/sign-in", async (c) => {
  const { phone, next, once } = await readNumber(c);
  const asked = await askForCode(c.var.scene, phone, once);
  if (!asked.ok) {
    const problem = signInProblem(asked.error);
    return c.html(phonePage(c, { phone, next, problem }), problem.status);
  }
  await rememberAsked(c, STAFF_WAY, { challengeId: asked.value.challengeId, next });
  await sendSoon(c);
  return c.redirect(`${homeOf(c)}/sign-in/code`, 303);
});

// ——— The code ———

function codePage(c: AppContext, problem?: Problem) {
  const { t } = c.var;
  return (
    <Page {...frameOf(c)} title={t("填写验证码", "Enter the code")} isPrivate={true}>
      <h1>{t("填写验证码", "Enter the code")}</h1>
      <CodeForm
        c={c}
        signIn={`${homeOf(c)}/sign-in`}
        problem={problem}
        sent={t(
          "如果这个号码登记了现任职务，验证码已经发出，5 分钟内有效。",
          "If the number belongs to someone in office, a code is on its way. It is good for five minutes.",
        )}
        refused={t("还没有登录", "Not signed in yet")}
        button={t("登录", "Sign in")}
      />
    </Page>
  );
}

signInRoutes.get("/sign-in/code", async (c) =>
  (await readAsked(c, STAFF_WAY)) ? c.html(codePage(c)) : c.redirect(`${homeOf(c)}/sign-in`, 303),
);

signInRoutes.post("/sign-in/code", async (c) => {
  const asked = await readAsked(c, STAFF_WAY);
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
  forgetAsked(c, STAFF_WAY);
  return c.redirect(homeOf(c), 303);
});

signInRoutes.post("/sign-out-everywhere", async (c) => {
  const actor = await c.var.findActor();
  if (actor) await signOutEverywhere({ ...c.var.scene, actor });
  clearStaffCookie(c);
  forgetAsked(c, STAFF_WAY);
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
