/** An election in the demo, from its call to its seats, each step at its day and by whoever may take it. */
import { giveNotice } from "../assembly/meeting/actions.ts";
import { saveFrame } from "../assembly/meeting/drafting.ts";
import { findMeeting } from "../assembly/meeting/store.ts";
import { headsOn } from "../community/browse/actions.ts";
import type { Voter } from "../community/rules.ts";
import { callElection, NEW_BODY } from "../elections/calling/actions.ts";
import { checkCandidacy, decideEligibility } from "../elections/candidates/eligibility/actions.ts";
import { readCriteria } from "../elections/candidates/eligibility/criteria.ts";
import { checklistOf, type Found } from "../elections/candidates/eligibility/rules.ts";
import { publishCandidates, readReadiness } from "../elections/candidates/publishing.ts";
import { countMembersBallot, markBallot, openMembersBallot, viewChoosing } from "../elections/choosing/actions.ts";
import type { ChosenPost } from "../elections/choosing/rules.ts";
import { publishGroup, saveGroupDraft } from "../elections/group/actions.ts";
import type { TypedMember } from "../elections/group/rules.ts";
import { saveMethod } from "../elections/method/actions.ts";
import { formOfMethod, readMethod } from "../elections/method/rules.ts";
import { openNominations } from "../elections/moving/actions.ts";
import { answerNomination, DECLINED } from "../elections/nominations/answering.ts";
import { saveProfile, signDeclaration } from "../elections/nominations/describing.ts";
import { byOwner } from "../elections/nominations/hand.ts";
import { nominateMyself, nominateNeighbour, nominateOnPaper } from "../elections/nominations/nominating.ts";
import { ALWAYS_DECLARED } from "../elections/nominations/person/rules.ts";
import { listCandidacies } from "../elections/nominations/store.ts";
import { setSupport, supportOnPaper } from "../elections/nominations/supporting.ts";
import { readPaperOf } from "../elections/rounds/paper.ts";
import { placeInMeeting } from "../elections/rounds/placing.ts";
import { listRounds } from "../elections/rounds/store.ts";
import type { ElectionKind, MethodValues, NominationChannel } from "../elections/rules.ts";
import { runElections } from "../elections/schedule.ts";
import { type ElectionRow, findElection } from "../elections/store.ts";
import { dayOf, type Instant } from "../kernel/day.ts";
import type { MeetingId } from "../kernel/id.ts";
import { dissolveBody } from "../offices/bodies/actions.ts";
import type { PostKind } from "../offices/rules.ts";
import { listBodies } from "../offices/terms/store.ts";
import { sendDue } from "../platform/outbox/actions.ts";
import { keepAdapter } from "../platform/outbox/gateway.ts";
import type { Scene } from "../platform/scene.ts";
import type { DemoCandidate } from "./people.ts";
import type { DemoRow } from "./roll.ts";
import {
  as,
  asPerson,
  at,
  HOUR_MS,
  headOf,
  homeOf,
  must,
  ownerOf,
  type Seeding,
  scan,
  sceneAt,
  the,
} from "./seeding.ts";
import { type Answering, countAndPublish, vote } from "./voting.ts";

/** The days of an election, counted from today. */
export interface ElectionDays {
  readonly calledOn: number;
  readonly groupOn: number;
  readonly nominationsOn: number;
  readonly decidedOn: number;
  readonly candidatesOn: number;
  readonly noticeOn: number;
  readonly opensOn: number;
  readonly closesOn: number;
}

export interface DemoElection {
  /** Keeps the keys of its forms apart. */
  readonly key: string;
  readonly slug: string;
  readonly kind: ElectionKind;
  readonly cause: string;
  readonly days: ElectionDays;
  readonly method: Partial<Record<keyof MethodValues, string>>;
  readonly clause: string;
  readonly group: { readonly document: string; readonly members: readonly TypedMember[] };
  readonly candidates: readonly DemoCandidate[];
  readonly roll: readonly DemoRow[];
}

const rowOf = ({ roll }: DemoElection, { home }: DemoCandidate): DemoRow =>
  the(
    roll.find(({ building, room }) => building === home.building && room === home.room),
    `home ${home.building}${home.room}`,
  );

async function electionRow(scene: Scene, electionId: string): Promise<ElectionRow> {
  const [rows] = await scene.db.read(findElection(scene, electionId));
  return the(rows[0], "election");
}

