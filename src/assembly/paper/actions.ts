/** Entering a ballot on paper: two people read it blind, equal readings make the ballot in the second one's batch, different ones wait for a third. */
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Permission } from "../../platform/access.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Cast, type CastInput, type CastRefusal, prepareBallot } from "../ballots/actions.ts";
import { ballotContent } from "../ballots/rules.ts";
import { type StandingBallot, type VotingCase, votingFrom, votingQueries } from "../ballots/store.ts";
import { mayUseProxy, type ProxyRefusal } from "../proxies/rules.ts";
import { findProxyOf, itemsOfProxy, type ProxyRow, useProxyRow } from "../proxies/store.ts";
import {
  compareEntries,
  mayEnter,
  mayReceive,
  type PaperEntry,
  type PaperRefusal,
  type PaperState,
  type Reading,
  readPaper,
  withinAuthority,
} from "./rules.ts";
import {
  type EntryRow,
  entryFrom,
  insertEntry,
  insertOutcome,
  listEntriesOf,
  listOutcomesOf,
  type OutcomeRow,
} from "./store.ts";

export type EnterRefusal =
  | PaperRefusal
  | CastRefusal
  | FileFault
  | Extract<ProxyRefusal, { reason: "revoked" | "used" }>
  /** The first reading needs a photograph of the sheet: it is what a later dispute is settled by. */
  | { readonly reason: "photo_missing" }
  /** Who enters does not confirm, and the other way round. */
  | { readonly reason: "not_your_part"; readonly part: "enter" | "confirm" }
  | { readonly reason: "no_proxy_on_record" }
  /** Somebody else added a reading to this sheet at the same moment. */
  | { readonly reason: "entered_meanwhile" }
  /** A ballot stands already; the sheet is kept apart, and both are in the record. */
  | { readonly reason: "set_aside"; readonly counts: Pick<StandingBallot, "castAt" | "channel" | "leafHash"> };

export interface PaperInput {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
  readonly typed: Reading;
  /** When it was handed in; only the first reading says so. */
  readonly receivedAt?: Instant;
  readonly photo?: { readonly name: string; readonly bytes: Uint8Array };
  /** The number of the sheet the form was made for; another one may have taken its place since. */
  readonly sheet?: number;
}

export interface Entered {
  readonly state: PaperState["state"];
  readonly paperNo: number;
  /** The ballot that came of it. */
  readonly cast: Cast | null;
}

/** Which sheet of a voter is being read: the one that waits, or the next. */
export function openSheet(
  entries: readonly EntryRow[],
  outcomes: readonly OutcomeRow[],
): { readonly paperNo: number; readonly rows: readonly EntryRow[] } {
  const settled = Math.max(0, ...outcomes.map(({ paperNo }) => paperNo));
  const rows = entries.filter(({ paperNo }) => paperNo > settled);
  return { paperNo: rows[0]?.paperNo ?? settled + 1, rows };
}

interface Sheet {
  readonly scene: StaffScene;
  readonly found: VotingCase;
  readonly input: PaperInput;
  readonly paperNo: number;
  readonly rows: readonly EntryRow[];
  readonly entries: readonly PaperEntry[];
  readonly proxy: ProxyRow | null;
}

/**
 * Adds a reading of a voter's sheet (GR 22; V2, V6, V10). The first is by someone who may enter and has a photograph; the
 * second, blind, by someone who may confirm; a third, by yet another, where the two differ. Equal readings make the
 * ballot in the same batch. A ballot that stands already, from whatever channel, is the one that counts: the sheet is set
 * aside, with a leaf. The same reading by the same person again changes nothing.
 */
export async function enterPaper(scene: StaffScene, input: PaperInput): Promise<Result<Entered, EnterRefusal>> {
  const { meetingId, voterNo } = input;
  const [entryRows, outcomes, proxies, ...rows] = await scene.db.read(
    listEntriesOf(scene, meetingId, voterNo),
    listOutcomesOf(scene, meetingId, voterNo),
    findProxyOf(scene, meetingId, voterNo),
    ...votingQueries(scene, meetingId, voterNo),
  );
  const found = votingFrom(...rows);
  if (!found) return err({ reason: "unknown_voter" });
  const sheet: Sheet = {
    scene,
    found,
    input,
    ...openSheet(entryRows, outcomes),
    entries: openSheet(entryRows, outcomes).rows.map(entryFrom),
    proxy: proxies[0] ?? null,
  };
  const part = sheet.entries.length === 0 ? "enter" : "confirm";
  const needs: Permission = part === "enter" ? "paper.enter" : "paper.confirm";
  if (found.standing) {
    const repeat = repeated(entryRows, outcomes, scene.actor.personId, found.standing, input.sheet);
    return repeat ? ok(repeat) : setAside(sheet, outcomes, found.standing);
  }
  if (input.sheet !== undefined && input.sheet !== sheet.paperNo) return err({ reason: "already_settled" });
  if (!scene.actor.permissions.has(needs)) return err({ reason: "not_your_part", part });
  return addReading(sheet, outcomes);
}

