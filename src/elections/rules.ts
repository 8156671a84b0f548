/** What an election of the committee is: its kinds, its states and who may move it, and the method it is held by. Pure; not the candidates, not the count. */
import { err, ok, type Result } from "../kernel/result.ts";

/** A first committee, the next one, or seats that fell vacant (GR 31, 46; M1, M9). */
export const ELECTION_KINDS = ["founding", "renewal", "by_election"] as const;
export type ElectionKind = (typeof ELECTION_KINDS)[number];

/**
 * Where an election stands. `preparing`: the group is formed and published, the method is written. `nominating`: names come in.
 * `examining`: they are checked. `standing`: candidates are public, their order drawn, the method frozen. `voting`: a round is
 * an item of an owners' meeting. `seated` and `ended` are the end; a `failed` round opens the next one in `standing`.
 */
export const ELECTION_STATES = [
  "preparing",
  "nominating",
  "examining",
  "standing",
  "voting",
  "seated",
  "ended",
] as const;
export type ElectionState = (typeof ELECTION_STATES)[number];

/** How a name may come to be a candidate's (BJ 40, WF 35, QY 19; M5). All face the same vote. */
export const NOMINATION_CHANNELS = ["community_party", "residents_committee", "street", "self", "joint"] as const;
export type NominationChannel = (typeof NOMINATION_CHANNELS)[number];

export const RANKINGS = ["heads_then_area", "area_then_heads", "sum_of_shares"] as const;
/** By what those who passed are ranked; the law is silent (Ambiguity 6). */
export type Ranking = (typeof RANKINGS)[number];
export const TIE_RULES = ["draw", "further_vote"] as const;
/** What decides between two who are level for the last seat. */
export type TieRule = (typeof TIE_RULES)[number];
export const SEATING_TIMES = ["published", "final"] as const;
export type SeatingTime = (typeof SEATING_TIMES)[number];
export const MEMBERS_DECISIONS = ["more_than_half", "half_or_more"] as const;
/** What the members' choice of their chair needs, of all seats (GR 38 半数以上; BJ 45, SH 26, HZ 29 过半数; Ambiguity 7). */
export type MembersDecision = (typeof MEMBERS_DECISIONS)[number];

/** The values alone; each differs by place and cites its clause. */
export interface MethodValues {
  /** A founding may begin when more than this percentage of the area is delivered (GR 8: 50; HZ 22: 60) (A2). */
  readonly deliveredPercent: number;
  /** The authority forms the group within so many days of the owners' written request (GR 9) (A2). */
  readonly requestWithinDays: number;
  /** The group holds the first meeting within so many days of being formed (GR 15: 90; BJ 32: 60) (A5). */
  readonly firstMeetingWithinDays: number;
  /** Whether the street or town chairs the group (GR 10) (A3). */
  readonly groupChairFromStreet: boolean;
  /** Members of the committee: odd, 5–11; 3 in a small estate where the place allows it (GR 31, HZ 27, BJ 39; M1). For a by-election: the vacant seats. */
  readonly seats: number;
  /** Fewest members with which a committee stands (HZ 27; M7): 5, or 3 in a small estate. */
  readonly legalLeast: number;
  /** Whether the estate counts as small, so that three members are enough. */
  readonly smallEstate: boolean;
  /** Most alternates kept: at most as many as members (BJ), or half of them (ZS) (M8). */
  readonly alternatesMost: number;
  /** Length of the term in months, at most 60 (GR 32; M2). */
  readonly termMonths: number;
  /** How many candidates one ballot may mark; at most the seats. */
  readonly atMost: number;
  /** Fewest candidates for the seats, as a percentage above them (差额; 0 = as many as seats is enough). */
  readonly surplusPercent: number;
  readonly channels: readonly NominationChannel[];
  /** Owners who must support a joint nomination (联名). */
  readonly supportersLeast: number;
  /** Days the group is published and open to objections before nominations open. */
  readonly groupPublicationDays: number;
  /** Days nominations are open. */
  readonly nominationDays: number;
  /** Candidates are published so many days before voting opens, at least (HZ 26; M6), */
  readonly candidatesBeforeDays: number;
  /** and stay published so many days for objections, at least (M6). */
  readonly candidatesPublicDays: number;
  readonly ranking: Ranking;
  readonly tie: TieRule;
  /** Whether those elected take their seats when the result is published or when it is final. */
  readonly seatedWhen: SeatingTime;
  /** Whether those who passed stay elected where they are too few for a committee, so that a further round fills the other seats only (M7). */
  readonly passedKeep: boolean;
  /** How many of all seats choose the chair and the deputies at the first meeting (M10). */
  readonly membersDecide: MembersDecision;
}
export type MethodName = keyof MethodValues;
export interface MethodSetting<T> {
  readonly value: T;
  /** The clause of the 议事规则 or of local law it rests on; "" = the default and its source. */
  readonly clause: string;
}
/** Plain data, frozen and hashed when the candidates are published. */
export type Method = { readonly [K in MethodName]: MethodSetting<MethodValues[K]> };

