/** Refusals of links and of the second factor, each as a problem a person can read. */
import type { Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import type { IdentifyRefusal, ManageRefusal, OpenRefusal } from "./actions.ts";

/** What to do when a link, a telephone or a certificate does not help: the committee and paper always do. */
export const ASK_COMMITTEE = {
  zh: "请联系业主委员会（或会议召集人）：可以补发链接，也可以领取纸质表决票。您的表决权不受影响。",
  en: "Ask the owners' committee (or the convener): they can send a new link or hand you a paper ballot. Your right to vote is not affected.",
} as const;

const both = (say: (lang: Lang) => string): { zh: string; en: string } => ({ zh: say("zh"), en: say("en") });

/** The same for a link that never was, was withdrawn, ran out, or belongs to another community. */
export const LINK_NOT_VALID: Problem = {
  code: "link-not-valid",
  status: 404,
  title: { zh: "这个表决链接打不开", en: "This voting link does not open" },
  detail: {
    zh: "链接可能没有复制完整，可能已经换成新的链接，也可能已经过期。",
    en: "It may be incomplete, replaced by a newer one, or too old.",
  },
  next: {
    zh: `请打开最近一次收到的短信或通知单上的链接。${ASK_COMMITTEE.zh}`,
    en: `Open the link in the newest message or slip you received. ${ASK_COMMITTEE.en}`,
  },
};

/** The ballot was asked for by a browser that came through no link, or whose two hours are over. */
export const LINK_NEEDED: Problem = {
  code: "link-needed",
  status: 401,
  title: { zh: "请从您的链接进入", en: "Please come in by your link" },
  detail: {
    zh: "表决页只能从发给您的链接或通知单上的二维码打开；打开两小时后需要重新进入。",
    en: "The ballot opens only from the link or the code on the slip you were given, and for two hours at a time.",
  },
  next: {
    zh: `请再点一次短信里的链接，或再扫一次通知单。${ASK_COMMITTEE.zh}`,
    en: `Open the link in the message again, or scan the slip again. ${ASK_COMMITTEE.en}`,
  },
};

export function linkProblem(refusal: IdentifyRefusal | OpenRefusal | ManageRefusal): Problem {
  switch (refusal.reason) {
    case "link_not_valid":
    case "link_revoked":
      return LINK_NOT_VALID;
    case "not_four":
      return {
        code: "last-four-malformed",
        status: 422,
        title: { zh: "请填四位", en: "Four characters, please" },
        detail: {
          zh: "请填手机号的最后四位数字，或证件号的最后四位（末位是X的也填X）。",
          en: "Give the last four digits of the mobile number, or the last four characters of the certificate number (X included).",
        },
      };
    case "wrong_last_four":
      return {
        code: "last-four-wrong",
        status: 422,
        title: { zh: "与名册登记的不一致", en: "Not what the roll has" },
        detail:
          refusal.left > 0
            ? {
                zh: `这四位与名册登记的手机号、证件号都不一致。还可以试${refusal.left}次。`,
                en: `These four fit neither the phone nor the certificate on the roll. ${refusal.left} more tries.`,
              }
            : {
                zh: "这四位与名册登记的手机号、证件号都不一致。为保护您的表决票，暂时不能再试。",
                en: "These four fit neither the phone nor the certificate on the roll. To protect your ballot no more tries are taken for now.",
              },
        next: ASK_COMMITTEE,
      };
    case "resting":
      return {
        code: "last-four-resting",
        status: 429,
        title: { zh: "试错次数太多，请稍后再来", en: "Too many wrong tries; please come back later" },
        detail: both((lang) =>
          lang === "en"
            ? `To protect your ballot, the next try is taken from ${sayInstant(refusal.until, lang)} on.`
            : `为保护您的表决票，${sayInstant(refusal.until, lang)}以后才能再试。`,
        ),
        next: ASK_COMMITTEE,
      };
    case "locked":
      return {
        code: "last-four-locked",
        status: 423,
        title: { zh: "这个链接已锁定", en: "This link is locked" },
        detail: {
          zh: "连续试错太多次，为保护您的表决票，这个链接不再接受核对。",
          en: "Too many wrong tries in a row. To protect your ballot this link takes no more.",
        },
        next: ASK_COMMITTEE,
      };
    case "no_factor_on_roll":
      return {
        code: "nothing-to-check-against",
        status: 409,
        title: { zh: "名册上没有可以核对的号码", en: "The roll has nothing to check against" },
        detail: {
          zh: "名册没有登记您的手机号和证件号，网上无法确认是您本人，请用纸质表决票。",
          en: "The roll has neither your phone nor your certificate, so it cannot be confirmed online that it is you. Please use a paper ballot.",
        },
        next: {
          zh: "请向业主委员会领取纸质表决票；也可以请他们先把您的手机号登记到名册，再补发链接。",
          en: "Ask the committee for a paper ballot, or have your phone entered in the roll and a new link sent.",
        },
      };
    case "no_designated_voter":
      return {
        code: "co-owners-must-choose",
        status: 409,
        title: { zh: "请共有人先推选一人", en: "The co-owners must first choose one" },
        detail: {
          zh: "这套房屋有几位共有人，还没有登记由谁行使表决权。几位共有人只投一张票。",
          en: "This home has several owners and nobody is entered as the one who votes. Together you have one ballot.",
        },
        article: "《业主大会和业主委员会指导规则》第二十五条",
        next: {
          zh: "请共有人商定一人，书面告知业主委员会登记；登记后会补发链接。",
          en: "Agree on one person and tell the committee in writing; a new link is sent once it is entered.",
        },
      };
    case "too_many_at_once":
      return {
        code: "too-many-at-once",
        status: 429,
        title: { zh: "同时核对的次数太多", en: "Too many tries at the same time" },
        detail: {
          zh: "有人正在同时多次核对这个链接，这一次没有计入。",
          en: "This link is being tried many times at once; this try was not counted.",
        },
        next: { zh: "请过一分钟再试。", en: "Please try again in a minute." },
      };
    case "unknown_voter":
      return {
        code: "voter-unknown",
        status: 404,
        title: { zh: "名册里没有这一位", en: "The roll has no such voter" },
        detail: {
          zh: "本次会议冻结的名册里没有这个序号。",
          en: "The roll frozen for this meeting has no such number.",
        },
      };
    case "reason_missing":
      return {
        code: "reason-missing",
        status: 422,
        title: { zh: "请写明原因", en: "Please give the reason" },
        detail: {
          zh: "换发或停用链接会写入公开记录，需要写明原因（不要写姓名、电话）。",
          en: "Re-issuing or revoking goes into the public record and needs its reason (no names or phone numbers).",
        },
      };
    case "no_link_in_force":
      return {
        code: "no-link-in-force",
        status: 409,
        title: { zh: "没有在用的链接", en: "No link in force" },
        detail: { zh: "这一位现在没有可用的链接，不需要停用。", en: "This voter has no link that could be revoked." },
      };
  }
}
