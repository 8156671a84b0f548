/** Asking for, drafting, announcing, putting off and withdrawing a meeting of the committee: load, ask the rules, write with the leaf (M12). No HTTP. */
import { findLatestMandate, listElectionsUnderWay } from "../../elections/store.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { KeyReused, Once } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalHash, type Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { authorisationOf } from "../delegation/actions.ts";
import { type AuthorisationRow, listUsableAuthorisations } from "../delegation/store.ts";
import { PRACTICE, type Practice } from "../practice/rules.ts";
import { type Committee, committeeOf, isInOffice } from "../seated/actions.ts";
import { membersOf } from "../seated/rules.ts";
import { listSeats } from "../seated/store.ts";
import { TERM_SETTINGS, termPhase } from "../standing/rules.ts";
import {
  type CallRefusal,
  type Draft,
  type ItemFault,
  mayCall,
  mayPostpone,
  mayWithdraw,
  type NoticeFacts,
  type NoticeFault,
  noticeFaults,
  type PostponeRefusal,
  type SessionItem,
  type SessionMoveRefusal,
  sessionIn,
} from "./rules.ts";
import {
  findSession,
  listRequests,
  type RequestRow,
  type SessionKey,
  type SessionRow,
  updateSession,
} from "./store.ts";

export const itemsOf = (row: Pick<SessionRow, "items">): SessionItem[] => JSON.parse(row.items) as SessionItem[];
export const practiceOf = (row: Pick<SessionRow, "practice">): Practice | null =>
  row.practice === null ? null : (JSON.parse(row.practice) as Practice);
const draftOf = (row: SessionRow): Draft => ({
  title: row.title,
  place: row.place,
  holdsAt: row.holdsAt,
  items: itemsOf(row),
});

/** What an act on a meeting needs to know, in one round trip. */
export interface Loaded {
  readonly row: SessionRow;
  readonly requests: readonly RequestRow[];
  readonly committee: Committee;
  /** What holds today; from the notice on a meeting keeps its own. */
  readonly practice: Practice;
  readonly authorisations: readonly AuthorisationRow[];
  readonly facts: Pick<NoticeFacts, "phase" | "bars">;
}

/** A meeting with everything its acts ask; null when there is none. */
export async function loadSession(scene: Scene, key: SessionKey): Promise<Loaded | null> {
  const { now } = scene;
  const today = dayOf(now);
  const [rows, requests, mandates, seats, settings, terms, authorisations, elections] = await scene.db.read(
    findSession(scene, key),
    listRequests(scene, key),
    findLatestMandate(scene, now),
    listSeats(scene, now),
    listSettings(scene, PRACTICE),
    listSettings(scene, TERM_SETTINGS),
    listUsableAuthorisations(scene, today, key),
    listElectionsUnderWay(scene),
  );
  const row = rows[0];
  if (!row) return null;
  const committee = await committeeOf(scene, mandates, seats, now);
  const term = valuesFromRows(TERM_SETTINGS, terms);
  const { mandate } = committee;
  return {
    row,
    requests,
    committee,
    practice: practiceOf(row) ?? valuesFromRows(PRACTICE, settings),
    authorisations,
    facts: {
      phase: mandate ? termPhase(mandate, today, term.leadMonths.value, elections.length > 0) : "over",
      bars: term.caretakerBars.value,
    },
  };
}

const noticeFactsOf = ({ row, practice, authorisations, facts }: Loaded): NoticeFacts => ({
  calledBy: row.calledBy,
  reachedAt: row.reachedAt,
  practice,
  authorisations: authorisations.map(authorisationOf),
  ...facts,
});

/** What keeps a meeting from being announced now. */
export const faultsNow = (loaded: Loaded, now: Instant): NoticeFault[] =>
  noticeFaults(draftOf(loaded.row), noticeFactsOf(loaded), now);

export type SessionRefusal =
  | KeyReused
  | SessionMoveRefusal
  | CallRefusal
  | PostponeRefusal
  | ItemFault
  | { readonly reason: "no_mandate" }
  /** It was drafted for a committee that is no longer in office. */
  | { readonly reason: "mandate_changed" }
  | { readonly reason: "unknown_session" }
  | { readonly reason: "unknown_item"; readonly itemNo: number }
  | { readonly reason: "unknown_resolution" }
  | { readonly reason: "not_a_member" }
  | { readonly reason: "not_yours_to_call" }
  | { readonly reason: "not_your_draft" }
  | { readonly reason: "session_title_missing" }
  | { readonly reason: "asked_already" }
  | { readonly reason: "agenda_joined" }
  | { readonly reason: "too_many_items"; readonly most: number }
  | { readonly reason: "notice_faulty"; readonly faults: readonly NoticeFault[] }
  /** Somebody changed it since the page was opened. */
  | { readonly reason: "session_stale" };

export const onceOf = (key: string, act: string, body: object): Once => ({ key, body: JSON.stringify([act, body]) });

/** The leaf `committee.<kind>` about a meeting. */
export const sessionLeaf = (scene: StaffScene, sessionId: string, kind: string, facts: Record<string, Json>) =>
  appendLeaf(scene, `committee.${kind}`, { ...facts, session: sessionId, by: authorOf(scene).words }, sessionId);

/** SHA-256 of the agenda as it is frozen, over its canonical JSON: items may be longer than an entry of the record. */
export const agendaHash = (items: readonly SessionItem[]): string => canonicalHash(items);

const STALE = ["session_stale", "session_over", "agenda_frozen"];

