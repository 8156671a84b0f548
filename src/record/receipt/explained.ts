/** What the values behind an entry's commitments mean, in words. Filled by the capabilities whose entries they are, as they load. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Json, JsonObject } from "../canonical.ts";

/** One thing that was kept: "议题1：更换电梯" → "同意". */
export interface OpenedFact {
  readonly label: Bilingual;
  readonly text: Bilingual;
}

/** The words of a value that a receipt opens; null where it is not what such an entry holds. Reads what it needs; whether the value is the one committed to was checked before. */
export type OpeningWords = (
  scene: Pick<Scene, "db" | "community">,
  entry: JsonObject,
  value: Json,
) => Promise<readonly OpenedFact[] | null>;

const words = new Map<string, OpeningWords>();

/** Makes the words for one commitment of one kind of entry known; once per isolate, at load time. */
export function registerOpening(type: string, pointer: string, say: OpeningWords): void {
  const key = `${type} ${pointer}`;
  if (words.has(key)) throw new TypeError(`openings of ${key} are worded twice`);
  words.set(key, say);
}

export const findOpeningWords = (type: string, pointer: string): OpeningWords | undefined =>
  words.get(`${type} ${pointer}`);
