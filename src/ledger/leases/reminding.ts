/** Word to whoever is late with rent, once a charge and step, slice by slice. No HTTP. */
import { addDays, type Day, dayOf, daysBetween } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { findRound, saveRound } from "../rounds/store.ts";
import { LATE_RENT } from "./messages.ts";
import { LEASE_SETTINGS } from "./settings.ts";
import { listOpenAfter } from "./store.ts";

/** Which of the reminders a debt has come to: 0 before the first. */
export const reminderStep = (dueOn: Day, today: Day, after: readonly number[]): number =>
  after.filter((days) => daysBetween(dueOn, today) >= days).length;

/** Open charges one run looks at; the next goes on behind them. */
export const REMINDED_A_RUN = 500;
const ROUND = "late-rent";
interface Place {
  readonly dueOn: Day;
  readonly leaseId: string;
  readonly chargeNo: number;
}
const BEGINNING: Place = { dueOn: "", leaseId: "", chargeNo: 0 };

/**
 * Queues word to whoever is late, once a charge and step; the outbox keeps it through the night. However many are late, a run looks at one
 * slice of them.
 * @returns How many were told in this run.
 */
export async function remindLate(scene: Scene, most = REMINDED_A_RUN): Promise<number> {
  const today = dayOf(scene.now);
  const [settings, rounds] = await scene.db.read(listSettings(scene, LEASE_SETTINGS), findRound(scene, ROUND));
  const values = valuesFromRows(LEASE_SETTINGS, settings);
  const after = [values.firstReminderDays.value, values.secondReminderDays.value, values.thirdReminderDays.value];
  const before = rounds[0]?.after ?? "";
  const place: Place = before === "" ? BEGINNING : (JSON.parse(before) as Place);
  const [open] = await scene.db.read(listOpenAfter(scene, place, addDays(today, -after[0]!), most));
  const last = open.length === most ? open.at(-1)! : null;
  const next = last
    ? JSON.stringify({ dueOn: last.dueOn, leaseId: last.leaseId, chargeNo: last.chargeNo } satisfies Place)
    : "";
  const told = await remindSlice(scene, open, after);
  if (next !== before) await scene.db.write([saveRound(scene, ROUND, next)]);
  return told;
}

async function remindSlice(
  scene: Scene,
  open: readonly (Place & { readonly owedFen: Fen })[],
  after: readonly number[],
): Promise<number> {
  const today = dayOf(scene.now);
  const late = open
    .filter(({ owedFen }) => owedFen > 0)
    .map((row) => ({ ...row, step: reminderStep(row.dueOn, today, after) }))
    .filter(({ step }) => step > 0);
  if (late.length === 0) return 0;
  const [told] = await scene.db.read(
    scene.db.all<{ key: string }>(
      sql`SELECT lease_id || ':' || charge_no || ':' || step AS key FROM ledger_reminder WHERE community_id = ${scene.community.id}
            AND lease_id IN (SELECT value FROM json_each(${JSON.stringify([...new Set(late.map((one) => one.leaseId))])}))`,
    ),
  );
  const known = new Set(told.map(({ key }) => key));
  const fresh = late.filter(({ leaseId, chargeNo, step }) => !known.has(`${leaseId}:${chargeNo}:${step}`));
  if (fresh.length === 0) return 0;
  const noted: Query = scene.db.run(
    sql`INSERT INTO ledger_reminder(community_id, lease_id, charge_no, step, queued_at)
        SELECT ${scene.community.id}, j.value ->> 'leaseId', j.value ->> 'chargeNo', j.value ->> 'step', CAST(${scene.now} AS INTEGER)
        FROM json_each(${JSON.stringify(fresh.map(({ leaseId, chargeNo, step }) => ({ leaseId, chargeNo, step })))}) j`,
  );
  const messages = queueMessages(
    scene,
    LATE_RENT,
    fresh.map(({ leaseId, chargeNo, step }) => ({
      to: leaseId,
      params: { lease: leaseId, charge: chargeNo },
      dedupeKey: `${LATE_RENT}:${leaseId}:${chargeNo}:${step}`,
    })),
  );
  const written = await scene.db.write([noted, ...messages]);
  // Another run was faster: it told them.
  return written.ok ? fresh.length : 0;
}
