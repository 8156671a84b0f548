/** What is reported of a duty's period, with its evidence: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { putFile } from "../../../platform/files.ts";
import { findAnswer, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { type Done, newestVersion, onceOf, refusedAs, scheduleOf } from "../actions.ts";
import { mayReport, periodOfKey } from "../rules.ts";
import { assertMember, insertReport, listDuties, listNewestOf, listPostsHeld, listVersionsOf } from "../store.ts";

export interface ReportAsked {
  readonly period: string;
  readonly kind: string;
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
  /** Whether anyone may open the attachment; else only those who work on duties. */
  readonly isPublic: boolean;
}

/** A report of one period by who leads, helps or manages, with its evidence. The attachment's hash stands in the record. */
export async function reportDuty(
  scene: StaffScene,
  dutyId: string,
  asked: ReportAsked,
  onceKey: string,
): Promise<Done<{ dutyId: string; reportNo: number }>> {
  const { period: key, kind, text, file, isPublic } = asked;
  const hash = file ? sha256Hex(file.bytes) : "";
  const once = onceOf(onceKey, `report:${dutyId}`, { key, kind, text, hash, isPublic });
  const before = await findAnswer<{ dutyId: string; reportNo: number }>(scene, once);
  if (before) return before;
  const { personId, permissions } = scene.actor;
  const [versions, duties, newest, held] = await scene.db.read(
    listVersionsOf(scene, dutyId),
    listDuties(scene),
    listNewestOf(scene, dutyId),
    listPostsHeld(scene, personId),
  );
  const duty = newestVersion(versions);
  if (duty?.role !== "lead") return err({ reason: "unknown_duty" });
  if (duty.ended === 1) return err({ reason: "duty_ended" });
  const helpers = duties.filter(({ taskId, role }) => taskId === duty.taskId && role === "support");
  const concerned = [duty.bodyId, ...helpers.map(({ bodyId }) => bodyId)];
  const inBody = (bodyId: string): boolean => held.some((post) => post.bodyId === bodyId);
  const last = newest.find(({ period }) => period === key);
  const may = mayReport({ kind, text }, periodOfKey(scheduleOf(duty), key, dayOf(scene.now)), last?.kind, {
    managesDuties: permissions.has("duty.manage"),
    inLead: inBody(duty.bodyId),
    inSupport: helpers.some(({ bodyId }) => inBody(bodyId)),
  });
  if (!may.ok) return may;
  const decides = may.value.kind === "returned" || may.value.kind === "waived";
  const post = held.find(({ bodyId }) => concerned.includes(bodyId)) ?? held[0];
  const put = file ? await putFile(scene, file, personId, isPublic ? "public" : "private") : null;
  if (put && !put.ok) return put;
  const reportNo = (last?.reportNo ?? 0) + 1;
  const { period } = may.value;
  const statements: Query[] = [
    ...(put ? [put.value.statement] : []),
    ...(decides ? [] : [assertMember(scene, personId, may.value.kind === "done" ? [duty.bodyId] : concerned)]),
    ...insertReport(
      scene,
      {
        dutyId,
        period: period.key,
        reportNo,
        dueOn: period.dueOn,
        kind: may.value.kind,
        text: may.value.text,
        reportedAs: post ? `${post.bodyZh} ${post.titleZh}` : "",
        file: put?.value.stored ?? null,
      },
      personId,
    ),
  ];
  return refusedAs(await writeOnce(scene, once, statements, { dutyId, reportNo }));
}
