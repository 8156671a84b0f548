/** The result of a meeting: its figures against the record and the count's commitment, and every inequality of art. 278 again. */
import { commitmentTo } from "./bytes.mjs";
import { decide, NOTHING, plus, readWeight, sameWeight, sayWeight } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Weight} Weight */
/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./meetings.mjs").Held} Held */

/**
 * One item of a result: sums that fit each other, and the four inequalities again.
 * @param {any} item as published @param {any} question of the frozen notice @param {number} matter @param {Check} check @param {string} where
 */
export function checkItem(item, question, matter, check, where) {
  const [eligible, participated] = [readWeight(item.eligible), readWeight(item.participated)];
  /** @type {{ role: string, optionNo: number | null, votes: Weight | null }[]} */
  const options = item.options.map((/** @type {any} */ one) => ({ ...one, votes: readWeight(one.votes) }));
  if (!eligible || !participated || options.some(({ votes }) => votes === null)) {
    check.expect(false, where, "有数字读不出来。", "A figure cannot be read.");
    return;
  }
  /** @param {(role: string) => boolean} wanted */
  const of = (wanted) => options.filter(({ role }) => wanted(role));
  const sum = options.reduce((all, { votes }) => plus(all, votes ?? NOTHING), NOTHING);
  // A voter who marks one option is in one sum; of several candidates nobody can be in one twice.
  const fits =
    question.kind === "approve_up_to"
      ? options.every(({ votes }) => votes && votes.owners <= participated.owners && votes.area <= participated.area) &&
        sum.owners >= participated.owners
      : sameWeight(sum, participated);
  check.expect(
    fits && participated.owners <= eligible.owners && participated.area <= eligible.area,
    where,
    `各选项合计 ${sayWeight(sum)}，参与 ${sayWeight(participated)}。`,
    `The options add up to ${sayWeight(sum)}, those who took part are ${sayWeight(participated)}.`,
  );
  const proposals = new Map(
    of((role) => role === "for" || role === "choice").map((one) => [Number(one.optionNo), one.votes ?? NOTHING]),
  );
  const own = decide(matter, eligible, participated, proposals);
  check.expect(
    own.outcome === item.outcome && String(own.carried) === String(item.carried),
    where,
    `公布的结论是 ${item.outcome} [${item.carried}]，按公布的数字应是 ${own.outcome} [${own.carried}]。`,
    `Published outcome ${item.outcome} [${item.carried}]; the published figures give ${own.outcome} [${own.carried}].`,
  );
  checkInequalities(item, own.checks, check, where);
}

/** @param {any} item @param {readonly import("./tally.mjs").Inequality[]} own @param {Check} check @param {string} where */
function checkInequalities(item, own, check, where) {
  for (const one of own) {
    const told = (item.checks ?? []).find(
      (/** @type {any} */ other) =>
        other.rule === one.rule && other.axis === one.axis && (other.optionNo ?? null) === one.option,
    );
    // Of an item nobody may vote on nothing is told.
    if (!told && item.checks?.length === 0) continue;
    /** @param {unknown} text */
    const read = (text) => (one.axis === "area" ? readWeight({ owners: 0, areaM2: text })?.area : BigInt(String(text)));
    check.expect(
      !!told &&
        read(told.part) === one.part &&
        read(told.whole) === one.whole &&
        read(told.least) === one.least &&
        told.holds === one.holds,
      `${where} ${one.rule} ${one.axis}${one.option === null ? "" : ` ${one.option}`}`,
      `公布的是 ${told?.part} / ${told?.whole}，至少 ${told?.least}；重算为 ${one.part} / ${one.whole}，至少 ${one.least}，${one.holds ? "成立" : "不成立"}。`,
      `Published ${told?.part} of ${told?.whole}, least ${told?.least}; computed ${one.part} of ${one.whole}, least ${one.least}, ${one.holds ? "holds" : "does not hold"}.`,
    );
  }
}

/**
 * The published items are what the record's entry of the publication says, and what the count committed to.
 * @param {any} result @param {Held} held @param {Check} check
 */
