/** Word to bidders that the documents were amended. The telephone is opened as the message leaves. */
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import { tenderHref } from "../addresses.ts";
import { phoneOf } from "../bidders/contacts.ts";
import { AMENDED } from "./actions.ts";

registerMessageKind(AMENDED, {
  name: { zh: "选聘文件修改通知", en: "Word of amended tender documents" },
  restsAtNight: true,
  render: async (scene, params, contactId) => {
    const phone = await phoneOf(scene, contactId);
    if (!phone) return { skip: "no number" };
    const { community, origin } = scene;
    const ask = params.touches ? "请登录确认；已提交的投标，不确认也不重新提交的，开标时不予采用。" : "请登录查看。";
    return {
      phone,
      text: `【小区共治】${community.name}：您登记的选聘文件有修改（第${params.edition}版）。${ask}${origin}${tenderHref(community.slug, Number(params.tender))}`,
    };
  },
});
