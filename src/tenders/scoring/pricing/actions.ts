/** Asking a bidder about a price that looks below cost, its answer, and what two officers make of it. Load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { personIn } from "../../../ledger/questions/rules.ts";
import { type FileFault, putFile } from "../../../platform/files.ts";
import { queueMessages } from "../../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, bidderAuthor, recordTenderEvent } from "../../acting.ts";
import type { BidderActor } from "../../bidders/session.ts";
import { findBidder } from "../../bidders/store.ts";
import { listOpenedBids, openedBidOf } from "../../opening/store.ts";
import { assertTenderStands, findTender, type TenderKey } from "../../store.ts";
import {
  type AnswerPriceRefusal,
  type AskPriceRefusal,
  type DecidePriceRefusal,
  mayAnswerPrice,
  mayAskPrice,
  mayDecidePrice,
} from "./rules.ts";
import {
  insertPriceAnswer,
  insertPriceDecision,
  insertPriceQuery,
  listPriceQueries,
  type PriceQueryRow,
} from "./store.ts";

export const PRICE_QUERY = "tender.price-query";

/** A bid as the address has it. */
export interface BidAt {
  readonly lotNo: number;
  readonly bidderNo: number;
}
type Gone =
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" }
  /** It stands in the report for everybody. */
  | { readonly reason: "names_a_person"; readonly field: string; readonly found: string };
export type PriceRefusal =
  | Gone
  | AskPriceRefusal
  | AnswerPriceRefusal
  | DecidePriceRefusal
  | FileFault
  | { readonly reason: "query_unknown" };

const isAt = (at: BidAt) => (row: BidAt) => row.lotNo === at.lotNo && row.bidderNo === at.bidderNo;

async function readQueried(scene: Scene, key: TenderKey) {
  const [[tender], bids, queries] = await scene.db.read(
    findTender(scene, key),
    listOpenedBids(scene, key),
    listPriceQueries(scene, key),
  );
  return tender ? { tender, bids, queries } : null;
}

/** Asks about one bid's price, with word to its bidder. The same question again finds it asked. */
export async function askPrice(
  scene: StaffScene,
  key: TenderKey,
  at: BidAt,
  asked: { readonly question: string; readonly dueOn: string },
): Promise<Result<true, PriceRefusal>> {
  const read = await readQueried(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const { tender, bids, queries } = read;
  const before = queries.find(isAt(at));
  if (before?.question === asked.question.trim()) return ok(true);
  const row = bids.find(isAt(at));
  const bid = row && openedBidOf(row);
  const may = mayAskPrice(tender.state, bid, at, asked, before !== undefined, dayOf(scene.now));
  if (!may.ok) return may;
  const { question, dueAt } = may.value;
  const found = personIn(question, []);
  if (found !== null) return err({ reason: "names_a_person", field: "question", found });
  const { tenderId } = tender;
  const [[bidder]] = await scene.db.read(findBidder(scene, tenderId, bid!.bidderId));
  const author = authorOf(scene);
  const event = recordTenderEvent(
    scene,
    tenderId,
    "price_queried",
    { lot: at.lotNo, bidder: at.bidderNo, until: dayOf(dueAt - 1) },
    author,
    { question: sha256Hex(question) },
  );
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertPriceQuery(scene, {
      tenderId,
      ...at,
      bidderId: bid!.bidderId,
      question,
      dueAt,
      askedBy: author.id,
      byWords: author.words,
      askedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...(bidder
      ? queueMessages(scene, PRICE_QUERY, [
          {
            to: bidder.contactId,
            params: { tender: tender.number, lot: at.lotNo, until: dayOf(dueAt - 1) },
            dedupeKey: `${PRICE_QUERY}:${tenderId}:${at.lotNo}:${at.bidderNo}`,
            expiresAt: dueAt,
          },
        ])
      : []),
  ]);
  if (written.ok) return ok(true);
  return err({ reason: written.error.code === "price_queried" ? "price_queried" : "tender_stale" });
}

/** A bidder explains the price of its bid for a lot, with papers where it has any. Once; the same words again find it answered. */
export async function answerPrice(
  scene: Scene,
  { tenderId, bidderId }: Pick<BidderActor, "tenderId" | "bidderId">,
  lotNo: number,
  text: string,
  file: { readonly name: string; readonly bytes: Uint8Array } | null,
): Promise<Result<true, PriceRefusal>> {
  const read = await readQueried(scene, tenderId);
  if (!read) return err({ reason: "unknown_tender" });
  const query = read.queries.find((one) => one.lotNo === lotNo && one.bidderId === bidderId);
  if (!query) return err({ reason: "query_unknown" });
  if (query.answer === text.trim()) return ok(true);
  const may = mayAnswerPrice(query, text, scene.now);
  if (!may.ok) return may;
  const answer = may.value;
  const found = personIn(answer, []);
  if (found !== null) return err({ reason: "names_a_person", field: "answer", found });
  const put = file ? await putFile(scene, file, bidderId, "private") : null;
  if (put && !put.ok) return put;
  const { bidderNo, dueAt } = query;
  const fileHash = put?.value.stored.sha256 ?? "";
  const event = recordTenderEvent(
    scene,
    tenderId,
    "price_explained",
    { lot: lotNo, bidder: bidderNo },
    bidderAuthor(bidderId),
    { answer: sha256Hex(answer), file: fileHash },
  );
  const written = await scene.db.write([
    ...(put ? [put.value.statement] : []),
    insertPriceAnswer(scene, {
      tenderId,
      lotNo,
      bidderNo,
      answer,
      fileId: put?.value.stored.fileId ?? "",
      fileHash,
      answeredAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok) return ok(true);
  if (written.error.code === "price_answered") return err({ reason: "price_answered" });
  if (written.error.code === "price_answer_late") return err({ reason: "price_answer_late", dueAt });
  throw new Error(`an explanation was refused by ${written.error.code}`);
}

/** Decides whether the bid is compared: another than who asked, once its bidder answered or had its time. The same again finds it decided. */
export async function decidePrice(
  scene: StaffScene,
  key: TenderKey,
  at: BidAt,
  asked: { readonly outcome: string; readonly reason: string },
): Promise<Result<true, PriceRefusal>> {
  const read = await readQueried(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const { tender, queries } = read;
  const query: PriceQueryRow | undefined = queries.find(isAt(at));
  if (!query) return err({ reason: "query_unknown" });
  if (query.outcome === asked.outcome && query.reason === asked.reason.trim()) return ok(true);
  const author = authorOf(scene);
  const may = mayDecidePrice(query, { ...asked, by: author.id }, scene.now);
  if (!may.ok) return may;
  const { outcome, reason } = may.value;
  const found = personIn(reason, []);
  if (found !== null) return err({ reason: "names_a_person", field: "reason", found });
  const facts = { lot: at.lotNo, bidder: at.bidderNo, isFit: outcome === "kept", why: reason };
  const event = recordTenderEvent(scene, tender.tenderId, "price_decided", facts, author);
  const written = await scene.db.write([
    assertTenderStands(scene, tender),
    insertPriceDecision(scene, {
      tenderId: tender.tenderId,
      ...at,
      outcome,
      reason,
      decidedBy: author.id,
      byWords: author.words,
      decidedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  if (written.ok) return ok(true);
  return err({ reason: written.error.code === "price_decided" ? "price_decided" : "tender_stale" });
}
