/** What a refusal about cross-appointment says: status, words, the rule it rests on and what can be done. One switch, no default. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { ConsentRefusal, WishRefusal } from "./actions.ts";
import type { ConflictRefusal, RuleRefusal, WaiverRefusal } from "./conflicts/actions.ts";
import type { RuleFault } from "./conflicts/rules.ts";
import { conflictNext, conflictWords, postsWords } from "./explained.ts";
import type { WishFault } from "./rules.ts";

export type OverlapRefusal = ConflictRefusal | RuleRefusal | WaiverRefusal | WishRefusal | ConsentRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CORRECT = say("有内容需要改", "Some of it needs correcting");

const atField = (code: string, pointer: string, detail: Bilingual, article?: string): Problem => ({
  code,
  status: 422,
  title: CORRECT,
  detail,
  errors: [{ pointer, detail }],
  ...(article ? { article } : {}),
});

const SENSITIVE = "《个人信息保护法》第二十八条、第二十九条";
const EQUAL = "《民法典》第二百七十八条第一款第三项：业委会成员由业主选举，政治面貌和党内职务不影响资格";

const faultWords = (fault: RuleFault | WishFault): { readonly field: string; readonly words: Bilingual } => {
  switch (fault.reason) {
    case "rule_side_empty":
      return { field: fault.field, words: say("至少选一个职务", "Choose at least one post") };
    case "rule_sides_meet":
      return {
        field: "right",
        words: say("同一个职务不能同时在两边", "One post cannot stand on both sides"),
      };
    case "rule_against_party":
      return {
        field: "right",
        words: say(
          "党组织职务和业委会职务不能设为互斥：参选资格与政治面貌无关",
          "A party post and a post of the committee cannot be set against each other: standing for election has nothing to do with affiliation",
        ),
      };
    case "rule_months_out_of_range":
      return { field: "months", words: say(`请填写 1 到 ${fault.most} 个月`, `From 1 to ${fault.most} months`) };
    case "rule_waivers_missing":
      return { field: "waivedBy", words: say("请选择谁可以批准例外", "Choose who may waive it") };
    case "rule_waiver_is_party_to_it":
      return {
        field: "waivedBy",
        words: say("规则约束的职务不能批准自己这条规则的例外", "A post the rule speaks of cannot waive it"),
      };
    case "rule_waiver_of_the_party":
      return {
        field: "waivedBy",
        words: say(
          "关系业委会席位的例外，不能由党组织职务批准",
          "Where the committee's seats are concerned, no party post waives",
        ),
      };
    case "rule_source_missing":
    case "wish_source_missing":
      return {
        field: "source",
        words: say("请写明依据的文件或条款，例如管理规约第几条", "Say on which document or clause it rests"),
      };
    case "rule_source_too_long":
    case "wish_source_too_long":
      return { field: "source", words: say(`依据最多 ${fault.most} 个字`, `At most ${fault.most} characters`) };
    case "wish_least_out_of_range":
      return {
        field: "least",
        words: say(
          `请填写 0 到 ${fault.most} 的整数，0 表示不作期望`,
          `A whole number from 0 to ${fault.most}; 0 wishes nothing`,
        ),
      };
    case "wish_share_malformed":
      return {
        field: "share",
        words: say("请写成分数，例如 1/3；分母不超过 100", "Write a fraction such as 1/3, the denominator at most 100"),
      };
  }
};

const faulty = (code: string, faults: readonly (RuleFault | WishFault)[]): Problem => {
  const errors = faults.map(faultWords).map(({ field, words }) => ({ pointer: `/${field}`, detail: words }));
  const isEqual = faults.some(({ reason }) => reason === "rule_against_party" || reason === "rule_waiver_of_the_party");
  return {
    code,
    status: 422,
    title: CORRECT,
    detail: say(errors.map(({ detail }) => detail.zh).join("；"), errors.map(({ detail }) => detail.en).join("; ")),
    errors,
    ...(isEqual ? { article: EQUAL } : {}),
  };
};

export function overlapProblem(refusal: OverlapRefusal): Problem {
  switch (refusal.reason) {
    case "conflicting_post": {
      const { conflicts } = refusal;
      const [first] = conflicts;
      const all = (words: readonly Bilingual[]): Bilingual =>
        say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" "));
      return {
        code: "conflicting-post",
        status: 409,
        title: say("与此人的另一职务不能兼任", "Another post of this person stands in the way"),
        detail: first
          ? all(conflicts.map(conflictWords))
          : say(
              "就在刚才，此人的任职或规则有了变化。什么都没有登记。",
              "The person's offices or a rule changed just now. Nothing was recorded.",
            ),
        ...(first ? { article: [...new Set(conflicts.map(({ rule }) => rule.source.zh))].join("；") } : {}),
        next: first
          ? all(
              conflicts.map((one) => {
                const { zh, en } = conflictNext(one);
                return say(`${zh}。`, `${en}.`);
              }),
            )
          : say("请重新打开页面核对。", "Please open the page again and check."),
      };
    }
    case "rule_faulty":
      return faulty("overlap-rule-faulty", refusal.faults);
    case "wish_faulty":
      return faulty("overlap-wish-faulty", refusal.faults);
    case "rule_not_yours":
      return {
        code: "overlap-rule-not-yours",
        status: 403,
        title: say("这条规则要由街道经办人设定", "The street's officer sets this rule"),
        detail: say(
          "它关系谁能进业委会。党组织职务不能决定谁能参选、谁能就任。",
          "It can keep people out of the committee, and no party post decides who may stand or sit there.",
        ),
        article: EQUAL,
        next: say("请街道经办人来设定。", "Please ask the street's officer."),
      };
    case "unknown_rule":
      return {
        code: "unknown-overlap-rule",
        status: 404,
        title: say("没有这条规则", "No such rule"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "rule_changed_meanwhile":
    case "wish_changed_meanwhile":
      return {
        code: "overlap-rule-changed-meanwhile",
        status: 409,
        title: say("规则刚刚被别人改过", "Somebody changed the rule just now"),
        detail: say("您看到的不是最新的一版，没有保存。", "What you saw is not the newest version; nothing was saved."),
        next: say(
          "请重新打开页面，按最新的一版再填。",
          "Please open the page again and start from the newest version.",
        ),
      };
    case "waiver_not_possible":
      return atField(
        "waiver-not-possible",
        "/ruleKey",
        refusal.answer === "off"
          ? say("这条规则没有启用，不需要例外", "The rule is off and needs no waiver")
          : say("这条规则不设例外；只能先离任", "The rule knows no waiver; the other post is left first"),
      );
    case "waiver_not_yours": {
      const who = postsWords(refusal.waivedBy);
      return {
        code: "waiver-not-yours",
        status: 403,
        title: say("这条规则的例外不由您批准", "This waiver is not yours to grant"),
        detail: say(`规则点名由${who.zh}批准。`, `The rule names ${who.en}.`),
        next: say("请规则点名的人来办理。", "Please ask one of those."),
      };
    }
    case "waiver_for_oneself":
      return {
        code: "waiver-for-oneself",
        status: 403,
        title: say("不能给自己批准例外", "Nobody grants a waiver to themselves"),
        detail: say("例外要由另一位有权的人批准。", "Another who may has to grant it."),
      };
    case "waiver_post_not_in_rule":
      return atField(
        "waiver-post-not-in-rule",
        "/postKind",
        say("请选择规则里的一个职务", "Choose a post the rule speaks of"),
      );
    case "waiver_of_nothing":
      return atField(
        "waiver-of-nothing",
        "/personId",
        say(
          "此人没有担任过规则另一边的职务，不需要例外",
          "The person never held a post on the rule's other side and needs no waiver",
        ),
      );
    case "unknown_person":
      return atField("waiver-person-unknown", "/personId", say("请选择一个人", "Choose a person"));
    case "unknown_waiver":
      return {
        code: "unknown-waiver",
        status: 404,
        title: say("没有这份例外许可", "No such waiver"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "waiver_day_missing":
      return atField(
        "waiver-day-missing",
        `/${refusal.field}`,
        say("请填写日期，例如 2026-12-08", "Give a day, such as 2026-12-08"),
      );
    case "waiver_ends_before_start":
      return atField("waiver-ends-before-start", "/lastOn", say("不能早于开始的那天", "Not before its first day"));
    case "waiver_document_missing":
      return atField(
        "waiver-document-missing",
        "/document",
        say("请写明理由和依据的文件", "Give the reason and the document it rests on"),
      );
    case "waiver_document_too_long":
      return atField(
        "waiver-document-too-long",
        "/document",
        say(`最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "waiver_withdrawn":
      return {
        code: "waiver-withdrawn",
        status: 409,
        title: say("这份例外许可已经收回", "The waiver was taken back already"),
        detail: say("它不再有效，什么都没有改动。", "It is no longer in force; nothing was changed."),
      };
    case "consent_document_missing":
      return atField(
        "consent-document-missing",
        "/document",
        say(
          "请写明本人签名的同意书或撤回书在哪里，例如编号和日期",
          "Say where the paper the person signed is kept: its number and date",
        ),
        SENSITIVE,
      );
    case "consent_document_too_long":
      return atField(
        "consent-document-too-long",
        "/document",
        say(`最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "not_of_the_branch":
      return {
        code: "not-of-the-branch",
        status: 409,
        title: say("此人现在没有支部职务", "The person holds no post in the branch now"),
        detail: say(
          "没有可以公开的支部职务，也就不需要同意。",
          "There is nothing to be named for, and no consent is needed.",
        ),
      };
    case "consent_changed_meanwhile":
      return {
        code: "consent-changed-meanwhile",
        status: 409,
        title: say("同意情况刚刚有了变化", "The consent changed just now"),
        detail: say("没有保存。请刷新后再看。", "Nothing was saved. Please reload and look again."),
      };
    case "key_reused":
      return {
        code: "key-reused",
        status: 409,
        title: say("这份表单已经提交过", "This form was submitted before"),
        detail: say("上次提交的内容不同。什么都没有改动。", "With other content. Nothing was changed."),
        next: say("请重新打开页面再填写。", "Please open the page again."),
      };
  }
}
