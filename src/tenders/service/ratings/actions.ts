/** Owners rate the service, once a household and period; who rated stands nowhere. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { headToActFor } from "../../../owners/actions.ts";
import type { ActRefusal } from "../../../owners/rules.ts";
import type { OwnerActor } from "../../../platform/access.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import { ownerAuthor } from "../../acting.ts";
import { recordContract } from "../../contracts/recording.ts";
import { type ContractKey, contractFrom, findContract } from "../../contracts/store.ts";
import {
  clausesOf,
  isRatedIn,
  mayRate,
  periodToRate,
  type RatingRefusal,
  ratingSpan,
  type ServicePeriod,
} from "../rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, windowFrom } from "../settings.ts";
import { findRating, insertRating } from "../store.ts";

export type RatingActRefusal =
  | RatingRefusal
  | ActRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "no_rating_now" }
  | { readonly reason: "rated_already"; readonly period: ServicePeriod };

const wordsContext = (communityId: string, contractId: string, period: string, household: string): string =>
  `tender-rating:${communityId}:${contractId}:${period}:${household}`;
registerSealed({
  table: "tender_rating",
  column: "words_sealed",
  key: ["contract_id", "period", "household"],
  contextOf: (communityId, { contract_id, period, household }) =>
    wordsContext(communityId, String(contract_id), String(period), String(household)),
});

/** Under which key a household's rating lies: nobody reads from it who rated. */
export const householdKey = (scene: Scene, contractId: string, period: string, headKey: string): string =>
  scene.keys.index(`${contractId}\n${period}\n${headKey}`, "tender-rating");

export interface RatingAsked {
  /** One to five for each clause of quality, in their order. */
  readonly scores: readonly number[];
  readonly words: string;
}

/** A signed-in owner rates the service for their household, once a period. */
export async function rateService(
  scene: Scene,
  owner: Pick<OwnerActor, "partyId" | "guardianId">,
  contractKey: ContractKey,
  asked: RatingAsked,
): Promise<Result<{ readonly period: ServicePeriod }, RatingActRefusal>> {
  const head = await headToActFor(scene, owner);
  return head.ok ? rateForHead(scene, head.value.headKey, contractKey, asked) : head;
}

/** Rates for a head; who calls has made sure that this person may act for it. The entry of the record says that somebody rated, and no more. */
export async function rateForHead(
  scene: Scene,
  headKey: string,
  contractKey: ContractKey,
  asked: RatingAsked,
): Promise<Result<{ readonly period: ServicePeriod }, RatingActRefusal>> {
  const [contracts, settings] = await scene.db.read(
    findContract(scene, contractKey),
    listSettings(scene, SERVICE_SETTINGS),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (!row) return err({ reason: "unknown_contract" });
  const today = dayOf(scene.now);
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const window = windowFrom(values);
  const period = periodToRate(today, periodKindFrom(values), window);
  if (period === null || !isRatedIn(row, period)) return err({ reason: "no_rating_now" });
  const may = mayRate(asked, clausesOf(row.terms), ratingSpan(period, window), today);
  if (!may.ok) return may;
  const { contractId } = row;
  const household = householdKey(scene, contractId, period, headKey);
  const words = asked.words.trim();
  const scores = JSON.stringify(asked.scores.slice(0, may.value.count));
  const sealed =
    words === "" ? "" : await scene.keys.seal(words, wordsContext(scene.community.id, contractId, period, household));
  const recorded = recordContract(scene, row, "rated", { period, household: sha256Hex(household) }, ownerAuthor(""));
  const insert = insertRating(scene, {
    contractId,
    period,
    household,
    scores,
    ...may.value,
    wordsSealed: sealed,
    ratedOn: today,
    leafHash: recorded.leafHash,
  });
  const written = await scene.db.write([insert, ...recorded.statements]);
  if (written.ok) return ok({ period });
  if (written.error.code === "rating_closed")
    return err({ reason: "rating_late", toOn: ratingSpan(period, window).toOn });
  if (written.error.code !== "rated_already") throw new Error(`a rating was refused by ${written.error.code}`);
  // The same answer sent twice is one rating; another answer of the same household is a second.
  const [stored] = await scene.db.read(findRating(scene, contractId, period, household));
  return stored[0]?.scores === scores ? ok({ period }) : err({ reason: "rated_already", period });
}

/** What an owner wrote, opened for officers who read ratings: without whose it is. */
export const openRatingWords = (
  scene: Scene,
  row: {
    readonly contractId: string;
    readonly period: string;
    readonly household: string;
    readonly wordsSealed: string;
  },
): Promise<string> =>
  scene.keys.open(row.wordsSealed, wordsContext(scene.community.id, row.contractId, row.period, row.household));
