/** Refusals of inspections, ratings, requests and reports as problems: what was not done, why, by which article, what now. One switch. */
import { photoWords } from "../../ledger/assets/problems.ts";
import { actProblem } from "../../owners/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { InspectingRefusal } from "./inspections/actions.ts";
import type { RatingActRefusal } from "./ratings/actions.ts";
import type { RatingLinkRefusal } from "./ratings/links.ts";
import type { ReportActRefusal } from "./reports/actions.ts";
import type { RequestActRefusal } from "./requests/actions.ts";

export type ServiceRefusal =
  | InspectingRefusal
  | RatingActRefusal
  | RatingLinkRefusal
  | RequestActRefusal
  | ReportActRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_INSPECTED = say("巡查表没有保存", "The sheet was not kept");
const NOT_RATED = say("评分没有提交", "The rating was not sent");
const NOT_ENTERED = say("报事没有登记", "The request was not entered");
const NOT_REPORTED = say("报告没有公布", "The report was not published");

const at = (code: string, title: Bilingual, field: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title,
  detail,
  errors: [{ pointer: `/${field}`, detail }],
});

export function serviceProblem(refusal: ServiceRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "owner_without_head":
    case "another_chosen":
    case "nobody_chosen":
      return actProblem(refusal, NOT_RATED);
    case "unknown_contract":
      return {
        code: "service-contract-unknown",
        status: 404,
        title: say("没有这份合同", "No such contract"),
        detail: say("编号可能不对。", "The number may be wrong."),
      };
    case "not_serving":
      return {
        code: "service-not-serving",
        status: 409,
        title: say("现在没有服务", "No service now"),
        detail: say("合同还没有开始，或者已经由别人接管。", "The contract has not begun, or another took over."),
      };
    case "inspection_day":
      return at(
        "inspection-day",
        NOT_INSPECTED,
        "inspectedOn",
        say("请写明巡查的日期。", "Give the day of the inspection."),
      );
    case "inspection_ahead":
      return at(
        "inspection-ahead",
        NOT_INSPECTED,
        "inspectedOn",
        say(`不能晚于今天（${refusal.today}）。`, `No later than today, ${refusal.today}.`),
      );
    case "inspection_outside":
      return at(
        "inspection-outside",
        NOT_INSPECTED,
        "inspectedOn",
        say(`合同从${refusal.fromOn}开始。`, `The contract begins on ${refusal.fromOn}.`),
      );
    case "building_not_served":
      return at(
        "inspection-building",
        NOT_INSPECTED,
        "building",
        say(`这份合同不服务“${refusal.building}”。`, `The contract does not serve “${refusal.building}”.`),
      );
    case "clause_unknown":
      return at(
        "inspection-clause",
        NOT_INSPECTED,
        "items",
        say(`合同没有“${refusal.clause}”这一条。`, `The contract has no clause “${refusal.clause}”.`),
      );
    case "clause_missing":
      return at(
        "inspection-clause-missing",
        NOT_INSPECTED,
        "items",
        say(`“${refusal.clause}”要有一个结果。`, `“${refusal.clause}” needs one result.`),
      );
    case "note_missing":
      return at(
        "inspection-note",
        NOT_INSPECTED,
        "items",
        say(`“${refusal.clause}”没有做到的，请写明哪里不好。`, `Say what was amiss with “${refusal.clause}”.`),
      );
    case "photo_refused":
      return at("inspection-photo", NOT_INSPECTED, "photos", photoWords(refusal.fault));
    case "photo_not_image":
      return at(
        "inspection-photo-kind",
        NOT_INSPECTED,
        "photos",
        say(`“${refusal.name}”不是照片。`, `“${refusal.name}” is no photograph.`),
      );
    case "too_many_photos":
      return at(
        "inspection-photos",
        NOT_INSPECTED,
        "photos",
        say(`最多${refusal.most}张照片。`, `At most ${refusal.most} photographs.`),
      );
    case "inspected_already":
      return {
        code: "inspection-exists",
        status: 409,
        title: NOT_INSPECTED,
        detail: say(
          `${refusal.building}在${refusal.month}已有巡查表。`,
          `${refusal.building} has its sheet for ${refusal.month}.`,
        ),
        next: say("有错的，打开那张表更正。", "Where it is wrong, open it and correct it."),
      };
    case "unknown_inspection":
      return at(
        "inspection-unknown",
        NOT_INSPECTED,
        "corrects",
        say("更正的要是同一月同一楼栋的表。", "A correction is of a sheet of the same month and building."),
      );
    case "correction_why":
      return at("inspection-why", NOT_INSPECTED, "why", say("请写明为什么更正。", "Say why it is corrected."));
    case "no_rating_now":
      return {
        code: "rating-closed",
        status: 409,
        title: NOT_RATED,
        detail: say("现在不在评分的日子里。", "Nothing is to be rated now."),
        next: say("评分开始时，业主专页会显示。", "Your corner says when it begins."),
      };
    case "rating_early":
      return {
        code: "rating-early",
        status: 409,
        title: NOT_RATED,
        detail: say(`${refusal.fromOn}起可以评分。`, `Ratings are taken from ${refusal.fromOn}.`),
      };
    case "rating_late":
      return {
        code: "rating-late",
        status: 409,
        title: NOT_RATED,
        detail: say(`评分到${refusal.toOn}截止。`, `Ratings were taken until ${refusal.toOn}.`),
      };
    case "rating_scores":
      return at(
        "rating-scores",
        NOT_RATED,
        `score${refusal.at}`,
        say(`请给“${refusal.clause}”评1到5分。`, `Give “${refusal.clause}” one to five.`),
      );
    case "rating_link_over":
      return {
        code: "rating-link-over",
        status: 404,
        title: say("这个评分链接打不开", "This rating link does not open"),
        detail: say(
          "链接可能没有复制完整，评分可能已经截止，也可能名册上这一户已经变更。",
          "It may be incomplete, ratings may have closed, or the roll may say otherwise of this household by now.",
        ),
        next: say(
          "请打开最近一次收到的短信里的链接；还在评分日期内的，也可以登录业主专页评分。",
          "Open the link of the newest message; while ratings are open you can also sign in to your corner and rate there.",
        ),
      };
    case "rating_words_long":
      return at(
        "rating-words",
        NOT_RATED,
        "words",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "rated_already":
      return {
        code: "rating-given",
        status: 409,
        title: NOT_RATED,
        detail: say(
          `您家${refusal.period}已经评过，每户每期一次。`,
          `Your household rated ${refusal.period} already; once a period.`,
        ),
      };
    case "told_kind":
      return at("told-kind", NOT_ENTERED, "kind", say("请选一类。", "Choose what kind it is."));
    case "told_building":
      return at(
        "told-building",
        NOT_ENTERED,
        "building",
        say("请选一处楼栋或区域。", "Choose the building or the ground."),
      );
    case "told_text":
      return at(
        "told-text",
        NOT_ENTERED,
        "text",
        say(`请写明什么事，最多${refusal.most}字。`, `Say what it is, at most ${refusal.most} characters.`),
      );
    case "told_where":
      return at(
        "told-where",
        NOT_ENTERED,
        "where",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "too_many_waiting":
      return {
        code: "request-many-waiting",
        status: 409,
        title: NOT_ENTERED,
        detail: say(
          `您已有${refusal.most}件在等待答复。`,
          `${refusal.most} of your reports wait for an answer already.`,
        ),
        next: say(
          "有答复后再报；紧急的事请直接打物业电话。",
          "Report again once one is answered; if it is urgent, telephone the provider.",
        ),
      };
    case "request_what":
      return at(
        "request-what",
        NOT_ENTERED,
        "what",
        say(`请写明什么事，最多${refusal.most}字。`, `Say what it is, at most ${refusal.most} characters.`),
      );
    case "request_day":
      return at("request-day", NOT_ENTERED, "onDay", say("请写明日期。", "Give the day."));
    case "request_ahead":
      return at(
        "request-ahead",
        NOT_ENTERED,
        "onDay",
        say(`不能晚于今天（${refusal.today}）。`, `No later than today, ${refusal.today}.`),
      );
    case "request_before":
      return at(
        "request-before",
        NOT_ENTERED,
        "onDay",
        say(`不能早于${refusal.reportedOn}。`, `No earlier than ${refusal.reportedOn}.`),
      );
    case "request_names_a_person":
      return {
        ...at(
          "request-names-person",
          NOT_ENTERED,
          "what",
          say(
            `里面有“${refusal.found}”，像是个人的号码。登记是公开的。`,
            `It has “${refusal.found}”, which looks like somebody's number. The register is public.`,
          ),
        ),
        article: "《个人信息保护法》第二十五条",
      };
    case "unknown_request":
      return {
        code: "request-unknown",
        status: 404,
        title: NOT_ENTERED,
        detail: say("没有这件报事。", "There is no such request."),
      };
    case "request_moved":
      return {
        code: "request-moved",
        status: 409,
        title: NOT_ENTERED,
        detail: say("这一步已经登记过别的内容。", "That step was entered with other words already."),
      };
    case "request_words":
      return at(
        "request-words",
        NOT_ENTERED,
        "words",
        say("请写明怎样答复或处理，最多200字。", "Say what was answered or done, at most 200 characters."),
      );
    case "report_early":
      return {
        code: "report-early",
        status: 409,
        title: NOT_REPORTED,
        detail: say(
          `评分还没有截止，${refusal.from}起可以公布。`,
          `Owners may still rate; it may be published from ${refusal.from}.`,
        ),
      };
    case "report_period":
      return at("report-period", NOT_REPORTED, "period", say("没有这个周期。", "There is no such period."));
    case "report_exists":
      return {
        code: "report-exists",
        status: 409,
        title: NOT_REPORTED,
        detail: say("这一期已经公布。", "That period is published."),
      };
  }
}
