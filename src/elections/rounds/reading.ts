/** A round's rows as what the rules and the pages speak of. Reads nothing itself. */
import type { PartyId } from "../../kernel/id.ts";
import type { Weight } from "../../kernel/weight.ts";
import type { TenureRow } from "../../offices/terms/store.ts";
import { isEligibleToSit } from "../candidates/rules.ts";
import type { CandidateRow } from "../candidates/store.ts";
import type { MandateRow } from "../store.ts";
import type { Earlier, Hindrance, RankedCandidate, RoundOutcome, Serving, Tie } from "./rules.ts";
import type { RoundRow } from "./store.ts";

/** Where a round stands, for whoever asks what is next. */
export type RoundState = "drafted" | "voting" | "settled" | "void" | "undone";

export const roundState = (row: RoundRow, electionState: string): RoundState =>
  row.voidCause !== null
    ? "void"
    : row.undoneCause !== null
      ? "undone"
      : row.verdict !== null
        ? "settled"
        : electionState === "voting"
          ? "voting"
          : "drafted";

/** The round that waits for its vote or its count; undefined between rounds. */
export const openRound = (rounds: readonly RoundRow[]): RoundRow | undefined =>
  rounds.find(
    ({ voidCause, verdict, undoneCause }) => voidCause === null && (verdict === null || undoneCause === "recounted"),
  );

/** What is kept of an outcome: everything but the inequalities, which the published count gives again. */
export interface StoredOutcome {
  readonly ranked: readonly (Omit<RankedCandidate, "decision"> & { readonly votes: Weight })[];
  readonly elected: readonly string[];
  readonly alternates: readonly string[];
  readonly ties: readonly Tie[];
  readonly members: number;
  readonly vacant: number;
}

export const storedOutcome = ({ ranked, elected, alternates, ties, members, vacant }: RoundOutcome): StoredOutcome => ({
  ranked: ranked.map(({ candidateId, optionNo, hindered, votes, passed, rank, place, order }) => ({
    candidateId,
    optionNo,
    hindered,
    votes: { owners: votes.owners, areaDm2: votes.areaDm2 },
    passed,
    rank,
    place,
    order,
  })),
  elected,
  alternates,
  ties,
  members,
  vacant,
});

export const readOutcome = ({ outcome }: Pick<RoundRow, "outcome">): StoredOutcome | null =>
  outcome === null ? null : (JSON.parse(outcome) as StoredOutcome);

const keptOf = ({ kept }: Pick<RoundRow, "kept">): readonly string[] =>
  kept === null ? [] : (JSON.parse(kept) as string[]);

/** Rounds that were settled and stand, before a round or all of them. */
export const settledBefore = (rounds: readonly RoundRow[], roundNo = Number.MAX_SAFE_INTEGER): readonly RoundRow[] =>
  rounds.filter((row) => row.roundNo < roundNo && row.verdict !== null && row.undoneCause === null);

/** What the settled rounds left behind, for the plan of the next one. */
export const earlierOf = (rounds: readonly RoundRow[], roundNo?: number): readonly Earlier[] =>
  settledBefore(rounds, roundNo).map((row) => ({
    verdict: row.verdict!,
    kept: keptOf(row),
    level: (readOutcome(row)?.ranked ?? [])
      .filter(({ place }) => place === "level")
      .map(({ candidateId }) => candidateId),
  }));

/** Who was elected in earlier rounds of this election and keeps it. */
export const keptBefore = (rounds: readonly RoundRow[], roundNo: number): readonly string[] =>
  earlierOf(rounds, roundNo).at(-1)?.kept ?? [];

/** Why a candidate could not sit today; null when nothing keeps them. `owning` are the candidates' parties that own something. */
export function hindranceOf(
  row: Pick<CandidateRow, "partyId" | "withdrawnAt" | "excludedAt">,
  owning: readonly { readonly partyId: PartyId }[],
): Hindrance | null {
  const may = isEligibleToSit(
    row,
    owning.map(({ partyId }) => ({ owners: [partyId] })),
  );
  return may.ok ? null : may.error.reason;
}

/** The committee that serves on a day, for a by-election: its mandate with whoever holds its posts. */
export function servingOf(
  mandate: MandateRow | undefined,
  tenures: readonly Pick<TenureRow, "bodyId" | "postKind" | "personId" | "fromAt">[],
  now: number,
): Serving | null {
  if (!mandate) return null;
  const held = (post: string): number =>
    new Set(
      tenures
        .filter((one) => one.bodyId === mandate.bodyId && one.postKind === post && one.fromAt <= now)
        .map(({ personId }) => personId),
    ).size;
  return {
    seats: mandate.seats,
    legalLeast: mandate.legalLeast,
    alternatesMost: mandate.alternatesMost,
    members: held("committee_member"),
    alternates: held("committee_alternate"),
  };
}

/** The act by which somebody takes or leaves a seat, as their tenure names it. No name in it. */
export const documentOf = (meetingNumber: number, itemNo: number, turn: number): string =>
  `第${meetingNumber}次业主大会会议第${itemNo}项议题（选举第${turn}轮）`;
