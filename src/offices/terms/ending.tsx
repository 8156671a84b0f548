/** Recording that someone leaves office: the form, shown once more to be checked, then written. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { END_WORDS } from "../words.ts";
import { type Ending, endTenure, type Holder, holderOf } from "./actions.ts";
import { saySpanOfOffice } from "./pages.tsx";
import { ACT_MISSING, crumbs, deskOf, manages, switchOf } from "./place.ts";
import { termsProblem } from "./problems.ts";
import { END_KINDS, type EndKind, isEndKind, mayEnd } from "./rules.ts";
import { findTenure } from "./store.ts";

/** Acts that are recorded here; moving up from alternate ends that place in the act itself. */
const BY_HAND = END_KINDS.filter((kind) => kind !== "moved_up");

export const endingPages = new Hono<AppEnv>();

type EndForm = { readonly endsOn: string; readonly act: string; readonly document: string };

function endPage(
  c: AppContext,
  holder: Holder,
  given: EndForm,
  once: string,
  step: "edit" | "review",
  problem?: Problem,
) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const action = `${deskOf(c)}/end/${holder.tenureId}`;
  const isReview = step === "review";
  return (
    <Page
      {...frameOf(c, "staff")}
      title={t("登记离任", "Record leaving")}
      breadcrumb={crumbs(c, true)}
      switchHref={switchOf(c)}
    >
      <h1>
        {isReview
          ? t("请核对，确认后写入公开记录", "Check it; then it enters the public record")
          : t("登记离任", "Record leaving")}
      </h1>
      <WholeRefusal c={c} problem={problem} />
      <FactList>
        <Fact label={t("姓名", "Name")}>{holder.name}</Fact>
        <Fact label={t("职务", "Post")}>
          {pick(holder.body, lang)} {pick(holder.title, lang)}
        </Fact>
        <Fact label={t("任期", "Term")}>{saySpanOfOffice(c, holder)}</Fact>
        {isReview && isEndKind(given.act) ? (
          <>
            <Fact label={t("自哪天起不再任职", "Not in office from")}>{sayDay(given.endsOn, lang)}</Fact>
            <Fact label={t("原因", "Why")}>{pick(END_WORDS[given.act], lang)}</Fact>
            <Fact label={t("依据", "Document")}>{given.document}</Fact>
          </>
        ) : null}
      </FactList>
      {isReview ? (
        <Form action={action} token={formToken} once={once} hidden={{ ...given }}>
          <Callout tone="warn">
            <p>
              {t(
                "从这一天 0 点起，此人因该职务而有的权限全部停止。结束日期只能提前，不能推后。",
                "From 00:00 of that day every permission of this post stops. The end can be brought forward, never put off.",
              )}
            </p>
          </Callout>
          <Actions>
            <Button look="danger" name="step" value="confirm">
              {t("确认离任", "Record leaving")}
            </Button>
            <Button look="quiet" name="step" value="edit">
              {t("返回修改", "Change something")}
            </Button>
          </Actions>
        </Form>
      ) : (
        <Form action={action} token={formToken} once={once}>
          <ErrorSummary t={t} errors={errors} />
          <DateTimeField
            kind="date"
            name="endsOn"
            label={t("自哪天起不再任职", "Not in office from")}
            hint={t("选今天，权限今天就停止", "Today: the permissions stop today")}
            value={given.endsOn}
            error={errorFor(errors, "endsOn")}
          />
          <Select
            name="act"
            label={t("原因", "Why")}
            prompt={t("请选择", "Choose")}
            value={given.act}
            error={errorFor(errors, "act")}
            options={BY_HAND.map((kind: EndKind) => ({ value: kind, label: pick(END_WORDS[kind], lang) }))}
          />
          <Field
            name="document"
            label={t("依据的文件或决议", "Document or decision")}
            hint={t("公开显示，请不要写身份证号和电话", "Public: no identity or phone numbers")}
            value={given.document}
            error={errorFor(errors, "document")}
          />
          <Actions>
            <Button name="step" value="review">
              {t("下一步：核对", "Next: check")}
            </Button>
            <ButtonLink look="quiet" href={deskOf(c)}>
              {t("取消", "Cancel")}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </Page>
  );
}

async function findHolder(c: AppContext): Promise<Holder | null> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findTenure(scene, c.req.param("tenureId") ?? ""));
  return rows[0] ? holderOf(scene, rows[0]) : null;
}

endingPages.get("/desk/offices/end/:tenureId", manages, async (c) => {
  const holder = await findHolder(c);
  if (!holder) return problemResponse(c, NOT_FOUND);
  return c.html(endPage(c, holder, { endsOn: dayOf(c.var.now), act: "", document: "" }, newOnce(), "edit"));
});

endingPages.post("/desk/offices/end/:tenureId", manages, async (c) => {
  const holder = await findHolder(c);
  if (!holder) return problemResponse(c, NOT_FOUND);
  const { step, _once, ...given } = await textOf(c, "endsOn", "act", "document", "step");
  const once = _once || newOnce();
  if (step === "edit") return c.html(endPage(c, holder, given, once, "edit"));
  if (!isEndKind(given.act)) return c.html(endPage(c, holder, given, once, "edit", ACT_MISSING), 422);
  if (step === "confirm") {
    const asked: Ending = { tenureId: holder.tenureId, endsOn: given.endsOn, document: given.document, act: given.act };
    const done = await endTenure(staffScene(c), asked, once);
    if (done.ok) return c.redirect(`${deskOf(c)}?done=${done.value.tenureId}`, 303);
    const problem = termsProblem(done.error);
    return c.html(endPage(c, holder, given, once, "edit", problem), problem.status);
  }
  const may = mayEnd(holder, given);
  if (!may.ok) {
    const problem = termsProblem(may.error);
    return c.html(endPage(c, holder, given, once, "edit", problem), problem.status);
  }
  return c.html(endPage(c, holder, given, once, "review"));
});
