/** POST /api/calculator/decision: the decision of a meeting from printed figures. No sign-in, nothing stored. */
import { createRoute, z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { newApi, problemAnswer } from "../../platform/api/contract.ts";
import type { AppEnv } from "../../platform/context.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { badInput } from "../../platform/validate.ts";
import { calculate, FAULT_WORDS, MOST_DECIMALS } from "./rules.ts";

const areaText = '应是文本形式的十进制数，例如 "92508.76" | Should be a decimal number as text, such as "92508.76"';
const wholeNumber = "应是整数，例如 646 | Should be a whole number, such as 646";
const figureNeeded = "缺少这一组数字 | This group of figures is missing";

const Printed = z
  .object(
    {
      owners: z.number({ message: wholeNumber }).nullable().openapi({
        type: "integer",
        description: "Heads (人数). null where the notice does not print it: the outcome is then cannot_be_decided.",
        example: 646,
      }),
      areaM2: z
        .string({ message: areaText })
        .nullable()
        .openapi({
          description: `Exclusive area in m² as decimal text, up to ${MOST_DECIMALS} decimals. null where the notice does not print it.`,
          example: "92508.76",
        }),
    },
    { message: figureNeeded },
  )
  .openapi("PrintedFigures");

const Asked = z
  .object(
    {
      matter: z
        .number({ message: FAULT_WORDS.unknown_matter.zh.concat(" | ", FAULT_WORDS.unknown_matter.en) })
        .openapi({
          type: "integer",
          minimum: 1,
          maximum: 9,
          description: "Which of the nine matters of Civil Code art. 278(1).",
          example: 4,
        }),
      total: Printed.openapi({ description: "Everyone who may decide: the estate, or the scope of the item." }),
      participated: Printed.openapi({
        description: "Everyone who took part, those against and those abstaining included.",
      }),
      inFavour: Printed,
    },
    { message: "应是 JSON 对象 | Should be a JSON object" },
  )
  .openapi("CalculatorQuestion");

const figure = (description: string) => z.string().nullable().openapi({ description });
const Answer = z
  .object({
    outcome: z.enum(["carried", "lost", "quorum_not_met", "cannot_be_decided"]),
    checks: z
      .array(
        z.object({
          rule: z.enum(["quorum", "approval"]),
          axis: z.enum(["owners", "area"]),
          part: figure("What there is."),
          whole: figure("What it is measured against."),
          threshold: z.enum(["2/3", "1/2", "3/4"]),
          strict: z.boolean().openapi({ description: "true: reaching the threshold exactly is not enough (过半数)." }),
          least: figure("The smallest part that would do; areas with the decimals given."),
          holds: z.boolean().nullable().openapi({ description: "null where a figure is missing." }),
        }),
      )
      .length(4),
  })
  .openapi("CalculatorAnswer");

const NOT_JSON: Problem = {
  code: "not-json",
  status: 400,
  title: { zh: "请求不是 JSON", en: "The request is not JSON" },
  detail: { zh: "请求正文不能按 JSON 读取。", en: "The body of the request cannot be read as JSON." },
};

// Read here first: the validator would throw on unreadable JSON, which is the sender's fault and not an outage.
const readableJson = createMiddleware<AppEnv>(async (c, next) => {
  try {
    await c.req.json();
  } catch {
    return problemResponse(c, NOT_JSON);
  }
  return next();
});

const route = createRoute({
  method: "post",
  path: "/api/calculator/decision",
  tags: ["calculator"],
  summary:
    "是否通过：用公告印出的数字算《民法典》第二百七十八条的四个不等式 | Was it carried? The four inequalities of Civil Code art. 278 from printed figures",
  description:
    "精确计算：面积是十进制文字，交叉相乘比较，从不舍入；什么都不保存；不是法律意见。 | Exact: areas are decimal text, compared by cross-multiplication and never rounded. Nothing is stored. Nothing here is legal advice.",
  middleware: [readableJson] as const,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: Asked,
          example: {
            matter: 4,
            total: { owners: 817, areaM2: "115344.34" },
            participated: { owners: 646, areaM2: "92508.76" },
            inFavour: { owners: 411, areaM2: "58729.34" },
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: "结论和四项验算 | The outcome and its four checks",
      content: { "application/json": { schema: Answer } },
    },
    400: problemAnswer("不是 JSON | Not JSON"),
    422: problemAnswer("不可能的数字，逐个指出位置 | Figures that cannot be, each with its pointer"),
  },
});

/** Mounted at the root; its path is whole. */
export const calculatorApi = newApi();

calculatorApi.openapi(route, async (c) => {
  const answer = calculate(c.req.valid("json"));
  if (answer.ok) return c.json({ outcome: answer.value.outcome, checks: [...answer.value.checks] }, 200);
  const errors = answer.error.map(({ pointer, reason }) => ({ pointer, detail: FAULT_WORDS[reason] }));
  return problemResponse(c, badInput(errors)) as never; // its status and type are those the route names for 422
});
