/** Who may cast which ballot, and what a ballot says in canonical form. Not how ballots are added up. */
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Item } from "../agenda/rules.ts";

/** One item's answer: the numbers of the chosen options, ascending; an empty list marks the item void (on paper only; V10). */
export interface Answer {
  readonly itemNo: number;
  readonly options: readonly number[];
}

/** How a ballot came in. A proxy's ballot is on paper unless the frozen rules let agents vote online. */
export type BallotChannel = "web" | "paper" | "meeting" | "proxy";

/** Why no ballot, or not this one, is taken. */
export type BallotRefusal =
  /** The meeting is not open, or no longer. Facts: when it opens and closes. */
  | { readonly reason: "not_open"; readonly opensAt: Instant | null; readonly closesAt: Instant | null }
  | { readonly reason: "closed"; readonly closesAt: Instant }
  /** A final ballot stands and the frozen rules let nobody replace it. */
  | { readonly reason: "already_voted"; readonly castAt: Instant; readonly channel: BallotChannel }
  | { readonly reason: "item_missing"; readonly itemNo: number }
  | { readonly reason: "item_twice"; readonly itemNo: number }
  | { readonly reason: "unknown_item"; readonly itemNo: number }
  | { readonly reason: "out_of_scope"; readonly itemNo: number }
  | { readonly reason: "nothing_chosen"; readonly itemNo: number }
  | { readonly reason: "unknown_option"; readonly itemNo: number; readonly option: number }
  | { readonly reason: "too_many_choices"; readonly itemNo: number; readonly chosen: number; readonly most: number }
  /** 都不同意 or 弃权 together with something else. */
  | { readonly reason: "contradicts_itself"; readonly itemNo: number }
  /** The link was withdrawn or is not this voter's. */
  | { readonly reason: "link_not_valid" }
  /** Co-owners have not said who votes (C3). */
  | { readonly reason: "no_designated_voter" }
  | { readonly reason: "channel_not_offered"; readonly channel: BallotChannel };

export interface VotingMeeting {
  readonly state: string;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly countedAt: Instant | null;
  readonly items: readonly Item[];
  readonly ballotReplaceable: boolean;
  readonly channels: readonly string[];
  readonly proxyMayVoteOnline: boolean;
}

export interface VotingVoter {
  /** The numbers of the items in whose scope this voter has a counted unit. */
  readonly itemNos: readonly number[];
  readonly standing: { readonly castAt: Instant; readonly channel: BallotChannel; readonly version: number } | null;
  /** False while co-owners have chosen nobody. */
  readonly hasVotingPerson: boolean;
}

/**
 * Whether voting is possible at this instant through this channel. The opening instant is inside, the closing instant
 * outside (a period ends at 24:00; CC 203). Paper handed in before the close may be entered until the count.
 */
export function mayVoteNow(meeting: VotingMeeting, channel: BallotChannel, now: Instant): Result<true, BallotRefusal> {
  const { opensAt, closesAt, state } = meeting;
  const onPaper = channel === "paper" || channel === "meeting" || (channel === "proxy" && !meeting.proxyMayVoteOnline);
  if (channel !== "proxy" && !meeting.channels.includes(channel))
    return err({ reason: "channel_not_offered", channel });
  if (opensAt === null || closesAt === null || state === "draft" || state === "notice" || now < opensAt)
    return err({ reason: "not_open", opensAt, closesAt });
  if (meeting.countedAt !== null) return err({ reason: "closed", closesAt });
  if (state === "open" && now < closesAt) return ok(true);
  if (onPaper && (state === "open" || state === "closed")) return ok(true);
  return err({ reason: "closed", closesAt });
}

/**
 * The answers as they will stand, one for each item in the voter's scope, in order; or the first thing wrong with them.
 * Online every item needs a choice, because 弃权 is one. On paper a void mark voids its item and nothing else (V10).
 */
