/** Finding the owner somebody means by place and full name, as a sheet of paper names them. Both must fit, so nobody learns a name by asking. */
import { dayOf } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { personName, plainText } from "../identity/rules.ts";
import { nameHash } from "../personal.ts";
import type { PartyKind, Voter } from "../rules.ts";
import { isPlace } from "./rules.ts";
import { listHoldingsNamed } from "./store.ts";

export interface NamedOwner {
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  /** As the roll keeps it, which is as it was typed. */
  readonly name: string;
  readonly maskedName: string;
}

export type NamingRefusal =
  /** No owner of that name at that place on the roll of today. The answer is the same whichever of the two is wrong. */
  | { readonly reason: "nobody_so_named" }
  /** Two owners of one name at one place: only the roll can tell them apart. */
  | { readonly reason: "several_so_named" };

/** The owner of a unit by their full name, on the roll of today. */
export async function findOwnerNamed(
  scene: Scene,
  asked: { readonly place: string; readonly name: string },
): Promise<Result<NamedOwner, NamingRefusal>> {
  const name = personName(plainText(asked.name));
  if (name === "" || asked.place.trim() === "") return err({ reason: "nobody_so_named" });
  const [held] = await scene.db.read(listHoldingsNamed(scene, dayOf(scene.now), nameHash(scene, name)));
  const fitting = held.filter((unit) => isPlace(asked.place, unit));
  const [first] = fitting;
  if (!first) return err({ reason: "nobody_so_named" });
  if (fitting.some(({ partyId }) => partyId !== first.partyId)) return err({ reason: "several_so_named" });
  const { partyId, kind, maskedName } = first;
  return ok({ partyId, kind, name, maskedName });
}

/** The heads that the lines of a signed sheet mean, one place a line, each head once; and the lines that mean none. */
export function headsAtPlaces<H extends Pick<Voter, "key" | "units">>(
  heads: readonly H[],
  lines: readonly string[],
): { readonly heads: readonly H[]; readonly unknown: readonly string[] } {
  const found = new Map<string, H>();
  const unknown: string[] = [];
  for (const line of lines) {
    const head = heads.find(({ units }) => units.some((unit) => unit.counted && isPlace(line, unit)));
    if (head) found.set(head.key, head);
    else unknown.push(line);
  }
  return { heads: [...found.values()], unknown };
}
