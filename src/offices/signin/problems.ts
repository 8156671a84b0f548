/** What a refusal at the door says: status and words. The same for a number that is known and one that is not. */
import { formatInstant } from "../../kernel/day.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { SignInRefusal } from "./rules.ts";

const field = (pointer: string, zh: string, en: string) => [{ pointer, detail: { zh, en } }];

export function signInProblem(refusal: SignInRefusal): Problem {
  switch (refusal.reason) {
    case "phone_unreadable":
      return {
        code: "phone-unreadable",
        status: 422,
        title: { zh: "手机号不对", en: "Not a mobile number" },
        detail: { zh: "请填写 11 位手机号。", en: "Please give a mobile number of 11 digits." },
        errors: field(
          "/phone",
          "请填写 11 位手机号，例如 138 0000 0000",
          "Give a mobile number of 11 digits, such as 138 0000 0000",
        ),
      };
    case "code_unreadable":
      return {
        code: "code-unreadable",
        status: 422,
        title: { zh: "验证码不完整", en: "The code is not complete" },
        detail: { zh: "验证码是 6 位数字。", en: "The code has six digits." },
        errors: field("/code", "请填写短信中的 6 位数字", "Give the six digits of the message"),
      };
    case "code_wrong":
      return {
        code: "code-wrong",
        status: 422,
        title: { zh: "验证码不对", en: "Not the right code" },
        detail: {
          zh: `请核对短信中的数字。这个验证码还可以试 ${refusal.triesLeft} 次。`,
          en: `Please check the digits in the message. This code can be tried ${refusal.triesLeft} more times.`,
        },
        errors: field(
          "/code",
          `不是这个验证码，还可以试 ${refusal.triesLeft} 次`,
          `Not this code; ${refusal.triesLeft} tries left`,
        ),
      };
    case "code_over":
      return {
        code: "code-over",
        status: 410,
        title: { zh: "这个验证码已失效", en: "This code is no longer good" },
        detail: {
          zh: "验证码 5 分钟内有效，最多试 5 次，用过一次即失效。",
          en: "A code is good for five minutes, five tries, and one use.",
        },
        next: { zh: "请重新获取验证码。", en: "Please ask for a new code." },
      };
    case "too_many_codes":
      return {
        code: "too-many-codes",
        status: 429,
        title: { zh: "获取验证码过于频繁", en: "Too many codes were asked for" },
        detail: {
          zh: `为防止骚扰，同一号码 15 分钟内最多获取 5 次。请在 ${formatInstant(refusal.until)} 之后再试。`,
          en: `To keep phones quiet, a number can ask five times in 15 minutes. Please try again after ${formatInstant(refusal.until)}.`,
        },
        next: {
          zh: "如果已收到验证码，可以直接使用最近的一条。",
          en: "If a code has arrived, the latest one can be used.",
        },
      };
    case "locked_out":
      return {
        code: "locked-out",
        status: 429,
        title: { zh: "登录已暂时锁定", en: "Signing in is locked for now" },
        detail: {
          zh: `验证码错误次数过多，为防止有人猜测，${formatInstant(refusal.until)} 之前不能登录。`,
          en: `Too many wrong codes were tried. So that nobody guesses, signing in is locked until ${formatInstant(refusal.until)}.`,
        },
        next: {
          zh: "如果不是您本人操作，请告诉业委会主任或秘书：锁定已记入审计页。",
          en: "If this was not you, please tell the committee's chair or secretary: the lock is noted on the audit page.",
        },
      };
  }
}
