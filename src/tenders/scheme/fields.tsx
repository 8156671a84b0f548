/** The fields of a scheme's forms. Markup only; what is typed is kept as it was typed. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { CheckboxGroup, RadioGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Fieldset } from "../../platform/ui/forms.tsx";
import {
  CRITERION_WORDS,
  MODE_WORDS,
  PRICE_MODEL_WORDS,
  PROCEDURE_WORDS,
  QUALIFICATION_WORDS,
  SERVICE_WORDS,
  TIE_WORDS,
} from "../words.ts";
import { LONGEST_TITLE, MOST_CRITERIA, MOST_POSTS, MOST_PRICES, type Typed } from "./form.ts";
import { MODES, PRICE_MODELS, PROFESSIONAL, QUALIFICATIONS, type Scheme, SERVICES } from "./rules.ts";

export interface Filled {
  readonly c: AppContext;
  readonly typed: Typed;
  readonly errors: readonly FieldError[];
  readonly scheme: Scheme;
}

const value = (typed: Typed, name: string): string => {
  const held = typed[name];
  return typeof held === "string" ? held : (held?.[0] ?? "");
};
const values = (typed: Typed, name: string): readonly string[] => {
  const held = typed[name];
  return held === undefined ? [] : typeof held === "string" ? (held === "" ? [] : [held]) : held;
};
/** How many rows a table of fields shows: those that are filled in, and two to go on. */
const rowsOf = (typed: Typed, list: string, name: string, most: number): number => {
  let filled = 0;
  for (let at = 0; at < most; at += 1) if (value(typed, `${list}[${at}].${name}`) !== "") filled = at + 1;
  return Math.min(most, filled + 2);
};
const count = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);

export const GeneralFields = ({ c, typed, errors }: Filled) => {
  const { t, lang } = c.var;
  const at = (name: string) => ({ name, value: value(typed, name), error: errorFor(errors, name) });
  const days = (name: string, label: string) => <Field {...at(name)} label={label} inputmode="numeric" width={6} />;
  return (
    <>
      <Field {...at("title")} label={t("名称", "Title")} maxlength={LONGEST_TITLE} />
      <RadioGroup
        {...at("mode")}
        legend={t("服务模式", "How the estate is served")}
        options={MODES.map((mode) => ({
          value: mode,
          label: pick(MODE_WORDS[mode].name, lang),
          hint: pick(MODE_WORDS[mode].hint, lang),
        }))}
      />
      <TextArea
        {...at("reasons")}
        label={t("为什么这样选", "Why")}
        hint={t("业主会看到，不要写个人姓名。", "The owners read it; name nobody.")}
        rows={4}
      />
      <RadioGroup
        {...at("procedure")}
        legend={t("选聘方式", "Procedure")}
        options={(["open", "invited"] as const).map((one) => ({ value: one, label: pick(PROCEDURE_WORDS[one], lang) }))}
      />
      <TextArea
        {...at("invited")}
        label={t("邀请的单位（每行一家：名称 统一社会信用代码）", "Those invited, one a line: name and credit code")}
        hint={t("邀请招标至少三家（《招标投标法》第十七条）。", "Three at least (TB 17).")}
        rows={4}
        optional={t("公开招标不填", "not for an open one")}
      />
      <h2>{t("时间", "Times")}</h2>
      {days("questionDays", t("提问几天", "Days to ask"))}
      {days("bidDays", t("投标几天", "Days to bid"))}
      {days("candidateDays", t("中标候选人公示几天", "Days the candidates are published"))}
      <h2>{t("评审", "Scoring")}</h2>
      {days("panelSize", t("评审组人数（单数，5人以上）", "Members of the panel (odd, five or more)"))}
      {days("panelExperts", t("其中专家（不少于三分之二）", "Experts among them (two thirds at least)"))}
      {days("candidatesMost", t("推荐几名中标候选人（1到3）", "How many candidates (1 to 3)"))}
      <RadioGroup
        {...at("ties")}
        legend={t("总分相同时", "Between equal totals")}
        options={(["lower_price", "higher_judged", "draw"] as const).map((tie) => ({
          value: tie,
          label:
            tie === "draw"
              ? pick(TIE_WORDS.draw, lang)
              : t(`${TIE_WORDS[tie].zh}，再相同公开抽签`, `${TIE_WORDS[tie].en}, then a public draw`),
        }))}
      />
    </>
  );
};

