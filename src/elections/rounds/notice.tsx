/** The result of a round as an A4 公告 to be printed and posted: the same figures as its page, in the accustomed form. */
import { Hono } from "hono";
import { publicFrame } from "../../assembly/public/frame.tsx";
import { formatArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { percentCut } from "../../platform/ui/shares.ts";
import { NoticeSheet } from "../../platform/ui/sheets.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { electionHref, electionsHref } from "../addresses.ts";
import { groupName } from "../words.ts";
import { PlaceWord } from "./figures.tsx";
import { roundOfAddress } from "./pages.tsx";
import type { StoredOutcome } from "./reading.ts";
import { firstMeetingBy } from "./rules.ts";
import { nameIn, type RoundView } from "./view.ts";
import { roundWords, sumWords, VERDICT_WORDS } from "./words.ts";

/** Mounted under /c/:slug. */
export const roundNoticePages = new Hono<AppEnv>();

roundNoticePages.get("/elections/:number/rounds/:round/notice", async (c) => {
  const view = await roundOfAddress(c);
  if (!view?.outcome || !view.decided || !view.meeting) return c.notFound();
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { election, round } = view;
  return c.html(
    <Page
      {...publicFrame(c, view.openNow)}
      title={t("打印选举结果公告", "The result of the election in print")}
      breadcrumb={[
        { href: electionsHref(slug), label: t("业主委员会选举", "Elections") },
        { href: electionHref(slug, election.number), label: election.title },
        {
          href: `${electionHref(slug, election.number)}/rounds/${round.roundNo}`,
          label: roundWords(round, t),
        },
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
      <ResultSheet c={c} view={view} outcome={view.outcome} />
    </Page>,
  );
});

const ResultSheet = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t, lang, scene } = c.var;
  const { name, slug } = scene.community;
  const { election, round, decided, estate } = view;
  const { eligible, count } = decided!;
  const meeting = view.meeting!;
  const address = `${scene.origin}${electionHref(slug, election.number)}/rounds/${round.roundNo}`;
  const settledOn = dayOf(round.settledAt ?? decided!.publishedAt);
  return (
    <NoticeSheet
      t={t}
      title={t(`关于${name}${election.title}结果的公告`, `Result of the election: ${election.title}, ${name}`)}
      to={t(`${name}全体业主：`, `To all owners of ${name}:`)}
      lead={
        <p>
          {t(
            `${name}业主大会会议于${sayInstant(meeting.opensAt ?? 0, "zh")}至${sayDeadline(meeting.closesAt ?? 0, "zh")}就${election.title}（${roundWords(round, t)}）进行表决。小区应参加表决的业主${eligible.owners}人，专有部分面积${formatArea(eligible.areaDm2)}㎡。现将结果公告如下：`,
            `The owners' meeting of ${name} voted on ${election.title} (${roundWords(round, t)}) from ${sayInstant(meeting.opensAt ?? 0, "en")} to ${sayDeadline(meeting.closesAt ?? 0, "en")}. ${eligible.owners} owners with ${formatArea(eligible.areaDm2)} m² may vote.`,
          )}
        </p>
      }
      sections={[
        {
          heading: t("表决结果", "Result"),
          body: (
            <>
              <p>
                {t(
                  `参与表决的业主${count.participated.owners}人，占总人数${percentCut(count.participated.owners, eligible.owners)}；参与表决的面积${formatArea(count.participated.areaDm2)}㎡，占总面积${percentCut(count.participated.areaDm2, eligible.areaDm2)}。`,
                  `${count.participated.owners} owners took part, ${percentCut(count.participated.owners, eligible.owners)} of all, with ${formatArea(count.participated.areaDm2)} m², ${percentCut(count.participated.areaDm2, eligible.areaDm2)} of the area.`,
                )}
              </p>
              <VoteTable c={c} view={view} outcome={outcome} />
              <p>
                {pick(VERDICT_WORDS[round.verdict!], lang)}
                {t("。", ". ")}
                {sumWords(
                  { elected: outcome.elected.length, alternates: outcome.alternates.length, vacant: outcome.vacant },
                  t,
                )}
              </p>
            </>
          ),
        },
        { heading: t("当选名单", "Those elected"), body: <Names c={c} view={view} outcome={outcome} /> },
        {
          heading: t("依据", "Ground"),
          body: (
            <p>
              {t(
                "《民法典》第二百七十八条：选举业主委员会，应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决，并经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意。每位候选人分别计算。",
                "Civil Code art. 278: two thirds of the owners with two thirds of the area must take part, and more than half of those taking part, by owners and by area, must agree. Each candidate is counted by themselves.",
              )}
            </p>
          ),
        },
        { heading: t("后续安排", "What follows"), body: <Following c={c} view={view} /> },
      ]}
      signedBy={[
        t(`${name}业主大会`, `Owners' assembly of ${name}`),
        pick(groupName(election.kind), lang),
        ...(estate.street === ""
          ? []
          : [t(`监督单位：${estate.street}办事处`, `Supervised by the ${estate.street} office`)]),
      ]}
      date={sayDay(settledOn, lang)}
      qr={{ text: address, label: t("扫码核对每一个数字", "Scan to check every figure") }}
    />
  );
};

const VoteTable = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const { participated } = view.decided!.count;
  return (
    <DataTable
      caption={t("各候选人得票", "Votes of each candidate")}
      rows={outcome.ranked}
      keep
      columns={[
        { label: t("候选人", "Candidate"), head: true, cell: ({ candidateId }) => nameIn(view, candidateId) },
        {
          label: t("人数", "Owners"),
          number: true,
          cell: ({ votes }) => `${votes.owners}（${percentCut(votes.owners, participated.owners)}）`,
        },
        {
          label: t("面积㎡", "m²"),
          number: true,
          cell: ({ votes }) => `${formatArea(votes.areaDm2)}（${percentCut(votes.areaDm2, participated.areaDm2)}）`,
        },
        { label: t("结果", "Result"), cell: (one) => <PlaceWord c={c} one={one} /> },
      ]}
    />
  );
};