const unclaused = <T>(value: T): MethodSetting<T> => ({ value, clause: "" });
export const DEFAULT_METHOD: Method = {
  deliveredPercent: unclaused(50),
  requestWithinDays: unclaused(60),
  firstMeetingWithinDays: unclaused(90),
  groupChairFromStreet: unclaused(true),
  seats: unclaused(5),
  legalLeast: unclaused(5),
  smallEstate: unclaused(false),
  alternatesMost: unclaused(2),
  termMonths: unclaused(60),
  atMost: unclaused(5),
  surplusPercent: unclaused(0),
  channels: unclaused<readonly NominationChannel[]>(["community_party", "residents_committee", "self", "joint"]),
  supportersLeast: unclaused(10),
  groupPublicationDays: unclaused(7),
  nominationDays: unclaused(7),
  candidatesBeforeDays: unclaused(15),
  candidatesPublicDays: unclaused(7),
  ranking: unclaused<Ranking>("heads_then_area"),
  tie: unclaused<TieRule>("draw"),
  seatedWhen: unclaused<SeatingTime>("published"),
  passedKeep: unclaused(true),
  membersDecide: unclaused<MembersDecision>("more_than_half"),
};

/** Most seats the law knows (GR 31). */
export const MOST_SEATS = 11;
export const LEAST_SEATS = 5;
export const LEAST_SEATS_SMALL = 3;
export const LONGEST_TERM_MONTHS = 60;

export type MethodFault =
  | { readonly reason: "seats_even"; readonly setting: "seats"; readonly seats: number }
  | { readonly reason: "out_of_range"; readonly setting: MethodName; readonly least: number; readonly most: number }
  | { readonly reason: "nothing_chosen"; readonly setting: "channels" }
  | { readonly reason: "clause_needed"; readonly setting: MethodName };

const between = (name: MethodName, value: number, least: number, most: number): MethodFault[] =>
  Number.isInteger(value) && value >= least && value <= most
    ? []
    : [{ reason: "out_of_range", setting: name, least, most }];

/** Everything wrong with a method; empty when it may be frozen (M1, M2, M6, M8). A by-election may fill any number of seats. */
export function methodFaults(kind: ElectionKind, method: Method): MethodFault[] {
  const value = <K extends MethodName>(name: K): MethodValues[K] => method[name].value;
  const unlessDefault = (name: "deliveredPercent" | "groupChairFromStreet"): MethodFault[] =>
    value(name) !== DEFAULT_METHOD[name].value && method[name].clause.trim() === ""
      ? [{ reason: "clause_needed", setting: name }]
      : [];
  const least = value("smallEstate") ? LEAST_SEATS_SMALL : LEAST_SEATS;
  const seats = value("seats");
  const faults: MethodFault[] = [];
  if (kind === "by_election") faults.push(...between("seats", seats, 1, MOST_SEATS));
  else {
    faults.push(...between("seats", seats, least, MOST_SEATS));
    if (seats % 2 === 0) faults.push({ reason: "seats_even", setting: "seats", seats });
    faults.push(...between("legalLeast", value("legalLeast"), least, Math.max(least, seats)));
  }
  if (value("smallEstate") && method.smallEstate.clause.trim() === "")
    faults.push({ reason: "clause_needed", setting: "smallEstate" });
  faults.push(
    ...between("deliveredPercent", value("deliveredPercent"), 1, 99),
    ...unlessDefault("deliveredPercent"),
    ...between("requestWithinDays", value("requestWithinDays"), 1, 180),
    ...between("firstMeetingWithinDays", value("firstMeetingWithinDays"), 1, 365),
    ...unlessDefault("groupChairFromStreet"),
    ...between("alternatesMost", value("alternatesMost"), 0, seats),
    ...between("termMonths", value("termMonths"), 1, LONGEST_TERM_MONTHS),
    ...between("atMost", value("atMost"), 1, Math.max(1, seats)),
    ...between("surplusPercent", value("surplusPercent"), 0, 100),
    ...between("supportersLeast", value("supportersLeast"), 1, 1_000),
    ...between("groupPublicationDays", value("groupPublicationDays"), 1, 60),
    ...between("nominationDays", value("nominationDays"), 1, 60),
    ...between("candidatesBeforeDays", value("candidatesBeforeDays"), 7, 60),
    ...between("candidatesPublicDays", value("candidatesPublicDays"), 7, 60),
  );
  // M6 and M8 are the common defaults; to go below the first asks for a clause.
  if (value("candidatesBeforeDays") < 15 && method.candidatesBeforeDays.clause.trim() === "")
    faults.push({ reason: "clause_needed", setting: "candidatesBeforeDays" });
  // An election by the owners stands unless a rule of the place undoes it; half of the seats is less than most places ask.
  if (!value("passedKeep") && method.passedKeep.clause.trim() === "")
    faults.push({ reason: "clause_needed", setting: "passedKeep" });
  if (value("membersDecide") !== "more_than_half" && method.membersDecide.clause.trim() === "")
    faults.push({ reason: "clause_needed", setting: "membersDecide" });
  if (value("channels").length === 0) faults.push({ reason: "nothing_chosen", setting: "channels" });
  return faults;
}

/** Fewest candidates for a vote with this method: the seats, and the surplus rounded up. In whole persons. */
export const candidatesLeast = (seats: number, surplusPercent: number): number =>
  seats + Math.ceil((seats * surplusPercent) / 100);

export type ElectionMoveRefusal = {
  readonly reason: "wrong_election_state";
  readonly state: ElectionState;
  readonly needed: readonly ElectionState[];
};
/** Whether an election is in one of the states an act needs. */
export const electionIn = (
  state: ElectionState,
  ...needed: readonly ElectionState[]
): Result<true, ElectionMoveRefusal> =>
  needed.includes(state) ? ok(true) : err({ reason: "wrong_election_state", state, needed });
