/** /calculator/accounts: any published statement made again from its printed figures, by a form that is an address. Nothing is stored. */
import { Hono } from "hono";
import { type Fen, formatYuan, parseYuan } from "../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { MONEY_WORDS } from "../books/words.ts";
import { MOST_ITEMS, type PrintedAnswer, type PrintedCheck, readItems, recompute } from "./rules.ts";

/** Mounted at /. */
export const printedAccountsPages = new Hono<AppEnv>();
const PATH = "/calculator/accounts";
const LONGEST_LINES = 20_000;

type Typed = Readonly<Record<(typeof NAMES)[number], string>>;
const NAMES = ["opening", "income", "incomeTotal", "cost", "costTotal", "closing"] as const;

/** Made up, with two mistakes to be found: a sum that is a yuan too much, and a tax that does not follow. */
const EXAMPLE: Typed = {
  opening: "12,000.00",
  income: "车位租金 38250.00\n电梯广告 6000.00\n场地租金 1350.50",
  incomeTotal: "45600.50",
  cost: "设施维修 22999.00\n16%税 3681.00\n退装修押金 2000.00",
  costTotal: "28681.00",
  closing: "28919.50",
};
const addressOf = (typed: Typed): string => `${PATH}?${new URLSearchParams(typed)}`;

const CHECK_WORDS: Readonly<Record<PrintedCheck["what"], Bilingual>> = {
  income: { zh: "收入合计", en: "Sum of income" },
  cost: { zh: "支出合计", en: "Sum of cost" },
  share: { zh: "按比例的一行", en: "A share" },
  closing: { zh: "期末＝期初＋收入－支出", en: "Closing = opening + income − cost" },
};

printedAccountsPages.get(PATH, (c) => {
  const { t, lang, now, demo } = c.var;
  const typed = Object.fromEntries(NAMES.map((name) => [name, c.req.query(name) ?? ""])) as Typed;
  const asked = NAMES.some((name) => typed[name].trim() !== "");
  const { answer, errors } = asked ? answered(c, typed) : { answer: null, errors: [] };
  const amount = (name: "opening" | "incomeTotal" | "costTotal" | "closing", zh: string, en: string) => (
    <Field
      name={name}
      label={t(zh, en)}
      value={typed[name]}
      optional={t("没有印就不填", "leave empty where none is printed")}
      error={errorFor(errors, name)}
      inputmode="decimal"
      width={11}
    />
  );
  const lines = (name: "income" | "cost", zh: string, en: string) => (
    <TextArea
      name={name}
      label={t(zh, en)}
      hint={t(
        "每行一项，金额写在最后，例如：停车费 113445.00",
        "One a line, its amount last, such as: parking 113445.00",
      )}
      value={typed[name]}
      optional={t("没有印就不填", "leave empty where none is printed")}
      error={errorFor(errors, name)}
      rows={6}
      maxlength={LONGEST_LINES}
    />
  );
  return c.html(
    <Page
      {...{ t, lang, now, demo }}
      path={PATH}
      title={t("收支公示计算器", "Statement calculator")}
      breadcrumb={[{ href: "/calculator", label: t("表决计算器", "Calculator") }]}
      switchHref={`${addressOf(typed)}&lang=${t("en", "zh")}`}
    >
      <h1>{t("收支公示计算器", "Statement calculator")}</h1>
      <p class="lead">
        {t(
          "把任何一份收支公示上印的数字填进来，看哪一个合计算得出、哪一个算不出。不用登录，什么都不保存。",
          "Put in the figures of any published statement and see which sums follow and which do not. No sign-in; nothing is stored.",
        )}{" "}
        <a href={addressOf(EXAMPLE)}>{t("看一个例子", "See an example")}</a>
      </p>
      {answer ? <Answer c={c} answer={answer} /> : null}
      <form method="get" action={PATH}>
        <ErrorSummary t={t} errors={errors} />
        {amount("opening", "上期结余", "Opening")}
        {lines("income", "收入", "Income")}
        {amount("incomeTotal", "印出的收入合计", "Sum of income as printed")}
        {lines("cost", "支出", "Cost")}
        {amount("costTotal", "印出的支出合计", "Sum of cost as printed")}
        {amount("closing", "本期结余", "Closing")}
        <Actions>
          <Button>{t("重新算一遍", "Add it up")}</Button>
        </Actions>
      </form>
    </Page>,
    errors.length > 0 ? 422 : 200,
  );
});

