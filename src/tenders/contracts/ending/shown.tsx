/** What the end of a contract means for whoever reads it, the notice and the handover. Markup only. */
import { handoverState } from "../../../committee/handover/rules.ts";
import { addDays, type Day, dayOf } from "../../../kernel/day.ts";
import { type Fen, formatYuan } from "../../../kernel/money.ts";
import type { AppContext } from "../../../platform/context.ts";
import type { Lang, T } from "../../../platform/i18n.ts";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { type Alarms, alarmNow, interimDays, type Standing, standingOf } from "../ending/rules.ts";
import type { EndingRow, TakeoverLine } from "../ending/store.ts";
import { TAKEOVER_KINDS } from "../rules.ts";
import { PaperLink } from "../shown.tsx";
import type { ContractRow } from "../store.ts";
import { ENDING_WORDS, SIDE_WORDS, STANDING_TONE, STANDING_WORDS, TAKEOVER_WORDS } from "../words.ts";

const yuan = (fen: Fen, t: T): string => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);

/** What the end means for whoever reads it: alarms, open-ended service, interim service, notice. */
export function standingWords(
  row: ContractRow,
  standing: Standing,
  alarms: Alarms,
  today: Day,
  lang: Lang,
): string | null {
  const zh = lang === "zh";
  switch (standing) {
    case "expiring": {
      const left = alarmNow(row.toOn, alarms, today);
      return zh
        ? `合同${sayDay(row.toOn, lang)}到期，已进入到期前${left}天。续聘或另选，要在到期前由业主共同决定（《民法典》第九百四十七条）。`
        : `The contract ends on ${sayDay(row.toOn, lang)}; the ${left}-day mark is passed. Renewing or choosing another is the owners' to decide before then (CC 947).`;
    }
    case "open_ended":
      return zh
        ? `合同${sayDay(row.toOn, lang)}已到期，业主没有续聘也没有另选，物业服务人还在服务：按原合同继续，为不定期。任何一方可以随时解除，但要提前60天书面通知（《民法典》第九百四十八条）。`
        : `The term ended on ${sayDay(row.toOn, lang)}; the owners neither renewed nor chose another and the provider serves on: the contract continues, open-ended. Either side may end it with 60 days' written notice (CC 948).`;
    case "ending":
      return zh
        ? `合同已通知终止，最后一天是${sayDay(row.endsOn!, lang)}。`
        : `The contract was given notice; its last day is ${sayDay(row.endsOn!, lang)}.`;
    case "interim":
      return zh
        ? `合同${sayDay(row.endsOn!, lang)}已终止，还没有人接管。接管之前，原物业服务人应当继续服务，可以收取这段时间的物业费（《民法典》第九百五十条）。已过渡${interimDays(row, today)}天。`
        : `The contract ended on ${sayDay(row.endsOn!, lang)} and nobody took over yet. Until then the old provider carries on and may charge for it (CC 950): ${interimDays(row, today)} days so far.`;
    case "over":
      return zh
        ? `${sayDay(row.takenOverOn!, lang)}已由他人接管，过渡${interimDays(row, today)}天。`
        : `Another took over on ${sayDay(row.takenOverOn!, lang)}, after ${interimDays(row, today)} days.`;
    default:
      return null;
  }
}

export const StandingNote = ({ c, row, alarms }: { c: AppContext; row: ContractRow; alarms: Alarms }) => {
  const { lang, now } = c.var;
  const today = dayOf(now);
  const standing = standingOf(row, today, alarms);
  const words = standingWords(row, standing, alarms, today, lang);
  return words === null ? null : (
    <Callout
      tone={STANDING_TONE[standing] === "bad" ? "bad" : standing === "over" ? "info" : "warn"}
      title={STANDING_WORDS[standing][lang]}
    >
      <p>{words}</p>
    </Callout>
  );
};

/** The notice and the handover, line by line, with both sides and the day by which it is done. */
export const EndingSection = (props: {
  c: AppContext;
  row: ContractRow;
  ending: EndingRow | undefined;
  lines: readonly TakeoverLine[];
  takeoverDays: number;
}) => {
  const { c, row, ending, lines } = props;
  const { t, lang, now } = c.var;
  if (row.endsOn === null || !ending) return null;
  const today = dayOf(now);
  const dueOn = addDays(row.endsOn, props.takeoverDays);
  const state = handoverState(lines, TAKEOVER_KINDS, dueOn, today);
  const live = lines.filter(({ struckBy }) => struckBy === null);
  return (
    <section id="ending">
      <h2>{t("终止和移交", "The end, and the handover")}</h2>
      <FactList>
        <Fact
          label={t("怎样终止", "How it ends")}
        >{`${ENDING_WORDS[ending.kind][lang]}（${SIDE_WORDS[ending.bySide][lang]}）`}</Fact>
        <Fact label={t("书面通知送达", "Notice arrived")}>
          {sayDay(ending.noticedOn, lang)} <PaperLink c={c} row={row} file={ending.file} />
        </Fact>
        <Fact label={t("最后一天", "Last day")}>{sayDay(ending.endsOn, lang)}</Fact>
        <Fact label={t("理由", "Why")}>{ending.why}</Fact>
        {ending.decision ? (
          <Fact label={t("业主决定", "The owners' decision")}>
            {t(
              `第${ending.decision.meeting}次会议第${ending.decision.item}项`,
              `Meeting ${ending.decision.meeting}, item ${ending.decision.item}`,
            )}
          </Fact>
        ) : null}
        <Fact label={t("移交期限", "Handover due")}>
          {sayDay(dueOn, lang)}{" "}
          <StatusWord tone={state === "complete" ? "good" : state === "overdue" ? "bad" : "active"}>
            {state === "complete"
              ? t("已移交完毕", "Handed over")
              : state === "overdue"
                ? t("逾期未移交完", "Overdue")
                : t("正在移交", "Under way")}
          </StatusWord>
        </Fact>
      </FactList>
      <DataTable
        caption={t("移交清单（《民法典》第九百四十九条）", "What is handed over (CC 949)")}
        rows={live}
        empty={<p>{t("清单还没有列出。", "Nothing is listed yet.")}</p>}
        columns={[
          { label: t("类别", "Kind"), cell: ({ kind }) => TAKEOVER_WORDS[kind][lang] },
          {
            label: t("移交什么", "What"),
            head: true,
            cell: ({ lineNo, what, amountFen }) =>
              `${lineNo}. ${what}${amountFen === null ? "" : ` ${yuan(amountFen, t)}`}`,
          },
          { label: t("物业一方", "Given by"), cell: ({ givenWords }) => givenWords ?? t("未签", "unsigned") },
          { label: t("业主一方", "Taken by"), cell: ({ takenWords }) => takenWords ?? t("未签", "unsigned") },
        ]}
      />
    </section>
  );
};
