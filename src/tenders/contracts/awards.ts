/** What was awarded, as contracts start from it. Reads; decides nothing. */
import { dayOf } from "../../kernel/day.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { listAwards } from "../deciding/store.ts";
import type { TenderKey } from "../store.ts";
import type { Award } from "./rules.ts";

type Rows = ReturnType<typeof listAwards> extends Query<infer R> ? R : never;
export const awardsFrom = (rows: Rows): Award[] =>
  rows.map(({ lotNo, name, code, prices, awardedAt }) => ({
    lotNo,
    name,
    code,
    prices: JSON.parse(prices) as Record<string, number>,
    awardedOn: dayOf(awardedAt),
  }));

/** The awards of a tender. */
export type AwardsOf = (scene: Scene, tender: TenderKey) => Promise<readonly Award[]>;
export const readAwards: AwardsOf = async (scene, tender) => {
  const [rows] = await scene.db.read(listAwards(scene, tender));
  return awardsFrom(rows);
};