export const LotFields = ({ c, typed, errors }: Filled) => {
  const { t, lang } = c.var;
  const at = (name: string) => ({ name, value: value(typed, name), error: errorFor(errors, name) });
  const ticks = (name: string) => ({ name, values: values(typed, name), error: errorFor(errors, name) });
  const may = t("可不填", "may stay empty");
  const services = SERVICES.filter((one) => one !== "whole").map((service) => ({
    value: service,
    label: pick(SERVICE_WORDS[service], lang),
  }));
  return (
    <>
      <Field {...at("title")} label={t("标段名称", "Title")} maxlength={LONGEST_TITLE} />
      <Select
        {...at("service")}
        label={t("服务", "Service")}
        options={SERVICES.map((service) => ({ value: service, label: pick(SERVICE_WORDS[service], lang) }))}
      />
      <TextArea
        {...at("scope")}
        label={t("服务范围", "Scope")}
        hint={t("哪些楼、哪些部位、什么时间。", "Which buildings and parts, at what times.")}
        rows={4}
      />
      <TextArea
        {...at("quality")}
        label={t("质量标准（每行一条，写成“内容：标准”）", "Measures of quality, one a line: what: measure")}
        hint={t("以后检查和评价就按这些条。", "Inspections and ratings will go by these.")}
        rows={6}
      />
      <CheckboxGroup
        {...ticks("qualifications")}
        legend={t("投标人要有", "Bidders need")}
        options={QUALIFICATIONS.map((one) => ({ value: one, label: pick(QUALIFICATION_WORDS[one], lang) }))}
      />
      <h2>{t("服务期", "Term")}</h2>
      <DateTimeField kind="date" {...at("from")} label={t("开始日期", "First day")} />
      <Field {...at("months")} label={t("几个月", "Months")} inputmode="numeric" width={6} />
      <h2>{t("价格", "Price")}</h2>
      <RadioGroup
        {...at("priceModel")}
        legend={t("计价方式", "Price model")}
        options={PRICE_MODELS.map((one) => ({
          value: one,
          label: pick(PRICE_MODEL_WORDS[one].name, lang),
          hint: pick(PRICE_MODEL_WORDS[one].hint, lang),
        }))}
      />
      {count(rowsOf(typed, "prices", "label", MOST_PRICES)).map((row) => {
        const of = (name: string) => at(`prices[${row}].${name}`);
        return (
          <Fieldset legend={t(`报价项${row + 1}`, `Price ${row + 1}`)}>
            <input type="hidden" name={`prices[${row}].key`} value={value(typed, `prices[${row}].key`)} />
            <Field
              {...of("label")}
              label={t("报价项", "Price of")}
              hint={t("例如：住宅物业费", "Such as: fee for homes")}
              optional={may}
            />
            <Field {...of("unit")} label={t("单位", "Unit")} hint="元/㎡·月、元/月、元/次" width={20} optional={may} />
            <Field
              {...of("quantity")}
              label={t("整个服务期的数量", "Quantity over the term")}
              hint={t(
                "用来把单价算成总价。例如 12 个月填 12；面积乘月数。",
                "Turns the unit price into a total: 12 for twelve months; area times months.",
              )}
              inputmode="decimal"
              width={20}
              optional={may}
            />
            <Field
              {...of("ceiling")}
              label={t("最高限价（元）", "Ceiling (yuan)")}
              inputmode="decimal"
              width={20}
              optional={may}
            />
          </Fieldset>
        );
      })}
      <Field
        {...at("estimate")}
        label={t("整个服务期的估算价（元）", "Estimate over the term (yuan)")}
        inputmode="decimal"
        width={20}
        optional={may}
      />
      <Field
        {...at("bond")}
        label={t("投标保证金（元）", "Bond (yuan)")}
        hint={t("不超过估算价的2%（《招标投标法实施条例》第二十六条）。", "2 % of the estimate at most (TBR 26).")}
        inputmode="decimal"
        width={20}
        optional={may}
      />
      {value(typed, "service") === "whole" ? (
        <>
          <h2>{t("整体服务的组成", "What the whole is made of")}</h2>
          <CheckboxGroup {...ticks("parts")} legend={t("包含", "Made of")} options={services} />
          <CheckboxGroup
            {...ticks("subcontracted")}
            legend={t("允许委托给专业单位的", "What may go to specialists")}
            hint={t("不能全部勾选（《民法典》第九百四十一条）。", "Never all of it (CC 941).")}
            options={services}
          />
        </>
      ) : null}
    </>
  );
};

