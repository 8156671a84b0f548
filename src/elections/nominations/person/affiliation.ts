/** A person's political affiliation, told with a consent of its own or not at all (PIPL 28, 29). Joined to nothing that decides (Q6). No HTTP. */
import type { Instant } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { assertThat, type Query, type SQL, sql } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { sealOf } from "../../candidates/store.ts";
import type { ElectionKey } from "../../store.ts";
import { candidacyFor } from "../answering.ts";
import type { Hand } from "../hand.ts";
import { candidacyAffiliation } from "../schema.ts";
import { openWords, sealWords } from "../sealing.ts";
import { cleanText, lengthOf } from "./rules.ts";

export const LONGEST_AFFILIATION = 20;

registerSealed({
  table: "candidacy_affiliation",
  column: "sealed",
  key: ["candidacy_id", "consent_no"],
  contextOf: (communityId, row) => sealOf(communityId, "affiliation", String(row.candidacy_id)),
});

export type AffiliationRefusal =
  | { readonly reason: "unknown_candidacy" }
  | { readonly reason: "candidacy_withdrawn" }
  | { readonly reason: "not_accepted" }
  | { readonly reason: "list_is_out" }
  | { readonly reason: "consent_missing" }
  | { readonly reason: "affiliation_missing" }
  | { readonly reason: "affiliation_too_long"; readonly most: number }
  | { readonly reason: "version_stale" };

export interface AffiliationRow {
  readonly candidacyId: string;
  readonly consentNo: number;
  readonly sealed: string;
  readonly consentedAt: Instant;
}

/** The consents in force; at most one a person. */
export const listAffiliations = (
  { db, community }: Pick<Scene, "db" | "community">,
  candidacyIds: SQL,
): Query<AffiliationRow[]> =>
  db.all(
    sql`SELECT candidacy_id AS candidacyId, consent_no AS consentNo, sealed, consented_at AS consentedAt FROM candidacy_affiliation
        WHERE community_id = ${community.id} AND candidacy_id IN ${candidacyIds} AND taken_back_at IS NULL`,
  );

export const openAffiliation = async (scene: Pick<Scene, "keys" | "community">, row: AffiliationRow): Promise<string> =>
  (await openWords<string>(scene, "affiliation", row.candidacyId, row.sealed)).value;

const countConsents = (scene: Pick<Scene, "db" | "community">, candidacyId: string): Query<{ total: number }[]> =>
  scene.db.all(
    sql`SELECT count(*) AS total FROM candidacy_affiliation WHERE community_id = ${scene.community.id} AND candidacy_id = ${candidacyId}`,
  );

/** Keeps what the person wants to publish of it, with their separate consent; without the consent nothing is kept. */
export async function tellAffiliation(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
  asked: { readonly text: string; readonly consents: boolean },
): Promise<Result<true, AffiliationRefusal>> {
  const found = await candidacyFor(scene, key, number, hand);
  if (!found.ok) return found;
  const { election, row } = found.value;
  if (row.withdrawnAt !== null) return err({ reason: "candidacy_withdrawn" });
  if (row.answer !== "accepted") return err({ reason: "not_accepted" });
  if (election.state !== "nominating" && election.state !== "examining") return err({ reason: "list_is_out" });
  if (!asked.consents) return err({ reason: "consent_missing" });
  const text = cleanText(asked.text);
  if (text === "") return err({ reason: "affiliation_missing" });
  if (lengthOf(text) > LONGEST_AFFILIATION) return err({ reason: "affiliation_too_long", most: LONGEST_AFFILIATION });
  const { candidacyId, electionId } = row;
  const [held, counts] = await scene.db.read(
    listAffiliations(scene, sql`(${candidacyId})`),
    countConsents(scene, candidacyId),
  );
  const before = held[0];
  if (before && (await openAffiliation(scene, before)) === text) return ok(true);
  const content = await sealWords(scene, "affiliation", candidacyId, text);
  const leaf = appendLeaf(
    scene,
    "election.affiliation_consented",
    { election: electionId, nomination: number, commitment: content.commitment, by: hand.author.words },
    electionId,
  );
  const written = await scene.db.write([
    ...hand.statements,
    ...(before ? erase(scene, before) : []),
    scene.db.orm.insert(candidacyAffiliation).values({
      communityId: scene.community.id,
      candidacyId,
      consentNo: (counts[0]?.total ?? 0) + 1,
      sealed: content.sealed,
      consentedAt: scene.now,
      takenBackAt: null,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok(true);
  const [again] = await scene.db.read(listAffiliations(scene, sql`(${candidacyId})`));
  // The same form sent twice: what it says is what stands.
  const stands = again[0] ? await openAffiliation(scene, again[0]) : null;
  return stands === text ? ok(true) : err({ reason: "version_stale" });
}

/** The text and its salt are gone; that there was a consent, and when it ended, stays. */
const erase = ({ db, community, now }: Scene, { candidacyId, consentNo }: AffiliationRow): Query[] => [
  db.run(
    sql`UPDATE candidacy_affiliation SET sealed = NULL, taken_back_at = CAST(${now} AS INTEGER)
        WHERE community_id = ${community.id} AND candidacy_id = ${candidacyId} AND consent_no = CAST(${consentNo} AS INTEGER) AND taken_back_at IS NULL`,
  ),
  assertThat(db, "affiliation_stale", sql`changes() = 1`),
];

/** Takes the consent back, at any time, also after the list is out (PIPL 15): it is shown no more and the text is erased. */
export async function takeBackAffiliation(
  scene: Scene,
  key: ElectionKey,
  number: number,
  hand: Hand,
): Promise<Result<true, AffiliationRefusal>> {
  const found = await candidacyFor(scene, key, number, hand);
  if (!found.ok) return found;
  const { row } = found.value;
  const [held] = await scene.db.read(listAffiliations(scene, sql`(${row.candidacyId})`));
  const before = held[0];
  if (!before) return ok(true);
  const leaf = appendLeaf(
    scene,
    "election.affiliation_taken_back",
    { election: row.electionId, nomination: number, by: hand.author.words },
    row.electionId,
  );
  const written = await scene.db.write([...hand.statements, ...erase(scene, before), leaf.statement]);
  // Somebody, the person from another page, was faster: it is gone either way.
  return written.ok || written.error.code === "affiliation_stale" ? ok(true) : err({ reason: "version_stale" });
}
