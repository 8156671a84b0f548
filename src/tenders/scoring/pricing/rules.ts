/** A price that looks below cost (TB 33, 41): asked about in writing, answered by its bidder in its own time, decided with a reason by another. Pure. */
import { addDays, type Day, endOf, type Instant, isDay } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { OpenedBid } from "../../opening/opened.ts";
import { type TenderMoveRefusal, type TenderState, tenderIn } from "../../rules.ts";

export interface PriceQuery {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly bidderId: string;
  readonly question: string;
  /** The answer must be in before this instant. */
  readonly dueAt: Instant;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
  readonly outcome: "kept" | "void" | null;
  readonly reason: string | null;
}

export const LONGEST_QUERY = 1_000;
export const LONGEST_ANSWER = 3_000;

type WordsFault =
  | { readonly reason: "words_missing"; readonly field: string }
  | { readonly reason: "words_too_long"; readonly field: string; readonly most: number };

const wordsOf = (field: string, typed: string, most: number): Result<string, WordsFault> => {
  const words = typed.trim();
  if (words === "") return err({ reason: "words_missing", field });
  return [...words].length > most ? err({ reason: "words_too_long", field, most }) : ok(words);
};

export type AskPriceRefusal =
  | TenderMoveRefusal
  | WordsFault
  | { readonly reason: "bid_unknown"; readonly lotNo: number; readonly bidderNo: number }
  | { readonly reason: "bid_void_already"; readonly lotNo: number; readonly bidderNo: number }
  | { readonly reason: "price_queried" }
  /** A bidder has one whole day at least. */
  | { readonly reason: "due_too_soon"; readonly earliest: Day };

/** Whether a bid may be asked about: opened, valid so far, once, with a last day that leaves its bidder a whole one. */
export function mayAskPrice(
  state: TenderState,
  bid: OpenedBid | undefined,
  at: { readonly lotNo: number; readonly bidderNo: number },
  asked: { readonly question: string; readonly dueOn: string },
  isQueried: boolean,
  today: Day,
): Result<{ readonly question: string; readonly dueAt: Instant }, AskPriceRefusal> {
  const may = tenderIn(state, "opened");
  if (!may.ok) return may;
  if (!bid) return err({ reason: "bid_unknown", ...at });
  if (bid.voidWhy !== null) return err({ reason: "bid_void_already", ...at });
  if (isQueried) return err({ reason: "price_queried" });
  const question = wordsOf("question", asked.question, LONGEST_QUERY);
  if (!question.ok) return question;
  const earliest = addDays(today, 1);
  return isDay(asked.dueOn) && asked.dueOn >= earliest
    ? ok({ question: question.value, dueAt: endOf(asked.dueOn) })
    : err({ reason: "due_too_soon", earliest });
}

export type AnswerPriceRefusal =
  | WordsFault
  | { readonly reason: "price_answered" }
  | { readonly reason: "price_answer_late"; readonly dueAt: Instant };

/** Whether a bidder may still explain its price: once, before its time is over. */
export function mayAnswerPrice(
  query: Pick<PriceQuery, "dueAt" | "answeredAt">,
  text: string,
  now: Instant,
): Result<string, AnswerPriceRefusal> {
  if (query.answeredAt !== null) return err({ reason: "price_answered" });
  if (now >= query.dueAt) return err({ reason: "price_answer_late", dueAt: query.dueAt });
  return wordsOf("answer", text, LONGEST_ANSWER);
}

export type DecidePriceRefusal =
  | WordsFault
  | { readonly reason: "price_decided" }
  /** Neither has it answered nor is its time over. */
  | { readonly reason: "price_unheard"; readonly dueAt: Instant }
  | { readonly reason: "own_query" };

/** Whether a query may be decided: after the answer or the last day, by another than who asked, with a reason either way. */
export function mayDecidePrice(
  query: PriceQuery,
  asked: { readonly outcome: string; readonly reason: string; readonly by: string },
  now: Instant,
): Result<{ readonly outcome: "kept" | "void"; readonly reason: string }, DecidePriceRefusal> {
  if (query.outcome !== null) return err({ reason: "price_decided" });
  if (query.answeredAt === null && now < query.dueAt) return err({ reason: "price_unheard", dueAt: query.dueAt });
  if (query.askedBy === asked.by) return err({ reason: "own_query" });
  if (asked.outcome !== "kept" && asked.outcome !== "void") return err({ reason: "words_missing", field: "outcome" });
  const reason = wordsOf("reason", asked.reason, LONGEST_QUERY);
  return reason.ok ? ok({ outcome: asked.outcome, reason: reason.value }) : reason;
}

/** Queries that nobody has decided: while one stands, who is compared is not decided either. */
export type PriceQueriesOpen = { readonly reason: "price_queries_open"; readonly open: number };

/** The bids with those void whose price was found to be below cost. */
export const withPriceDecisions = (
  bids: readonly OpenedBid[],
  queries: readonly Pick<PriceQuery, "lotNo" | "bidderNo" | "outcome" | "reason">[],
): readonly OpenedBid[] =>
  bids.map((bid) => {
    const found = queries.find(({ lotNo, bidderNo }) => lotNo === bid.lotNo && bidderNo === bid.bidderNo);
    return bid.voidWhy === null && found?.outcome === "void"
      ? { ...bid, voidWhy: `报价低于成本：${found.reason ?? ""}` }
      : bid;
  });
