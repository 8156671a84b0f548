/** Reading a kit of settings, and writing new versions with one entry that says what became what on which clause. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { checkValues, type Fault, type Kit, namesOf, type Specs, type Values, valuesFromRows } from "./rules.ts";
import { insertSetting, listSettings } from "./store.ts";

/** The values in force. One round trip; who already reads joins `listSettings` and `valuesFromRows` instead. */
export async function readSettings<P extends Specs>(scene: Scene, kit: Kit<P>): Promise<Values<P>> {
  const [rows] = await scene.db.read(listSettings(scene, kit));
  return valuesFromRows(kit, rows);
}

export type SettingsRefusal =
  | { readonly reason: "settings_faulty"; readonly faults: readonly Fault[] }
  /** Somebody changed the same settings since the form was opened. */
  | { readonly reason: "settings_changed_meanwhile"; readonly settings: readonly string[] };

/** The version of each setting that a form was filled in from; 0 for one that stands at its default. */
export type SeenVersions = Readonly<Record<string, number>>;

/**
 * Writes a new version of every setting that differs from what holds now. Nothing differs → nothing is written, so that a
 * repeated form is harmless. Of two who change the same setting, the table lets one through.
 */
export async function saveSettings<P extends Specs>(
  scene: StaffScene,
  kit: Kit<P>,
  asked: Values<P>,
  seen: SeenVersions,
): Promise<Result<readonly string[], SettingsRefusal>> {
  const { db, actor, now } = scene;
  const checked = checkValues(kit, asked);
  if (!checked.ok) return err({ reason: "settings_faulty", faults: checked.error });
  const [rows] = await db.read(listSettings(scene, kit));
  const current = valuesFromRows(kit, rows);
  const versions = new Map(rows.map(({ key, version }) => [key, version]));
  const versionOf = (name: string): number => versions.get(kit.prefix + name) ?? 0;
  const json = (value: unknown): Json => value as Json;
  const changed = namesOf(kit).filter(
    (name) => canonicalJson(json(asked[name])) !== canonicalJson(json(current[name])),
  );
  if (changed.length === 0) return ok([]);
  const stale = changed.filter((name) => (seen[name] ?? 0) !== versionOf(name));
  if (stale.length > 0) return err({ reason: "settings_changed_meanwhile", settings: stale });
  const leaf = appendLeaf(scene, "settings.changed", {
    by: actor.personId,
    changes: changed.map((name) => ({
      setting: kit.prefix + name,
      version: versionOf(name) + 1,
      from: json(current[name]),
      to: json(asked[name]),
    })),
  });
  const written = await db.write([
    ...changed.map((name) =>
      insertSetting(scene, {
        key: kit.prefix + name,
        version: versionOf(name) + 1,
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
