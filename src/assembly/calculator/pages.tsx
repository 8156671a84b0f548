/** /calculator: the four inequalities for any meeting, from a form that is an address, so that a sum can be sent to a neighbour. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import type { Bilingual, Lang, T } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset } from "../../platform/ui/forms.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { Callout, Details, type NoteTone } from "../../platform/ui/notices.tsx";
import { sayAmount, sayFraction } from "../../platform/ui/shares.ts";
import {
  approvalOf,
  type Check,
  type FigureName,
  MATTERS,
  matterText,
  type Outcome,
  shortfall,
  shortfallWithNewcomers,
} from "../rules.ts";
import {
  type Asked,
  type Calculated,
  calculate,
  FAULT_WORDS,
  type Fault,
  FIGURE_WORDS,
  figureFrom,
  fractionOf,
} from "./rules.ts";

/** The names in the address: short enough to read out. */
const NAMES = {
  total: { owners: "owners", areaM2: "area" },
  participated: { owners: "tookOwners", areaM2: "tookArea" },
  inFavour: { owners: "forOwners", areaM2: "forArea" },
} as const;

type Typed = Readonly<Record<string, string>>;

/** Figures of a published notice from Zhejiang, of February 2026. */
const EXAMPLE: Typed = {
  matter: "4",
  owners: "817",
  area: "115344.34",
  tookOwners: "646",
  tookArea: "92508.76",
  forOwners: "411",
  forArea: "58729.34",
};
const addressOf = (typed: Typed): string => `/calculator?${new URLSearchParams(typed)}`;

function askedFrom(typed: Typed): Asked {
  const line = (name: FigureName) => {
    const owners = figureFrom(typed[NAMES[name].owners]);
    return {
      // NaN is refused as "not whole": what cannot be read is not silently left out.
      owners: owners === null ? null : /^-?\d{1,17}$/.test(owners) ? Number(owners) : Number.NaN,
      areaM2: figureFrom(typed[NAMES[name].areaM2]),
    };
  };
  return {
    matter: Number(typed.matter || Number.NaN),
    total: line("total"),
    participated: line("participated"),
    inFavour: line("inFavour"),
  };
}

const fieldOf = ({ pointer }: Fault): string => {
  const [, line, figure] = pointer.split("/");
  if (line === "matter") return "matter";
  return NAMES[line as FigureName][figure as "owners" | "areaM2"];
};

const OUTCOME: {
  readonly [O in Outcome]: { readonly tone: NoteTone; readonly title: Bilingual; readonly why: Bilingual };
} = {
  carried: {
    tone: "good",
    title: { zh: "通过", en: "Carried" },
    why: {
      zh: "参与和同意都达到了法定的比例，四项都成立。",
      en: "Enough took part and enough were in favour: all four hold.",
    },
  },
  lost: {
    tone: "bad",
    title: { zh: "未通过", en: "Lost" },
    why: {
      zh: "参与表决的够了，但同意的没有达到法定的比例。",
      en: "Enough took part, but not enough of them were in favour.",
    },
  },
  quorum_not_met: {
    tone: "bad",
    title: { zh: "参与表决的不够，不能作出决定", en: "Too few took part: nothing is decided" },
    why: {
      zh: "人数和面积都要有三分之二以上参与表决，同意再多也不能代替。",
      en: "Two thirds of the owners and of the area must take part; votes in favour do not make up for it.",
    },
  },
  cannot_be_decided: {
    tone: "warn",
    title: { zh: "缺少数字，不能判定", en: "A figure is missing: this cannot be decided" },
    why: {
      zh: "公告应当印出六个数字。缺少的不能用别的数字推算，请向公告人索取。",
      en: "A notice should print all six figures. A missing one is not to be inferred from the others: ask whoever published it.",
    },
  },
};

const ARTICLE: Bilingual = { zh: "《民法典》第二百七十八条第二款", en: "Civil Code art. 278(2)" };

function subjectOf({ rule, axis }: Check, t: T): string {
  if (rule === "quorum")
    return axis === "owners"
      ? t("参与表决的业主", "Owners who took part:")
      : t("参与表决的面积", "Area that took part:");
  return axis === "owners" ? t("同意的业主", "Owners in favour:") : t("同意的面积", "Area in favour:");
}

const CheckLine = ({ t, check, answer }: { t: T; check: Check; answer: Calculated }) => {
  const subject = subjectOf(check, t);
  const { part, whole } = check;
  const line = fractionOf(check, answer.matter);
  if (part === null || whole === null)
    return (
      <div class="sum">
        <p>
          {subject} {t(`应达到${sayFraction(line, t)}`, `${sayFraction(line, t)} needed`)}
        </p>
        <p class="hint">{t("没有数字，不能判定。", "No figure: cannot be decided.")}</p>
      </div>
    );
  return (
    <InequalityLine
      t={t}
      subject={subject}
      axis={check.axis}
      part={part}
      whole={whole}
      line={line}
      of={check.rule === "quorum" ? t("小区全部", "") : t("参与表决的", "")}
      decimals={check.axis === "area" ? answer.decimals : 0}
    />
  );
};