export function checkCommitted(result, held, check) {
  const where = `meetings/${result.number} result`;
  const counted = held.counts.get(result.leaf);
  const isKnown = check.expect(
    counted !== undefined && counted.run === result.run && counted.ballots === result.ballots,
    where,
    "公开记录里没有这次计票，或票数不同。",
    "The record has no such count, or another number of ballots.",
  );
  if (!isKnown) return;
  check.expect(
    held.standing.size === result.ballots,
    where,
    `公布收到 ${result.ballots} 张票，记录里有 ${held.standing.size} 张。`,
    `Published: ${result.ballots} ballots; the record has ${held.standing.size}.`,
  );
  if (result.opening)
    check.expect(
      commitmentTo(result.opening.salt, result.opening.results) === counted.results,
      where,
      "公布的结果打不开计票时写进记录的承诺：公布以前换过数字。",
      "What is published does not open the commitment of the count: figures were changed before publication.",
    );
  else
    check.cannot(
      "有的议题参与不足20人，计票时的承诺不公开打开，否则看得出谁反对。",
      "Where fewer than 20 took part the count's commitment is not opened: it would tell who was against.",
    );
  const entry = held.published.get(result.leaf);
  for (const item of result.items) {
    const own = entry?.items?.find((/** @type {any} */ one) => one.item === item.itemNo);
    check.expect(
      !!own && sameItem(own, item),
      `${where} item ${item.itemNo}`,
      "公布的数字与公开记录里的不一样。",
      "The figures published are not those of the record.",
    );
    const opened = result.opening?.results?.find(
      (/** @type {any} */ one) => one.item === item.itemNo && one.basis === "strict",
    )?.result;
    if (!opened) continue;
    check.expect(
      sameRows(opened, item),
      `${where} item ${item.itemNo}`,
      "公布的数字与计票时承诺的不一样。",
      "The figures published are not those the count committed to.",
    );
  }
}

/**
 * The count the rules of procedure deem, beside the strict one: its outcome again from the sums that were committed to.
 * @param {any} result @param {ReadonlyMap<number, any>} items of the frozen notice @param {Check} check
 */
export function checkDeemed(result, items, check) {
  for (const { item, basis, result: told } of result.opening?.results ?? []) {
    if (basis !== "deemed" || told.kind !== "counted") continue;
    const { count, toOption, added } = told;
    const [eligible, participated] = [readWeight(count.eligible), readWeight(count.participated)];
    const question = items.get(item)?.question;
    if (!eligible || !participated || !question) continue;
    /** @type {Map<number, Weight>} */
    const proposals = new Map();
    for (const { optionNo, role } of question.options)
      if (role === "for" || role === "choice")
        proposals.set(
          optionNo,
          readWeight(count.rows.find((/** @type {any} */ row) => row.optionNo === optionNo)) ?? NOTHING,
        );
    const own = decide(items.get(item).matter, eligible, participated, proposals);
    const shown = result.items.find((/** @type {any} */ one) => one.itemNo === item)?.deemed;
    check.expect(
      own.outcome === count.outcome &&
        shown?.outcome === count.outcome &&
        String(own.carried) === String(shown.carried),
      `meetings/${result.number} item ${item} deemed`,
      `按推定计入的数字，结论应是 ${own.outcome}，公布的是 ${shown?.outcome}。`,
      `By the deemed figures the outcome is ${own.outcome}, published ${shown?.outcome}.`,
    );
    const strict = result.opening.results.find((/** @type {any} */ one) => one.item === item && one.basis === "strict");
    const before = readWeight(strict?.result.rows.find((/** @type {any} */ row) => row.optionNo === toOption));
    const after = readWeight(count.rows.find((/** @type {any} */ row) => row.optionNo === toOption));
    const more = readWeight(added);
    check.expect(
      toOption === null || (!!before && !!more && sameWeight(plus(before, more), after)),
      `meetings/${result.number} item ${item} deemed`,
      "推定计入的不是从严格计票加上公布的数。",
      "What was deemed is not the strict count and the figure that was added.",
    );
    check.cannot(
      "按议事规则推定计入了多少户，取决于送达凭据，不公开。",
      "How many were deemed to vote rests on proofs of service, which are not public.",
    );
  }
}

/** @param {any} own an item of the entry @param {any} item as published */
const sameItem = (own, item) =>
  own.outcome === item.outcome &&
  sameWeight(readWeight(own.eligible), readWeight(item.eligible)) &&
  sameWeight(readWeight(own.participated), readWeight(item.participated)) &&
  item.options.every((/** @type {any} */ one) => {
    if (one.optionNo === null) return true;
    const told = own.options?.find((/** @type {any} */ other) => other.option === one.optionNo);
    return !!told && sameWeight(readWeight(told), readWeight(one.votes));
  });

/** @param {any} opened @param {any} item as published */
const sameRows = (opened, item) =>
  sameWeight(readWeight(opened.participated), readWeight(item.participated)) &&
  sameWeight(readWeight(opened.eligible), readWeight(item.eligible)) &&
  item.options.every((/** @type {any} */ one) => {
    const row = opened.rows?.find((/** @type {any} */ other) => other.optionNo === one.optionNo);
    return one.optionNo === null || (!!row && sameWeight(readWeight(row), readWeight(one.votes)));
  });
