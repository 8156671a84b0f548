/** What rooms to the right have put together for a handover: each registers as it loads. Keeps what was registered; shows nothing itself. */
import type { Bilingual } from "../../platform/i18n.ts";

/** A download or page for those who keep the list of a whole committee's handover. */
export interface HandoverPack {
  readonly label: Bilingual;
  readonly note: Bilingual;
  readonly href: (slug: string) => string;
}
const packs = new Map<string, HandoverPack>();

/** Makes a pack known, once per isolate, at load time. */
export function registerHandoverPack(name: string, pack: HandoverPack): void {
  if (packs.has(name)) throw new TypeError(`${name} is registered twice`);
  packs.set(name, pack);
}

export const handoverPacks = (): readonly HandoverPack[] => [...packs.values()];
