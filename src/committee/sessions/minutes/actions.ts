/** Recording what happened in a meeting, and signing it: load, ask the rules, write with the leaf (M12). Publishing stands in resolutions/actions.ts. No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Instant } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { type FileFault, putFile } from "../../../platform/files.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import type { Json } from "../../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../../record/rules.ts";
import type { Practice } from "../../practice/rules.ts";
import { type Seated, seatedAt } from "../../seated/rules.ts";
import { itemsOf, type Loaded, loadSession, sessionLeaf } from "../actions.ts";
import type { SessionMoveRefusal } from "../rules.ts";
import {
  findMinutes,
  insertMinuteSignature,
  insertMinutes,
  insertPresences,
  insertVotes,
  listMinuteSignatures,
  listPresences,
  listVotes,
  type MinutesRow,
  type PresenceRow,
  type SessionKey,
  type SessionRow,
  type SignatureRow,
  updateSession,
  type VoteRow,
} from "../store.ts";
import {
  decideItem,
  type ItemDecision,
  type Minutes,
  type MinutesRefusal,
  mayRecord,
  maySign,
  type Reckoning,
  type Room,
  readMinutes,
  type SignRefusal,
  type Stance,
  wholeOf,
} from "./rules.ts";

export type RecordRefusal =
  | MinutesRefusal
  | SessionMoveRefusal
  | KeyReused
  | { readonly reason: "unknown_session" }
  | { readonly reason: "mandate_changed" }
  | { readonly reason: "session_stale" };

/**
 * The room a meeting was held in: who sat then, on how many seats, by the practice it was announced with. Null where another
 * committee was in office by then.
 */
export function roomOf(loaded: Loaded, heldAt: Instant): Room | null {
  const { row, committee, practice } = loaded;
  const { mandate } = committee;
  if (!mandate || mandate.mandateId !== row.mandateId || heldAt >= mandate.untilAt) return null;
  return {
    seated: seatedAt(committee.posts, heldAt),
    seats: mandate.seats,
    itemNos: itemsOf(row).map(({ itemNo }) => itemNo),
    holdsAt: row.holdsAt ?? heldAt,
    practice,
  };
}

/** What minutes amount to, before they are written: the same answer `recordMinutes` writes by. */
export function previewMinutes(loaded: Loaded, minutes: Minutes, now: Instant): Result<Reckoning, RecordRefusal> {
  const may = mayRecord(loaded.row.state);
  if (!may.ok) return may;
  const room = roomOf(loaded, minutes.heldAt);
  return room ? readMinutes(room, minutes, now) : err({ reason: "mandate_changed" });
}

/** What the record commits to of minutes: tenures stand for members, who are public by office and not in the record. */
function committed(seated: readonly Seated[], minutes: Minutes): Json {
  const tenure = new Map(seated.map((one) => [one.personId, one.tenureId]));
  return {
    heldAt: minutes.heldAt,
    text: minutes.text,
    present: minutes.presences.map(({ personId, present }) => ({ tenure: tenure.get(personId) ?? "", present })),
    votes: minutes.votes.map(({ itemNo, personId, choice, why }) => ({
      item: itemNo,
      tenure: tenure.get(personId) ?? "",
      choice,
      why,
    })),
  };
}

/**
 * Records a meeting, or a further version of its minutes until they are published. The roll call, every vote and the count are
 * one batch; the leaf commits to all of it, and its opening is kept beside the minutes.
 */
