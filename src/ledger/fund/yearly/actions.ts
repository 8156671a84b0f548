/** Freezing a year of the fund and publishing it (F9; MF 30): read the books, the bank and the units, ask the rules, write with the leaf. No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Day, dayOf } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { reconcileOn } from "../../bank/matching/actions.ts";
import { listBankAccounts } from "../../bank/store.ts";
import { viewBook } from "../../books/actions.ts";
import { type BookState, closingFen, type Movement, type Period } from "../../books/rules.ts";
import { listMovements } from "../../books/store.ts";
import { type BankAgreed, type YearContent, type YearFacts, type YearFault, yearFaults } from "./rules.ts";
import {
  insertYear,
  listBalancesOn,
  listEditions,
  listReached,
  listSettledWorks,
  type YearRow,
  yearFrom,
} from "./store.ts";

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** What comes in and goes out of a year by account, and what stood at both ends, from the months of the book. */
export function flowsOf(state: BookState, moved: readonly Movement[]) {
  const accounts = new Map(state.accounts.map((account) => [account.code, account]));
  const flows = moved.flatMap((one) => {
    const account = accounts.get(one.account);
    if (account?.kind !== "income" && account?.kind !== "cost" && account?.kind !== "net") return [];
    const isOut = account.kind === "cost";
    const fen = isOut ? one.debitFen - one.creditFen : one.creditFen - one.debitFen;
    return fen === 0 ? [] : [{ account: one.account, zh: account.name.zh, en: account.name.en, fen, isOut }];
  });
  const own = moved.filter(({ account }) => ["asset", "liability"].includes(accounts.get(account)?.kind ?? ""));
  return {
    openingFen: own.reduce((sum, one) => sum + one.openingFen, 0),
    flows,
    closingFen: own.reduce((sum, one) => sum + closingFen(one), 0),
  };
}

export interface ReadYear {
  readonly content: YearContent;
  readonly facts: Omit<YearFacts, "why" | "comparedWith">;
  readonly editions: readonly YearRow[];
}

/** A year as the books, the bank and the units have it now; null where the book has no month of it. */
export async function readYear(scene: Scene, year: number, comparedWith = ""): Promise<ReadYear | null> {
  const state = await viewBook(scene, "fund");
  if (!state || `${year}-12` < state.from || `${year}-01-01` > state.today) return null;
  const from: Period = `${year}-01` > state.from ? `${year}-01` : state.from;
  const last: Day = `${year}-12-31`;
  const [moved, accounts, units, works, stored, reached] = await scene.db.read(
    listMovements(scene, "fund", from, `${year}-12`),
    listBankAccounts(scene),
    listBalancesOn(scene, last),
    listSettledWorks(scene, `${from}-01`, last),
    listEditions(scene, year),
    listReached(scene),
  );
  const editions = stored.map(yearFrom);
  const own = accounts.filter(({ book }) => book === "fund");
  const sheets = await Promise.all(
    own.map((account) => {
      const row = moved.find((one) => one.account === account.ledgerAccount);
      return reconcileOn(scene, account, row ? closingFen(row) : 0, last);
    }),
  );
  const sums = flowsOf(state, moved);
  const unitsFen = units.reduce((sum, { fen }) => sum + fen, 0);
  const banks = own.flatMap(({ bank, numberMasked }, at): BankAgreed[] => {
    const sheet = sheets[at];
    if (!sheet) return [];
    const openItems = sheet.bankOnly.length + sheet.bookOnly.length;
    return [{ bank, numberMasked, bookFen: sheet.bookFen, bankFen: sheet.bankFen, openItems }];
  });
  return {
    content: {
      year,
      from,
      ...sums,
      banks,
      comparedWith: comparedWith.trim(),
      buildings: byBuilding(units),
      works,
      unitsHash: hashOf(JSON.stringify(units.map(({ unitId, fen }) => [unitId, fen]).toSorted())),
    },
    facts: {
      year,
      today: dayOf(scene.now),
      closedThrough: state.closedThrough,
      banks: own.map(({ bank, accountId }, at) => ({
        bank,
        reaches: sheets[at] !== null && reached.some((one) => one.accountId === accountId && one.toOn >= last),
        unexplainedFen: sheets[at]?.unexplainedFen ?? 0,
      })),
      apartFen: sums.closingFen - unitsFen,
      editions: editions.length,
    },
    editions,
  };
}

const byBuilding = (units: readonly { readonly building: string; readonly fen: Fen }[]): YearContent["buildings"] => {
  const sums = new Map<string, { units: number; balanceFen: Fen }>();
  for (const { building, fen } of units) {
    const sum = sums.get(building) ?? { units: 0, balanceFen: 0 };
    sums.set(building, { units: sum.units + 1, balanceFen: sum.balanceFen + fen });
  }
  return [...sums].map(([building, sum]) => ({ building, ...sum }));
};

export type YearRefusal =
  | { readonly reason: "unknown_year" }
  | { readonly reason: "year_faulty"; readonly faults: readonly [YearFault, ...YearFault[]] }
  | { readonly reason: "year_unchanged" }
  | { readonly reason: "year_moved" };

/**
 * Freezes a year and publishes it; a later edition says why it corrects the one before, which stays as it was. A repeat with nothing
 * changed since finds it published.
 */
export async function publishYear(
  scene: StaffScene,
  asked: { readonly year: number; readonly comparedWith: string; readonly why: string },
): Promise<Result<{ readonly edition: number }, YearRefusal>> {
  const read = await readYear(scene, asked.year, asked.comparedWith);
  if (!read) return err({ reason: "unknown_year" });
  const content = JSON.stringify(read.content);
  const contentHash = hashOf(content);
  const last = read.editions[0];
  const why = asked.why.trim();
  if (last?.contentHash === contentHash)
    return last.why === why ? ok({ edition: last.edition }) : err({ reason: "year_unchanged" });
  const [fault, ...others] = yearFaults({ ...read.facts, comparedWith: asked.comparedWith, why });
  if (fault) return err({ reason: "year_faulty", faults: [fault, ...others] });
  const edition = (last?.edition ?? 0) + 1;
  const { openingFen, closingFen: endFen } = read.content;
  const leaf = appendLeaf(
    scene,
    "fund.year_published",
    {
      year: asked.year,
      edition,
      opening: openingFen,
      closing: endFen,
      content: contentHash,
      units: read.content.unitsHash,
      ...(edition === 1 ? {} : { why }),
    },
    `fund-${asked.year}`,
  );
  const row = insertYear(scene, {
    year: asked.year,
    edition,
    content,
    contentHash,
    why: edition === 1 ? "" : why,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([row, leaf.statement]);
  return written.ok ? ok({ edition }) : err({ reason: "year_moved" });
}
