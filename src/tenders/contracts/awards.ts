/** What was awarded, as contracts start from it. Reads; decides nothing. */
import { dayOf, type Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import type { Award } from "./rules.ts";

interface AwardRow {
  readonly lotNo: number;
  readonly name: string;
  readonly code: string;
  readonly prices: string;
  readonly awardedAt: Instant;
}
export const listAwarded = ({ db, community }: Pick<Scene, "db" | "community">, key: TenderKey): Query<AwardRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, name, code, prices, awarded_at AS awardedAt FROM tender_award
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY lot_no`,
  );
export const awardsFrom = (rows: readonly AwardRow[]): Award[] =>
  rows.map(({ prices, awardedAt, ...row }) => ({
    ...row,
    prices: JSON.parse(prices) as Record<string, number>,
    awardedOn: dayOf(awardedAt),
  }));

/** The awards of a tender. */
export type AwardsOf = (scene: Scene, tenderId: string) => Promise<readonly Award[]>;
export const readAwards: AwardsOf = async (scene, tenderId) => {
  const [rows] = await scene.db.read(listAwarded(scene, tenderId));
  return awardsFrom(rows);
};
