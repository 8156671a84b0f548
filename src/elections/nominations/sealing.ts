/** Sealing words that may be personal together with the salt of their commitment, so that who may read them can check the record. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Scene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { candidacySeal } from "../candidates/store.ts";

type Opening = Pick<Scene, "keys" | "community">;

export interface Opened<V> {
  readonly value: V;
  /** 32 hex digits. */
  readonly salt: string;
}

/** Sealed for one candidacy and as one kind of thing: it opens as nothing else and for nobody else. */
export async function sealWords(
  scene: Opening & Pick<Scene, "random">,
  what: string,
  candidacyId: string,
  value: Json,
): Promise<{ readonly sealed: string; readonly commitment: string }> {
  const salt = scene.random(SALT_BYTES);
  const text = JSON.stringify({ value, salt: bytesToHex(salt) });
  return {
    sealed: await scene.keys.seal(text, candidacySeal(scene, what, candidacyId)),
    commitment: commit(salt, value),
  };
}

export const openWords = async <V>(
  scene: Opening,
  what: string,
  candidacyId: string,
  text: string,
): Promise<Opened<V>> => JSON.parse(await scene.keys.open(text, candidacySeal(scene, what, candidacyId))) as Opened<V>;
