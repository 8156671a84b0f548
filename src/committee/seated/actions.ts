/** The committee as it sits now: its mandate, its seats with opened names, and who in it the signed-in person is. Loads; writes nothing. */
import { findLatestMandate, type MandateRow } from "../../elections/store.ts";
import type { Instant } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { membersOf, type Seated, seatedAt } from "./rules.ts";
import { listSeats, type SeatRow } from "./store.ts";

/** Someone of the committee, under their highest post, with the name opened: members of a committee are named in public. */
export interface Sitter extends Seated {
  readonly name: string;
  readonly title: Bilingual;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  readonly leafHash: string;
}

export interface Committee {
  /** The newest mandate, which may have ended; null where none was recorded. */
  readonly mandate: MandateRow | null;
  /** Seats the mandate has; where none was recorded, those that are held. */
  readonly seats: number;
  /** Every dated post since the mandate began. */
  readonly posts: readonly SeatRow[];
  /** Who sits now, in the order of the posts. */
  readonly sitters: readonly Sitter[];
}

/** The committee at an instant, out of the rows of `findLatestMandate` and `listSeats`. */
export async function committeeOf(
  scene: Scene,
  mandates: readonly MandateRow[],
  rows: readonly SeatRow[],
  at: Instant,
): Promise<Committee> {
  const mandate = mandates[0] ?? null;
  const byTenure = new Map(rows.map((row) => [row.tenureId, row]));
  const sitters = await Promise.all(
    seatedAt(rows, at).map(async (seated): Promise<Sitter> => {
      const row = byTenure.get(seated.tenureId)!;
      return {
        ...seated,
        name: await openName(scene, row),
        title: { zh: row.titleZh, en: row.titleEn },
        fromAt: row.fromAt,
        untilAt: row.untilAt,
        leafHash: row.leafHash,
      };
    }),
  );
  return { mandate, seats: mandate?.seats ?? membersOf(sitters).length, posts: rows, sitters };
}

/** The committee as it sits at `scene.now`. One round trip. */
export async function readCommittee(scene: Scene): Promise<Committee> {
  const [mandates, seats] = await scene.db.read(findLatestMandate(scene, scene.now), listSeats(scene, scene.now));
  return committeeOf(scene, mandates, seats, scene.now);
}

/** Whether a mandate runs at an instant. A committee without one calls no meeting here. */
export const isInOffice = (mandate: MandateRow | null, at: Instant): mandate is MandateRow =>
  mandate !== null && mandate.fromAt <= at && at < mandate.untilAt;
