/** What the public JSON calls of every room share: bad input, the community of an address, common parameters and answers. No call of its own. */
import { OpenAPIHono, z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../context.ts";
import { findCommunity, openCommunity } from "../db.ts";
import { NOT_FOUND, problemResponse } from "../problem.tsx";
import { systemRandom } from "../scene.ts";
import { keysOf } from "../secrets.ts";
import { badInput, faultsOf } from "../validate.ts";

/**
 * The calls of one room, each with its contract. A room exports one; app.ts lists them, and so they are served at / and stand in the
 * one OpenAPI document. Nothing personal, reads only unless the contract says that nothing is stored.
 */
export const newApi = (): OpenAPIHono<AppEnv> =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (read, c) => (read.success ? undefined : problemResponse(c, badInput(faultsOf(read.error)))),
  });

/** `{page}` of the query: 1 where it is left out. */
export const PageQuery = z.object({
  page: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, "页码应是1到999999的整数 | A page is a whole number from 1 to 999999")
    .optional()
    .openapi({ description: "第几页，从1起 | Which page, from 1", example: "1" }),
});

/** `{slug}` of the path. */
export const SlugParam = z.object({
  slug: z
    .string()
    .openapi({ description: "小区在地址中的名字 | The community's name in addresses", example: "jingui" }),
});

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi("Problem");

/** A response that is a problem (RFC 9457), described "中文 | English". */
export const problemAnswer = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ProblemBody } },
});

/** A response with a JSON body. */
export const jsonAnswer = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/** Scheme and host of an address, for links in answers. */
export const originOf = (address: string): string => new URL(address).origin;

/** Opens the community an address names, as it is done for pages; what it cannot find is not there. */
export const sceneOfPath = createMiddleware<AppEnv>(async (c, next) => {
  const community = await findCommunity(c.env, c.req.param("slug") ?? "");
  if (!community) return problemResponse(c, NOT_FOUND);
  c.set("scene", {
    env: c.env,
    db: openCommunity(c.env, community, "any"),
    community,
    now: c.var.now,
    random: systemRandom,
    keys: keysOf(c.env),
    origin: originOf(c.req.url),
  });
  return next();
});
