/** Drizzle's typed view of tasks, who has taken them on, and what was reported (migrations/0009). Triggers and the views …_now are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";

export const dutyTask = sqliteTable(
  "duty_task",
  {
    communityId: text("community_id").notNull(),
    taskId: text("task_id").notNull(),
    version: integer("version").notNull(),
    position: integer("position").notNull(),
    titleZh: text("title_zh").notNull(),
    titleEn: text("title_en").notNull(),
    textZh: text("text_zh").notNull(),
    textEn: text("text_en").notNull(),
    ended: integer("ended").$type<0 | 1>().notNull(),
    why: text("why").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.taskId, t.version] })],
);

export const dutyAssignment = sqliteTable(
  "duty_assignment",
  {
    communityId: text("community_id").notNull(),
    assignmentId: text("assignment_id").notNull(),
    version: integer("version").notNull(),
    taskId: text("task_id").notNull(),
    bodyId: text("body_id").notNull(),
    role: text("role").$type<"lead" | "support">().notNull(),
    postId: text("post_id"),
    cadence: text("cadence").$type<"once" | "monthly" | "quarterly" | "yearly">().notNull(),
    beginsOn: text("begins_on").$type<Day>().notNull(),
    dueOn: text("due_on").$type<Day>(),
    ended: integer("ended").$type<0 | 1>().notNull(),
    why: text("why").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.assignmentId, t.version] })],
);

export const dutyReport = sqliteTable(
  "duty_report",
  {
    communityId: text("community_id").notNull(),
    assignmentId: text("assignment_id").notNull(),
    period: text("period").notNull(),
    reportNo: integer("report_no").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    kind: text("kind").$type<"progress" | "done" | "returned" | "waived">().notNull(),
    text: text("text").notNull(),
    fileId: text("file_id"),
    salt: text("salt").notNull(),
    reportedBy: text("reported_by").$type<PersonId>().notNull(),
    reportedAs: text("reported_as").notNull(),
    reportedAt: integer("reported_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.assignmentId, t.period, t.reportNo] })],
);
