/** The form by which a company registers to bid. One page, no script; what was typed stays when something is wrong. */
import { Hono } from "hono";
import { fieldErrors, WholeRefusal } from "../../offices/forms.tsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { several } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { readTenderNumber, tenderHref } from "../addresses.ts";
import { takesBids } from "../rules.ts";
import type { Scheme } from "../scheme/rules.ts";
import { byTenderNumber, type TenderRow } from "../store.ts";
import { readAnnounced, registerBidder } from "./actions.ts";
import { bidderHref, registerHref } from "./addresses.ts";
import { CompanyFields, companyTyped } from "./company-fields.tsx";
import { registerProblem } from "./problems.ts";
import { DECLARATIONS, type TypedRegistration } from "./rules.ts";
import { findContact, requiresContact } from "./session.ts";
import { tenderCrumbs } from "./signin.tsx";
import { DECLARATION_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const registerPages = new Hono<AppEnv>();

const EMPTY: TypedRegistration = {
  name: "",
  code: "",
  representativeName: "",
  representativeNumber: "",
  controller: "",
  controllerName: "",
  controllerNumber: "",
  contactName: "",
  lots: [],
  incumbent: "",
  declarations: [],
};

const lotOptions = (scheme: Scheme) =>
  scheme.lots.map(({ lotNo, title, scope }) => ({
    value: String(lotNo),
    label: `${lotNo}. ${title}`,
    hint: scope,
  }));

export { lotOptions };

async function page(
  c: AppContext,
  { tender, scheme }: { readonly tender: TenderRow; readonly scheme: Scheme },
  typed: TypedRegistration,
  problem?: Problem,
) {
  const { t, lang, formToken, scene, now } = c.var;
  const { slug } = scene.community;
  const errors = fieldErrors(problem, lang);
  const contact = await findContact(c);
  const isOpen = takesBids(tender, now);
  const at = (name: string) => errorFor(errors, name);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("登记投标", "Register to bid")}
      breadcrumb={tenderCrumbs(c, tender)}
      switchHref={`${registerHref(slug, tender.number)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("登记投标", "Register to bid")}</h1>
      <WholeRefusal c={c} problem={problem} />
      {isOpen ? null : (
        <EmptyState
          title={t("现在不接受登记", "No registrations are taken now")}
          action={
            <ButtonLink href={tenderHref(slug, tender.number)}>{t("回到选聘公告", "Back to the tender")}</ButtonLink>
          }
        >
          {t("公告以后、投标截止以前可以登记。", "Companies register between the notice and the closing.")}
        </EmptyState>
      )}
      {isOpen && tender.closesAt !== null ? (
        <>
          <p class="lead">
            {t(
              `${sayDeadline(tender.closesAt, lang)}截止。登记以后再上传证照、加密投标，都在截止前完成。`,
              `Closes ${sayDeadline(tender.closesAt, lang)}. After registering you add your papers and seal your bid, all before the closing.`,
            )}
          </p>
          <p class="hint">
            {t(
              `联系手机号：${contact?.phoneMasked ?? ""}。开标以前，谁登记了、有几家登记，都不公开（《招标投标法》第二十二条）。人员的证件号加密保存，只用来比对利害关系。`,
              `Contact: ${contact?.phoneMasked ?? ""}. Until the opening nobody is told who registered (Tendering Law, art. 22). Identity numbers are kept encrypted and only compared for conflicts.`,
            )}
          </p>
          <Form action={registerHref(slug, tender.number)} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <h2>{t("企业", "The company")}</h2>
            <CompanyFields c={c} typed={typed} at={at} />
            <h2>{t("标段", "Lots")}</h2>
            <CheckboxGroup
              name="lots"
              legend={t("投哪些标段", "Which lots do you bid for")}
              hint={t("以后还可以增加。", "More can be added later.")}
              values={typed.lots}
              error={at("lots")}
              options={lotOptions(scheme)}
            />
            <h2>{t("声明", "Declarations")}</h2>
            <CheckboxGroup
              name="declarations"
              legend={t("逐条勾选", "Tick each of them")}
              hint={t(
                "虚假声明的，投标无效，并可能列入禁入名单。",
                "A false one makes the bid void and may bar the company.",
              )}
              values={typed.declarations}
              error={at("declarations")}
              options={DECLARATIONS.map((value) => ({ value, label: DECLARATION_WORDS[value][lang] }))}
            />
            <Actions>
              <Button>{t("登记", "Register")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

const tenderHere = async (c: AppContext) => {
  const number = readTenderNumber(c.req.param("number"));
  return number ? readAnnounced(c.var.scene, byTenderNumber(c.var.scene, number)) : null;
};

registerPages.get("/tenders/:number/register", requiresContact, async (c) => {
  const contact = await findContact(c);
  const read = await tenderHere(c);
  if (!read) return c.notFound();
  if (contact?.bidder) return c.redirect(bidderHref(c.var.scene.community.slug, read.tender.number), 303);
  return page(c, read, EMPTY);
});

registerPages.post("/tenders/:number/register", requiresContact, async (c) => {
  const { scene } = c.var;
  const contact = await findContact(c);
  const read = await tenderHere(c);
  if (!read || !contact) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed: TypedRegistration = {
    ...companyTyped(body),
    lots: several(body, "lots"),
    declarations: several(body, "declarations"),
  };
  const made = await registerBidder(scene, contact.contactId, read.tender.tenderId, typed);
  if (!made.ok) return page(c, read, typed, registerProblem(made.error));
  return c.redirect(`${bidderHref(scene.community.slug, read.tender.number)}?done=registered`, 303);
});
