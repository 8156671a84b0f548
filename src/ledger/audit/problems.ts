/** Refusals of audits as problems: what was not done, why, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { BOOK_WORDS } from "../books/chart.ts";
import { monthWords } from "../books/words.ts";
import type { EndingRefusal, OpeningRefusal, PublishingRefusal } from "./actions.ts";
import type { FieldRefusal } from "./fieldwork/actions.ts";
import type { FindingFault } from "./fieldwork/rules.ts";
import type { SamplingRefusal } from "./sampling/actions.ts";
import { engagementFaultWords, POINT_WORDS, STATE_WORDS } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_SAVED = say("没有保存", "It was not saved");
const NOT_DRAWN = say("没有抽样", "Nothing was drawn");
const NOT_PUBLISHED = say("审计意见没有公布", "The opinion was not published");

export type AuditRefusal = OpeningRefusal | SamplingRefusal | FieldRefusal | PublishingRefusal | EndingRefusal;

const refused = (code: string, status: Problem["status"], title: Bilingual, detail: Bilingual): Problem => ({
  code: `audit-${code}`,
  status,
  title,
  detail,
});

/** What is wrong with a finding, with its field. */
export function findingFaultWords(fault: FindingFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "severity_missing":
      return { field: "severity", words: say("请选择轻重。", "Say how grave it is.") };
    case "finding_missing":
      return { field: "text", words: say("请写发现了什么。", "Write what was found.") };
    case "recommendation_missing":
      return { field: "recommendation", words: say("请写建议怎么办。", "Write what should be done.") };
    case "finding_too_long":
      return { field: fault.field, words: say(`最多${fault.most}字。`, `At most ${fault.most} characters.`) };
    case "not_in_sample":
      return {
        field: "items",
        words: say(`工作底稿里没有第${fault.item}号。`, `The working sheet has no line ${fault.item}.`),
      };
    case "amount_out_of_range":
      return {
        field: "amount",
        words: say("金额写成0或正数，最多两位小数。", "Nothing or more, two decimals at most."),
      };
    case "unknown_finding":
      return {
        field: "strikes",
        words: say(`没有第${fault.finding}项发现，或已被取代。`, `No finding ${fault.finding} stands.`),
      };
    case "too_many_findings":
      return { field: "text", words: say(`最多${fault.most}项发现。`, `At most ${fault.most} findings.`) };
  }
}

