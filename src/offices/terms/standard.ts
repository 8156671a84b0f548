/** The bodies a community starts with and the posts each kind of body has. A starting point as data, not a rule: names and levels are the district's. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { BodyKind, PostKind } from "../rules.ts";
import { BODY_WORDS, POST_WORDS } from "../words.ts";
import type { NewPost } from "./store.ts";

/** Seats of each post; those of the committee are the most the law allows (M1) until an election's method sets them. */
const SEATS: Record<BodyKind, readonly (readonly [PostKind, number])[]> = {
  upper_body: [["upper_liaison", 1]],
  street_party: [["street_party_secretary", 1]],
  community_party: [["community_party_secretary", 1]],
  branch: [
    ["branch_secretary", 1],
    ["branch_member", 7],
  ],
  party_group: [["group_leader", 1]],
  party_household: [["party_host", 1]],
  street_office: [["street_officer", 5]],
  residents_committee: [["residents_officer", 9]],
  grid: [
    ["grid_leader", 1],
    ["grid_worker", 9],
  ],
  building: [
    ["building_steward", 1],
    ["entrance_steward", 9],
  ],
  committee: [
    ["committee_chair", 1],
    ["committee_deputy", 3],
    ["committee_member", 11],
    ["committee_alternate", 11],
  ],
  preparatory_group: [
    ["preparatory_chair", 1],
    ["preparatory_member", 14],
  ],
  staff: [
    ["secretary", 2],
    ["teller", 9],
    ["treasurer", 2],
    ["accountant", 2],
    ["volunteer", 200],
  ],
  supervision: [["supervisor", 7]],
  provider: [
    ["provider_manager", 1],
    ["provider_staff", 50],
  ],
  audit: [["auditor", 5]],
};

export const standardPosts = (kind: BodyKind): NewPost[] =>
  SEATS[kind].map(([post, seats]) => ({ kind: post, title: POST_WORDS[post], seats }));

/** The tree of bodies a new community gets (S1), parents first. The preparatory group is formed where there is no committee yet. */
export const STANDARD_BODIES: readonly { readonly kind: BodyKind; readonly under: BodyKind | null }[] = [
  { kind: "street_party", under: null },
  { kind: "street_office", under: null },
  { kind: "community_party", under: "street_party" },
  { kind: "residents_committee", under: "street_office" },
  { kind: "branch", under: "community_party" },
  { kind: "committee", under: null },
  { kind: "staff", under: "committee" },
  { kind: "supervision", under: null },
  { kind: "provider", under: null },
  { kind: "audit", under: null },
];

export const bodyName = (kind: BodyKind): Bilingual => BODY_WORDS[kind];
