/** What the states of a proposal are called. Words only. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { ProposalState } from "./rules.ts";

export const sayState: Record<ProposalState, { readonly words: Bilingual; readonly tone: StatusTone }> = {
  open: { words: { zh: "等第二人确认，尚未生效", en: "Waiting; not in force" }, tone: "waiting" },
  confirmed: { words: { zh: "已确认，生效", en: "Confirmed, in force" }, tone: "good" },
  refused: { words: { zh: "已拒绝或撤回", en: "Refused or taken back" }, tone: "off" },
  expired: { words: { zh: "过期，未生效", en: "Ran out, never in force" }, tone: "off" },
};
