/** What states and ways of delivery are called, and who did it. Words only. */
import type { Bilingual, T } from "../../platform/i18n.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { ContactKind, DeliveryState } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const KIND_WORDS: Record<ContactKind, Bilingual> = {
  sent: say("短信已发出", "message sent"),
  failed: say("短信没有发出", "message failed"),
  opened: say("本人已核对身份并打开", "opened by the owner after the check"),
  handed: say("当面送达", "handed over"),
  posted: say("邮寄或投放信箱", "posted"),
  announced: say("小区公告送达", "announced in the estate"),
  reached: say("见到了", "reached"),
  refused: say("不愿参加", "refused"),
  to_visit: say("没人，要再来", "to visit again"),
};

export const STATE_WORDS: Record<DeliveryState, Bilingual> = {
  none: say("尚未送达", "not reached"),
  failed: say("短信没有发出", "message failed"),
  sent: say("短信已发出", "message sent"),
  announced: say("公告送达", "announced"),
  posted: say("邮寄或投放", "posted"),
  handed: say("当面送达", "handed over"),
  opened: say("本人已打开", "opened"),
};

/** Sent is no proof that anyone read it; the tones say so too. */
export const STATE_TONES: Record<DeliveryState, StatusTone> = {
  none: "note",
  failed: "bad",
  sent: "waiting",
  announced: "good",
  posted: "good",
  handed: "good",
  opened: "good",
};

export const kindWord = (kind: ContactKind, t: T): string => t(KIND_WORDS[kind].zh, KIND_WORDS[kind].en);
export const stateWord = (state: DeliveryState, t: T): string => t(STATE_WORDS[state].zh, STATE_WORDS[state].en);

/** Who wrote an event: the system, the household, or an office-holder by their masked name. */
export function byWords(by: string | null, workers: ReadonlyMap<string, string>, t: T): string {
  if (by === null) return "";
  if (by === "outbox") return t("系统", "system");
  if (by === "voter") return t("本人", "the owner");
  return workers.get(by) ?? t("工作人员", "staff");
}
