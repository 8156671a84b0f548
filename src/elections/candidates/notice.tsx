/** The candidates as an A4 公告 to be printed and posted, in the accustomed form: the same facts for each, the same order, the code to the proof. */
import { Hono } from "hono";
import { findEstate, listOpenNow } from "../../assembly/meeting/store.ts";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readMethod } from "../method/rules.ts";
import { candidatesHref } from "../nominations/words.ts";
import { groupName } from "../words.ts";
import { crumbsTo, daysOf, type PublishedList, readList } from "./public-pages.tsx";
import { ageSaid, channelsSaid } from "./shown.tsx";
import { standsNow } from "./store.ts";

/** Mounted under /c/:slug, before the page of one candidate: "notice" is no number. */
export const candidateNoticePages = new Hono<AppEnv>();

candidateNoticePages.get("/elections/:number/candidates/notice", async (c) => {
  const { t, scene } = c.var;
  const read = await readList(c, findEstate(scene), listOpenNow(scene));
  if (!read) return c.notFound();
  const [estates, openNow] = read.also;
  const { election } = read.list;
  return c.html(
    <Page
      {...publicFrame(c, openNow)}
      title={t("打印候选人公告", "The notice of the candidates in print")}
      breadcrumb={[
        ...crumbsTo(c, election),
        { href: candidatesHref(scene.community.slug, election.number), label: t("候选人", "Candidates") },
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
      <CandidateSheet c={c} list={read.list} street={estates[0]?.street ?? ""} />
    </Page>,
  );
});

const CandidateSheet = ({ c, list, street }: { c: AppContext; list: PublishedList; street: string }) => {
  const { t, lang, scene } = c.var;
  const { name, slug } = scene.community;
  const { election, draw } = list;
  const candidates = list.candidates.filter(({ row }) => standsNow(row) || row.withdrawnFrozen === 1);
  const { seats, alternatesMost } = readMethod(election.method);
  const { objectUntil, votingFrom } = daysOf(list);
  const publishedOn = sayDay(dayOf(election.candidatesPublishedAt ?? 0), lang);
  const hidden = t("未公开", "private");
  return (
    <NoticeSheet
      t={t}
      title={t(`关于${name}业主委员会委员候选人名单的公告`, `Candidates for the owners' committee of ${name}`)}
      to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
      lead={
        <p>
          {t(
            `${election.title}的候选人，经提名、本人同意和资格审查，已经产生。应选委员${seats.value}人，候补不超过${alternatesMost.value}人。现将候选人名单公告如下，排名以公开抽签为序：`,
            `For ${election.title} the candidates were named, agreed to stand and were examined. ${seats.value} members are to be elected, and at most ${alternatesMost.value} alternates kept. In the order drawn in public they are:`,
          )}
        </p>
      }
      sections={[
        {
          heading: t("候选人名单", "The candidates"),
          body: (
            <DataTable
              caption={t("候选人名单", "The candidates")}
              quietCaption
              rows={candidates}
              columns={[
                { label: t("序号", "No."), cell: (_, at) => String(at + 1) },
                {
                  label: t("姓名", "Name"),
                  head: true,
                  cell: ({ row }) =>
                    row.withdrawnFrozen === 1
                      ? t(`${row.publicName}（已退出）`, `${row.publicName} (withdrawn)`)
                      : row.publicName,
                },
                { label: t("楼座房号", "Home"), cell: ({ row }) => row.address || hidden },
                { label: t("年龄", "Age"), cell: (one) => ageSaid(one, c.var) },
                { label: t("职业", "Occupation"), cell: (one) => one.occupation || hidden },
                { label: t("提名渠道", "Named by"), cell: (one) => channelsSaid(one, c.var) },
              ]}
            />
          ),
        },
        ...(draw.fewerReason
          ? [
              {
                heading: t("候选人不足的说明", "Why there are fewer"),
                body: <p>{draw.fewerReason}</p>,
              },
            ]
          : []),
        {
          heading: t("顺序是怎么定的", "How the order was drawn"),
          body: (
            <p>
              {t(
                `候选人的顺序用提名以前封存的种子抽签决定。种子：${draw.seed.slice(0, 16)}…。全文和重抽的办法，扫描下方二维码查看。`,
                `By lot, from a seed sealed before nominations. Seed: ${draw.seed.slice(0, 16)}… In full, with how to draw again, by the code below.`,
              )}
            </p>
          ),
        },
        {
          heading: t("异议", "Objections"),
          body: (
            <p>
              {t(
                `业主对候选人有异议的，请在${sayDay(objectUntil, "zh", { weekday: true })}24:00以前书面交到${street}办事处，或扫码登录后提出。异议在表决开始以前答复。表决不早于${sayDay(votingFrom, "zh", { weekday: true })}。`,
                `Owners who object do so by ${sayDay(objectUntil, "en", { weekday: true })}, 24:00, in writing to the ${street} office or after signing in by the code. They are answered before voting opens, on ${sayDay(votingFrom, "en", { weekday: true })} at the earliest.`,
              )}
            </p>
          ),
        },
      ]}
      signedBy={[pick(groupName(election.kind), lang)]}
      date={publishedOn}
      qr={{
        text: `${scene.origin}${candidatesHref(slug, election.number)}`,
        label: t("扫码看每位候选人、抽签和公开记录", "Scan for each candidate, the draw and the record"),
      }}
    />
  );
};
