/** The way in by a card of paper: the address in its code, the code typed by hand, and the last four of the certificate. */
import { Hono } from "hono";
import type { PartyId } from "../../kernel/id.ts";
import { textOf, WholeRefusal } from "../../offices/forms.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, Form } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { CARD_NOT_VALID, cardTryProblem } from "../problems.ts";
import { rememberOwner } from "../session.ts";
import { myHref } from "../signin/pages.tsx";
import { cardStanding, identifyByCard, openCard, type ShownCard } from "./actions.ts";
import { readCardCode } from "./rules.ts";

const COOKIE = "ch_owner_card";
/** As long as it takes to fetch one's certificate from the drawer. */
const SHOWN_SECONDS = 30 * 60;

/** Mounted under /c/:slug. */
export const cardPages = new Hono<AppEnv>();

async function writeShown(c: AppContext, { partyId, cardNo }: ShownCard): Promise<void> {
  const claims = { cid: c.var.scene.community.id, p: partyId, n: cardNo };
  writeCookie(c, COOKIE, await signToken(c.env, "owner-card", claims, c.var.now, SHOWN_SECONDS), SHOWN_SECONDS);
}

async function readShown(c: AppContext): Promise<ShownCard | null> {
  const claims = await readToken(c.env, "owner-card", readCookie(c, COOKIE), c.var.now);
  const { cid, p, n } = claims ?? {};
  if (typeof p !== "string" || typeof n !== "number" || cid !== c.var.scene.community.id) return null;
  return { partyId: p as PartyId, cardNo: n };
}

// Writes nothing on the server: a scanner that opens it does no harm. The redirect takes the code out of the address bar.
cardPages.get("/k/:code", async (c) => {
  const shown = await openCard(c.var.scene, c.req.param("code"));
  if (!shown) return problemResponse(c, CARD_NOT_VALID);
  await writeShown(c, shown);
  return c.redirect(`${myHref(c.var.scene.community.slug)}/card`, 303);
});

cardPages.get("/my/card", async (c) => {
  const shown = await readShown(c);
  if (!shown || c.req.query("another") === "1") return codePage(c, "");
  const refusal = await cardStanding(c.var.scene, shown);
  return refusal?.reason === "card_not_valid"
    ? codePage(c, "")
    : lastFourPage(c, refusal ? cardTryProblem(refusal) : null);
});

cardPages.post("/my/card", async (c) => {
  const { code } = await textOf(c, "code");
  const shown = await openCard(c.var.scene, code);
  if (!shown) return codePage(c, code, CARD_NOT_VALID);
  await writeShown(c, shown);
  return c.redirect(`${myHref(c.var.scene.community.slug)}/card`, 303);
});

cardPages.post("/my/card/identify", async (c) => {
  const { slug } = c.var.scene.community;
  const { lastFour } = await textOf(c, "lastFour");
  const shown = await readShown(c);
  if (!shown) return c.redirect(`${myHref(slug)}/card`, 303);
  const opened = await identifyByCard(c.var.scene, shown, lastFour);
  if (!opened.ok) {
    const problem = cardTryProblem(opened.error);
    return opened.error.reason === "card_not_valid" ? codePage(c, "", problem) : lastFourPage(c, problem);
  }
  clearCookie(c, COOKIE);
  await rememberOwner(c, opened.value);
  return c.redirect(opened.value.partyIds.length === 1 ? myHref(slug) : `${myHref(slug)}/choose`, 303);
});

function codePage(c: AppContext, typed: string, problem?: Problem) {
  const { t, scene, formToken } = c.var;
  const my = myHref(scene.community.slug);
  // Typed wrongly is told beside the field; a code of the right form that opens nothing is told with what helps.
  const isMistyped = problem !== undefined && readCardCode(typed) === null;
  const mistyped = t(
    "代码是 12 位数字和字母，例如 7K3F-9X2M-PQ4D",
    "The code has 12 digits and letters, such as 7K3F-9X2M-PQ4D",
  );
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("用登录卡登录", "Sign in by card")}
      switchHref={`${my}/card?lang=${t("en", "zh")}`}
    >
      <h1>{t("用登录卡登录", "Sign in by card")}</h1>
      {isMistyped ? null : <WholeRefusal c={c} problem={problem} />}
      <Form action={`${my}/card`} token={formToken}>
        <ErrorSummary
          t={t}
          errors={isMistyped ? [{ field: "code", message: mistyped }] : []}
          title={t("还没有登录", "Not signed in yet")}
        />
        <Field
          name="code"
          label={t("卡上的代码", "The code on the card")}
          hint={t("12 位，不分大小写；横线可以不填。", "12 characters; capitals and hyphens do not matter.")}
          value={typed.slice(0, 40)}
          width={20}
          maxlength={40}
          autocomplete="off"
          {...(isMistyped ? { error: mistyped } : {})}
        />
        <Actions>
          <Button>{t("下一步：核对身份", "Next: confirm who you are")}</Button>
        </Actions>
      </Form>
      <p class="hint">
        {t(
          "有智能手机的，扫卡上的二维码就不用输代码。",
          "With a smartphone, scan the code on the card instead of typing.",
        )}
      </p>
      <p>
        <a href={`${my}/sign-in`}>{t("改用手机号和验证码", "Use a mobile number and a code instead")}</a>
      </p>
    </Page>,
    problem ? (isMistyped ? 422 : (problem.status as 404)) : 200,
  );
}

function lastFourPage(c: AppContext, problem: Problem | null) {
  const { t, lang, scene, formToken } = c.var;
  const my = myHref(scene.community.slug);
  const error = problem?.status === 422 ? pick(problem.detail, lang) : undefined;
  const isBlocked = problem !== null && error === undefined;
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("核对身份", "Confirm who you are")}
      switchHref={`${my}/card?lang=${t("en", "zh")}`}
    >
      <h1>{t("先核对是您本人", "First, confirm that it is you")}</h1>
      {isBlocked ? <WholeRefusal c={c} problem={problem} /> : null}
      {isBlocked ? null : (
        <Form action={`${my}/card/identify`} token={formToken}>
          <ErrorSummary
            t={t}
            errors={error ? [{ field: "lastFour", message: error }] : []}
            title={t("还没有核对上", "Not confirmed yet")}
          />
          <Field
            name="lastFour"
            label={t("证件号后四位", "Last four of your certificate")}
            hint={t(
              "名册上登记的身份证或其他证件。末位是X的也填X。",
              "Of the identity card or other certificate on the roll. If it ends in X, type X.",
            )}
            width={6}
            maxlength={8}
            autocomplete="off"
            {...(error ? { error } : {})}
          />
          <Actions>
            <Button>{t("核对，进入业主专页", "Confirm and open my corner")}</Button>
          </Actions>
        </Form>
      )}
      <Details summary={t("为什么要核对？", "Why is this asked?")}>
        <p>
          {t(
            "卡可能被别人捡到。只有同时知道证件号后四位的人才能登录。这四位只用来比对，不会显示，也不会写进公开记录。",
            "A card may be found. Only someone who also knows the last four signs in. They are compared and nothing else: not shown, and not in the public record.",
          )}
        </p>
      </Details>
      <p>
        <a href={`${my}/card?another=1`}>{t("换一张卡", "Another card")}</a>
      </p>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}
