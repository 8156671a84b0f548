/** Giving notice: the one act that freezes what is asked, by which rules, of whom. One batch; a repeat finds it done. */

import { type Frozen, freezeSnapshot, type SnapshotRefusal } from "../../community/snapshot/actions.ts";
import { findSnapshot } from "../../community/snapshot/store.ts";
import { dayOf } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Weight } from "../../kernel/weight.ts";
import { NOTHING } from "../../kernel/weight.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { askOrigins } from "../agenda/origins.ts";
import { hasErrors, lint, lintElectorates } from "../agenda/rules.ts";
import { viewPetition } from "../convening/actions.ts";
import { issueLinks } from "../links/actions.ts";
import { authorOf, recordEvent } from "./acting.ts";
import { electorateOf, placesOf, rollSettings, scopesOf, turnoutStarts } from "./electorate.ts";
import { factsOf, type Manifest, manifestText, readDraft } from "./reading.ts";
import { type Draft, type MoveRefusal, mayGiveNotice, rollObjectionsUntil } from "./rules.ts";
import { findMeeting, insertEdition, insertItems, insertTurnout, type MeetingRow, updateMeeting } from "./store.ts";

export type NoticeRefusal =
  | MoveRefusal
  | Exclude<SnapshotRefusal, { reason: "unknown_snapshot" | "nothing_to_amend" }>
  | { readonly reason: "unknown_meeting" }
  /** The draft was saved again after the approver read it: nobody approves what they have not read. */
  | { readonly reason: "draft_stale"; readonly version: number }
  /** The roll was changed while the notice was being made: the next try freezes it as it is then. */
  | { readonly reason: "roll_changed" }
  /** An election or a recall that an item comes from was moved meanwhile: the next try asks it again. */
  | { readonly reason: "origin_changed" };

export interface Given {
  readonly edition: number;
  readonly manifestHash: string;
  readonly households: number;
}

/**
 * Approves version `version` of a draft and gives notice of it (A8, A9; separation of duties: not by anyone who wrote a
 * word of it). One batch freezes rules and items with their electorates, the roll with its Merkle root, the counters of
 * turnout, a link for each head and the message that carries it, and writes the entries. For 5,000 heads some thirty
 * statements, because rows travel as JSON. What an item comes from (agenda/origins.ts) is asked and joins the batch; its
 * statements abort with `origin_stale`. Of two approvals at once one goes through and the other finds it done.
 */
