/** Points for facts, and the course of the scoring, at the desk: opened, added up, published. Markup and forms only. */

import { Hono } from "hono";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { pick } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { ErrorSummary, Form } from "../../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { tenderHref } from "../../addresses.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf } from "../../desk/frame.tsx";
import { sits } from "../panel/store.ts";
import { scoringProblem } from "../problems.ts";
import { publishCandidates, scoreTender } from "../result/actions.ts";
import { COMBINING_WORDS } from "../settings.ts";
import { factGiven, findScored, openScoring, recordFacts } from "./actions.ts";
import { givenOf, PointsFields, type Typed, typedGiven, typedOf } from "./fields.tsx";

/** Mounted under /c/:slug. */
export const scoringDeskPages = new Hono<AppEnv>();
const reads = requires("tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const decides = requires("tender.decide");

export type Scored = NonNullable<Awaited<ReturnType<typeof findScored>>>;

async function scoredOf(c: AppContext): Promise<Scored | null> {
  const key = tenderKeyOf(c);
  return key === null ? null : findScored(c.var.scene, key);
}
export const nameIn =
  ({ compared }: Pick<Scored, "compared">) =>
  (lotNo: number, bidderNo: number): string =>
    compared.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo)?.name ?? String(bidderNo);
export const titleIn =
  ({ scheme }: Pick<Scored, "scheme">) =>
  (lotNo: number): string =>
    scheme.lots.find((one) => one.lotNo === lotNo)?.title ?? "";

// ——— Facts ———