export function auditProblem(refusal: AuditRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "engagement_faulty":
      return {
        ...refused(
          "engagement-faulty",
          422,
          say("审计没有立项", "The audit was not opened"),
          engagementFaultWords(refusal.faults[0]).words,
        ),
        ...(refusal.faults.some(({ reason }) => reason === "auditor_in_conflict")
          ? { article: "参照《会计法》：经手与稽核分离（条号以现行文本为准）" }
          : {}),
      };
    case "finding_faulty":
      return refused("finding-faulty", 422, NOT_SAVED, findingFaultWords(refusal.faults[0]).words);
    case "unknown_audit":
      return refused(
        "unknown",
        404,
        say("没有这个审计项目", "No such audit"),
        say("地址可能不完整。", "The address may be incomplete."),
      );
    case "unknown_item":
      return refused(
        "not-in-sample",
        404,
        NOT_SAVED,
        say(
          `工作底稿里没有第${refusal.item}号：只有抽到的凭证才能核对。`,
          `The working sheet has no line ${refusal.item}: only sampled vouchers are ticked.`,
        ),
      );
    case "unknown_finding":
      return refused(
        "finding-unknown",
        404,
        NOT_SAVED,
        say(`没有第${refusal.finding}项发现，或已被取代。`, `No finding ${refusal.finding} stands.`),
      );
    case "wrong_audit_state":
      return refused(
        "wrong-stage",
        409,
        say("这一步现在不能做", "Not at this stage"),
        say(
          `这项审计现在是“${STATE_WORDS[refusal.state].zh}”，这一步要在“${refusal.needs.map((state) => STATE_WORDS[state].zh).join("、")}”的时候做。`,
          `The audit is at “${STATE_WORDS[refusal.state].en}”; this is done at “${refusal.needs.map((state) => STATE_WORDS[state].en).join(", ")}”.`,
        ),
      );
    case "not_the_auditor":
      return refused(
        "not-the-auditor",
        403,
        say("只有受托的审计人员能做", "Only the engaged auditor does this"),
        say("您不是这项审计登记的审计人员。", "You are not the auditor of this audit."),
      );
    case "access_over":
      return {
        ...refused(
          "access-over",
          403,
          say("审计查阅期限已过", "The auditor's access is over"),
          say(
            "审计人员限时查阅，期限过后不能再写入。",
            "An auditor's access is for a time; nothing is written after it.",
          ),
        ),
        next: say(
          "需要继续的，请街道办事处或业委会重新登记一段期限。",
          "To go on, have a new span recorded under Offices.",
        ),
      };
    case "months_open":
      return {
        ...refused(
          "months-open",
          409,
          say("总体没有固定", "The population was not frozen"),
          say(
            `${BOOK_WORDS[refusal.book].zh}还没有结账到被审计的最后一个月（${refusal.closedThrough === null ? "一个月都没有结" : `结到${monthWords(refusal.closedThrough).zh}`}），凭证还可能增加。`,
            `${BOOK_WORDS[refusal.book].en} is not closed through the last audited month (${refusal.closedThrough === null ? "none is closed" : monthWords(refusal.closedThrough).en}); vouchers may still be added.`,
          ),
        ),
        next: say(
          "请会计先结账，再固定抽样总体。",
          "Have the accountant close the months, then freeze the population.",
        ),
      };
    case "population_empty":
      return refused(
        "population-empty",
        409,
        NOT_DRAWN,
        say("这些日子没有过账的凭证。", "No voucher was posted in those days."),
      );
    case "population_too_large":
      return refused(
        "population-large",
        409,
        NOT_DRAWN,
        say(`超过${refusal.most}张凭证，请分成几段审计。`, `More than ${refusal.most} vouchers: audit shorter spans.`),
      );
    case "population_changed":
      return {
        ...refused(
          "population-changed",
          409,
          NOT_DRAWN,
          say("现在的凭证清单和固定时的校验值不一致。", "The list of vouchers is no longer what was frozen."),
        ),
        next: say(
          "这不应发生：请把这一点写进审计发现，并核对公开记录。",
          "This must not happen: record it as a finding and check the record.",
        ),
      };
    case "sample_drawn":
      return {
        ...refused(
          "sample-drawn",
          409,
          NOT_DRAWN,
          say("这一次已经抽过了，抽出的名单不能改。", "This sample is drawn already; its list stands."),
        ),
        next: say(
          "需要更多凭证的，再抽一次，用下一个种子。",
          "For more vouchers draw another sample with the next seed.",
        ),
      };
    case "too_many_samples":
      return refused(
        "samples-many",
        409,
        NOT_DRAWN,
        say(`一项审计最多抽${refusal.most}次。`, `At most ${refusal.most} samples.`),
      );
    case "size_not_positive":
      return refused("size-nothing", 422, NOT_DRAWN, say("抽取的张数要是1以上的整数。", "Draw a whole number from 1."));
    case "sample_exceeds_population":
      return refused(
        "size-above-population",
        422,
        NOT_DRAWN,
        say(
          `总体只有${refusal.vouchers}张，不能抽${refusal.size}张。`,
          `There are ${refusal.vouchers} vouchers; ${refusal.size} cannot be drawn.`,
        ),
      );
    case "sample_too_large":
      return refused(
        "size-large",
        422,
        NOT_DRAWN,
        say(
          `这样会抽到${refusal.drawn}张，一次最多${refusal.most}张。`,
          `That draws ${refusal.drawn}; at most ${refusal.most} at once.`,
        ),
      );
    case "threshold_not_positive":
      return refused(
        "threshold-nothing",
        422,
        NOT_DRAWN,
        say("金额要大于0，最多两位小数。", "An amount above nothing, two decimals at most."),
      );
    case "sample_empty":
      return refused(
        "sample-empty",
        422,
        NOT_DRAWN,
        say("没有符合的凭证，名单是空的。", "No voucher is of that kind or amount."),
      );
    case "nothing_ticked":
      return refused("nothing-ticked", 422, NOT_SAVED, say("请至少核对一项。", "Tick at least one point."));
    case "exception_note_missing":
      return refused(
        "exception-silent",
        422,
        NOT_SAVED,
        say(
          `“${POINT_WORDS[refusal.point].zh}”不符，请写明哪里不符。`,
          `“${POINT_WORDS[refusal.point].en}” is an exception: say what is wrong.`,
        ),
      );
    case "tick_note_too_long":
      return refused(
        "note-long",
        422,
        NOT_SAVED,
        say(`备注最多${refusal.most}字。`, `A note has at most ${refusal.most} characters.`),
      );
    case "tick_stale":
      return {
        ...refused(
          "tick-stale",
          409,
          NOT_SAVED,
          say("同时有人核对了这张凭证。", "Somebody ticked this voucher meanwhile."),
        ),
        next: say("请看新的结果，再决定要不要更正。", "Look at it, then correct it if need be."),
      };
    case "nothing_sampled":
      return refused("nothing-sampled", 409, NOT_SAVED, say("还没有抽样。", "Nothing was sampled."));
    case "points_open":
      return refused(
        "points-open",
        409,
        say("审计发现没有送出", "The findings were not sent"),
        say(`工作底稿还有${refusal.open}处没有核对。`, `${refusal.open} points of the working sheet are open.`),
      );
    case "words_missing":
      return refused("words-missing", 422, NOT_SAVED, say("请写文字。", "Please write it in words."));
    case "words_too_long":
      return refused(
        "words-long",
        422,
        NOT_SAVED,
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "outcome_missing":
      return refused("outcome-missing", 422, NOT_SAVED, say("请选择结论。", "Choose a conclusion."));
    case "responded_already":
      return refused(
        "responded",
        409,
        NOT_SAVED,
        say("这项发现已经答复过，答复不能改。", "It is answered already; the answer stands."),
      );
    case "concluded_already":
      return refused("concluded", 409, NOT_SAVED, say("这项发现已经下了结论。", "It is concluded already."));
    case "response_awaited":
      return refused(
        "response-awaited",
        409,
        NOT_SAVED,
        say(
          `业委会可以答复到${refusal.until}，在此之前要先有答复才能下结论。`,
          `The committee may answer until ${refusal.until}; until then a conclusion follows its answer.`,
        ),
      );
    case "opinion_missing":
      return refused(
        "opinion-missing",
        422,
        NOT_PUBLISHED,
        say("请选择意见的种类。", "Choose one of the four opinions."),
      );
    case "finding_open":
      return refused(
        "finding-open",
        409,
        NOT_PUBLISHED,
        say(
          `第${refusal.findings.join("、")}项发现还没有结论。`,
          `Findings ${refusal.findings.join(", ")} have no conclusion.`,
        ),
      );
    case "report_missing":
      return refused("report-missing", 422, NOT_PUBLISHED, say("请附审计报告（PDF）。", "Attach the report as a PDF."));
    case "report_not_pdf":
    case "file_type_refused":
      return refused(
        "report-not-pdf",
        422,
        NOT_PUBLISHED,
        say(
          `“${refusal.name}”不是 PDF。按内容认，不看文件名。`,
          `“${refusal.name}” is no PDF, by its content and not its name.`,
        ),
      );
    case "file_empty":
      return refused(
        "report-empty",
        422,
        NOT_PUBLISHED,
        say(`“${refusal.name}”是空的。`, `“${refusal.name}” is empty.`),
      );
    case "file_too_large":
      return refused(
        "report-large",
        413,
        NOT_PUBLISHED,
        say(`“${refusal.name}”太大，最多10兆。`, `“${refusal.name}” is too large: at most 10 MB.`),
      );
    case "why_missing":
      return refused(
        "why-missing",
        422,
        NOT_SAVED,
        say("请写理由，所有人都会看到。", "Give the reason; everybody will read it."),
      );
    case "text_too_long":
      return refused(
        "text-long",
        422,
        NOT_SAVED,
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "names_a_person":
      return {
        ...refused(
          "names-person",
          422,
          NOT_SAVED,
          say(
            `里面有“${refusal.found}”，像是个人的姓名或号码。审计发现、答复和结论会公开。`,
            `It has “${refusal.found}”, which looks like a person's name or number. Findings, answers and conclusions are published.`,
          ),
        ),
        article: "《个人信息保护法》第二十五条",
        next: say("请改成“承租人”“收款人”这样的说法。", "Say “the lessee” or “the payee” instead."),
      };
  }
}
