/** Who calls a meeting and what that rests on, in words. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { ConvenerKind } from "../meeting/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const CONVENER_WORDS: Record<
  ConvenerKind,
  { readonly name: Bilingual; readonly hint: Bilingual; readonly article: Bilingual }
> = {
  committee: {
    name: say("业主委员会", "The owners' committee"),
    hint: say("定期会议，或委员会认为需要。", "A regular meeting, or the committee sees the need."),
    article: say("《物业管理条例》第十三条、第十五条", "Property Management Regulations arts. 13, 15"),
  },
  preparatory_group: {
    name: say("首次业主大会筹备组", "The preparatory group"),
    hint: say("小区的第一次业主大会。", "The first assembly of the estate."),
    article: say(
      "《业主大会和业主委员会指导规则》第十二条至第十五条",
      "Guiding Rules on owners' assemblies, arts. 12–15",
    ),
  },
  petition: {
    name: say("20%以上业主提议", "A fifth of the owners ask for it"),
    hint: say("签名达到 20% 后，业委会必须召开。", "Once a fifth have signed, the committee must call it."),
    article: say("《物业管理条例》第十三条", "Property Management Regulations art. 13"),
  },
  street: {
    name: say("街道办事处、乡镇人民政府组织", "The street office"),
    hint: say("业委会不依法召开，责令后仍不召开。", "The committee fails to call it although ordered to."),
    article: say("《业主大会和业主委员会指导规则》第五十一条", "Guiding Rules on owners' assemblies, art. 51"),
  },
};

/** Whose name stands under a notice. */
export function signedBy(kind: ConvenerKind, communityName: string, street: string): string {
  switch (kind) {
    case "committee":
    case "petition":
      return `${communityName}业主委员会`;
    case "preparatory_group":
      return `${communityName}首次业主大会筹备组`;
    case "street":
      return `${street}办事处`;
  }
}
