/** What the entries about the roll and the community itself mean, in words for a neighbour. */
import { type Meaning, meaning } from "./meaning.ts";

/** In the course of things, not of the alphabet. */
export const COMMUNITY: Readonly<Record<string, Meaning>> = {
  "community.opened": meaning(
    "小区开册",
    "Record opened",
    "本小区的公开记录从这一条开始。",
    "This community's record begins with this entry.",
  ),
  "data.resealed": meaning(
    "个人信息重新加密",
    "Sealed data put under a new key",
    "更换了加密密钥，以前加密保存的内容全部改用新密钥重新加密。内容没有变。写明多少条、多少份文件。",
    "The key was changed, and everything sealed before was sealed anew under it. Nothing in it changed. How many rows and files it was.",
  ),
  "roll.imported": meaning(
    "导入名册",
    "Roll imported",
    "名册按表格导入或更新。记录里只有总校验值，没有姓名和电话。",
    "The roll was imported or updated from a table. The record has its root hash, no names or numbers.",
  ),
  "roll.changed": meaning(
    "名册变更",
    "Roll changed",
    "名册自某日起有一处变更：买卖、继承、分户或更正。以前的内容保留，可以查回。",
    "The roll changed from a day on: a sale, an inheritance, a split or a correction. What stood before is kept.",
  ),
  "roll.frozen": meaning(
    "冻结名册",
    "Roll frozen",
    "为一次会议冻结名册。人数和面积以这份名册为准，每位业主可以核对自己的一行确实在内。",
    "The roll was frozen for a meeting. Owners and areas are counted on it, and each owner can prove their own line is in it.",
  ),
  "roll.designated": meaning(
    "推定代表",
    "Designated co-owner",
    "共有人推定了由谁投票，或改换了人选。姓名只留密封值。",
    "Co-owners settled which of them votes, or changed it. The name stands here sealed.",
  ),
  "roll.revealed": meaning(
    "查看个人信息",
    "Personal data read",
    "有职务的人为写明的事由查看了一位业主的个人信息。看过就留痕，内容不在记录里。",
    "An officer looked at one owner's personal data for a stated reason. That is written down; what they saw is not here.",
  ),
  "roll.exported": meaning(
    "导出名册",
    "Roll exported",
    "有职务的人为写明的事由导出了名册。导出就留痕，内容不在记录里。",
    "An officer exported the roll for a stated reason. That is written down; what it holds is not here.",
  ),
  "roll.objection_made": meaning(
    "对名册提出异议",
    "Objection to the roll",
    "有业主认为冻结的名册有误，必须核实答复。",
    "An owner holds that the frozen roll is wrong. It must be checked and answered.",
  ),
  "roll.objection_answered": meaning(
    "答复名册异议",
    "Objection to the roll answered",
    "对名册异议作了核实和答复；成立的，名册随之更正。",
    "An objection to the roll was checked and answered; where it was right, the roll was corrected.",
  ),
  "roll.corrected": meaning(
    "更正冻结名册",
    "Frozen roll corrected",
    "冻结的名册经核实更正了一处，写明理由。",
    "The frozen roll was corrected after a check, with the reason.",
  ),
};
