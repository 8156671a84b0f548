/** The list of tasks and who takes them on: load, ask the rules, write with the leaf; and a community's duties in figures. No HTTP. */
import { type Day, dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Aborted, Query } from "../../platform/db.ts";
import type { FileFault } from "../../platform/files.ts";
import { findAnswer, type KeyReused, type Once, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { bodyOf, findBodyAt } from "../bodies/store.ts";
import { listPosts } from "../terms/store.ts";
import {
  type DutyAsked,
  type DutyRefusal,
  type DutySummary,
  isRole,
  LONGEST_WHY,
  type Newest,
  type ReportKind,
  type ReportRefusal,
  readSchedule,
  readTask,
  type Schedule,
  type StandingDuty,
  summariseDuties,
  type TaskAsked,
  type TaskRefusal,
} from "./rules.ts";
import { TEN_TASKS } from "./standard.ts";
import {
  type DutyRow,
  findTask,
  insertDuty,
  insertTask,
  listDuties,
  listNewest,
  listTasks,
  listVersionsOf,
  type NewestRow,
  type TaskRow,
} from "./store.ts";

// ——— In figures ———

/** What `dutiesFrom` reads, for a round trip that asks more. */
export const dutyQueries = (scene: Pick<Scene, "db" | "community">, day: Day) =>
  [listTasks(scene), listDuties(scene), listNewest(scene, day)] as const;

export const scheduleOf = ({ cadence, beginsOn, dueOn }: DutyRow): Schedule => ({ cadence, beginsOn, dueOn });

/** The duties that are led, each with the newest report of its periods. */
export function dutiesFrom(
  duties: readonly DutyRow[],
  newest: readonly NewestRow[],
): (StandingDuty & { readonly row: DutyRow })[] {
  const byDuty = new Map<string, Map<string, ReportKind>>();
  for (const { dutyId, period, kind } of newest) {
    const periods = byDuty.get(dutyId) ?? new Map<string, ReportKind>();
    periods.set(period, kind);
    byDuty.set(dutyId, periods);
  }
  const none: Newest = new Map();
  return duties
    .filter(({ role }) => role === "lead")
    .map((row) => ({
      row,
      taskId: row.taskId,
      schedule: scheduleOf(row),
      newest: byDuty.get(row.dutyId) ?? none,
    }));
}

/** A community's duties today: tasks, done, in progress, overdue. For its page and for a street's roll-up. One round trip. */
export async function countDuties(scene: Scene): Promise<DutySummary> {
  const today = dayOf(scene.now);
  const [tasks, duties, newest] = await scene.db.read(...dutyQueries(scene, today));
  return summariseDuties(
    tasks.map(({ taskId }) => taskId),
    dutiesFrom(duties, newest),
    today,
  );
}

// ——— Refusals ———

export type DutiesRefusal =
  | TaskRefusal
  | DutyRefusal
  | ReportRefusal
  | FileFault
  | { readonly reason: "tasks_there_already" }
  | { readonly reason: "unknown_task" }
  | { readonly reason: "task_changed_meanwhile" }
  | { readonly reason: "task_assigned" }
  | { readonly reason: "unknown_duty" }
  | { readonly reason: "unknown_body" }
  | { readonly reason: "role_missing" }
  | { readonly reason: "body_ended" }
  | { readonly reason: "assigned_already" }
  | { readonly reason: "lead_taken" }
  | { readonly reason: "duty_changed_meanwhile" }
  | { readonly reason: "duty_ended" }
  | { readonly reason: "reported_meanwhile" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number }
  | { readonly reason: "key_reused" };

export type Done<T> = Result<T, DutiesRefusal>;

/** The key of an act on duties, and what it was asked to do. */
export const onceOf = (key: string, act: string, asked: object): Once => ({
  key,
  body: JSON.stringify({ act, ...asked }),
});

/** Codes of triggers and assertions that are refusals by the same name. */
const CODES = [
  "unknown_task",
  "task_changed_meanwhile",
  "task_assigned",
  "body_ended",
  "assigned_already",
  "lead_taken",
  "duty_changed_meanwhile",
  "duty_ended",
  "reported_meanwhile",
  "settled_already",
  "not_settled",
  "not_your_body",
] as const;

/** What the database refused, as a refusal; a code it cannot have raised is a fault of ours. */
export function refusedAs<T>(written: Result<T, Aborted | KeyReused>, title = ""): Done<T> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  const { code } = written.error;
  if (code === "task_title_taken") return err({ reason: "task_title_taken", title });
  const known = CODES.find((one) => one === code);
  if (!known) throw new Error(`a duty refused: ${code}`);
  return err({ reason: known });
}

function readWhy(why: string): Result<string, DutiesRefusal> {
  if (why.trim() === "") return err({ reason: "why_missing" });
  return why.length > LONGEST_WHY ? err({ reason: "why_too_long", most: LONGEST_WHY }) : ok(why.trim());
}

