/** One community in figures for a street's overview, and what a sum of them says. Derived: it decides nothing, and what is not known stays unknown. Pure. */
import { type EntityForm, isEntityForm } from "../committee/entity/rules.ts";
import { renewalFrom, type TermSpan } from "../committee/standing/rules.ts";
import { addMonths, type Day, dayOf, type Instant } from "../kernel/day.ts";
import { type Figure, figureOf } from "../offices/overlap/rules.ts";

/** What a community's own database says of it. null: nothing was recorded, which is not the same as none. */
export interface CommunityFacts {
  /** A party branch that lives (S1). */
  readonly branchExists: boolean;
  /** People with a seat in the committee now, and of them in a branch; `named`: whose place in the branch is public by name. */
  readonly seats: number;
  readonly overlapping: number;
  readonly named: number;
  readonly chairIsSecretary: boolean | null;
  /** Whether anybody ever sat in the committee. */
  readonly hadCommittee: boolean;
  /** The newest mandate that has begun. */
  readonly term: TermSpan | null;
  /** Months before the end of term in which a re-election is due, as this community has set it (M15). */
  readonly leadMonths: number;
  readonly entityForm: string | null;
  /** The newest of what was published: a result of a meeting, minutes or a resolution of the committee. */
  readonly publishedAt: Instant | null;
  /** Duties that are led by somebody (S9), and those with a period that ended undone. */
  readonly duties: { readonly all: number; readonly overdue: number } | null;
}

/** The same as a row of the overview. */
export interface Figures {
  readonly branch: boolean;
  /** Somebody sits in it today. */
  readonly committee: boolean;
  readonly hadCommittee: boolean;
  readonly seats: number;
  readonly termFrom: Day | null;
  readonly termUntil: Day | null;
  /** A re-election is due, or the term is over and the committee still sits (M15). */
  readonly termEnding: boolean;
  readonly entityForm: EntityForm | null;
  readonly publishedOn: Day | null;
  readonly publishedLately: boolean;
  readonly duties: { readonly all: number; readonly overdue: number } | null;
  /** Seats held by people of the branch, as the public may have it; null without committee or branch. */
  readonly overlap: Figure | null;
  readonly chairIsSecretary: boolean | null;
}

/** Whoever published within a year published lately. The law says 定期 and no number (CC 943; GR 36): a mark for the eye, not a verdict. */
export const LATELY_MONTHS = 12;

/** A community's row of the overview as of a day. */
export function figuresOf(facts: CommunityFacts, today: Day): Figures {
  const committee = facts.seats > 0;
  const { term, duties } = facts;
  const publishedOn = facts.publishedAt === null ? null : dayOf(facts.publishedAt);
  return {
    branch: facts.branchExists,
    committee,
    hadCommittee: facts.hadCommittee || committee,
    seats: facts.seats,
    termFrom: term ? dayOf(term.fromAt) : null,
    termUntil: term ? dayOf(term.untilAt - 1) : null,
    termEnding: committee && term !== null && today >= renewalFrom(term, facts.leadMonths),
    entityForm: facts.entityForm !== null && isEntityForm(facts.entityForm) ? facts.entityForm : null,
    publishedOn,
    publishedLately: publishedOn !== null && addMonths(publishedOn, LATELY_MONTHS) >= today,
    duties: duties !== null && duties.all > 0 ? duties : null,
    overlap: committee && facts.branchExists ? figureOf(facts.seats, facts.overlapping, facts.named) : null,
    chairIsSecretary: committee && facts.branchExists ? facts.chairIsSecretary : null,
  };
}

export const isRegistered = (form: EntityForm): boolean => form !== "none";

/** A street's communities added up, or a district's. Each count stands beside how many it is known of. */
export interface Totals {
  readonly communities: number;
  readonly branches: number;
  readonly committees: number;
  readonly termEnding: number;
  readonly entityKnown: number;
  readonly entities: number;
  readonly publishedLately: number;
  readonly dutiesKnown: number;
  readonly duties: number;
  readonly dutiesOverdue: number;
  /** Communities with a duty overdue. */
  readonly overdue: number;
  /** Communities with both committee and branch. */
  readonly overlapKnown: number;
  readonly overlapSeats: number;
  readonly overlapLeast: number;
  readonly overlapMost: number;
  /** Communities in which somebody certainly sits in both. */
  readonly overlapSome: number;
  readonly chairsKnown: number;
  readonly chairsSecretary: number;
}

export const FILTERS = ["all", "no_committee", "overdue", "term_ending"] as const;
/** Which communities a list shows. */
export type Filter = (typeof FILTERS)[number];
export const readFilter = (text: string | undefined): Filter => FILTERS.find((known) => known === text) ?? "all";

/** How many communities a filter leaves, from the sums alone: no list is counted row by row. */
export function countFiltered(totals: Totals, filter: Filter): number {
  switch (filter) {
    case "all":
      return totals.communities;
    case "no_committee":
      return totals.communities - totals.committees;
    case "overdue":
      return totals.overdue;
    case "term_ending":
      return totals.termEnding;
  }
}
