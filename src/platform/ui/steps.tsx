/**
 * Where a procedure stands, and how long is left.
 *
 *   <Steps label={t("会议进程", "Course of the meeting")} t={t} current={2} steps={[
 *     { name: t("起草", "Draft"), when: sayDay(day, lang) }, { name: t("公告", "Notice"), when: … }, … ]} />
 *   <Steps … current={3} stopped={t("已撤回", "Withdrawn")} />        ended before its end
 *   <Clock t={t} lang={lang} label={t("表决截止", "Voting closes")} at={closesAt} now={now} />
 */
import type { Child } from "hono/jsx";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import type { Lang, T } from "../i18n.ts";
import { sayDeadline, saySpan } from "./moments.ts";

export interface Step {
  readonly name: Child;
  /** The date it happened, or is due. */
  readonly when?: Child;
}

/** An ordered course. `current` counts from 0; `steps.length` means everything is done. */
export const Steps = (props: {
  t: T;
  label: string;
  steps: readonly Step[];
  current: number;
  /** The word for a course that ended early; it stands at the current step. */
  stopped?: Child;
}) => {
  const { t, current } = props;
  return (
    <ol class="steps" aria-label={props.label}>
      {props.steps.map((step, at) => {
        const state = at < current ? "done" : at > current ? "todo" : props.stopped ? "stopped" : "now";
        const word = { done: t("已完成", "done"), now: t("当前", "now"), todo: t("尚未", "to come"), stopped: "" }[
          state
        ];
        return (
          <li class={state} aria-current={state === "now" ? "step" : undefined}>
            <span class="step-name">
              {step.name}
              {state === "now" ? <b>{word}</b> : <span class="sr">{word === "" ? "" : `（${word}）`}</span>}
              {state === "stopped" ? <b>{props.stopped}</b> : null}
            </span>
            {step.when ? <span class="step-when">{step.when}</span> : null}
          </li>
        );
      })}
    </ol>
  );
};

/** A deadline: its date with 24:00 for midnight, and what is left in words. It does not tick; the page says what held when it was made. */
export const Clock = (props: { t: T; lang: Lang; label: Child; at: Instant; now: Instant }) => {
  const { t, lang, at, now } = props;
  const left = at - now;
  return (
    <p class={left > 0 && left < 86_400_000 ? "clock clock-soon" : "clock"}>
      <span class="clock-label">{props.label}</span>
      <time datetime={isoInstant(at)}>{sayDeadline(at, lang)}</time>
      <span class="clock-left">
        {left > 0
          ? t(`还剩${saySpan(left, lang)}`, `${saySpan(left, lang)} left`)
          : t(`已过去${saySpan(-left, lang)}`, `${saySpan(-left, lang)} ago`)}
      </span>
    </p>
  );
};