function answered(
  c: AppContext,
  typed: Typed,
): { readonly answer: PrintedAnswer | null; readonly errors: FieldError[] } {
  const { t, lang } = c.var;
  const errors: FieldError[] = [];
  const amount = (name: "opening" | "incomeTotal" | "costTotal" | "closing"): Fen | null => {
    if (typed[name].trim() === "") return null;
    const read = parseYuan(typed[name]);
    if (read.ok) return read.value;
    errors.push({ field: name, message: MONEY_WORDS[read.error.reason][lang] });
    return null;
  };
  const items = (name: "income" | "cost") => {
    const read = readItems(typed[name].slice(0, LONGEST_LINES));
    if (read.unreadable.length > 0)
      errors.push({
        field: name,
        message: t(
          `第${read.unreadable.slice(0, 5).join("、")}行没有看懂：金额写在最后。`,
          `Line ${read.unreadable.slice(0, 5).join(", ")} cannot be read: its amount goes last.`,
        ),
      });
    if (read.items.length > MOST_ITEMS)
      errors.push({ field: name, message: t(`最多${MOST_ITEMS}行。`, `At most ${MOST_ITEMS} lines.`) });
    return read.items;
  };
  const asked = {
    openingFen: amount("opening"),
    income: items("income"),
    incomeFen: amount("incomeTotal"),
    cost: items("cost"),
    costFen: amount("costTotal"),
    closingFen: amount("closing"),
  };
  return { answer: errors.length > 0 ? null : recompute(asked), errors };
}

const Answer = ({ c, answer }: { c: AppContext; answer: PrintedAnswer }) => {
  const { t, lang } = c.var;
  const wrong = answer.checks.filter(({ holds }) => holds === false);
  const yuan = (fen: Fen | null): string => (fen === null ? "—" : formatYuan(fen));
  const name = ({ what, words }: PrintedCheck): string => (words === "" ? CHECK_WORDS[what][lang] : words);
  return (
    <section aria-labelledby="answer" id="result">
      <h2 id="answer">{t("结果", "Result")}</h2>
      {wrong.length > 0 ? (
        <Callout
          tone="bad"
          title={t(`有${wrong.length}个数字算不出来`, `${wrong.length} printed figures do not follow`)}
        >
          <ul>
            {wrong.map((one) => (
              <li>
                {t(
                  `${name(one)}印作${yuan(one.printedFen)}元，按公示自己的数字是${yuan(one.recomputedFen)}元，相差${formatYuan(Math.abs(one.printedFen! - one.recomputedFen!))}元。`,
                  `${name(one)}: printed ${yuan(one.printedFen)}; its own figures give ${yuan(one.recomputedFen)}.`,
                )}
              </li>
            ))}
          </ul>
        </Callout>
      ) : answer.checks.some(({ holds }) => holds) ? (
        <Callout tone="good" title={t("凡能核对的，都算得出来", "Everything that can be checked follows")} />
      ) : (
        <Callout tone="warn" title={t("没有可以核对的合计", "There is no sum to compare with")}>
          <p>{t("公示没有印合计或结余，请向公布的人索取。", "None is printed: ask whoever published it.")}</p>
        </Callout>
      )}
      <DataTable
        caption={t("逐项核对（元）", "Each figure, in yuan")}
        rows={answer.checks}
        columns={[
          { label: t("数字", "Figure"), head: true, cell: name },
          { label: t("印作", "Printed"), number: true, cell: ({ printedFen }) => yuan(printedFen) },
          { label: t("重新算", "Added up"), number: true, cell: ({ recomputedFen }) => yuan(recomputedFen) },
          {
            label: t("结果", "Result"),
            cell: ({ holds }) =>
              holds === null ? (
                <StatusWord tone="note">{t("没有可比的", "nothing to compare")}</StatusWord>
              ) : holds ? (
                <StatusWord tone="good">{t("一致", "agrees")}</StatusWord>
              ) : (
                <StatusWord tone="bad">{t("不一致", "does not")}</StatusWord>
              ),
          },
        ]}
      />
      {answer.deposits.length === 0 ? null : (
        <Callout tone="warn" title={t("押金不是收入，也不是支出", "Deposits are neither income nor cost")}>
          <p>
            {t(
              `有${answer.deposits.length}行是押金或保证金。押金要退还，是负债；混在收支里，净收益就不对了。`,
              `${answer.deposits.length} lines are deposits. They are owed back; among income and cost they make the net wrong.`,
            )}
          </p>
        </Callout>
      )}
    </section>
  );
};
