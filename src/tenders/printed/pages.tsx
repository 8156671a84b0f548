/** /calculator/evaluation: a published scoring of bids made again from its printed figures, by a form that is an address. Nothing is stored. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { type Bilingual, pick, type T } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { formatPoints } from "../scoring/sheets/rules.ts";
import {
  type EvaluationFault,
  type Finding,
  MOST_BIDS,
  PRICE_RULES,
  type PriceRule,
  type PrintedBid,
  type PrintedEvaluation,
  type RecomputedEvaluation,
  readBidLine,
  readWeights,
  recomputeEvaluation,
} from "./rules.ts";

const PATH = "/calculator/evaluation";
const LONGEST_LINES = 6_000;

type Typed = Readonly<Record<string, string>>;

/** Made up, with two mistakes to be found: a price score and a total. */
const EXAMPLE: Typed = {
  weights: "20/40/40",
  sheets: "1",
  priceRule: "lowest",
  priceColumn: "1",
  lines: ["甲公司 140 20 36 35 91 1", "乙公司 150 18.76 35 34 87.76 2", "丙公司 160 17.5 30 30 78.5 3"].join("\n"),
};
const BLANK: Typed = { weights: "", sheets: "1", priceRule: "none", priceColumn: "0", lines: "" };
const addressOf = (typed: Typed): string => `${PATH}?${new URLSearchParams(typed)}`;

const RULE_WORDS: Readonly<Record<PriceRule, Bilingual>> = {
  none: { zh: "不核对报价分", en: "Do not check the score of the price" },
  lowest: {
    zh: "最低价为基准：基准价÷报价×分值，四舍五入到0.01分",
    en: "The lowest is the base: base ÷ price × weight, rounded half up to 0.01",
  },
  mean: {
    zh: "平均价为基准：基准价÷报价×分值，最高得满分",
    en: "The mean is the base: base ÷ price × weight, never above the weight",
  },
};

const FAULT_WORDS: Readonly<Record<EvaluationFault["reason"], Bilingual>> = {
  no_bids: { zh: "请至少写一家投标人，每家一行", en: "Write at least one bidder, one a line" },
  too_many_bids: { zh: `最多${MOST_BIDS}家`, en: `At most ${MOST_BIDS} bidders` },
  line_unreadable: { zh: "格式不对", en: "cannot be read" },
  weights_unreadable: { zh: "分值写成 10/30/40/10/10 这样", en: "Write weights such as 10/30/40/10/10" },
  sheets_out_of_range: { zh: "1 到 99 的整数", en: "A whole number from 1 to 99" },
  column_out_of_range: { zh: "报价是第几项：0 或者某一项", en: "Which item is the price: 0, or one of them" },
};

function sayFault(fault: EvaluationFault, t: T): FieldError {
  const words = FAULT_WORDS[fault.reason];
  return {
    field: fault.field,
    message:
      fault.reason === "line_unreadable"
        ? t(
            `第${fault.line}行${words.zh}：名称、报价、每项得分、总分、名次，缺的写 -`,
            `Line ${fault.line} ${words.en}: name, price, each part, total, rank; “-” for what is missing`,
          )
        : t(words.zh, words.en),
  };
}

/** The form as figures; faults of what cannot be read. */
function askedFrom(typed: Typed): { readonly asked: PrintedEvaluation; readonly faults: readonly EvaluationFault[] } {
  const faults: EvaluationFault[] = [];
  const weights = readWeights(typed.weights ?? "");
  if (weights === null) faults.push({ field: "weights", reason: "weights_unreadable" });
  const bids: PrintedBid[] = [];
  for (const [at, line] of (typed.lines ?? "").split("\n").entries()) {
    if (line.trim() === "") continue;
    const bid = readBidLine(line, weights?.length ?? 0);
    if (bid) bids.push(bid);
    else if (weights !== null) faults.push({ field: "lines", reason: "line_unreadable", line: at + 1 });
  }
  const asked: PrintedEvaluation = {
    weights: weights ?? [],
    sheets: Number(typed.sheets),
    priceRule: PRICE_RULES.find((one) => one === typed.priceRule) ?? "none",
    priceColumn: Number(typed.priceColumn),
    bids,
  };
  return { asked, faults };
}

