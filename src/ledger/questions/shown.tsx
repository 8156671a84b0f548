/** Questions as everybody reads them: what is asked about, the answer, or the day by which it is due. Markup only; never who asked. */
import { dayOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { accountsHref, deskLedgerHref, voucherHref } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { monthWords } from "../books/words.ts";
import { statementHref } from "../statements/addresses.ts";
import { answerClock, type Subject } from "./rules.ts";
import type { QuestionRow } from "./store.ts";

export const questionsHref = (slug: string): string => `${accountsHref(slug)}/questions`;
/** Where an owner asks; `account` is the line, `all` the whole. */
export const askHref = (slug: string, about: Subject, of: string, account = "all"): string =>
  `${accountsHref(slug)}/ask/${about}/${of}/${account}`;
export const deskQuestionsHref = (slug: string): string => `${deskLedgerHref(slug)}/questions`;

/** What a question is about, as a link where everybody can follow it. */
export const About = ({
  c,
  row,
}: {
  c: AppContext;
  row: Pick<QuestionRow, "about" | "aboutId" | "account" | "book" | "period" | "voucherNumber">;
}) => {
  const { t, scene } = c.var;
  if (row.about === "voucher") {
    const { book, period, voucherNumber: number } = row;
    if (book === null || period === null || number === null) return <>{t("一张凭证", "A voucher")}</>;
    return (
      <a href={voucherHref(scene.community.slug, { book, period, number })}>
        {t(
          `${BOOK_WORDS[book].zh} ${monthWords(period).zh}第${number}号凭证`,
          `Voucher no. ${number} of ${monthWords(period).en}, ${BOOK_WORDS[book].en}`,
        )}
      </a>
    );
  }
  return (
    <a href={statementHref(scene.community.slug, Number(row.aboutId))}>
      {t(`第${row.aboutId}期公示`, `Statement ${row.aboutId}`)}
      {row.account === "" ? "" : ` ${row.account}`}
    </a>
  );
};

export const QuestionState = ({ c, row }: { c: AppContext; row: Pick<QuestionRow, "dueOn" | "answer"> }) => {
  const { t, lang, now } = c.var;
  const { state, daysLate } = answerClock(row.dueOn, row.answer !== null, dayOf(now));
  switch (state) {
    case "answered":
      return <StatusWord tone="good">{t("已答复", "Answered")}</StatusWord>;
    case "waiting":
      return (
        <StatusWord tone="waiting">
          {t(`最迟${sayDay(row.dueOn, lang)}答复`, `To be answered by ${sayDay(row.dueOn, lang)}`)}
        </StatusWord>
      );
    case "overdue":
      return (
        <StatusWord tone="bad">
          {t(`没有答复，已超过${daysLate}天`, `Not answered, ${daysLate} ${daysLate === 1 ? "day" : "days"} late`)}
        </StatusWord>
      );
  }
};

/** One after another, answered or not. */
export const Questions = ({ c, rows }: { c: AppContext; rows: readonly QuestionRow[] }) => {
  const { t, lang, scene } = c.var;
  return (
    <>
      {rows.map((row) => (
        <section id={`q${row.number}`}>
          <h3>{t(`第${row.number}问`, `Question ${row.number}`)}</h3>
          <p>
            <QuestionState c={c} row={row} />
          </p>
          <p class="hint">
            <About c={c} row={row} />{" "}
            {t(`${sayDay(dayOf(row.askedAt), lang)}提出`, `asked ${sayDay(dayOf(row.askedAt), lang)}`)}{" "}
            <a href={`/c/${scene.community.slug}/record/${row.answerLeaf ?? row.leafHash}`}>
              {t("记录条目", "its entry")}
            </a>
          </p>
          {row.answer === null ? (
            <p>{t("问题的内容在答复时一起公开。", "What is asked is published with the answer.")}</p>
          ) : (
            <>
              <p>
                <strong>{t("问：", "Q: ")}</strong>
                {row.shown}
              </p>
              {row.answer.split(/\n+/).map((line, at) => (
                <p>
                  {at === 0 ? <strong>{t("答：", "A: ")}</strong> : null}
                  {line}
                </p>
              ))}
            </>
          )}
        </section>
      ))}
    </>
  );
};