// ——— Tasks ———

const lastPosition = (tasks: readonly TaskRow[]): number => Math.max(0, ...tasks.map(({ position }) => position));

/** The ten tasks as a beginning, led by a body where one is named. Only where there is no task yet. */
export async function adoptTen(
  scene: StaffScene,
  asked: { readonly bodyId: string },
  onceKey: string,
): Promise<Done<{ tasks: number }>> {
  const once = onceOf(onceKey, "adopt", asked);
  const before = await findAnswer<{ tasks: number }>(scene, once);
  if (before) return before;
  const [there, found] = await scene.db.read(listTasks(scene), findBodyAt(scene, asked.bodyId, scene.now));
  if (there.length > 0) return err({ reason: "tasks_there_already" });
  const body = found[0] ? bodyOf(found[0]) : null;
  if (asked.bodyId !== "" && !body) return err({ reason: "unknown_body" });
  if (body && body.endedAt !== null) return err({ reason: "body_ended" });
  const by = scene.actor.personId;
  const statements: Query[] = [];
  for (const [at, { cadence, ...task }] of TEN_TASKS.entries()) {
    const taskId = newId<string>(scene.random);
    statements.push(...insertTask(scene, { ...task, taskId, version: 1, position: at + 1, ended: false, why: "" }, by));
    if (!body) continue;
    const duty = {
      dutyId: newId<string>(scene.random),
      version: 1,
      taskId,
      bodyId: body.bodyId,
      postId: null,
    } as const;
    const beginsOn = dayOf(scene.now);
    statements.push(
      ...insertDuty(scene, { ...duty, role: "lead", cadence, beginsOn, dueOn: null, ended: false, why: "" }, by),
    );
  }
  const written = refusedAs(await writeOnce(scene, once, statements, { tasks: TEN_TASKS.length }));
  // Another adopted them between reading and writing: the titles are there.
  return !written.ok && written.error.reason === "task_title_taken" ? err({ reason: "tasks_there_already" }) : written;
}

/** A further task, or the next wording of one; `seen` is the version the form was made from. */
export async function setTask(
  scene: StaffScene,
  taskId: string | null,
  asked: TaskAsked & { readonly seen: string },
  onceKey: string,
): Promise<Done<{ taskId: string }>> {
  const once = onceOf(onceKey, `task:${taskId ?? ""}`, asked);
  const before = await findAnswer<{ taskId: string }>(scene, once);
  if (before) return before;
  const [tasks] = await scene.db.read(listTasks(scene));
  const own = taskId === null ? null : tasks.find((task) => task.taskId === taskId);
  if (own === undefined) return err({ reason: "unknown_task" });
  if (own && String(own.version) !== asked.seen) return err({ reason: "task_changed_meanwhile" });
  const others = tasks.filter((task) => task !== own).map(({ titleZh }) => titleZh);
  const { titleZh, titleEn, textZh, textEn } = asked;
  const read = readTask({ titleZh, titleEn, textZh, textEn }, others);
  if (!read.ok) return read;
  const isSame =
    own &&
    own.titleZh === read.value.titleZh &&
    own.titleEn === read.value.titleEn &&
    own.textZh === read.value.textZh &&
    own.textEn === read.value.textEn;
  if (isSame) return err({ reason: "nothing_changed" });
  const next = {
    ...read.value,
    taskId: own?.taskId ?? newId<string>(scene.random),
    version: (own?.version ?? 0) + 1,
    position: own?.position ?? lastPosition(tasks) + 1,
    ended: false,
    why: "",
  };
  const statements = insertTask(scene, next, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { taskId: next.taskId }), next.titleZh);
}

/** Takes a task off the list, with its reason. Refused while a body has it. */
export async function endTask(
  scene: StaffScene,
  taskId: string,
  asked: { readonly why: string },
  onceKey: string,
): Promise<Done<{ taskId: string }>> {
  const once = onceOf(onceKey, `end-task:${taskId}`, asked);
  const before = await findAnswer<{ taskId: string }>(scene, once);
  if (before) return before;
  const [found] = await scene.db.read(findTask(scene, taskId));
  const task = found[0];
  if (!task || task.ended === 1) return err({ reason: "unknown_task" });
  const why = readWhy(asked.why);
  if (!why.ok) return why;
  const next = { ...task, version: task.version + 1, ended: true, why: why.value };
  const statements = insertTask(scene, next, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { taskId }));
}

// ——— Who takes them on ———

/** The post that answers by name must be one of the body's; null where none is named. */
async function postOfBody(scene: Scene, bodyId: string, postId: string): Promise<Result<string | null, DutiesRefusal>> {
  if (postId === "") return ok(null);
  const [posts] = await scene.db.read(listPosts(scene));
  const post = posts.find((one) => one.postId === postId && one.bodyId === bodyId);
  return post ? ok(postId) : err({ reason: "post_of_another_body" });
}

