/** Recording the committee that sits already, at the desk: one form, for an estate that came here with one. Markup only. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { committeeHref, deskHref, deskMandateHref } from "../addresses.ts";
import { isInOffice, readCommittee } from "../seated/actions.ts";
import { fieldErrors, wholeProblem } from "../sessions/desk/frame.tsx";
import { recordMandate } from "./actions.ts";
import { mandateProblem } from "./problems.ts";

export const mandatePages = new Hono<AppEnv>();
const manages = requires("offices.manage");
const FIELDS = ["number", "seats", "fromOn", "lastOn", "document"] as const;

async function page(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly values: Readonly<Record<string, string>> },
) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const { mandate } = await readCommittee(scene);
  const errors = fieldErrors(typed?.problem, lang);
  const value = (name: string): string => typed?.values[name] ?? "";
  const running = isInOffice(mandate, now);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登记本届业委会", "Record the committee in office")}
      switchHref={`${deskMandateHref(slug)}?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: deskHref(slug), label: t("工作台", "Desk") }]}
    >
      <h1>{t("登记本届业委会", "Record the committee in office")}</h1>
      {running ? (
        <Callout tone="good" title={t(`第${mandate.number}届已经登记`, `No. ${mandate.number} is recorded`)}>
          <p>
            {t("下一届由选举产生，不在这里登记。", "The next one follows from an election and is not recorded here.")}{" "}
            <a href={committeeHref(slug)}>{t("看业委会页面", "See the committee's page")}</a>
          </p>
        </Callout>
      ) : (
        <>
          <p class="lead">
            {t(
              "来到这里以前已经选出的业委会，登记一次：第几届、几个席位、任期到哪天。以后的各届由选举自动登记。成员在“任职登记”里登记。",
              "A committee that was elected before the estate came here is recorded once: which one, its seats, its term. Later ones follow from elections. Members are entered under offices.",
            )}
          </p>
          <Refused c={c} problem={wholeProblem(typed?.problem)} />
          <Form action={deskMandateHref(slug)} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="number"
              label={t("第几届", "Which committee")}
              hint="2"
              inputmode="numeric"
              width={4}
              value={value("number")}
              error={errorFor(errors, "number")}
            />
            <Field
              name="seats"
              label={t("委员席位", "Seats")}
              hint={t(
                "选举时定的席位，空缺也算在内，应为单数。",
                "As the election set them, vacant ones included; an odd number.",
              )}
              inputmode="numeric"
              width={4}
              value={value("seats")}
              error={errorFor(errors, "seats")}
            />
            <DateTimeField
              kind="date"
              name="fromOn"
              label={t("任期从哪天起", "Term from")}
              value={value("fromOn")}
              error={errorFor(errors, "fromOn")}
            />
            <DateTimeField
              kind="date"
              name="lastOn"
              label={t("到哪天止", "Until")}
              value={value("lastOn")}
              error={errorFor(errors, "lastOn")}
            />
            <Field
              name="document"
              label={t("由哪份决定或公告产生", "By which decision or notice")}
              value={value("document")}
              maxlength={200}
              error={errorFor(errors, "document")}
            />
            <Actions>
              <Button>{t("登记", "Record")}</Button>
              <ButtonLink look="quiet" href={`${deskHref(slug)}/offices`}>
                {t("任职登记", "Offices")}
              </ButtonLink>
            </Actions>
          </Form>
        </>
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

mandatePages.get("/desk/committee/mandate", manages, (c) => page(c));

mandatePages.post("/desk/committee/mandate", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(FIELDS.map((name) => [name, one(body, name)])) as Record<
    (typeof FIELDS)[number],
    string
  >;
  const recorded = await recordMandate(staffScene(c), values);
  if (!recorded.ok) return page(c, { problem: mandateProblem(recorded.error), values });
  return c.redirect(committeeHref(c.var.scene.community.slug), 303);
});
