/** The notice and the result of a meeting as A4 公告 to be printed and posted. The same facts as the page, in the accustomed form. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { dayOf } from "../../kernel/day.ts";
import type { Weight } from "../../kernel/weight.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { chineseNumeral, formatScaled, percentCut, sayAmount, sayFraction } from "../../platform/ui/shares.ts";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { scopeWords } from "../agenda/words.ts";
import type { BallotChannel } from "../ballots/rules.ts";
import { channelWords } from "../ballots/words.ts";
import { CONVENER_WORDS, signedBy } from "../convening/words.ts";
import { maySplitByChoice } from "../counting/rules.ts";
import { shownOptions } from "../counting/shown.ts";
import type { ItemResult, Run } from "../counting/stored.ts";
import { meetingHref, meetingsHref } from "../meeting/addresses.ts";
import { stateWord } from "../meeting/events.ts";
import { NoticeOfMeeting } from "../meeting/notice-sheet.tsx";
import { draftOfEdition } from "../meeting/reading.ts";
import { objectionsUntil } from "../meeting/rules.ts";
import { ANSWER_WITHIN_DAYS } from "../results/actions.ts";
import { approvalOf, matterText, QUORUM } from "../rules.ts";
import { LEGAL_EFFECT_WORDS, UNRETURNED_WORDS } from "../settings/explained.ts";
import { publicFrame } from "./frame.tsx";
import { type PublicMeeting, readMeeting, standingRun } from "./reading.ts";
import { shownLabel } from "./result.tsx";
import { conclusionOf, outcomeOf } from "./words.ts";

/** Mounted under /c/:slug. */
export const sheetPages = new Hono<AppEnv>();

sheetPages.get("/meetings/:meetingId/notice", async (c) => {
  const meeting = await readMeeting(c.var.scene, c.req.param("meetingId"));
  if (!meeting) return c.notFound();
  const { row, manifest, roll } = meeting;
  return sheetPage(
    c,
    meeting,
    <NoticeOfMeeting
      t={c.var.t}
      lang={c.var.lang}
      content={{
        draft: draftOfEdition(manifest, row),
        communityName: c.var.scene.community.name,
        street: meeting.street,
        given: {
          noticeAt: row.noticeAt ?? 0,
          edition: row.edition,
          totals: { owners: roll.owners, areaDm2: roll.areaDm2 },
          eligible: manifest.eligible,
          manifestHash: row.manifestHash ?? "",
          rollRoot: roll.root,
        },
        address: addressOf(c, meeting),
      }}
    />,
    c.var.t("打印会议公告", "The notice in print"),
  );
});

sheetPages.get("/meetings/:meetingId/result", async (c) => {
  const meeting = await readMeeting(c.var.scene, c.req.param("meetingId"));
  const run = meeting ? standingRun(meeting) : undefined;
  if (!meeting || !run) return c.notFound();
  return sheetPage(
    c,
    meeting,
    <ResultSheet c={c} meeting={meeting} run={run} />,
    c.var.t("打印结果公告", "The result in print"),
  );
});

const addressOf = (c: AppContext, { row }: PublicMeeting): string =>
  `${c.var.scene.origin}${meetingHref(c.var.scene.community.slug, row.number)}`;

/** A sheet on a page of its own: on paper only the sheet is left. */
function sheetPage(c: AppContext, meeting: PublicMeeting, sheet: Child, title: string) {
  const { t, scene } = c.var;
  const { row } = meeting;
  const { slug } = scene.community;
  return c.html(
    <Page
      {...publicFrame(c, meeting.openNow, row.number)}
      title={`${title} · ${row.title}`}
      breadcrumb={[
        { href: meetingsHref(slug), label: t("会议与决定", "Meetings") },
        { href: meetingHref(slug, row.number), label: row.title },
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
      {sheet}
    </Page>,
  );
}

const share = (part: number, whole: number): string => percentCut(part, whole);

/** Owners and area, each with its share: the figures every published result has. */
const OptionTable = ({ c, result }: { c: AppContext; result: ItemResult }) => {
  const { t } = c.var;
  const { item, strict } = result;
  const rows: { readonly label: string; readonly votes: Weight }[] = shownOptions(strict).map((shown) => ({
    label: shownLabel(item, shown, c),
    votes: shown.votes,
  }));
  return (
    <DataTable
      caption={t("表决情况（占参与者的比例）", "Answers (shares of those who took part)")}
      rows={rows}
      columns={[
        { label: t("意见", "Answer"), head: true, cell: ({ label }) => label },
        { label: t("人数", "Owners"), number: true, cell: ({ votes }) => votes.owners },
        {
          label: t("人数占比", "Share"),
          number: true,
          cell: ({ votes }) => share(votes.owners, strict.participated.owners),
        },
        { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ votes }) => formatScaled(votes.areaDm2, 2) },
        {
          label: t("面积占比", "Share of area"),
          number: true,
          cell: ({ votes }) => share(votes.areaDm2, strict.participated.areaDm2),
        },
      ]}
    />
  );
};

