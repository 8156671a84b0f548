/** Refusals of the opening as problems: what was not done, why, what now. One switch. */
import { formatInstant } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { BidderKeyRefusal, ReleaseRefusal } from "./actions.ts";
import type { ReadOutRefusal } from "./reading-out.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_OPENED = say("没有开标", "Not opened");

export function openingProblem(
  refusal: ReleaseRefusal | BidderKeyRefusal | ReadOutRefusal | { readonly reason: "not_opened_yet" },
): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return {
        code: "opening-tender-unknown",
        status: 404,
        title: NOT_OPENED,
        detail: say("没有这次选聘。", "There is no such tender."),
      };
    case "tender_stale":
      return {
        code: "opening-stale",
        status: 409,
        title: NOT_OPENED,
        detail: say("这次选聘刚刚有了变化。", "Something about the tender changed just now."),
        next: say("请刷新页面再试。", "Reload the page and try again."),
      };
    case "opening_too_early": {
      const { closesAt } = refusal;
      return {
        code: "opening-too-early",
        status: 409,
        title: NOT_OPENED,
        detail:
          closesAt === null
            ? say("还没有公告投标截止时间。", "No closing time is announced.")
            : say(
                `投标${formatInstant(closesAt)}截止，截止的同一时间公开开标；这次选聘现在不在等待开标。`,
                `Bids close at ${formatInstant(closesAt)} and are opened at that time; the tender does not wait for its opening now.`,
              ),
        article: "《招标投标法》第三十四条",
      };
    }
    case "opening_not_begun":
      return {
        code: "opening-not-begun",
        status: 409,
        title: NOT_OPENED,
        detail: say("开标还没有开始。", "The opening has not begun."),
        next: say("请等主持人在开标页面宣布开始。", "Wait until it is begun on the page of the opening."),
      };
    case "keys_wanting":
      return {
        code: "opening-keys-wanting",
        status: 409,
        title: NOT_OPENED,
        detail: say(
          `还有${refusal.unopened}份投标没有打开；已交出钥匙的保管人${refusal.released}位，至少要两位。`,
          `${refusal.unopened} bid(s) are not open; ${refusal.released} keyholder(s) released, and two are needed.`,
        ),
        next: say(
          "请另一位保管人交出钥匙，或请投标人用自己的钥匙文件开启。",
          "Another keyholder releases, or bidders open with their own key files.",
        ),
      };
    case "unopened_wait":
      return {
        code: "opening-unopened-wait",
        status: 409,
        title: NOT_OPENED,
        detail: say(
          `还有${refusal.unopened}份投标用两位保管人的钥匙没有打开。为避免一位保管人就能废掉一份投标，要等第三位保管人交出钥匙，或等到${formatInstant(refusal.until)}。`,
          `${refusal.unopened} bid(s) did not open with two keyholders' shares. So that no single keyholder can void a bid, the third must release, or it must be ${formatInstant(refusal.until)}.`,
        ),
        next: say("请通知这些投标人用自己的钥匙文件开启。", "Ask those bidders to open with their own key files."),
      };
    case "documents_wait":
      return {
        code: "opening-documents-wait",
        status: 409,
        title: NOT_OPENED,
        detail: say(`还有${refusal.left}份投标文件没有打开。`, `${refusal.left} bidder's documents are not open yet.`),
        next: say("请先按“打开投标文件”。", "Open the documents first."),
      };
    case "no_seat":
      return {
        code: "opening-no-seat",
        status: 403,
        title: say("没有交出钥匙", "Nothing was released"),
        detail: say("这次选聘的三把钥匙中没有您生成的。", "None of this tender's three keys was made by you."),
      };
    case "release_incomplete":
      return {
        code: "opening-release-incomplete",
        status: 422,
        title: say("没有交出钥匙", "Nothing was released"),
        detail: say(
          `少了${refusal.missing}份。要么全部交出，要么都不交：不能只漏掉一家。`,
          `${refusal.missing} are missing. All are released or none: nobody's can be left out.`,
        ),
      };
    case "share_wrong_form":
      return {
        code: "opening-share-wrong",
        status: 422,
        title: say("没有交出钥匙", "Nothing was released"),
        detail: say("内容不是这把钥匙的份额。", "This is not what the key opens."),
        next: say("请用为这次选聘生成的钥匙文件。", "Use the key file made for this tender."),
      };
    case "no_bid":
      return {
        code: "opening-no-bid",
        status: 404,
        title: say("没有可开启的投标", "No bid to open"),
        detail: say(
          `您在第${refusal.lotNo}标段没有要开启的投标：可能已经撤回，或者这个标段不足三家，不予开标。`,
          `You have no bid to open in lot ${refusal.lotNo}: it was taken back, or the lot has fewer than three and is not opened.`,
        ),
      };
    case "key_file_unreadable":
      return {
        code: "opening-key-unreadable",
        status: 422,
        title: say("钥匙没有收下", "The key was not taken"),
        detail: say("文件不是投标时下载的钥匙文件。", "The file is not the key file downloaded when bidding."),
      };
    case "key_of_another":
      return {
        code: "opening-key-of-another",
        status: 422,
        title: say("钥匙没有收下", "The key was not taken"),
        detail: say(
          "它与投标时承诺的校验值不符：是另一份投标的钥匙，或者会打开成别的内容。",
          "It is not what was committed to when bidding: another bid's key, or one that opens this to something else.",
        ),
        next: say(
          "请选最后一次提交时下载的钥匙文件；没有也可以等保管人开启。",
          "Use the key file of your last delivery; without it the keyholders open the bid.",
        ),
      };
    case "not_opened_yet":
      return {
        code: "opening-not-read-out",
        status: 409,
        title: say("还不能签名", "It cannot be signed yet"),
        detail: say("唱标后才能签开标记录。", "The record is signed once the bids were read out."),
      };
  }
}
