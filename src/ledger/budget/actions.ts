/** Drafting a year's budget, bringing it into force by three hands, and saying why more was spent: load, ask the rules, write with the leaf. No HTTP. */
import { decisionHolds, readDecision } from "../../assembly/results/reading.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalHash } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { viewBook } from "../books/actions.ts";
import type { Account, Book, Period } from "../books/rules.ts";
import { accountsFrom, listAccounts } from "../books/store.ts";
import { type DecisionRefusal, isCarried } from "../fund/projects/rules.ts";
import {
  type Budget,
  type BudgetFacts,
  type BudgetFault,
  type BudgetMoveRefusal,
  type BudgetState,
  budgetFaults,
  type Compared,
  compareBudget,
  MATTERS,
  mayApprove,
  mayExplain,
  mayFollow,
  mayPublish,
  mayRefuse,
  mayReview,
  mayWithdraw,
  type OverspendRefusal,
  type RevisionRefusal,
  yearsOf,
} from "./rules.ts";
import { BUDGET_SETTINGS } from "./settings.ts";
import {
  type BudgetRow,
  budgetFrom,
  findBudget,
  insertBudget,
  insertOverspendNote,
  isLastVersion,
  listMovedIn,
  listOverspendNotes,
  listVersionsOf,
  moveBudget,
  type OverspendNote,
} from "./store.ts";

/** The hash that the entries of the record carry: of the canonical JSON of all that a version says. */
export const budgetHash = ({ book, year, lines, note }: Budget): string => canonicalHash({ book, year, lines, note });

// ——— A year as it stands ———

/**
 * What a page of a book's year reads, up to a month of it; joins any page's round trip, book and year being known or found by a
 * subquery. `standingFrom` puts it together.
 */
export const yearQueries = (scene: Scene, book: Book | SQL, year: number | SQL, through?: Period | SQL) =>
  [
    listVersionsOf(scene, book, year),
    listAccounts(scene, book),
    listMovedIn(scene, book, year, through),
    listOverspendNotes(scene, book, year),
  ] as const;

