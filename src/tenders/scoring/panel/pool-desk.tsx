/** The pool of experts at the desk: who may be drawn, entering one, taking one out. Markup and forms only. */

import { Hono } from "hono";
import { pageAsked } from "../../../assembly/public/frame.tsx";
import { dayOf } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { newOnce } from "../../../platform/frame.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../../platform/ui/tables.tsx";
import { deskTendersHref } from "../../addresses.ts";
import { TenderDesk } from "../../desk/frame.tsx";
import { scoringProblem } from "../problems.ts";
import { addExpert, type ExpertAsked, retireExpert } from "./pool.ts";
import { countExperts, expertSeal, listExperts } from "./store.ts";

/** Mounted under /c/:slug, before the pages of one tender: "experts" is no number. */
export const poolDeskPages = new Hono<AppEnv>();
const reads = requires("tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const A_PAGE = 50;

// ——— The pool ———

export const poolHref = (slug: string): string => `${deskTendersHref(slug)}/experts`;

async function poolPage(
  c: AppContext,
  again?: { readonly problem: Problem; readonly typed: ExpertAsked; readonly once: string },
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const page = pageAsked(c);
  const [count, rows] = await scene.db.read(
    countExperts(scene),
    listExperts(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  const isDrafter = actor.permissions.has("tender.draft");
  const names = new Map(
    await Promise.all(
      rows.map(
        async ({ expertNo, nameSealed }) =>
          [expertNo, isDrafter ? await scene.keys.open(nameSealed, expertSeal(scene, expertNo)) : ""] as const,
      ),
    ),
  );
  const errors = problemErrors(c, again?.problem);
  const at = (name: keyof ExpertAsked) => ({
    name,
    value: again?.typed[name] ?? "",
    error: errorFor(errors, name),
    maxlength: 120,
  });
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path="/experts"
      title={t("专家库", "Pool of experts")}
      done={t("已记录", "Recorded")}
      problem={again?.problem}
    >
      <p class="lead">
        {t(
          "评审专家从这里抽取。姓名和手机号加密保存，只有录入的岗位能看到姓名；公开的只有编号、专业和来源，公示中标候选人时才公布评审组名单。",
          "Experts are drawn from here. Names and numbers are sealed, and only who enters them sees a name; public are number, speciality and list, and the panel's names with the candidates.",
        )}
      </p>
      <DataTable
        caption={t(`在库${count[0]?.standing ?? 0}人`, `${count[0]?.standing ?? 0} in the pool`)}
        rows={rows}
        empty={
          <EmptyState title={t("专家库是空的", "The pool is empty")}>
            {t(
              "把街道、区里或协会名册上的专家录进来；抽五人的评审组，至少要五位专家。",
              "Enter experts from the registers of street, district or association; a panel of five needs five of them at least.",
            )}
          </EmptyState>
        }
        columns={[
          { label: t("编号", "No."), head: true, cell: ({ expertNo }) => String(expertNo) },
          { label: t("姓名", "Name"), cell: ({ expertNo }) => names.get(expertNo) || t("不显示", "withheld") },
          { label: t("专业", "Speciality"), cell: ({ speciality }) => speciality },
          { label: t("单位", "Organisation"), cell: ({ organisation }) => organisation || "—" },
          { label: t("来源", "From"), cell: ({ source }) => source },
          {
            label: t("状态", "State"),
            cell: ({ expertNo, goneAt, goneWhy }) =>
              goneAt !== null ? (
                <StatusWord tone="off">{t(`已退库：${goneWhy}`, `left: ${goneWhy}`)}</StatusWord>
              ) : isDrafter ? (
                <a href={`${poolHref(slug)}/${expertNo}/leave`}>{t("退库", "take out")}</a>
              ) : (
                <StatusWord tone="good">{t("在库", "in")}</StatusWord>
              ),
          },
        ]}
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
      {isDrafter ? (
        <>
          <h2>{t("录入一位专家", "Enter an expert")}</h2>
          <Form action={poolHref(slug)} token={formToken} once={again?.once ?? newOnce()}>
            <ErrorSummary t={t} errors={errors} />
            <Field {...at("name")} label={t("姓名", "Name")} />
            <Field {...at("phone")} label={t("手机号", "Mobile number")} inputmode="tel" />
            <Field
              {...at("speciality")}
              label={t("专业", "Speciality")}
              hint={t("例如：物业管理、工程、财务", "Such as: property management, engineering, accounts")}
            />
            <Field
              {...at("organisation")}
              label={t("所在单位", "Organisation")}
              hint={t("与投标人同名的，抽取时自动回避", "Whoever belongs to a bidder is passed over")}
              optional={t("选填", "optional")}
            />
            <Field
              {...at("source")}
              label={t("来自哪个名册", "From which list")}
              hint={t("例如：璧山区物业管理专家库", "Such as the district's register")}
            />
            <Actions>
              <Button>{t("录入", "Enter")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <p class="hint">{sayDay(dayOf(c.var.now), lang)}</p>
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}

poolDeskPages.get("/desk/tenders/experts", reads, (c) => poolPage(c));
poolDeskPages.post("/desk/tenders/experts", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed: ExpertAsked = {
    name: one(body, "name"),
    phone: one(body, "phone"),
    speciality: one(body, "speciality"),
    organisation: one(body, "organisation"),
    source: one(body, "source"),
  };
  const once = one(body, "_once");
  const added = await addExpert(staffScene(c), typed, once);
  return added.ok
    ? c.redirect(`${poolHref(c.var.scene.community.slug)}?done=1`, 303)
    : poolPage(c, { problem: scoringProblem(added.error), typed, once });
});

function leavePage(c: AppContext, expertNo: number, problem?: Problem) {
  const { t, scene, formToken } = c.var;
  const errors = problemErrors(c, problem);
  const path = `/experts/${expertNo}/leave`;
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path={path}
      title={t(`${expertNo}号专家退库`, `Expert ${expertNo} leaves`)}
      problem={problem}
    >
      <Form action={`${deskTendersHref(scene.community.slug)}${path}`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="why"
          label={t("理由（公开，不写姓名）", "Reason (public, no name)")}
          value=""
          maxlength={120}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button>{t("退库", "Take out of the pool")}</Button>
          <ButtonLink look="quiet" href={poolHref(scene.community.slug)}>
            {t("不退", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (problem?.status ?? 200) as 422,
  );
}
const expertNoOf = (c: AppContext): number | null => {
  const text = c.req.param("expert") ?? "";
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
};
poolDeskPages.get("/desk/tenders/experts/:expert/leave", drafts, (c) => {
  const expertNo = expertNoOf(c);
  return expertNo === null ? c.notFound() : leavePage(c, expertNo);
});
poolDeskPages.post("/desk/tenders/experts/:expert/leave", drafts, async (c) => {
  const expertNo = expertNoOf(c);
  if (expertNo === null) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const gone = await retireExpert(staffScene(c), expertNo, one(body, "why"));
  return gone.ok
    ? c.redirect(`${poolHref(c.var.scene.community.slug)}?done=1`, 303)
    : leavePage(c, expertNo, scoringProblem(gone.error));
});
