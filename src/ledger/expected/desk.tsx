/** Expected, booked and at the bank at the desk, with the form that says in public why they differ. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { fieldErrors } from "../assets/desk.tsx";
import { readPeriod } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { type Period, periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { compareMonth, explainGap, type MonthCompared } from "./actions.ts";
import { deskExpectedHref, expectedHref } from "./addresses.ts";
import { expectedProblem } from "./problems.ts";
import { hasGap, LONGEST_REASON } from "./rules.ts";
import { BankReach, before, ComparisonTable, nameOf } from "./shown.tsx";

/** Mounted at /c/:slug. */
export const deskExpectedRoutes = new Hono<AppEnv>();

deskExpectedRoutes.get("/desk/ledger/expected/:period", requires("ledger.read"), async (c) => {
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(c.var.now))) return c.notFound();
  return deskPage(c, period, await compareMonth(c.var.scene, period));
});

function deskPage(
  c: AppContext,
  period: Period,
  { rows, notes, bank }: MonthCompared,
  refused?: { readonly problem: Problem; readonly account: string; readonly text: string },
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const here = deskExpectedHref(slug, period);
  const gaps = rows.filter(hasGap);
  const errors = fieldErrors(refused?.problem, lang);
  const title = t(`应收与实收 ${monthWords(period).zh}`, `Expected and received, ${monthWords(period).en}`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已说明，并写入公开记录", "Said, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : refused?.problem} />
      <ComparisonTable c={c} period={period} rows={rows} notes={notes} />
      <BankReach c={c} period={period} bank={bank} />
      {gaps.length > 0 && actor.permissions.has("ledger.draft") ? (
        <Form action={here} token={formToken} once={newOnce()}>
          <h2>{t("说明差额", "Say why")}</h2>
          <ErrorSummary t={t} errors={errors} />
          <Select
            name="account"
            label={t("哪一项", "Which")}
            value={refused?.account ?? gaps[0]!.account}
            options={gaps.map(({ account }) => ({
              value: account,
              label: nameOf(account, lang),
            }))}
          />
          <Field
            name="text"
            label={t("原因（公开显示，不写个人信息）", "Why (public; no personal data)")}
            value={refused?.text ?? ""}
            error={errorFor(errors, "text")}
            maxlength={LONGEST_REASON}
          />
          <Actions>
            <Button>{t("公开说明", "Say it publicly")}</Button>
          </Actions>
        </Form>
      ) : null}
      <p>
        <a href={expectedHref(slug, period)}>{t("公开页", "Public page")}</a> ·{" "}
        <a href={deskExpectedHref(slug, before(period))}>{t("上一个月", "The month before")}</a>
      </p>
    </Page>,
    refused ? (refused.problem.status as 422) : 200,
  );
}

deskExpectedRoutes.post("/desk/ledger/expected/:period", requires("ledger.draft"), async (c) => {
  const period = readPeriod(c.req.param("period"));
  if (!period || period > periodOf(dayOf(c.var.now))) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { account: one(body, "account"), text: one(body, "text") };
  const scene = staffScene(c);
  const said = await explainGap(scene, { period, ...typed }, one(body, "_once") || newOnce());
  if (said.ok) return c.redirect(`${deskExpectedHref(scene.community.slug, period)}?done=1`, 303);
  return deskPage(c, period, await compareMonth(scene, period), { problem: expectedProblem(said.error), ...typed });
});