export async function recordMinutes(
  scene: StaffScene,
  key: SessionKey,
  asked: Minutes & { readonly version: number },
  once: string,
): Promise<Result<{ readonly minutesVersion: number; readonly quorate: boolean }, RecordRefusal>> {
  const { now, actor } = scene;
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row } = loaded;
  const { version: seen, ...minutes } = asked;
  const text = minutes.text.replace(/\r\n/g, "\n").trim();
  const read = previewMinutes(loaded, { ...minutes, text }, now);
  const room = roomOf(loaded, minutes.heldAt);
  if (!read.ok) return read;
  if (!room) return err({ reason: "mandate_changed" });
  const { quorum, seats, sitting } = read.value;
  const version = row.minutesVersion + 1;
  const salt = scene.random(SALT_BYTES);
  const leaf = sessionLeaf(scene, row.sessionId, "minutes_drafted", {
    version,
    heldAt: minutes.heldAt,
    present: quorum.part,
    whole: quorum.whole,
    least: quorum.least,
    quorate: quorum.holds,
    content: commit(salt, committed(room.seated, { ...minutes, text })),
  });
  const of = { sessionId: row.sessionId, version };
  const seatOf = new Map(room.seated.map((one) => [one.personId, one]));
  const statements: Query[] = [
    insertMinutes(scene, {
      ...of,
      heldAt: minutes.heldAt,
      text,
      seats,
      sitting,
      whole: quorum.whole,
      present: quorum.part,
      quorate: quorum.holds ? 1 : 0,
      salt: bytesToHex(salt),
      draftedBy: actor.personId,
      draftedAt: now,
      leafHash: leaf.leafHash,
    }),
    insertPresences(
      scene,
      of,
      minutes.presences.map(({ personId, present }) => {
        const { tenureId, post, standing } = seatOf.get(personId)!;
        return { personId, tenureId, post, standing, present };
      }),
    ),
    insertVotes(
      scene,
      of,
      minutes.votes.map(({ itemNo, personId, choice, why }) => ({
        itemNo,
        personId,
        choice,
        why: choice === "recused" ? why.trim() : "",
      })),
    ),
    leaf.statement,
    ...updateSession(scene, { ...row, version: seen }, { state: "recorded", minutesVersion: version }),
  ];
  const answer = { minutesVersion: version, quorate: quorum.holds };
  const body = JSON.stringify(["minutes", row.sessionId, minutes]);
  const done = await writeOnce(scene, { key: once, body }, statements, answer);
  if (done.ok) return done;
  if (done.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (["session_stale", "minutes_changed", "minutes_exist", "session_over"].includes(done.error.code))
    return err({ reason: "session_stale" });
  throw new Error(`minutes were refused by ${done.error.code}`);
}

// ——— What is recorded ———

/** The minutes of a meeting in their newest version, with what each item came to, computed again from the votes. */
export interface Recorded {
  readonly minutes: MinutesRow;
  readonly presences: readonly PresenceRow[];
  readonly votes: readonly Pick<VoteRow, "itemNo" | "personId" | "choice" | "why">[];
  readonly signatures: readonly Pick<
    SignatureRow,
    "personId" | "stance" | "remark" | "way" | "fileId" | "at" | "leafHash"
  >[];
  readonly decisions: readonly ItemDecision[];
}

/** The queries of the minutes, to join a read of one's own; `recordedOf` puts their rows together. */
export const minutesQueries = (scene: Scene, key: SessionKey) =>
  [
    findMinutes(scene, key),
    listPresences(scene, key),
    listVotes(scene, key),
    listMinuteSignatures(scene, key),
  ] as const;

export function recordedOf(
  row: SessionRow,
  practice: Practice,
  [minutes]: readonly MinutesRow[],
  presences: readonly PresenceRow[],
  votes: Recorded["votes"],
  signatures: Recorded["signatures"],
): Recorded | null {
  if (!minutes) return null;
  const decisions =
    minutes.quorate === 1
      ? itemsOf(row).map(({ itemNo }) =>
          decideItem(
            itemNo,
            votes.filter((vote) => vote.itemNo === itemNo).map(({ choice }) => choice),
            wholeOf(practice, minutes.seats, minutes.sitting),
            practice,
          ),
        )
      : [];
  return { minutes, presences, votes, signatures, decisions };
}

/** Members who were there: those who sign. */
export const signersOf = ({ presences }: Pick<Recorded, "presences">): PresenceRow[] =>
  presences.filter(({ standing, present }) => standing === "member" && present === 1);

// ——— Signing ———

export type SigningRefusal =
  | SignRefusal
  | FileFault
  | { readonly reason: "unknown_session" }
  | { readonly reason: "nobody_chosen" }
  | { readonly reason: "scan_missing" };

interface ToSign {
  readonly row: SessionRow;
  readonly recorded: Recorded;
}

