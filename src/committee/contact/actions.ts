/** Saying how the office is reached: load, ask the rules, write with the leaf. No HTTP. */
import { readMobile } from "../../community/identity/rules.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { findPersonByPhone, phoneHashOf } from "../../offices/people/store.ts";
import { insertSetting } from "../../offices/settings/store.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Contact, type ContactFault, readContact } from "./rules.ts";
import { CONTACT_KEY, contactOf, findContact } from "./store.ts";

export type ContactRefusal =
  | { readonly reason: "contact_faulty"; readonly faults: readonly ContactFault[] }
  /** It is the number an officer signs in with. */
  | { readonly reason: "phone_of_an_officer" }
  | { readonly reason: "contact_changed_meanwhile" };

/** Saves a new version; the same again writes nothing. A number that an officer signs in with is refused: a public page is no place for it. */
export async function saveContact(scene: StaffScene, asked: Contact): Promise<Result<true, ContactRefusal>> {
  const { db, actor, now } = scene;
  const read = readContact(asked);
  if (!read.ok) return err({ reason: "contact_faulty", faults: read.error });
  const mobile = readMobile(read.value.phone);
  const [rows, officers] = await db.read(
    findContact(scene),
    findPersonByPhone(scene, phoneHashOf(scene, mobile ?? "")),
  );
  if (mobile !== null && officers.length > 0) return err({ reason: "phone_of_an_officer" });
  const before = contactOf(rows);
  const contact = read.value;
  if (before.phone === contact.phone && before.place === contact.place && before.hours === contact.hours)
    return ok(true);
  const version = (rows[0]?.version ?? 0) + 1;
  const leaf = appendLeaf(scene, "settings.changed", {
    by: actor.personId,
    changes: [{ setting: CONTACT_KEY, version, from: { ...before }, to: { ...contact } }],
  });
  const written = await db.write([
    insertSetting(scene, { key: CONTACT_KEY, version, value: contact, clause: "", setBy: actor.personId, setAt: now }),
    leaf.statement,
  ]);
  return written.ok ? ok(true) : err({ reason: "contact_changed_meanwhile" });
}
