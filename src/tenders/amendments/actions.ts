/** Amending an announced scheme, and bidders confirming that they know: load, ask the rules, write one batch. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import { sql } from "../../platform/db.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { BidderActor } from "../bidders/session.ts";
import { DIALOGUE_SETTINGS } from "../bidders/settings.ts";
import {
  assertLotEntries,
  countLotEntries,
  findBidder,
  insertConfirmation,
  listBidders,
  listConfirmations,
  lotsOf,
} from "../bidders/store.ts";
import { type TenderState, takesBids } from "../rules.ts";
import { type Drafted, readTender, writeEdition } from "../scheme/actions.ts";
import { type Scheme, type SchemeFault, schemeFaults } from "../scheme/rules.ts";
import { assertTenderStands, type TenderKey, updateTender } from "../store.ts";
import { type Amendment, type AmendRefusal, mayAmend } from "./rules.ts";

export const AMENDED = "tender.amended";

export type AmendingRefusal =
  | AmendRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  | { readonly reason: "scheme_faulty"; readonly faults: readonly SchemeFault[] };

/** What an amendment would come to, without making it: the difference and the new times, for whoever is about to publish it. */
export async function previewAmendment(
  scene: Scene,
  key: TenderKey,
  seen: number,
  change: (scheme: Scheme) => Scheme,
  why: string,
): Promise<Result<Drafted & { readonly after: Scheme; readonly amendment: Amendment }, AmendingRefusal>> {
  const read = await readTender(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const settings = await readSettings(scene, DIALOGUE_SETTINGS);
  if (read.row.edition !== seen) return err({ reason: "tender_stale" });
  const after = change(read.scheme);
  const days = { extend: settings.amendDays.value, questionsLead: settings.questionsLead.value };
  const may = mayAmend(read.row, [read.scheme, after], why, scene.now, days);
  if (!may.ok) return may;
  const faults = schemeFaults(after);
  return faults.length > 0 ? err({ reason: "scheme_faulty", faults }) : ok({ ...read, after, amendment: may.value });
}

const MOST_TRIES = 8;

/**
 * Amends an announced scheme (T5): a new edition, the closing moved where the change touches what bids rest on, the difference kept, and word
 * to everyone who registered. `seen` is the edition the form was filled in from: a repeat finds another in force.
 */
export async function amendTender(
  scene: StaffScene,
  key: TenderKey,
  seen: number,
  change: (scheme: Scheme) => Scheme,
  why: string,
): Promise<Result<Amendment & { readonly edition: number }, AmendingRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const previewed = await previewAmendment(scene, key, seen, change, why);
    if (!previewed.ok) return previewed;
    const { row, after, amendment } = previewed.value;
    const { changes, touches, closesAt, questionsUntil } = amendment;
    const { tenderId } = row;
    const edition = row.edition + 1;
    const [bidders, entries] = await scene.db.read(listBidders(scene, tenderId), countLotEntries(scene, tenderId));
    const facts = { touches, changes: changes.length, closesAt, questionsEndAt: questionsUntil };
    const written = await scene.db.write([
      // Who registers meanwhile would be told nothing.
      assertLotEntries(scene, tenderId, entries[0]?.total ?? 0),
      ...updateTender(scene, row, { edition, title: after.title || row.title, closesAt, questionsUntil }),
      ...writeEdition(scene, tenderId, edition, after, { kind: "amended", why: why.trim(), facts }),
      scene.db.run(
        sql`INSERT INTO tender_amendment(community_id, tender_id, edition, touches, changes, closes_before, closes_after, amended_at, leaf_hash)
            SELECT community_id, tender_id, edition, ${touches ? 1 : 0}, ${JSON.stringify(changes)}, CAST(${row.closesAt} AS INTEGER),
                   CAST(${closesAt} AS INTEGER), CAST(${scene.now} AS INTEGER), leaf_hash
            FROM tender_scheme WHERE community_id = ${scene.community.id} AND tender_id = ${tenderId} AND edition = CAST(${edition} AS INTEGER)`,
      ),
      ...queueMessages(
        scene,
        AMENDED,
        bidders
          .filter((each) => lotsOf(each).length > 0)
          .map(({ bidderId, contactId }) => ({
            to: contactId,
            params: { tender: row.number, edition, touches },
            dedupeKey: `${AMENDED}:${tenderId}:${edition}:${bidderId}`,
            expiresAt: closesAt,
          })),
      ),
    ]);
    if (written.ok) return ok({ ...amendment, edition });
    if (written.error.code === "bidders_changed_meanwhile") continue;
    if (written.error.code === "tender_stale") return err({ reason: "tender_stale" });
    throw new Error(`an amendment was refused by ${written.error.code}`);
  }
  throw new Error("too many bidders at once");
}

export type ConfirmRefusal =
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "bids_not_taken"; readonly state: TenderState; readonly closedAt: number | null }
  | { readonly reason: "tender_changed" };

/** A bidder confirms that it knows the edition it was shown, and with it those before. A repeat finds it confirmed. */
export async function confirmEdition(
  scene: Scene,
  { tenderId, bidderId }: Pick<BidderActor, "tenderId" | "bidderId">,
  seen: number,
): Promise<Result<{ readonly edition: number }, ConfirmRefusal>> {
  const read = await readTender(scene, tenderId);
  if (!read) return err({ reason: "unknown_tender" });
  const { row } = read;
  const [bidders, confirmed] = await scene.db.read(
    findBidder(scene, tenderId, bidderId),
    listConfirmations(scene, tenderId),
  );
  const [own] = bidders;
  if (!own) return err({ reason: "unknown_tender" });
  if (confirmed.some((one) => one.bidderId === bidderId && one.edition === seen)) return ok({ edition: seen });
  if (!takesBids(row, scene.now)) return err({ reason: "bids_not_taken", state: row.state, closedAt: row.closesAt });
  // Amended again while the page was open: what was not read is not confirmed.
  if (seen !== row.edition) return err({ reason: "tender_changed" });
  const facts = { tender: tenderId, registration: own.leafHash, edition: seen };
  const leaf = appendLeaf(scene, "tender.edition_confirmed", facts, tenderId);
  const written = await scene.db.write([
    assertTenderStands(scene, row),
    insertConfirmation(scene, { tenderId, bidderId, edition: seen, confirmedAt: scene.now, leafHash: leaf.leafHash }),
    leaf.statement,
  ]);
  if (written.ok || written.error.code === "confirmed_already") return ok({ edition: seen });
  if (written.error.code === "bids_not_taken")
    return err({ reason: "bids_not_taken", state: row.state, closedAt: row.closesAt });
  if (written.error.code === "tender_stale") return err({ reason: "tender_changed" });
  throw new Error(`a confirmation was refused by ${written.error.code}`);
}
