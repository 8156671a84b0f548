/** How the members choose their chair and deputies among themselves: who votes, what it takes, and when another ballot follows (M10). Pure. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { MembersDecision } from "../rules.ts";

export const CHOSEN_POSTS = ["committee_chair", "committee_deputy"] as const;
export type ChosenPost = (typeof CHOSEN_POSTS)[number];

export interface BallotRules {
  /** How many are chosen: one chair, or the deputies' places. */
  readonly places: number;
  /** All seats of the committee, vacant ones included (Ambiguity 7). */
  readonly seats: number;
  readonly decision: MembersDecision;
}

/** The fewest votes that choose somebody: more than half of all seats, or where the place has it so, half (GR 38; BJ 45, SH 26, HZ 29). */
export const votesNeeded = ({ seats, decision }: Pick<BallotRules, "seats" | "decision">): number =>
  decision === "more_than_half" ? Math.floor(seats / 2) + 1 : Math.ceil(seats / 2);

export interface Chosen {
  /** Everybody who may be chosen, with their votes, most first. */
  readonly votes: readonly { readonly personId: string; readonly votes: number }[];
  readonly chosen: readonly string[];
  /** Places that stay open: another ballot fills them. */
  readonly open: number;
  /** Among whom the other ballot is held: those level at the last place, or everyone not chosen. */
  readonly again: readonly string[];
}

/**
 * What the members' marks come to. Somebody is chosen by enough votes of all seats, the most votes first; those who are level at the
 * last place are not chosen, and another ballot is held between them. A mark for somebody who may not be chosen counts for nobody.
 */
export function choiceOf(marks: readonly (readonly string[])[], among: readonly string[], rules: BallotRules): Chosen {
  const count = (personId: string): number => marks.filter((one) => one.includes(personId)).length;
  const votes = among
    .map((personId) => ({ personId, votes: count(personId) }))
    .sort((a, b) => b.votes - a.votes || among.indexOf(a.personId) - among.indexOf(b.personId));
  const enough = votes.filter((one) => one.votes >= votesNeeded(rules));
  const [last, next] = [enough[rules.places - 1], enough[rules.places]];
  const level = last && next && last.votes === next.votes ? last.votes : null;
  const chosen = enough.slice(0, rules.places).filter((one) => one.votes !== level);
  const ids = chosen.map(({ personId }) => personId);
  const rest = among.filter((personId) => !ids.includes(personId));
  return {
    votes,
    chosen: ids,
    open: rules.places - ids.length,
    again: level === null ? rest : rest.filter((personId) => count(personId) === level),
  };
}

export type MarkRefusal =
  | { readonly reason: "not_a_member" }
  | { readonly reason: "ballot_counted" }
  | { readonly reason: "too_many_marks"; readonly most: number }
  | { readonly reason: "not_to_be_chosen" };

/** Whether a member may hand in these marks; none at all is abstaining. */
export function mayMark(
  marks: readonly string[],
  by: string,
  ballot: { readonly places: number; readonly among: readonly string[]; readonly isCounted: boolean },
  members: readonly string[],
): Result<readonly string[], MarkRefusal> {
  if (!members.includes(by)) return err({ reason: "not_a_member" });
  if (ballot.isCounted) return err({ reason: "ballot_counted" });
  const chosen = [...new Set(marks)];
  if (chosen.some((personId) => !ballot.among.includes(personId))) return err({ reason: "not_to_be_chosen" });
  return chosen.length > ballot.places ? err({ reason: "too_many_marks", most: ballot.places }) : ok(chosen);
}

export type CountRefusal =
  | { readonly reason: "ballot_counted" }
  /** M12: a decision of the committee needs more than half of its members present. */
  | { readonly reason: "too_few_voted"; readonly voted: number; readonly needed: number };

/** A ballot is counted once every member has voted, or more than half of all seats have and the members close it. */
export function mayCountBallot(
  voted: number,
  members: number,
  { seats, isCounted }: { readonly seats: number; readonly isCounted: boolean },
): Result<true, CountRefusal> {
  if (isCounted) return err({ reason: "ballot_counted" });
  const needed = Math.min(members, Math.floor(seats / 2) + 1);
  return voted >= needed && voted > 0 ? ok(true) : err({ reason: "too_few_voted", voted, needed: Math.max(1, needed) });
}

export type OpenRefusal =
  | { readonly reason: "no_committee" }
  | { readonly reason: "not_a_member" }
  | { readonly reason: "ballot_open"; readonly ballotNo: number }
  | { readonly reason: "post_filled"; readonly post: ChosenPost }
  | { readonly reason: "places_out_of_range"; readonly most: number }
  /** Fewer members sit than could ever choose anybody. */
  | { readonly reason: "too_few_members"; readonly members: number; readonly needed: number };

/** Whether a ballot for a post can be opened. The chair is one; of deputies as many as the post has free seats. */
export function mayOpenBallot(
  asked: { readonly post: ChosenPost; readonly places: number; readonly by: string },
  found: {
    readonly members: readonly string[];
    readonly openBallotNo: number | null;
    readonly free: Readonly<Record<ChosenPost, number>>;
    readonly rules: Pick<BallotRules, "seats" | "decision">;
  },
): Result<true, OpenRefusal> {
  if (!found.members.includes(asked.by)) return err({ reason: "not_a_member" });
  if (found.openBallotNo !== null) return err({ reason: "ballot_open", ballotNo: found.openBallotNo });
  const free = found.free[asked.post];
  if (free < 1) return err({ reason: "post_filled", post: asked.post });
  if (!Number.isInteger(asked.places) || asked.places < 1 || asked.places > free)
    return err({ reason: "places_out_of_range", most: free });
  const needed = votesNeeded(found.rules);
  return found.members.length < needed
    ? err({ reason: "too_few_members", members: found.members.length, needed })
    : ok(true);
}