const ItemOfResult = ({ c, result }: { c: AppContext; result: ItemResult }) => {
  const { t, lang } = c.var;
  const { item, strict } = result;
  const { eligible, participated } = strict;
  return (
    <>
      <p>
        <strong>{t(`（${chineseNumeral(item.itemNo)}）${item.title}`, `(${item.itemNo}) ${item.title}`)}</strong>
      </p>
      <p>
        {t(
          `${pick(scopeWords(item.scope), lang)}共${sayAmount(eligible.owners, "owners", t)}、${sayAmount(eligible.areaDm2, "area", t)}。参与表决${sayAmount(participated.owners, "owners", t)}，占总人数${share(participated.owners, eligible.owners)}；参与表决面积${sayAmount(participated.areaDm2, "area", t)}，占总面积${share(participated.areaDm2, eligible.areaDm2)}。`,
          `${pick(scopeWords(item.scope), lang)}: ${sayAmount(eligible.owners, "owners", t)} with ${sayAmount(eligible.areaDm2, "area", t)}. Took part: ${sayAmount(participated.owners, "owners", t)} (${share(participated.owners, eligible.owners)}) with ${sayAmount(participated.areaDm2, "area", t)} (${share(participated.areaDm2, eligible.areaDm2)}).`,
        )}
      </p>
      {participated.owners > 0 ? <OptionTable c={c} result={result} /> : null}
    </>
  );
};

/** The ground and the conclusion for one item; what the rules deem stands after it, in its own words. */
const ConclusionOfItem = ({ c, result }: { c: AppContext; result: ItemResult }) => {
  const { t, lang } = c.var;
  const { item, strict, deemed } = result;
  const matter = matterText(item.matter);
  const [quorum, approval] = [sayFraction(QUORUM, t), sayFraction(approvalOf(item.matter), t)];
  return (
    <p>
      {t(`（${chineseNumeral(item.itemNo)}）`, `(${item.itemNo}) `)}
      {t(
        `本项属于${matter.article.zh}规定的事项，应当有专有部分面积和人数均${quorum}的业主参与表决，并经参与者面积和人数均${approval}同意。`,
        `A matter of ${matter.article.en}: ${quorum} must take part by area and by owners, and ${approval} of those taking part must agree by area and by owners. `,
      )}
      {conclusionOf(item, strict, t)}
      <strong>{t(`结论：${outcomeOf(item, strict, t)}。`, ` Conclusion: ${outcomeOf(item, strict, t)}.`)}</strong>
      {deemed?.kind === "counted"
        ? t(
            `按${deemed.clause}推定（${pick(UNRETURNED_WORDS[deemed.policy], lang)}），另计${maySplitByChoice(strict.participated) ? `${sayAmount(deemed.added.owners, "owners", t)}、${sayAmount(deemed.added.areaDm2, "area", t)}，` : ""}结果为：${outcomeOf(item, deemed.count, t)}。推定结果并列公布，不代替以上严格计票。`,
            ` As deemed by ${deemed.clause} (${pick(UNRETURNED_WORDS[deemed.policy], lang)}): ${outcomeOf(item, deemed.count, t)}. This stands beside the strict count and not in its place.`,
          )
        : null}
    </p>
  );
};

