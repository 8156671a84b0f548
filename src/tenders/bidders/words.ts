/** What papers, declarations and ties are called. */
import type { Bilingual } from "../../platform/i18n.ts";
import { QUALIFICATION_WORDS } from "../words.ts";
import type { ConflictKind, Declaration, LicenceKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const LICENCE_WORDS: Readonly<Record<LicenceKind, Bilingual>> = {
  ...QUALIFICATION_WORDS,
  other: say("其他证明", "Another paper"),
};

export const DECLARATION_WORDS: Readonly<Record<Declaration, Bilingual>> = {
  true_papers: say("提交的材料真实、有效。", "The papers we hand in are true and in force."),
  able: say(
    "没有被责令停业、财产被接管或冻结、破产。",
    "We have not been ordered to stop, put under administration, or gone bankrupt.",
  ),
  not_dishonest: say(
    "没有被列为失信被执行人，也没有列入严重违法失信名单。",
    "We are on no list of dishonest debtors or serious offenders.",
  ),
  no_collusion: say(
    "不与其他投标人串通，不打听、不泄露报价，不行贿。",
    "We collude with no other bidder, seek or tell no prices, and bribe nobody.",
  ),
  no_tie: say(
    "与业主委员会成员及其近亲属、与同一标段的其他投标人没有控股、管理或者负责人相同的关系；有的，已如实告知。",
    "No committee member or their kin, and no other bidder of a lot, shares our head, our owner or our management; where one does, we have said so.",
  ),
  no_handing_on: say(
    "中选后自己履行合同，不整体转包，不支解后全部分包。",
    "If chosen we serve ourselves: nothing is handed on whole, nor all of it in pieces.",
  ),
};

export const CONFLICT_WORDS: Readonly<Record<ConflictKind, Bilingual>> = {
  same_representative: say(
    "两家投标人的法定代表人是同一个人",
    "Two bidders of the lot have the same legal representative",
  ),
  same_controller: say("两家投标人的实际控制人相同", "Two bidders of the lot have the same controller"),
  controls: say("一家投标人控制或管理另一家", "One bidder of the lot has the say in the other"),
  officer: say(
    "法定代表人或实际控制人是本小区的工作人员（姓名和证件号与名册一致）",
    "The representative or controller is an officer here: name and number agree with the roll",
  ),
  officer_name: say(
    "法定代表人或实际控制人与本小区的工作人员同名，可能是同一个人",
    "The representative or controller bears an officer's name and may be the same person",
  ),
  officer_phone: say("联系电话是本小区工作人员的登录手机号", "The contact's telephone is an officer's"),
  declared_company: say("工作人员申报过与这家企业有关系", "An officer declared a tie to this company"),
  declared_kin: say(
    "法定代表人或实际控制人与工作人员申报的亲属同名",
    "The representative or controller bears the name of kin an officer declared",
  ),
};
