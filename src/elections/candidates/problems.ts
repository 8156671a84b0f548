/** Refusals of conditions, checks, decisions, the list and objections to candidates, each as a problem a person can read. One switch. */
import { actProblem } from "../../owners/problems.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { field, fields, NOT_DONE, paperProblem } from "../nominations/person/problems.ts";
import { wrongStateProblem } from "../problems.ts";
import type { EligibilityRefusal } from "./eligibility/actions.ts";
import type { CriteriaRefusal } from "./eligibility/criteria.ts";
import {
  CONDITION_WORDS,
  type CriteriaFault,
  isCondition,
  type Lacking,
  type SheetFault,
} from "./eligibility/rules.ts";
import type { ObjectingRefusal } from "./objecting.ts";
import type { PublishingRefusal } from "./publishing.ts";

export type CandidateRefusal = EligibilityRefusal | CriteriaRefusal | PublishingRefusal | ObjectingRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const AGAIN = say("请重新打开页面，核对后再提交。", "Open the page again, check, and submit.");
const numbersOf = (numbers: readonly number[]): Bilingual =>
  say(numbers.map((number) => `${number}号`).join("、"), numbers.map((number) => `no. ${number}`).join(", "));

/** The words of a line of the checklist; an own condition is named by its place. */
export const conditionWords = (item: string): Bilingual =>
  isCondition(item)
    ? CONDITION_WORDS[item].words
    : say(`本小区的条件${item.replace("own_", "第")}项`, `the estate's own condition ${item.replace("own_", "no. ")}`);

const LACKING: Readonly<Record<Lacking, Bilingual>> = {
  acceptance: say("本人同意", "the person's acceptance"),
  nomination: say("有效的提名（联名人数不够）", "a valid nomination (too few supporters)"),
  profile: say("参选介绍", "the profile"),
  declaration: say("签署的利益申报", "the signed declaration of interests"),
  checklist: say("填好的核对表", "the checklist"),
};

function criteriaFaultWords(fault: CriteriaFault): { readonly pointer: string; readonly detail: Bilingual } {
  switch (fault.reason) {
    case "clause_needed":
      return {
        pointer: `/clause-${fault.condition}`,
        detail: say(
          "这一条只是一些地方的规定，采用的请写明依据（法规或议事规则的条款），不超过100字。",
          "Only some places ask this; to ask it here, name the law or clause, in at most 100 characters.",
        ),
      };
    case "not_a_setting":
      return { pointer: "/local", detail: say("没有这个条件。", "There is no such condition.") };
    case "own_incomplete":
      return {
        pointer: `/own-${fault.at}`,
        detail: say("请写明条件和依据的条款。", "Give the condition and its clause."),
      };
    case "own_too_long":
      return { pointer: `/own-${fault.at}`, detail: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`) };
    case "too_many_own":
      return { pointer: "/own-0", detail: say(`最多${fault.most}项。`, `At most ${fault.most}.`) };
    case "appeal_days_out_of_range":
      return {
        pointer: "/appealDays",
        detail: say(`请填${fault.least}到${fault.most}天。`, `Between ${fault.least} and ${fault.most} days.`),
      };
  }
}

function sheetFaultWords(fault: SheetFault): { readonly pointer: string; readonly detail: Bilingual } {
  switch (fault.reason) {
    case "item_unanswered":
      return { pointer: `/finding-${fault.item}`, detail: say("请选择核对结果。", "Choose what was found.") };
    case "evidence_missing":
      return {
        pointer: `/evidence-${fault.item}`,
        detail: say("请写明凭什么核对的。", "Say by what evidence it was found."),
      };
    case "evidence_too_long":
      return {
        pointer: `/evidence-${fault.item}`,
        detail: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`),
      };
  }
}

