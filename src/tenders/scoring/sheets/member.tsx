/** What a member of the panel does through their own link: declare, score, commit to the sheet, reveal it. Markup and forms only. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { pick } from "../../../platform/i18n.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { Field, FileField } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { Callout, Details } from "../../../platform/ui/notices.tsx";
import { tenderHref } from "../../addresses.ts";
import { declareFree, declareTie } from "../panel/leaving.ts";
import { openPanelLink } from "../panel/links.ts";
import { forgetPanel, writePanelCookie } from "../panel/session.ts";
import { scoringProblem } from "../problems.ts";
import { COMBINING_WORDS } from "../settings.ts";
import type { Scored } from "./desk.tsx";
import { type Typed, typedOf } from "./fields.tsx";
import { type Entered, enter, MemberPage, panelHref } from "./member-frame.tsx";

/** Mounted under /c/:slug. */
export const panelMemberPages = new Hono<AppEnv>();

// Changes nothing, so that a preview that opens it does no harm; the redirect takes the token out of the address bar.
panelMemberPages.get("/panel/link/:token", async (c) => {
  const { scene } = c.var;
  const opened = await openPanelLink(scene, c.req.param("token"));
  if (!opened) return problemResponse(c, NOT_FOUND);
  await writePanelCookie(c, opened);
  return c.redirect(panelHref(scene.community.slug), 303);
});

panelMemberPages.post("/panel/leave", (c) => {
  forgetPanel(c);
  return c.redirect(`/c/${c.var.scene.community.slug}`, 303);
});

