/** Refusals of owners' cards and of acting for a head as problems: what was not done, why, by which article, what now. One switch each. */
import type { Bilingual, Lang } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import { sayInstant } from "../platform/ui/moments.ts";
import type { CardRefusal, CardTryRefusal } from "./access-card/actions.ts";
import type { ActRefusal } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const GR25 = "《业主大会和业主委员会指导规则》第二十五条";

/** What helps when signing in does not: a person. */
const ASK_SECRETARY = say(
  "请联系业委会秘书：可以把手机号登记到名册，也可以换发登录卡。要签名、推荐的事，都可以在纸上办。",
  "Ask the committee's secretary, who can enter your number in the roll or print another card. Whatever asks for a signature can be done on paper.",
);

const NO_CARD = say("没有打印登录卡", "No card was printed");

export function cardProblem(refusal: CardRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_party":
      return {
        code: "owner-unknown",
        status: 404,
        title: say("名册里没有这位业主", "The roll has no such owner"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "not_an_owner":
      return {
        code: "card-not-an-owner",
        status: 409,
        title: NO_CARD,
        detail: say("今天的名册上，他名下没有专有部分。", "On the roll of today they own nothing."),
      };
    case "organisation":
      return {
        code: "card-for-people",
        status: 409,
        title: NO_CARD,
        detail: say(
          "单位的证件号是公开的，后四位证明不了身份，不能用登录卡。",
          "The number of an organisation is public; its last four prove nothing, so it gets no card.",
        ),
        next: say(
          "请登记法定代表人或者经办人的手机号，用验证码登录；也可以在纸上盖章办理。",
          "Enter the mobile number of its representative, who then signs in by a code; or act on paper, under its seal.",
        ),
      };
    case "number_known":
      return {
        code: "card-number-known",
        status: 409,
        title: NO_CARD,
        detail: say(
          "名册上有他的手机号，可以用验证码登录，不需要登录卡。",
          "The roll has their mobile number, so they sign in by a code and need no card.",
        ),
        next: say(
          "号码停用了的，请先在名册里更正联系方式。",
          "If the number is out of use, correct the contact in the roll first.",
        ),
      };
    case "no_certificate":
      return {
        code: "card-no-certificate",
        status: 409,
        title: NO_CARD,
        detail: say(
          "名册上没有他的证件号后四位。没有它，谁捡到卡谁就能登录。",
          "The roll has not the last four of their certificate; without these, whoever found the card could sign in.",
        ),
        next: say(
          "请先当面核对证件，把后四位登记到名册，再来打印。",
          "See the certificate, enter its last four in the roll, and come back to print.",
        ),
      };
    case "card_changed":
      return {
        code: "card-changed-meanwhile",
        status: 409,
        title: NO_CARD,
        detail: say(
          "您打开页面之后，有人给这位业主换发或停用了登录卡。",
          "Somebody issued or revoked a card of this owner after you opened the page.",
        ),
        next: say("请刷新页面，看看现在是哪一张。", "Reload the page and see which card is in force."),
      };
    case "no_card_in_force":
      return {
        code: "card-unknown",
        status: 404,
        title: say("没有这张登录卡", "No such card"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
  }
}

/** The same for a code that never was, was revoked, or belongs to another community. */
export const CARD_NOT_VALID: Problem = {
  code: "card-not-valid",
  status: 404,
  title: say("这张登录卡打不开", "This card does not open"),
  detail: say(
    "代码可能没有输完整，卡可能已经换发或者停用。",
    "The code may be incomplete, or the card was replaced or revoked.",
  ),
  next: ASK_SECRETARY,
};

export function cardTryProblem(refusal: CardTryRefusal): Problem {
  switch (refusal.reason) {
    case "card_not_valid":
      return CARD_NOT_VALID;
    case "not_four":
      return {
        code: "last-four-malformed",
        status: 422,
        title: say("请填四位", "Four characters, please"),
        detail: say(
          "请填证件号的最后四位，末位是X的也填X。",
          "Give the last four characters of the certificate number, X included.",
        ),
      };
    case "wrong_last_four":
      return {
        code: "last-four-wrong",
        status: 422,
        title: say("与名册登记的不一致", "Not what the roll has"),
        detail:
          refusal.left > 0
            ? say(
                `这四位与名册登记的证件号不一致。还可以试${refusal.left}次。`,
                `These four do not fit the certificate on the roll. ${refusal.left} more tries.`,
              )
            : say(
                "这四位与名册登记的证件号不一致，暂时不能再试。",
                "These four do not fit the certificate on the roll; no more tries are taken for now.",
              ),
        next: ASK_SECRETARY,
      };
    case "resting":
      return {
        code: "last-four-resting",
        status: 429,
        title: say("试错次数太多，请稍后再来", "Too many wrong tries; please come back later"),
        detail: both((lang) =>
          lang === "en"
            ? `To protect you, the next try is taken from ${sayInstant(refusal.until, lang)} on.`
            : `为保护您，${sayInstant(refusal.until, lang)}以后才能再试。`,
        ),
        next: ASK_SECRETARY,
      };
    case "locked":
      return {
        code: "card-locked",
        status: 423,
        title: say("这张登录卡已锁定", "This card is locked"),
        detail: say("连续试错太多次，这张卡不再接受核对。", "Too many wrong tries in a row: this card takes no more."),
        next: ASK_SECRETARY,
      };
    case "too_many_at_once":
      return {
        code: "too-many-at-once",
        status: 429,
        title: say("同时核对的次数太多", "Too many tries at the same time"),
        detail: say("这一次没有计入。", "This try was not counted."),
        next: say("请过一分钟再试。", "Please try again in a minute."),
      };
  }
}

/** Why an owner cannot act for a head outside a meeting; `what` is what was not done. */
export function actProblem(refusal: ActRefusal, what: Bilingual): Problem {
  switch (refusal.reason) {
    case "owner_without_head":
      return {
        code: "owner-without-head",
        status: 409,
        title: what,
        detail: say(
          "今天的名册上，您名下没有计入表决权的专有部分。",
          "On the roll of today you own nothing that counts.",
        ),
        next: say(
          "名册有误的，请带不动产权证书到业委会更正。",
          "If the roll is wrong, bring your certificate of title to the committee.",
        ),
      };
    case "another_chosen":
      return {
        code: "co-owner-chosen",
        status: 409,
        title: what,
        detail: say(
          "您家的几位共有人推选了另一位行使权利，由他来办。几位共有人合起来算一人。",
          "Your co-owners chose somebody else to act for your units; together you count as one.",
        ),
        article: GR25,
        next: say("要换人，请共有人书面告知业委会登记。", "To choose anew, tell the committee in writing."),
      };
    case "nobody_chosen":
      return {
        code: "co-owners-must-choose",
        status: 409,
        title: what,
        detail: say(
          "这套房屋有几位共有人，还没有登记推选谁行使权利。几位共有人合起来算一人。",
          "This home has several owners and none is entered as the one who acts. Together you count as one.",
        ),
        article: GR25,
        next: say("请共有人商定一人，书面告知业委会登记。", "Agree on one person and tell the committee in writing."),
      };
  }
}
