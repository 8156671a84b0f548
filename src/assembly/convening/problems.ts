/** Refusals of petitions as problems: what was not done, why, by which article, what now. One switch. */

import { formatArea } from "../../kernel/area.ts";
import { actProblem } from "../../owners/problems.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import type { PetitionRefusal } from "./actions.ts";
import type { PetitionCount } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const REG13 = "《物业管理条例》第十三条";
const GR21 = "《业主大会和业主委员会指导规则》第二十一条";
const NOT_RECORDED = say("签名没有登记", "The signature was not recorded");

const missing = ({ signed, leastOwners, leastAreaDm2 }: PetitionCount): { owners: number; areaDm2: number } => ({
  owners: Math.max(0, leastOwners - signed.owners),
  areaDm2: Math.max(0, leastAreaDm2 - signed.areaDm2),
});

export function petitionProblem(refusal: PetitionRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "subject_missing":
      return {
        code: "petition-subject-missing",
        status: 422,
        title: say("提议没有登记", "The petition was not entered"),
        detail: say("请写明业主提议开会决定什么。", "Say what the owners ask a meeting to decide."),
      };
    case "subject_too_long":
      return {
        code: "petition-subject-too-long",
        status: 422,
        title: say("提议没有登记", "The petition was not entered"),
        detail: say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      };
    case "unknown_petition":
      return {
        code: "petition-unknown",
        status: 404,
        title: say("没有这份提议", "No such petition"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "no_head":
      return {
        code: "petition-no-head",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          "今天的名册里没有这个专有部分，或者它不计入表决权（例如议事规则没有计入的车位）。",
          "It is not on the roll of today, or it does not count, such as a parking space the rules of procedure leave out.",
        ),
        next: say("请在名册里核对，再从搜索结果里登记。", "Check the roll, and record it from the search results."),
      };
    case "already_signed":
      return {
        code: "petition-already-signed",
        status: 409,
        title: say("这位业主已经签过", "This owner has signed"),
        detail: both((lang) =>
          lang === "en"
            ? `The signature was recorded on ${sayInstant(refusal.recordedAt, lang)}. An owner counts once, however many units and sheets.`
            : `签名已于${sayInstant(refusal.recordedAt, lang)}登记。一位业主不论有几处房屋、签了几张表，只算一次。`,
        ),
        article: "《最高人民法院建筑物区分所有权司法解释》第九条",
      };
    case "petition_over":
      return {
        code: "petition-over",
        status: 409,
        title: NOT_RECORDED,
        detail: say(
          "会议的公告已经发出，这份提议已经完成，不再登记签名。",
          "Notice of the meeting was given; the petition has done its work.",
        ),
      };
    case "petition_handed_in":
      return {
        code: "petition-handed-in",
        status: 409,
        title: say("签名没有撤回", "The signature was not taken back"),
        detail: say(
          "业委会已经据此起草会议，提议已经提交，签名不能再撤回。",
          "The committee has begun the meeting on it; the petition is handed in and signatures stand.",
        ),
        next: say("您可以在会议上投反对票或者弃权。", "You can vote against, or abstain, in the meeting."),
      };
    case "not_signed":
      return {
        code: "petition-not-signed",
        status: 409,
        title: say("没有可以撤回的签名", "There is no signature to take back"),
        detail: say("您现在没有在这份提议上签名。", "You have not signed this petition now."),
      };
    case "owner_without_head":
    case "another_chosen":
    case "nobody_chosen":
      return actProblem(refusal, NOT_RECORDED);
    case "not_reached": {
      const lacking = missing(refusal.count);
      const withArea = refusal.basis === "heads_and_area";
      const area = formatArea(lacking.areaDm2);
      return {
        code: "petition-not-reached",
        status: 409,
        title: say("签名的业主还不够", "Too few have signed"),
        detail: withArea
          ? say(
              `人数和面积都要达到20%，还差${lacking.owners}人、${area}㎡。`,
              `Both owners and area must reach 20 %: ${lacking.owners} owners and ${area} m² are missing.`,
            )
          : say(
              `人数要达到20%，还差${lacking.owners}人。`,
              `20 % of the owners must sign: ${lacking.owners} are missing.`,
            ),
        article: withArea ? GR21 : REG13,
        next: say("请继续登记签名。", "Record further signatures."),
      };
    }
  }
}
