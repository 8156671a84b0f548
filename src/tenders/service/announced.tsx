/** What the service adds elsewhere: the desk, the calendar, the feed and the page of the next tender. Registers; no page of its own. */
import { endingAt, registerDates, registerDeskSource, registerNews } from "../../assembly/public/announcing.ts";
import { dayOf, endOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { deskRequestsHref, providerHref } from "../contracts/addresses.ts";
import { contractTasks } from "../contracts/announcing.ts";
import { registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import { listRatingInvitations } from "./ratings/store.ts";
import { countWaiting } from "./requests/store.ts";
import { sayPeriod, sayScore } from "./shown.tsx";
import { listLastScores, listNewestReports, listOpenDeductions } from "./store.ts";

const MOST = 40;
/** Above this it matters no more how many wait. */
const MOST_COUNTED = 99;
const say = (zh: string, en: string): Bilingual => ({ zh, en });

registerDeskSource("service", {
  queries: ({ scene }) =>
    [listOpenDeductions(scene, MOST), countWaiting(scene, dayOf(scene.now), MOST_COUNTED)] as const,
  tasks: ({ scene }, [deductions, waiting]) => {
    const { slug } = scene.community;
    const task = contractTasks(slug);
    return [
      ...deductions.map(({ number, title, period, deductFen }) =>
        task(
          say("付款时扣服务评价的款", "Keep back what the report proposes"),
          number,
          title,
          ["ledger.draft", "ledger.review"],
          {
            note: say(
              `${sayPeriod(period, "zh")}应扣${formatYuan(deductFen)}元`,
              `${sayPeriod(period, "en")}: ${formatYuan(deductFen)} yuan`,
            ),
          },
        ),
      ),
      ...(waiting[0]?.dueOn
        ? [
            task(
              say(`${waiting[0].waiting}件报事等待答复`, `${waiting[0].waiting} reports wait for an answer`),
              0,
              waiting[0].late > 0 ? `其中${waiting[0].late}件逾期` : "报修、投诉、询问",
              ["tender.draft", "tender.inspect"],
              { href: deskRequestsHref(slug), due: waiting[0].dueOn, overdue: waiting[0].late > 0 },
            ),
          ]
        : []),
    ];
  },
});

// ——— Dates and news ———

registerDates("service", {
  queries: (scene) => [listRatingInvitations(scene, 2)] as const,
  entries: ({ t, lang, base }, [invited]) =>
    invited.map(({ period, untilOn, invitedAt }) => ({
      uid: `rating-${period}@commonhold`,
      sequence: 0,
      stampAt: invitedAt,
      ...endingAt(endOf(untilOn)),
      summary: t(
        `${sayPeriod(period, lang)}物业服务评分截止`,
        `Ratings of the service of ${sayPeriod(period, lang)} close`,
      ),
      description: t(
        `用短信里的链接，或者登录业主专页评分，到${sayDay(untilOn, lang)}。`,
        `By the link of the message or in your corner, until ${sayDay(untilOn, lang)}.`,
      ),
      url: `${base}/contracts`,
      cancelled: false,
    })),
});

registerNews("service", {
  queries: (scene, most) => [listNewestReports(scene, most)] as const,
  entries: ({ t, lang, base }, [reports]) => {
    const author = t("业主委员会", "Owners' committee");
    return [
      ...reports.map(({ number, title, period, score, publishedAt }) => ({
        href: `${base}/contracts/${number}/service/${period}`,
        title: t(
          `服务评价：${title}，${sayPeriod(period, lang)}`,
          `Service report: ${title}, ${sayPeriod(period, lang)}`,
        ),
        summary: t(`得分${sayScore(score)}`, `Score ${sayScore(score)}`),
        at: publishedAt,
        author,
      })),
    ];
  },
});

// ——— The page of the next tender ———

registerTenderSection("service", {
  place: 90,
  queries: (scene) => [listLastScores(scene, MOST)] as const,
  // Whoever bids stays unknown until the opening; how this estate was served before is known to everybody.
  render: (c, tender, _, [rows]) => {
    const { t, lang, scene } = c.var;
    if (rows.length === 0 || tender.noticedAt === null) return null;
    return (
      <section id="service-history">
        <h2>{t("以前的物业服务人评价怎样", "How providers served before")}</h2>
        <DataTable
          caption={t("在本小区公布过的评价", "Published reports of this estate")}
          quietCaption={true}
          rows={rows}
          columns={[
            {
              label: t("物业服务人", "Provider"),
              head: true,
              cell: ({ name, code }) => <a href={providerHref(scene.community.slug, code)}>{name}</a>,
            },
            { label: t("最近一期", "Last period"), cell: ({ period }) => sayPeriod(period, lang) },
            { label: t("得分", "Score"), number: true, cell: ({ score }) => sayScore(score) },
            { label: t("共几期", "Reports"), number: true, cell: ({ reports }) => String(reports) },
          ]}
        />
      </section>
    );
  },
});

registerTenderEventWords({
  service_reported: (facts, { t, lang }) =>
    t(
      `${sayPeriod(String(facts.period), lang)}得分${sayScore(typeof facts.score === "number" ? facts.score : null)}`,
      `${sayPeriod(String(facts.period), lang)}: ${sayScore(typeof facts.score === "number" ? facts.score : null)}`,
    ),
});
