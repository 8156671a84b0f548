/** Who may be drawn: taking experts into the pool, and out of it again. No HTTP. */
import { personName, plainText, readMobile } from "../../../community/identity/rules.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { sql } from "../../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { authorOf } from "../../acting.ts";
import { expertSeal, findLastExpertNo, insertExpert, insertExpertGone, listExpertsNumbered } from "./store.ts";

export const LONGEST_WORDS = 120;

export interface ExpertAsked {
  readonly name: string;
  readonly phone: string;
  readonly speciality: string;
  readonly organisation: string;
  /** The list the expert comes from, such as a district's register. */
  readonly source: string;
}

export type PoolRefusal =
  | KeyReused
  | { readonly reason: "words_missing"; readonly field: keyof ExpertAsked | "why" }
  | { readonly reason: "words_too_long"; readonly field: keyof ExpertAsked | "why"; readonly most: number }
  | { readonly reason: "phone_malformed" }
  /** The same number stands in the pool. */
  | { readonly reason: "expert_known" }
  | { readonly reason: "unknown_expert" };

export const personPhoneHash = ({ keys, community }: Pick<Scene, "keys" | "community">, phone: string): string =>
  keys.index(phone, `tender-expert-phone:${community.id}`);

export function readPerson(
  asked: Pick<ExpertAsked, "name" | "phone">,
): Result<{ readonly name: string; readonly phone: string }, PoolRefusal> {
  const name = personName(asked.name);
  if (name === "") return err({ reason: "words_missing", field: "name" });
  const phone = readMobile(asked.phone);
  return phone === null ? err({ reason: "phone_malformed" }) : ok({ name, phone });
}

const TRIES = 5; // two experts in the same instant want the same number; the later one takes the next

/** Takes an expert into the pool. Name and number are sealed; the record tells the speciality and the list alone. */
export async function addExpert(
  scene: StaffScene,
  asked: ExpertAsked,
  once: string,
): Promise<Result<{ readonly expertNo: number }, PoolRefusal>> {
  const person = readPerson(asked);
  if (!person.ok) return person;
  const [speciality, organisation, source] = [asked.speciality, asked.organisation, asked.source].map(plainText);
  for (const [field, text] of [
    ["speciality", speciality!],
    ["source", source!],
  ] as const)
    if (text === "") return err({ reason: "words_missing", field });
  for (const [field, text] of [
    ["speciality", speciality!],
    ["organisation", organisation!],
    ["source", source!],
  ] as const)
    if (text.length > LONGEST_WORDS) return err({ reason: "words_too_long", field, most: LONGEST_WORDS });
  const { name, phone } = person.value;
  for (let attempt = 1; ; attempt += 1) {
    const [[found]] = await scene.db.read(findLastExpertNo(scene));
    const expertNo = (found?.last ?? 0) + 1;
    const leaf = appendLeaf(scene, "tender.expert_added", {
      expert: expertNo,
      speciality: speciality!,
      source: source!,
      by: authorOf(scene).words,
    });
    const written = await writeOnce(
      scene,
      { key: once, body: JSON.stringify([name, phone, speciality, organisation, source]) },
      [
        insertExpert(scene, {
          expertNo,
          nameSealed: await scene.keys.seal(name, expertSeal(scene, expertNo)),
          phoneSealed: await scene.keys.seal(phone, expertSeal(scene, expertNo)),
          phoneHash: personPhoneHash(scene, phone),
          speciality: speciality!,
          organisation: organisation!,
          source: source!,
          addedBy: scene.actor.personId,
          addedAt: scene.now,
          leafHash: leaf.leafHash,
        }),
        leaf.statement,
      ],
      { expertNo },
    );
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code === "expert_known") return err({ reason: "expert_known" });
    if (attempt === TRIES) throw new Error(`an expert was refused by ${written.error.code}`);
  }
}

/** Takes an expert out of the pool, with a reason. Who was drawn before keeps the seat; twice is once. */
export async function retireExpert(
  scene: StaffScene,
  expertNo: number,
  why: string,
): Promise<Result<true, PoolRefusal>> {
  const reason = plainText(why);
  if (reason === "") return err({ reason: "words_missing", field: "why" });
  if (reason.length > LONGEST_WORDS) return err({ reason: "words_too_long", field: "why", most: LONGEST_WORDS });
  const [found] = await scene.db.read(listExpertsNumbered(scene, sql`${JSON.stringify([expertNo])}`));
  if (!found[0]) return err({ reason: "unknown_expert" });
  if (found[0].goneAt !== null) return ok(true);
  const leaf = appendLeaf(scene, "tender.expert_gone", { expert: expertNo, why: reason, by: authorOf(scene).words });
  const written = await scene.db.write([
    insertExpertGone(scene, {
      expertNo,
      why: reason,
      goneBy: scene.actor.personId,
      goneAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ]);
  // Refused by the table when another request was first: done either way.
  if (!written.ok && written.error.code !== "append_only") throw new Error(written.error.code);
  return ok(true);
}
