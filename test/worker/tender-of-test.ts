/** Tenders brought to any state by the rows their acts write, for the tests of what comes after. */
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { recordTenderEvent } from "../../src/tenders/acting.ts";
import type { TenderState } from "../../src/tenders/rules.ts";
import { changeScheme, draftTender } from "../../src/tenders/scheme/actions.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { takeKey } from "../../src/tenders/sealing/actions.ts";
import { makeKey } from "../../src/tenders/sealing/browser/seal.js";
import type { Seat } from "../../src/tenders/sealing/rules.ts";
import { findTender, type TenderChange, type TenderRow, updateTender } from "../../src/tenders/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { keyholder, publicKey, rehearseAs } from "./tender-sealing-of-test.ts";

const STAFF = {
  secretary: ["tender.read", "tender.draft"],
  chair: ["tender.read", "tender.decide", "tender.inspect", "settings.manage"],
  deputy: ["tender.read", "tender.decide"],
  supervisor: ["tender.read", "tender.witness", "tender.inspect"],
  street: ["tender.read", "tender.witness"],
} as const satisfies Record<string, readonly Permission[]>;
export type TenderRole = keyof typeof STAFF;

/** A scene acted by somebody with this role's permissions. */
export const tendering = (community: CommunityAddress, role: TenderRole, now = T0): StaffScene =>
  staffSceneAt(community, `person-${role}`, STAFF[role], now);

/** When bids close in tenders made here: 10:00 of a Monday, 21 days after T0. */
export const BIDS_CLOSE_AT = T0 + 21 * DAY_MS;
export const QUESTIONS_UNTIL = T0 + 10 * DAY_MS;

export async function tenderRow(community: CommunityAddress, tenderId: string): Promise<TenderRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findTender(scene, tenderId));
  return rows[0]!;
}

/** A draft with this scheme, by the secretary. */
export async function draftedTender(
  community: CommunityAddress,
  scheme: Scheme = schemeOf(),
  now: Instant = T0,
): Promise<TenderRow> {
  const scene = tendering(community, "secretary", now);
  const begun = await draftTender(
    scene,
    { title: scheme.title, mode: scheme.mode, reasons: scheme.reasons, services: ["cleaning"] },
    newOnce(),
  );
  if (!begun.ok) throw new Error(JSON.stringify(begun.error));
  const changed = await changeScheme(scene, begun.value.tenderId, 1, () => scheme);
  if (!changed.ok) throw new Error(JSON.stringify(changed.error));
  return tenderRow(community, begun.value.tenderId);
}

/** What a tender in each state has behind it, in the order of the course. */
const BEHIND: readonly (readonly [TenderState, TenderChange])[] = [
  ["decided", { decidedAt: T0, decidedWords: "业委会〔2026〕第8号决议" }],
  ["noticed", { noticedAt: T0, noticedEdition: 2, questionsUntil: QUESTIONS_UNTIL, closesAt: BIDS_CLOSE_AT }],
  ["closed", { closedAt: BIDS_CLOSE_AT }],
  ["opened", { openedAt: BIDS_CLOSE_AT + 60_000 }],
  ["qualified", { qualifiedAt: BIDS_CLOSE_AT + DAY_MS }],
  ["scored", { scoredAt: BIDS_CLOSE_AT + 2 * DAY_MS }],
  ["published", { publishedAt: BIDS_CLOSE_AT + 2 * DAY_MS, standingUntil: BIDS_CLOSE_AT + 6 * DAY_MS }],
  ["deciding", { awardMeeting: "meeting", awardItem: 1 }],
  ["awarded", { awardedAt: BIDS_CLOSE_AT + 40 * DAY_MS }],
  ["contracted", { contractedAt: BIDS_CLOSE_AT + 50 * DAY_MS }],
];

/** A tender in this state, by way of every state before it. */
export async function tenderIn(
  community: CommunityAddress,
  state: TenderState,
  scheme: Scheme = schemeOf(),
): Promise<TenderRow> {
  let row = await draftedTender(community, scheme);
  for (const [next, change] of state === "draft" ? [] : BEHIND) {
    const scene = tendering(community, "chair");
    const event = recordTenderEvent(
      scene,
      row.tenderId,
      next === "decided" ? "scheme_decided" : next,
      {},
      {
        id: "person-chair",
        words: "业主委员会主任",
      },
    );
    const written = await scene.db.write([
      ...updateTender(scene, row, { state: next, ...change }),
      ...event.statements,
    ]);
    if (!written.ok) throw new Error(`${next}: ${written.error.code}`);
    row = await tenderRow(community, row.tenderId);
    if (next === state) break;
  }
  return row;
}

/** The three keys of a tender, made and rehearsed by their holders. */
export async function keysReady(community: CommunityAddress, tenderId: string): Promise<void> {
  const keys = await Promise.all([1, 2, 3].map(() => makeKey()));
  for (const [at, key] of keys.entries()) {
    const made = await takeKey(keyholder(community, (at + 1) as Seat), tenderId, { jwk: publicKey(key), why: "" });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
  }
  for (const [at, key] of keys.entries()) {
    const tried = await rehearseAs({ community, tenderId, scheme: schemeOf() }, (at + 1) as Seat, key);
    if (!tried.ok) throw new Error(JSON.stringify(tried.error));
  }
}
