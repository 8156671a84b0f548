/** The made-up companies that bid in the demo, and what they ask. Nobody real; the codes check. */
import { creditCodeCheck, orgCodeCheck } from "../../kernel/uscc.ts";
import type { TypedRegistration } from "../../tenders/bidders/rules.ts";
import { DECLARATIONS } from "../../tenders/bidders/rules.ts";

export interface DemoCompany {
  readonly name: string;
  readonly representative: string;
  readonly contact: string;
  readonly phone: string;
}

export const COMPANIES: readonly DemoCompany[] = [
  { name: "璧城洁美保洁服务有限公司", representative: "钱满仓", contact: "周小妹", phone: "19800000101" },
  { name: "渝西绿源园林养护有限公司", representative: "石广田", contact: "蒋丽", phone: "19800000102" },
  { name: "秀湖物业服务有限公司", representative: "段世荣", contact: "廖芸", phone: "19800000103" },
  { name: "金剑山保安服务有限公司", representative: "雷振邦", contact: "万志", phone: "19800000104" },
  { name: "青杠卫士保安服务有限公司", representative: "武长江", contact: "易敏", phone: "19800000105" },
  { name: "来凤安泰保安服务有限公司", representative: "秦守义", contact: "安红", phone: "19800000106" },
];

/** A credit code of the nth company: the checks hold, the organisation does not exist. */
export function codeOf(nth: number): string {
  const organisation = String(90_000_000 + nth);
  const seventeen = `91500227${organisation}${orgCodeCheck(organisation)}`;
  return seventeen + creditCodeCheck(seventeen);
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** An identity number that checks: of nobody, born on New Year's Day of 1975. */
function idOf(nth: number): string {
  const seventeen = `50022719750101${String(900 + nth).padStart(3, "0")}`;
  const sum = ID_WEIGHTS.reduce((held, weight, at) => held + weight * Number(seventeen[at]), 0);
  return seventeen + "10X98765432"[sum % 11];
}

export const registrationOf = (nth: number, lots: readonly number[]): TypedRegistration => {
  const { name, representative, contact } = COMPANIES[nth]!;
  return {
    name,
    code: codeOf(nth),
    representativeName: representative,
    representativeNumber: idOf(nth),
    controller: "same",
    controllerName: "",
    controllerNumber: "",
    contactName: contact,
    lots: lots.map(String),
    incumbent: "no",
    declarations: [...DECLARATIONS],
  };
};
