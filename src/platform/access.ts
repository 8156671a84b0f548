/** Who asks, and the gate in front of a route. Which office may do what stands in offices/rules.ts; here are only the verbs. */
import { createMiddleware } from "hono/factory";
import type { PartyId, PersonId } from "../kernel/id.ts";
import type { AppEnv } from "./context.ts";

/** What a person can be allowed to do. The table that grants them is offices/rules.ts and is shown at /c/:slug/permissions. */
export type Permission =
  | "roll.read"
  | "roll.write"
  | "roll.reveal"
  | "meeting.read"
  | "meeting.draft"
  | "meeting.approve"
  | "meeting.deliver"
  | "paper.enter"
  | "paper.confirm"
  | "proxy.record"
  | "meeting.count"
  | "result.publish"
  | "objection.answer"
  | "meeting.annul"
  | "offices.manage"
  | "settings.manage"
  | "outbox.read"
  | "audit.read"
  | "duty.manage"
  | "duty.report"
  | "ledger.read"
  | "ledger.draft"
  | "ledger.review"
  | "ledger.approve"
  | "ledger.close"
  | "ledger.manage"
  | "fund.confirm"
  | "audit.engage"
  | "audit.work"
  | "audit.respond"
  | "election.call"
  | "election.prepare"
  | "election.decide"
  | "election.appeal"
  | "committee.call"
  | "committee.record"
  | "committee.sign"
  | "committee.publish"
  | "overlap.manage"
  | "overlap.waive"
  | "overlap.consent"
  | "tender.read"
  | "tender.draft"
  | "tender.decide"
  | "tender.witness"
  | "tender.inspect";

/** A signed-in person and the offices they hold today. */
export interface Actor {
  readonly personId: PersonId;
  readonly sessionId: string;
  readonly name: string;
  readonly posts: readonly { readonly kind: string; readonly title: string; readonly body: string }[];
  readonly permissions: ReadonlySet<Permission>;
}

/** A signed-in owner, who acts for themselves (or, as guardian, for their ward: C4). Not an office-holder; the two sign in apart. */
export interface OwnerActor {
  readonly partyId: PartyId;
  /** In clear: for what the owner themselves signs. Pages show `masked`. */
  readonly name: string;
  readonly masked: string;
  readonly sessionId: string;
  /** The guardian who is signed in for this owner; null where the owner is. */
  readonly guardianId: PartyId | null;
  /** Whether the same session may act for others too: several share a number, or are somebody's wards. */
  readonly isOneOfSeveral?: boolean;
}

/**
 * Lets a request through when its actor holds one of the permissions today. A stranger is sent to sign in; someone of
 * this or another community without the permission sees what anyone sees at an address that does not exist.
 */
export const requires = (...anyOf: readonly [Permission, ...Permission[]]) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const actor = await c.var.findActor();
    if (!actor) {
      const { slug } = c.var.scene.community;
      if (c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html"))
        return c.redirect(`/c/${slug}/sign-in?next=${encodeURIComponent(new URL(c.req.url).pathname)}`, 303);
      return c.notFound();
    }
    if (!anyOf.some((permission) => actor.permissions.has(permission))) return c.notFound();
    c.set("actor", actor);
    return next();
  });

/** Any office-holder of this community, whatever their post: the desk. */
export const requiresOffice = createMiddleware<AppEnv>(async (c, next) => {
  const actor = await c.var.findActor();
  if (!actor) return c.redirect(`/c/${c.var.scene.community.slug}/sign-in`, 303);
  c.set("actor", actor);
  return next();
});
