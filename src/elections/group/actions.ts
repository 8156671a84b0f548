/** The group that runs an election: its list drafted by one and published by another, and how it is dissolved. Objections are objecting.ts. No HTTP. */
import { unitsOfPerson } from "../../community/browse/actions.ts";
import { unitLabel } from "../../community/explained.ts";
import { personName, readMobile } from "../../community/identity/rules.ts";
import { dayOf, startOf } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import {
  findPersonByPhone,
  findPhone,
  insertPerson,
  isNamed,
  openName,
  phoneHashOf,
} from "../../offices/people/store.ts";
import { mayAppoint, mayApprove } from "../../offices/rules.ts";
import type { EndKind } from "../../offices/terms/rules.ts";
import { standardPosts } from "../../offices/terms/standard.ts";
import {
  insertBody,
  insertEnd,
  insertTenure,
  listBodies,
  listPosts,
  listTenuresFrom,
  type TenureRow,
} from "../../offices/terms/store.ts";
import { BODY_WORDS } from "../../offices/words.ts";
import type { Query } from "../../platform/db.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { authorOf, type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import { readMethod } from "../method/rules.ts";
import { type ElectionMoveRefusal, electionIn } from "../rules.ts";
import { type ElectionKey, type ElectionRow, findElection, updateElection } from "../store.ts";
import {
  type GroupDraft,
  type GroupFieldFault,
  type GroupFinding,
  type GroupSeat,
  groupFindings,
  groupLastDay,
  placeOf,
  readGroup,
  seatChanges,
  type TypedMember,
} from "./rules.ts";
import { assertManagerBeside, type GroupMemberRow, insertGroupMembers, listGroup, listGroupTenures } from "./store.ts";

type Gone = { readonly reason: "unknown_election" } | { readonly reason: "election_stale" };

const sealOf = (communityId: string, electionId: string): string => `election-group:${communityId}:${electionId}`;
const contextOf = ({ community }: Pick<Scene, "community">, electionId: string): string =>
  sealOf(community.id, electionId);

// A draft waits only while the election is being prepared; who edits it while a newer key seals it anew is told to look again.
registerSealed({
  table: "election",
  column: "group_draft",
  key: ["election_id"],
  version: "version",
  whileIs: ["state", "preparing"],
  contextOf: (communityId, { election_id }) => sealOf(communityId, String(election_id)),
});

/** The draft of a list, opened; null where there is none. */
export const openGroupDraft = async (
  scene: Scene,
  { electionId, groupDraft }: Pick<ElectionRow, "electionId" | "groupDraft">,
): Promise<GroupDraft | null> =>
  groupDraft === null
    ? null
    : (JSON.parse(await scene.keys.open(groupDraft, contextOf(scene, electionId))) as GroupDraft);

export type DraftRefusal =
  | Gone
  | ElectionMoveRefusal
  | { readonly reason: "group_faulty"; readonly faults: readonly [GroupFieldFault, ...GroupFieldFault[]] };

/** A row of the form; `memberNo` where it began as a line of the published list, whose number nobody types again. */
export interface GroupRow extends TypedMember {
  readonly memberNo: number | null;
}

/** A line of the published list that was left without a number keeps the one its member has. */
async function withNumber(scene: Scene, row: GroupRow, published: readonly GroupMemberRow[]): Promise<TypedMember> {
  const { memberNo, ...typed } = row;
  const member = published.find((one) => one.memberNo === memberNo);
  if (!member || typed.phone.trim() !== "" || typed.name.trim() === "") return typed;
  const held = await findPhone(scene, member.personId);
  return { ...typed, phone: held?.phone ?? "" };
}

/**
 * Keeps a typed list until somebody else publishes it. A working paper: it is sealed, leaves no entry, and seats nobody. The
 * version the form was filled in from keeps two people from overwriting each other; saving the same list twice is harmless.
 */