async function loadToSign(scene: Scene, key: SessionKey): Promise<ToSign | null> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return null;
  const { row, practice } = loaded;
  const [minutes, presences, votes, signatures] = await scene.db.read(...minutesQueries(scene, row.sessionId));
  const recorded = recordedOf(row, practice, minutes, presences, votes, signatures);
  return recorded ? { row, recorded } : null;
}

const factsOf = ({ row, recorded }: ToSign) => ({
  state: row.state,
  version: row.minutesVersion,
  present: signersOf(recorded).map(({ personId }) => personId as string),
  answered: recorded.signatures.map(({ personId }) => personId),
});

function signStatements(
  scene: StaffScene,
  { row, recorded }: ToSign,
  line: {
    readonly personId: string;
    readonly stance: Stance;
    readonly remark: string;
    readonly way: "session" | "scan";
    readonly fileId: string | null;
    readonly scan: string;
  },
): Query[] {
  const tenure = recorded.presences.find(({ personId }) => personId === line.personId)?.tenureId ?? "";
  const leaf = sessionLeaf(scene, row.sessionId, line.stance === "signed" ? "signed" : "objected", {
    version: row.minutesVersion,
    minutes: recorded.minutes.leafHash,
    tenure,
    way: line.way,
    scan: line.scan,
  });
  return [
    insertMinuteSignature(scene, {
      sessionId: row.sessionId,
      version: row.minutesVersion,
      personId: line.personId,
      stance: line.stance,
      remark: line.remark,
      way: line.way,
      fileId: line.fileId,
      recordedBy: scene.actor.personId,
      at: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

const signRefused = (code: string): Result<never, SigningRefusal> => {
  if (code === "already_signed" || code === "unique:committee_signature") return err({ reason: "already_signed" });
  if (code === "not_to_sign") return err({ reason: "minutes_changed" });
  throw new Error(`a signature was refused by ${code}`);
};

/** A member who was there signs the minutes in their own session, or says what they have wrong. */
export async function signMinutes(
  scene: StaffScene,
  key: SessionKey,
  asked: { readonly minutesVersion: number; readonly stance: Stance; readonly remark: string },
): Promise<Result<true, SigningRefusal>> {
  const found = await loadToSign(scene, key);
  if (!found) return err({ reason: "unknown_session" });
  const remark = asked.remark.trim();
  const { personId } = scene.actor;
  const may = maySign(factsOf(found), { personId, version: asked.minutesVersion, stance: asked.stance, remark });
  if (!may.ok) return may;
  const line = { personId, stance: asked.stance, remark, way: "session" as const, fileId: null, scan: "" };
  const done = await scene.db.write(signStatements(scene, found, line));
  return done.ok ? ok(true) : signRefused(done.error.code);
}

/** Members signed on paper: the scan is kept, sealed, and its hash stands in the record beside each of them. */
export async function recordPaperSignatures(
  scene: StaffScene,
  key: SessionKey,
  asked: {
    readonly minutesVersion: number;
    readonly personIds: readonly string[];
    readonly scan: { readonly name: string; readonly bytes: Uint8Array } | null;
  },
): Promise<Result<true, SigningRefusal>> {
  const found = await loadToSign(scene, key);
  if (!found) return err({ reason: "unknown_session" });
  if (asked.personIds.length === 0) return err({ reason: "nobody_chosen" });
  for (const personId of asked.personIds) {
    const may = maySign(factsOf(found), {
      personId,
      version: asked.minutesVersion,
      stance: "signed",
      remark: "",
    });
    if (!may.ok) return may;
  }
  if (!asked.scan) return err({ reason: "scan_missing" });
  const put = await putFile(scene, asked.scan, scene.actor.personId, "private");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  const lines = [...new Set(asked.personIds)].flatMap((personId) =>
    signStatements(scene, found, {
      personId,
      stance: "signed",
      remark: "",
      way: "scan",
      fileId: stored.fileId,
      scan: stored.sha256,
    }),
  );
  const done = await scene.db.write([statement, ...lines]);
  return done.ok ? ok(true) : signRefused(done.error.code);
}
