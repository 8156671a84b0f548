/** A district names its levels: adopting a preset, adding, renaming and retiring one. Load, ask the rules, write with the leaf. No HTTP. */
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Aborted, Query } from "../../../platform/db.ts";
import { findAnswer, type KeyReused, type Once, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { type BodyEntry, bodyOf, insertPreset, listBodiesAt } from "../store.ts";
import {
  type Level,
  type LevelRefusal,
  levelOfKind,
  mayAddLevel,
  mayRenameLevel,
  mayRetireLevel,
  PRESETS,
  type PresetName,
  presetRank,
} from "./rules.ts";
import { insertLevel, type LevelState, levelOf, listLevels } from "./store.ts";

export type LevelsRefusal =
  | LevelRefusal
  | { readonly reason: "levels_there_already" }
  | { readonly reason: "level_changed_meanwhile" }
  | { readonly reason: "key_reused" };

interface Named {
  readonly nameZh: string;
  readonly nameEn: string;
}

const onceOf = (key: string, act: string, asked: object): Once => ({ key, body: JSON.stringify({ act, ...asked }) });

/**
 * The levels of a preset, and at each the bodies whose kind belongs there: one act, one leaf. Only where the district has named none.
 */
export async function adoptPreset(
  scene: StaffScene,
  preset: PresetName,
  onceKey: string,
): Promise<Result<{ levels: number }, LevelsRefusal>> {
  const once = onceOf(onceKey, "preset", { preset });
  const before = await findAnswer<{ levels: number }>(scene, once);
  if (before) return before;
  const [there, rows] = await scene.db.read(listLevels(scene), listBodiesAt(scene, scene.now));
  if (there.length > 0) return err({ reason: "levels_there_already" });
  const levels = PRESETS[preset].levels.map(({ name }, at): LevelState => {
    const levelId = newId<string>(scene.random);
    return { levelId, version: 1, name, rank: presetRank(at), retired: false };
  });
  const bodies = rows.map(bodyOf).flatMap((body): BodyEntry[] => {
    const level = levels[levelOfKind(preset, body.kind)];
    if (body.endedAt !== null || !level) return [];
    const { bodyId, name, parentId, areas, version } = body;
    const state = { name, levelId: level.levelId, parentId, areas, effectiveAt: Math.max(scene.now, body.changedAt) };
    return [{ bodyId, version: version + 1, act: "changed", state, document: PRESETS[preset].name.zh }];
  });
  const statements = insertPreset(scene, preset, levels, bodies, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { levels: levels.length }), "levels_there_already");
}

function refusedAs<A>(
  written: Result<A, Aborted | KeyReused>,
  nameTaken: "levels_there_already" | { readonly name: string },
): Result<A, LevelsRefusal> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "level_name_taken":
      return nameTaken === "levels_there_already"
        ? err({ reason: "levels_there_already" })
        : err({ reason: "level_name_taken", name: nameTaken.name });
    case "level_in_use":
      return err({ reason: "level_in_use", bodies: [] });
    case "level_changed_meanwhile":
    case "body_changed_meanwhile":
      return err({ reason: "level_changed_meanwhile" });
    default:
      throw new Error(`a level refused: ${written.error.code}`);
  }
}

/** Reads the levels, asks a rule about them, and writes what it allows under the form's key; a repeat has the first answer. */
async function setLevel(
  scene: StaffScene,
  once: Once,
  decide: (levels: Level[]) => Result<LevelState, LevelRefusal>,
): Promise<Result<{ levelId: string }, LevelsRefusal>> {
  const before = await findAnswer<{ levelId: string }>(scene, once);
  if (before) return before;
  const [rows] = await scene.db.read(listLevels(scene));
  const decided = decide(rows.map(levelOf));
  if (!decided.ok) return decided;
  const { levelId, name } = decided.value;
  const statements: Query[] = insertLevel(scene, decided.value, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { levelId }), { name: name.zh });
}

/** A further level below another, or at the top where `belowId` is empty. */
export const addLevel = (scene: StaffScene, asked: Named & { readonly belowId: string }, onceKey: string) =>
  setLevel(scene, onceOf(onceKey, "level", asked), (levels) => {
    const may = mayAddLevel(levels, asked);
    return may.ok ? ok({ levelId: newId<string>(scene.random), version: 1, retired: false, ...may.value }) : may;
  });

/** Another name from now on; what was said under the old one stays readable under it. */
export const renameLevel = (scene: StaffScene, levelId: string, asked: Named, onceKey: string) =>
  setLevel(scene, onceOf(onceKey, `level:${levelId}`, asked), (levels) => {
    const may = mayRenameLevel(levels, levelId, asked);
    if (!may.ok) return may;
    const { version, rank } = may.value.level;
    return ok({ levelId, version: version + 1, rank, name: may.value.name, retired: false });
  });

/** A level the district no longer has. Refused while a body stands at it. */
export async function retireLevel(
  scene: StaffScene,
  levelId: string,
  onceKey: string,
): Promise<Result<{ levelId: string }, LevelsRefusal>> {
  const [bodies] = await scene.db.read(listBodiesAt(scene, scene.now));
  return setLevel(scene, onceOf(onceKey, `retire:${levelId}`, {}), (levels) => {
    const may = mayRetireLevel(levels, levelId, bodies.map(bodyOf));
    if (!may.ok) return may;
    const { version, rank, name } = may.value;
    return ok({ levelId, version: version + 1, rank, name, retired: true });
  });
}