export function readAnswers(
  items: readonly Item[],
  itemNos: readonly number[],
  answers: readonly Answer[],
  channel: BallotChannel,
): Result<readonly Answer[], BallotRefusal> {
  const given = new Map<number, Answer>();
  for (const answer of answers) {
    const { itemNo } = answer;
    if (!items.some((item) => item.itemNo === itemNo)) return err({ reason: "unknown_item", itemNo });
    if (!itemNos.includes(itemNo)) return err({ reason: "out_of_scope", itemNo });
    if (given.has(itemNo)) return err({ reason: "item_twice", itemNo });
    given.set(itemNo, answer);
  }
  const read: Answer[] = [];
  for (const item of items) {
    if (!itemNos.includes(item.itemNo)) continue;
    const answer = given.get(item.itemNo);
    if (!answer) return err({ reason: "item_missing", itemNo: item.itemNo });
    const checked = readChoice(item, answer.options, channel);
    if (!checked.ok) return checked;
    read.push({ itemNo: item.itemNo, options: checked.value });
  }
  return ok(read);
}

function readChoice(
  item: Item,
  options: readonly number[],
  channel: BallotChannel,
): Result<readonly number[], BallotRefusal> {
  const { itemNo } = item;
  const chosen = [...new Set(options)].sort((a, b) => a - b);
  const unknown = chosen.find((no) => !item.question.options.some(({ optionNo }) => optionNo === no));
  if (unknown !== undefined) return err({ reason: "unknown_option", itemNo, option: unknown });
  if (chosen.length === 0) return channel === "web" ? err({ reason: "nothing_chosen", itemNo }) : ok([]);
  const roles = chosen.map((no) => item.question.options.find(({ optionNo }) => optionNo === no)!.role);
  const proposals = roles.filter((role) => role === "choice").length;
  if (roles.some((role) => role !== "choice") && chosen.length > 1)
    return item.question.kind === "yes_no_abstain"
      ? err({ reason: "too_many_choices", itemNo, chosen: chosen.length, most: 1 })
      : err({ reason: "contradicts_itself", itemNo });
  if (proposals > item.question.atMost)
    return err({ reason: "too_many_choices", itemNo, chosen: proposals, most: item.question.atMost });
  return ok(chosen);
}

/** What will be written: the answers, and the version they get (1, or one more than the ballot they replace). */
export interface AllowedBallot {
  readonly answers: readonly Answer[];
  readonly version: number;
}

/** Whether this voter may cast these answers now through this channel (CC 278; V1, V6, V10; frozen replacement rule). */
export function mayVote(
  meeting: VotingMeeting,
  voter: VotingVoter,
  answers: readonly Answer[],
  channel: BallotChannel,
  now: Instant,
): Result<AllowedBallot, BallotRefusal> {
  const open = mayVoteNow(meeting, channel, now);
  if (!open.ok) return open;
  const { standing } = voter;
  if (standing && !(meeting.ballotReplaceable && channel === "web" && standing.channel === "web"))
    return err({ reason: "already_voted", castAt: standing.castAt, channel: standing.channel });
  if (!voter.hasVotingPerson) return err({ reason: "no_designated_voter" });
  const read = readAnswers(meeting.items, voter.itemNos, answers, channel);
  if (!read.ok) return read;
  return ok({ answers: read.value, version: (standing?.version ?? 0) + 1 });
}

/** The answers as plain data for canonical JSON: what a ballot's commitment commits to. Items and options ascend. */
export const ballotContent = (answers: readonly Answer[]): { item: number; options: number[] }[] =>
  [...answers]
    .sort((a, b) => a.itemNo - b.itemNo)
    .map(({ itemNo, options }) => ({ item: itemNo, options: [...options].sort((a, b) => a - b) }));

/** Whether two ballots say the same. */
export const sameAnswers = (a: readonly Answer[], b: readonly Answer[]): boolean =>
  JSON.stringify(ballotContent(a)) === JSON.stringify(ballotContent(b));
