/** What a statement of some months must say, from the vouchers of the record alone: docs/decisions/074. Pure; all in fen. */

/** @typedef {{ account: string, side: "debit" | "credit", amount: number }} Line */
/** A voucher as its entry has it. @typedef {{ period: string, lines: readonly Line[] }} Posted */
/** What an account held before, and what was added on either side. @typedef {{ opening: number, debit: number, credit: number }} Movement */

/** @param {readonly Line[]} lines @param {"debit" | "credit"} side */
export const sumOf = (lines, side) => lines.reduce((sum, line) => sum + (line.side === side ? line.amount : 0), 0);

/**
 * Each account's movement from month to month, both included. An opening is more than nothing on the debit side.
 * @param {Iterable<Posted>} vouchers @param {string} from @param {string} to @returns {Map<string, Movement>}
 */
export function movements(vouchers, from, to) {
  /** @type {Map<string, Movement>} */
  const found = new Map();
  for (const { period, lines } of vouchers) {
    if (period > to) continue;
    for (const { account, side, amount } of lines) {
      const one = found.get(account) ?? { opening: 0, debit: 0, credit: 0 };
      if (period < from) one.opening += side === "debit" ? amount : -amount;
      else one[side] += amount;
      found.set(account, one);
    }
  }
  return found;
}

/** @param {Movement} movement */
const closing = ({ opening, debit, credit }) => opening + debit - credit;

/**
 * The figures of a statement by account and as sums.
 * @param {ReadonlyMap<string, Movement>} moved @param {ReadonlyMap<string, string>} kinds asset, liability, net, income, cost or use, by account
 */
export function figures(moved, kinds) {
  /** @param {string} kind */
  const of = (kind) => [...moved].filter(([account]) => kinds.get(account) === kind);
  /** @param {string} kind @param {1 | -1} sign debit counts, or credit */
  const flows = (kind, sign) =>
    new Map(of(kind).map(([account, { debit, credit }]) => [account, sign * (debit - credit)]));
  const standings = new Map(
    [...of("asset"), ...of("liability")].map(([account, one]) => {
      const isOwed = kinds.get(account) === "liability";
      return [
        account,
        isOwed
          ? { openingFen: 0 - one.opening, inFen: one.credit, outFen: one.debit, closingFen: 0 - closing(one) }
          : { openingFen: one.opening, inFen: one.debit, outFen: one.credit, closingFen: closing(one) },
      ];
    }),
  );
  /** @param {ReadonlyMap<string, number>} some */
  const total = (some) => [...some.values()].reduce((sum, fen) => sum + fen, 0);
  /** @param {(one: Movement) => number} at */
  const own = (at) => [...of("asset"), ...of("liability")].reduce((sum, [, one]) => sum + at(one), 0);
  const [income, costs, uses] = [flows("income", -1), flows("cost", 1), flows("use", 1)];
  const [incomeFen, costFen] = [total(income), total(costs)];
  return {
    income,
    costs,
    uses,
    standings,
    openingFen: own(({ opening }) => opening),
    broughtInFen: total(flows("net", -1)),
    incomeFen,
    costFen,
    netFen: incomeFen - costFen,
    usedFen: total(uses),
    closingFen: own(closing),
  };
}

/** @typedef {{ what: string, told: unknown, own: number }} Difference */

/**
 * Every figure of a published statement that is not what the vouchers give; accounts that only one side has included.
 * @param {any} content @param {ReturnType<typeof figures>} own @returns {Difference[]}
 */
export function differences(content, own) {
  /** @type {Difference[]} */
  const found = [];
  /** @param {string} what @param {unknown} told @param {number} computed */
  const compare = (what, told, computed) => {
    if (told !== computed) found.push({ what, told, own: computed });
  };
  for (const name of /** @type {const} */ ([
    "openingFen",
    "broughtInFen",
    "incomeFen",
    "costFen",
    "netFen",
    "closingFen",
  ]))
    compare(name, content[name], own[name]);
  compare("toFundFen + usesFen", content.toFundFen + content.usesFen, own.usedFen);
  compare(
    "openingFen + broughtInFen + netFen − toFundFen − usesFen",
    content.closingFen,
    content.openingFen + content.broughtInFen + content.netFen - content.toFundFen - content.usesFen,
  );
  /** @param {string} name @param {readonly any[]} told @param {ReadonlyMap<string, number>} computed */
  const flows = (name, told, computed) => {
    const byAccount = new Map(told.map(({ account, fen }) => [account, fen]));
    if (byAccount.size !== told.length)
      found.push({ what: `${name}: an account twice`, told: told.length, own: byAccount.size });
    for (const account of new Set([...byAccount.keys(), ...computed.keys()]))
      compare(`${name} ${account}`, byAccount.get(account) ?? 0, computed.get(account) ?? 0);
  };
  flows("income", content.income, own.income);
  flows("costs", content.costs, own.costs);
  flows("uses", [...content.toFund, ...content.uses], own.uses);
  const lists = ["money", "receivables", "otherAssets", "deposits", "debts"].flatMap((name) => content[name]);
  const standing = new Map(lists.map((one) => [one.account, one]));
  if (standing.size !== lists.length)
    found.push({ what: "an account stands twice", told: lists.length, own: standing.size });
  const nothing = { openingFen: 0, inFen: 0, outFen: 0, closingFen: 0 };
  for (const account of new Set([...standing.keys(), ...own.standings.keys()]))
    for (const name of /** @type {const} */ (["openingFen", "inFen", "outFen", "closingFen"]))
      compare(
        `${account} ${name}`,
        (standing.get(account) ?? nothing)[name],
        (own.standings.get(account) ?? nothing)[name],
      );
  for (const bank of content.banks)
    found.push(...bankDifferences(bank, own.standings.get(bank.account)?.closingFen ?? 0));
  return found;
}

/** A bank account: what the book says, and whether the open items explain the difference. @param {any} bank @param {number} bookFen */
function bankDifferences(bank, bookFen) {
  /** @type {Difference[]} */
  const found = [];
  /** @param {string} what @param {unknown} told @param {number} own */
  const compare = (what, told, own) => {
    if (told !== own) found.push({ what: `bank ${bank.account} ${what}`, told, own });
  };
  compare("bookFen", bank.bookFen, bookFen);
  compare("adjustedBookFen", bank.adjustedBookFen, bank.bookFen + bank.bankInFen - bank.bankOutFen);
  compare("adjustedBankFen", bank.adjustedBankFen, bank.bankFen + bank.bookInFen - bank.bookOutFen);
  compare("unexplainedFen", bank.unexplainedFen, bank.adjustedBookFen - bank.adjustedBankFen);
  compare("unexplainedFen", bank.unexplainedFen, 0);
  if (!bank.open) return found;
  /** @param {string} side @param {1 | -1} sign */
  const open = (side, sign) =>
    bank.open.reduce(
      (/** @type {number} */ sum, /** @type {any} */ one) =>
        one.side === side && Math.sign(one.fen) === sign ? sum + Math.abs(one.fen) : sum,
      0,
    );
  compare("bankInFen", bank.bankInFen, open("bank", 1));
  compare("bankOutFen", bank.bankOutFen, open("bank", -1));
  compare("bookInFen", bank.bookInFen, open("book", 1));
  compare("bookOutFen", bank.bookOutFen, open("book", -1));
  return found;
}
