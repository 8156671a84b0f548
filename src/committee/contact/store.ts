/** The SQL of the office's contact: a setting whose versions only grow. Decides nothing. */
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type Contact, NO_CONTACT } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export const CONTACT_KEY = "committee_office.contact";

export interface ContactRow {
  readonly version: number;
  /** JSON of Contact. */
  readonly value: string;
}

/** The newest version: one row, or none where nothing was ever set. */
export const findContact = ({ db, community }: Here): Query<ContactRow[]> =>
  db.all(
    sql`SELECT version, value FROM setting WHERE community_id = ${community.id} AND key = ${CONTACT_KEY} ORDER BY version DESC LIMIT 1`,
  );

export const contactOf = (rows: readonly ContactRow[]): Contact =>
  rows[0] ? (JSON.parse(rows[0].value) as Contact) : NO_CONTACT;
