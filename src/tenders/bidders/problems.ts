/** Refusals of registering, of lots and of papers as problems: what was not done, why, on what ground, what now. One switch each. */
import { formatInstant } from "../../kernel/day.ts";
import type { FileFault } from "../../platform/files.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { InputFault } from "../../platform/validate.ts";
import type { RegisterRefusal } from "./actions.ts";
import type { AdditionRefusal, JoinRefusal, LicenceRefusal } from "./additions.ts";
import type { CorrectRefusal } from "./correcting.ts";
import type { LeaveRefusal } from "./leaving.ts";
import type { RegistrationFault } from "./rules.ts";
import { DECLARATION_WORDS } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const MISSING: Readonly<Record<string, Bilingual>> = {
  name: say("请填写企业全称，与营业执照一致", "Give the company's full name, as on its licence"),
  code: say("请填写统一社会信用代码", "Give the unified social credit code"),
  representativeName: say("请填写法定代表人姓名", "Give the legal representative's name"),
  representativeNumber: say("请填写法定代表人的证件号", "Give the legal representative's identity number"),
  controller: say("请选择实际控制人是谁", "Say who the actual controller is"),
  controllerName: say("请填写实际控制人的姓名或名称", "Give the controller's name"),
  controllerNumber: say("请填写实际控制人的证件号或信用代码", "Give the controller's identity number or credit code"),
  contactName: say("请填写联系人姓名", "Give the name of whoever answers the telephone"),
  lots: say("请至少选择一个标段", "Choose one lot at least"),
  incumbent: say("请选择是不是现任服务企业", "Say whether you serve the estate now"),
  kind: say("请选择是什么证照", "Choose what paper it is"),
  number: say("请填写证照编号", "Give the paper's number"),
  issuer: say("请填写发证机关", "Say who issued it"),
  expiresOn: say("请填写有效期的最后一天，或勾选长期有效", "Give its last day, or tick that it has none"),
  file: say("请选择证照的照片或 PDF", "Choose a photograph or PDF of it"),
};
const missingWords = (field: string): Bilingual => MISSING[field] ?? say("请填写", "Please fill this in");

function formFault(fault: RegistrationFault): InputFault {
  switch (fault.reason) {
    case "missing":
      return { pointer: `/${fault.field}`, detail: missingWords(fault.field) };
    case "too_long":
      return { pointer: `/${fault.field}`, detail: say(`最多${fault.most}字`, `At most ${fault.most} characters`) };
    case "code_impossible":
      return {
        pointer: "/code",
        detail:
          fault.wrong === ""
            ? say(`信用代码是 18 位，这里有 ${fault.length} 位`, `A credit code has 18 characters, not ${fault.length}`)
            : say(`信用代码里不会有 ${fault.wrong}`, `No credit code has ${fault.wrong} in it`),
      };
    case "number_unreadable":
      return {
        pointer: `/${fault.field}`,
        detail: say("号码不对：请核对身份证号、其他证件号或信用代码", "Not a number we can read; please check it"),
      };
    case "unknown_lot":
      return { pointer: "/lots", detail: say("方案里没有这个标段", "The scheme has no such lot") };
    case "undeclared":
      return {
        pointer: "/declarations",
        detail: say(
          `还没有声明：${fault.missing.map((one) => DECLARATION_WORDS[one].zh).join("")}`,
          `Not declared yet: ${fault.missing.map((one) => DECLARATION_WORDS[one].en).join(" ")}`,
        ),
      };
  }
}

