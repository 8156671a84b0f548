/** Word to a bidder that its price is asked about. The telephone is opened as the message leaves. */
import { registerMessageKind } from "../../../platform/outbox/kinds.ts";
import { bidderHref } from "../../bidders/addresses.ts";
import { phoneOf } from "../../bidders/contacts.ts";
import { PRICE_QUERY } from "./actions.ts";

registerMessageKind(PRICE_QUERY, {
  name: { zh: "报价说明通知", en: "Word that a price is asked about" },
  restsAtNight: true,
  render: async (scene, params, contactId) => {
    const phone = await phoneOf(scene, contactId);
    if (!phone) return { skip: "no number" };
    const { community, origin } = scene;
    return {
      phone,
      text: `【小区共治】${community.name}选聘：请对您第${params.lot}标段的报价作出书面说明，最后一天${params.until}。请登录投标人专页：${origin}${bidderHref(community.slug, Number(params.tender))}`,
    };
  },
});
