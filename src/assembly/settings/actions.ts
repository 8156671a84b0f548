/** Changing the rules that later meetings are held by. A meeting whose notice is given keeps the rules frozen with it. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { checkRules, type MeetingRules, type RuleFault, SETTING_NAMES, type SettingName } from "./rules.ts";
import { insertSetting, listSettings, rulesFromRows, settingName } from "./store.ts";

export type SettingsRefusal =
  | { readonly reason: "rules_faulty"; readonly faults: readonly RuleFault[] }
  /** Somebody changed the same settings since the form was opened. */
  | { readonly reason: "settings_changed_meanwhile"; readonly settings: readonly SettingName[] };

/** The version of each setting that a form was filled in from; 0 for one that stands at its default. */
export type SettingVersions = Readonly<Partial<Record<SettingName, number>>>;

/**
 * Writes a new version of every setting that differs from what holds now, with one leaf that says what became what on
 * which clause. Nothing differs → nothing is written, so a repeated form is harmless.
 */
export async function saveSettings(
  scene: StaffScene,
  asked: MeetingRules,
  seen: SettingVersions,
): Promise<Result<readonly SettingName[], SettingsRefusal>> {
  const { db, actor, now } = scene;
  const checked = checkRules(asked);
  if (!checked.ok) return err({ reason: "rules_faulty", faults: checked.error });
  const [rows] = await db.read(listSettings(scene));
  const current = rulesFromRows(rows);
  const versions = new Map(rows.map((row) => [settingName(row.key), row.version]));
  const changed = SETTING_NAMES.filter(
    (name) => canonicalJson(asked[name] as unknown as Json) !== canonicalJson(current[name] as unknown as Json),
  );
  if (changed.length === 0) return ok([]);
  const stale = changed.filter((name) => (seen[name] ?? 0) !== (versions.get(name) ?? 0));
  if (stale.length > 0) return err({ reason: "settings_changed_meanwhile", settings: stale });
  const next = (name: SettingName): number => (versions.get(name) ?? 0) + 1;
  const leaf = appendLeaf(scene, "settings.changed", {
    by: actor.personId,
    changes: changed.map((name) => ({
      setting: name,
      version: next(name),
      from: current[name] as unknown as Json,
      to: asked[name] as unknown as Json,
    })),
  });
  const written = await db.write([
    ...changed.map((name) =>
      insertSetting(scene, {
        name,
        version: next(name),
        value: asked[name].value,
        clause: asked[name].clause,
        setBy: actor.personId,
        setAt: now,
      }),
    ),
    leaf.statement,
  ]);
  return written.ok ? ok(changed) : err({ reason: "settings_changed_meanwhile", settings: changed });
}
