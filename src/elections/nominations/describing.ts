/** What a person who accepted tells of themselves and declares, version by version until the list is out. Political affiliation is affiliation.ts. No HTTP. */

import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { readCriteria } from "../candidates/eligibility/criteria.ts";
import { interestsAsked } from "../candidates/eligibility/rules.ts";
import type { ElectionKey } from "../store.ts";
import { candidacyFor, type Found } from "./answering.ts";
import type { Hand } from "./hand.ts";
import { LARGEST_PHOTO_BYTES, plainPhoto } from "./person/photo.ts";
import {
  cleanText,
  type Declaration,
  type DeclarationFault,
  declarationFaults,
  type Interest,
  type InterestAnswer,
  type Profile,
  type ProfileFault,
  profileFaults,
} from "./person/rules.ts";
import { type Opened, openWords, sealWords } from "./sealing.ts";
import {
  type DeclarationRow,
  insertDeclaration,
  insertProfile,
  listDeclarations,
  listProfiles,
  only,
  type ProfileRow,
} from "./store.ts";

export type DescribeRefusal =
  | FileFault
  | { readonly reason: "unknown_candidacy" }
  | { readonly reason: "candidacy_withdrawn" }
  /** Only who has said yes describes themselves and declares. */
  | { readonly reason: "not_accepted" }
  /** The list is out: what owners read of a candidate stands as it was published. */
  | { readonly reason: "list_is_out" }
  | { readonly reason: "profile_faulty"; readonly faults: readonly ProfileFault[] }
  | { readonly reason: "photo_refused"; readonly most: number }
  | { readonly reason: "declaration_faulty"; readonly faults: readonly DeclarationFault[] }
  | { readonly reason: "version_stale" };

async function acceptedOne(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
): Promise<Result<Found, DescribeRefusal>> {
  const found = await candidacyFor(scene, key, number, hand);
  if (!found.ok) return found;
  const { election, row } = found.value;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  if (row.answer !== "accepted") return err({ reason: "not_accepted" });
  if (election.state !== "nominating" && election.state !== "examining") return err({ reason: "list_is_out" });
  return found;
}

/** The profile in clear, with the salt of its commitment. */
export const openProfile = (
  scene: Pick<Scene, "keys" | "community">,
  row: Pick<ProfileRow, "candidacyId" | "contentSealed">,
): Promise<Opened<Profile & { readonly photo: string | null }>> =>
  openWords(scene, "profile", row.candidacyId, row.contentSealed);

/** The declaration's answers in clear: for its signer, for those who check and decide, and the public items for everybody. */
export const openDeclaration = (
  scene: Pick<Scene, "keys" | "community">,
  row: Pick<DeclarationRow, "candidacyId" | "answersSealed">,
): Promise<Opened<readonly InterestAnswer[]>> => openWords(scene, "declaration", row.candidacyId, row.answersSealed);

export interface NewProfile {
  readonly profile: Profile;
  readonly photo: Upload | null;
  /** Keeps the photograph that is there when no new one comes. */
  readonly keepsPhoto: boolean;
  /** The version the form was filled in from; 0 for the first. */
  readonly version: number;
}

