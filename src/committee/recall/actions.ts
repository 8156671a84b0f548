/** Proposing, signing, answering and deciding a recall: load, ask the rules, write with the leaf (GR 44, HZ 31; M14). No HTTP. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Announced, registerOrigin } from "../../assembly/agenda/origins.ts";
import { type Item, isOfOrigin, yesNoAbstain } from "../../assembly/agenda/rules.ts";
import { viewPetition } from "../../assembly/convening/actions.ts";
import { listPublishedResults, listPublishedRuns } from "../../assembly/counting/store.ts";
import { readRuns } from "../../assembly/counting/stored.ts";
import { authorOf, CLOCK } from "../../assembly/meeting/acting.ts";
import { createDraft, type DraftRefusal, saveItem } from "../../assembly/meeting/drafting.ts";
import { readItem } from "../../assembly/meeting/reading.ts";
import { findMeeting, listItems } from "../../assembly/meeting/store.ts";
import { dayOf } from "../../kernel/day.ts";
import { type MeetingId, newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { findPerson, openName } from "../../offices/people/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { insertEnd, listTenuresFrom, type TenureRow } from "../../offices/terms/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { isMemberPost } from "../seated/rules.ts";
import { TERM_SETTINGS, type TermSettings } from "../standing/rules.ts";
import {
  defenceUntil,
  mayDefend,
  mayPlace,
  type RecallFacts,
  type RecallRefusal,
  type RecallState,
  readText,
  recallState,
} from "./rules.ts";
import {
  countRecalls,
  findRecall,
  insertRecall,
  insertSignature,
  listOpenRecalls,
  listRecalls,
  listSigners,
  moveRecall,
  type RecallKey,
  type RecallRow,
  reopenRecall,
  tellWhenEnough,
  writeDefence,
} from "./store.ts";

export const RECALL_ORIGIN = "recall";

export type RecallActRefusal =
  | RecallRefusal
  | KeyReused
  | { readonly reason: "unknown_recall" }
  /** The tenure is no seat of a member, or does not run today. */
  | { readonly reason: "no_such_member" }
  /** Only members propose with a third of the members, and nobody their own recall. */
  | { readonly reason: "not_a_member" }
  | { readonly reason: "own_recall" }
  | { readonly reason: "signed_already" }
  | { readonly reason: "recall_under_way" }
  | { readonly reason: "unknown_petition" }
  | { readonly reason: "not_yours_to_answer" };

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Tenures by which members sit now; one person may have several. */
const sittingOf = (rows: readonly TenureRow[], now: number): TenureRow[] =>
  rows.filter(({ postKind, fromAt }) => isMemberPost(postKind) && fromAt <= now);
async function sittingMembers(scene: Scene): Promise<TenureRow[]> {
  const [rows] = await scene.db.read(listTenuresFrom(scene, scene.now));
  return sittingOf(rows, scene.now);
}
const personsOf = (rows: readonly TenureRow[]): Set<PersonId> => new Set(rows.map(({ personId }) => personId));

// ——— A recall as it stands ———

export interface RecallView {
  readonly row: RecallRow;
  readonly facts: RecallFacts;
  readonly state: RecallState;
  readonly defenceDays: number;
  /** The member whose seat it is, named: members are named in public. */
  readonly name: string;
  readonly signers: readonly { readonly name: string; readonly signedAt: number }[];
}

/** A recall with its clock, as of now; null when there is none. Two round trips, three where a petition stands behind it. */
export async function viewRecall(scene: Scene, key: RecallKey): Promise<RecallView | null> {
  const [rows, signers, tenures, settings] = await scene.db.read(
    findRecall(scene, key, scene.now),
    listSigners(scene, key),
    listTenuresFrom(scene, scene.now),
    listSettings(scene, TERM_SETTINGS),
  );
  const row = rows[0];
  if (!row) return null;
  const reached = row.petitionId === null ? null : ((await viewPetition(scene, row.petitionId))?.reached ?? false);
  const names = await namesOf(scene, [row.personId, ...signers.map(({ personId }) => personId)]);
  return viewOf(scene, row, {
    names,
    reached,
    sitting: personsOf(sittingOf(tenures, scene.now)).size,
    settings: valuesFromRows(TERM_SETTINGS, settings),
    signers,
  });
}