type RowsOf<Q extends readonly Query[]> = { readonly [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

export interface YearStanding {
  /** The published versions, the newest first. */
  readonly versions: readonly BudgetRow[];
  readonly accounts: readonly Account[];
  /** The newest version against what the books say; null while none is published. */
  readonly compared: Compared | null;
  readonly notes: readonly OverspendNote[];
}
export function standingFrom([stored, accountRows, moved, notes]: RowsOf<
  ReturnType<typeof yearQueries>
>): YearStanding {
  const versions = stored.map(budgetFrom);
  const accounts = accountsFrom(accountRows);
  const reasons = new Map(notes.map(({ account, text }) => [account, text]));
  const [newest] = versions;
  return { versions, accounts, notes, compared: newest ? compareBudget(newest.lines, moved, accounts, reasons) : null };
}
/** One round trip. */
export const readYear = async (scene: Scene, book: Book, year: number): Promise<YearStanding> =>
  standingFrom(await scene.db.read(...yearQueries(scene, book, year)));

// ——— Drafting ———

export type BudgetDraftRefusal =
  | KeyReused
  | RevisionRefusal
  | { readonly reason: "unknown_book" }
  | { readonly reason: "budget_faulty"; readonly faults: readonly [BudgetFault, ...BudgetFault[]] }
  /** Another version of this year waits to be reviewed, approved or published. */
  | { readonly reason: "budget_waits" };

export interface BudgetAsked extends Budget {
  /** Why it follows the version in force; passed over for a first one. */
  readonly why: string;
}

/** Drafts the budget of a book's year, or a version that revises the one in force, for another person to review. */
export async function draftBudget(
  scene: StaffScene,
  asked: BudgetAsked,
  once: string,
): Promise<Result<{ readonly budgetId: string }, BudgetDraftRefusal>> {
  const body = JSON.stringify(asked);
  const first = await findAnswer<{ budgetId: string }>(scene, { key: once, body });
  if (first) return first;
  const state = await viewBook(scene, asked.book);
  if (!state) return err({ reason: "unknown_book" });
  const budget: Budget = {
    book: asked.book,
    year: asked.year,
    lines: asked.lines.map(({ account, amountFen }) => ({ account, amountFen })),
    note: asked.note.trim(),
  };
  const [fault, ...others] = budgetFaults(budget, state.accounts, yearsOf(state.from, state.today));
  if (fault) return err({ reason: "budget_faulty", faults: [fault, ...others] });
  const [versions] = await scene.db.read(listVersionsOf(scene, budget.book, budget.year));
  const why = mayFollow(versions[0] ? budgetFrom(versions[0]) : null, budget, asked.why);
  if (!why.ok) return why;
  const budgetId = newId<string>(scene.random);
  const contentHash = budgetHash(budget);
  const leaf = appendLeaf(
    scene,
    "budget.drafted",
    { budget: budgetId, book: budget.book, year: budget.year, content: contentHash },
    budgetId,
  );
  const insert = insertBudget(scene, {
    budgetId,
    book: budget.book,
    year: budget.year,
    lines: JSON.stringify(budget.lines),
    note: budget.note,
    why: why.value,
    contentHash,
    draftedBy: scene.actor.personId,
    draftedAt: scene.now,
    draftLeaf: leaf.leafHash,
  });
  // What it follows is the version that was read: one published meanwhile would be followed without a word.
  const follows = assertThat(scene.db, "budget_waits", isLastVersion(scene, budget, versions[0]?.version ?? 0));
  const written = await writeOnce(scene, { key: once, body }, [follows, insert, leaf.statement], { budgetId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "budget_waits") return err({ reason: "budget_waits" });
  throw new Error(`a budget was refused by ${written.error.code}`);
}

// ——— Review, approval, publication ———

export type BudgetActRefusal =
  | BudgetMoveRefusal
  | DecisionRefusal
  | { readonly reason: "unknown_budget" }
  | { readonly reason: "decision_missing" };

const factsOf = ({ state, draftedBy, reviewedBy }: BudgetRow): BudgetFacts => ({ state, draftedBy, reviewedBy });

interface Step {
  readonly done: (row: BudgetRow) => boolean;
  readonly may: (facts: BudgetFacts) => Result<BudgetState, BudgetMoveRefusal>;
  /** What joins the batch, once it is known where the version stands. */
  readonly write: (row: BudgetRow) => Promise<Result<Written, BudgetActRefusal>>;
}
interface Written {
  readonly set: SQL;
  readonly statements: readonly Query[];
}
const MOST_TRIES = 10;

/** Moves a version on. Whoever loses a race looks again; a repeat by the same person finds it done. */
async function move(
  scene: StaffScene,
  budgetId: string,
  { done, may, write }: Step,
): Promise<Result<BudgetRow, BudgetActRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows] = await scene.db.read(findBudget(scene, budgetId));
    if (!rows[0]) return err({ reason: "unknown_budget" });
    const row = budgetFrom(rows[0]);
    if (done(row)) return ok(row);
    const to = may(factsOf(row));
    if (!to.ok) return to;
    const joined = await write(row);
    if (!joined.ok) return joined;
    const { set, statements } = joined.value;
    const written = await scene.db.write([
      ...moveBudget(scene, budgetId, row.state, sql`state = ${to.value}, ${set}`),
      ...statements,
    ]);
    if (written.ok) {
      const [after] = await scene.db.read(findBudget(scene, budgetId));
      return ok(budgetFrom(after[0]!));
    }
    switch (written.error.code) {
      // Somebody moved it, or published another version of the year, meanwhile: look again.
      case "budget_moved":
      case "budget_version_taken":
        continue;
      case "decision_not_published":
        return err({ reason: "decision_not_published" });
      default:
        throw new Error(`a budget's move was refused by ${written.error.code}`);
    }
  }
  throw new Error("too many acts on one budget at once");
}

const said = (
  scene: StaffScene,
  row: BudgetRow,
  type: "budget.reviewed" | "budget.withdrawn" | "budget.refused",
  set: SQL,
): Result<Written, BudgetActRefusal> => {
  const body = { budget: row.budgetId, book: row.book, year: row.year, content: row.contentHash };
  return ok({ set, statements: [appendLeaf(scene, type, body, row.budgetId).statement] });
};

/** A second person found it right. */
export const reviewBudget = (scene: StaffScene, budgetId: string): Promise<Result<BudgetRow, BudgetActRefusal>> =>
  move(scene, budgetId, {
    done: ({ reviewedBy }) => reviewedBy === scene.actor.personId,
    may: (facts) => mayReview(facts, scene.actor.personId),
    write: async (row) =>
      said(
        scene,
        row,
        "budget.reviewed",
        sql`reviewed_by = ${scene.actor.personId}, reviewed_at = CAST(${scene.now} AS INTEGER)`,
      ),
  });

/** The owners' decision a budget is approved on; null where none is named. */
export type DecisionNamed = { readonly meeting: number; readonly item: number } | null;

/** A third person approves it: on the owners' published decision, or by their own word where the rules leave it to the committee. */
export const approveBudget = (
  scene: StaffScene,
  budgetId: string,
  named: DecisionNamed,
): Promise<Result<BudgetRow, BudgetActRefusal>> =>
  move(scene, budgetId, {
    done: ({ approvedBy }) => approvedBy === scene.actor.personId,
    may: (facts) => mayApprove(facts, scene.actor.personId),
    write: async (row) => {
      const ground = await groundOf(scene, row.book, named);
      if (!ground.ok) return ground;
      const { words, meetingId } = ground.value;
      const leaf = appendLeaf(
        scene,
        "budget.approved",
        { budget: row.budgetId, book: row.book, year: row.year, content: row.contentHash, decision: words },
        row.budgetId,
      );
      const set = sql`approved_by = ${scene.actor.personId}, approved_at = CAST(${scene.now} AS INTEGER), decision = ${words}`;
      return ok({ set, statements: [...(meetingId ? [decisionHolds(scene, meetingId)] : []), leaf.statement] });
    },
  });