const ResultSheet = ({ c, meeting, run }: { c: AppContext; meeting: PublicMeeting; run: Run }) => {
  const { t, lang, scene } = c.var;
  const { name } = scene.community;
  const { row, rules, roll, manifest } = meeting;
  const { convener } = manifest;
  const channels = run.summary.channels
    .map(({ channel, ballots }) =>
      t(
        `${channelWords(channel as BallotChannel, t)}${ballots}张`,
        `${ballots} ${channelWords(channel as BallotChannel, t)}`,
      ),
    )
    .join(t("、", ", "));
  const ended = row.state === "withdrawn" || row.state === "annulled";
  const until = sayDeadline(objectionsUntil(row.publishedAt ?? 0, rules), lang);
  const effect = rules.legalEffect.value;
  return (
    <>
      {ended ? (
        <Callout tone="bad" title={stateWord(row.state, t)}>
          <p>
            {t("原因：", "Why: ")}
            {row.endedWhy}
          </p>
        </Callout>
      ) : null}
      <NoticeSheet
        t={t}
        title={t(`关于${row.title}表决结果的公告`, `Result of ${row.title}`)}
        to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
        lead={
          <>
            <p>
              {t(
                `本次会议由${CONVENER_WORDS[convener.kind].name.zh}召集，自${sayInstant(row.opensAt ?? 0, lang)}起至${sayDeadline(row.closesAt ?? 0, lang)}止表决，共${meeting.items.length}项议题。名册冻结于${sayDay(roll.asOf, lang)}，有权表决的业主${sayAmount(roll.owners, "owners", t)}，专有部分面积${sayAmount(roll.areaDm2, "area", t)}。共收到有效表决票${run.summary.ballots}张${channels === "" ? "" : `（${channels}）`}。现将结果公告如下：`,
                `Called by ${CONVENER_WORDS[convener.kind].name.en}; ${meeting.items.length} questions, voted on from ${sayInstant(row.opensAt ?? 0, lang)} until ${sayDeadline(row.closesAt ?? 0, lang)}. The roll was frozen as of ${sayDay(roll.asOf, lang)}; those who may vote: ${sayAmount(roll.owners, "owners", t)} with ${sayAmount(roll.areaDm2, "area", t)}. ${run.summary.ballots} ballots came in${channels === "" ? "" : ` (${channels})`}. The result is as follows.`,
              )}
            </p>
            {run.runNo === 1 ? null : (
              <p>
                {t(
                  `本公告为第${run.runNo}次计票（复核）的结果，复核原因：${run.why}。`,
                  `This is the result of count ${run.runNo}, a recount made because: ${run.why}.`,
                )}
              </p>
            )}
          </>
        }
        sections={[
          {
            heading: t("表决结果", "Result"),
            body: run.items.map((result) => <ItemOfResult c={c} result={result} />),
          },
          {
            heading: t("依据与结论", "Ground and conclusion"),
            body: (
              <>
                <p>
                  {t(
                    "依照《中华人民共和国民法典》第二百七十八条，人数和面积分别计算，比例不作四舍五入。",
                    "Under art. 278 of the Civil Code owners and area are counted separately; no share is rounded.",
                  )}
                </p>
                {run.items.map((result) => (
                  <ConclusionOfItem c={c} result={result} />
                ))}
                {effect === "binding" ? null : (
                  <p>
                    {t(
                      `本次表决的效力：${LEGAL_EFFECT_WORDS[effect].zh}${rules.legalEffect.clause === "" ? "" : `（${rules.legalEffect.clause}）`}。`,
                      `Effect of this vote: ${LEGAL_EFFECT_WORDS[effect].en}${rules.legalEffect.clause === "" ? "" : ` (${rules.legalEffect.clause})`}.`,
                    )}
                  </p>
                )}
              </>
            ),
          },
          {
            heading: t("后续安排", "What follows"),
            body: (
              <>
                <p>
                  {t(
                    `对结果有异议的业主，可以在${until}前凭本户的表决链接提出，也可以要求复核；召集人在${ANSWER_WITHIN_DAYS}天内答复。异议都答复以后，结果确定。`,
                    `Owners may object by their household's link until ${until}, or ask for a recount; the convener answers within ${ANSWER_WITHIN_DAYS} days. The result is final once every objection is answered.`,
                  )}
                </p>
                <p>
                  {t(
                    `每位投票的业主可以用回执核对自己的票；本次计票已写入公开记录，编号${shortCode(run.leafHash)}，扫描下面的二维码可以核对全部数字。`,
                    `Whoever voted can check their ballot by the receipt. This count is in the public record under ${shortCode(run.leafHash)}; the code below leads to every number.`,
                  )}
                </p>
                <p>
                  {t(
                    "业主认为决定侵害其合法权益的，可以自知道或者应当知道之日起一年内请求人民法院撤销（《民法典》第二百八十条；法释〔2009〕7号第十二条）。",
                    "An owner whose rights a decision infringes may ask the court to revoke it within one year of learning of it (Civil Code art. 280; Judicial Interpretation art. 12).",
                  )}
                </p>
              </>
            ),
          },
        ]}
        signedBy={[signedBy(convener.kind, name, meeting.street)]}
        date={sayDay(dayOf(run.publishedAt ?? 0), lang)}
        qr={{ text: addressOf(c, meeting), label: t("扫码核对全部数字", "Scan to check every number") }}
      />
    </>
  );
};
