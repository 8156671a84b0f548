/** Owners who act for themselves and candidates brought through the acts that make them, for the tests of nominations and of what comes after. */

import { openOwnName } from "../../src/community/privacy/actions.ts";
import { listSealed } from "../../src/community/store.ts";
import { checkCandidacy, decideEligibility } from "../../src/elections/candidates/eligibility/actions.ts";
import { checklistOf, DEFAULT_CRITERIA, type Found } from "../../src/elections/candidates/eligibility/rules.ts";
import { publishCandidates, readReadiness } from "../../src/elections/candidates/publishing.ts";
import { type CandidateRow, listCandidates } from "../../src/elections/candidates/store.ts";
import { type Asked, answerNomination } from "../../src/elections/nominations/answering.ts";
import { saveProfile, signDeclaration } from "../../src/elections/nominations/describing.ts";
import { byOwner } from "../../src/elections/nominations/hand.ts";
import { nominateMyself } from "../../src/elections/nominations/nominating.ts";
import { ALWAYS_DECLARED, type Profile } from "../../src/elections/nominations/person/rules.ts";
import { type CandidacyRow, findCandidacy } from "../../src/elections/nominations/store.ts";
import { type ElectionRow, updateElection } from "../../src/elections/store.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { newId } from "../../src/kernel/id.ts";
import type { OwnerActor } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { rollOn } from "./community-roll-of-test.ts";
import { type ElectionOptions, electing, electionRow, makeElection, STEP_DAYS } from "./election-of-test.ts";

/** While names are taken in an election that was called at T0. */
export const NAMING = T0 + (STEP_DAYS.nominationsOpen + 2) * DAY_MS;
/** After they were. */
export const EXAMINING = T0 + (STEP_DAYS.nominationsClose + 1) * DAY_MS;

export const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
export const once = (): string => newId<string>(systemRandom);

/** A signed paper: a PDF by its first bytes. */
export const PAPER = { name: "提名表.pdf", bytes: new TextEncoder().encode("%PDF-1.7 signed") };

/** The owner of a room as their own session knows them; the `at`-th where there are several. */
export async function ownerIn(community: CommunityAddress, room: string, at = 0): Promise<OwnerActor> {
  const scene = sceneAt(community);
  const roll = await rollOn(community, "2026-11-02");
  const unit = roll.units.find((one) => one.room === room);
  const partyId = unit?.owners[at]?.partyId;
  if (!partyId) throw new Error(`nobody owns ${room}`);
  const [sealed] = await scene.db.read(listSealed(scene, [partyId]));
  return {
    partyId,
    name: await openOwnName(scene, sealed[0]!),
    masked: roll.parties.get(partyId)!.maskedName,
    sessionId: "test",
    guardianId: null,
  };
}

export const PROFILE: Profile = {
  addressShown: "unit",
  birthYear: 1970,
  ageBand: null,
  occupation: "教师",
  introduction: "在小区住了十年，愿意把账目公开、把电梯修好。",
};
export const YES: Asked = {
  answer: "accepted",
  name: "",
  phone: "13800138000",
  consentsToName: true,
  authorisation: null,
};
export const NOTHING_TO_DECLARE = {
  declaration: {
    answers: ALWAYS_DECLARED.map((interest) => ({ interest, applies: false, detail: "" })),
    publicItems: [...ALWAYS_DECLARED],
    signed: true,
  },
  version: 0,
};
/** Every line of the default checklist, met. */
export const ALL_MET: readonly Found[] = checklistOf(DEFAULT_CRITERIA)
  .filter(({ automatic }) => !automatic)
  .map(({ item }) => ({ item, finding: "met", evidence: "核对了身份证和物业公司出具的证明" }));

export const candidacyRow = async (
  community: CommunityAddress,
  electionId: string,
  number: number,
): Promise<CandidacyRow> => {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findCandidacy(scene, electionId, number));
  return rows[0]!;
};

/** The owner of a room nominates themselves, says yes, describes themselves and declares. */
export async function acceptedIn(
  community: CommunityAddress,
  electionId: string,
  room: string,
  profile: Partial<Profile> = {},
): Promise<number> {
  const scene = sceneAt(community, NAMING);
  const owner = await ownerIn(community, room);
  const { number } = must(await nominateMyself(scene, electionId, owner, once()));
  const hand = byOwner(owner);
  const phone = `1380013${String(number).padStart(4, "0")}`;
  must(await answerNomination(scene, electionId, number, hand, { ...YES, phone }));
  const described = { profile: { ...PROFILE, ...profile }, photo: null, keepsPhoto: false, version: 0 };
  must(await saveProfile(scene, electionId, number, hand, described));
  must(await signDeclaration(scene, electionId, number, hand, NOTHING_TO_DECLARE));
  return number;
}

/** Checked by the secretary and decided by the chair. */
export async function decided(
  community: CommunityAddress,
  electionId: string,
  number: number,
  outcome: "eligible" | "ineligible" = "eligible",
  now: Instant = EXAMINING,
): Promise<void> {
  const { sheetNo, decisionNo } = await candidacyRow(community, electionId, number);
  const found = outcome === "eligible" ? ALL_MET : ALL_MET.map((one) => ({ ...one, finding: "not_met" as const }));
  const checked = must(
    await checkCandidacy(electing(community, "secretary", now), electionId, number, { found, papers: [], sheetNo }),
  );
  const asked = { outcome, reason: "逐项核对，见核对表。", sheetNo: checked.sheetNo, decisionNo };
  must(await decideEligibility(electing(community, "chair", now), electionId, number, asked));
}

/** Nominations are over. */
export async function closeNominations(community: CommunityAddress, electionId: string): Promise<void> {
  const scene = sceneAt(community);
  const done = await scene.db.write(
    updateElection(scene, await electionRow(community, electionId), { state: "examining" }),
  );
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}

export const publishNow = async (
  community: CommunityAddress,
  electionId: string,
  fewerReason = "",
  now: Instant = EXAMINING,
) => {
  const scene = electing(community, "chair", now);
  const ready = await readReadiness(scene, electionId);
  return publishCandidates(scene, electionId, { fewerReason, seen: ready!.list.standing });
};

/** An election with these owners on its published list, by the acts that bring them there. */
export async function standingElection(
  community: CommunityAddress,
  rooms: readonly string[],
  options: ElectionOptions = {},
): Promise<{ readonly election: ElectionRow; readonly candidates: readonly CandidateRow[] }> {
  const { electionId } = await makeElection(community, { ...options, state: "nominating" });
  const numbers: number[] = [];
  for (const room of rooms) numbers.push(await acceptedIn(community, electionId, room));
  await closeNominations(community, electionId);
  for (const number of numbers) await decided(community, electionId, number);
  must(await publishNow(community, electionId, "应选五人，征集到的候选人不足，经小组讨论继续。"));
  const scene = sceneAt(community);
  const [candidates] = await scene.db.read(listCandidates(scene, electionId));
  return { election: await electionRow(community, electionId), candidates };
}
