/** What there is to do today in the meetings of an estate, each with its next step and its day. Pure: who may do it is asked of the permission beside it. */
import { type Day, dayOf, type Instant } from "../../kernel/day.ts";
import type { Permission } from "../../platform/access.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { factsOf, latestNoticeDay, readDraft } from "../meeting/reading.ts";
import { noticeFaults, publishBy } from "../meeting/rules.ts";
import type { DeskMeetingLine } from "./store.ts";

export interface Task {
  /** The meeting's number. */
  readonly number: number;
  readonly meeting: string;
  readonly what: Bilingual;
  readonly note: Bilingual | null;
  /** Any of these may do it. */
  readonly permissions: readonly Permission[];
  /** Below the meeting's address at the desk; or an address of another room of the desk. */
  readonly path: string;
  readonly due: Day | null;
  readonly overdue: boolean;
  /** Whoever asks cannot do this one although they hold the office: they did the step before. */
  readonly notByAsker: boolean;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const dueNote = (day: Day): Bilingual => say(`应不晚于${sayDay(day, "zh")}`, `due by ${sayDay(day, "en")}`);

/** The tasks of one meeting at `now`, the most pressing first. */
export function tasksOf({ row, waiting }: DeskMeetingLine, asker: string, now: Instant): Task[] {
  const today = dayOf(now);
  const facts = factsOf(row);
  const tasks: Task[] = [];
  const add = (
    what: Bilingual,
    permissions: readonly Permission[],
    path: string,
    more: { due?: Day | null; note?: Bilingual; notByAsker?: boolean } = {},
  ): void => {
    const due = more.due ?? null;
    tasks.push({
      number: row.number,
      meeting: row.title,
      what,
      note: more.note ?? (due === null ? null : dueNote(due)),
      permissions,
      path,
      due,
      overdue: due !== null && due < today,
      notByAsker: more.notByAsker ?? false,
    });
  };
  if (waiting.rollObjections > 0)
    add(
      say(`答复${waiting.rollObjections}件名册异议`, `Answer ${waiting.rollObjections} objection(s) to the roll`),
      ["objection.answer"],
      "/objections",
      {
        due: row.opensAt === null ? null : dayOf(row.opensAt),
        note: say("答复完才能开始表决。", "Voting opens when each is answered."),
      },
    );
  if (waiting.openTickets > 0)
    add(
      say(`答复${waiting.openTickets}件异议`, `Answer ${waiting.openTickets} objection(s)`),
      ["objection.answer"],
      "/objections",
      {
        due: waiting.ticketsDueOn,
      },
    );
  if (waiting.papers > 0)
    add(
      say(`独立复核${waiting.papers}张纸质票`, `Read ${waiting.papers} paper ballot(s) a second time`),
      ["paper.confirm"],
      "/paper",
      {
        due: row.closesAt === null || facts.rules === null ? null : publishBy(row.closesAt, facts.rules),
      },
    );
  switch (row.state) {
    case "draft": {
      const { draft, editors } = readDraft(row);
      const faults = noticeFaults(draft, now, true).length;
      if (faults > 0)
        add(say("完成会议草案", "Finish the draft"), ["meeting.draft"], "", {
          due: latestNoticeDay(draft),
          note: say(`还有${faults}处要补全`, `${faults} thing(s) to complete`),
        });
      else
        add(say("核对并批准会议公告", "Check and approve the notice"), ["meeting.approve"], "/approve", {
          due: latestNoticeDay(draft),
          notByAsker: editors.includes(asker),
        });
      break;
    }
    case "notice":
    case "open":
      if (waiting.unreached > 0)
        add(
          say(`送达还没有确认的${waiting.unreached}户`, `Reach ${waiting.unreached} household(s) not yet confirmed`),
          ["meeting.deliver"],
          "/delivery",
          {
            due: row.closesAt === null ? null : dayOf(row.closesAt - 1),
            note: say(`共${waiting.households}户`, `of ${waiting.households}`),
          },
        );
      break;
    case "closed":
      if (waiting.papers === 0)
        add(say("封票并计票", "Seal the ballots and count"), ["meeting.count"], "/count", {
          due: row.closesAt === null || facts.rules === null ? null : publishBy(row.closesAt, facts.rules),
        });
      break;
    case "counted":
      add(say("核对并公布结果", "Check and publish the result"), ["result.publish"], "/publish", {
        due: row.closesAt === null || facts.rules === null ? null : publishBy(row.closesAt, facts.rules),
        notByAsker: row.countedBy === asker && !(facts.rules?.counterMayPublish.value ?? false),
      });
      break;
    case "published":
      if (waiting.unpublishedRun !== null)
        add(say("公布复核结果", "Publish the recount"), ["result.publish"], "/publish", {
          notByAsker: waiting.unpublishedBy === asker && !(facts.rules?.counterMayPublish.value ?? false),
        });
      break;
    default:
      break;
  }
  return tasks;
}

/** Overdue first, then by day, what has no day last; those of one day stay in their order. */
export const byDay = <T extends { readonly due: Day | null }>(tasks: readonly T[]): T[] =>
  tasks.toSorted((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"));

/** By day, and the newest meeting first where days are the same. */
export const inOrder = (tasks: readonly Task[]): Task[] => byDay(tasks.toSorted((a, b) => b.number - a.number));
