/** What every step of filling the demo works with: the day all others are counted from, and scenes at an hour of any day as whoever holds a post. Fills nothing itself. */
import { headsOn } from "../community/browse/actions.ts";
import { maskName } from "../community/identity/rules.ts";
import type { UnitPlace, Voter } from "../community/rules.ts";
import { addDays, type Day, dayOf, type Instant, startOf } from "../kernel/day.ts";
import type { PersonId } from "../kernel/id.ts";
import type { Result } from "../kernel/result.ts";
import { isPostKind, type PostKind, permissionsOf } from "../offices/rules.ts";
import { type Holder, holdersAsOf } from "../offices/terms/actions.ts";
import type { OwnerActor } from "../platform/access.ts";
import { findCommunity, openCommunity } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import { type Scene, type StaffScene, systemRandom } from "../platform/scene.ts";
import { keysOf } from "../platform/secrets.ts";
import type { DemoRow } from "./roll.ts";

export const HOUR_MS = 3_600_000;
export const DEMO_SLUG = "jingui";
export const GINKGO_SLUG = "yinxing";

/** What a step is given: today when the seeding began, so that all days hang together, and what earlier steps noted. */
export interface Seeding {
  readonly env: Env;
  readonly origin: string;
  readonly today: Day;
  /** What each step noted, by its key. */
  readonly notes: ReadonlyMap<string, string>;
}

export interface Step {
  /** What other steps and the list of roles know it by. */
  readonly key: string;
  readonly name: string;
  /** Returns what later steps need to know; told again for the same step after a crash, it finds its work done. */
  readonly run: (seeding: Seeding) => Promise<string>;
}

/** What an earlier step noted. */
export function noteOf({ notes }: Pick<Seeding, "notes">, key: string): string {
  const note = notes.get(key);
  if (note === undefined) throw new Error(`demo: nothing noted of ${key} yet`);
  return note;
}

/** A day counted from today, and an hour of it. */
export const dayAt = ({ today }: Seeding, day: number): Day => addDays(today, day);
export const at = (seeding: Seeding, day: number, hour: number): Instant =>
  startOf(dayAt(seeding, day)) + hour * HOUR_MS;

export function must<T>(result: Result<T, unknown>, what: string): T {
  if (!result.ok) throw new Error(`demo: ${what}: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The first of a list that a step cannot do without. */
export function the<T>(found: T | null | undefined, what: string): T {
  if (found === null || found === undefined) throw new Error(`demo: there is no ${what}`);
  return found;
}

export async function sceneAt(seeding: Pick<Seeding, "env" | "origin">, slug: string, now: Instant): Promise<Scene> {
  const { env, origin } = seeding;
  const community = the(await findCommunity(env, slug), `community ${slug} yet`);
  const db = openCommunity(env, community, "primary");
  return { env, db, community, now, random: systemRandom, keys: keysOf(env), origin };
}

/** Everybody's posts at an instant; somebody may have left on the morning of the same day. */
const holdersAt = async (scene: Scene): Promise<Holder[]> =>
  (await holdersAsOf(scene, dayOf(scene.now))).filter(
    ({ fromAt, untilAt }) => fromAt <= scene.now && (untilAt === null || scene.now < untilAt),
  );

function acting(scene: Scene, { personId, name }: Holder, holders: readonly Holder[]): StaffScene {
  const own = holders.filter((one) => one.personId === personId);
  const permissions = permissionsOf(own.map(({ postKind }) => postKind));
  const posts = own.map(({ postKind, title, body }) => ({ kind: postKind, title: title.zh, body: body.zh }));
  return { ...scene, actor: { personId, sessionId: "demo", name, posts, permissions } };
}

/** The scene of whoever holds the post, at an instant; the second holder where `nth` is 1. */
export async function as(scene: Scene, post: PostKind, nth = 0): Promise<StaffScene> {
  const holders = await holdersAt(scene);
  const holder = holders.filter(({ postKind }) => postKind === post)[nth];
  return acting(scene, the(holder, `${post} on ${dayOf(scene.now)}`), holders);
}

/** The scene of a person by name, with every post of theirs. */
export async function asNamed(scene: Scene, name: string): Promise<StaffScene> {
  const holders = await holdersAt(scene);
  const holder = holders.find((one) => one.name === name);
  return acting(scene, the(holder, `${name} in office on ${dayOf(scene.now)}`), holders);
}

/** The same by id, for a person a rule has picked. */
export async function asPerson(scene: Scene, personId: PersonId): Promise<StaffScene> {
  const holders = await holdersAt(scene);
  const holder = holders.find((one) => one.personId === personId && isPostKind(one.postKind));
  return acting(scene, the(holder, `person ${personId} in office`), holders);
}

export const placeOf = ({ building, entrance, room }: UnitPlace): string => [building, entrance, room].join("/");
/** As one writes it on a sheet of signatures. */
export const homeOf = ({ building, entrance, room }: UnitPlace): string => `${building} ${entrance} ${room}`;

/** The head of a row of the spreadsheet, on the roll of that day. */
export function headOf(heads: readonly Voter[], row: UnitPlace): Voter {
  const head = heads.find(({ units }) => units.some((unit) => placeOf(unit) === placeOf(row)));
  return the(head, `head of ${placeOf(row)}`);
}

/** The first owner of a row of the spreadsheet as their own session knows them. */
export async function ownerOf(scene: Scene, row: DemoRow, heads?: readonly Voter[]): Promise<OwnerActor> {
  const known = heads ?? (await headsOn(scene, dayOf(scene.now))).heads;
  const partyId = the(headOf(known, row).owners[0], `owner of ${placeOf(row)}`);
  return { partyId, guardianId: null, sessionId: "demo", name: row.owner, masked: maskName(row.owner) };
}

/** A scanned sheet of paper, as small as an image can be. */
export const scan = (name: string): { readonly name: string; readonly bytes: Uint8Array } => ({
  name,
  bytes: new TextEncoder().encode(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  ),
});