export function candidateProblem(refusal: CandidateRefusal): Problem {
  switch (refusal.reason) {
    case "wrong_election_state":
      return wrongStateProblem(refusal);
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return paperProblem(refusal, "papers");
    case "owner_without_head":
      return actProblem(refusal, NOT_DONE);
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: AGAIN,
      };
    case "unknown_election":
    case "unknown_candidacy":
    case "unknown_candidate":
    case "unknown_objection":
      return {
        code: "candidate-unknown",
        status: 404,
        title: say("没有这位候选人", "No such candidate"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "criteria_faulty":
      return fields("candidate-conditions", refusal.faults.map(criteriaFaultWords));
    case "sheet_faulty":
      return fields("candidate-checklist", refusal.faults.map(sheetFaultWords));
    case "candidacy_withdrawn":
      return {
        code: "candidate-withdrawn",
        status: 409,
        title: NOT_DONE,
        detail: say("本人已经退出，不需要再审查。", "The person has withdrawn; there is nothing to decide."),
      };
    case "not_accepted":
      return {
        code: "candidate-not-yet",
        status: 409,
        title: NOT_DONE,
        detail: say("本人还没有同意参选，先不审查。", "The person has not agreed to stand, so they are not examined."),
      };
    case "not_ready":
      return {
        code: "candidate-not-ready",
        status: 409,
        title: say("还不能决定", "It cannot be decided yet"),
        detail: say(
          `还缺：${refusal.lacking.map((one) => LACKING[one].zh).join("、")}。`,
          `Missing: ${refusal.lacking.map((one) => LACKING[one].en).join(", ")}.`,
        ),
      };
    case "items_unclear":
      return {
        code: "candidate-unclear",
        status: 409,
        title: say("还不能决定", "It cannot be decided yet"),
        detail: say(
          `这些条件还没有查清：${refusal.items.map((item) => conditionWords(item).zh).join("；")}。`,
          `Not cleared up yet: ${refusal.items.map((item) => conditionWords(item).en).join("; ")}.`,
        ),
        next: say("请先查清，重新填写核对表。", "Clear it up and fill in the checklist anew."),
      };
    case "items_not_met":
      return {
        code: "candidate-not-met",
        status: 409,
        title: say("与核对表不符，没有登记", "It contradicts the checklist; nothing was recorded"),
        detail: say(
          `核对表上不符合的：${refusal.items.map((item) => conditionWords(item).zh).join("；")}。`,
          `Found not met: ${refusal.items.map((item) => conditionWords(item).en).join("; ")}.`,
        ),
      };
    case "nothing_against":
      return {
        code: "candidate-nothing-against",
        status: 409,
        title: say("与核对表不符，没有登记", "It contradicts the checklist; nothing was recorded"),
        detail: say(
          "核对表上没有不符合的条件，不能决定为不符合。",
          "No line of the checklist is unmet; nobody can be kept out.",
        ),
        article: "《业主大会和业主委员会指导规则》第三十一条",
      };
    case "reason_missing":
      return field("candidate-reason-missing", "reason", say("请写明理由。", "Give the reason."));
    case "reason_too_long":
      return field(
        "candidate-reason-too-long",
        "reason",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "own_check":
      return {
        code: "candidate-own-check",
        status: 409,
        title: NOT_DONE,
        detail: say("核对表是您填的，由另一个人决定。", "You filled in the checklist; another person decides on it."),
      };
    case "own_decision":
      return {
        code: "candidate-own-decision",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "核对或者决定是您作的，由另一个人裁定申诉。",
          "You checked or decided this; another person rules on the appeal.",
        ),
      };
    case "appeal_not_open":
      return {
        code: "candidate-appeal-closed",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "现在没有可以申诉的决定，或者申诉期已过。",
          "There is no decision that can be appealed now, or its days are over.",
        ),
      };
    case "already_appealed":
      return {
        code: "candidate-appealed",
        status: 409,
        title: say("已经申诉过", "Appealed already"),
        detail: say("一次决定只能申诉一次，请等街道裁定。", "A decision is appealed once; the street will rule on it."),
      };
    case "already_ruled":
      return {
        code: "candidate-ruled",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "街道已经对申诉作出裁定。没有新的情况，不能再作不同的决定。",
          "The street has ruled on the appeal; without new facts it is not decided otherwise.",
        ),
        next: say("有新情况的，请先重新核对。", "With new facts, fill in a new checklist first."),
      };
    case "election_over":
      return {
        code: "candidate-election-over",
        status: 409,
        title: NOT_DONE,
        detail: say("选举的这一阶段已经过去。", "The election has moved past this step."),
      };
    case "undecided":
      return {
        code: "candidates-undecided",
        status: 409,
        title: say("还不能公布", "The list cannot come out yet"),
        detail: say(
          `${numbersOf(refusal.numbers).zh}同意参选，还没有作出资格决定。`,
          `${numbersOf(refusal.numbers).en} agreed to stand and are not decided on.`,
        ),
        next: say("请先逐一核对、决定。", "Check and decide on each first."),
      };
    case "appeals_running": {
      const { numbers, until } = refusal;
      return {
        code: "candidates-appeals",
        status: 409,
        title: say("还不能公布", "The list cannot come out yet"),
        detail: both((lang) =>
          until === null
            ? lang === "en"
              ? `The street has not ruled on the appeal of ${numbersOf(numbers).en}.`
              : `${numbersOf(numbers).zh}的申诉还没有裁定。`
            : lang === "en"
              ? `${numbersOf(numbers).en} may still appeal until ${sayDeadline(until, lang)}.`
              : `${numbersOf(numbers).zh}的申诉期到${sayDeadline(until, lang)}。`,
        ),
      };
    }
    case "nobody_stands":
      return {
        code: "candidates-nobody",
        status: 409,
        title: say("还不能公布", "The list cannot come out yet"),
        detail: say("还没有符合条件的候选人。", "Nobody who may stand is left."),
        next: say("请重新开放提名，写明截止时间。", "Open nominations again, until a day."),
      };
    case "fewer_than_needed":
      return {
        code: "candidates-fewer",
        status: 422,
        title: say("候选人少于应有人数", "There are fewer candidates than there should be"),
        detail: say(
          `应有${refusal.least}人（应选${refusal.seats}人），现有${refusal.standing}人。继续的，请写明理由，理由会公布；也可以重新开放提名。`,
          `${refusal.least} are needed for ${refusal.seats} seats, and there are ${refusal.standing}. To go on, give the reason, which is published; or open nominations again.`,
        ),
        errors: [{ pointer: "/fewerReason", detail: say("请写明为什么继续。", "Say why the election goes on.") }],
      };
    case "seed_missing":
      return {
        code: "candidates-seed-missing",
        status: 409,
        title: say("还不能公布", "The list cannot come out yet"),
        detail: say("抽签的种子没有事先封存。", "No seed was committed to beforehand."),
      };
    case "list_changed":
    case "version_stale":
    case "election_stale":
      return {
        code: "candidates-stale",
        status: 409,
        title: say("在此期间有了变化", "Something changed in the meantime"),
        detail: say(
          "有人答复、退出、修改或者作了决定，这次没有登记。",
          "Somebody answered, withdrew, changed or decided something; nothing was recorded.",
        ),
        next: AGAIN,
      };
    case "objections_not_open":
      return {
        code: "candidate-objections-not-open",
        status: 409,
        title: NOT_DONE,
        detail: say(
          "候选人还没有公布，或者这一阶段已经过去。",
          "The candidates are not published, or this step is over.",
        ),
      };
    case "objections_over":
      return {
        code: "candidate-objections-over",
        status: 409,
        title: say("异议期已经结束", "The days for objections are over"),
        detail: both((lang) =>
          lang === "en"
            ? `Objections to the candidates were taken until ${sayDay(refusal.lastOn, lang)}, 24:00.`
            : `对候选人的异议可以提到${sayDay(refusal.lastOn, lang)}24:00。`,
        ),
        next: say("投票时可以不选这位候选人。", "You need not vote for this candidate."),
      };
    case "home_unknown":
      return field(
        "candidate-objection-home",
        "place",
        say("今天的名册上没有这个房号。", "Today's roll has no such home."),
      );
    case "text_missing":
      return field("candidate-text-missing", "text", say("请填写内容。", "Write something."));
    case "text_too_long":
      return field(
        "candidate-text-too-long",
        "text",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "already_answered":
      return {
        code: "candidate-objection-answered",
        status: 409,
        title: say("已经答复过", "Answered already"),
        detail: both((lang) =>
          lang === "en"
            ? `On ${sayInstant(refusal.answeredAt, lang)}.`
            : `已于${sayInstant(refusal.answeredAt, lang)}答复。`,
        ),
      };
  }
}
