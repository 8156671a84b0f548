/** What a new community must bring: an address of its own, and first office-holders who are different people. Pure. */
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { PostKind } from "../rules.ts";
import type { Limit } from "../signin/rules.ts";

/** Wrong set-up codes within an hour, from anywhere: the code is long, this only stops a machine from trying all day. */
export const WRONG_CODES: Limit = { most: 20, withinMs: 3_600_000 };
/** A set-up code shorter than this could be guessed and is treated as none. */
export const SHORTEST_CODE = 12;

export interface CommunityAsked {
  readonly name: string;
  /** The address under /c/: small letters, digits and hyphens. */
  readonly slug: string;
  readonly street: string;
  readonly district: string;
  readonly address: string;
}

export type CommunityRefusal =
  | { readonly reason: "field_missing"; readonly field: keyof CommunityAsked }
  | { readonly reason: "field_too_long"; readonly field: keyof CommunityAsked; readonly most: number }
  | { readonly reason: "slug_malformed" };

const LONGEST: Record<keyof CommunityAsked, number> = { name: 40, slug: 40, street: 40, district: 40, address: 100 };
const FIELDS = Object.keys(LONGEST) as (keyof CommunityAsked)[];

export const isSlug = (text: string): boolean => /^[a-z0-9][a-z0-9-]{1,39}$/.test(text) && !text.endsWith("-");

/** The community as it will be kept: trimmed, slug in small letters; or everything that is wrong with it. */
export function readCommunity(
  asked: CommunityAsked,
): Result<CommunityAsked, readonly [CommunityRefusal, ...CommunityRefusal[]]> {
  const trimmed = (field: keyof CommunityAsked): string => asked[field].normalize("NFKC").trim();
  const community: CommunityAsked = {
    name: trimmed("name"),
    slug: trimmed("slug").toLowerCase(),
    street: trimmed("street"),
    district: trimmed("district"),
    address: trimmed("address"),
  };
  const refusals = FIELDS.flatMap((field): CommunityRefusal[] => {
    if (community[field] === "") return [{ reason: "field_missing", field }];
    const most = LONGEST[field];
    if (community[field].length > most) return [{ reason: "field_too_long", field, most }];
    return field === "slug" && !isSlug(community.slug) ? [{ reason: "slug_malformed" }] : [];
  });
  const [first, ...others] = refusals;
  return first ? err([first, ...others]) : ok(community);
}

/** A first office-holder, name and phone already read. */
export interface FirstOfficer {
  readonly post: PostKind;
  readonly name: string;
  readonly phone: string;
}

export type OfficersRefusal =
  | { readonly reason: "nobody_approves" }
  | { readonly reason: "nobody_drafts" }
  | { readonly reason: "approves_and_drafts"; readonly phone: string }
  | { readonly reason: "enters_and_counts"; readonly phone: string }
  | { readonly reason: "one_phone_two_names"; readonly phone: string };

const HEADS: readonly PostKind[] = ["committee_chair", "preparatory_chair"];

/**
 * A community needs someone who approves and someone else who drafts, or its first meeting could never be called; and who
 * keys in paper does not count it.
 */
export function mayBegin(officers: readonly FirstOfficer[]): Result<true, OfficersRefusal> {
  const names = new Map<string, string>();
  for (const { name, phone } of officers) {
    if ((names.get(phone) ?? name) !== name) return err({ reason: "one_phone_two_names", phone });
    names.set(phone, name);
  }
  const phones = (...posts: readonly PostKind[]): string[] =>
    officers.filter(({ post }) => posts.includes(post)).map(({ phone }) => phone);
  const heads = phones(...HEADS);
  const secretaries = phones("secretary");
  if (heads.length === 0) return err({ reason: "nobody_approves" });
  if (secretaries.length === 0) return err({ reason: "nobody_drafts" });
  const both = secretaries.find((phone) => heads.includes(phone));
  if (both) return err({ reason: "approves_and_drafts", phone: both });
  const counts = phones("teller").find((phone) => secretaries.includes(phone));
  return counts ? err({ reason: "enters_and_counts", phone: counts }) : ok(true);
}

/** The shard with the fewest communities, the lowest number where several have as few. */
export function leastFilled(
  shards: number,
  held: readonly { readonly shard: number; readonly communities: number }[],
): number {
  const count = (shard: number): number => held.find((one) => one.shard === shard)?.communities ?? 0;
  let least = 0;
  for (let shard = 1; shard < shards; shard += 1) if (count(shard) < count(least)) least = shard;
  return least;
}

export type CodeRefusal =
  | { readonly reason: "no_setup_code" }
  | { readonly reason: "setup_code_wrong" }
  | { readonly reason: "setup_locked"; readonly until: Instant };
