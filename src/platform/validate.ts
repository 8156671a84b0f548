/** Turns what zod says of bad input into messages a person can act on, in both languages, each with its pointer. */
import type { z } from "zod";
import type { Bilingual } from "./i18n.ts";
import type { Problem } from "./problem.tsx";

export interface InputFault {
  /** JSON pointer: `/participated/owners`. */
  readonly pointer: string;
  readonly detail: Bilingual;
}

/** One line per issue. A schema gives its own words with `message: "中文 | English"`; the rest is worded here. */
export function faultsOf(error: z.ZodError): InputFault[] {
  return error.issues.map((issue) => ({
    pointer: `/${issue.path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`,
    detail: wording(issue),
  }));
}

function wording(issue: z.core.$ZodIssue): Bilingual {
  const [zh, en] = issue.message.split(" | ");
  if (zh && en) return { zh, en };
  switch (issue.code) {
    case "invalid_type":
      return { zh: "没有填写，或类型不对", en: "missing, or of the wrong type" };
    case "too_small":
      return { zh: `太小或太短（至少 ${issue.minimum}）`, en: `too small or too short (at least ${issue.minimum})` };
    case "too_big":
      return { zh: `太大或太长（至多 ${issue.maximum}）`, en: `too large or too long (at most ${issue.maximum})` };
    case "unrecognized_keys":
      return { zh: `不认识的字段：${issue.keys.join("、")}`, en: `unknown fields: ${issue.keys.join(", ")}` };
    case "invalid_value":
      return { zh: `只能是：${issue.values.join("、")}`, en: `must be one of: ${issue.values.join(", ")}` };
    default:
      return { zh: "格式不对", en: "not in the right form" };
  }
}

export const badInput = (errors: readonly InputFault[]): Problem => ({
  code: "bad-input",
  status: 422,
  title: { zh: "有内容需要改", en: "Some of it needs correcting" },
  detail: {
    zh: errors.map((e) => `${e.pointer}：${e.detail.zh}`).join("；"),
    en: errors.map((e) => `${e.pointer}: ${e.detail.en}`).join("; "),
  },
  errors,
});
