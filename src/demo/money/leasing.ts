/** The leases of 金桂苑: agreed, charged by the clock, paid in time or late, one ended early, one renewed, one decided by the owners. */
import { findMeeting } from "../../assembly/meeting/store.ts";
import { addDays, addMonths, type Day, dayOf } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { approveLease, draftLease, type LeaseAsked } from "../../ledger/leases/actions.ts";
import { proposeEnd, settleEnd } from "../../ledger/leases/ending/actions.ts";
import { enterReceipt } from "../../ledger/leases/receipts/actions.ts";
import { endedOn, schedule } from "../../ledger/leases/rules.ts";
import { runLeases } from "../../ledger/leases/running.ts";
import { type LeaseRow, leaseFrom, listLeases, listRunning } from "../../ledger/leases/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { DECIDED } from "../meetings.ts";
import { as, at, dayAt, must, noteOf, type Seeding, scan, the } from "../seeding.ts";
import { postWaiting } from "./bookkeeping.ts";
import { type Calendar, dayIn, type Happening, here, on, presiding, treasurer } from "./calendar.ts";
import { beginsOn, DECIDED_LEASE, type DemoLease, LEASES, termsOf } from "./premises.ts";

const EARLIER = { title: "第一届业主大会2022年第二次会议决议第三项（公有用房出租）", on: "2022-06-18" } as const;

const askedOf = (
  lease: Pick<DemoLease, "purpose" | "lessee" | "codes">,
  terms: LeaseAsked["terms"],
  basis: LeaseAsked["basis"],
  renews: number | null,
): LeaseAsked => ({
  purpose: lease.purpose,
  lessee: { ...lease.lessee, kind: lease.lessee.creditCode === "" ? "natural" : "legal" },
  assetCodes: lease.codes,
  terms,
  basis,
  renews,
});

const MOST_LEASES = 100;

/** Every approved lease of the demo. */
async function approvedLeases(scene: Scene): Promise<readonly LeaseRow[]> {
  const [rows] = await scene.db.read(listLeases(scene, ["approved"], { limit: MOST_LEASES, offset: 0 }));
  return rows.map(leaseFrom);
}
const isOf = (row: LeaseRow, { purpose }: Pick<DemoLease, "purpose">, fromOn: Day): boolean =>
  row.purpose === purpose && row.fromOn === fromOn;

/** The secretary drafts it from the signed contract, whoever presides approves it; one that stands stays as it is. */
async function agree(seeding: Seeding, now: number, key: string, asked: LeaseAsked): Promise<void> {
  const scene = await here(seeding, now);
  const known = await approvedLeases(scene);
  if (known.some((row) => isOf(row, asked, asked.terms.fromOn))) return;
  const secretary = await as(scene, "secretary");
  const document = asked.basis.kind === "earlier" ? scan("业主大会决议公告.pdf") : null;
  const contract = [scan(`${asked.purpose}租赁合同.pdf`)];
  const drafted = await draftLease(secretary, asked, { document, contract }, `demo-lease-${key}`);
  const { leaseId } = must(drafted, `lease ${key}`);
  must(await approveLease(await presiding({ ...scene, now: now + 3_600_000 }), leaseId), `approving lease ${key}`);
}

/** Signed some days before they begin, but not before the books do. */
export const agreements = (calendar: Calendar): Happening[] =>
  LEASES.map((lease) => {
    const fromOn = beginsOn(lease, calendar.first);
    const bookOn = dayIn(calendar.first, 2);
    const before = addDays(fromOn, -6);
    return on(before > bookOn ? before : bookOn, 14, async (seeding, now) => {
      const renewed = lease.renews
        ? (await approvedLeases(await here(seeding, now))).find(
            ({ purpose }) => purpose === LEASES.find(({ key }) => key === lease.renews)?.purpose,
          )
        : undefined;
      const basis = { kind: "earlier" as const, ...EARLIER };
      await agree(seeding, now, lease.key, askedOf(lease, termsOf(lease, fromOn), basis, renewed?.number ?? null));
    });
  });

/** The number of the meeting that `finished` names. */
export async function finishedMeeting(seeding: Seeding, scene: Scene): Promise<number> {
  const [meetings] = await scene.db.read(findMeeting(scene, noteOf(seeding, "finished") as MeetingId));
  return the(meetings[0]?.number, "finished meeting");
}

const DECIDED_AT = -36;

