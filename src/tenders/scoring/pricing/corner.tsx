/** A bidder explains its price: what is asked in its corner, the form, and what was decided. Registers its section. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { files, one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { FileField, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDeadline } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { bidderHref } from "../../bidders/addresses.ts";
import { registerCornerSection } from "../../bidders/corner-sections.ts";
import { type BidderActor, findSignedInBidder, requiresBidder } from "../../bidders/session.ts";
import { tenderCrumbs } from "../../bidders/signin.tsx";
import { findTender } from "../../store.ts";
import { answerPrice } from "./actions.ts";
import { priceProblem } from "./problems.ts";
import { LONGEST_ANSWER } from "./rules.ts";
import { listPriceQueries, type PriceQueryRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const priceAnswerPages = new Hono<AppEnv>();

const explainHref = (slug: string, number: number, lotNo: number): string =>
  `${bidderHref(slug, number)}/price/${lotNo}`;

const waits = (row: PriceQueryRow, now: number): boolean => row.answeredAt === null && now < row.dueAt;

registerCornerSection({
  queries: (scene, { tenderId }) => [listPriceQueries(scene, tenderId)] as const,
  render: (c, tender, bidder, [all]) => {
    const { t, lang, scene, now } = c.var;
    const rows = all.filter(({ bidderId }) => bidderId === bidder.bidderId);
    if (rows.length === 0) return null;
    return (
      <section id="price">
        <h2>{t("对您报价的询问", "Questions about your price")}</h2>
        {rows.map((row) => (
          <Callout
            tone={waits(row, now) ? "warn" : undefined}
            title={t(`第${row.lotNo}标段的报价`, `The price of lot ${row.lotNo}`)}
          >
            <p>{row.question}</p>
            {row.answer === null ? (
              <p>
                {waits(row, now)
                  ? t(
                      `请在${sayDeadline(row.dueAt, lang)}以前说明。`,
                      `Please answer before ${sayDeadline(row.dueAt, lang)}.`,
                    )
                  : t("没有在期限内说明。", "It was not answered in time.")}
              </p>
            ) : (
              <p>
                {t("您的说明：", "Your answer: ")}
                {row.answer}
              </p>
            )}
            {waits(row, now) ? (
              <Actions>
                <ButtonLink href={explainHref(scene.community.slug, tender.number, row.lotNo)}>
                  {t("书面说明", "Explain in writing")}
                </ButtonLink>
              </Actions>
            ) : null}
            {row.outcome === null ? null : (
              <p>
                {row.outcome === "kept"
                  ? t("决定：说明成立，投标有效。", "Decision: it holds; the bid is valid. ")
                  : t("决定：说明不成立，投标无效。", "Decision: it does not hold; the bid is void. ")}
                {row.reason}
              </p>
            )}
          </Callout>
        ))}
      </section>
    );
  },
});

async function explainPage(
  c: AppContext,
  bidder: BidderActor,
  again?: { readonly problem: Problem; readonly text: string },
) {
  const { t, lang, scene, formToken, now } = c.var;
  const { slug } = scene.community;
  const [[tender], rows] = await scene.db.read(
    findTender(scene, bidder.tenderId),
    listPriceQueries(scene, bidder.tenderId),
  );
  const row = rows.find(({ bidderId, lotNo }) => bidderId === bidder.bidderId && String(lotNo) === c.req.param("lot"));
  if (!tender || !row) return c.notFound();
  const errors = problemErrors(c, again?.problem);
  const home = bidderHref(slug, tender.number);
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("说明报价", "Explain your price")}
      breadcrumb={[...tenderCrumbs(c, tender), { href: home, label: t("投标人专页", "Bidder's page") }]}
    >
      <h1>{t(`第${row.lotNo}标段：说明报价`, `Lot ${row.lotNo}: explain your price`)}</h1>
      <Refused c={c} problem={again?.problem.errors ? undefined : again?.problem} />
      <Callout title={t("要说明的", "What is asked")}>
        <p>{row.question}</p>
        <p>{t(`${sayDeadline(row.dueAt, lang)}截止`, `Answers close ${sayDeadline(row.dueAt, lang)}`)}</p>
      </Callout>
      {waits(row, now) ? (
        <Form action={explainHref(slug, tender.number, row.lotNo)} token={formToken} files>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="answer"
            label={t("说明", "Explanation")}
            hint={t(
              "人工、材料、税费怎样算出这个价。写进公开的评审报告，不写人名和号码；只能提交一次。",
              "How wages, material and taxes come to it. It stands in the public report, so name nobody; it is sent once.",
            )}
            rows={8}
            maxlength={LONGEST_ANSWER}
            value={again?.text ?? ""}
            error={errorFor(errors, "answer")}
          />
          <FileField
            name="file"
            label={t("证明材料", "Papers")}
            hint={t(
              "照片或 PDF，最大 10 MB。只有审查的人能看。",
              "Photograph or PDF, 10 MB at most. Only examiners see it.",
            )}
            optional={t("可以不传", "if you have any")}
            accept="image/jpeg,image/png,image/webp,application/pdf"
            error={errorFor(errors, "file")}
          />
          <Actions>
            <Button>{t("提交说明", "Send it")}</Button>
            <ButtonLink look="quiet" href={home}>
              {t("回到专页", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <EmptyState title={t("已经说明，或者时间已过", "Answered, or out of time")}>
          <a href={home}>{t("回到专页", "Back to your page")}</a>
        </EmptyState>
      )}
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}

priceAnswerPages.get("/tenders/:number/bidder/price/:lot", requiresBidder, async (c) =>
  explainPage(c, (await findSignedInBidder(c))!),
);
priceAnswerPages.post("/tenders/:number/bidder/price/:lot", requiresBidder, async (c) => {
  const bidder = (await findSignedInBidder(c))!;
  const body = await c.req.parseBody({ all: true });
  const text = one(body, "answer");
  const [file] = files(body, "file");
  const sent = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const answered = await answerPrice(c.var.scene, bidder, Number(c.req.param("lot")), text, sent);
  if (!answered.ok) return explainPage(c, bidder, { problem: priceProblem(answered.error), text });
  return c.redirect(`${bidderHref(c.var.scene.community.slug, Number(c.req.param("number")))}?done=explained`, 303);
});
