/** What each item came to: the inequalities with their numbers, how those who took part divided, and what was deemed beside it. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { ResultBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { sayAmount } from "../../platform/ui/shares.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import type { Item } from "../agenda/rules.ts";
import type { BallotChannel } from "../ballots/rules.ts";
import { channelWords, optionWords } from "../ballots/words.ts";
import { type DeemedRefusal, type ItemCount, maySplitByChoice, SMALLEST_GROUP_SHOWN } from "../counting/rules.ts";
import { type ShownOption, shownOptions } from "../counting/shown.ts";
import type { DeemedOfItem, ItemResult, Run } from "../counting/stored.ts";
import type { FrozenItem } from "../meeting/reading.ts";
import { isSameRun } from "../results/actions.ts";
import { approvalOf, type Check, QUORUM } from "../rules.ts";
import { UNRETURNED_WORDS } from "../settings/explained.ts";
import { ItemBody, itemTitle, RecordLink } from "./agenda.tsx";
import { type PublicMeeting, standingRun } from "./reading.ts";
import { BuildingsSection } from "./turnout.tsx";
import { conclusionOf, OUTCOME_TONE, outcomeOf } from "./words.ts";

const ARTICLE = { zh: "《民法典》第二百七十八条第二款", en: "Civil Code art. 278(2)" };

/** An option's name in the reader's language; 反对 and 弃权 shown as one have one. */
export function shownLabel(item: Item, shown: ShownOption, c: AppContext): string {
  const { t } = c.var;
  const option = item.question.options.find(({ optionNo }) => optionNo === shown.optionNo);
  return option ? optionWords(item, option, t) : t(`${shown.label}（合并）`, "Against or abstaining (together)");
}

const CheckLine = ({ c, check, item, subject }: { c: AppContext; check: Check; item: Item; subject: string }) => {
  const { t, lang } = c.var;
  if (check.part === null || check.whole === null) return null;
  return (
    <InequalityLine
      t={t}
      subject={subject}
      axis={check.axis}
      part={check.part}
      whole={check.whole}
      line={check.rule === "quorum" ? QUORUM : approvalOf(item.matter)}
      of={check.rule === "quorum" ? t("本项全部", "all ") : t("参与的", "those taking part, ")}
      article={pick(ARTICLE, lang)}
    />
  );
};

const isFor = ({ rule }: Check): boolean => rule === "approval";

/** The sums of the law, one by one: two for taking part, two for each proposal. */
export const Inequalities = ({ c, item, count }: { c: AppContext; item: Item; count: ItemCount }) => {
  const { t } = c.var;
  const [first] = count.decisions;
  if (!first) return null;
  const several = item.question.kind !== "yes_no_abstain";
  const subject = (what: string, check: Check): string =>
    check.axis === "owners" ? t(`${what}的人数`, `${what}, owners:`) : t(`${what}的面积`, `${what}, area:`);
  return (
    <>
      {first.decision.checks
        .filter((check) => !isFor(check))
        .map((check) => (
          <CheckLine c={c} item={item} check={check} subject={subject(t("参与", "Took part"), check)} />
        ))}
      {count.decisions.map(({ optionNo, decision }) => {
        const option = item.question.options.find((one) => one.optionNo === optionNo)!;
        const label = optionWords(item, option, t);
        return decision.checks
          .filter(isFor)
          .map((check) => (
            <CheckLine
              c={c}
              item={item}
              check={check}
              subject={subject(several ? t(`选“${label}”`, `For “${label}”`) : t("同意", "In favour"), check)}
            />
          ));
      })}
    </>
  );
};

const whyNotDeemed = (why: DeemedRefusal, c: AppContext): string => {
  const { t } = c.var;
  switch (why.reason) {
    case "policy_is_strict":
      return t("规则只算交回的票。", "The rules count only ballots returned.");
    case "never_deemed_for_matter":
      return t("规则规定这类事项任何时候都不推定。", "By the rules this matter is never decided by silence.");
    case "clause_missing":
      return t("没有可依据的条款。", "There is no clause to rest it on.");
    case "no_majority_to_follow":
      return t(
        "没有哪一种意见在人数和面积上都领先，无从推定。",
        "No answer led on both counts, so there is none to follow.",
      );
  }
};

