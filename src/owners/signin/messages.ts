/** The words of the message that carries an owner's code. Whose number was read to send it is written down with its outcome. */
import { contactsFor } from "../../community/privacy/actions.ts";
import type { PartyId } from "../../kernel/id.ts";
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import { codeOfOwner, OWNER_CODE } from "./actions.ts";

const READ = { by: "outbox", why: "owner sign-in code" } as const;

registerMessageKind(OWNER_CODE, {
  name: { zh: "业主登录验证码", en: "Owner's sign-in code" },
  render: async (scene, params, partyId) => {
    const { contacts } = await contactsFor(scene, [partyId as PartyId], READ);
    const phone = contacts.get(partyId as PartyId)?.phone;
    if (!phone) return { skip: "no number" };
    const code = codeOfOwner(scene, String(params.challenge));
    return {
      phone,
      text: `【小区共治】${scene.community.name}：您的业主登录验证码是 ${code}，5 分钟内有效。任何人都不会向您索要验证码，请勿告诉他人。`,
    };
  },
  onOutcome: async (scene, { recipient }, { outcome }) =>
    outcome === "skipped" ? [] : [(await contactsFor(scene, [recipient as PartyId], READ)).statement],
});
