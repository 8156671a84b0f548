/** Refusals of parking as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { assetProblem, photoWords } from "../assets/problems.ts";
import { ledgerProblem } from "../books/problems.ts";
import { leaseFaultWords, R2_ARTICLE } from "../leases/words.ts";
import type { ParkingRefusal } from "./actions.ts";
import type { TariffFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_ISSUED = say("月租证没有办成", "The permit was not issued");
const NOT_ENDED = say("月租证没有终止", "The permit was not ended");
const at = (
  field: string,
  code: string,
  title: Bilingual,
  detail: Bilingual,
  more: Partial<Problem> = {},
): Problem => ({
  code,
  status: 422,
  title,
  detail,
  errors: [{ pointer: `/${field}`, detail }],
  ...more,
});

const TARIFF_FIELDS: Readonly<Record<TariffFault["reason"], string>> = {
  unknown_use: "use",
  not_a_day: "fromOn",
  amount_out_of_range: "amount",
  words_missing: "words",
};
const tariffWords = (fault: TariffFault): Bilingual => {
  switch (fault.reason) {
    case "unknown_use":
      return say("请选月租或临停。", "Choose monthly or temporary.");
    case "not_a_day":
      return say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23.");
    case "amount_out_of_range":
      return say(
        "金额没有看懂，最多两位小数；月租要大于0。",
        "It cannot be read: at most two decimals, a month more than nothing.",
      );
    case "words_missing":
      return say(`请写明怎么收，最多${fault.most}字。`, `Say how it is charged, in ${fault.most} characters.`);
  }
};

export function parkingProblem(refusal: ParkingRefusal): Problem {
  switch (refusal.reason) {
    case "tariff_faulty": {
      const errors = refusal.faults.map((fault) => ({
        pointer: `/${TARIFF_FIELDS[fault.reason]}`,
        detail: tariffWords(fault),
      }));
      return {
        code: "tariff-faulty",
        status: 422,
        title: say("价目没有保存", "The tariff was not saved"),
        detail: errors[0]!.detail,
        errors,
      };
    }
    case "tariff_exists":
      return at(
        "fromOn",
        "tariff-exists",
        say("价目没有保存", "The tariff was not saved"),
        say(
          "这一天已经有一个同类价目。价目不能改，请从另一天起定新的。",
          "One begins on that day already; set another from another day.",
        ),
      );
    case "basis_faulty": {
      const { field, words } = leaseFaultWords(refusal.fault);
      return at(field, "tariff-basis", say("价目没有保存", "The tariff was not saved"), words, { article: R2_ARTICLE });
    }
    case "document_refused":
      return at(
        "document",
        "tariff-document",
        say("价目没有保存", "The tariff was not saved"),
        photoWords(refusal.fault),
      );
    case "end_not_a_day":
      return at(
        "lastOn",
        "permit-end-day",
        NOT_ENDED,
        say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23."),
      );
    case "end_outside":
      return at(
        "lastOn",
        "permit-end-outside",
        NOT_ENDED,
        say(
          `最后一天要在${refusal.fromOn}的前一天到${refusal.toOn}的前一天之间。`,
          `The last day lies between the day before ${refusal.fromOn} and the day before ${refusal.toOn}.`,
        ),
      );
    case "end_without_why":
      return at(
        "why",
        "permit-end-why",
        NOT_ENDED,
        say(`请写明原因，最多${refusal.most}字。`, `Say why, in ${refusal.most} characters.`),
      );
    case "unknown_permit":
      return {
        code: "permit-unknown",
        status: 404,
        title: NOT_ENDED,
        detail: say("没有这张月租证，或者没有要退的。", "No such permit, or nothing to give back."),
      };
    case "permit_ended":
      return {
        code: "permit-ended",
        status: 409,
        title: NOT_ENDED,
        detail: say("它已经提前终止过了。", "It was ended before."),
        next: say("请刷新页面看现在的情况。", "Reload the page and see how it stands."),
      };
    case "refunded_already":
      return {
        code: "permit-refunded",
        status: 409,
        title: NOT_ENDED,
        detail: say("退费已经有一张凭证在等复核，或者已经入账。", "A voucher of the refund waits or is posted."),
      };
    case "permit_not_booked":
      return {
        code: "permit-not-booked",
        status: 409,
        title: NOT_ENDED,
        detail: say("它的收入还没有生成凭证，不能先退费。", "What was paid for it has no voucher yet."),
        next: say("请先生成那个月停车收入的凭证。", "Draft the voucher of that month's parking first."),
      };
    case "plate_unreadable":
      return at(
        "plate",
        "plate-unreadable",
        NOT_ISSUED,
        say("车牌没有看懂，写成 渝A12345 这样。", "The plate cannot be read; write it as 渝A12345."),
      );
    case "not_a_day":
      return at(
        refusal.field,
        "parking-day",
        NOT_ISSUED,
        say("日期写成 2026-11-23 这样，付款日不能晚于今天。", "Write the day as 2026-11-23; paid no later than today."),
      );
    case "months_out_of_range":
      return at(
        "months",
        "permit-months",
        NOT_ISSUED,
        say(`月数是1到${refusal.most}的整数。`, `A whole number of months, 1 to ${refusal.most}.`),
      );
    case "no_tariff":
      return at(
        "fromOn",
        "tariff-missing",
        NOT_ISSUED,
        say(`${refusal.on}还没有月租价目。`, `There is no monthly tariff on ${refusal.on}.`),
        { next: say("请先登记价目和业主大会的决定。", "Enter the tariff with the owners' decision first.") },
      );
    case "unknown_space":
      return at(
        "space",
        "space-unknown",
        NOT_ISSUED,
        say(`登记册里没有车位“${refusal.code}”。`, `The register has no space “${refusal.code}”.`),
      );
    case "plate_permitted":
      return at(
        "plate",
        "plate-permitted",
        NOT_ISSUED,
        say("这辆车在这段时间已经有月租证。", "This car has a permit for some of these days."),
      );
    case "space_let":
      return at(
        "space",
        "space-let",
        NOT_ISSUED,
        say("这个车位在这段时间已经租出。", "This space is let for some of these days."),
      );
    case "not_common_ground":
    case "asset_retired": {
      const problem = assetProblem(refusal);
      return { ...problem, errors: [{ pointer: "/space", detail: problem.detail }] };
    }
    case "sheet_unreadable":
      return assetProblem(refusal);
    case "rows_faulty":
      return {
        code: "gate-rows",
        status: 422,
        title: say("文件没有导入", "The file was not taken in"),
        detail: say(
          `有${refusal.messages.length}处要改，一行也没有写入。`,
          `${refusal.messages.length} to correct; not one row was written.`,
        ),
      };
    case "nothing_to_book":
      return {
        code: "takings-booked",
        status: 409,
        title: say("没有要生成凭证的停车收入", "Nothing is left to book"),
        detail: say("这个月的停车收入都已经生成凭证。", "What parking took in that month has its vouchers."),
      };
    default:
      return ledgerProblem(refusal);
  }
}
