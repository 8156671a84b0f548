/** The words in which every bidder is told how it ended (中标通知书, T12): the winner and the others, once, when the tender is awarded. */
import type { Query } from "../../platform/db.ts";
import { type Rendered, registerMessageKind } from "../../platform/outbox/kinds.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { tenderHref } from "../addresses.ts";
import { phoneOf } from "../bidders/contacts.ts";
import { findBidder } from "../bidders/store.ts";
import { findTender, type TenderRow } from "../store.ts";
import { listAwards } from "./store.ts";

export const AWARD_NOTICE = "tender.award";

/** For the batch of the award: one message to every bidder whose bid was opened. */
export const awardNotices = (
  scene: Scene,
  { tenderId }: Pick<TenderRow, "tenderId">,
  compared: readonly { readonly bidderId: string }[],
): readonly Query[] =>
  queueMessages(
    scene,
    AWARD_NOTICE,
    [...new Set(compared.map(({ bidderId }) => bidderId))].map((bidderId) => ({
      to: bidderId,
      params: { tender: tenderId, bidder: bidderId },
      dedupeKey: `${AWARD_NOTICE}:${tenderId}:${bidderId}`,
    })),
  );

export const AWARD_WITHDRAWN = "tender.award-withdrawn";

/** For the batch of a withdrawal: word to whoever had won the lot. */
export const awardWithdrawals = (scene: Scene, tenderId: string, lotNo: number, bidderId: string): readonly Query[] =>
  queueMessages(scene, AWARD_WITHDRAWN, [
    {
      to: bidderId,
      params: { tender: tenderId, bidder: bidderId, lot: lotNo },
      dedupeKey: `${AWARD_WITHDRAWN}:${tenderId}:${lotNo}`,
    },
  ]);

registerMessageKind(AWARD_WITHDRAWN, {
  name: { zh: "定标撤回通知", en: "Notice that an award was withdrawn" },
  restsAtNight: true,
  render: async (scene, params): Promise<Rendered> => {
    const [tenderId, bidderId] = [String(params.tender), String(params.bidder)];
    const [tenders, bidders] = await scene.db.read(findTender(scene, tenderId), findBidder(scene, tenderId, bidderId));
    const [tender, bidder] = [tenders[0], bidders[0]];
    if (!tender || !bidder) return { skip: "no bidder" };
    const phone = await phoneOf(scene, bidder.contactId);
    if (!phone) return { skip: "no number" };
    const href = `${scene.origin}${tenderHref(scene.community.slug, tender.number)}#award`;
    return {
      phone,
      text: `【小区共治】${scene.community.name}“${tender.title}”第${Number(params.lot)}标段的定标已撤回，请不要签订合同。原因见：${href}`,
    };
  },
});

registerMessageKind(AWARD_NOTICE, {
  name: { zh: "中标结果通知", en: "Notice of award" },
  restsAtNight: true,
  render: async (scene, params): Promise<Rendered> => {
    const [tenderId, bidderId] = [String(params.tender), String(params.bidder)];
    const [tenders, bidders, awards] = await scene.db.read(
      findTender(scene, tenderId),
      findBidder(scene, tenderId, bidderId),
      listAwards(scene, tenderId),
    );
    const [tender, bidder] = [tenders[0], bidders[0]];
    if (!tender || !bidder) return { skip: "no bidder" };
    const phone = await phoneOf(scene, bidder.contactId);
    if (!phone) return { skip: "no number" };
    const own = awards.filter((one) => one.bidderId === bidderId).map(({ lotNo }) => `第${lotNo}标段`);
    const href = `${scene.origin}${tenderHref(scene.community.slug, tender.number)}#award`;
    const text =
      own.length > 0
        ? `您单位中标${own.join("、")}。请在三十日内签订书面合同（《招标投标法》第四十六条）。`
        : `中标人是${awards.map(({ lotNo, name }) => `第${lotNo}标段${name}`).join("、")}。感谢您单位参加投标。`;
    return { phone, text: `【小区共治】${scene.community.name}“${tender.title}”已定标：${text}${href}` };
  },
});
