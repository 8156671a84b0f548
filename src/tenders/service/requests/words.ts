/** What kinds of reports are called, in both languages. Words only. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { RequestKind } from "./rules.ts";

export const KIND_WORDS: Readonly<Record<RequestKind, Bilingual>> = {
  repair: { zh: "报修", en: "Repair" },
  complaint: { zh: "投诉", en: "Complaint" },
  inquiry: { zh: "询问", en: "Inquiry" },
  other: { zh: "其他", en: "Other" },
};
