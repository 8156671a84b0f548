/** The words of the messages that follow a seating: the call to the first meeting, its reminder, and word to whom another post stands in the way. */
import { endOf } from "../../kernel/day.ts";
import { findPhone } from "../../offices/people/store.ts";
import { type MessageParams, type Rendered, registerMessageKind } from "../../platform/outbox/kinds.ts";
import type { Scene } from "../../platform/scene.ts";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { listMandates } from "../store.ts";
import { firstMeetingBy } from "./rules.ts";

export const FIRST_MEETING_CALL = "election.first-meeting";
export const FIRST_MEETING_REMINDER = "election.first-meeting-reminder";
export const SEAT_WAITS = "election.seat-waits";

const render =
  (text: (scene: Scene, by: string, params: MessageParams) => string) =>
  async (scene: Scene, params: MessageParams, personId: string): Promise<Rendered> => {
    const found = await findPhone(scene, personId);
    const [mandates] = await scene.db.read(listMandates(scene));
    const mandate = mandates.find(({ mandateId }) => mandateId === params.mandate);
    if (!found) return { skip: "no number" };
    if (!mandate || mandate.untilAt <= scene.now) return { skip: "mandate over" };
    return { phone: found.phone, text: text(scene, sayDeadline(endOf(firstMeetingBy(mandate.fromAt)), "zh"), params) };
  };

const address = (scene: Scene): string => `${scene.origin}/c/${scene.community.slug}/desk/members-choice`;

registerMessageKind(FIRST_MEETING_CALL, {
  name: { zh: "首次会议通知", en: "Call to the first meeting" },
  restsAtNight: true,
  render: render(
    (scene, by) =>
      `【小区共治】${scene.community.name}：您已当选业主委员会委员。请在${by}前参加首次会议，推选主任、副主任：${address(scene)}`,
  ),
});

registerMessageKind(FIRST_MEETING_REMINDER, {
  name: { zh: "首次会议提醒", en: "Reminder of the first meeting" },
  restsAtNight: true,
  render: render(
    (scene, by) => `【小区共治】${scene.community.name}业主委员会还没有推选出主任，应在${by}前完成：${address(scene)}`,
  ),
});

registerMessageKind(SEAT_WAITS, {
  name: { zh: "就任前须辞去冲突职务", en: "Another post stands in the way of a seat" },
  restsAtNight: true,
  render: render(
    (scene) =>
      `【小区共治】${scene.community.name}：您已当选，但您现任的另一职务与业主委员会的职务不能同时担任。请先辞去该职务，或由规定的机关书面同意，之后即可就任。`,
  ),
});
