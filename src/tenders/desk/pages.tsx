/** Tenders at the desk: the list, a new one, and one tender with what can be done now, by whom, and for the rest why not yet. */

import { Hono } from "hono";
import { joined } from "../../assembly/public/announcing.ts";
import { pageAsked } from "../../assembly/public/frame.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { MatterActs } from "../../platform/matter.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { deskTenderHref, deskTendersHref, tenderHref } from "../addresses.ts";
import { tenderProblem } from "../problems.ts";
import { TenderCourse, TenderNext } from "../public/course.tsx";
import { TenderStatus, tenderItem } from "../public/pages.tsx";
import { tenderActs } from "../public/sections.ts";
import { draftTender, schemeOf } from "../scheme/actions.ts";
import { Faults } from "../scheme/faults.tsx";
import { LONGEST_TITLE } from "../scheme/form.ts";
import { MODES, type Mode, SERVICES } from "../scheme/rules.ts";
import { SchemeWords } from "../scheme/section.tsx";
import type { Begun } from "../scheme/template.ts";
import { countTenders, findScheme, findTender, listTenders } from "../store.ts";
import { MODE_WORDS, SERVICE_WORDS } from "../words.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf } from "./frame.tsx";

/** Mounted under /c/:slug. */
export const tenderDeskPages = new Hono<AppEnv>();

const reads = requires("tender.read", "tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const A_PAGE = 20;

tenderDeskPages.get("/desk/tenders", reads, async (c) => {
  const { t, scene, actor } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows] = await scene.db.read(
    countTenders(scene),
    listTenders(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const begin = actor.permissions.has("tender.draft") ? (
    <ButtonLink href={`${deskTendersHref(slug)}/new`}>{t("起草选聘方案", "Draft a scheme")}</ButtonLink>
  ) : undefined;
  return c.html(
    <TenderDesk c={c} row={null} path="" title={t("选聘物业服务", "Tenders")}>
      <LinkList
        items={rows.map((row) => ({ ...tenderItem(row, c), href: deskTenderHref(slug, row.number) }))}
        empty={
          <EmptyState title={t("还没有选聘", "No tender yet")} action={begin}>
            {t(
              "先起草方案：要哪些服务、什么标准、怎么评分；再由业主决定，然后公告、投标、开标、评审。",
              "First a scheme: which services, to what standard, how offers are compared. Then the owners decide, and it is announced, bid for, opened and scored.",
            )}
          </EmptyState>
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {begin && rows.length > 0 ? <Actions>{begin}</Actions> : null}
      <p>
        <a href={`${deskTendersHref(slug)}/settings`}>{t("选聘的规则", "The rules of tenders")}</a>
      </p>
    </TenderDesk>,
  );
});

// ——— A new one ———

tenderDeskPages.get("/desk/tenders/new", drafts, (c) =>
  beginPage(c, { title: "", mode: "items", reasons: "", services: [] }),
);

function beginPage(c: AppContext, typed: Begun, refused?: { readonly problem: Problem; readonly once: string }) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const errors = problemErrors(c, refused?.problem);
  return c.html(
    <TenderDesk c={c} row={null} path="/new" title={t("起草选聘方案", "Draft a scheme")} problem={refused?.problem}>
      <p class="lead">
        {t(
          "先定服务模式。系统按所选的服务准备好常用的标段和评分项，之后逐项修改。",
          "First how the estate is to be served. The usual lots and criteria are prepared from it, to be changed one by one.",
        )}
      </p>
      <Form action={`${deskTendersHref(slug)}/new`} token={formToken} once={refused?.once ?? newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="title"
          label={t("名称", "Title")}
          hint={t("例如：2027年度保洁、绿化选聘", "Such as: cleaning and greening for 2027")}
          value={typed.title}
          maxlength={LONGEST_TITLE}
          error={errorFor(errors, "title")}
        />
        <RadioGroup
          name="mode"
          legend={t("服务模式", "How the estate is served")}
          value={typed.mode}
          error={errorFor(errors, "mode")}
          options={MODES.map((mode) => ({
            value: mode,
            label: pick(MODE_WORDS[mode].name, lang),
            hint: pick(MODE_WORDS[mode].hint, lang),
          }))}
        />
        <CheckboxGroup
          name="services"
          legend={t("要选聘的服务（整体外包不用选）", "Services to be given out (not for the whole)")}
          values={typed.services}
          error={errorFor(errors, "services")}
          options={SERVICES.filter((one) => one !== "whole").map((service) => ({
            value: service,
            label: pick(SERVICE_WORDS[service], lang),
          }))}
        />
        <TextArea
          name="reasons"
          label={t("为什么这样选", "Why")}
          hint={t("业主会看到，不要写个人姓名。", "The owners read it; name nobody.")}
          rows={4}
          value={typed.reasons}
          optional={t("可以以后再填", "may be filled in later")}
        />
        <Actions>
          <Button>{t("开始起草", "Begin")}</Button>
          <ButtonLink look="quiet" href={deskTendersHref(slug)}>
            {t("先不起草", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (refused?.problem.status ?? 200) as 422,
  );
}

tenderDeskPages.post("/desk/tenders/new", drafts, async (c) => {
  const { scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const ticked = several(body, "services");
  const asked: Begun = {
    title: one(body, "title"),
    mode: one(body, "mode") as Mode,
    reasons: one(body, "reasons").trim(),
    services: SERVICES.filter((service) => ticked.includes(service)),
  };
  const once = one(body, "_once");
  const drafted = await draftTender(staffScene(c), asked, once);
  if (!drafted.ok) return beginPage(c, asked, { problem: tenderProblem(drafted.error), once });
  const [rows] = await scene.db.read(findTender(scene, drafted.value.tenderId));
  return c.redirect(`${deskTenderHref(scene.community.slug, rows[0]?.number ?? 1)}?done=1`, 303);
});

// ——— One tender ———

tenderDeskPages.get("/desk/tenders/:number", reads, async (c) => {
  const { t, scene, now } = c.var;
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const parts = joined(tenderActs(), ({ queries }) => queries(scene, key));
  const [rows, schemes, ...added] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    ...parts.queries,
  );
  const [row, written] = [rows[0], schemes[0]];
  if (!row || !written) return c.notFound();
  const scheme = schemeOf(written);
  const acts = parts.withRows(added).flatMap(([{ actsOf }, own]) => actsOf(row, scheme, own, now));
  return c.html(
    <TenderDesk c={c} row={row} path="" title={row.title} done={t("已记录", "Recorded")}>
      <p>
        <TenderStatus c={c} row={row} />
      </p>
      <TenderNext c={c} row={row} />
      {row.state === "draft" ? <Faults c={c} row={row} scheme={scheme} /> : null}
      <MatterActs c={c} acts={acts} base={tenderBaseOf(c, row)} />
      <h2>{t("选聘进程", "Course of the tender")}</h2>
      <TenderCourse c={c} row={row} />
      <h2>{t("选聘方案", "The scheme")}</h2>
      <SchemeWords c={c} scheme={scheme} />
      {row.decidedAt === null ? null : (
        <p>
          <a href={tenderHref(scene.community.slug, row.number)}>{t("业主看到的选聘页面", "The page owners see")}</a>
        </p>
      )}
    </TenderDesk>,
  );
});
