/** The words of the messages about acts of office: what waits for a second person, and an office ended by somebody else. */
import { maskPhone } from "../../community/identity/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import { findPhone } from "../people/store.ts";
import { findTenure } from "../terms/store.ts";
import { findOne, findProposedNumber } from "./actions.ts";
import { codeOfProposal } from "./by-code.ts";

/** Where what waits is read and confirmed. */
const pendingAt = (origin: string, slug: string): string => `${origin}/c/${slug}/desk/offices/pending`;

registerMessageKind("office.second-asked", {
  name: { zh: "请第二人确认任职事项", en: "Asking a second officer to confirm" },
  restsAtNight: true,
  render: async (scene, params, personId) => {
    const found = await findOne(scene, String(params.proposal));
    if (found?.state !== "open") return { skip: "over" };
    const own = await findPhone(scene, personId);
    if (!own?.phone) return { skip: "no number" };
    const what = found.kind === "appointment" ? "一项任职" : "一位任职人员更换登录号码";
    return {
      phone: own.phone,
      text: `【小区共治】${scene.community.name}：${what}需要第二个人确认才生效。请向本人核实后登录办理：${pendingAt(scene.origin, scene.community.slug)}`,
    };
  },
});

registerMessageKind("office.ended", {
  name: { zh: "离任登记提醒", en: "Word that one's office was ended" },
  restsAtNight: true,
  render: async (scene, params, personId) => {
    const [own, [tenures]] = [
      await findPhone(scene, personId),
      await scene.db.read(findTenure(scene, String(params.tenure))),
    ];
    const tenure = tenures[0];
    if (!own?.phone || !tenure || tenure.untilAt === null) return { skip: "no number" };
    return {
      phone: own.phone,
      text: `【小区共治】${scene.community.name}：登记您自${dayOf(tenure.untilAt)}起不再担任${tenure.bodyZh}${tenure.titleZh}，已写入公开记录：${scene.origin}/c/${scene.community.slug}/offices。如有不实，请立即联系街道。`,
    };
  },
});

registerMessageKind("office.number-proposed", {
  name: { zh: "有人申请更换登录手机号", en: "Word that a change of number was proposed" },
  render: async (scene, params, personId) => {
    const [old, next] = [
      await findPhone(scene, personId, Number(params.version)),
      await findProposedNumber(scene, String(params.proposal)),
    ];
    if (!old?.phone || !next) return { skip: "no number" };
    return {
      phone: old.phone,
      text: `【小区共治】${scene.community.name}：有人申请把您的工作登录手机号换成 ${maskPhone(next)}。还没有生效。同意或拒绝请登录：${pendingAt(scene.origin, scene.community.slug)}`,
    };
  },
});

registerMessageKind("office.number-code", {
  name: { zh: "更换登录手机号的验证码", en: "Code for changing one's number" },
  render: async (scene, params, personId) => {
    const [old, next] = [
      await findPhone(scene, personId, Number(params.version)),
      await findProposedNumber(scene, String(params.proposal)),
    ];
    if (!old?.phone || !next) return { skip: "no number" };
    const code = codeOfProposal(scene, String(params.proposal), String(params.challenge));
    return {
      phone: old.phone,
      text: `【小区共治】${scene.community.name}：您正在把工作登录手机号换成 ${maskPhone(next)}，验证码 ${code}，5 分钟内有效。如非本人操作，请勿告诉任何人，并登录拒绝。`,
    };
  },
});