/** A body leads a task, by a day or at a cadence, or helps with it. */
export async function assignDuty(
  scene: StaffScene,
  asked: DutyAsked & { readonly taskId: string; readonly bodyId: string; readonly role: string },
  onceKey: string,
): Promise<Done<{ dutyId: string }>> {
  const once = onceOf(onceKey, "assign", asked);
  const before = await findAnswer<{ dutyId: string }>(scene, once);
  if (before) return before;
  const { taskId, bodyId, role } = asked;
  const [tasks, found, duties] = await scene.db.read(
    listTasks(scene),
    findBodyAt(scene, bodyId, scene.now),
    listDuties(scene),
  );
  if (!tasks.some((task) => task.taskId === taskId)) return err({ reason: "unknown_task" });
  const body = found[0] ? bodyOf(found[0]) : null;
  if (!body) return err({ reason: "unknown_body" });
  if (body.endedAt !== null) return err({ reason: "body_ended" });
  if (!isRole(role)) return err({ reason: "role_missing" });
  const there = duties.filter((duty) => duty.taskId === taskId);
  if (there.some((duty) => duty.bodyId === bodyId)) return err({ reason: "assigned_already" });
  if (role === "lead" && there.some((duty) => duty.role === "lead")) return err({ reason: "lead_taken" });
  const schedule = readSchedule(role, asked, null, dayOf(scene.now));
  if (!schedule.ok) return schedule;
  const post = await postOfBody(scene, bodyId, asked.postId);
  if (!post.ok) return post;
  const dutyId = newId<string>(scene.random);
  const entry = { dutyId, version: 1, taskId, bodyId, role, postId: post.value, ended: false, why: "" };
  const statements = insertDuty(scene, { ...entry, ...schedule.value }, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { dutyId }));
}

/** A duty as it now is, of all its versions. */
export const newestVersion = (versions: readonly DutyRow[]): DutyRow | null => versions.at(-1) ?? null;

/** Another deadline, cadence or post for a duty that goes on. Its body and role stay: those are another duty. */
export async function changeDuty(
  scene: StaffScene,
  dutyId: string,
  asked: DutyAsked & { readonly seen: string },
  onceKey: string,
): Promise<Done<{ dutyId: string }>> {
  const once = onceOf(onceKey, `duty:${dutyId}`, asked);
  const before = await findAnswer<{ dutyId: string }>(scene, once);
  if (before) return before;
  const [versions] = await scene.db.read(listVersionsOf(scene, dutyId));
  const duty = newestVersion(versions);
  if (!duty) return err({ reason: "unknown_duty" });
  if (duty.ended === 1) return err({ reason: "duty_ended" });
  if (String(duty.version) !== asked.seen) return err({ reason: "duty_changed_meanwhile" });
  const schedule = readSchedule(duty.role, asked, scheduleOf(duty), dayOf(scene.now));
  if (!schedule.ok) return schedule;
  const post = await postOfBody(scene, duty.bodyId, asked.postId);
  if (!post.ok) return post;
  const { cadence, beginsOn, dueOn } = schedule.value;
  const isSame =
    cadence === duty.cadence && beginsOn === duty.beginsOn && dueOn === duty.dueOn && post.value === duty.postId;
  if (isSame) return err({ reason: "nothing_changed" });
  const { taskId, bodyId, role } = duty;
  const entry = { dutyId, version: duty.version + 1, taskId, bodyId, role, postId: post.value, ended: false, why: "" };
  const statements = insertDuty(scene, { ...entry, ...schedule.value }, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { dutyId }));
}

/** A body no longer has a task, with the reason. What it reported stays. */
export async function endDuty(
  scene: StaffScene,
  dutyId: string,
  asked: { readonly why: string },
  onceKey: string,
): Promise<Done<{ dutyId: string }>> {
  const once = onceOf(onceKey, `end-duty:${dutyId}`, asked);
  const before = await findAnswer<{ dutyId: string }>(scene, once);
  if (before) return before;
  const [versions] = await scene.db.read(listVersionsOf(scene, dutyId));
  const duty = newestVersion(versions);
  if (!duty) return err({ reason: "unknown_duty" });
  if (duty.ended === 1) return err({ reason: "duty_ended" });
  const why = readWhy(asked.why);
  if (!why.ok) return why;
  const { taskId, bodyId, role, postId, cadence, beginsOn, dueOn } = duty;
  const entry = { dutyId, version: duty.version + 1, taskId, bodyId, role, postId, ended: true, why: why.value };
  const statements = insertDuty(scene, { ...entry, cadence, beginsOn, dueOn }, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { dutyId }));
}