export async function saveGroupDraft(
  scene: StaffScene,
  key: ElectionKey,
  typed: { readonly document: string; readonly rows: readonly GroupRow[]; readonly version: number },
): Promise<Result<true, DraftRefusal>> {
  const [rows, published] = await scene.db.read(findElection(scene, key), listGroup(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  const inState = electionIn(row.state, "preparing");
  if (!inState.ok) return inState;
  const known = await Promise.all(typed.rows.map((one) => withNumber(scene, one, published)));
  const read = readGroup({ document: typed.document, rows: known }, personName, readMobile);
  if (!read.ok) return err({ reason: "group_faulty", faults: read.error });
  const text = JSON.stringify(read.value);
  const before = await openGroupDraft(scene, row);
  if (before && JSON.stringify(before) === text) return ok(true);
  if (typed.version !== row.version) return err({ reason: "election_stale" });
  const written = await scene.db.write([
    ...updateElection(scene, row, {
      groupDraft: await scene.keys.seal(text, contextOf(scene, row.electionId)),
      groupDraftedBy: scene.actor.personId,
    }),
  ]);
  return written.ok ? ok(true) : err({ reason: "election_stale" });
}

/** What a drafted list comes to before it is published. */
export interface GroupReview {
  readonly draft: GroupDraft;
  readonly findings: readonly GroupFinding[];
  /** Owners' representatives whom the roll of today does not know in the home they are listed with; a company's delegate is one. */
  readonly notOnRoll: readonly { readonly name: string; readonly home: string }[];
}

/** The drafted list with every rule of composition, and its owners looked up on the roll; null where nothing is drafted. */
export async function reviewGroup(scene: Scene, row: ElectionRow): Promise<GroupReview | null> {
  const draft = await openGroupDraft(scene, row);
  if (!draft) return null;
  const today = dayOf(scene.now);
  const owners = draft.members.filter(({ part }) => part === "owners");
  const known = await Promise.all(
    owners.map(async ({ name, home }) => {
      const { units } = await unitsOfPerson(scene, today, name);
      return units.some((unit) => placeOf(unitLabel(unit)) === placeOf(home));
    }),
  );
  return {
    draft,
    findings: groupFindings(draft.members, readMethod(row.method).groupChairFromStreet),
    notOnRoll: owners.filter((_, at) => !known[at]).map(({ name, home }) => ({ name, home })),
  };
}

export type PublishGroupRefusal =
  | Gone
  | ElectionMoveRefusal
  | { readonly reason: "nothing_drafted" }
  | { readonly reason: "own_draft" }
  | { readonly reason: "composition"; readonly findings: readonly GroupFinding[] }
  | { readonly reason: "own_appointment" }
  | { readonly reason: "phone_of_another"; readonly name: string }
  /** Somebody holds a post of this body and is not on the list: end that first, or list them. */
  | { readonly reason: "holder_not_listed"; readonly names: readonly string[] }
  | { readonly reason: "no_free_seat" };

interface Wanted extends GroupSeat {
  readonly personId: PersonId;
  readonly name: string;
  readonly memberNo: number;
}

/**
 * Publishes the drafted list: whoever is on it takes a post of the group's body, whoever was on the last list and is not on this one
 * leaves it, and the period of objection begins (anew). By another person than drafted it, because it hands out posts with power.
 * `version` is the election's as it was checked: nobody publishes a list they have not seen.
 * One batch: body, people, tenures with their leaves, the list, the leaf that says so. Composition is refused, not warned of (A3).
 */
export async function publishGroup(
  scene: StaffScene,
  key: ElectionKey,
  version: number,
): Promise<Result<{ readonly edition: number }, PublishGroupRefusal>> {
  const { db, now, actor } = scene;
  const [rows, bodies, posts, running] = await db.read(
    findElection(scene, key),
    listBodies(scene),
    listPosts(scene),
    listTenuresFrom(scene, now),
  );
  const row = rows[0];
  if (!row) return err({ reason: "unknown_election" });
  // The repeat of a publication that went through: nothing waits any more, and the list is the one that was seen.
  if (row.groupDraft === null && row.version === version + 1 && row.groupEdition > 0)
    return ok({ edition: row.groupEdition });
  const inState = electionIn(row.state, "preparing");
  if (!inState.ok) return inState;
  const draft = await openGroupDraft(scene, row);
  if (!draft) return err({ reason: "nothing_drafted" });
  if (row.version !== version) return err({ reason: "election_stale" });
  if (!mayApprove(row.groupDraftedBy ?? "", actor.personId).ok) return err({ reason: "own_draft" });
  const findings = groupFindings(draft.members, readMethod(row.method).groupChairFromStreet);
  if (findings.some(({ holds }) => !holds)) return err({ reason: "composition", findings });

  const statements: Query[] = [];
  const ownBody = row.groupBodyId ?? (row.kind === "founding" ? bodyFor(bodies) : null);
  let bodyId = ownBody;
  let postIds = postIdsOf(posts.filter((post) => post.bodyId === bodyId));
  if (bodyId === null) {
    const name =
      row.kind === "founding"
        ? BODY_WORDS.preparatory_group
        : { zh: `${row.title}工作小组`, en: `Working group: ${row.title}` };
    const body = insertBody(
      scene,
      { kind: "preparatory_group", name, posts: row.kind === "founding" ? POSTS : POSTS_OF_RENEWAL },
      actor.personId,
    );
    bodyId = body.bodyId;
    postIds = postIdsOf(body.posts);
    statements.push(...body.statements);
  }
  const people = await db.readMany(
    draft.members.map(({ phone }) => findPersonByPhone(scene, phoneHashOf(scene, phone))),
  );
  const wanted: Wanted[] = [];
  for (const [at, { name, phone, isChair }] of draft.members.entries()) {
    const person = people[at]?.[0];
    if (person && !isNamed(scene, person, name)) return err({ reason: "phone_of_another", name });
    let personId = person?.personId;
    if (!personId) {
      const made = await insertPerson(scene, { name, phone }, actor.personId);
      personId = made.personId;
      statements.push(...made.statements);
    }
    wanted.push({ personId, name, memberNo: at + 1, post: isChair ? "preparatory_chair" : "preparatory_member" });
  }

  const held = running.flatMap((tenure) => (tenure.bodyId === bodyId ? [{ ...tenure, post: seatOf(tenure) }] : []));
  const { kept, begin, end } = seatChanges(held, wanted);
  const [listed] = await db.read(listGroupTenures(scene, row.electionId, now));
  const strangers = end.filter(({ tenureId }) => !listed.some((one) => one.tenureId === tenureId));
  if (strangers.length > 0)
    return err({
      reason: "holder_not_listed",
      names: await Promise.all(strangers.map((tenure) => openName(scene, tenure))),
    });
  if (begin.some(({ personId }) => !mayAppoint(actor.personId, personId).ok)) return err({ reason: "own_appointment" });

  const today = dayOf(now);
  // Ends go first: the seat of a head who is replaced must be free when the next one takes it.
  for (const { tenureId } of end)
    statements.push(
      ...insertEnd(
        scene,
        { tenureId, endedAt: startOf(today), act: "dismissal", document: draft.document },
        actor.personId,
      ).statements,
    );
  const tenureOf = new Map(kept.map(([seat, tenure]) => [seat.memberNo, tenure.tenureId]));
  for (const { memberNo, personId, name, post } of begin) {
    const tenure = insertTenure(
      scene,
      {
        postId: postIds.get(post) ?? "",
        postKind: post,
        personId,
        name,
        span: { fromAt: startOf(today), untilAt: null },
        act: "appointment",
        document: draft.document,
      },
      actor.personId,
    );
    tenureOf.set(memberNo, tenure.tenureId);
    statements.push(...tenure.statements);
  }
  const edition = row.groupEdition + 1;
  const members = draft.members.map((member, at) => ({ ...member, ...wanted[at]!, tenureId: tenureOf.get(at + 1)! }));
  const until = groupLastDay(now, readMethod(row.method).groupPublicationDays.value);
  const event = recordElectionEvent(
    scene,
    row.electionId,
    "group_published",
    { edition, members: members.length, owners: members.filter(({ part }) => part === "owners").length, until },
    authorOf(scene),
    { list: members.map(({ tenureId, part, isChair }) => ({ tenure: tenureId, part, chair: isChair })) },
  );
  const written = await db.write([
    ...updateElection(scene, row, {
      groupBodyId: bodyId,
      groupDraft: null,
      groupDraftedBy: null,
      groupPublishedAt: now,
      groupEdition: edition,
    }),
    ...statements,
    ...insertGroupMembers(
      scene,
      members.map(({ memberNo, personId, part, isChair, home, tenureId }) => ({
        electionId: row.electionId,
        edition,
        memberNo,
        personId,
        part,
        isChair: isChair ? 1 : 0,
        home,
        tenureId,
        begins: begin.some((seat) => seat.memberNo === memberNo) ? 1 : 0,
      })),
    ),
    ...event.statements,
  ]);
  if (written.ok) return ok({ edition });
  switch (written.error.code) {
    case "post_taken":
    case "holds_it_already":
      return err({ reason: "no_free_seat" });
    case "phone_taken":
      return err({ reason: "election_stale" });
    default:
      return err({ reason: "election_stale" });
  }
}

const POSTS = standardPosts("preparatory_group");
/** The group of a renewal is no 筹备组: its posts are called by what they are. */
const POSTS_OF_RENEWAL = POSTS.map((post) => ({
  ...post,
  title: post.kind === "preparatory_chair" ? { zh: "组长", en: "Head" } : { zh: "成员", en: "Member" },
}));

const seatOf = ({ postKind }: Pick<TenureRow, "postKind">): GroupSeat["post"] =>
  postKind === "preparatory_chair" ? "preparatory_chair" : "preparatory_member";

const postIdsOf = (posts: readonly { readonly postId: string; readonly kind: string }[]): Map<string, string> =>
  new Map(posts.map(({ postId, kind }) => [kind, postId]));

/** A founding is run by the group that the community was set up with, if it was. */
const bodyFor = (bodies: readonly { readonly bodyId: string; readonly kind: string }[]): string | null =>
  bodies.find(({ kind }) => kind === "preparatory_group")?.bodyId ?? null;

/**
 * Statements that end every tenure which this election's lists brought about, for the batch that ends or seats it. What somebody
 * held before the call stays. The batch aborts with `last_manager` when nobody would be left who records offices.
 */
export async function dissolveGroup(
  scene: StaffScene,
  row: Pick<ElectionRow, "electionId">,
  why: { readonly act: EndKind; readonly document: string },
): Promise<readonly Query[]> {
  const { db, now, actor } = scene;
  const [running] = await db.read(listGroupTenures(scene, row.electionId, now));
  const own = running.filter(({ begins }) => begins === 1);
  if (own.length === 0) return [];
  const ids = own.map(({ tenureId }) => tenureId);
  return [
    ...own.flatMap(
      ({ tenureId }) => insertEnd(scene, { tenureId, endedAt: startOf(dayOf(now)), ...why }, actor.personId).statements,
    ),
    assertManagerBeside(scene, ids, now),
  ];
}

/**
 * Statements that end the group when its work is done: everybody's post in it, for the batch that gives the committee its chair, who
 * records offices from then on. None where the election had no group or nobody is left in it.
 */
export function disbandGroup(
  scene: Scene,
  election: Pick<ElectionRow, "electionId" | "groupBodyId">,
  tenures: readonly Pick<TenureRow, "tenureId" | "bodyId" | "fromAt">[],
  document: string,
  by: ElectionAuthor,
): readonly Query[] {
  const own = tenures.filter(({ bodyId }) => bodyId === election.groupBodyId);
  if (election.groupBodyId === null || own.length === 0) return [];
  const event = recordElectionEvent(scene, election.electionId, "group_disbanded", { members: own.length }, by);
  return [
    ...own.flatMap(
      ({ tenureId, fromAt }) =>
        insertEnd(scene, { tenureId, endedAt: Math.max(scene.now, fromAt), act: "end_of_term", document }, by.id)
          .statements,
    ),
    ...event.statements,
  ];
}
