/** What the register's kinds, grounds, states and faults are called. No rule of its own. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { AssetFault, AssetKind, AssetState, Ground } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const ASSET_KIND_WORDS: Readonly<Record<AssetKind, Bilingual>> = {
  room: say("公有用房", "Common room"),
  parking: say("停车位", "Parking space"),
  advertising: say("广告位", "Advertising place"),
  venue: say("公共场地", "Venue"),
  locker: say("快递柜", "Parcel locker"),
  base_station: say("通信基站", "Base station"),
  charging: say("充电设施", "Charging"),
};
export const GROUND_WORDS: Readonly<Record<Ground, Bilingual>> = {
  common: say("占用共有道路、场地", "On common roads and places"),
  titled: say("规划车位，有单独产权", "Planned space with a title of its own"),
  civil_defence: say("人防工程车位", "In civil-defence works"),
};
export const ASSET_STATE_WORDS: Readonly<Record<AssetState, Bilingual>> = {
  usable: say("可以使用", "Usable"),
  repair: say("维修中", "Under repair"),
  retired: say("不再使用", "Retired"),
};
export const FIELD_WORDS = {
  name: say("名称", "name"),
  place: say("位置", "place"),
  areaDm2: say("面积", "area"),
  titleBasis: say("权属依据", "title basis"),
  state: say("状态", "state"),
  remark: say("备注", "remark"),
  fromOn: say("起始日期", "from"),
} as const;

/** What is wrong, with the field of the form it stands beside. */
export function assetFaultWords(fault: AssetFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "unknown_kind":
      return {
        field: "kind",
        words: say(
          `种类要写成其中之一：${Object.values(ASSET_KIND_WORDS)
            .map(({ zh }) => zh)
            .join("、")}。`,
          "The kind is not one of those known.",
        ),
      };
    case "ground_missing":
      return {
        field: "ground",
        words: say(
          "停车位要写明用地：共有道路场地、规划产权或人防。只有前一种的收入归全体业主（《民法典》第二百七十五条）。",
          "Of a parking space say whose ground it is: only common ground earns for all owners (Civil Code art. 275).",
        ),
      };
    case "ground_not_parking":
      return { field: "ground", words: say("只有停车位写用地。", "Only a parking space has a ground.") };
    case "code_unreadable":
      return {
        field: "code",
        words: say(
          `编号用文字、数字和 - _ . # /，以文字或数字开头，最多${fault.most}字。`,
          `A number has letters, digits and - _ . # /, begins with a letter or digit, at most ${fault.most} characters.`,
        ),
      };
    case "text_missing":
      return {
        field: fault.field,
        words: say(`请填写${FIELD_WORDS[fault.field].zh}。`, `Fill in the ${FIELD_WORDS[fault.field].en}.`),
      };
    case "text_too_long":
      return {
        field: fault.field,
        words: say(
          `${FIELD_WORDS[fault.field].zh}最多${fault.most}字。`,
          `The ${FIELD_WORDS[fault.field].en} has at most ${fault.most} characters.`,
        ),
      };
    case "area_out_of_range":
      return {
        field: "area",
        words: say(
          "面积写成 89.66 这样，大于0，最多两位小数。",
          "Write the area as 89.66: more than nothing, at most two decimals.",
        ),
      };
    case "unknown_state":
      return {
        field: "state",
        words: say("状态是可以使用、维修中或不再使用。", "The state is usable, under repair or retired."),
      };
    case "not_a_day":
      return { field: "fromOn", words: say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23.") };
    case "in_the_future":
      return {
        field: "fromOn",
        words: say(`日期不能晚于今天（${fault.today}）。`, `No later than today (${fault.today}).`),
      };
  }
}