/** Where it stands, and the next step. */
export async function homePage(c: AppContext, entered: Entered, problem?: Problem, typed: Typed = {}) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found, row } = entered;
  const { tender, panel, scheme } = found;
  const errors = problemErrors(c, problem);
  const name = tender.title;
  return c.html(
    <MemberPage c={c} entered={entered} title={t(`评审：${name}`, `Scoring: ${name}`)} problem={problem}>
      <FactList>
        <Fact label={t("您是", "You are")}>
          {t(`评审组${row.memberNo}号成员`, `member ${row.memberNo} of the panel`)}
        </Fact>
        <Fact label={t("评审组", "The panel")}>
          {t(
            `${scheme.panel.size}人，专家${scheme.panel.experts}人`,
            `${scheme.panel.size}, ${scheme.panel.experts} experts`,
          )}
        </Fact>
        {panel ? (
          <Fact label={t("怎样合成", "How points are combined")}>{pick(COMBINING_WORDS[panel.combining], lang)}</Fact>
        ) : null}
        <Fact label={t("选聘页面", "The tender's page")}>
          <a href={tenderHref(slug, tender.number)}>{tender.title}</a>
        </Fact>
      </FactList>
      <Next c={c} entered={entered} />
      {row.answeredAt === null ? (
        <>
          <h2>{t("先申报利害关系", "First: does anything tie you?")}</h2>
          <p>
            {t(
              "与投标人有劳动、亲属或其他经济关系的，与业主委员会委员有近亲属关系的，不得参加评审（《招标投标法》第三十七条）。",
              "Who works for a bidder, or is tied to one by kinship or money, or is close kin of a committee member, does not score (TB 37).",
            )}
          </p>
          <Bidders c={c} found={found} />
          <Form action={`${panelHref(slug)}/declare`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <RadioGroup
              name="tied"
              legend={t("我的声明", "My declaration")}
              value={typed.tied ?? "no"}
              options={[
                {
                  value: "no",
                  label: t(
                    "我与投标人、业委会委员没有利害关系，并为评审保密",
                    "Nothing ties me to a bidder or the committee, and I keep the scoring confidential",
                  ),
                },
                { value: "yes", label: t("有利害关系，我回避", "Something does; I stand back") },
              ]}
            />
            <Field
              name="why"
              label={t("是什么关系", "What it is")}
              hint={t("只有经办人看得到，不公开。", "Seen by the desk alone, not public.")}
              value={typed.why ?? ""}
              maxlength={120}
              optional={t("回避时填", "where you stand back")}
              error={errorFor(errors, "why")}
            />
            <Actions>
              <Button>{t("提交声明", "Declare")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <PostButton action={`${panelHref(slug)}/leave`} token={formToken} look="link">
        {t("退出这个浏览器", "Sign this browser out")}
      </PostButton>
    </MemberPage>,
    (problem?.status ?? 200) as 422,
  );
}

const Bidders = ({ c, found }: { c: AppContext; found: Scored }) => {
  const { t } = c.var;
  const names = [...new Set(found.compared.map(({ name }) => name))];
  return names.length === 0 ? null : (
    <p>
      {t("投标人：", "Bidders: ")}
      {names.join(t("、", ", "))}
    </p>
  );
};

const Next = ({ c, entered }: { c: AppContext; entered: Entered }) => {
  const { t, scene, formToken } = c.var;
  const { row, found } = entered;
  const { panel, tender } = found;
  const base = panelHref(scene.community.slug);
  if (row.answeredAt === null) return null;
  if (row.revealedAt !== null)
    return (
      <Callout tone="good" title={t("您的评分表已揭开", "Your sheet is revealed")}>
        <p>
          {t(
            "您的评审已完成。公示中标候选人时，评分和名单一并公开。",
            "You are done. It is public with the candidates.",
          )}
        </p>
      </Callout>
    );
  if (row.committedAt !== null)
    return panel?.scoringClosedAt == null ? (
      <Callout tone="good" title={t("您的评分表已封存", "Your sheet is committed to")}>
        <p>{t("等所有成员都封存以后，再回到这里揭开。", "Come back to reveal it once everybody's is in.")}</p>
        <p>
          <a href={`${base}/sheet.json`} download="sheet.json">
            {t("下载我的评分表（自己留存）", "Keep a copy of my sheet")}
          </a>
        </p>
      </Callout>
    ) : (
      <Callout tone="warn" title={t("所有评分表都已封存，请揭开", "Every sheet is in: please reveal yours")}>
        <p>{t("系统会核对它与封存时的校验值一致。", "It is held against the commitment.")}</p>
        <PostButton action={`${base}/reveal`} token={formToken}>
          {t("揭开我的评分表", "Reveal my sheet")}
        </PostButton>
        <Details summary={t("用自己留存的文件揭开", "Reveal from the copy you kept")}>
          <Form action={`${base}/reveal`} token={formToken} files>
            <FileField name="file" label={t("评分表文件", "The sheet's file")} accept=".json" />
            <Actions>
              <Button look="quiet">{t("用文件揭开", "Reveal from the file")}</Button>
            </Actions>
          </Form>
        </Details>
      </Callout>
    );
  if (tender.state === "qualified" && panel?.scoringOpenedAt != null)
    return (
      <Actions>
        <ButtonLink href={`${base}/sheet`}>{t("开始打分", "Score the bids")}</ButtonLink>
      </Actions>
    );
  return (
    <Callout title={t("已收到您的声明", "Your declaration is in")}>
      <p>{t("评审开始后，请用同一个链接回来打分。", "Come back through the same link once the scoring is open.")}</p>
    </Callout>
  );
};

panelMemberPages.get("/panel", async (c) => {
  const entered = await enter(c);
  return entered ? homePage(c, entered) : problemResponse(c, NOT_FOUND);
});
panelMemberPages.post("/panel/declare", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const { scene } = c.var;
  const typed = typedOf(await c.req.parseBody({ all: true }));
  const isTied = typed.tied === "yes";
  const done = isTied
    ? await declareTie(scene, entered.session, typed.why ?? "")
    : await declareFree(scene, entered.session);
  if (!done.ok) return homePage(c, entered, scoringProblem(done.error), typed);
  if (isTied) forgetPanel(c);
  return c.redirect(isTied ? `/c/${scene.community.slug}` : panelHref(scene.community.slug), 303);
});
