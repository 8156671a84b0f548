/** What states, methods, ticks, findings and opinions of an audit are called. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { CreditCodeFinding } from "../../kernel/uscc.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Opinion, Outcome, Point, Severity, TickResult } from "./fieldwork/rules.ts";
import type { AuditState, Commission, EngagementFault } from "./rules.ts";
import type { Method, SampleAsked, SelectedKind } from "./sampling/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const COMMISSION_WORDS: Readonly<Record<Commission, Bilingual>> = {
  assembly: say("业主大会决定审计", "Decided by the owners' assembly"),
  committee: say("业主委员会委托审计", "Commissioned by the committee"),
  street: say("街道办事处组织审计", "Ordered by the street office"),
  term_end: say("届满或离任审计", "At the end of a term"),
  owners_request: say("百分之二十以上业主要求审计", "Asked for by a fifth of the owners"),
};
export const STATE_WORDS: Readonly<Record<AuditState, Bilingual>> = {
  opened: say("已立项", "Opened"),
  sampling: say("正在抽样", "Sampling"),
  fieldwork: say("正在核对", "Fieldwork"),
  draft_sent: say("等待业委会答复", "Waits for the committee"),
  responses: say("业委会正在答复", "Being answered"),
  published: say("已公布意见", "Opinion published"),
  ended: say("已终止", "Ended"),
};
/** The stages an audit goes through, for the steps at the top of its page. */
export const STAGES: readonly AuditState[] = ["opened", "sampling", "fieldwork", "draft_sent", "published"];
export const STAGE_WORDS: Readonly<Partial<Record<AuditState, Bilingual>>> = {
  opened: say("立项", "Opened"),
  sampling: say("固定总体、抽样", "Sampling"),
  fieldwork: say("核对凭证", "Fieldwork"),
  draft_sent: say("业委会答复", "Responses"),
  published: say("公布意见", "Opinion"),
};
export const METHOD_WORDS: Readonly<Record<Method, Bilingual>> = {
  random: say("随机抽取若干张", "So many at random"),
  monetary_unit: say("按金额抽（每一分钱机会相同）", "By amount: each fen has the same chance"),
  threshold: say("达到一个金额的全部", "All of an amount or more"),
  kind: say("某一类的全部", "All of a kind"),
};
export const KIND_WORDS: Readonly<Record<SelectedKind, Bilingual>> = {
  reversal: say("冲销凭证", "Reversals"),
  opening: say("期初余额", "Opening balances"),
  no_decision: say("没有写明业主大会决定的", "Without an owners' decision"),
  no_file: say("没有附件的", "Without a file"),
  related_party: say("对方是任职人员或物业公司的", "Paid to or by an officer or the provider"),
};
export function askedWords(asked: SampleAsked): Bilingual {
  switch (asked.method) {
    case "random":
      return say(`随机抽取${asked.size}张`, `${asked.size} at random`);
    case "monetary_unit":
      return say(`按金额抽${asked.size}个点`, `${asked.size} fen at even distances`);
    case "threshold":
      return say(`${formatYuan(asked.fromFen)}元以上（含）的全部`, `All of ${formatYuan(asked.fromFen)} yuan or more`);
    case "kind":
      return KIND_WORDS[asked.kind];
  }
}
export const POINT_WORDS: Readonly<Record<Point, Bilingual>> = {
  file: say("看过原件（附件）", "File seen"),
  amount: say("金额一致", "Amount agrees"),
  counterparty: say("对方一致", "Counterparty agrees"),
  approval: say("复核、审批齐全", "Reviewed and approved"),
  decision: say("该有的业主大会决定有", "Owners' decision where needed"),
  period: say("记在应记的月份", "In its period"),
  bank: say("与银行流水对得上", "Found at the bank"),
};
export const RESULT_WORDS: Readonly<Record<TickResult, Bilingual>> = {
  agrees: say("相符", "Agrees"),
  exception: say("不符", "Exception"),
  not_applicable: say("不适用", "Does not apply"),
};
export const SEVERITY_WORDS: Readonly<Record<Severity, Bilingual>> = {
  minor: say("一般", "Minor"),
  significant: say("较重", "Significant"),
  serious: say("严重", "Serious"),
};
export const OUTCOME_WORDS: Readonly<Record<Outcome, Bilingual>> = {
  stands: say("发现成立", "Stands"),
  remedied: say("已经纠正", "Remedied"),
  dropped: say("不再提", "Dropped"),
};
export const OPINION_WORDS: Readonly<Record<Opinion, Bilingual>> = {
  unqualified: say("无保留意见", "Unqualified opinion"),
  qualified: say("保留意见", "Qualified opinion"),
  adverse: say("否定意见", "Adverse opinion"),
  disclaimer: say("无法表示意见", "Disclaimer of opinion"),
};
export const OPINION_MEANINGS: Readonly<Record<Opinion, Bilingual>> = {
  unqualified: say("账目在所有重大方面公允反映了收支情况。", "The accounts are fair in all that matters."),
  qualified: say("除写明的事项外，账目公允。", "The accounts are fair but for what is named."),
  adverse: say("账目没有公允反映收支情况。", "The accounts are not fair."),
  disclaimer: say("拿不到足够的证据，不能发表意见。", "There was not enough to form an opinion by."),
};