/** A page of recalls, the newest first, and how many there are. Two round trips, however many they are. A petition behind one is taken as reached: it had to be. */
export async function listRecallViews(
  scene: Scene,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly views: readonly RecallView[]; readonly total: number }> {
  const [rows, total, tenures, settings] = await scene.db.read(
    listRecalls(scene, scene.now, page),
    countRecalls(scene),
    listTenuresFrom(scene, scene.now),
    listSettings(scene, TERM_SETTINGS),
  );
  const names = await namesOf(
    scene,
    rows.map(({ personId }) => personId),
  );
  const shared = {
    names,
    sitting: personsOf(sittingOf(tenures, scene.now)).size,
    settings: valuesFromRows(TERM_SETTINGS, settings),
    signers: [],
  };
  return {
    views: rows.map((row) => viewOf(scene, row, { ...shared, reached: row.petitionId === null ? null : true })),
    total: total[0]?.recalls ?? 0,
  };
}

async function namesOf(scene: Scene, ids: readonly PersonId[]): Promise<ReadonlyMap<string, string>> {
  const people = await scene.db.readMany([...new Set(ids)].map((id) => findPerson(scene, id)));
  const names = await Promise.all(
    people.flat().map(async (person): Promise<[string, string]> => [person.personId, await openName(scene, person)]),
  );
  return new Map(names);
}

function viewOf(
  scene: Pick<Scene, "now">,
  row: RecallRow,
  known: {
    readonly names: ReadonlyMap<string, string>;
    readonly reached: boolean | null;
    readonly sitting: number;
    readonly settings: TermSettings;
    readonly signers: readonly { readonly personId: PersonId; readonly signedAt: number }[];
  },
): RecallView {
  const facts: RecallFacts = {
    state: row.state,
    by: row.proposer,
    signers: row.signers,
    sitting: known.sitting,
    petitionReached: known.reached,
    toldAt: row.toldAt,
    defended: row.defence !== null,
    holds: row.holds === 1,
  };
  const defenceDays = known.settings.recallDefenceDays.value;
  return {
    row,
    facts,
    state: recallState(facts, defenceDays, scene.now),
    defenceDays,
    name: known.names.get(row.personId) ?? "",
    signers: known.signers.map(({ personId, signedAt }) => ({ name: known.names.get(personId) ?? "", signedAt })),
  };
}

// ——— Proposing ———

export interface RecallAsked {
  readonly tenureId: string;
  readonly reasons: string;
  /** Empty where members propose. */
  readonly petitionId: string;
}

/**
 * Proposes a recall: a member with the first signature, or the secretary for a petition of owners that has its fifth. The
 * database refuses a second one of the same seat and one of a seat that was left.
 */
export async function proposeRecall(
  scene: StaffScene,
  asked: RecallAsked,
  once: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const { actor, now } = scene;
  const reasons = readText(asked.reasons, "reasons");
  if (!reasons.ok) return reasons;
  const members = await sittingMembers(scene);
  const seat = members.find(({ tenureId }) => tenureId === asked.tenureId);
  if (!seat) return err({ reason: "no_such_member" });
  const byOwners = asked.petitionId !== "";
  const sitting = personsOf(members);
  if (byOwners) {
    const petition = await viewPetition(scene, asked.petitionId);
    if (!petition) return err({ reason: "unknown_petition" });
    if (!petition.reached) return err({ reason: "petition_too_small" });
  } else {
    if (!sitting.has(actor.personId)) return err({ reason: "not_a_member" });
    if (seat.personId === actor.personId) return err({ reason: "own_recall" });
  }
  const recallId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "recall.proposed",
    {
      recall: recallId,
      tenure: seat.tenureId,
      proposer: byOwners ? "owners" : "members",
      petition: asked.petitionId,
      reasons: hashOf(reasons.value),
      by: authorOf(scene).words,
    },
    recallId,
  );
  const statements: Query[] = [
    insertRecall(scene, {
      recallId,
      tenureId: seat.tenureId,
      personId: seat.personId,
      proposer: byOwners ? "owners" : "members",
      petitionId: byOwners ? asked.petitionId : null,
      reasons: reasons.value,
      proposedBy: actor.personId,
      proposedAt: now,
      toldAt: byOwners ? now : null,
    }),
    leaf.statement,
    ...(byOwners ? [] : signing(scene, recallId, sitting.size)),
  ];
  return refusedAs(await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, statements, { recallId }));
}