/** The street calls it, the secretary lists the group and its method, and the street publishes the group. */
export async function callIt(seeding: Seeding, election: DemoElection): Promise<string> {
  const { key, slug, kind, cause, days, group } = election;
  const called = await as(await sceneAt(seeding, slug, at(seeding, days.calledOn, 10)), "street_officer");
  const [bodies] = await called.db.read(listBodies(called));
  const bodyId = bodies.find((body) => body.kind === "committee")?.bodyId ?? NEW_BODY;
  const requestedOn = "";
  const { electionId } = must(
    await callElection(called, { kind, bodyId, title: "", cause, requestedOn }, `demo-${key}-call`),
    "calling an election",
  );
  const listed = await as(await sceneAt(seeding, slug, at(seeding, days.groupOn, 9)), "secretary");
  const before = await electionRow(listed, electionId);
  if (before.groupEdition === 0) {
    const rows = group.members.map((member) => ({ ...member, memberNo: null }));
    const draft = { document: group.document, rows, version: before.version };
    must(await saveGroupDraft(listed, electionId, draft), "the list of a group");
    const street = await as(await sceneAt(seeding, slug, at(seeding, days.groupOn, 15)), "street_officer");
    const { version } = await electionRow(listed, electionId);
    must(await publishGroup(street, electionId, version), "publishing a group");
  }
  const head = await as(await sceneAt(seeding, slug, at(seeding, days.groupOn + 1, 10)), "preparatory_chair");
  const row = await electionRow(head, electionId);
  const form = formOfMethod(readMethod(row.method));
  const clauses = Object.keys(election.method).map((name) => [`${name}.clause`, election.clause]);
  must(
    await saveMethod(head, electionId, { ...form, ...election.method, ...Object.fromEntries(clauses) }, row.version),
    "the method",
  );
  return electionId;
}

/** Nominations open; every candidate is named by their channels, answers, describes themselves and declares. */
export async function nominate(seeding: Seeding, election: DemoElection, electionId: string): Promise<string> {
  const { slug, days } = election;
  const opened = await as(await sceneAt(seeding, slug, at(seeding, days.nominationsOn, 9)), "preparatory_chair");
  const { state } = await electionRow(opened, electionId);
  if (state !== "preparing" && state !== "nominating") return "";
  const { closeAt } = must(await openNominations(opened, electionId), "opening nominations");
  for (const [index, candidate] of election.candidates.entries())
    await bringIn(seeding, election, electionId, candidate, index);
  await runElections(await sceneAt(seeding, slug, closeAt));
  return "";
}

const DOCUMENTS: Partial<Record<NominationChannel, string>> = {
  community_party: "社区党委推荐函",
  residents_committee: "居委会推荐函",
  street: "街道办推荐函",
};
const SIGNED = 9;
const BY_LINK = 3;

async function bringIn(
  seeding: Seeding,
  election: DemoElection,
  electionId: string,
  candidate: DemoCandidate,
  index: number,
): Promise<void> {
  const { key, slug, days } = election;
  const now = at(seeding, days.nominationsOn + 1, 9) + index * 3 * HOUR_MS;
  const scene = await sceneAt(seeding, slug, now);
  const secretary = await as(scene, "secretary");
  const row = rowOf(election, candidate);
  const { heads } = await headsOn(scene, dayOf(now));
  const owner = await ownerOf(scene, row, heads);
  let number = 0;
  for (const channel of candidate.channels) {
    const once = `demo-${key}-name-${index}-${channel}`;
    if (channel === "self")
      number = must(await nominateMyself(scene, electionId, owner, once), "naming oneself").number;
    else if (channel === "joint") number = await jointly(scene, election, electionId, row, heads, index);
    else {
      const document = `${DOCUMENTS[channel]}（${index + 1} 号）`;
      const asked = { channel, place: homeOf(row), name: row.owner, document, paper: scan("推荐函.pdf"), places: [] };
      number = must(await nominateOnPaper(secretary, electionId, asked, once), "a recommendation").number;
    }
  }
  const hand = byOwner(owner);
  const later: Scene = { ...scene, now: now + HOUR_MS };
  if (candidate.declines) {
    must(await answerNomination(later, electionId, number, hand, DECLINED), "declining");
    return;
  }
  const yes = {
    answer: "accepted" as const,
    name: "",
    phone: candidate.phone,
    consentsToName: true,
    authorisation: null,
  };
  must(await answerNomination(later, electionId, number, hand, yes), "accepting");
  const { ageBand, occupation, introduction } = candidate;
  const profile = { addressShown: "building" as const, birthYear: null, ageBand, occupation, introduction };
  must(
    await saveProfile(later, electionId, number, hand, { profile, photo: null, keepsPhoto: false, version: 0 }),
    "a profile",
  );
  const answers = ALWAYS_DECLARED.map((interest) => ({ interest, applies: false, detail: "" }));
  const declaration = { answers, publicItems: [...ALWAYS_DECLARED], signed: true };
  must(await signDeclaration(later, electionId, number, hand, { declaration, version: 0 }), "a declaration");
}

