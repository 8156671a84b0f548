/** How a contract changes, is extended, runs out and ends: what the owners decide, days of notice, who carries on (CC 946-950; TB 46; D17, D18). Pure. */
import { addDays, addMonths, type Day, daysBetween, isDay } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { canonicalJson, type Json } from "../../../record/canonical.ts";
import { type ContractTerms, NOTICE_DAYS } from "../rules.ts";

/** Choosing and dismissing who serves the estate is decided by the owners (CC 278 I 4). */
export const SERVICE_MATTER = 4;

// ——— The owners' decision behind an act ———

/** A decision as the assembly tells it; null where there is no such meeting. */
export interface ServiceDecision {
  readonly meetingId: string;
  readonly state: string;
  readonly matter: number | null;
  readonly outcome: string | null;
}
export type DecisionRefusal =
  | { readonly reason: "decision_needed" }
  | { readonly reason: "decision_unknown" }
  | { readonly reason: "decision_not_published" }
  | { readonly reason: "decision_of_another_matter"; readonly matter: number }
  | { readonly reason: "decision_lost" };

/** Whether the owners decided it: published, of matter 4, carried, and not annulled since (CC 278). */
export function restsOnServiceDecision(facts: ServiceDecision | null): Result<"carried", DecisionRefusal> {
  if (!facts || facts.matter === null) return err({ reason: "decision_unknown" });
  if ((facts.state !== "published" && facts.state !== "final") || facts.outcome === null)
    return err({ reason: "decision_not_published" });
  if (facts.matter !== SERVICE_MATTER) return err({ reason: "decision_of_another_matter", matter: facts.matter });
  return facts.outcome === "carried" ? ok("carried") : err({ reason: "decision_lost" });
}

// ——— Changes and extensions ———

export interface ChangeLimits {
  /** How far the price of a day may move without the owners, in per cent of the first edition's. */
  readonly pricePercent: number;
  /** By how many months the term may be extended without the owners, counted from the first edition's end. */
  readonly extensionMonths: number;
}
/** Why a change is the owners' to decide. */
export type Beyond = "price" | "term" | "lots" | "shorter";
export type ChangeRefusal =
  /** Another provider is another contract. */
  | { readonly reason: "provider_changed" }
  | { readonly reason: "start_changed" }
  | { readonly reason: "nothing_changed" };

/** One text for one content, whatever the order of its keys: an edition is read from storage, the next from a form. */
const written = (value: unknown): string => canonicalJson(value as Json);
const daysOf = ({ fromOn, toOn }: Pick<ContractTerms, "fromOn" | "toOn">): bigint =>
  BigInt(daysBetween(fromOn, toOn) + 1);

/** Whether the price of a day differs from the first edition's by more than the limit: compared by cross-multiplication. */
export function isPriceBeyond(first: ContractTerms, next: ContractTerms, percent: number): boolean {
  const [was, is] = [BigInt(first.priceFen) * daysOf(next), BigInt(next.priceFen) * daysOf(first)];
  const moved = is > was ? is - was : was - is;
  return moved * 100n > was * BigInt(percent);
}

const lotNos = ({ lots }: ContractTerms): string =>
  JSON.stringify(lots.map(({ lotNo, service, scope }) => [lotNo, service, scope]));

/**
 * What a change needs: nothing but two officers, or an owners' decision of matter 4 where it goes beyond the limits. Limits are
 * counted from the first edition, so that many small steps are one large one. The provider never changes within a contract.
 */
export function changeNeeds(
  first: ContractTerms,
  inForce: ContractTerms,
  next: ContractTerms,
  limits: ChangeLimits,
): Result<readonly Beyond[], ChangeRefusal> {
  if (next.provider.code !== first.provider.code) return err({ reason: "provider_changed" });
  if (next.fromOn !== first.fromOn) return err({ reason: "start_changed" });
  if (written(next) === written(inForce)) return err({ reason: "nothing_changed" });
  const beyond: Beyond[] = [];
  if (isPriceBeyond(first, next, limits.pricePercent)) beyond.push("price");
  if (next.toOn > addMonths(first.toOn, limits.extensionMonths) && next.toOn > inForce.toOn) beyond.push("term");
  // A shorter term is a dismissal by another name.
  if (next.toOn < inForce.toOn) beyond.push("shorter");
  if (lotNos(next) !== lotNos(inForce)) beyond.push("lots");
  return ok(beyond);
}

/** What differs between two editions, by field, as it stands in each. */
export interface Difference {
  readonly field: keyof ContractTerms;
  readonly before: unknown;
  readonly after: unknown;
}
export const differences = (before: ContractTerms, after: ContractTerms): Difference[] =>
  (Object.keys(after) as (keyof ContractTerms)[])
    .filter((field) => written(before[field]) !== written(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));

// ——— Running out ———

export interface Alarms {
  /** Days before the last day, the earliest first, such as 180, 90, 60. */
  readonly days: readonly [number, number, number];
}
/** The days on which it is told that a contract runs out (D17). */
export const alarmDays = (toOn: Day, { days }: Alarms): readonly Day[] => days.map((count) => addDays(toOn, -count));
/** The last alarm whose day has come, in days before the end; null before the first and after the end. */
export const alarmNow = (toOn: Day, { days }: Alarms, today: Day): number | null =>
  today > toOn ? null : (days.findLast((count) => today >= addDays(toOn, -count)) ?? null);

