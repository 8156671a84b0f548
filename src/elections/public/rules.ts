/** What is due next in an election, by whom, and by when: from the same rules that guard its moves (CC 201, 203; A2–A5, M6). Pure. */
import { dayOf, endOf, type Instant, startOf } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { firstMeetingDueOn, groupDueOn } from "../calling/rules.ts";
import { earliestVoting } from "../candidates/rules.ts";
import { groupUntil } from "../group/rules.ts";
import type { ElectionKind, ElectionState, Method } from "../rules.ts";

export interface CourseFacts {
  readonly kind: ElectionKind;
  readonly state: ElectionState;
  readonly method: Method;
  readonly requestedOn: string | null;
  /** The first publication of the group: the first meeting is due from then on, however often the list changes. */
  readonly groupFormedAt: Instant | null;
  readonly groupPublishedAt: Instant | null;
  readonly nominationsCloseAt: Instant | null;
  readonly candidatesPublishedAt: Instant | null;
  readonly openObjections: number;
}

export type NextKind =
  | "form_group"
  | "object_to_group"
  | "answer_objections"
  | "open_nominations"
  | "nominate"
  | "close_nominations"
  | "publish_candidates"
  | "hold_vote"
  | "count_vote"
  | "first_meeting";

export interface NextStep {
  readonly kind: NextKind;
  readonly what: Bilingual;
  /** Who is responsible, as an office or a body. */
  readonly who: Bilingual;
  /** The instant it is due, or the earliest at which it can be done; null where no day is set. */
  readonly due: Instant | null;
  /** `by`: no later than that. `until`: open so long. `from`: no earlier. */
  readonly sense: "by" | "until" | "from";
  readonly overdue: boolean;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const STREET = say("街道办事处、乡镇人民政府", "the street or town");
const GROUP = say("选举小组组长", "the head of the group");
const OWNERS = say("业主", "owners");
const COMMITTEE = say("业主委员会主任、副主任", "the committee's chair or deputy");

/** What is next, the most pressing first; nothing once an election is over. */
export function nextSteps(facts: CourseFacts, now: Instant): NextStep[] {
  const { kind, state, method } = facts;
  const runs = kind === "by_election" && facts.groupPublishedAt === null ? COMMITTEE : GROUP;
  const steps: NextStep[] = [];
  const add = (
    name: NextKind,
    what: Bilingual,
    who: Bilingual,
    due: Instant | null = null,
    sense: NextStep["sense"] = "by",
  ): void => {
    steps.push({ kind: name, what, who, due, sense, overdue: sense !== "from" && due !== null && now >= due });
  };
  switch (state) {
    case "preparing":
      if (facts.openObjections > 0)
        add(
          "answer_objections",
          say(`答复对小组的${facts.openObjections}件异议`, `Answer ${facts.openObjections} objection(s) to the group`),
          STREET,
        );
      if (facts.groupPublishedAt === null && kind !== "by_election")
        add(
          "form_group",
          say("成立选举小组，公布名单", "Form the group and publish its list"),
          STREET,
          facts.requestedOn === null ? null : endOf(groupDueOn(facts.requestedOn, method.requestWithinDays.value)),
        );
      else {
        const until =
          facts.groupPublishedAt === null
            ? null
            : groupUntil(facts.groupPublishedAt, method.groupPublicationDays.value);
        if (until !== null && now < until)
          add(
            "object_to_group",
            say("小组名单公示，可以提出异议", "The group's list is open to objections"),
            OWNERS,
            until,
            "until",
          );
        add("open_nominations", say("开始提名", "Open nominations"), runs, until, "from");
      }
      break;
    case "nominating":
      if (facts.nominationsCloseAt !== null && now >= facts.nominationsCloseAt)
        add("close_nominations", say("截止提名，开始审核", "Close nominations and begin the checks"), runs);
      else
        add(
          "nominate",
          say("提名候选人", "Candidates are named"),
          say("业主和有推荐权的组织", "owners, and bodies that may name candidates"),
          facts.nominationsCloseAt,
          "until",
        );
      break;
    case "examining":
      add("publish_candidates", say("审核资格，公布候选人", "Check eligibility and publish the candidates"), runs);
      break;
    case "standing":
      add(
        "hold_vote",
        say("召开业主大会表决", "Put the election to an owners' meeting"),
        runs,
        facts.candidatesPublishedAt === null
          ? null
          : startOf(
              earliestVoting(dayOf(facts.candidatesPublishedAt), {
                candidatesBeforeDays: method.candidatesBeforeDays.value,
                candidatesPublicDays: method.candidatesPublicDays.value,
              }),
            ),
        "from",
      );
      break;
    case "voting":
      add("count_vote", say("表决、计票、公布结果", "Vote, count and publish the result"), OWNERS);
      break;
    case "seated":
    case "ended":
      return [];
  }
  if (kind === "founding" && facts.groupFormedAt !== null && state !== "voting")
    add(
      "first_meeting",
      say("召开首次业主大会", "Hold the first owners' meeting"),
      runs,
      endOf(firstMeetingDueOn(facts.groupFormedAt, method.firstMeetingWithinDays.value)),
    );
  return steps;
}
