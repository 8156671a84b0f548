/** What a tender's papers are called, in both languages. Words only. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { DocumentKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const DOCUMENT_WORDS: Readonly<Record<DocumentKind, Bilingual>> = {
  notice: say("选聘公告", "Notice"),
  requirements: say("选聘文件", "Tender documents"),
  contract_draft: say("合同草案", "Draft contract"),
  site: say("现场资料、图纸", "Plans of the site"),
  form: say("投标格式", "Forms for bids"),
  clarification: say("澄清资料", "Clarification"),
  other: say("其他", "Other"),
};