export interface Term {
  readonly state: "drafted" | "signed" | "refused" | "withdrawn";
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly endsOn: Day | null;
  readonly takenOverOn: Day | null;
}
/**
 * Where a contract stands on a day. `open_ended`: the term is over, nobody decided and the provider serves on (不定期, CC 948).
 * `interim`: it ended and nobody took over yet; the old provider carries on and may charge for it (CC 950).
 */
export type Standing =
  | "drafted"
  | "dropped"
  | "ahead"
  | "running"
  | "expiring"
  | "ending"
  | "open_ended"
  | "interim"
  | "over";
export function standingOf({ state, fromOn, toOn, endsOn, takenOverOn }: Term, today: Day, alarms: Alarms): Standing {
  if (state === "drafted") return "drafted";
  if (state !== "signed") return "dropped";
  if (takenOverOn !== null && today >= takenOverOn) return "over";
  if (endsOn !== null) return today > endsOn ? "interim" : "ending";
  if (today < fromOn) return "ahead";
  if (today > toOn) return "open_ended";
  return alarmNow(toOn, alarms, today) === null ? "running" : "expiring";
}
/** Days for which the old provider has carried on; nought where it did not. */
export const interimDays = ({ endsOn, takenOverOn }: Pick<Term, "endsOn" | "takenOverOn">, today: Day): number =>
  endsOn === null
    ? 0
    : Math.max(daysBetween(endsOn, takenOverOn !== null && takenOverOn < today ? takenOverOn : today), 0);

// ——— Ending ———

export const ENDING_KINDS = ["dismissed", "not_renewing", "open_ended", "agreed", "expired"] as const;
export type EndingKind = (typeof ENDING_KINDS)[number];
export type BySide = "owners" | "provider" | "both";

/** Days a provider that will not renew says so before the term ends (CC 947 II). */
export const NOT_RENEWING_DAYS = 90;

export interface EndingAsked {
  readonly kind: EndingKind;
  readonly bySide: BySide;
  /** The day on which the written notice reached the other side. */
  readonly noticedOn: string;
  /** The last day of the contract. */
  readonly endsOn: string;
  readonly why: string;
}
export type EndingRefusal =
  | { readonly reason: "ending_day"; readonly where: "noticedOn" | "endsOn" }
  | { readonly reason: "notice_ahead"; readonly today: Day }
  | { readonly reason: "ending_why" }
  | { readonly reason: "wrong_side"; readonly kind: EndingKind }
  /** So many days lie between the notice and the end; so many are needed, the first day not counted (CC 201). */
  | {
      readonly reason: "notice_short";
      readonly days: number;
      readonly least: number;
      readonly firstEnd: Day;
      readonly kind: EndingKind;
    }
  | { readonly reason: "not_at_term_end"; readonly toOn: Day }
  | { readonly reason: "after_term_end"; readonly toOn: Day }
  | { readonly reason: "not_open_ended"; readonly toOn: Day };

/** Days of notice an ending takes; null where both sides agreed or the term simply ran out. */
export function noticeNeeded(kind: EndingKind, terms: Pick<ContractTerms, "noticeDays">): number | null {
  if (kind === "dismissed") return terms.noticeDays;
  if (kind === "not_renewing") return NOT_RENEWING_DAYS;
  return kind === "open_ended" ? NOTICE_DAYS : null;
}
/** Whether the owners have to have decided it: whenever it is their side that ends it (CC 278 I 4, 946). */
export const endingNeedsDecision = ({ kind, bySide }: Pick<EndingAsked, "kind" | "bySide">): boolean =>
  bySide !== "provider" || kind === "expired";

/** Whether a contract may be ended so. `terms` are those in force. */
export function mayEnd(asked: EndingAsked, terms: ContractTerms, today: Day): Result<true, EndingRefusal> {
  const { kind, bySide, noticedOn, endsOn } = asked;
  const { toOn } = terms;
  if (!isDay(noticedOn)) return err({ reason: "ending_day", where: "noticedOn" });
  if (!isDay(endsOn) || endsOn < terms.fromOn) return err({ reason: "ending_day", where: "endsOn" });
  if (noticedOn > today) return err({ reason: "notice_ahead", today });
  if (asked.why.trim() === "") return err({ reason: "ending_why" });
  const sides: Record<EndingKind, readonly BySide[]> = {
    dismissed: ["owners"],
    not_renewing: ["provider"],
    open_ended: ["owners", "provider"],
    agreed: ["both"],
    expired: ["owners"],
  };
  if (!sides[kind].includes(bySide)) return err({ reason: "wrong_side", kind });
  if (kind === "open_ended" && (today <= toOn || noticedOn <= toOn)) return err({ reason: "not_open_ended", toOn });
  if (kind === "dismissed" && endsOn > toOn) return err({ reason: "after_term_end", toOn });
  if ((kind === "not_renewing" || kind === "expired") && endsOn !== toOn)
    return err({ reason: "not_at_term_end", toOn });
  // Owners who decided on another before the term was over let it end with the term (CC 947, 948).
  if (kind === "expired" && noticedOn > toOn) return err({ reason: "after_term_end", toOn });
  const least = noticeNeeded(kind, terms);
  const days = daysBetween(noticedOn, endsOn);
  if (least !== null && days < least)
    return err({ reason: "notice_short", days, least, firstEnd: addDays(noticedOn, least), kind });
  return ok(true);
}
