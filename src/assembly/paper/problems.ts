/** Refusals of a ballot on paper, each as a problem the person at the desk can act on. */
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { shortCode } from "../../record/rules.ts";
import { ballotProblem } from "../ballots/problems.ts";
import { channelText } from "../ballots/words.ts";
import { proxyProblem } from "../proxies/problems.ts";
import type { EnterRefusal } from "./actions.ts";

const both = (say: (lang: Lang) => string): Bilingual => ({ zh: say("zh"), en: say("en") });

export function paperProblem(refusal: EnterRefusal): Problem {
  switch (refusal.reason) {
    case "same_person_twice":
      return {
        code: "same-person-twice",
        status: 409,
        title: { zh: "同一张票要由另一位核对", en: "Another person has to check this sheet" },
        detail: {
          zh: "您已经录入过这张票。第二次录入必须由没有看过您录入内容的另一位完成。",
          en: "You have read this sheet already. The second reading is by somebody who has not seen yours.",
        },
      };
    case "already_settled":
      return {
        code: "paper-settled",
        status: 409,
        title: { zh: "这张票已经处理完", en: "This sheet is settled" },
        detail: {
          zh: "其他人已经核对完这张票，这次录入没有保存。",
          en: "Others have finished with this sheet; this reading was not kept.",
        },
        next: { zh: "请回到纸质票列表查看结果。", en: "The list of sheets shows what became of it." },
      };
    case "entered_meanwhile":
      return {
        code: "entered-meanwhile",
        status: 409,
        title: { zh: "刚才有另一位也在录入", en: "Somebody else entered it just now" },
        detail: {
          zh: "两位同时录入了同一张票，后到的这次没有保存。",
          en: "Two people entered the same sheet at once; the later one was not kept.",
        },
        next: {
          zh: "请刷新列表，看这张票是否还要核对。",
          en: "Reload the list to see whether it still needs a reader.",
        },
      };
    case "not_your_part":
      return refusal.part === "enter"
        ? {
            code: "paper-entered-by-others",
            status: 409,
            title: { zh: "首次录入由录入人员完成", en: "The first reading is by those who enter" },
            detail: {
              zh: "您的职务负责核对。请先由录入人员拍照并录入，再由您核对。",
              en: "Your post checks. Somebody who enters has to photograph and read the sheet first.",
            },
          }
        : {
            code: "paper-confirmed-by-others",
            status: 409,
            title: { zh: "核对由计票或监督人员完成", en: "The check is by tellers or supervisors" },
            detail: {
              zh: "您的职务负责录入。这张票已录入，请由计票或监督人员核对。",
              en: "Your post enters. This sheet has been entered; a teller or supervisor checks it.",
            },
          };
    case "photo_missing":
      return {
        code: "photo-missing",
        status: 422,
        title: { zh: "请附上票面照片", en: "A photograph of the sheet is needed" },
        detail: {
          zh: "首次录入要附上这张票的照片，核对的人凭照片或原件录入，日后有争议也以它为凭。",
          en: "The first reading carries a photograph: the checker reads from it, and a dispute is settled by it.",
        },
      };
    case "file_empty":
    case "file_type_refused":
      return {
        code: "photo-unreadable",
        status: 422,
        title: { zh: "照片无法使用", en: "The photograph cannot be used" },
        detail: { zh: "请上传 JPG、PNG、WebP 照片或 PDF。", en: "Please use a JPG, PNG or WebP photograph, or a PDF." },
      };
    case "file_too_large":
      return {
        code: "photo-too-large",
        status: 422,
        title: { zh: "照片太大", en: "The photograph is too large" },
        detail: { zh: "照片最大 10 MB，请用手机重新拍一张。", en: "At most 10 MB; please take it again." },
      };
    case "received_in_future":
      return {
        code: "received-in-future",
        status: 422,
        title: { zh: "收票时间在将来", en: "The time of receipt lies ahead" },
        detail: { zh: "收票时间不能晚于现在。", en: "A sheet cannot have been handed in later than now." },
      };
    case "received_before_opening":
      return {
        code: "received-before-opening",
        status: 422,
        title: { zh: "收票时间早于表决开始", en: "Handed in before the opening" },
        detail: both((lang) =>
          lang === "en"
            ? `Voting opened ${sayInstant(refusal.opensAt, lang)}; a sheet from before is no ballot.`
            : `表决从${sayInstant(refusal.opensAt, lang)}开始，此前交来的不能作为表决票。`,
        ),
      };
    case "received_after_close":
      return {
        code: "received-after-close",
        status: 422,
        title: { zh: "截止以后交来的票不计", en: "Handed in after the close" },
        detail: both((lang) =>
          lang === "en"
            ? `Voting closed ${sayDeadline(refusal.closesAt, lang)}. A sheet handed in later does not count.`
            : `表决已于${sayDeadline(refusal.closesAt, lang)}截止，之后交来的票不计入。`,
        ),
      };
    case "no_proxy_on_record":
      return {
        code: "no-proxy-on-record",
        status: 409,
        title: { zh: "没有登记委托书", en: "No authorisation is on record" },
        detail: {
          zh: "这一户没有登记在用的委托书，代理人签名的票不能录入。",
          en: "This household has no authorisation in force, so a sheet signed by an agent cannot be entered.",
        },
        article: "《民法典》第一百六十五条",
        next: { zh: "请先登记书面委托书，再录入。", en: "Record the written authorisation first." },
      };
    case "revoked":
    case "used":
      return proxyProblem({ reason: refusal.reason });
    case "set_aside": {
      const { castAt, channel, leafHash } = refusal.counts;
      return {
        code: "paper-set-aside",
        status: 409,
        title: { zh: "这一户已经投过票，这张纸质票不计", en: "This household has voted; the sheet is kept apart" },
        detail: both((lang) =>
          lang === "en"
            ? `The ballot received ${channelText(channel).en} on ${sayInstant(castAt, lang)} (code ${shortCode(leafHash)}) counts. That this sheet came is in the public record too.`
            : `以${sayInstant(castAt, lang)}收到的${channelText(channel).zh}表决为准（短码${shortCode(leafHash)}）。这张票已登记为不计入，两者都写进了公开记录。`,
        ),
        next: {
          zh: "请在纸质票上注明“不计入”，和其他票一起保存。",
          en: "Mark the sheet “not counted” and keep it with the others.",
        },
      };
    }
    default:
      return ballotProblem(refusal);
  }
}
