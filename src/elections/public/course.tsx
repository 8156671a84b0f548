/** The course of an election as steps with their dates, and what is next by whom and when; the same for everyone. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { type Step, Steps } from "../../platform/ui/steps.tsx";
import { groupUntil } from "../group/rules.ts";
import { readMethod } from "../method/rules.ts";
import type { ElectionState } from "../rules.ts";
import type { ElectionRow, ElectionStanding } from "../store.ts";
import { groupName, STATE_WORDS } from "../words.ts";
import { type CourseFacts, type NextStep, nextSteps } from "./rules.ts";

export const courseFacts = (row: ElectionStanding): CourseFacts => ({ ...row, method: readMethod(row.method) });

const ORDER: readonly ElectionState[] = ["preparing", "nominating", "examining", "standing", "voting", "seated"];

/** Where an election stood when it ended early, from what it had reached. */
const reached = (row: ElectionRow): ElectionState =>
  row.candidatesPublishedAt !== null ? "standing" : row.nominationsOpenAt !== null ? "nominating" : "preparing";

export const Course = ({ c, row }: { c: AppContext; row: ElectionRow }) => {
  const { t, lang } = c.var;
  const at = (instant: number | null): string | undefined => (instant === null ? undefined : sayInstant(instant, lang));
  const hasGroup = row.kind !== "by_election" || row.groupPublishedAt !== null;
  const until =
    row.groupPublishedAt === null
      ? null
      : groupUntil(row.groupPublishedAt, readMethod(row.method).groupPublicationDays.value);
  const steps: readonly (Step & { readonly from: ElectionState })[] = [
    { from: "preparing", name: t("发起", "Called"), when: at(row.calledAt) },
    ...(hasGroup
      ? [
          {
            from: "preparing" as const,
            name: t(`公布${groupName(row.kind).zh}`, `${groupName(row.kind).en} published`),
            when:
              until === null
                ? undefined
                : t(`异议期到${sayDeadline(until, lang)}`, `objections until ${sayDeadline(until, lang)}`),
          },
        ]
      : []),
    {
      from: "nominating",
      name: t("提名", "Nominations"),
      when:
        row.nominationsCloseAt === null
          ? undefined
          : t(`到${sayDeadline(row.nominationsCloseAt, lang)}`, `until ${sayDeadline(row.nominationsCloseAt, lang)}`),
    },
    { from: "examining", name: t("审核资格", "Eligibility") },
    { from: "standing", name: t("公布候选人", "Candidates published"), when: at(row.candidatesPublishedAt) },
    { from: "voting", name: t("业主大会表决", "The owners vote") },
    { from: "seated", name: t("就任", "Taking office"), when: at(row.seatedAt) },
  ];
  const ended = row.state === "ended";
  const state = ended ? reached(row) : row.state;
  // Of the two steps of preparing, the first is done as soon as the election is called.
  const current =
    state === "seated"
      ? steps.length
      : state === "preparing"
        ? hasGroup
          ? 1
          : 0
        : steps.findIndex(({ from }) => ORDER.indexOf(from) >= ORDER.indexOf(state));
  return (
    <Steps
      t={t}
      label={t("选举进程", "Course of the election")}
      steps={steps}
      current={current}
      {...(ended ? { stopped: pick(STATE_WORDS.ended, lang) } : {})}
    />
  );
};

/** "最迟 2026年…24:00", "2026年…24:00截止", "不早于…" */
export function dueWords({ due, sense }: NextStep, c: AppContext): string {
  const { t, lang } = c.var;
  if (due === null) return "";
  if (sense === "from") return t(`最早${sayInstant(due, lang)}`, `no earlier than ${sayInstant(due, lang)}`);
  const at = sayDeadline(due, lang);
  return sense === "until" ? t(`${at}截止`, `until ${at}`) : t(`最迟${at}`, `by ${at}`);
}

/** What is due next, who is responsible, and by when. */
export const Next = ({ c, row }: { c: AppContext; row: ElectionStanding }) => {
  const { t, lang, now } = c.var;
  const steps = nextSteps(courseFacts(row), now);
  if (steps.length === 0)
    return row.state === "ended" ? (
      <Callout tone="warn" title={t("这次选举已终止", "This election was ended")}>
        <p>
          {t("原因：", "Why: ")}
          {row.endedWhy}
        </p>
      </Callout>
    ) : null;
  return (
    <section id="next">
      <h2>{t("接下来", "What comes next")}</h2>
      <ul class="links">
        {steps.map((step) => (
          <li>
            <div>
              <strong>{pick(step.what, lang)}</strong>
              <p class="hint">
                {step.sense === "until" ? pick(step.who, lang) : t(`由${step.who.zh}负责`, `for ${step.who.en}`)}
                {step.due === null ? "" : `${t("，", ", ")}${dueWords(step, c)}`}
              </p>
            </div>
            {step.overdue ? <StatusWord tone="bad">{t("已过期限", "Overdue")}</StatusWord> : null}
          </li>
        ))}
      </ul>
    </section>
  );
};
