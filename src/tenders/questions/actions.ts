/** Asking about a tender, drafting an answer, publishing it to all: load, ask the rules, write with the leaf. No HTTP. */
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type AnswerRefusal, mayAnswer } from "../../ledger/questions/rules.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf, recordTenderEvent } from "../acting.ts";
import { readAnnounced } from "../bidders/actions.ts";
import { questionContext } from "../bidders/sealed.ts";
import { DIALOGUE_SETTINGS } from "../bidders/settings.ts";
import { listBidders, lotsOf } from "../bidders/store.ts";
import type { TenderKey } from "../store.ts";
import { type AskRefusal, answerDue, mayAskAbout } from "./rules.ts";
import {
  findTenderQuestion,
  insertAnswerDraft,
  insertTenderAnswer,
  insertTenderQuestion,
  listTenderQuestions,
  type QuestionRow,
} from "./store.ts";

export const ANSWERED = "tender.answered";
const MOST_TRIES = 10;

/** What was asked, in the asker's own words: for officers who answer. */
export const openTenderQuestion = (scene: Scene, tenderId: string, row: QuestionRow): Promise<string> =>
  scene.keys.open(row.textSealed, questionContext(scene.community.id, tenderId, row.questionNo));

export type AskingRefusal = KeyReused | AskRefusal | { readonly reason: "unknown_tender" };

/** Whoever proved a telephone asks; bidders and others alike. Who asked is told to nobody, and what only with the answer. */
export async function askAboutTender(
  scene: Scene,
  contactId: string,
  key: TenderKey,
  text: string,
  once: string,
): Promise<Result<{ readonly questionNo: number }, AskingRefusal>> {
  const body = scene.keys.index(JSON.stringify([contactId, text.trim()]), "once:tender-question");
  const first = await findAnswer<{ questionNo: number }>(scene, { key: once, body });
  if (first) return first;
  const settings = await readSettings(scene, DIALOGUE_SETTINGS);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await readAnnounced(scene, key);
    if (!read) return err({ reason: "unknown_tender" });
    const { tenderId, questionsUntil } = read.tender;
    const [questions] = await scene.db.read(listTenderQuestions(scene, tenderId));
    const waiting = questions.filter((row) => row.contactId === contactId && row.publishedAt === null).length;
    const may = mayAskAbout(read.tender, text, waiting, scene.now);
    if (!may.ok) return may;
    const questionNo = questions.length + 1;
    const dueOn = answerDue(scene.now, settings.answerDays.value);
    const textSealed = await scene.keys.seal(may.value, questionContext(scene.community.id, tenderId, questionNo));
    // Of the sealed text, from which nobody guesses their way back.
    const facts = { tender: tenderId, question: questionNo, due: dueOn, text: sha256Hex(textSealed) };
    const leaf = appendLeaf(scene, "tender.question_asked", facts, tenderId);
    const insert = insertTenderQuestion(scene, {
      tenderId,
      questionNo,
      contactId,
      textSealed,
      askedAt: scene.now,
      dueOn,
      leafHash: leaf.leafHash,
    });
    const written = await writeOnce(scene, { key: once, body }, [insert, leaf.statement], { questionNo });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code === "questions_over") return err({ reason: "questions_over", until: questionsUntil });
    if (written.error.code !== "questions_changed_meanwhile")
      throw new Error(`a question was refused by ${written.error.code}`);
  }
  throw new Error("too many questions at once");
}

export type DraftingRefusal =
  | AnswerRefusal
  | { readonly reason: "unknown_question" }
  | { readonly reason: "answered_already" }
  | { readonly reason: "answer_changed_meanwhile" };

/** The secretary drafts an answer, or drafts it anew; `seen` is the version the form was filled in from. The same words again are the same draft. */
export async function draftAnswer(
  scene: StaffScene,
  key: TenderKey,
  questionNo: number,
  seen: number,
  words: { readonly shown: string; readonly answer: string },
): Promise<Result<{ readonly version: number }, DraftingRefusal>> {
  const read = await readAnnounced(scene, key);
  if (!read) return err({ reason: "unknown_question" });
  const { tenderId } = read.tender;
  const [rows] = await scene.db.read(findTenderQuestion(scene, tenderId, questionNo));
  const [row] = rows;
  if (!row) return err({ reason: "unknown_question" });
  if (row.publishedAt !== null) return err({ reason: "answered_already" });
  const may = mayAnswer(words.shown, words.answer, "");
  if (!may.ok) return may;
  const { shown, answer } = may.value;
  if (row.draftShown === shown && row.draftAnswer === answer) return ok({ version: row.version });
  if (row.version !== seen) return err({ reason: "answer_changed_meanwhile" });
  const version = row.version + 1;
  const facts = { tender: tenderId, question: questionNo, version, shown: sha256Hex(shown), answer: sha256Hex(answer) };
  const leaf = appendLeaf(scene, "tender.answer_drafted", facts, tenderId);
  const written = await scene.db.write([
    insertAnswerDraft(scene, {
      tenderId,
      questionNo,
      version,
      shown,
      answer,
      draftedBy: scene.actor.personId,
      draftedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok({ version });
  if (written.error.code === "answer_changed_meanwhile") return err({ reason: "answer_changed_meanwhile" });
  throw new Error(`a draft was refused by ${written.error.code}`);
}

export type PublishingRefusal =
  | { readonly reason: "unknown_question" }
  | { readonly reason: "draft_missing" }
  | { readonly reason: "own_answer" }
  | { readonly reason: "answer_changed_meanwhile" };

/** The chair publishes the draft they read to all, and word goes to every bidder and to who asked. A repeat finds it published. */
export async function publishAnswer(
  scene: StaffScene,
  key: TenderKey,
  questionNo: number,
  seen: number,
): Promise<Result<true, PublishingRefusal>> {
  const read = await readAnnounced(scene, key);
  if (!read) return err({ reason: "unknown_question" });
  const { tenderId, number } = read.tender;
  const [rows, bidders] = await scene.db.read(
    findTenderQuestion(scene, tenderId, questionNo),
    listBidders(scene, tenderId),
  );
  const [row] = rows;
  if (!row) return err({ reason: "unknown_question" });
  if (row.publishedAt !== null) return ok(true);
  if (row.version === 0) return err({ reason: "draft_missing" });
  if (row.draftedBy === scene.actor.personId) return err({ reason: "own_answer" });
  if (row.version !== seen) return err({ reason: "answer_changed_meanwhile" });
  const author = authorOf(scene);
  const event = recordTenderEvent(
    scene,
    tenderId,
    "question_answered",
    { question: questionNo, shown: sha256Hex(row.draftShown ?? ""), answer: sha256Hex(row.draftAnswer ?? "") },
    author,
  );
  const told = [
    ...new Set([...bidders.filter((each) => lotsOf(each).length > 0).map(({ contactId }) => contactId), row.contactId]),
  ];
  const written = await scene.db.write([
    insertTenderAnswer(scene, {
      tenderId,
      questionNo,
      version: seen,
      publishedBy: author.id,
      byWords: author.words,
      publishedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...queueMessages(
      scene,
      ANSWERED,
      told.map((to) => ({
        to,
        params: { tender: number, question: questionNo },
        dedupeKey: `${ANSWERED}:${tenderId}:${questionNo}:${to}`,
      })),
    ),
  ]);
  if (written.ok || written.error.code === "answered_already") return ok(true);
  if (written.error.code === "answer_changed_meanwhile") return err({ reason: "answer_changed_meanwhile" });
  throw new Error(`an answer was refused by ${written.error.code}`);
}
