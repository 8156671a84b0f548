/** Elections: the order of the candidates drawn again, each round settled again from its votes and its seed. */
import { commitmentOf, drawOrder } from "./draw.mjs";
import { settle } from "./election.mjs";
import { readJson, readPages } from "./source.mjs";
import { readWeight, sameWeight } from "./tally.mjs";

/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./log.mjs").Place} Place */
/** @typedef {import("./subjects.mjs").Subject} Subject */

/** @param {unknown} a @param {unknown} b */
const sameJson = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A seed that is revealed must be the one committed to before, and before means earlier in the record.
 * @param {any} entry @param {ReadonlySet<string> | undefined} committed @param {Check} check @param {string} where
 */
export function checkSeed(entry, committed, check, where) {
  return check.expect(
    commitmentOf(entry.seed) === entry.commitment && committed?.has(entry.commitment) === true,
    where,
    "揭开的种子不是抽签以前承诺的那一个。",
    "The seed revealed is not the one committed to before the draw.",
  );
}

/** @param {any} entry @param {Place} place @param {ReadonlySet<string> | undefined} committed @param {Check} check */
function checkOrder(entry, { seq }, committed, check) {
  const where = `#${seq} ${entry.type}`;
  checkSeed(entry, committed, check, where);
  check.expect(
    entry.purpose === `commonhold election ${entry.election} candidates` &&
      sameJson(drawOrder(entry.seed, entry.purpose, entry.lots), entry.drawn),
    where,
    "由种子重新抽出的候选人顺序不同。",
    "Drawn again from the seed, the candidates stand in another order.",
  );
}

/**
 * A round from its entry alone: seed, votes as the published count has them, who passed and who sits.
 * @param {any} entry @param {Place} place @param {ReadonlySet<string> | undefined} committed @param {any} published entry of the count's publication
 * @param {Check} check
 */
function checkRound(entry, { seq }, committed, published, check) {
  const where = `#${seq} ${entry.type} ${entry.round}`;
  checkSeed(entry, committed, check, where);
  const [eligible, participated] = [readWeight(entry.eligible), readWeight(entry.participated)];
  const candidates = entry.candidates.map((/** @type {any} */ one) => ({
    option: one.option,
    votes: readWeight(one),
    hindered: one.hindered !== null,
  }));
  const isRead = eligible && participated && candidates.every((/** @type {any} */ one) => one.votes);
  if (!check.expect(!!isRead, where, "有数字读不出来。", "A figure cannot be read.") || !eligible || !participated)
    return;
  const counted = (published?.items ?? []).some(
    (/** @type {any} */ item) =>
      sameWeight(readWeight(item.participated), participated) &&
      candidates.every((/** @type {any} */ one) =>
        item.options?.some(
          (/** @type {any} */ option) => option.option === one.option && sameWeight(readWeight(option), one.votes),
        ),
      ),
  );
  check.expect(counted, where, "得票数不是公布的计票结果。", "The votes are not those of the published count.");
  const { ranking, tie, seed, purpose } = entry;
  const own = settle({ eligible, participated, ranking, tie, seats: entry.seatsOpen, seed, purpose }, candidates);
  /** @param {string} place */
  const told = (place) =>
    entry.candidates
      .filter((/** @type {any} */ one) => one.place === place)
      .sort((/** @type {any} */ a, /** @type {any} */ b) => a.order - b.order)
      .map((/** @type {any} */ one) => one.option);
  const alternates = told("alternate");
  check.expect(
    purpose === `commonhold election ${entry.election} round ${entry.round}` &&
      sameJson(told("elected"), own.elected) &&
      sameJson(alternates, own.waiting.slice(0, alternates.length)) &&
      sameJson(told("level").sort(), [...own.level].sort()) &&
      entry.candidates.every((/** @type {any} */ one) => one.passed === own.passed.has(one.option)),
    where,
    `重算当选的是选项 ${own.elected.join("、")}，其后依次 ${own.waiting.join("、")}，与公布的不同。`,
    `Settled again, elected are options ${own.elected.join(", ")}, then ${own.waiting.join(", ")}: not what was published.`,
  );
}

