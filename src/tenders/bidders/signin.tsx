/** The way in and out for whoever bids or asks: number, code. Any telephone may prove itself; which bidder it speaks for follows. */
import { Hono } from "hono";
import { fieldErrors, textOf, WholeRefusal } from "../../offices/forms.tsx";
import { signInProblem } from "../../offices/signin/problems.ts";
import { CODE_LIFE_MS } from "../../offices/signin/rules.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import { adapterOf } from "../../platform/outbox/gateway.ts";
import type { Problem } from "../../platform/problem.tsx";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../addresses.ts";
import { byTenderNumber, findTender } from "../store.ts";
import { bidderHref, registerHref, signInHref } from "./addresses.ts";
import { askForContactCode, findSignedIn, signOutContact, tryContactCode } from "./contacts.ts";
import { clearContactCookie, findContact, writeContactCookie } from "./session.ts";

/** Mounted at /c/:slug. */
export const bidderSignInPages = new Hono<AppEnv>();

const CODE_COOKIE = "ch_bidder_code";

/** The announced tender of the address; null for none. */
export async function announcedHere(c: AppContext) {
  const number = readTenderNumber(c.req.param("number"));
  if (!number) return null;
  const { scene } = c.var;
  const [rows] = await scene.db.read(findTender(scene, byTenderNumber(scene, number)));
  const [tender] = rows;
  return tender && tender.noticedAt !== null ? tender : null;
}

export type AnnouncedTender = NonNullable<Awaited<ReturnType<typeof announcedHere>>>;
type Tender = AnnouncedTender;

export const tenderCrumbs = (c: AppContext, tender: Pick<Tender, "number" | "title">) => [
  { href: tendersHref(c.var.scene.community.slug), label: c.var.t("选聘物业服务", "Tenders") },
  { href: tenderHref(c.var.scene.community.slug, tender.number), label: tender.title },
];

const signInHere = (c: AppContext, { number }: Pick<Tender, "number">): string =>
  signInHref(c.var.scene.community.slug, number);

/** Where to go after the code: a page of this very tender, else the bidder's own. */
const nextOf = (slug: string, number: number, next: string): string | null =>
  /^\/[\w\-./~%]*$/.test(next) && next.startsWith(`${tenderHref(slug, number)}/`) && !next.includes("..") ? next : null;

function phonePage(
  c: AppContext,
  tender: Tender,
  given: { readonly phone: string; readonly next: string; readonly problem?: Problem | undefined },
) {
  const { t, lang, formToken, scene } = c.var;
  const errors = fieldErrors(given.problem, lang);
  const here = `${tenderHref(scene.community.slug, tender.number)}/sign-in`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("验证手机号", "Prove your telephone")}
      breadcrumb={tenderCrumbs(c, tender)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t("验证手机号", "Prove your telephone")}</h1>
      <p>
        {t(
          "登记投标、提问、查看自己的投标，都先用手机号和验证码。不用注册账号，不设密码。",
          "To register, to ask, or to see your bid, prove a mobile number with a code first. There is no account and no password.",
        )}
      </p>
      {adapterOf(c.env) ? null : (
        <Callout tone="warn" title={t("本站还没有配置短信网关", "No SMS gateway is configured")}>
          <p>{t("验证码暂时发不出去，请联系业主委员会。", "Codes cannot be sent yet; please ask the committee.")}</p>
        </Callout>
      )}
      <WholeRefusal c={c} problem={given.problem} />
      <Form action={here} token={formToken} once={newOnce()} hidden={{ next: given.next }}>
        <ErrorSummary t={t} errors={errors} title={t("验证码没有发出", "No code was sent")} />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width={20}
          label={t("联系人手机号", "The contact's mobile number")}
          hint={t(
            "答疑、修改、开标的通知都发到这个号码。已经登记过的，用当时的号码。",
            "Word of answers, amendments and the opening goes there. If you registered before, use the number you used then.",
          )}
          value={given.phone}
          error={errorFor(errors, "phone")}
        />
        <Actions>
          <Button>{t("获取验证码", "Send me a code")}</Button>
        </Actions>
      </Form>
      <p class="hint">
        {t(
          "号码加密保存，不对外公开。为几家企业办理投标的同一个人，不能都在这里登记（《招标投标法实施条例》第四十条）。",
          "The number is kept encrypted and shown to nobody outside. One person cannot register several companies here (Regulation on Tendering, art. 40).",
        )}
      </p>
    </Page>,
    given.problem ? (given.problem.status as 422) : 200,
  );
}

bidderSignInPages.get("/tenders/:number/sign-in", async (c) => {
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  return phonePage(c, tender, { phone: "", next: c.req.query("next") ?? "" });
});

