/** What a refusal to record a mandate says. One switch each, no default. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { MandateRefusal } from "./actions.ts";
import type { MandateFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export function mandateFaultWords(fault: MandateFault): Bilingual {
  switch (fault.reason) {
    case "mandate_number":
      return say("请填写第几届，例如 2", "Say which committee it is, such as 2");
    case "mandate_seats":
      return say(
        `席位应是${fault.least}到${fault.most}之间的整数`,
        `Seats are a whole number from ${fault.least} to ${fault.most}`,
      );
    case "seats_even":
      return say("席位应是单数", "Seats are an odd number");
    case "not_a_day":
      return say("请填写日期，例如 2026-12-31", "Give a day, such as 2026-12-31");
    case "mandate_to_come":
      return say("这一天还没有到", "That day is still to come");
    case "ends_before_start":
      return say("任期结束要晚于开始", "A term ends after it begins");
    case "mandate_too_long":
      return say(`任期最长${fault.mostMonths / 12}年`, `A term is ${fault.mostMonths / 12} years at most`);
    case "document_missing":
      return say("请写明由哪份决定或公告产生", "Name the decision or notice it rests on");
    case "document_too_long":
      return say(`最多${fault.most}字`, `At most ${fault.most} characters`);
  }
}

export function mandateProblem(refusal: MandateRefusal): Problem {
  switch (refusal.reason) {
    case "mandate_faulty": {
      const errors = refusal.faults.map((fault) => ({ pointer: `/${fault.field}`, detail: mandateFaultWords(fault) }));
      return {
        code: "mandate-faulty",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail: say(errors.map(({ detail }) => detail.zh).join("；"), errors.map(({ detail }) => detail.en).join("; ")),
        article: "《业主大会和业主委员会指导规则》第三十一条、第三十二条",
        errors,
      };
    }
    case "no_committee":
      return {
        code: "mandate-no-committee",
        status: 409,
        title: say("还没有登记业主委员会", "No committee is recorded"),
        detail: say("请先在任职登记里设立业主委员会。", "Form the owners' committee under offices first."),
      };
    case "mandate_running":
      return {
        code: "mandate-running",
        status: 409,
        title: say("已经登记过本届", "A mandate is recorded already"),
        detail: say(
          `第${refusal.number}届已经登记，或任期重叠。下一届由选举产生，不在这里登记。`,
          `No. ${refusal.number} is recorded, or the terms overlap. The next one follows from an election.`,
        ),
      };
  }
}
