/** What can be done with a tender from the notice to the award, and who may: asked of the same facts that guard the acts. Registers; no page. */
import type { Bilingual } from "../../platform/i18n.ts";
import { listChoices } from "../deciding/store.ts";
import { registerTenderActs, type TenderAct } from "../public/sections.ts";
import { findPanel, listMembers, sits } from "./panel/store.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const act = (
  label: Bilingual,
  path: string,
  permissions: TenderAct["permissions"],
  more: { readonly isStep?: boolean; readonly notYet?: Bilingual | null } = {},
): TenderAct => ({ label, path, permissions, isStep: more.isStep ?? false, notYet: more.notYet ?? null });

const BOTH: TenderAct["permissions"] = ["tender.draft", "tender.decide"];

registerTenderActs("scoring", {
  queries: (scene, key) => [findPanel(scene, key), listMembers(scene, key), listChoices(scene, key)] as const,
  actsOf: (row, _scheme, [panels, members, choices]) => {
    const [panel] = panels;
    const { state } = row;
    const acts: TenderAct[] = [];
    const sitting = members.filter(sits);
    if (state === "noticed" || state === "closed" || state === "opened" || state === "qualified")
      acts.push(
        act(
          panel ? say("评审组", "The panel") : say("封存评审组的抽签种子", "Commit to the seeds of the panel"),
          "/panel",
          BOTH,
          { isStep: !panel || (state === "opened" && panel.drawn === null) },
        ),
      );
    if (state === "opened")
      acts.push(act(say("资格审查", "Examine the bids"), "/examine", BOTH, { isStep: panel?.drawn != null }));
    if (state === "qualified") {
      const isOpen = panel?.scoringOpenedAt != null;
      acts.push(
        act(say("记录客观分", "Points for facts"), "/facts", ["tender.draft"], { isStep: !isOpen }),
        act(say("评审", "Scoring"), "/scoring", BOTH, {
          isStep: true,
          notYet:
            isOpen && panel?.scoringClosedAt == null
              ? null
              : sitting.length === 0
                ? say("还没有评审组成员。", "the panel has no members yet.")
                : null,
        }),
      );
    }
    if (state === "scored")
      acts.push(act(say("公示中标候选人", "Publish the candidates"), "/scoring", BOTH, { isStep: true }));
    if (state === "published" || state === "deciding")
      acts.push(
        act(
          choices.some(({ voidCause }) => voidCause === null)
            ? say("业主表决", "The owners' choice")
            : say("提交业主大会表决", "Put the candidates to the owners"),
          "/decision",
          BOTH,
          { isStep: true },
        ),
      );
    return acts;
  },
});