/** A mistake as a sentence that can be put to whoever published the notice. */
function sayFinding(finding: Finding, t: T): string {
  const p = formatPoints;
  switch (finding.kind) {
    case "weights":
      return t(`各项分值合计${finding.sum}，不是100。`, `The weights sum to ${finding.sum}, not to 100.`);
    case "over_weight":
      return t(
        `${finding.name}：第${finding.column}项印作${p(finding.points)}分，超过这一项的满分${p(finding.most)}。`,
        `${finding.name}: item ${finding.column} is printed as ${p(finding.points)}, above its ${p(finding.most)}.`,
      );
    case "over_full":
      return t(
        `${finding.name}：总分印作${p(finding.printed)}，超过满分${p(finding.most)}。`,
        `${finding.name}: the total is printed as ${p(finding.printed)}, above full marks of ${p(finding.most)}.`,
      );
    case "price":
      return t(
        `${finding.name}：报价分印作${p(finding.printed)}，按公告的算法是${p(finding.recomputed)}。`,
        `${finding.name}: the price has ${p(finding.printed)}; by the printed rule it is ${p(finding.recomputed)}.`,
      );
    case "total":
      return t(
        `${finding.name}：总分印作${p(finding.printed)}，各项加起来是${p(finding.recomputed)}。`,
        `${finding.name}: the total is printed as ${p(finding.printed)}; its parts add up to ${p(finding.recomputed)}.`,
      );
    case "rank":
      return t(
        `${finding.name}：名次印作第${finding.printed}，按总分是第${finding.recomputed}。`,
        `${finding.name}: ranked ${finding.printed}; by the totals it is ${finding.recomputed}.`,
      );
  }
}

const Answer = ({ t, asked, answer }: { t: T; asked: PrintedEvaluation; answer: RecomputedEvaluation }) => {
  const { findings, bids, checked } = answer;
  const points = (value: number | null): string => (value === null ? "—" : formatPoints(value));
  return (
    <section aria-labelledby="answer" id="result">
      <h2 id="answer">{t("结果", "Result")}</h2>
      {findings.length > 0 ? (
        <Callout
          tone="bad"
          title={t(
            `有${findings.length}处与公告自己的数字不符`,
            `${findings.length} statements do not follow from the notice's own figures`,
          )}
        >
          <ul>
            {findings.map((one) => (
              <li>{sayFinding(one, t)}</li>
            ))}
          </ul>
        </Callout>
      ) : checked > 0 ? (
        <Callout tone="good" title={t("凡能核对的，都与数字相符", "Everything that can be checked follows")}>
          <p>{t(`核对了${checked}处。`, `${checked} figures were checked.`)}</p>
        </Callout>
      ) : (
        <Callout tone="warn" title={t("没有可以核对的", "There is nothing to check")}>
          <p>
            {t(
              "公告应当印出每项的分值、每家每项的得分、总分和名次。缺少的不能推算，请向公告人索取。",
              "A notice should print the weights, every bidder's points by item, its total and its rank. What is missing is not to be inferred: ask whoever published it.",
            )}
          </p>
        </Callout>
      )}
      <DataTable
        caption={t("各投标人", "The bidders")}
        rows={bids.map((bid, at) => ({ ...bid, printed: asked.bids[at]! }))}
        columns={[
          { label: t("投标人", "Bidder"), head: true, cell: ({ name }) => name },
          { label: t("报价分", "Price score"), number: true, cell: ({ pricePoints }) => points(pricePoints) },
          { label: t("各项相加", "Parts added up"), number: true, cell: ({ total }) => points(total) },
          { label: t("印出的总分", "Printed total"), number: true, cell: ({ printed }) => points(printed.total) },
          {
            label: t("按总分的名次", "Rank by totals"),
            number: true,
            cell: ({ rank, isLevel }) => (
              <>
                {rank ?? "—"}
                {isLevel ? <StatusWord tone="note">{t("同分", "level")}</StatusWord> : null}
              </>
            ),
          },
          { label: t("印出的名次", "Printed rank"), number: true, cell: ({ printed }) => printed.rank ?? "—" },
        ]}
      />
      <p class="hint">
        {t(
          "同分的谁在前，数字没有说，要看公告怎样规定。按0.01分计算，不用小数。这一页的网址就是这些数字，可以直接发给邻居。",
          "Who of those level goes first the figures do not say: see what the notice ruled. Points are whole hundredths. The address of this page is the figures themselves: send it to a neighbour.",
        )}
      </p>
    </section>
  );
};

