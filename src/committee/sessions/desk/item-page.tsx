/** One item of a meeting at the desk: its text, what it is in law, what it rests on. Markup and one form. */
import { Hono } from "hono";
import { isMatter, MATTERS, type Matter } from "../../../assembly/rules.ts";
import { dayOf } from "../../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Field, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Details } from "../../../platform/ui/notices.tsx";
import { deskAuthorisationsHref, deskSessionHref, readNumber } from "../../addresses.ts";
import { authorisationState } from "../../delegation/actions.ts";
import { listUsableAuthorisations } from "../../delegation/store.ts";
import { CARETAKER_MATTERS, type CaretakerMatter } from "../../standing/rules.ts";
import { removeItem, saveItem } from "../drafting.ts";
import { resolutionNumber } from "../minutes/rules.ts";
import { sessionProblem } from "../problems.ts";
import type { SessionView } from "../reading.ts";
import { listResolutions } from "../resolutions/store.ts";
import { LONGEST_TEXT, LONGEST_TITLE, type SessionItem } from "../rules.ts";
import { crumbs, fieldErrors, hands, keyOf, versionIn, viewOf, wholeProblem } from "./frame.tsx";

export const sessionItemPages = new Hono<AppEnv>();
const RECENT = 30;

const isCaretaker = (text: string): text is CaretakerMatter => Object.hasOwn(CARETAKER_MATTERS, text);

/** The item a form makes. An unknown matter stays out of range, where the rules find it. */
function itemIn(body: FormBody, itemNo: number): SessionItem {
  const matter = Number(one(body, "matter") || "0");
  const caretaker = one(body, "caretakerMatter");
  return {
    itemNo,
    title: one(body, "title").trim(),
    text: one(body, "text").replace(/\r\n/g, "\n").trim(),
    matter: (matter === 0 || isMatter(matter) ? matter : 99) as 0 | Matter,
    authorisationId: matter === 0 ? "" : one(body, "authorisationId"),
    caretakerMatter: isCaretaker(caretaker) ? caretaker : "",
    corrects: one(body, "corrects"),
  };
}