bidderSignInPages.post("/tenders/:number/sign-in", async (c) => {
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { phone, next, _once } = await textOf(c, "phone", "next");
  const once = _once.length > 0 && _once.length <= 64 ? _once : newOnce();
  const asked = await askForContactCode(c.var.scene, phone, once);
  if (!asked.ok) return phonePage(c, tender, { phone, next, problem: signInProblem(asked.error) });
  await rememberAsked(c, tender, asked.value.challengeId, next);
  return c.redirect(`${tenderHref(c.var.scene.community.slug, tender.number)}/sign-in/code`, 303);
});

/** Keeps in the browser what it asked for, and has the code sent. */
export async function rememberAsked(c: AppContext, tender: Tender, challenge: string, next: string): Promise<void> {
  const claims = { challenge, cid: c.var.scene.community.id, number: tender.number, next: next.slice(0, 200) };
  const seconds = CODE_LIFE_MS / 1000;
  writeCookie(c, CODE_COOKIE, await signToken(c.env, "bidder-code", claims, c.var.now, seconds), seconds);
  await sendSoon(c);
}
export const forgetAsked = (c: AppContext): void => clearCookie(c, CODE_COOKIE);

/** What this browser asked for; null when it asked for nothing, elsewhere, or too long ago. */
export async function askedHere(c: AppContext, tender: Tender): Promise<{ challengeId: string; next: string } | null> {
  const claims = await readToken(c.env, "bidder-code", readCookie(c, CODE_COOKIE), c.var.now);
  const { challenge, cid, number, next } = claims ?? {};
  if (typeof challenge !== "string" || cid !== c.var.scene.community.id || number !== tender.number) return null;
  return { challengeId: challenge, next: typeof next === "string" ? next : "" };
}

/** The page the code is typed on. `signIn`: where the number was typed; the code goes to `/code` below it. */
export function codePage(c: AppContext, tender: Tender, signIn: string, problem?: Problem) {
  const { t, lang, formToken, demo } = c.var;
  const errors = fieldErrors(problem, lang);
  const isOver = problem !== undefined && errors.length === 0;
  return c.html(
    <Page {...frameOf(c)} title={t("填写验证码", "Enter the code")} breadcrumb={tenderCrumbs(c, tender)}>
      <h1>{t("填写验证码", "Enter the code")}</h1>
      <WholeRefusal c={c} problem={problem} />
      {isOver ? null : (
        <>
          <p>{t("验证码已经发出，5 分钟内有效。", "A code is on its way. It is good for five minutes.")}</p>
          {demo ? (
            <Callout title={t("演示模式不发短信", "The demo sends no messages")}>
              <p>
                <a href="/demo/outbox">{t("在这里看验证码", "Read the code here")}</a>
              </p>
            </Callout>
          ) : null}
          <Form action={`${signIn}/code`} token={formToken}>
            <ErrorSummary t={t} errors={errors} title={t("还没有通过", "Not proved yet")} />
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
              <Button>{t("继续", "Go on")}</Button>
            </Actions>
          </Form>
        </>
      )}
      <p>
        <a href={signIn}>{t("没收到？换个号码，或者重新获取", "Nothing came? Try another number, or ask again")}</a>
      </p>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

bidderSignInPages.get("/tenders/:number/sign-in/code", async (c) => {
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  return (await askedHere(c, tender))
    ? codePage(c, tender, signInHere(c, tender))
    : c.redirect(signInHere(c, tender), 303);
});

bidderSignInPages.post("/tenders/:number/sign-in/code", async (c) => {
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { scene } = c.var;
  const asked = await askedHere(c, tender);
  const { code } = await textOf(c, "code");
  const tried = asked ? await tryContactCode(scene, asked.challengeId, code) : undefined;
  if (!asked || !tried?.ok)
    return codePage(
      c,
      tender,
      signInHere(c, tender),
      signInProblem(tried && !tried.ok ? tried.error : { reason: "code_over" }),
    );
  await writeContactCookie(c, tried.value);
  forgetAsked(c);
  const { slug } = scene.community;
  const next = nextOf(slug, tender.number, asked.next);
  if (next) return c.redirect(next, 303);
  const [signedIn] = await scene.db.read(findSignedIn(scene, tried.value.sessionId, tender.number));
  const isBidder = signedIn[0]?.bidderId != null;
  return c.redirect((isBidder ? bidderHref : registerHref)(slug, tender.number), 303);
});

bidderSignInPages.post("/tenders/:number/sign-out", async (c) => {
  const contact = await findContact(c);
  if (contact) await signOutContact(c.var.scene, contact.sessionId);
  clearContactCookie(c);
  clearCookie(c, CODE_COOKIE);
  const number = readTenderNumber(c.req.param("number"));
  const { slug } = c.var.scene.community;
  return c.redirect(number ? tenderHref(slug, number) : `/c/${slug}`, 303);
});
