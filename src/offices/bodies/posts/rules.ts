/** A body's posts as they change: title, seats and length of term. Pure; who may take one stands in terms/rules.ts. */
import type { Instant } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import { BODY_OF_POST, type BodyKind, type PostKind } from "../../rules.ts";
import { holdsAt, LONGEST_TERM_MONTHS, type Span } from "../../terms/rules.ts";
import { type DocumentRefusal, readDocument } from "../rules.ts";

/** A post as it now is. */
export interface Post {
  readonly postId: string;
  readonly bodyId: string;
  readonly kind: PostKind;
  readonly title: Bilingual;
  /** 0: the post is given to nobody any more. */
  readonly seats: number;
  readonly termMonths: number | null;
  readonly version: number;
}

export const MOST_SEATS = 999;
export const LONGEST_POST_TITLE = 20;
export const LONGEST_POST_TERM_MONTHS = 120;

export interface PostAsked {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly seats: string;
  /** Empty where the post has no term. */
  readonly termMonths: string;
}

export type PostRefusal =
  | { readonly reason: "post_not_of_body" }
  | { readonly reason: "post_title_too_long"; readonly most: number }
  | { readonly reason: "not_a_number_of_seats"; readonly least: number; readonly most: number }
  | { readonly reason: "not_a_term"; readonly most: number }
  | { readonly reason: "seats_held"; readonly held: number }
  | DocumentRefusal
  | { readonly reason: "nothing_changed" };

export interface PostState {
  readonly title: Bilingual;
  readonly seats: number;
  readonly termMonths: number | null;
}

const wholeIn = (text: string, least: number, most: number): number | null => {
  const typed = text.normalize("NFKC").trim();
  if (!/^\d{1,4}$/.test(typed)) return null;
  const value = Number(typed);
  return value >= least && value <= most ? value : null;
};

/** The committee's term is at most five years by law (M2: REG 16, GR 31); what other posts have is for the district to say. */
const longestTerm = (kind: PostKind): number =>
  BODY_OF_POST[kind] === "committee" ? LONGEST_TERM_MONTHS : LONGEST_POST_TERM_MONTHS;

function readPost(
  kind: PostKind,
  asked: PostAsked,
  leastSeats: number,
  words: Bilingual,
): Result<PostState, PostRefusal> {
  const zh = asked.titleZh.trim() || words.zh;
  const en = asked.titleEn.trim() || (zh === words.zh ? words.en : zh);
  if (zh.length > LONGEST_POST_TITLE || en.length > 3 * LONGEST_POST_TITLE)
    return err({ reason: "post_title_too_long", most: LONGEST_POST_TITLE });
  const seats = wholeIn(asked.seats, leastSeats, MOST_SEATS);
  if (seats === null) return err({ reason: "not_a_number_of_seats", least: leastSeats, most: MOST_SEATS });
  const most = longestTerm(kind);
  const isOpen = asked.termMonths.trim() === "";
  const termMonths = isOpen ? null : wholeIn(asked.termMonths, 1, most);
  if (!isOpen && termMonths === null) return err({ reason: "not_a_term", most });
  return ok({ title: { zh, en }, seats, termMonths });
}

/** A further post of a body, of a kind its kind of body has, by a document. */
export function mayAddPost(
  bodyKind: BodyKind,
  kind: PostKind,
  asked: PostAsked & { readonly document: string },
  kindWords: Bilingual,
): Result<PostState, PostRefusal> {
  if (BODY_OF_POST[kind] !== bodyKind) return err({ reason: "post_not_of_body" });
  const state = readPost(kind, asked, 1, kindWords);
  const document = readDocument(asked.document);
  return state.ok && document ? err(document) : state;
}

/** The most tenures that run at once from an instant on. It is reached there, or where another begins. */
export function mostHeldFrom(spans: readonly Span[], at: Instant): number {
  const starts = [at, ...spans.map(({ fromAt }) => fromAt).filter((from) => from > at)];
  return Math.max(...starts.map((start) => spans.filter((span) => holdsAt(span, start)).length));
}

/** Another title, number of seats or term. Never fewer seats than are held now or later: nobody loses office by a number. */
export function mayChangePost(
  post: Post,
  asked: PostAsked & { readonly document: string },
  held: readonly Span[],
  now: Instant,
): Result<PostState, PostRefusal> {
  const state = readPost(post.kind, asked, 0, post.title);
  if (!state.ok) return state;
  const document = readDocument(asked.document);
  if (document) return err(document);
  const most = mostHeldFrom(held, now);
  if (state.value.seats < most) return err({ reason: "seats_held", held: most });
  const { title, seats, termMonths } = state.value;
  const isSame =
    title.zh === post.title.zh && title.en === post.title.en && seats === post.seats && termMonths === post.termMonths;
  return isSame ? err({ reason: "nothing_changed" }) : state;
}