/** What is missing, in a sentence a convener can act on; nothing when all holds or a figure is unknown. */
const Missing = ({ t, answer }: { t: T; answer: Calculated }) => {
  const { checks, outcome } = answer.decision;
  if (outcome !== "lost" && outcome !== "quorum_not_met") return null;
  const rule = outcome === "lost" ? "approval" : "quorum";
  const say = (check: Check, value: bigint) =>
    sayAmount(value, check.axis, t, check.axis === "area" ? answer.decimals : 0);
  const lacking = checks.filter((check) => check.rule === rule && shortfall(check));
  return (
    <ul>
      {lacking.map((check) => {
        const more = say(check, shortfall(check)!);
        if (rule === "quorum") return <li>{t(`还差${more}参与表决`, `${more} more would have to take part`)}</li>;
        const fresh = say(check, shortfallWithNewcomers(check.part!, check.whole!, approvalOf(answer.matter)));
        return (
          <li>
            {t(
              `参与的不变，还差${more}同意；如果由没有投票的业主补上，要${fresh}（他们参与后，基数也变大）`,
              `${more} more in favour among those who took part; or ${fresh} from owners who have not voted, because they raise the base too`,
            )}
          </li>
        );
      })}
    </ul>
  );
};

const Answer = ({ t, lang, answer }: { t: T; lang: Lang; answer: Calculated }) => {
  const { tone, title, why } = OUTCOME[answer.outcome];
  const text = matterText(answer.matter);
  return (
    <section aria-labelledby="answer" id="result">
      <h2 id="answer">{t("结果", "Result")}</h2>
      <Callout tone={tone} title={title[lang]}>
        <p>{why[lang]}</p>
        <Missing t={t} answer={answer} />
      </Callout>
      <h3>{t("逐项计算", "The sums, one by one")}</h3>
      <p>
        {t(
          `${text.zh}（第${text.matter}项）：参与表决要三分之二以上，同意要${sayFraction(approvalOf(answer.matter), t)}，人数和面积分别计算。`,
          `Matter ${text.matter}, ${text.en}: two thirds must take part, and ${sayFraction(approvalOf(answer.matter), t)} of them be in favour, by owners and by area.`,
        )}
      </p>
      {answer.decision.checks.map((check) => (
        <CheckLine t={t} check={check} answer={answer} />
      ))}
      <p class="hint">
        {t("依据：", "Ground: ")}
        {ARTICLE[lang]}
        {t(
          "。两边相乘后比较，不除、不四舍五入。这一页的网址就是这道算式，可以直接发给邻居。",
          ". Both sides are multiplied out and compared; nothing is divided or rounded. The address of this page is the sum itself: send it to a neighbour.",
        )}
      </p>
    </section>
  );
};

const Pair = (props: {
  t: T;
  lang: Lang;
  name: FigureName;
  legend: Child;
  hint: Child;
  typed: Typed;
  errors: readonly FieldError[];
}) => {
  const { name, typed, errors, lang } = props;
  const { owners, areaM2 } = NAMES[name];
  const words = FIGURE_WORDS[name];
  return (
    <Fieldset legend={props.legend} hint={props.hint}>
      <Field
        name={owners}
        label={words.owners[lang]}
        inputmode="numeric"
        width={11}
        maxlength={40}
        value={typed[owners]}
        error={errorFor(errors, owners)}
      />
      <Field
        name={areaM2}
        label={words.area[lang]}
        inputmode="decimal"
        width={11}
        maxlength={60}
        value={typed[areaM2]}
        error={errorFor(errors, areaM2)}
      />
    </Fieldset>
  );
};

