/** What the public pages say of a meeting: where it stands, what its items came to and why. Words only; sums come from counting. */
import { dayOf, endOf, type Instant } from "../../kernel/day.ts";
import type { Lang, T } from "../../platform/i18n.ts";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { sayAmount } from "../../platform/ui/shares.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { Item } from "../agenda/rules.ts";
import { optionWords } from "../ballots/words.ts";
import { type ItemCount, missingToQuorum } from "../counting/rules.ts";
import { objectionsUntil, publishBy } from "../meeting/rules.ts";
import { type Check, needsThreeQuarters, type Outcome, shortfall } from "../rules.ts";
import type { PublicMeeting } from "./reading.ts";

export const OUTCOME_TONE: Record<Outcome, StatusTone> = {
  carried: "good",
  lost: "bad",
  quorum_not_met: "bad",
  cannot_be_decided: "note",
};

/** A word or two for lists and headings. */
export function outcomeWord(outcome: Outcome, t: T): string {
  switch (outcome) {
    case "carried":
      return t("通过", "Carried");
    case "lost":
      return t("未通过", "Lost");
    case "quorum_not_met":
      return t("参与不足，未作出决定", "Too few took part; nothing decided");
    case "cannot_be_decided":
      return t("不能判定", "Cannot be decided");
  }
}

/** The options that carried, by name. */
export const carriedWords = (item: Pick<Item, "question">, carried: readonly number[], t: T): string =>
  item.question.options
    .filter(({ optionNo }) => carried.includes(optionNo))
    .map((option) => optionWords(item as Item, option, t))
    .join(t("、", ", "));

/** The outcome of an item, with the proposal that carried where there were several. */
export function outcomeOf(item: Pick<Item, "question">, count: Pick<ItemCount, "outcome" | "carried">, t: T): string {
  const word = outcomeWord(count.outcome, t);
  if (count.outcome !== "carried" || item.question.kind === "yes_no_abstain") return word;
  const names = carriedWords(item, count.carried, t);
  return t(`${word}：${names}`, `${word}: ${names}`);
}

const lacking = (check: Check, t: T): string | null => {
  const missing = shortfall(check);
  return missing === null || missing === 0n ? null : sayAmount(missing, check.axis, t);
};

const both = (parts: readonly (string | null)[], t: T): string =>
  parts.filter((part) => part !== null).join(t("、", " and "));

/** Why an item came to what it came to, in one sentence a neighbour can repeat. */
export function conclusionOf(item: Item, count: ItemCount, t: T): string {
  const special = needsThreeQuarters(item.matter);
  const enough = special ? t("达到四分之三以上", "at least three quarters") : t("超过半数", "more than half");
  const several = item.question.kind !== "yes_no_abstain";
  if (count.eligible.owners === 0)
    return t(
      "冻结的名册上没有这一项范围内的业主，不能作出决定。",
      "The frozen roll has no owner in the scope of this item; nothing could be decided.",
    );
  switch (count.outcome) {
    case "carried":
      return several
        ? t(
            `参与的人数和面积都达到三分之二；其中“${carriedWords(item, count.carried, t)}”的人数和面积都${enough}。`,
            `Two thirds took part by owners and by area, and ${carriedWords(item, count.carried, t)} had ${enough} of them on both counts.`,
          )
        : t(
            `参与的人数和面积都达到三分之二，其中同意的人数和面积都${enough}。`,
            `Two thirds took part by owners and by area, and ${enough} of them agreed on both counts.`,
          );
    case "lost": {
      if (several)
        return t(
          `参与的够了，但没有一个选项的人数和面积都${enough}。`,
          `Enough took part, but no option had ${enough} of them on both counts.`,
        );
      const [decision] = count.decisions;
      const short = both(
        (decision?.decision.checks ?? []).filter(({ rule }) => rule === "approval").map((check) => lacking(check, t)),
        t,
      );
      return t(
        `参与的够了，但同意的没有${enough}，还差${short}。`,
        `Enough took part, but those in favour fell short of ${enough} by ${short}.`,
      );
    }
    case "quorum_not_met": {
      const { owners, areaDm2 } = missingToQuorum(count.participated, count.eligible);
      const short = both(
        [owners > 0 ? sayAmount(owners, "owners", t) : null, areaDm2 > 0 ? sayAmount(areaDm2, "area", t) : null],
        t,
      );
      return t(
        `参与表决的没有达到三分之二，还差${short}，不能作出决定；同意再多也不能代替。`,
        `Fewer than two thirds took part, ${short} short; nothing is decided, however many were in favour.`,
      );
    }
    case "cannot_be_decided":
      return t("缺少数字，不能判定。", "A figure is missing; this cannot be decided.");
  }
}

