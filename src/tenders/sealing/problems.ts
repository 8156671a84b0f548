/** Refusals of keys and sealed deliveries as problems: what was not done, why, what now. One switch each. */
import { formatInstant } from "../../kernel/day.ts";
import { isPostKind } from "../../offices/rules.ts";
import { POST_WORDS } from "../../offices/words.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { MakeKeyRefusal, RehearseRefusal } from "./actions.ts";
import type { UploadRefusal } from "./delivering.ts";
import type { KeysMissing } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NO_KEY = say("钥匙没有登记", "The key was not registered");
const NOT_REHEARSED = say("演练没有通过", "The rehearsal did not succeed");
const NOT_IN = say("投标没有收下", "The bid was not taken in");
const NO_TENDER = say("没有这次选聘", "There is no such tender.");

const seats = (numbers: readonly number[]): string => numbers.join("、");
const postNames = (posts: readonly string[]): Bilingual => {
  const words = posts.filter(isPostKind).map((post) => POST_WORDS[post]);
  return say(words.map(({ zh }) => zh).join("、"), words.map(({ en }) => en).join(", "));
};

/** Why a tender cannot be announced, or bids not be taken, for want of keys. */
export function keysProblem(missing: KeysMissing): Problem {
  const which = seats(missing.seats);
  return missing.reason === "keys_missing"
    ? {
        code: "tender-keys-missing",
        status: 409,
        title: say("开标钥匙还没有齐", "The opening keys are not all made"),
        detail: say(`第${which}把钥匙还没有生成。`, `Key ${which} is not made yet.`),
        article: "《招标投标法》第三十六条",
        next: say("请保管人在工作台的“开标钥匙”页面生成。", "Its keyholder makes it at the desk, under opening keys."),
      }
    : {
        code: "tender-keys-untried",
        status: 409,
        title: say("开标钥匙还没有演练", "The opening keys are not rehearsed"),
        detail: say(
          `第${which}把钥匙的保管人还没有打开试标。开标当天才发现打不开就晚了。`,
          `The holder of key ${which} has not opened the test bid. On the day of the opening it would be too late to find out.`,
        ),
        article: "《招标投标法》第三十六条",
        next: say("请保管人在“开标钥匙”页面演练一次。", "Its keyholder rehearses under opening keys."),
      };
}

export function keyProblem(refusal: MakeKeyRefusal | RehearseRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return { code: "tender-key-tender-unknown", status: 404, title: NO_KEY, detail: NO_TENDER };
    case "not_a_key":
      return {
        code: "tender-key-unreadable",
        status: 422,
        title: NO_KEY,
        detail: say(
          "收到的不是公钥。私钥不能发给系统。",
          "What came is not a public key. A private key must never be sent here.",
        ),
        next: say("请重新打开页面再生成。", "Open the page again and make one there."),
      };
    case "no_seat": {
      const posts = postNames(refusal.posts);
      return {
        code: "tender-key-no-seat",
        status: 403,
        title: NO_KEY,
        detail: say(`按设置，三把钥匙由${posts.zh}保管。`, `By the settings the keys are held by: ${posts.en}.`),
      };
    }
    case "keyholder_twice":
      return {
        code: "tender-key-one-person",
        status: 409,
        title: NO_KEY,
        detail: say(
          `您已经保管第${refusal.seat}把钥匙。一个人拿两把就能单独打开投标。`,
          `You hold key ${refusal.seat} already. One person with two could open bids alone.`,
        ),
      };
    case "seat_taken":
      return {
        code: "tender-key-seat-taken",
        status: 409,
        title: NO_KEY,
        detail: say(`第${refusal.seat}把钥匙已由别人登记。`, `Key ${refusal.seat} was registered by somebody else.`),
      };
    case "keys_too_late":
      return {
        code: "tender-key-too-late",
        status: 409,
        title: NO_KEY,
        detail: say("这次选聘已经过了收取投标的阶段。", "This tender is past taking bids."),
      };
    case "bids_sealed":
      return {
        code: "tender-key-bids-in",
        status: 409,
        title: NO_KEY,
        detail: say(
          "已经有投标按现在的三把钥匙密封，钥匙不能再换。",
          "A bid is sealed for the three keys as they are; they cannot change any more.",
        ),
        next: say(
          "丢了一把不要紧，另外两把就能开标；投标人也可以用自己的钥匙文件开启。",
          "One lost key does no harm: the other two open, and bidders can open with their own key files.",
        ),
      };
    case "why_missing":
      return {
        code: "tender-key-why-missing",
        status: 422,
        title: NO_KEY,
        detail: say("更换钥匙要写明原因，会公开。", "Say why the key is replaced; it is public."),
      };
    case "rehearsal_not_yet":
      return {
        code: "tender-key-rehearsal-waits",
        status: 409,
        title: NOT_REHEARSED,
        detail: say("三把钥匙都生成后才有试标。", "The test bid is made once all three keys are there."),
      };
    case "share_wrong":
      return {
        code: "tender-key-share-wrong",
        status: 422,
        title: NOT_REHEARSED,
        detail: say("打开的内容和试标对不上。", "What was opened is not this test bid's share."),
        next: say(
          "请确认用的是为这次选聘生成的钥匙文件；三把中有人换过钥匙，要刷新页面再来。",
          "Use the key file made for this tender; where a key was replaced meanwhile, reload the page.",
        ),
      };
  }
}

