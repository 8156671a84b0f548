/** A written authorisation to vote for an owner: what it must say, who may hold how many, and who goes first (REG 12, CC 165; V4). Pure. */
import { type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** The fields of CC 165: agent, matter, authority and term; the signature is on the scanned paper. */
export interface ProxyTerms {
  readonly agentName: string;
  /** Last four of the agent's certificate or phone, so that two of one name are told apart. */
  readonly agentLastFour: string;
  /** Item numbers the agent may vote on; empty = all of this meeting. */
  readonly itemNos: readonly number[];
  /** The principal's stated opinion, which the agent must follow (SH 18); "" = at the agent's discretion. */
  readonly instructions: string;
  readonly validUntil: Day;
  readonly signed: boolean;
  readonly agentIsProviderStaff: boolean;
}

export type ProxyRefusal =
  | { readonly reason: "proxies_not_allowed" }
  | { readonly reason: "agent_missing" }
  | { readonly reason: "last_four_unreadable" }
  | { readonly reason: "term_missing" }
  /** The authority ends before the vote does. */
  | { readonly reason: "term_too_short"; readonly closesOn: Day }
  | { readonly reason: "unsigned" }
  /** ZS 17: people of the property company may not stand for owners. */
  | { readonly reason: "agent_barred" }
  /** WF 32: one agent stands for so many owners at most. */
  | { readonly reason: "cap_reached"; readonly cap: number; readonly held: number }
  | { readonly reason: "already_voted" }
  | { readonly reason: "proxy_stands" }
  | { readonly reason: "revoked" }
  | { readonly reason: "used" };

export interface ProxyRules {
  readonly allowed: boolean;
  readonly cap: number;
}

/** Whether this authorisation may be recorded. `held` is how many others the agent already stands for in this meeting. */
export function mayRecordProxy(
  terms: ProxyTerms,
  rules: ProxyRules,
  facts: { readonly held: number; readonly hasVoted: boolean; readonly hasProxy: boolean; readonly closesOn: Day },
): Result<true, ProxyRefusal> {
  if (!rules.allowed) return err({ reason: "proxies_not_allowed" });
  if (facts.hasVoted) return err({ reason: "already_voted" });
  if (facts.hasProxy) return err({ reason: "proxy_stands" });
  if (terms.agentName.trim() === "") return err({ reason: "agent_missing" });
  if (!/^\d{3}[\dX]$/.test(terms.agentLastFour)) return err({ reason: "last_four_unreadable" });
  if (!isDay(terms.validUntil)) return err({ reason: "term_missing" });
  if (terms.validUntil < facts.closesOn) return err({ reason: "term_too_short", closesOn: facts.closesOn });
  if (!terms.signed) return err({ reason: "unsigned" });
  if (terms.agentIsProviderStaff) return err({ reason: "agent_barred" });
  if (facts.held >= rules.cap) return err({ reason: "cap_reached", cap: rules.cap, held: facts.held });
  return ok(true);
}

export interface StandingProxy {
  readonly revokedAt: number | null;
  readonly usedAt: number | null;
}

/** The principal may take it back until it has been used (CC 173). */
export const mayRevokeProxy = (proxy: StandingProxy): Result<true, ProxyRefusal> =>
  proxy.usedAt !== null ? err({ reason: "used" }) : proxy.revokedAt !== null ? err({ reason: "revoked" }) : ok(true);

/** The agent votes with an authority in force; a principal who votes in person has revoked it by that (the ballot that is first stands). */
export const mayUseProxy = (proxy: StandingProxy): Result<true, ProxyRefusal> =>
  proxy.revokedAt !== null ? err({ reason: "revoked" }) : proxy.usedAt !== null ? err({ reason: "used" }) : ok(true);
