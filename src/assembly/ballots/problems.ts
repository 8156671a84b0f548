/** Refusals of a ballot, each as a problem a person can read, or as the message beside the item it is about. */
import type { Bilingual, Lang, T } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { FieldError } from "../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { ASK_COMMITTEE, LINK_NOT_VALID, linkProblem } from "../links/problems.ts";
import type { CastRefusal } from "./actions.ts";
import { channelText } from "./words.ts";

/** The name of an item's field on the ballot. */
export const fieldOf = (itemNo: number): string => `item-${itemNo}`;

type ItemRefusal = Extract<CastRefusal, { itemNo: number }>;

const isAboutItem = (refusal: CastRefusal): refusal is ItemRefusal => "itemNo" in refusal;

/** What is wrong with one item's answer. */
export function itemMessage(refusal: ItemRefusal): Bilingual {
  switch (refusal.reason) {
    case "item_missing":
    case "nothing_chosen":
      return {
        zh: `议题${refusal.itemNo}还没有选。如果不想表态，请选“弃权”。`,
        en: `Question ${refusal.itemNo} has no choice yet. If you take no side, choose “Abstain”.`,
      };
    case "item_twice":
      return { zh: `议题${refusal.itemNo}填了两次。`, en: `Question ${refusal.itemNo} was answered twice.` };
    case "unknown_item":
      return { zh: "表决票上没有这一项。", en: "The ballot has no such question." };
    case "out_of_scope":
      return {
        zh: `议题${refusal.itemNo}不由您的房屋表决。`,
        en: `Question ${refusal.itemNo} is not for your units to decide.`,
      };
    case "unknown_option":
      return { zh: `议题${refusal.itemNo}没有这个选项。`, en: `Question ${refusal.itemNo} has no such option.` };
    case "too_many_choices":
      return {
        zh: `议题${refusal.itemNo}最多选${refusal.most}项，您选了${refusal.chosen}项。`,
        en: `Question ${refusal.itemNo} takes at most ${refusal.most}; you chose ${refusal.chosen}.`,
      };
    case "contradicts_itself":
      return {
        zh: `议题${refusal.itemNo}：“以上都不同意”或“弃权”不能和其他选项一起选。`,
        en: `Question ${refusal.itemNo}: “None of these” and “Abstain” stand alone.`,
      };
  }
}

/** The message beside an item of the form; null when the refusal is not about one. */
export const itemError = (refusal: CastRefusal, t: T): FieldError | null => {
  if (!isAboutItem(refusal)) return null;
  const message = itemMessage(refusal);
  return { field: fieldOf(refusal.itemNo), message: t(message.zh, message.en) };
};

const both = (say: (lang: Lang) => string): Bilingual => ({ zh: say("zh"), en: say("en") });

export function ballotProblem(refusal: CastRefusal): Problem {
  if (isAboutItem(refusal))
    return {
      code: "ballot-incomplete",
      status: 422,
      title: { zh: "表决票没有提交", en: "The ballot was not cast" },
      detail: itemMessage(refusal),
      next: { zh: "请返回修改这一项，再提交一次。", en: "Please go back, correct it and submit again." },
    };
  switch (refusal.reason) {
    case "not_open":
      return {
        code: "voting-not-open",
        status: 409,
        title: { zh: "表决还没有开始", en: "Voting has not opened" },
        detail: both((lang) =>
          refusal.opensAt === null
            ? lang === "en"
              ? "This meeting is not open for voting."
              : "本次会议没有开放表决。"
            : lang === "en"
              ? `Voting opens on ${sayInstant(refusal.opensAt, lang)}.`
              : `表决从${sayInstant(refusal.opensAt, lang)}开始。`,
        ),
        article: "《物业管理条例》第十四条",
        next: { zh: "开始后再打开同一个链接即可。", en: "Open the same link again then." },
      };
    case "closed":
      return {
        code: "voting-closed",
        status: 409,
        title: { zh: "表决已经截止", en: "Voting has closed" },
        detail: both((lang) =>
          lang === "en"
            ? `Voting closed on ${sayDeadline(refusal.closesAt, lang)}. Your ballot was not recorded.`
            : `表决已于${sayDeadline(refusal.closesAt, lang)}截止，这张票没有收下。`,
        ),
        next: {
          zh: "可以在会议页面查看结果，对结果有异议可以提出。",
          en: "The meeting's page has the result, and objections can be made.",
        },
      };
    case "already_voted":
      return {
        code: "already-voted",
        status: 409,
        title: { zh: "已经投过票了", en: "A ballot was cast already" },
        detail: both((lang) => {
          const channel = channelText(refusal.channel)[lang];
          return lang === "en"
            ? `A ballot was received ${channel} on ${sayInstant(refusal.castAt, lang)} and counts; each voter has one.`
            : `已于${sayInstant(refusal.castAt, lang)}收到${channel}表决，以那一张为准，每位业主只计一票。`;
        }),
      };
    case "link_not_valid":
      return LINK_NOT_VALID;
    case "no_designated_voter":
      return linkProblem({ reason: "no_designated_voter" });
    case "channel_not_offered":
      return {
        code: "channel-not-offered",
        status: 409,
        title: { zh: "本次会议不用这种方式投票", en: "This meeting does not vote this way" },
        detail: both((lang) =>
          lang === "en"
            ? `The rules of this meeting do not offer voting ${channelText(refusal.channel).en}.`
            : `本次会议的规则没有采用“${channelText(refusal.channel).zh}”这种方式。`,
        ),
        next: ASK_COMMITTEE,
      };
    case "agenda_changed":
      return {
        code: "agenda-changed",
        status: 409,
        title: { zh: "议题已经公告修改", en: "The items were amended" },
        detail: {
          zh: "您打开这张表决票以后，召集人公告修改了议题。不能对您没有看到的内容表决，这张票没有提交。",
          en: "The items were amended after you opened this ballot. Nothing is decided that you have not read, so it was not cast.",
        },
        next: { zh: "请重新打开表决页，看过新的内容再投。", en: "Please open the ballot again and read what is new." },
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
    case "no_item_concerns_you":
      return {
        code: "no-item-concerns-you",
        status: 409,
        title: { zh: "这次没有需要您表决的议题", en: "No question is yours to decide this time" },
        detail: {
          zh: "本次会议的议题只由部分楼栋或房屋的业主表决，您的房屋不在其中。",
          en: "The questions of this meeting are for the owners of certain buildings or units, and yours are not among them.",
        },
        article: "《住宅专项维修资金管理办法》第二十二条",
      };
  }
}

/** The ballot is in the box; only the log cannot sign at this moment. */
export const RECEIPT_LATER: Problem = {
  code: "receipt-later",
  status: 503,
  title: { zh: "回执文件暂时还不能下载", en: "The receipt file is not ready yet" },
  detail: {
    zh: "您的表决票已经收下，短码就是凭据；只是公开记录此刻还不能签名。",
    en: "Your ballot is recorded and its short code stands; only the public record cannot be signed at this moment.",
  },
  next: { zh: "请稍后再来下载。", en: "Please come back for the file later." },
};
