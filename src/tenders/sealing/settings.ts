/** The setting of sealed bids: which three posts hold the keys, any two of which open. Values only. */
import { kit, type Specs, spec, type Values } from "../../offices/settings/rules.ts";
import { POST_WORDS } from "../../offices/words.ts";
import type { Bilingual } from "../../platform/i18n.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** Posts that may hold a key: officers who act for the owners or watch over those who do. */
export const KEY_POSTS = [
  "committee_chair",
  "committee_deputy",
  "committee_member",
  "secretary",
  "supervisor",
  "branch_secretary",
  "residents_officer",
  "street_officer",
  "auditor",
] as const;
export type KeyPost = (typeof KEY_POSTS)[number];

const CHOICES = Object.fromEntries(KEY_POSTS.map((post) => [post, POST_WORDS[post]])) as Record<KeyPost, Bilingual>;

const seat = (number: number, value: KeyPost) =>
  spec({
    shape: { kind: "choice", choices: CHOICES },
    value,
    title: say(`第${number}把开标钥匙由谁保管`, `Who holds key ${number} for the opening`),
    explanation: say(
      "任职这个岗位的人可以为一次选聘保管这把钥匙。三把钥匙中任意两把能打开投标，一把打不开。",
      "Whoever holds this post may keep this key for a tender. Any two of the three open the bids; one does not.",
    ),
    source: say(
      "法律只要求密封和公开开标（《招标投标法》第三十六条）；默认由业委会、街道和监督员三方分持。",
      "The law asks for sealing and a public opening (TB 36); by default committee, street and supervisor hold one each.",
    ),
    rule: "T6",
  });

export const KEYHOLDER_SETTINGS = kit({
  prefix: "tender_keys.",
  specs: {
    seat1: seat(1, "committee_chair"),
    seat2: seat(2, "street_officer"),
    seat3: seat(3, "supervisor"),
  } satisfies Specs,
  together: ({ seat1, seat2, seat3 }) =>
    new Set([seat1.value, seat2.value, seat3.value]).size === 3
      ? []
      : [
          {
            reason: "does_not_fit",
            setting: "seat3",
            words: say("三把钥匙要由三个不同的岗位保管", "The three keys go to three different posts"),
          },
        ],
});

/** The posts of the three seats, in order. */
export const postsOf = ({
  seat1,
  seat2,
  seat3,
}: Values<typeof KEYHOLDER_SETTINGS.specs>): readonly [KeyPost, KeyPost, KeyPost] => [
  seat1.value,
  seat2.value,
  seat3.value,
];