/** The idle room, let because the owners decided so in the meeting that `finished` names. */
export const decided = (seeding: Seeding): Happening[] => {
  const fromOn = dayAt(seeding, DECIDED_AT + 6);
  return [
    {
      at: at(seeding, DECIDED_AT, 14),
      run: async (_, now) => {
        const scene = await here(seeding, now);
        const meeting = await finishedMeeting(seeding, scene);
        const basis = { kind: "decision" as const, meeting, item: DECIDED.letting };
        const terms = termsOf({ ...DECIDED_LEASE, rent: [[0, DECIDED_LEASE.yuan]] }, fromOn);
        await agree(seeding, now, DECIDED_LEASE.key, askedOf(DECIDED_LEASE, terms, basis, null));
      },
    },
  ];
};

/** A tenant who gives up the shop at the end of a quarter they have paid for. */
export const earlyEnds = (calendar: Calendar): Happening[] =>
  LEASES.flatMap((lease) => {
    if (lease.endsAfter === undefined) return [];
    const fromOn = beginsOn(lease, calendar.first);
    const lastOn = addDays(addMonths(fromOn, lease.endsAfter), -1);
    const find = async (seeding: Seeding, now: number): Promise<LeaseRow> => {
      const rows = await approvedLeases(await here(seeding, now));
      return the(
        rows.find((row) => isOf(row, lease, fromOn)),
        lease.key,
      );
    };
    return [
      on(addDays(lastOn, -20), 10, async (seeding, now) => {
        const { leaseId } = await find(seeding, now);
        const why = "承租人迁店，提前一个月书面通知，租金已交清";
        must(await proposeEnd(await treasurer(seeding, now), { leaseId, lastOn, why }), "an early end");
        const chair = await presiding(await here(seeding, now + 3_600_000));
        must(await settleEnd(chair, leaseId, "confirmed"), "confirming an early end");
      }),
      on(addDays(lastOn, 4), 10, async (seeding, now) => {
        const { leaseId, depositFen } = await find(seeding, now);
        await receive(seeding, now, leaseId, "refund", dayOf(now), depositFen);
      }),
    ];
  });

async function receive(
  seeding: Seeding,
  now: number,
  leaseId: string,
  kind: "rent" | "deposit" | "refund",
  onDay: Day,
  amountFen: Fen,
): Promise<void> {
  const once = `demo-receipt-${leaseId}-${kind}-${onDay}`;
  const entered = await enterReceipt(await treasurer(seeding, now), { leaseId, kind, on: onDay, amountFen }, once);
  if (!entered.ok && entered.error.reason !== "voucher_faulty") must(entered, `a receipt of ${onDay}`);
}

const CLOCK_DAYS = [12, 25, 31] as const;

/** What a tenant paid from one day to another, both included: the deposit some days after the beginning, each charge as its tenant pays. */
function paidIn(row: LeaseRow, plan: Pick<DemoLease, "paidAfter">, from: Day, to: Day) {
  const isIn = (day: Day): boolean => from <= day && day <= to;
  const cut = row.untilOn < row.toOn ? endedOn(row.terms, row.untilOn) : ({ ok: true, value: row.terms } as const);
  const depositOn = addDays(row.fromOn, 3);
  const paid = (cut.ok ? schedule(cut.value) : []).flatMap(({ chargeNo, dueOn, amountFen }) => {
    const days = plan.paidAfter(chargeNo);
    const onDay = days === null ? null : addDays(dueOn, days);
    return onDay !== null && isIn(onDay) ? [{ kind: "rent" as const, onDay, amountFen }] : [];
  });
  return isIn(depositOn) ? [{ kind: "deposit" as const, onDay: depositOn, amountFen: row.depositFen }, ...paid] : paid;
}

const planOf = (row: LeaseRow): Pick<DemoLease, "paidAfter"> =>
  LEASES.find(({ purpose }) => purpose === row.purpose) ?? { paidAfter: () => 1 };

/** Three times a month the clock charges what fell due, the accountant reviews it, and the treasurer enters what came in meanwhile. */
export const rents = (calendar: Calendar): Happening[] =>
  calendar.months.flatMap((period) =>
    CLOCK_DAYS.flatMap((day, nth) => {
      const to = dayIn(period, day);
      const from = nth === 0 ? `${period}-01` : addDays(dayIn(period, CLOCK_DAYS[nth - 1]!), 1);
      return [
        on(to, 2, async (seeding, now) => runLeases(await here(seeding, now))),
        on(to, 11, (seeding, now) => postWaiting(seeding, now, "common")),
        on(to, 17, async (seeding, now) => {
          const scene = await here(seeding, now);
          const [rows] = await scene.db.read(listRunning(scene, addDays(to, -400), to));
          for (const row of rows.map(leaseFrom))
            for (const { kind, onDay, amountFen } of paidIn(row, planOf(row), from, to))
              await receive(seeding, now, row.leaseId, kind, onDay, amountFen);
        }),
      ];
    }),
  );
