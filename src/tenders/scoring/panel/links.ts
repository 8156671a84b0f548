/** A member's personal link: made for one tender and one member, sent to their own telephone, exchanged for a cookie. Nobody at the desk ever sees it. */
import type { Query } from "../../../platform/db.ts";
import { type Rendered, registerMessageKind } from "../../../platform/outbox/kinds.ts";
import { queueMessage } from "../../../platform/outbox/store.ts";
import type { Scene } from "../../../platform/scene.ts";
import { findTender } from "../../store.ts";
import { findMemberByToken, insertMemberLink, listMembers, type MemberActor, memberSeal, sits } from "./store.ts";

export const PANEL_LINK = "tender.panel";

const tokenOf = ({ keys, community }: Scene, tenderId: string, memberNo: number, generation: number): string =>
  keys.linkToken(["tender-panel", community.id, tenderId, String(memberNo), String(generation)]);

/** The rows of a new link, and the message that carries it: for the batch of whoever asks the member. */
export function linkingMember(
  scene: Scene,
  tenderId: string,
  memberNo: number,
  generation: number,
  by: string,
): readonly Query[] {
  return [
    insertMemberLink(scene, {
      tenderId,
      memberNo,
      generation,
      tokenHash: scene.keys.hashToken(tokenOf(scene, tenderId, memberNo, generation)),
      madeBy: by,
      madeAt: scene.now,
    }),
    queueMessage(scene, {
      kind: PANEL_LINK,
      to: `${tenderId}:${memberNo}`,
      params: { tender: tenderId, member: memberNo, generation },
      dedupeKey: `${PANEL_LINK}:${tenderId}:${memberNo}:${generation}`,
    }),
  ];
}

registerMessageKind(PANEL_LINK, {
  name: { zh: "评审组成员链接", en: "Link of a member of the panel" },
  restsAtNight: true,
  render: async (scene, params): Promise<Rendered> => {
    const [tenderId, memberNo, generation] = [String(params.tender), Number(params.member), Number(params.generation)];
    const [tenders, members] = await scene.db.read(findTender(scene, tenderId), listMembers(scene, tenderId));
    const [tender, row] = [tenders[0], members.find((one) => one.memberNo === memberNo)];
    if (!tender || !row || !sits(row)) return { skip: "left" };
    if (row.generation !== generation) return { skip: "newer link" };
    const link = `${scene.origin}/c/${scene.community.slug}/panel/link/${tokenOf(scene, tenderId, memberNo, generation)}`;
    return {
      phone: await scene.keys.open(row.phoneSealed, memberSeal(scene, tenderId, memberNo)),
      text: `【小区共治】${scene.community.name}：您被请参加“${tender.title}”的评审。请打开链接，先申报有无利害关系，再查看评审安排。评审期间请为自己的身份保密，链接不要转给别人：${link}`,
    };
  },
});

/** The member a link is of; null for a link nobody made, of a member who left, or that a newer one ended. */
export async function openPanelLink(
  scene: Scene,
  token: string,
): Promise<(MemberActor & { readonly number: number; readonly generation: number }) | null> {
  if (!/^[0-9a-z]{32}$/.test(token)) return null;
  const [rows] = await scene.db.read(findMemberByToken(scene, scene.keys.hashToken(token)));
  const found = rows[0];
  return found && found.generation === found.newest ? found : null;
}
