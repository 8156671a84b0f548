/** By whose hand an act of a candidacy comes in: the owner's own session, or signed paper that an office-holder enters with its image. Writes nothing itself. */

import { hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { OwnerActor } from "../../platform/access.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { SALT_BYTES } from "../../record/rules.ts";
import { authorOf, type ElectionAuthor, ownerAuthor } from "../acting.ts";
import type { Way } from "./schema.ts";

export interface Hand {
  readonly way: Way;
  /** The owner's party, or the office-holder's person. */
  readonly id: string;
  readonly author: ElectionAuthor;
  /** The owner who acts; null on paper, where the signature on it says so. */
  readonly owner: OwnerActor | null;
  readonly paperFile: string | null;
  /** The row of the paper's image, for the batch of the act. */
  readonly statements: readonly Query[];
}

export type PaperFault = FileFault | { readonly reason: "paper_missing" };

export const byOwner = (owner: OwnerActor): Hand => ({
  way: "web",
  id: owner.partyId,
  author: ownerAuthor(owner.partyId),
  owner,
  paperFile: null,
  statements: [],
});

/** Without the image of the signed paper nothing is entered in somebody else's name. */
export async function onPaper(scene: StaffScene, upload: Upload | null): Promise<Result<Hand, PaperFault>> {
  if (!upload) return err({ reason: "paper_missing" });
  const put = await putFile(scene, upload, scene.actor.personId, "private");
  if (!put.ok) return put;
  return ok({
    way: "paper",
    id: scene.actor.personId,
    author: authorOf(scene),
    owner: null,
    paperFile: put.value.stored.fileId,
    statements: [put.value.statement],
  });
}

/**
 * The salt of a commitment in the record. Drawn from the index key, because no table keeps one: who holds the key can open
 * every commitment, and nobody else can try the few hundred heads of an estate one by one. `what` keeps salts apart.
 */
export const saltOf = ({ keys, community }: Pick<Scene, "keys" | "community">, what: string, id: string): Uint8Array =>
  hexToBytes(keys.index(id, `candidacy-salt:${what}:${community.id}`)).subarray(0, SALT_BYTES);
