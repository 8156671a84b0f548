/** What stands around a ballot: the voter's weight and roll entry, an authorisation given, the pages before and after the vote. Markup only. */

import { formatArea } from "../../kernel/area.ts";
import type { AppContext } from "../../platform/context.ts";
import type { T } from "../../platform/i18n.ts";
import { PostButton } from "../../platform/ui/buttons.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { ballotMark, type Entered } from "./entering.ts";
import type { VoterRow, VoterUnitRow, VotingCase } from "./store.ts";

/** 1栋1单元0101. */
export const placeOf = ({ building, entrance, room }: Pick<VoterUnitRow, "building" | "entrance" | "room">): string =>
  `${building}${entrance}${entrance === "" ? " " : ""}${room}`;

const MOST_NAMED = 6;

/** The first few units of a voter, and how many more. */
export function placesOf(units: readonly VoterUnitRow[], t: T): string {
  const named = units.slice(0, MOST_NAMED).map(placeOf).join(t("、", ", "));
  return units.length > MOST_NAMED
    ? t(`${named}等${units.length}处`, `${named} and ${units.length - MOST_NAMED} more`)
    : named;
}

/** One owner, so much area: what this ballot weighs on both axes. */
export const WeightNote = ({ t, found }: { t: T; found: VotingCase }) => (
  <p class="lead">
    {t(
      `${placesOf(found.units, t)}。本票计1人，${formatArea(found.voter.areaDm2)}㎡。`,
      `${placesOf(found.units, t)}. This ballot counts as 1 owner with ${formatArea(found.voter.areaDm2)} m².`,
    )}
  </p>
);

/** Why these units are one owner (C2, C3; JI 9). */
function whyOneHead({ reason }: VoterRow, t: T): string {
  switch (reason) {
    case "one_owner":
      return t(
        "同一业主有几处房屋，按一人计算，面积合计。",
        "One owner of several units counts once, with all of their area.",
      );
    case "same_owners":
      return t(
        "几处房屋的共有人完全相同，按一人计算，面积合计。",
        "Units with the very same owners count once, with all of their area.",
      );
    case "developer":
      return t(
        "建设单位未售出、未交付的部分，合计按一人计算，面积照算。",
        "What the developer has not sold or handed over counts as one owner, with all of its area.",
      );
    case "owner_unknown":
      return t("名册上还没有这处房屋的业主。", "The roll does not know this unit's owner yet.");
    default:
      return t("一个专有部分，按一人计算。", "One unit, one owner.");
  }
}

/** The voter's own line of the frozen roll, as it will be counted. */
export const EntryTable = ({ t, found }: { t: T; found: VotingCase }) => (
  <>
    <DataTable
      caption={t("您在名册上的登记", "Your entry in the roll")}
      rows={found.units}
      columns={[
        { label: t("房屋", "Unit"), cell: placeOf, head: true },
        { label: t("面积（㎡）", "Area (m²)"), cell: (unit) => formatArea(unit.areaDm2), number: true },
        {
          label: t("是否计入", "Counted"),
          cell: (unit) => (unit.counted === 1 ? t("计入", "yes") : t("不计入（议事规则）", "no (rules of procedure)")),
        },
      ]}
      foot={[t("合计（计1人）", "Total (1 owner)"), formatArea(found.voter.areaDm2), ""]}
    />
    <p class="hint">{whyOneHead(found.voter, t)}《最高人民法院建筑物区分所有权司法解释》第八条、第九条</p>
  </>
);

/** The voter has authorised somebody else: who it is, and the way to take it back before it is used. */
export const ProxyCallout = ({ c, entered }: { c: AppContext; entered: Entered }) => {
  const { t, lang, scene, formToken } = c.var;
  const { proxy, session } = entered;
  if (!proxy || proxy.usedAt !== null) return null;
  return (
    <Callout tone="warn" title={t("您已书面委托他人投票", "You have authorised someone to vote for you")}>
      <p>
        {t(
          `代理人：${proxy.agentMasked}，${sayInstant(proxy.recordedAt, lang)}登记。您可以自己投票：谁先投以谁为准。如果这不是您的意思，请撤销。`,
          `Agent: ${proxy.agentMasked}, entered ${sayInstant(proxy.recordedAt, lang)}. You may still vote yourself: whichever ballot is first counts. If this is not your wish, revoke it.`,
        )}
      </p>
      <PostButton
        action={`/c/${scene.community.slug}/vote/proxy/revoke`}
        token={formToken}
        hidden={{ _for: ballotMark(session), proxy: proxy.proxyId }}
        look="danger"
      >
        {t("撤销委托", "Revoke it")}
      </PostButton>
    </Callout>
  );
};

/** Who has shown who they are goes on to their own corner without a second code. */
export const ToCorner = ({ c }: { c: AppContext }) => (
  <p>
    <PostButton action={`/c/${c.var.scene.community.slug}/vote/corner`} token={c.var.formToken} look="quiet">
      {c.var.t("进入业主专页：我的登记、提议、提名", "My corner: my entry, petitions, nominations")}
    </PostButton>
  </p>
);

export const LeaveButton = ({ c }: { c: AppContext }) => (
  <p>
    <PostButton action={`/c/${c.var.scene.community.slug}/vote/leave`} token={c.var.formToken} look="quiet">
      {c.var.t("离开，在这部手机上退出", "Leave this ballot on this device")}
    </PostButton>
  </p>
);