/** A member's signature, its leaf, and the start of the defence when it is the one that makes a third. */
function signing(scene: StaffScene, recallId: string, sitting: number): Query[] {
  const leaf = appendLeaf(scene, "recall.signed", { recall: recallId, by: authorOf(scene).words }, recallId);
  return [
    insertSignature(scene, { recallId, personId: scene.actor.personId, signedAt: scene.now, leafHash: leaf.leafHash }),
    leaf.statement,
    tellWhenEnough(scene, recallId, sitting, scene.now),
  ];
}

/** A further member signs. Signing twice is one signature. */
export async function signRecall(
  scene: StaffScene,
  recallId: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const sitting = personsOf(await sittingMembers(scene));
  if (!sitting.has(scene.actor.personId)) return err({ reason: "not_a_member" });
  if (view.row.personId === scene.actor.personId) return err({ reason: "own_recall" });
  if (view.state === "dropped") return err({ reason: "left_already" });
  if (view.row.state !== "proposed" || view.row.proposer !== "members")
    return err({ reason: "recall_not_open", state: view.state });
  const written = await scene.db.write(signing(scene, recallId, sitting.size));
  if (written.ok || written.error.code === "signed_already") return ok({ recallId });
  return refusedAs(written);
}

/** The defence, by the member in their own session, or entered from a signed sheet by whoever keeps the minutes. The newest stands. */
export async function defend(
  scene: StaffScene,
  recallId: string,
  text: string,
): Promise<Result<{ readonly recallId: string }, RecallActRefusal>> {
  const defence = readText(text, "defence");
  if (!defence.ok) return defence;
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const own = view.row.personId === scene.actor.personId;
  if (!own && !scene.actor.permissions.has("committee.record")) return err({ reason: "not_yours_to_answer" });
  const may = mayDefend(view.facts, view.defenceDays, scene.now);
  if (!may.ok) return may;
  if (view.row.defence === defence.value) return ok({ recallId });
  const leaf = appendLeaf(
    scene,
    "recall.defended",
    { recall: recallId, defence: hashOf(defence.value), own, by: own ? "本人" : authorOf(scene).words },
    recallId,
  );
  const written = await scene.db.write([
    ...writeDefence(scene, recallId, { text: defence.value, at: scene.now }),
    leaf.statement,
  ]);
  return written.ok ? ok({ recallId }) : refusedAs(written);
}

function refusedAs<T>(
  written: Result<T, KeyReused | { readonly reason: "aborted"; readonly code: string }>,
): Result<T, RecallActRefusal> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "recall_under_way":
      return err({ reason: "recall_under_way" });
    case "left_already":
      return err({ reason: "left_already" });
    case "signed_already":
      return err({ reason: "signed_already" });
    case "recall_over":
    case "recall_moved":
      return err({ reason: "recall_not_open", state: "placed" });
    default:
      throw new Error(`a recall was refused by ${written.error.code}`);
  }
}

// ——— The item ———

const NO_DEFENCE = "（被提议罢免的委员在规定时间内没有提交申辩。）";

