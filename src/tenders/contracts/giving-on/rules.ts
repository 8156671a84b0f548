/** What a provider gives on to others: parts as agreed, never the whole, not even piece by piece (D16; CC 941, REG 39). Pure. */
import { type Day, isDay } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { PROFESSIONAL, type Service } from "../../scheme/rules.ts";
import type { ContractTerms } from "../rules.ts";

export const EXTENTS = ["whole", "portion"] as const;
export type Extent = (typeof EXTENTS)[number];

export interface Subcontract {
  readonly service: Service;
  /** The service altogether, or a portion of it that `words` names, such as 外墙清洗. */
  readonly extent: Extent;
  readonly words: string;
  readonly contractorName: string;
  readonly contractorCode: string;
  readonly fromOn: string;
  readonly toOn: string;
}

export type SubcontractRefusal =
  | { readonly reason: "sub_empty"; readonly where: "contractor" | "words" }
  | { readonly reason: "sub_code"; readonly length: number }
  | { readonly reason: "sub_day" }
  | { readonly reason: "sub_outside_term"; readonly fromOn: Day; readonly toOn: Day }
  | { readonly reason: "sub_unknown_service"; readonly service: Service }
  | { readonly reason: "sub_not_agreed"; readonly service: Service }
  | { readonly reason: "sub_to_itself" }
  /** Guards, lifts, fire and technical protection: by whom and by which licence (T15, T16). */
  | { readonly reason: "sub_licence_missing"; readonly service: Service }
  /** Nothing would be left that the provider does itself (CC 941 II; REG 39). */
  | { readonly reason: "all_given_on" };

const overlap = (a: Pick<Subcontract, "fromOn" | "toOn">, b: Pick<Subcontract, "fromOn" | "toOn">): boolean =>
  a.fromOn <= b.toOn && b.fromOn <= a.toOn;

/**
 * Whether a part may be given on: agreed on, within the term, and not the last that the provider does itself on any day. Parts given
 * on at the same time are counted together, so that nothing is handed away piece by piece (CC 941 II).
 */
export function mayGiveOn(
  terms: Pick<ContractTerms, "parts" | "subcontractable" | "provider" | "fromOn" | "toOn">,
  live: readonly Subcontract[],
  asked: Subcontract,
): Result<true, SubcontractRefusal> {
  const { service } = asked;
  if (asked.contractorName.trim() === "") return err({ reason: "sub_empty", where: "contractor" });
  if (asked.contractorCode.length !== 18) return err({ reason: "sub_code", length: asked.contractorCode.length });
  if (asked.contractorCode === terms.provider.code) return err({ reason: "sub_to_itself" });
  if (!isDay(asked.fromOn) || !isDay(asked.toOn) || asked.toOn < asked.fromOn) return err({ reason: "sub_day" });
  if (asked.fromOn < terms.fromOn || asked.toOn > terms.toOn)
    return err({ reason: "sub_outside_term", fromOn: terms.fromOn, toOn: terms.toOn });
  if (!terms.parts.includes(service)) return err({ reason: "sub_unknown_service", service });
  if (asked.extent === "whole" && givenOnBeside(terms.parts, live, asked)) return err({ reason: "all_given_on" });
  if (!terms.subcontractable.includes(service)) return err({ reason: "sub_not_agreed", service });
  if (asked.words.trim() === "") {
    if (service === "security" || PROFESSIONAL.includes(service))
      return err({ reason: "sub_licence_missing", service });
    if (asked.extent === "portion") return err({ reason: "sub_empty", where: "words" });
  }
  return ok(true);
}

/** Whether, on some day of the asked one, all other parts are given on as a whole too. The state changes only where one begins. */
function givenOnBeside(parts: readonly Service[], live: readonly Subcontract[], asked: Subcontract): boolean {
  const beside = live.filter((one) => one.extent === "whole" && overlap(one, asked));
  const days = [
    asked.fromOn,
    ...beside.map(({ fromOn }) => fromOn).filter((day) => day > asked.fromOn && day <= asked.toOn),
  ];
  return days.some((day) => {
    const given = new Set([
      asked.service,
      ...beside.filter(({ fromOn, toOn }) => fromOn <= day && day <= toOn).map(({ service }) => service),
    ]);
    return parts.every((part) => given.has(part));
  });
}
