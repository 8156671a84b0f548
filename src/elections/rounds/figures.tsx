/** The figures of a round: each candidate against the half on both axes, as bars, as a table and as sums to be checked; the ranking and its draw. Markup only. */

import { hexToBytes } from "@noble/hashes/utils.js";
import type { Child } from "hono/jsx";
import { formatArea } from "../../kernel/area.ts";
import { MORE_THAN_HALF, TWO_THIRDS } from "../../kernel/weight.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { ResultBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { percentCut, sayAmount } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { ticketOf } from "../../record/draw/rules.ts";
import { electionHref } from "../addresses.ts";
import { RANKING_WORDS, TIE_WORDS } from "../method/explained.ts";
import type { StoredOutcome } from "./reading.ts";
import { drawPurpose, type Tie } from "./rules.ts";
import { nameIn, numberIn, type RoundView } from "./view.ts";
import { HINDRANCE_WORDS, PLACE_TONE, PLACE_WORDS } from "./words.ts";

const ARTICLE = { zh: "《民法典》第二百七十八条第二款", en: "Civil Code art. 278(2)" };

type Ranked = StoredOutcome["ranked"][number];

/** A candidate's name, leading to their page. */
export const CandidateLink = ({ c, view, candidateId }: { c: AppContext; view: RoundView; candidateId: string }) => {
  const number = numberIn(view, candidateId);
  const name = nameIn(view, candidateId);
  return number === null ? (
    <span>{name}</span>
  ) : (
    <a href={`${electionHref(c.var.scene.community.slug, view.election.number)}/candidates/${number}`}>{name}</a>
  );
};

/** Where a candidate ended, with their number among those elected or waiting. */
export const PlaceWord = ({ c, one }: { c: AppContext; one: Ranked }) => {
  const { t, lang } = c.var;
  const words = pick(PLACE_WORDS[one.place], lang);
  return (
    <>
      <StatusWord tone={PLACE_TONE[one.place]}>
        {one.place === "alternate" && one.order !== null
          ? t(`${words}（第${one.order}）`, `${words} ${one.order}`)
          : words}
      </StatusWord>
      {one.place === "hindered" && one.hindered ? (
        <small class="quiet">
          {t("（", " (")}
          {pick(HINDRANCE_WORDS[one.hindered], lang)}
          {t("）", ")")}
        </small>
      ) : null}
    </>
  );
};

/** Bars of those who took part, for each candidate and both axes, against the half. Green is what reached it on that axis. */
export const CandidateBars = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const { participated } = view.decided!.count;
  return (
    <ResultBars
      t={t}
      participated={participated}
      options={outcome.ranked.map((one) => ({
        label: (
          <>
            <CandidateLink c={c} view={view} candidateId={one.candidateId} /> <PlaceWord c={c} one={one} />
          </>
        ),
        votes: one.votes,
        line: MORE_THAN_HALF,
      }))}
    />
  );
};

/** The same in figures, in the accustomed columns: owners, their share, area, its share, rank, result. */
export const CandidateTable = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const { participated } = view.decided!.count;
  return (
    <DataTable
      caption={t("各候选人得票", "Votes of each candidate")}
      rows={outcome.ranked}
      columns={[
        { label: t("候选人", "Candidate"), head: true, cell: ({ candidateId }) => nameIn(view, candidateId) },
        { label: t("同意人数", "Owners"), number: true, cell: ({ votes }) => votes.owners },
        {
          label: t("占参与人数", "of those taking part"),
          number: true,
          cell: ({ votes }) => percentCut(votes.owners, participated.owners),
        },
        { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ({ votes }) => formatArea(votes.areaDm2) },
        {
          label: t("占参与面积", "of their area"),
          number: true,
          cell: ({ votes }) => percentCut(votes.areaDm2, participated.areaDm2),
        },
        { label: t("名次", "Rank"), number: true, cell: ({ rank }) => rank ?? "—" },
        { label: t("结果", "Result"), cell: (one) => <PlaceWord c={c} one={one} /> },
      ]}
    />
  );
};

/** The quorum once, and for each candidate the two sums that decide whether they passed. */
export const Sums = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t, lang } = c.var;
  const { eligible, count } = view.decided!;
  const article = pick(ARTICLE, lang);
  const line = (subject: string, axis: "owners" | "area", part: number, whole: number, isQuorum: boolean) => (
    <InequalityLine
      t={t}
      subject={subject}
      axis={axis}
      part={part}
      whole={whole}
      line={isQuorum ? TWO_THIRDS : MORE_THAN_HALF}
      of={isQuorum ? t("小区全部", "all ") : t("参与的", "those taking part, ")}
      article={article}
    />
  );
  return (
    <>
      {line(t("参与表决的业主", "Owners who took part:"), "owners", count.participated.owners, eligible.owners, true)}
      {line(t("参与表决的面积", "Area that took part:"), "area", count.participated.areaDm2, eligible.areaDm2, true)}
      {outcome.ranked.map((one) => {
        const name = nameIn(view, one.candidateId);
        return (
          <Details summary={t(`${name}：两道算式`, `${name}: the two sums`)}>
            {line(
              t(`选${name}的人数`, `For ${name}, owners:`),
              "owners",
              one.votes.owners,
              count.participated.owners,
              false,
            )}
            {line(
              t(`选${name}的面积`, `For ${name}, area:`),
              "area",
              one.votes.areaDm2,
              count.participated.areaDm2,
              false,
            )}
          </Details>
        );
      })}
    </>
  );
};

