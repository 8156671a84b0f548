/** The public JSON API: communities, meetings, results; its OpenAPI 3.1 document and reference page. Reads only, nothing personal. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted at /. */
export const publicApi = new OpenAPIHono<AppEnv>();
