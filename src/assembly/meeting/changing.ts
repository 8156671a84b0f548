/** Public changes after notice: a later close, an amendment before the opening. Each says what, why and by which office. */

import { ESTATE } from "../../community/rules.ts";
import { type Amendment, amendSnapshot } from "../../community/snapshot/actions.ts";
import { listBuildings, listVotersInScope, totalsInScope } from "../../community/snapshot/store.ts";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Weight } from "../../kernel/weight.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { hasErrors, lint, lintElectorates } from "../agenda/rules.ts";
import { recountDelivery } from "../delivery/store.ts";
import { issueLinks } from "../links/actions.ts";
import { revokeLinks } from "../links/store.ts";
import { queueAmended } from "../schedule/messages.ts";
import { authorOf, recordEvent } from "./acting.ts";
import { itemRows, rollOf } from "./actions.ts";
import { communityScope, electorateOf, placesOf, scopesOf, turnoutStarts } from "./electorate.ts";
import { draftOfEdition, factsOf, type Manifest, manifestText, readManifest } from "./reading.ts";
import { type Draft, type MoveRefusal, mayAmend, mayExtend, type Restart } from "./rules.ts";
import {
  findMeeting,
  insertEdition,
  insertItems,
  listEditions,
  type MeetingRow,
  restartTurnout,
  updateMeeting,
} from "./store.ts";

export type ChangeRefusal =
  | MoveRefusal
  | { readonly reason: "unknown_meeting" }
  /** Somebody changed the meeting after this form was opened. */
  | { readonly reason: "meeting_stale" }
  | { readonly reason: "roll_changed" }
  /** Neither the content nor the corrected roll differs from what stands. */
  | { readonly reason: "nothing_changed" }
  /** An item made by an election or a recall stands as its origin made it. */
  | { readonly reason: "item_has_origin"; readonly itemNo: number; readonly kind: string }
  /** Which spaces count is part of the frozen roll: another basis needs another notice (C6). */
  | { readonly reason: "counting_basis_frozen" };

/**
 * Moves the close later, publicly and with a reason, while it has not come (V7). The write itself compares version and
 * close, so an extension that arrives with the closing instant loses. The same extension twice is one.
 */
export async function extend(
  scene: StaffScene,
  meetingId: MeetingId,
  asked: { readonly to: Instant; readonly why: string },
): Promise<Result<{ readonly closesAt: Instant }, ChangeRefusal>> {
  const { db, now } = scene;
  const [rows] = await db.read(findMeeting(scene, meetingId));
  const row = rows[0];
  if (!row || row.edition === 0) return err({ reason: "unknown_meeting" });
  if (row.closesAt === asked.to) return ok({ closesAt: asked.to });
  const may = mayExtend(factsOf(row), asked.to, asked.why, now);
  if (!may.ok) return may;
  const why = asked.why.trim();
  const event = recordEvent(scene, meetingId, "extended", { from: row.closesAt!, to: asked.to, why }, authorOf(scene));
  const written = await db.write([
    ...updateMeeting(
      scene,
      meetingId,
      row.version,
      sql`closes_at = ${asked.to}`,
      sql`state IN ('notice', 'open') AND closes_at > CAST(${now} AS INTEGER)`,
    ),
    ...event.statements,
  ]);
  if (written.ok) return ok({ closesAt: asked.to });
  const [again] = await db.read(findMeeting(scene, meetingId));
  if (again[0]?.closesAt === asked.to) return ok({ closesAt: asked.to });
  return err({ reason: "meeting_stale" });
}

export interface Amended {
  readonly edition: number;
  readonly restart: Restart;
}

/**
 * Puts a new edition before the owners, before voting opens (A8, A9). What is substantial starts the notice period again;
 * corrections of the roll made since the freeze are taken in, with links for new heads and the end of links of heads
 * that are no more; everyone is told. `fromEdition` is the edition the form was filled in from: a repeat is recognised by it.
 */