export const CriteriaFields = ({ c, typed, errors, scheme }: Filled) => {
  const { t, lang } = c.var;
  const at = (name: string) => ({ name, value: value(typed, name), error: errorFor(errors, name) });
  const may = t("可不填", "may stay empty");
  const lines = [
    ...new Map(scheme.lots.flatMap(({ prices }) => prices.map(({ key, label }) => [key, label]))).entries(),
  ];
  return (
    <>
      <p>
        {t(
          "分值合计必须是100，公告以后不能再改（《招标投标法》第四十条）。名称清空就去掉这一项。",
          "The points sum to 100 and stand from the notice on (TB 40). Empty the title to take one out.",
        )}
      </p>
      {count(rowsOf(typed, "criteria", "title", MOST_CRITERIA)).map((row) => {
        const of = (name: string) => at(`criteria[${row}].${name}`);
        return (
          <Fieldset legend={t(`评分项${row + 1}`, `Criterion ${row + 1}`)}>
            <input type="hidden" name={`criteria[${row}].key`} value={value(typed, `criteria[${row}].key`)} />
            <Field {...of("title")} label={t("名称", "Title")} maxlength={LONGEST_TITLE} optional={may} />
            <Field {...of("weight")} label={t("分值", "Points")} inputmode="numeric" width={6} optional={may} />
            <Select
              {...of("kind")}
              label={t("怎么算", "How")}
              options={(["price", "fact", "judged"] as const).map((kind) => ({
                value: kind,
                label: pick(CRITERION_WORDS[kind], lang),
              }))}
            />
            <TextArea {...of("guide")} label={t("标准", "Guide")} rows={2} optional={may} />
            <Select
              {...of("formula")}
              label={t("价格分的公式", "Formula of a price")}
              options={[
                { value: "", label: t("不是价格分", "not a price") },
                { value: "lowest", label: t("最低有效报价 ÷ 报价 × 分值", "lowest valid price ÷ price × points") },
                {
                  value: "average",
                  label: t("与有效报价的平均价相比，每差1%扣分", "measured against the mean, points off per 1 %"),
                },
              ]}
            />
            <Select
              {...of("priceKey")}
              label={t("看哪个价", "Which price")}
              options={[
                { value: "", label: t("总价", "the total") },
                ...lines.map(([key, label]) => ({ value: key, label })),
              ]}
            />
            <Field
              {...of("above")}
              label={t("每高1%扣几分", "Points off per 1 % above")}
              inputmode="decimal"
              width={6}
              optional={t("只用于平均价", "for the mean only")}
            />
            <Field
              {...of("below")}
              label={t("每低1%扣几分", "Points off per 1 % below")}
              inputmode="decimal"
              width={6}
              optional={t("只用于平均价", "for the mean only")}
            />
          </Fieldset>
        );
      })}
    </>
  );
};

export const OwnFields = ({ c, typed, errors }: Filled) => {
  const { t, lang } = c.var;
  const at = (name: string) => ({ name, value: value(typed, name), error: errorFor(errors, name) });
  const may = t("可不填", "may stay empty");
  return (
    <>
      <CheckboxGroup
        name="has"
        values={values(typed, "has")}
        legend={t("小区里有", "The estate has")}
        hint={t(
          "这些必须由专业单位维护，自主管理也一样。",
          "Only professional units may keep these, under self-management too.",
        )}
        options={PROFESSIONAL.map((service) => ({ value: service, label: pick(SERVICE_WORDS[service], lang) }))}
      />
      <h2>{t("自己用工的岗位（自主管理）", "The estate's own posts (self-management)")}</h2>
      {count(rowsOf(typed, "posts", "title", MOST_POSTS)).map((row) => {
        const of = (name: string) => at(`posts[${row}].${name}`);
        return (
          <Fieldset legend={t(`岗位${row + 1}`, `Post ${row + 1}`)}>
            <Field {...of("title")} label={t("岗位", "Post")} maxlength={LONGEST_TITLE} optional={may} />
            <Field {...of("count")} label={t("人数", "People")} inputmode="numeric" width={6} optional={may} />
            <Field {...of("duties")} label={t("职责", "Duties")} optional={may} />
            <Field
              {...of("contract")}
              label={t("用工形式", "Contract")}
              hint={t("劳动合同、劳务合同", "employment, services")}
              optional={may}
            />
          </Fieldset>
        );
      })}
      <Field
        {...at("ownGuardsFiling")}
        label={t("自行招用保安员的备案文号", "Filing of the estate's own guards")}
        hint={t(
          "要有法人资格，并在30日内向公安机关备案（《保安服务管理条例》第十四条）。",
          "Takes legal personality and a filing with the police within 30 days (SEC 14).",
        )}
        optional={may}
      />
      <h2>{t("继续履行的合同", "Contracts that run on")}</h2>
      {count(rowsOf(typed, "kept", "provider", MOST_POSTS)).map((row) => {
        const of = (name: string) => at(`kept[${row}].${name}`);
        return (
          <Fieldset legend={t(`合同${row + 1}`, `Contract ${row + 1}`)}>
            <Select
              {...of("service")}
              label={t("服务", "Service")}
              options={SERVICES.filter((one) => one !== "whole").map((service) => ({
                value: service,
                label: pick(SERVICE_WORDS[service], lang),
              }))}
            />
            <Field {...of("provider")} label={t("服务单位", "Provider")} maxlength={LONGEST_TITLE} optional={may} />
            <DateTimeField kind="date" {...of("until")} label={t("到期日", "Until")} optional={may} />
          </Fieldset>
        );
      })}
    </>
  );
};
