/** What stands on a ballot besides its items: names of options and channels, and what it takes to pass. Words only. */
import type { Bilingual, T } from "../../platform/i18n.ts";
import type { Item, Option } from "../agenda/rules.ts";
import { needsThreeQuarters } from "../rules.ts";
import type { BallotChannel } from "./rules.ts";

const ROLE_WORDS: Record<Option["role"], Bilingual | null> = {
  for: { zh: "同意", en: "For" },
  against: { zh: "反对", en: "Against" },
  abstain: { zh: "弃权", en: "Abstain" },
  choice: null,
};

/** An option as the reader's language says it; a proposal stands as it was frozen, in any language. */
export function optionWords(item: Item, option: Option, t: T): string {
  const words = ROLE_WORDS[option.role];
  if (!words) return option.label;
  if (option.role === "against" && item.question.kind !== "yes_no_abstain") return t(option.label, "None of these");
  return t(option.label, words.en);
}

/** The chosen options of an item in words; an item without a valid mark says so. */
export const answerWords = (item: Item, options: readonly number[], t: T): string =>
  options.length === 0
    ? t("无有效选择（此项作废）", "no valid mark (this item is void)")
    : item.question.options
        .filter(({ optionNo }) => options.includes(optionNo))
        .map((option) => optionWords(item, option, t))
        .join(t("、", ", "));

/** What it takes for an item to pass, with its article (CC 278; D2–D4). */
export function passesWords(item: Item, t: T): string {
  const special = needsThreeQuarters(item.matter);
  const each =
    item.question.kind === "yes_no_abstain" ? "" : t("每个选项分别计算。", " Each option is counted by itself.");
  return special
    ? t(
        `人数和面积都要有三分之二以上参与表决，并且参与者中四分之三以上同意，才通过（《民法典》第二百七十八条）。${each}`,
        `Passes if two thirds take part and three quarters of them agree, by owners and by area (Civil Code art. 278).${each}`,
      )
    : t(
        `人数和面积都要有三分之二以上参与表决，并且参与者中过半数同意，才通过（《民法典》第二百七十八条）。${each}`,
        `Passes if two thirds take part and more than half of them agree, by owners and by area (Civil Code art. 278).${each}`,
      );
}

const CHANNEL_WORDS: Record<BallotChannel, Bilingual> = {
  web: { zh: "网上", en: "online" },
  paper: { zh: "纸质表决票", en: "on paper" },
  meeting: { zh: "会议现场", en: "at the meeting" },
  proxy: { zh: "代理人", en: "through an agent" },
};

export const channelWords = (channel: BallotChannel, t: T): string =>
  t(CHANNEL_WORDS[channel].zh, CHANNEL_WORDS[channel].en);
export const channelText = (channel: BallotChannel): Bilingual => CHANNEL_WORDS[channel];