/** What every act of a bidder may meet. */
export function additionProblem(refusal: AdditionRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return {
        code: "tender-unknown",
        status: 404,
        title: say("没有这次选聘", "No such tender"),
        detail: say("地址可能不完整，或者还没有公告。", "The address may be incomplete, or nothing was announced yet."),
      };
    case "bids_not_taken": {
      const late = refusal.state === "noticed" && refusal.closedAt !== null;
      return {
        code: "bids-not-taken",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: late
          ? say(
              `投标已于 ${formatInstant(refusal.closedAt ?? 0)} 截止，以服务器时间为准。`,
              `Bids closed at ${formatInstant(refusal.closedAt ?? 0)}, by the server's clock.`,
            )
          : say("现在不接受投标登记。", "No bids are taken now."),
        article: "《招标投标法》第二十八条",
        next: say("可以在公开页面看开标和结果。", "The public page tells of the opening and the result."),
      };
    }
    case "tender_changed":
      return {
        code: "tender-changed",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("选聘文件刚刚有修改。", "The documents were amended just now."),
        next: say("请先看修改的内容，再提交一次。", "Please read what changed and submit again."),
      };
  }
}

export function registerProblem(refusal: RegisterRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
    case "tender_changed":
      return additionProblem(refusal);
    case "bids_not_taken":
      return { ...additionProblem(refusal), title: say("没有登记", "Not registered") };
    case "form_faults": {
      const errors = refusal.faults.map(formFault);
      return {
        code: "bidder-form",
        status: 422,
        title: say("没有登记", "Not registered"),
        detail: say(errors.map(({ detail }) => detail.zh).join("；"), errors.map(({ detail }) => detail.en).join("; ")),
        errors,
      };
    }
    case "not_invited":
      return {
        code: "bidder-not-invited",
        status: 403,
        title: say("没有登记", "Not registered"),
        detail: say(
          `这是邀请选聘，信用代码 ${refusal.code} 不在受邀企业里。`,
          `This tender is by invitation, and ${refusal.code} was not invited.`,
        ),
        article: "《招标投标法》第十七条",
        next: say(
          "如果收到过邀请，请核对邀请书上的信用代码，或联系业主委员会。",
          "If you were invited, check the code in the invitation or ask the committee.",
        ),
      };
    case "debarred":
      return {
        code: "bidder-debarred",
        status: 403,
        title: say("没有登记", "Not registered"),
        detail: say(
          `这家企业在禁入名单上，至 ${refusal.endsOn}（含当日）不能参加。理由：${refusal.why}`,
          `This company is barred until the end of ${refusal.endsOn}, because: ${refusal.why}`,
        ),
        article: "《招标投标法实施条例》第三十四条",
        next: say("禁入名单和依据的文件公开可查。", "The list and the document it rests on are public."),
      };
    case "code_registered":
      return {
        code: "bidder-code-registered",
        status: 409,
        title: say("没有登记", "Not registered"),
        detail: say(
          "这个信用代码已经由另一位联系人登记。一家企业只登记一次。",
          "This code is registered already, by another contact. A company registers once.",
        ),
        next: say(
          "请用当时的手机号登录；不是您登记的，请联系业主委员会。",
          "Sign in with the number used then; if it was not you, tell the committee.",
        ),
      };
    case "contact_registered":
      return {
        code: "bidder-contact-registered",
        status: 409,
        title: say("没有登记", "Not registered"),
        detail: say(
          `这个手机号已为“${refusal.name}”登记。同一个人不能为两家投标人办理投标。`,
          `This number registered “${refusal.name}”. Nobody handles the bids of two bidders.`,
        ),
        article: "《招标投标法实施条例》第四十条",
      };
  }
}

/** A correction that was not taken: the same grounds as a registration, in its own words. */
export const correctionProblem = (refusal: CorrectRefusal): Problem => ({
  ...(refusal.reason === "phone_of_another"
    ? {
        code: "bidder-phone-of-another",
        status: 409 as const,
        detail: say(
          "这个手机号在本次选聘里已经为另一家投标人办理过。同一个人不能为两家投标人办理投标。",
          "This number has spoken for another bidder of the tender. Nobody handles the bids of two bidders.",
        ),
        article: "《招标投标法实施条例》第四十条",
        next: say("请换一个手机号。", "Please use another number."),
      }
    : registerProblem(refusal)),
  title: say("没有更正", "Not corrected"),
});

