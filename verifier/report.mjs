/** What was checked and what came of it: counts, faults with their places, and what could not be checked with the reason. No words of its own. */

/** @typedef {{ zh: string, en: string }} Words */
/** @typedef {Words & { where: string }} Fault */

const MOST_TOLD = 50;

/** One thing that is checked. */
export class Check {
  /** How many things held. */
  good = 0;
  /** How many did not; `faults` tells the first of them. */
  wrong = 0;
  /** @type {Fault[]} */
  faults = [];
  /** What was not checked, and why. @type {Words[]} */
  open = [];

  /** @param {string} id @param {Words} title */
  constructor(id, title) {
    this.id = id;
    this.title = title;
  }

  /**
   * Counts something that must hold. Answers whether it did.
   * @param {boolean} holds @param {string} where @param {string} zh @param {string} en
   */
  expect(holds, where, zh, en) {
    if (holds) {
      this.good += 1;
      return true;
    }
    this.wrong += 1;
    if (this.faults.length < MOST_TOLD) this.faults.push({ where, zh, en });
    return false;
  }

  /** @param {string} zh @param {string} en */
  cannot(zh, en) {
    if (!this.open.some((one) => one.en === en)) this.open.push({ zh, en });
  }
}

/** All checks of one run. */
export class Report {
  /** @type {Check[]} */
  checks = [];

  /** @param {string} id @param {string} zh @param {string} en */
  begin(id, zh, en) {
    const check = new Check(id, { zh, en });
    this.checks.push(check);
    return check;
  }

  get wrong() {
    return this.checks.reduce((sum, check) => sum + check.wrong, 0);
  }
}
