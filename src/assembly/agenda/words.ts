/** What the parts of an agenda and the findings of its lint are called. Words only; what is wrong is told by rules.ts. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Finding, FindingReason, Item, ItemScope, QuestionKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const KIND_WORDS: Record<QuestionKind, { readonly name: Bilingual; readonly hint: Bilingual }> = {
  yes_no_abstain: {
    name: say("同意、反对、弃权", "For, against, abstain"),
    hint: say("一件事做不做。", "Whether one thing is done."),
  },
  choose_one: {
    name: say("几个方案选一个", "One of several"),
    hint: say("自动加上“以上都不同意”和“弃权”。", "“None of these” and “abstain” are added by themselves."),
  },
  approve_up_to: {
    name: say("几个人选或方案，各自赞成", "Approve up to a number of them"),
    hint: say(
      "用于选举：每人最多赞成若干个，自动加上“以上都不同意”和“弃权”。",
      "For elections: each voter approves up to a number; “none of these” and “abstain” are added.",
    ),
  },
};

export function scopeWords(scope: ItemScope): Bilingual {
  switch (scope.kind) {
    case "estate":
      return say("全体业主", "All owners");
    case "buildings":
      if (scope.buildings.length === 0) return say("（还没有选楼栋）", "(no building chosen yet)");
      return say(`${scope.buildings.join("、")}的业主`, `Owners of ${scope.buildings.join(", ")}`);
    case "units":
      return say(`列出的${scope.unitIds.length}个专有部分的业主`, `Owners of ${scope.unitIds.length} listed units`);
  }
}

/** The field of the item's form that a finding speaks of, so that its message stands beside it. */
export const FIELD_OF: Record<FindingReason, string> = {
  no_items: "items",
  too_many_items: "items",
  items_misnumbered: "items",
  founding_items_missing: "items",
  origin_objects: "items",
  unknown_matter: "matter",
  title_missing: "title",
  title_too_long: "title",
  leading_title: "title",
  text_missing: "text",
  text_too_long: "text",
  no_in_favour: "proposals",
  no_against: "proposals",
  no_abstain: "proposals",
  too_few_choices: "proposals",
  too_many_options: "proposals",
  options_misnumbered: "proposals",
  option_unlabelled: "proposals",
  option_label_too_long: "proposals",
  option_duplicated: "proposals",
  role_out_of_place: "proposals",
  role_repeated: "proposals",
  follow_the_majority_option: "proposals",
  election_as_yes_no: "kind",
  at_most_out_of_range: "atMost",
  scope_empty: "scope",
  scope_repeats: "scope",
  scope_not_in_roll: "scope",
  scope_without_voters: "scope",
  attachment_missing: "files",
  attachment_repeated: "files",
};

/** What is wrong, and what to do about it. */
export function findingWords({ reason, about, severity }: Finding): Bilingual {
  const [first = "", second = ""] = about;
  const all = about.join("、");
  switch (reason) {
    case "no_items":
      return say("还没有议题，请至少写一项。", "There is nothing to decide yet; write at least one item.");
    case "too_many_items":
      return say(`一次会议最多${first}项议题。`, `A meeting has at most ${first} items.`);
    case "items_misnumbered":
      return say("议题的编号没有按顺序排列。", "The items are not numbered in order.");
    case "founding_items_missing":
      return say(
        `首次业主大会要同时通过议事规则、管理规约并选出业委会，还缺第${all}类事项。`,
        `A first assembly passes rules, covenant and committee together; matter ${all} is missing.`,
      );
    case "origin_objects":
      return say(first, second);
    case "unknown_matter":
      return say("请选择属于哪一类共同决定事项。", "Choose which of the nine matters it is.");
    case "title_missing":
      return say("请写议题的标题。", "Write a title.");
    case "title_too_long":
      return say(`标题最多${first}字。`, `A title has at most ${first} characters.`);
    case "text_missing":
      return say("请写明要决定的内容，业主是对这段文字表决的。", "Write what is decided: owners vote on this text.");
    case "text_too_long":
      return say(`内容最多${first}字，更长的请作为附件。`, `At most ${first} characters; attach longer papers.`);
    case "leading_title":
      return say(
        `标题里的“${first}”带有倾向，建议改成中性的说法。`,
        `“${first}” in the title leans to one side; a neutral title is better.`,
      );
    case "no_in_favour":
      return say("表决票上没有“同意”。", "The ballot has no “for”.");
    case "no_against":
      return say(
        "表决票上没有“反对”。没有反对选项的表决票不能发出。",
        "The ballot has no way to say no; such a ballot is not sent out.",
      );
    case "no_abstain":
      return say("表决票上没有“弃权”。", "The ballot has no “abstain”.");
    case "too_few_choices":
      return say(`至少要有${first}个可选项，每行写一个。`, `At least ${first} option(s), one a line.`);
    case "too_many_options":
      return say(`最多${first}个选项。`, `At most ${first} options.`);
    case "options_misnumbered":
      return say("选项的编号没有按顺序排列。", "The options are not numbered in order.");
    case "option_unlabelled":
      return say(`第${all}个选项是空的。`, `Option ${about.join(", ")} is empty.`);
    case "option_label_too_long":
      return say(`每个选项最多${first}字。`, `An option has at most ${first} characters.`);
    case "option_duplicated":
      return say(`选项“${all}”写了两次。`, `Option “${about.join(", ")}” stands twice.`);
    case "role_out_of_place":
    case "role_repeated":
      return say("选项与这种表决方式不符。", "The options do not fit this kind of question.");
    case "follow_the_majority_option":
      return say(
        `“${all}”会把别人的意见算成自己的，不能作为选项。`,
        `“${about.join(", ")}” would make others' choice one's own; it cannot be an option.`,
      );
    case "election_as_yes_no":
      return say(
        "选举通常用“各自赞成”的方式，每位候选人单独计票。",
        "Elections usually approve candidates one by one, each counted alone.",
      );
    case "at_most_out_of_range":
      return say(`最多可选数应在1到${second}之间。`, `The number to be marked lies between 1 and ${second}.`);
    case "scope_empty":
      return say("请选出由哪些楼栋或专有部分的业主表决。", "Choose the buildings or units whose owners vote on it.");
    case "scope_repeats":
      return say("表决范围里有重复。", "The scope names something twice.");
    case "scope_not_in_roll":
      return say(`名册里没有：${all}`, `Not in the roll: ${about.join(", ")}`);
    case "scope_without_voters":
      return say(
        "表决范围里没有计入表决权的专有部分，没有人可以表决。请改选范围，或在规则里写明这类空间计入及其依据。",
        "No unit in the scope counts, so nobody could vote. Choose another scope, or say in the rules, with their clause, that such spaces count.",
      );
    case "attachment_missing":
      return severity === "error"
        ? say(
            "这类事项表决的是一份文本或方案，请把它附上。",
            "This matter adopts a text or plan; attach it, or nobody knows what was adopted.",
          )
        : say(
            "这类事项通常要附上方案或合同，业主才看得到自己在决定什么。",
            "This matter usually comes with a plan or contract, so that owners see what they decide.",
          );
    case "attachment_repeated":
      return say(`附件重复：${all}`, `Attached twice: ${about.join(", ")}`);
  }
}

/** "同意／反对／弃权": the options of an item in one line. */
export const optionLine = (item: Pick<Item, "question">): string =>
  item.question.options.map(({ label }) => label).join("／");
