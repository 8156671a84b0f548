/** One round as its pages show it: read in one round trip, with what is public of it by now. Decides nothing. */

import { type Item, isOfOrigin } from "../../assembly/agenda/rules.ts";
import { readItem } from "../../assembly/meeting/reading.ts";
import { findEstate, listOpenNow, listTurnout } from "../../assembly/meeting/store.ts";
import type { OpenRow } from "../../assembly/public/reading.ts";
import { type DecidedItem, decidedOn, publishedQueries } from "../../assembly/results/actions.ts";
import type { Weight } from "../../kernel/weight.ts";
import type { Scene } from "../../platform/scene.ts";
import { readMethod } from "../method/rules.ts";
import type { Method } from "../rules.ts";
import { type ElectionKey, type ElectionRow, findElection, listMandates, type MandateRow } from "../store.ts";
import { originOf, readPaperOf } from "./paper.ts";
import { keptBefore, readOutcome, type StoredOutcome } from "./reading.ts";
import { listRounds, listSeats, meetingOfRound, type OnPaper, type RoundRow, type SeatRow } from "./store.ts";

/** The meeting of a round, as far as it is public: a draft is nobody's business yet. */
export interface RoundMeeting {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
}

export interface RoundView {
  readonly election: ElectionRow;
  readonly method: Method;
  readonly round: RoundRow;
  readonly rounds: readonly RoundRow[];
  readonly paper: readonly OnPaper[];
  /** Null while the meeting is a draft. */
  readonly meeting: RoundMeeting | null;
  readonly item: { readonly item: Item; readonly eligible: Weight } | null;
  /** Who has taken part so far; null before voting opened. */
  readonly turnout: { readonly voted: Weight; readonly total: Weight } | null;
  /** What the published count says; null before it is published. */
  readonly decided: DecidedItem | null;
  /** What it came to; null before it is settled. */
  readonly outcome: StoredOutcome | null;
  /** Elected in an earlier round and keeping it. */
  readonly kept: readonly string[];
  readonly seats: readonly SeatRow[];
  readonly mandate: MandateRow | null;
  readonly estate: { readonly street: string; readonly district: string };
  readonly openNow: readonly OpenRow[];
}

/** Null where there is no such round. */
export async function viewRound(scene: Scene, key: ElectionKey, roundNo: number): Promise<RoundView | null> {
  const meetingKey = meetingOfRound(scene, key, roundNo);
  const [findMeeting, listItems, listRuns, listResults] = publishedQueries(scene, meetingKey);
  const [elections, rounds, seats, mandates, estates, openNow, turnout, meetings, items, runs, results] =
    await scene.db.read(
      findElection(scene, key),
      listRounds(scene, key),
      listSeats(scene, key),
      listMandates(scene),
      findEstate(scene),
      listOpenNow(scene),
      listTurnout(scene, meetingKey),
      findMeeting,
      listItems,
      listRuns,
      listResults,
    );
  const [election, round, row] = [elections[0], rounds.find((one) => one.roundNo === roundNo), meetings[0]];
  if (!election || !round || !row) return null;
  const isPublic = row.edition > 0;
  const origin = originOf(election.electionId, roundNo);
  const item = isPublic
    ? items.map(readItem).find((frozen) => isOfOrigin(frozen.item, origin.kind, origin.id))
    : undefined;
  const counter = item ? turnout.find(({ key: name }) => name === `item:${item.item.itemNo}`) : undefined;
  return {
    election,
    method: readMethod(election.method),
    round,
    rounds,
    paper: readPaperOf(round),
    meeting: isPublic ? row : null,
    item: item ?? null,
    turnout:
      counter && row.openedAt !== null
        ? {
            voted: { owners: counter.owners, areaDm2: counter.areaDm2 },
            total: { owners: counter.eligibleOwners, areaDm2: counter.eligibleAreaDm2 },
          }
        : null,
    decided: decidedOn([meetings, items, runs, results], origin),
    outcome: readOutcome(round),
    kept: keptBefore(rounds, roundNo),
    seats: seats.filter((seat) => seat.roundNo === roundNo && seat.runNo === round.runNo),
    mandate: mandates.find(({ mandateId }) => mandateId === round.mandateId) ?? null,
    estate: estates[0] ?? { street: "", district: "" },
    openNow,
  };
}

/** A candidate's name as any round of the election printed it. */
export function nameIn({ rounds }: Pick<RoundView, "rounds">, candidateId: string): string {
  for (const round of [...rounds].reverse()) {
    const found = readPaperOf(round).find((one) => one.candidateId === candidateId);
    if (found) return found.label;
  }
  return "";
}

/** The number a candidate's page is addressed by; null when no round names them. */
export function numberIn({ rounds }: Pick<RoundView, "rounds">, candidateId: string): number | null {
  for (const round of rounds) {
    const found = readPaperOf(round).find((one) => one.candidateId === candidateId);
    if (found) return found.number;
  }
  return null;
}