export async function amend(
  scene: StaffScene,
  meetingId: MeetingId,
  asked: {
    readonly fromEdition: number;
    readonly content: Draft;
    readonly why: string;
    /** The rows of papers put for this edition. */
    readonly files?: readonly Query[];
  },
): Promise<Result<Amended, ChangeRefusal>> {
  const { db, now, actor } = scene;
  const [rows, editions] = await db.read(findMeeting(scene, meetingId), listEditions(scene, meetingId));
  const row = rows[0];
  const newest = editions.at(-1);
  if (!row || !newest) return err({ reason: "unknown_meeting" });
  const manifest = readManifest(newest);
  const before = draftOfEdition(manifest, row);
  const after = { ...asked.content, convener: before.convener };
  const repeated = row.edition === asked.fromEdition + 1 && newest.madeBy === actor.personId && isSame(before, after);
  if (repeated) return ok({ edition: row.edition, restart: NOTHING_RESTARTS });
  if (row.edition !== asked.fromEdition) return err({ reason: "meeting_stale" });
  const may = mayAmend(factsOf(row), before, after, asked.why, now);
  if (!may.ok) return may;
  const moved = before.items.find(
    (item) => item.origin && !after.items.some((other) => other.itemNo === item.itemNo && sameJson(item, other)),
  );
  if (moved?.origin) return err({ reason: "item_has_origin", itemNo: moved.itemNo, kind: moved.origin.kind });
  if (!sameJson(before.rules.countedSpaces.value, after.rules.countedSpaces.value))
    return err({ reason: "counting_basis_frozen" });
  const roll = await amendSnapshot(scene, {
    meetingId,
    why: asked.why.trim(),
    by: actor.personId,
    scopes: scopesOf(after.items),
  });
  if (!roll.ok && roll.error.reason !== "nothing_to_amend") return err({ reason: "roll_changed" });
  const amendment = roll.ok ? roll.value : null;
  if (!amendment && isSame(before, after)) return err({ reason: "nothing_changed" });
  const electorate = await electorateFor(scene, manifest, after, amendment);
  const found = lint(after.items, amendment ? placesOf(amendment.voters) : undefined);
  const findings = hasErrors(found) ? found : lintElectorates(after.items, electorate.eligible);
  if (hasErrors(findings)) return err({ reason: "notice_faulty", faults: [{ reason: "agenda_faulty", findings }] });
  const statements = amendmentOf(scene, row, manifest, after, electorate, amendment, may.value, asked.why.trim());
  const written = await db.write([...statements, ...(asked.files ?? [])]);
  if (written.ok) return ok({ edition: row.edition + 1, restart: may.value });
  const { code } = written.error;
  if (code === "roll_stale" || code === "snapshot_stale") return err({ reason: "roll_changed" });
  if (code !== "stale") throw new Error(`an amendment was refused by ${code}`);
  const [again, made] = await db.read(findMeeting(scene, meetingId), listEditions(scene, meetingId));
  const winner = made.at(-1);
  if (winner?.edition === row.edition + 1 && isSame(draftOfEdition(readManifest(winner), again[0]!), after))
    return ok({ edition: row.edition + 1, restart: may.value });
  return err({ reason: "meeting_stale" });
}

const NOTHING_RESTARTS: Restart = { noticePeriod: false, rollObjections: false, links: false };
const sameJson = (a: unknown, b: unknown): boolean => canonicalJson(a as Json) === canonicalJson(b as Json);
// A paper uploaded again has another id and the same content, and the content is what tells a repeat.
const contentOf = (draft: Draft) => ({
  ...draft,
  items: draft.items.map((item) => ({
    ...item,
    attachments: item.attachments.map(({ name, sha256 }) => ({ name, sha256 })),
  })),
});
const isSame = (a: Draft, b: Draft): boolean => sameJson(contentOf(a), contentOf(b));