/** Where the meeting stands now and what comes next, for the top of its page. */
export function standingWords(meeting: PublicMeeting, convener: string, now: Instant, t: T, lang: Lang): string {
  const { row, facts, rules, roll } = meeting;
  const [opensAt, closesAt] = [row.opensAt ?? 0, row.closesAt ?? 0];
  switch (row.state) {
    case "draft":
    case "notice": {
      const given = sayDay(dayOf(row.noticeAt ?? now), lang);
      if (now >= opensAt && roll.openObjections > 0)
        return t(
          `表决本应在${sayInstant(opensAt, lang)}开始。还有${roll.openObjections}件对名册的异议没有答复，答复之前不能开始。`,
          `Voting was to open ${sayInstant(opensAt, lang)}. ${roll.openObjections} objections to the roll are not answered yet; it does not open before they are.`,
        );
      return t(
        `${given}，${convener}发出公告。表决从${sayInstant(opensAt, lang)}开始，到${sayDeadline(closesAt, lang)}截止。`,
        `On ${given} ${convener} gave notice. Voting opens ${sayInstant(opensAt, lang)} and closes ${sayDeadline(closesAt, lang)}.`,
      );
    }
    case "open":
      return now >= closesAt
        ? t(
            `表决已于${sayDeadline(closesAt, lang)}截止，马上转入计票。`,
            `Voting closed ${sayDeadline(closesAt, lang)}; counting comes next.`,
          )
        : t(
            "业主正在表决。截止前只公布有多少人参与，不公布任何选择。",
            "Owners are voting. Until the close only turnout is shown, never a choice.",
          );
    case "closed":
    case "counted": {
      const until = sayDeadline(endOf(publishBy(closesAt, rules)), lang);
      return row.state === "closed"
        ? t(
            `表决已于${sayDeadline(closesAt, lang)}截止，正在计票。结果应当在${until}前公布。`,
            `Voting closed ${sayDeadline(closesAt, lang)} and is being counted. The result is due by ${until}.`,
          )
        : t(
            `计票已经完成，正在等待公布。结果应当在${until}前公布。`,
            `The count is complete and waits to be published. The result is due by ${until}.`,
          );
    }
    case "published": {
      const until = sayDeadline(objectionsUntil(facts.publishedAt ?? now, rules), lang);
      return t(
        `结果于${sayInstant(row.publishedAt ?? now, lang)}公布。对结果有异议，可以在${until}前提出。`,
        `The result was published ${sayInstant(row.publishedAt ?? now, lang)}. Objections are taken until ${until}.`,
      );
    }
    case "final":
      return t(
        `结果于${sayInstant(row.publishedAt ?? now, lang)}公布；异议期已过，没有未答复的异议，${sayDay(dayOf(row.finalAt ?? now), lang)}确定。`,
        `The result was published ${sayInstant(row.publishedAt ?? now, lang)}; the period of objection is over, no objection is unanswered, and it became final on ${sayDay(dayOf(row.finalAt ?? now), lang)}.`,
      );
    case "withdrawn":
      return t(
        `${convener}于${sayInstant(row.endedAt ?? now, lang)}撤回了这次会议，没有作出任何决定。`,
        `${convener} withdrew this meeting on ${sayInstant(row.endedAt ?? now, lang)}; nothing was decided.`,
      );
    case "annulled":
      return t(
        `主管部门于${sayInstant(row.endedAt ?? now, lang)}依法撤销。下面保留的是当时的公告和记录，不再有效。`,
        `The authority annulled it on ${sayInstant(row.endedAt ?? now, lang)}. What follows is kept as it was and has no effect any more.`,
      );
  }
}
