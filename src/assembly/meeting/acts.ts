/** What can be done with a meeting now, by whom, and for the rest why not yet: asked of the same rules that guard the acts. */
import type { Instant } from "../../kernel/day.ts";
import type { Result } from "../../kernel/result.ts";
import type { Permission } from "../../platform/access.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { MeetingRefusal } from "./problems.ts";
import {
  type Draft,
  type MeetingFacts,
  type MoveRefusal,
  mayAnnul,
  mayCount,
  mayExtend,
  mayGiveNotice,
  mayPublish,
  mayWithdraw,
} from "./rules.ts";

export type ActName =
  | "approve"
  | "amend"
  | "extend"
  | "withdraw"
  | "annul"
  | "count"
  | "publish"
  | "answer"
  | "recount";

export interface Act {
  readonly name: ActName;
  readonly label: Bilingual;
  readonly permission: Permission;
  /** Below the meeting's address at the desk. */
  readonly path: string;
  /** Null when it can be done; otherwise the reason why not. */
  readonly notYet: MeetingRefusal | null;
  /** What moves the meeting on, as against what changes or ends it. */
  readonly isStep: boolean;
}

/** What the desk's page has read besides the meeting. */
export interface Waiting {
  readonly papers: number;
  readonly openTickets: number;
  /** A recount that is not published yet. */
  readonly unpublishedRun: number | null;
  readonly unpublishedBy: string | null;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const refusalOf = (result: Result<unknown, MoveRefusal>): MoveRefusal | null => (result.ok ? null : result.error);

/** Acts of a meeting in the order in which they come, each with the answer of the rule that guards it. */
export function actsOf(
  facts: MeetingFacts,
  draft: Draft | null,
  waiting: Waiting,
  actorId: string,
  now: Instant,
): Act[] {
  const approve: Act = {
    name: "approve",
    label: say("核对并批准，发出公告", "Check, approve and give notice"),
    permission: "meeting.approve",
    path: "/approve",
    notYet: draft ? refusalOf(mayGiveNotice(draft, facts, actorId, now)) : null,
    isStep: true,
  };
  const amend: Act = {
    name: "amend",
    label: say("公开修改公告", "Amend the notice publicly"),
    permission: "meeting.approve",
    path: "/amend",
    notYet:
      facts.opensAt !== null && now >= facts.opensAt ? { reason: "already_closed", closedAt: facts.opensAt } : null,
    isStep: false,
  };
  const extend: Act = {
    name: "extend",
    label: say("延长表决时间", "Extend the voting time"),
    permission: "meeting.approve",
    path: "/extend",
    notYet: refusalOf(mayExtend(facts, (facts.closesAt ?? now) + 1, "…", now)),
    isStep: false,
  };
  const withdraw: Act = {
    name: "withdraw",
    label: say("撤回会议", "Withdraw the meeting"),
    permission: facts.state === "draft" ? "meeting.draft" : "meeting.approve",
    path: "/withdraw",
    notYet: refusalOf(mayWithdraw(facts, "…", now)),
    isStep: false,
  };
  const annul: Act = {
    name: "annul",
    label: say("登记依法撤销", "Record an annulment"),
    permission: "meeting.annul",
    path: "/annul",
    notYet: refusalOf(mayAnnul(facts, "…")),
    isStep: false,
  };
  const count: Act = {
    name: "count",
    label: say("封票并计票", "Seal the ballots and count"),
    permission: "meeting.count",
    path: "/count",
    notYet: refusalOf(mayCount(facts, waiting.papers, now)),
    isStep: true,
  };
  const runBy = waiting.unpublishedBy;
  const publish: Act = {
    name: "publish",
    label:
      waiting.unpublishedRun !== null && waiting.unpublishedRun > 1
        ? say("公布复核结果", "Publish the recount")
        : say("核对并公布结果", "Check and publish the result"),
    permission: "result.publish",
    path: "/publish",
    notYet: refusalOf(
      mayPublish(
        { ...facts, state: runBy === null ? facts.state : "counted", countedBy: runBy ?? facts.countedBy },
        actorId,
      ),
    ),
    isStep: true,
  };
  const answer: Act = {
    name: "answer",
    label: say(
      waiting.openTickets > 0 ? `答复异议（${waiting.openTickets}件未答复）` : "查看异议",
      waiting.openTickets > 0 ? `Answer objections (${waiting.openTickets} open)` : "Objections",
    ),
    permission: "objection.answer",
    path: "/objections",
    notYet: null,
    isStep: waiting.openTickets > 0,
  };
  const recount: Act = {
    name: "recount",
    label: say("复核计票", "Recount"),
    permission: "meeting.count",
    path: "/recount",
    notYet: waiting.unpublishedRun !== null ? { reason: "nothing_to_recount" } : null,
    isStep: false,
  };
  switch (facts.state) {
    case "draft":
      return [approve, withdraw];
    case "notice":
      return [amend, extend, answer, withdraw, annul];
    case "open":
      return [extend, answer, withdraw, annul];
    case "closed":
      return [count, annul];
    case "counted":
      return [publish, annul];
    case "published":
      return [...(waiting.unpublishedRun === null ? [] : [publish]), answer, recount, annul];
    case "final":
      return [answer, annul];
    case "withdrawn":
    case "annulled":
      return [];
  }
}
