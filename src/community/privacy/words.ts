/** Why the sending of messages opened an owner's name and number: the codes that are written down, and what the list of reads says of them. */
import type { Bilingual } from "../../platform/i18n.ts";

export const SENT_WHY = {
  "meeting message": { zh: "会议通知、投票链接", en: "word of a meeting, a link to vote" },
  "election nomination": { zh: "选举提名的通知", en: "word of a nomination" },
  "owner sign-in code": { zh: "业主登录验证码", en: "a code to sign in" },
  "maintenance fund message": { zh: "专项维修资金的通知", en: "word of the maintenance fund" },
  "service rating link": { zh: "物业服务评价的链接", en: "a link to rate the service" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type SentWhy = keyof typeof SENT_WHY;

/** A reason in words: of a message by its code, of a person as they wrote it. */
export const readWhy = (why: string): Bilingual =>
  Object.hasOwn(SENT_WHY, why) ? SENT_WHY[why as SentWhy] : { zh: why, en: why };
