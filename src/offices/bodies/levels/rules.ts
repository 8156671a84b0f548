/** The levels a district names and their order, with two presets in use. Pure; which body is at which level stands in bodies/rules.ts. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { BodyKind } from "../../rules.ts";

/** A level of the district's tree; the smallest rank stands at the top. */
export interface Level {
  readonly levelId: string;
  readonly version: number;
  readonly name: Bilingual;
  readonly rank: number;
}

export const MOST_LEVELS = 12;
export const LONGEST_LEVEL_NAME = 20;
// Halved by each level put between two others: with at most twelve at once, a gap of 2^20 is never used up.
const RANK_STEP = 1 << 20;

const say = (zh: string, en: string): Bilingual => ({ zh, en });

interface Preset {
  readonly name: Bilingual;
  readonly levels: readonly { readonly name: Bilingual; readonly kinds: readonly BodyKind[] }[];
}

const STREET: readonly BodyKind[] = ["street_party", "street_office"];
const NEIGHBOURHOOD: readonly BodyKind[] = ["community_party", "residents_committee"];
const ESTATE: readonly BodyKind[] = ["branch", "committee", "preparatory_group", "staff", "supervision", "grid"];
const BUILDING: readonly BodyKind[] = ["party_group", "building"];

/** Two trees that are in use (S1), each level with the kinds of bodies that belong there. A beginning: every name can be changed. */
export const PRESETS = {
  four: {
    name: say("四级：街道、社区、小区、楼栋", "Four: street, neighbourhood, estate, building"),
    levels: [
      { name: say("街道", "Street"), kinds: STREET },
      { name: say("社区", "Neighbourhood"), kinds: NEIGHBOURHOOD },
      { name: say("小区", "Estate"), kinds: ESTATE },
      { name: say("楼栋", "Building"), kinds: [...BUILDING, "party_household"] },
    ],
  },
  six: {
    name: say(
      "六级：市、旗县区、街道、社区、楼栋、单元",
      "Six: city, district, street, neighbourhood, building, entrance",
    ),
    levels: [
      { name: say("市", "City"), kinds: [] },
      { name: say("旗县区", "District"), kinds: ["upper_body"] },
      { name: say("街道", "Street"), kinds: STREET },
      { name: say("社区", "Neighbourhood"), kinds: [...NEIGHBOURHOOD, ...ESTATE] },
      { name: say("楼栋", "Building"), kinds: BUILDING },
      { name: say("单元", "Entrance"), kinds: ["party_household"] },
    ],
  },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof PRESETS;
export const isPresetName = (text: string): text is PresetName => Object.hasOwn(PRESETS, text);

/** The ranks of a preset's levels, from the top. */
export const presetRank = (at: number): number => (at + 1) * RANK_STEP;

/** Where in a preset a kind of body belongs; -1 where the preset says nothing. */
export const levelOfKind = (preset: PresetName, kind: BodyKind): number =>
  (PRESETS[preset] as Preset).levels.findIndex(({ kinds }) => kinds.includes(kind));

export type LevelRefusal =
  | { readonly reason: "level_name_missing" }
  | { readonly reason: "level_name_too_long"; readonly most: number }
  | { readonly reason: "level_name_taken"; readonly name: string }
  | { readonly reason: "too_many_levels"; readonly most: number }
  | { readonly reason: "unknown_level" }
  | { readonly reason: "level_in_use"; readonly bodies: readonly string[] };

const inOrder = (levels: readonly Level[]): Level[] => levels.toSorted((a, b) => a.rank - b.rank);

/** The name as it will be kept; English takes the Chinese words where it is left empty. */
function readName(
  levels: readonly Level[],
  asked: { readonly nameZh: string; readonly nameEn: string },
  own: string,
): Result<Bilingual, LevelRefusal> {
  const zh = asked.nameZh.trim();
  const en = asked.nameEn.trim() === "" ? zh : asked.nameEn.trim();
  if (zh === "") return err({ reason: "level_name_missing" });
  if (zh.length > LONGEST_LEVEL_NAME || en.length > 2 * LONGEST_LEVEL_NAME)
    return err({ reason: "level_name_too_long", most: LONGEST_LEVEL_NAME });
  if (levels.some((level) => level.levelId !== own && level.name.zh === zh))
    return err({ reason: "level_name_taken", name: zh });
  return ok({ zh, en });
}

/** A level to add below another, or at the top where `belowId` is empty. */
export function mayAddLevel(
  levels: readonly Level[],
  asked: { readonly nameZh: string; readonly nameEn: string; readonly belowId: string },
): Result<{ readonly name: Bilingual; readonly rank: number }, LevelRefusal> {
  const name = readName(levels, asked, "");
  if (!name.ok) return name;
  if (levels.length >= MOST_LEVELS) return err({ reason: "too_many_levels", most: MOST_LEVELS });
  const order = inOrder(levels);
  const above = order.findIndex(({ levelId }) => levelId === asked.belowId);
  if (asked.belowId !== "" && above < 0) return err({ reason: "unknown_level" });
  const low = order[above]?.rank ?? 0;
  const high = order[above + 1]?.rank ?? low + 2 * RANK_STEP;
  return ok({ name: name.value, rank: low + Math.floor((high - low) / 2) });
}

/** Another name for a level; it stays where it is, and bodies stay with it. */
export function mayRenameLevel(
  levels: readonly Level[],
  levelId: string,
  asked: { readonly nameZh: string; readonly nameEn: string },
): Result<{ readonly level: Level; readonly name: Bilingual }, LevelRefusal> {
  const level = levels.find((one) => one.levelId === levelId);
  if (!level) return err({ reason: "unknown_level" });
  const name = readName(levels, asked, levelId);
  return name.ok ? ok({ level, name: name.value }) : name;
}

/** Whether a level may go: nothing stands at it any more. What stood there keeps its history. */
export function mayRetireLevel(
  levels: readonly Level[],
  levelId: string,
  bodies: readonly { readonly levelId: string; readonly name: Bilingual; readonly endedAt: number | null }[],
): Result<Level, LevelRefusal> {
  const level = levels.find((one) => one.levelId === levelId);
  if (!level) return err({ reason: "unknown_level" });
  const there = bodies.filter((body) => body.levelId === levelId && body.endedAt === null);
  return there.length === 0 ? ok(level) : err({ reason: "level_in_use", bodies: there.map(({ name }) => name.zh) });
}