export function deliveryProblem(refusal: UploadRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return { code: "bid-tender-unknown", status: 404, title: NOT_IN, detail: NO_TENDER };
    case "bid_late": {
      const closed = refusal.closesAt === null ? "" : formatInstant(refusal.closesAt);
      return {
        code: "bid-late",
        status: 409,
        title: NOT_IN,
        detail: say(
          `投标已在${closed}截止，以系统时间为准，差一毫秒也不能收。`,
          `Bids closed at ${closed} by the server's clock; not even a millisecond late is taken.`,
        ),
        article: "《招标投标法》第二十八条",
      };
    }
    case "lot_unknown":
      return {
        code: "bid-lot-unknown",
        status: 422,
        title: NOT_IN,
        detail: say(`没有第${refusal.lotNo}标段。`, `There is no lot ${refusal.lotNo}.`),
      };
    case "lot_not_entered":
      return {
        code: "bid-lot-not-entered",
        status: 409,
        title: NOT_IN,
        detail: say(`您没有登记投第${refusal.lotNo}标段。`, `You have not registered to bid for lot ${refusal.lotNo}.`),
        next: say("请先在投标人页面增加这个标段。", "Add the lot on your bidder's page first."),
      };
    case "keys_not_ready":
      return {
        code: "bid-keys-not-ready",
        status: 409,
        title: NOT_IN,
        detail: say(
          "开标钥匙正在更换，保管人演练后才能收投标。",
          "An opening key is being replaced; bids are taken once its keyholders have rehearsed.",
        ),
        next: say("请稍后刷新页面再提交。", "Reload the page a little later and submit again."),
      };
    case "sealed_for_another":
      return {
        code: "bid-sealed-for-another",
        status: 409,
        title: NOT_IN,
        detail: say(
          "密封时写的标段、截止时间或方案版本与现在不同；公告可能刚刚修改过。",
          "The lot, closing time or edition it was sealed for is not today's; the tender may just have been amended.",
        ),
        next: say("请刷新页面，看清修改后重新密封。", "Reload the page, read what changed and seal again."),
      };
    case "shares_wrong":
      return {
        code: "bid-shares-wrong",
        status: 422,
        title: NOT_IN,
        detail: say("密封用的不是现在三位保管人的钥匙。", "It is not sealed for the keys of today's three keyholders."),
        next: say("请刷新页面重新密封。", "Reload the page and seal again."),
      };
    case "ciphertext_wrong":
      return {
        code: "bid-ciphertext-wrong",
        status: 422,
        title: NOT_IN,
        detail: say(
          "收到的密文与承诺的校验值不一致，上传时可能损坏。",
          "The ciphertext is not what its hash promises; it may have been damaged on the way.",
        ),
        next: say("请重新提交。", "Submit again."),
      };
    case "documents_incomplete":
      return {
        code: "bid-documents-incomplete",
        status: 422,
        title: NOT_IN,
        detail: say(
          `投标文件还差${refusal.missing}段没有传完。`,
          `${refusal.missing} piece(s) of the documents are missing.`,
        ),
        next: say("请保持页面打开，重新提交。", "Keep the page open and submit again."),
      };
    case "documents_too_large":
      return {
        code: "bid-documents-too-large",
        status: 413,
        title: NOT_IN,
        detail: say("投标文件最大10MB。", "Documents are at most 10 MB."),
      };
    case "not_a_delivery":
      return {
        code: "bid-unreadable",
        status: 422,
        title: NOT_IN,
        detail: say("内容不完整，或不是密封投标的格式。", "It is incomplete or not a sealed bid."),
        next: say("请用投标页面提交。", "Submit it from the bidding page."),
      };
    case "uploads_full":
      return {
        code: "bid-uploads-full",
        status: 409,
        title: NOT_IN,
        detail: say("您上传的密文已达上限220MB。", "You have uploaded the most there is room for, 220 MB."),
        next: say("请与业委会联系，改交纸质密封件。", "Ask the committee to take a sealed envelope instead."),
      };
    case "nothing_to_withdraw":
      return {
        code: "bid-nothing-to-withdraw",
        status: 409,
        title: say("没有可撤回的投标", "There is no bid to take back"),
        detail: say("您在这个标段没有有效的投标。", "You have no bid in this lot."),
      };
  }
}