/**
 * The count the rules of procedure deem, beside the strict one and never in its place. In a small group its sums would
 * give away what is merged above, so only what it came to is said.
 */
const DeemedBeside = ({ c, result, deemed }: { c: AppContext; result: ItemResult; deemed: DeemedOfItem }) => {
  const { t, lang } = c.var;
  const { item, strict } = result;
  if (deemed.kind === "none") return <p class="hint">{whyNotDeemed(deemed.why, c)}</p>;
  const toOption = item.question.options.find(({ optionNo }) => optionNo === deemed.toOption);
  return (
    <Callout
      title={t("按议事规则推定的结果（并列公布）", "As the rules of procedure deem it, beside the strict count")}
    >
      <FactList>
        <Fact label={t("算法", "How")}>{pick(UNRETURNED_WORDS[deemed.policy], lang)}</Fact>
        <Fact label={t("依据", "Ground")}>{deemed.clause}</Fact>
        {maySplitByChoice(strict.participated) ? (
          <Fact label={t("另行计入", "Added")}>
            {sayAmount(deemed.added.owners, "owners", t)}
            {t("、", ", ")}
            {sayAmount(deemed.added.areaDm2, "area", t)}
            {toOption
              ? t(`，计入“${optionWords(item, toOption, t)}”`, `, to “${optionWords(item, toOption, t)}”`)
              : null}
          </Fact>
        ) : null}
        <Fact label={t("结果", "Comes to")}>
          <StatusWord tone={OUTCOME_TONE[deemed.count.outcome]}>{outcomeOf(item, deemed.count, t)}</StatusWord>
        </Fact>
      </FactList>
      {maySplitByChoice(strict.participated) ? <Inequalities c={c} item={item} count={deemed.count} /> : null}
    </Callout>
  );
};

/** What carried stands first: the bars give the first line the colour of what was reached. */
const inOrder = (count: ItemCount): ShownOption[] => {
  const carried = ({ optionNo }: ShownOption): boolean => optionNo !== null && count.carried.includes(optionNo);
  return shownOptions(count).toSorted((a, b) => Number(carried(b)) - Number(carried(a)));
};

const ItemResultView = ({ c, result, frozen }: { c: AppContext; result: ItemResult; frozen: FrozenItem }) => {
  const { t } = c.var;
  const { item, strict, deemed } = result;
  const line = approvalOf(item.matter);
  return (
    <section id={`item-${item.itemNo}`}>
      <h3>{itemTitle(item, c)}</h3>
      <p class="lead">
        <StatusWord tone={OUTCOME_TONE[strict.outcome]}>{outcomeOf(item, strict, t)}</StatusWord>
      </p>
      <p>{conclusionOf(item, strict, t)}</p>
      {strict.participated.owners > 0 ? (
        <ResultBars
          t={t}
          participated={strict.participated}
          options={inOrder(strict).map((shown) => ({
            label: shownLabel(item, shown, c),
            votes: shown.votes,
            ...(shown.role === "for" || shown.role === "choice" ? { line } : {}),
          }))}
        />
      ) : null}
      {strict.participated.owners > 0 && !maySplitByChoice(strict.participated) ? (
        <p class="hint">
          {t(
            `参与的不足${SMALLEST_GROUP_SHOWN}人，为了不暴露个人的选择，反对和弃权合并显示。`,
            `Fewer than ${SMALLEST_GROUP_SHOWN} took part; against and abstaining are shown together, so that nobody's choice is given away.`,
          )}
        </p>
      ) : null}
      {deemed ? <DeemedBeside c={c} result={result} deemed={deemed} /> : null}
      <Details open summary={t("逐项验算：每个不等式和数字", "Check it: every inequality with its numbers")}>
        <Inequalities c={c} item={item} count={strict} />
      </Details>
      <Details summary={t("表决的原文", "What was voted on")}>
        <ItemBody c={c} frozen={frozen} />
      </Details>
    </section>
  );
};

