/** The settings of what passes between bidders and the committee: how long an answer may take, how long an amendment leaves. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { Bilingual } from "../../platform/i18n.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const DIALOGUE_SETTINGS = kit({
  prefix: "tender-dialogue.",
  specs: {
    answerDays: spec({
      shape: { kind: "whole", least: 1, most: 30 },
      value: 3,
      title: say("提问多少天内答复", "Days within which a question is answered"),
      explanation: say(
        "从提问的第二天起算；没有答复的公开显示。",
        "Counted from the day after it was asked; what is not answered is shown publicly.",
      ),
      source: say("《招标投标法实施条例》第二十二条：三日内答复。", "TBR 22: within three days."),
      rule: "T5",
      needsClause: (value) => value > 3,
      whenNeeded: say("超过三天", "more than three"),
    }),
    objectionDays: spec({
      shape: { kind: "whole", least: 1, most: 30 },
      value: 3,
      title: say("异议多少天内答复", "Days within which an objection is answered"),
      explanation: say(
        "从提出的第二天起算。答复以前，不能提交业主表决。",
        "Counted from the day after it was made. The owners' decision waits for it.",
      ),
      source: say("《招标投标法实施条例》第二十二、四十四、五十四条。", "TBR 22, 44, 54."),
      rule: "T5",
      needsClause: (value) => value > 3,
      whenNeeded: say("超过三天", "more than three"),
    }),
    complaintDays: spec({
      shape: { kind: "whole", least: 1, most: 90 },
      value: 30,
      title: say("投诉多少天内处理", "Days within which a complaint is decided"),
      explanation: say("由街道处理，从提出的第二天起算。", "By the street, counted from the day after it was made."),
      source: say(
        "《招标投标法实施条例》第六十一条：三十个工作日；业主自行选聘参照。",
        "TBR 61: thirty working days; a guide for the owners' own tender.",
      ),
      rule: "T5",
    }),
    amendDays: spec({
      shape: { kind: "whole", least: 1, most: 60 },
      value: 15,
      title: say("修改以后至少留多少天投标", "Days that an amendment leaves at least"),
      explanation: say(
        "修改影响投标文件编制的，截止时间不够的自动顺延。修改当天不算。",
        "Where it touches what bids rest on, the closing moves by itself. The day of the amendment is not counted.",
      ),
      source: say("《招标投标法》第二十三条：至少十五日前。", "TB 23: fifteen days before at least."),
      rule: "T5",
      needsClause: (value) => value < 15,
      whenNeeded: say("少于十五天", "less than fifteen"),
    }),
    questionsLead: spec({
      shape: { kind: "whole", least: 0, most: 60 },
      value: 10,
      title: say("提问在截止前多少天结束", "Days before the closing at which questions end"),
      explanation: say(
        "修改顺延截止时间时，提问时间按它一起顺延。",
        "Used when an amendment moves the closing: questions move with it.",
      ),
      source: say("《招标投标法实施条例》第二十二条：十日前。", "TBR 22: ten days before."),
      rule: "T5",
    }),
  },
});