async function itemPage(
  c: AppContext,
  view: SessionView,
  itemNo: number,
  typed?: { problem: Problem; item: SessionItem },
) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const [authorisations, resolutions] = await scene.db.read(
    listUsableAuthorisations(scene, dayOf(now), view.row.sessionId),
    listResolutions(scene, { limit: RECENT, offset: 0 }),
  );
  const here = `${deskSessionHref(slug, view.row.number)}/items/${itemNo}`;
  const item = typed?.item ?? view.items.find((one) => one.itemNo === itemNo);
  const isNew = !view.items.some((one) => one.itemNo === itemNo);
  const errors = fieldErrors(typed?.problem, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("议题", "Item")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c, view)}
    >
      <h1>{isNew ? t("加一项议题", "Add an item") : t(`第${itemNo}项议题`, `Item ${itemNo}`)}</h1>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Form action={here} token={formToken} hidden={{ version: String(view.row.version) }}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="title"
          label={t("题目", "Title")}
          value={item?.title}
          maxlength={LONGEST_TITLE}
          error={errorFor(errors, "title")}
        />
        <TextArea
          name="text"
          label={t("内容：要决定什么", "What is to be decided")}
          hint={t(
            "通过以后，这段文字就是决议的原文，写入公开记录。不要写个人电话、住址、证件号。",
            "When carried, this is the text of the resolution and stands in the public record. No phone numbers, addresses or ID numbers.",
          )}
          rows={8}
          value={item?.text}
          maxlength={LONGEST_TEXT}
          error={errorFor(errors, "text")}
        />
        <Select
          name="matter"
          label={t("是不是应由业主共同决定的事项", "Is it a matter for the owners to decide?")}
          hint={t(
            "《民法典》第二百七十八条列出的九类事项由业主表决。业委会只有在业主大会授权的范围内才能决定。",
            "The nine matters of Civil Code art. 278 are the owners'. The committee decides them only as far as it was authorised.",
          )}
          value={String(item?.matter ?? 0)}
          error={errorFor(errors, "matter")}
          options={[
            { value: "0", label: t("不是，属于业委会的日常工作", "No, it is the committee's own work") },
            ...MATTERS.map(({ matter, zh, en }) => ({
              value: String(matter),
              label: t(`（${matter}）${zh}`, `(${matter}) ${en}`),
            })),
          ]}
        />
        <Select
          name="authorisationId"
          label={t("依据哪一项授权", "Under which authorisation")}
          hint={
            authorisations.length === 0
              ? t("还没有登记过业主大会的授权。", "No authorisation by the owners is on record.")
              : t("选了上面九类之一时必填。", "Needed where one of the nine is chosen above.")
          }
          optional={t("日常工作不填", "not for the committee's own work")}
          prompt={t("没有授权", "None")}
          value={item?.authorisationId}
          error={errorFor(errors, "authorisationId")}
          options={authorisations
            .filter((one) => authorisationState(one, dayOf(now)) !== "over")
            .map((one) => ({
              value: one.authorisationId,
              label: t(
                `${one.meetingTitle}第${one.itemNo}项：${one.scope.slice(0, 40)}（至${sayDay(one.lastOn, "zh")}）`,
                `${one.meetingTitle}, item ${one.itemNo}: ${one.scope.slice(0, 40)} (until ${sayDay(one.lastOn, "en")})`,
              ),
            }))}
        />
        <Details
          summary={t("更多：换届期间、更正决议", "More: re-election, corrections")}
          open={item ? item.caretakerMatter !== "" || item.corrects !== "" : false}
        >
          <Select
            name="caretakerMatter"
            label={t("换届期间可能不能决定的事项", "What may be barred during re-election")}
            optional={t("选填", "optional")}
            prompt={t("都不是", "None of these")}
            value={item?.caretakerMatter}
            options={Object.entries(CARETAKER_MATTERS).map(([value, words]) => ({ value, label: pick(words, lang) }))}
          />
          <Select
            name="corrects"
            label={t("更正哪一项决议", "Which resolution it corrects")}
            hint={t("原来的决议不改动，两项互相注明。", "The earlier one stays as it is; each names the other.")}
            optional={t("选填", "optional")}
            prompt={t("不更正", "None")}
            value={item?.corrects}
            error={errorFor(errors, "corrects")}
            options={resolutions.map(({ resolutionId, year, number, title }) => ({
              value: resolutionId,
              label: `${resolutionNumber(year, number)} ${title}`,
            }))}
          />
        </Details>
        <Actions>
          <Button>{t("保存议题", "Save the item")}</Button>
          {isNew ? null : (
            <Button look="quiet" formaction={`${here}/remove`}>
              {t("去掉这一项", "Take it off")}
            </Button>
          )}
          <ButtonLink look="quiet" href={deskAuthorisationsHref(slug)}>
            {t("业主大会的授权", "Authorisations")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

sessionItemPages.get("/desk/committee/meetings/:number/items/:itemNo", hands, async (c) => {
  const itemNo = readNumber(c.req.param("itemNo"));
  const view = await viewOf(c);
  if (!view || itemNo === null || itemNo > view.items.length + 1) return c.notFound();
  return itemPage(c, view, itemNo);
});

sessionItemPages.post("/desk/committee/meetings/:number/items/:itemNo", hands, async (c) => {
  const key = keyOf(c);
  const itemNo = readNumber(c.req.param("itemNo"));
  if (key === null || itemNo === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const item = itemIn(body, itemNo);
  const saved = await saveItem(staffScene(c), key, versionIn(body), item);
  const view = await viewOf(c);
  if (!view) return c.notFound();
  if (!saved.ok) return itemPage(c, view, itemNo, { problem: sessionProblem(saved.error), item });
  return c.redirect(`${deskSessionHref(c.var.scene.community.slug, view.row.number)}?done=item`, 303);
});

sessionItemPages.post("/desk/committee/meetings/:number/items/:itemNo/remove", hands, async (c) => {
  const key = keyOf(c);
  const itemNo = readNumber(c.req.param("itemNo"));
  if (key === null || itemNo === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const removed = await removeItem(staffScene(c), key, versionIn(body), itemNo);
  const view = await viewOf(c);
  if (!view) return c.notFound();
  if (!removed.ok && removed.error.reason !== "unknown_item")
    return itemPage(c, view, itemNo, { problem: sessionProblem(removed.error), item: itemIn(body, itemNo) });
  return c.redirect(`${deskSessionHref(c.var.scene.community.slug, view.row.number)}?done=item`, 303);
});