/** What an approval rests on: published, carried, of the matter that the book's money asks for; or nothing, where the rules say so. */
async function groundOf(
  scene: Scene,
  book: Book,
  named: DecisionNamed,
): Promise<Result<{ readonly words: string; readonly meetingId: string | null }, BudgetActRefusal>> {
  if (named === null) {
    const [settings] = await scene.db.read(listSettings(scene, BUDGET_SETTINGS));
    const { approvedBy } = valuesFromRows(BUDGET_SETTINGS, settings);
    return approvedBy.value === "committee" ? ok({ words: "", meetingId: null }) : err({ reason: "decision_missing" });
  }
  const carried = isCarried(await readDecision(scene, named.meeting, named.item), MATTERS[book]);
  if (!carried.ok) return carried;
  return ok({ words: `第${named.meeting}次会议 议题${named.item}`, meetingId: carried.value.meetingId });
}

/** Publishes what was approved as the next version of its year. */
export const publishBudget = (scene: StaffScene, budgetId: string): Promise<Result<BudgetRow, BudgetActRefusal>> =>
  move(scene, budgetId, {
    done: ({ state }) => state === "published",
    may: mayPublish,
    write: async (row) => {
      const [versions] = await scene.db.read(listVersionsOf(scene, row.book, row.year));
      const version = (versions[0]?.version ?? 0) + 1;
      const leaf = appendLeaf(
        scene,
        "budget.published",
        {
          budget: row.budgetId,
          book: row.book,
          year: row.year,
          version,
          lines: row.lines.map(({ account, amountFen }) => ({ account, amount: amountFen })),
          content: row.contentHash,
          decision: row.decision,
          why: row.why,
        },
        row.budgetId,
      );
      const set = sql`version = CAST(${version} AS INTEGER), leaf_hash = ${leaf.leafHash}, ${ended(scene, "")}`;
      return ok({ set, statements: [leaf.statement] });
    },
  });

const ended = (scene: StaffScene, why: string): SQL =>
  sql`ended_by = ${scene.actor.personId}, ended_at = CAST(${scene.now} AS INTEGER), ended_why = ${why.trim()}`;

/** Its drafter gives it up. */
export const withdrawBudget = (scene: StaffScene, budgetId: string): Promise<Result<BudgetRow, BudgetActRefusal>> =>
  move(scene, budgetId, {
    done: ({ state }) => state === "withdrawn",
    may: (facts) => mayWithdraw(facts, scene.actor.personId),
    write: async (row) => said(scene, row, "budget.withdrawn", ended(scene, "")),
  });

/** Another sends it back, with the reason. */
export const refuseBudget = (
  scene: StaffScene,
  budgetId: string,
  why: string,
): Promise<Result<BudgetRow, BudgetActRefusal>> =>
  move(scene, budgetId, {
    done: ({ state, endedBy }) => state === "refused" && endedBy === scene.actor.personId,
    may: (facts) => mayRefuse(facts, scene.actor.personId, why),
    write: async (row) => said(scene, row, "budget.refused", ended(scene, why)),
  });

// ——— Overspending ———

export type ExplainRefusal =
  | KeyReused
  | OverspendRefusal
  | { readonly reason: "unknown_budget" }
  | { readonly reason: "note_moved" };

/** Says publicly why more was spent on an account than was planned. What was said before stays; the last counts. */
export async function explainOverspend(
  scene: StaffScene,
  asked: { readonly book: Book; readonly year: number; readonly account: string; readonly text: string },
  once: string,
): Promise<Result<{ readonly account: string }, ExplainRefusal>> {
  const { compared, notes } = await readYear(scene, asked.book, asked.year);
  if (!compared) return err({ reason: "unknown_budget" });
  const text = mayExplain(compared.rows, asked.account, asked.text);
  if (!text.ok) return text;
  const row = compared.rows.find(({ account }) => account === asked.account)!;
  const leaf = appendLeaf(
    scene,
    "budget.overspend_explained",
    {
      book: asked.book,
      year: asked.year,
      account: asked.account,
      planned: row.plannedFen,
      actual: row.actualFen,
      reason: text.value,
    },
    `budget-${asked.book}-${asked.year}`,
  );
  const note = insertOverspendNote(scene, {
    book: asked.book,
    year: asked.year,
    account: asked.account,
    noteNo: notes.filter(({ account }) => account === asked.account).length + 1,
    text: text.value,
    writtenBy: scene.actor.personId,
    writtenAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const { account } = asked;
  const written = await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, [note, leaf.statement], {
    account,
  });
  if (written.ok) return written;
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "note_moved" });
}