/** The item owners vote on: reasons and defence, one after the other, at the same length at most. */
export function recallItem({ row, name }: Pick<RecallView, "row" | "name">, itemNo: number): Item {
  return {
    itemNo,
    matter: 3,
    title: `是否罢免${name}的业主委员会委员职务`,
    text: [
      `一、提议：${row.proposer === "owners" ? "业主联名" : "业主委员会三分之一以上委员"}，${dayOf(row.proposedAt)}`,
      `二、理由：\n${row.reasons}`,
      `三、本人申辩：\n${row.defence ?? NO_DEFENCE}`,
      "四、同意即罢免其委员职务（兼任主任、副主任的一并终止）；未通过则继续任职。",
    ].join("\n\n"),
    scope: { kind: "estate" },
    question: yesNoAbstain(),
    attachments: [],
    origin: {
      kind: RECALL_ORIGIN,
      id: row.recallId,
      facts: { tenure: row.tenureId, reasons: hashOf(row.reasons), defence: hashOf(row.defence ?? "") },
    },
  };
}

export type PlaceRefusal = RecallActRefusal | DraftRefusal;

/** Puts a recall on the agenda of a new meeting's draft. It is placed only when notice of that meeting is given. */
export async function placeRecall(
  scene: StaffScene,
  recallId: string,
  once: string,
): Promise<Result<{ readonly meetingId: MeetingId }, PlaceRefusal>> {
  const view = await viewRecall(scene, recallId);
  if (!view) return err({ reason: "unknown_recall" });
  const may = mayPlace(view.facts, view.defenceDays, scene.now);
  if (!may.ok) return may;
  const { row } = view;
  const convener = row.petitionId
    ? { kind: "petition" as const, cause: row.reasons.slice(0, 100), petitionId: row.petitionId }
    : { kind: "committee" as const, cause: "业主委员会三分之一以上委员提议罢免委员" };
  const drafted = await createDraft(scene, { title: "业主大会会议（罢免业主委员会委员）", convener }, `${once}:draft`);
  if (!drafted.ok) return drafted;
  const { meetingId, version } = drafted.value;
  const saved = await saveItem(scene, { meetingId, version, once: `${once}:item` }, recallItem(view, 1));
  return saved.ok ? ok({ meetingId }) : saved;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });

registerOrigin(RECALL_ORIGIN, {
  words: say("罢免委员", "Recall of a member"),
  path: ({ origin }) => `/committee/recalls/${origin?.id ?? ""}`,
  async noticing(scene: StaffScene, item: Item, meeting: Announced) {
    const view = await viewRecall(scene, item.origin!.id);
    if (!view) return { objections: [say("这项罢免程序不存在。", "There is no such recall.")], statements: [] };
    const may = mayPlace(view.facts, view.defenceDays, scene.now);
    if (!may.ok) return { objections: [notPlaced(may.error)], statements: [] };
    const expected = recallItem(view, item.itemNo);
    if (
      JSON.stringify([expected.title, expected.text, expected.origin]) !==
      JSON.stringify([item.title, item.text, item.origin])
    )
      return {
        objections: [
          say(
            "申辩或理由在议题写好以后有变动，请到罢免页面重新放入议程。",
            "Defence or reasons changed after the item was made; put it on the agenda again from the recall's page.",
          ),
        ],
        statements: [],
      };
    const leaf = appendLeaf(
      scene,
      "recall.placed",
      { recall: view.row.recallId, meeting: meeting.meetingId, item: item.itemNo },
      view.row.recallId,
    );
    const moved = { meetingId: meeting.meetingId, itemNo: item.itemNo };
    return {
      objections: [],
      statements: [
        ...moveRecall(scene, view.row.recallId, "proposed", "placed", moved, "origin_stale"),
        leaf.statement,
      ],
    };
  },
});

/** Why a recall cannot go out, in words for the notice. */
function notPlaced(refusal: RecallRefusal): Bilingual {
  switch (refusal.reason) {
    case "left_already":
      return say("该委员已经离任，没有可以罢免的职务。", "The member has left; there is nothing to recall them from.");
    case "defence_running":
      return say(
        `申辩期到${refusal.until}为止，期满或收到申辩后才能公告。`,
        `The time for the defence runs until ${refusal.until}; notice comes after it, or after the defence.`,
      );
    case "too_few_signers":
      return say(
        `联名的委员只有${refusal.signers}人，至少要${refusal.least}人。`,
        `Only ${refusal.signers} members signed; ${refusal.least} are needed.`,
      );
    case "petition_too_small":
      return say("提议的业主不足百分之二十。", "Fewer than twenty per cent of the owners ask for it.");
    default:
      return say("这项罢免程序已经结束或已在另一次会议上。", "This recall is over, or on another meeting's agenda.");
  }
}

