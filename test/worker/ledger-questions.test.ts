/** An owner's question about the accounts: sealed until it is answered, its clock public, its answer naming nobody. */
import { describe, expect, test } from "vitest";
import { addWorkingDays, dayOf, startOf } from "../../src/kernel/day.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { answerQuestion, askQuestion, openQuestion } from "../../src/ledger/questions/actions.ts";
import { answerClock, dueFor, mayAnswer, mayAsk } from "../../src/ledger/questions/rules.ts";
import { findQuestion } from "../../src/ledger/questions/store.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import { keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const owner = { partyId: "party-1" as PartyId, name: "李小红" };

async function asked(text = "这笔租金为什么比上月少？我是李小红") {
  const community = await withBook();
  const row = await posted(community, rentOf(100));
  const scene = sceneAt(community, TODAY);
  const ask = (words: string, once = newOnce(), aboutId = row.voucherId) =>
    askQuestion(scene, owner, { about: "voucher", aboutId, account: "", text: words }, once);
  const once = newOnce();
  const { number } = must(await ask(text, once));
  return { community, scene, row, ask, once, number, text };
}

describe("a question", () => {
  test.each([
    ["nothing", "  ", 0, "question_missing"],
    ["the longest", "字".repeat(500), 0, null],
    ["one more", "字".repeat(501), 0, "question_too_long"],
    ["with four waiting", "问", 4, null],
    ["with five waiting", "问", 5, "too_many_waiting"],
  ])("%s", (_, text, waiting, reason) => expect(reasonOf(mayAsk(text, waiting))).toBe(reason));

  test("is due so many working days after it was asked, late from the day after", () => {
    expect(dueFor("2026-11-20", 10)).toBe(addWorkingDays("2026-11-20", 10));
    expect(answerClock("2026-12-04", false, "2026-12-04")).toEqual({ state: "waiting", daysLate: 0 });
    expect(answerClock("2026-12-04", false, "2026-12-05")).toEqual({ state: "overdue", daysLate: 1 });
    expect(answerClock("2026-12-04", true, "2026-12-31").state).toBe("answered");
  });

  test("sent twice is one; of something that is not there it is refused; it is nowhere in clear", async () => {
    const { community, scene, ask, once, number, text } = await asked();
    expect(must(await ask(text, once)).number).toBe(number);
    expect(reasonOf(await ask("别的", once))).toBe("key_reused");
    expect(reasonOf(await ask("问", newOnce(), "nothing"))).toBe("unknown_subject");
    const [rows] = await scene.db.read(findQuestion(scene, number));
    expect(await openQuestion(scene, rows[0]!)).toEqual({ text, asker: "李小红" });
    for (const table of ["ledger_question", "record_leaf"] as const) {
      const column = table === "record_leaf" ? sql`entry` : sql`text_sealed`;
      const found = await numberIn(
        community,
        sql`SELECT count(*) AS n FROM ${table === "record_leaf" ? sql`record_leaf` : sql`ledger_question`} WHERE community_id = ${community.id} AND (instr(${column}, '李小红') > 0 OR instr(${column}, '比上月少') > 0)`,
      );
      expect(found, table).toBe(0);
    }
    const both = await Promise.all([ask("一"), ask("二")]);
    expect(both.map((one) => must(one).number).sort()).toEqual([2, 3]);
  });
});

describe("an answer", () => {
  test.each([
    ["names nobody", "租金为什么少？", "减免了半个月。", null],
    ["names the asker", "李小红问", "减免", "names_a_person"],
    ["has a mobile", "问", "请打13800000021", "names_a_person"],
    ["has twelve digits", "问", "合同号138000000215", null],
    ["has an identity number", "问", "11010519491231002X", "names_a_person"],
    ["is empty", "问", " ", "answer_missing"],
    ["has no question", "", "答", "shown_missing"],
  ])("that %s", (_, shown, answer, reason) => expect(reasonOf(mayAnswer(shown, answer, "李小红"))).toBe(reason));

  test("is published once, beside the question, and shown where it was asked; until then only the clock is", async () => {
    const { community, number, row } = await asked();
    const list = `/c/${community.slug}/accounts/questions`;
    const before = textOf(await (await stranger(TODAY).get(list)).text());
    expect(before).toContain("第1问");
    expect(before).not.toContain("租金为什么");
    expect(before).toContain("公共收益 2026年11月第1号凭证");
    const voucherPath = `/c/${community.slug}/accounts/common/${row.period}/${row.number}`;
    expect(await (await stranger(TODAY).get(list)).text()).toContain(`href="${voucherPath}"`);
    expect(await (await stranger(TODAY).get(voucherPath)).text()).toContain(
      `href="/c/${community.slug}/accounts/ask/voucher/${row.voucherId}/all"`,
    );
    const late = addWorkingDays(dayOf(TODAY), 12);
    expect(textOf(await (await stranger(startOf(late)).get(list)).text())).toMatch(/没有答复，已超过\d+天/);
    const accountant = keeping(community, "accountant");
    const words = { shown: "租金为什么比上月少？", answer: "承租人提前半月退租，合同第四条。" };
    expect(reasonOf(await answerQuestion(accountant, 9, words))).toBe("unknown_question");
    expect(reasonOf(await answerQuestion(accountant, number, { ...words, answer: "李小红你好" }))).toBe(
      "names_a_person",
    );
    must(await answerQuestion(accountant, number, words));
    must(await answerQuestion(accountant, number, words));
    expect(reasonOf(await answerQuestion(accountant, number, { ...words, answer: "改口" }))).toBe("answered_already");
    for (const path of [list, voucherPath]) {
      const text = textOf(await (await stranger(TODAY).get(path)).text());
      for (const said of [words.shown, words.answer, "已答复"]) expect(text, path).toContain(said);
      expect(text).not.toContain("李小红");
    }
  });
});
