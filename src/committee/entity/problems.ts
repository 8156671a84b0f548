/** What a refusal about the legal person, its account, reports and seals says. One switch each, no default. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { SEAL_WORDS } from "../words.ts";
import type { EntityRefusal } from "./actions.ts";
import type { EntityFault, EntityField, ReportRefusal, SealRefusal } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const R6 = "《杭州市物业管理条例》第六十条、《清远市物业管理条例》第五十七条";

/** The field a fault belongs to. */
export function fieldOfFault(fault: EntityFault): EntityField {
  switch (fault.reason) {
    case "form_missing":
      return "form";
    case "field_missing":
    case "field_too_long":
    case "not_a_day":
    case "day_to_come":
      return fault.field;
    case "code_form":
      return "creditCode";
    case "account_of_a_person":
    case "account_of_another":
    case "account_without_holder":
      return "holderName";
    case "account_unreadable":
      return "account";
    case "unknown_representative":
      return "representativeTenureId";
  }
}

const MISSING: Partial<Record<EntityField, Bilingual>> = {
  name: say("请填写登记的名称", "Give the registered name"),
  supervisingUnit: say("请填写业务主管单位", "Name the supervising unit"),
  registrationAuthority: say("请填写登记管理机关", "Name the registration authority"),
  creditCode: say("请填写统一社会信用代码", "Give the unified social credit code"),
  registeredOn: say("请填写登记日期", "Say when it was registered"),
  bank: say("请填写开户银行", "Name the bank"),
  account: say("请填写账号", "Give the account number"),
  changedOn: say("请填写从哪天起", "Say from which day"),
  document: say("请写明依据哪份文件", "Name the document it rests on"),
};

export function entityFaultWords(fault: EntityFault): Bilingual {
  switch (fault.reason) {
    case "form_missing":
      return say("请选择登记形式", "Choose the form of registration");
    case "field_missing":
      return MISSING[fault.field] ?? say("没有填写", "It is missing");
    case "field_too_long":
      return say(`最多${fault.most}字`, `At most ${fault.most} characters`);
    case "not_a_day":
      return say("请填写日期，例如 2026-12-31", "Give a day, such as 2026-12-31");
    case "day_to_come":
      return say("这一天还没有到", "That day is still to come");
    case "code_form":
      return fault.wrong === ""
        ? say(
            `统一社会信用代码是18位，现在是${fault.length}位`,
            `A credit code has 18 characters; these are ${fault.length}`,
          )
        : say(
            `代码里不会有 ${fault.wrong}，请对照证书`,
            `A code has no ${fault.wrong}; please compare the certificate`,
          );
    case "account_of_a_person":
      return say(
        `“${fault.holder}”像是个人的名字。业主共有的钱不能存在个人账户，要开在业主大会或业主委员会名下`,
        `“${fault.holder}” looks like a person's name. Common money is not kept in a personal account but in the name of the owners' assembly or the committee`,
      );
    case "account_of_another":
      return say(
        `账户要开在业主大会、业主委员会或已登记的业委会法人名下，不能是“${fault.holder}”`,
        `The account is in the name of the owners' assembly, the committee, or the committee as registered; not of “${fault.holder}”`,
      );
    case "account_without_holder":
      return say("请填写账户名称", "Say in whose name the account is");
    case "account_unreadable":
      return say("账号是8到30位数字", "An account number has 8 to 30 digits");
    case "unknown_representative":
      return say("请选择一位在任的委员作负责人", "Choose a member in office as its representative");
  }
}

export function entityProblem(refusal: EntityRefusal): Problem {
  switch (refusal.reason) {
    case "entity_faulty": {
      const errors = refusal.faults.map((fault) => ({
        pointer: `/${fieldOfFault(fault)}`,
        detail: entityFaultWords(fault),
      }));
      const ofAccount = refusal.faults.some(
        ({ reason }) => reason === "account_of_a_person" || reason === "account_of_another",
      );
      return {
        code: "entity-faulty",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail: say(errors.map(({ detail }) => detail.zh).join("；"), errors.map(({ detail }) => detail.en).join("; ")),
        ...(ofAccount ? { article: R6 } : {}),
        errors,
      };
    }
    case "key_reused":
      return {
        code: "entity-form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "entity_changed_meanwhile":
      return {
        code: "entity-changed",
        status: 409,
        title: say("打开页面以后，别人已经改过", "It was changed since the page was opened"),
        detail: say("为避免盖掉别人的改动，这次没有保存。", "So as not to overwrite it, nothing was saved."),
        next: say("请重新打开页面，核对后再提交。", "Please open the page again, compare, and submit."),
      };
  }
}

const fieldFault = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer, detail }],
});