/** Keeps a new version of the profile. A photograph loses its metadata first: where somebody lives is not to be read from it. */
export async function saveProfile(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
  asked: NewProfile,
): Promise<Result<{ readonly version: number }, DescribeRefusal>> {
  const found = await acceptedOne(scene, key, number, hand);
  if (!found.ok) return found;
  const { row } = found.value;
  const profile: Profile = {
    ...asked.profile,
    occupation: cleanText(asked.profile.occupation),
    introduction: cleanText(asked.profile.introduction),
  };
  const faults = profileFaults(profile, Number(dayOf(scene.now).slice(0, 4)));
  if (faults.length > 0) return err({ reason: "profile_faulty", faults });
  const [rows] = await scene.db.read(listProfiles(scene, only(row.candidacyId)));
  const before = rows[0];
  const photo = await photoOf(scene, hand, asked);
  if (!photo.ok) return photo;
  const photoFile = photo.value ? photo.value.fileId : asked.keepsPhoto ? (before?.photoFile ?? null) : null;
  const photoHash = photo.value
    ? photo.value.sha256
    : photoFile && before
      ? (await openProfile(scene, before)).value.photo
      : null;
  const content = await sealWords(scene, "profile", row.candidacyId, { ...profile, photo: photoHash });
  // In the record, not on the election's timeline: how often somebody rewrites their profile is nobody's news.
  const leaf = appendLeaf(
    scene,
    "election.candidate_described",
    {
      election: row.electionId,
      nomination: number,
      version: asked.version + 1,
      commitment: content.commitment,
      by: hand.author.words,
    },
    row.electionId,
  );
  const written = await scene.db.write([
    insertProfile(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      version: asked.version + 1,
      contentSealed: content.sealed,
      photoFile,
      recordedBy: hand.id,
      recordedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    // Behind what guards the act: a batch that is sent twice must meet its guard first.
    ...hand.statements,
    ...(photo.value ? [photo.value.statement] : []),
  ]);
  if (written.ok) return ok({ version: asked.version + 1 });
  const { code } = written.error;
  if (code === "profile_over") return err({ reason: "list_is_out" });
  if (code !== "profile_stale" && code !== "unique:candidacy_profile")
    throw new Error(`a profile was refused by ${code}`);
  const [again] = await scene.db.read(listProfiles(scene, only(row.candidacyId)));
  // The same form sent twice: what it says is what stands.
  const stands = again[0] ? (await openProfile(scene, again[0])).value : null;
  if (stands && again[0]?.version === asked.version + 1 && isSame(stands, profile))
    return ok({ version: asked.version + 1 });
  return err({ reason: "version_stale" });
}

const isSame = (a: Profile, b: Profile): boolean =>
  a.introduction === b.introduction &&
  a.occupation === b.occupation &&
  a.birthYear === b.birthYear &&
  a.ageBand === b.ageBand &&
  a.addressShown === b.addressShown;

async function photoOf(
  scene: Scene,
  hand: Hand,
  { photo }: NewProfile,
): Promise<
  Result<{ readonly fileId: string; readonly sha256: string; readonly statement: Query } | null, DescribeRefusal>
> {
  if (!photo) return ok(null);
  const plain = photo.bytes.length > LARGEST_PHOTO_BYTES ? null : plainPhoto(photo.bytes);
  if (!plain) return err({ reason: "photo_refused", most: LARGEST_PHOTO_BYTES });
  // Named by what it is: a name such as IMG_20261103.jpg, or the person's own, is nobody's business.
  const put = await putFile(scene, { name: "photo", bytes: plain }, hand.id, "private");
  if (!put.ok) return put;
  return ok({ fileId: put.value.stored.fileId, sha256: put.value.stored.sha256, statement: put.value.statement });
}

export interface NewDeclaration {
  readonly declaration: Declaration;
  readonly version: number;
}

/** Signs a declaration of interests (SH 20). What it says is sealed; what its signer consents to is read by owners (PIPL 25). */
export async function signDeclaration(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
  { declaration, version }: NewDeclaration,
): Promise<Result<{ readonly version: number }, DescribeRefusal>> {
  const found = await acceptedOne(scene, key, number, hand);
  if (!found.ok) return found;
  const { row } = found.value;
  const asked = interestsAsked(await readCriteria(scene, row.electionId));
  const answers = asked.flatMap((interest): InterestAnswer[] => {
    const one = declaration.answers.find((answer) => answer.interest === interest);
    return one ? [{ interest, applies: one.applies, detail: one.applies ? cleanText(one.detail) : "" }] : [];
  });
  const faults = declarationFaults({ ...declaration, answers }, asked);
  if (faults.length > 0) return err({ reason: "declaration_faulty", faults });
  const publicItems: Interest[] = declaration.publicItems.filter((interest) => asked.includes(interest));
  const content = await sealWords(scene, "declaration", row.candidacyId, answers as unknown as Json);
  const leaf = appendLeaf(
    scene,
    "election.interests_declared",
    {
      election: row.electionId,
      nomination: number,
      version: version + 1,
      way: hand.way,
      commitment: content.commitment,
      by: hand.author.words,
    },
    row.electionId,
  );
  const written = await scene.db.write([
    insertDeclaration(scene, {
      electionId: row.electionId,
      candidacyId: row.candidacyId,
      version: version + 1,
      answersSealed: content.sealed,
      publicItems: JSON.stringify(publicItems),
      way: hand.way,
      paperFile: hand.paperFile,
      signedBy: hand.id,
      signedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    ...hand.statements,
  ]);
  if (written.ok) return ok({ version: version + 1 });
  const { code } = written.error;
  if (code === "declaration_over") return err({ reason: "list_is_out" });
  if (code !== "declaration_stale" && code !== "unique:candidacy_declaration")
    throw new Error(`a declaration was refused by ${code}`);
  const [again] = await scene.db.read(listDeclarations(scene, only(row.candidacyId)));
  const stands = again[0];
  const isTheSame =
    stands?.version === version + 1 &&
    stands.signedBy === hand.id &&
    JSON.stringify((await openDeclaration(scene, stands)).value) === JSON.stringify(answers);
  return isTheSame ? ok({ version: version + 1 }) : err({ reason: "version_stale" });
}
