/** The way in and out for owners: number, code, whose corner. Answers the same whether or not a number stands on the roll. */
import { Hono } from "hono";
import { unitLabel } from "../../community/explained.ts";
import { dayOf } from "../../kernel/day.ts";
import { textOf } from "../../offices/forms.tsx";
import {
  CodeForm,
  forgetAsked,
  NumberForm,
  type NumberGiven,
  readAsked,
  readNumber,
  rememberAsked,
  type WayIn,
} from "../../offices/signin/forms.tsx";
import { signInProblem } from "../../offices/signin/problems.ts";
import { afterSignIn } from "../../offices/signin/rules.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { sendSoon } from "../../platform/outbox/actions.ts";
import type { Problem } from "../../platform/problem.tsx";
import { PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { clearOwnerCookie, readOwnerCookie, rememberOwner, writeOwnerCookie } from "../session.ts";
import { listHoldingsBeside, listSessionOwners, listUnitsOwnedBy } from "../store.ts";
import { askForOwnerCode, signOutOwner, signOutOwnerEverywhere, tryOwnerCode } from "./actions.ts";
import "./messages.ts";

const OWNER_WAY: WayIn = { cookie: "ch_owner_code", purpose: "owner-code" };

export const myHref = (slug: string): string => `/c/${slug}/my`;
const hrefOf = (c: AppContext): string => myHref(c.var.scene.community.slug);

/** Mounted under /c/:slug. */
export const ownerSignInPages = new Hono<AppEnv>();

// ——— The number ———

function phonePage(c: AppContext, given: NumberGiven) {
  const { t } = c.var;
  const my = hrefOf(c);
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("业主登录", "Owners sign in")}
      switchHref={`${my}/sign-in?lang=${t("en", "zh")}`}
    >
      <h1>{t("业主登录", "Owners sign in")}</h1>
      <p>
        {t(
          "登录以后可以看自己在名册上的登记，签署提议，推荐候选人。投票不用登录，请打开发给您家的表决链接。",
          "Once signed in you see your own entry in the roll, sign petitions and nominate. Voting needs no sign-in: open the link sent to your household.",
        )}
      </p>
      <NumberForm
        c={c}
        action={`${my}/sign-in`}
        given={given}
        hint={t("在小区名册上登记的那个号码", "The number the roll has of you")}
        unsent={t(
          "验证码暂时发不出去。有登录卡的，请用登录卡。",
          "Codes cannot be sent yet. If you have a card, use it.",
        )}
      />
      <h2>{t("没有登记手机号？", "No number on the roll?")}</h2>
      <LinkList
        items={[
          {
            href: `${my}/card`,
            title: t("我有一张登录卡", "I have a card"),
            note: t(
              "业委会打印给您的那张纸：扫码，或者输入上面的代码。",
              "The sheet the committee printed for you: scan it, or type its code.",
            ),
          },
        ]}
      />
      <p class="hint">
        {t(
          "都没有的，请带身份证件找业委会秘书：把手机号登记到名册，或者打印一张登录卡。在纸上签名一样有效。",
          "With neither, see the committee's secretary with your certificate: have your number entered or a card printed. A signature on paper is as good.",
        )}
      </p>
    </Page>,
    given.problem ? (given.problem.status as 422) : 200,
  );
}

ownerSignInPages.get("/my/sign-in", async (c) =>
  (await c.var.findOwner())
    ? c.redirect(afterSignIn(c.var.scene.community.slug, c.req.query("next"), "my"), 303)
    : phonePage(c, { phone: "", next: c.req.query("next") ?? "" }),
);

ownerSignInPages.post("/my/sign-in", async (c) => {
  const { phone, next, once } = await readNumber(c);
  const asked = await askForOwnerCode(c.var.scene, phone, once);
  if (!asked.ok) return phonePage(c, { phone, next, problem: signInProblem(asked.error) });
  await rememberAsked(c, OWNER_WAY, { challengeId: asked.value.challengeId, next });
  await sendSoon(c);
  return c.redirect(`${hrefOf(c)}/sign-in/code`, 303);
});

// ——— The code ———