/** What came of a write on a meeting: the refusal its guards stand for. Anything else is a fault and thrown. */
export async function written<T>(
  result: Promise<Result<T, { readonly reason: "aborted"; readonly code: string } | KeyReused>>,
  what: string,
): Promise<Result<T, SessionRefusal>> {
  const done = await result;
  if (done.ok) return done;
  if (done.error.reason === "key_reused") return err({ reason: "key_reused" });
  const { code } = done.error;
  if (STALE.includes(code)) return err({ reason: "session_stale" });
  if (code === "asked_already" || code === "unique:committee_request") return err({ reason: "asked_already" });
  if (code === "request_over") return err({ reason: "session_stale" });
  throw new Error(`${what} was refused by ${code}`);
}

/** The committee as it sits now. One round trip. */
export async function committeeNow(scene: Scene): Promise<Committee> {
  const [mandates, seats] = await scene.db.read(findLatestMandate(scene, scene.now), listSeats(scene, scene.now));
  return committeeOf(scene, mandates, seats, scene.now);
}

export const isMember = ({ sitters }: Committee, personId: string): boolean =>
  membersOf(sitters).some((one) => one.personId === personId);

// ——— The notice ———

const presides = ({ actor }: StaffScene): boolean => actor.permissions.has("committee.call");

/** Whether the signed-in person may announce a meeting now. */
export function mayAnnounce({ row, requests, committee }: Loaded, scene: StaffScene): Result<true, SessionRefusal> {
  const members = membersOf(committee.sitters);
  const asking = requests.filter((one) => members.some(({ personId }) => personId === one.personId)).length;
  const caller = {
    presides: presides(scene),
    asked: requests.some(({ personId }) => personId === scene.actor.personId),
  };
  const of = { calledBy: row.calledBy, reachedAt: row.reachedAt, asking, sitting: members.length };
  return mayCall(of, caller, dayOf(scene.now));
}

/** Announces a meeting: agenda, day and practice are public and frozen from here on. */
export async function giveSessionNotice(
  scene: StaffScene,
  key: SessionKey,
  version: number,
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row, committee, practice } = loaded;
  const open = sessionIn(row.state, "draft", "requested");
  if (!open.ok) return open;
  if (row.version !== version) return err({ reason: "session_stale" });
  if (!isInOffice(committee.mandate, scene.now)) return err({ reason: "no_mandate" });
  if (committee.mandate.mandateId !== row.mandateId) return err({ reason: "mandate_changed" });
  const may = mayAnnounce(loaded, scene);
  if (!may.ok) return may;
  const faults = faultsNow(loaded, scene.now);
  if (faults.length > 0) return err({ reason: "notice_faulty", faults });
  const items = itemsOf(row);
  const leaf = sessionLeaf(scene, row.sessionId, "notice_given", {
    number: row.number,
    mandate: row.mandateId,
    calledBy: row.calledBy,
    title: row.title,
    place: row.place,
    holdsAt: row.holdsAt!,
    agenda: agendaHash(items),
    items: items.map(({ itemNo, title, matter, authorisationId }) => ({
      no: itemNo,
      title,
      matter,
      authorisation: authorisationId,
    })),
  });
  const change = {
    state: "noticed" as const,
    practice: JSON.stringify(practice),
    noticedBy: scene.actor.personId,
    noticedAt: scene.now,
  };
  const done = await written(
    scene.db.write([...updateSession(scene, row, change), leaf.statement]),
    "the notice of a meeting",
  );
  return done.ok ? ok(true) : done;
}

/** Puts an announced meeting off to a later time; place and agenda stay. */
export async function postponeSession(
  scene: StaffScene,
  key: SessionKey,
  asked: { readonly version: number; readonly holdsAt: Instant | null; readonly why: string },
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row } = loaded;
  const open = sessionIn(row.state, "noticed");
  if (!open.ok) return open;
  if (!presides(scene) && row.noticedBy !== scene.actor.personId) return err({ reason: "not_yours_to_call" });
  if (row.version !== asked.version) return err({ reason: "session_stale" });
  const may = mayPostpone(row.holdsAt ?? scene.now, asked.holdsAt, asked.why, scene.now);
  if (!may.ok) return may;
  const leaf = sessionLeaf(scene, row.sessionId, "postponed", { holdsAt: may.value, why: asked.why.trim() });
  const done = await written(
    scene.db.write([...updateSession(scene, row, { holdsAt: may.value }), leaf.statement]),
    "putting off a meeting",
  );
  return done.ok ? ok(true) : done;
}

/**
 * Withdraws a meeting that was not held. A draft goes without a word; of what was public the reason is. A request enough have
 * made is not the chair's to withdraw: only the member who asked first can, and the others may ask again.
 */
export async function withdrawSession(
  scene: StaffScene,
  key: SessionKey,
  asked: { readonly version: number; readonly why: string },
): Promise<Result<true, SessionRefusal>> {
  const loaded = await loadSession(scene, key);
  if (!loaded) return err({ reason: "unknown_session" });
  const { row } = loaded;
  const open = sessionIn(row.state, "draft", "requested", "noticed");
  if (!open.ok) return open;
  const isOwn = row.draftedBy === scene.actor.personId;
  const mayDo = row.calledBy === "members" ? isOwn : isOwn || presides(scene);
  if (!mayDo) return err({ reason: "not_your_draft" });
  if (row.version !== asked.version) return err({ reason: "session_stale" });
  const said = mayWithdraw(asked.why);
  if (!said.ok) return said;
  const leaf = sessionLeaf(scene, row.sessionId, "withdrawn", { why: asked.why.trim() });
  const change = { state: "withdrawn" as const, endedAt: scene.now, endedWhy: asked.why.trim() };
  const done = await written(
    scene.db.write([...updateSession(scene, row, change), ...(row.state === "draft" ? [] : [leaf.statement])]),
    "withdrawing a meeting",
  );
  return done.ok ? ok(true) : done;
}
