/** The matrix of a day as pages show it: tasks, the bodies that lead and help, where each stands, who answers for it. Reads; decides nothing. */
import type { Day } from "../../kernel/day.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { type BodyOnDay, officeQueries, officesFrom } from "../bodies/actions.ts";
import { dutiesFrom, dutyQueries, scheduleOf } from "./actions.ts";
import {
  type DutyState,
  type DutySummary,
  type MonthOfDuties,
  monthsOfDuties,
  overduePeriods,
  type Period,
  periodsOf,
  stateOfDuty,
  summariseDuties,
} from "./rules.ts";
import type { DutyRow, TaskRow } from "./store.ts";

/** A body's part in a task. */
export interface Part {
  readonly row: DutyRow;
  readonly bodyId: string;
  readonly body: Bilingual;
  /** The post that answers by name, and who holds it today as the public may know them. */
  readonly owner: { readonly title: Bilingual; readonly holders: readonly string[] } | null;
}

/** The leading part, with where it stands. */
export interface Lead extends Part {
  readonly state: DutyState;
  readonly overdue: readonly Period[];
  /** The period that runs, or the one of a duty done once; null before it begins. */
  readonly current: Period | null;
}

export interface MatrixRow {
  readonly task: TaskRow;
  readonly lead: Lead | null;
  readonly helpers: readonly Part[];
}

export interface Matrix {
  readonly rows: readonly MatrixRow[];
  readonly summary: DutySummary;
  readonly months: readonly MonthOfDuties[];
  readonly bodies: readonly BodyOnDay[];
}

const MONTHS_SHOWN = 6;

/** What `matrixFrom` reads, for a round trip that asks more. */
export const matrixQueries = (scene: Scene, today: Day) =>
  [...dutyQueries(scene, today), ...officeQueries(scene, today)] as const;
type Results<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };
type MatrixRows = Results<ReturnType<typeof matrixQueries>>;

/** The matrix of a day. One round trip. */
export const readMatrix = async (scene: Scene, today: Day): Promise<Matrix> =>
  matrixFrom(scene, today, await scene.db.read(...matrixQueries(scene, today)));

/** Everything about the duties of a community on a day. */
export async function matrixFrom(
  scene: Scene,
  today: Day,
  [tasks, duties, newest, bodyRows, postRows, tenures]: MatrixRows,
): Promise<Matrix> {
  const bodies = await officesFrom(scene, today, bodyRows, postRows, tenures);
  const standing = dutiesFrom(duties, newest);
  const partOf = (row: DutyRow): Part => {
    const one = bodies.find(({ body }) => body.bodyId === row.bodyId);
    const post = one?.posts.find((each) => each.post.postId === row.postId);
    return {
      row,
      bodyId: row.bodyId,
      body: one?.body.name ?? { zh: "—", en: "—" },
      owner: post ? { title: post.post.title, holders: post.holders.map(({ publicName }) => publicName) } : null,
    };
  };
  const leadOf = (taskId: string): Lead | null => {
    const found = standing.find((one) => one.taskId === taskId);
    if (!found) return null;
    const schedule = scheduleOf(found.row);
    return {
      ...partOf(found.row),
      state: stateOfDuty(schedule, found.newest, today),
      overdue: overduePeriods(schedule, found.newest, today),
      current: periodsOf(schedule, today).at(-1) ?? null,
    };
  };
  return {
    rows: tasks.map((task) => ({
      task,
      lead: leadOf(task.taskId),
      helpers: duties.filter(({ taskId, role }) => taskId === task.taskId && role === "support").map(partOf),
    })),
    summary: summariseDuties(
      tasks.map(({ taskId }) => taskId),
      standing,
      today,
    ),
    months: monthsOfDuties(standing, today, MONTHS_SHOWN),
    bodies,
  };
}
