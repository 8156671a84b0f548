/** Refusals of naming, supporting, answering and describing, each as a problem a person can read: what was not done, why, on what ground, what now. One switch. */
import { actProblem } from "../../owners/problems.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import type { AnsweringRefusal, WithdrawingRefusal } from "./answering.ts";
import type { DescribeRefusal } from "./describing.ts";
import type { NominateRefusal } from "./nominating.ts";
import type { AffiliationRefusal } from "./person/affiliation.ts";
import { type DescribingRefusal, describingProblem, field, NOT_DONE, paperProblem } from "./person/problems.ts";
import type { SupportRefusal } from "./supporting.ts";
import { CHANNEL_WORDS } from "./words.ts";

export type NominationRefusal =
  | NominateRefusal
  | SupportRefusal
  | AnsweringRefusal
  | WithdrawingRefusal
  | DescribeRefusal
  | AffiliationRefusal
  | DescribingRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const GR31 = "《业主大会和业主委员会指导规则》第三十一条";

export function nominationProblem(refusal: NominationRefusal): Problem {
  switch (refusal.reason) {
    case "paper_missing":
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return paperProblem(refusal);
    case "owner_without_head":
    case "another_chosen":
    case "nobody_chosen":
      return actProblem(refusal, NOT_DONE);
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_election":
    case "unknown_candidacy":
      return {
        code: "nomination-unknown",
        status: 404,
        title: say("没有这个提名", "No such nomination"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "nominations_not_open":
      return {
        code: "nominations-not-open",
        status: 409,
        title: NOT_DONE,
        detail: say("提名还没有开始。", "Nominations have not opened yet."),
        next: say("开始的时间会公布在选举页面上。", "The election's page will say when they do."),
      };
    case "nominations_closed":
      return {
        code: "nominations-closed",
        status: 409,
        title: NOT_DONE,
        detail: both((lang) =>
          refusal.at === null
            ? lang === "en"
              ? "Nominations are closed."
              : "提名已经截止。"
            : lang === "en"
              ? `Nominations closed on ${sayDeadline(refusal.at, lang)}.`
              : `提名已于${sayDeadline(refusal.at, lang)}截止。`,
        ),
        next: say(
          "接下来公布候选人，公布以后可以提出异议。",
          "Next the candidates are published; then you can object.",
        ),
      };
    case "channel_not_open":
      return {
        code: "nomination-channel-closed",
        status: 409,
        title: NOT_DONE,
        detail: say(
          `这次选举的办法里没有“${CHANNEL_WORDS[refusal.channel].name.zh}”。`,
          `By the method of this election nobody is ${CHANNEL_WORDS[refusal.channel].name.en}.`,
        ),
        next: say("可用的提名方式见选举办法。", "The ways there are stand in the method."),
      };
    case "already_nominated":
      return {
        code: "nomination-exists",
        status: 409,
        title: say("已经提名过", "Named already"),
        detail: say(
          `${refusal.number}号提名已经有“${CHANNEL_WORDS[refusal.channel].name.zh}”，不重复登记。`,
          `Nomination no. ${refusal.number} was ${CHANNEL_WORDS[refusal.channel].name.en} already; it is not entered twice.`,
        ),
        next:
          refusal.channel === "joint"
            ? say("您可以打开这个提名，为它附议。", "Open it and support it.")
            : say("请打开这个提名查看。", "Open the nomination to see it."),
      };
    case "candidacy_withdrawn":
      return {
        code: "candidacy-withdrawn",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "本人已经退出这次选举，不再提名、附议或修改。",
          "The person has withdrawn from this election; nothing is added any more.",
        ),
      };
    case "nobody_so_named":
      return field(
        "nominee-not-found",
        "name",
        say(
          "今天的名册上，这个房号没有叫这个名字的业主。请按不动产登记核对房号和全名。",
          "On the roll of today this home has no owner of this name. Check the home and the full name as registered.",
        ),
        GR31,
      );
    case "several_so_named":
      return field(
        "nominee-ambiguous",
        "name",
        say(
          "这个房号有两位同名业主，请到业委会在名册上分清。",
          "Two owners of this home bear one name; have the roll tell them apart.",
        ),
      );
    case "not_an_owner":
      return field(
        "nominee-not-owner",
        "name",
        say(
          "他名下的房屋尚未交付，或者不计入表决权，今天还不算业主。",
          "Their home is not handed over, or does not count: today they are no owner in the sense of a vote.",
        ),
        GR31,
      );
    case "no_full_capacity":
      return {
        code: "candidate-capacity",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "监护人可以代为投票，但委员要由有完全民事行为能力的人担任，不能代为参选。",
          "A guardian may vote for a ward, but a member must have full legal capacity: nobody stands through a guardian.",
        ),
        article: GR31,
      };
    case "name_yourself_alone":
      return {
        code: "nominate-yourself",
        status: 409,
        title: NOT_DONE,
        detail: say("联名推荐是推荐别人的。", "A joint nomination names somebody else."),
        next: say("想自己参选，请用“自荐”。", "To stand yourself, nominate yourself."),
      };
    case "own_candidacy":
      return {
        code: "support-own-candidacy",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "被提名的人和他的共有人不算附议：联名是邻居的推荐。",
          "The person named, and whoever owns the same homes with them, is no supporter: others are.",
        ),
      };
    case "too_many_started":
      return {
        code: "nominations-started",
        status: 409,
        title: NOT_DONE,
        detail: say(
          `您已经发起${refusal.most}个联名推荐，与应选人数相同，不能再多。`,
          `You have started ${refusal.most} joint nominations, as many as there are seats.`,
        ),
        next: say("您仍然可以为别人发起的联名附议。", "You can still support those that others started."),
      };
    case "document_missing":
      return field(
        "nomination-document-missing",
        "document",
        say("组织推荐的，请填写文号或文件名称。", "Give the number or title of the body's document."),
      );
    case "document_too_long":
      return field(
        "nomination-document-too-long",
        "document",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "places_unknown":
      return field(
        "supporters-unknown",
        "places",
        say(
          `这几行在今天的名册上找不到：${refusal.lines.join("、")}。`,
          `These lines are no unit of today's roll: ${refusal.lines.join(", ")}.`,
        ),
      );
    case "too_many_lines":
      return field(
        "supporters-too-many",
        "places",
        say(`一次最多登记${refusal.most}行。`, `At most ${refusal.most} lines at a time.`),
      );
    case "nothing_typed":
      return field(
        "supporters-missing",
        "places",
        say("请填写签名业主的房号。", "Give the homes of those who signed."),
      );
    case "not_joint":
      return {
        code: "nomination-not-joint",
        status: 409,
        title: NOT_DONE,
        detail: say("这个提名不是联名推荐，不需要附议。", "This is no joint nomination and needs no supporters."),
      };
    case "answers_over":
      return {
        code: "nomination-answers-over",
        status: 409,
        title: NOT_DONE,
        detail: say("候选人名单已经公布，不能再答复。", "The list of candidates is out; it is too late to answer."),
      };
    case "already_answered":
      return {
        code: "nomination-answered",
        status: 409,
        title: say("已经答复过", "Answered already"),
        detail:
          refusal.answer === "accepted"
            ? say("本人已经同意参选。", "The person has agreed to stand.")
            : say("本人已经谢绝。", "The person has declined."),
        ...(refusal.answer === "accepted"
          ? { next: say("不想参选了，请办理“退出”。", "To leave, withdraw.") }
          : { next: say("改变主意的，可以改为同意。", "To change your mind, agree to stand.") }),
      };
    case "person_stands_already":
      return {
        code: "candidate-stands-already",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "同一个人（姓名和手机号相同）已经在这次选举里参选。一个人只能有一个候选资格。",
          "The same person, by name and number, stands in this election already. Each person stands once.",
        ),
      };
    case "nothing_to_withdraw":
      return {
        code: "candidacy-nothing-to-withdraw",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "本人没有同意参选，不需要退出。",
          "The person never agreed to stand; there is nothing to withdraw.",
        ),
      };
    case "already_withdrawn":
      return {
        code: "candidacy-withdrawn-before",
        status: 409,
        title: say("已经退出", "Withdrawn already"),
        detail: both((lang) =>
          lang === "en" ? `On ${sayInstant(refusal.at, lang)}.` : `已于${sayInstant(refusal.at, lang)}退出。`,
        ),
      };
    case "election_over":
      return {
        code: "election-is-over",
        status: 409,
        title: NOT_DONE,
        detail: say("这次选举已经结束。", "This election is over."),
      };
    case "version_stale":
    case "election_stale":
      return {
        code: "nomination-stale",
        status: 409,
        title: say("在此期间有人改过", "Somebody changed it in the meantime"),
        detail: say("这次没有保存，您填写的内容还在。", "Nothing was saved; what you typed is still there."),
        next: say("请重新打开页面，核对后再提交。", "Open the page again, check, and submit."),
      };
    default:
      return describingProblem(refusal);
  }
}