function view(
  c: AppContext,
  typed: Typed,
  asked: PrintedEvaluation | null,
  answer: RecomputedEvaluation | null,
  faults: readonly EvaluationFault[],
) {
  const { t, lang, now, demo } = c.var;
  const errors = faults.map((fault) => sayFault(fault, t));
  const title = t("评分计算器", "Scoring calculator");
  const query = new URL(c.req.url).searchParams;
  query.set("lang", lang === "en" ? "zh" : "en");
  const at = (name: string) => errorFor(errors, name);
  return (
    <Page t={t} lang={lang} now={now} title={title} demo={demo} path={PATH} switchHref={`?${query}`}>
      <h1>{title}</h1>
      <p>
        {t(
          "把一份选聘物业的评标结果公告填进来，看报价分、总分和名次与它自己的数字是否相符。哪个小区的都可以。不用登录，什么都不保存。",
          "Put in a published scoring of bids, of any estate, and see whether price scores, totals and ranks follow from its own figures. No sign-in; nothing is stored.",
        )}{" "}
        <a href={addressOf(EXAMPLE)}>{t("看一个编出来的例子", "See a made-up example")}</a>
      </p>
      {asked && answer ? <Answer t={t} asked={asked} answer={answer} /> : null}
      <form method="get" action={PATH} novalidate>
        {answer ? <h2>{t("改一改再算", "Change and compute again")}</h2> : null}
        <ErrorSummary
          t={t}
          errors={errors}
          title={t(`有${errors.length}处不对，没有计算`, "Some figures cannot be right; nothing was computed")}
        />
        <Field
          name="weights"
          label={t("各项分值", "Weights")}
          hint={t(
            "按公告的次序，例如 10/30/40/10/10；没有印出的留空",
            "In the notice's order, such as 10/30/40/10/10; leave empty if none are printed",
          )}
          optional={t("没有印的不填", "if printed")}
          maxlength={60}
          value={typed.weights}
          error={at("weights")}
        />
        <TextArea
          name="lines"
          label={t("投标人，每家一行", "Bidders, one a line")}
          hint={t(
            "名称、报价、每一项的得分（与分值一样多）、总分、名次，用空格分开；缺的写 -。可以从表格里直接复制。",
            "Name, price, the points of each item (as many as weights), total, rank, with spaces between; “-” for what is missing. A table can be pasted.",
          )}
          rows={6}
          maxlength={LONGEST_LINES}
          value={typed.lines}
          error={at("lines")}
        />
        <Field
          name="sheets"
          label={t("几位评委的分加在一起", "How many members' sheets are added up")}
          hint={t("取平均的写 1", "1 where the average is taken")}
          inputmode="numeric"
          width={4}
          maxlength={3}
          value={typed.sheets}
          error={at("sheets")}
        />
        <Select
          name="priceRule"
          label={t("报价分怎样算", "How the price is scored")}
          options={PRICE_RULES.map((value) => ({ value, label: pick(RULE_WORDS[value], lang) }))}
          value={typed.priceRule ?? "none"}
        />
        <Field
          name="priceColumn"
          label={t("报价是第几项", "Which item is the price")}
          hint={t("不核对报价分的写 0", "0 where it is not checked")}
          inputmode="numeric"
          width={4}
          maxlength={2}
          value={typed.priceColumn}
          error={at("priceColumn")}
        />
        <Actions>
          <Button>{t("计算", "Compute")}</Button>
        </Actions>
      </form>
      <p class="hint">
        {t(
          "依据：评标按招标文件确定的标准和方法（《招标投标法》第四十条）。这里不提供法律意见。",
          "Ground: bids are scored by the published standards and method alone (Tendering Law, art. 40). Nothing here is legal advice.",
        )}
      </p>
    </Page>
  );
}

/** Mounted at the root. */
export const printedEvaluationPages = new Hono<AppEnv>();

printedEvaluationPages.get(PATH, (c) => {
  const given = Object.entries(c.req.query()).filter(([name]) => name in EXAMPLE);
  const typed: Typed = {
    ...BLANK,
    ...Object.fromEntries(
      given.map(([name, value]) => [
        name,
        value.replace(/\r\n?/g, "\n").slice(0, name === "lines" ? LONGEST_LINES : 60),
      ]),
    ),
  };
  if (given.length === 0) return c.html(view(c, typed, null, null, []));
  const { asked, faults } = askedFrom(typed);
  if (faults.length > 0) return c.html(view(c, typed, asked, null, faults), 422);
  const made = recomputeEvaluation(asked);
  return made.ok ? c.html(view(c, typed, asked, made.value, [])) : c.html(view(c, typed, asked, null, made.error), 422);
});
