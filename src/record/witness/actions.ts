/** Registering witnesses, and taking their cosignatures: verified before they are stored. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { parseCheckpoint } from "../note/checkpoint.ts";
import { verifyCosignature } from "../note/cosignature.ts";
import { COSIGNATURE_KEY, formatVkey, parseVkey, type VerifierKey } from "../note/key.ts";
import { parseNote, signatureLine } from "../note/note.ts";
import type { WitnessRefusal } from "../problems.ts";
import { appendLeaf, findCheckpoint } from "../store.ts";
import { type Cosignature, insertCosignature, insertWitness, listWitnesses } from "./store.ts";

const LONGEST_LABEL = 60;
const CLOCK_TOLERANCE_SECONDS = 600;

/**
 * Registers who may cosign, under a vkey of type 0x04, and records it. A key that is registered already stays as it
 * was. Refused: `bad_vkey`, `not_a_witness_key`, `bad_label`. The route asks for settings.manage.
 */
export async function registerWitness(
  scene: StaffScene,
  asked: { readonly label: string; readonly vkey: string },
): Promise<Result<{ key: VerifierKey; isNew: boolean }, WitnessRefusal>> {
  const label = asked.label.trim();
  if (label === "" || [...label].length > LONGEST_LABEL) return err({ reason: "bad_label" });
  const parsed = parseVkey(asked.vkey);
  if (!parsed.ok) return err({ reason: "bad_vkey", fault: parsed.error });
  const key = parsed.value;
  if (key.type !== COSIGNATURE_KEY) return err({ reason: "not_a_witness_key" });
  const vkey = formatVkey(key);
  const written = await scene.db.write([
    insertWitness(scene, key, vkey, label),
    appendLeaf(scene, "witness.registered", { label, vkey }, "witnesses").statement,
  ]);
  if (!written.ok && written.error.code !== "witness_known") throw new Error(written.error.code);
  return ok({ key, isNew: written.ok });
}

/**
 * Takes a cosigned checkpoint: its text, a blank line and signature lines. Lines of registered witnesses are verified
 * and stored, one for each witness and checkpoint, the first one staying; others are passed over. Leaves no entry in the
 * record: it would make the next checkpoint, and that one would want cosigning again. Refused, with nothing stored:
 * `bad_note`, `unknown_checkpoint`, `checkpoint_differs`, `unknown_witness`, `bad_cosignature`, `cosigned_in_future`.
 */
export async function addCosignature(
  scene: Pick<Scene, "db" | "community" | "now">,
  cosigned: string,
): Promise<Result<{ size: number; by: readonly string[] }, WitnessRefusal>> {
  const note = parseNote(cosigned);
  if (!note.ok) return err({ reason: "bad_note", fault: note.error });
  const { text, signatures } = note.value;
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint.ok) return err({ reason: "bad_note", fault: checkpoint.error });
  const { size } = checkpoint.value;
  const [[stored], witnesses] = await scene.db.read(findCheckpoint(scene, size), listWitnesses(scene));
  if (!stored) return err({ reason: "unknown_checkpoint", size });
  if (!stored.note.startsWith(`${text}\n`)) return err({ reason: "checkpoint_differs", size });

  const verified: Omit<Cosignature, "label">[] = [];
  for (const line of signatures) {
    const { name, keyId } = line;
    const witness = witnesses.find((one) => one.keyName === name && one.keyId === keyId);
    const key = witness ? parseVkey(witness.vkey) : null;
    if (!key?.ok) continue;
    const signedAt = verifyCosignature(text, line, key.value);
    if (signedAt === null) return err({ reason: "bad_cosignature", name });
    if (signedAt > scene.now / 1000 + CLOCK_TOLERANCE_SECONDS) return err({ reason: "cosigned_in_future", name });
    verified.push({ size, keyName: name, keyId, line: signatureLine(line), signedAt });
  }
  if (verified.length === 0) return err({ reason: "unknown_witness" });
  const written = await scene.db.write(verified.map((cosignature) => insertCosignature(scene, cosignature)));
  if (!written.ok && written.error.code !== "cosignature_known") throw new Error(written.error.code);
  return ok({ size, by: verified.map(({ keyName }) => keyName) });
}