/** What is doubtful about a credit code: shown, never refused by. */
export function codeFindingWords(finding: CreditCodeFinding): Bilingual {
  switch (finding.finding) {
    case "length":
      return say(`应为18位，现在是${finding.length}位`, `18 characters, not ${finding.length}`);
    case "characters":
      return say(`有不会出现的字符：${finding.wrong}`, `has characters that never occur: ${finding.wrong}`);
    case "check":
      return say(`校验码应为${finding.expected}`, `its check character would be ${finding.expected}`);
    case "org_check":
      return say(`主体标识码的校验位应为${finding.expected}`, `the body code's check would be ${finding.expected}`);
  }
}

/** What is wrong with an engagement, with the field it stands beside. */
export function engagementFaultWords(fault: EngagementFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "commission_missing":
      return { field: "commission", words: say("请选择由谁要求审计。", "Say who asked for the audit.") };
    case "owners_request_off":
      return {
        field: "commission",
        words: say(
          "本小区的规则不允许业主直接要求审计，可以先提议召开业主大会（《物业管理条例》第十三条）。",
          "Here owners ask for a meeting first (Regulations on Property Management, art. 13).",
        ),
      };
    case "basis_missing":
      return { field: "basis", words: say("请写依据的决定、决议或文件。", "Name the decision or letter it rests on.") };
    case "decision_missing":
      return {
        field: "meeting",
        words: say(
          "业主大会要求的审计，请写明第几次会议、第几项议题（《民法典》第二百七十八条第一款第九项）。",
          "For an audit the assembly asks for, name the meeting and the item (Civil Code art. 278).",
        ),
      };
    case "decision_unreadable":
      return {
        field: "meeting",
        words: say("会议和议题都写数字，例如 3 和 2。", "Give both as numbers, such as 3 and 2."),
      };
    case "decision_unknown":
      return { field: "meeting", words: say("没有这一次会议或这一项议题。", "There is no such meeting or item.") };
    case "decision_not_published":
      return {
        field: "meeting",
        words: say(
          "这项决定还没有公布，或者已被撤销，不能作为依据（《民法典》第二百八十条）。",
          "It is not published, or was annulled (Civil Code art. 280).",
        ),
      };
    case "decision_of_another_matter":
      return {
        field: "item",
        words: say(
          `这一项表决的是第${fault.matter}项事项；审计账目是其他重大事项，即第${fault.wanted.join("或")}项（《民法典》第二百七十八条第一款）。`,
          `It decided matter ${fault.matter}; an audit is matter ${fault.wanted.join(" or ")} (Civil Code art. 278).`,
        ),
      };
    case "decision_of_other_owners":
    case "decision_lost":
      return { field: "item", words: say("这项议题没有通过。", "It was not carried.") };
    case "text_too_long":
      return { field: fault.field, words: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`) };
    case "books_missing":
      return { field: "books", words: say("请选择至少一本账。", "Choose at least one book.") };
    case "book_not_open":
      return { field: "books", words: say("其中有还没有设立的账簿。", "One of these books is not kept here.") };
    case "days_unreadable":
      return { field: fault.field, words: say("日期写成 2026-01-01 这样。", "Write the day as 2026-01-01.") };
    case "days_reversed":
      return { field: "toOn", words: say("最后一天不能早于第一天。", "The last day is before the first.") };
    case "days_too_many":
      return { field: "fromOn", words: say("一次最多审计十年。", "At most ten years at once.") };
    case "due_before_end":
      return {
        field: "dueOn",
        words: say("完成的日子要在被审计的最后一天之后。", "It is due after the last day that is audited."),
      };
    case "firm_missing":
      return { field: "firm", words: say("请写审计机构的名称。", "Name the firm or body.") };
    case "code_missing":
      return { field: "creditCode", words: say("请写统一社会信用代码。", "Give its credit code.") };
    case "scope_missing":
      return { field: "scope", words: say("请写审计范围。", "Say what is to be audited.") };
    case "no_auditor":
      return {
        field: "auditor",
        words: say(
          "请选择审计人员。没有可选的，先在“任职”里登记限时的审计人员。",
          "Choose the auditor. If there is none, appoint one for a time under Offices first.",
        ),
      };
    case "auditor_in_conflict":
      return {
        field: "auditor",
        words: say(
          `这个人${fault.from}起${fault.until === null ? "至今" : `到${fault.until}之前`}任有关职务，与被审计的日子有重叠，不能审计自己经手的账目。请另选审计人员。`,
          `They held a post over the books from ${fault.from}${fault.until === null ? "" : ` to before ${fault.until}`}, within the audited days. Choose somebody else.`,
        ),
      };
    case "names_a_person":
      return {
        field: fault.field,
        words: say(
          `里面有“${fault.found}”，像是个人的号码；这里的内容是公开的。`,
          `It has “${fault.found}”, which looks like a person's number; this is public.`,
        ),
      };
  }
}
