/** What assets, leases and parking add elsewhere: what waits at the desk, and their doors. Registers; no page of its own. */
import { type DeskTask, registerDeskSource } from "../../assembly/public/announcing.ts";
import { addDays, addMonths, type Day, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { accountsHref } from "../books/addresses.ts";
import { periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { arrearsHref, chargesHref, deskLeaseHref } from "../leases/addresses.ts";
import { listWaitingEnds } from "../leases/ending/store.ts";
import { leaseFrom, listLeases, listOwedDays, listRunningAfter, listWaitingCharges } from "../leases/store.ts";
import { deskParkingHref } from "../parking/addresses.ts";
import { listTakenByMonth } from "../parking/store.ts";

/** A lease that ends within so many days is told of: a renewal needs the owners' decision, and that takes its time. */
const ENDS_WITHIN_DAYS = 90;
/** What is late this long is told of at the desk. */
const LATE_DAYS = 30;
const MOST = 40;

const earlierMonth = (today: Day): { readonly from: Day; readonly to: Day } => {
  const first = `${periodOf(today)}-01`;
  return { from: addMonths(first, -11), to: addDays(first, -1) };
};

registerDeskSource("ledger-earning", {
  queries: ({ scene }) => {
    const today = dayOf(scene.now);
    const months = earlierMonth(today);
    return [
      listLeases(scene, ["drafted"], { limit: MOST, offset: 0 }),
      listWaitingCharges(scene, MOST),
      listOwedDays(scene),
      listRunningAfter(scene, { fromOn: today, toOn: today }, "", MOST),
      listTakenByMonth(scene, months.from, months.to),
      listWaitingEnds(scene, MOST),
    ] as const;
  },
  tasks: ({ scene, actor }, [drafted, waiting, open, running, taken, ends]) => {
    const { slug, name } = scene.community;
    const today = dayOf(scene.now);
    const task = (
      zh: string,
      en: string,
      more: Partial<DeskTask> & Pick<DeskTask, "permissions" | "href">,
    ): DeskTask => ({
      what: { zh, en },
      about: name,
      note: null,
      // Whoever may not read the desk of the ledger reads what is published.
      waitingHref: actor.permissions.has("ledger.read") ? more.href : accountsHref(slug),
      due: null,
      overdue: false,
      notByAsker: false,
      ...more,
    });
    const tasks: DeskTask[] = drafted.map(({ number, purpose, draftedBy }) =>
      task("审批租约", "Approve a lease", {
        about: purpose,
        permissions: ["ledger.approve"],
        href: deskLeaseHref(slug, number),
        notByAsker: draftedBy === actor.personId,
      }),
    );
    for (const { number, purpose, lastOn, proposedBy } of ends)
      tasks.push(
        task("确认提前终止租约", "Confirm the early end of a lease", {
          about: purpose,
          permissions: ["ledger.approve"],
          href: deskLeaseHref(slug, number),
          due: lastOn,
          notByAsker: proposedBy === actor.personId,
        }),
      );
    const toReview = waiting.filter(({ state }) => state === "waiting");
    if (toReview.length > 0)
      tasks.push(
        task(`复核${toReview.length}笔应收租金`, `Review ${toReview.length} rents that fell due`, {
          permissions: ["ledger.review"],
          href: chargesHref(slug),
        }),
      );
    if (waiting.length > toReview.length) {
      const left = waiting.length - toReview.length;
      tasks.push(
        task(`审批${left}笔应收租金`, `Approve ${left} rents that fell due`, {
          permissions: ["ledger.approve"],
          href: chargesHref(slug),
        }),
      );
    }
    const late = open.filter(({ dueOn }) => dueOn < addDays(today, -LATE_DAYS));
    const lateCharges = late.reduce((sum, { charges }) => sum + charges, 0);
    if (late.length > 0) {
      const fen = formatYuan(late.reduce((sum, { owedFen }) => sum + owedFen, 0));
      tasks.push(
        task("催收逾期的租金", "See to rent that is late", {
          note: { zh: `${lateCharges}笔，共${fen}元`, en: `${lateCharges} charges, ${fen} yuan` },
          permissions: ["ledger.draft"],
          href: arrearsHref(slug),
          overdue: true,
          due: late[0]!.dueOn,
        }),
      );
    }
    for (const lease of running.map(leaseFrom).filter(({ untilOn }) => untilOn <= addDays(today, ENDS_WITHIN_DAYS)))
      tasks.push(
        task("租约快到期，续租或收回", "A lease is about to end: renew it or take back", {
          about: lease.purpose,
          permissions: ["ledger.draft"],
          href: deskLeaseHref(slug, lease.number),
          due: lease.untilOn,
        }),
      );
    for (const period of new Set(taken.filter(({ unbookedFen }) => unbookedFen > 0).map((row) => row.period)))
      tasks.push(
        task(`生成${monthWords(period).zh}的停车收入凭证`, `Draft the voucher of parking in ${monthWords(period).en}`, {
          permissions: ["ledger.draft"],
          href: deskParkingHref(slug),
        }),
      );
    return tasks;
  },
  doors: [
    {
      permissions: ["ledger.read"],
      path: "/ledger/assets",
      label: { zh: "共有部分登记册", en: "Register of common parts" },
    },
    { permissions: ["ledger.read"], path: "/ledger/leases", label: { zh: "租约", en: "Leases" } },
    { permissions: ["ledger.read"], path: "/ledger/parking", label: { zh: "停车", en: "Parking" } },
  ],
});