function codePage(c: AppContext, problem?: Problem) {
  const { t } = c.var;
  return c.html(
    <Page {...frameOf(c, "owner")} title={t("填写验证码", "Enter the code")}>
      <h1>{t("填写验证码", "Enter the code")}</h1>
      <CodeForm
        c={c}
        signIn={`${hrefOf(c)}/sign-in`}
        problem={problem}
        sent={t(
          "如果名册上登记了这个号码，验证码已经发出，5 分钟内有效。",
          "If the roll has this number, a code is on its way. It is good for five minutes.",
        )}
        refused={t("还没有登录", "Not signed in yet")}
        button={t("登录", "Sign in")}
      />
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

ownerSignInPages.get("/my/sign-in/code", async (c) =>
  (await readAsked(c, OWNER_WAY)) ? codePage(c) : c.redirect(`${hrefOf(c)}/sign-in`, 303),
);

ownerSignInPages.post("/my/sign-in/code", async (c) => {
  const asked = await readAsked(c, OWNER_WAY);
  const { code } = await textOf(c, "code");
  const tried = asked ? await tryOwnerCode(c.var.scene, asked.challengeId, code) : undefined;
  if (!asked || !tried?.ok)
    return codePage(c, signInProblem(tried && !tried.ok ? tried.error : { reason: "code_over" }));
  await rememberOwner(c, tried.value);
  const { slug } = c.var.scene.community;
  const next = afterSignIn(slug, asked.next, "my");
  return c.redirect(tried.value.partyIds.length === 1 ? next : chooseHref(slug, next), 303);
});

// ——— Whose corner, where several share a number ———

const chooseHref = (slug: string, next: string): string =>
  `${myHref(slug)}/choose${next === myHref(slug) ? "" : `?next=${encodeURIComponent(next)}`}`;

/** The owners this browser's session may act for; none without one. */
async function ownersHere(c: AppContext) {
  const cookie = await readOwnerCookie(c);
  if (!cookie) return null;
  const [owners] = await c.var.scene.db.read(listSessionOwners(c.var.scene, cookie.sessionId));
  return { cookie, owners };
}

ownerSignInPages.get("/my/choose", async (c) => {
  const { t, scene, formToken, now } = c.var;
  const my = hrefOf(c);
  const here = await ownersHere(c);
  if (!here) return c.redirect(`${my}/sign-in`, 303);
  const ids = here.owners.map(({ partyId }) => partyId);
  const [units, holdings] = await scene.db.read(
    listUnitsOwnedBy(scene, ids, dayOf(now)),
    listHoldingsBeside(scene, ids, dayOf(now)),
  );
  const unitsOf = (partyId: string): string =>
    units
      .filter((unit) => holdings.some((h) => h.unitId === unit.unitId && h.partyId === partyId && h.role === "owner"))
      .map(unitLabel)
      .slice(0, 6)
      .join("、") || t("名下没有专有部分", "owns nothing today");
  return c.html(
    <Page {...frameOf(c, "owner")} title={t("您是哪一位？", "Which of you?")}>
      <h1>{t("您是哪一位？", "Which of you?")}</h1>
      <p>
        {t(
          "名册上有几位业主用这个号码，或者您是别人的监护人。请选择这次以谁的名义办事，以后可以换。",
          "Several owners have this number, or you are somebody's guardian. Choose for whom you act now; you can change later.",
        )}
      </p>
      <DataTable
        caption={t("可以选择的业主", "Owners to choose from")}
        quietCaption
        rows={here.owners}
        empty={
          <EmptyState title={t("没有可以选择的业主", "Nobody to choose")}>
            <p>{t("名册上这个号码已经更改，请重新登录。", "The roll has changed; please sign in again.")}</p>
          </EmptyState>
        }
        columns={[
          { label: t("业主", "Owner"), head: true, cell: ({ maskedName }) => maskedName },
          { label: t("房号", "Units"), cell: ({ partyId }) => unitsOf(partyId) },
          {
            label: t("以谁的名义", "Act as"),
            cell: ({ partyId, provedBy, maskedName }) => (
              <PostButton
                action={`${my}/choose`}
                token={formToken}
                look="quiet"
                hidden={{ party: partyId, next: c.req.query("next") ?? "" }}
              >
                {partyId === provedBy
                  ? t(`我是${maskedName}`, `I am ${maskedName}`)
                  : t(`作为${maskedName}的监护人`, `as guardian of ${maskedName}`)}
              </PostButton>
            ),
          },
        ]}
      />
    </Page>,
  );
});

ownerSignInPages.post("/my/choose", async (c) => {
  const { party, next } = await textOf(c, "party", "next");
  const here = await ownersHere(c);
  const owner = here?.owners.find(({ partyId }) => partyId === party);
  if (!here || !owner) return c.notFound();
  await writeOwnerCookie(c, { ...here.cookie, partyId: owner.partyId });
  return c.redirect(afterSignIn(c.var.scene.community.slug, next, "my"), 303);
});

// ——— The way out ———

ownerSignInPages.post("/my/sign-out", async (c) => {
  const owner = await c.var.findOwner();
  const { everywhere } = await textOf(c, "everywhere");
  if (owner) await (everywhere === "yes" ? signOutOwnerEverywhere : signOutOwner)(c.var.scene, owner);
  clearOwnerCookie(c);
  forgetAsked(c, OWNER_WAY);
  return c.redirect(`/c/${c.var.scene.community.slug}`, 303);
});
