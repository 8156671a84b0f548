/** The pages on which a bidder corrects its registration, changes its telephone, or leaves a lot. Until the closing; nothing of them is public before the opening. */
import { Hono } from "hono";
import { fieldErrors, textOf, WholeRefusal } from "../../offices/forms.tsx";
import { signInProblem } from "../../offices/signin/problems.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { takesBids } from "../rules.ts";
import { openPersons } from "./actions.ts";
import { bidderHref, correctHref, leaveHref, phoneHref } from "./addresses.ts";
import { CompanyFields, companyTyped } from "./company-fields.tsx";
import { askForContactCode, signOutContact, tryContactCode } from "./contacts.ts";
import { type Corner, readCorner } from "./corner-read.ts";
import { changeContact, correctBidder, type TypedCorrection, typedOf } from "./correcting.ts";
import { leaveLots } from "./leaving.ts";
import { correctionProblem, leaveProblem } from "./problems.ts";
import { lotOptions } from "./register.tsx";
import { type BidderActor, findContact, findSignedInBidder, requiresBidder, writeContactCookie } from "./session.ts";
import {
  type AnnouncedTender,
  announcedHere,
  askedHere,
  codePage,
  forgetAsked,
  rememberAsked,
  tenderCrumbs,
} from "./signin.tsx";

/** Mounted at /c/:slug. */
export const correctionPages = new Hono<AppEnv>();

const back = (c: AppContext, done: string): Response =>
  c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=${done}`, 303);

/** One of these pages: what it is called, what went wrong, and the way back; after the closing nothing but that. */
const CornerSubpage = (props: {
  readonly c: AppContext;
  readonly tender: Corner["tender"];
  readonly title: string;
  readonly here: string;
  readonly problem?: Problem | undefined;
  readonly children: unknown;
}) => {
  const { c, tender, title, here, problem, children } = props;
  const { t, scene, now } = c.var;
  const home = bidderHref(scene.community.slug, tender.number);
  return (
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[...tenderCrumbs(c, tender), { href: home, label: t("投标人专页", "Bidder's page") }]}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      {takesBids(tender, now) ? (
        (children as never)
      ) : (
        <EmptyState
          title={t("投标已经截止", "Bids have closed")}
          action={<ButtonLink href={home}>{t("回到专页", "Back to your page")}</ButtonLink>}
        >
          {t("登记、手机号和标段，截止以后都不能再改。", "Registration, telephone and lots stand from the closing on.")}
        </EmptyState>
      )}
    </Page>
  );
};

const BackLink = ({ c, tender }: { c: AppContext; tender: Corner["tender"] }) => (
  <ButtonLink look="quiet" href={bidderHref(c.var.scene.community.slug, tender.number)}>
    {c.var.t("回到专页", "Back")}
  </ButtonLink>
);

// ——— The registration ———

async function correctPage(c: AppContext, bidder: BidderActor, again?: { typed: TypedCorrection; problem: Problem }) {
  const { t, lang, scene, formToken } = c.var;
  const { tender, own } = await readCorner(c, bidder);
  const stands = typedOf(own, await openPersons(scene, own));
  // Identity numbers are not shown again; left empty they stay as they are.
  const typed = again?.typed ?? { ...stands, representativeNumber: "", controllerNumber: "" };
  const errors = fieldErrors(again?.problem, lang);
  const here = correctHref(scene.community.slug, tender.number);
  return c.html(
    <CornerSubpage
      c={c}
      tender={tender}
      title={t("更正登记", "Correct what you registered")}
      here={here}
      problem={again?.problem}
    >
      <p class="lead">
        {t(
          "改了再提交。更正另存一份，原来的登记保留；与其他投标人、与本小区工作人员的关系会重新比对。",
          "Change what is wrong and send it. It is kept as a new entry beside the old one, and ties are looked for anew.",
        )}
      </p>
      <Form action={here} token={formToken}>
        <ErrorSummary t={t} errors={errors} title={t("没有更正", "Not corrected")} />
        <CompanyFields c={c} typed={typed} at={(name) => errorFor(errors, name)} known />
        <Actions>
          <Button>{t("提交更正", "Correct it")}</Button>
          <BackLink c={c} tender={tender} />
        </Actions>
      </Form>
    </CornerSubpage>,
    (again?.problem.status ?? 200) as 422,
  );
}

correctionPages.get("/tenders/:number/bidder/correct", requiresBidder, async (c) =>
  correctPage(c, (await findSignedInBidder(c))!),
);
correctionPages.post("/tenders/:number/bidder/correct", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const typed = companyTyped(await c.req.parseBody({ all: true }));
  const corrected = await correctBidder(c.var.scene, bidder, typed);
  if (!corrected.ok) return correctPage(c, bidder, { typed, problem: correctionProblem(corrected.error) });
  return back(c, "corrected");
});

// ——— The telephone ———

async function phonePage(c: AppContext, bidder: BidderActor, again?: { phone: string; problem: Problem }) {
  const { t, lang, scene, formToken } = c.var;
  const { tender } = await readCorner(c, bidder);
  const contact = await findContact(c);
  const errors = fieldErrors(again?.problem, lang);
  const here = phoneHref(scene.community.slug, tender.number);
  return c.html(
    <CornerSubpage
      c={c}
      tender={tender}
      title={t("更换手机号", "Change the telephone")}
      here={here}
      problem={again?.problem}
    >
      <p class="lead">
        {t(
          `现在的联系手机号是 ${contact?.phoneMasked ?? ""}。验证码发到新号码，填对了才更换；更换以后，旧号码不能再进入这个专页。`,
          `The contact's number is ${contact?.phoneMasked ?? ""}. A code goes to the new one, and the change is made when it is typed; the old number opens this page no more.`,
        )}
      </p>
      <Form action={here} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} title={t("验证码没有发出", "No code was sent")} />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width={20}
          label={t("新的手机号", "The new mobile number")}
          value={again?.phone ?? ""}
          error={errorFor(errors, "phone")}
        />
        <Actions>
          <Button>{t("获取验证码", "Send a code")}</Button>
          <BackLink c={c} tender={tender} />
        </Actions>
      </Form>
    </CornerSubpage>,
    (again?.problem.status ?? 200) as 422,
  );
}

