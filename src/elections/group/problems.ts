/** Refusals about the group that runs an election and objections to it, as problems a person can read. One switch; the others are ../problems.ts. */
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import type { DraftRefusal, PublishGroupRefusal } from "./actions.ts";
import type { AnswerRefusal, ObjectRefusal } from "./objecting.ts";
import type { GroupFieldFault } from "./rules.ts";

/** Of those, what only the group knows. */
export type GroupRefusal = Exclude<
  DraftRefusal | PublishGroupRefusal | ObjectRefusal | AnswerRefusal,
  {
    readonly reason:
      | "unknown_election"
      | "unknown_objection"
      | "election_stale"
      | "wrong_election_state"
      | "key_reused";
  }
>;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const until = (zh: (at: string) => string, en: (at: string) => string, at: number): Bilingual =>
  both((lang) => (lang === "en" ? en : zh)(sayDeadline(at, lang)));
const join = (all: readonly Bilingual[]): Bilingual =>
  say(all.map(({ zh }) => zh).join(""), all.map(({ en }) => en).join(" "));

const GR10 = "《业主大会和业主委员会指导规则》第十条";
const GR11 = "《业主大会和业主委员会指导规则》第十一条";

const field = (code: string, name: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${name}`, detail }],
});

/** The name of a form's field in one row of the list. */
export const rowField = (name: string, at: number): string => `members[${at}].${name}`;

/** What is wrong with one field of the list, beside it. */
export function groupFaultOf(fault: GroupFieldFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "document_missing":
      return { field: "document", words: say("请写明依据的文件或会议。", "Name the document or meeting it rests on.") };
    case "document_too_long":
      return { field: "document", words: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`) };
    case "nobody_listed":
      return { field: rowField("name", 0), words: say("名单上还没有人。", "Nobody is on the list yet.") };
    case "too_many_members":
      return { field: rowField("name", 0), words: say(`最多${fault.most}人。`, `At most ${fault.most} people.`) };
    case "name_missing":
      return {
        field: rowField("name", fault.at),
        words: say(`第${fault.at + 1}人：请填写姓名。`, `Person ${fault.at + 1}: give the name.`),
      };
    case "phone_unreadable":
      return {
        field: rowField("phone", fault.at),
        words: say(`第${fault.at + 1}人：请填写11位手机号。`, `Person ${fault.at + 1}: an 11-digit mobile number.`),
      };
    case "phone_twice":
      return {
        field: rowField("phone", fault.at),
        words: say(
          `第${fault.at + 1}人：这个号码名单上已有。`,
          `Person ${fault.at + 1}: this number is on the list already.`,
        ),
      };
    case "part_missing":
      return {
        field: rowField("part", fault.at),
        words: say(`第${fault.at + 1}人：请选代表哪一方。`, `Person ${fault.at + 1}: choose for whom they sit.`),
      };
    case "home_missing":
      return {
        field: rowField("home", fault.at),
        words: say(`第${fault.at + 1}人：业主代表请填写房屋。`, `Person ${fault.at + 1}: give the owner's home.`),
      };
  }
}

