/** The words by which an owner is asked to top up the maintenance fund, made as the message leaves. */
import { contactsFor } from "../../../community/privacy/actions.ts";
import { dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import {
  type MessageParams,
  type OnOutcome,
  type Rendered,
  registerMessageKind,
} from "../../../platform/outbox/kinds.ts";
import type { Scene } from "../../../platform/scene.ts";
import { isLow, missingTo30 } from "../rules.ts";
import { findFundUnit } from "../store.ts";
import { listOwnersOf } from "./store.ts";

export const TOP_UP = "fund.top-up";
const READ = { by: "outbox", why: "maintenance fund message" } as const;

/** The first of a unit's owners who has a number, and the row that says that numbers were read. */
async function whomToTell(scene: Scene, unitId: string) {
  const [owners] = await scene.db.read(listOwnersOf(scene, unitId, dayOf(scene.now)));
  if (owners.length === 0) return null;
  const ids = owners.map(({ partyId }) => partyId);
  const { contacts, statement } = await contactsFor(scene, ids, READ);
  const phone = ids.map((id) => contacts.get(id)?.phone).find((one) => one);
  return phone ? { phone, statement } : null;
}

/** Whose number was read to send it is written down with the outcome. */
const noteRead: OnOutcome = async (scene, { params }, { outcome }) => {
  if (outcome === "skipped") return [];
  const told = await whomToTell(scene, String(params.unit));
  return told ? [told.statement] : [];
};

registerMessageKind(TOP_UP, {
  name: { zh: "维修资金续交提醒", en: "Reminder to top up the fund" },
  restsAtNight: true,
  onOutcome: noteRead,
  render: async (scene: Scene, params: MessageParams): Promise<Rendered> => {
    const [units] = await scene.db.read(findFundUnit(scene, String(params.unit)));
    const unit = units[0];
    if (!unit || !isLow(unit)) return { skip: "not below thirty per cent" };
    const told = await whomToTell(scene, unit.unitId);
    if (!told) return { skip: "no number" };
    const place = `${unit.building}${unit.entrance}${unit.room}`;
    return {
      phone: told.phone,
      text: `【小区共治】${scene.community.name}${place}的专项维修资金余额不足首期交存额的30%，按《住宅专项维修资金管理办法》第十七条需要续交，至少${formatYuan(missingTo30(unit))}元。登录业主专页可以查看每一笔。如已交存请忽略，有疑问请联系业主委员会。`,
    };
  },
});