function view(c: AppContext, typed: Typed, answer: Calculated | null, faults: readonly Fault[]) {
  const { t, lang, now, demo } = c.var;
  const errors = faults.map(
    (fault): FieldError => ({ field: fieldOf(fault), message: FAULT_WORDS[fault.reason][lang] }),
  );
  // At the top the field is named; beside it, its label does that.
  const summary = faults.map((fault, at): FieldError => {
    const [, line, figure] = fault.pointer.split("/");
    const axis = figure === "owners" ? "owners" : "area";
    const named = line === "matter" ? t("事项", "Matter") : FIGURE_WORDS[line as FigureName][axis][lang];
    return { field: errors[at]!.field, message: t(`${named}：`, `${named}: `) + errors[at]!.message };
  });
  const title = t("表决计算器", "Decision calculator");
  const query = new URL(c.req.url).searchParams;
  query.set("lang", lang === "en" ? "zh" : "en");
  return (
    <Page t={t} lang={lang} now={now} title={title} demo={demo} path="/calculator" switchHref={`?${query}`}>
      <h1>{title}</h1>
      <p>
        {t(
          "把公告上的六个数字填进来，看一项业主共同决定是否通过，差多少。不用登录，什么都不保存。",
          "Put in the six figures of a notice and see whether the owners' decision was carried, and what was missing. No sign-in; nothing is stored.",
        )}{" "}
        <a href={addressOf(EXAMPLE)}>{t("看一个真实公告的例子", "See a real notice as an example")}</a>
      </p>
      <p>
        <a href="/calculator/election">
          {t(
            "换届选举有很多候选人的，用选举计算器",
            "For an election with many candidates, use the election calculator",
          )}
        </a>
      </p>
      <p>
        <a href="/calculator/accounts">
          {t("核对收支公示的合计，用收支公示计算器", "To check the sums of a statement, use the statement calculator")}
        </a>
      </p>
      <p>
        <a href="/calculator/evaluation">
          {t(
            "核对选聘物业的评标结果，用评分计算器",
            "To check a published scoring of bids, use the scoring calculator",
          )}
        </a>
      </p>
      {answer ? <Answer t={t} lang={lang} answer={answer} /> : null}
      {/* Refusing to guess at a figure must not lose what was typed: the form keeps it. */}
      <form method="get" action="/calculator" novalidate>
        {answer ? <h2>{t("改一改再算", "Change and compute again")}</h2> : null}
        <ErrorSummary
          t={t}
          errors={summary}
          title={t(`有${errors.length}处数字不对，没有计算`, "Some figures cannot be right; nothing was computed")}
        />
        <Select
          name="matter"
          label={t("表决的是哪一类事项", "Which matter was decided")}
          options={MATTERS.map((text) => ({ value: String(text.matter), label: `${text.matter} · ${text[lang]}` }))}
          value={typed.matter ?? "9"}
          error={errorFor(errors, "matter")}
        />
        <Pair
          t={t}
          lang={lang}
          name="total"
          legend={t("全部业主", "All owners")}
          hint={t(
            "小区的，或者这件事涉及的楼栋、单元的全部业主。",
            "Of the estate, or of the buildings or units the matter concerns.",
          )}
          typed={typed}
          errors={errors}
        />
        <Pair
          t={t}
          lang={lang}
          name="participated"
          legend={t("参与表决的", "Who took part")}
          hint={t(
            "同意、反对、弃权都算。公告没有写的，留空。",
            "For, against and abstaining. Leave empty what the notice does not print.",
          )}
          typed={typed}
          errors={errors}
        />
        <Pair
          t={t}
          lang={lang}
          name="inFavour"
          legend={t("同意的", "Who was in favour")}
          hint={t("多个方案的，填得票的那一个。", "Of several proposals, the one in question.")}
          typed={typed}
          errors={errors}
        />
        <Actions>
          <Button>{t("计算", "Compute")}</Button>
        </Actions>
      </form>
      <Details summary={t("这六个数字从哪里来？", "Where do these figures come from?")}>
        <p>
          {t(
            "人数：一个业主不论有几套房，按一人计；夫妻等共有一套也按一人计；开发商没有卖出和没有交付的，全部合起来按一人计。面积：按不动产登记簿，没有登记的按实测，没有实测的按买卖合同。",
            "Owners: one owner counts once however many units; co-owners of a unit count once; all that a developer has not sold or handed over counts once. Area: as registered, else as surveyed, else as in the contract.",
          )}
        </p>
        <p class="hint">
          {t(
            "依据：最高人民法院关于建筑物区分所有权的司法解释第八条、第九条。这里不提供法律意见。",
            "Ground: Supreme People's Court, Interpretation on Building Ownership, arts. 8 and 9. Nothing here is legal advice.",
          )}
        </p>
      </Details>
    </Page>
  );
}

/** Mounted at the root. */
export const calculatorPages = new Hono<AppEnv>();

calculatorPages.get("/calculator", (c) => {
  const asked = Object.values(NAMES)
    .flatMap(({ owners, areaM2 }) => [owners, areaM2])
    .some((name) => (c.req.query(name) ?? "").trim() !== "");
  const typed: Typed = Object.fromEntries(
    Object.entries(c.req.query())
      .filter(([name]) => name in EXAMPLE)
      .map(([name, value]) => [name, value.slice(0, 60)]),
  );
  if (!asked) return c.html(view(c, typed, null, []));
  const read = calculate(askedFrom(typed));
  return read.ok ? c.html(view(c, typed, read.value, [])) : c.html(view(c, typed, null, read.error), 422);
});