/** How those who passed were ranked, and what settled a tie. */
export const Ranking = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t, lang } = c.var;
  const { method } = view;
  const passed = outcome.ranked.filter((one) => one.rank !== null);
  if (passed.length === 0) return null;
  const names = (ids: readonly string[]): string => ids.map((id) => nameIn(view, id)).join(t("、", ", "));
  return (
    <section id="ranking">
      <h2>{t("怎样排名", "How they are ranked")}</h2>
      <p>
        {t(
          `选举办法规定：${RANKING_WORDS[method.ranking.value].zh}。`,
          `The method says: ${RANKING_WORDS[method.ranking.value].en.toLowerCase()}.`,
        )}
        {method.ranking.clause === ""
          ? null
          : t(`（依据：${method.ranking.clause}）`, ` (ground: ${method.ranking.clause})`)}
      </p>
      <ol>
        {passed.map((one) => (
          <li>
            {nameIn(view, one.candidateId)}
            {t("：", ": ")}
            {sayAmount(one.votes.owners, "owners", t)}
            {t("、", ", ")}
            {sayAmount(one.votes.areaDm2, "area", t)}
            {one.rank !== null && passed.filter(({ rank }) => rank === one.rank).length > 1
              ? t(`（并列第${one.rank}）`, ` (level at ${one.rank})`)
              : null}
          </li>
        ))}
      </ol>
      {outcome.ties.length === 0 ? (
        <p class="hint">
          {t(
            "没有需要抽签的并列。种子仍然公开，任何人都可以核对它与事先公布的承诺一致。",
            "No tie had to be settled. The seed is public all the same, so that anyone can hold it against its commitment.",
          )}
        </p>
      ) : (
        outcome.ties.map((tie) => (
          <TieLine c={c} tie={tie} names={names} rule={pick(TIE_WORDS[method.tie.value], lang)} />
        ))
      )}
      <Draw c={c} view={view} outcome={outcome} />
    </section>
  );
};

const TieLine = ({
  c,
  tie,
  names,
  rule,
}: {
  c: AppContext;
  tie: Tie;
  names: (ids: readonly string[]) => string;
  rule: string;
}) => {
  const { t } = c.var;
  const between = names(tie.candidateIds);
  if (tie.settledBy === "further_vote")
    return (
      <p>
        {t(
          `最后一席得票相同：${between}。选举办法规定：${rule}。`,
          `Level for the last seat: ${between}. The method says: ${rule.toLowerCase()}.`,
        )}
      </p>
    );
  return (
    <p>
      {tie.over === "last_seat"
        ? t(`最后一席得票相同：${between}。`, `Level for the last seat: ${between}.`)
        : t(`候补次序得票相同：${between}。`, `Level among those who wait: ${between}.`)}
      {t(
        `按事先封存的种子抽签，次序是：${names(tie.drawn)}。`,
        ` Drawn by the seed sealed beforehand, in this order: ${names(tie.drawn)}.`,
      )}
    </p>
  );
};

/** The draw, so that anyone can do it again: seed, commitment, purpose, and everybody's ticket. */
const Draw = ({ c, view, outcome }: { c: AppContext; view: RoundView; outcome: StoredOutcome }) => {
  const { t } = c.var;
  const { round, election, paper } = view;
  if (round.seed === null) return null;
  const seed = hexToBytes(round.seed);
  const purpose = drawPurpose(election.electionId, round.roundNo);
  const drawn = outcome.ties.flatMap((tie) => tie.drawn);
  const tickets = paper
    .map(({ optionNo, candidateId, label }) => ({
      label,
      lot: String(optionNo),
      isDrawn: drawn.includes(candidateId),
      ticket: ticketOf(seed, purpose, String(optionNo)),
    }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
  return (
    <Details summary={t("自己重抽一遍", "Draw it again yourself")}>
      <FactList>
        <Fact label={t("公布在先的承诺", "Committed to beforehand")}>
          <code>{round.commitment}</code>
        </Fact>
        <Fact label={t("现在公开的种子", "The seed, revealed")}>
          <code>{round.seed}</code>
        </Fact>
        <Fact label={t("抽签用途", "Purpose of the draw")}>
          <code>{purpose}</code>
        </Fact>
      </FactList>
      <ol>
        <li>
          {t(
            "核对种子：SHA-256(“commonhold draw v1” ‖ 种子) 应等于上面的承诺。承诺在表决以前就写进了公开记录。",
            "Check the seed: SHA-256(“commonhold draw v1” ‖ seed) equals the commitment, which the record has carried since before the vote.",
          )}
        </li>
        <li>
          {t(
            "算每个人的签：SHA-256(种子 ‖ 用途 ‖ 一个零字节 ‖ 表决票上的序号)。",
            "Each ticket: SHA-256(seed ‖ purpose ‖ one zero byte ‖ number on the ballot).",
          )}
        </li>
        <li>{t("得票相同的人里，签小的在前。", "Among those who are level, the smallest ticket goes first.")}</li>
      </ol>
      <DataTable
        caption={t("每个人的签", "Everybody's ticket")}
        rows={tickets}
        columns={[
          { label: t("候选人", "Candidate"), head: true, cell: ({ label }) => label },
          { label: t("票上的序号", "On the ballot"), number: true, cell: ({ lot }) => lot },
          {
            label: t("签", "Ticket"),
            cell: ({ ticket }): Child => (
              <code>
                {ticket.slice(0, 16)}
                {"…"}
              </code>
            ),
          },
          { label: t("用到", "Used"), cell: ({ isDrawn }) => (isDrawn ? t("是", "yes") : t("否", "no")) },
        ]}
      />
    </Details>
  );
};
