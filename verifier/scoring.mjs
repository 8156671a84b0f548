/** Totals and ranks of a lot from prices, facts and sheets alone: docs/decisions/092 and the scheme's published formulas. Points in 0.01; fractions in BigInt, rounded half up once. Pure. */
import { commitmentTo } from "./bytes.mjs";
import { drawOrder } from "./draw.mjs";

/** @param {bigint} over @param {bigint} under */
const halfUp = (over, under) => (2n * over + under) / (2n * under);

/**
 * The points of a price. `lowest`: lowest ÷ price × weight. `average`: the weight less so many hundredths for every per cent off the mean.
 * @param {any} formula @param {number} weight @param {readonly bigint[]} prices @param {bigint} price @returns {bigint}
 */
export function pricePoints(formula, weight, prices, price) {
  const most = BigInt(weight) * 100n;
  if (formula.kind === "lowest") {
    const lowest = prices.reduce((least, one) => (one < least ? one : least), price);
    return price === lowest || price === 0n ? most : halfUp(lowest * most, price);
  }
  // The mean as a fraction: sum over count; all multiplied by count.
  const sum = prices.reduce((all, one) => all + one, 0n);
  const own = price * BigInt(prices.length);
  if (own === sum) return most;
  const away = own > sum ? own - sum : sum - own;
  const each = BigInt(own > sum ? formula.abovePerPercent : formula.belowPerPercent);
  const left = most * sum - away * 100n * each;
  return left <= 0n ? 0n : halfUp(left, sum);
}

/** @param {readonly any[]} given @param {number} lotNo @param {number} bidderNo @param {string} key */
function pointsGiven(given, lotNo, bidderNo, key) {
  const found = given.filter((one) => one.lotNo === lotNo && one.bidderNo === bidderNo && one.criterion === key);
  return found.length === 1 && Number.isSafeInteger(found[0].points) ? BigInt(found[0].points) : null;
}

/**
 * The parts and the total of each bid of a lot; null where points are missing, given twice or out of their range.
 * @param {any} report @param {any} lot @returns {{ bid: any, judged: bigint, total: bigint }[] | null}
 */
function totals(report, lot) {
  const sheets = BigInt(report.sheets.length);
  const each = report.combining === "sum" ? sheets : 1n;
  const scored = [];
  for (const bid of lot.bids) {
    let [total, judged] = [0n, 0n];
    for (const { key, kind, weight, formula, priceKey } of report.criteria) {
      /** @param {any} one */
      const priceOf = (one) => BigInt(priceKey === null ? one.totalHundredths : one.prices[priceKey]);
      const most = BigInt(weight) * 100n;
      if (kind === "price") total += each * pricePoints(formula, weight, lot.bids.map(priceOf), priceOf(bid));
      else if (kind === "fact") {
        const points = pointsGiven(report.facts, lot.lotNo, bid.bidderNo, key);
        if (points === null || points < 0n || points > most) return null;
        total += each * points;
      } else {
        let sum = 0n;
        for (const { given } of report.sheets) {
          const points = pointsGiven(given, lot.lotNo, bid.bidderNo, key);
          if (points === null || points < 0n || points > most) return null;
          sum += points;
        }
        const points = report.combining === "sum" ? sum : halfUp(sum, sheets);
        total += points;
        judged += points;
      }
    }
    scored.push({ bid, judged, total });
  }
  return scored;
}

/**
 * Bidders by rank, with their totals; null where the report cannot give any.
 * @param {any} report @param {any} lot @returns {{ bidder: number, total: number }[] | null}
 */
export function rank(report, lot) {
  if (report.sheets.length === 0 || lot.bids.length === 0) return null;
  const scored = totals(report, lot);
  if (!scored) return null;
  const purpose = `commonhold tender ${report.tender} lot ${lot.lotNo} ties`;
  const drawn = drawOrder(
    report.seed,
    purpose,
    lot.bids.map((/** @type {any} */ bid) => bid.bidderNo),
  );
  /** Less than nothing where the first goes before. @type {Record<string, (a: any, b: any) => number>} */
  const rules = {
    lower_price: (a, b) => a.bid.totalHundredths - b.bid.totalHundredths,
    higher_judged: (a, b) => Number(b.judged - a.judged),
    draw: (a, b) => drawn.indexOf(a.bid.bidderNo) - drawn.indexOf(b.bid.bidderNo),
  };
  const order = [...report.ties, "draw"];
  scored.sort((a, b) => {
    if (a.total !== b.total) return a.total > b.total ? -1 : 1;
    for (const rule of order) {
      const decided = rules[rule]?.(a, b) ?? 0;
      if (decided !== 0) return decided;
    }
    return 0;
  });
  return scored.map(({ bid, total }) => ({ bidder: bid.bidderNo, total: Number(total) }));
}

/**
 * What a member committed to: the sheet in its canonical order.
 * @param {string} tender @param {any} sheet of the report
 */
export function sheetCommitment(tender, { memberNo, nonce, given }) {
  const sorted = [...given].sort(
    (a, b) => a.lotNo - b.lotNo || a.bidderNo - b.bidderNo || (a.criterion < b.criterion ? -1 : 1),
  );
  return commitmentTo(nonce, { tender, member: memberNo, given: sorted });
}
