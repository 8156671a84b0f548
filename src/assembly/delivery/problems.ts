/** Refusals of delivery and of settling who votes, each as a problem the desk can act on. */
import type { Problem } from "../../platform/problem.tsx";
import type { ChangeVoterRefusal, DeliveryRefusal } from "./actions.ts";

export function deliveryProblem(refusal: DeliveryRefusal | ChangeVoterRefusal): Problem {
  switch (refusal.reason) {
    case "nobody_chosen":
      return {
        code: "nobody-chosen",
        status: 422,
        title: { zh: "还没有选择住户", en: "No household is chosen" },
        detail: { zh: "请先勾选住户，或勾选“筛选出的全部”。", en: "Tick households, or “all of this filter”." },
      };
    case "too_many_chosen":
      return {
        code: "too-many-chosen",
        status: 422,
        title: { zh: "一次选得太多", en: "Too many at once" },
        detail: {
          zh: `一次最多登记${refusal.most}户，请按楼栋分开。`,
          en: `At most ${refusal.most} at once; go building by building.`,
        },
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
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: { zh: "这份表单已经用过", en: "This form was used already" },
        detail: {
          zh: "同一页面已经提交过另一项内容，这次没有保存。",
          en: "Something else was sent from this page; this was not saved.",
        },
        next: { zh: "请刷新页面后再提交。", en: "Reload the page and send it again." },
      };
    case "note_too_long":
      return {
        code: "note-too-long",
        status: 422,
        title: { zh: "备注太长", en: "The note is too long" },
        detail: { zh: `备注最多${refusal.most}字。`, en: `At most ${refusal.most} characters.` },
      };
    case "already_voted":
      return {
        code: "voter-has-voted",
        status: 409,
        title: { zh: "这一户已经投过票", en: "This household has voted" },
        detail: {
          zh: "已经收到表决票，不能再更换行使表决权的人。",
          en: "Its ballot was received; who votes is not changed any more.",
        },
        article: "《业主大会和业主委员会指导规则》第二十五条",
      };
    case "not_an_owner":
      return {
        code: "not-an-owner",
        status: 422,
        title: { zh: "只能从共有人中推选", en: "One of the co-owners votes" },
        detail: {
          zh: "行使表决权的人必须是这一户的共有人，或者其监护人。",
          en: "Whoever votes is one of this head's owners, or a guardian of one.",
        },
        article: "《业主大会和业主委员会指导规则》第二十五条",
      };
    case "votes_already":
      return {
        code: "votes-already",
        status: 409,
        title: { zh: "已经登记", en: "Entered already" },
        detail: {
          zh: "已经登记了行使表决权的人，没有重复登记。",
          en: "Who votes has been entered; nothing was written twice.",
        },
      };
    case "note_missing":
      return {
        code: "evidence-missing",
        status: 422,
        title: { zh: "请写明依据", en: "Give the ground" },
        detail: {
          zh: "更换行使表决权的人要写明依据，例如全体共有人签名的推选书。",
          en: "Say on what it rests, such as a letter signed by all co-owners.",
        },
      };
  }
}