const Participation = ({ c, run }: { c: AppContext; run: Run }) => {
  const { t } = c.var;
  const { summary } = run;
  return (
    <section id="turnout">
      <h2>{t("参与情况", "Who took part")}</h2>
      <p>
        {t(`共收到有效表决票${summary.ballots}张：`, `${summary.ballots} ballots came in: `)}
        {summary.channels
          .map(({ channel, ballots }) => {
            const words = channelWords(channel as BallotChannel, t);
            return t(`${words}${ballots}张`, `${ballots} ${words}`);
          })
          .join(t("、", ", "))}
        {t("。", ".")}
      </p>
      <BuildingsSection c={c} buildings={summary.buildings} />
    </section>
  );
};

/** Where there was a recount: why, and whether it says the same. The counts before it stay to be seen. */
const Recounts = ({ c, meeting, run }: { c: AppContext; meeting: PublicMeeting; run: Run }) => {
  const { t, lang } = c.var;
  if (meeting.runs.length < 2) return null;
  return (
    <section id="recounts">
      <h3>{t("复核", "Recounts")}</h3>
      <DataTable
        caption={t("历次计票", "All counts")}
        quietCaption
        rows={meeting.runs}
        columns={[
          {
            label: t("计票", "Count"),
            head: true,
            cell: ({ runNo }) => (runNo === 1 ? t("首次", "First") : t(`第${runNo}次`, `No. ${runNo}`)),
          },
          { label: t("公布", "Published"), cell: ({ publishedAt }) => sayInstant(publishedAt ?? 0, lang) },
          { label: t("原因", "Why"), cell: ({ why }) => why },
          {
            label: t("与现在的结果", "Beside the result above"),
            cell: (one) =>
              one.runNo === run.runNo
                ? t("现在的结果", "is it")
                : isSameRun(one, run)
                  ? t("相同", "the same")
                  : t("不同", "differs"),
          },
          { label: t("记录", "Record"), cell: ({ leafHash }) => <RecordLink c={c} leafHash={leafHash} /> },
        ]}
      />
      {meeting.runs
        .filter((one) => one.runNo !== run.runNo && !isSameRun(one, run))
        .map((one) => (
          <Details summary={t(`第${one.runNo}次计票的数字`, `The numbers of count ${one.runNo}`)}>
            {one.items.map(({ item, strict }) => (
              <>
                <p>
                  <b>{itemTitle(item, c)}</b>{" "}
                  <StatusWord tone={OUTCOME_TONE[strict.outcome]}>{outcomeOf(item, strict, t)}</StatusWord>
                </p>
                <Inequalities c={c} item={item} count={strict} />
              </>
            ))}
          </Details>
        ))}
    </section>
  );
};

/** What each item came to, in a line each: what most readers came for. */
export const Outcomes = ({ c, run }: { c: AppContext; run: Run }) => (
  <LinkList
    items={run.items.map(({ item, strict }) => ({
      href: `#item-${item.itemNo}`,
      title: itemTitle(item, c),
      status: <StatusWord tone={OUTCOME_TONE[strict.outcome]}>{outcomeOf(item, strict, c.var.t)}</StatusWord>,
    }))}
  />
);

/** The published result, item by item. Nothing before it is published. */
export const ResultSection = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t } = c.var;
  const run = standingRun(meeting);
  if (!run) return null;
  return (
    <>
      <section id="result">
        <h2>{t("表决结果", "Result")}</h2>
        {run.items.map((result) => {
          const frozen = meeting.items.find(({ item }) => item.itemNo === result.item.itemNo)!;
          return <ItemResultView c={c} result={result} frozen={frozen} />;
        })}
        <Recounts c={c} meeting={meeting} run={run} />
      </section>
      <Participation c={c} run={run} />
    </>
  );
};
