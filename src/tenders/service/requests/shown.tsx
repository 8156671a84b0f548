/** What was reported to the provider as everybody reads it: what, where, and how long the answer took. Markup only. */
import { dayOf } from "../../../kernel/day.ts";
import type { AppContext } from "../../../platform/context.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import type { RequestRow } from "./store.ts";
import { KIND_WORDS } from "./words.ts";

/** `3. 报修：路灯不亮（北门）`; what an owner told stands by its kind and building alone. */
export function sayRequest({ requestNo, kind, what, place }: RequestRow, lang: "zh" | "en"): string {
  const { zh } = KIND_WORDS[kind];
  const words = what === zh ? KIND_WORDS[kind][lang] : kind === "other" ? what : `${KIND_WORDS[kind][lang]}：${what}`;
  return `${requestNo}. ${words}${place === "" ? "" : `（${place}）`}`;
}

/** How far the answer is: given, in time or not, or by when it is due. */
export const AnswerState = ({ c, row }: { c: AppContext; row: RequestRow }) => {
  const { t, lang, now } = c.var;
  const { dueOn } = row;
  // What was done without a word before is answered by that.
  const [on, words] = row.answeredOn === null ? [row.doneOn, row.done] : [row.answeredOn, row.answer];
  if (on !== null)
    return <StatusWord tone={on > dueOn ? "bad" : "good"}>{`${sayDay(on, lang)} ${words ?? ""}`}</StatusWord>;
  const isLate = dayOf(now) > dueOn;
  return (
    <StatusWord tone={isLate ? "bad" : "waiting"}>
      {isLate
        ? t(`逾期未答复（期限${sayDay(dueOn, lang)}）`, `overdue, due ${sayDay(dueOn, lang)}`)
        : t(`期限${sayDay(dueOn, lang)}`, `due ${sayDay(dueOn, lang)}`)}
    </StatusWord>
  );
};

export const Requests = ({
  c,
  rows,
  links,
}: {
  c: AppContext;
  rows: readonly RequestRow[];
  links?: (row: RequestRow) => string;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("报事和答复（《民法典》第二百八十五条）", "Requests and answers (CC 285)")}
      rows={rows}
      empty={<p>{t("还没有登记报事。", "No request yet.")}</p>}
      columns={[
        {
          label: t("什么事", "What"),
          head: true,
          cell: (row) => (links ? <a href={links(row)}>{sayRequest(row, lang)}</a> : sayRequest(row, lang)),
        },
        { label: t("报事", "Reported"), cell: ({ reportedOn }) => sayDay(reportedOn, lang) },
        {
          label: t("答复", "Answered"),
          cell: (row) => <AnswerState c={c} row={row} />,
        },
        {
          label: t("办完", "Done"),
          cell: ({ doneOn, done }) => (doneOn === null ? "—" : `${sayDay(doneOn, lang)} ${done ?? ""}`),
        },
      ]}
    />
  );
};
