/** What kinds, states and parts of an election are called, in both languages. Words only. */
import type { Bilingual } from "../platform/i18n.ts";
import type { StatusTone } from "../platform/ui/status.tsx";
import type { GroupPart } from "./group/rules.ts";
import type { ElectionKind, ElectionState } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const KIND_WORDS: Record<ElectionKind, { readonly name: Bilingual; readonly hint: Bilingual }> = {
  founding: {
    name: say("首次选举", "First election"),
    hint: say(
      "小区第一次成立业主大会、选举业主委员会。",
      "The estate founds its assembly and elects its first committee.",
    ),
  },
  renewal: {
    name: say("换届选举", "Renewal"),
    hint: say("本届任期将满，或者需要重新选举全部委员。", "The term ends, or the whole committee is elected anew."),
  },
  by_election: {
    name: say("补选", "By-election"),
    hint: say("个别席位空缺、没有候补可以递补。", "Seats fell vacant and no alternate can move up."),
  },
};

export const STATE_WORDS: Record<ElectionState, Bilingual> = {
  preparing: say("筹备中", "Being prepared"),
  nominating: say("正在提名", "Nominations open"),
  examining: say("资格审核中", "Eligibility being checked"),
  standing: say("候选人公示中", "Candidates published"),
  voting: say("正在表决", "Being voted on"),
  seated: say("已选出并就任", "Elected and seated"),
  ended: say("已终止", "Ended"),
};

export const STATE_TONE: Record<ElectionState, StatusTone> = {
  preparing: "waiting",
  nominating: "active",
  examining: "active",
  standing: "active",
  voting: "active",
  seated: "good",
  ended: "off",
};

export const PART_WORDS: Record<GroupPart, Bilingual> = {
  owners: say("业主代表", "Owners"),
  developer: say("建设单位代表", "Developer"),
  street: say("街道办事处、乡镇代表", "Street or town"),
  residents_committee: say("居民委员会代表", "Residents' committee"),
  community_party: say("社区党组织代表", "The community's party organisation"),
};

/** What the group is called: before a first election 筹备组, otherwise 换届选举小组. */
export const groupName = (kind: ElectionKind): Bilingual =>
  kind === "founding"
    ? say("首次业主大会筹备组", "The preparatory group")
    : kind === "renewal"
      ? say("换届选举小组", "The election group")
      : say("补选工作小组", "The election group");
