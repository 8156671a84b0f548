/**
 * Where items that nobody writes by hand come from. A room to the right registers its kind of origin; giving notice then asks
 * it whether the item may go out as it stands, and takes what it writes into the same batch.
 */
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { Finding, Item } from "./rules.ts";

/** A meeting as it is about to be announced. */
export interface Announced {
  readonly meetingId: MeetingId;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

export interface Origin {
  /** What it is called, for whoever meets such an item. */
  readonly words: Bilingual;
  /**
   * Asked when notice is given: what keeps the item from going out, in words; and statements that join the batch of the
   * notice, guarding in the write what was found here.
   */
  noticing(
    scene: StaffScene,
    item: Item,
    meeting: Announced,
  ): Promise<{ readonly objections: readonly Bilingual[]; readonly statements: readonly Query[] }>;
  /**
   * Asked at the hour of opening: whether something has to be done first, such as an objection answered; and statements that join the
   * batch of the opening, guarding it in the write. Voting opens as soon as nothing waits any more.
   */
  opening?(scene: Scene, item: Item): Promise<{ readonly waits: boolean; readonly statements: readonly Query[] }>;
  /** Below /c/:slug: where an item of this origin is explained and, by officers, taken back. */
  readonly path: (item: Item) => string;
  /** Below /c/:slug: where a choice presents itself, such as a candidate; null where it has no page. */
  readonly choicePath?: (item: Item, optionNo: number) => string | null;
}

const origins = new Map<string, Origin>();

/** Registered as the room loads; a kind twice is a fault. */
export function registerOrigin(kind: string, origin: Origin): void {
  if (origins.has(kind)) throw new Error(`the origin "${kind}" is registered twice`);
  origins.set(kind, origin);
}
export const findOrigin = (kind: string): Origin | undefined => origins.get(kind);

/** Below /c/:slug: where the page of an item's origin is; null for an item written by hand. */
export const originPath = (item: Item): string | null =>
  item.origin ? (findOrigin(item.origin.kind)?.path(item) ?? null) : null;
export const choicePath = (item: Item, optionNo: number): string | null =>
  item.origin ? (findOrigin(item.origin.kind)?.choicePath?.(item, optionNo) ?? null) : null;

/** Asks the origins of all items whether voting may open. */
export async function askOpening(
  scene: Scene,
  items: readonly Item[],
): Promise<{ readonly waits: boolean; readonly statements: readonly Query[] }> {
  const answers = await Promise.all(
    items.map((item) => (item.origin ? findOrigin(item.origin.kind)?.opening?.(scene, item) : undefined)),
  );
  return {
    waits: answers.some((one) => one?.waits === true),
    statements: answers.flatMap((one) => one?.statements ?? []),
  };
}

/** Asks the origins of all items at once. An item of an origin nobody registered cannot go out. */
export async function askOrigins(
  scene: StaffScene,
  items: readonly Item[],
  meeting: Announced,
): Promise<{ readonly findings: readonly Finding[]; readonly statements: readonly Query[] }> {
  const asked = await Promise.all(
    items.map(async (item) => {
      if (!item.origin) return null;
      const origin = findOrigin(item.origin.kind);
      if (!origin) throw new Error(`nobody answers for items of "${item.origin.kind}"`);
      return { item, ...(await origin.noticing(scene, item, meeting)) };
    }),
  );
  const answers = asked.filter((one) => one !== null);
  return {
    findings: answers.flatMap(({ item, objections }) =>
      objections.map(
        ({ zh, en }): Finding => ({
          severity: "error",
          itemNo: item.itemNo,
          reason: "origin_objects",
          about: [zh, en],
        }),
      ),
    ),
    statements: answers.flatMap(({ statements }) => statements),
  };
}
