/** The settings of leases: what the public register says of a lessee, and after how many days a debt is reminded of. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });
const days = (value: number, title: readonly [string, string]) =>
  spec({
    shape: { kind: "whole", least: 1, most: 365 },
    value,
    title: say(...title),
    explanation: say(
      "过了应交日期这么多天还没有交清，发短信提醒承租人，每次只提醒一回，夜间不发。",
      "So many days after the due day what is not paid is reminded of by message, once each, never at night.",
    ),
    source: say("没有统一规定，按合同和当地习惯。", "Not uniform: by contract and custom."),
    rule: "S7",
  });

export const LEASE_SETTINGS = kit({
  prefix: "leases.",
  specs: {
    lesseesNamed: spec({
      shape: {
        kind: "choice",
        choices: {
          organisations: say("单位公开名称，个人只显示姓", "Organisations by name, persons masked"),
          none: say("都不公开名称", "Nobody by name"),
        },
      },
      value: "organisations",
      title: say("公开登记册怎样写承租人", "How the public register names a lessee"),
      explanation: say(
        "个人的姓名在任何设置下都不公开全名。",
        "A natural person's name is never public in full, whatever is chosen.",
      ),
      source: say(
        "《个人信息保护法》第二十五条；公示表通常写明缴款单位（R10）。",
        "PIPL art. 25; a statement usually names who pays (R10).",
      ),
      rule: "R10",
    }),
    firstReminderDays: days(3, ["第一次提醒（应交日后几天）", "First reminder, days after the due day"]),
    secondReminderDays: days(15, ["第二次提醒（应交日后几天）", "Second reminder, days after the due day"]),
    thirdReminderDays: days(30, ["第三次提醒（应交日后几天）", "Third reminder, days after the due day"]),
  },
  together: ({ firstReminderDays, secondReminderDays, thirdReminderDays }) =>
    firstReminderDays.value < secondReminderDays.value && secondReminderDays.value < thirdReminderDays.value
      ? []
      : [
          {
            reason: "does_not_fit",
            setting: "secondReminderDays",
            words: say("三次提醒的天数要一次比一次多", "Each reminder comes after the one before"),
          },
        ],
});
