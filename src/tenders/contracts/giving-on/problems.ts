/** Refusals of giving work on to others as problems: what was not done, why, by which article, what now. One switch. */
import type { Problem } from "../../../platform/problem.tsx";
import { SERVICE_WORDS } from "../../words.ts";
import { at, say, shared } from "../problems.ts";
import type { GivingOnRefusal } from "./actions.ts";

const NOT_REGISTERED = say("转委托没有登记", "The subcontract was not registered");
const CC941 = "《民法典》第九百四十一条";

export function givingOnProblem(refusal: GivingOnRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
    case "unknown_contract":
    case "contract_moved":
    case "why_missing":
      return shared(refusal, NOT_REGISTERED)!;
    case "sub_empty":
      return at(
        "subcontract-empty",
        NOT_REGISTERED,
        refusal.where === "contractor" ? "contractorName" : "words",
        refusal.where === "contractor"
          ? say("请写明受托单位。", "Name the contractor.")
          : say("请写明转委托哪一部分。", "Say which portion."),
      );
    case "sub_code":
      return at(
        "subcontract-code",
        NOT_REGISTERED,
        "contractorCode",
        say(
          `统一社会信用代码是18位，这里是${refusal.length}位。`,
          `A credit code has 18 characters; this has ${refusal.length}.`,
        ),
      );
    case "sub_day":
      return at(
        "subcontract-day",
        NOT_REGISTERED,
        "fromOn",
        say("请写明起止日期。", "Give the first and the last day."),
      );
    case "sub_outside_term":
      return at(
        "subcontract-outside",
        NOT_REGISTERED,
        "toOn",
        say(
          `要在合同期限${refusal.fromOn}至${refusal.toOn}之内。`,
          `It lies within the term, ${refusal.fromOn} to ${refusal.toOn}.`,
        ),
      );
    case "sub_unknown_service":
      return at(
        "subcontract-service",
        NOT_REGISTERED,
        "service",
        say(
          `合同里没有${SERVICE_WORDS[refusal.service].zh}。`,
          `${SERVICE_WORDS[refusal.service].en} is not part of the contract.`,
        ),
      );
    case "sub_not_agreed":
      return {
        ...at(
          "subcontract-not-agreed",
          NOT_REGISTERED,
          "service",
          say(
            `合同没有约定${SERVICE_WORDS[refusal.service].zh}可以转委托。`,
            `The contract does not let ${SERVICE_WORDS[refusal.service].en} be given on.`,
          ),
        ),
        article: CC941,
      };
    case "sub_to_itself":
      return at(
        "subcontract-itself",
        NOT_REGISTERED,
        "contractorCode",
        say("受托单位就是物业服务人自己。", "The contractor is the provider itself."),
      );
    case "sub_licence_missing":
      return {
        ...at(
          "subcontract-licence",
          NOT_REGISTERED,
          "words",
          say(
            "安保、电梯、消防、技防要写明对方的许可证或资质证号。",
            "For guards, lifts, fire and technical protection give the contractor's licence.",
          ),
        ),
        article: "《保安服务管理条例》第九条",
      };
    case "all_given_on":
      return {
        ...at(
          "subcontract-all",
          NOT_REGISTERED,
          "service",
          say(
            "这样一来全部服务都转给了别人，包括一项一项地转。",
            "With this the whole would be given on, if only piece by piece.",
          ),
        ),
        article: `${CC941}第二款；《物业管理条例》第三十九条`,
        next: say("至少要有一项由物业服务人自己做。", "At least one part stays with the provider."),
      };
    case "unknown_subcontract":
      return {
        code: "subcontract-unknown",
        status: 404,
        title: NOT_REGISTERED,
        detail: say("没有这一行。", "There is no such line."),
      };
  }
}
