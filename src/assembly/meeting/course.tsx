/** The course of a meeting as steps with their dates, the same for everyone who may see it. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { type Step, Steps } from "../../platform/ui/steps.tsx";
import { stateWord } from "./events.ts";
import { factsOf } from "./reading.ts";
import { type MeetingState, objectionsUntil, publishBy } from "./rules.ts";
import type { MeetingRow } from "./store.ts";

const ORDER: readonly MeetingState[] = ["draft", "notice", "open", "closed", "counted", "published", "final"];

/** Where a meeting stood when it ended early, from what it had reached. */
const reached = (row: MeetingRow): MeetingState =>
  row.finalAt !== null
    ? "final"
    : row.publishedAt !== null
      ? "published"
      : row.countedAt !== null
        ? "counted"
        : row.closedAt !== null
          ? "closed"
          : row.openedAt !== null
            ? "open"
            : row.noticeAt !== null
              ? "notice"
              : "draft";

export const Course = ({ t, lang, row }: { t: T; lang: Lang; row: MeetingRow }) => {
  const { rules } = factsOf(row);
  const { opensAt, closesAt, noticeAt, countedAt, publishedAt, finalAt } = row;
  const due = (text: string): string => t(`应不晚于${text}`, `due by ${text}`);
  const steps: readonly Step[] = [
    { name: t("起草", "Draft"), when: sayDay(dayOf(row.draftedAt), lang) },
    { name: t("公告", "Notice"), when: noticeAt === null ? undefined : sayInstant(noticeAt, lang) },
    {
      name: t("表决", "Voting"),
      when: opensAt === null ? undefined : t(`从${sayInstant(opensAt, lang)}`, `from ${sayInstant(opensAt, lang)}`),
    },
    { name: t("截止", "Close"), when: closesAt === null ? undefined : sayDeadline(closesAt, lang) },
    { name: t("计票", "Count"), when: countedAt === null ? undefined : sayInstant(countedAt, lang) },
    {
      name: t("公布结果", "Publication"),
      when:
        publishedAt !== null
          ? sayInstant(publishedAt, lang)
          : closesAt !== null && rules
            ? due(sayDay(publishBy(closesAt, rules), lang))
            : undefined,
    },
    {
      name: t("异议期满，结果确定", "Final"),
      when:
        finalAt !== null
          ? sayInstant(finalAt, lang)
          : publishedAt !== null && rules
            ? sayDeadline(objectionsUntil(publishedAt, rules), lang)
            : undefined,
    },
  ];
  const ended = row.state === "withdrawn" || row.state === "annulled";
  const at = ORDER.indexOf(ended ? reached(row) : row.state);
  return (
    <Steps
      t={t}
      label={t("会议进程", "Course of the meeting")}
      steps={steps}
      current={row.state === "final" ? ORDER.length : at}
      {...(ended ? { stopped: stateWord(row.state, t) } : {})}
    />
  );
};