/** A person whose reading has already made the ballot asks again: the answer is the ballot. */
function repeated(
  rows: readonly EntryRow[],
  outcomes: readonly OutcomeRow[],
  by: string,
  standing: StandingBallot,
  sheet: number | undefined,
): Entered | null {
  const counted = outcomes.find(({ outcome, ballotLeaf }) => outcome === "counted" && ballotLeaf === standing.leafHash);
  // A further sheet of the same household is no repeat: it is set aside.
  if (sheet !== undefined && sheet !== counted?.paperNo) return null;
  const own = rows.some(({ paperNo, enteredBy }) => paperNo === counted?.paperNo && enteredBy === by);
  if (!counted || !own) return null;
  const { leafHash, version, channel, castAt } = standing;
  return { state: "ballot", paperNo: counted.paperNo, cast: { outcome: "stands", leafHash, version, channel, castAt } };
}

async function addReading(sheet: Sheet, outcomes: readonly OutcomeRow[]): Promise<Result<Entered, EnterRefusal>> {
  const { scene, found, input, paperNo, rows, entries } = sheet;
  const { actor, now } = scene;
  const read = readingOf(sheet);
  if (!read.ok) return read;
  const reading = read.value;
  const own = entries.find(({ by }) => by === actor.personId);
  if (own && canonicalReading(own.reading) === canonicalReading(reading))
    return ok({ state: compareEntries(entries).state, paperNo, cast: null });
  const entryNo = mayEnter(entries, actor.personId);
  if (!entryNo.ok) return entryNo;
  const receivedAt = rows[0]?.receivedAt ?? input.receivedAt ?? now;
  const { opensAt, closesAt } = found.meeting;
  if (opensAt === null || closesAt === null) return err({ reason: "not_open", opensAt, closesAt });
  const inTime = mayReceive(receivedAt, { opensAt, closesAt }, now);
  if (!inTime.ok) return inTime;
  const state = compareEntries([...entries, { entryNo: entryNo.value, by: actor.personId, reading }]);
  const settled = settle(sheet, state);
  if (!settled.ok) return settled;

  // The photograph goes last: everything that can be refused has been.
  if (entries.length === 0 && !input.photo) return err({ reason: "photo_missing" });
  const file = input.photo ? await putFile(scene, input.photo, actor.personId, "private") : null;
  if (file && !file.ok) return file;
  const received =
    entries.length === 0
      ? appendLeaf(
          scene,
          "paper.received",
          {
            meeting: input.meetingId,
            voter: input.voterNo,
            paper: paperNo,
            receivedAt,
            photo: file?.value.stored.sha256 ?? "",
            by: actor.personId,
          },
          input.meetingId,
        )
      : null;
  const written = await scene.db.write([
    ...(file ? [file.value.statement] : []),
    insertEntry(scene, {
      meetingId: input.meetingId,
      voterNo: input.voterNo,
      paperNo,
      entryNo: entryNo.value,
      reading: canonicalReading(reading),
      fileId: file?.value.stored.fileId ?? null,
      receivedAt,
      by: actor.personId,
    }),
    ...(received ? [received.statement] : []),
    ...settled.value.statements,
  ]);
  if (written.ok) return ok({ state: state.state, paperNo, cast: settled.value.cast });
  return afterAbort(sheet, outcomes, written.error.code);
}

/** The typed reading as it will stand, or what is wrong with it. */
function readingOf({ found, input, proxy }: Sheet): Result<Reading, EnterRefusal> {
  const { typed } = input;
  const read = readPaper(
    found.meeting.items,
    found.weights.map(({ itemNo }) => itemNo),
    typed,
  );
  if (!read.ok || !read.value.signed || !typed.byAgent) return read;
  if (!proxy) return err({ reason: "no_proxy_on_record" });
  const may = mayUseProxy(proxy);
  if (!may.ok) return may.error.reason === "used" ? err({ reason: "used" }) : err({ reason: "revoked" });
  return ok(withinAuthority(read.value, itemsOfProxy(proxy)));
}

