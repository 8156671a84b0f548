/** Bodies, posts, and the one table that says which post may do what; who may check whose work. Pure; knows no person. Start reading here. */
import { err, ok, type Result } from "../kernel/result.ts";
import type { Permission } from "../platform/access.ts";

/** The bodies of a community and those above it (S1). A district may call them otherwise: the name is data, the kind is not. */
export const BODY_KINDS = [
  "upper_body",
  "street_party",
  "community_party",
  "branch",
  "party_group",
  "party_household",
  "street_office",
  "residents_committee",
  "grid",
  "building",
  "committee",
  "preparatory_group",
  "staff",
  "supervision",
  "provider",
  "audit",
] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

export const POST_KINDS = [
  "upper_liaison",
  "street_party_secretary",
  "community_party_secretary",
  "branch_secretary",
  "branch_member",
  "group_leader",
  "party_host",
  "street_officer",
  "residents_officer",
  "grid_leader",
  "grid_worker",
  "building_steward",
  "entrance_steward",
  "committee_chair",
  "committee_deputy",
  "committee_member",
  "committee_alternate",
  "preparatory_chair",
  "preparatory_member",
  "secretary",
  "teller",
  "treasurer",
  "accountant",
  "volunteer",
  "supervisor",
  "provider_manager",
  "provider_staff",
  "auditor",
] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** The order in which a page lists bodies side by side: those the owners chose first. */
const SHOWN_FIRST: readonly BodyKind[] = ["committee", "preparatory_group", "staff", "supervision"];
export const rankOf = (kind: BodyKind): number => {
  const first = SHOWN_FIRST.indexOf(kind);
  return first >= 0 ? first : SHOWN_FIRST.length + BODY_KINDS.indexOf(kind);
};

export const isBodyKind = (text: string): text is BodyKind => (BODY_KINDS as readonly string[]).includes(text);
export const isPostKind = (text: string): text is PostKind => (POST_KINDS as readonly string[]).includes(text);

/** Which body a post belongs to; a post elsewhere is refused. */
export const BODY_OF_POST: Record<PostKind, BodyKind> = {
  upper_liaison: "upper_body",
  street_party_secretary: "street_party",
  community_party_secretary: "community_party",
  branch_secretary: "branch",
  branch_member: "branch",
  group_leader: "party_group",
  party_host: "party_household",
  street_officer: "street_office",
  residents_officer: "residents_committee",
  grid_leader: "grid",
  grid_worker: "grid",
  building_steward: "building",
  entrance_steward: "building",
  committee_chair: "committee",
  committee_deputy: "committee",
  committee_member: "committee",
  committee_alternate: "committee",
  preparatory_chair: "preparatory_group",
  preparatory_member: "preparatory_group",
  secretary: "staff",
  teller: "staff",
  treasurer: "staff",
  accountant: "staff",
  volunteer: "staff",
  supervisor: "supervision",
  provider_manager: "provider",
  provider_staff: "provider",
  auditor: "audit",
};

/**
 * Who may do what: the only grant there is. A party post gives no power over a vote (Q6), a member of the committee reads
 * and decides in meeting but keys nothing in, and the provider's people have no right at all. Shown at /c/:slug/permissions.
 */
export const PERMISSIONS: Record<Permission, readonly PostKind[]> = {
  "roll.read": [
    "committee_chair",
    "committee_deputy",
    "preparatory_chair",
    "preparatory_member",
    "secretary",
    "teller",
    "supervisor",
    "residents_officer",
    "street_officer",
    "auditor",
  ],
  "roll.write": ["secretary"],
  "roll.reveal": ["secretary", "residents_officer"],
  "meeting.read": [
    "committee_chair",
    "committee_deputy",
    "committee_member",
    "preparatory_chair",
    "preparatory_member",
    "secretary",
    "teller",
    "supervisor",
    "branch_secretary",
    "branch_member",
    "residents_officer",
    "street_officer",
    "auditor",
  ],
  "meeting.draft": ["secretary", "preparatory_member"],
  "meeting.approve": ["committee_chair", "committee_deputy", "preparatory_chair"],
  "meeting.deliver": ["secretary", "volunteer"],
  "paper.enter": ["secretary"],
  "paper.confirm": ["teller", "supervisor"],
  "proxy.record": ["secretary"],
  "meeting.count": ["teller"],
  "result.publish": ["committee_chair", "committee_deputy", "preparatory_chair"],
  "objection.answer": ["committee_chair", "committee_deputy", "preparatory_chair", "secretary"],
  "meeting.annul": ["street_officer"],
  "offices.manage": ["committee_chair", "preparatory_chair", "secretary", "street_officer"],
  "settings.manage": ["committee_chair", "preparatory_chair"],
  "outbox.read": ["committee_chair", "preparatory_chair", "secretary", "supervisor"],
  "audit.read": ["supervisor", "street_officer", "auditor"],
  "duty.manage": ["branch_secretary", "community_party_secretary", "street_officer", "committee_chair"],
  "duty.report": [
    "branch_secretary",
    "branch_member",
    "group_leader",
    "residents_officer",
    "grid_leader",
    "grid_worker",
    "building_steward",
    "entrance_steward",
    "committee_chair",
    "committee_deputy",
    "committee_member",
    "secretary",
  ],
  "ledger.read": [
    "treasurer",
    "accountant",
    "committee_chair",
    "committee_deputy",
    "committee_member",
    "secretary",
    "supervisor",
    "residents_officer",
    "street_officer",
    "auditor",
  ],
  "ledger.draft": ["treasurer", "secretary"],
  "ledger.review": ["accountant"],
  "ledger.approve": ["committee_chair", "committee_deputy"],
  "ledger.close": ["accountant"],
  "ledger.manage": ["committee_chair", "accountant"],
  "fund.confirm": ["residents_officer", "street_officer"],
  "audit.engage": ["committee_chair", "committee_deputy", "secretary", "street_officer"],
  "audit.work": ["auditor"],
  "audit.respond": ["committee_chair", "committee_deputy"],
  "election.call": ["street_officer", "preparatory_chair", "committee_chair", "committee_deputy"],
  "election.prepare": ["preparatory_member", "secretary"],
  "election.decide": ["preparatory_chair", "committee_chair", "committee_deputy"],
  "election.appeal": ["street_officer"],
  "committee.call": ["committee_chair", "committee_deputy"],
  "committee.record": ["secretary"],
  "committee.sign": ["committee_chair", "committee_deputy", "committee_member"],
  "committee.publish": ["committee_chair", "committee_deputy"],
  "overlap.manage": ["street_officer", "community_party_secretary"],
  "overlap.waive": ["street_officer", "supervisor", "community_party_secretary"],
  "overlap.consent": ["branch_secretary"],
  "tender.read": [
    "committee_chair",
    "committee_deputy",
    "committee_member",
    "secretary",
    "supervisor",
    "branch_secretary",
    "residents_officer",
    "street_officer",
    "auditor",
  ],
  "tender.draft": ["secretary"],
  "tender.decide": ["committee_chair", "committee_deputy"],
  "tender.witness": ["supervisor", "residents_officer", "street_officer"],
  "tender.inspect": ["committee_chair", "committee_deputy", "committee_member", "supervisor", "building_steward"],
};

