/** The words of the reminder to a lessee who is late. */
import { formatYuan } from "../../kernel/money.ts";
import { type MessageParams, type Rendered, registerMessageKind } from "../../platform/outbox/kinds.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { openLesseePhone } from "./actions.ts";
import { findLeaseById, leaseFrom, listCharges } from "./store.ts";

export const LATE_RENT = "lease.late-rent";

registerMessageKind(LATE_RENT, {
  name: { zh: "租金逾期提醒", en: "Reminder of rent" },
  restsAtNight: true,
  render: async (scene: Scene, params: MessageParams, leaseId: string): Promise<Rendered> => {
    const [leases, charges] = await scene.db.read(findLeaseById(scene, leaseId), listCharges(scene, [leaseId]));
    if (!leases[0]) return { skip: "no lease" };
    const lease = leaseFrom(leases[0]);
    const charge = charges.findLast(({ kind, chargeNo }) => kind === "rent" && chargeNo === params.charge);
    if (!charge || charge.owedFen <= 0) return { skip: "paid" };
    const phone = await openLesseePhone(scene, lease);
    const text = `【小区共治】${scene.community.name}租约第${lease.number}号（${lease.assets}）：${sayDay(charge.dueOn, "zh")}应交的租金还有${formatYuan(charge.owedFen)}元未交。如已付款请忽略，有疑问请联系业主委员会。`;
    return { phone, text };
  },
});
