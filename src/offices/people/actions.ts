/** A person's number for signing in, and its change. No HTTP. */

import { readMobile } from "../../community/identity/rules.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { endSessionsOf } from "../signin/store.ts";
import { listTenuresFrom } from "../terms/store.ts";
import { findPhone, insertPhone } from "./store.ts";

export type PhoneRefusal =
  | { readonly reason: "unknown_person" }
  | { readonly reason: "phone_unreadable" }
  | { readonly reason: "phone_of_another" }
  | { readonly reason: "phone_changed_meanwhile" };

/**
 * Gives a person a new number to sign in with and signs them out everywhere: whoever holds the old phone is out. The old
 * number is told and the record says for which tenures, because who can receive the code can act.
 */
export async function changePhone(
  scene: StaffScene,
  personId: PersonId,
  typed: string,
): Promise<Result<null, PhoneRefusal>> {
  const phone = readMobile(typed);
  if (!phone) return err({ reason: "phone_unreadable" });
  const current = await findPhone(scene, personId);
  if (!current) return err({ reason: "unknown_person" });
  if (current.phone === phone) return ok(null); // a repeat, or nothing to do
  const [running] = await scene.db.read(listTenuresFrom(scene, scene.now));
  const tenures = running.filter((row) => row.personId === personId).map(({ tenureId }) => tenureId);
  const by = scene.actor.personId;
  const version = current.version + 1;
  const written = await scene.db.write([
    ...(await insertPhone(scene, personId, version, phone, by)),
    endSessionsOf(scene, personId, by, "phone_changed"),
    appendLeaf(scene, "office.number_changed", { tenures }, personId).statement,
    queueMessage(scene, {
      kind: "office.number-changed",
      to: personId,
      params: { version: current.version },
      dedupeKey: `office.number-changed:${personId}:${version}`,
    }),
  ]);
  if (written.ok) return ok(null);
  switch (written.error.code) {
    case "phone_taken":
      return err({ reason: "phone_of_another" });
    case "phone_changed_meanwhile":
      return err({ reason: "phone_changed_meanwhile" });
    default:
      throw new Error(`change of a number refused: ${written.error.code}`);
  }
}