// ——— The decision ———

/**
 * Settles what has been decided: a recall whose meeting is published is carried or lost, one whose meeting was withdrawn or
 * annulled is open again. Rung by cron; harmless to repeat, because each move names the state it moves from.
 */
export async function settleRecalls(scene: Scene): Promise<number> {
  const [open] = await scene.db.read(listOpenRecalls(scene, scene.now));
  let settled = 0;
  for (const row of open) {
    if (row.state === "proposed") {
      if (row.holds === 0) settled += await drop(scene, row);
    } else if (await settle(scene, row)) settled += 1;
  }
  return settled;
}

/** The member left by another act: nobody is left to recall. */
async function drop(scene: Scene, row: RecallRow): Promise<number> {
  const leaf = appendLeaf(scene, "recall.dropped", { recall: row.recallId, by: CLOCK.words }, row.recallId);
  const written = await scene.db.write([
    ...moveRecall(scene, row.recallId, "proposed", "dropped", { settledAt: scene.now }),
    leaf.statement,
  ]);
  return written.ok ? 1 : 0;
}

async function settle(scene: Scene, row: RecallRow): Promise<boolean> {
  const meetingId = row.meetingId as MeetingId;
  const [meetings, itemRows, runRows, results, tenures] = await scene.db.read(
    findMeeting(scene, meetingId),
    listItems(scene, meetingId),
    listPublishedRuns(scene, meetingId),
    listPublishedResults(scene, meetingId),
    listTenuresFrom(scene, scene.now),
  );
  const meeting = meetings[0];
  if (!meeting) return false;
  if (meeting.state === "withdrawn" || meeting.state === "annulled") {
    const leaf = appendLeaf(scene, "recall.reopened", { recall: row.recallId, meeting: meetingId }, row.recallId);
    const written = await scene.db.write([...reopenRecall(scene, row.recallId, meetingId), leaf.statement]);
    return written.ok;
  }
  const items = itemRows.map((one) => readItem(one).item);
  const run = readRuns(items, runRows, results).at(-1);
  const result = run?.items.find(({ item }) => isOfOrigin(item, RECALL_ORIGIN, row.recallId));
  if (!result || !["published", "final"].includes(meeting.state)) return false;
  const carried = result.strict.outcome === "carried";
  // A seat is left with everything that hangs on it: who is recalled as a member is no chair any more.
  const own = tenures.filter(
    (one) => one.personId === row.personId && isMemberPost(one.postKind) && one.fromAt <= scene.now,
  );
  const ends = carried
    ? own.flatMap(({ tenureId }) => [
        ...insertEnd(
          scene,
          { tenureId, endedAt: scene.now, act: "recall", document: `第${meeting.number}次业主大会会议表决结果` },
          "clock",
        ).statements,
      ])
    : [];
  const leaf = appendLeaf(
    scene,
    carried ? "recall.carried" : "recall.lost",
    { recall: row.recallId, meeting: meetingId, item: result.item.itemNo, tenures: own.length },
    row.recallId,
  );
  const written = await scene.db.write([
    ...moveRecall(scene, row.recallId, "placed", carried ? "carried" : "lost", { settledAt: scene.now }),
    ...ends,
    leaf.statement,
  ]);
  return written.ok;
}

/** Whether anything waits for a meeting's result: what cron asks before it reads more. */
export const countPlaced = ({ db, community }: Pick<Scene, "db" | "community">): Query<{ placed: number }[]> =>
  db.all(
    sql`SELECT count(*) AS placed FROM recall WHERE community_id = ${community.id} AND state IN ('proposed', 'placed')`,
  );

/** The last day of the defence, for pages. */
export const lastDayOfDefence = ({ row, defenceDays }: RecallView): string | null =>
  row.toldAt === null ? null : defenceUntil(row.toldAt, defenceDays);