export async function giveNotice(
  scene: StaffScene,
  meetingId: MeetingId,
  version: number,
): Promise<Result<Given, NoticeRefusal>> {
  const { db, actor, now } = scene;
  const [rows] = await db.read(findMeeting(scene, meetingId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_meeting" });
  if (isGivenBy(row, actor.personId)) return givenOf(scene, row);
  const { draft, editors } = readDraft(row);
  const facts = { ...factsOf(row), draftedBy: editors.includes(actor.personId) ? actor.personId : row.draftedBy };
  const may = mayGiveNotice(draft, facts, actor.personId, now);
  if (!may.ok) return may;
  if (row.version !== version) return err({ reason: "draft_stale", version: row.version });
  const frozen = await freezeSnapshot(scene, {
    meetingId,
    asOf: dayOf(now),
    settings: rollSettings(draft.rules),
    scopes: scopesOf(draft.items),
    objectionsUntil: rollObjectionsUntil(now, draft.opensAt!, draft.rules),
    by: actor.personId,
  });
  if (!frozen.ok)
    return frozen.error.reason === "roll_empty" || frozen.error.reason === "clause_missing"
      ? err(frozen.error)
      : err({ reason: "roll_changed" });
  const again = mayGiveNotice(draft, facts, actor.personId, now, await isPetitioned(scene, draft));
  if (!again.ok) return again;
  const eligible = draft.items.map(({ scope }) => electorateOf(scope, frozen.value.voters));
  const found = lint(draft.items, placesOf(frozen.value.voters), draft.convener.kind === "preparatory_group");
  // A place that is not in the roll has no voters either; it is named once, by what is wrong with it.
  const origins = await askOrigins(scene, draft.items, {
    meetingId,
    opensAt: draft.opensAt!,
    closesAt: draft.closesAt!,
  });
  const lawful = [...(hasErrors(found) ? found : lintElectorates(draft.items, eligible)), ...origins.findings];
  const findings = lawful.filter(({ severity }) => severity === "error");
  if (findings.length > 0) return err({ reason: "notice_faulty", faults: [{ reason: "agenda_faulty", findings }] });
  const { manifest, statements } = noticeOf(scene, row, draft, frozen.value, eligible);
  const written = await db.write([...statements, ...origins.statements]);
  if (written.ok) return ok({ edition: 1, manifestHash: manifest.hash, households: frozen.value.voters.length });
  return afterAbort(scene, meetingId, written.error.code);
}

const isGivenBy = (row: MeetingRow, personId: string): boolean => row.edition > 0 && row.approvedBy === personId;
/** The first answer again, from what was frozen then. */
async function givenOf(scene: StaffScene, row: MeetingRow): Promise<Result<Given, NoticeRefusal>> {
  const [snapshots] = await scene.db.read(findSnapshot(scene, row.snapshotId ?? ""));
  return ok({ edition: row.edition, manifestHash: row.manifestHash ?? "", households: snapshots[0]?.owners ?? 0 });
}

function noticeOf(
  scene: StaffScene,
  row: MeetingRow,
  draft: Draft,
  frozen: Frozen,
  eligible: readonly Weight[],
): { readonly manifest: { readonly text: string; readonly hash: string }; readonly statements: Query[] } {
  const { actor, now } = scene;
  const meetingId = row.meetingId as MeetingId;
  const [opensAt, closesAt] = [draft.opensAt!, draft.closesAt!];
  const manifest = manifestText({
    meeting: meetingId,
    edition: 1,
    title: draft.title,
    convener: draft.convener,
    opensAt,
    closesAt,
    items: draft.items,
    rules: draft.rules,
    roll: rollOf(frozen, dayOf(now)),
    eligible,
  });
  const event = recordEvent(scene, meetingId, "notice_given", { edition: 1, opensAt, closesAt }, authorOf(scene), {
    title: draft.title,
    convener: draft.convener.kind,
    manifest: manifest.hash,
    rules: draft.rules as unknown as Json,
    rollRoot: frozen.root,
    owners: frozen.totals.owners,
    areaDm2: frozen.totals.areaDm2,
  });
  const statements = [
    ...updateMeeting(
      scene,
      meetingId,
      row.version,
      sql`state = 'notice', edition = 1, rules = ${JSON.stringify(draft.rules)}, manifest_hash = ${manifest.hash},
          snapshot_id = ${frozen.snapshotId}, approved_by = ${actor.personId}, notice_at = ${now},
          opens_at = ${opensAt}, closes_at = ${closesAt}`,
      sql`state = 'draft'`,
    ),
    ...frozen.statements,
    insertEdition(scene, {
      meetingId,
      edition: 1,
      manifest: manifest.text,
      manifestHash: manifest.hash,
      snapshotId: frozen.snapshotId,
      why: "",
      madeBy: actor.personId,
      madeAt: now,
      leafHash: event.leafHash,
    }),
    insertItems(scene, meetingId, 1, itemRows(draft, eligible)),
    insertTurnout(scene, meetingId, turnoutStarts(draft.items, eligible, frozen.perBuilding)),
    ...event.statements,
    ...issueLinks(
      scene,
      meetingId,
      frozen.voters.map(({ voterNo }) => voterNo),
    ),
  ];
  return { manifest, statements };
}

export const rollOf = (frozen: Pick<Frozen, "snapshotId" | "root" | "totals">, asOf: string): Manifest["roll"] => ({
  snapshot: frozen.snapshotId,
  asOf,
  root: frozen.root,
  owners: frozen.totals.owners,
  areaDm2: frozen.totals.areaDm2,
});

export const itemRows = (draft: Pick<Draft, "items">, eligible: readonly Weight[]) =>
  draft.items.map((item, at) => ({
    itemNo: item.itemNo,
    matter: item.matter,
    item: JSON.stringify(item),
    eligibleOwners: (eligible[at] ?? NOTHING).owners,
    eligibleAreaDm2: (eligible[at] ?? NOTHING).areaDm2,
  }));

/** Whether the petition behind a draft is reached on the roll of today, all heads of it: not only those the items concern (REG 13). */
async function isPetitioned(scene: StaffScene, { convener, rules }: Draft): Promise<boolean> {
  if (convener.kind !== "petition") return true;
  const view = await viewPetition(scene, convener.petitionId ?? "");
  if (!view) return false;
  return rules.petitionBasis.value === "heads" ? view.count.byHeads : view.count.byHeadsAndArea;
}

/** What a batch that was rolled back means to the approver. */
async function afterAbort(
  scene: StaffScene,
  meetingId: MeetingId,
  code: string,
): Promise<Result<Given, NoticeRefusal>> {
  if (code === "roll_stale" || code === "snapshot_stale") return err({ reason: "roll_changed" });
  if (code === "origin_stale") return err({ reason: "origin_changed" });
  if (code !== "stale") throw new Error(`a notice was refused by ${code}`);
  const [rows] = await scene.db.read(findMeeting(scene, meetingId));
  const row = rows[0]!;
  // The same approval twice, or a connection lost after the commit: it is done.
  if (isGivenBy(row, scene.actor.personId)) return givenOf(scene, row);
  if (row.state !== "draft") return err({ reason: "wrong_state", state: row.state, needed: ["draft"] });
  return err({ reason: "draft_stale", version: row.version });
}
