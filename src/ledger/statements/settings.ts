/** The settings of what is told to the owners: how often, by when, and how long a question may wait. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { Book } from "../books/rules.ts";
import type { Cadence } from "./spans/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });
const CHOICES = {
  month: say("每月", "Every month"),
  quarter: say("每季度", "Every quarter"),
  half_year: say("每半年", "Every half year"),
  year: say("每年", "Every year"),
} as const;

export const STATEMENT_SETTINGS = kit({
  prefix: "statements.",
  specs: {
    cadence: spec({
      shape: { kind: "choice", choices: CHOICES },
      value: "quarter",
      title: say("公共收益、工作经费多久公布一次", "How often common revenue and working funds are told of"),
      explanation: say(
        "改动从下一期起算，已经公布的不变。",
        "A change counts from the next statement on; what is published stays.",
      ),
      source: say(
        "上海、北京、庆阳按季公布，杭州、潍坊每半年，国家要求至少每年一次。",
        "Quarterly in Shanghai, Beijing and Qingyang, half-yearly in Hangzhou and Weifang, at least yearly nationwide.",
      ),
      rule: "R7",
      needsClause: (value) => value === "half_year" || value === "year",
      whenNeeded: say("比每季度少", "less often than quarterly"),
    }),
    fundCadence: spec({
      shape: { kind: "choice", choices: CHOICES },
      value: "half_year",
      title: say("维修资金多久公布一次", "How often the maintenance fund is told of"),
      explanation: say("只在维修资金由业主大会自行管理时使用。", "Used where the assembly keeps the fund itself."),
      source: say(
        "上海每半年公布；《民法典》第二百八十一条要求定期公布。",
        "Half-yearly in Shanghai; Civil Code art. 281 says regularly.",
      ),
      rule: "R7",
      needsClause: (value) => value === "year",
      whenNeeded: say("比每半年少", "less often than half-yearly"),
    }),
    publishDays: spec({
      shape: { kind: "whole", least: 1, most: 120 },
      value: 30,
      title: say("一期结束后多少天内公布", "Published within how many days after the months end"),
      explanation: say(
        "过了这一天还没有公布，首页会显示逾期多少天。",
        "Past that day the pages say by how many days it is late.",
      ),
      source: say("没有统一规定，这里默认三十天。", "Not uniform; thirty is this product's default."),
      rule: "R7",
      needsClause: (value) => value > 60,
      whenNeeded: say("超过六十天", "more than sixty"),
    }),
    answerDays: spec({
      shape: { kind: "whole", least: 1, most: 60 },
      value: 10,
      title: say("业主对账目提问，多少个工作日内答复", "Working days within which an owner's question is answered"),
      explanation: say(
        "从提问的第二天起算；没有答复的，公开显示还剩或超过多少天。",
        "Counted from the day after it was asked; what is not answered is shown publicly with its day.",
      ),
      source: say("没有统一规定，这里默认十个工作日。", "Not uniform; ten is this product's default."),
      rule: "D14",
      needsClause: (value) => value > 30,
      whenNeeded: say("超过三十个工作日", "more than thirty"),
    }),
  },
});

/** How often a book is told of. */
export const cadenceOf = (
  book: Book,
  values: { readonly cadence: { readonly value: Cadence }; readonly fundCadence: { readonly value: Cadence } },
): Cadence => (book === "fund" ? values.fundCadence.value : values.cadence.value);
