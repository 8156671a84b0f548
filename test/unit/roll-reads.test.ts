import { expect, test } from "vitest";
import { readWhy, SENT_WHY } from "../../src/community/privacy/words.ts";

test("why a message opened a number is said in words, in both languages", () => {
  for (const code of Object.keys(SENT_WHY)) {
    const { zh, en } = readWhy(code);
    expect([zh === code, en === code]).toEqual([false, false]);
  }
  expect(readWhy("meeting message").zh).toBe("会议通知、投票链接");
});

test("a person's own reason stands as it was written, whatever it is", () => {
  for (const why of ["核对产权证", "constructor", ""]) expect(readWhy(why)).toEqual({ zh: why, en: why });
});
