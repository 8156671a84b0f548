/** Where the papers and decisions that this room knows stand, for the index of what owners may see. Registers; no page of its own. */
import { dayOf } from "../../kernel/day.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { committeeHref, resolutionsHref } from "../addresses.ts";
import { membersOf, seatedAt } from "../seated/rules.ts";
import { listSeats } from "../seated/store.ts";
import { type Disclosed, registerDisclosure } from "./announcing.ts";
import { type AdoptedPaper, countCommitteeDecisions, countDecidedMeetings, listAdoptedPapers } from "./store.ts";

/** The adopted paper of a matter: the file itself, under the notice that put it before the owners. */
const adopted = (slug: string, papers: readonly AdoptedPaper[], matter: 1 | 2): Disclosed | null => {
  const [paper] = papers.filter((one) => one.matter === matter);
  return paper
    ? {
        href: `/c/${slug}/files/${paper.fileId}`,
        words: {
          zh: `${paper.name}，第${paper.meetingNumber}次业主大会会议第${paper.itemNo}项通过`,
          en: `${paper.name}, adopted by meeting no. ${paper.meetingNumber}, item ${paper.itemNo}`,
        },
      }
    : null;
};

registerDisclosure("rules_of_procedure", {
  queries: (scene) => [listAdoptedPapers(scene)] as const,
  where: ({ community }, [papers]) => adopted(community.slug, papers, 1),
});

registerDisclosure("covenant", {
  queries: (scene) => [listAdoptedPapers(scene)] as const,
  where: ({ community }, [papers]) => adopted(community.slug, papers, 2),
});

registerDisclosure("owners_decisions", {
  queries: (scene) => [countDecidedMeetings(scene)] as const,
  where: ({ community }, [rows]) => {
    const { total = 0, newestAt = null } = rows[0] ?? {};
    if (total === 0 || newestAt === null) return null;
    return {
      href: `/c/${community.slug}/meetings`,
      words: {
        zh: `${total}次会议的结果，最近一次${sayDay(dayOf(newestAt), "zh")}公布`,
        en: `Results of ${total} meetings, the newest published ${sayDay(dayOf(newestAt), "en")}`,
      },
    };
  },
});

registerDisclosure("committee_decisions", {
  queries: (scene) => [countCommitteeDecisions(scene)] as const,
  where: ({ community }, [rows]) => {
    const { resolutions = 0, minutes = 0, newestAt = null } = rows[0] ?? {};
    if (minutes === 0 || newestAt === null) return null;
    return {
      href: resolutionsHref(community.slug),
      words: {
        zh: `${resolutions}项决议、${minutes}次会议记录，最近一次${sayDay(dayOf(newestAt), "zh")}公布`,
        en: `${resolutions} resolutions, minutes of ${minutes} meetings, the newest published ${sayDay(dayOf(newestAt), "en")}`,
      },
    };
  },
});

registerDisclosure("members", {
  queries: (scene) => [listSeats(scene, scene.now)] as const,
  where: ({ community, now }, [seats]) => {
    const sitting = membersOf(seatedAt(seats, now)).length;
    if (sitting === 0) return null;
    return {
      href: committeeHref(community.slug),
      words: { zh: `现任委员${sitting}人`, en: `${sitting} members in office` },
    };
  },
});