const canonicalReading = ({ signed, answers, byAgent }: Reading): string =>
  canonicalJson({
    signed,
    answers: ballotContent(answers).map(({ item, options }) => ({ itemNo: item, options })),
    ...(byAgent ? { byAgent: true } : {}),
  } as unknown as Json);

/** What else the batch writes once the readings are compared. */
function settle(
  { scene, found, input, paperNo, entries, proxy }: Sheet,
  state: PaperState,
): Result<{ readonly statements: readonly Query[]; readonly cast: Cast | null }, EnterRefusal> {
  const { meetingId, voterNo } = input;
  const by = scene.actor.personId;
  if (state.state === "waiting") return ok({ statements: [], cast: null });
  if (state.state !== "ballot") {
    const leaf = appendLeaf(
      scene,
      state.state === "unsigned" ? "paper.unsigned" : "paper.disputed",
      { meeting: meetingId, voter: voterNo, paper: paperNo, by },
      meetingId,
    );
    const row = { meetingId, voterNo, paperNo, outcome: state.state, ballotLeaf: null, by, leafHash: leaf.leafHash };
    return ok({ statements: [insertOutcome(scene, row), leaf.statement], cast: null });
  }
  const readings = entries.length + 1;
  const agent = state.reading.byAgent ? proxy : null;
  const ballot: CastInput = {
    meetingId,
    voterNo,
    answers: state.reading.answers,
    channel: agent ? "proxy" : "paper",
    evidence: agent ? { by: "proxy", proxyId: agent.proxyId, paperNo } : { by: "paper", paperNo, readings },
  };
  const prepared = prepareBallot(scene, found, ballot);
  if (!prepared.ok) return prepared;
  const { cast, statements } = prepared.value;
  const row = { meetingId, voterNo, paperNo, outcome: "counted" as const, ballotLeaf: cast.leafHash, by };
  return ok({
    statements: [
      ...statements,
      insertOutcome(scene, { ...row, leafHash: cast.leafHash }),
      ...(agent ? useProxyRow(scene, meetingId, agent.proxyId) : []),
    ],
    cast,
  });
}

/** Keeps a sheet apart because a ballot stands, and records that it came. One such row a voter is enough. */
async function setAside(
  { scene, input, paperNo }: Sheet,
  outcomes: readonly OutcomeRow[],
  standing: StandingBallot,
): Promise<Result<Entered, EnterRefusal>> {
  const { meetingId, voterNo } = input;
  const { castAt, channel, leafHash } = standing;
  const by = scene.actor.personId;
  if (!outcomes.some(({ outcome }) => outcome === "set_aside")) {
    const leaf = appendLeaf(
      scene,
      "paper.set_aside",
      { meeting: meetingId, voter: voterNo, paper: paperNo, counts: leafHash, by },
      meetingId,
    );
    const row = { meetingId, voterNo, paperNo, outcome: "set_aside" as const, ballotLeaf: leafHash, by };
    const written = await scene.db.write([insertOutcome(scene, { ...row, leafHash: leaf.leafHash }), leaf.statement]);
    // Somebody else has just kept the same sheet apart: it is in the record once, which is enough.
    if (!written.ok && written.error.code !== "already_settled") throw new Error(`set aside: ${written.error.code}`);
  }
  return err({ reason: "set_aside", counts: { castAt, channel, leafHash } });
}

async function afterAbort(
  sheet: Sheet,
  outcomes: readonly OutcomeRow[],
  code: string,
): Promise<Result<Entered, EnterRefusal>> {
  const { scene, input, found } = sheet;
  switch (code) {
    case "already_voted": {
      // A ballot was cast on a telephone between the read and this batch.
      const rows = await scene.db.read(...votingQueries(scene, input.meetingId, input.voterNo));
      const standing = votingFrom(...rows)?.standing;
      if (!standing) throw new Error("a paper was refused as the second ballot, and no first is there");
      return setAside(sheet, outcomes, standing);
    }
    case "same_person_twice":
      return err({ reason: "entered_meanwhile" });
    case "already_settled":
    case "agenda_changed":
      return err({ reason: code });
    case "proxy_moved":
      return err({ reason: "revoked" });
    case "not_open":
      return found.meeting.closesAt === null
        ? err({ reason: "not_open", opensAt: found.meeting.opensAt, closesAt: null })
        : err({ reason: "closed", closesAt: found.meeting.closesAt });
    default:
      throw new Error(`a paper was refused by ${code}`);
  }
}
