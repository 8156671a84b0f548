/** Word that a question was answered, to every bidder and to who asked. The telephone is opened as the message leaves. */
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import { tenderHref } from "../addresses.ts";
import { phoneOf } from "../bidders/contacts.ts";
import { ANSWERED } from "./actions.ts";

registerMessageKind(ANSWERED, {
  name: { zh: "选聘答疑通知", en: "Word of an answer about a tender" },
  restsAtNight: true,
  render: async (scene, params, contactId) => {
    const phone = await phoneOf(scene, contactId);
    if (!phone) return { skip: "no number" };
    const { community, origin } = scene;
    const where = `${origin}${tenderHref(community.slug, Number(params.tender))}`;
    return { phone, text: `【小区共治】${community.name}：选聘第${params.question}问已公开答复，请查看：${where}` };
  },
});
