/** All that the public may read of one meeting, in one round trip. Never a draft, never a choice before its count is published. */
import type { MeetingId } from "../../kernel/id.ts";
import type { Weight } from "../../kernel/weight.ts";
import type { Scene } from "../../platform/scene.ts";
import { type CountResultRow, listPublishedResults, listPublishedRuns } from "../counting/store.ts";
import { type Run, readRuns } from "../counting/stored.ts";
import { readNumber } from "../meeting/addresses.ts";
import { type MeetingEvent, readEvent } from "../meeting/events.ts";
import { type FrozenItem, factsOf, type Manifest, readItem, readManifest } from "../meeting/reading.ts";
import type { MeetingFacts } from "../meeting/rules.ts";
import {
  byNumber,
  type EditionRow,
  findEstate,
  findMeeting,
  listEditions,
  listEvents,
  listItems,
  listOpenNow,
  listTurnout,
  type MeetingKey,
  type MeetingRow,
  type TurnoutRow,
} from "../meeting/store.ts";
import { listPublicTickets, type ObjectionRow } from "../results/store.ts";
import type { MeetingRules } from "../settings/rules.ts";
import { findRoll, type RollRow } from "./store.ts";

/** Who took part so far, against all who may. */
export interface Part {
  readonly voted: Weight;
  readonly total: Weight;
}

export interface Edition {
  readonly row: EditionRow;
  readonly manifest: Manifest;
}

export type OpenRow = { readonly number: number; readonly title: string; readonly closesAt: number };
export type Ticket = Pick<ObjectionRow, "about" | "madeAt" | "dueOn" | "answer" | "answeredAt" | "wantsRecount">;

export interface PublicMeeting {
  /** Its draft is in it and goes nowhere. */
  readonly row: MeetingRow;
  readonly facts: MeetingFacts;
  readonly rules: MeetingRules;
  /** The edition in force. */
  readonly manifest: Manifest;
  readonly items: readonly FrozenItem[];
  /** All of them, the first first. */
  readonly editions: readonly Edition[];
  readonly events: readonly MeetingEvent[];
  /** By item number. */
  readonly turnout: ReadonlyMap<number, Part>;
  readonly buildings: readonly (Part & { readonly name: string })[];
  /** Published counts, the newest last. */
  readonly runs: readonly Run[];
  /** The rows of those counts, as the record commits to them. */
  readonly results: readonly CountResultRow[];
  /** Objections in the order they came in. */
  readonly tickets: readonly Ticket[];
  readonly roll: RollRow;
  /** Of the estate, for the foot of a notice. */
  readonly street: string;
  /** Other meetings that are open, and this one. */
  readonly openNow: readonly OpenRow[];
}

/** A meeting by what an address names it with: its number, or its id. Null for what can be neither. */
export function meetingKey(scene: Pick<Scene, "db" | "community">, text: string | undefined): MeetingKey | null {
  const number = readNumber(text);
  if (number !== null) return byNumber(scene, number);
  return text !== undefined && /^[0-9a-z]{16}$/.test(text) ? (text as MeetingId) : null;
}

const ITEM = "item:";
const BUILDING = "building:";

const partOf = (row: TurnoutRow): Part => ({
  voted: { owners: row.owners, areaDm2: row.areaDm2 },
  total: { owners: row.eligibleOwners, areaDm2: row.eligibleAreaDm2 },
});

const inOrder = new Intl.Collator("zh-CN", { numeric: true }).compare;

/** Null where there is no such meeting in this community, or no notice of it was given yet: both look the same. */
export async function readMeeting(scene: Scene, text: string | undefined): Promise<PublicMeeting | null> {
  const key = meetingKey(scene, text);
  if (key === null) return null;
  const [rows, items, editions, events, turnout, runs, results, tickets, rolls, estates, openNow] = await scene.db.read(
    findMeeting(scene, key),
    listItems(scene, key),
    listEditions(scene, key),
    listEvents(scene, key),
    listTurnout(scene, key),
    listPublishedRuns(scene, key),
    listPublishedResults(scene, key),
    listPublicTickets(scene, key),
    findRoll(scene, key),
    findEstate(scene),
    listOpenNow(scene),
  );
  const [row, roll] = [rows[0], rolls[0]];
  const read = editions.map((edition): Edition => ({ row: edition, manifest: readManifest(edition) }));
  const inForce = read.at(-1);
  if (!row || !inForce || !roll) return null;
  const facts = factsOf(row);
  const frozen = items.map(readItem);
  return {
    row,
    facts,
    rules: inForce.manifest.rules,
    manifest: inForce.manifest,
    items: frozen,
    editions: read,
    events: events.map(readEvent),
    turnout: new Map(
      turnout
        .filter(({ key: name }) => name.startsWith(ITEM))
        .map((line) => [Number(line.key.slice(ITEM.length)), partOf(line)]),
    ),
    buildings: turnout
      .filter(({ key: name }) => name.startsWith(BUILDING))
      .map((line) => ({ name: line.key.slice(BUILDING.length), ...partOf(line) }))
      .toSorted((a, b) => inOrder(a.name, b.name)),
    runs: readRuns(
      frozen.map(({ item }) => item),
      runs,
      results,
    ),
    results,
    tickets,
    roll,
    street: estates[0]?.street ?? "",
    openNow,
  };
}

/** The result that stands: the newest published count. */
export const standingRun = ({ runs }: Pick<PublicMeeting, "runs">): Run | undefined => runs.at(-1);
