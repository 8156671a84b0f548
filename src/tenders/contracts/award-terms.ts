/** What an award fixes of a contract: parties, lots, prices, term and the announced quality. Reads; nobody types any of it. */
import type { Scene } from "../../platform/scene.ts";
import { readTender } from "../scheme/actions.ts";
import type { Lot } from "../scheme/rules.ts";
import { byTenderNumber } from "../store.ts";
import { readAwards } from "./awards.ts";
import { NOTHING_TYPED, termsOfTyped } from "./reading.ts";
import { type Award, type ContractTerms, partsOfLot, priceOfLines, termOfAward } from "./rules.ts";
import { listContractedLots } from "./store.ts";

export interface AwardedTerms {
  readonly terms: ContractTerms;
  /** Lots the same bidder won for the same term and that have no contract yet: they may stand in one contract. */
  readonly together: readonly number[];
  /** Awarded lots that need a contract of their own. */
  readonly apart: readonly number[];
}

const linesOf = (lot: Lot, award: Award) =>
  lot.prices.map(({ key, label, unit, quantityHundredths }) => ({
    lotNo: lot.lotNo,
    key,
    label,
    unit,
    quantityHundredths,
    unitFen: award.prices[key] ?? 0,
  }));

/** The terms of the lots asked for, as far as one bidder won them for one term; of the first that waits where none is named. Null where nothing waits. */
export async function awardedTerms(
  scene: Scene,
  tender: number,
  asked: readonly number[],
  fromOn: string,
): Promise<AwardedTerms | null> {
  const key = byTenderNumber(scene, tender);
  const found = await readTender(scene, key);
  if (found?.row.state !== "awarded") return null;
  const [taken] = await scene.db.read(listContractedLots(scene, key));
  const waiting = (await readAwards(scene, found.row.tenderId)).flatMap((award) => {
    const lot = found.scheme.lots.find(({ lotNo }) => lotNo === award.lotNo);
    return lot && !taken.some(({ lotNo }) => lotNo === lot.lotNo)
      ? [{ award, lot, term: termOfAward(lot, award.awardedOn, fromOn) }]
      : [];
  });
  const first = waiting.find(({ lot }) => asked.includes(lot.lotNo)) ?? waiting[0];
  if (!first) return null;
  const fits = waiting.filter(
    ({ award, term }) =>
      award.code === first.award.code && term.fromOn === first.term.fromOn && term.toOn === first.term.toOn,
  );
  const own = fits.filter((one) => one === first || asked.includes(one.lot.lotNo));
  const lines = own.flatMap(({ lot, award }) => linesOf(lot, award));
  const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];
  return {
    terms: {
      ...termsOfTyped({
        ...NOTHING_TYPED,
        title: `${found.row.title}：${own.map(({ lot }) => lot.title).join("、")}`,
        client: `${scene.community.name}业主委员会`,
      }),
      provider: { name: first.award.name, code: first.award.code },
      lots: own.map(({ lot: { lotNo, title, service, scope } }) => ({ lotNo, title, service, scope })),
      parts: unique(own.flatMap(({ lot }) => partsOfLot(lot))),
      subcontractable: unique(own.flatMap(({ lot }) => (lot.service === "whole" ? lot.subcontracted : [lot.service]))),
      lines,
      priceFen: priceOfLines(lines),
      quality: own.flatMap(({ lot }) => lot.quality),
      ...first.term,
    },
    together: fits.map(({ lot }) => lot.lotNo),
    apart: waiting.filter((one) => !fits.includes(one)).map(({ lot }) => lot.lotNo),
  };
}