const Names = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const names = (ids: readonly string[]): string => ids.map((id) => nameIn(view, id)).join(t("、", ", "));
  const members = [...view.kept.filter((id) => !outcome.elected.includes(id)), ...outcome.elected];
  return (
    <>
      <p>
        {t("委员：", "Members: ")}
        {members.length === 0 ? t("无", "none") : names(members)}
        {t("。", ".")}
      </p>
      {outcome.alternates.length > 0 ? (
        <p>
          {t("候补委员（按次序）：", "Alternates (in order): ")}
          {names(outcome.alternates)}
          {t("。", ".")}
        </p>
      ) : null}
    </>
  );
};

const Following = ({ c, view }: { c: AppContext; view: RoundView }) => {
  const { t, lang } = c.var;
  const { round, mandate } = view;
  if (round.verdict !== "stands" || !mandate)
    return (
      <p>
        {t(
          "就其余席位再举行一轮投票，时间另行公告。",
          "Another round is held for the remaining seats; notice will be given.",
        )}
      </p>
    );
  return (
    <>
      <p>
        {t(
          `任期自${sayDay(dayOf(mandate.fromAt), lang)}起至${sayDay(dayOf(mandate.plannedUntilAt - 1), lang)}止。`,
          `The term runs from ${sayDay(dayOf(mandate.fromAt), lang)} to ${sayDay(dayOf(mandate.plannedUntilAt - 1), lang)}.`,
        )}
        {mandate.electionId === view.election.electionId
          ? t(
              `业主委员会应在${sayDay(firstMeetingBy(mandate.fromAt), lang)}前召开首次会议，推选主任、副主任。`,
              ` The committee holds its first meeting by ${sayDay(firstMeetingBy(mandate.fromAt), lang)} and chooses its chair and deputies.`,
            )
          : null}
      </p>
      <p>
        {t(
          "业主对结果有异议的，可以在异议期内凭表决链接或书面提出。",
          "Owners who object to the result do so by their voting link or in writing within the period of objection.",
        )}
      </p>
    </>
  );
};