correctionPages.get("/tenders/:number/bidder/phone", requiresBidder, async (c) =>
  phonePage(c, (await findSignedInBidder(c))!),
);
correctionPages.post("/tenders/:number/bidder/phone", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const tender = await announcedHere(c);
  if (!tender) return c.notFound();
  const { phone, _once } = await textOf(c, "phone");
  const once = _once.length > 0 && _once.length <= 64 ? _once : newOnce();
  const asked = await askForContactCode(c.var.scene, phone, once);
  if (!asked.ok) return phonePage(c, bidder, { phone, problem: signInProblem(asked.error) });
  const here = phoneHref(c.var.scene.community.slug, tender.number);
  await rememberAsked(c, tender, asked.value.challengeId, here);
  return c.redirect(`${here}/code`, 303);
});

/** Where the number was typed, and the tender; null where there is none. */
async function codeHere(c: AppContext): Promise<{ readonly tender: AnnouncedTender; readonly here: string } | null> {
  const tender = await announcedHere(c);
  return tender ? { tender, here: phoneHref(c.var.scene.community.slug, tender.number) } : null;
}
correctionPages.get("/tenders/:number/bidder/phone/code", requiresBidder, async (c) => {
  const at = await codeHere(c);
  if (!at) return c.notFound();
  return (await askedHere(c, at.tender)) ? codePage(c, at.tender, at.here) : c.redirect(at.here, 303);
});
correctionPages.post("/tenders/:number/bidder/phone/code", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const contact = (await findContact(c))!;
  const at = await codeHere(c);
  if (!at) return c.notFound();
  const { scene } = c.var;
  const asked = await askedHere(c, at.tender);
  const { code } = await textOf(c, "code");
  const tried = asked ? await tryContactCode(scene, asked.challengeId, code) : undefined;
  if (!asked || !tried?.ok)
    return codePage(c, at.tender, at.here, signInProblem(tried && !tried.ok ? tried.error : { reason: "code_over" }));
  const changed = await changeContact(scene, bidder, tried.value.contactId);
  forgetAsked(c);
  if (!changed.ok) return phonePage(c, bidder, { phone: "", problem: correctionProblem(changed.error) });
  await writeContactCookie(c, tried.value);
  if (contact.sessionId !== tried.value.sessionId) await signOutContact(scene, contact.sessionId);
  return back(c, "phone");
});

// ——— Leaving ———

async function leavePage(c: AppContext, bidder: BidderActor, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const { tender, scheme, lots } = await readCorner(c, bidder);
  const errors = fieldErrors(problem, lang);
  const here = leaveHref(scene.community.slug, tender.number);
  return c.html(
    <CornerSubpage c={c} tender={tender} title={t("退出标段", "Leave a lot")} here={here} problem={problem}>
      <p class="lead">
        {t(
          "退出的标段，已交的密封投标同时撤回，不会开启（《招标投标法》第二十九条）。全部勾选就是退出这次选聘。截止以前可以再加入、重新投标。",
          "What you sealed for a lot is taken back with it and never opened (Tendering Law, art. 29). Tick all to leave the tender. Until the closing you may come back and bid anew.",
        )}
      </p>
      {lots.length === 0 ? (
        <EmptyState title={t("您不在任何标段里", "You are in no lot")} action={<BackLink c={c} tender={tender} />} />
      ) : (
        <Form action={here} token={formToken}>
          <ErrorSummary t={t} errors={errors} title={t("没有退出", "Not left")} />
          <CheckboxGroup
            name="leave"
            legend={t("退出哪些标段", "Which lots do you leave")}
            error={errorFor(errors, "leave")}
            options={lotOptions({ ...scheme, lots })}
          />
          <Actions>
            <Button look="danger">{t("退出并撤回投标", "Leave, and take the bids back")}</Button>
            <BackLink c={c} tender={tender} />
          </Actions>
        </Form>
      )}
    </CornerSubpage>,
    (problem?.status ?? 200) as 422,
  );
}

correctionPages.get("/tenders/:number/bidder/leave", requiresBidder, async (c) =>
  leavePage(c, (await findSignedInBidder(c))!),
);
correctionPages.post("/tenders/:number/bidder/leave", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const lots = several(await c.req.parseBody({ all: true }), "leave").map(Number);
  const left = await leaveLots(c.var.scene, bidder, lots);
  if (!left.ok) return leavePage(c, bidder, leaveProblem(left.error));
  return back(c, "left");
});
