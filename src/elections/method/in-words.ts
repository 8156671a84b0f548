/** The whole method of an election as sentences for owners. Words only; its settings one by one are explained.ts. */
import type { T } from "../../platform/i18n.ts";
import type { ElectionKind, Method, MethodName, MethodValues } from "../rules.ts";
import { CHANNEL_WORDS, RANKING_WORDS, SEATED_WORDS, TIE_WORDS } from "./explained.ts";

const joinChannels = ({ channels }: Method, t: T): string =>
  channels.value
    .map((channel) => t(CHANNEL_WORDS[channel].zh, CHANNEL_WORDS[channel].en.toLowerCase()))
    .join(t("、", "; "));

/** The method as sentences for owners: what a seat takes, how names come in, who waits, how long. The first is the one to remember. */
export function methodInWords(kind: ElectionKind, method: Method, t: T): string[] {
  const value = <K extends MethodName>(name: K): MethodValues[K] => method[name].value;
  const [seats, atMost, alternates] = [value("seats"), value("atMost"), value("alternatesMost")];
  const ranking = RANKING_WORDS[value("ranking")];
  const tie = TIE_WORDS[value("tie")];
  const seated = SEATED_WORDS[value("seatedWhen")];
  const [years, months] = [Math.floor(value("termMonths") / 12), value("termMonths") % 12];
  const term = t(
    `${years > 0 ? `${years}年` : ""}${months > 0 ? `${months}个月` : ""}`,
    [years > 0 ? `${years} years` : "", months > 0 ? `${months} months` : ""].filter(Boolean).join(" "),
  );
  return [
    kind === "by_election"
      ? t(
          `补选${seats}名委员，任期到本届届满为止。`,
          `${seats} vacant seat(s) are filled until the present committee's term ends.`,
        )
      : t(`选举${seats}名委员，任期${term}。`, `${seats} members are elected for ${term}.`),
    t(
      `每张票最多选${atMost}人；人数、面积均达到三分之二的业主参与表决，选举才有效。`,
      `A ballot marks at most ${atMost}; two thirds of the owners with two thirds of the area must take part.`,
    ),
    t(
      "每位候选人都要得到参与表决的人数和面积各过半数同意，恰好一半不算。",
      "Each candidate needs more than half of those taking part, by owners and by area; exactly half is not enough.",
    ),
    t(
      `达到条件的人多于席位时：${ranking.zh}；最后一席相同时：${tie.zh}。`,
      `Where more pass than there are seats: ${ranking.en.toLowerCase()}. A tie for the last seat: ${tie.en.toLowerCase()}.`,
    ),
    kind === "by_election" || value("legalLeast") >= seats
      ? ""
      : t(
          `当选不足${seats}人，但不少于${value("legalLeast")}人并超过一半的，委员会成立。`,
          `With fewer than ${seats} elected the committee stands if they are no fewer than ${value("legalLeast")} and more than half.`,
        ),
    value("passedKeep")
      ? t(
          "达到条件的人不够的，他们保留席位，余下的席位再选一轮。",
          "Where too few pass, they keep their seats and a further round fills the others.",
        )
      : t(
          "达到条件的人不够、委员会不能成立的，全部席位重新选举。",
          "Where too few pass for a committee, all seats are elected again.",
        ),
    alternates === 0
      ? t("不设候补委员。", "There are no alternates.")
      : t(
          `达到条件而没有席位的，按次序候补，最多${alternates}人。`,
          `Those who pass without a seat wait in that order as alternates, at most ${alternates}.`,
        ),
    t(`提名方式：${joinChannels(method, t)}。`, `Ways to be named: ${joinChannels(method, t)}.`),
    value("channels").includes("joint")
      ? t(
          `联名推荐要有${value("supportersLeast")}位业主。`,
          `A joint nomination takes ${value("supportersLeast")} owners.`,
        )
      : "",
    value("surplusPercent") === 0
      ? ""
      : t(
          `候选人应比席位多出${value("surplusPercent")}%，不足一人的进一。`,
          `Candidates outnumber the seats by ${value("surplusPercent")} %, rounded up to a person.`,
        ),
    t(
      `提名开放${value("nominationDays")}天；候选人名单在表决前${value("candidatesBeforeDays")}天公布，公示不少于${value("candidatesPublicDays")}天。`,
      `Nominations are open for ${value("nominationDays")} days; candidates are published ${value("candidatesBeforeDays")} days before voting and stay so for ${value("candidatesPublicDays")} days at least.`,
    ),
    t(`${seated.zh}就任。`, `They take office: ${seated.en.toLowerCase()}.`),
  ].filter((sentence) => sentence !== "");
}
