/** The list of companies that may not bid (禁入名单): entering one with its document, lifting it before its day. Load, ask, write with the leaf. No HTTP. */
import { dayOf, isDay } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { type Query, sql } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { DEBARMENT, type DebarmentRow } from "../bidders/store.ts";

/** The whole list, what ends last first. */
export const listDebarments = (
  { db, community }: Pick<Scene, "db" | "community">,
  page: { readonly limit: number; readonly offset: number },
): Query<DebarmentRow[]> =>
  db.all(
    sql`${DEBARMENT} WHERE d.community_id = ${community.id} ORDER BY d.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countDebarments = ({ db, community }: Pick<Scene, "db" | "community">): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM tender_debarment WHERE community_id = ${community.id}`);
export const findDebarment = (
  { db, community }: Pick<Scene, "db" | "community">,
  number: number,
): Query<DebarmentRow[]> =>
  db.all(sql`${DEBARMENT} WHERE d.community_id = ${community.id} AND d.number = CAST(${number} AS INTEGER)`);

export interface DebarmentAsked {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
  readonly beginsOn: string;
  readonly endsOn: string;
}
export type DebarRefusal =
  | KeyReused
  | FileFault
  | { readonly reason: "missing"; readonly field: "name" | "code" | "reason" | "file" }
  | { readonly reason: "code_impossible" }
  | { readonly reason: "not_a_day"; readonly field: "beginsOn" | "endsOn" }
  | { readonly reason: "ends_before_begin" };

const MOST_TRIES = 10;

/** Bars a company from a day to the end of another, on a document that everybody can read. */
export async function debar(
  scene: StaffScene,
  asked: DebarmentAsked,
  file: { readonly name: string; readonly bytes: Uint8Array } | null,
  once: string,
): Promise<Result<{ readonly number: number }, DebarRefusal>> {
  const body = JSON.stringify(asked);
  const first = await findAnswer<{ number: number }>(scene, { key: once, body });
  if (first) return first;
  const [name, reason] = [asked.name.trim().slice(0, 80), asked.reason.trim().slice(0, 1_000)];
  const { code, findings } = examineCreditCode(asked.code);
  if (name === "") return err({ reason: "missing", field: "name" });
  if (code === "") return err({ reason: "missing", field: "code" });
  if (findings.some(({ finding }) => finding === "length" || finding === "characters"))
    return err({ reason: "code_impossible" });
  if (reason === "") return err({ reason: "missing", field: "reason" });
  for (const field of ["beginsOn", "endsOn"] as const)
    if (!isDay(asked[field])) return err({ reason: "not_a_day", field });
  if (asked.endsOn < asked.beginsOn) return err({ reason: "ends_before_begin" });
  if (!file) return err({ reason: "missing", field: "file" });
  const put = await putFile(scene, file, scene.actor.personId, "public");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  const author = authorOf(scene);
  const { db, community, now } = scene;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [counted] = await db.read(countDebarments(scene));
    const number = (counted[0]?.total ?? 0) + 1;
    const debarmentId = newId<string>(scene.random);
    const { beginsOn, endsOn } = asked;
    const facts = { debarment: number, name, code, reason, begins: beginsOn, ends: endsOn, file: stored.sha256 };
    const leaf = appendLeaf(scene, "tender.debarment_entered", { ...facts, by: author.words }, debarmentId);
    const insert = db.run(
      sql`INSERT INTO tender_debarment(community_id, debarment_id, number, code, name, reason, file_id, file_hash, begins_on, ends_on, entered_by, by_words, entered_at, leaf_hash)
          VALUES (${community.id}, ${debarmentId}, CAST(${number} AS INTEGER), ${code}, ${name}, ${reason}, ${stored.fileId}, ${stored.sha256},
                  ${beginsOn}, ${endsOn}, ${author.id}, ${author.words}, CAST(${now} AS INTEGER), ${leaf.leafHash})`,
    );
    const written = await writeOnce(scene, { key: once, body }, [statement, insert, leaf.statement], { number });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code !== "debarments_changed_meanwhile")
      throw new Error(`a debarment was refused by ${written.error.code}`);
  }
  throw new Error("too many debarments at once");
}

export type LiftRefusal =
  | { readonly reason: "unknown_debarment" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "over_already"; readonly endsOn: string };

/** Ends a bar from today on. A repeat finds it lifted. */
export async function liftDebarment(
  scene: StaffScene,
  number: number,
  why: string,
): Promise<Result<true, LiftRefusal>> {
  const { db, community, now } = scene;
  const [rows] = await db.read(findDebarment(scene, number));
  const [row] = rows;
  if (!row) return err({ reason: "unknown_debarment" });
  if (row.liftedOn !== null) return ok(true);
  const today = dayOf(now);
  if (row.endsOn < today) return err({ reason: "over_already", endsOn: row.endsOn });
  const reason = why.trim().slice(0, 1_000);
  if (reason === "") return err({ reason: "why_missing" });
  const author = authorOf(scene);
  const facts = { debarment: number, code: row.code, lifted: today, reason };
  const leaf = appendLeaf(scene, "tender.debarment_lifted", { ...facts, by: author.words }, row.debarmentId);
  const written = await db.write([
    db.run(
      sql`INSERT INTO tender_debarment_lifted(community_id, debarment_id, lifted_on, reason, lifted_by, by_words, lifted_at, leaf_hash)
          VALUES (${community.id}, ${row.debarmentId}, ${today}, ${reason}, ${author.id}, ${author.words}, CAST(${now} AS INTEGER), ${leaf.leafHash})`,
    ),
    leaf.statement,
  ]);
  if (written.ok || written.error.code === "lifted_already") return ok(true);
  throw new Error(`lifting a debarment was refused by ${written.error.code}`);
}
