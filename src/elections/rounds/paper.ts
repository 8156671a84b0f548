/** What a round puts on the ballot: the candidates in the order drawn, the method in words, and the item an owners' meeting votes on. Reads nothing. */
import { approveUpTo, type Item, type ItemOrigin, LONGEST_LABEL, LONGEST_TITLE } from "../../assembly/agenda/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import { canonicalHash } from "../../record/canonical.ts";
import type { CandidateRow } from "../candidates/store.ts";
import { RANKING_WORDS, SEATED_WORDS } from "../method/explained.ts";
import type { Method } from "../rules.ts";
import type { ElectionRow } from "../store.ts";
import type { RoundPlan } from "./rules.ts";
import type { OnPaper } from "./store.ts";

/** The kind of origin of an election's items. */
export const ELECTION_ORIGIN = "election";
export const originId = (electionId: string, roundNo: number): string => `${electionId}:${roundNo}`;
export const originOf = (electionId: string, roundNo: number): Pick<ItemOrigin, "kind" | "id"> => ({
  kind: ELECTION_ORIGIN,
  id: originId(electionId, roundNo),
});

/** The candidates of a round as the paper names them. Two of one name are told apart by their numbers. */
export function paperOf(plan: Pick<RoundPlan, "candidateIds">, candidates: readonly CandidateRow[]): OnPaper[] {
  const standing = candidates.filter(({ candidateId }) => plan.candidateIds.includes(candidateId));
  const isShared = (name: string): boolean => standing.filter(({ publicName }) => publicName === name).length > 1;
  return standing.map(({ candidateId, number, publicName }, at) => ({
    optionNo: at + 1,
    candidateId,
    number,
    label: (isShared(publicName) ? `${publicName}（候选人编号${number}）` : publicName).slice(0, LONGEST_LABEL),
  }));
}

export const readPaperOf = (row: { readonly candidates: string }): readonly OnPaper[] =>
  JSON.parse(row.candidates) as readonly OnPaper[];

/** Hex SHA-256 of the canonical JSON of the candidates in the order of the ballot. */
export const candidatesHashOf = (paper: readonly OnPaper[]): string => canonicalHash(paper);

export interface RoundOnPaper {
  readonly election: Pick<ElectionRow, "electionId" | "number" | "title" | "kind" | "methodHash">;
  readonly method: Method;
  readonly roundNo: number;
  /** The how-manieth vote it is. */
  readonly turn: number;
  readonly plan: RoundPlan;
  readonly paper: readonly OnPaper[];
  readonly commitment: string;
  readonly notBefore: Instant;
}

/**
 * The item (matter 3) with its text. Everything a voter needs stands in it, and everything that must not differ from what the
 * election published stands in its origin, which is hashed with the notice.
 */
export function itemOfRound(round: RoundOnPaper): Omit<Item, "itemNo"> & { readonly origin: ItemOrigin } {
  const { election, roundNo, turn, plan, paper, commitment, notBefore } = round;
  const again = turn > 1 ? `（第${turn}轮）` : "";
  const candidatesHash = candidatesHashOf(paper);
  return {
    matter: 3,
    title: `${election.title}：选举委员${plan.seatsOpen}名${again}`.slice(0, LONGEST_TITLE),
    text: textOf(round),
    scope: { kind: "estate" },
    question: approveUpTo(
      plan.atMost,
      paper.map(({ label }) => label),
    ),
    attachments: [],
    origin: {
      ...originOf(election.electionId, roundNo),
      facts: {
        election: election.number,
        round: roundNo,
        seats: plan.seatsOpen,
        methodHash: election.methodHash ?? "",
        candidatesHash,
        seedCommitment: commitment,
        notBefore,
        ...Object.fromEntries(paper.map(({ optionNo, number }) => [`candidate${optionNo}`, number])),
      },
    },
  };
}

/** Few paragraphs, because they stand on a telephone between a voter and the names; the hashes are in the origin. */
function textOf({ election, method, plan, paper }: RoundOnPaper): string {
  const { seatsOpen, atMost, alternatesMost } = plan;
  const isBy = election.kind === "by_election";
  const tie =
    method.tie.value === "draw"
      ? "最后一席得票相同的，用事先封存的种子抽签。"
      : "最后一席得票相同的，就得票相同的人再投票；候补次序相同的，用事先封存的种子抽签。";
  const alternates =
    alternatesMost > 0 ? `达到条件而没有席位的，按次序为候补委员，最多${alternatesMost}名。` : "不设候补委员。";
  return [
    `从下列${paper.length}名候选人中选举业主委员会委员${seatsOpen}名，最多选${atMost}名，可以少选。纸质票选的人数超过${atMost}名的，这一项作废。`,
    "每位候选人单独计算：参与表决的业主人数过半数，并且参与表决的专有部分面积过半数选了他，才达到当选条件（《民法典》第二百七十八条）。",
    `达到条件的人多于${seatsOpen}名的，${RANKING_WORDS[method.ranking.value].zh}，取前${seatsOpen}名。${tie}${alternates}`,
    isBy
      ? "任期到本届业主委员会届满为止。"
      : `任期${method.termMonths.value}个月，${SEATED_WORDS[method.seatedWhen.value].zh}就任。当选人数不足${plan.seatsOfCommittee}名，但不少于${plan.legalLeast}名并且超过席位一半的，业主委员会成立；否则再次投票。`,
    "候选人的次序由公开抽签产生。名单、选举办法和抽签种子都已用校验值固定，公布在选举页面。",
  ].join("\n");
}
