/** A tender's notice (选聘公告) as an A4 sheet to be printed and posted, in the accustomed form, with the code to its page. Markup only. */
import { Hono } from "hono";
import { findEstate, listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readTenderNumber, tenderHref, tendersHref } from "../addresses.ts";
import { schemeOf } from "../scheme/actions.ts";
import type { Scheme } from "../scheme/rules.ts";
import { byTenderNumber, findScheme, findTender, type TenderRow } from "../store.ts";
import { MODE_WORDS, PROCEDURE_WORDS, QUALIFICATION_WORDS } from "../words.ts";

/** Mounted under /c/:slug. */
export const tenderNoticePages = new Hono<AppEnv>();

tenderNoticePages.get("/tenders/:number/notice", async (c) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const number = readTenderNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byTenderNumber(scene, number);
  const [rows, schemes, estates, openNow] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    findEstate(scene),
    listOpenNow(scene),
  );
  const [row, written] = [rows[0], schemes[0]];
  if (!row || !written || row.noticedAt === null) return c.notFound();
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("打印选聘公告", "The notice in print")}
      breadcrumb={[
        { href: tendersHref(slug), label: t("选聘物业服务", "Tenders") },
        { href: tenderHref(slug, number), label: row.title },
      ]}
    >
      <div class="screen">
        <Callout>
          <p>
            {t(
              "用浏览器的“打印”即可打在A4纸上张贴；纸上只有公告本身。",
              "Print it from the browser on A4; on paper only the sheet itself is left.",
            )}
          </p>
        </Callout>
      </div>
      <TenderSheet c={c} row={row} scheme={schemeOf(written)} address={estates[0]?.address ?? ""} />
    </Page>,
  );
});

const TenderSheet = ({
  c,
  row,
  scheme,
  address,
}: {
  c: AppContext;
  row: TenderRow;
  scheme: Scheme;
  address: string;
}) => {
  const { t, lang, scene } = c.var;
  const { name, slug } = scene.community;
  const closes = sayDeadline(row.closesAt ?? 0, lang);
  return (
    <NoticeSheet
      t={t}
      title={t(`${name}${row.title}公告`, `${row.title}: notice of ${name}`)}
      to={t(`${name}全体业主、各有意参加的单位：`, `To all owners of ${name}, and to whoever wishes to bid:`)}
      lead={
        <p>
          {t(
            `${name}${address === "" ? "" : `（${address}）`}的选聘方案已经确定，服务模式为${MODE_WORDS[scheme.mode].name.zh}，${PROCEDURE_WORDS[scheme.procedure].zh}。现公告如下：`,
            `The scheme of ${name} is decided: ${MODE_WORDS[scheme.mode].name.en}, ${PROCEDURE_WORDS[scheme.procedure].en}.`,
          )}
        </p>
      }
      sections={[
        {
          heading: t("标段", "Lots"),
          body: (
            <DataTable
              caption={t("标段", "Lots")}
              quietCaption
              rows={scheme.lots}
              columns={[
                { label: t("标段", "Lot"), cell: ({ lotNo }) => String(lotNo) },
                { label: t("名称", "Title"), head: true, cell: ({ title }) => title },
                { label: t("范围", "Scope"), cell: ({ scope }) => scope },
                {
                  label: t("服务期", "Term"),
                  cell: ({ from, months }) =>
                    t(`自${sayDay(from, lang)}起${months}个月`, `${months} months from ${sayDay(from, lang)}`),
                },
                {
                  label: t("估算价（元）", "Estimate (yuan)"),
                  number: true,
                  cell: ({ estimateFen }) => (estimateFen === 0 ? "—" : formatYuan(estimateFen)),
                },
              ]}
            />
          ),
        },
        {
          heading: t("投标人的条件", "What bidders need"),
          body: (
            <p>
              {scheme.lots
                .map(
                  ({ lotNo, qualifications }) =>
                    t(`标段${lotNo}：`, `Lot ${lotNo}: `) +
                    qualifications.map((one) => pick(QUALIFICATION_WORDS[one], lang)).join(t("、", ", ")),
                )
                .join(t("；", "; "))}
              {t("。", ".")}
            </p>
          ),
        },
        {
          heading: t("时间", "Times"),
          body: (
            <p>
              {t(
                `提问到${sayDeadline(row.questionsUntil ?? 0, lang)}，答复公开。投标到${closes}截止，逾期不收；同一时间公开开标。`,
                `Questions until ${sayDeadline(row.questionsUntil ?? 0, lang)}; answers are public. Bids until ${closes}, none later; they are opened in public at that time.`,
              )}
            </p>
          ),
        },
        {
          heading: t("怎么评分", "How offers are compared"),
          body: (
            <p>
              {scheme.criteria
                .map(({ title, weight }) => t(`${title}${weight}分`, `${title} ${weight}`))
                .join(t("，", ", "))}
              {t(
                `，满分100分。评审组${scheme.panel.size}人，其中专家${scheme.panel.experts}人，从专家库中公开抽取。推荐不超过${scheme.candidatesMost}名中标候选人，公示${scheme.candidateDays}天，由业主共同决定。`,
                `: 100 in all. A panel of ${scheme.panel.size}, ${scheme.panel.experts} of them experts, drawn in public. At most ${scheme.candidatesMost} candidates, published for ${scheme.candidateDays} days; the owners decide.`,
              )}
            </p>
          ),
        },
        {
          heading: t("怎么参加", "How to take part"),
          body: (
            <p>
              {t(
                "扫描右下方二维码，打开选聘页面登记。投标在投标人自己的浏览器里加密，开标以前任何人都打不开。",
                "Scan the code, open the tender's page and register. Bids are sealed in the bidder's own browser; nobody can open them before the opening.",
              )}
            </p>
          ),
        },
      ]}
      signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
      date={sayDay(dayOf(row.noticedAt ?? 0), lang)}
      qr={{
        text: `${scene.origin}${tenderHref(slug, row.number)}`,
        label: t("扫码看全文、提问、投标", "In full, questions, bids"),
      }}
    />
  );
};
