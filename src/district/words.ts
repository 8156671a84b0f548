/** What the overview calls its columns, sums and filters, on pages, in files and in the API. */
import type { EntityForm } from "../committee/entity/rules.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { Filter } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** Stands wherever nothing was recorded: not the same as none, and never a number. */
export const UNKNOWN = say("暂无", "not recorded");

export const FORM_WORDS: Readonly<Record<EntityForm, Bilingual>> = {
  none: say("未登记", "not registered"),
  association: say("社会团体", "social association"),
  private_non_enterprise: say("民办非企业单位", "private non-enterprise unit"),
};

export const FILTER_WORDS: Readonly<Record<Filter, Bilingual>> = {
  all: say("全部", "All"),
  no_committee: say("没有业委会", "Without a committee"),
  overdue: say("有职责逾期", "With a duty overdue"),
  term_ending: say("任期将满或已满", "Term ending or over"),
};

export const COLUMNS = {
  name: say("小区", "Community"),
  branch: say("小区党支部", "Party branch"),
  committee: say("业主委员会", "Owners' committee"),
  term: say("本届任期", "Term"),
  entity: say("法人登记", "Legal person"),
  published: say("最近一次公布", "Last publication"),
  duties: say("职责清单", "Duties"),
  overlap: say("交叉任职", "Cross-appointment"),
  chair: say("主任兼支部书记", "Chair is branch secretary"),
  asOf: say("截至", "As of"),
} as const;