interface Electorate {
  readonly eligible: readonly Weight[];
  readonly perBuilding: ReadonlyMap<string, Weight>;
  readonly voterNos: readonly number[];
}

/** The electorates of the amended items: from the amended roll, or summed from the rows of the one that stands. */
async function electorateFor(
  scene: StaffScene,
  manifest: Manifest,
  after: Draft,
  amendment: Amendment | null,
): Promise<Electorate> {
  if (amendment)
    return {
      eligible: after.items.map(({ scope }) => electorateOf(scope, amendment.voters)),
      perBuilding: amendment.perBuilding,
      voterNos: amendment.voters.map(({ voterNo }) => voterNo),
    };
  const { snapshot } = manifest.roll;
  const [buildings, heads, ...totals] = await scene.db.read(
    listBuildings(scene, snapshot),
    listVotersInScope(scene, snapshot, ESTATE),
    ...after.items.map(({ scope }) => totalsInScope(scene, snapshot, communityScope(scope))),
  );
  return {
    eligible: totals.map(([weight]) => ({ owners: weight!.owners, areaDm2: weight!.areaDm2 })),
    perBuilding: new Map(buildings.map(({ building, owners, areaDm2 }) => [building, { owners, areaDm2 }])),
    voterNos: heads.map(({ voterNo }) => voterNo),
  };
}

function amendmentOf(
  scene: StaffScene,
  row: MeetingRow,
  manifest: Manifest,
  after: Draft,
  { eligible, perBuilding, voterNos }: Electorate,
  amendment: Amendment | null,
  restart: Restart,
  why: string,
): Query[] {
  const { now, actor } = scene;
  const meetingId = row.meetingId as MeetingId;
  const edition = row.edition + 1;
  const [opensAt, closesAt] = [after.opensAt!, after.closesAt!];
  const roll = amendment ? rollOf(amendment, manifest.roll.asOf) : manifest.roll;
  const next = manifestText({
    meeting: meetingId,
    edition,
    title: after.title,
    convener: after.convener,
    opensAt,
    closesAt,
    items: after.items,
    rules: after.rules,
    roll,
    eligible,
  });
  const facts = { edition, why, opensAt, closesAt, restarted: restart.noticePeriod };
  const event = recordEvent(scene, meetingId, "amended", facts, authorOf(scene), {
    manifest: next.hash,
    previous: row.manifestHash,
    rules: after.rules as unknown as Json,
    rollRoot: roll.root,
  });
  return [
    ...updateMeeting(
      scene,
      meetingId,
      row.version,
      sql`edition = CAST(${edition} AS INTEGER), title = ${after.title}, rules = ${JSON.stringify(after.rules)}, manifest_hash = ${next.hash},
          snapshot_id = ${roll.snapshot}, opens_at = ${opensAt}, closes_at = ${closesAt},
          notice_at = ${restart.noticePeriod ? now : row.noticeAt}`,
      sql`state = 'notice' AND opens_at > CAST(${now} AS INTEGER)`,
    ),
    ...(amendment?.statements ?? []),
    insertEdition(scene, {
      meetingId,
      edition,
      manifest: next.text,
      manifestHash: next.hash,
      snapshotId: roll.snapshot,
      why,
      madeBy: actor.personId,
      madeAt: now,
      leafHash: event.leafHash,
    }),
    insertItems(scene, meetingId, edition, itemRows(after, eligible)),
    ...restartTurnout(scene, meetingId, turnoutStarts(after.items, eligible, perBuilding)),
    ...event.statements,
    ...(amendment ? recountDelivery(scene, meetingId) : []),
    ...(amendment && amendment.removed.length > 0
      ? [revokeLinks(scene, meetingId, amendment.removed, actor.personId, "roll_amended")]
      : []),
    ...(amendment ? issueLinks(scene, meetingId, amendment.added) : []),
    ...queueAmended(scene, meetingId, voterNos, edition),
  ];
}
