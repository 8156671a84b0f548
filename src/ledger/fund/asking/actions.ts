/** Asking the owners of units below thirty per cent to top up (F7; MF 17): once a year each, by message, with a leaf. No HTTP. */
import { type Day, dayOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { queueMessages } from "../../../platform/outbox/store.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { missingTo30 } from "../rules.ts";
import { TOP_UP } from "./messages.ts";
import { insertAsked, listNotAsked } from "./store.ts";

/** One act asks no more than this; the next asks the rest. */
export const MOST_ASKED_AT_ONCE = 5_000;
/** Owners are asked once a calendar year. */
export const yearOf = (day: Day): number => Number(day.slice(0, 4));

export type AskingRefusal = { readonly reason: "nobody_to_ask" };

/**
 * Queues word to every owner of a unit below thirty per cent who was not asked this year. The words are made when the message leaves, so
 * that whoever has topped up by then gets none.
 * @returns How many were asked; none a second time, however often it is sent.
 */
export async function askToTopUp(
  scene: StaffScene,
  most = MOST_ASKED_AT_ONCE,
): Promise<Result<{ readonly asked: number }, AskingRefusal>> {
  const year = yearOf(dayOf(scene.now));
  const [low] = await scene.db.read(listNotAsked(scene, year, most));
  if (low.length === 0) return err({ reason: "nobody_to_ask" });
  const units = low.map((row) => ({ unitId: row.unitId, missingFen: missingTo30(row) }));
  const missingFen = units.reduce((sum, one) => sum + one.missingFen, 0);
  const leaf = appendLeaf(scene, "fund.asked", { year, units: units.length, missing: missingFen }, `fund-${year}`);
  const messages = queueMessages(
    scene,
    TOP_UP,
    units.map(({ unitId }) => ({
      to: unitId,
      params: { unit: unitId, year },
      dedupeKey: `${TOP_UP}:${unitId}:${year}`,
    })),
  );
  const asked = insertAsked(scene, year, units, scene.actor.personId, leaf.leafHash);
  const written = await scene.db.write([asked, leaf.statement, ...messages]);
  // Another asked some of them meanwhile, or a balance moved: what is left is asked for anew by whoever sends it again.
  return written.ok ? ok({ asked: units.length }) : err({ reason: "nobody_to_ask" });
}
