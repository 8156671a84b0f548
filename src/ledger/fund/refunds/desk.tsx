/** Giving back the balance of a unit that was destroyed, at the desk. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { files, one } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { Field, FileField } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { fieldErrors } from "../../assets/desk.tsx";
import { deskVoucherHref } from "../../books/addresses.ts";
import { deskRefundHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { fileProblem, putPapers } from "../papers.ts";
import { LONGEST_REFUND_WORDS } from "../rules.ts";
import { findFundUnit } from "../store.ts";
import { refundUnit } from "./actions.ts";
import { refundProblem } from "./problems.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskRefundRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");

deskRefundRoutes.get("/desk/ledger/fund/refund/:unitId", drafts, (c) => refundPage(c, newOnce()));

async function refundPage(
  c: AppContext,
  once: string,
  problem?: Problem,
  typed: Readonly<Record<string, string>> = {},
) {
  const { t, lang, scene, now, formToken } = c.var;
  const unitId = c.req.param("unitId") ?? "";
  const [units] = await scene.db.read(findFundUnit(scene, unitId));
  const unit = units[0];
  if (!unit) return c.notFound();
  const errors = fieldErrors(problem, lang);
  const place = `${unit.building}${unit.entrance}${unit.room}`;
  const title = t(`${place}灭失，返还余额`, `${place} was destroyed: give back its balance`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskFundCrumbs(c)}
      switchHref={`${deskRefundHref(scene.community.slug, unitId)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "房屋灭失的，分户账里结存的维修资金返还业主（《住宅专项维修资金管理办法》第二十九条）。全部退还，由另一个人复核；入账以后这套房屋不再续交。",
          "What the account of a destroyed unit holds goes back to its owner (Measures, art. 29): all of it, reviewed by another person. After that nothing is asked of the unit.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <FactList>
        <Fact label={t("要返还的余额", "Balance to give back")}>
          {t(`${formatYuan(unit.balanceFen)}元`, `${formatYuan(unit.balanceFen)} yuan`)}
        </Fact>
      </FactList>
      {unit.balanceFen > 0 ? (
        <Form action={deskRefundHref(scene.community.slug, unitId)} token={formToken} once={once} files={true}>
          <ErrorSummary t={t} errors={errors} />
          <Field
            name="payee"
            label={t("退给谁", "To whom")}
            hint={t("灭失时的业主；公开页上只显示姓。", "The owner when it was lost; the public pages mask the name.")}
            value={typed.payee ?? ""}
            error={errorFor(errors, "payee")}
            maxlength={60}
          />
          <Field
            name="onDay"
            label={t("付款日期", "Day")}
            value={typed.onDay ?? dayOf(now)}
            error={errorFor(errors, "onDay")}
            width={11}
          />
          <Field
            name="words"
            label={t("灭失的原因（公开）", "How it was lost (public)")}
            value={typed.words ?? ""}
            error={errorFor(errors, "words")}
            maxlength={LONGEST_REFUND_WORDS}
          />
          <FileField
            name="files"
            label={t(
              "附件：注销登记、拆除或灭失证明，收款确认",
              "Files: the title struck off, proof of the loss, the payee's receipt",
            )}
            error={errorFor(errors, "files")}
            multiple={true}
          />
          <Actions>
            <Button>{t("填制返还凭证，交复核", "Draft the refund for review")}</Button>
          </Actions>
        </Form>
      ) : (
        <p>{t("没有余额，不用返还。", "There is nothing to give back.")}</p>
      )}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskRefundRoutes.post("/desk/ledger/fund/refund/:unitId", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const typed = {
    payee: one(body, "payee"),
    onDay: one(body, "onDay").normalize("NFKC").trim(),
    words: one(body, "words"),
  };
  const once = one(body, "_once") || newOnce();
  const papers = await putPapers(scene, files(body, "files"));
  if (papers.wrong) return refundPage(c, once, fileProblem(papers.wrong), typed);
  const asked = { ...typed, unitId: c.req.param("unitId") };
  const drafted = await refundUnit(scene, asked, papers.attachments, once, papers.statements);
  return drafted.ok
    ? c.redirect(`${deskVoucherHref(scene.community.slug, drafted.value.voucherId)}?done=1`, 303)
    : refundPage(c, once, refundProblem(drafted.error), typed);
});
