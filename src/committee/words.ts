/** What states, choices and forms of the committee's work are called. Words only. */

import type { CreditCodeFinding } from "../kernel/uscc.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { StatusTone } from "../platform/ui/status.tsx";
import type { AuthorisationState } from "./delegation/actions.ts";
import type { EntityDuty, EntityForm, EntityRemark, ReportKind, SealEvent, SealKind } from "./entity/rules.ts";
import type { FilingDuty } from "./filing/rules.ts";
import type { Practice } from "./practice/rules.ts";
import type { Choice } from "./sessions/minutes/rules.ts";
import type { SessionState } from "./sessions/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** How many must come and agree, in words: of a meeting's own practice. */
export const decidingWords = ({
  quorum,
  majority,
  measuredBy,
}: Pick<Practice, "quorum" | "majority" | "measuredBy">): Bilingual => ({
  zh: `${quorum.value === "two_thirds" ? "三分之二以上" : "过半数"}委员到会才能开会；经${measuredBy.value === "sitting" ? "现有委员" : "全部席位"}的${majority.value === "half_or_more" ? "半数以上" : "过半数"}同意，决定才通过。`,
  en: `It meets with ${quorum.value === "two_thirds" ? "two thirds" : "more than half"} of its members present and decides by ${majority.value === "half_or_more" ? "half or more" : "more than half"} of ${measuredBy.value === "sitting" ? "those who sit" : "all seats"}.`,
});

export const SESSION_WORDS: Record<SessionState, Bilingual> = {
  draft: say("起草中", "Draft"),
  requested: say("委员提议中", "Asked for"),
  noticed: say("已公告", "Announced"),
  recorded: say("已开会，待公布", "Held, to be published"),
  published: say("已公布", "Published"),
  withdrawn: say("已撤回", "Withdrawn"),
};
export const SESSION_TONE: Record<SessionState, StatusTone> = {
  draft: "waiting",
  requested: "waiting",
  noticed: "active",
  recorded: "active",
  published: "good",
  withdrawn: "off",
};

export const CHOICE_WORDS: Record<Choice, Bilingual> = {
  for: say("同意", "for"),
  against: say("反对", "against"),
  abstain: say("弃权", "abstained"),
  recused: say("回避", "recused"),
};

export const AUTHORISATION_WORDS: Record<AuthorisationState, Bilingual> = {
  holds: say("有效", "Holds"),
  to_come: say("还没有开始", "To come"),
  over: say("已到期或终止", "Over"),
  fallen: say("所依据的决定已不成立", "Its decision no longer stands"),
};
export const AUTHORISATION_TONE: Record<AuthorisationState, StatusTone> = {
  holds: "good",
  to_come: "waiting",
  over: "off",
  fallen: "bad",
};

export const FILING_WORDS: Record<FilingDuty["state"], Bilingual> = {
  open: say("应备案", "To be filed"),
  overdue: say("逾期未备案", "Overdue"),
  filed: say("已备案", "Filed"),
  filed_late: say("已备案（逾期）", "Filed late"),
};
export const FILING_TONE: Record<FilingDuty["state"], StatusTone> = {
  open: "active",
  overdue: "bad",
  filed: "good",
  filed_late: "note",
};

export const FORM_WORDS: Record<EntityForm, Bilingual> = {
  none: say("没有登记为法人", "Not registered as a legal person"),
  association: say("社会团体", "Social association"),
  private_non_enterprise: say("民办非企业单位（社会服务机构）", "Private non-enterprise unit"),
};

export const REPORT_WORDS: Record<ReportKind, Bilingual> = {
  change: say("变更登记", "Registration of a change"),
  yearly_supervisor: say("向业务主管单位报送年度报告", "Yearly report to the supervising unit"),
  yearly_registrar: say("向登记管理机关报送年度报告", "Yearly report to the registrar"),
};
export const DUTY_WORDS: Record<EntityDuty["state"], Bilingual> = {
  open: say("应报送", "Due"),
  overdue: say("逾期", "Overdue"),
  sent: say("已报送", "Sent"),
  sent_late: say("已报送（逾期）", "Sent late"),
};
export const DUTY_TONE: Record<EntityDuty["state"], StatusTone> = {
  open: "active",
  overdue: "bad",
  sent: "good",
  sent_late: "note",
};

export const SEAL_WORDS: Record<SealKind, Bilingual> = {
  assembly: say("业主大会印章", "Seal of the owners' assembly"),
  committee: say("业主委员会印章", "Seal of the owners' committee"),
  finance: say("财务专用章", "Financial seal"),
  entity: say("法人印章", "Seal of the legal person"),
  contract: say("合同专用章", "Seal for contracts"),
};
export const SEAL_EVENT_WORDS: Record<SealEvent, Bilingual> = {
  made: say("刻制", "Made"),
  handed_over: say("交接", "Handed over"),
  invalidated: say("作废", "Invalid"),
};

const KIND_WORDS: Readonly<Record<string, Bilingual>> = {
  association: FORM_WORDS.association,
  private_non_enterprise: FORM_WORDS.private_non_enterprise,
  foundation: say("基金会", "foundation"),
  other: say("其他机构", "another body"),
  offices: say("机关或事业单位", "a public office"),
  civil_affairs: say("民政部门登记的机构", "a body under civil affairs"),
  market: say("企业", "an enterprise"),
};

/** What is remarkable about a credit code, for whoever reads it. Never a reason to refuse. */
export function remarkWords(remark: EntityRemark | CreditCodeFinding): Bilingual {
  switch (remark.finding) {
    case "check":
      return say(
        `末位校验码不符（按规则应为 ${remark.expected}）。早期发放的代码有不符的，请对照证书核对。`,
        `The last character does not check (by the rule it would be ${remark.expected}). Some codes issued early do not; please compare the certificate.`,
      );
    case "org_check":
      return say(
        `第17位组织机构校验码不符（按规则应为 ${remark.expected}），请对照证书核对。`,
        `The 17th character does not check (by the rule it would be ${remark.expected}); please compare the certificate.`,
      );
    case "code_of_other_form": {
      const words = KIND_WORDS[remark.says] ?? KIND_WORDS.other!;
      return say(
        `这个代码的前两位是“${words.zh}”的，和所填的登记形式不同。`,
        `By its first characters this is the code of ${words.en}, not of the form stated.`,
      );
    }
    case "length":
      return say(
        `统一社会信用代码应为18位，现在是${remark.length}位。`,
        `A credit code has 18 characters; these are ${remark.length}.`,
      );
    case "characters":
      return say(`代码里不应有 ${remark.wrong}。`, `A code has no ${remark.wrong}.`);
  }
}
