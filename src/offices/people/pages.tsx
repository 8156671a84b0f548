/** Changing the number someone signs in with. */
import { Hono } from "hono";
import type { PersonId } from "../../kernel/id.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { fieldErrors, missing, textOf, WholeRefusal } from "../forms.tsx";
import { crumbs, deskOf, manages, switchOf } from "../terms/place.ts";
import { termsProblem } from "../terms/problems.ts";
import { changePhone } from "./actions.ts";
import { findPerson, openName } from "./store.ts";

export const numberPages = new Hono<AppEnv>();

async function numberPage(
  c: AppContext,
  person: { name: string; phoneMasked: string },
  given: string,
  problem?: Problem,
) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("更换登录号码", "Change a number")}
      breadcrumb={crumbs(c, true)}
      switchHref={switchOf(c)}
    >
      <h1>{t("更换登录号码", "Change a number")}</h1>
      <WholeRefusal c={c} problem={problem} />
      <FactList>
        <Fact label={t("姓名", "Name")}>{person.name}</Fact>
        <Fact label={t("现在的号码", "Number now")}>{person.phoneMasked}</Fact>
      </FactList>
      <Callout tone="warn">
        <p>
          {t(
            "更换后，此人所有登录立即退出，旧号码会收到提醒，公开记录会写明这些任职的登录号码已更换。有表决、资金或任职权限的人和业委会委员，要由本人凭旧号码的验证码、或由第二位任职登记人确认后才生效。",
            "The person is signed out everywhere, the old number is told, and the public record says that the number of these offices was changed. For a post with power over votes, money or offices, or in the committee, it takes effect only when the person confirms it with a code sent to the old number, or a second officer does.",
          )}
        </p>
      </Callout>
      <Form action={c.req.path} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="phone"
          type="tel"
          inputmode="tel"
          width={20}
          label={t("新手机号", "New number")}
          value={given}
          error={errorFor(errors, "phone")}
        />
        <Confirm
          name="checked"
          label={t("我已当面向本人核实", "I have checked this with the person face to face")}
          error={errorFor(errors, "checked")}
        />
        <Actions>
          <Button look="danger">{t("更换号码", "Change the number")}</Button>
          <ButtonLink look="quiet" href={deskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

const NOT_CHECKED = missing("checked", {
  zh: "请先向本人核实，再勾选",
  en: "Check it with the person first, then tick",
});

async function personOf(c: AppContext): Promise<{ personId: PersonId; name: string; phoneMasked: string } | null> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findPerson(scene, c.req.param("personId") ?? ""));
  const row = rows[0];
  return row ? { personId: row.personId, name: await openName(scene, row), phoneMasked: row.phoneMasked } : null;
}

numberPages.get("/desk/offices/number/:personId", manages, async (c) => {
  const person = await personOf(c);
  return person ? c.html(await numberPage(c, person, "")) : problemResponse(c, NOT_FOUND);
});

numberPages.post("/desk/offices/number/:personId", manages, async (c) => {
  const person = await personOf(c);
  if (!person) return problemResponse(c, NOT_FOUND);
  const { phone, checked } = await textOf(c, "phone", "checked");
  if (checked === "") return c.html(await numberPage(c, person, phone, NOT_CHECKED), 422);
  const done = await changePhone(staffScene(c), person.personId, phone);
  if (done.ok) {
    const { proposalId } = done.value;
    return c.redirect(proposalId === null ? `${deskOf(c)}?done=number` : `${deskOf(c)}/pending/${proposalId}`, 303);
  }
  const problem = termsProblem(done.error);
  return c.html(await numberPage(c, person, phone, problem), problem.status);
});
