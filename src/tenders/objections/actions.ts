/** Objecting, complaining about an answer, and deciding on either: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type AnswerRefusal, mayAnswer } from "../../ledger/questions/rules.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { authorOf, bidderAuthor, ownerAuthor, recordTenderEvent } from "../acting.ts";
import { readAnnounced } from "../bidders/actions.ts";
import { objectionContext } from "../bidders/sealed.ts";
import { DIALOGUE_SETTINGS } from "../bidders/settings.ts";
import type { TenderKey } from "../store.ts";
import {
  type About,
  type ComplainRefusal,
  decisionDue,
  isOutcome,
  mayComplain,
  mayObject,
  type ObjectRefusal,
  type Outcome,
} from "./rules.ts";
import { insertObjection, insertObjectionDecision, listObjections, type ObjectionRow } from "./store.ts";

const MOST_TRIES = 10;

/** Who objects: a bidder of the tender, or an owner. */
export interface Objector {
  readonly kind: "bidder" | "owner";
  readonly id: string;
}

/** What was objected, in its maker's own words: for those who decide, and for its maker. */
export const openObjection = (scene: Scene, tenderId: string, row: ObjectionRow): Promise<string> =>
  scene.keys.open(row.textSealed, objectionContext(scene.community.id, tenderId, row.objectionNo));

export type ObjectingRefusal = KeyReused | ObjectRefusal | ComplainRefusal | { readonly reason: "unknown_tender" };

/** What is objected to, or which objection's answer is complained about. */
export type Against = { readonly about: About } | { readonly complainsOf: number };

/** An objection to the committee, or a complaint to the street. The award waits until it is decided. */
export async function objectTo(
  scene: Scene,
  by: Objector,
  key: TenderKey,
  against: Against,
  text: string,
  once: string,
): Promise<Result<{ readonly objectionNo: number }, ObjectingRefusal>> {
  const body = scene.keys.index(JSON.stringify([by, against, text.trim()]), "once:tender-objection");
  const first = await findAnswer<{ objectionNo: number }>(scene, { key: once, body });
  if (first) return first;
  const settings = await readSettings(scene, DIALOGUE_SETTINGS);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, key);
    if (!read) return err({ reason: "unknown_tender" });
    const { tender } = read;
    const { tenderId } = tender;
    const [rows] = await scene.db.read(listObjections(scene, tenderId));
    const isOwn = (row: ObjectionRow): boolean => row.byKind === by.kind && row.byId === by.id;
    const of = "complainsOf" in against ? rows.find((row) => row.objectionNo === against.complainsOf) : undefined;
    const may =
      "complainsOf" in against
        ? mayComplain(
            {
              own: of !== undefined && isOwn(of),
              complains: of !== undefined && of.complainsOf !== null,
              decided: of !== undefined && of.decidedAt !== null,
              dueOn: of?.dueOn ?? "",
              complained: rows.some((row) => row.complainsOf === against.complainsOf),
            },
            tender.state,
            text,
            dayOf(scene.now),
          )
        : mayObject(
            tender,
            against.about,
            text,
            rows.filter((row) => isOwn(row) && row.complainsOf === null).length,
            scene.now,
          );
    if (!may.ok) return may;
    const about: About = "about" in against ? against.about : (of?.about ?? "documents");
    const complainsOf = "complainsOf" in against ? against.complainsOf : null;
    const objectionNo = rows.length + 1;
    const { objectionDays, complaintDays } = settings;
    const dueOn = decisionDue(scene.now, (complainsOf === null ? objectionDays : complaintDays).value);
    const textSealed = await scene.keys.seal(may.value, objectionContext(scene.community.id, tenderId, objectionNo));
    const event = recordTenderEvent(
      scene,
      tenderId,
      complainsOf === null ? "objection_made" : "complaint_made",
      { objection: objectionNo, about, due: dueOn, ...(complainsOf === null ? {} : { of: complainsOf }) },
      // Which bidder it was would tell, before the opening, that it registered.
      by.kind === "owner" ? ownerAuthor(by.id) : bidderAuthor(by.id),
      { text: sha256Hex(textSealed) },
    );
    const row = { tenderId, objectionNo, about, byKind: by.kind, byId: by.id, complainsOf, textSealed, dueOn };
    const insert = insertObjection(scene, { ...row, madeAt: scene.now, leafHash: event.leafHash });
    const written = await writeOnce(scene, { key: once, body }, [insert, ...event.statements], { objectionNo });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code === "objections_over") return err({ reason: "objections_over", open: [] });
    if (written.error.code !== "objections_changed_meanwhile")
      throw new Error(`an objection was refused by ${written.error.code}`);
  }
  throw new Error("too many objections at once");
}

export type DecisionRefusal =
  | AnswerRefusal
  | { readonly reason: "unknown_objection" }
  | { readonly reason: "outcome_missing" }
  | { readonly reason: "decided_already" }
  /** A complaint is the street's to decide, and not by who answered the objection. */
  | { readonly reason: "street_only" };

/** The committee answers an objection, the street a complaint: outcome, the objection in words that name nobody, and the reason. Once. */
export async function decideObjection(
  scene: StaffScene,
  key: TenderKey,
  objectionNo: number,
  asked: { readonly outcome: string; readonly shown: string; readonly reason: string },
): Promise<Result<true, DecisionRefusal>> {
  const read = await readAnnounced(scene, key);
  if (!read) return err({ reason: "unknown_objection" });
  const { tenderId } = read.tender;
  const [rows] = await scene.db.read(listObjections(scene, tenderId));
  const row = rows.find((one) => one.objectionNo === objectionNo);
  if (!row) return err({ reason: "unknown_objection" });
  const { permissions, posts } = scene.actor;
  if (row.complainsOf === null && !permissions.has("tender.decide")) return err({ reason: "unknown_objection" });
  if (row.complainsOf !== null && !posts.some(({ kind }) => kind === "street_officer"))
    return err({ reason: "street_only" });
  if (!isOutcome(asked.outcome)) return err({ reason: "outcome_missing" });
  const may = mayAnswer(asked.shown, asked.reason, "");
  if (!may.ok) return may;
  const { shown, answer: reason } = may.value;
  const outcome: Outcome = asked.outcome;
  if (row.decidedAt !== null)
    return row.outcome === outcome && row.reason === reason && row.shown === shown
      ? ok(true)
      : err({ reason: "decided_already" });
  const author = authorOf(scene);
  const event = recordTenderEvent(
    scene,
    tenderId,
    row.complainsOf === null ? "objection_decided" : "complaint_decided",
    { objection: objectionNo, about: row.about, outcome, reason },
    author,
    { shown: sha256Hex(shown) },
  );
  const written = await scene.db.write([
    insertObjectionDecision(scene, {
      tenderId,
      objectionNo,
      outcome,
      shown,
      reason,
      decidedBy: author.id,
      byWords: author.words,
      decidedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok) return ok(true);
  if (written.error.code === "decided_already") return err({ reason: "decided_already" });
  throw new Error(`a decision was refused by ${written.error.code}`);
}