function factsPage(c: AppContext, found: Scored, again?: { readonly problem: Problem; readonly typed: Typed }) {
  const { t, formToken } = c.var;
  const { tender, lots, facts, scheme, panel } = found;
  const hasFacts = scheme.criteria.some(({ kind }) => kind === "fact");
  const isOpen = tender.state === "qualified" && panel?.scoringOpenedAt == null;
  const errors = problemErrors(c, again?.problem);
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path="/facts"
      title={t("记录客观分", "Points for facts")}
      problem={again?.problem?.errors ? undefined : again?.problem}
    >
      {!hasFacts || lots.length === 0 ? (
        <EmptyState title={t("没有要记录的客观分", "No facts to record")}>
          {t("方案没有客观评分项，直接开始评审。", "The scheme has no such criterion: open the scoring.")}
        </EmptyState>
      ) : !isOpen ? (
        <Callout title={t("客观分已固定", "Facts stand")}>
          <p>
            {t("评审开始以后不能再改，全部写在评审报告里。", "They stand once scoring is open, and are in the report.")}
          </p>
        </Callout>
      ) : (
        <Form action={`${tenderBaseOf(c, tender)}/facts`} token={formToken}>
          <p class="lead">
            {t(
              "只按方案写明的标准和投标人的证明材料给分，每一项写明依据，公开。",
              "By the scheme's measure and the bidder's papers alone; each with its evidence, which is public.",
            )}
          </p>
          <ErrorSummary t={t} errors={errors} />
          <PointsFields
            c={c}
            kind="fact"
            lots={lots}
            titleOf={titleIn(found)}
            nameOf={nameIn(found)}
            typed={again?.typed ?? typedGiven(facts.map(factGiven))}
            errors={errors}
          />
          <Actions>
            <Button>{t("保存客观分", "Save")}</Button>
            <ButtonLink look="quiet" href={tenderBaseOf(c, tender)}>
              {t("返回", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </TenderDesk>,
    (again?.problem.status ?? 200) as 422,
  );
}
scoringDeskPages.get("/desk/tenders/:number/facts", drafts, async (c) => {
  const found = await scoredOf(c);
  return found ? factsPage(c, found) : c.notFound();
});
scoringDeskPages.post("/desk/tenders/:number/facts", drafts, async (c) => {
  const found = await scoredOf(c);
  if (!found) return c.notFound();
  const typed = typedOf(await c.req.parseBody({ all: true }));
  const done = await recordFacts(staffScene(c), found.tender.tenderId, givenOf("fact", found.lots, typed));
  if (done.ok) return c.redirect(`${tenderBaseOf(c, found.tender)}?done=1`, 303);
  return factsPage(c, found, { problem: scoringProblem(done.error), typed });
});

// ——— The scoring ———

function scoringPage(c: AppContext, found: Scored, problem?: Problem) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { tender, panel, members, scheme } = found;
  const base = `${tenderBaseOf(c, tender)}/scoring`;
  const sitting = members.filter(sits);
  const committed = sitting.filter(({ committedAt }) => committedAt !== null).length;
  const revealed = sitting.filter(({ revealedAt }) => revealedAt !== null).length;
  const isDecider = actor.permissions.has("tender.decide");
  const button = (path: string, words: string) =>
    isDecider ? (
      <Actions>
        <PostButton action={`${base}${path}`} token={formToken}>
          {words}
        </PostButton>
      </Actions>
    ) : null;
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path="/scoring"
      title={t("评审", "Scoring")}
      done={t("已办理，并写入公开记录", "Done, and in the public record")}
      problem={problem}
    >
      <FactList>
        <Fact label={t("评审组", "The panel")}>
          {t(`${sitting.length}人（方案${scheme.panel.size}人）`, `${sitting.length} of ${scheme.panel.size}`)}
        </Fact>
        {panel ? (
          <Fact label={t("怎样合成", "How points are combined")}>{pick(COMBINING_WORDS[panel.combining], lang)}</Fact>
        ) : null}
        <Fact label={t("开始评审", "Opened")}>
          {panel?.scoringOpenedAt == null ? t("还没有", "not yet") : sayInstant(panel.scoringOpenedAt, lang)}
        </Fact>
        <Fact label={t("已封存的评分表", "Sheets committed")}>
          {t(`${committed}份，共${sitting.length}份`, `${committed} of ${sitting.length}`)}
        </Fact>
        <Fact label={t("已揭开的评分表", "Sheets revealed")}>
          {t(`${revealed}份，共${sitting.length}份`, `${revealed} of ${sitting.length}`)}
        </Fact>
      </FactList>
      {tender.state === "qualified" && panel?.scoringOpenedAt == null ? (
        <>
          <p>
            {t(
              "评审组人数合法、每位成员都已声明无利害关系、客观分都已记录以后，就可以开始。开始后成员在自己的链接里打分、封存；全部封存后才揭开。",
              "It opens once the panel is lawful, every member has declared and every fact is recorded. Members then score through their own links; sheets are revealed only when all are in.",
            )}
          </p>
          {button("/open", t("开始评审", "Open the scoring"))}
        </>
      ) : null}
      {tender.state === "qualified" && panel?.scoringOpenedAt != null ? (
        revealed === sitting.length && panel.scoringClosedAt !== null ? (
          button("/score", t("汇总评分，得出名次", "Add up and rank"))
        ) : (
          <Callout title={t("等评审组成员", "Waiting for the members")}>
            <p>
              {panel.scoringClosedAt === null
                ? t("还有成员没有封存评分表。", "Some have not committed to their sheet.")
                : t(
                    "评分表已全部封存，等成员在自己的链接里揭开。",
                    "All sheets are in; each member reveals theirs through the link.",
                  )}
            </p>
          </Callout>
        )
      ) : null}
      {tender.state === "scored" ? (
        <>
          <p>
            {t(
              `公示以后，评审报告、每位成员的评分和姓名都公开，公示${scheme.candidateDays}天，当天不算。`,
              `With it the report, every sheet and the members' names are public; objections are heard for ${scheme.candidateDays} days, the day itself not counted.`,
            )}
          </p>
          {button("/publish", t("公示中标候选人", "Publish the candidates"))}
        </>
      ) : null}
      {tender.publishedAt !== null && tender.standingUntil !== null ? (
        <p>
          {t(
            `候选人已公示，到${sayDeadline(tender.standingUntil, lang)}。`,
            `The candidates are published, to be objected to until ${sayDeadline(tender.standingUntil, lang)}.`,
          )}
          <a href={`${tenderHref(scene.community.slug, tender.number)}/report`}>{t("评审报告", "The report")}</a>
        </p>
      ) : null}
    </TenderDesk>,
    (problem?.status ?? 200) as 409,
  );
}
scoringDeskPages.get("/desk/tenders/:number/scoring", reads, async (c) => {
  const found = await scoredOf(c);
  return found ? scoringPage(c, found) : c.notFound();
});

for (const [path, act] of [
  ["/open", openScoring],
  ["/score", scoreTender],
  ["/publish", publishCandidates],
] as const)
  scoringDeskPages.post(`/desk/tenders/:number/scoring${path}`, decides, async (c) => {
    const found = await scoredOf(c);
    if (!found) return c.notFound();
    const done = await act(staffScene(c), found.tender.tenderId);
    if (done.ok) return c.redirect(`${tenderBaseOf(c, found.tender)}/scoring?done=1`, 303);
    return scoringPage(c, (await scoredOf(c)) ?? found, scoringProblem(done.error));
  });
