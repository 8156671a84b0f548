/** Rules of the overlap, the wish, directions and conflicts in words. Words only; what holds is told by the rules. */
import { dayOf } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { BODY_OF_POST, type BodyKind, isPostKind } from "../rules.ts";
import { BODY_WORDS, POST_WORDS } from "../words.ts";
import type { Conflict, PairRule, RuleAnswer, RuleKind } from "./conflicts/rules.ts";
import type { Direction, Share, Wish } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const joined = (words: readonly Bilingual[]): Bilingual =>
  say(words.map(({ zh }) => zh).join("、"), words.map(({ en }) => en).join(", "));

const postWord = (kind: string): Bilingual => (isPostKind(kind) ? POST_WORDS[kind] : say(kind, kind));

/** Posts by their bodies: "业主委员会（主任、副主任、委员）". */
export function postsWords(kinds: readonly string[]): Bilingual {
  const byBody = new Map<BodyKind | "", string[]>();
  for (const kind of kinds) {
    const body = isPostKind(kind) ? BODY_OF_POST[kind] : "";
    byBody.set(body, [...(byBody.get(body) ?? []), kind]);
  }
  return joined(
    [...byBody].map(([body, those]) => {
      const posts = joined(those.map(postWord));
      return body === "" ? posts : say(`${BODY_WORDS[body].zh}（${posts.zh}）`, `${BODY_WORDS[body].en} (${posts.en})`);
    }),
  );
}

/** Why a rule of ours is there; a community's own rule says it by its source. */
export const RULE_REASONS: Readonly<Record<string, Bilingual>> = {
  "supervision-committee": say("监督业委会的人不能同时是业委会的人。", "Nobody supervises the committee they sit in."),
  "supervision-desk": say(
    "监督名册、计票和账目的人不能自己经手这些事。",
    "Nobody supervises the roll, the counting or the accounts they keep themselves.",
  ),
  "provider-committee": say(
    "业委会代表业主监督物业服务企业，企业的人不能坐在业主这一边。",
    "The committee watches the provider for the owners; the provider's people do not sit on the owners' side.",
  ),
  "provider-supervision": say("被监督的企业不能监督自己。", "The provider does not supervise itself."),
  "provider-desk": say(
    "名册、计票和账目是业主自己的事，不由企业的人办理。",
    "Roll, counting and accounts are the owners' own, and not for the provider's people.",
  ),
  "provider-branch-secretary": say(
    "支部书记协调各方，由企业的人担任的，要由上级批准。",
    "The branch secretary brings all sides together; for someone of the provider it takes leave from above.",
  ),
  audit: say("审计的人不能审计自己经手的事。", "Nobody audits their own work."),
  money: say("管钱的人不复核、不记自己的账。", "Who keeps the money neither reviews it nor keeps its books."),
  "committee-then-audit": say(
    "刚离任的人不马上来审计自己任内的事。",
    "Who has just left does not come back at once to audit their own term.",
  ),
  "provider-then-committee": say(
    "刚离开企业的人，隔一段时间再进业委会。",
    "Who has just left the provider waits before entering the committee.",
  ),
};

export const KIND_WORDS: Readonly<Record<RuleKind, Bilingual>> = {
  exclusive: say("不能同时担任", "never held together"),
  cooling_off: say("离任后隔一段时间才能担任", "not straight after one another"),
};

export const ANSWER_WORDS: Readonly<Record<RuleAnswer, Bilingual>> = {
  refuse: say("一律不予登记", "Refused"),
  waiver: say("有例外许可才予登记", "Only with a waiver"),
  off: say("不启用", "Off"),
};

/** "监督委员会（监督员）与业主委员会（主任、副主任、委员）不能同时担任" */
export function ruleWords({ kind, left, right, months }: PairRule): Bilingual {
  const [a, b] = [postsWords(left), postsWords(right)];
  return kind === "exclusive"
    ? say(`${a.zh}与${b.zh}不能同时担任`, `${a.en} and ${b.en} are never held together`)
    : say(
        `离任${a.zh}满${months}个月，才能担任${b.zh}`,
        `${months} months after leaving ${a.en} before taking ${b.en}`,
      );
}

/** What stands in the way, in a sentence: which post, since when, and which rule. */
export function conflictWords({ rule, held }: Conflict): Bilingual {
  const post = postsWords([held.postKind]);
  const since = dayOf(held.fromAt);
  const until = held.untilAt === null ? null : dayOf(held.untilAt - 1);
  const which = ruleWords(rule);
  return until === null
    ? say(
        `此人自${sayDay(since, "zh")}起担任${post.zh}；${which.zh}。`,
        `The person holds ${post.en} since ${sayDay(since, "en")}; ${which.en}.`,
      )
    : say(
        `此人${sayDay(since, "zh")}至${sayDay(until, "zh")}担任${post.zh}；${which.zh}。`,
        `The person holds ${post.en} from ${sayDay(since, "en")} to ${sayDay(until, "en")}; ${which.en}.`,
      );
}

/** What can be done about it: leave first, wait, or ask those the rule names. */
export function conflictNext({ rule, held, freeOn }: Conflict): Bilingual {
  const steps: Bilingual[] = [];
  const post = postsWords([held.postKind]);
  if (freeOn !== null)
    steps.push(
      say(
        `从${sayDay(freeOn, "zh")}起任职就没有妨碍`,
        `taken from ${sayDay(freeOn, "en")} on, nothing stands in the way`,
      ),
    );
  if (held.untilAt === null || rule.kind === "exclusive")
    steps.push(say(`先办理${post.zh}的离任`, `the person first leaves ${post.en}`));
  if (rule.answer === "waiver") {
    const who = postsWords(rule.waivedBy);
    steps.push(
      say(
        `请${who.zh}批准例外（登记任职的人和本人都不能批准）`,
        `ask ${who.en} for a waiver (neither the recorder nor the person concerned can grant it)`,
      ),
    );
  }
  return say(steps.map(({ zh }) => zh).join("；或者"), steps.map(({ en }) => en).join("; or "));
}

/** How someone came to sit in both bodies. */
export const DIRECTION_WORDS: Readonly<Record<Direction, Bilingual>> = {
  into_committee: say(
    "先在支部，后由业主选进业委会",
    "of the branch first, then elected into the committee by the owners",
  ),
  into_branch: say("先当选业委会成员，后由支部吸收", "elected into the committee first, then taken in by the branch"),
  same_day: say("同一天进入两个组织", "into both on one day"),
};

export const shareWords = ({ part, whole }: Share): Bilingual => say(`${part}/${whole}`, `${part}/${whole}`);

/** A wish in words, one line each. */
export const wishWords = (wish: Wish): { readonly kind: "least" | "share" | "chair"; readonly words: Bilingual }[] => [
  ...(wish.least > 0
    ? [
        {
          kind: "least" as const,
          words: say(`业委会中至少有${wish.least}位支部成员`, `at least ${wish.least} of the branch in the committee`),
        },
      ]
    : []),
  ...(wish.share
    ? [
        {
          kind: "share" as const,
          words: say(
            `支部成员占业委会席位的${shareWords(wish.share).zh}以上`,
            `at least ${shareWords(wish.share).en} of the committee's seats`,
          ),
        },
      ]
    : []),
  ...(wish.chairIsSecretary
    ? [
        {
          kind: "chair" as const,
          words: say("业委会主任由支部书记经选举担任", "the committee's chair is the branch secretary, by election"),
        },
      ]
    : []),
];
