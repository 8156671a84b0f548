/** What the owners read before they choose: one page for each candidate, all alike; and on the tender's page what they chose. Shows; changes nothing. */

import { Hono } from "hono";
import { meetingHref } from "../../assembly/meeting/addresses.ts";
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { formatYuan } from "../../kernel/money.ts";
import type { AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../addresses.ts";
import { sayTotal } from "../opening/opened.ts";
import { registerTenderSection } from "../public/sections.ts";
import { schemeOf } from "../scheme/actions.ts";
import { readReport, readResults } from "../scoring/result/actions.ts";
import { reportHref } from "../scoring/result/pages.tsx";
import { findResult } from "../scoring/result/store.ts";
import { formatPoints } from "../scoring/sheets/rules.ts";
import { byTenderNumber, findScheme, findTender } from "../store.ts";
import { readChoices } from "./paper.ts";
import { listAwards, listChoices, listWithdrawnAwards } from "./store.ts";

/** Mounted under /c/:slug. */
export const candidatePages = new Hono<AppEnv>();

const candidateHref = (slug: string, number: number, lotNo: number, bidderNo: number): string =>
  `${tenderHref(slug, number)}/lots/${lotNo}/candidates/${bidderNo}`;

candidatePages.get("/tenders/:number/lots/:lot/candidates/:bidder", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const number = readTenderNumber(c.req.param("number"));
  const [lotNo, bidderNo] = [readTenderNumber(c.req.param("lot")), readTenderNumber(c.req.param("bidder"))];
  if (number === null || lotNo === null || bidderNo === null) return c.notFound();
  const key = byTenderNumber(scene, number);
  const [tenders, schemes, made, openNow] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findResult(scene, key),
    listOpenNow(scene),
  );
  const [tender, kept, result] = [tenders[0], schemes[0], made[0]];
  if (!tender || !kept || !result || tender.publishedAt === null) return c.notFound();
  const report = readReport(result);
  const scores = readResults(result).find((one) => one.lotNo === lotNo);
  const lot = schemeOf(kept).lots.find((one) => one.lotNo === lotNo);
  const bid = report.lots.find((one) => one.lotNo === lotNo)?.bids.find((one) => one.bidderNo === bidderNo);
  const ranked = scores?.ranked.find((one) => one.bidderNo === bidderNo);
  if (!lot || !bid || !ranked || !scores?.candidates.includes(bidderNo)) return c.notFound();
  const titleOf = (criterion: string): string =>
    report.criteria.find((one) => one.key === criterion)?.title ?? criterion;
  const weightOf = (criterion: string): number => report.criteria.find((one) => one.key === criterion)?.weight ?? 0;
  const reasons = report.sheets.flatMap(({ memberNo, given }) =>
    given.filter((one) => one.lotNo === lotNo && one.bidderNo === bidderNo).map((one) => ({ ...one, memberNo })),
  );
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={bid.name}
      breadcrumb={[
        { href: tendersHref(slug), label: t("选聘物业服务", "Tenders") },
        { href: tenderHref(slug, number), label: tender.title },
      ]}
    >
      <h1>{bid.name}</h1>
      <p class="lead">
        {t(
          `标段${lotNo}“${lot.title}”的中标候选人。每家候选人的页面版式相同，内容都来自投标和评审报告。`,
          `A candidate for lot ${lotNo}, ${lot.title}. Every candidate's page is alike, and all of it comes from the bid and the report.`,
        )}
      </p>
      <FactList>
        <Fact label={t("统一社会信用代码", "Unified social credit code")}>
          <span class="num">{bid.code}</span>
        </Fact>
        <Fact label={t("服务期", "Term")}>
          {t(`自${sayDay(lot.from, lang)}起${lot.months}个月`, `${lot.months} months from ${sayDay(lot.from, lang)}`)}
        </Fact>
        <Fact label={t("服务期报价合计", "Price over the term")}>
          {t(`${sayTotal(bid.totalHundredths)}元`, `${sayTotal(bid.totalHundredths)} yuan`)}
        </Fact>
        <Fact label={t("评审总分", "Total points")}>
          {t(
            `${formatPoints(ranked.total)}分，满分${formatPoints(scores.full)}，第${ranked.rank}名`,
            `${formatPoints(ranked.total)} of ${formatPoints(scores.full)}, rank ${ranked.rank}`,
          )}
        </Fact>
      </FactList>
      <DataTable
        caption={t("报价", "Prices")}
        rows={lot.prices}
        columns={[
          { label: t("项目", "Line"), head: true, cell: ({ label }) => label },
          { label: t("单位", "Unit"), cell: ({ unit }) => unit },
          {
            label: t("报价（元）", "Offered (yuan)"),
            number: true,
            cell: ({ key: line }) => formatYuan(bid.prices[line] ?? 0),
          },
        ]}
      />
      <DataTable
        caption={t("得分", "Points")}
        rows={ranked.parts}
        columns={[
          { label: t("评分项", "Criterion"), head: true, cell: ({ criterion }) => titleOf(criterion) },
          { label: t("权重", "Weight"), number: true, cell: ({ criterion }) => String(weightOf(criterion)) },
          { label: t("得分", "Points"), number: true, cell: ({ points }) => formatPoints(points) },
        ]}
      />
      {reasons.length > 0 ? (
        <DataTable
          caption={t("评审组的理由", "The panel's reasons")}
          rows={reasons}
          columns={[
            { label: t("评分项", "Criterion"), head: true, cell: ({ criterion }) => titleOf(criterion) },
            { label: t("成员", "Member"), cell: ({ memberNo }) => t(`${memberNo}号`, `no. ${memberNo}`) },
            { label: t("得分", "Points"), number: true, cell: ({ points }) => formatPoints(points) },
            { label: t("理由", "Reason"), cell: ({ reason }) => reason },
          ]}
        />
      ) : null}
      <h2>{t("其他候选人", "The other candidates")}</h2>
      <LinkList
        items={scores.candidates
          .filter((one) => one !== bidderNo)
          .map((one) => ({
            href: candidateHref(slug, number, lotNo, one),
            title:
              report.lots.find((each) => each.lotNo === lotNo)?.bids.find((each) => each.bidderNo === one)?.name ??
              String(one),
          }))}
        empty={<p>{t("没有其他候选人。", "There is no other.")}</p>}
      />
      <Actions>
        <ButtonLink look="quiet" href={reportHref(slug, number)}>
          {t("评审报告", "The report")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

// ——— The section of the tender's page ———

const VERDICTS = {
  chosen: { zh: "业主选定", en: "chosen by the owners" },
  none_chosen: { zh: "没有选定任何一家", en: "none was chosen" },
  quorum_not_met: { zh: "参加表决的业主不足三分之二", en: "fewer than two thirds took part" },
};

registerTenderSection("decision", {
  place: 70,
  queries: (scene, key) =>
    [findResult(scene, key), listChoices(scene, key), listAwards(scene, key), listWithdrawnAwards(scene, key)] as const,
  render: (c, tender, scheme, [made, choices, awards, withdrawn]) => {
    const { t, lang, scene } = c.var;
    const { slug } = scene.community;
    const result = made[0];
    if (!result || tender.publishedAt === null) return null;
    const report = readReport(result);
    const results = readResults(result);
    const nameIn = (lotNo: number, bidderNo: number): string =>
      report.lots.find((one) => one.lotNo === lotNo)?.bids.find((one) => one.bidderNo === bidderNo)?.name ?? "";
    return (
      <section id="award">
        <h2>{t("业主决定", "The owners' decision")}</h2>
        {choices.length === 0 ? (
          <p>
            {t(
              `中标候选人公示到${sayDeadline(tender.standingUntil ?? 0, lang)}。期满、异议都答复以后，由业主在候选人中选择（《民法典》第二百七十八条第一款第四项）。`,
              `The candidates may be objected to until ${sayDeadline(tender.standingUntil ?? 0, lang)}. After it, and once every objection is answered, the owners choose among them (CC 278 I 4).`,
            )}
          </p>
        ) : null}
        {results.map(({ lotNo, candidates }) => {
          const choice = choices.findLast((one) => one.lotNo === lotNo && one.voidCause === null);
          const award = awards.find((one) => one.lotNo === lotNo);
          const lost = withdrawn.find((one) => one.lotNo === lotNo);
          const order = choice ? readChoices(choice).map(({ bidderNo }) => bidderNo) : candidates;
          return (
            <>
              {scheme.lots.length > 1 ? (
                <h3>
                  {t(`标段${lotNo}：`, `Lot ${lotNo}: `)}
                  {scheme.lots.find((one) => one.lotNo === lotNo)?.title ?? ""}
                </h3>
              ) : null}
              {award ? (
                <p>
                  <StatusWord tone="good">{t(`中标：${award.name}`, `Awarded to ${award.name}`)}</StatusWord>{" "}
                  {t(
                    `服务期报价${sayTotal(award.totalHundredths)}元，${sayInstant(award.awardedAt, lang)}定标。`,
                    `${sayTotal(award.totalHundredths)} yuan over the term, on ${sayInstant(award.awardedAt, lang)}.`,
                  )}
                </p>
              ) : lost ? (
                <p>
                  <StatusWord tone="bad">{t(`定标已撤回：${lost.name}`, `Award withdrawn: ${lost.name}`)}</StatusWord>{" "}
                  {lost.cause === "annulled"
                    ? t("业主大会的决定被撤销", "The owners' decision was annulled")
                    : t("复核计票的结果不同", "A recount came out otherwise")}
                  {t("，", ", ")}
                  <a href={`/c/${slug}/record/${lost.withdrawalLeaf}`}>{sayInstant(lost.withdrawnAt, lang)}</a>
                </p>
              ) : choice?.verdict ? (
                <p>
                  <StatusWord tone="off">{pick(VERDICTS[choice.verdict], lang)}</StatusWord>
                </p>
              ) : null}
              {choice && choice.meetingState !== "draft" ? (
                <p>
                  <a href={meetingHref(slug, choice.meetingNumber)}>
                    {t(
                      `业主大会第${choice.meetingNumber}次会议表决`,
                      `The owners' meeting no. ${choice.meetingNumber}`,
                    )}
                  </a>
                </p>
              ) : null}
              <LinkList
                items={order.map((bidderNo) => ({
                  href: candidateHref(slug, tender.number, lotNo, bidderNo),
                  title: nameIn(lotNo, bidderNo),
                  note: t("报价、得分和理由", "price, points and reasons"),
                }))}
              />
            </>
          );
        })}
      </section>
    );
  },
});
