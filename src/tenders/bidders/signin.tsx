/** The way in and out for whoever bids or asks: number, code. Any telephone may prove itself; which bidder it speaks for follows. */
import { Hono } from "hono";
import { textOf } from "../../offices/forms.tsx";
import {
  type AskedCode,
  CodeForm,
  forgetAsked as forgetAskedCode,
  NumberForm,
  type NumberGiven,
  readAsked,
  readNumber,
  rememberAsked as rememberAskedCode,
  type WayIn,
} from "../../offices/signin/forms.tsx";
import { signInProblem } from "../../offices/signin/problems.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import type { Problem } from "../../platform/problem.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../addresses.ts";
import { byTenderNumber, findTender } from "../store.ts";
import { bidderHref, registerHref, signInHref } from "./addresses.ts";
import { askForContactCode, findSignedIn, signOutContact, tryContactCode } from "./contacts.ts";
import { clearContactCookie, findContact, writeContactCookie } from "./session.ts";

/** Mounted at /c/:slug. */
export const bidderSignInPages = new Hono<AppEnv>();

const CONTACT_WAY: WayIn = { cookie: "ch_bidder_code", purpose: "bidder-code" };

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

function phonePage(c: AppContext, tender: Tender, given: NumberGiven) {
  const { t, scene } = c.var;
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
      <NumberForm
        c={c}
        action={here}
        given={given}
        label={t("联系人手机号", "The contact's mobile number")}
        hint={t(
          "答疑、修改、开标的通知都发到这个号码。已经登记过的，用当时的号码。",
          "Word of answers, amendments and the opening goes there. If you registered before, use the number you used then.",
        )}
        unsent={t("验证码暂时发不出去，请联系业主委员会。", "Codes cannot be sent yet; please ask the committee.")}
      />
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
  const { phone, next, once } = await readNumber(c);
  const asked = await askForContactCode(c.var.scene, phone, once);
  if (!asked.ok) return phonePage(c, tender, { phone, next, problem: signInProblem(asked.error) });
  await rememberAsked(c, tender, asked.value.challengeId, next);
  return c.redirect(`${tenderHref(c.var.scene.community.slug, tender.number)}/sign-in/code`, 303);
});

/** Keeps in the browser what it asked for, and has the code sent. */
export async function rememberAsked(c: AppContext, tender: Tender, challengeId: string, next: string): Promise<void> {
  await rememberAskedCode(c, CONTACT_WAY, { challengeId, next }, { number: tender.number });
  await sendSoon(c);
}
export const forgetAsked = (c: AppContext): void => forgetAskedCode(c, CONTACT_WAY);

/** What this browser asked for of this tender; null when it asked for nothing, elsewhere, or too long ago. */
export const askedHere = (c: AppContext, tender: Tender): Promise<AskedCode | null> =>
  readAsked(c, CONTACT_WAY, { number: tender.number });

/** The page the code is typed on. `signIn`: where the number was typed; the code goes to `/code` below it. */
export function codePage(c: AppContext, tender: Tender, signIn: string, problem?: Problem) {
  const { t } = c.var;
  return c.html(
    <Page {...frameOf(c)} title={t("填写验证码", "Enter the code")} breadcrumb={tenderCrumbs(c, tender)}>
      <h1>{t("填写验证码", "Enter the code")}</h1>
      <CodeForm
        c={c}
        signIn={signIn}
        problem={problem}
        sent={t("验证码已经发出，5 分钟内有效。", "A code is on its way. It is good for five minutes.")}
        refused={t("还没有通过", "Not proved yet")}
        button={t("继续", "Go on")}
      />
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
  forgetAsked(c);
  const number = readTenderNumber(c.req.param("number"));
  const { slug } = c.var.scene.community;
  return c.redirect(number ? tenderHref(slug, number) : `/c/${slug}`, 303);
});