const ALL = Object.keys(PERMISSIONS) as Permission[];

/** In the order of the table. */
export const permissionList: readonly Permission[] = ALL;

/** What the holder of these posts may do. Kinds this version does not know grant nothing. */
export const permissionsOf = (posts: readonly string[]): Set<Permission> =>
  new Set(
    ALL.filter((permission) => (PERMISSIONS[permission] as readonly string[]).some((kind) => posts.includes(kind))),
  );

/** Posts that say of their holder what is theirs to say: named only with their own consent (PIPL 28–29; overlap/). */
const BY_CONSENT: readonly PostKind[] = ["branch_member"];
export const isNamedByConsent = (kind: PostKind): boolean => BY_CONSENT.includes(kind);

const UNNAMED: readonly PostKind[] = ["volunteer", "provider_staff", "party_host", ...BY_CONSENT];
/**
 * Whose holders are named in public: those who act for the owners or decide. A volunteer at the door is not made findable, nor
 * the household of a party member, whose affiliation is sensitive (PIPL 28-29). The secretary of a branch is its public face; its
 * members neither act for the owners nor decide anything of theirs.
 */
export const isNamedInPublic = (kind: PostKind): boolean => !UNNAMED.includes(kind);
/** The same of one holder, who may have consented. */
export const mayBeNamed = (kind: PostKind, hasConsented: boolean): boolean =>
  isNamedInPublic(kind) || (hasConsented && isNamedByConsent(kind));

/** Two steps of one matter that no post may hold both of: who prepares does not decide, who types does not check. */
export const SEPARATED: readonly (readonly [Permission, Permission])[] = [
  ["meeting.draft", "meeting.approve"],
  ["meeting.draft", "result.publish"],
  ["paper.enter", "paper.confirm"],
  ["paper.enter", "meeting.count"],
  ["meeting.count", "result.publish"],
  ["meeting.count", "meeting.draft"],
  ["ledger.draft", "ledger.review"],
  ["ledger.draft", "ledger.approve"],
  ["ledger.review", "ledger.approve"],
  ["ledger.approve", "fund.confirm"],
  ["election.prepare", "election.decide"],
  ["election.decide", "election.appeal"],
  ["committee.record", "committee.publish"],
  ["tender.draft", "tender.decide"],
  ["tender.decide", "tender.witness"],
];

export type SeparationRefusal =
  | { readonly reason: "own_draft" }
  | { readonly reason: "own_entry" }
  | { readonly reason: "own_count" }
  | { readonly reason: "own_appointment" };

const other =
  <R extends SeparationRefusal["reason"]>(reason: R) =>
  (first: string, second: string): Result<true, { readonly reason: R }> =>
    first !== second ? ok(true) : (err({ reason }) as Result<true, { readonly reason: R }>);

/** Whether this person may approve what that person drafted. By person, not post: one may hold a drafting and an approving post. */
export const mayApprove = other("own_draft");
/** Whether this person may confirm the paper ballot that person entered. */
export const mayConfirm = other("own_entry");
/** Whether this person may publish what that person counted. */
export const mayPublish = other("own_count");
/** Whether the recorder may record this person's taking of office. Ending one's own is a resignation and allowed. */
export const mayAppoint = other("own_appointment");
