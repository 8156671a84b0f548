/** What can be done with an election while it is prepared, and who may: asked of the same rules that guard the acts. Registers; no page. */
import type { Bilingual } from "../../platform/i18n.ts";
import { moveFacts } from "../moving/actions.ts";
import { mayCloseNominations, mayEndElection, mayOpenNominations } from "../moving/rules.ts";
import { electionProblem, type PreparingRefusal } from "../problems.ts";
import { type ElectionAct, registerElectionActs } from "../public/sections.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const why = (refusal: PreparingRefusal): Bilingual => electionProblem(refusal).detail;

registerElectionActs("preparing", (row, now) => {
  const { openObjections } = row;
  const isPreparing = row.state === "preparing";
  const acts: ElectionAct[] = [];
  const add = (
    label: Bilingual,
    path: string,
    permissions: ElectionAct["permissions"],
    more: { isStep?: boolean; notYet?: Bilingual | null } = {},
  ): void => {
    acts.push({ label, path, permissions, isStep: more.isStep ?? false, notYet: more.notYet ?? null });
  };
  if (openObjections > 0)
    add(
      say(`答复异议（${openObjections}件未答复）`, `Answer objections (${openObjections} open)`),
      "/group/objections",
      ["election.appeal", "election.decide"],
      { isStep: true },
    );
  if (isPreparing && row.groupDraft !== null)
    add(
      say("核对并公布小组名单", "Check and publish the group's list"),
      "/group/publish",
      ["election.call", "election.decide"],
      {
        isStep: true,
      },
    );
  if (isPreparing)
    add(
      row.groupPublishedAt === null
        ? say("拟定小组名单", "Draft the group's list")
        : say("变更小组名单", "Change the group's list"),
      "/group",
      ["election.prepare", "election.call"],
      { isStep: row.groupPublishedAt === null && row.groupDraft === null && row.kind !== "by_election" },
    );
  if (isPreparing) {
    const may = mayOpenNominations(moveFacts(row, openObjections), now);
    add(say("开始提名", "Open nominations"), "/open", ["election.decide"], {
      isStep: true,
      notYet: may.ok ? null : why(may.error),
    });
  }
  if (row.state === "nominating" && mayCloseNominations(row, now).ok)
    add(say("截止提名", "Close nominations"), "/close", ["election.decide"], { isStep: true });
  if (row.state === "nominating" || row.state === "examining")
    add(say("延长或重新开放提名", "Extend or reopen nominations"), "/extend", ["election.decide"]);
  if (isPreparing || row.state === "nominating" || row.state === "examining")
    add(say("选举办法", "The method"), "/method", ["election.prepare", "election.decide"]);
  if (isPreparing && row.groupPublishedAt !== null)
    add(say("登记书面异议", "Enter an objection on paper"), "/group/objections/new", [
      "election.prepare",
      "election.appeal",
    ]);
  if (mayEndElection(row.state).ok) add(say("终止选举", "End the election"), "/end", ["election.call"]);
  return acts;
});
