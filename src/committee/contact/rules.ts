/** How owners reach the committee: by the office, never by a member's own number. Pure. */
import { err, ok, type Result } from "../../kernel/result.ts";

export interface Contact {
  /** Of the office; "" where there is none. */
  readonly phone: string;
  readonly place: string;
  readonly hours: string;
}
export const NO_CONTACT: Contact = { phone: "", place: "", hours: "" };
export const LONGEST_LINE = 100;

export type ContactField = keyof Contact;
export type ContactFault =
  | { readonly reason: "phone_unreadable"; readonly field: "phone" }
  | { readonly reason: "line_too_long"; readonly field: ContactField; readonly most: number };

/** Reads what was typed: a telephone number of any kind, a place, hours. Whether the number is somebody's own is asked of the roll of officers. */
export function readContact(asked: Contact): Result<Contact, readonly ContactFault[]> {
  const plain = (text: string): string => text.normalize("NFKC").replace(/\s+/g, " ").trim();
  const contact = { phone: plain(asked.phone), place: asked.place.trim(), hours: asked.hours.trim() };
  const faults: ContactFault[] = [];
  if (contact.phone !== "" && !/^\+?\(?\d[\d\- ()]{3,24}$/.test(contact.phone))
    faults.push({ reason: "phone_unreadable", field: "phone" });
  for (const field of ["phone", "place", "hours"] as const)
    if (contact[field].length > LONGEST_LINE) faults.push({ reason: "line_too_long", field, most: LONGEST_LINE });
  return faults.length > 0 ? err(faults) : ok(contact);
}