export function groupProblem(refusal: GroupRefusal): Problem {
  switch (refusal.reason) {
    case "group_faulty":
      return {
        code: "election-group-faulty",
        status: 422,
        title: say("名单没有保存", "The list was not saved"),
        detail: join(refusal.faults.map((fault) => groupFaultOf(fault).words)),
        errors: refusal.faults.map((fault) => {
          const { field: name, words } = groupFaultOf(fault);
          return { pointer: `/${name}`, detail: words };
        }),
      };
    case "nothing_drafted":
      return {
        code: "election-group-not-drafted",
        status: 409,
        title: say("没有等待公布的名单", "No list waits to be published"),
        detail: say("名单可能已经公布，或者还没有拟定。", "It may be published already, or not drafted yet."),
      };
    case "own_draft":
      return {
        code: "election-group-own-draft",
        status: 409,
        title: say("名单没有公布", "The list was not published"),
        detail: say(
          "名单是您拟定的。小组成员会得到职权，所以拟定和公布要由两个人分别做。",
          "You drafted it. Its members get powers, so one drafts and another publishes.",
        ),
        next: say("请另一位有权的人核对并公布。", "Ask another person with that right to check and publish it."),
      };
    case "composition":
      return {
        code: "election-group-composition",
        status: 409,
        title: say("小组的组成不符合规定", "The group is not composed as it must be"),
        detail: join(refusal.findings.filter(({ holds }) => !holds).map(({ words }) => words)),
        article: GR10,
        next: say("请修改名单。", "Change the list."),
      };
    case "own_appointment":
      return {
        code: "election-group-own-appointment",
        status: 409,
        title: say("名单没有公布", "The list was not published"),
        detail: say(
          "您自己在名单上。自己的任职不能由自己公布。",
          "You are on it. Nobody publishes their own appointment.",
        ),
        next: say("请另一位有权的人核对并公布。", "Ask another person with that right to check and publish it."),
      };
    case "phone_of_another":
      return {
        code: "election-group-phone-of-another",
        status: 409,
        title: say("手机号属于另一个人", "The number is another person's"),
        detail: say(
          `登记给${refusal.name}的号码，已经是另一位任职人员的。`,
          `The number given for ${refusal.name} belongs to another office-holder.`,
        ),
        next: say("请核对姓名和号码。", "Check the name and the number."),
      };
    case "holder_not_listed":
      return {
        code: "election-group-holder-not-listed",
        status: 409,
        title: say("筹备组里有人不在名单上", "Somebody in the group is not on the list"),
        detail: say(
          `${refusal.names.join("、")}现在担任筹备组的职务，名单上没有。`,
          `${refusal.names.join(", ")} holds a post of the group and is not listed.`,
        ),
        next: say("请列入名单，或先在任职登记里登记离任。", "List them, or record under offices that they left."),
      };
    case "no_free_seat":
      return {
        code: "election-group-no-seat",
        status: 409,
        title: say("名单没有公布", "The list was not published"),
        detail: say("小组没有空的席位。", "The group has no free seat."),
        next: say("请先在任职登记里登记离任。", "Record under offices who left."),
      };
    case "group_not_published":
      return {
        code: "election-group-not-published",
        status: 409,
        title: say("异议没有登记", "The objection was not recorded"),
        detail: say("小组名单还没有公布。", "The group's list is not published yet."),
      };
    case "objections_over":
      return {
        code: "election-objections-over",
        status: 409,
        title: say("异议期已经结束", "The period for objections is over"),
        detail: until(
          (at) => `对小组名单的异议可以提到${at}。`,
          (at) => `Objections to the group were taken until ${at}.`,
          refusal.until,
        ),
        article: GR11,
        next: say("仍可以书面向街道办事处反映。", "You can still write to the street office."),
      };
    case "text_missing":
      return field("election-text-missing", "text", say("请填写内容。", "Please write something."));
    case "text_too_long":
      return field(
        "election-text-too-long",
        "text",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "owner_without_head":
      return {
        code: "election-owner-without-unit",
        status: 409,
        title: say("异议没有登记", "The objection was not recorded"),
        detail: say(
          "今天的名册里没有您名下计入表决权的专有部分。",
          "Nothing that counts is in your name on the roll of today.",
        ),
        next: say("名册有误的，请向业主委员会或街道提出更正。", "If the roll is wrong, ask for a correction."),
      };
    case "home_unknown":
      return field(
        "election-home-unknown",
        "home",
        say(
          "今天的名册里没有这个房屋，请按“2栋 1单元 0301”填写。",
          "Not on the roll of today; write it as on the roll: building, entrance, room.",
        ),
      );
    case "answered_already":
      return {
        code: "election-objection-answered",
        status: 409,
        title: say("已经答复过", "Answered already"),
        detail: say("这件异议已经答复，答复不能修改。", "This objection has its answer, which cannot be changed."),
      };
  }
}
