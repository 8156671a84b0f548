/** The settings of budgets: on whose word a year's plan comes into force. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

export const BUDGET_SETTINGS = kit({
  prefix: "budget.",
  specs: {
    approvedBy: spec({
      shape: {
        kind: "choice",
        choices: {
          owners: say("业主大会决定，主任或副主任登记", "The owners decide; the chair or a deputy enters it"),
          committee: say("业委会主任或副主任审批", "The committee's chair or a deputy approves"),
        },
      },
      value: "owners",
      title: say("年度预算由谁批准", "Who approves the budget of a year"),
      explanation: say(
        "选“业主大会决定”时，批准要写明哪一次会议的哪一项议题，并且已经公布通过。",
        "Where the owners decide, approving names the meeting and the item, which is published as carried.",
      ),
      source: say(
        "《民法典》第二百七十八条第一款第九项；议事规则可以规定由业委会批准。",
        "Civil Code art. 278(1)(9); the rules of procedure may leave it to the committee.",
      ),
      rule: "R4",
      needsClause: (value) => value === "committee",
      whenNeeded: say("由业委会批准", "the committee approves"),
    }),
  },
});
