/** Recording what the owners authorised the committee to decide, and that an authorisation ended: load, ask the rules, write with the leaf (A13). No HTTP. */
import type { Outcome } from "../../assembly/rules.ts";
import { dayOf, isDay } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import {
  type Authorisation,
  type AuthorisationAsked,
  type AuthorisationRefusal,
  lastDayOf,
  mayAuthorise,
} from "./rules.ts";
import {
  type AuthorisationRow,
  findAuthorisation,
  findDecidedItem,
  insertAuthorisation,
  insertAuthorisationEnd,
} from "./store.ts";

/** A stored authorisation as the rules ask: whether the decision it rests on still is one. */
export const authorisationOf = (row: AuthorisationRow): Authorisation => ({
  authorisationId: row.authorisationId,
  matter: row.matter,
  fromOn: row.fromOn,
  lastOn: row.lastOn,
  endedOn: row.endedOn,
  stands: row.meetingState !== "annulled" && row.outcome === "carried",
});

export type AuthoriseRefusal = AuthorisationRefusal | KeyReused;

/** Records an authorisation that rests on a published, carried decision of the owners. */
export async function recordAuthorisation(
  scene: StaffScene,
  asked: AuthorisationAsked & { readonly meetingId: string; readonly itemNo: number },
  once: string,
): Promise<Result<{ readonly authorisationId: string }, AuthoriseRefusal>> {
  const { db, actor, now } = scene;
  const [items] = await db.read(findDecidedItem(scene, asked.meetingId, asked.itemNo));
  const item = items[0];
  const decision = item
    ? {
        matter: item.matter,
        outcome: item.outcome as Outcome,
        annulled: item.state === "annulled",
        decidedOn: dayOf(item.publishedAt),
      }
    : null;
  const may = mayAuthorise(decision, asked);
  if (!may.ok) return may;
  const authorisationId = newId<string>(scene.random);
  const scope = asked.scope.trim();
  const leaf = appendLeaf(
    scene,
    "committee.authorised",
    {
      authorisation: authorisationId,
      meeting: asked.meetingId,
      item: asked.itemNo,
      matter: decision?.matter ?? 0,
      scope,
      from: asked.fromOn,
      until: asked.lastOn,
      by: authorOf(scene).words,
    },
    authorisationId,
  );
  const insert = insertAuthorisation(scene, {
    authorisationId,
    meetingId: asked.meetingId,
    itemNo: asked.itemNo,
    matter: decision!.matter,
    scope,
    fromOn: asked.fromOn,
    lastOn: asked.lastOn,
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const key = { key: once, body: JSON.stringify({ ...asked, scope }) };
  const written = await writeOnce(scene, key, [insert, leaf.statement], { authorisationId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`an authorisation was refused by ${written.error.code}`);
}

export type EndAuthorisationRefusal =
  | { readonly reason: "authorisation_unknown" }
  | { readonly reason: "authorisation_ended" }
  | { readonly reason: "not_a_day"; readonly field: "endedOn" }
  | { readonly reason: "ends_before_start" }
  | { readonly reason: "why_missing" };

/** Ends an authorisation before its time: used up, or taken back by the owners. `endedOn` is the first day without it. */
export async function endAuthorisation(
  scene: StaffScene,
  authorisationId: string,
  asked: { readonly endedOn: string; readonly why: string },
): Promise<Result<true, EndAuthorisationRefusal>> {
  const { db, actor, now } = scene;
  const [rows] = await db.read(findAuthorisation(scene, authorisationId));
  const row = rows[0];
  if (!row) return err({ reason: "authorisation_unknown" });
  if (row.endedOn !== null) return err({ reason: "authorisation_ended" });
  if (!isDay(asked.endedOn)) return err({ reason: "not_a_day", field: "endedOn" });
  if (asked.endedOn < row.fromOn) return err({ reason: "ends_before_start" });
  const why = asked.why.trim();
  if (why === "") return err({ reason: "why_missing" });
  const leaf = appendLeaf(
    scene,
    "committee.authorisation_ended",
    { authorisation: authorisationId, from: asked.endedOn, why, by: authorOf(scene).words },
    authorisationId,
  );
  const insert = insertAuthorisationEnd(scene, {
    authorisationId,
    endedOn: asked.endedOn,
    why,
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const written = await db.write([insert, leaf.statement]);
  if (written.ok) return ok(true);
  if (written.error.code === "authorisation_ended" || written.error.code === "unique:committee_authorisation_end")
    return err({ reason: "authorisation_ended" });
  throw new Error(`the end of an authorisation was refused by ${written.error.code}`);
}

/** Where an authorisation stands on a day, for a page. */
export type AuthorisationState = "holds" | "to_come" | "over" | "fallen";
export function authorisationState(row: AuthorisationRow, on: string): AuthorisationState {
  const one = authorisationOf(row);
  if (!one.stands) return "fallen";
  if (on < one.fromOn) return "to_come";
  return on <= lastDayOf(one) ? "holds" : "over";
}
