/** What a refusal of the office's contact says. One switch, no default. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { ContactRefusal } from "./actions.ts";
import type { ContactFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const faultWords = (fault: ContactFault): Bilingual =>
  fault.reason === "phone_unreadable"
    ? say("这不像电话号码，例如 023-41420000", "That is no telephone number, such as 023-41420000")
    : say(`最多${fault.most}字`, `At most ${fault.most} characters`);

export function contactProblem(refusal: ContactRefusal): Problem {
  switch (refusal.reason) {
    case "contact_faulty": {
      const errors = refusal.faults.map((fault) => ({ pointer: `/${fault.field}`, detail: faultWords(fault) }));
      return {
        code: "committee-contact-faulty",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail: say(errors.map(({ detail }) => detail.zh).join("；"), errors.map(({ detail }) => detail.en).join("; ")),
        errors,
      };
    }
    case "phone_of_an_officer": {
      const detail = say(
        "这是一位任职人员登录用的私人号码，不能公开。请填办公室的座机或专用手机。",
        "It is the private number an officer signs in with and is not made public. Please give a number of the office.",
      );
      return {
        code: "committee-contact-private",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail,
        article: "《个人信息保护法》第二十五条",
        errors: [{ pointer: "/phone", detail }],
      };
    }
    case "contact_changed_meanwhile":
      return {
        code: "committee-contact-changed",
        status: 409,
        title: say("打开页面以后，别人已经改过", "It was changed since the page was opened"),
        detail: say("这次没有保存。", "Nothing was saved."),
        next: say("请重新打开页面，核对后再提交。", "Please open the page again, compare, and submit."),
      };
  }
}
