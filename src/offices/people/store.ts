/** The SQL of office-holders as people: names and phones sealed, found by keyed hash. Decides nothing. */

import { maskName, maskPhone } from "../../community/identity/rules.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene } from "../../platform/scene.ts";
import { officePerson, officePersonPhone } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** What a person's name and phone are sealed under: neither opens in another community or for another person. */
const sealContext = (communityId: string, personId: string): string => `office-person:${communityId}:${personId}`;
const contextOf = ({ community }: Here, personId: string): string => sealContext(community.id, personId);

for (const { table, column, key } of [
  { table: "office_person", column: "name_sealed", key: ["person_id"] },
  { table: "office_person_phone", column: "phone_sealed", key: ["person_id", "version"] },
])
  registerSealed({
    table,
    column,
    key,
    contextOf: (communityId, { person_id }) => sealContext(communityId, String(person_id)),
  });

/** The keyed hash a phone (11 digits) is found by within a community. */
export const phoneHashOf = (scene: Pick<Scene, "keys" | "community">, phone: string): string =>
  scene.keys.index(phone, `office-phone:${scene.community.id}`);

const nameHashOf = (scene: Pick<Scene, "keys" | "community">, name: string): string =>
  scene.keys.index(name, `office-name:${scene.community.id}`);

/** A person with the current phone, as stored. */
export interface PersonRow {
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly nameHash: string;
  readonly phoneMasked: string;
}

const newestPhone = sql`version = (SELECT max(n.version) FROM office_person_phone n WHERE n.community_id = f.community_id AND n.person_id = f.person_id)`;

/** The person whose current phone hashes so, if any. */
export const findPersonByPhone = ({ db, community }: Here, phoneHash: string): Query<PersonRow[]> =>
  db.all(
    sql`SELECT p.person_id AS personId, p.name_sealed AS nameSealed, p.name_hash AS nameHash, f.phone_masked AS phoneMasked
        FROM office_person_phone f JOIN office_person p ON p.community_id = f.community_id AND p.person_id = f.person_id
        WHERE f.community_id = ${community.id} AND f.phone_hash = ${phoneHash} AND f.${newestPhone}`,
  );

export const findPerson = ({ db, community }: Here, personId: string): Query<PersonRow[]> =>
  db.all(
    sql`SELECT p.person_id AS personId, p.name_sealed AS nameSealed, p.name_hash AS nameHash, f.phone_masked AS phoneMasked
        FROM office_person p JOIN office_person_phone f ON f.community_id = p.community_id AND f.person_id = p.person_id
        WHERE p.community_id = ${community.id} AND p.person_id = ${personId} AND f.${newestPhone}`,
  );

export const openName = (
  scene: Pick<Scene, "db" | "community" | "keys">,
  row: Pick<PersonRow, "personId" | "nameSealed">,
) => scene.keys.open(row.nameSealed, contextOf(scene, row.personId));

/** Whether a stored person bears this name (already in the form of `personName`). */
export const isNamed = (scene: Pick<Scene, "keys" | "community">, row: PersonRow, name: string): boolean =>
  row.nameHash === nameHashOf(scene, name);

/**
 * A new person with a first phone: statements for the batch of the act that brings them in. Whoever was elected sits, also where no
 * number of theirs is known (null): they cannot sign in until one is recorded.
 */
export async function insertPerson(
  scene: Scene,
  person: { readonly name: string; readonly phone: string | null },
  recordedBy: string,
  personId = newId<PersonId>(scene.random),
): Promise<{ readonly personId: PersonId; readonly statements: readonly Query[] }> {
  const { db, community, keys, now } = scene;
  const statements: Query[] = [
    db.orm.insert(officePerson).values({
      communityId: community.id,
      personId,
      nameSealed: await keys.seal(person.name, contextOf(scene, personId)),
      nameMasked: maskName(person.name),
      nameHash: nameHashOf(scene, person.name),
      recordedBy,
      recordedAt: now,
    }),
    ...(await insertPhone(scene, personId, 1, person.phone, recordedBy)),
  ];
  return { personId, statements };
}

/**
 * The next version of a person's phone; refused by the database when the number is another person's (`phone_taken`). In an array,
 * because a builder that a promise resolves to would be run on the spot.
 */
export async function insertPhone(
  scene: Scene,
  personId: PersonId,
  version: number,
  phone: string | null,
  recordedBy: string,
): Promise<readonly Query[]> {
  const { db, community, keys, now } = scene;
  return [
    db.orm.insert(officePersonPhone).values({
      communityId: community.id,
      personId,
      version,
      phoneSealed: await keys.seal(phone ?? "", contextOf(scene, personId)),
      phoneMasked: phone === null ? "—" : maskPhone(phone),
      // Nothing that can be typed hashes to this, so that nobody signs in by a number that is not there.
      phoneHash: phone === null ? phoneHashOf(scene, `none:${personId}`) : phoneHashOf(scene, phone),
      recordedBy,
      recordedAt: now,
    }),
  ];
}

/** A person's number, opened: the newest, or an earlier version for telling the old number of a change; "" where none was known. Null for nobody. */
export async function findPhone(
  scene: Scene,
  personId: string,
  version: number | "newest" = "newest",
): Promise<{ phone: string; version: number } | null> {
  const { db, community } = scene;
  const which = version === "newest" ? sql`true` : sql`version = CAST(${version} AS INTEGER)`;
  const [rows] = await db.read(
    db.all<{ sealed: string; version: number }>(
      sql`SELECT phone_sealed AS sealed, version FROM office_person_phone
          WHERE community_id = ${community.id} AND person_id = ${personId} AND ${which} ORDER BY version DESC LIMIT 1`,
    ),
  );
  const row = rows[0];
  return row ? { phone: await scene.keys.open(row.sealed, contextOf(scene, personId)), version: row.version } : null;
}
