/** /openapi.json and /docs: one OpenAPI 3.1 document of every public call, and the page that explains it. No call of its own. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { Hono } from "hono";
import type { AppEnv } from "../context.ts";
import { frameOf } from "../frame.ts";
import { Page } from "../layout.tsx";
import { Actions, ButtonLink } from "../ui/buttons.tsx";
import { type OpenApiDocument, Reference } from "./reference.tsx";

/** Of the API, not of the program: raised when something that was promised changes. */
const API_VERSION = "1.0.0";

type Calls = readonly OpenAPIHono<AppEnv>[];

/** The calls of every room under one roof. */
function documentOf(calls: Calls, origin: string): OpenApiDocument {
  const all = new OpenAPIHono<AppEnv>();
  for (const part of calls) all.route("/", part);
  return all.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Commonhold 小区共治",
      version: API_VERSION,
      description:
        "业主大会和任职的公开数据、表决计算器。面积一律是十进制文本，人数是整数，时间带 +08:00。错误按 RFC 9457 回答。 | Public data of owners' meetings and offices, and the decision calculator. Areas are decimal text, owners whole numbers, times carry +08:00. Errors follow RFC 9457.",
    },
    servers: [{ url: origin }],
  });
}

/** Mounted at /. The rooms' calls are handed in by app.ts, which alone knows all rooms. */
export function documentPages(calls: Calls): Hono<AppEnv> {
  const pages = new Hono<AppEnv>();

  pages.get("/openapi.json", (c) => c.json(documentOf(calls, new URL(c.req.url).origin)));

  pages.get("/docs", (c) => {
    const { t } = c.var;
    return c.html(
      <Page {...frameOf(c)} title={t("开放接口", "API")} wide>
        <h1>{t("开放接口", "The public API")}</h1>
        <p class="lead">
          {t(
            "不用登录。只读会议、参与情况、公布的结果和任职；没有业主的个人信息，也没有任何人的选择。",
            "No sign-in. Meetings, turnout, published results and offices, read only; nothing personal of owners, and nobody's choice.",
          )}
        </p>
        <p>
          {t(
            "面积是十进制文本（平方米），人数是整数，时间带时区 +08:00。错误按 RFC 9457 以 application/problem+json 回答，加上 ?lang=en 用英文说明。",
            "Areas are decimal text in m², owners whole numbers, times carry +08:00. Errors are application/problem+json (RFC 9457); ?lang=en words them in English.",
          )}
        </p>
        <Actions>
          <ButtonLink look="quiet" href="/openapi.json">
            {t("OpenAPI 3.1 文档", "OpenAPI 3.1 document")}
          </ButtonLink>
        </Actions>
        <Reference t={t} document={documentOf(calls, new URL(c.req.url).origin)} />
      </Page>,
    );
  });
  return pages;
}
