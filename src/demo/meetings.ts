/** What the owners of 金桂苑 were, are and will be asked. Made up; worded as such notices are. */
import { chooseOne, ESTATE, type Item, yesNoAbstain } from "../assembly/agenda/rules.ts";

export interface DemoMeeting {
  readonly key: "finished" | "open" | "notice";
  readonly title: string;
  readonly cause: string;
  readonly items: readonly Item[];
  /** What is attached to an item, by its number: a file's name. */
  readonly papers?: Readonly<Record<number, string>>;
  /** Days from today. Hours are of the civil day. */
  readonly noticeOn: number;
  readonly opensOn: number;
  readonly closesOn: number;
}

const item = (itemNo: number, rest: Pick<Item, "matter" | "title" | "text" | "question">, scope = ESTATE): Item => ({
  itemNo,
  scope,
  attachments: [],
  ...rest,
});

/** What of the first meeting the money rests on. */
export const DECIDED = { shed: 1, letting: 2, lighting: 4, sharing: 5 } as const;

export const MEETINGS: readonly DemoMeeting[] = [
  {
    key: "finished",
    title: "2026 年第一次业主大会会议",
    cause: "年度例会（议事规则第六条）",
    noticeOn: -76,
    opensOn: -60,
    closesOn: -46,
    papers: { 4: "应急照明更换方案和三家报价.pdf" },
    items: [
      item(1, {
        matter: 9,
        title: "在南门增设电动自行车充电棚",
        text: "在南门东侧空地建一处有顶充电棚，二十个车位，烟感与喷淋齐全，费用 58000 元，从公共收益列支。建成后按度收费，收入入公共收益。",
        question: yesNoAbstain(),
      }),
      item(2, {
        matter: 8,
        title: "出租一楼闲置的物业用房",
        text: "把 1 栋一楼闲置用房（46.80 平方米）公开招租，租期三年，租金不低于每月每平方米 28 元，收入扣除合理成本后归全体业主。",
        question: yesNoAbstain(),
      }),
      item(3, {
        matter: 4,
        title: "下一年度的物业服务方式",
        text: "现合同到年底为止。请选定下一年度的服务方式，选定后由业委会按该方式组织选聘，选聘结果另行表决。",
        question: chooseOne(["整体外包给一家物业服务企业", "保洁、绿化、安保分项外包"]),
      }),
      item(4, {
        matter: 5,
        title: "使用维修资金更换应急照明和疏散指示",
        text: "更换三栋楼楼梯间、地下车库的应急照明和疏散指示共 386 套，预算 46000 元，从专项维修资金列支，由全体业主按专有部分面积分摊。",
        question: yesNoAbstain(),
      }),
      item(5, {
        matter: 9,
        title: "公共收益结余的使用",
        text: "到上月末的公共收益结余，一半补充专项维修资金；其余留足充电棚和门禁的费用后，按专有部分面积分给全体业主。",
        question: yesNoAbstain(),
      }),
    ],
  },
  {
    key: "open",
    title: "2026 年第二次业主大会会议",
    cause: "业委会提议（议事规则第七条）",
    noticeOn: -20,
    opensOn: -4,
    closesOn: 10,
    items: [
      item(1, {
        matter: 9,
        title: "地面停车收入用于更换门禁",
        text: "用今年地面停车净收入中的 96000 元更换三栋楼的单元门禁，比选三家后由业委会公布中选单位与价格。",
        question: yesNoAbstain(),
      }),
      item(2, {
        matter: 8,
        title: "电梯轿厢内设置广告",
        text: "六部电梯轿厢内各设两块静态广告，不设屏幕和声音，每年收入不低于 36000 元，归全体业主。",
        question: yesNoAbstain(),
      }),
    ],
  },
  {
    key: "notice",
    title: "2 栋屋面防水维修表决",
    cause: "2 栋顶层业主提议，业委会召集",
    noticeOn: -1,
    opensOn: 15,
    closesOn: 25,
    items: [
      {
        ...item(1, {
          matter: 9,
          title: "2 栋屋面防水维修的先后与方式",
          text: "2 栋屋面多处渗漏。请表决是否在雨季前整体重做防水层，预算 84000 元；通过后另行按程序申请使用维修资金。",
          question: yesNoAbstain(),
        }),
        scope: { kind: "buildings", buildings: ["2栋"] },
      },
    ],
  },
];
