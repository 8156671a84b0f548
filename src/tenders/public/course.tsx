/** The course of a tender as steps with their dates, and what is next by whom and when; the same for everyone. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { Clock, type Step, Steps } from "../../platform/ui/steps.tsx";
import { type Phase, phaseOf } from "../rules.ts";
import type { TenderRow } from "../store.ts";
import { PHASE_WORDS } from "../words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

type Moment =
  | "decidedAt"
  | "noticedAt"
  | "closesAt"
  | "openedAt"
  | "scoredAt"
  | "publishedAt"
  | "awardedAt"
  | "contractedAt";
/** The steps a tender goes through, each with the instant that makes it done. */
const COURSE: readonly { readonly name: Bilingual; readonly done: Moment }[] = [
  { name: say("确定选聘方案", "The scheme is decided"), done: "decidedAt" },
  { name: say("发布公告", "Notice"), done: "noticedAt" },
  { name: say("提问、投标", "Questions and bids"), done: "closesAt" },
  { name: say("公开开标", "Opened in public"), done: "openedAt" },
  { name: say("资格审查、评审", "Papers examined, offers scored"), done: "scoredAt" },
  { name: say("公示中标候选人", "Candidates published"), done: "publishedAt" },
  { name: say("业主表决，定标", "The owners decide"), done: "awardedAt" },
  { name: say("签订合同", "Contract"), done: "contractedAt" },
];

export const TenderCourse = ({ c, row }: { c: AppContext; row: TenderRow }) => {
  const { t, lang, now } = c.var;
  const isDone = ({ done }: (typeof COURSE)[number]): boolean => {
    const at = row[done];
    return at !== null && at <= now;
  };
  const steps: Step[] = COURSE.map(({ name, done }) => {
    const at = row[done];
    const when =
      at === null
        ? undefined
        : done === "closesAt"
          ? t(`到${sayDeadline(at, lang)}`, `until ${sayDeadline(at, lang)}`)
          : sayInstant(at, lang);
    return { name: pick(name, lang), ...(when ? { when } : {}) };
  });
  const open = COURSE.findIndex((step) => !isDone(step));
  const over = row.state === "failed" || row.state === "cancelled";
  return (
    <Steps
      t={t}
      label={t("选聘进程", "Course of the tender")}
      steps={steps}
      current={open < 0 ? steps.length : open}
      {...(over ? { stopped: pick(PHASE_WORDS[row.state as Phase], lang) } : {})}
    />
  );
};

/** What comes next and who sees to it, by phase. */
const NEXT_WORDS: Readonly<Partial<Record<Phase, { readonly what: Bilingual; readonly who: Bilingual }>>> = {
  questions: {
    what: say("有疑问的可以提问；投标人登记、密封投标", "Ask what is unclear; bidders register and seal their bids"),
    who: say("投标人、业主", "bidders and owners"),
  },
  bidding: { what: say("投标人登记、密封投标", "Bidders register and seal their bids"), who: say("投标人", "bidders") },
  opening_due: {
    what: say("公开开标", "The bids are opened in public"),
    who: say("业委会和监督人", "the committee, with witnesses"),
  },
  closed: {
    what: say("公开开标", "The bids are opened in public"),
    who: say("业委会和监督人", "the committee, with witnesses"),
  },
  opened: { what: say("审查投标人的资格", "Bidders' papers are examined"), who: say("评审组", "the panel") },
  qualified: { what: say("评审组打分", "The panel scores"), who: say("评审组", "the panel") },
  scored: { what: say("公示中标候选人", "The candidates are published"), who: say("业委会", "the committee") },
  published: {
    what: say(
      "公示期满、没有未答复的异议后，提交业主表决",
      "After the standstill, with every objection answered, the owners decide",
    ),
    who: say("业委会", "the committee"),
  },
  deciding: { what: say("业主表决选哪一家", "The owners vote on whom to choose"), who: say("全体业主", "all owners") },
  awarded: {
    what: say("30日内签订书面合同", "The contract is signed within 30 days"),
    who: say("业委会和中标人", "the committee and the winner"),
  },
};

export const TenderNext = ({ c, row }: { c: AppContext; row: TenderRow }) => {
  const { t, lang, now } = c.var;
  const phase = phaseOf(row, now);
  if (row.state === "failed" || row.state === "cancelled")
    return (
      <Callout tone="warn" title={pick(PHASE_WORDS[phase], lang)}>
        <p>
          {t("原因：", "Why: ")}
          {row.endedWhy}
        </p>
      </Callout>
    );
  const next = NEXT_WORDS[phase];
  if (!next) return null;
  return (
    <section id="next">
      <h2>{t("接下来", "What comes next")}</h2>
      <p>
        <strong>{pick(next.what, lang)}</strong>
        {t(`（${next.who.zh}）`, ` (${next.who.en})`)}
      </p>
      {phase === "questions" && row.questionsUntil !== null ? (
        <Clock t={t} lang={lang} label={t("提问截止", "Questions until")} at={row.questionsUntil} now={now} />
      ) : null}
      {(phase === "questions" || phase === "bidding") && row.closesAt !== null ? (
        <Clock t={t} lang={lang} label={t("投标截止、开标", "Bids close and are opened")} at={row.closesAt} now={now} />
      ) : null}
      {phase === "published" && row.standingUntil !== null ? (
        <Clock t={t} lang={lang} label={t("异议截止", "Objections until")} at={row.standingUntil} now={now} />
      ) : null}
    </section>
  );
};
