/** How duties are said: states, cadences, periods and kinds of report, in both languages. Words only. */
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { type StatusTone, StatusWord } from "../../platform/ui/status.tsx";
import type { Cadence, DutyState, Period, ReportKind, Role, Schedule } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const STATE_WORDS: Record<DutyState, Bilingual> = {
  not_begun: say("未到时间", "Not begun"),
  not_started: say("未开始", "Not started"),
  in_progress: say("进行中", "In progress"),
  done: say("已完成", "Done"),
  waived: say("本期免报", "Excused"),
  overdue: say("逾期", "Overdue"),
};

const TONES: Record<DutyState, StatusTone> = {
  not_begun: "off",
  not_started: "waiting",
  in_progress: "active",
  done: "good",
  waived: "off",
  overdue: "bad",
};

export const StateWord = (props: { state: DutyState; lang: Lang }) => (
  <StatusWord tone={TONES[props.state]}>{STATE_WORDS[props.state][props.lang]}</StatusWord>
);

export const ROLE_WORDS: Record<Role, Bilingual> = { lead: say("牵头", "Leads"), support: say("协同", "Helps") };

export const CADENCE_WORDS: Record<Cadence, Bilingual> = {
  once: say("一次", "Once, by a day"),
  monthly: say("每月", "Every month"),
  quarterly: say("每季度", "Every quarter"),
  yearly: say("每年", "Every year"),
};

export const REPORT_WORDS: Record<ReportKind, Bilingual> = {
  progress: say("进行中", "In progress"),
  done: say("已完成", "Done"),
  returned: say("退回重办", "Sent back"),
  waived: say("本期免报", "Excused this time"),
};

/** "2026年11月", "2026年第4季度", "2026年"; a duty done once is said by its deadline. */
export function sayPeriod(key: string, lang: Lang, dueOn = ""): string {
  const month = /^(\d{4})-(\d{2})$/.exec(key);
  if (month) return lang === "en" ? key : `${month[1]}年${Number(month[2])}月`;
  const quarter = /^(\d{4})-Q(\d)$/.exec(key);
  if (quarter) return lang === "en" ? `Q${quarter[2]} ${quarter[1]}` : `${quarter[1]}年第${quarter[2]}季度`;
  if (key === "once") return dueOn === "" ? (lang === "en" ? "once" : "一次") : sayDay(dueOn, lang);
  return lang === "en" ? key : `${key}年`;
}

export const sayPeriodOf = ({ key, dueOn }: Period, lang: Lang): string => sayPeriod(key, lang, dueOn);

/** "每月，当月最后一天前" or "2026年12月1日前". */
export function saySchedule({ cadence, dueOn }: Schedule, lang: Lang): string {
  if (cadence === "once") return lang === "en" ? `by ${sayDay(dueOn ?? "", lang)}` : `${sayDay(dueOn ?? "", lang)}前`;
  const last: Record<Exclude<Cadence, "once">, Bilingual> = {
    monthly: say("每月，当月最后一天前", "every month, by its last day"),
    quarterly: say("每季度，当季最后一天前", "every quarter, by its last day"),
    yearly: say("每年，12月31日前", "every year, by 31 December"),
  };
  return last[cadence][lang];
}