/** The page of the candidates against the entry of their publication. @param {any} told @param {Map<string, any>} entries @param {Check} check @param {string} where */
function checkList(told, entries, check, where) {
  const entry = entries.get(told.draw.leaf);
  const { seed, drawn, lots, purpose, commitment } = told.draw;
  check.expect(
    entry &&
      sameJson(
        [seed, drawn, lots, purpose, commitment],
        [entry.seed, entry.drawn, entry.lots, entry.purpose, entry.commitment],
      ),
    where,
    "公布的抽签与公开记录里的不同。",
    "The draw published is not that of the record.",
  );
  check.expect(
    told.candidates.every((/** @type {any} */ one) => drawn[one.place - 1] === one.nomination),
    where,
    "候选人排列的次序不是抽出的次序。",
    "The candidates do not stand in the order drawn.",
  );
}

/** @param {any} told @param {Map<string, any>} entries @param {Check} check @param {string} where */
function checkOutcome(told, entries, check, where) {
  const entry = entries.get(told.leaves.result);
  const isSame =
    entry &&
    told.draw.seed === entry.seed &&
    told.draw.commitment === entry.commitment &&
    told.outcome?.candidates.length === entry.candidates.length &&
    told.outcome.candidates.every((/** @type {any} */ one) => {
      const own = entry.candidates.find((/** @type {any} */ other) => other.option === one.option);
      return (
        own && sameWeight(readWeight(own), readWeight(one.votes)) && own.place === one.place && own.order === one.order
      );
    });
  check.expect(!!isSame, where, "公布的结果与公开记录里的不同。", "The outcome published is not that of the record.");
}

/** @returns {Subject} */
export function elections() {
  /** Commitments by what they were made for. @type {Map<string, Set<string>>} */
  const committed = new Map();
  /** @param {string} what @param {string} commitment */
  const commit = (what, commitment) => committed.set(what, (committed.get(what) ?? new Set()).add(commitment));
  /** @type {((check: Check) => void)[]} */
  const draws = [];
  /** @type {Map<string, any>} */
  const entries = new Map();
  /** Entries of publications by the hash of the count they publish. @type {Map<string, any>} */
  const published = new Map();
  return {
    see(entry, place) {
      if (entry.type === "election.order_seed_committed") commit(`order ${entry.election}`, entry.commitment);
      if (entry.type === "election.round_placed") commit(`round ${entry.election} ${entry.round}`, entry.seed);
      if (entry.type === "meeting.published") published.set(entry.counted, entry);
      if (entry.type === "election.candidates_published") {
        const before = new Set(committed.get(`order ${entry.election}`));
        draws.push((check) => checkOrder(entry, place, before, check));
        entries.set(place.hash, entry);
      }
      if (entry.type === "election.round_settled") {
        const before = new Set(committed.get(`round ${entry.election} ${entry.round}`));
        const count = published.get(entry.count);
        draws.push((check) => checkRound(entry, place, before, count, check));
        entries.set(place.hash, entry);
      }
    },
    async check({ source, report }) {
      const check = report.begin(
        "elections",
        "选举：候选人顺序、当选、抽签，由种子重算",
        "Elections: order, seats and draws, again from the seeds",
      );
      for (const draw of draws) draw(check);
      const base = `/api/communities/${source.slug}/elections`;
      for (const { number } of await readPages(source, base, "elections")) {
        const list = await readJson(source, `${base}/${number}/candidates`);
        if (list) checkList(list, entries, check, `elections/${number} candidates`);
        const { rounds = [] } = (await readJson(source, `${base}/${number}/rounds`)) ?? {};
        for (const { round } of rounds) {
          const told = await readJson(source, `${base}/${number}/rounds/${round}`);
          if (told?.leaves?.result) checkOutcome(told, entries, check, `elections/${number} round ${round}`);
        }
      }
    },
  };
}
