/** The sheets of a dossier as HTML files that stand alone: the notice in each edition, and a count with its sums. In Chinese; markup only. */
import { translator } from "../../platform/i18n.ts";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { sayAmount } from "../../platform/ui/shares.ts";
import { standaloneDocument } from "../../platform/ui/standalone.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type ItemCount, maySplitByChoice } from "../counting/rules.ts";
import { shownOptions } from "../counting/shown.ts";
import type { ItemResult, Run } from "../counting/stored.ts";
import { NoticeOfMeeting } from "../meeting/notice-sheet.tsx";
import type { Edition } from "../public/reading.ts";
import { conclusionOf, outcomeOf } from "../public/words.ts";
import { approvalOf, matterText, QUORUM } from "../rules.ts";
import type { DossierFacts } from "./dossier-reading.ts";

const zh = translator("zh");

/**
 * The notice of one edition as it was given: with its own times, roll and rules. Later extensions stand in events.json.
 * The day it bears is that of the edition which began the period of notice that then ran.
 */
export function noticeDocument({ community, meeting }: DossierFacts, edition: Edition, address: string): string {
  const { manifest, row } = edition;
  const restarted = meeting.events.filter(
    (event) =>
      event.kind === "notice_given" ||
      (event.kind === "amended" && event.facts.restarted && event.facts.edition <= row.edition),
  );
  const noticeAt = restarted.at(-1)?.at ?? row.madeAt;
  return standaloneDocument(
    `关于召开${manifest.title}的公告（第${row.edition}版）`,
    <NoticeOfMeeting
      t={zh}
      lang="zh"
      content={{
        draft: {
          title: manifest.title,
          convener: manifest.convener,
          items: manifest.items,
          opensAt: manifest.opensAt,
          closesAt: manifest.closesAt,
          rules: manifest.rules,
        },
        communityName: community.name,
        street: meeting.street,
        given: {
          noticeAt,
          edition: row.edition,
          totals: { owners: manifest.roll.owners, areaDm2: manifest.roll.areaDm2 },
          eligible: manifest.eligible,
          manifestHash: row.manifestHash,
          rollRoot: manifest.roll.root,
        },
        address,
      }}
    />,
  );
}

/** The four inequalities of a proposal, two of them the same for all of an item's. */
const Sums = ({ result, count }: { result: ItemResult; count: ItemCount }) => (
  <>
    {count.decisions.map(({ optionNo, decision }, at) => {
      const label = result.item.question.options.find((one) => one.optionNo === optionNo)?.label ?? "";
      return decision.checks
        .filter(({ rule }) => rule === "approval" || at === 0)
        .map(({ rule, axis, part, whole }) =>
          part === null || whole === null ? null : (
            <InequalityLine
              t={zh}
              subject={`${rule === "quorum" ? "参与" : `“${label}”`}的${axis === "owners" ? "人数" : "面积"}`}
              axis={axis}
              part={part}
              whole={whole}
              line={rule === "quorum" ? QUORUM : approvalOf(result.item.matter)}
              of={rule === "quorum" ? "本项全部" : "参与的"}
              article="《民法典》第二百七十八条第二款"
            />
          ),
        );
    })}
  </>
);

const ItemOfCount = ({ result }: { result: ItemResult }) => {
  const { item, strict, deemed } = result;
  return (
    <section>
      <h2>{`议题${item.itemNo}：${item.title}`}</h2>
      <p>
        {matterText(item.matter).zh}（{matterText(item.matter).article.zh}）
      </p>
      <p>
        <strong>{outcomeOf(item, strict, zh)}</strong>。{conclusionOf(item, strict, zh)}
      </p>
      <DataTable
        caption="各选项的人数和面积"
        rows={shownOptions(strict)}
        columns={[
          { label: "选项", head: true, cell: ({ label }) => label },
          { label: "人数", number: true, cell: ({ votes }) => sayAmount(votes.owners, "owners", zh) },
          { label: "面积", number: true, cell: ({ votes }) => sayAmount(votes.areaDm2, "area", zh) },
        ]}
      />
      <Sums result={result} count={strict} />
      {deemed?.kind === "counted" ? (
        <>
          <h3>按议事规则推定（并列，不代替以上严格计票）</h3>
          <p>
            依据：{deemed.clause}。结果：{outcomeOf(item, deemed.count, zh)}。
          </p>
          {maySplitByChoice(strict.participated) ? <Sums result={result} count={deemed.count} /> : null}
        </>
      ) : null}
    </section>
  );
};

/** A published count with every sum, as a page that can be recomputed with a pocket calculator. */
export const resultDocument = ({ community, meeting }: DossierFacts, run: Run): string =>
  standaloneDocument(
    `${meeting.row.title}：第${run.runNo}次计票`,
    <>
      <h1>
        {community.name}：{meeting.row.title}
      </h1>
      <p>
        第{run.runNo}次计票{run.why === "" ? "" : `（复核，原因：${run.why}）`}，{sayInstant(run.countedAt, "zh")}计票，
        {sayInstant(run.publishedAt ?? 0, "zh")}公布。表决截止：{sayDeadline(meeting.row.closesAt ?? 0, "zh")}。名册以
        {sayDay(meeting.roll.asOf, "zh")}为准，收到有效表决票{run.summary.ballots}张。
      </p>
      {run.items.map((result) => (
        <ItemOfCount result={result} />
      ))}
    </>,
  );
