/** A recall as an item of the owners' meeting: placed on a draft, and checked again when its notice goes out. */
import { type Announced, registerOrigin } from "../../assembly/agenda/origins.ts";
import { type Item, yesNoAbstain } from "../../assembly/agenda/rules.ts";
import { createDraft, type DraftRefusal, saveItem } from "../../assembly/meeting/drafting.ts";
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { RecallActRefusal } from "./actions.ts";
import { type RecallView, viewRecall } from "./reading.ts";
import { mayPlace, type RecallRefusal } from "./rules.ts";
import { moveRecall } from "./store.ts";

export const RECALL_ORIGIN = "recall";

const NO_DEFENCE = "（被提议罢免的委员在规定时间内没有提交申辩。）";

/** The item owners vote on: reasons and defence, one after the other, at the same length at most. */
export function recallItem({ row, name }: Pick<RecallView, "row" | "name">, itemNo: number): Item {
  return {
    itemNo,
    matter: 3,
    title: `是否罢免${name}的业主委员会委员职务`,
    text: [
      `一、提议：${row.proposer === "owners" ? "业主联名" : "业主委员会三分之一以上委员"}，${dayOf(row.proposedAt)}`,
      `二、理由：\n${row.reasons}`,
      `三、本人申辩：\n${row.defence ?? NO_DEFENCE}`,
      "四、同意即罢免其委员职务（兼任主任、副主任的一并终止）；未通过则继续任职。",
    ].join("\n\n"),
    scope: { kind: "estate" },
    question: yesNoAbstain(),
    attachments: [],
    origin: {
      kind: RECALL_ORIGIN,
      id: row.recallId,
      facts: { tenure: row.tenureId, reasons: sha256Hex(row.reasons), defence: sha256Hex(row.defence ?? "") },
    },
  };
}

export type PlaceRefusal = RecallActRefusal | DraftRefusal;

/** Puts a recall on the agenda of a new meeting's draft. It is placed only when notice of that meeting is given. */
export async function placeRecall(
  scene: StaffScene,
  recallId: string,
  once: string,
): Promise<Result<{ readonly meetingId: MeetingId }, PlaceRefusal>> {
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const may = mayPlace(view.facts, view.defenceDays, scene.now);
  if (!may.ok) return may;
  const { row } = view;
  const convener = row.petitionId
    ? { kind: "petition" as const, cause: row.reasons.slice(0, 100), petitionId: row.petitionId }
    : { kind: "committee" as const, cause: "业主委员会三分之一以上委员提议罢免委员" };
  const drafted = await createDraft(scene, { title: "业主大会会议（罢免业主委员会委员）", convener }, `${once}:draft`);
  if (!drafted.ok) return drafted;
  const { meetingId, version } = drafted.value;
  const saved = await saveItem(scene, { meetingId, version, once: `${once}:item` }, recallItem(view, 1));
  return saved.ok ? ok({ meetingId }) : saved;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });

registerOrigin(RECALL_ORIGIN, {
  words: say("罢免委员", "Recall of a member"),
  path: ({ origin }) => `/committee/recalls/${origin?.id ?? ""}`,
  async noticing(scene: StaffScene, item: Item, meeting: Announced) {
    const view = await viewRecall(scene, item.origin!.id);
    if (!view) return { objections: [say("这项罢免程序不存在。", "There is no such recall.")], statements: [] };
    const may = mayPlace(view.facts, view.defenceDays, scene.now);
    if (!may.ok) return { objections: [notPlaced(may.error)], statements: [] };
    const expected = recallItem(view, item.itemNo);
    if (
      JSON.stringify([expected.title, expected.text, expected.origin]) !==
      JSON.stringify([item.title, item.text, item.origin])
    )
      return {
        objections: [
          say(
            "申辩或理由在议题写好以后有变动，请到罢免页面重新放入议程。",
            "Defence or reasons changed after the item was made; put it on the agenda again from the recall's page.",
          ),
        ],
        statements: [],
      };
    const leaf = appendLeaf(
      scene,
      "recall.placed",
      { recall: view.row.recallId, meeting: meeting.meetingId, item: item.itemNo },
      view.row.recallId,
    );
    const moved = { meetingId: meeting.meetingId, itemNo: item.itemNo };
    return {
      objections: [],
      statements: [
        ...moveRecall(scene, view.row.recallId, "proposed", "placed", moved, "origin_stale"),
        leaf.statement,
      ],
    };
  },
});

/** Why a recall cannot go out, in words for the notice. */
function notPlaced(refusal: RecallRefusal): Bilingual {
  switch (refusal.reason) {
    case "left_already":
      return say("该委员已经离任，没有可以罢免的职务。", "The member has left; there is nothing to recall them from.");
    case "defence_running":
      return say(
        `申辩期到${refusal.until}为止，期满或收到申辩后才能公告。`,
        `The time for the defence runs until ${refusal.until}; notice comes after it, or after the defence.`,
      );
    case "too_few_signers":
      return say(
        `联名的委员只有${refusal.signers}人，至少要${refusal.least}人。`,
        `Only ${refusal.signers} members signed; ${refusal.least} are needed.`,
      );
    case "petition_too_small":
      return say("提议的业主不足百分之二十。", "Fewer than twenty per cent of the owners ask for it.");
    default:
      return say("这项罢免程序已经结束或已在另一次会议上。", "This recall is over, or on another meeting's agenda.");
  }
}