export function leaveProblem(refusal: LeaveRefusal): Problem {
  if (refusal.reason !== "lots_missing") return { ...additionProblem(refusal), title: say("没有退出", "Not left") };
  const detail = say("请至少选择一个标段", "Choose one lot at least");
  return {
    code: "lots-missing",
    status: 422,
    title: say("没有退出", "Not left"),
    detail,
    errors: [{ pointer: "/leave", detail }],
  };
}

export function joinProblem(refusal: JoinRefusal): Problem {
  if (refusal.reason !== "unknown_lot") return additionProblem(refusal);
  return {
    code: "lot-unknown",
    status: 422,
    title: say("没有保存", "Not saved"),
    detail: say("方案里没有这个标段。", "The scheme has no such lot."),
    errors: [{ pointer: "/lots", detail: say("方案里没有这个标段", "The scheme has no such lot") }],
  };
}

/** A file that was not taken; `pointer` is its field. */
export function fileProblem(fault: FileFault, pointer = "/file"): Problem {
  const detail = {
    file_empty: say(`“${fault.name}”是空的`, `“${fault.name}” is empty`),
    file_too_large: say(`“${fault.name}”超过 10 MB`, `“${fault.name}” is larger than 10 MB`),
    file_type_refused: say(
      `“${fault.name}”的内容不是照片或 PDF。只看内容，不看扩展名`,
      `What is in “${fault.name}” is neither a photograph nor a PDF, whatever its name says`,
    ),
  }[fault.reason];
  return {
    code: "tender-file",
    status: 422,
    title: say("没有保存", "Not saved"),
    detail,
    errors: [{ pointer, detail }],
  };
}

export function licenceProblem(refusal: LicenceRefusal): Problem {
  const beside = (pointer: string, detail: Bilingual, rest: Partial<Problem> = {}): Problem => ({
    code: "licence-form",
    status: 422,
    title: say("没有保存", "Not saved"),
    detail,
    errors: [{ pointer, detail }],
    ...rest,
  });
  switch (refusal.reason) {
    case "unknown_tender":
    case "bids_not_taken":
    case "tender_changed":
      return additionProblem(refusal);
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return fileProblem(refusal);
    case "missing":
      return beside(`/${refusal.field}`, missingWords(refusal.field));
    case "too_long":
      return beside(`/${refusal.field}`, say(`最多${refusal.most}字`, `At most ${refusal.most} characters`));
    case "not_a_day":
      return beside("/expiresOn", say("请写成 2027-12-31 这样的日期", "Write a day such as 2027-12-31"));
    case "licence_expired":
      return beside("/expiresOn", say(`${refusal.expiresOn} 已经过期`, `It ended on ${refusal.expiresOn}`), {
        code: "licence-expired",
        status: 422,
        title: say("没有保存", "Not saved"),
        next: say("请提交换发后的证照。", "Please hand in the renewed one."),
      });
    case "expires_before_start":
      return beside(
        "/expiresOn",
        say(
          `${refusal.expiresOn} 到期，而第${refusal.lotNo}标段的合同从 ${refusal.from} 开始，那时已经失效`,
          `It ends on ${refusal.expiresOn}, and the contract of lot ${refusal.lotNo} begins on ${refusal.from}`,
        ),
        {
          code: "licence-ends-early",
          status: 422,
          title: say("没有保存", "Not saved"),
          article: "《招标投标法》第二十六条",
          next: say(
            "请先办理延续或换发，在投标截止前提交新的证照。",
            "Have it renewed first, and hand the new one in before bids close.",
          ),
        },
      );
    case "licence_gone":
      return {
        code: "licence-gone",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say(
          "要替换的证照不在了，或者已经替换过。",
          "The paper to be replaced is gone, or was replaced already.",
        ),
        next: say("请在证照页面看现在有哪些，再提交一次。", "See which papers stand, and hand it in again."),
      };
    case "too_many_licences":
      return {
        code: "licence-many",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say(`最多提交${refusal.most}份。`, `At most ${refusal.most} papers.`),
      };
  }
}
