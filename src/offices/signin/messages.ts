/** The words of the messages offices send: a sign-in code, and word to an old number that it was replaced. */
import { formatInstant } from "../../kernel/day.ts";
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import { findPhone } from "../people/store.ts";
import { codeOfChallenge } from "./actions.ts";

registerMessageKind("sign-in.code", {
  name: { zh: "登录验证码", en: "Sign-in code" },
  render: async (scene, params, personId) => {
    const found = await findPhone(scene, personId);
    if (!found) return { skip: "no number" };
    const code = codeOfChallenge(scene, String(params.challenge));
    return {
      phone: found.phone,
      text: `【小区共治】${scene.community.name}：您的登录验证码是 ${code}，5 分钟内有效。工作人员不会向您索要验证码，请勿告诉任何人。`,
    };
  },
});

registerMessageKind("office.number-changed", {
  name: { zh: "登录手机号变更提醒", en: "Word of a changed number" },
  render: async (scene, params, personId) => {
    const old = await findPhone(scene, personId, Number(params.version));
    if (!old?.phone) return { skip: "no number" };
    return {
      phone: old.phone,
      text: `【小区共治】${scene.community.name}：您的工作登录手机号已于 ${formatInstant(scene.now)} 更换，所有登录已退出。如非本人要求，请立即联系业委会或街道。`,
    };
  },
});