/** A neighbour starts it, two more support it from their own corner, others sign a sheet that the secretary enters. */
async function jointly(
  scene: Scene,
  election: DemoElection,
  electionId: string,
  row: DemoRow,
  heads: readonly Voter[],
  index: number,
): Promise<number> {
  const own = headOf(heads, row);
  const neighbours = heads.filter(
    ({ key, owners, units, designation }) =>
      key !== own.key &&
      owners.length === 1 &&
      designation.state === "votes" &&
      designation.as === "owner" &&
      units[0]?.building === row.building &&
      units[0].kind === "residence",
  );
  const homes = neighbours.map(({ units }) => units[0]!);
  const rows = homes.map(({ building, entrance, room }) =>
    the(
      election.roll.find((one) => one.building === building && one.entrance === entrance && one.room === room),
      "row",
    ),
  );
  const first = await ownerOf(scene, the(rows[index], "neighbour"), heads);
  const once = `demo-${election.key}-name-${index}-joint`;
  const asked = { place: homeOf(row), name: row.owner };
  const { number } = must(await nominateNeighbour(scene, electionId, first, asked, once), "naming a neighbour");
  for (const supporter of rows.slice(index + 1, index + BY_LINK))
    must(await setSupport(scene, electionId, number, await ownerOf(scene, supporter, heads), "given"), "a support");
  const places = homes.slice(index + BY_LINK, index + BY_LINK + SIGNED).map(homeOf);
  const sheet = { places, paper: scan("联名表.pdf") };
  must(await supportOnPaper(await as(scene, "secretary"), electionId, number, sheet), "a sheet of signatures");
  return number;
}

const CHECKED = "查验身份证与不动产权证，向物业公司和居委会核实";

/** Everybody who said yes is checked by the secretary and decided on by the head of the group; the list comes out, its order drawn. */
export async function stand(seeding: Seeding, election: DemoElection, electionId: string): Promise<string> {
  const { slug, days } = election;
  const now = at(seeding, days.decidedOn, 10);
  const scene = await sceneAt(seeding, slug, now);
  const secretary = await as(scene, "secretary");
  const head = await as({ ...scene, now: now + 6 * HOUR_MS }, "preparatory_chair");
  const criteria = await readCriteria(scene, electionId);
  const found: Found[] = checklistOf(criteria)
    .filter(({ automatic }) => !automatic)
    .map(({ item }) => ({ item, finding: "met", evidence: CHECKED }));
  const [rows] = await scene.db.read(listCandidacies(scene, electionId));
  for (const { number, answer, decisionNo } of rows) {
    if (answer !== "accepted" || decisionNo > 0) continue;
    const checked = must(
      await checkCandidacy(secretary, electionId, number, { found, papers: [], sheetNo: 0 }),
      "a check",
    );
    const decision = {
      outcome: "eligible" as const,
      reason: "逐项核对，均符合条件。",
      sheetNo: checked.sheetNo,
      decisionNo: 0,
    };
    must(await decideEligibility(head, electionId, number, decision), "a decision");
  }
  const publishing = await as(await sceneAt(seeding, slug, at(seeding, days.candidatesOn, 9)), "preparatory_chair");
  const ready = the(await readReadiness(publishing, electionId), "election");
  must(
    await publishCandidates(publishing, electionId, { fewerReason: "", seen: ready.list.standing }),
    "the candidates",
  );
  return "";
}

/** The round becomes the item of a meeting, whose notice the head of the group gives. */
export async function announce(
  seeding: Seeding,
  election: DemoElection,
  electionId: string,
  title: string,
): Promise<MeetingId> {
  const { key, slug, days, cause } = election;
  const placedAt = at(seeding, days.noticeOn - 1, 10);
  const secretary = await as(await sceneAt(seeding, slug, placedAt), "secretary");
  const convener = { kind: election.kind === "founding" ? ("preparatory_group" as const) : ("committee" as const) };
  const placed = must(
    await placeInMeeting(secretary, electionId, {
      draft: { convener: convener.kind },
      once: `demo-${key}-round`,
    }),
    "placing a round",
  );
  const { meetingId } = placed;
  const [meetings] = await secretary.db.read(findMeeting(secretary, meetingId));
  const meeting = the(meetings[0], "meeting");
  if (meeting.state !== "draft") return meetingId;
  const frame = {
    title,
    convener: { ...convener, cause },
    opensAt: at(seeding, days.opensOn, 9),
    closesAt: at(seeding, days.closesOn, 18),
  };
  const saved = must(
    await saveFrame(secretary, { meetingId, version: meeting.version, once: `demo-${key}-times` }, frame),
    "times of the vote",
  );
  const noticeAt = at(seeding, days.noticeOn, 10);
  const head = await as(await sceneAt(seeding, slug, noticeAt), "preparatory_chair");
  must(await giveNotice(head, meetingId, saved.version), "notice of the vote");
  await sendDue({ ...head, now: noticeAt + HOUR_MS }, keepAdapter);
  return meetingId;
}