export function reportProblem(refusal: ReportRefusal): Problem {
  switch (refusal.reason) {
    case "nothing_due":
      return {
        code: "report-not-due",
        status: 409,
        title: say("没有这项应报送的事", "Nothing of the kind is due"),
        detail: say(
          "年度报告在下一年报送；没有登记为法人的不用报送。",
          "A year is reported in the next; without registration there is nothing to send.",
        ),
        article: "《民办非企业单位登记管理暂行条例》第二十三条",
      };
    case "reported_already":
      return {
        code: "report-sent-already",
        status: 409,
        title: say("已经登记过", "Recorded already"),
        detail: say(
          `已登记为${sayDay(refusal.on, "zh")}报送。`,
          `It is recorded as sent on ${sayDay(refusal.on, "en")}.`,
        ),
      };
    case "not_a_day":
      return fieldFault("report-day", "/sentOn", say("请填写日期，例如 2026-03-20", "Give a day, such as 2026-03-20"));
    case "day_to_come":
      return fieldFault("report-day-to-come", "/sentOn", say("这一天还没有到", "That day is still to come"));
    case "document_missing":
      return fieldFault(
        "report-document-missing",
        "/document",
        say("请写明报送的文件或回执编号", "Name the document or its receipt"),
      );
  }
}

export function sealProblem(refusal: SealRefusal | { readonly reason: "seal_changed_meanwhile" }): Problem {
  switch (refusal.reason) {
    case "unknown_seal":
      return {
        code: "seal-unknown",
        status: 404,
        title: say("没有这枚印章", "No such seal"),
        detail: say("它可能不在登记里。", "It may not be on record."),
      };
    case "seal_invalidated":
      return {
        code: "seal-invalid",
        status: 409,
        title: say("这枚印章已经作废", "This seal is invalid"),
        detail: say("作废以后不能再交接。", "It is not handed over any more."),
      };
    case "seal_exists":
      return {
        code: "seal-exists",
        status: 409,
        title: say("已经有一枚在用", "There is one in use"),
        detail: say(
          `${SEAL_WORDS[refusal.kind].zh}同一时间只有一枚有效；重新刻制的，先登记原来的作废。`,
          `Of a kind one is valid at a time; before a new one is made, record the old one as invalid.`,
        ),
      };
    case "seal_changed_meanwhile":
      return {
        code: "seal-changed",
        status: 409,
        title: say("打开页面以后，别人已经登记过", "It was changed since the page was opened"),
        detail: say("这次没有保存。", "Nothing was saved."),
        next: say("请重新打开页面，核对后再提交。", "Please open the page again, compare, and submit."),
      };
    case "unknown_keeper":
      return fieldFault(
        "seal-keeper",
        "/keeper",
        say("请选择一位在任的人保管", "Choose somebody in office to keep it"),
      );
    case "same_keeper":
      return fieldFault("seal-same-keeper", "/keeper", say("现在就由此人保管", "They keep it already"));
    case "not_a_day":
      return fieldFault("seal-day", "/onDay", say("请填写日期，例如 2026-11-20", "Give a day, such as 2026-11-20"));
    case "day_to_come":
      return fieldFault("seal-day-to-come", "/onDay", say("这一天还没有到", "That day is still to come"));
    case "before_last_event":
      return fieldFault(
        "seal-before-last",
        "/onDay",
        say(
          `不能早于上一次登记的${sayDay(refusal.onDay, "zh")}`,
          `Not before the last entry of ${sayDay(refusal.onDay, "en")}`,
        ),
      );
    case "document_missing":
      return fieldFault(
        "seal-document-missing",
        "/document",
        say("请写明刻制或交接的凭据", "Name the paper it rests on"),
      );
  }
}
