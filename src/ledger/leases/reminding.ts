/** Word to whoever is late with rent, once a charge and step; and what the clock does for leases. No HTTP. */
import { type Day, dayOf, daysBetween } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { LATE_RENT } from "./messages.ts";
import { chargeDue } from "./money.ts";
import { LEASE_SETTINGS } from "./settings.ts";
import { listOpen } from "./store.ts";

/** Which of the reminders a debt has come to: 0 before the first. */
export const reminderStep = (dueOn: Day, today: Day, after: readonly number[]): number =>
  after.filter((days) => daysBetween(dueOn, today) >= days).length;

/** Queues word to whoever is late, once a charge and step; the outbox keeps it through the night. */
export async function remindLate(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const [open, settings] = await scene.db.read(listOpen(scene, 500), listSettings(scene, LEASE_SETTINGS));
  const values = valuesFromRows(LEASE_SETTINGS, settings);
  const after = [values.firstReminderDays.value, values.secondReminderDays.value, values.thirdReminderDays.value];
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

/** What the clock does for leases. */
export async function runLeases(scene: Scene): Promise<void> {
  await chargeDue(scene);
  await remindLate(scene);
}
