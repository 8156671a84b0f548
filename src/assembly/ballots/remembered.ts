/** What is frozen of a meeting and of its voters, kept for the isolate's life from the page that showed it, so that casting need not read it again. Decides nothing, and is never believed alone: the batch asserts all that could have changed. */
import type { Scene } from "../../platform/scene.ts";
import type { VotingCase } from "./store.ts";

type Here = Pick<Scene, "community">;
type FrozenMeeting = Pick<VotingCase, "row" | "rules" | "meeting">;
type FrozenVoter = Pick<VotingCase, "voter" | "units" | "weights">;

// A voter takes well under a kilobyte; a meeting's texts are kept once for all its voters. An isolate has 128 MB.
const MOST_MEETINGS = 64;
const MOST_VOTERS = 10_000;

const meetings = new Map<string, FrozenMeeting>();
const voters = new Map<string, FrozenVoter>();

const meetingKey = ({ community }: Here, meetingId: string, edition: number): string =>
  `${community.id} ${meetingId} ${edition}`;
const voterKey = ({ community }: Here, snapshotId: string, voterNo: number): string =>
  `${community.id} ${snapshotId} ${voterNo}`;

function keep<V>(map: Map<string, V>, most: number, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  // A Map keeps the order of insertion: the first is the one longest unseen.
  for (const oldest of map.size > most ? map.keys() : []) {
    map.delete(oldest);
    break;
  }
}

/** Keeps what a page has just shown to a voter who has not voted. One who has, or for whom nobody may vote, is left out. */
export function remember(here: Here, { row, rules, meeting, voter, units, weights, standing }: VotingCase): void {
  if (standing || voter.votingPartyId === null) return;
  keep(meetings, MOST_MEETINGS, meetingKey(here, row.meetingId, row.edition), { row, rules, meeting });
  keep(voters, MOST_VOTERS, voterKey(here, row.snapshotId, voter.voterNo), { voter, units, weights });
}

/**
 * The case of a voter as it was shown, as if no ballot stood; null when this isolate has not shown it. Its edition, its
 * roll, its times and that no ballot stands are what the caller's batch must assert.
 */
export function recall(here: Here, meetingId: string, edition: number, voterNo: number): VotingCase | null {
  const meeting = meetings.get(meetingKey(here, meetingId, edition));
  const voter = meeting && voters.get(voterKey(here, meeting.row.snapshotId, voterNo));
  return voter ? { ...meeting, ...voter, standing: null } : null;
}

export const forget = (here: Here, { row, voter }: Pick<VotingCase, "row" | "voter">): void => {
  voters.delete(voterKey(here, row.snapshotId, voter.voterNo));
};
