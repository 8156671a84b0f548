/** What places, verdicts and hindrances are called, how a round is said in a sentence, and how its events are told. Words only; registers the last. */
import type { Bilingual, T } from "../../platform/i18n.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import { registerEventWords } from "../public/sections.ts";
import type { Hindrance, Place, Verdict } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const PLACE_WORDS: Record<Place, Bilingual> = {
  elected: say("当选委员", "Elected"),
  alternate: say("候补委员", "Alternate"),
  level: say("得票相同，须再投票", "Level: a further vote"),
  surplus: say("达到条件，名额已满", "Passed, no place left"),
  hindered: say("达到条件，不能就任", "Passed, cannot sit"),
  not_passed: say("未达到条件", "Did not pass"),
};
export const PLACE_TONE: Record<Place, StatusTone> = {
  elected: "good",
  alternate: "good",
  level: "note",
  surplus: "off",
  hindered: "off",
  not_passed: "bad",
};

export const HINDRANCE_WORDS: Record<Hindrance, Bilingual> = {
  withdrawn: say("表决票定稿后退出", "withdrew after the paper stood"),
  excluded: say("表决票定稿后被认定不符合资格", "was found ineligible after the paper stood"),
  sold_meanwhile: say("已不是本小区业主", "owns nothing here any more"),
};

export const VERDICT_WORDS: Record<Verdict, Bilingual> = {
  stands: say("业主委员会成立", "The committee stands"),
  too_few: say("当选人数不足，须再次投票", "Too few elected: a further round"),
  further_vote: say("最后一席得票相同，须再次投票", "Level for the last seat: a further vote"),
  nobody_passed: say("没有候选人达到条件", "Nobody passed"),
  quorum_not_met: say("参与表决的业主不足三分之二，选举无效", "Fewer than two thirds took part: no result"),
};
export const VERDICT_TONE: Record<Verdict, StatusTone> = {
  stands: "good",
  too_few: "note",
  further_vote: "note",
  nobody_passed: "bad",
  quorum_not_met: "bad",
};

/** "第2轮" / "Round 2". */
export const roundWords = ({ turn }: { readonly turn: number }, t: T): string => t(`第${turn}轮`, `Round ${turn}`);

/** How many were elected, wait, and are missing, in a sentence. */
export const sumWords = (
  { elected, alternates, vacant }: { readonly elected: number; readonly alternates: number; readonly vacant: number },
  t: T,
): string =>
  t(
    `选出委员${elected}名${alternates > 0 ? `、候补委员${alternates}名` : ""}${vacant > 0 ? `，还有${vacant}个席位空缺` : ""}。`,
    `${elected} elected${alternates > 0 ? `, ${alternates} waiting as alternates` : ""}${vacant > 0 ? `, ${vacant} seat(s) vacant` : ""}.`,
  );

const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const CAUSE_WORDS: Readonly<Record<string, Bilingual>> = {
  withdrawn: say("会议撤回", "the meeting was withdrawn"),
  annulled: say("决定被依法撤销", "the decision was annulled by authority"),
  recounted: say("复核后结果改变", "a recount changed the result"),
};

registerEventWords({
  round_placed: (facts, { t }) =>
    t(
      `第${number(facts.turn)}轮：${number(facts.candidates)}名候选人选${number(facts.seats)}名，每票最多选${number(facts.atMost)}名`,
      `Round ${number(facts.turn)}: ${number(facts.candidates)} candidates for ${number(facts.seats)} seats, at most ${number(facts.atMost)} marks`,
    ),
  round_taken_back: (facts, { t }) =>
    t(
      `第${number(facts.turn)}轮${text(facts.why) === "" ? "" : `；原因：${text(facts.why)}`}`,
      `Round ${number(facts.turn)}${text(facts.why) === "" ? "" : `; why: ${text(facts.why)}`}`,
    ),
  round_noticed: (facts, { t, lang }) =>
    t(
      `第${number(facts.turn)}轮：${sayInstant(number(facts.opensAt), lang)}至${sayDeadline(number(facts.closesAt), lang)}表决`,
      `Round ${number(facts.turn)}: voting from ${sayInstant(number(facts.opensAt), lang)} to ${sayDeadline(number(facts.closesAt), lang)}`,
    ),
  round_given_up: (facts, { t }) => {
    const cause = CAUSE_WORDS[text(facts.cause)] ?? say("", "");
    return t(`第${number(facts.turn)}轮：${cause.zh}`, `Round ${number(facts.turn)}: ${cause.en}`);
  },
  round_settled: (facts, { t }) => {
    const verdict = VERDICT_WORDS[facts.verdict as Verdict] ?? say("", "");
    return t(
      `第${number(facts.turn)}轮：${verdict.zh}，当选${number(facts.elected)}名`,
      `Round ${number(facts.turn)}: ${verdict.en}, ${number(facts.elected)} elected`,
    );
  },
  seated: (facts, { t, lang }) =>
    t(
      `委员${number(facts.members)}名、候补${number(facts.alternates)}名，任期到${sayDeadline(number(facts.until), lang)}`,
      `${number(facts.members)} members and ${number(facts.alternates)} alternates, until ${sayDeadline(number(facts.until), lang)}`,
    ),
  seat_taken: (facts, { t }) =>
    t(
      `${number(facts.candidate)}号候选人${facts.place === "alternate" ? "任候补委员" : "任委员"}`,
      `candidate ${number(facts.candidate)}, ${facts.place === "alternate" ? "as an alternate" : "as a member"}`,
    ),
  seating_undone: (facts, { t }) => {
    const cause = CAUSE_WORDS[text(facts.cause)] ?? say("", "");
    return t(`第${number(facts.turn)}轮：${cause.zh}`, `Round ${number(facts.turn)}: ${cause.en}`);
  },
});
