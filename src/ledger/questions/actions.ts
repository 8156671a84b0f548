/** Asking about the accounts and answering: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { findVoucher } from "../books/store.ts";
import { STATEMENT_SETTINGS } from "../statements/settings.ts";
import { findStatement } from "../statements/store.ts";
import { type AnswerRefusal, type AskRefusal, dueFor, mayAnswer, mayAsk, type Subject } from "./rules.ts";
import {
  findLastQuestionNumber,
  findQuestion,
  insertAnswer,
  insertQuestion,
  listQuestionsOf,
  type QuestionRow,
} from "./store.ts";

const contextOf = (communityId: string, questionId: string): string => `ledger-question:${communityId}:${questionId}`;
registerSealed({
  table: "ledger_question",
  column: "text_sealed",
  key: ["question_id"],
  contextOf: (communityId, { question_id }) => contextOf(communityId, String(question_id)),
});

interface SealedQuestion {
  readonly text: string;
  readonly asker: string;
}
/** What was asked and by whom: for officers, and for who asked. */
export const openQuestion = async (
  scene: Scene,
  row: Pick<QuestionRow, "questionId" | "textSealed">,
): Promise<SealedQuestion> =>
  JSON.parse(await scene.keys.open(row.textSealed, contextOf(scene.community.id, row.questionId))) as SealedQuestion;

export interface AskAsked {
  readonly about: Subject;
  /** A statement's number, or a voucher's id. */
  readonly aboutId: string;
  /** The account of the statement's line; empty for the whole. */
  readonly account: string;
  readonly text: string;
}
export type AskingRefusal = KeyReused | AskRefusal | { readonly reason: "unknown_subject" };

const MOST_TRIES = 10;
const OWN_READ = 50;

/** An owner asks about a published statement's line or a posted voucher. Sealed until it is answered; the entry says the day by which. */
export async function askQuestion(
  scene: Scene,
  owner: Pick<OwnerActor, "partyId" | "name">,
  asked: AskAsked,
  once: string,
): Promise<Result<{ readonly number: number }, AskingRefusal>> {
  const body = scene.keys.index(JSON.stringify([owner.partyId, asked]), "once:ledger-question");
  const first = await findAnswer<{ number: number }>(scene, { key: once, body });
  if (first) return first;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [own, last, settings, statement, voucher] = await scene.db.read(
      listQuestionsOf(scene, owner.partyId, OWN_READ),
      findLastQuestionNumber(scene),
      listSettings(scene, STATEMENT_SETTINGS),
      findStatement(scene, asked.about === "statement" ? Number(asked.aboutId) || 0 : 0),
      findVoucher(scene, asked.about === "voucher" ? asked.aboutId : ""),
    );
    const known = asked.about === "statement" ? statement.length > 0 : voucher[0]?.state === "posted";
    if (!known) return err({ reason: "unknown_subject" });
    const may = mayAsk(asked.text, own.filter(({ answer }) => answer === null).length);
    if (!may.ok) return may;
    const { answerDays } = valuesFromRows(STATEMENT_SETTINGS, settings);
    const dueOn = dueFor(dayOf(scene.now), answerDays.value);
    const questionId = newId<string>(scene.random);
    const number = (last[0]?.last ?? 0) + 1;
    const sealed = await scene.keys.seal(
      JSON.stringify({ text: may.value, asker: owner.name } satisfies SealedQuestion),
      contextOf(scene.community.id, questionId),
    );
    const leaf = appendLeaf(
      scene,
      "question.asked",
      // Of the sealed text, which nobody can guess their way back from.
      {
        question: number,
        about: asked.about,
        of: asked.aboutId,
        account: asked.account,
        due: dueOn,
        text: sha256Hex(sealed),
      },
      questionId,
    );
    const insert = insertQuestion(scene, {
      questionId,
      number,
      partyId: owner.partyId,
      about: asked.about,
      aboutId: asked.aboutId,
      account: asked.account,
      textSealed: sealed,
      askedAt: scene.now,
      dueOn,
      leafHash: leaf.leafHash,
    });
    const written = await writeOnce(scene, { key: once, body }, [insert, leaf.statement], { number });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    // Another question took the number meanwhile.
    if (written.error.code !== "question_number_taken")
      throw new Error(`a question was refused by ${written.error.code}`);
  }
  throw new Error("too many questions at once");
}

export type AnsweringRefusal =
  | AnswerRefusal
  | { readonly reason: "unknown_question" }
  | { readonly reason: "answered_already" };

/** Publishes an answer beside the question in words that name nobody. Once; a repeat with the same words finds it done. */
export async function answerQuestion(
  scene: StaffScene,
  number: number,
  words: { readonly shown: string; readonly answer: string },
): Promise<Result<{ readonly number: number }, AnsweringRefusal>> {
  const [rows] = await scene.db.read(findQuestion(scene, number));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_question" });
  if (row.answer !== null)
    return row.answer === words.answer.trim() ? ok({ number }) : err({ reason: "answered_already" });
  const { asker } = await openQuestion(scene, row);
  const may = mayAnswer(words.shown, words.answer, asker);
  if (!may.ok) return may;
  const leaf = appendLeaf(
    scene,
    "question.answered",
    { question: number, shown: sha256Hex(may.value.shown), answer: sha256Hex(may.value.answer) },
    row.questionId,
  );
  const insert = insertAnswer(scene, {
    questionId: row.questionId,
    questionShown: may.value.shown,
    answer: may.value.answer,
    answeredBy: scene.actor.personId,
    answeredAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([insert, leaf.statement]);
  if (written.ok) return ok({ number });
  if (written.error.code === "answered_already") return err({ reason: "answered_already" });
  throw new Error(`an answer was refused by ${written.error.code}`);
}
