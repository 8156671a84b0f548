/** How the office is reached, at the desk: one form. Markup only. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { deskCommitteeHref } from "../addresses.ts";
import { crumbs, fieldErrors, wholeProblem } from "../sessions/desk/frame.tsx";
import { saveContact } from "./actions.ts";
import { contactProblem } from "./problems.ts";
import { type Contact, LONGEST_LINE } from "./rules.ts";
import { contactOf, findContact } from "./store.ts";

export const contactPages = new Hono<AppEnv>();
const records = requires("committee.record", "committee.publish");

function page(c: AppContext, contact: Contact, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskCommitteeHref(scene.community.slug)}/contact`;
  const errors = fieldErrors(problem, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("联系业委会", "Contact")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c).slice(0, 2)}
    >
      <h1>{t("业主怎样联系业委会", "How owners reach the committee")}</h1>
      <p class="lead">
        {t(
          "公开页面上只写办公室的电话、地点和时间，不写任何人的私人号码。",
          "The public page has the office's number, place and hours, and nobody's private number.",
        )}
      </p>
      <Refused c={c} problem={wholeProblem(problem)} />
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <Form action={here} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="phone"
          type="tel"
          label={t("办公电话", "Office telephone")}
          hint="023-41420000"
          width={20}
          value={contact.phone}
          maxlength={LONGEST_LINE}
          optional={t("选填", "optional")}
          error={errorFor(errors, "phone")}
        />
        <Field
          name="place"
          label={t("办公地点", "Where the office is")}
          value={contact.place}
          maxlength={LONGEST_LINE}
          optional={t("选填", "optional")}
          error={errorFor(errors, "place")}
        />
        <Field
          name="hours"
          label={t("什么时候有人", "When somebody is there")}
          hint={t("例如：每周三19:00—21:00", "Such as: Wednesdays 19:00–21:00")}
          value={contact.hours}
          maxlength={LONGEST_LINE}
          optional={t("选填", "optional")}
          error={errorFor(errors, "hours")}
        />
        <Actions>
          <Button>{t("保存", "Save")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

contactPages.get("/desk/committee/contact", records, async (c) => {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findContact(scene));
  return page(c, contactOf(rows));
});

contactPages.post("/desk/committee/contact", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const asked = { phone: one(body, "phone"), place: one(body, "place"), hours: one(body, "hours") };
  const saved = await saveContact(staffScene(c), asked);
  if (!saved.ok) return page(c, asked, contactProblem(saved.error));
  return c.redirect(`${deskCommitteeHref(c.var.scene.community.slug)}/contact?done=1`, 303);
});
