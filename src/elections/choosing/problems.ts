/** Refusals of the members' ballots, each as a problem a person can read. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { ChoosingRefusal } from "./actions.ts";
import type { ChosenPost } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const GR32 = "《业主大会和业主委员会指导规则》第三十二条";

export const POST_WORDS: Record<ChosenPost, Bilingual> = {
  committee_chair: say("主任", "chair"),
  committee_deputy: say("副主任", "deputy chair"),
};

export function choosingProblem(refusal: ChoosingRefusal): Problem {
  switch (refusal.reason) {
    case "no_committee":
      return {
        code: "no-committee",
        status: 404,
        title: say("现在没有业主委员会", "No committee serves now"),
        detail: say("选出委员、就任以后才能推选主任。", "The chair is chosen once members are elected and seated."),
      };
    case "not_a_member":
      return {
        code: "not-a-member",
        status: 403,
        title: say("只有委员可以参加推选", "Only members take part"),
        detail: say(
          "主任、副主任由委员在内部推选产生，候补委员和其他人不参加。",
          "Chair and deputies are chosen by the members among themselves; alternates and others take no part.",
        ),
        article: GR32,
      };
    case "ballot_open":
      return {
        code: "members-ballot-open",
        status: 409,
        title: say("还有一次投票没有计票", "A ballot is still open"),
        detail: say(
          `第${refusal.ballotNo}次投票计票以后才能开始下一次。`,
          `Ballot ${refusal.ballotNo} has to be counted before the next is opened.`,
        ),
        next: say("请先投票、计票。", "Vote and count first."),
      };
    case "post_filled":
      return {
        code: "members-post-filled",
        status: 409,
        title: say("这个职务已经有人担任", "The post is filled"),
        detail: say(
          `${POST_WORDS[refusal.post].zh}已经有人担任，空缺以后才能再推选。`,
          `There is a ${POST_WORDS[refusal.post].en}; another is chosen when the post falls vacant.`,
        ),
      };
    case "places_out_of_range": {
      const detail = say(`人数应是1到${refusal.most}。`, `The number is from 1 to ${refusal.most}.`);
      return {
        code: "members-places",
        status: 422,
        title: say("人数不对", "The number does not fit"),
        detail,
        errors: [{ pointer: "/places", detail }],
      };
    }
    case "too_few_members":
      return {
        code: "members-too-few",
        status: 409,
        title: say("在任委员太少，选不出来", "Too few members sit"),
        detail: say(
          `按全部席位计算至少要${refusal.needed}票，现在只有${refusal.members}名委员。`,
          `${refusal.needed} votes of all seats are needed, and ${refusal.members} members sit.`,
        ),
        article: "《业主大会和业主委员会指导规则》第三十八条",
        next: say("请先补足委员。", "Fill the vacant seats first."),
      };
    case "unknown_ballot":
      return {
        code: "members-ballot-unknown",
        status: 404,
        title: say("没有这次投票", "No such ballot"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "ballot_counted":
      return {
        code: "members-ballot-counted",
        status: 409,
        title: say("这次投票已经计票", "This ballot is counted"),
        detail: say("计票以后不能再投。", "Nobody votes after the count."),
      };
    case "voted_already":
      return {
        code: "member-voted",
        status: 409,
        title: say("您已经投过票", "You have voted"),
        detail: say(
          "每次投票每人一票，交了就不能改。",
          "Each member votes once in a ballot, and what was handed in stands.",
        ),
      };
    case "too_many_marks": {
      const detail = say(`最多选${refusal.most}人。`, `Mark at most ${refusal.most}.`);
      return {
        code: "members-too-many-marks",
        status: 422,
        title: say("选得太多", "Too many marks"),
        detail,
        errors: [{ pointer: "/chosen", detail }],
      };
    }
    case "not_to_be_chosen": {
      const detail = say("选的人不在这次投票的名单里。", "Somebody marked does not stand in this ballot.");
      return {
        code: "members-not-to-be-chosen",
        status: 422,
        title: say("不能选这个人", "Not to be chosen"),
        detail,
        errors: [{ pointer: "/chosen", detail }],
      };
    }
    case "too_few_voted":
      return {
        code: "members-too-few-voted",
        status: 409,
        title: say("投票的委员还不够", "Too few have voted"),
        detail: say(
          `已有${refusal.voted}人投票，至少要${refusal.needed}人才能计票。`,
          `${refusal.voted} voted; at least ${refusal.needed} have to before it is counted.`,
        ),
        article: "《业主大会和业主委员会指导规则》第三十八条",
      };
    case "conflicting_choice":
      return {
        code: "members-conflicting-choice",
        status: 409,
        title: say("被选的人另有不能兼任的职务", "Somebody chosen holds a post that excludes it"),
        detail: say(
          "先辞去那个职务，或由规定的机关书面同意，再计票。",
          "They resign that post, or are granted a waiver, before the count.",
        ),
      };
    case "choice_stale":
      return {
        code: "members-choice-stale",
        status: 409,
        title: say("刚刚有人投票或变动", "Somebody voted or left just now"),
        detail: say("为了不漏掉，这次没有保存。", "So that nothing is missed, nothing was saved."),
        next: say("请再试一次。", "Please try again."),
      };
  }
}
