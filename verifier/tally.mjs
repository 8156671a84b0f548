/** Civil Code art. 278, second paragraph, in whole numbers: two thirds take part and enough of them agree, each by owners and by area. Written from the article; pure. */

/** Owners, and exclusive area in 0.01 m². @typedef {{ owners: bigint, area: bigint }} Weight */
/** @typedef {{ rule: "quorum" | "approval", axis: "owners" | "area", option: number | null, part: bigint, whole: bigint, least: bigint, holds: boolean }} Inequality */

/** The nine matters of the first paragraph; 6, 7 and 8 (raising the fund, rebuilding, business with common parts) ask for three quarters. @param {number} matter */
const needsThreeQuarters = (matter) => matter === 6 || matter === 7 || matter === 8;

/** 以上 includes the number itself (Civil Code art. 1259). @param {bigint} whole @param {bigint} over @param {bigint} under */
const atLeast = (whole, over, under) => (whole * over + under - 1n) / under;

/** 过半数 does not include the half. @param {bigint} whole */
const moreThanHalf = (whole) => whole / 2n + 1n;

/** The smallest part that reaches the quorum. @param {bigint} whole */
export const quorumOf = (whole) => atLeast(whole, 2n, 3n);

/** The smallest part that approves. @param {number} matter @param {bigint} whole */
export const approvalOf = (matter, whole) =>
  needsThreeQuarters(matter) ? atLeast(whole, 3n, 4n) : moreThanHalf(whole);

/**
 * Every inequality of one item, and what it came to. `proposals` are the options that ask for approval, by number.
 * @param {number} matter @param {Weight} eligible @param {Weight} participated @param {ReadonlyMap<number, Weight>} proposals
 */
export function decide(matter, eligible, participated, proposals) {
  /** @param {"owners" | "area"} axis @returns {Inequality} */
  const quorum = (axis) => {
    const [part, whole] = [participated[axis], eligible[axis]];
    const least = quorumOf(whole);
    return { rule: "quorum", axis, option: null, part, whole, least, holds: part >= least };
  };
  const quorums = [quorum("owners"), quorum("area")];
  const hasQuorum = quorums.every(({ holds }) => holds) && eligible.owners > 0n && eligible.area > 0n;
  /** @type {Inequality[]} */
  const approvals = [];
  /** @type {number[]} */
  const carried = [];
  for (const [option, votes] of proposals) {
    const own = /** @type {const} */ (["owners", "area"]).map((axis) => {
      const least = approvalOf(matter, participated[axis]);
      const [part, whole] = [votes[axis], participated[axis]];
      return /** @type {Inequality} */ ({ rule: "approval", axis, option, part, whole, least, holds: part >= least });
    });
    approvals.push(...own);
    if (hasQuorum && own.every(({ holds }) => holds)) carried.push(option);
  }
  const outcome = !hasQuorum ? "quorum_not_met" : carried.length > 0 ? "carried" : "lost";
  return { checks: [...quorums, ...approvals], outcome, carried };
}

/** Square metres with two decimals as 0.01 m²; null for another spelling. @param {unknown} text */
export function readArea(text) {
  const [, whole, part] = /^(\d{1,12})\.(\d{2})$/.exec(String(text)) ?? [];
  return whole === undefined ? null : BigInt(whole) * 100n + BigInt(part ?? "0");
}

/** A published weight, `{owners, areaM2}` or `{owners, areaDm2}`; null where it is none. @param {any} value @returns {Weight | null} */
export function readWeight(value) {
  const area = Number.isSafeInteger(value?.areaDm2) ? BigInt(value.areaDm2) : readArea(value?.areaM2);
  return Number.isSafeInteger(value?.owners) && area !== null ? { owners: BigInt(value.owners), area } : null;
}

/** @param {Weight | null | undefined} a @param {Weight | null | undefined} b */
export const sameWeight = (a, b) => !!a && !!b && a.owners === b.owners && a.area === b.area;

/** @param {Weight} a @param {Weight} b @returns {Weight} */
export const plus = (a, b) => ({ owners: a.owners + b.owners, area: a.area + b.area });

/** @type {Weight} */
export const NOTHING = { owners: 0n, area: 0n };

/** `133 户 / 13213.35 ㎡`. @param {Weight | null | undefined} weight */
export const sayWeight = (weight) =>
  weight ? `${weight.owners} / ${weight.area / 100n}.${String(weight.area % 100n).padStart(2, "0")} m²` : "?";
