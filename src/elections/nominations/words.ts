/** What channels, stages and the fields of a candidate are called, in both languages; and where these pages are. Words only. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import { deskElectionHref, electionHref } from "../addresses.ts";
import type { NominationChannel } from "../rules.ts";
import type { AddressShown, AgeBand } from "./person/rules.ts";
import type { Stage } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const CHANNEL_WORDS: Readonly<Record<NominationChannel, { readonly name: Bilingual; readonly by: Bilingual }>> =
  {
    community_party: {
      name: say("社区党组织推荐", "named by the community's party organisation"),
      by: say("社区党组织", "the community's party organisation"),
    },
    residents_committee: {
      name: say("居民委员会推荐", "named by the residents' committee"),
      by: say("居民委员会", "the residents' committee"),
    },
    street: { name: say("街道推荐", "named by the street"), by: say("街道办事处", "the street") },
    self: { name: say("业主自荐", "named by themselves"), by: say("本人", "the person") },
    joint: { name: say("业主联名推荐", "named by owners together"), by: say("联名业主", "owners together") },
  };

export const STAGE_WORDS: Readonly<Record<Stage, Bilingual>> = {
  gathering: say("附议人数未够", "supporters are missing"),
  waiting: say("等本人答复", "waiting for the person's answer"),
  declined: say("本人谢绝", "declined"),
  examining: say("正在审查", "being examined"),
  eligible: say("符合条件", "eligible"),
  ineligible: say("不符合条件", "not eligible"),
  appealed: say("已申诉，等街道裁定", "appealed; the street rules"),
  standing: say("候选人", "candidate"),
  excluded: say("已取消候选资格", "struck from the list"),
  withdrawn: say("已退出", "withdrawn"),
  lapsed: say("没有列入名单", "not on the list"),
};

export const STAGE_TONE: Readonly<Record<Stage, StatusTone>> = {
  gathering: "waiting",
  waiting: "waiting",
  declined: "off",
  examining: "active",
  eligible: "good",
  ineligible: "bad",
  appealed: "note",
  standing: "good",
  excluded: "bad",
  withdrawn: "off",
  lapsed: "off",
};

export const AGE_WORDS: Readonly<Record<AgeBand, Bilingual>> = {
  "18-35": say("18至35岁", "18 to 35"),
  "36-50": say("36至50岁", "36 to 50"),
  "51-65": say("51至65岁", "51 to 65"),
  "66+": say("66岁以上", "66 or older"),
};

export const ADDRESS_WORDS: Readonly<Record<AddressShown, { readonly name: Bilingual; readonly hint: Bilingual }>> = {
  unit: {
    name: say("公开楼栋和房号", "building and number"),
    hint: say("邻居一看就知道您住哪一户。", "Neighbours see at once which home is yours."),
  },
  building: { name: say("只公开楼栋", "the building only"), hint: say("例如：3栋。", "Such as 3栋.") },
  none: {
    name: say("都不公开", "neither"),
    hint: say("名单上写“本人未公开”。", "The list says that you keep it private."),
  },
};

// ——— Addresses ———

export const nominationsHref = (slug: string, election: number): string =>
  `${electionHref(slug, election)}/nominations`;
export const nominationHref = (slug: string, election: number, number: number): string =>
  `${nominationsHref(slug, election)}/${number}`;
export const nominateHref = (slug: string, election: number, whom: "myself" | "neighbour"): string =>
  `${electionHref(slug, election)}/nominate/${whom}`;
/** The page of an owner who was named, for themselves alone. */
export const ownCandidacyHref = (slug: string, election: number): string =>
  `${electionHref(slug, election)}/my-candidacy`;
export const candidatesHref = (slug: string, election: number): string => `${electionHref(slug, election)}/candidates`;
export const candidateHref = (slug: string, election: number, number: number): string =>
  `${candidatesHref(slug, election)}/${number}`;
export const drawHref = (slug: string, election: number): string => `${electionHref(slug, election)}/draw`;
export const deskNominationsHref = (slug: string, election: number): string =>
  `${deskElectionHref(slug, election)}/nominations`;
export const deskNominationHref = (slug: string, election: number, number: number): string =>
  `${deskNominationsHref(slug, election)}/${number}`;
export const deskCandidatesHref = (slug: string, election: number): string =>
  `${deskElectionHref(slug, election)}/candidates`;