/** Each voter marks up to as many names as there are seats, those they like most; a few mark nobody. */
async function marking(scene: Scene, election: DemoElection, electionId: string): Promise<Answering> {
  const [rounds] = await scene.db.read(listRounds(scene, electionId));
  const round = the(rounds.at(-1), "round");
  // Told by who they are and not by where the draw put them: the same people are elected on every machine.
  const known = election.candidates.map((one, index) => ({
    name: rowOf(election, one).owner,
    liked: one.liked,
    index,
  }));
  const paper = readPaperOf(round).map(({ label, optionNo }) => ({
    optionNo,
    ...the(
      known.find(({ name }) => name === label),
      `candidate ${label}`,
    ),
  }));
  const nobody = paper.length + 1;
  return ({ voterNo }) => {
    const wanted = paper
      .map((one) => ({ ...one, left: one.liked - ((voterNo * (31 + 6 * one.index) + 17 * one.index) % 101) }))
      .filter(({ left }) => left > 0)
      .sort((a, b) => b.left - a.left)
      .slice(0, round.atMost)
      .map(({ optionNo }) => optionNo)
      .sort((a, b) => a - b);
    return [{ itemNo: 1, options: wanted.length > 0 && voterNo % 23 !== 0 ? wanted : [nobody] }];
  };
}

/** Owners vote on it by link, and some on paper. */
export async function voteOn(
  seeding: Seeding,
  election: DemoElection,
  ids: { readonly electionId: string; readonly meetingId: MeetingId },
  share: { readonly share: number; readonly onPaper: number },
): Promise<string> {
  const { slug, roll, days } = election;
  const answers = await marking(await sceneAt(seeding, slug, at(seeding, days.opensOn, 9)), election, ids.electionId);
  return vote(seeding, { slug, meetingId: ids.meetingId, roll, opensOn: days.opensOn, answers, ...share });
}

/** The count is published and whoever is elected takes their seat, in the batch of the settlement. */
export async function seat(seeding: Seeding, election: DemoElection, meetingId: MeetingId): Promise<string> {
  const { slug, days } = election;
  const closing = { meetingId, closesOn: days.closesOn };
  const publishedAt = await countAndPublish(seeding, slug, closing, "preparatory_chair");
  await runElections(await sceneAt(seeding, slug, publishedAt + HOUR_MS));
  return "";
}

/** The committee presides from now on, and the posts of the group ended as it chose its chair: the street dissolves what is left of it. */
export async function disband(seeding: Seeding, slug: string, onDay: number): Promise<void> {
  const scene = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "street_officer");
  const endsOn = dayOf(scene.now);
  const document = "选举完成，小组自行解散";
  const [bodies] = await scene.db.read(listBodies(scene));
  const group = bodies.find(({ kind }) => kind === "preparatory_group");
  if (group)
    must(await dissolveBody(scene, group.bodyId, { fromOn: endsOn, document }, "demo-disband"), "its dissolution");
}

/** At their first meeting the members choose who takes a post, each in their own session; all but one for the same name. */
export async function choose(
  seeding: Seeding,
  slug: string,
  now: Instant,
  post: ChosenPost & PostKind,
  name: string,
): Promise<void> {
  const scene = await sceneAt(seeding, slug, now);
  const choosing = the(await viewChoosing(scene), "committee");
  if (choosing.holders[post].length > 0) return;
  const wanted = the(
    choosing.members.find((member) => member.name === name),
    `member ${name}`,
  );
  const first = await asPerson(scene, wanted.personId);
  const { ballotNo } = must(await openMembersBallot(first, { post, places: 1 }), "a ballot of the members");
  for (const [index, { personId }] of choosing.members.entries()) {
    const marks = index === choosing.members.length - 1 && personId !== wanted.personId ? [] : [wanted.personId];
    must(await markBallot(await asPerson(scene, personId), ballotNo, marks), "a member's mark");
  }
  must(await countMembersBallot(first, ballotNo), "counting the members' ballot");
}
